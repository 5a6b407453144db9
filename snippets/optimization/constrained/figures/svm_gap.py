"""Primal and dual close in on one value, and their gap proves it."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import rbf_kernel, svc


def figure() -> Figure:
    rng = np.random.default_rng(3)
    y = np.where(np.arange(120) % 2 == 0, 1.0, -1.0)
    X = rng.normal(size=(120, 2)) + y[:, None]
    model = svc(X, y, C=1.0, kernel=rbf_kernel(0.5), tol=1e-8)
    primal, dual = model.gaps()
    k = np.arange(len(dual))

    fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.3))
    left.plot(k, primal, color="C1")
    left.plot(k, dual, color="C0")
    left.text(18, 60, "primal", color="C1")
    left.text(22, 15, "dual", color="C0")
    left.set(xlabel="step of SMO", ylabel="value", ylim=(0, 125))
    right.semilogy(k, np.maximum(primal - dual, 1e-12), color="C3")
    right.text(
        k[-1] - 4,
        1e-10,
        "one joint step,\nto rounding",
        color="C7",
        ha="right",
    )
    right.set(xlabel="step of SMO", ylabel="gap, primal − dual")
    return fig
