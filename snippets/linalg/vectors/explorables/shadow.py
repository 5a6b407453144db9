"""The shadow of u is its dot product with the unit vector along v."""

import numpy as np

from derivable.linalg import cosine_similarity, dot, norm, projection

V = np.array([3.0, 1.0])
PARAMETERS = {
    "degrees": {
        "label": "Direction of u, degrees",
        "values": np.arange(-180, 181, 5),
        "start": 75,
        "shown": "{:.0f}°",
    },
    "length": {
        "label": "Length of u",
        "values": np.arange(1, 7) / 2,
        "start": 2.5,
        "shown": "{:.2f}",
    },
}
NUMBERS = {
    "u": ("u", "{:.3f}"),
    "dot": ("u · v", "{:.3f}"),
    "cosine": ("Cosine of the angle", "{:.3f}"),
    "shadow": ("Length of the shadow, signed", "{:.3f}"),
    "left": ("Distance of u from the line", "{:.3f}"),
}
SAYS = "u · v is {dot:.2f}, the cosine {cosine:.2f}, the shadow {shadow:.2f}."


def state(degrees, length):
    turn = np.radians(degrees)
    u = length * np.array([np.cos(turn), np.sin(turn)])
    p = projection(u, V)
    return {
        "u": u,
        "p": p,
        "dot": dot(u, V),
        "cosine": cosine_similarity(u, V),
        "shadow": dot(u, V) / norm(V),
        "left": norm(u - p),
        "between": (degrees - np.degrees(np.arctan2(V[1], V[0])) + 180) % 360
        - 180,
    }


def draw(svg, at):
    plane = svg.panel(
        x=(-3.4, 3.8), y=(-3.2, 3.2), xlabel="x₁", ylabel="x₂", equal=True
    )
    line = np.stack([-2 * V, 2 * V])
    plane.line(*line.T, "c7 thin")
    plane.line(*np.stack([at.u, at.p]).T, "c7 dashed")
    plane.line(*np.stack([0 * at.p, at.p]).T, "c2 bold wide")
    plane.arrow((0, 0), V, "c1 bold")
    plane.arrow((0, 0), at.u, "c0 bold")
    plane.dot(*at.u, "c0", drags="degrees")
    plane.text(-3.3, 2.9, "u", "c0")
    plane.text(-3.3, 2.5, "v", "c1")
    plane.text(-3.3, 2.1, "shadow of u", "c2")

    turns = np.linspace(-180, 180, 73)
    curve = svg.panel(
        x=(-180, 180),
        y=(-10, 10),
        xlabel="angle from v to u, degrees",
        ylabel="u · v",
        height=plane.height,
    )
    largest = norm(at.u) * norm(V)
    curve.line(turns, largest * np.cos(np.radians(turns)), "c7")
    curve.line([at.between, at.between], [0, at.dot], "c2 bold wide")
    curve.dot(at.between, at.dot, "c0", drags="degrees")
