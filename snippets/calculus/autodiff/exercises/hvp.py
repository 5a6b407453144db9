# %% starter
import numpy as np

from derivable.calculus import grad


def hessian_vector_product(f, x, v):
    """H(x) v without the matrix H."""
    return grad(f)(x) * v


# %% check
from derivable.grading import expect_close

A = np.array([[2.0, 1.0], [1.0, 3.0]])
x, v = np.array([1.0, -1.0]), np.array([1.0, 2.0])
expect_close(
    hessian_vector_product(lambda x: 0.5 * x @ A @ x, x, v),
    A @ v,
    what="H v of a quadratic",
    hint="differentiate the number ∇f(x) · v",
)
expect_close(
    hessian_vector_product(lambda x: np.sum(x**3), x, v),
    6 * x * v,
    what="H v of Σ x³",
)
expect_close(
    hessian_vector_product(np.sum, x, v),
    [0.0, 0.0],
    what="H v of a linear function",
    hint="a gradient that does not depend on x has derivative 0",
)

# %% solution
import numpy as np

from derivable.calculus import grad


def hessian_vector_product(f, x, v):
    """H(x) v without the matrix H."""
    return grad(lambda z: np.sum(grad(f)(z) * v))(x)
