# %% starter
from derivable.foundations import dft, idft


def convolve_round(x, h):
    """Circular convolution of real x and h, both of shape (n,)."""
    return idft(dft(x) * dft(h))


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

x, h = np.array([1.0, 2.0, 0.0, -1.0, 3.0]), np.array([2.0, 1, 0, 0, -1])
n = len(x)
wanted = [sum(x[j] * h[(m - j) % n] for j in range(n)) for m in range(n)]
found = convolve_round(x, h)
expect_equal(
    np.isrealobj(found),
    True,
    what="whether the result is real",
    hint="what is left of the imaginary part is rounding",
)
expect_close(found, wanted, atol=1e-9, what="x around h")
shift = np.array([0.0, 1.0, 0, 0, 0])
expect_close(
    convolve_round(x, shift), np.roll(x, 1), atol=1e-9, what="a shift by one"
)
expect_raises(
    ValueError, lambda: convolve_round(x, [1.0]), what="unequal lengths"
)

# %% solution
from derivable.foundations import dft, idft


def convolve_round(x, h):
    """Circular convolution of real x and h, both of shape (n,)."""
    if len(x) != len(h):
        raise ValueError(f"lengths must be equal, got {len(x)}, {len(h)}")
    return idft(dft(x) * dft(h)).real
