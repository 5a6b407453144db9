# %% starter
import numpy as np
from numpy.lib.stride_tricks import as_strided


def patches(x, k, t):
    """Windows of length k at stride t of the vector x, as rows."""
    places = len(x) // t
    return as_strided(x, shape=(places, k), strides=(8, 8))


# %% check
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from derivable.grading import expect_close, expect_equal

whole = np.arange(20.0)
for x, name in [
    (whole, "a fresh vector"),
    (whole[::2], "every second entry"),
    (whole[::-1], "a vector backwards"),
    (np.arange(6, dtype=np.int16), "small integers"),
]:
    for k, t in [(3, 1), (2, 3), (len(x), 1)]:
        found = patches(x, k, t)
        expect_equal(
            np.shape(found),
            ((len(x) - k) // t + 1, k),
            what=f"shape for {name}, k = {k}, t = {t}",
            hint="the last window must end inside the vector",
        )
        expect_close(
            found,
            sliding_window_view(x, k)[::t],
            what=f"patches of {name}, k = {k}, t = {t}",
            hint="use the stride that x has, once for each axis",
        )
        expect_equal(
            np.shares_memory(found, x), True, what="patches share memory"
        )

# %% solution
import numpy as np
from numpy.lib.stride_tricks import as_strided


def patches(x, k, t):
    """Windows of length k at stride t of the vector x, as rows."""
    places = (len(x) - k) // t + 1
    step = x.strides[0]
    return as_strided(x, shape=(places, k), strides=(t * step, step))
