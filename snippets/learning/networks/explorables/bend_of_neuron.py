"""The weight turns and steepens, the bias shifts: the bend is at -b/w."""

import numpy as np

from derivable.calculus import relu, sigmoid

SIZES = np.array([0.5, 1.0, 2.0, 4.0])
WEIGHTS = np.concatenate([-SIZES[::-1], SIZES])
BIASES = np.arange(-8, 9) / 2
PARAMETERS = {
    "w": {
        "label": "Weight w",
        "values": WEIGHTS,
        "start": 1.0,
        "shown": "{:.1f}",
    },
    "b": {
        "label": "Bias b",
        "values": BIASES,
        "start": -1.0,
        "shown": "{:.1f}",
    },
}
NUMBERS = {
    "bend": ("Bend at −b/w", "{:.2f}"),
    "slope": ("Steepest slope of the sigmoid", "{:.2f}"),
}
SAYS = "Weight {w:.1f}, bias {b:.1f}: the bend is at {bend:.2f}."
X = np.linspace(-4, 4, 65)


def state(w, b):
    return {"bend": 0.0 - b / w, "slope": abs(w) / 4}


def draw(svg, at):
    z = at.w * X + at.b
    seen = float(np.clip(at.bend, -4.5, 4.5))
    left = svg.panel(x=(-4, 4), y=(-0.5, 6), xlabel="x", ylabel="relu(wx + b)")
    left.line(X, np.minimum(relu(z), 7.0), "c0 bold")
    left.line([seen, seen], [-0.5, 6], "c7 thin dashed")
    left.dot(seen, 0.0, "c1")
    right = svg.panel(
        x=(-4, 4), y=(-0.1, 1.1), xlabel="x", ylabel="sigmoid(wx + b)"
    )
    right.line(X, sigmoid(z), "c0 bold")
    right.line([seen, seen], [-0.1, 1.1], "c7 thin dashed")
    right.dot(seen, 0.5, "c1")
