# %% starter
y = ...

# %% check
from derivable.grading import expect_close

expect_close(
    y,
    0.8,
    what="sin θ",
    hint="the squares of sine and cosine add to 1, and y is positive",
)

# %% solution
y = 0.8
