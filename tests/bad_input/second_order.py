"""Calls of the chapter on second-order methods."""

import numpy as np

from derivable.optimization import LeastSquares, quadratic

RESULTS = {"Descent", "Trial"}
A, B = np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0])


def residuals(x):
    return x**2 - B


def jacobian(x):
    return np.diag(2 * x)


def at(fit):
    x = np.array([1.0, 1.5])
    return fit.r(x), fit.J(x)


USE = {"LeastSquares": at}
INFINITE = {"conjugate_gradient"}  # a value −½ bᵀA⁻¹b beyond float64
FREE = {  # None takes the Hessian as it is
    "newton_direction.modification",
    "newton_minimize.modification",
}


def calls():
    x0 = [1.0, -1.5]
    run = {"problem": quadratic(A, B), "x0": x0, "tol": 1e-8, "max_steps": 50}
    fit = LeastSquares(residuals, jacobian)
    fitted = {"fit": fit, "x0": x0, "tol": 1e-8, "max_steps": 50}
    return {
        "LeastSquares": {"residuals": residuals, "jacobian": jacobian},
        "LeastSquares.J": {"self": fit, "x": np.array(x0)},
        "LeastSquares.r": {"self": fit, "x": np.array(x0)},
        "bfgs": {**run},
        "bfgs_update": {"B": A, "s": [1.0, 2.0], "y": [2.0, 1.0]},
        "conjugate_gradient": {
            "A": A,
            "b": B,
            "x0": x0,
            "tol": 1e-10,
            "max_steps": 20,
        },
        "gauss_newton": {**fitted, "line_search": True},
        "lbfgs": {**run, "memory": 3},
        "levenberg_marquardt": {**fitted, "damping": 1e-3},
        "nelder_mead": {
            "f": lambda x: x @ x,
            "simplex": [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]],
            "tol": 1e-3,
            "max_steps": 90,
        },
        "newton_direction": {"g": B, "H": A, "modification": "shift"},
        "newton_minimize": {**run, "modification": "eigenvalues"},
        "trust_region": {**run},
        "trust_region_step": {"g": B, "H": A, "radius": 0.5},
        "two_loop": {
            "g": B,
            "pairs": [(np.array([1.0, 2.0]), np.array([2.0, 1.0]))],
        },
        "wolfe_line_search": {
            "problem": run["problem"],
            "x": x0,
            "d": [-1.0, 1.0],
            "c1": 1e-4,
            "c2": 0.9,
        },
    }
