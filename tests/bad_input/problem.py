"""Calls of what all methods of optimization take and return."""

import numpy as np

from derivable.optimization import quadratic

RESULTS = {"Path"}
FREE = {
    "Problem.f",
    "Problem.gradient",
    "Problem.hessian",  # checked where it is used, as f and the gradient
}


def at(problem):
    x = np.array([0.3, 0.2])
    return problem.f(x), problem.gradient(x), problem.minimiser


USE = {"Problem": at}


def calls():
    valley = quadratic([[2.0, 1.0], [1.0, 3.0]], [1.0, 2.0])
    return {
        "Problem": {
            "f": valley.f,
            "gradient": valley.gradient,
            "hessian": valley.hessian,
            "minimiser": [0.2, 0.6],
            "smoothness": 4.0,
            "convexity": 1.0,
        },
    }
