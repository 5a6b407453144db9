"""Where the level line touches the curve, the slope of f along it is zero."""

import numpy as np

G = np.array([1.0, 2.0])  # the gradient of f = x + 2y, the same everywhere
TURN = np.arange(72) * 5.0
PARAMETERS = {
    "turn": {
        "label": "Where you stand, in degrees",
        "values": TURN,
        "start": 300,
        "shown": "{:.0f}",
    },
    "c": {
        "label": "c, in x²/4 + y² = c",
        "values": [0.5, 0.75, 1.0, 1.25, 1.5],
        "start": 1,
        "shown": "{:.2f}",
    },
}
NUMBERS = {
    "f": ("f = x + 2y here", "{:.3f}"),
    "slope": ("Slope of f along the curve", "{:.3f}"),
    "nu": ("Best ν for ∇f + ν∇h = 0", "{:.3f}"),
    "rest": ("What is left, ‖∇f + ν∇h‖", "{:.3f}"),
    "least": ("Least f on the curve", "{:.3f}"),
}
SAYS = (
    "At {turn:.0f} degrees f is {f:.3f}, its slope along the curve is "
    "{slope:.3f}, and {rest:.3f} is left of the gradient."
)
T = np.radians(np.linspace(0, 360, 73))
S = np.linspace(0, 360, 73)


def curve(t, c):
    return np.sqrt(c) * np.array([2 * np.cos(t), np.sin(t)])


def state(turn, c):
    t = np.radians(turn)
    x = curve(t, c)
    normal = np.array([x[0] / 2, 2 * x[1]])
    along = np.array([-normal[1], normal[0]]) / np.linalg.norm(normal)
    nu = -(G @ normal) / (normal @ normal)
    return {
        "x": x,
        "ring": curve(T, c),
        "normal": normal / np.linalg.norm(normal),
        "f": G @ x,
        "slope": G @ along,
        "nu": nu,
        "rest": np.linalg.norm(G + nu * normal),
        "values": G @ curve(T, c),
        "least": -2 * np.sqrt(2 * c),
    }


def draw(svg, at):
    plane = svg.panel(
        x=(-3.2, 3.2), y=(-2.4, 2.4), xlabel="x", ylabel="y", equal=True
    )
    plane.line(*at.ring, "c0")
    across = np.array([2.0, -1.0])
    level = at.x + np.outer([-3, 3], across)
    plane.line(*level.T, "c7 dashed")
    x = at.x
    plane.arrow(x, x + 0.45 * G, "c1")
    plane.arrow(x, x + 1.0 * at.normal, "c0")
    plane.dot(*x, "c1", drags="turn")
    plane.text(-3.1, 2.15, "∇f", "c1")
    plane.text(-2.6, 2.15, "∇h", "c0")
    plane.text(-2.1, 2.15, "level line of f", "c7")

    along = svg.panel(
        x=(0, 360), y=(-4, 4), xlabel="where, in degrees", ylabel="f"
    )
    along.line(S, at.values, "c0")
    along.line([0, 360], [at.least, at.least], "c7 thin")
    along.dot(at.turn, at.f, "c1", drags="turn")
