"""Without bias correction Adam's first steps are too large, for long."""

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import Problem, adam, minimize


@cache
def lengths(*, correct):
    constant = Problem(lambda x: 3 * x[0], lambda _: np.array([3.0]))
    rule = adam(1.0, bias_correction=correct)
    path = minimize(constant, [0.0], rule, num_steps=10000)
    return -np.diff(path.x[:, 0])


def numbers():
    steps = lengths(correct=False)
    return {
        "first": steps[0],
        "longest": steps.max(),
        "longest_at": int(np.argmax(steps)) + 1,
        "settled": int(np.argmax(steps[100:] < 1.05)) + 101,
        "shortest": steps.min(),
        "corrected": lengths(correct=True),
    }


def figure() -> Figure:
    t = np.arange(1, 10001)
    fig, ax = plt.subplots(figsize=(6.8, 3.8))
    for correct, color in [(True, "C0"), (False, "C1")]:
        ax.semilogx(t, lengths(correct=correct), color=color)
    predicted = (1 - 0.9**t) / np.sqrt(1 - 0.999**t)
    some = np.unique(np.geomspace(1, 10000, 30).astype(int)) - 1
    ax.semilogx(t[some], predicted[some], ".", color="C7")
    ax.text(40, 5.9, "without correction", color="C1")
    ax.text(2, 0.4, "with correction: exactly α", color="C0")
    ax.text(80, 4.9, "dots: (1 − β₁ᵗ)/√(1 − β₂ᵗ)", color="C7")
    ax.set(xlabel="step t", ylabel="length of the step, in α", ylim=(0, 7))
    return fig
