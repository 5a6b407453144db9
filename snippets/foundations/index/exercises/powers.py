# %% starter
y = ...

# %% check
from derivable.grading import expect_close

expect_close(
    y,
    -3,
    what="the logarithm of 1/8 to base 2",
    hint="1/8 is 2 to which power?",
)

# %% solution
y = -3
