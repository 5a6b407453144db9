# %% starter
import numpy as np


def calibration_error(y, p, num_bins):
    """Expected calibration error of p for outcomes y of 0 and 1."""
    place = np.searchsorted(np.arange(1, num_bins) / num_bins, p)
    gaps = []
    for b in range(num_bins):
        inside = place == b
        gaps.append(abs(y[inside].mean() - p[inside].mean()))
    return np.mean(gaps)


# %% check
import numpy as np

from derivable.grading import expect_close
from derivable.probability import expected_calibration_error

y, p = np.array([0, 1, 1, 0, 1]), np.array([0.1, 0.3, 0.8, 0.9, 0.7])
expect_close(
    calibration_error(y, p, 2),
    0.4 * 0.3 + 0.6 * abs(2 / 3 - 0.8),
    what="calibration_error in two bins",
    hint="a bin counts by its share of the predictions",
)
expect_close(
    calibration_error(y, p, 10),
    (0.1 + 0.7 + 0.2 + 0.9 + 0.3) / 5,
    what="calibration_error in ten bins",
    hint="the mean of no numbers is NaN: leave empty bins out",
)
expect_close(
    calibration_error(np.array([1, 0]), np.array([0.5, 0.4]), 2),
    0.05,
    what="calibration_error with p on the edge of two bins",
    hint="an edge belongs to the bin below",
)
y, p = np.array([1, 0, 1, 0, 0, 1]), np.array([0.1, 0.05, 0.3, 0.25, 0.6, 0])
expect_close(
    calibration_error(y, p, 10),
    (1.85 + 0.45 + 0.6) / 6,
    what="calibration_error with p on edges, and p = 0",
    hint="an edge belongs to the bin below, 0 to the first",
)
rng = np.random.default_rng(0)
p = rng.random(500)
y = (rng.random(500) < p).astype(int)
expect_close(
    calibration_error(y, p, 7),
    expected_calibration_error(y, p, num_bins=7),
    what="calibration_error of 500 predictions",
)
ones = np.ones(3)
expect_close(
    calibration_error(ones, ones, 4), 0, what="calibration_error of p = 1"
)


# %% solution
import numpy as np


def calibration_error(y, p, num_bins):
    """Expected calibration error of p for outcomes y of 0 and 1."""
    place = np.searchsorted(np.arange(1, num_bins) / num_bins, p)
    sums = np.bincount(place, weights=y - p)
    return np.abs(sums).sum() / len(y)
