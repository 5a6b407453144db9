# %% starter


def kind(H):
    """minimum, maximum, saddle or inconclusive, from a 2 × 2 Hessian."""
    determinant = H[0][0] * H[1][1] - H[0][1] * H[1][0]
    return "minimum" if determinant > 0 else "saddle"


# %% check
from derivable.grading import expect_equal

expect_equal(kind([[2, 0], [0, 3]]), "minimum", what="kind(diag(2, 3))")
expect_equal(
    kind([[-2, 0], [0, -3]]),
    "maximum",
    what="kind(diag(-2, -3))",
    hint="a positive determinant only says that the signs are equal",
)
expect_equal(kind([[1, 2], [2, 1]]), "saddle", what="kind([[1, 2], [2, 1]])")
expect_equal(
    kind([[1, 1], [1, 1]]),
    "inconclusive",
    what="kind([[1, 1], [1, 1]])",
    hint="one eigenvalue is zero",
)


# %% solution
def kind(H):
    """minimum, maximum, saddle or inconclusive, from a 2 × 2 Hessian."""
    determinant = H[0][0] * H[1][1] - H[0][1] * H[1][0]
    trace = H[0][0] + H[1][1]
    if determinant < 0:
        return "saddle"
    if determinant == 0:
        return "inconclusive"
    return "minimum" if trace > 0 else "maximum"
