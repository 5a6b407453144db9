"""One β, three components: overdamped, critical and underdamped."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import minimize, momentum, quadratic

BETA, STEPS = 0.64, 40
CRITICAL = (1 - np.sqrt(BETA)) ** 2
CASES = [  # αλ, and how it is called
    (CRITICAL / 4, "overdamped", "C1"),
    (CRITICAL, "critical", "C2"),
    (10 * CRITICAL, "underdamped", "C0"),
]


def roots(h):
    s = 1 + BETA - h
    return (s + np.array([1, -1]) * np.emath.sqrt(s * s - 4 * BETA)) / 2


def components():
    """The error of each component at every step, from 1."""
    h = np.array([h for h, _, _ in CASES])
    rule = momentum(1.0, beta=BETA)
    run = minimize(quadratic(np.diag(h)), np.ones(3), rule, num_steps=STEPS)
    return run.x.T


def numbers():
    e = components()
    angle = abs(np.angle(roots(CASES[2][0])[0]))
    return {
        "beta": BETA,
        "products": [round(h, 6) for h, _, _ in CASES],
        "size": np.sqrt(BETA),
        "period": 2 * np.pi / angle,
        "slow": e[0, -1],
        "steps": STEPS,
    }


def figure() -> Figure:
    fig, (left, right) = plt.subplots(
        1, 2, figsize=(8.2, 3.9), width_ratios=[1, 1.5]
    )
    angle = np.linspace(0, 2 * np.pi, 73)
    size = np.sqrt(BETA)
    for r, look in ((1, "-"), (size, "--")):
        left.plot(r * np.cos(angle), r * np.sin(angle), look, color="C7", lw=1)
    left.text(0, -1.12, "size 1", color="C7", ha="center", va="top")
    left.text(0, -0.74, "size √β", color="C7", ha="center", va="bottom")
    k = np.arange(STEPS + 1)
    words = [(20, 0.66), (10.5, 0.33), (8.6, -0.42)]
    for (h, name, color), e, at in zip(
        CASES, components(), words, strict=True
    ):
        r = roots(h)
        left.plot(r.real, r.imag, "o", color=color, ms=7)
        right.plot(k, e, color=color, lw=1.2)
        right.text(*at, f"{name}, αλ = {h:.2g}", color=color)
    r, h = roots(CASES[2][0])[0], CASES[2][0]
    swing = np.hypot(1, (1 - BETA - h) / 2 / abs(r.imag))
    for sign in (1, -1):
        envelope = sign * swing * size**k
        right.plot(k, envelope, "--", color="C0", lw=1, alpha=0.7)
    left.set(
        xlabel="real part of the roots",
        ylabel="imaginary part",
        aspect="equal",
        xlim=(-1.3, 1.3),
        ylim=(-1.3, 1.3),
    )
    right.set(xlabel="step k", ylabel="error of the component")
    return fig
