# %% starter
import numpy as np


def fold(B, shape, kernel):
    """Add patches, one a row, into an image: the transpose of im2col."""
    (H, W), (R, S) = shape, kernel
    image = np.zeros((H, W))
    row = 0
    for i in range(H - R + 1):
        for j in range(W - S + 1):
            image[i : i + R, j : j + S] = B[row].reshape(R, S)
            row += 1
    return image


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises
from derivable.linalg import im2col

rng = np.random.default_rng(2)
for shape, kernel in [((5, 4), (3, 2)), ((4, 4), (1, 1)), ((3, 6), (3, 6))]:
    X = rng.normal(size=shape)
    B = im2col(X[None, None], kernel)
    G = rng.normal(size=B.shape)
    found = fold(G.copy(), shape, kernel)
    expect_equal(
        np.shape(found), shape, what="the shape", hint="that of the image"
    )
    expect_close(
        np.sum(X * found),
        np.sum(B * G),
        what=f"⟨X, fold(G)⟩ for {shape} and {kernel}",
        hint="patches overlap: where they do, add",
    )
line = np.array([1.0, 2.0, 2.0, 1.0])
expect_close(
    fold(np.ones((9, 4)), (4, 4), (2, 2)),
    np.outer(line, line),
    what="fold of ones",
    hint="each pixel counts the patches that hold it",
)
for wrong in [(8, 4), (10, 4), (9, 3)]:
    expect_raises(
        ValueError,
        lambda wrong=wrong: fold(np.ones(wrong), (4, 4), (2, 2)),
        what=f"patches {wrong} for 9 places of 4 entries",
        hint="compare B.shape with places and entries of a patch",
    )

# %% solution
import numpy as np


def fold(B, shape, kernel):
    """Add patches, one a row, into an image: the transpose of im2col."""
    (H, W), (R, S) = shape, kernel
    wanted = ((H - R + 1) * (W - S + 1), R * S)
    if B.shape != wanted:
        raise ValueError(f"B must have shape {wanted}, got {B.shape}")
    image = np.zeros((H, W))
    row = 0
    for i in range(H - R + 1):
        for j in range(W - S + 1):
            image[i : i + R, j : j + S] += B[row].reshape(R, S)
            row += 1
    return image
