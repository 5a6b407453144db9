"""The unrolled slope lags behind the value, and its tape grows."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import Tensor, fixed_point, grad, implicit_jacobian

STEPS = np.arange(1, 41)
X = 1.0
AT = 20


def f(x, y):
    return x * np.cos(y)


def unrolled(x, T):
    y = x * 0.0
    for _ in range(T):
        y = f(x, y)
    return y


def recorded(solve):
    start = Tensor(0.0).node.index
    grad(solve)(X)
    return Tensor(0.0).node.index - start


@functools.cache
def measured():
    """Relative errors of value, unrolled slope, implicit slope; tapes."""
    F = lambda x, y: y - f(x, y)  # noqa: E731
    y = fixed_point(f, X, 0.0, tol=1e-15)
    slope = implicit_jacobian(F, X, y)
    rows = []
    for T in STEPS:
        y_T = unrolled(np.float64(X), T)
        at_T = np.cos(y_T) / (1 + X * np.sin(y_T))
        rows.append(
            [
                abs(y_T / y - 1),
                abs(grad(lambda x, T=T: unrolled(x, T))(X) / slope - 1),
                abs(at_T / slope - 1),
                recorded(lambda x, T=T: unrolled(x, T)),
            ]
        )
    tape = recorded(lambda x: fixed_point(f, x, 0.0))
    return np.array(rows).T, tape


def numbers():
    rows, _ = measured()
    at = list(STEPS).index(AT)
    return {"steps": AT, "ratio": rows[1][at] / rows[2][at]}


def figure() -> Figure:
    (value, behind, implicit, tape), level = measured()
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.4))
    left.semilogy(STEPS, behind, color="C1")
    left.semilogy(STEPS, implicit, color="C0")
    left.semilogy(STEPS, value, "--", color="C7")
    left.text(19, behind[17] * 2, "unrolled slope", color="C1")
    left.text(1, 2e-6, "implicit slope,\nvalue (dashed)", color="C0")
    left.set(xlabel="steps", ylabel="relative error")
    right.plot(STEPS, tape, color="C1")
    right.plot(STEPS, np.full(len(STEPS), level), color="C0")
    right.text(12, 60, "unrolled", color="C1")
    right.text(28, 12, "implicit", color="C0")
    right.set(xlabel="steps", ylabel="operations recorded")
    return fig
