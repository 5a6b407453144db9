# %% starter
big = 1e17
y = ...

# %% check
from derivable.grading import expect_close

expect_close(
    y,
    big + 1 - big,
    what="1e17 + 1 - 1e17",
    hint="what is the distance from 1e17 to the next float?",
)

# %% solution
import math

big = 1e17
apart = math.ulp(big)
y = 0.0
