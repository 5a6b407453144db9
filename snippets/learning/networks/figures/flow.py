"""Each adjoint has the shape of its value; the gradients meet the inputs."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

COLUMNS = [
    ("$A_0 = X$", "$(n, d_0)$", None, None),
    ("$Z_1$", "$(n, d_1)$", "$\\delta_1$", "$W_1, b_1$"),
    ("$A_1$", "$(n, d_1)$", "$\\delta_2 W_2^T$", None),
    ("$Z_2$", "$(n, d_2)$", "$\\delta_2$", "$W_2, b_2$"),
    ("$L$", "number", "$1$", "$Y$"),
]
STEPS = ["affine", "$\\sigma$", "affine", "loss"]
BACK = ["", "$\\odot\\,\\sigma'$", "$\\cdot\\, W^T$", "$(P - Y)/n$"]
GRADIENTS = {1: "$A_0^T\\delta_1$", 3: "$A_1^T\\delta_2$"}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.1))
    arrow = {"arrowstyle": "-|>", "shrinkA": 19, "shrinkB": 19}
    for i, (value, shape, adjoint, extra) in enumerate(COLUMNS):
        ax.plot(i, 2, "o", ms=34, color="C0", alpha=0.25)
        ax.text(i, 2, value, ha="center", va="center", size=9)
        ax.text(i, 1.5, shape, ha="center", va="center", size=8)
        if adjoint:
            ax.plot(i, 1, "o", ms=34, color="C1", alpha=0.25)
            ax.text(i, 1, adjoint, ha="center", va="center", size=9)
        if extra:
            ax.text(i, 2.75, extra, ha="center", color="C0", size=9)
            ax.annotate(
                "", (i, 2), (i, 2.75), arrowprops={**arrow, "color": "C0"}
            )
        if i in GRADIENTS:
            ax.text(i, 0.2, GRADIENTS[i], ha="center", color="C1", size=9)
            ax.annotate(
                "", (i, 0.2), (i, 1), arrowprops={**arrow, "color": "C1"}
            )
    for i, (there, back) in enumerate(zip(STEPS, BACK, strict=True)):
        ax.annotate(
            "", (i + 1, 2), (i, 2), arrowprops={**arrow, "color": "C0"}
        )
        ax.text(i + 0.5, 2.12, there, ha="center", color="C0", size=8)
        if i > 0:
            ax.annotate(
                "", (i, 1), (i + 1, 1), arrowprops={**arrow, "color": "C1"}
            )
            ax.text(i + 0.5, 1.12, back, ha="center", color="C1", size=8)
    ax.set(xlim=(-0.5, 4.5), ylim=(0, 3))
    ax.axis("off")
    return fig
