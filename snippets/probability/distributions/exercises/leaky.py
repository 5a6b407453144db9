# %% starter
import numpy as np


def leaky_std(fan_in, slope):
    """Standard deviation of the weights in front of a leaky ReLU."""
    return np.sqrt(2 / ((1 + slope) * fan_in))


# %% check
import numpy as np

from derivable.grading import expect_close
from derivable.probability import he_std, signal_scales

expect_close(leaky_std(50, 0.0), he_std(50), what="the ReLU, slope 0")
expect_close(leaky_std(50, 1.0), np.sqrt(1 / 50), what="slope 1, linear")
expect_close(
    leaky_std(100, 0.5),
    np.sqrt(2 / 125),
    what="slope 1/2",
    hint="the mean square of the negative half has the square of the slope",
)
rng = np.random.default_rng(0)
scales = signal_scales(
    rng.normal(size=(64, 256)),
    leaky_std(256, -0.3),
    depth=10,
    activation=lambda z: np.where(z > 0, z, -0.3 * z),
    rng=rng,
)
expect_close(
    scales[-1] / scales[0], 1, atol=0.4, what="growth through ten layers"
)

# %% solution
import numpy as np


def leaky_std(fan_in, slope):
    """Standard deviation of the weights in front of a leaky ReLU."""
    return np.sqrt(2 / ((1 + slope**2) * fan_in))
