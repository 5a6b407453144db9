# %% starter
count = ...

# %% check
import numpy as np

from derivable.foundations import is_linear
from derivable.grading import expect_close

rng = np.random.default_rng(0)
four = [lambda x: 3 * x, lambda x: 3 * x + 1, np.abs, np.square]
expect_close(
    count,
    sum(is_linear(f, 1, rng=rng).passed for f in four),
    what="how many of the four",
    hint="a constant, a kink and a square each break the equation",
)

# %% solution
count = 1
