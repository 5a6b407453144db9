"""Where a chord falls below the graph, the function is not convex."""

import numpy as np

from derivable.optimization import tangent_gap

PLACES = np.arange(-12, 13) / 5
PARAMETERS = {
    "a": {
        "label": "First point, with the tangent",
        "values": PLACES,
        "start": -2.2,
        "shown": "{:.1f}",
    },
    "b": {
        "label": "Second point",
        "values": PLACES,
        "start": 1.8,
        "shown": "{:.1f}",
    },
}
NUMBERS = {
    "lowest": ("Smallest gap of the chord", "{:.4g}"),
    "where": ("Found at t", "{:.2f}"),
    "above": ("Graph over tangent, at the second point", "{:.2f}"),
}
SAYS = "Points {first:.1f} and {second:.1f}: {verdict}."
T = np.linspace(0, 1, 1601)
DRAWN = slice(None, None, 100)


def f(x):
    return x**4 - 8 * x**2 + 5 * np.sin(3 * x)


def slope(x):
    return 4 * x**3 - 16 * x + 15 * np.cos(3 * x)


def state(a, b):
    gaps = (1 - T) * f(a) + T * f(b) - f((1 - T) * a + T * b)
    lowest = float(gaps.min())
    convict = lowest < -1e-9
    return {
        "first": a,
        "second": b,
        "gaps": gaps[DRAWN],
        "lowest": lowest + 0.0 if convict else 0.0,
        "where": T[int(gaps.argmin())] if convict else None,
        "above": tangent_gap(f, slope, a, b),
        "verdict": (
            f"the chord falls {-lowest:.4g} below the graph"
            if convict
            else "the chord stays above the graph"
        ),
    }


def draw(svg, at):
    plane = svg.panel(x=(-2.5, 2.5), y=(-26, 14), xlabel="x", ylabel="f(x)")
    x = np.linspace(-2.5, 2.5, 121)
    plane.line(x, f(x), "c0")
    a, b = at.first, at.second
    ends = np.array([-2.5, 2.5])
    plane.line(ends, f(a) + slope(a) * (ends - a), "c2 dashed")
    plane.line([a, b], [f(a), f(b)], "c1")
    plane.dot(a, f(a), "c1", drags="a")
    plane.dot(b, f(b), "c1", drags="b")

    gap = svg.panel(
        x=(0, 1), y=(-26, 22), xlabel="t, along the chord", ylabel="chord − f"
    )
    gap.line([0, 1], [0, 0], "c7 thin")
    gap.line(T[DRAWN], at.gaps, "c1")
