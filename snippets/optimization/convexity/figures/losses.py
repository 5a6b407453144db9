"""A loss is chosen by its tails: what does a large error cost?"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    absolute_loss,
    hinge_loss,
    huber_loss,
    logistic_loss,
    squared_loss,
)


def figure() -> Figure:
    fig, axes = plt.subplots(2, 2, figsize=(7.6, 5.2), sharex=True)
    z = np.linspace(-3, 3, 241)
    zero, one = np.zeros_like(z), np.ones_like(z)
    for column, losses, y in [
        (0, (squared_loss(), absolute_loss(), huber_loss()), zero),
        (1, (hinge_loss(), logistic_loss(), squared_loss()), one),
    ]:
        for loss, color in zip(losses, ("C0", "C1", "C2"), strict=True):
            axes[0, column].plot(z, loss(z, y), color=color)
            slope = loss.derivative(z, y)
            jump = np.abs(np.diff(slope, append=slope[-1])) > 0.5
            axes[1, column].plot(z, np.where(jump, np.nan, slope), color=color)
    axes[0, 1].step([-3, 0, 3], [1, 1, 0], color="C7", lw=1)
    left, right = axes[0]
    left.text(1.4, 3.5, "squared", color="C0", ha="right")
    left.text(-2.95, 3.3, "absolute", color="C1")
    left.text(2.9, 0.45, "Huber, δ = 1", color="C2", ha="right")
    right.text(-2.15, 3.45, "hinge", color="C0")
    right.text(-2.9, 1.45, "logistic", color="C1")
    right.text(-0.7, 3.45, "squared", color="C2")
    right.text(-2.9, 0.55, "wrong or right", color="C7")
    left.set(ylim=(0, 4.4), ylabel="loss")
    right.set(ylim=(0, 4.4))
    axes[1, 0].set(ylim=(-3, 3), xlabel="error z − y", ylabel="its slope")
    axes[1, 1].set(ylim=(-3, 3), xlabel="margin yz")
    return fig
