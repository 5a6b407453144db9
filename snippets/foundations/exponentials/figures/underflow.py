"""A product of probabilities falls off the end of the scale; a sum cannot."""

import matplotlib.pyplot as plt
import numpy as np

FACTOR, COUNT = 0.5, 1300


def products(kind):
    factors = np.full(COUNT, FACTOR, dtype=kind)
    return np.cumprod(factors, dtype=kind).astype(float)


def numbers():
    normal, last = {}, {}
    for kind in (np.float64, np.float32):
        name, p = np.dtype(kind).name, products(kind)
        normal[name] = int(np.sum(p >= np.finfo(kind).smallest_normal))
        last[name] = int(np.sum(p > 0))
    return {"factor": FACTOR, "normal": normal, "last": last, "count": COUNT}


def figure():
    fig, ax = plt.subplots(figsize=(6.4, 4))
    n = np.arange(1, COUNT + 1)
    ax.plot(n, n * np.log10(FACTOR), "--", color="C7", linewidth=1)
    ax.text(1010, -255, "sum of logs", color="C7")
    for kind, color in ((np.float64, "C0"), (np.float32, "C4")):
        name = np.dtype(kind).name
        p = products(kind)
        last = np.sum(p > 0)
        ax.plot(n[:last], np.log10(p[:last]), color=color)
        ax.plot([last, last], [np.log10(p[last - 1]), -400], ":", color=color)
        words = f"{name}: 0 from {last + 1} on"
        far = name == "float64"
        up, side = (-385, "right") if far else (-330, "left")
        ax.text(
            last - 15 if far else last + 15, up, words, color=color, ha=side
        )
    ax.set(xlabel="factors of one half", ylabel="log₁₀ of the product")
    ax.set(ylim=(-400, 10))
    return fig
