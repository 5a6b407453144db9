# %% starter
import numpy as np


def ring_sum(V):
    """Each row of V (K, p) ends as the sum of all rows, by a ring.

    In round t worker k sends part (k - t) % K to its right neighbour.
    Part c is the columns from c * p // K to (c + 1) * p // K.
    Return what all hold at the start and after each of the 2(K - 1)
    rounds, (2K - 1, K, p), and how many numbers worker 0 sends.
    """
    V = np.array(V, dtype=float)
    K, sent = len(V), 0
    ends = [k * V.shape[1] // K for k in range(K + 1)]
    held = [V.copy()]
    for t in range(2 * (K - 1)):
        for k in range(K):
            c = (k - t) % K
            part = slice(ends[c], ends[c + 1])
            V[(k + 1) % K, part] += V[k, part]
            sent += len(V[k, part])
        held.append(V.copy())
    return np.array(held), sent


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(0)
for K, p in [(2, 4), (3, 9), (5, 20), (4, 5), (5, 2), (1, 3)]:
    V = rng.normal(size=(K, p))
    kept = V.copy()
    held, sent = ring_sum(V)
    expect_close(V, kept, what="the argument", hint="work on a copy")
    ends = [c * p // K for c in range(K + 1)]
    right = np.repeat(V[None], 2 * K - 1, axis=0)
    for c in range(K):  # it starts at worker c, and goes round twice
        part = slice(ends[c], ends[c + 1])
        path = [(c + d) % K for d in range(K)]
        for d in range(1, K):
            right[d:, path[d], part] = V[path[: d + 1], part].sum(axis=0)
        for d in range(K - 1):
            right[K + d :, path[d], part] = V[:, part].sum(axis=0)
    expect_equal(
        np.shape(held),
        right.shape,
        what=f"the shape for {K} workers of {p} numbers",
        hint="the start, and a copy of all vectors after each round",
    )
    for t in range(2 * K - 1):
        half = "replaces, not adds" if t >= K else "is added"
        expect_close(
            held[t],
            right[t],
            what=f"what {K} workers of {p} numbers hold after {t} rounds",
            hint=f"a part that arrives {half}" if t else "V itself",
        )
    lengths = np.diff(ends).tolist()
    expect_equal(
        sent,
        sum(lengths[-t % K] for t in range(2 * (K - 1))),
        what=f"what worker 0 of {K} sends of {p} numbers",
        hint="count one worker; in each round it sends one part",
    )

# %% solution
import numpy as np


def ring_sum(V):
    """Each row of V (K, p) ends as the sum of all rows, by a ring.

    In round t worker k sends part (k - t) % K to its right neighbour.
    Part c is the columns from c * p // K to (c + 1) * p // K.
    Return what all hold at the start and after each of the 2(K - 1)
    rounds, (2K - 1, K, p), and how many numbers worker 0 sends.
    """
    V = np.array(V, dtype=float)
    K, sent = len(V), 0
    ends = [k * V.shape[1] // K for k in range(K + 1)]
    held = [V.copy()]
    for t in range(2 * (K - 1)):
        for k in range(K):
            c = (k - t) % K
            part = slice(ends[c], ends[c + 1])
            x, j = V[k, part], (k + 1) % K
            V[j, part] = V[j, part] + x if t < K - 1 else x
            sent += len(x) if k == 0 else 0
        held.append(V.copy())
    return np.array(held), sent
