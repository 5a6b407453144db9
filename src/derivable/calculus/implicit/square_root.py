"""The square root of a symmetric positive definite matrix.

Notation:
    S: the root, S S = A, shape (n, n).
    Q, s: eigenvectors of S as columns, and its eigenvalues.
    G: adjoint of S, shape (n, n).
"""

from typing import Any

import numpy as np

from derivable import _validation as check
from derivable._precision import EPS
from derivable.calculus.autodiff.dual import plain
from derivable.calculus.implicit.custom import custom_vjp


def matrix_sqrt(A: Any) -> Any:
    """The symmetric positive definite S with S S = A.

    Args:
        A: symmetric positive definite, shape (n, n).

    Returns:
        S, shape (n, n); `grad` goes through it. The gradient is
        symmetric: A moves among symmetric matrices.

    Raises:
        TypeError: if A is not real.
        ValueError: if A is not square, finite and symmetric, or has an
            eigenvalue that is not positive relative to the largest.

    Source:
        Higham (2008), chapter 6; eq. `claim:sqrt-derivative`.
    """
    values = check.symmetric(plain(A))
    w = np.linalg.eigvalsh(values)
    if w[0] <= len(w) * EPS * w[-1]:
        raise ValueError(
            "A must be positive definite, got eigenvalues from "
            f"{w[0]:.3g} to {w[-1]:.3g}"
        )
    return _root(A)


def _forward(A: Any) -> tuple[Any, Any]:
    w, Q = np.linalg.eigh((A + A.T) / 2)
    s = np.sqrt(w)
    return (Q * s) @ Q.T, (Q, s)


def _backward(saved: Any, G: Any) -> tuple[Any]:
    """S U + U S = (G + Gᵀ)/2, which is diagonal in the basis Q."""
    Q, s = saved
    M = Q.T @ ((G + G.T) / 2) @ Q
    return (Q @ (M / (s[:, None] + s)) @ Q.T,)


_root = custom_vjp(_forward, _backward)
