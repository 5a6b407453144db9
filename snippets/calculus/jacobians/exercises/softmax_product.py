# %% starter
import numpy as np


def softmax_jvp(z, v):
    """J(z) v for the softmax of a long vector, without the matrix."""
    p = np.exp(z - np.max(z))
    p = p / p.sum()
    return p * v


# %% check
from derivable.calculus import softmax_jacobian
from derivable.grading import expect_close

z, v = np.array([1.0, 2.0, -0.5]), np.array([0.3, -1.0, 2.0])
expect_close(
    softmax_jvp(z, v),
    softmax_jacobian(z) @ v,
    what="softmax_jvp(z, v)",
    hint="(diag(p) − p pᵀ) v has two terms",
)
expect_close(
    softmax_jvp(z, np.ones(3)),
    np.zeros(3),
    what="softmax_jvp(z, 1)",
    hint="adding one number to all scores changes nothing",
    atol=1e-12,
)
with np.errstate(all="ignore"):
    shifted = softmax_jvp(z + 1000, v)
expect_close(
    shifted,
    softmax_jvp(z, v),
    what="softmax_jvp(z + 1000, v)",
    hint="subtract the largest score before the exponential",
)
with np.errstate(all="ignore"):
    far_apart = softmax_jvp(np.array([-3000.0, -3000.0, 1000.0]), v)
expect_close(
    far_apart,
    np.zeros(3),
    what="softmax_jvp([-3000, -3000, 1000], v)",
    hint="subtract the largest score, not another",
    atol=1e-12,
)
big = np.zeros(200_000)
expect_close(
    softmax_jvp(big, big + 1)[:2],
    [0.0, 0.0],
    what="200,000 scores",
    atol=1e-12,
)

# %% solution
import numpy as np


def softmax_jvp(z, v):
    """J(z) v for the softmax of a long vector, without the matrix."""
    p = np.exp(z - np.max(z))
    p = p / p.sum()
    return p * (v - p @ v)
