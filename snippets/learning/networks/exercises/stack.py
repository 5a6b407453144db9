# %% starter
import numpy as np


def scores(layers, X):
    """Scores of a ReLU network; a layer is a pair (W, b)."""
    A = X
    for W, b in layers:
        A = np.maximum(A @ W + b, 0)
    return A


# %% check
import numpy as np

from derivable.grading import expect_close, expect_raises
from derivable.learning import mlp

rng = np.random.default_rng(1)
sizes = [(3, 4), (4, 5), (5, 2)]
layers = [(rng.normal(size=s), rng.normal(size=s[1])) for s in sizes]
X = rng.normal(size=(6, 3))
named = [{"W": W, "b": b} for W, b in layers]
for m, word in [(3, "three"), (2, "two")]:
    right = mlp(named[:m], X)
    assert (right < 0).any(), "else a ReLU at the end would pass"
    expect_close(
        scores(layers[:m], X),
        right,
        what=f"scores of {word} layers",
        hint="scores may be negative: no ReLU after the last layer",
    )
expect_close(
    scores(layers[:1], X),
    mlp(named[:1], X),
    what="scores of one layer",
    hint="a single layer is the last one",
)
expect_close(
    scores(layers, X[:1]), mlp(named, X[:1]), what="scores of one sample"
)
for n, shape in [(4, (4, 1)), (5, (5, 1)), (4, (1,)), (4, ()), (4, (1, 2))]:
    expect_raises(
        ValueError,
        scores,
        [(np.ones((3, 2)), np.ones(shape))],
        np.ones((n, 3)),
        what=f"a bias of shape {shape} for two units",
        hint=f"it fits a batch of {n} by accident; b must have shape (k,)",
    )
for i, where in enumerate(["first", "second", "last"]):
    for shape in [(6, 1), (1,)]:
        wrong = [*layers]
        wrong[i] = (layers[i][0], np.ones(shape))
        expect_raises(
            ValueError,
            scores,
            wrong,
            X,
            what=f"a bias of shape {shape} in the {where} layer of three",
            hint="look at the bias of every layer",
        )
narrow = [
    (rng.normal(size=s), rng.normal(size=s[1])) for s in [(3, 1), (1, 1)]
]
expect_close(
    scores(narrow, X),
    mlp([{"W": W, "b": b} for W, b in narrow], X),
    what="scores of layers with one unit",
    hint="for one unit the shape (1,) is right",
)

# %% solution
import numpy as np


def scores(layers, X):
    """Scores of a ReLU network; a layer is a pair (W, b)."""
    A = X
    for i, (W, b) in enumerate(layers):
        if np.shape(b) != W.shape[1:]:
            raise ValueError(f"b must have shape (k,), got {np.shape(b)}")
        if i > 0:
            A = np.maximum(A, 0)
        A = A @ W + b
    return A
