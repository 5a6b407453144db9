"""The slope is the part of the gradient that lies along your direction."""

import numpy as np

from derivable.calculus import directional_derivative, numerical_gradient

ANGLES = np.arange(-180, 181, 5)
PLACES = np.arange(0, 360, 45)
PARAMETERS = {
    "angle": {
        "label": "Direction, degrees",
        "values": ANGLES,
        "start": 0,
        "shown": "{:.0f}°",
    },
    "place": {
        "label": "Place on the contour, degrees",
        "values": PLACES,
        "start": 45,
        "shown": "{:.0f}°",
    },
}
NUMBERS = {
    "x": ("Point x", "{:.3f}"),
    "gradient": ("Gradient", "{:.3f}"),
    "length": ("Length of the gradient", "{:.3f}"),
    "between": ("Angle to the gradient", "{:.0f}°"),
    "slope": ("Directional derivative", "{:.3f}"),
}
SAYS = (
    "{between:.0f}° from the gradient: the slope is {slope:.2f}, "
    "of {length:.2f} at most."
)
LEVELS = (1, 3, 5)
UNIT = 1.4  # the length at which a direction is drawn
SCALE = 0.4  # that of the gradient, for each unit


def f(x):
    return x[0] ** 2 / 2 + x[0] * x[1] / 2 + x[1] ** 2


def contour(level, degrees):
    ray = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    return ray * np.sqrt(level / f(ray))


def state(angle, place):
    x = contour(3, place)
    d = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    g = numerical_gradient(f, x)
    length = np.linalg.norm(g)
    turn = angle - np.degrees(np.arctan2(g[1], g[0]))
    turn = (turn + 180) % 360 - 180
    return {
        "x": x,
        "d": d,
        "gradient": g,
        "length": length,
        "turn": turn,
        "between": abs(turn),
        "slope": directional_derivative(f, x, d),
    }


def draw(svg, at):
    plane = svg.panel(
        x=(-4.2, 4.2), y=(-4.2, 3.3), xlabel="x₁", ylabel="x₂", equal=True
    )
    around = np.linspace(0, 360, 73)
    for level in LEVELS:
        look = "c7" if level == 3 else "c7 thin"
        plane.line(*contour(level, around), look)
    plane.arrow(at.x, at.x + SCALE * at.gradient, "c0 bold")
    along = at.x + SCALE * at.slope * at.d
    plane.line(*np.stack([at.x + SCALE * at.gradient, along]).T, "c0 dashed")
    tip = at.x + UNIT * at.d
    plane.line(*np.stack([at.x, along]).T, "c2 bold wide")
    plane.arrow(at.x, tip, "c1 bold")
    plane.dot(*at.x, "c7", drags="place")
    plane.dot(*tip, "c1", drags="angle")
    plane.text(-4.1, -3.0, "gradient", "c0")
    plane.text(-4.1, -3.5, "direction d", "c1")
    plane.text(-4.1, -4.0, "slope along d", "c2")

    turns = np.linspace(-180, 180, 73)
    rate = svg.panel(
        x=(-180, 180),
        y=(-4.5, 4.5),
        xlabel="angle from the gradient to d, degrees",
        ylabel="slope along d",
        height=plane.height,
    )
    rate.line(turns, at.length * np.cos(np.radians(turns)), "c7")
    rate.line([at.turn, at.turn], [0, at.slope], "c2 bold wide")
    rate.dot(at.turn, at.slope, "c1", drags="angle")
