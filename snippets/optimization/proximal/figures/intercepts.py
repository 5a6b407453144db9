"""A tangent of slope s meets the axis at minus the conjugate of s."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import conjugate


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(5.6, 3.6))
    x = np.linspace(-2, 2.5, 901)
    f = np.exp(x) / 2 + x**2 / 4
    ax.plot(x, f, color="C0")
    slopes = np.array([-0.4, 1.0, 3.0])
    places = [(-1.9, -0.75), (1.25, 0.75), (0.25, -2.1)]
    for i, s in enumerate(slopes):
        height = conjugate(f, x, [s])[0]
        ax.plot(x, s * x - height, "--", color=f"C{i + 1}", lw=1)
        ax.plot(0, -height, "o", color=f"C{i + 1}", ms=5)
        said = f"s = {s:g}: −f*(s) = {-height:.2f}".replace("-", "−")
        ax.text(*places[i], said, color=f"C{i + 1}")
    ax.text(-1.9, 1.3, "f", color="C0")
    ax.set(xlabel="x", ylabel="f(x)", ylim=(-3, 5), xlim=(-2, 2.5))
    return fig
