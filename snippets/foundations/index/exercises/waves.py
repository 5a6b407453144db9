# %% starter
count = ...

# %% check
from derivable.grading import expect_close

expect_close(
    count,
    10,
    what="how many waves",
    hint="five a second, for two seconds",
)

# %% solution
count = 10
