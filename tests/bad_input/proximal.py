"""Calls of the chapter on proximal methods."""

import numpy as np

from derivable.optimization import (
    Problem,
    l1_ball,
    l1_norm,
    project_ball,
    squared_residuals,
)

RESULTS = {"ADMMPath", "FrankWolfePath", "LassoFit", "LassoPath"}
INFINITE = {  # a value may be ∞, and so may that of a start outside a set
    "ProxFunction",
    "ProxFunction.value",
    "conjugate",
    "fista",
    "indicator",
    "squared_residuals",
    "proximal_gradient",
}

X = [[1.0, 0.5], [0.0, 2.0], [1.5, -1.0]]
Y = [1.0, 2.0, -0.5]


def bowl(x):
    return (x - 1) @ (x - 1) / 2


def slope(x):
    return x - 1


def both(g):
    return g.value([0.6, 0.3]), g.prox([0.6, 0.3], 0.5)


USE = {
    "ConvexSet": lambda s: (s.vertex([1.0, -2.0]), s.project([1.0, -2.0])),
    "ProxFunction": both,
    "group_norm": both,
    "indicator": both,
    "l1_ball": lambda s: (s.vertex([1.0, -2.0]), s.project([1.0, -2.0])),
    "l1_norm": both,
    "simplex": lambda s: (s.vertex([1.0, -2.0]), s.project([1.0, -2.0])),
    "squared_residuals": both,
}
FREE = {  # answered by the functions that are given
    "ConvexSet.vertex",
    "ConvexSet.project",
}


def calls():
    problem, g = Problem(bowl, slope, smoothness=1.0), l1_norm(0.3)
    data = {"X": X, "y": Y}
    run = {"problem": problem, "g": g, "x0": [0.5, 2.0]}
    how = {"step": 0.5, "num_steps": 60, "tol": 1e-3}
    return {
        "ConvexSet": {"project": project_ball, "vertex": np.negative},
        "ProxFunction": {
            "f": lambda x: x @ x / 2,
            "operator": lambda x, t: x / (1 + t),
        },
        "ProxFunction.prox": {"self": g, "x": [1.0, -2.0], "step": 0.5},
        "ProxFunction.value": {"self": g, "x": [1.0, -2.0]},
        "admm": {
            "f": squared_residuals(X, Y),
            "g": g,
            "x0": [0.5, 2.0],
            "rho": 1.0,
            "num_steps": 60,
            "tol": 1e-3,
        },
        "conjugate": {
            "f": [1.0, 0.0, 1.0],
            "x": [-1.0, 0.0, 1.0],
            "s": [0.5, 1.0],
        },
        "fista": {**run, **how},
        "frank_wolfe": {
            "problem": problem,
            "feasible": l1_ball(1.0),
            "x0": [0.5, 0.2],
            "num_steps": 60,
            "tol": 0.2,
        },
        "group_norm": {"weight": 0.5, "groups": [[0], [1]]},
        "indicator": {"project": project_ball},
        "l1_ball": {"radius": 2.0},
        "l1_norm": {"weight": 0.5},
        "lambda_max": data,
        "lasso": {**data, "lam": 0.1, "tol": 1e-9, "max_sweeps": 50},
        "lasso_path": {
            **data,
            "lams": [0.5, 0.1],
            "tol": 1e-9,
            "max_sweeps": 50,
        },
        "moreau_envelope": {"g": g, "x": [1.0, -2.0], "step": 0.5},
        "prox_group": {
            "x": [3.0, 4.0, 1.0],
            "threshold": 1.0,
            "groups": [[0, 1], [2]],
        },
        "proximal_gradient": {**run, **how},
        "simplex": {"total": 2.0},
        "soft_threshold": {"x": [3.0, -0.5], "threshold": 1.0},
        "squared_residuals": data,
    }
