# %% starter
count = ...

# %% check
import numpy as np

from derivable.grading import expect_close

x = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
values = [x**2, x**3, 2**x, 2 * x + 1]
expect_close(
    count,
    sum(len(set(v)) == len(x) and min(v) < 0 for v in values),
    what="how many of the four",
    hint="one output from two inputs, or a number never reached?",
)

# %% solution
count = 2
