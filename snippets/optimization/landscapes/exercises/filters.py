# %% starter
import numpy as np


def normalise_units(W, D):
    """The direction D with each column as long as that column of W."""
    return D * np.linalg.norm(W) / np.linalg.norm(D)


# %% check
import numpy as np

from derivable.grading import expect_close

W = np.array([[3.0, 0.0], [4.0, 2.0]])
D = np.array([[0.0, 1.0], [2.0, 0.0]])
expect_close(
    normalise_units(W, D),
    [[0.0, 2.0], [5.0, 0.0]],
    what="two units, of length 5 and 2",
    hint="one length for each column, not one for the matrix",
)
expect_close(D, [[0.0, 1.0], [2.0, 0.0]], what="D after the call")
expect_close(
    normalise_units(10 * W, D),
    [[0.0, 20.0], [50.0, 0.0]],
    what="ten times the weights",
)
expect_close(
    normalise_units(np.zeros((2, 1)), np.ones((2, 1))),
    [[0.0], [0.0]],
    what="a unit of zero weights",
)

# %% solution
import numpy as np


def normalise_units(W, D):
    """The direction D with each column as long as that column of W."""
    return D * np.linalg.norm(W, axis=0) / np.linalg.norm(D, axis=0)
