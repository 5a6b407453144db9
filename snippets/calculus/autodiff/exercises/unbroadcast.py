# %% starter
import numpy as np


def undo(g, shape):
    """Sum the adjoint g down to `shape`."""
    return g.sum(axis=0)


# %% check
from derivable.grading import expect_close

g = np.arange(6.0).reshape(2, 3)
expect_close(undo(g, (3,)), [3, 5, 7], what="undo(g, (3,))")
expect_close(
    undo(g, (2, 1)),
    [[3], [12]],
    what="undo(g, (2, 1))",
    hint="an axis of length 1 was repeated: sum over it and keep it",
)
expect_close(undo(g, (2, 3)), g, what="undo(g, (2, 3))")
expect_close(undo(g, ()), 15, what="undo(g, ())", hint="a number was repeated")
expect_close(
    undo(g, (1,)),
    [15],
    what="undo(g, (1,))",
    hint="an axis was added and another repeated: both cases at once",
)

# %% solution
import numpy as np


def undo(g, shape):
    """Sum the adjoint g down to `shape`."""
    g = g.sum(axis=tuple(range(g.ndim - len(shape))))
    repeated = tuple(
        i for i, m in enumerate(shape) if m == 1 and g.shape[i] != 1
    )
    return g.sum(axis=repeated, keepdims=True) if repeated else g
