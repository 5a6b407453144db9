"""Calls of the chapter on exponentials."""

RESULTS = {"FloatParts"}


def calls():
    x = [0.5, 1.5]
    return {
        "binary_cross_entropy_with_logits": {"z": x, "y": [0.0, 0.7]},
        "compound": {"x": 0.5, "n": [1.0, 12.0]},
        "exponential_series": {"x": x, "num_terms": 5},
        "float_parts": {"x": 0.1},
        "half_life": {"factor": 0.9},
        "logarithm": {"x": x, "base": 2.0},
        "logit": {"p": [0.2, 0.5]},
        "spacing": {"x": x},
    }
