"""The multiplier is the slope of the best value, and may be infinite."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import ConstrainedProblem, lagrange


def best(c):
    problem = ConstrainedProblem(
        lambda x: x @ x, lambda x: 2 * x, lambda x: x[0] + x[1] - c
    )
    found = lagrange(problem, [1.0, 0.0])
    return problem.f(found.x[-1]), found.nu[-1, 0]


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.2))
    cs = np.linspace(0, 8, 17)
    left.plot(cs, [best(c)[0] for c in cs], "o", color="C0", ms=4)
    for c in (2.0, 4.0, 6.0):
        p, nu = best(c)
        s = np.array([-1.6, 1.6])
        left.plot(c + s, p - nu * s, color="C1")
    left.text(0.3, 20, "best value v", color="C0")
    left.text(4.2, 2.0, "lines of slope −ν", color="C1")
    left.set(xlabel="c, in x + y = c", ylabel="v(c)")

    u = np.linspace(0, 1, 401) ** 2
    right.plot(u, -np.sqrt(u), color="C0")
    right.plot([0, 0], [0, -1], color="C1", ls="--")
    right.plot(0, 0, "o", color="C0")
    right.text(0.3, -0.42, "v = −√u", color="C0")
    right.text(0.04, -0.95, "slope −∞: no price", color="C1")
    right.set(xlabel="u, in x² ≤ u", ylabel="v(u)")
    return fig
