# %% starter
import numpy as np


def hinge_weights(t, y):
    """Output weights and bias of hinges at t[:-1] through (t, y)."""
    slopes = np.diff(y) / (t[1] - t[0])
    return slopes, y[0]


# %% check
import numpy as np

from derivable.grading import expect_close, expect_raises


def polygon(t, w, bias, x):
    return bias + np.maximum(x[:, None] - t[:-1], 0) @ w


for name, t in {
    "even knots": np.array([0.0, 1.0, 2.0, 3.0, 4.0]),
    "uneven knots": np.array([0.0, 0.5, 2.5, 4.0]),
    "two knots": np.array([0.0, 4.0]),
    "knots from 1 on": np.array([1.0, 2.5, 4.0]),
}.items():
    x = np.linspace(t[0], t[-1], 33)
    y = np.cos(2 * t)
    w, bias = hinge_weights(t, y)
    expect_close(
        np.shape(w),
        (len(t) - 1,),
        what=f"shape of the weights, {name}",
    )
    expect_close(
        polygon(t, w, bias, x),
        np.interp(x, t, y),
        what=f"the polygon at {name}",
        hint="a hinge adds its weight to the slope for good: the weight is "
        "the change of slope, and each piece has its own length; the bias is "
        "the value at the first knot",
    )
for what, t in {
    "two equal knots": [0.0, 1.0, 1.0],
    "a knot that falls": [0.0, 2.0, 1.0],
    "knots that all fall": [2.0, 1.0, 0.0],
}.items():
    expect_raises(
        ValueError,
        hinge_weights,
        np.array(t),
        np.zeros(3),
        what=what,
        hint="each piece must have a positive length",
    )

# %% solution
import numpy as np


def hinge_weights(t, y):
    """Output weights and bias of hinges at t[:-1] through (t, y)."""
    lengths = np.diff(t)
    if not (lengths > 0).all():
        raise ValueError(f"knots must rise, got {t}")
    slopes = np.diff(y) / lengths
    return np.diff(slopes, prepend=0.0), y[0]
