# %% starter
import numpy as np


def mean_bce(z, y):
    """Mean cross-entropy of scores z with labels 0 and 1, and its gradient."""
    p = 1 / (1 + np.exp(-z))
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    return loss, p - y


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

rng = np.random.default_rng(0)
z, y = 3 * rng.normal(size=6), rng.integers(2, size=6)
loss, g = mean_bce(z, y)
expect_close(loss, np.mean(np.logaddexp(0, z) - y * z), what="loss")
expect_equal(np.shape(g), (6,), what="shape of the gradient")
h = 1e-6
slopes = [
    (mean_bce(z + h * e, y)[0] - mean_bce(z - h * e, y)[0]) / (2 * h)
    for e in np.eye(6)
]
expect_close(
    g,
    slopes,
    rtol=1e-6,
    atol=1e-8,
    what="gradient",
    hint="the loss is a mean, so its gradient holds 1/n as well",
)
square, slopes = mean_bce(np.reshape(z, (2, 3)), np.reshape(y, (2, 3)))
expect_close(
    square,
    loss,
    what="loss of scores of shape (2, 3)",
    hint="the mean is over all scores, and one number",
)
expect_close(
    slopes,
    np.reshape(g, (2, 3)),
    what="gradient of scores of shape (2, 3)",
    hint="n is the number of all scores",
)
overflows = []
with np.errstate(over="call", call=lambda *said: overflows.append(said)):
    loss, g = mean_bce(np.array([-1000.0, 40.0]), np.array([1, 0]))
expect_equal(
    len(overflows),
    0,
    what="how often extreme scores overflow",
    hint="e to the power of a large number: use logaddexp",
)
expect_close(loss, 520.0, what="loss of extreme scores", hint="use logaddexp")
expect_close(g, [-0.5, 0.5], what="gradient of extreme scores")
expect_raises(
    ValueError,
    mean_bce,
    np.zeros(3),
    np.zeros((3, 1)),
    what="labels of shape (3, 1)",
    hint="compare the shapes: these two would broadcast to (3, 3)",
)
expect_raises(
    ValueError,
    mean_bce,
    np.zeros(3),
    np.zeros(1),
    what="three scores and one label",
    hint="one label would broadcast to all scores",
)
for pair in ([-1, 1], [0, 2], [0.5, 1]):
    expect_raises(
        ValueError,
        mean_bce,
        np.zeros(2),
        np.array(pair),
        what=f"labels {pair[0]} and {pair[1]}",
        hint="this loss wants 0 and 1",
    )

# %% solution
import numpy as np


def mean_bce(z, y):
    """Mean cross-entropy of scores z with labels 0 and 1, and its gradient."""
    z, y = np.asarray(z), np.asarray(y)
    if z.shape != y.shape:
        raise ValueError(f"y must have shape {z.shape}, got {y.shape}")
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"y must hold 0 and 1, got {np.unique(y)}")
    loss = np.mean(np.logaddexp(0, z) - y * z)
    return loss, (np.exp(-np.logaddexp(0, -z)) - y) / z.size
