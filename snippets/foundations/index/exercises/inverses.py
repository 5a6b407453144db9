# %% starter
count = ...

# %% check
from derivable.grading import expect_close

expect_close(
    count,
    2,
    what="how many of the four",
    hint="one output from two inputs cannot be undone",
)

# %% solution
count = 2
