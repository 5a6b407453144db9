# %% starter
rate = ...

# %% check
from derivable.grading import expect_close

expect_close(
    rate,
    0.5 ** (30 / 10),
    what="the rate after 30 steps",
    hint="it was halved three times",
)

# %% solution
rate = 0.5**3
