"""The posterior is a share of the filled area."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import posterior

prior, likelihood = np.array([0.3, 0.7]), np.array([0.8, 0.1])


def numbers():
    p, evidence = posterior(prior, likelihood)
    return {
        "prior": prior,
        "likelihood": likelihood,
        "evidence": evidence,
        "posterior": p[0],
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(5.2, 4.4))
    left = np.array([0, prior[0]])
    ax.bar(left, 1, prior, align="edge", color="none", edgecolor="C7")
    ax.bar(left[0], likelihood[0], prior[0], align="edge", color="C1")
    ax.bar(left[1], likelihood[1], prior[1], align="edge", color="C0")
    ax.text(0.15, 0.4, "spam,\n“free”\n0.24", ha="center", va="center")
    ax.text(0.15, 0.9, "spam, not", ha="center", va="center", color="C1")
    ax.text(0.65, 0.05, "ham, “free” 0.07", ha="center", va="center")
    ax.text(0.65, 0.55, "ham, not", ha="center", va="center", color="C0")
    ax.set(
        xlim=(-0.01, 1.01),
        ylim=(-0.01, 1.01),
        xticks=[0, 0.3, 1],
        yticks=[0, 0.1, 0.8, 1],
        xlabel="width: prior",
        ylabel="height: likelihood of “free”",
        aspect="equal",
    )
    ax.grid(visible=False)
    return fig
