"""Every input has one arrow; outputs may have several, or none."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

INPUTS = (-2, -1, 0, 1, 2)
CODOMAIN = (0, 1, 2, 3, 4)


def square(x):
    return x * x


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(5.0, 3.6))
    reached = {square(x) for x in INPUTS}
    for row, x in enumerate(INPUTS):
        target = CODOMAIN.index(square(x))
        ax.annotate(
            "",
            (2, target),
            (0, row),
            arrowprops={
                "arrowstyle": "-|>",
                "color": "C0",
                "lw": 1.4,
                "shrinkA": 12,
                "shrinkB": 12,
            },
        )
        ax.text(0, row, f"{x}".replace("-", "−"), ha="center", va="center")
    for row, y in enumerate(CODOMAIN):
        color = "C0" if y in reached else "C1"
        ax.text(2, row, f"{y}", ha="center", va="center", color=color)
        if y not in reached:
            ax.text(2.2, row, "no arrow arrives", color="C1", va="center")
    for row, y in enumerate(CODOMAIN):
        if sum(square(x) == y for x in INPUTS) > 1:
            ax.text(2.2, row, "two arrows arrive", color="C0", va="center")
    ax.text(0, -1, "domain", ha="center", color="C7")
    ax.text(2, -1, "codomain", ha="center", color="C7")
    ax.text(1, 4.6, "x ↦ x²", ha="center", color="C0")
    ax.set(xlim=(-0.5, 3.3), ylim=(-1.3, 5))
    ax.axis("off")
    return fig
