"""What samplers ask of densities, starts and draws."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, evened, scaled
from derivable._validation import Array

Density = Callable[[Array], ArrayLike]
SPREAD = 8 * EPS  # of the largest entry: what rounding makes of equal ones


def log_values(values: ArrayLike, shape: tuple[int, ...], name: str) -> Array:
    """Logarithms of densities: numbers or −∞, of one shape."""
    found = check.of_shape(check.reals(values, name), shape, name)
    wrong = np.isnan(found) | (found == np.inf)
    if wrong.any():
        at = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise ValueError(
            f"{name} must be a number or -inf, got {found[at]} at index {at}"
        )
    return found


def log_density(f: Density, x: Array, name: str = "log_density") -> Array:
    """Value of ln p at each row, shape (m,); an overflow counts as −∞."""
    with np.errstate(all="ignore"):
        values = f(x.copy())
    return log_values(values, x.shape[:1], f"{name}(x)")


def start(f: Density, x0: ArrayLike) -> tuple[Array, Array]:
    """The start of m chains and its log-density, if that is finite."""
    check.function(f, "log_density")
    x = check.matrix(x0, "x0")
    found = log_density(f, x)
    if not np.isfinite(found).all():
        i = int(np.argmin(np.isfinite(found)))
        raise ValueError(
            f"the density must not be zero at the start, got x0[{i}] = {x[i]}"
        )
    return x, found


def weights(values: ArrayLike, name: str = "weights") -> Array:
    """Weights that are not negative and not all zero, with the sum 1."""
    w = check.vector(values, name)
    if np.any(w < 0):
        i = int(np.argmax(w < 0))
        raise ValueError(
            f"{name} must not be negative, got {w[i]} at index {(i,)}"
        )
    if not w.any():
        raise ValueError(f"{name} must not all be zero, got {len(w)} zeros")
    w, _ = scaled(w)
    return np.asarray(w / np.sum(w))


def constant(x: Array) -> Array:
    """Which columns of x are constant up to rounding, shape (m,)."""
    spread = np.ptp(evened(x, 0)[0], axis=0)  # of columns from 1/2 to 1
    return np.asarray(spread <= SPREAD)


def vary(x: Array, rule: str) -> None:
    """No column of x, shape (n, m), is constant."""
    still = constant(x)
    if still.any():
        j = int(np.argmax(still))
        place = f" in column {j}" if x.shape[1] > 1 else ""
        raise ValueError(f"{rule}, got {len(x)} times {x[0, j]}{place}")


def chains(draws: ArrayLike, least: int) -> Array:
    """Draws of m chains that move, brought to one size, shape (n, m)."""
    x = check.real(draws, "draws")
    if x.ndim == 1:
        x = x[:, None]
    if x.ndim != 2:
        raise ValueError(
            f"draws must have shape (n,) or (n, m), got {x.shape}"
        )
    if len(x) < least:
        raise ValueError(
            f"draws must have at least {least} rows, got {len(x)}"
        )
    vary(x, "every chain must move")
    return scaled(x)[0]
