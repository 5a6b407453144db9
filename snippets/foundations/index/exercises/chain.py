# %% starter
y = ...

# %% check
from derivable.foundations import compose
from derivable.grading import expect_close

expect_close(
    y,
    compose(lambda x: 2 * x, lambda x: x + 1)(3),
    what="f(g(3))",
    hint="g meets 3 first",
)

# %% solution
y = 2 * (3 + 1)
