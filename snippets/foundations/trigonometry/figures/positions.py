"""Each column of the positions is a wave; fast ones stand on the left."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from derivable.foundations import positional_encoding

SHAPE = (64, 32)


def numbers():
    return {"shape": SHAPE}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6, 5))
    image = ax.imshow(
        positional_encoding(*SHAPE), aspect="auto", vmin=-1, vmax=1
    )
    ax.grid(visible=False)
    bar = fig.colorbar(image, ax=ax, ticks=(-1, 0, 1))
    bar.set_label("value")
    ax.set(xlabel="entry of the row: fast waves first", ylabel="position t")
    return fig
