"""ROC curves do not see how rare a class is; precision does."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import (
    average_precision,
    precision_recall_curve,
    roc_auc,
    roc_curve,
)

SHARES = (0.5, 0.02)
SHIFT = 1.5  # ones score higher by so much, in standard deviations
N = 20_000


@functools.cache
def sample(share):
    rng = np.random.default_rng(0)
    y = (np.arange(N) < share * N).astype(int)
    return y, rng.normal(size=N) + SHIFT * y


def numbers():
    each = [sample(share) for share in SHARES]
    return {
        "shares": SHARES,
        "auc": [roc_auc(*s) for s in each],
        "precision": [average_precision(*s) for s in each],
    }


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.6))
    for share, color in zip(SHARES, ("C0", "C1"), strict=True):
        roc = roc_curve(*sample(share))
        thin = slice(None, None, 40)
        left.plot(
            roc.false_positive_rate[thin],
            roc.true_positive_rate[thin],
            color=color,
        )
        curve = precision_recall_curve(*sample(share))
        kept = curve.recall > 0.05  # before, a few samples decide
        right.plot(
            curve.recall[kept][::20], curve.precision[kept][::20], color=color
        )
        right.axhline(share, color=color, lw=1, ls=":")
    left.plot([0, 1], [0, 1], ":", color="C7", lw=1)
    left.text(0.5, 0.42, "guessing", color="C7")
    right.text(0.6, 0.93, "1 in 2", color="C0")
    right.text(0.4, 0.3, "1 in 50", color="C1")
    left.set(xlabel="false positive rate", ylabel="true positive rate")
    right.set(xlabel="recall", ylabel="precision", ylim=(0, 1.02))
    return fig
