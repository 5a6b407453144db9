# %% starter
import numpy as np


def newton_direction(gradient, x, h=1e-6):
    """Solve H d = −g; H is never formed. Shape (n,)."""
    g = gradient(x)
    H = np.eye(len(x))  # it should be the Hessian, seen by its products
    return np.linalg.solve(H, -g)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

n = 300
lam = 1 + np.arange(n) % 7
calls = []


def gradient(x):
    calls.append(1)
    return lam * x + x**3


x = np.linspace(-1, 1, n)
d = newton_direction(gradient, x)
expect_close(np.shape(d), (n,), what="the shape of the direction")
expect_close(
    d,
    -(lam * x + x**3) / (lam + 3 * x**2),
    what="the direction",
    rtol=1e-4,
    atol=1e-6,
    hint="H v is the change of the gradient along v, over the step",
)
expect_equal(
    len(calls) < n,
    True,
    what="fewer gradients than variables",
    hint="give conjugate_gradient a function",
)
calm = newton_direction(lambda x: 2 * x, np.zeros(3))
expect_close(calm, np.zeros(3), what="the direction at the minimum")

# %% solution
import numpy as np

from derivable.optimization import conjugate_gradient


def newton_direction(gradient, x, h=1e-6):
    """Solve H d = −g; H is never formed. Shape (n,)."""
    g = gradient(x)

    def product(v):
        step = h / np.linalg.norm(v)
        ahead, behind = gradient(x + step * v), gradient(x - step * v)
        return (ahead - behind) / (2 * step)

    return conjugate_gradient(product, -g, tol=1e-6).x[-1]
