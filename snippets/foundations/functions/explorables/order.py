"""A shift after the bend lifts the graph; before it, it moves the bend."""

import numpy as np

from derivable.calculus import relu
from derivable.foundations import compose

X = np.round(np.arange(-3, 3.01, 0.25), 2)
SHIFTS = np.round(np.arange(-2, 2.01, 0.25), 2)
PARAMETERS = {
    "x": {
        "label": "Input x",
        "values": X,
        "start": -0.5,
        "shown": "{:.2f}",
    },
    "d": {
        "label": "Shift d",
        "values": SHIFTS,
        "start": 1.0,
        "shown": "{:.2f}",
    },
}
NUMBERS = {
    "f": ("f(x) = ReLU(x)", "{:.2f}"),
    "after": ("g(f(x)) = ReLU(x) + d", "{:.2f}"),
    "g": ("g(x) = x + d", "{:.2f}"),
    "before": ("f(g(x)) = ReLU(x + d)", "{:.2f}"),
    "gap": ("g(f(x)) − f(g(x))", "{:.2f}"),
}
SAYS = (
    "At {x:.2f} with shift {d:.2f}, g after f gives {after:.2f} and "
    "f after g gives {before:.2f}."
)


def state(x, d):
    def g(x):
        return x + d

    after, before = compose(g, relu), compose(relu, g)
    return {
        "f": float(relu(x)),
        "g": g(x),
        "after": float(after(x)),
        "before": float(before(x)),
        "gap": float(after(x) - before(x)),
    }


def draw(svg, at):
    line = np.linspace(-3, 3, 97)
    for after in (True, False):
        color = "c0" if after else "c1"
        y = relu(line) + at.d if after else relu(line + at.d)
        end = at.after if after else at.before
        plane = svg.panel(
            x=(-3.2, 3.2),
            y=(-2.3, 5.3),
            xlabel="x",
            ylabel="ReLU(x) + d" if after else "ReLU(x + d)",
            equal=True,
        )
        plane.line(line, relu(line), "c7 thin dashed")
        plane.line(line, y, f"{color} bold")
        plane.line([at.x, at.x], [0, end], "c2")
        plane.dot(at.x, end, color)
        plane.dot(at.x, 0, "c2", drags="x")
        plane.text(-3, 4.7, "g after f" if after else "f after g", color)
