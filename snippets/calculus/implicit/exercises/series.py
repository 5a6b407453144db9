# %% starter
import numpy as np


def neumann(product, g, tol, max_steps):
    """The u with u = g + product(u), from products only."""
    u = g
    for _ in range(max_steps):
        u = product(u)
    return u


# %% check
import numpy as np

from derivable.errors import ConvergenceError
from derivable.grading import expect_close, expect_equal, expect_raises

M = np.array([[0.5, 0.3], [-0.2, 0.4]])
g = np.array([1.0, -2.0])
exact = np.linalg.solve(np.eye(2) - M, g)
expect_close(
    neumann(lambda u: M @ u, g, 1e-10, 200),
    exact,
    rtol=1e-7,
    what="the solution",
    hint="each step adds g to the product",
)
calls = []


def product(u):
    calls.append(1)
    return 0.5 * u


u = neumann(product, 1e-20 * g, 1e-3, 100)
expect_equal(
    len(calls) <= 15,
    True,
    what="stops once the steps are small",
    hint="small beside u, whatever the units of g",
)
expect_close(u / 1e-20, 2 * g, rtol=5e-3, what="a rough solution")
expect_close(neumann(lambda u: 0 * u, g, 1e-10, 5), g, what="without feedback")
calls.clear()


def slow(u):
    calls.append(1)
    return 0.99 * u


expect_close(
    neumann(slow, g, 1e-6, 5000),
    100 * g,
    rtol=2e-6,
    what="a ratio of 0.99",
    hint="a small step is not the end: q / (1 − q) times as much is left",
)
expect_equal(
    len(calls) <= 1500,
    True,
    what="stops early enough",
    hint="compare with the size of u, not of g",
)
expect_raises(
    ConvergenceError,
    lambda: neumann(lambda u: 0.5 * u, g, 1e-6, 0),
    what="no step at all",
)
expect_raises(
    ConvergenceError,
    lambda: neumann(lambda u: 1.1 * u, g, 1e-10, 50),
    what="a radius above 1",
    hint="a loop that ends without having settled must say so",
)
expect_raises(
    ConvergenceError,
    lambda: neumann(lambda u: 0.9 * u, g, 1e-10, 5),
    what="too few steps",
    hint="steps that shrink have not settled yet",
)

# %% solution
import numpy as np

from derivable.errors import ConvergenceError


def neumann(product, g, tol, max_steps):
    """The u with u = g + product(u), from products only."""
    u, change = g, np.linalg.norm(g)
    for _ in range(max_steps):
        last, u_last = change, u
        u = g + product(u)
        change = np.linalg.norm(u - u_last)
        if change == 0:
            return u
        q = change / last
        if change * q <= (1 - q) * tol * np.linalg.norm(u):
            return u
    raise ConvergenceError(f"no sum after {max_steps} steps: {change:.3g}")
