# %% starter
import numpy as np


def direction(g, pairs):
    """Minus the L-BFGS estimate times g; pairs (s, y), oldest first."""
    q = np.array(g, dtype=float)
    kept = []
    for s, y in reversed(pairs):
        a = (s @ q) / (s @ y)
        q = q - a * y
        kept.append(a)
    for (s, y), a in zip(pairs, kept, strict=True):
        b = (y @ q) / (s @ y)
        q = q + (a - b) * s
    return -q


# %% check
import numpy as np

from derivable.grading import expect_close
from derivable.optimization import bfgs_update

rng = np.random.default_rng(0)
A = np.diag([1.0, 4.0, 9.0, 16.0])
g = rng.normal(size=4)
pairs = [(s, A @ s) for s in rng.normal(size=(3, 4))]
expect_close(direction(g, []), -g, what="the direction without pairs")
s, y = pairs[0]
B = bfgs_update(np.eye(4) * (s @ y) / (y @ y), s, y)
expect_close(
    direction(g, pairs[:1]),
    -B @ g,
    what="the direction with one pair",
    hint="between the loops q is multiplied by s·y / y·y of the newest pair",
)
s, y = pairs[-1]
B = np.eye(4) * (s @ y) / (y @ y)
for s, y in pairs:
    B = bfgs_update(B, s, y)
expect_close(
    direction(g, pairs),
    -B @ g,
    what="the direction with three pairs",
    hint="the second loop meets the pairs in the opposite order",
)

# %% solution
import numpy as np


def direction(g, pairs):
    """Minus the L-BFGS estimate times g; pairs (s, y), oldest first."""
    q = np.array(g, dtype=float)
    kept = []
    for s, y in reversed(pairs):
        a = (s @ q) / (s @ y)
        q = q - a * y
        kept.append(a)
    if pairs:
        s, y = pairs[-1]
        q = q * (s @ y) / (y @ y)
    for (s, y), a in zip(pairs, reversed(kept), strict=True):
        b = (y @ q) / (s @ y)
        q = q + (a - b) * s
    return -q
