# %% starter
from derivable.optimization import Optimizer


def lion(learning_rate, *, beta1=0.9, beta2=0.99):
    """Steps −α sign(β₁ m + (1 − β₁) g), then m ← β₂ m + (1 − β₂) g."""

    def step(x, g, state, alpha, t):
        return -alpha * g

    return Optimizer("Lion", learning_rate, step, ("m",))


# %% check
import numpy as np

from derivable.grading import expect_close
from derivable.optimization import (
    Problem,
    cosine_decay,
    minimize,
    quadratic,
)

bowl = quadratic(np.diag([1.0, 100.0]))
path = minimize(bowl, [3.0, -4.0], lion(0.1), num_steps=1)
expect_close(
    path.x[1],
    [2.9, -3.9],
    what="first step from (3, −4)",
    hint="every coordinate moves by α, towards −g",
)
flip = Problem(lambda x: x[0], lambda x: np.where(x > -0.05, 1.0, -40.0))
path = minimize(flip, [0.0], lion(0.1), num_steps=3)
expect_close(
    path.x[:, 0],
    [0, -0.1, 0, 0.1],
    what="path where the slope flips from 1 to −40",
    hint="m is updated after the step, with β₂, in place: m *= …; m += …",
)
path = minimize(
    bowl, [3.0, -4.0], lion(cosine_decay(0.4, num_steps=100)), num_steps=100
)
expect_close(path.x[-1], [0, 0], atol=0.02, what="end of a cosine")
again = minimize(bowl, [3.0, -4.0], lion(0.1, beta1=0), num_steps=2)
expect_close(again.x[-1], [2.8, -3.8], what="with β₁ = 0")

# %% solution
import numpy as np

from derivable.optimization import Optimizer


def lion(learning_rate, *, beta1=0.9, beta2=0.99):
    """Steps −α sign(β₁ m + (1 − β₁) g), then m ← β₂ m + (1 − β₂) g."""

    def step(x, g, state, alpha, t):
        m = state["m"]
        change = -alpha * np.sign(beta1 * m + (1 - beta1) * g)
        m *= beta2
        m += (1 - beta2) * g
        return change

    return Optimizer("Lion", learning_rate, step, ("m",))
