"""Each further rank buys back exactly its singular value."""

import numpy as np

from derivable.linalg import low_rank, picture

A = picture(64, 192)[::2, ::2]
S = np.linalg.svd(A, compute_uv=False)
RANKS = np.array([1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15])
TAIL = np.sqrt(np.cumsum(S[::-1] ** 2)[::-1])
PARAMETERS = {
    "k": {
        "label": "Rank k",
        "values": RANKS,
        "start": 2,
        "shown": "{:.0f}",
    },
}
NUMBERS = {
    "error": ("Measured error", "{:.4f}"),
    "predicted": ("Root of the sum of the dropped σᵢ²", "{:.4f}"),
    "share": ("Sum of σᵢ² that is kept", "{:.2%}"),
    "kept": ("Numbers stored, of 3072", "{:.0f}"),
}
SAYS = (
    "Rank {k:.0f}: the error is {error:.3f}, the dropped singular values "
    "predict {predicted:.3f}."
)


def state(k):
    B = low_rank(A, int(k))
    return {
        "image": B,
        "error": np.linalg.norm(A - B),
        "predicted": TAIL[int(k)],
        "share": np.sum(B**2) / np.sum(A**2),
        "kept": k * (sum(A.shape) + 1),
    }


def draw(svg, at):
    plane = svg.panel(
        x=(0, 96), y=(0, 32), xlabel="column", ylabel="row, from below"
    )
    swing = (-1.0) ** np.arange(96)
    for row, bright in enumerate(at.image[::-1]):
        ink = np.clip(1.05 - bright, 0, 1) ** 2
        plane.line(np.arange(96) + 0.5, row + 0.5 + 0.55 * swing * ink, "c0")

    errors = svg.panel(
        x=(0, 17),
        y=(0.1, 10),
        ylog=True,
        xlabel="rank k",
        ylabel="error",
    )
    errors.line(RANKS, TAIL[RANKS], "c7")
    for k in RANKS:
        errors.dot(k, TAIL[k], "c7 small")
    errors.dot(at.k, at.error, "c1", drags="k")
    errors.text(5, 5, "predicted by the dropped σ", "c7")
    errors.text(1, 0.15, "measured", "c1")
