# %% starter
y = ...

# %% check
from derivable.grading import expect_close

expect_close(
    y,
    8,
    what="f(g(3))",
    hint="g meets 3 first",
)

# %% solution
y = 2 * (3 + 1)
