"""A transformer falls below a bigram, then below a trigram."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import (
    book_text,
    encode_text,
    fit_ngram,
    init_transformer,
    token_cross_entropy,
    train_transformer,
)
from derivable.optimization import adam, warmup_cosine

STEPS = 1000
TEXT = encode_text(book_text())
N = len(TEXT)
SEEN, HELD_OUT = TEXT[: 9 * N // 10], TEXT[95 * N // 100 :]
NAMES = {1: "letters", 2: "bigram", 3: "trigram", 4: "4-gram"}


def rivals():
    return {
        o: fit_ngram(
            SEEN, order=o, num_symbols=29, discount=0.3 if o < 4 else 0.5
        ).cross_entropy(HELD_OUT)
        for o in NAMES
    }


def trained():
    rng = np.random.default_rng(0)
    return train_transformer(
        init_transformer(29, width=32, num_blocks=2, rng=rng),
        SEEN,
        num_heads=2,
        optimizer=adam(
            warmup_cosine(0.015, warmup_steps=50, num_steps=STEPS), beta2=0.99
        ),
        context=16,
        batch_size=24,
        num_steps=STEPS,
        rng=rng,
    )


TOGETHER = 20  # steps
RUN = trained()
LOSSES = np.exp(RUN.losses.reshape(-1, TOGETHER).mean(axis=1))
END = np.exp(
    token_cross_entropy(RUN.parameters, HELD_OUT, num_heads=2, context=16)
)
LEVELS = {o: float(np.exp(value)) for o, value in rivals().items()}


def numbers():
    names = ("letters", "bigram", "trigram", "fourgram")
    levels = dict(zip(names, LEVELS.values(), strict=True))
    return {**levels, "together": TOGETHER, "end": float(END)}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    ax.plot(TOGETHER * (np.arange(len(LOSSES)) + 0.5), LOSSES, "C0")
    ax.plot(len(RUN.losses), END, "C0o", ms=5, clip_on=False)
    ax.text(0.6 * STEPS, 7.4, "transformer", color="C0")
    for i, (o, level) in enumerate(LEVELS.items(), 1):
        ax.plot([0, 0.993 * STEPS], [level, level], f"C{i}--", lw=1.2)
        ax.text(1.004 * STEPS, level, NAMES[o], color=f"C{i}", va="center")
    ax.set(
        xlabel="step",
        ylabel="perplexity",
        yscale="log",
        xlim=(0, 1.14 * STEPS),
        ylim=(3.6, 35),
    )
    ax.set_yticks([4, 6, 8, 10, 20, 30], ["4", "6", "8", "10", "20", "30"])
    ax.minorticks_off()
    ax.grid(visible=False)
    return fig
