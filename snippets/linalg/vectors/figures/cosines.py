"""Random directions turn orthogonal as the dimension grows."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import cosine_similarity


def figure() -> Figure:
    rng = np.random.default_rng(0)
    sizes = np.array([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024])
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    spread = []
    for d in sizes:
        pairs = rng.normal(size=(400, 2, d))
        cosines = np.array([cosine_similarity(*pair) for pair in pairs])
        jitter = d * np.exp(rng.uniform(-0.22, 0.22, size=120))
        ax.plot(jitter, cosines[:120], ".", color="C7", ms=3, alpha=0.5)
        spread.append(np.sqrt(np.mean(cosines**2)))
    fine = np.geomspace(2, 1024, 100)
    for sign in (1, -1):
        ax.plot(fine, sign / np.sqrt(fine), color="C1")
        ax.plot(sizes, sign * np.array(spread), "o", color="C0")
    ax.text(20, 0.62, "predicted: ± 1/√d", color="C1")
    ax.text(3.0, -1.17, "dots: root mean square, measured", color="C0")
    ax.set_xscale("log", base=2)
    ax.set(xlabel="dimension d", ylabel="cosine of two random vectors")
    ax.set(ylim=(-1.3, 1.1))
    return fig
