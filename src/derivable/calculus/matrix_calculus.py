"""Gradients with respect to matrices, as data that can be checked.

Every gradient has the shape of its argument. An `Identity` carries the
function, its gradient, the shapes, and a recipe for random examples; the
tests and the quick reference read the same table.

Notation:
    X: the argument, shape as stated by each identity.
    A, B: constant matrices; a, b: constant vectors.
    n, d, k: sizes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus.autodiff import log_softmax, softmax
from derivable.calculus.derivatives import sigmoid

Arrays = Mapping[str, Array]


@dataclass(frozen=True)
class Identity:
    """A scalar function of an array and its gradient.

    Attributes:
        name: a slug; the derivation is eq. `claim:<name>` of the chapter.
        function: the function, in LaTeX.
        gradient: its gradient, in LaTeX.
        shapes: the shape of each array, by letters; the argument first.
        f: computes the function from the arrays by name.
        grad: computes the gradient, shape of the argument.
        condition: when it holds, in words; empty if always.
        prepare: makes random arrays satisfy the condition.
    """

    name: str
    function: str
    gradient: str
    shapes: Mapping[str, str]
    f: Callable[[Arrays], Any]
    grad: Callable[[Arrays], Any]
    condition: str = ""
    prepare: Callable[[dict[str, Array]], None] = lambda _: None

    @property
    def argument(self) -> str:
        """The array that the gradient is taken of."""
        return next(iter(self.shapes))

    def sample(
        self, rng: np.random.Generator, **sizes: int
    ) -> dict[str, Array]:
        """Random arrays that satisfy the condition.

        Args:
            rng: where randomness comes from.
            **sizes: the value of each letter in `shapes`.

        Returns:
            One array for each name in `shapes`.

        Raises:
            TypeError: if rng is no generator or a size no whole number.
            ValueError: if a size is missing or below 1.
        """
        rng = check.generator(rng)
        sizes = {c: check.whole(n, c, least=1) for c, n in sizes.items()}
        missing = {c for s in self.shapes.values() for c in s} - sizes.keys()
        if missing:
            raise ValueError(f"sizes must name {', '.join(sorted(missing))}")
        arrays = {
            name: rng.normal(size=tuple(sizes[c] for c in shape))
            for name, shape in self.shapes.items()
        }
        self.prepare(arrays)
        return arrays


def adjugate(X: ArrayLike) -> Array:
    """The adjugate: transposed cofactors, adj(X) X = det(X) I.

    Through the singular values, so that it exists for singular X too:
    adj(UΣVᵀ) = det(U) det(V) V adj(Σ) Uᵀ.

    Args:
        X: square matrix, shape (n, n).

    Returns:
        adj(X), shape (n, n).

    Raises:
        TypeError: if X is not real.
        ValueError: if X is not square or not finite.

    Source:
        Magnus and Neudecker (2019), section 8.3.
    """
    X = check.square(X, "X")
    U, s, Vt = np.linalg.svd(X)
    sign = np.linalg.det(U) * np.linalg.det(Vt)
    with np.errstate(over="ignore", invalid="ignore"):
        others = [np.prod(np.delete(s, i)) for i in range(s.size)]
        adjoint = sign * (Vt.T * others) @ U.T
    return check.real(adjoint, "the adjugate")


def least_squares_gradient(X: ArrayLike, y: ArrayLike, w: ArrayLike) -> Array:
    """Gradient of the mean squared error ‖Xw − y‖² / n.

    Args:
        X: data, one sample a row, shape (n, d).
        y: targets, shape (n,).
        w: weights, shape (d,).

    Returns:
        (2/n) Xᵀ(Xw − y), shape (d,).

    Raises:
        TypeError: if an argument is not real.
        ValueError: if shapes do not match or a value is not finite.

    Source:
        eq. `claim:least-squares` of this book.
    """
    X, y, w = _model(X, y, w)
    with np.errstate(over="ignore", invalid="ignore"):
        gradient = 2 / len(y) * X.T @ (X @ w - y)
    return check.real(gradient, "the gradient")


def logistic_gradient(X: ArrayLike, y: ArrayLike, w: ArrayLike) -> Array:
    """Gradient of the mean cross-entropy of logistic regression.

    Args:
        X: data, one sample a row, shape (n, d).
        y: labels 0 or 1, or probabilities, shape (n,).
        w: weights, shape (d,).

    Returns:
        (1/n) Xᵀ(σ(Xw) − y), shape (d,).

    Raises:
        TypeError: if an argument is not real.
        ValueError: if shapes do not match, a value is not finite, or a
            label does not lie in [0, 1].

    Source:
        eq. `claim:logistic` of this book.
    """
    X, y, w = _model(X, y, w)
    if y.min() < 0 or y.max() > 1:
        raise ValueError(
            f"y must lie in [0, 1], got {y.min():g} to {y.max():g}"
        )
    with np.errstate(over="ignore", invalid="ignore"):
        z = X @ w
        gradient = X.T @ (sigmoid(z) - y) / len(y)
    return check.real(gradient, "the gradient")


def _model(
    X: ArrayLike, y: ArrayLike, w: ArrayLike
) -> tuple[Array, Array, Array]:
    X = check.matrix(X, "X")
    y, w = check.vector(y, "y"), check.vector(w, "w")
    if (y.size, w.size) != X.shape:
        raise ValueError(
            f"X {X.shape} needs y of {X.shape[0]} and w of {X.shape[1]}, "
            f"got {y.size} and {w.size}"
        )
    return X, y, w


def _positive_determinant(v: dict[str, Array]) -> None:
    """Make X well conditioned with a positive determinant."""
    X = v["X"]
    X += 2 * len(X) ** 0.5 * np.eye(len(X))
    if np.linalg.det(X) < 0:
        X[0] *= -1


def _symmetric_gap(v: dict[str, Array]) -> None:
    """Make X symmetric, its largest eigenvalue simple."""
    X = v["X"]
    X += X.T
    X[0, 0] += 4 * np.linalg.norm(X)


def _one_hot(v: dict[str, Array]) -> None:
    v["Y"][:] = np.eye(v["Y"].shape[1])[v["Y"].argmax(axis=1)]


def _probabilities(v: dict[str, Array]) -> None:
    v["y"][:] = (v["y"] > 0).astype(float)


def _positive_definite(v: dict[str, Array]) -> None:
    S = v["S"]
    S[:] = S @ S.T + len(S) * np.eye(len(S))


def _cross_entropy(v: Arrays) -> Any:
    return -np.mean(np.sum(v["Y"] * log_softmax(v["Z"]), 1))


def _logistic_loss(v: Arrays) -> Any:
    z = v["X"] @ v["w"]
    return np.mean(np.logaddexp(0, z) - v["y"] * z)


def _gaussian(v: Arrays) -> Any:
    """Mean negative log-likelihood, without the constant d/2 ln 2π."""
    R = v["X"] - v["m"]
    quadratic = np.mean(np.sum(R * np.linalg.solve(v["S"], R.T).T, axis=1))
    return (np.linalg.slogdet(v["S"])[1] + quadratic) / 2


def _gaussian_mean(v: Arrays) -> Array:
    r = v["m"] - v["X"].mean(axis=0)
    return np.asarray(np.linalg.solve(v["S"], r))


def _gaussian_covariance(v: Arrays) -> Array:
    R = v["X"] - v["m"]
    C = R.T @ R / len(R)
    P = np.linalg.inv(v["S"])
    return np.asarray((P - P @ C @ P) / 2).T


def _top(X: Any) -> tuple[Any, Any]:
    values, vectors = np.linalg.eigh((X + X.T) / 2)
    return values[-1], vectors[:, -1]


SQUARE = {"X": "nn"}

identities: tuple[Identity, ...] = (
    Identity(
        "linear-form",
        r"a^\T x",
        "a",
        {"x": "n", "a": "n"},
        lambda v: v["a"] @ v["x"],
        lambda v: v["a"],
    ),
    Identity(
        "squared-norm",
        r"x^\T x",
        "2x",
        {"x": "n"},
        lambda v: v["x"] @ v["x"],
        lambda v: 2 * v["x"],
    ),
    Identity(
        "quadratic-vector-form",
        r"x^\T A x",
        r"(A + A^\T) x",
        {"x": "n", "A": "nn"},
        lambda v: v["x"] @ v["A"] @ v["x"],
        lambda v: (v["A"] + v["A"].T) @ v["x"],
    ),
    Identity(
        "euclidean-norm",
        r"\norm{x}_2",
        r"x / \norm{x}_2",
        {"x": "n"},
        lambda v: np.linalg.norm(v["x"]),
        lambda v: v["x"] / np.linalg.norm(v["x"]),
        "x is not zero",
    ),
    Identity(
        "bilinear-form",
        r"a^\T X b",
        r"a b^\T",
        {"X": "nd", "a": "n", "b": "d"},
        lambda v: v["a"] @ v["X"] @ v["b"],
        lambda v: np.outer(v["a"], v["b"]),
    ),
    Identity(
        "trace-product",
        r"\tr(A X)",
        r"A^\T",
        {"X": "nd", "A": "dn"},
        lambda v: np.trace(v["A"] @ v["X"]),
        lambda v: v["A"].T,
    ),
    Identity(
        "trace-sandwich",
        r"\tr(A X B)",
        r"A^\T B^\T",
        {"X": "nd", "A": "kn", "B": "dk"},
        lambda v: np.trace(v["A"] @ v["X"] @ v["B"]),
        lambda v: v["A"].T @ v["B"].T,
    ),
    Identity(
        "trace-quadratic",
        r"\tr(X^\T A X)",
        r"(A + A^\T) X",
        {"X": "nd", "A": "nn"},
        lambda v: np.trace(v["X"].T @ v["A"] @ v["X"]),
        lambda v: (v["A"] + v["A"].T) @ v["X"],
    ),
    Identity(
        "frobenius-norm",
        r"\tr(X^\T X) = \norm{X}_F^2",
        "2X",
        {"X": "nd"},
        lambda v: np.sum(v["X"] ** 2),
        lambda v: 2 * v["X"],
    ),
    Identity(
        "frobenius-residual",
        r"\norm{A X - B}_F^2",
        r"2 A^\T (A X - B)",
        {"X": "nd", "A": "kn", "B": "kd"},
        lambda v: np.sum((v["A"] @ v["X"] - v["B"]) ** 2),
        lambda v: 2 * v["A"].T @ (v["A"] @ v["X"] - v["B"]),
    ),
    Identity(
        "determinant",
        r"\det X",
        r"\adj(X)^\T",
        SQUARE,
        lambda v: np.linalg.det(v["X"]),
        lambda v: adjugate(v["X"]).T,
    ),
    Identity(
        "determinant-inverse",
        r"\det X",
        r"\det(X) \, X^{-\T}",
        SQUARE,
        lambda v: np.linalg.det(v["X"]),
        lambda v: np.linalg.det(v["X"]) * np.linalg.inv(v["X"]).T,
        "X is invertible",
        _positive_determinant,
    ),
    Identity(
        "log-determinant",
        r"\ln \det X",
        r"X^{-\T}",
        SQUARE,
        lambda v: np.linalg.slogdet(v["X"])[1],
        lambda v: np.linalg.inv(v["X"]).T,
        "det X is positive, and the entries of X are independent",
        _positive_determinant,
    ),
    Identity(
        "inverse-trace",
        r"\tr(A X^{-1})",
        r"-(X^{-1} A X^{-1})^\T",
        {"X": "nn", "A": "nn"},
        lambda v: np.trace(v["A"] @ np.linalg.inv(v["X"])),
        lambda v: -(np.linalg.inv(v["X"]) @ v["A"] @ np.linalg.inv(v["X"])).T,
        "X is invertible",
        _positive_determinant,
    ),
    Identity(
        "inverse-form",
        r"a^\T X^{-1} b",
        r"-X^{-\T} a b^\T X^{-\T}",
        {"X": "nn", "a": "n", "b": "n"},
        lambda v: v["a"] @ np.linalg.solve(v["X"], v["b"]),
        lambda v: (
            -np.outer(
                np.linalg.solve(v["X"].T, v["a"]),
                np.linalg.solve(v["X"], v["b"]),
            )
        ),
        "X is invertible",
        _positive_determinant,
    ),
    Identity(
        "eigenvalue",
        r"\lambda_{\max}(\tfrac12 (X + X^\T))",
        r"v v^\T",
        SQUARE,
        lambda v: _top(v["X"])[0],
        lambda v: np.outer(_top(v["X"])[1], _top(v["X"])[1]),
        "the largest eigenvalue is simple, v its unit eigenvector",
        _symmetric_gap,
    ),
    Identity(
        "softmax-cross-entropy-matrix",
        r"-\tfrac1n \sum_{ij} Y_{ij} \ln P_{ij},\ P = \softmax(Z)",
        r"\tfrac1n (P - Y)",
        {"Z": "nk", "Y": "nk"},
        _cross_entropy,
        lambda v: (softmax(v["Z"]) - v["Y"]) / len(v["Y"]),
        "each row of Y sums to 1, natural logarithm",
        _one_hot,
    ),
    Identity(
        "least-squares",
        r"\tfrac1n \norm{X w - y}^2",
        r"\tfrac2n X^\T (X w - y)",
        {"w": "d", "X": "nd", "y": "n"},
        lambda v: np.mean((v["X"] @ v["w"] - v["y"]) ** 2),
        lambda v: least_squares_gradient(v["X"], v["y"], v["w"]),
    ),
    Identity(
        "ridge",
        r"\tfrac1n \norm{X w - y}^2 + \lambda \norm{w}^2",
        r"\tfrac2n X^\T (X w - y) + 2 \lambda w",
        {"w": "d", "X": "nd", "y": "n"},
        lambda v: (
            np.mean((v["X"] @ v["w"] - v["y"]) ** 2) + 0.3 * v["w"] @ v["w"]
        ),
        lambda v: (
            least_squares_gradient(v["X"], v["y"], v["w"]) + 0.6 * v["w"]
        ),
        "checked with λ = 0.3",
    ),
    Identity(
        "logistic",
        r"\tfrac1n \sum_i \ln(1 + e^{z_i}) - y_i z_i,\ z = X w",
        r"\tfrac1n X^\T (\sigma(z) - y)",
        {"w": "d", "X": "nd", "y": "n"},
        _logistic_loss,
        lambda v: logistic_gradient(v["X"], v["y"], v["w"]),
        "labels in [0, 1]",
        _probabilities,
    ),
    Identity(
        "gaussian-mean",
        r"-\tfrac1n \ln p(X \mid m, S)",
        r"S^{-1} (m - \bar x)",
        {"m": "d", "X": "nd", "S": "dd"},
        _gaussian,
        _gaussian_mean,
        "S is symmetric positive definite",
        _positive_definite,
    ),
    Identity(
        "gaussian-covariance",
        r"-\tfrac1n \ln p(X \mid m, S)",
        r"\tfrac12 (S^{-1} - S^{-1} C S^{-1})",
        {"S": "dd", "X": "nd", "m": "d"},
        _gaussian,
        _gaussian_covariance,
        "S is symmetric positive definite, its entries varied "
        "independently; C is the mean of (x − m)(x − m)ᵀ",
        _positive_definite,
    ),
)
"""Every identity of the chapter, in its order; the tests check them all."""
