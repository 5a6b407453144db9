# %% starter
import numpy as np


class Adam:
    """One instance for one array of parameters; step returns the new x."""

    def __init__(self, rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.rate, self.beta1, self.beta2 = rate, beta1, beta2
        self.epsilon = epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, x, g):
        m_hat = self.m / (1 - self.beta1**self.t)
        self.m = self.beta1 * self.m + (1 - self.beta1) * g
        self.v = self.beta2 * self.v + (1 - self.beta2) * g
        self.t += 1
        x -= self.rate * m_hat / np.sqrt(self.v)
        return x


# %% check
import numpy as np

from derivable.grading import expect_close
from derivable.optimization import Problem, adam, minimize

x = np.array([1.0, -2.0])
rule = Adam(rate=0.1)
expect_close(
    rule.step(x, np.array([3.0, -0.001])),
    [0.9, -1.9],
    atol=1e-5,
    what="first step",
    hint="count t first; update both means first; the first step is α",
)
expect_close(x, [1, -2], what="x after the call", hint="x -= writes in it")


def gradient(x):
    return np.cos(x) * np.array([1.0, 100.0])


path = minimize(
    Problem(np.sum, gradient), x, adam(0.1, epsilon=0.5), num_steps=9
)
rule, y = Adam(rate=0.1, epsilon=0.5), x
for _ in range(9):
    y = rule.step(y, gradient(y))
expect_close(
    y,
    path.x[-1],
    what="nine steps with ε = 0.5",
    hint="v is the mean of g², v̂ needs its correction, ε is outside the root",
)
rule = Adam(rate=0.1)
expect_close(
    rule.step(np.zeros((2, 1)), np.zeros((2, 1))),
    np.zeros((2, 1)),
    what="a step from a zero gradient",
    hint="0/0: where is ε?",
)

# %% solution
import numpy as np


class Adam:
    """One instance for one array of parameters; step returns the new x."""

    def __init__(self, rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.rate, self.beta1, self.beta2 = rate, beta1, beta2
        self.epsilon = epsilon
        self.m = self.v = 0.0
        self.t = 0

    def step(self, x, g):
        self.t += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * g
        self.v = self.beta2 * self.v + (1 - self.beta2) * g**2
        m_hat = self.m / (1 - self.beta1**self.t)
        v_hat = self.v / (1 - self.beta2**self.t)
        return x - self.rate * m_hat / (np.sqrt(v_hat) + self.epsilon)
