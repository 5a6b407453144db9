# %% starter
from derivable.foundations import dft, idft


def without_hum(x, k):
    """Real x without the wave of k whole turns, shape (n,)."""
    c = dft(x)
    c[k] = 0
    return idft(c).real


# %% check
import numpy as np

from derivable.foundations import sample_wave
from derivable.grading import expect_close, expect_equal

voice = sample_wave(3, 32, rate=32, phase=0.4)
hum = sample_wave(7, 32, rate=32, amplitude=5.0, phase=1.0)
clean = without_hum(voice + hum, 7)
expect_equal(np.isrealobj(clean), True, what="whether the result is real")
expect_close(
    clean,
    voice,
    atol=1e-9,
    what="the voice without the hum",
    hint="every tone of a real signal stands in two coefficients",
)
expect_close(
    without_hum(voice + 2, 0),
    voice,
    atol=1e-9,
    what="k = 0, which takes the mean out",
    hint="there is no coefficient n",
)

# %% solution
from derivable.foundations import dft, idft


def without_hum(x, k):
    """Real x without the wave of k whole turns, shape (n,)."""
    c = dft(x)
    c[k] = c[-k % len(c)] = 0
    return idft(c).real
