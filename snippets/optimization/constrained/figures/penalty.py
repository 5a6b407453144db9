"""A penalty leaves |ν|/ρ; multipliers remove it at a fixed penalty."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    ConstrainedProblem,
    augmented_lagrangian,
    quadratic_penalty,
)

PROBLEM = ConstrainedProblem(
    lambda x: x @ x, lambda x: 2 * x, lambda x: x[0] + x[1] - 4
)


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.3))
    rho = 10.0 ** np.arange(7)
    found = quadratic_penalty(PROBLEM, [0.0, 0.0], penalties=rho)
    left.loglog(rho, np.abs(found.x.sum(1) - 4), "o", color="C0")
    left.loglog(rho, 4 / rho, "--", color="C7")
    left.text(3e2, 0.08, "4/ρ", color="C7")
    left.set(xlabel="penalty ρ", ylabel="what is missing in x + y = 4")

    for penalty, color in ((1.0, "C0"), (10.0, "C1"), (100.0, "C2")):
        path = augmented_lagrangian(
            PROBLEM, [0.0, 0.0], penalty=penalty, tol=1e-10
        )
        error = np.abs(path.nu[:, 0] + 4)
        error = error[error > 1e-9]
        k = np.arange(1, len(error) + 1)
        right.semilogy(k, error, "o", color=color, ms=4)
        right.semilogy(k, 4 * (1 + penalty) ** -k, "--", color="C7")
        right.annotate(
            f"ρ = {penalty:g}",
            (k[-1], error[-1]),
            (7, 0),
            textcoords="offset points",
            color=color,
        )
    right.set(xlabel="step", ylabel="error of ν", xlim=(0, 42))
    return fig
