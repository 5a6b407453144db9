"""Matrices as vectors, and the Sylvester equation without a big matrix.

Notation:
    vec A: the columns of A below each other.
    A, B, C: of A X + X B = C, shapes (m, m), (n, n), (m, n).
    G: adjoint of X, shape (m, n).
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, norm, scaled, unscaled
from derivable._validation import Array
from derivable.calculus.autodiff import Dual, Tensor
from derivable.calculus.implicit.custom import custom_vjp


def vec(A: Any) -> Any:
    """The columns of a matrix below each other.

    Args:
        A: a matrix, shape (m, n); a Tensor or Dual stays one.

    Returns:
        A vector of shape (m n,), in which A[i, j] stands at i + m j.

    Raises:
        TypeError: if A is not real.
        ValueError: if A is no finite matrix.

    Source:
        Magnus and Neudecker (2019), section 2.4; eq. `claim:vec`.
    """
    if isinstance(A, Tensor | Dual):
        if A.ndim != 2:
            raise ValueError(f"A must be a matrix, got shape {A.shape}")
        return np.reshape(np.transpose(A), (-1,))
    return check.matrix(A).ravel(order="F")


def unvec(v: ArrayLike, shape: tuple[int, int]) -> Array:
    """The matrix whose columns stand below each other in v.

    Args:
        v: a vector, shape (m n,).
        shape: (m, n).

    Returns:
        The matrix A with vec A = v, shape (m, n).

    Raises:
        TypeError: if v is not real, or shape no pair of whole numbers.
        ValueError: if v is no finite vector of m n numbers.
    """
    v = check.vector(v, "v")
    sizes = check.counts(shape, "shape", least=1)
    if len(sizes) != 2 or sizes[0] * sizes[1] != len(v):
        raise ValueError(
            f"shape must be (m, n) with m n = {len(v)}, got {tuple(sizes)}"
        )
    return v.reshape(sizes[1], sizes[0]).T.copy()


def solve_sylvester(A: Any, B: Any, C: Any) -> Any:
    """Solve A X + X B = C, by two Schur forms of small matrices.

    Args:
        A: shape (m, m).
        B: shape (n, n); no eigenvalues of A and B have the sum zero.
        C: shape (m, n).

    Returns:
        X, shape (m, n); `grad` goes through it.

    Raises:
        TypeError: if an input is not real.
        ValueError: if shapes do not match, an input is not finite, X is
            too large, or an eigenvalue of A and one of B have the sum
            zero, relative to the scale of both.

    Source:
        Bartels and Stewart (1972); eq. `claim:sylvester-kron`.
    """
    return _sylvester(A, B, C)


def _forward(A: Any, B: Any, C: Any) -> tuple[Any, Any]:
    from scipy import linalg  # noqa: PLC0415  # a page loads it late

    A, B, C = check.square(A), check.square(B, "B"), check.matrix(C, "C")
    if C.shape != (len(A), len(B)):
        raise ValueError(
            f"C must have shape {(len(A), len(B))}, got {C.shape}"
        )
    e = max(scaled(A)[1], scaled(B)[1])
    A1, B1, (C1, f) = np.ldexp(A, -e), np.ldexp(B, -e), scaled(C)
    sums = np.linalg.eigvals(A1)[:, None] + np.linalg.eigvals(B1)
    limit = len(A) * len(B) * EPS * (norm(A1) + norm(B1))
    if np.min(np.abs(sums)) <= limit:
        raise ValueError(
            "no eigenvalues of A and B may have the sum zero, got "
            f"{np.min(np.abs(sums)):.1g} beside {norm(A1) + norm(B1):.1g}"
        )
    X = unscaled(linalg.solve_sylvester(A1, B1, C1), f - e, "X")
    return X, (A, B, X)


def _backward(saved: Any, G: Any) -> tuple[Any, Any, Any]:
    """The adjoint equation Aᵀ U + U Bᵀ = G."""
    A, B, X = saved
    U = solve_sylvester(A.T, B.T, G)
    return -U @ X.T, -X.T @ U, U


_sylvester = custom_vjp(_forward, _backward)
