# %% starter
def split_heads(X, h):
    """Rows (T, w) as h heads, shape (h, T, w/h)."""
    T, w = X.shape
    return X.reshape(h, T, w // h)


def join_heads(H):
    """Heads (h, T, d) side by side, shape (T, h d)."""
    h, T, d = H.shape
    return H.reshape(T, h * d)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_raises

rng = np.random.default_rng(0)
for T, w, h in [(2, 4, 2), (5, 6, 3), (3, 4, 1), (1, 4, 4), (4, 4, 4)]:
    X = rng.normal(size=(T, w))
    right = np.stack(np.split(X, h, axis=1))
    expect_close(
        split_heads(X, h),
        right,
        what=f"{h} heads of an array of shape {T, w}",
        hint="head i holds columns i·d to (i + 1)·d of every token",
    )
    expect_close(
        join_heads(right),
        X,
        what=f"{h} heads side by side",
        hint="the way back: swap the axes first, then reshape",
    )
expect_raises(
    ValueError,
    lambda: split_heads(np.ones((2, 5)), 2),
    what="5 columns for 2 heads",
    hint="check that h divides w",
)
expect_raises(
    ValueError,
    lambda: split_heads(np.ones((2, 5)), 4),
    what="5 columns for 4 heads",
    hint="check that h divides w",
)
expect_raises(
    ValueError,
    lambda: split_heads(np.ones((0, 5)), 2),
    what="5 columns of no token for 2 heads",
    hint="check that h divides w; a reshape of nothing does not",
)


# %% solution
def split_heads(X, h):
    """Rows (T, w) as h heads, shape (h, T, w/h)."""
    T, w = X.shape
    if w % h:
        raise ValueError(f"h must divide the width, {w}, got {h}")
    return X.reshape(T, h, w // h).swapaxes(0, 1)


def join_heads(H):
    """Heads (h, T, d) side by side, shape (T, h d)."""
    h, T, d = H.shape
    return H.swapaxes(0, 1).reshape(T, h * d)
