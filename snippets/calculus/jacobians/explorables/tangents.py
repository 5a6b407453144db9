"""Each step of Newton's method goes to the root of a tangent."""

from contextlib import suppress

import numpy as np

from derivable.calculus import newton

STEPS = 5
SEEN = 3.2
PARAMETERS = {
    "start": {
        "label": "Start",
        "values": np.arange(-26, 27) / 20,
        "start": 0.9,
        "shown": "{:.2f}",
    },
}
NUMBERS = {
    "k": ("Step", "{:.0f}"),
    "path": ("x", "{:.3g}"),
    "residual": ("Slope of f there", "{:.2g}"),
}
SAYS = "From {first:.2f}: {verdict}"


def slope(x):
    return x / np.hypot(1, x)


def second(x):
    return np.diag(np.hypot(1, x) ** -3)


def iterates(start):
    """The points at which the method looks, also if it never arrives."""
    seen = []

    def g(x):
        seen.append(float(x[0]))
        return slope(x)

    with suppress(RuntimeError):
        newton(g, [start], second, max_steps=STEPS)
    return np.array(seen)


def state(start):
    path = iterates(start)
    steps, last = len(path) - 1, path[-1]
    if abs(last) < 1e-6:
        verdict = f"the error is {abs(last):.0e} after {steps} steps."
    else:
        shown = f"{last:.2f}" if abs(last) < 10 else f"{last:.0e}"
        verdict = f"the method is at {shown} after {steps} steps."
    nothing = [None] * (STEPS - steps)
    return {
        "k": range(STEPS + 1),
        "first": start,
        "points": np.append(path, np.full(STEPS - steps, last)),
        "path": [*path, *nothing],
        "residual": [*slope(path), *nothing],
        "verdict": verdict,
    }


def draw(svg, at):
    plane = svg.panel(
        x=(-SEEN, SEEN),
        y=(-1.3, 1.3),
        xlabel="x",
        ylabel="f′(x), the slope of f",
    )
    x = np.linspace(-SEEN, SEEN, 97)
    plane.line([-SEEN, SEEN], [0, 0], "c7 thin")
    plane.line(x, slope(x), "c0")
    for a, b in zip(at.points[:-1], at.points[1:], strict=True):
        plane.line([a, a], [0, slope(a)], "c7 dashed")
        plane.line([a, b], [slope(a), 0], "c1")
    for a in at.points[1:]:
        plane.dot(a, 0, "c1 small")
    plane.dot(at.points[0], 0, "c1", drags="start")

    error = svg.panel(
        x=(0, STEPS),
        y=(1e-16, 1e8),
        ylog=True,
        xlabel="step",
        ylabel="distance from the root",
    )
    away = np.abs(at.points)
    error.line(range(STEPS + 1), away, "c1")
    for k, e in enumerate(away):
        error.dot(k, e, "c1 small")
