# %% starter
y = ...

# %% check
from derivable.grading import expect_close

expect_close(
    y,
    5,
    what="ln(ab)",
    hint="the logarithm of a product is a sum",
)

# %% solution
y = 2 + 3
