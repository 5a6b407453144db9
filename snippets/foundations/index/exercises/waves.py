# %% starter
count = ...

# %% check
from derivable.grading import expect_close

period = 1 / 5
expect_close(
    count,
    2 / period,
    what="how many waves",
    hint="five a second, for two seconds",
)

# %% solution
count = 10
