"""Backwards, each step is undone, and the last one first."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

STEPS = (
    ("· 3", "/ 3", lambda x: 3 * x, lambda y: y / 3),
    ("+ 7", "− 7", lambda x: x + 7, lambda y: y - 7),
)


def numbers():
    values = [5.0]
    for _, _, forward, _ in STEPS:
        values.append(forward(values[-1]))
    back = [values[-1]]
    for _, _, _, undo in reversed(STEPS):
        back.append(undo(back[-1]))
    return {"values": values, "back": back}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(5.0, 2.6))
    found = numbers()
    for color, row, values in (
        ("C0", 1, found["values"]),
        ("C1", 0, found["back"][::-1]),
    ):
        for k, value in enumerate(values):
            ax.text(
                2 * k,
                row,
                f"{value:g}",
                ha="center",
                va="center",
                color=color,
                fontsize=12,
                bbox={
                    "boxstyle": "round,pad=0.5",
                    "facecolor": "none",
                    "edgecolor": color,
                },
            )
    for k, (does, undoes, _, _) in enumerate(STEPS):
        for row, color, words, ends in (
            (1, "C0", does, (2 * k, 2 * k + 2)),
            (0, "C1", undoes, (2 * k + 2, 2 * k)),
        ):
            ax.annotate(
                "",
                (ends[1], row),
                (ends[0], row),
                arrowprops={
                    "arrowstyle": "-|>",
                    "color": color,
                    "lw": 1.6,
                    "shrinkA": 22,
                    "shrinkB": 22,
                },
            )
            ax.text(2 * k + 1, row + 0.15, words, ha="center", color=color)
    ax.text(-0.35, 1.48, "forward: 3x + 7", color="C0")
    ax.text(4.35, -0.56, "backward", color="C1", ha="right")
    ax.set(xlim=(-0.6, 4.6), ylim=(-0.7, 1.75))
    ax.axis("off")
    return fig
