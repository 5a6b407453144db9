"""Close up, the image of a square is the Jacobian's parallelogram."""

import numpy as np

from derivable.calculus import jacobian

PARAMETERS = {
    "side": {
        "label": "Side of the square",
        "values": np.arange(1, 20) / 20,
        "start": 0.9,
        "shown": "{:.2f}",
    },
    "r": {
        "label": "Its corner at r",
        "values": np.arange(1, 6) / 4,
        "start": 1,
        "shown": "{:.2f}",
    },
}
NUMBERS = {
    "determinant": ("Determinant of J", "{:.4f}"),
    "ratio": ("Area of the image over area of the square", "{:.4f}"),
    "gap": ("Largest gap between both, over the side", "{:.4f}"),
}
SAYS = (
    "Side {side:.2f} at r = {r:.2f}: the area grows by {ratio:.3f}, "
    "the determinant is {determinant:.3f}."
)
CORNERS = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])


def border(n):
    """Once around the square; its image is straight where r alone moves."""
    s = np.linspace(0, 1, n)
    return np.array([*((1, v) for v in s), *((0, v) for v in s[::-1])])


BORDER, FINE = border(13), border(2001).T


def polar(p):
    r, t = p
    return np.array([r * np.cos(t), r * np.sin(t)])


def state(side, r):
    corner = np.array([r, 0.5])
    J = jacobian(polar, corner)
    image = np.array([polar(corner + side * p) for p in BORDER])
    linear = polar(corner) + side * BORDER @ J.T
    x, y = polar(corner[:, None] + side * FINE)
    patch = (x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
    return {
        "square": corner + side * CORNERS,
        "image": image,
        "linear": polar(corner) + side * CORNERS @ J.T,
        "determinant": np.linalg.det(J),
        "ratio": patch / side**2,
        "gap": np.linalg.norm(image - linear, axis=1).max() / side,
    }


def draw(svg, at):
    before = svg.panel(
        x=(0, 2.6), y=(0, 2.1), xlabel="r", ylabel="t", equal=True
    )
    before.area(*at.square.T, "c0")
    before.dot(*at.square[0], "c7", drags="r")
    before.dot(*at.square[2], "c1", drags="side")

    after = svg.panel(
        x=(-1, 2.2),
        y=(0, 2.6),
        xlabel="r cos t",
        ylabel="r sin t",
        equal=True,
    )
    after.area(*at.image.T, "c0")
    closed = np.vstack([at.linear, at.linear[:1]])
    after.line(*closed.T, "c1 dashed")
    after.dot(*at.linear[0], "c7")
    after.text(-0.95, 2.4, "image of the square", "c0")
    after.text(-0.95, 2.2, "what J says", "c1")
