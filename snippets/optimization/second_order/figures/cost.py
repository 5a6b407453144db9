"""Multiplications for one step: cubic, quadratic, linear."""

import matplotlib.pyplot as plt
import numpy as np


class Counted:
    """A number that counts the products it takes part in."""

    products = 0

    def __init__(self, value):
        self.value = float(value)

    def __mul__(self, other):
        Counted.products += 1
        return Counted(self.value * other.value)

    def __add__(self, other):
        return Counted(self.value + other.value)

    def __sub__(self, other):
        return Counted(self.value - other.value)


def counted(x):
    return np.vectorize(Counted, otypes=[object])(x)


def factor(A):
    """Cholesky's lower triangle, row products as in the library."""
    L = counted(np.zeros(A.shape))
    for k in range(len(A)):
        d = A[k, k] - (L[k, :k] @ L[k, :k] if k else Counted(0))
        L[k, k] = Counted(np.sqrt(d.value))
        for i in range(k + 1, len(A)):
            rest = A[i, k] - (L[i, :k] @ L[k, :k] if k else Counted(0))
            L[i, k] = Counted(rest.value / L[k, k].value)


def update(H, s, y, rho):
    v = H @ y
    u = s * rho
    both = np.outer(u, v)
    return H - both - both.T + np.outer(s * (rho + rho * rho * (y @ v)), s)


def two_loops(q, pairs, rho):
    kept = []
    for s, y in reversed(pairs):
        a = rho * (s @ q)
        q = q - y * a
        kept.append(a)
    for (s, y), a in zip(pairs, reversed(kept), strict=True):
        q = q + s * (a - rho * (y @ q))
    return q


def products(work, *given):
    Counted.products = 0
    work(*given)
    return Counted.products


def figure():
    rng = np.random.default_rng(0)
    sizes = np.array([4, 8, 16, 32, 64])
    rows = []
    for n in sizes:
        A = counted(np.eye(n) * n + np.ones((n, n)))
        s, y = counted(rng.normal(size=(2, n)))
        pairs = [(s, y)] * 5
        rho = Counted(0.5)
        rows.append(
            (
                products(factor, A),
                products(update, A, s, y, rho),
                products(two_loops, s, pairs, rho),
            )
        )
    fig, ax = plt.subplots()
    n = np.array([4, 100])
    said = (
        ("Cholesky: n³/6", "C0", n**3 / 6),
        ("BFGS update: 3n²", "C2", 3.0 * n**2),
        ("L-BFGS, m = 5: 4mn", "C1", 20.0 * n),
    )
    for counts, (text, color, line) in zip(
        np.transpose(rows), said, strict=True
    ):
        ax.loglog(n, line, "--", color="C7", linewidth=1)
        ax.loglog(sizes, counts, "o", color=color)
        ax.text(105, line[-1], text, color=color, va="center")
    ax.set(xlabel="variables n", ylabel="multiplications", xlim=(3, 900))
    return fig
