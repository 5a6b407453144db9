# %% starter
import numpy as np


def one_wave(a, b):
    """Amplitude and phase of a sin θ + b cos θ."""
    return np.sqrt(a**2 + b**2), np.arctan(b / a)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

r, phi = one_wave(np.array([3.0, 1.0]), np.array([4.0, -1.0]))
expect_close(r, [5, np.sqrt(2)], what="amplitude")
expect_close(phi, [np.arctan2(4, 3), -np.pi / 4], what="phase for a > 0")
expect_equal(np.shape(r), (2,), what="shape of the amplitudes")

a, b = np.array([[-1.0, -1, 0, 0, 0], [1.0, -1, 2, -2, 0]])
with np.errstate(divide="ignore", invalid="ignore"):
    r, phi = one_wave(a, b)
expect_equal(
    bool(np.all(r >= 0)),
    True,
    what="whether no amplitude is negative",
    hint="an amplitude is a length; turn the phase instead",
)
theta = np.linspace(0, 6, 9)[:, None]
expect_close(
    r * np.sin(theta + phi),
    a * np.sin(theta) + b * np.cos(theta),
    what="the wave for a ≤ 0",
    hint="(−1, −1) and (1, 1) have one ratio and two directions",
)

# %% solution
import numpy as np


def one_wave(a, b):
    """Amplitude and phase of a sin θ + b cos θ."""
    return np.hypot(a, b), np.arctan2(b, a)
