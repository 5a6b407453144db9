"""Values run forward along the graph; slopes run back along it."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

NODES = {
    "w": ((0, 3), "w\n1", "−12"),
    "x": ((0, 2), "x\n2", "−6"),
    "b": ((0, 1), "b\n0", "−6"),
    "y": ((0, 0), "y\n5", "6"),
    "p": ((2, 2.5), "p = wx\n2", "−6"),
    "q": ((4, 1.75), "q = p + b\n2", "−6"),
    "u": ((6, 1), "u = q − y\n−3", "−6"),
    "L": ((8, 1), "L = u²\n9", "1"),
}
EDGES = {
    ("w", "p"): "x = 2",
    ("x", "p"): "w = 1",
    ("p", "q"): "1",
    ("b", "q"): "1",
    ("q", "u"): "1",
    ("y", "u"): "−1",
    ("u", "L"): "2u = −6",
}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(7.6, 4.6))
    for (start, end), slope in EDGES.items():
        a, b = NODES[start][0], NODES[end][0]
        ax.annotate(
            "",
            b,
            a,
            arrowprops={
                "arrowstyle": "-|>",
                "color": "C7",
                "lw": 1.2,
                "shrinkA": 30,
                "shrinkB": 34,
            },
        )
        ax.text(
            (a[0] + b[0]) / 2,
            (a[1] + b[1]) / 2 + 0.1,
            slope,
            color="C7",
            ha="center",
            fontsize=9,
        )
    for (x, y), value, slope in NODES.values():
        ax.text(
            x,
            y,
            value,
            ha="center",
            va="center",
            color="C0",
            bbox={
                "boxstyle": "round,pad=0.35",
                "facecolor": "none",
                "edgecolor": "C0",
            },
        )
        ax.text(x, y - 0.46, f"∂L: {slope}", color="C1", ha="center")
    ax.text(3.2, 3.2, "values: computed left to right", color="C0")
    ax.text(3.2, 2.9, "slope of each step", color="C7")
    ax.text(3.2, 2.6, "slopes of L: right to left", color="C1")
    ax.set(xlim=(-0.8, 8.9), ylim=(-0.6, 3.5))
    ax.axis("off")
    return fig
