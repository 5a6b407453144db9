"""The derivatives of `np.linalg`, for stacks of matrices too.

Each rule is the differential of the function with the adjoint moved to the
other side of the inner product.

Notation:
    a: the matrix, shape (…, m, n).
    y: the result.
    g: adjoint of the result.
    t: tangent of a.
    w, V: eigenvalues and eigenvectors of a symmetric a.
    U, V: left and right singular vectors of a.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from derivable.calculus.autodiff.dual import Dual, filled, level_of, paired
from derivable.calculus.autodiff.reductions import others
from derivable.calculus.autodiff.tensor import Tensor, record, value_of

EPS = float(np.finfo(np.float64).eps)


def _t(a: Any) -> Any:
    """The transpose of each matrix."""
    return np.swapaxes(a, -1, -2)


def _number(g: Any) -> Any:
    """A number for each matrix, as a matrix of shape (1, 1)."""
    return g[..., None, None]


def cofactors(a: Any) -> Any:
    """The matrix of cofactors, adj(a)ᵀ, which is ∂ det(a)/∂a.

    Of numbers by the singular values, so that a may be singular; of a
    recorded matrix as det(a) a⁻ᵀ.
    """
    if isinstance(a, Tensor | Dual):
        return _number(np.linalg.det(a)) * _t(np.linalg.inv(a))
    U, s, Vt = np.linalg.svd(a)
    sign = np.sign(np.linalg.det(U) * np.linalg.det(Vt))
    return _number(sign) * (U * others(s, -1)[..., None, :]) @ Vt


def singular_vectors(a: Any) -> tuple[Any, Any]:
    """U and V of the singular values, in their order.

    Of a recorded matrix through the eigenvectors of aᵀa, for nonzero
    and different singular values.
    """
    if not isinstance(a, Tensor | Dual):
        U, _, Vt = np.linalg.svd(a, full_matrices=False)
        return U, _t(Vt)
    if a.shape[-2] < a.shape[-1]:
        V, U = singular_vectors(_t(a))
        return U, V
    w, V = np.linalg.eigh(_t(a) @ a)
    s, V = np.sqrt(w[..., None, ::-1]), V[..., ::-1]
    return a @ V / s, V


def _eigenvalues(g: Any, a: Any) -> Any:
    """Dw = diag(Vᵀ da V)."""
    V = np.linalg.eigh(a)[1]
    return (V * g[..., None, :]) @ _t(V)


def _eigenvectors(g: Any, a: Any) -> Any:
    """DV = V (F ∘ Vᵀ da V), Fᵢⱼ = 1/(wⱼ − wᵢ) off the diagonal."""
    w, V = np.linalg.eigh(a)
    F, tied = inverse_gaps(w)
    if tied:
        raise ValueError(
            "eigenvectors of equal eigenvalues are not unique: they have "
            "no derivative; the eigenvalues have one"
        )
    return V @ (F * (_t(V) @ g)) @ _t(V)


def inverse_gaps(w: Any) -> tuple[Any, bool]:
    """1/(wⱼ − wᵢ), 0 for i = j, and whether two are equal to rounding."""
    n = w.shape[-1]
    gaps = w[..., None, :] - w[..., :, None]
    same = np.eye(n, dtype=bool)
    least = n * EPS * np.max(np.abs(w), axis=-1)[..., None, None]
    tied = (np.abs(gaps) <= least) & ~same
    F = np.where(same | tied, 0.0, 1 / np.where(same | tied, 1.0, gaps))
    return F, bool(np.any(tied))


def _eigh_dual(a: Dual) -> tuple[Dual, Dual]:
    w, V = np.linalg.eigh(a.value)
    M = _t(V) @ a.tangent @ V
    F, tied = inverse_gaps(w)
    dV = V @ (F * M) * (np.nan if tied else 1.0)
    dw = np.diagonal(M, 0, -2, -1)
    return paired(w, dw, a.level), paired(V, dV, a.level)


def eigh(a: Any, UPLO: str = "L") -> Any:
    """Of the lower triangle (or the upper), which is all that NumPy reads."""
    if UPLO not in ("L", "U"):
        raise ValueError(f"UPLO must be 'L' or 'U', got {UPLO!r}")
    a = a if UPLO == "L" else _t(a)
    a = np.tril(a) + _t(np.tril(a, -1))
    if isinstance(a, Dual):
        return _EIGH(*_eigh_dual(a))
    w, V = np.linalg.eigh(a.data)
    rules = _eigenvalues, _eigenvectors
    return _EIGH(
        *(
            record(y, (a,), (a.data,), (rule,))
            for y, rule in zip((w, V), rules, strict=True)
        )
    )


_EIGH: Any = type(np.linalg.eigh(np.eye(1)))


def svd(
    a: Any,
    full_matrices: bool = True,
    compute_uv: bool = True,
    hermitian: bool = False,
) -> Any:
    """Of a recorded matrix the singular values only.

    Raises:
        TypeError: if the singular vectors are asked for.
    """
    del full_matrices
    if compute_uv or hermitian:
        raise TypeError(
            "np.linalg.svd of a recorded matrix gives singular values only: "
            "pass compute_uv=False; for vectors use np.linalg.eigh of A.T @ A"
        )
    return svdvals(a)


def slogdet(a: Any) -> Any:
    """Sign, and logarithm of the absolute value, of the determinant."""
    return np.linalg.slogdet(_plain(a))._replace(logabsdet=_log_det(a))


def _plain(a: Any) -> Any:
    """One level of the graph less."""
    return a.data if isinstance(a, Tensor) else a.value


def solve(a: Any, b: Any) -> Any:
    """The solution y of a y = b: a dy = db − da y."""
    if np.ndim(b) == 1:
        return solve(a, b[:, None])[..., 0]
    if isinstance(a, Tensor) or isinstance(b, Tensor):
        values = [value_of(a), value_of(b)]
        y = np.linalg.solve(*values)
        return record(y, (a, b), values, (_solve_a, _solve_b))
    level = level_of((a, b))
    (a, da), (b, db) = filled(a, level), filled(b, level)
    y = np.linalg.solve(a, b)
    return paired(y, np.linalg.solve(a, db - da @ y), level)


def _solve_a(g: Any, y: Any, a: Any) -> Any:
    return -np.linalg.solve(_t(a), g) @ _t(y)


def _solve_b(g: Any, a: Any) -> Any:
    return np.linalg.solve(_t(a), g)


def _of_matrix(
    function: Any, rule: Any, tangent: Callable[[Any, Any, Any], Any]
) -> Callable[[Any], Any]:
    """A function of one matrix, from its rule for each mode."""

    def call(a: Any) -> Any:
        if isinstance(a, Dual):
            y = function(a.value)
            return paired(y, tangent(a.tangent, y, a.value), a.level)
        return record(function(a.data), (a,), (a.data,), (rule,))

    return call


def _values(a: Any) -> Any:
    return np.linalg.svd(a, compute_uv=False)


def _back_values(g: Any, a: Any) -> Any:
    """dσ = diag(Uᵀ da V)."""
    U, V = singular_vectors(a)
    return (U * g[..., None, :]) @ _t(V)


def _slope_values(t: Any, _y: Any, a: Any) -> Any:
    U, V = singular_vectors(a)
    return np.sum(U * (t @ V), axis=-2)


def _total(x: Any) -> Any:
    return np.sum(x, axis=(-2, -1))


def _half_lower(a: Any) -> Any:
    """The lower triangle with half the diagonal: what dL may be made of."""
    return np.tril(a) * (1 - np.eye(a.shape[-1]) / 2)


def _back_factor(g: Any, y: Any) -> Any:
    """The factor moves by dL = L Φ(L⁻¹ da L⁻ᵀ), Φ as in `_half_lower`."""
    root = np.linalg.inv(y)
    both = _t(root) @ _half_lower(_t(y) @ g) @ root
    return (both + _t(both)) / 2


def _slope_factor(t: Any, y: Any, _a: Any) -> Any:
    root = np.linalg.inv(y)
    return y @ _half_lower(root @ t @ _t(root))


def cholesky(a: Any) -> Any:
    """The factor L of a = L Lᵀ; only the lower triangle of a is read."""
    return _factor(np.tril(a) + _t(np.tril(a, -1)))


_factor = _of_matrix(np.linalg.cholesky, _back_factor, _slope_factor)
inv = _of_matrix(
    np.linalg.inv,
    lambda g, y: -_t(y) @ g @ _t(y),
    lambda t, y, a: -y @ t @ y,
)
det = _of_matrix(
    np.linalg.det,
    lambda g, a: _number(g) * cofactors(a),
    lambda t, y, a: _total(t * cofactors(a)),
)
_log_det = _of_matrix(
    lambda a: np.linalg.slogdet(a)[1],
    lambda g, a: _number(g) * _t(np.linalg.inv(a)),
    lambda t, y, a: _total(t * _t(np.linalg.inv(a))),
)
svdvals = _of_matrix(_values, _back_values, _slope_values)

LINALG: dict[Any, Callable[..., Any]] = {
    np.linalg.cholesky: cholesky,
    np.linalg.inv: inv,
    np.linalg.det: det,
    np.linalg.slogdet: slogdet,
    np.linalg.solve: solve,
    np.linalg.eigh: eigh,
    np.linalg.eigvalsh: lambda a, UPLO="L": np.linalg.eigh(a, UPLO)[0],
    np.linalg.svd: svd,
    np.linalg.svdvals: svdvals,
}
"""Functions of matrices, besides the norm."""
