# %% starter
import numpy as np

from derivable.calculus import grad


def hessian_vector_product(f, x, v):
    """H(x) v without the matrix H."""
    return grad(f)(x) * v


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

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
runs = []


def cubic(x):
    runs.append(1)
    return np.sum(x**3)


long = np.linspace(-1, 1, 40)
expect_close(
    hessian_vector_product(cubic, long, long**2),
    6 * long**3,
    what="H v of Σ x³ at 40 numbers",
    rtol=1e-12,
    atol=1e-13,
    hint="a difference of two gradients is not exact",
)
expect_equal(
    len(runs) <= 4,
    True,
    what="four runs of f are enough, whatever the length of x",
    hint="H has n² entries; none of them is needed alone",
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
