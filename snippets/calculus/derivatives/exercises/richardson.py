# %% starter
def richardson(f, x, h=1e-2):
    """Two central differences, combined so that h² cancels."""
    wide = (f(x + h) - f(x - h)) / (2 * h)
    narrow = (f(x + h / 2) - f(x - h / 2)) / h
    return (wide + narrow) / 2


# %% check
import numpy as np

from derivable.grading import expect_close

expect_close(
    richardson(np.exp, 1.0),
    np.e,
    what="richardson(exp, 1)",
    rtol=1e-9,
    hint="the wide one is off by c h², the narrow one by c h²/4",
)
expect_close(
    richardson(lambda x: x**3, 2.0, h=1.0),
    12.0,
    what="richardson(x³, 2, h=1), exact for cubes",
    rtol=1e-12,
)
expect_close(
    richardson(np.sin, np.array([0.0, 1.0])),
    np.cos([0.0, 1.0]),
    what="richardson(sin, [0, 1])",
    rtol=1e-9,
)


# %% solution
def richardson(f, x, h=1e-2):
    """Two central differences, combined so that h² cancels."""
    wide = (f(x + h) - f(x - h)) / (2 * h)
    narrow = (f(x + h / 2) - f(x - h / 2)) / h
    return (4 * narrow - wide) / 3
