"""Training in practice: normalise, regularise, stop, and look inside.

Notation:
    X: a batch, one sample a row, shape (n, d).
    gamma, beta: scale and shift after a normalisation, shape (d,).
    step: (parameters, i) ↦ loss and gradient on the samples i.
"""

from derivable.learning.training.clipping import clipped_by_value
from derivable.learning.training.diagnosis import LayerReport, diagnose
from derivable.learning.training.dropout import dropout
from derivable.learning.training.loop import Fit, fit
from derivable.learning.training.network import (
    init_normalised,
    layer_statistics,
    normalised_mlp,
)
from derivable.learning.training.normalisation import (
    Normalised,
    batch_norm,
    batch_norm_backward,
    layer_norm,
    layer_norm_backward,
)
from derivable.learning.training.rates import (
    RangeTest,
    learning_rate_range_test,
)
from derivable.learning.training.running import BatchNorm, init_batch_norm
from derivable.learning.training.stopping import EarlyStopping

__all__ = [
    "BatchNorm",
    "EarlyStopping",
    "Fit",
    "LayerReport",
    "Normalised",
    "RangeTest",
    "batch_norm",
    "batch_norm_backward",
    "clipped_by_value",
    "diagnose",
    "dropout",
    "fit",
    "init_batch_norm",
    "init_normalised",
    "layer_norm",
    "layer_norm_backward",
    "layer_statistics",
    "learning_rate_range_test",
    "normalised_mlp",
]
