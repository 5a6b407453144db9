# %% starter
count = ...

# %% check
from derivable.grading import expect_close

expect_close(
    count,
    0,
    what="how many solutions",
    hint="twice the first equation contradicts the second",
)

# %% solution
count = 0
