# %% starter
import numpy as np

angle = ...

# %% check
import numpy as np

from derivable.grading import expect_close

expect_close(
    angle,
    np.radians(90.0),
    what="the angle in radians",
    hint="a full turn is 2π",
)

# %% solution
import numpy as np

angle = np.pi / 2
