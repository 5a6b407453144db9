"""Five schedules over 100 steps; the cosine stays at its floor."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.optimization import (
    cosine_decay,
    exponential_decay,
    inverse_decay,
    step_decay,
    warmup_cosine,
)

HORIZON = 100


def numbers():
    return {"horizon": HORIZON}


def figure() -> Figure:
    t = np.arange(1, 141)
    fig, ax = plt.subplots(figsize=(6.8, 3.8))
    for rate, color, words, place in [
        (step_decay(1.0, factor=0.5, every=40), "C0", "step", (82, 0.27)),
        (exponential_decay(1.0, factor=0.95), "C1", "exponential", (17, 0.24)),
        (inverse_decay(1.0, delay=20), "C4", "1/t", (102, 0.18)),
        (cosine_decay(1.0, num_steps=HORIZON), "C2", "cosine", (53, 0.56)),
        (
            warmup_cosine(1.0, warmup_steps=15, num_steps=HORIZON),
            "C3",
            "warm-up + cosine",
            (20, 1.03),
        ),
    ]:
        ax.plot(t, [rate(int(s)) for s in t], color=color)
        ax.text(*place, words, color=color)
    after = t[HORIZON - 1 :]
    wrong = (1 + np.cos(np.pi * (after - 1) / HORIZON)) / 2
    ax.plot(after, wrong, ":", color="C7")
    ax.text(101, 0.42, "a cosine that nobody\nstopped rises again", color="C7")
    ax.set(xlabel="step t", ylabel="rate over largest rate", ylim=(0, 1.12))
    return fig
