"""Each of these functions lies above every one of its tangents."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import convex_functions

SHOWN = {
    "1-norm": ("|x|", (-2, 2), (0.2, 2.3)),
    "quadratic": ("2x²", (-2, 2), (-0.6, 6)),
    "exp": ("eˣ", (-2, 2), (-0.6, 6)),
    "softplus": ("ln(1 + eˣ)", (-4, 4), (-0.4, 3.6)),
    "x log x": ("x ln x", (0.01, 3), (-0.9, 2.6)),
    "-log x": ("−ln x", (0.01, 3), (-1.7, 3.5)),
}


def figure() -> Figure:
    found = {e.name: e for e in convex_functions(1)}
    fig, axes = plt.subplots(2, 3, figsize=(7.6, 4.4))
    for ax, (name, (words, ends, seen)) in zip(
        axes.flat, SHOWN.items(), strict=True
    ):
        example = found[name]
        x = np.linspace(*ends, 161)
        values = np.array([example.f(np.array([v])) for v in x])
        for touch in np.linspace(*ends, 7)[1:-1]:
            at = np.array([touch])
            tangent = example.f(at) + example.gradient(at)[0] * (x - touch)
            ax.plot(x, tangent, color="C2", lw=0.8)
        ax.plot(x, values, color="C0")
        ax.set(
            ylim=(min(seen[0], -0.4), seen[1]), xlim=(min(ends[0], 0), ends[1])
        )
        ax.text(
            0.5, 0.88, words, color="C0", transform=ax.transAxes, ha="center"
        )
    return fig
