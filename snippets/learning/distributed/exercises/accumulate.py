# %% starter
import numpy as np


def accumulate(gradient, X, y, size):
    """Gradient of the mean loss on all of X (n, d) and y (n,).

    gradient(X, y) is that of the mean loss on its samples; give it at
    most `size` samples at a time.
    Raise a ValueError if size is below 1.
    """
    parts = [
        gradient(X[i : i + size], y[i : i + size])
        for i in range(0, len(X), size)
    ]
    return sum(parts)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

rng = np.random.default_rng(0)
X, y = rng.normal(size=(10, 3)), rng.normal(size=10)
w = rng.normal(size=3)
seen = []


def gradient(X, y):
    if len(X) == 0:
        raise AssertionError("a part without samples has no mean")
    seen.append(len(X))
    return X.T @ (X @ w - y) / len(X)


for size in (10, 5, 4, 3, 1, 25):
    seen.clear()
    found = accumulate(gradient, X, y, size)
    expect_equal(
        max(seen) <= size and sum(seen) == 10,
        True,
        what=f"at most {size} samples at a time, each of them once",
        hint="the last part may be smaller",
    )
    expect_close(
        found,
        X.T @ (X @ w - y) / 10,
        what=f"the gradient from parts of {size}",
        hint="a part counts as much as it has samples, also the last",
    )
for size in (0, -1):
    expect_raises(
        ValueError,
        lambda size=size: accumulate(gradient, X, y, size),
        what=f"accumulate with parts of {size} samples",
        hint="raise it yourself: size must be at least 1",
    )

# %% solution
import numpy as np


def accumulate(gradient, X, y, size):
    """Gradient of the mean loss on all of X (n, d) and y (n,).

    gradient(X, y) is that of the mean loss on its samples; give it at
    most `size` samples at a time.
    Raise a ValueError if size is below 1.
    """
    if size < 1:
        raise ValueError(f"size must be at least 1, got {size}")
    total = 0.0
    for i in range(0, len(X), size):
        part = X[i : i + size]
        total = total + len(part) / len(X) * gradient(part, y[i : i + size])
    return total
