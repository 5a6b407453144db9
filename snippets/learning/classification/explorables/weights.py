"""Without an intercept, direction is boundary and length is certainty."""

import numpy as np

from derivable.calculus import sigmoid
from derivable.learning import mean_loss
from derivable.optimization import logistic_loss

rng = np.random.default_rng(3)
N = 24
y = np.repeat([-1.0, 1.0], N // 2)
X = rng.normal(size=(N, 2)) + 0.9 * y[:, None] * [1.0, 0.6]
ANGLES = np.arange(-60, 125, 5)
LENGTHS = np.concatenate([[0.1], np.arange(0.25, 6.1, 0.25)])
PARAMETERS = {
    "angle": {
        "label": "Direction of w, degrees",
        "values": ANGLES,
        "start": 90,
        "shown": "{:.0f}",
    },
    "length": {
        "label": "Length of w",
        "values": LENGTHS,
        "start": 1.0,
        "shown": "{:.2f}",
    },
}
NUMBERS = {
    "wrong": ("Samples on the wrong side", "{:.0f}"),
    "loss": ("Mean log-loss", "{:.3f}"),
    "width": ("From probability 0.5 to 0.9, distance", "{:.2f}"),
}
SAYS = (
    "Direction {angle:.0f} degrees, length {length:.2f}: {wrong:.0f} wrong, "
    "mean loss {loss:.3f}."
)
fine = np.linspace(0.1, 6, 40)


def losses(u, lengths):
    return [mean_loss(c * (X @ u), y, logistic_loss())[0] for c in lengths]


def state(angle, length):
    turn = np.radians(float(angle))
    u = np.array([np.cos(turn), np.sin(turn)])
    return {
        "u": u,
        "wrong": int(np.sum(y * (X @ u) <= 0)),
        "loss": losses(u, [float(length)])[0],
        "width": np.log(9) / float(length),
        "curve": np.array(losses(u, fine)),
        "half": float(sigmoid(float(length))),
    }


def draw(svg, at):
    plane = svg.panel(x=(-4, 4), y=(-4, 4), xlabel="x₁", ylabel="x₂")
    for point, label in zip(X, y, strict=True):
        plane.dot(*point, "c1" if label > 0 else "c0")
    along = np.array([-at.u[1], at.u[0]]) * 8
    for shift, look in ((-1, "c7 dashed"), (0, "c7 bold"), (1, "c7 dashed")):
        centre = shift * at.width * at.u
        ends = np.array([centre - along, centre + along])
        plane.line(ends[:, 0], ends[:, 1], look)
    tip = at.u * 1.5
    plane.arrow((0, 0), (tip[0], tip[1]), "c2")
    plane.text(-3.8, 3.5, "dashed: 0.1 and 0.9", "c7 small")

    graph = svg.panel(
        x=(0, 6.2),
        y=(0, 2),
        xlabel="length of w",
        ylabel="mean log-loss",
        height=plane.height,
    )
    graph.line(fine, np.minimum(at.curve, 2), "c7")
    graph.line([0, 6], [np.log(2), np.log(2)], "c7 dashed")
    graph.dot(at.length, min(at.loss, 2), "c1", drags="length")
    graph.text(3.2, 0.75, "knowing nothing", "c7 small")
