# %% starter
import numpy as np


def steepest_on_level(g, a):
    """Unit vector u with a @ u = 0 along which g @ u is largest, or
    zeros if none has g @ u > 0; g and a of shape (n,), a not zero."""
    p = g - (a @ g) * a
    return p / np.linalg.norm(p)


# %% check
import numpy as np

from derivable.grading import expect_close

u = steepest_on_level(np.array([3.0, 4.0]), np.array([0.0, 2.0]))
expect_close(
    u,
    [1, 0],
    what="direction for g = (3, 4), a = (0, 2)",
    hint="a need not have length 1: which multiple of it is in g?",
)
rng = np.random.default_rng(0)
for n in (2, 3, 7):
    g, a = rng.normal(size=(2, n))
    for scale in (1, 1e-6, 1e6):
        u = steepest_on_level(scale * g, a)
        expect_close(np.linalg.norm(u), 1, what=f"length of u for n = {n}")
        expect_close(a @ u, 0, atol=1e-9, what=f"a @ u for n = {n}")
        best = np.sqrt(g @ g - (a @ g) ** 2 / (a @ a))
        expect_close(
            g @ u,
            best,
            rtol=1e-7,
            what=f"slope along u for n = {n}",
            hint="by Pythagoras it is the length of the rest of g",
        )
a = np.array([0.1, 0.7, -0.3])
for g in (3 * a, -a / 7, 0 * a):
    expect_close(
        steepest_on_level(g, a),
        np.zeros(3),
        what="direction for g a multiple of a",
        hint="what is left of g is rounding; compare it with g",
    )
a, b = np.array([1.0, 2.0, 2.0]), np.array([0.0, 1.0, -1.0])
expect_close(
    steepest_on_level(a + 1e-10 * b, a),
    b / np.sqrt(2),
    atol=1e-4,
    what="direction for g = a + 10⁻¹⁰ b with b orthogonal to a",
    hint="that little is more than rounding, and it is a direction",
)

# %% solution
import numpy as np


def steepest_on_level(g, a):
    """Unit vector u with a @ u = 0 along which g @ u is largest, or
    zeros if none has g @ u > 0; g and a of shape (n,), a not zero."""
    p = g - (a @ g) / (a @ a) * a
    length = np.linalg.norm(p)
    if length <= 1e-12 * np.linalg.norm(g):
        return np.zeros(len(g))
    return p / length
