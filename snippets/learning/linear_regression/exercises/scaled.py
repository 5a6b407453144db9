# %% starter
import numpy as np


def scaled(train, test):
    """Both in the units of the training rows."""
    both = np.vstack([train, test])
    mu, s = both.mean(axis=0), both.std(axis=0)
    return (train - mu) / s, (test - mu) / s


# %% check
import numpy as np

from derivable.grading import expect_close

train = np.array([[0.0, 10.0], [2.0, 30.0]])
Z, new = scaled(train, np.array([[3.0, 20.0]]))
expect_close(
    Z,
    [[-1, -1], [1, 1]],
    what="the training rows",
    hint="their own mean and standard deviation, divisor n",
)
expect_close(
    new, [[2, 0]], what="the test row", hint="it has no say in mean and spread"
)
rng = np.random.default_rng(0)
train = rng.normal(size=(30, 3)) * [1, 100, 1e-3] + 5
Z, new = scaled(train, train[:4])
expect_close(new, Z[:4], what="old rows as new ones", hint="the same map")
train[:, 1] = 0.1  # its spread is not 0, by rounding
test = np.array([[5.0, 0.1, 5.0], [5.0, 2.1, 5.0]])
Z, new = scaled(train, test)
expect_close(
    Z[:, 1],
    np.zeros(30),
    atol=1e-12,
    what="a constant column",
    hint="its spread may be a rounding error: do not divide by it",
)
expect_close(
    new[:, 1],
    [0, 2],
    what="new values of a constant column",
    hint="a spread of 0 counts as 1, as in scikit-learn",
)
for low, high in ((0.3, 0.1 + 0.2), (0.0, 0.0)):
    column = np.array([[low], [high]] * 3)
    expect_close(
        scaled(column, column[:1] + 1)[1],
        [[1]],
        what=f"a new value in a column of {low} and {high}, moved by 1",
        hint="up to rounding the column is constant, and keeps its unit",
    )
small = np.array([[-1e-18], [1e-18]])
expect_close(
    scaled(small, small)[0],
    [[-1], [1]],
    what="a column of small numbers",
    hint="compare the spread with the size of the column",
)
step = 2.0**-10  # thousands of spacings of float64 beside the stamps
for name, low, high in (
    ("years", 2000.0, 2000.1),
    ("time stamps", 1.7e9 - step, 1.7e9 + step),
):
    column = np.array([[low], [high]] * 3)
    expect_close(
        scaled(column, column)[0],
        [[-1], [1]] * 3,
        what=f"a column of {name} that are near each other",
        hint="a spread above what rounding can make is genuine",
    )
expect_close(
    Z[:, [0, 2]].std(axis=0),
    [1, 1],
    what="spread of the other columns",
    hint="only a constant column keeps its unit",
)

# %% solution
import numpy as np


def scaled(train, test):
    """Both in the units of the training rows."""
    mu, s = train.mean(axis=0), train.std(axis=0)
    rounding = len(train) * np.finfo(float).eps
    still = s <= rounding * np.abs(train).max(axis=0)
    s = np.where(still, 1.0, s)
    return (train - mu) / s, (test - mu) / s
