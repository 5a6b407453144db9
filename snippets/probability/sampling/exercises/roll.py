# %% starter
import numpy as np


def roll(force, x, v, step, num_steps):
    """The end of a leapfrog path from (x, v)."""
    for _ in range(num_steps):
        x = x + step * v
        v = v + step * force(x)
    return x, v


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal
from derivable.probability import leapfrog


def force(x):
    return -x - x**3


x0, v0 = np.array([1.0, -0.4]), np.array([0.2, 0.7])
x, v = roll(force, x0, v0, 0.1, 25)
expect_close(
    [x0, v0],
    [[1.0, -0.4], [0.2, 0.7]],
    rtol=1e-12,
    what="the start",
    hint="work on values of your own: x = x + …, not x += …",
)
expect_equal(np.shape(x), (2,), what="shape", hint="x keeps its shape")
xs, vs = leapfrog(force, x0, v0, step=0.1, num_steps=25)
expect_close(
    [x, v],
    [xs[-1], vs[-1]],
    rtol=1e-9,
    what="end of the path",
    hint="half a step of v, a step of x, half a step of v",
)
back = roll(force, x, -v, 0.1, 25)
expect_close(
    back,
    [x0, -v0],
    rtol=1e-8,
    what="the way back",
    hint="turned round, the path must end where it began",
)
# %% solution
import numpy as np


def roll(force, x, v, step, num_steps):
    """The end of a leapfrog path from (x, v)."""
    for _ in range(num_steps):
        v = v + step / 2 * force(x)
        x = x + step * v
        v = v + step / 2 * force(x)
    return x, v
