"""Circles and waves: angles, Fourier series and the discrete transform.

Notation:
    θ, φ: an angle and a phase, in radians.
    t: times, any shape.
    x: samples of a signal, shape (n,).
    c: its Fourier coefficients, complex, shape (n,).
    a, b: coefficients of cosines and sines, shape (K + 1,).
"""

from derivable.foundations.trigonometry.circle import polar, sine_wave
from derivable.foundations.trigonometry.layers import (
    position_shift,
    sine_layer,
)
from derivable.foundations.trigonometry.sampling import alias, sample_wave
from derivable.foundations.trigonometry.series import (
    fourier_coefficients,
    fourier_series,
    square_wave,
    square_wave_coefficients,
)
from derivable.foundations.trigonometry.transform import (
    dft,
    dft_matrix,
    fft,
    fft_products,
    idft,
)
from derivable.linalg import positional_encoding, rotation

__all__ = [
    "alias",
    "dft",
    "dft_matrix",
    "fft",
    "fft_products",
    "fourier_coefficients",
    "fourier_series",
    "idft",
    "polar",
    "position_shift",
    "positional_encoding",
    "rotation",
    "sample_wave",
    "sine_layer",
    "sine_wave",
    "square_wave",
    "square_wave_coefficients",
]
