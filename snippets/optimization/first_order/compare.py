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

RULES = {
    "descent": gradient_descent,
    "momentum": momentum,
    "Nesterov": nesterov,
    "AdaGrad": adagrad,
    "RMSProp": rmsprop,
    "Adam": adam,
}
RATES = 10.0 ** np.arange(-3.5, 1.6, 0.5)


def compare(problem, start, num_steps, seeds=3):
    """Median of the final f, each rule at its best rate of the grid."""
    for name, rule in RULES.items():

        def run(rate, seed, rule=rule):
            x0 = start(np.random.default_rng(seed))
            return minimize(
                problem,
                x0,
                rule(rate),
                num_steps=num_steps,
                keep_every=num_steps,
            )

        best = tune(run, RATES, seeds=range(seeds))
        last = np.median(best.final[best.rate == RATES])
        edge = " (edge of the grid)" if best.at_edge else ""
        print(f"{name:>8}: rate {best.rate:<6.2g} f {last:.0e}{edge}")
