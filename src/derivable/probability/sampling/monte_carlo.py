"""Expectations by averaging draws.

Notation:
    y: values f(x) at independent draws x, shape (n,).
    h: a control at the same draws, whose mean is known, shape (n,).
    c: its coefficient.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import scaled, unscaled
from derivable._validation import Array
from derivable.probability.sampling._checks import vary
from derivable.probability.sampling.records import Estimate


def monte_carlo(values: ArrayLike) -> Estimate:
    """The mean of independent values, with its standard error.

    Args:
        values: f(x) at n independent draws, shape (n,), n ≥ 2.

    Returns:
        The mean and s/√n, where s has the divisor n − 1.

    Raises:
        TypeError: if values is not real.
        ValueError: if values is no vector, is not finite or n < 2.

    Source:
        eq. `claim:mean-error` of this book.
    """
    y, e = scaled(_several(values, 2, "values"))

    error = np.std(y, ddof=1) / np.sqrt(len(y))
    found = unscaled([np.mean(y), error], e, "the estimate")
    return Estimate(*found.tolist())


def control_variate(
    values: ArrayLike, control: ArrayLike, control_mean: float
) -> Estimate:
    """The mean of values, freed of what a control explains of them.

    Args:
        values: f(x) at n independent draws, shape (n,), n ≥ 3.
        control: h(x) at the same draws, shape (n,), not all equal.
        control_mean: E[h(x)], known exactly.

    Returns:
        ȳ − c (h̄ − E[h]), with c by least squares, and its standard
        error.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if shapes differ, n < 3, or the control is constant.

    Source:
        eq. `claim:control-variate` of this book.
    """
    y, i = scaled(_several(values, 3, "values"))
    h = check.of_shape(check.real(control, "control"), y.shape, "control")
    vary(h[:, None], "control must vary")  # a constant controls nothing
    mean = check.number(control_mean, "control_mean")
    h, j = scaled(h)

    dh, dy = h - np.mean(h), y - np.mean(y)
    c = dh @ dy / (dh @ dh)  # eq. claim:control-variate
    rest = dy - c * dh
    error = np.sqrt(rest @ rest / (len(y) - 2) / len(y))
    with np.errstate(over="ignore"):
        value = np.mean(y) - c * (np.mean(h) - np.ldexp(mean, -j))
    found = unscaled([value, error], i, "the estimate")
    return Estimate(*found.tolist())


def _several(values: ArrayLike, least: int, name: str) -> Array:
    y = check.vector(values, name)
    if len(y) < least:
        raise ValueError(
            f"{name} must have at least {least} entries, got {len(y)}"
        )
    return y
