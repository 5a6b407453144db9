"""The offset sets when a run leaves the saddle, momentum how fast."""

import numpy as np

from derivable.optimization import (
    DivergenceError,
    growth_factor,
    minimize,
    momentum,
    predicted_escape_time,
    saddle,
)

ALPHA, STEPS, SEEN = 0.05, 240, 1.5
PARAMETERS = {
    "e": {
        "label": "Offset ε",
        "values": 10.0 ** -np.arange(1, 10),
        "start": 1e-3,
        "shown": "{:.0e}",
    },
    "beta": {
        "label": "Momentum β",
        "values": np.arange(10) / 10,
        "start": 0.0,
        "shown": "{:.1f}",
    },
}
NUMBERS = {
    "factor": ("Growth of the offset in a step", "{:.4f}"),
    "predicted": ("Steps to distance 1, predicted", "{:.1f}"),
    "measured": ("Steps to distance 1, measured", "{:.0f}"),
}
SAYS = (
    "Offset {e:.0e}, momentum {beta:.1f}: predicted {predicted:.1f} steps, "
    "measured {measured}."
)


def iterates(e, beta):
    """The run until it is out of sight, then its last point again."""
    rule = momentum(ALPHA, beta=beta)
    try:
        x = minimize(saddle(), [0.9, e], rule, num_steps=STEPS).x
    except DivergenceError as away:
        x = away.path.x
    gone = np.flatnonzero(x[:, 1] > SEEN)
    x = x[: gone[0] + 1] if len(gone) else x
    last = len(x) - 1
    steps = np.minimum(np.arange(STEPS + 1), last)
    return steps, x[steps]


def state(e, beta):
    steps, x = iterates(e, beta)
    s = growth_factor(-2.0, ALPHA, beta=beta)
    k = predicted_escape_time(
        e, curvature=-2.0, learning_rate=ALPHA, beta=beta
    )
    return {
        "x": x,
        "steps": steps,
        "measured": int(np.argmax(x[:, 1] >= 1)),
        "predicted": k,
        "factor": s,
        "share": s**-k,
    }


def draw(svg, at):
    r = np.linspace(-1.2, 1.2, 49)
    plane = svg.panel(
        x=(-1.2, 1.2), y=(-1.2, 1.2), xlabel="x", ylabel="y", equal=True
    )
    for level in (0.1, 0.4, 0.9):
        root = np.sqrt(level + r**2)
        for sign in (1, -1):
            plane.line(sign * root, r, "c7 thin")
            plane.line(r, sign * root, "c7 thin")
    plane.line([-1.2, 1.2], [0, 0], "c3 dashed")
    plane.line(*np.minimum(at.x, 1.2).T, "c0 bold")
    plane.dot(0.9, at.e, "c0")
    plane.text(-1.1, 0.08, "never leaves", "c3")

    time = svg.panel(
        x=(0, STEPS),
        y=(1e-9, 10),
        ylog=True,
        xlabel="step",
        ylabel="offset |y|",
    )
    k = np.array([0, np.log(9 / at.share) / np.log(at.factor)])
    time.line([0, STEPS], [1, 1], "c7 thin")
    time.line(k, at.share * at.factor**k, "c1")
    for i in np.linspace(0, at.steps[-1], 9).astype(int)[1:]:
        time.dot(i, at.x[i, 1], "c0 small")
    time.dot(0, at.e, "c0", drags="e")
    time.text(95, 3e-8, "line: predicted", "c1")
