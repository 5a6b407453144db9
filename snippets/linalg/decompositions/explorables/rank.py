"""Each further rank buys back exactly its singular value."""

import numpy as np

from derivable.linalg import low_rank, picture

A = picture(48, 64)[:, ::2]
S = np.linalg.svd(A, compute_uv=False)
RANKS = np.arange(1, 17)
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
    "share": ("Energy that is kept", "{:.2%}"),
    "kept": ("Numbers stored, of 1536", "{:.0f}"),
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
        x=(0, 31),
        y=(-0.5, 25.5),
        xlabel="column",
        ylabel="row, brighter is up",
    )
    for n, row in enumerate(range(0, 48, 2)):
        level = 23 - n
        plane.line(np.arange(32), level + 2.2 * at.image[row], "c0 thin")

    errors = svg.panel(
        x=(0, 17),
        y=(0.03, 20),
        ylog=True,
        xlabel="rank k",
        ylabel="error",
    )
    errors.line(RANKS, TAIL[RANKS], "c7")
    for k in RANKS:
        errors.dot(k, TAIL[k], "c7 small")
    errors.dot(at.k, at.error, "c1", drags="k")
    errors.text(7, 7, "what the dropped σ predict", "c7")
    errors.text(1, 0.05, "measured", "c1")
