"""Make the weights of `trained_transformer`; some minutes of one core.

python -m derivable.learning.attention.long_run weights.bin
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np

from derivable._trees import flatten
from derivable.learning.attention.corpus import book_text, encode_text
from derivable.learning.attention.parameters import (
    CONTEXT,
    NUM_HEADS,
    SIZES,
    init_transformer,
)
from derivable.learning.attention.training import train_transformer
from derivable.learning.networks.training import Training
from derivable.optimization import adam, warmup_cosine

NUM_STEPS = 6_000


def settings() -> dict[str, Any]:
    """What the long run is told, but for its number of steps."""
    rate = warmup_cosine(0.01, warmup_steps=100, num_steps=NUM_STEPS)
    return {
        "num_heads": NUM_HEADS,
        "optimizer": adam(rate, beta2=0.99),
        "context": CONTEXT,
        "batch_size": 16,
    }


def run(num_steps: int = NUM_STEPS) -> Training:
    """The first steps of the long run, or all."""
    rng = np.random.default_rng(0)
    text = encode_text(book_text())
    return train_transformer(
        init_transformer(**SIZES, rng=rng),
        text[: 9 * len(text) // 10],
        num_steps=num_steps,
        rng=rng,
        **settings(),
    )


if __name__ == "__main__":
    vector, _ = flatten(run().parameters)
    Path(sys.argv[1]).write_bytes(vector.astype("<f4").tobytes())
