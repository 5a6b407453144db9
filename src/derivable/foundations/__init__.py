"""Foundations: functions, exponentials and waves, before anything else."""

from derivable.foundations.exponentials import exponentials_example
from derivable.foundations.functions import functions_example
from derivable.foundations.trigonometry import (
    alias,
    dft,
    dft_matrix,
    fft,
    fft_products,
    fourier_coefficients,
    fourier_series,
    idft,
    polar,
    position_shift,
    positional_encoding,
    rotation,
    sample_wave,
    sine_layer,
    sine_wave,
    square_wave,
    square_wave_coefficients,
)

__all__ = [
    "alias",
    "dft",
    "dft_matrix",
    "exponentials_example",
    "fft",
    "fft_products",
    "fourier_coefficients",
    "fourier_series",
    "functions_example",
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
