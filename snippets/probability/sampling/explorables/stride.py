"""Between creeping and standing lies a wide range of steps that will do."""

import functools

import numpy as np

from derivable.probability import (
    effective_sample_size,
    metropolis_hastings,
    r_hat,
    random_walk,
)

STEPS = np.geomspace(0.1, 100, 25)
STARTS = [[-2.0], [3.0], [-4.0], [5.0]]
PARAMETERS = {
    "step": {
        "label": "Step of the walk",
        "values": STEPS,
        "start": 0.1,
        "shown": "{:.2g}",
    },
}
NUMBERS = {
    "r": ("R̂", "{:.2f}"),
    "size": ("Effective size, of 6000 draws", "{:.0f}"),
    "mean": ("Mean of the draws", "{:.2f}"),
    "acceptance": ("Acceptance", "{:.2f}"),
}
SAYS = "Step {step:.2g}: R̂ {r:.2f}, effective size {size:.0f}."


def log_p(x):
    left = np.log(0.3) - (x[:, 0] + 2) ** 2 / 2
    return np.logaddexp(left, np.log(0.7) - (x[:, 0] - 3) ** 2 / 2)


@functools.cache
def measured(step):
    run = metropolis_hastings(
        log_p,
        STARTS,
        random_walk(step),
        num_steps=1500,
        rng=np.random.default_rng(0),
    )
    x = run.x[1:, :, 0]
    return {
        "r": r_hat(x),
        "size": effective_sample_size(x),
        "mean": float(np.mean(x)),
        "acceptance": float(np.mean(run.acceptance)),
        "left": x[:300:3, 0],
        "right": x[:300:3, 1],
    }


def state(step):
    return measured(float(step))


def draw(svg, at):
    trace = svg.panel(
        x=(0, 300), y=(-6, 8), xlabel="step of the chain", ylabel="x"
    )
    t = np.arange(0, 300, 3)
    trace.line([0, 300], [-2, -2], "c7 thin dashed")
    trace.line([0, 300], [3, 3], "c7 thin dashed")
    trace.line(t, at.left, "c0")
    trace.line(t, at.right, "c1")

    plane = svg.panel(
        x=(-1, 2),
        y=(0.9, 2.5),
        xlabel="log₁₀ of the step",
        ylabel="R̂, cut off at 2.5",
        height=trace.height,
    )
    ratios = [min(measured(float(step))["r"], 2.5) for step in STEPS]
    plane.line([-1, 2], [1, 1], "c7 thin dashed")
    plane.line(np.log10(STEPS), ratios, "c2")
    plane.dot(np.log10(at.step), min(at.r, 2.5), "c2", drags="step")
