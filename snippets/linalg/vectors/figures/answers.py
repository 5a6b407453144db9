"""Distance sorts the notes by their length, the cosine by their subject."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import (
    NOTES,
    bag_of_words,
    cosine_similarity,
    distance,
    norm,
)

QUESTION = "When is the tide high?"


@functools.cache
def measured():
    X, vocabulary = bag_of_words(NOTES.values())
    q = bag_of_words([QUESTION], vocabulary)[0][0]
    lengths = np.array([norm(x) for x in X])
    far = np.array([distance(x, q) for x in X])
    near = np.array([cosine_similarity(x, q) for x in X])
    return q, lengths, far, near


def numbers():
    q, _, _, near = measured()
    return {"cosines": np.sort(near), "words": len(q)}


def figure() -> Figure:
    q, lengths, far, near = measured()
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.6))
    fine = np.linspace(0, 11.5, 100)
    left.plot(fine, np.hypot(fine, norm(q)), "--", color="C7", lw=1)
    left.text(6.1, 7.9, "nothing in\ncommon", color="C7", ha="right")
    for axis, y in ((left, far), (right, near)):
        hit = np.array([name == "tides" for name in NOTES])
        axis.plot(lengths[~hit], y[~hit], "o", color="C0")
        axis.plot(lengths[hit], y[hit], "o", color="C1", ms=8)
        axis.set(xlabel="length ‖x‖ of the note's counts", xlim=(0, 12.5))
    i = list(NOTES).index("tides")
    left.text(lengths[i] + 0.5, far[i] - 0.6, "tides", color="C1")
    left.text(lengths[0] + 0.3, far[0] - 1.1, "“Closed on Monday.”")
    right.text(lengths[i] + 0.5, near[i] - 0.01, "tides", color="C1")
    right.text(5.5, 0.03, "all others", color="C0")
    left.set(ylabel="distance to the question: small wins", ylim=(0, 12.5))
    right.set(ylabel="cosine with the question: large wins")
    return fig
