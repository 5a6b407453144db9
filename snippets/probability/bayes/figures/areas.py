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
    left, joint = np.array([0, prior[0]]), prior * likelihood
    ax.bar(left, 1, prior, align="edge", color="none", edgecolor="C7")
    middle = {"ha": "center", "va": "center"}
    for i, (name, color) in enumerate((("spam", "C1"), ("ham", "C0"))):
        height, across = likelihood[i], left[i] + prior[i] / 2
        ax.bar(left[i], height, prior[i], align="edge", color=color, alpha=0.3)
        said = f"{name}, “free”: {joint[i]:.2f}".replace("spam, ", "spam,\n")
        ax.text(across, height / 2, said, color=color, **middle)
        ax.text(
            across, (1 + height) / 2, f"{name}, not", color=color, **middle
        )
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
