# %% starter
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def layer(X, F, b):
    """Cross-correlation of "same" size plus a bias for each filter."""
    p, q = F.shape[2] // 2, F.shape[3] // 2
    X = np.pad(X, [(0, 0), (0, 0), (p, p), (q, q)])
    windows = sliding_window_view(X, F.shape[2:], axis=(2, 3))
    F = F[:, :, ::-1, ::-1]
    return np.einsum("ncijrs,kcrs->nkij", windows, F) + b


# %% check
import numpy as np
from scipy.signal import correlate2d

from derivable.grading import expect_close

rng = np.random.default_rng(0)
for shape, k, kernel in [
    ((2, 3, 5, 4), 4, (3, 3)),
    ((1, 1, 6, 6), 6, (1, 5)),
    ((1, 2, 1, 1), 1, (3, 1)),
]:
    X = rng.normal(size=shape)
    F = rng.normal(size=(k, shape[1], *kernel))
    b = rng.normal(size=k)
    r, s = kernel
    around = [(0, 0), (0, 0), (r // 2, r // 2), (s // 2, s // 2)]
    expected = np.zeros((len(X), k, *shape[2:])) + b[:, None, None]
    for n, i, c in np.ndindex(len(X), k, shape[1]):
        image = np.pad(X, around)[n, c]
        expected[n, i] += correlate2d(image, F[i, c], mode="valid")
    expect_close(
        layer(X, F, b),
        expected,
        what=f"layer for X of shape {shape} and {k} filters",
        hint="slide the filter as it is; the bias belongs to axis 1",
    )

# %% solution
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def layer(X, F, b):
    """Cross-correlation of "same" size plus a bias for each filter."""
    p, q = F.shape[2] // 2, F.shape[3] // 2
    X = np.pad(X, [(0, 0), (0, 0), (p, p), (q, q)])
    windows = sliding_window_view(X, F.shape[2:], axis=(2, 3))
    Y = np.einsum("ncijrs,kcrs->nkij", windows, F)
    return Y + b[:, None, None]
