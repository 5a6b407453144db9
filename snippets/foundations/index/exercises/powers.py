# %% starter
y = ...

# %% check
import numpy as np

from derivable.grading import expect_close

expect_close(
    y,
    np.log2(1 / 8),
    what="the logarithm of 1/8 to base 2",
    hint="1/8 is 2 to which power?",
)

# %% solution
y = -3
