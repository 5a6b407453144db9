# %% starter
y = ...

# %% check
from derivable.grading import expect_close

expect_close(
    y,
    -1,
    what="cos π",
    hint="half a turn leads to the opposite point",
)

# %% solution
y = -1
