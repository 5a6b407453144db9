# %% starter
import numpy as np


def log_likelihood(X, theta):
    """ln P(x | c) of texts X (n, d) of 0 and 1, theta (k, d): (n, k)."""
    return X @ np.log(theta).T


# %% check
import numpy as np

from derivable.grading import expect_close

theta = np.array([[0.8, 0.1], [0.3, 0.6]])
X = np.array([[1, 0], [0, 0], [1, 1]])
expect_close(
    log_likelihood(X, theta),
    np.log([[0.72, 0.12], [0.18, 0.28], [0.08, 0.18]]),
    what="log_likelihood of three texts",
    hint="a word that is absent has probability 1 − theta",
)
every = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)])
theta = np.array([[0.2, 0.5, 0.9]])
expect_close(
    np.exp(log_likelihood(every, theta)).sum(axis=0),
    [1],
    what="the sum over all texts of three words",
    hint="probabilities of all possible texts add up to 1",
)
expect_close(
    log_likelihood(np.zeros((1, 3)), theta),
    [[np.log(0.8 * 0.5 * 0.1)]],
    what="log_likelihood of an empty text",
)


# %% solution
import numpy as np


def log_likelihood(X, theta):
    """ln P(x | c) of texts X (n, d) of 0 and 1, theta (k, d): (n, k)."""
    return X @ np.log(theta).T + (1 - X) @ np.log(1 - theta).T
