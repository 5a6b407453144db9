# %% starter
import numpy as np


def stable_sigmoid(z):
    """1 / (1 + e⁻ᶻ) for an array of scores of any size."""
    return 1 / (1 + np.exp(-z))


# %% check
import numpy as np

from derivable.grading import expect_close

z = np.array([[-1.0, 0.0], [2.0, 3.0]])
with np.errstate(over="raise"):
    try:
        found = stable_sigmoid(z)
        far = stable_sigmoid(np.array([-1e4, 1e4]))
    except FloatingPointError:
        raise AssertionError(
            "sigmoid of ±10000 overflows; compute e to a negative power only"
        ) from None
s = 1 / (1 + np.exp(-z))
expect_close(found, s, what="sigmoid of a matrix", hint="keep the shape")
expect_close(far, [0, 1], what="sigmoid of -10000 and 10000")
expect_close(
    stable_sigmoid(np.array([-800.0, -40.0])) / [1, np.exp(-40)],
    [0, 1],
    what="sigmoid of -800, and that of -40 over e to -40",
    hint="clipping the score changes the answer",
)
tiny = stable_sigmoid(np.array([-700.0]))
expect_close(
    tiny * np.exp(700),
    [1.0],
    what="sigmoid of -700, times e to 700",
    hint="no clip at ±500: this is a number that float64 can hold",
)

# %% solution
import numpy as np


def stable_sigmoid(z):
    """1 / (1 + e⁻ᶻ) for an array of scores of any size."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)
