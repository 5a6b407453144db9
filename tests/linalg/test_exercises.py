"""Answers that look right and are wrong, and that a check must refuse."""

import pytest

ORTHONORMAL = """
def orthonormal(A):
    A = np.array(A, dtype=float)
    Q = np.zeros_like(A)
    for j in range(A.shape[1]):
        r = A[:, j].copy()
        for _ in range({passes}):
            for i in range(j):
                r -= (Q[:, i] @ {source}) * Q[:, i]
        length = np.linalg.norm(r)
        if {dependent}:
            raise ValueError(f"column {{j}} depends on those before it")
        Q[:, j] = r / length
    return Q
"""
RELATIVE = "length <= 1e-14 * np.linalg.norm(A[:, j])"

ATTEND = """
def attend(Q, K, V):
    S = Q @ K.T / np.sqrt(Q.shape[1])
    mask = np.tri(len(Q), dtype=bool)
    {shift}
    return E / E.sum(axis=1, keepdims=True) @ V
"""

SPAN = """
def in_plane(a, b, c):
    A = np.column_stack([a, b])
    w = np.linalg.lstsq(A, c)[0]
    {verdict}
    return w
"""

DET = """
def det(A):
    U = np.array(A, dtype=float)
    n, sign = len(U), 1.0
    for k in range(n - 1):
        p = k + np.argmax({key})
        if U[p, k] == 0:
            return 0.0
        if p != k:
            U[[k, p]] = U[[p, k]]
            sign = {sign}
        for i in range(k + 1, n):
            U[i] = U[i] - U[i, k] / U[k, k] * U[k]
    return sign * np.prod(np.diag(U))
"""

TRIDIAGONAL = """
def solve_tridiagonal(below, diagonal, above, b):
    {head}
    p, x = np.array(diagonal, float).tolist(), np.array(b, float).tolist()
    n = len(x)
    for i in range(1, n):
        factor = below[i - 1] / p[i - 1]
        p[i] -= factor * above[i - 1]
        x[i] -= factor * x[i - 1]
    x[-1] /= p[-1]
    for i in reversed(range(n - 1)):
        x[i] = (x[i] - above[i] * x[i + 1]) / p[i]
    return np.array(x)
"""

WRONG = {
    "bases/orthonormal": {
        "one pass": ORTHONORMAL.format(
            passes=1, source="r", dependent=RELATIVE
        ),
        "coefficients of the column": ORTHONORMAL.format(
            passes=2, source="A[:, j]", dependent=RELATIVE
        ),
        "an absolute tolerance": ORTHONORMAL.format(
            passes=2, source="r", dependent="length < 1e-12"
        ),
        "only zero is dependent": ORTHONORMAL.format(
            passes=2, source="r", dependent="length == 0"
        ),
        "of the library": "def orthonormal(A):\n    return np.linalg.qr(A)[0]",
    },
    "bases/span": {
        "no verdict": SPAN.format(verdict=""),
        "exact equality": SPAN.format(
            verdict="if np.any(A @ w != c): raise ValueError"
        ),
        "an absolute tolerance": SPAN.format(
            verdict="if not np.allclose(A @ w, c): raise ValueError"
        ),
    },
    "vectors/search": {
        "the size of the cosine": (
            "def best(X, q, k):\n"
            "    n = np.linalg.norm(X, axis=1) * np.linalg.norm(q)\n"
            "    if np.any(n == 0): raise ValueError\n"
            "    return np.argsort(-abs(X @ q / n))[:k]"
        ),
        "distance": (
            "def best(X, q, k):\n"
            "    if not q.any() or not X.any(axis=1).all(): raise ValueError\n"
            "    return np.argsort(np.linalg.norm(X - q, axis=1))[:k]"
        ),
    },
    "vectors/norms": {
        "no signs in the largest": (
            "def lengths(X):\n"
            "    return np.column_stack([np.abs(X).sum(axis=1),\n"
            "        np.linalg.norm(X, axis=1), X.max(axis=1)])"
        ),
    },
    "vectors/neuron": {
        "a bias for each sample": (
            "def neurons(X, W, b):\n    return (W.T @ X.T).T + b[:1]"
        ),
    },
    "tensors/attend": {
        "no shift": ATTEND.format(shift="E = np.exp(S) * mask"),
        "one shift for all": ATTEND.format(
            shift="E = np.exp(S - S.max()) * mask"
        ),
        "the largest of keys that are not seen": ATTEND.format(
            shift="E = np.exp(S - S.max(axis=1, keepdims=True)) * mask"
        ),
    },
    "tensors/distances": {
        "squares first": (
            "def squared_distances(X, Y):\n"
            "    x, y = np.sum(X**2, axis=1), np.sum(Y**2, axis=1)\n"
            "    return x[:, None] + y - 2 * X @ Y.T"
        ),
        "distances that are not squared": (
            "def squared_distances(X, Y):\n"
            "    return np.linalg.norm(X[:, None] - Y, axis=2)"
        ),
    },
    "tensors/patches": {
        "a copy": (
            "def patches(x, k, t):\n"
            "    return np.array([x[i : i + k]\n"
            "        for i in range(0, len(x) - k + 1, t)])"
        ),
    },
    "tensors/pool": {
        "filled up with zeros": (
            "def max_pool(X, k):\n"
            "    N, C, H, W = X.shape\n"
            "    X = np.pad(X, [(0, 0)] * 2 + [(0, -H % k), (0, -W % k)])\n"
            "    X = X.reshape(N, C, X.shape[2] // k, k, -1, k)\n"
            "    return X.max(axis=(3, 5))"
        ),
    },
    "tensors/layer": {
        "one padding for both axes": (
            "def layer(X, F, b):\n"
            "    p = F.shape[2] // 2\n"
            "    X = np.pad(X, [(0, 0), (0, 0), (p, p), (p, p)])\n"
            "    B = sliding_window_view(X, F.shape[2:], axis=(2, 3))\n"
            "    Y = np.einsum('ncijrs,kcrs->nkij', B, F)\n"
            "    return Y + b[:, None, None]"
        ),
    },
    "matrices/pivots": {
        "the largest with its sign": DET.format(key="U[k:, k]", sign="-sign"),
        "no sign": DET.format(key="np.abs(U[k:, k])", sign="sign"),
        "one exchange": DET.format(key="np.abs(U[k:, k])", sign="-1.0"),
    },
    "matrices/refine": {
        "exchanges instead": (
            "def solve_refined(A, b, steps=2):\n    return lu_solve(lu(A), b)"
        ),
        "steps are not counted": (
            "def solve_refined(A, b, steps=2):\n"
            "    A, b = np.asarray(A, float), np.asarray(b, float)\n"
            "    factors = lu(A, pivot=False)\n"
            "    x = lu_solve(factors, b)\n"
            "    return x + lu_solve(factors, b - A @ x)"
        ),
    },
    "matrices/tridiagonal": {
        "sides exchanged": TRIDIAGONAL.format(
            head="below, above = above, below"
        ),
        "the array of the caller": TRIDIAGONAL.format(head="b[0] += 0.5"),
    },
    "matrices/rotate_about": {
        "the other way": (
            "def rotate_about(center, theta):\n"
            "    c = np.asarray(center, float)\n"
            "    R = rotation(-theta)\n"
            "    return affine(R, c - R @ c)"
        ),
    },
    "matrices/flops": {
        "one bias for all samples": (
            "def count(n, sizes):\n"
            "    macs = sum(n * d * k for d, k in pairwise(sizes))\n"
            "    return macs, 2 * macs + sum(sizes[1:])"
        ),
    },
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "why"), [(name, why) for name in WRONG for why in WRONG[name]]
)
def test_a_wrong_answer_is_refused(name, why, refused):
    assert refused(f"linalg/{name}", WRONG[name][why])
