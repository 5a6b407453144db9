"""Data parallelism: shards of the samples, and the mean of their gradients.

Notation:
    n, K: number of samples, of workers.
    n_k: samples of worker k, in all n.
    g_k: gradient of the mean loss on them, structure of the parameters.
"""

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivable import _validation as check
from derivable._trees import flat_like, flatten


def shards(n: int, num_workers: int) -> list[NDArray[np.int64]]:
    """Deal n samples to workers, as equally as whole numbers allow.

    Args:
        n: number of samples.
        num_workers: K, from 1 to n.

    Returns:
        K arrays of indices, together 0 … n − 1 in order; their lengths
        differ by one at most.

    Raises:
        TypeError: if n or num_workers is not whole.
        ValueError: if num_workers is not in 1 … n.
    """
    n = check.whole(n, "n", least=1)
    K = check.whole(num_workers, "num_workers", least=1, most=n)

    ends = [k * n // K for k in range(K + 1)]
    return [np.arange(start, end) for start, end in pairwise(ends)]


def average_gradient(gradients: Any, counts: Any) -> Any:
    """The gradient on all samples, from the gradients on their shards.

    Args:
        gradients: one for each worker, of the mean loss on its shard;
            arrays, or lists and dicts of arrays, all of one structure.
        counts: samples in each shard, K whole numbers above 0.

    Returns:
        Σ n_k g_k / n, with the structure of one gradient.

    Raises:
        TypeError: if a gradient is not real, or a count not whole.
        ValueError: if there are not as many counts as gradients, if
            structures differ, or an entry is not finite.

    Source:
        eq. `claim:weighted-average` of this book.
    """
    given = check.sequence(gradients, "gradients")
    sizes = check.counts(counts, "counts", least=1)
    if not given or len(sizes) != len(given):
        raise ValueError(
            "counts must have one entry for each of the gradients, got "
            f"{len(sizes)} counts and {len(given)} gradients"
        )
    _, restore = flatten(given[0], "gradients[0]")
    rows = [
        check.vector(flat_like(g, given[0], f"gradients[{k}]"), "gradients")
        for k, g in enumerate(given)
    ]

    weights = np.array(sizes) / sum(sizes)
    return restore(weights @ np.array(rows))
