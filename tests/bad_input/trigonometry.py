"""Calls of the chapter on trigonometry."""

import numpy as np

# complex numbers are right here
FREE = {"dft.x", "fft.x", "fft_products.x", "idft.c"}


def _real(c):
    """The parts of complex numbers, which are numbers of the sweep."""
    return [c.real, c.imag]


USE = {"dft": _real, "dft_matrix": _real, "fft": _real, "idft": _real}


def calls():
    x = [1.0, 2.0, -1.0, 0.5]
    W = [[1.0, 2.0, 0.5], [0.0, 1.0, -1.0]]
    return {
        "alias": {"frequency": 9.0, "rate": 8.0},
        "dft": {"x": x},
        "dft_matrix": {"n": 4},
        "fft": {"x": x},
        "fft_products": {"x": x},
        "fourier_coefficients": {
            "f": np.cos,
            "num_terms": 2,
            "period": 2.0,
            "num_samples": 16,
        },
        "fourier_series": {
            "t": [0.0, 0.3],
            "a": [1.0, 2.0],
            "b": [0.0, 1.0],
            "period": 2.0,
        },
        "idft": {"c": x},
        "polar": {"x": 3.0, "y": 4.0},
        "position_shift": {"steps": 2.0, "width": 4, "base": 1e4},
        "sample_wave": {
            "frequency": 3.0,
            "num_samples": 4,
            "rate": 8.0,
            "amplitude": 2.0,
            "phase": 0.3,
        },
        "sine_layer": {
            "X": [[1.0, 2.0]],
            "W": W,
            "b": [0.0, 1.0, 2.0],
            "omega": 3.0,
        },
        "sine_wave": {
            "t": [0.0, 0.3],
            "amplitude": 2.0,
            "frequency": 3.0,
            "phase": 0.3,
        },
        "square_wave": {"t": [0.1, 0.7], "period": 2.0},
        "square_wave_coefficients": {"num_terms": 5},
    }
