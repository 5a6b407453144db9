# %% starter
x = ...

# %% check
from derivable.foundations import solutions
from derivable.grading import expect_close

expect_close(
    x,
    solutions([[5.0]], [21.0 + 4.0]).x[0],
    what="x",
    hint="the last step of 5x - 4 was taken last: undo it first",
)

# %% solution
x = (21 + 4) / 5
