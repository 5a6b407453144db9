# %% starter
import numpy as np


def clip_all(gradients, max_norm):
    """Gradients of at most max_norm together, and their norm before."""
    norms = [np.linalg.norm(g) for g in gradients]
    clipped = [
        g * min(1, max_norm / size)
        for g, size in zip(gradients, norms, strict=True)
    ]
    return clipped, max(norms)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_raises

rng = np.random.default_rng(1)
g = [rng.normal(size=s) for s in [(3, 4), (4,), (2, 2, 2)]]
kept = [a.copy() for a in g]
whole = np.sqrt(sum(np.sum(a**2) for a in g))
for c in (0.5, whole, 2 * whole):
    found, size = clip_all(g, c)
    expect_close(
        size,
        whole,
        what=f"the norm before, for max_norm {c:.2f}",
        hint="the root of the sum of all squares",
    )
    for a, b in zip(found, g, strict=True):
        expect_close(
            a,
            b * min(1, c / whole),
            what=f"the array of shape {b.shape} for max_norm {c:.2f}",
            hint="one factor for all arrays keeps the direction",
        )
for a, b in zip(g, kept, strict=True):
    expect_close(a, b, what="the gradients that were given, afterwards")
with np.errstate(all="raise"):
    found, size = clip_all([np.zeros(3), np.zeros((2, 1))], 1.0)
expect_close(size, 0.0, what="the norm of zeros")
for a, shape in zip(found, [(3,), (2, 1)], strict=True):
    expect_close(
        a, np.zeros(shape), what="zeros", hint="do not divide by the norm 0"
    )
for c in (0.0, -1.0):
    expect_raises(ValueError, clip_all, g, c, what=f"a largest norm of {c}")

# %% solution
import numpy as np


def clip_all(gradients, max_norm):
    """Gradients of at most max_norm together, and their norm before."""
    if max_norm <= 0:
        raise ValueError(f"max_norm must be positive, got {max_norm}")
    size = np.sqrt(sum(np.sum(g**2) for g in gradients))
    factor = max_norm / size if size > max_norm else 1.0
    return [factor * g for g in gradients], size
