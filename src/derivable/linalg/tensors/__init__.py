"""Tensors: shapes, index notation, attention and convolution."""

from derivable.linalg.tensors.convolution import (
    conv2d,
    conv2d_im2col,
    conv2d_matrix,
    conv_output_size,
    im2col,
)
from derivable.linalg.tensors.einsum import einsum_flops, einsum_loops
from derivable.linalg.tensors.lookup import (
    attention,
    attention_weights,
    positional_encoding,
)
from derivable.linalg.tensors.shapes import (
    broadcast_shape,
    contiguous_strides,
)

__all__ = [
    "attention",
    "attention_weights",
    "broadcast_shape",
    "contiguous_strides",
    "conv2d",
    "conv2d_im2col",
    "conv2d_matrix",
    "conv_output_size",
    "einsum_flops",
    "einsum_loops",
    "im2col",
    "positional_encoding",
]
