# %% starter
import numpy as np


def inverse(c, fft):
    """The signal with the coefficients c, by one call of fft."""
    return fft(c) / len(c)


# %% check
import numpy as np

from derivable.foundations import dft
from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(0)
x = rng.normal(size=5) + 1j * rng.normal(size=5)
found = inverse(dft(x), dft)
expect_equal(np.shape(found), (5,), what="shape of the signal")
expect_close(
    [np.real(found), np.imag(found)],
    [x.real, x.imag],
    what="inverse(dft(x), dft), real and imaginary part",
    hint="every angle needs the other sign",
)
one = inverse(np.array([2.0]), dft)
expect_close(np.real(one), [2], what="one coefficient")

calls = []
inverse(dft(x), lambda c: calls.append(1) or dft(c))
expect_equal(len(calls), 1, what="calls of fft")

# %% solution
import numpy as np


def inverse(c, fft):
    """The signal with the coefficients c, by one call of fft."""
    return np.conj(fft(np.conj(c))) / len(c)
