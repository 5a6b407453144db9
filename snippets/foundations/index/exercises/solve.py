# %% starter
x = ...

# %% check
from derivable.grading import expect_close

expect_close(
    x,
    5,
    what="x",
    hint="the last step of 5x - 4 was taken last: undo it first",
)

# %% solution
x = (21 + 4) / 5
