import numpy as np

from derivable.optimization import (
    adagrad,
    adam,
    gradient_descent,
    minimize,
    momentum,
    nesterov,
    rmsprop,
    tune,
)

MEMORY = (0.3, 0.6, 0.9)
RULES = {  # the variants of each
    "descent": [(gradient_descent, {})],
    "momentum": [(momentum, {"beta": b}) for b in MEMORY],
    "Nesterov": [(nesterov, {"beta": b}) for b in MEMORY],
    "AdaGrad": [(adagrad, {})],
    "RMSProp": [(rmsprop, {})],
    "Adam": [(adam, {"beta1": b}) for b in MEMORY],
}
COARSE = 10.0 ** np.arange(-3.5, 2.1, 0.5)
FINE = 10.0 ** np.arange(-0.4, 0.5, 0.1)  # between two neighbours


def best_of(variants, problem, start, num_steps):
    """(Median, ends, log₁₀ rate, β, edge?) of the best of all runs."""
    found = []
    for rule, memory in variants:

        def run(rate, seed, rule=rule, memory=memory):
            x0 = start(np.random.default_rng(seed))
            how = {"num_steps": num_steps, "keep_every": num_steps}
            return minimize(problem, x0, rule(rate, **memory), **how)

        near = tune(run, COARSE, seeds=range(3))
        best = tune(run, near.rate * FINE, seeds=range(3))
        ends = np.sort(best.final[best.rate == near.rate * FINE][0])
        beta = max(memory.values(), default="")
        rate = np.log10(best.rate)
        found.append((ends[1], ends, rate, beta, near.at_edge))
    return min(found, key=lambda row: row[0])


def compare(problem, start, num_steps):
    """Best rate and final f as powers of ten, the lowest median first."""
    rows, found = [], {}
    for name, variants in RULES.items():
        rows.append((*best_of(variants, problem, start, num_steps), name))
    print("             β  rate  lowest  median  highest")
    for _, ends, rate, beta, edge, name in sorted(rows, key=lambda r: r[0]):
        found[name] = low, mid, high = np.log10(np.maximum(ends, 1e-15))
        note = " (edge of the grid)" if edge else ""
        print(
            f"{name:>8} {beta:>5}{rate:z6.1f}"
            f"{low:z8.1f}{mid:z8.1f}{high:z9.1f}{note}"
        )
    return found
