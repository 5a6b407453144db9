# %% starter
import numpy as np


def project(train, test, k):
    """Coordinates of test samples along components of the training data."""
    components = np.linalg.svd(train - train.mean(axis=0))[2][:k]
    return (test - test.mean(axis=0)) @ components.T


# %% check
import numpy as np
from sklearn.decomposition import PCA

from derivable.grading import expect_close

rng = np.random.default_rng(0)
train = rng.normal(size=(40, 3)) * [3, 1, 0.2] + [5, 0, 1]
test = rng.normal(size=(7, 3)) + 9
theirs = PCA(2).fit(train).transform(test)
ours = project(train, test, 2)
expect_close(
    np.abs(ours),
    np.abs(theirs),
    what="coordinates of seven samples, up to sign",
    hint="which mean was fitted?",
)
alone = project(train, test[:1], 2)
expect_close(
    alone,
    ours[:1],
    what="coordinates of one of them alone",
    hint="they must not depend on the other test samples",
)

# %% solution
import numpy as np


def project(train, test, k):
    """Coordinates of test samples along components of the training data."""
    mean = train.mean(axis=0)
    components = np.linalg.svd(train - mean, full_matrices=False)[2][:k]
    return (test - mean) @ components.T
