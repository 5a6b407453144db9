# %% starter
y = ...

# %% check
import numpy as np

from derivable.grading import expect_close

expect_close(
    y,
    np.cos(np.pi),
    what="cos π",
    hint="half a turn leads to the opposite point",
)

# %% solution
y = -1
