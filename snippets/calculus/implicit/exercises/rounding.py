# %% starter
import numpy as np

from derivable.calculus import custom_vjp


def straight_through(x):
    """Round x, and let the gradient pass as if it had not been."""
    return np.rint(x)


# %% check
import numpy as np

from derivable.calculus import grad
from derivable.grading import expect_close, expect_equal

x = np.array([0.4, 1.6, -2.5])
w = np.array([1.0, -2.0, 3.0])
expect_equal(
    np.asarray(straight_through(x)).tolist(),
    [0.0, 2.0, -2.0],
    what="the value",
)
expect_close(
    grad(lambda x: w @ straight_through(x))(x),
    w,
    what="the gradient",
    hint="the adjoint passes unchanged",
)
expect_close(
    grad(lambda x: np.sum(straight_through(x) ** 2))(x),
    2 * np.rint(x),
    what="the gradient of a square",
    hint="what comes after sees the rounded value",
)
expect_close(
    grad(lambda X: np.sum(straight_through(X)))(np.full((2, 3), 0.7)),
    np.ones((2, 3)),
    what="a matrix",
)

# %% solution
import numpy as np

from derivable.calculus import custom_vjp

straight_through = custom_vjp(lambda x: (np.rint(x), None), lambda _, g: (g,))
