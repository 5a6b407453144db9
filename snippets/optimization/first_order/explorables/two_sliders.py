"""Rate and momentum together decide whether a run creeps, rings or leaves."""

import numpy as np

from derivable.optimization import DivergenceError, minimize, momentum
from derivable.optimization import quadratic as bowl

KAPPA, STEPS = 25.0, 60
PARAMETERS = {
    "rate": {
        "label": "Rate α, in units of 1/L",
        "values": np.arange(1, 17) / 4,
        "start": 1,
        "shown": "{:.2f}",
    },
    "beta": {
        "label": "Momentum β",
        "values": np.arange(7) * 0.15,
        "start": 0,
        "shown": "{:.2f}",
    },
}
NUMBERS = {
    "factor": ("Predicted factor of the error", "{:.3f}"),
    "last": ("Distance after 60 steps", "{:.1g}"),
}
SAYS = "α = {rate:.2f}/L, β = {beta:.2f}: {verdict}"
PROBLEM = bowl(np.diag([1.0, KAPPA]))
START = np.array([4.0, 0.8])


def numbers():
    root = np.sqrt(KAPPA)
    return {
        "kappa": KAPPA,
        "rate": 4 / (1 + 1 / root) ** 2,
        "beta": ((root - 1) / (root + 1)) ** 2,
    }


def largest(alpha, beta):
    """Size of the largest root of r² − (1 + β − αλ) r + β."""
    sizes = [
        np.abs(np.roots([1, -(1 + beta - alpha * lam), beta])).max()
        for lam in (1.0, KAPPA)
    ]
    return max(sizes)


def state(rate, beta):
    alpha = rate / KAPPA
    try:
        rule = momentum(alpha, beta=beta)
        path = minimize(PROBLEM, START, rule, num_steps=STEPS)
    except DivergenceError as error:
        path = error.path
    factor = largest(alpha, beta)
    points = np.vstack(
        [path.x, np.repeat(path.x[-1:], STEPS + 1 - len(path.x), axis=0)]
    )
    error = np.maximum(np.linalg.norm(points, axis=1), 1e-13)
    verdict = (
        f"the error shrinks by {factor:.2f} a step."
        if factor < 1 - 1e-9
        else "the run does not come to rest."
    )
    return {
        "points": points,
        "error": error,
        "line": error[0] * factor ** np.array([0, STEPS]),
        "factor": factor,
        "last": error[-1] if len(path.x) == STEPS + 1 else None,
        "verdict": verdict,
    }


def draw(svg, at):
    plane = svg.panel(x=(-4.5, 4.5), y=(-2.5, 2.5), xlabel="x₁", ylabel="x₂")
    t = np.linspace(0, 2 * np.pi, 49)
    for r in (1, 2, 3, 4):
        plane.line(r * np.cos(t), r / 5 * np.sin(t), "c7 thin")
    plane.line(*at.points[:30].T, "c0")
    for p in at.points[1:12]:
        plane.dot(*p, "c0 small")
    plane.dot(*at.points[0], "c1")

    error = svg.panel(
        x=(0, STEPS),
        y=(1e-8, 1e4),
        ylog=True,
        xlabel="step",
        ylabel="distance to the minimum",
    )
    steps = np.arange(0, STEPS + 1, 2)
    error.line([0, STEPS], at.line, "c7 dashed")
    error.line(steps, at.error[steps], "c0 bold")
    error.text(2, 4e2, "measured", "c0")
    error.text(2, 3e3, "predicted slope", "c7")
