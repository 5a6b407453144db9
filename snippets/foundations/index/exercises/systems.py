# %% starter
count = ...

# %% check
from derivable.foundations import solutions
from derivable.grading import expect_close

found = solutions([[1, 2], [2, 4]], [4, 9])
expect_close(
    count,
    ["none", "one"].index(found.count),
    what="how many solutions",
    hint="twice the first equation contradicts the second",
)

# %% solution
count = 0
