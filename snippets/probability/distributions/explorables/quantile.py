"""The quantile is where the cdf reaches u: the area to its left."""

import numpy as np

from derivable.probability import Normal

LEVELS = np.array([0.01, *np.arange(0.05, 1, 0.05).round(2), 0.99])
WIDTHS = np.array([0.5, 0.75, 1.0, 1.5, 2.0, 3.0])
PARAMETERS = {
    "u": {
        "label": "Level u",
        "values": LEVELS,
        "start": 0.8,
        "shown": "{:.2f}",
    },
    "std": {
        "label": "Standard deviation σ",
        "values": WIDTHS,
        "start": 1.0,
        "shown": "{:.2f}",
    },
}
NUMBERS = {
    "quantile": ("Quantile", "{:.3f}"),
    "area": ("Area to its left", "{:.2f}"),
    "height": ("Density there", "{:.3f}"),
    "score": ("In standard deviations", "{:.3f}"),
}
SAYS = (
    "The quantile of {u:.2f} is {quantile:.2f}, which is {score:.2f} "
    "standard deviations from the mean."
)


def state(u, std):
    own = Normal(0, std)
    x = float(own.quantile(u))
    return {
        "own": own,
        "quantile": x,
        "area": float(own.cdf(x)),
        "height": float(own.pdf(x)),
        "score": x / std,
    }


def draw(svg, at):
    x = np.linspace(-6, 6, 97)
    left = svg.panel(x=(-6, 6), y=(0, 0.85), xlabel="x", ylabel="density f")
    inside = np.linspace(-6, np.clip(at.quantile, -6, 6), 49)
    left.area([-6, *inside, inside[-1]], [0, *at.own.pdf(inside), 0], "c1")
    left.line(x, at.own.pdf(x), "c0 bold")
    left.line([at.quantile, at.quantile], [0, at.height], "c1")
    left.text(-5.6, 0.76, "shaded area: u", "c1")

    right = svg.panel(x=(-6, 6), y=(0, 1), xlabel="x", ylabel="cdf F")
    right.line(x, at.own.cdf(x), "c0 bold")
    right.line([-6, at.quantile], [at.u, at.u], "c1 dashed")
    right.line([at.quantile, at.quantile], [at.u, 0], "c1 dashed")
    right.dot(at.quantile, at.u, "c1", drags="u")
    right.text(0.8, 0.08, "quantile of u", "c1")
