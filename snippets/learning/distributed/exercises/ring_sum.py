# %% starter
import numpy as np


def ring_sum(V):
    """Each row of V (K, p) ends as the sum of all rows, by a ring.

    Return the result (K, p) and how many numbers worker 0 sends.
    """
    V = np.array(V, dtype=float)
    K, sent = len(V), 0
    ends = [k * V.shape[1] // K for k in range(K + 1)]
    for t in range(2 * (K - 1)):
        for k in range(K):
            c = (k - t) % K
            part = slice(ends[c], ends[c + 1])
            V[(k + 1) % K, part] += V[k, part]
            sent += len(V[k, part])
    return V, sent


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(0)
for K, p in [(2, 4), (3, 9), (5, 20), (1, 3)]:
    V = rng.normal(size=(K, p))
    kept = V.copy()
    result, sent = ring_sum(V)
    expect_close(
        result,
        np.tile(V.sum(axis=0), (K, 1)),
        what=f"the sums at {K} workers",
        hint="in the second half a part that arrives replaces, not adds",
    )
    expect_equal(
        sent,
        2 * (K - 1) * p // K,
        what=f"what worker 0 of {K} sends of {p} numbers",
        hint="count one worker; each of 2(K − 1) rounds carries p/K numbers",
    )
    expect_close(V, kept, what="the argument", hint="work on a copy")
result, _ = ring_sum(np.ones((5, 2)))
expect_close(
    result,
    np.full((5, 2), 5.0),
    what="more workers than numbers",
    hint="some parts are empty; their slices still have to be right",
)

# %% solution
import numpy as np


def ring_sum(V):
    """Each row of V (K, p) ends as the sum of all rows, by a ring.

    Return the result (K, p) and how many numbers worker 0 sends.
    """
    V = np.array(V, dtype=float)
    K, sent = len(V), 0
    ends = [k * V.shape[1] // K for k in range(K + 1)]
    for t in range(2 * (K - 1)):
        before = V.copy()
        for k in range(K):
            c = (k - t) % K
            part = slice(ends[c], ends[c + 1])
            x, j = before[k, part], (k + 1) % K
            V[j, part] = before[j, part] + x if t < K - 1 else x
            sent += len(x) if k == 0 else 0
    return V, sent
