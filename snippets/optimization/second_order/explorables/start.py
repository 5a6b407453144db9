"""Newton arrives at once or at the wrong place; descent crawls."""

import numpy as np

from derivable.optimization import (
    Problem,
    StoppedError,
    gradient_descent,
    minimize,
    newton_minimize,
)

STEPS, SLOW = 10, 60
PARAMETERS = {
    "x": {
        "label": "x₁ of the start",
        "values": np.arange(-14, 15) / 8,
        "start": 0.375,
        "shown": "{:.3f}",
    },
    "y": {
        "label": "x₂ of the start",
        "values": np.arange(-1, 4) / 2,
        "start": 1.0,
        "shown": "{:.1f}",
    },
}
NUMBERS = {
    "k": ("Step", "{:.0f}"),
    "slow": ("Gradient descent: distance", "{:.2g}"),
    "plain": ("Plain Newton: distance", "{:.2g}"),
    "damped": ("Damped Newton: distance", "{:.2g}"),
}
SAYS = "From {x:.3f}, {y:.1f}: plain Newton {verdict}."
MINIMA = np.array([[-1.0, 0.5], [1.0, 0.5]])


def f(v):
    x, y = v
    return (x**2 - 1) ** 2 / 4 + 2 * (y - x**2 / 2) ** 2


def gradient(v):
    x, y = v
    r = y - x**2 / 2
    return np.array([x**3 - x - 4 * x * r, 4 * r])


def hessian(v):
    x, y = v
    return np.array([[9 * x**2 - 1 - 4 * y, -4 * x], [-4 * x, 4.0]])


PROBLEM = Problem(f, gradient, hessian)


def run(start, modification):
    """Eleven iterates, the last repeated once the method has stopped."""
    try:
        x = newton_minimize(
            PROBLEM,
            start,
            modification=modification,
            tol=1e-14,
            max_steps=STEPS,
        ).x
    except StoppedError as error:
        x = error.path.x
    return np.vstack([x, np.repeat(x[-1:], STEPS + 1 - len(x), axis=0)])


def away(x):
    gaps = np.linalg.norm(x[:, None] - MINIMA, axis=2)
    return np.maximum(gaps.min(axis=1), 1e-16)


def state(x, y):
    start = np.array([x, y])
    descent = gradient_descent(0.1)
    slow = minimize(PROBLEM, start, descent, num_steps=SLOW).x
    plain, damped = run(start, None), run(start, "shift")
    last = plain[-1]
    verdict = "has not arrived after ten steps"
    if np.linalg.matrix_rank(hessian(last), tol=1e-12) < 2:
        verdict = "stops, because the Hessian is singular"
    if away(plain)[-1] < 1e-6:
        verdict = "arrives at a minimum"
    elif np.linalg.norm(last) < 1e-6:
        verdict = "arrives at the saddle"
    return {
        "k": range(STEPS + 1),
        "paths": (slow, plain, damped),
        "slow": away(slow)[: STEPS + 1],
        "plain": away(plain),
        "damped": away(damped),
        "verdict": verdict,
    }


def level(c):
    """Both halves of the contour f = c, as closed lines."""
    ends = np.sqrt(1 + 2 * np.sqrt(c)), np.sqrt(max(1 - 2 * np.sqrt(c), 0))
    s = np.sin(np.linspace(-np.pi / 2, np.pi / 2, 41))
    for sign in (1, -1):
        x = sign * (sum(ends) / 2 + s * (ends[0] - ends[1]) / 2)
        half = np.sqrt(np.maximum(c - (x**2 - 1) ** 2 / 4, 0) / 2)
        y = x**2 / 2
        upper, lower = y + half, (y - half)[::-1]
        yield np.append(x, x[::-1]), np.append(upper, lower)


def draw(svg, at):
    plane = svg.panel(x=(-2, 2), y=(-1.2, 2.2), xlabel="x₁", ylabel="x₂")
    for c in (0.02, 0.1, 0.25, 0.6, 1.5, 3.0):
        for x, y in level(c):
            plane.line(x, y, "c7 thin")
    for path, look in zip(at.paths, ("c1", "c3", "c0"), strict=True):
        plane.line(*path.T, look)
    for path, look in zip(at.paths[1:], ("c3", "c0"), strict=True):
        for v in path[1:]:
            plane.dot(*v, f"{look} small")
    for v in MINIMA:
        plane.dot(*v, "c2")
    plane.dot(*at.paths[0][0], "c1", drags="x")

    error = svg.panel(
        x=(0, STEPS),
        y=(1e-16, 1e2),
        ylog=True,
        xlabel="step",
        ylabel="distance from a minimum",
    )
    for values, look in (
        (at.slow, "c1"),
        (at.plain, "c3"),
        (at.damped, "c0"),
    ):
        error.line(range(STEPS + 1), values, look)
        for k, e in enumerate(values):
            error.dot(k, e, f"{look} small")
    error.text(0.2, 1e-11, "gradient descent", "c1")
    error.text(0.2, 1e-13, "plain Newton", "c3")
    error.text(0.2, 1e-15, "damped, mended", "c0")
