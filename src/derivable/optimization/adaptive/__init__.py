"""A rate for every parameter, rates that change, and a fair comparison.

One chapter of the book; every public name is reachable from here.
"""

from derivable.optimization.adaptive.moments import adam, adamw
from derivable.optimization.adaptive.scaled import adagrad, rmsprop
from derivable.optimization.adaptive.schedules import (
    cosine_decay,
    exponential_decay,
    inverse_decay,
    step_decay,
    warmup_cosine,
)
from derivable.optimization.adaptive.tuning import Tuned, tune
from derivable.optimization.adaptive.wrappers import clipped, with_decay

__all__ = [
    "Tuned",
    "adagrad",
    "adam",
    "adamw",
    "clipped",
    "cosine_decay",
    "exponential_decay",
    "inverse_decay",
    "rmsprop",
    "step_decay",
    "tune",
    "warmup_cosine",
    "with_decay",
]
