"""Twice the hinges is a quarter of the bound, and of the error of a sine."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import hinge_network, mlp

COUNTS = 2 ** np.arange(1, 10)
X = np.linspace(0, 1, 20_481)
CASES = {
    "sin(6x)": (lambda x: np.sin(6 * x), "C0", 36.0),
    "root of x": (np.sqrt, "C1", None),
}


def errors(f):
    return np.array(
        [
            np.abs(
                mlp(hinge_network(f, 0, 1, num_pieces=int(m)), X[:, None])[
                    :, 0
                ]
                - f(X)
            ).max()
            for m in COUNTS
        ]
    )


ERRORS = {name: errors(f) for name, (f, _, _) in CASES.items()}


def numbers():
    last = {name: float(e[-2] / e[-1]) for name, e in ERRORS.items()}
    smooth = ERRORS["sin(6x)"] * COUNTS**2 * 8 / 36
    return {
        "smooth": last["sin(6x)"],
        "root": last["root of x"],
        "share": float(smooth.max()),
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    for name, (_, colour, M) in CASES.items():
        ax.loglog(COUNTS, ERRORS[name], "o", color=colour)
        ax.text(
            COUNTS[-1] * 1.15, ERRORS[name][-1], name, color=colour, size=9
        )
        if M:
            ax.loglog(COUNTS, M / COUNTS**2 / 8, "--", color="C7", lw=1)
            ax.text(9, 0.12, "bound $M h^2/8$", color="C7", size=9)
    ax.set(
        xlabel="pieces = hidden units",
        ylabel="largest error",
        xlim=(1.6, 2000),
    )
    return fig
