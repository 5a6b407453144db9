# %% starter
y = ...

# %% check
import numpy as np

from derivable.grading import expect_close

expect_close(
    y,
    np.sin(np.arccos(3 / 5)),
    what="sin θ",
    hint="the squares of sine and cosine add to 1, and y is positive",
)

# %% solution
y = 0.8
