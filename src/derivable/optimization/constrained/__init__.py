"""Constrained optimization: from Lagrange to support vectors.

Notation:
    f: what is to be small; x: a point, shape (n,).
    h: what must be zero, shape (p,), with multipliers nu.
    g: what must not be positive, shape (m,), with multipliers lam.
"""

from derivable.optimization.constrained.duality import dual_value, duality_gap
from derivable.optimization.constrained.entropy import MaxEntropy, max_entropy
from derivable.optimization.constrained.kernels import (
    linear_kernel,
    rbf_kernel,
)
from derivable.optimization.constrained.kkt import (
    KKTResidual,
    fit_multipliers,
    kkt_residual,
)
from derivable.optimization.constrained.newton_kkt import (
    LagrangePath,
    classify_constrained,
    lagrange,
)
from derivable.optimization.constrained.penalties import (
    ConstrainedPath,
    augmented_lagrangian,
    barrier,
    quadratic_penalty,
)
from derivable.optimization.constrained.problem import ConstrainedProblem
from derivable.optimization.constrained.projected import projected_gradient
from derivable.optimization.constrained.projections import (
    project_ball,
    project_box,
    project_halfspace,
    project_simplex,
)
from derivable.optimization.constrained.svm import SVC, svc

__all__ = [
    "SVC",
    "ConstrainedPath",
    "ConstrainedProblem",
    "KKTResidual",
    "LagrangePath",
    "MaxEntropy",
    "augmented_lagrangian",
    "barrier",
    "classify_constrained",
    "dual_value",
    "duality_gap",
    "fit_multipliers",
    "kkt_residual",
    "lagrange",
    "linear_kernel",
    "max_entropy",
    "project_ball",
    "project_box",
    "project_halfspace",
    "project_simplex",
    "projected_gradient",
    "quadratic_penalty",
    "rbf_kernel",
    "svc",
]
