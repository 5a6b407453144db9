"""Proximal methods: minimise what has kinks, one simple piece at a time.

Notation:
    f: smooth and convex; g: convex, with a proximal operator.
    x: a point, shape (n,). t: a step, L: the largest curvature of f.
"""

from derivable.optimization.proximal.admm import ADMMPath, admm
from derivable.optimization.proximal.envelope import (
    conjugate,
    moreau_envelope,
)
from derivable.optimization.proximal.frank_wolfe import (
    FrankWolfePath,
    frank_wolfe,
)
from derivable.optimization.proximal.functions import (
    ProxFunction,
    group_norm,
    indicator,
    l1_norm,
    squared_residuals,
)
from derivable.optimization.proximal.gradient import fista, proximal_gradient
from derivable.optimization.proximal.lasso import (
    LassoFit,
    LassoPath,
    lambda_max,
    lasso,
    lasso_path,
)
from derivable.optimization.proximal.operators import (
    prox_group,
    soft_threshold,
)
from derivable.optimization.proximal.sets import ConvexSet, l1_ball, simplex

__all__ = [
    "ADMMPath",
    "ConvexSet",
    "FrankWolfePath",
    "LassoFit",
    "LassoPath",
    "ProxFunction",
    "admm",
    "conjugate",
    "fista",
    "frank_wolfe",
    "group_norm",
    "indicator",
    "l1_ball",
    "l1_norm",
    "lambda_max",
    "lasso",
    "lasso_path",
    "moreau_envelope",
    "prox_group",
    "proximal_gradient",
    "simplex",
    "soft_threshold",
    "squared_residuals",
]
