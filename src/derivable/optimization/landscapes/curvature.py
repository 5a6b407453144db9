"""How sharply a loss bends, and how the answer depends on coordinates.

Notation:
    theta: parameters θ, shape (p,).
    H: Hessian of the loss there, shape (p, p).
    c: scale of each parameter, shape (p,).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import grad, jvp
from derivable.optimization.landscapes.network import Network


def exact_hessian(f: Callable[[Any], Any], theta: ArrayLike) -> Array:
    """The Hessian by automatic differentiation, one column at a time.

    Column j is the derivative of the gradient along axis j.

    Args:
        f: function written with NumPy that returns one number.
        theta: where, shape (p,).

    Returns:
        H, symmetric, shape (p, p).

    Raises:
        TypeError: if f is not a function or theta not real.
        ValueError: if theta is no vector, or it, f or the Hessian is not
            finite.
    """
    theta = check.vector(theta, "theta")
    gradient = grad(f)

    with np.errstate(over="ignore", invalid="ignore"):
        check.real(check.evaluated(f, theta.copy()), "f(theta)")
        columns = [jvp(gradient, theta, e)[1] for e in np.eye(len(theta))]
        H = check.real(np.stack(columns, axis=1), "the Hessian")
    return H / 2 + H.T / 2


def sharpness(
    f: Callable[[Any], Any], theta: ArrayLike, *, adaptive: bool = False
) -> float:
    """The largest curvature of f at θ in any direction.

    Args:
        f: function written with NumPy that returns one number.
        theta: where, shape (p,).
        adaptive: measure each parameter in units of its own size: the
            largest eigenvalue of diag|θ| H diag|θ|. This number does not
            change if parameters are rescaled without changing f.

    Returns:
        The largest eigenvalue of H, or of the rescaled H.

    Raises:
        TypeError: if f is not a function or theta not real.
        ValueError: if theta is no vector, or not finite.

    Source:
        The adaptive one is in the spirit of Kwon et al. (2021), who take
        the rise of f in a rescaled ball; eq. `claim:adaptive-invariant`
        of this book.
    """
    check.flag(adaptive, "adaptive")
    theta = check.vector(theta, "theta")
    H = exact_hessian(f, theta)
    c = np.abs(theta) if adaptive else np.ones(len(theta))
    with np.errstate(over="ignore"):
        H = check.real(c[:, None] * H * c, "the rescaled Hessian")
    return float(np.linalg.eigvalsh(H)[-1])


def rescale(network: Network, theta: ArrayLike, factor: float) -> Array:
    """Other parameters of the same function: α W₁, α b₁ and W₂/α.

    ReLU(α z) = α ReLU(z) for α > 0, so the outputs stay as they are.

    Args:
        network: its shape.
        theta: parameters, shape (p,).
        factor: α, positive.

    Returns:
        The new parameters, shape (p,).

    Raises:
        TypeError: if theta or factor is not real.
        ValueError: if theta has another shape or the factor is not
            positive.

    Source:
        Dinh et al. (2017), section 3.
    """
    check.instance(network, Network, "network")
    theta = check.vector(theta, "theta")
    alpha = check.positive(factor, "factor")
    W1, b1, W2, b2 = network.unpack(theta)

    with np.errstate(over="ignore"):
        parts = (alpha * W1, alpha * b1, W2 / alpha, b2)
    together = np.concatenate([np.ravel(part) for part in parts])
    return check.real(together, "the rescaled theta")
