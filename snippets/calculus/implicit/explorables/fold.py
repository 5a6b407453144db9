"""Where F_y = 0 the curve folds back, and its tangent is vertical."""

import numpy as np

from derivable.calculus import grad

PLACES = np.round(np.arange(-2.2, 2.21, 0.05), 2)
PLACES[np.abs(PLACES) == 1] *= 0.999  # at the turn itself: no slope
PARAMETERS = {
    "y": {
        "label": "Place y on the curve",
        "values": PLACES,
        "start": 1.5,
        "shown": "{:.3f}",
    },
}
NUMBERS = {
    "x": ("x = y³ − 3y", "{:.3f}"),
    "F_y": ("F_y = 3y² − 3", "{:.3f}"),
    "slope": ("Slope y′(x)", "{:.3f}"),
    "solutions": ("Solutions y for this x", "{:.0f}"),
}
SAYS = (
    "At y = {y:.3f}, x is {x:.2f}: F_y is {F_y:.3f}, the slope {slope:.2f}, "
    "and {solutions:.0f} solutions lie above this x."
)
fine = np.linspace(-2.25, 2.25, 91)


def curve(y):
    return y**3 - 3 * y


def state(y):
    y = float(y)
    F_y = grad(curve)(y)
    x = curve(y)
    found = np.roots([1.0, 0.0, -3.0, -x])
    real = found.real[np.abs(found.imag) < 1e-6]
    return {
        "x": x,
        "F_y": F_y,
        "slope": 1 / F_y,
        "solutions": 2 if abs(abs(x) - 2) < 1e-9 else len(real),
    }


def draw(svg, at):
    plane = svg.panel(x=(-5, 5), y=(-2.6, 2.6), xlabel="x", ylabel="y")
    plane.line(curve(fine), fine, "c0 bold")
    length = np.hypot(at.F_y, 1.0)
    dx, dy = 1.2 * at.F_y / length, 1.2 / length
    y = float(at.y)
    plane.line([at.x, at.x], [-2.6, 2.6], "c7 thin dashed")
    plane.line([at.x - dx, at.x + dx], [y - dy, y + dy], "c1 bold")
    plane.dot(at.x, y, "c1", drags="y")
    plane.text(-4.8, 2.2, "y³ − 3y = x", "c0")

    slopes = svg.panel(
        x=(-2.6, 2.6),
        y=(-4, 4),
        xlabel="y",
        ylabel="slope y′(x)",
        height=plane.height,
    )
    for low, high in ((-2.25, -1.04), (-0.95, 0.95), (1.04, 2.25)):
        part = np.linspace(low, high, 31)
        slopes.line(part, np.clip(1 / (3 * part**2 - 3), -4, 4), "c0")
    for turn in (-1, 1):
        slopes.line([turn, turn], [-4, 4], "c7 dashed")
    slopes.dot(y, float(np.clip(at.slope, -4, 4)), "c1")
