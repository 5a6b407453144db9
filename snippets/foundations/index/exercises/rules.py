# %% starter
y = ...

# %% check
import numpy as np

from derivable.grading import expect_close

expect_close(
    y,
    np.log(np.exp(2.0) * np.exp(3.0)),
    what="ln(ab)",
    hint="the logarithm of a product is a sum",
)

# %% solution
y = 2 + 3
