"""A positive test is worth half where prevalence meets false alarms."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import predictive_values

SPECIFICITIES = (0.95, 0.99, 0.999)
SENSITIVITY = 0.99


def numbers():
    return {
        "specificities": np.array(SPECIFICITIES),
        "p": 0.01,
        "worth": [
            predictive_values(0.01, SENSITIVITY, c)[0] for c in SPECIFICITIES
        ],
    }


def figure() -> Figure:
    p = np.logspace(-4, np.log10(0.5), 200)
    fig, ax = plt.subplots(figsize=(6.4, 3.8))
    for i, c in enumerate(SPECIFICITIES):
        worth, _ = predictive_values(p, SENSITIVITY, c)
        ax.semilogx(p, worth, color=f"C{i}")
        even = (1 - c) / (SENSITIVITY + 1 - c)
        ax.plot(even, 0.5, "o", color=f"C{i}")
        ax.annotate(
            f"{c:.1%}".replace(".0", ""),
            (even, 0.5),
            (8, -10),
            textcoords="offset points",
            color=f"C{i}",
        )
    ax.axhline(0.5, color="C7", lw=1, ls=":")
    ax.text(1.1e-4, 0.9, "specificity:", color="C7")
    ax.set(xlabel="prevalence", ylabel="P(ill | +)", ylim=(0, 1.02))
    return fig
