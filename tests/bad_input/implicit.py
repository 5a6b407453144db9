"""Calls of the chapter on implicit differentiation."""

import numpy as np

from derivable.calculus import grad

X = np.array([0.5, 1.5])
Y = np.array([0.6, -0.4])


def equation(x, y):
    return y + np.tanh(y) / 2 - x


# It is a part of the parameters of a rule that the reader writes.
def square(x):
    return x**2, x


def square_back(x, g):
    return (2 * x * g,)


CALLED = {
    "fixed_point.x": "operand",
    "root.x": "operand",
    "solve_sylvester.A": "operand",
    "solve_sylvester.B": "operand",
    "solve_sylvester.C": "operand",
}


def calls():
    y = np.array([0.4, 0.9])
    for _ in range(40):
        y = y - equation(X, y) / 1.5
    return {
        "color_columns": {
            "pattern": [[True, True, False], [False, True, True]]
        },
        "custom_vjp": {"forward": square, "backward": square_back},
        "fixed_point": {
            "f": lambda x, y: 0.5 * np.sin(y) + x,
            "x": X,
            "y0": Y,
            "tol": 1e-9,
            "max_steps": 100,
        },
        "implicit_jacobian": {"F": equation, "x": X, "y": y},
        "matrix_sqrt": {"A": [[2.0, 1.0], [1.0, 3.0]]},
        "root": {
            "F": equation,
            "x": X,
            "y0": Y,
            "tol": 1e-9,
            "max_steps": 40,
        },
        "solve_sylvester": {
            "A": [[2.0, 1.0], [0.0, 3.0]],
            "B": [[1.0]],
            "C": [[1.0], [2.0]],
        },
        "sparse_jacobian": {
            "f": lambda x: x[1:] / 2 - np.sin(x[:-1]),
            "x": [1.0, 2.0, 3.0],
            "pattern": [[True, True, False], [False, True, True]],
        },
        "stop_gradient": {"x": X},
        "unvec": {"v": [1.0, 2.0, 3.0, 4.0], "shape": (2, 2)},
        "vec": {"A": [[1.0, 2.0], [3.0, 4.0]]},
    }


USE = {
    "custom_vjp": lambda f: grad(lambda x: np.sum(f(x)))(X),
}
