"""Attention: heads, a small transformer, its text and its rivals."""

from derivable.learning.attention.corpus import (
    ALPHABET,
    book_text,
    decode_tokens,
    encode_text,
)
from derivable.learning.attention.counts import (
    decoding_flops,
    transformer_flops,
    transformer_parameter_count,
)
from derivable.learning.attention.decoding import (
    CachedDecoder,
    next_distribution,
    sample_tokens,
)
from derivable.learning.attention.heads import (
    attention_gradients,
    multi_head_attention,
)
from derivable.learning.attention.model import (
    token_cross_entropy,
    transformer,
    transformer_gradient,
    transformer_loss,
)
from derivable.learning.attention.ngram import (
    NGram,
    fit_ngram,
    ngram_cross_entropy,
)
from derivable.learning.attention.parameters import (
    init_transformer,
    trained_transformer,
)
from derivable.learning.attention.training import train_transformer

__all__ = [
    "ALPHABET",
    "CachedDecoder",
    "NGram",
    "attention_gradients",
    "book_text",
    "decode_tokens",
    "decoding_flops",
    "encode_text",
    "fit_ngram",
    "init_transformer",
    "multi_head_attention",
    "next_distribution",
    "ngram_cross_entropy",
    "sample_tokens",
    "token_cross_entropy",
    "train_transformer",
    "trained_transformer",
    "transformer",
    "transformer_flops",
    "transformer_gradient",
    "transformer_loss",
    "transformer_parameter_count",
]
