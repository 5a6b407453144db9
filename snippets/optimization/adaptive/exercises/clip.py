# %% starter
import numpy as np


def clip(gradients, max_norm):
    """The gradients, a dict of arrays, shortened to a common norm."""
    for name, g in gradients.items():
        size = np.linalg.norm(g)
        gradients[name] = g * max_norm / size
    return gradients


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

given = {"W": np.array([[3.0, 0.0], [0.0, 0.0]]), "b": np.array([4.0])}
short = clip(given, 1.0)
expect_close(
    np.concatenate([short["W"].ravel(), short["b"]]),
    [0.6, 0, 0, 0, 0.8],
    what="gradients of norm 3 and 4, clipped to 1",
    hint="the norm is over all arrays together: 5",
)
expect_close(
    given["b"],
    [4.0],
    what="b of the caller after the call",
    hint="make a new dict",
)
expect_close(
    clip(given, 7.0)["b"],
    [4.0],
    what="a gradient of norm 5, clipped to 7",
    hint="what is short enough stays as it is",
)
none = clip({"b": np.zeros(2)}, 1.0)
expect_close(none["b"], [0, 0], what="a zero gradient", hint="0/0?")
expect_equal(list(clip(given, 1.0)), ["W", "b"], what="names")

# %% solution
import numpy as np


def clip(gradients, max_norm):
    """The gradients, a dict of arrays, shortened to a common norm."""
    size = np.sqrt(sum(np.sum(g * g) for g in gradients.values()))
    factor = min(1.0, max_norm / size) if size else 1.0
    return {name: factor * g for name, g in gradients.items()}
