# %% starter
big = 1e16
y = ...

# %% check
from derivable.grading import expect_close

expect_close(
    y,
    big + 1 - big,
    what="1e16 + 1 - 1e16",
    hint="what is the distance from 1e16 to the next float?",
)

# %% solution
big = 1e16
y = 0.0
