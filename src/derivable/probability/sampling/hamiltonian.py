"""Hamiltonian Monte Carlo: follow the gradient, keep the energy.

Notation:
    x, v: positions and momenta of m chains, shape (m, d); with a mass of
        1, momentum is velocity.
    force: ∇ ln p(x), which is −∇U, shape (m, d).
    H: energy U(x) + ‖v‖²/2 of each chain, shape (m,).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import grad
from derivable.probability.sampling import _checks
from derivable.probability.sampling._checks import Density
from derivable.probability.sampling.records import Chains

Force = Callable[[Array], ArrayLike]


def leapfrog(
    force: Force, x: ArrayLike, v: ArrayLike, *, step: float, num_steps: int
) -> tuple[Array, Array]:
    """Follow Hamilton's equations for a mass of 1.

    Args:
        force: x ↦ −∇U(x), shape of x.
        x: position, any shape.
        v: momentum, shape of x.
        step: ε, positive; with v turned round, the path goes back.
        num_steps: how many steps, L ≥ 1.

    Returns:
        Positions and momenta, the start first, shapes (L + 1, …).

    Raises:
        TypeError: if an argument is not of its kind.
        ValueError: if shapes differ, step is not positive, or the path
            leaves float64.

    Source:
        Neal (2011), section 5.2.3; eq. `def:leapfrog` of this book.
    """
    check.function(force, "force")
    x = check.real(x)
    v = check.of_shape(check.real(v, "v"), x.shape, "v")
    step = check.positive(step, "step")
    L = check.whole(num_steps, "num_steps", least=1)

    def checked(x: Array) -> Array:
        found = check.real(force(x.copy()), "force(x)")
        return check.of_shape(found, x.shape, "force(x)")

    with np.errstate(over="ignore"):
        xs, vs = _path(checked, x, v, step, L)
    return check.real(xs, "the path"), check.real(vs, "the momenta")


def _path(
    force: Callable[[Array], Array], x: Array, v: Array, step: float, L: int
) -> tuple[Array, Array]:
    """L steps of the leapfrog, and all that lies between."""
    xs, vs, g = [x], [v], force(x)
    for _ in range(L):
        half = v + step / 2 * g  # eq. def:leapfrog
        x = x + step * half  # eq. def:leapfrog
        g = force(x)
        v = half + step / 2 * g  # eq. def:leapfrog
        xs.append(x)
        vs.append(v)
    return np.array(xs), np.array(vs)


def hamiltonian_monte_carlo(  # noqa: PLR0913
    log_density: Density,
    x0: ArrayLike,
    *,
    step: float,
    num_leapfrog: int,
    num_steps: int,
    rng: np.random.Generator,
    gradient: Force | None = None,
    jitter: float = 0.0,
) -> Chains:
    """Chains that propose the end of a leapfrog path.

    One that leaves float64 is refused like any other proposal.

    Args:
        log_density: ln p of the rows of x, (m, d) ↦ (m,).
        x0: the start of each chain, shape (m, d).
        step: ε of the leapfrog, positive.
        num_leapfrog: its steps in each proposal, L ≥ 1.
        num_steps: how many proposals, T ≥ 1.
        rng: the source of randomness.
        gradient: ∇ ln p of each row, (m, d) ↦ (m, d); by `grad` if None.
        jitter: each proposal draws its step from ε (1 ± jitter).

    Returns:
        All positions, their log-densities and the acceptance.

    Raises:
        TypeError: if an argument is not of its kind.
        ValueError: if p is zero at a start, ln p is NaN or +∞, or a
            gradient has another shape.

    Source:
        Duane et al. (1987); Neal (2011), section 5.3.2.
    """
    x, log_p = _checks.start(log_density, x0)
    step = check.positive(step, "step")
    L = check.whole(num_leapfrog, "num_leapfrog", least=1)
    T = check.whole(num_steps, "num_steps", least=1)
    force = _force(log_density, gradient)
    check.real(force(x), "gradient(x0)")
    jitter = check.fraction(jitter, "jitter")
    rng = check.generator(rng)

    path, logs, accepted = [x], [log_p], np.zeros(len(x))
    for _ in range(T):
        v = rng.normal(size=x.shape)
        eps = step * rng.uniform(1 - jitter, 1 + jitter)
        y, r = _end(force, x, v, eps, L)
        log_p_y = _checks.log_density(log_density, y)
        with np.errstate(over="ignore"):
            gain = log_p_y - log_p + np.sum(v**2 - r**2, axis=1) / 2
        taken = np.log1p(-rng.random(len(x))) < gain
        x = np.where(taken[:, None], y, x)
        log_p = np.where(taken, log_p_y, log_p)
        path.append(x)
        logs.append(log_p)
        accepted += taken
    return Chains(np.array(path), np.array(logs), accepted / T)


def _force(
    log_density: Density, gradient: Force | None
) -> Callable[[Array], Array]:
    """∇ ln p of each row; of the sum over rows if it is not given."""
    if gradient is None:
        gradient = grad(lambda x: np.sum(log_density(x)))
    check.function(gradient, "gradient")

    def force(x: Array) -> Array:
        with np.errstate(all="ignore"):
            found = check.reals(gradient(x.copy()), "gradient(x)")
        return check.of_shape(found, x.shape, "gradient(x)")

    return force


def _end(
    force: Callable[[Array], Array], x: Array, v: Array, step: float, L: int
) -> tuple[Array, Array]:
    """The end of each path: x and a momentum of ∞ if it left float64."""

    def guarded(z: Array) -> Array:
        fine = np.isfinite(z).all(axis=1, keepdims=True)
        return np.where(fine, force(np.where(fine, z, x)), np.nan)

    with np.errstate(over="ignore"):
        xs, vs = _path(guarded, x, v, step, L)
    fine = np.isfinite(vs[-1]).all(axis=1, keepdims=True)
    return np.where(fine, xs[-1], x), np.where(fine, vs[-1], np.inf)
