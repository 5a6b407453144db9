"""Convolutional networks: filters, pooling, the way back, training."""

from derivable.learning.convolution.gradients import (
    col2im,
    conv2d_filter_gradient,
    conv2d_transpose,
    dilate,
)
from derivable.learning.convolution.layer import conv_layer
from derivable.learning.convolution.model import (
    convnet,
    convnet_gradient,
    convnet_loss,
    init_convnet,
    predict_images,
)
from derivable.learning.convolution.pooling import (
    average_pool2d,
    average_pool2d_gradient,
    max_pool2d,
    max_pool2d_gradient,
)
from derivable.learning.convolution.shapes import (
    conv_parameter_count,
    dilated_size,
    receptive_field,
)
from derivable.learning.convolution.training import train_convnet

__all__ = [
    "average_pool2d",
    "average_pool2d_gradient",
    "col2im",
    "conv2d_filter_gradient",
    "conv2d_transpose",
    "conv_layer",
    "conv_parameter_count",
    "convnet",
    "convnet_gradient",
    "convnet_loss",
    "dilate",
    "dilated_size",
    "init_convnet",
    "max_pool2d",
    "max_pool2d_gradient",
    "predict_images",
    "receptive_field",
    "train_convnet",
]
