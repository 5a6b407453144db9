"""A picture to compress, drawn by formulas so that it ships as code."""

import numpy as np

from derivable import _validation as check
from derivable._validation import Array


def picture(height: int = 96, width: int = 128) -> Array:
    """A grey picture: sun, hills, and their reflection in a lake.

    Args:
        height: number of rows.
        width: number of columns.

    Returns:
        Brightness from 0 to 1, shape (height, width).

    Raises:
        ValueError: if height or width is not in 1 to 4096.
    """
    check.whole(height, "height", least=1, most=4096)
    check.whole(width, "width", least=1, most=4096)
    y = np.linspace(1, -1, height)[:, None]
    x = np.linspace(-1.3, 1.3, width)
    up = np.abs(y + 0.2) - 0.2  # the lake mirrors what is above it
    sky = 0.55 + 0.3 * up
    sun = np.exp(-((((x - 0.45) ** 2 + (up - 0.5) ** 2) / 0.035) ** 2))
    far = 0.25 + 0.12 * np.sin(3 * x) + 0.05 * np.sin(11 * x + 1)
    near = 0.02 + 0.22 * np.exp(-((x + 0.7) ** 2) / 0.1) + 0.03 * np.cos(9 * x)
    image = np.maximum(sky, sun)
    image = np.where(up < far, 0.4, image)
    image = np.where(up < near, 0.15, image)
    ripples = 0.08 * np.sin(40 / (0.25 - np.minimum(y, -0.2)) + 3 * x)
    return np.asarray(
        np.clip(np.where(y < -0.2, 0.8 * image + ripples, image), 0, 1)
    )
