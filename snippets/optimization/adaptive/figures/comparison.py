"""Tuned and with equal budgets, rules change places with the problem."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    DivergenceError,
    Problem,
    adagrad,
    adam,
    gradient_descent,
    logistic_regression,
    minimize,
    momentum,
    nesterov,
    quadratic,
    rmsprop,
    rosenbrock,
    tune,
)

MEMORY = (0.3, 0.6, 0.9)
RULES = {
    "descent": ([(gradient_descent, {})], "C7"),
    "momentum": ([(momentum, {"beta": b}) for b in MEMORY], "C0"),
    "Nesterov": ([(nesterov, {"beta": b}) for b in MEMORY], "C2"),
    "AdaGrad": ([(adagrad, {})], "C3"),
    "RMSProp": ([(rmsprop, {})], "C4"),
    "Adam": ([(adam, {"beta1": b}) for b in MEMORY], "C1"),
}
COARSE = 10.0 ** np.arange(-3.5, 2.1, 0.5)
FINE = 10.0 ** np.arange(-0.4, 0.5, 0.1)
SEEDS = range(5)


def shifted(problem, minimiser):
    lowest = problem.f(minimiser)
    return Problem(lambda x: problem.f(x) - lowest, problem.gradient)


def stretched():
    rng = np.random.default_rng(0)
    Q, _ = np.linalg.qr(rng.normal(size=(10, 10)))
    A = Q * np.geomspace(1, 1000, 10) @ Q.T
    problem = quadratic((A + A.T) / 2, A @ rng.normal(size=10))
    return shifted(problem, problem.minimiser)


def classes():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100, 20)) * np.geomspace(1, 0.1, 20)
    y = (X @ np.ones(20) + 0.5 * rng.normal(size=100) > 0).astype(float)
    problem = logistic_regression(X, y, penalty=0.01)
    rule = nesterov(1 / problem.smoothness)
    path = minimize(problem, np.zeros(20), rule, num_steps=1500)
    return shifted(problem, path.x[-1])


def network():
    rng = np.random.default_rng(0)
    y = np.repeat([0.0, 1.0], 20)
    t = rng.uniform(0, np.pi, 40)
    s = 1 - 2 * y
    X = np.c_[s * np.cos(t) + y, s * np.sin(t) + 0.5 * y]
    X += 0.1 * rng.normal(size=X.shape)

    def loss(p):
        z = np.tanh(X @ p["W"] + p["b"]) @ p["v"]
        return np.mean(np.logaddexp(0, z) - y * z)

    def gradient(p):
        h = np.tanh(X @ p["W"] + p["b"])
        d = ((1 + np.tanh(h @ p["v"] / 2)) / 2 - y) / len(y)
        e = np.outer(d, p["v"]) * (1 - h * h)
        return {"W": X.T @ e, "b": e.sum(axis=0), "v": h.T @ d}

    return Problem(loss, gradient)


def near(center, width):
    center = np.asarray(center, dtype=float)
    return lambda rng: center + width * rng.normal(size=center.shape)


def weights(rng):
    return {
        "W": rng.normal(size=(2, 8)),
        "b": rng.normal(size=8),
        "v": rng.normal(size=8) / 2,
    }


CASES = [
    ("quadratic, κ = 1000", stretched, near(np.zeros(10), 1), 200),
    ("Rosenbrock", rosenbrock, near([-1.2, 1], 0.1), 150),
    ("logistic regression", classes, near(np.zeros(20), 1), 30),
    ("network, 32 weights", network, weights, 50),
]


def best_of(variants, problem, start, steps):
    """f of every step from every seed, at the best rate and memory."""
    found = []
    for rule, memory in variants:

        def run(rate, seed, every=steps, rule=rule, memory=memory):
            x0 = start(np.random.default_rng(seed))
            made = rule(rate, **memory)
            return minimize(
                problem, x0, made, num_steps=steps, keep_every=every
            )

        near = tune(run, COARSE, seeds=SEEDS).rate
        best = tune(run, near * FINE, seeds=SEEDS)
        found.append((np.median(best.final, axis=1).min(), best.rate, run))
    _, rate, run = min(found, key=lambda row: row[0])
    return [_values(run, rate, seed, steps) for seed in SEEDS]


def _values(run, rate, seed, steps):
    try:
        return run(rate, seed, every=1).f
    except DivergenceError as error:
        f = np.full(steps + 1, np.inf)
        f[: error.iteration] = error.path.f[: error.iteration]
        return f


def numbers():
    return {"problems": len(CASES), "rules": len(RULES), "starts": len(SEEDS)}


def figure() -> Figure:
    fig, axes = plt.subplots(2, 2, figsize=(7.8, 6.4))
    for ax, (words, make, start, steps) in zip(axes.flat, CASES, strict=True):
        problem = make()
        for name, (variants, color) in RULES.items():
            f = np.minimum(best_of(variants, problem, start, steps), 1e9)
            low, mid, high = np.quantile(f, [0, 0.5, 1], axis=0)
            at = np.arange(0, steps + 1, max(steps // 25, 1))
            ax.semilogy(at, mid[at], color=color, lw=1.4, label=name)
            ax.fill_between(
                at, low[at], high[at], color=color, alpha=0.12, lw=0
            )
        ax.text(
            0.97, 0.93, words, ha="right", transform=ax.transAxes, color="C7"
        )
    axes[0, 0].set(ylim=(1e-7, 1e5))
    axes[0, 1].set(ylim=(1e-4, 1e4))
    axes[1, 0].set(ylim=(1e-13, 1e3))
    for ax in axes[1]:
        ax.set_xlabel("gradients used")
    for ax in axes[:, 0]:
        ax.set_ylabel("f − f*")
    handles, labels = axes[0, 0].get_legend_handles_labels()
    fig.legend(
        handles,
        labels,
        loc="outside upper center",
        ncols=6,
        labelcolor="linecolor",
        handlelength=1.2,
        columnspacing=1.2,
        frameon=False,
    )
    return fig
