"""The tide comes twice a day."""

import matplotlib.pyplot as plt
import numpy as np

from tideline import height


def figure():
    hours = np.linspace(0, 24, 97)
    fig, ax = plt.subplots()
    ax.plot(hours, [height(t, 2.0, 12.0) for t in hours])
    return fig
