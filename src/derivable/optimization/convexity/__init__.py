"""Convexity: chords, tangents, curvature, and the losses that have them."""

from derivable.optimization.convexity.chords import (
    chord_gap,
    jensen_gap,
    tangent_gap,
)
from derivable.optimization.convexity.examples import (
    ConvexFunction,
    convex_functions,
)
from derivable.optimization.convexity.falsifier import (
    ConvexityCheck,
    is_convex_on_samples,
)
from derivable.optimization.convexity.losses import (
    Loss,
    absolute_loss,
    categorical_loss,
    hinge_loss,
    huber_loss,
    logistic_loss,
    squared_loss,
)
from derivable.optimization.convexity.objectives import linear_objective
from derivable.optimization.convexity.smoothness import curvature_on_samples

__all__ = [
    "ConvexFunction",
    "ConvexityCheck",
    "Loss",
    "absolute_loss",
    "categorical_loss",
    "chord_gap",
    "convex_functions",
    "curvature_on_samples",
    "hinge_loss",
    "huber_loss",
    "is_convex_on_samples",
    "jensen_gap",
    "linear_objective",
    "logistic_loss",
    "squared_loss",
    "tangent_gap",
]
