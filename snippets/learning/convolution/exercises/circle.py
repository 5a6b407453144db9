# %% starter
import numpy as np


def circular(x, f):
    """Slide f over x, which goes on at its start: as many outputs as x."""
    k = len(f)
    wide = np.concatenate([x, np.zeros(k - 1)])
    return np.array([f @ wide[i : i + k] for i in range(len(x))])


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(4)
for n, k in [(7, 3), (5, 5), (6, 1), (2, 3), (2, 5)]:
    x, f = rng.normal(size=n), rng.normal(size=k)
    y = circular(x.copy(), f.copy())
    expect_equal(
        np.shape(y), (n,), what="the shape", hint="one output for each entry"
    )
    expect_close(
        y,
        sum(f[r] * np.roll(x, -r) for r in range(k)),
        what=f"the outputs for lengths {n} and {k}",
        hint="entry i + r, counted modulo len(x)",
    )
    expect_close(
        circular(np.roll(x, 2), f.copy()),
        np.roll(y, 2),
        what="a shift by two",
        hint="no border may be seen: nothing is padded",
    )

# %% solution
import numpy as np


def circular(x, f):
    """Slide f over x, which goes on at its start: as many outputs as x."""
    i, r = np.arange(len(x))[:, None], np.arange(len(f))
    return x[(i + r) % len(x)] @ f
