"""Linear algebra: vectors, matrices, decompositions and tensors."""

from derivable.linalg.tensors import (
    attention,
    attention_weights,
    broadcast_shape,
    contiguous_strides,
    conv2d,
    conv2d_im2col,
    conv2d_matrix,
    conv_output_size,
    einsum_flops,
    einsum_loops,
    im2col,
    positional_encoding,
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
