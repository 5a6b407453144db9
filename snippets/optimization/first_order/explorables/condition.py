"""The condition number sets the slope of the error, and the zigzag."""

import numpy as np

from derivable.optimization import (
    DivergenceError,
    gradient_descent,
    minimize,
    quadratic,
)

STEPS = 60
PARAMETERS = {
    "kappa": {
        "label": "Condition number κ",
        "values": np.round(np.geomspace(1, 1000, 13), 1),
        "start": 10,
        "shown": "{:.1f}",
    },
    "scale": {
        "label": "Rate α, in units of the best one",
        "values": [0.1, 0.25, 0.5, 0.75, 0.9, 1, 1.05, 1.1, 1.15],
        "start": 1,
        "shown": "{:.2f}",
    },
}
NUMBERS = {
    "factor": ("Predicted factor of the error", "{:.4f}"),
    "measured": ("Measured, over the last ten steps", "{:.4f}"),
    "needed": ("Steps for one more digit", "{:.1f}"),
}
SAYS = "κ = {kappa:.1f}: {verdict}"


def state(kappa, scale):
    alpha = scale * 2 / (1 + kappa)
    problem = quadratic(np.diag([1.0, kappa]))
    start = [1.0, kappa**-0.5]
    try:
        path = minimize(
            problem, start, gradient_descent(alpha), num_steps=STEPS
        )
    except DivergenceError as error:
        path = error.path
    rest = np.repeat(path.x[-1:], STEPS + 1 - len(path.x), axis=0)
    points = np.vstack([path.x, rest])
    factor = max(abs(1 - alpha), abs(1 - alpha * kappa))
    error = np.maximum(np.linalg.norm(points, axis=1), 1e-17)
    arrives = factor < 1
    far = error[-1] > 1e-15
    slope = (error[-1] / error[-11]) ** 0.1 if far else None
    return {
        "points": points,
        "narrow": kappa**-0.5,
        "error": error,
        "line": error[0] * factor ** np.array([0, STEPS]),
        "factor": factor,
        "measured": slope,
        "needed": -1 / np.log10(factor) if 0 < factor < 1 else None,
        "verdict": f"the error shrinks by {factor:.3f} a step."
        if arrives
        else "this rate is too large, and the error does not shrink.",
    }


def draw(svg, at):
    plane = svg.panel(
        x=(-1.1, 1.1), y=(-1.1, 1.1), xlabel="x₁", ylabel="x₂", equal=True
    )
    t = np.linspace(0, 2 * np.pi, 37)
    for r in (0.5, 1):
        plane.line(r * np.cos(t), at.narrow * r * np.sin(t), "c7 thin")
    plane.line(*at.points[:30].T, "c0")
    for p in at.points[:8]:
        plane.dot(*p, "c0 small")

    error = svg.panel(
        x=(0, STEPS),
        y=(1e-12, 1e4),
        ylog=True,
        xlabel="step",
        ylabel="distance to the minimum",
    )
    steps = np.arange(0, STEPS + 1, 2)
    error.line([0, STEPS], np.maximum(at.line, 1e-30), "c7 dashed")
    error.line(steps, at.error[steps], "c0 bold")
    error.text(2, 2e2, "measured", "c0")
    error.text(2, 2e3, "predicted", "c7")
