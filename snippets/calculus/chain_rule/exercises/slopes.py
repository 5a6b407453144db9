# %% starter
import numpy as np

from derivable.calculus import sigmoid_derivative


def chain_slope(weights, x):
    """Slope of a ← σ(w a), repeated for each w, as a function of the
    first a = x."""
    return np.prod([w * sigmoid_derivative(w * x) for w in weights])


# %% check
import numpy as np

from derivable.calculus import numerical_gradient, sigmoid
from derivable.grading import expect_close


def chain(weights, x):
    for w in weights:
        x = sigmoid(w * x)
    return x


for weights in ([2.0], [1.0, 4.0], [3.0, -2.0, 0.5]):
    expect_close(
        chain_slope(weights, 0.7),
        numerical_gradient(lambda x, ws=weights: chain(ws, x), 0.7),
        rtol=1e-6,
        what=f"slope with weights {weights}",
        hint="each slope is taken where the signal is, which moves",
    )
expect_close(
    chain_slope([], 0.7), 1, what="slope of no layer", hint="f(x) = x"
)

# %% solution
from derivable.calculus import sigmoid, sigmoid_derivative


def chain_slope(weights, x):
    """Slope of a ← σ(w a), repeated for each w, as a function of the
    first a = x."""
    slope = 1.0
    for w in weights:
        slope *= float(w * sigmoid_derivative(w * x))
        x = sigmoid(w * x)
    return slope
