# %% starter
import numpy as np


def attend(Q, K, V):
    """Causal attention of Q (m, d) over K (m, d) and V (m, e)."""
    S = Q @ K.T / Q.shape[1]
    P = np.exp(S) / np.exp(S).sum(axis=0)
    return np.tril(P) @ V


# %% check
import numpy as np

from derivable.grading import expect_close
from derivable.linalg import attention

rng = np.random.default_rng(0)
expect_close(
    attend(np.ones((3, 4)), np.ones((3, 4)), np.ones((3, 1))),
    np.ones((3, 1)),
    what="attention over values that are all 1",
    hint="each query's weights over the keys it sees must sum to 1",
)
for m, d, e in [(1, 3, 2), (4, 9, 2), (5, 1, 5)]:
    Q, K = rng.normal(size=(2, m, d))
    V = rng.normal(size=(m, e))
    expect_close(
        attend(Q, K, V),
        attention(Q, K, V, mask=np.tri(m, dtype=bool)),
        what=f"attention of {m} tokens with d = {d}",
        hint="the score has variance d: what is its standard deviation?",
    )
for first in (800.0, -800.0):
    keys = np.array([[first], [900.0]])
    expect_close(
        attend(np.ones((2, 1)), keys, np.eye(2)),
        np.eye(2),
        what=f"attention with the scores {first:.0f} and 900",
        hint="before exp, subtract the largest score that each row may see",
    )

# %% solution
import numpy as np


def attend(Q, K, V):
    """Causal attention of Q (m, d) over K (m, d) and V (m, e)."""
    S = Q @ K.T / np.sqrt(Q.shape[1])
    S = np.where(np.tri(len(Q), dtype=bool), S, -np.inf)
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True) @ V
