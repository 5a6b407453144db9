"""A lower temperature favours the likely; the entropy only rises."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import (
    ALPHABET,
    encode_text,
    next_distribution,
    trained_transformer,
    transformer,
)
from derivable.probability import entropy

PROMPT = "the mean of the "
SCORES = transformer(trained_transformer(), encode_text(PROMPT), num_heads=4)[
    -1
]
ORDER = np.argsort(-SCORES)[:8]
SHOWN = {0.4: "C0", 1.0: "C2", 2.0: "C1"}
TAUS = np.linspace(0.05, 4, 80)
ENTROPIES = np.array(
    [entropy(next_distribution(SCORES, temperature=t)) for t in TAUS]
)


def numbers():
    top = {
        t: float(next_distribution(SCORES, temperature=t).max()) for t in SHOWN
    }
    return {
        "cold": top[0.4],
        "hot": top[2.0],
        "rises": float(np.diff(ENTROPIES).min()),
        "most": float(np.log(len(ALPHABET))),
    }


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.0))
    place = np.arange(len(ORDER))
    for i, (t, colour) in enumerate(SHOWN.items()):
        p = next_distribution(SCORES, temperature=t)[ORDER]
        left.bar(place + 0.27 * (i - 1), p, 0.25, color=colour)
        left.text(2.6, 0.6 - 0.09 * i, f"temperature {t}", color=colour)
    left.set_xticks(place, [ALPHABET[i].replace(" ", "␣") for i in ORDER])
    left.set(xlabel="next letter", ylabel="probability", ylim=(0, 0.7))
    right.plot(TAUS, ENTROPIES, "C4")
    for t, colour in SHOWN.items():
        h = entropy(next_distribution(SCORES, temperature=t))
        right.plot(t, h, "o", color=colour)
    right.axhline(np.log(len(ALPHABET)), color="C7", ls="--", lw=1)
    right.text(0.1, np.log(len(ALPHABET)) + 0.06, "all letters alike")
    right.set(xlabel="temperature", ylabel="entropy, nats", ylim=(0, 3.8))
    return fig
