# %% starter
import numpy as np


def best(X, q, k):
    """Rows of X with the k largest cosines to q, best first."""
    cosines = X @ q / np.linalg.norm(X) / np.linalg.norm(q)
    return np.argsort(cosines)[:k]


# %% check
import numpy as np

from derivable.grading import expect_equal, expect_raises

X = np.array([[9.0, 9.0], [0.0, 1.0], [2.0, 0.1], [-5.0, 0.0]])
q = np.array([1.0, 0.0])
expect_equal(
    list(best(X, q, 2)),
    [2, 0],
    what="best(X, q, 2)",
    hint="divide each row by its own length; sort downwards",
)
expect_equal(
    list(best(X * [[1], [7], [0.01], [3]], q, 4)),
    [2, 0, 1, 3],
    what="best after each row was rescaled",
    hint="lengths must not matter",
)
expect_raises(
    ValueError,
    best,
    np.array([[1.0, 2.0], [0.0, 0.0]]),
    q,
    1,
    what="best with a zero row",
)
expect_raises(
    ValueError, best, X, np.zeros(2), 1, what="best with a zero question"
)

# %% solution
import numpy as np


def best(X, q, k):
    """Rows of X with the k largest cosines to q, best first."""
    lengths = np.linalg.norm(X, axis=1)
    if not np.any(q) or np.any(lengths == 0):
        raise ValueError("a zero vector has no direction")
    # the length of q divides every cosine: it does not change the order
    return np.argsort(-(X @ q) / lengths, kind="stable")[:k]
