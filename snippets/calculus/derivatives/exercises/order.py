# %% starter
import numpy as np


def order(method, f, x, exact, h=1e-2):
    """p such that the error of the method falls like h to the p."""
    return 1.0


# %% check
from derivable.calculus import central_difference, forward_difference
from derivable.grading import expect_close

expect_close(
    order(forward_difference, np.exp, 1.0, np.e),
    1.0,
    what="order of the forward difference",
    atol=0.02,
)
expect_close(
    order(central_difference, np.exp, 1.0, np.e),
    2.0,
    what="order of the central difference",
    atol=0.02,
    hint="compare the errors at h and h/2: their ratio is 2 to the p",
)
expect_close(
    order(central_difference, np.sin, 0.5, np.cos(0.5), h=0.1),
    2.0,
    what="order with another step",
    atol=0.02,
)

# %% solution
import numpy as np


def order(method, f, x, exact, h=1e-2):
    """p such that the error of the method falls like h to the p."""
    errors = [abs(method(f, x, h=s) - exact) for s in (h, h / 2)]
    return float(np.log2(errors[0] / errors[1]))
