"""Twice the batch halves the steps, until the noise is not what costs."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable import DivergenceError
from derivable.learning import noisy_quadratic

H = np.array([1.0, 0.5, 0.25])
NOISE = np.array([2.0, 2.0, 2.0])
START = np.array([1.0, 1.0, 1.0])
TARGET = 0.05  # of the loss at the start
BATCHES = 2 ** np.arange(0, 11)
RATES = 2.0 * 2.0 ** -np.arange(0.0, 8.0, 0.25)
LONGEST = 1200


def steps(rate, batch):
    """Steps to the target, or infinity."""
    try:
        loss = noisy_quadratic(
            *(H, NOISE, START),
            learning_rate=float(rate),
            batch_size=int(batch),
            num_steps=LONGEST,
        )
    except DivergenceError:
        return np.inf
    under = loss <= TARGET * loss[0]
    return float(np.argmax(under)) if under.any() else np.inf


def best():
    """Fewest steps for each batch size, and the rate that gives them."""
    found = []
    for batch in BATCHES:
        tried = [steps(rate, batch) for rate in RATES]
        i = int(np.argmin(tried))
        found.append((tried[i], RATES[i]))
    return np.array(found).T


FEWEST, RATE = best()
LINEAR = np.array([steps(RATE[0] * b, b) for b in BATCHES])


def numbers():
    return {
        "first": FEWEST[0] / FEWEST[1],
        "last": FEWEST[-2] / FEWEST[-1],
        "fails": int(BATCHES[np.argmax(np.isinf(LINEAR))]),
        "rate": RATE[-1] / RATE[0],
        "batches": int(BATCHES[-1]),
    }


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.4, 3.4))
    left.loglog(BATCHES, FEWEST, "o-", color="C0", base=2)
    works = np.isfinite(LINEAR)
    left.loglog(BATCHES[works], LINEAR[works], "^--", color="C1", base=2)
    left.loglog(BATCHES[:8], FEWEST[0] / BATCHES[:8], ":", color="C7", base=2)
    left.set(xlabel="batch size", ylabel="steps to the target")
    left.text(2**6.6, 2**3, "best rate", color="C0")
    left.text(2**-0.2, 2**2.6, "rate ∝ batch,\nuntil it diverges", color="C1")
    left.text(
        2**3.4, 2**6.1, "half the steps\nfor twice the batch", color="C7"
    )
    right.loglog(BATCHES, RATE, "o-", color="C0", base=2)
    right.loglog(BATCHES[:8], RATE[0] * BATCHES[:8], "--", color="C1", base=2)
    right.set(xlabel="batch size", ylabel="learning rate")
    right.text(2**6.8, RATE[-1] * 0.5, "best rate", color="C0")
    right.text(2**0.5, RATE[0] * 2**4.2, "rate ∝ batch", color="C1")
    right.set_ylim(top=8)
    return fig
