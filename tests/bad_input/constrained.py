"""Calls of the chapter on constrained optimization."""

import numpy as np

from derivable.optimization import (
    ConstrainedProblem,
    linear_kernel,
    project_ball,
    svc,
)

RESULTS = {
    "ConstrainedPath",
    "KKTResidual",
    "LagrangePath",
    "MaxEntropy",
    "SVC",
}
INFINITE = {  # a Lagrangian without a floor, an objective that may be ∞
    "ConstrainedProblem",
    "dual_value",
    "duality_gap",
}


def objective(x):
    return (x[0] - 2) ** 2 + (x[1] - 1) ** 2


def slope(x):
    return np.array([2 * (x[0] - 2), 2 * (x[1] - 1)])


def line(x):
    return np.array([x[0] + x[1] - 1])


def line_jacobian(_x):
    return np.array([[1.0, 1.0]])


def disc(x):
    return np.array([x[0] ** 2 + x[1] ** 2 - 4])


def disc_jacobian(x):
    return np.array([[2 * x[0], 2 * x[1]]])


def at(problem):
    x, nu, lam = np.array([0.3, 0.2]), np.array([0.1]), np.array([0.2])
    return (
        problem.lagrangian(x, nu, lam),
        problem.lagrangian_slope(x, nu, lam),
    )


USE = {
    "ConstrainedProblem": at,
    "rbf_kernel": lambda kernel: kernel([[1.0, 2.0]], [[0.0, 1.0]]),
    "svc": lambda machine: machine.decision([[1.0, 2.0]]),
}


CALLED = {
    "ConstrainedProblem.equality_jacobian": "the Jacobian of equalities",
    "ConstrainedProblem.inequality_jacobian": "the Jacobian of inequalities",
    "barrier.mus": "mu",
    "quadratic_penalty.penalties": "penalty",
    "classify_constrained.nu": "critical",
}


def calls():
    equal = {
        "equalities": line,
        "equality_jacobian": line_jacobian,
    }
    less = {
        "inequalities": disc,
        "inequality_jacobian": disc_jacobian,
    }
    both = ConstrainedProblem(objective, slope, **equal, **less)
    on_line = ConstrainedProblem(objective, slope, **equal)
    in_disc = ConstrainedProblem(objective, slope, **less)
    here = {"self": both, "x": np.array([0.3, 0.2])}
    at = {"problem": both, "x": [1.0, 0.0]}
    prices = {"nu": [0.1], "lam": [0.2]}
    X = [[0.0, 0.0], [1.0, 0.5], [3.0, 3.0], [4.0, 2.0]]
    y = [-1.0, -1.0, 1.0, 1.0]
    return {
        "ConstrainedProblem": {
            "f": objective,
            "gradient": slope,
            **equal,
            **less,
        },
        "ConstrainedProblem.curvature": {
            **here,
            "nu": np.array([0.1]),
            "lam": np.array([0.2]),
        },
        "ConstrainedProblem.g": here,
        "ConstrainedProblem.g_jacobian": here,
        "ConstrainedProblem.h": here,
        "ConstrainedProblem.h_jacobian": here,
        "ConstrainedProblem.lagrangian": {
            **here,
            "nu": np.array([0.1]),
            "lam": np.array([0.2]),
        },
        "ConstrainedProblem.lagrangian_slope": {
            **here,
            "nu": np.array([0.1]),
            "lam": np.array([0.2]),
        },
        "ConstrainedProblem.slope": here,
        "ConstrainedProblem.value": here,
        "SVC.decision": {"self": svc(X, y), "X": X},
        "SVC.predict": {"self": svc(X, y), "X": X},
        "augmented_lagrangian": {
            "problem": both,
            "x0": [0.5, 0.5],
            "penalty": 5.0,
            "tol": 1e-5,
            "max_steps": 40,
        },
        "barrier": {"problem": in_disc, "x0": [0.5, 0.5], "mus": [1.0, 0.1]},
        "classify_constrained": {
            "problem": on_line,
            "x": [1.0, 0.0],
            "nu": [2.0],
        },
        "dual_value": {"problem": both, "x0": [0.5, 0.5], **prices},
        "duality_gap": {**at, **prices, "tol": 1e-6},
        "fit_multipliers": {**at, "tol": 1e-6},
        "kkt_residual": {**at, **prices},
        "lagrange": {
            "problem": on_line,
            "x0": [0.5, 0.7],
            "nu0": [0.3],
            "tol": 1e-8,
            "max_steps": 20,
        },
        "linear_kernel": {"A": X, "B": X},
        "max_entropy": {
            "features": [[1.0], [2.0], [4.0]],
            "means": [2.5],
            "tol": 1e-9,
            "max_steps": 50,
        },
        "project_ball": {
            "x": [3.0, 4.0],
            "radius": 2.0,
            "center": [0.5, 0.5],
        },
        "project_box": {
            "x": [3.0, 4.0],
            "low": [0.0, 0.0],
            "high": [1.0, 2.0],
        },
        "project_halfspace": {"x": [3.0, 4.0], "a": [1.0, 2.0], "b": 1.0},
        "project_simplex": {"x": [3.0, 4.0], "total": 2.0},
        "projected_gradient": {
            "problem": ConstrainedProblem(objective, slope),
            "project": project_ball,
            "x0": [0.5, 0.5],
            "learning_rate": 0.1,
            "num_steps": 3,
        },
        "quadratic_penalty": {
            "problem": both,
            "x0": [0.5, 0.5],
            "penalties": [1.0, 10.0],
        },
        "rbf_kernel": {"gamma": 0.5},
        "svc": {
            "X": X,
            "y": y,
            "C": 1.0,
            "kernel": linear_kernel,
            "tol": 1e-3,
        },
    }
