"""Values run forward along the graph; slopes run back along it."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from derivable.calculus import grad

PLACES = {
    "w": (0, 3),
    "x": (0, 2),
    "b": (0, 1),
    "y": (0, 0),
    "p": (2, 2.5),
    "q": (4, 1.75),
    "u": (6, 1),
    "L": (8, 1),
}
STEPS = {  # of the forward run, in order: inputs, formula, operation
    "p": (("w", "x"), "p = wx", lambda v: v[0] * v[1]),
    "q": (("p", "b"), "q = p + b", lambda v: v[0] + v[1]),
    "u": (("q", "y"), "u = q − y", lambda v: v[0] - v[1]),
    "L": (("u",), "L = u²", lambda v: v[0] ** 2),
}
SYMBOLS = {"wp": "x", "xp": "w", "uL": "2u"}


def shown(value):
    return f"{value:g}".replace("-", "−")


def runs():
    """Values of the nodes, slopes of the edges, slopes of L."""
    values = {"w": 1.0, "x": 2.0, "b": 0.0, "y": 5.0}
    edges = {}
    for node, (inputs, _, operation) in STEPS.items():
        at = [values[name] for name in inputs]
        values[node] = operation(at)
        for name, slope in zip(inputs, grad(operation)(at), strict=True):
            edges[name + node] = float(slope)
    slopes = dict.fromkeys(values, 0.0) | {"L": 1.0}
    for node, (inputs, _, _) in reversed(STEPS.items()):
        for name in inputs:
            slopes[name] += slopes[node] * edges[name + node]
    return values, edges, slopes


def numbers():
    values, edges, slopes = runs()
    return {"values": values, "edges": edges, "slopes": slopes}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(7.6, 4.6))
    values, edges, slopes = runs()
    for edge, slope in edges.items():
        a, b = PLACES[edge[0]], PLACES[edge[1]]
        symbol = f"{SYMBOLS[edge]} = " if edge in SYMBOLS else ""
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
            (a[1] + b[1]) / 2 + 0.16,
            symbol + shown(slope),
            color="C7",
            ha="center",
            fontsize=9,
        )
    for node, (x, y) in PLACES.items():
        formula = STEPS[node][1] if node in STEPS else node
        ax.text(
            x,
            y,
            f"{formula}\n{shown(values[node])}",
            ha="center",
            va="center",
            color="C0",
            bbox={
                "boxstyle": "round,pad=0.35",
                "facecolor": "none",
                "edgecolor": "C0",
            },
        )
        ax.text(
            x, y - 0.46, f"∂L: {shown(slopes[node])}", color="C1", ha="center"
        )
    ax.text(3.2, 3.2, "values: computed left to right", color="C0")
    ax.text(3.2, 2.9, "slope of each step", color="C7")
    ax.text(3.2, 2.6, "slopes of L: right to left", color="C1")
    ax.set(xlim=(-0.8, 8.9), ylim=(-0.6, 3.5))
    ax.axis("off")
    return fig
