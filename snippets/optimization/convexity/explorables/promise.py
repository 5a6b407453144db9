"""The parabola with the largest curvature promises what a step gains."""

import numpy as np

from derivable.calculus import sigmoid, softplus

L = 1.25  # the curvature is σ′(2x)·4 + 1/4, at most 5/4
STEPS = np.arange(25) / 10
PARAMETERS = {
    "x": {
        "label": "Point x",
        "values": np.arange(-10, 11) * 2 / 5,
        "start": -2.4,
        "shown": "{:.1f}",
    },
    "step": {
        "label": "Step, in units of 1/L",
        "values": STEPS,
        "start": 1.0,
        "shown": "{:.2f}",
    },
}
NUMBERS = {
    "gain": ("Gained: f(x) − f(x⁺)", "{:.4f}"),
    "promise": ("Promised", "{:.4f}"),
    "after": ("The next point x⁺", "{:.3f}"),
}
SAYS = "A step of {times:.2f}/L gains {gain:.3f}; {promise:.3f} was promised."


def f(x):
    return softplus(2 * x) + x**2 / 8 - x


def slope(x):
    return 2 * sigmoid(2 * x) + x / 4 - 1


def promised(x, step):
    return step * (1 - step / 2) * slope(x) ** 2 / L


def state(x, step):
    after = x - step / L * slope(x)
    return {
        "at": x,
        "times": step,
        "after": after,
        "gain": f(x) - f(after),
        "promise": promised(x, step),
        "curve": f(x) - f(x - STEPS / L * slope(x)),
        "bound": promised(x, STEPS),
    }


def draw(svg, at):
    plane = svg.panel(x=(-5, 5), y=(0, 8), xlabel="x", ylabel="f(x)")
    x = np.linspace(-5, 5, 101)
    plane.line(x, f(x), "c0")
    d = np.linspace(-4.2, 4.2, 85)
    above = f(at.at) + slope(at.at) * d + L / 2 * d**2
    plane.line(at.at + d, above, "c1 dashed")
    plane.line(
        [at.after, at.after], [f(at.after), f(at.at) - at.promise], "c2"
    )
    plane.dot(at.after, f(at.after), "c2")
    plane.dot(at.at, f(at.at), "c0", drags="x")

    gain = svg.panel(
        x=(0, 2.4), y=(-1.7, 5.5), xlabel="step times L", ylabel="gain"
    )
    gain.line([0, 2.4], [0, 0], "c7 thin")
    gain.line(STEPS, at.curve, "c0")
    gain.line(STEPS, at.bound, "c1 dashed")
    gain.line([at.times, at.times], [at.gain, at.promise], "c2")
    gain.dot(at.times, at.gain, "c2", drags="step")
