"""Calls of the chapter on automatic differentiation."""

import numpy as np

from derivable.calculus import Tensor

# What the graph is made of: the library's own.
SKIP = {
    "Dual.level",
    "Tensor.node",
    "backward.g",
    "backward.leaves",
    "record.inputs",
    "record.rules",
    "record.values",
    "record.y",
}

# A sum of exponentials is infinite with an infinite term, and a function may
# return infinity: its gradient is taken all the same.
INFINITE = {"grad", "logsumexp", "value_and_grad"}

RESULTS = {"Entry"}

X = np.array([0.5, 1.5])


def scalar(x):
    return np.sum(np.sin(x))


def calls():
    x = Tensor(np.array([0.5, 1.5]))
    return {
        "Dual": {"value": X, "tangent": [1.0, 0.0], "level": 1},
        "Tensor": {"data": X, "node": None},
        "backward": {"y": x * 2.0, "g": np.ones(2), "leaves": [x]},
        "grad": {"f": scalar, "argnum": 0},
        "jvp": {"f": np.sin, "x": X, "v": [1.0, 0.0]},
        "log_softmax": {"z": X, "axis": -1},
        "logsumexp": {"z": X, "axis": -1, "keepdims": False},
        "record": {"y": X, "inputs": (), "values": (), "rules": ()},
        "softmax": {"z": X, "axis": -1},
        "softmax_cross_entropy": {
            "Z": np.array([[1.0, 2.0]]),
            "Y": np.array([[0.0, 1.0]]),
        },
        "supported": {},
        "value_and_grad": {"f": scalar, "argnum": 0},
        "vjp": {"f": np.sin, "x": X},
    }


USE = {
    "grad": lambda gradient: gradient(X),
    "value_and_grad": lambda both: both(X),
    "vjp": lambda found: (found[0], found[1](np.ones(2))),
}
