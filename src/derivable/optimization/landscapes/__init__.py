"""Saddle points and landscapes: how methods leave, how losses look.

One chapter of the book; every public name is reachable from here.
"""

from derivable.optimization.landscapes.connectivity import (
    bezier,
    loss_barrier,
    match_units,
    train_bezier,
)
from derivable.optimization.landscapes.curvature import (
    exact_hessian,
    rescale,
    sharpness,
)
from derivable.optimization.landscapes.escape import (
    escape_time,
    growth_factor,
    predicted_escape_time,
)
from derivable.optimization.landscapes.matching import assignment
from derivable.optimization.landscapes.network import (
    Network,
    network_loss,
    two_moons,
)
from derivable.optimization.landscapes.perturbation import (
    in_ball,
    perturbed_gradient_descent,
)
from derivable.optimization.landscapes.random_matrices import (
    index_counts,
    positive_probability,
    random_symmetric,
)
from derivable.optimization.landscapes.slices import (
    filter_normalise,
    loss_line,
    loss_plane,
)
from derivable.optimization.landscapes.surfaces import (
    flat_saddle,
    monkey_saddle,
    product_loss,
    saddle,
)

__all__ = [
    "Network",
    "assignment",
    "bezier",
    "escape_time",
    "exact_hessian",
    "filter_normalise",
    "flat_saddle",
    "growth_factor",
    "in_ball",
    "index_counts",
    "loss_barrier",
    "loss_line",
    "loss_plane",
    "match_units",
    "monkey_saddle",
    "network_loss",
    "perturbed_gradient_descent",
    "positive_probability",
    "predicted_escape_time",
    "product_loss",
    "random_symmetric",
    "rescale",
    "saddle",
    "sharpness",
    "train_bezier",
    "two_moons",
]
