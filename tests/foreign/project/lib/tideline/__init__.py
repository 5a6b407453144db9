"""Heights of the tide, as sums of waves."""

import numpy as np

__all__ = ["height"]


def height(t: float, amplitude: float, period: float) -> float:
    """Height of one wave at a time, in metres.

    Args:
        t: hours since high water.
        amplitude: of the wave, in metres.
        period: of the wave, in hours.
    """
    return float(amplitude * np.cos(2 * np.pi * t / period))
