"""Between two equally good solutions, a convex loss cannot rise."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

rng = np.random.default_rng(5)
X = rng.normal(size=(60, 2))
W1, w2 = np.array([[2.0, -1.0], [-0.5, 1.5]]), np.array([1.5, -2.0])
Y = np.tanh(X @ W1) @ w2
P = rng.normal(size=(12, 2))
R = P @ P.T
BLOBS = np.concatenate([rng.normal(m, 0.3, size=(30, 1)) for m in (-2, 2)])
LINE = X @ np.array([1.0, 2.0])


def network(t):
    mixed = (1 - t) * W1 + t * W1[:, ::-1]
    return np.mean(
        (np.tanh(X @ mixed) @ ((1 - t) * w2 + t * w2[::-1]) - Y) ** 2
    )


def factorisation(t):
    A = (1 - t) * P - t * P
    return np.mean((A @ A.T - R) ** 2)


def clusters(t):
    centres = (1 - t) * np.array([-2.0, 2.0]) + t * np.array([2.0, -2.0])
    return np.mean(np.min((BLOBS - centres) ** 2, axis=1))


def duplicated(t):
    """Least squares with one feature twice: all weight on one, or other."""
    twice = np.column_stack([X, X])
    a, b = np.array([1.0, 2, 0, 0]), np.array([0, 0, 1.0, 2])
    return np.mean((twice @ ((1 - t) * a + t * b) - LINE) ** 2)


def figure() -> Figure:
    t = np.linspace(0, 1, 101)
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    for f, words, color, at in [
        (network, "network, two units exchanged", "C1", (0.52, 1.04)),
        (factorisation, "factors P and −P", "C4", (0.0, 0.62)),
        (clusters, "k-means, two centres exchanged", "C2", (0.5, 0.2)),
        (duplicated, "least squares, two minimisers", "C0", (0.5, 0.04)),
    ]:
        loss = np.array([f(s) for s in t])
        loss = loss - loss[0]
        top = loss.max()
        ax.plot(t, loss / top if top > 1e-9 else loss, color=color)
        ha = "center" if at[0] == 0.5 or at[0] == 0.52 else "left"
        ax.text(*at, words, color=color, ha=ha, fontsize=9)
    ax.set(
        xlabel="t, from one solution to the other",
        ylabel="loss above the ends,\nrelative to the peak",
        ylim=(-0.06, 1.18),
    )
    return fig
