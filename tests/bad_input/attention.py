"""Calls of the chapter on attention."""

import numpy as np

from derivable.learning import CachedDecoder, fit_ngram, init_transformer
from derivable.optimization import gradient_descent

RESULTS = {"NGram"}
FREE = {"encode_text.text"}  # "text" is a text; the tests have the rest
USE = {"CachedDecoder": lambda decoder: decoder.length}
SIZES = {"num_symbols": 5, "width": 4, "num_blocks": 2, "hidden": 3}


def calls():
    rng = np.random.default_rng(0)
    parameters = init_transformer(5, width=4, num_blocks=1, rng=rng, hidden=3)
    matrices = {
        key: rng.normal(size=(4, 4)) for key in ("Wq", "Wk", "Wv", "Wo")
    }
    at = {"parameters": parameters, "num_heads": 2}
    text = [0, 1, 2, 3, 4, 0, 1, 2]
    return {
        "CachedDecoder": at,
        "CachedDecoder.step": {
            "self": CachedDecoder(parameters, 2),
            "token": 3,
        },
        "NGram.cross_entropy": {
            "self": fit_ngram(text, order=2, num_symbols=5, discount=0.5),
            "tokens": [0, 3, 1],
        },
        "attention_gradients": {
            "Q": rng.normal(size=(2, 3)),
            "K": rng.normal(size=(4, 3)),
            "V": rng.normal(size=(4, 2)),
            "dO": rng.normal(size=(2, 2)),
            "mask": np.array([[True, False, True, True], [True] * 4]),
        },
        "book_text": {},
        "decode_tokens": {"tokens": [3, 4, 0]},
        "decoding_flops": {"length": 6, **SIZES, "cached": False},
        "encode_text": {"text": "a b."},
        "fit_ngram": {
            "tokens": text,
            "order": 3,
            "num_symbols": 5,
            "discount": 0.5,
        },
        "init_transformer": {**SIZES, "rng": rng},
        "multi_head_attention": {
            "X": rng.normal(size=(3, 4)),
            "weights": matrices,
            "num_heads": 2,
            "causal": False,
        },
        "next_distribution": {
            "scores": [1.0, 2.0, 0.0],
            "temperature": 0.7,
            "top_k": 2,
        },
        "ngram_cross_entropy": {
            "seen": text,
            "tokens": [0, 3, 1],
            "order": 3,
            "num_symbols": 5,
            "discount": 0.5,
        },
        "sample_tokens": {
            **at,
            "prompt": [0, 1],
            "num_tokens": 3,
            "context": 2,
            "rng": rng,
            "temperature": 0.7,
            "top_k": 2,
        },
        "token_cross_entropy": {**at, "tokens": text, "context": 4},
        "train_transformer": {
            **at,
            "tokens": text,
            "optimizer": gradient_descent(0.1),
            "context": 3,
            "batch_size": 2,
            "num_steps": 2,
            "rng": rng,
        },
        "trained_transformer": {},
        "transformer": {**at, "tokens": [0, 4, 2]},
        "transformer_flops": {"length": 6, **SIZES},
        "transformer_gradient": {**at, "tokens": [[0, 4, 2], [1, 1, 3]]},
        "transformer_loss": {**at, "tokens": [0, 4, 2]},
        "transformer_parameter_count": SIZES,
    }
