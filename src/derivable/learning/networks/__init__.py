"""Networks: layers, the way back by hand, training, approximation."""

from derivable.learning.networks.activations import (
    gelu,
    gelu_derivative,
    leaky_relu,
    leaky_relu_derivative,
)
from derivable.learning.networks.approximation import hinge_network
from derivable.learning.networks.model import (
    backpropagate,
    mlp,
    network_loss,
    predict_classes,
)
from derivable.learning.networks.parameters import (
    forward_flops,
    init_mlp,
    parameter_count,
)
from derivable.learning.networks.table import ACTIVATIONS, Activation
from derivable.learning.networks.training import Training, train

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "Training",
    "backpropagate",
    "forward_flops",
    "gelu",
    "gelu_derivative",
    "hinge_network",
    "init_mlp",
    "leaky_relu",
    "leaky_relu_derivative",
    "mlp",
    "network_loss",
    "parameter_count",
    "predict_classes",
    "train",
]
