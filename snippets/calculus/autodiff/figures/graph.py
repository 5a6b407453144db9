"""Values flow to the right, adjoints to the left, each edge a product."""

import matplotlib.pyplot as plt

from derivable.calculus.autodiff import Tensor, backward

NODES = {
    "w": (0, 2),
    "x": (0, 1),
    "b": (1, 0),
    "p": (1, 1.5),
    "u": (2, 0.9),
    "r": (3, 0.9),
    "L": (4, 0.9),
}
EDGES = ["wp", "xp", "pu", "bu", "ur", "rL"]
NAMES = {"p": "$p = wx$", "u": "$u = p + b$", "r": "$r = u - y$"}


def values_and_adjoints():
    leaves = {"w": Tensor(2.0), "x": Tensor(3.0), "b": Tensor(1.0)}
    nodes = dict(leaves)
    nodes["p"] = nodes["w"] * nodes["x"]
    nodes["u"] = nodes["p"] + nodes["b"]
    nodes["r"] = nodes["u"] - 4.0
    nodes["L"] = nodes["r"] * nodes["r"]
    adjoints = {}
    for name, node in nodes.items():
        one = nodes["L"].data * 0 + 1
        adjoints[name] = (
            backward(nodes["L"], one, [node])[0] if name != "L" else one
        )
    return {n: float(t.data) for n, t in nodes.items()}, adjoints


def figure():
    values, adjoints = values_and_adjoints()
    fig, ax = plt.subplots(figsize=(6.4, 3.0))
    for start, end in EDGES:
        ax.annotate(
            "",
            NODES[end],
            NODES[start],
            arrowprops={
                "arrowstyle": "-|>",
                "color": "C7",
                "shrinkA": 17,
                "shrinkB": 17,
            },
        )
    for name, (x, y) in NODES.items():
        ax.plot(x, y, "o", markersize=26, color="C0", alpha=0.25)
        ax.text(x, y, f"${name}$", ha="center", va="center")
        label = NAMES.get(name, "$L = r^2$" if name == "L" else "")
        ax.text(x, y + 0.52, label, ha="center", size=8)
        ax.text(
            x, y + 0.3, f"{values[name]:g}", ha="center", size=9, color="C0"
        )
        ax.text(
            x,
            y - 0.4,
            f"{float(adjoints[name]):g}",
            ha="center",
            size=9,
            color="C1",
        )
    ax.text(4, 2.2, "value", color="C0", ha="center")
    ax.text(4, 1.95, "adjoint", color="C1", ha="center")
    ax.set(xlim=(-0.5, 4.5), ylim=(-0.6, 2.7))
    ax.axis("off")
    return fig
