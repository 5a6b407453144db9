"""Without exchanges the error grows as the first pivot shrinks."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import lu, lu_solve


def figure():
    small = np.logspace(-1, -20, 77)
    errors = {True: [], False: []}
    for e in small:
        exact = np.array([1, 1 - 2 * e]) / (1 - e)
        for pivot, found in errors.items():
            factors = lu([[e, 1], [1, 1]], pivot=pivot)
            found.append(np.abs(lu_solve(factors, [1, 2]) - exact).max())
    fig, ax = plt.subplots(figsize=(6.4, 4.0))
    floor = 2e-17  # an exact result has no place on a log axis
    ax.loglog(small, np.maximum(errors[False], floor), ".", color="C1")
    ax.loglog(small, np.maximum(errors[True], floor), ".", color="C0")
    line = small[small > 1e-16]
    eps = np.finfo(float).eps
    ax.loglog(line, eps / line, "--", color="C7", lw=1)
    ax.text(3e-3, 3e-8, f"{eps:.1e} / pivot".replace("-", "−"), color="C7")
    ax.text(3e-13, 2e-6, "without exchanges", color="C1", ha="left")
    ax.text(1e-12, 1.5e-15, "with exchanges", color="C0")
    ax.set(
        xlabel="first pivot, which shrinks to the right",
        ylabel="largest error of the solution",
        ylim=(1e-17, 30),
    )
    ax.invert_xaxis()
    return fig
