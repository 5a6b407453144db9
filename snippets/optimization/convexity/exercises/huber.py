# %% starter
import numpy as np


def huber(e, delta):
    """Huber's loss of the errors e, and its slope: two arrays."""
    small = np.abs(e) <= delta
    loss = np.where(small, e**2, np.abs(e))
    slope = np.where(small, 2 * e, np.sign(e))
    return loss, slope


# %% check
import numpy as np

from derivable.calculus import derivative
from derivable.grading import expect_close

e = np.array([-3.0, -1.0, -0.4, 0.0, 0.4, 3.0])
loss, slope = huber(e, 1.0)
expect_close(
    loss,
    [2.5, 0.5, 0.08, 0, 0.08, 2.5],
    what="huber with delta 1",
    hint="e²/2 inside, δ(|e| − δ/2) outside",
)
expect_close(slope, [-1, -1, -0.4, 0, 0.4, 1], what="slope with delta 1")
for delta in (0.3, 2.5):
    near = np.array([delta - 1e-9, delta + 1e-9])
    loss, slope = huber(near, delta)
    expect_close(
        loss[1] - loss[0],
        0,
        atol=1e-8,
        what=f"jump of the loss at {delta}",
        hint="both formulas must agree where they meet",
    )
    expect_close(
        slope[1] - slope[0],
        0,
        atol=1e-8,
        what=f"jump of the slope at {delta}",
        hint="the slope outside is δ times the sign",
    )
    measured = derivative(lambda e, d=delta: huber(e, d)[0], e + 0.05)
    expect_close(
        huber(e + 0.05, delta)[1],
        measured,
        atol=1e-7,
        what=f"slope against differences, delta {delta}",
    )
expect_close(huber(np.array(4.0), 2.0)[0], 6, what="huber of one number")

# %% solution
import numpy as np


def huber(e, delta):
    """Huber's loss of the errors e, and its slope: two arrays."""
    slope = np.clip(e, -delta, delta)
    size = np.abs(e)
    loss = np.where(size <= delta, e**2 / 2, delta * (size - delta / 2))
    return loss, slope
