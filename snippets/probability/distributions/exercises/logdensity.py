# %% starter
import numpy as np


def log_density(x, mean, covariance):
    """Logarithm of the Gaussian density at x, of shape (d,)."""
    gap = x - mean
    square = gap @ np.linalg.inv(covariance) @ gap
    volume = np.sqrt(np.linalg.det(2 * np.pi * covariance))
    return np.log(np.exp(-square / 2) / volume)


# %% check
import numpy as np
from scipy import stats

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(0)
A = rng.normal(size=(3, 5))
covariance, mean, x = A @ A.T, *rng.normal(size=(2, 3))
expect_close(
    log_density(x, mean, covariance),
    stats.multivariate_normal(mean, covariance).logpdf(x),
    what="the log-density in three dimensions",
)
expect_equal(np.shape(log_density(x, mean, covariance)), (), what="the shape")
far = np.full(1, 60.0)
expect_close(
    log_density(far, np.zeros(1), np.eye(1)),
    -1800 - np.log(2 * np.pi) / 2,
    what="the log-density 60 standard deviations out",
    hint="never take an exponential of the exponent",
)
wide = np.zeros(400)
expect_close(
    log_density(wide, wide, 1e4 * np.eye(400)),
    -200 * np.log(2 * np.pi * 1e4),
    what="the log-density in 400 dimensions",
    hint="add logarithms of the diagonal of the Cholesky factor",
)

# %% solution
import numpy as np


def log_density(x, mean, covariance):
    """Logarithm of the Gaussian density at x, of shape (d,)."""
    L = np.linalg.cholesky(covariance)
    z = np.linalg.solve(L, x - mean)
    log_volume = np.sum(np.log(np.diag(L))) + len(z) * np.log(2 * np.pi) / 2
    return -z @ z / 2 - log_volume
