"""Half the step is half the error, until rounding takes over."""

import numpy as np

from derivable.calculus import forward_difference

STEPS = 2.0 ** np.arange(-50, 2)
PARAMETERS = {
    "h": {"label": "Step h", "values": STEPS, "start": 1, "shown": "{:.2g}"},
}
NUMBERS = {
    "slope": ("Slope of the secant", "{:.8f}"),
    "error": ("Error", "{:.2e}"),
}
SAYS = "Step {h:.2g}: slope {slope:.5f}, with an error of {error:.1e}."


def state(h):
    slope = float(forward_difference(np.exp, 1.0, h=h))
    return {"slope": slope, "error": abs(slope - np.e)}


ERRORS = [state(h)["error"] for h in STEPS]


def draw(svg, at):
    plane = svg.panel(x=(-0.5, 3.3), y=(-4, 22), xlabel="x", ylabel="eˣ")
    x = np.linspace(-0.5, 3.3, 77)
    plane.line(x, np.exp(x), "c0")
    plane.line(x, np.e * x, "c7 dashed")
    plane.line([-0.5, 3.3], np.e + at.slope * np.array([-1.5, 2.3]), "c1")
    plane.dot(1, np.e, "c0")
    plane.dot(1 + at.h, np.exp(1 + at.h), "c1", drags="h")
    plane.text(0.45, 16.5, "secant", "c1", "middle")
    plane.text(2.85, 5.3, "tangent", "c7", "middle")

    error = svg.panel(
        x=(3e-16, 8),
        y=(1e-9, 20),
        xlog=True,
        ylog=True,
        xlabel="step h",
        ylabel="error of the slope",
    )
    error.line(STEPS, ERRORS, "c7 thin")
    for h, e in zip(STEPS, ERRORS, strict=True):
        error.dot(h, e, "c7 small")
    error.dot(at.h, at.error, "c1", drags="h")
