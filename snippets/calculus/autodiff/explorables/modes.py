"""Forward mode pays for each input, reverse mode for each output."""

from functools import cache

import numpy as np

from derivable.calculus import Dual, Tensor
from derivable.calculus.autodiff import backward

INPUTS = 2 ** np.arange(9)
OUTPUTS = 2 ** np.arange(7)
PARAMETERS = {
    "n": {
        "label": "Inputs n",
        "values": INPUTS,
        "start": 64,
        "shown": "{:.0f}",
    },
    "m": {
        "label": "Outputs m",
        "values": OUTPUTS,
        "start": 1,
        "shown": "{:.0f}",
    },
}
NUMBERS = {
    "alone": ("Operations of f", "{:.0f}"),
    "forward": ("Operations of forward mode", "{:.0f}"),
    "reverse": ("Operations of reverse mode", "{:.0f}"),
    "forward_runs": ("Forward mode, in runs of f", "{:.1f}"),
    "reverse_runs": ("Reverse mode, in runs of f", "{:.1f}"),
}
SAYS = (
    "n = {n:.0f}, m = {m:.0f}: the whole Jacobian costs "
    "{forward_runs:.0f} runs of f forwards, {reverse_runs:.0f} in reverse."
)


class Counted(np.ndarray):
    """An array that counts additions, multiplications and functions."""

    total = 0

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        if any(isinstance(x, (Dual, Tensor)) for x in inputs):
            return NotImplemented
        plain = [np.asarray(x) for x in inputs]
        options = {k: v for k, v in options.items() if k != "out"}
        found = np.asarray(getattr(ufunc, method)(*plain, **options))
        each = 2 * plain[0].shape[-1] if ufunc is np.matmul else 1
        size = found.size if method == "__call__" else plain[0].size
        Counted.total += each * size
        return found.view(Counted)


def counted(run):
    Counted.total = 0
    run()
    return Counted.total


@cache
def costs(n, m):
    """Operations of a layer, and of its Jacobian by either mode."""
    W = np.ones((m, n)).view(Counted)
    x = np.ones(n).view(Counted)

    def f(x):
        return np.tanh(W @ x)

    def forward():
        for e in np.eye(n):
            f(Dual(x, e.view(Counted)))

    def reverse():
        leaf = Tensor(x)
        y = f(leaf)
        for e in np.eye(m):
            backward(y, e.view(Counted), [leaf])

    return counted(lambda: f(x)), counted(forward), counted(reverse)


def state(n, m):
    alone, forward, reverse = costs(int(n), int(m))
    return {
        "alone": alone,
        "forward": forward,
        "reverse": reverse,
        "forward_runs": forward / alone,
        "reverse_runs": reverse / alone,
    }


def draw(svg, at):
    plane = svg.panel(
        x=(1, 256),
        y=(1, 1000),
        xlog=True,
        ylog=True,
        xlabel="inputs n",
        ylabel="operations, in runs of f",
    )
    every = [state(n, at.m) for n in INPUTS]
    plane.line(INPUTS, [s["forward_runs"] for s in every], "c0")
    plane.line(INPUTS, [s["reverse_runs"] for s in every], "c1")
    plane.dot(at.n, at.forward_runs, "c0", drags="n")
    plane.dot(at.n, at.reverse_runs, "c1", drags="m")
    plane.text(1.2, 620, "forward mode", "c0")
    plane.text(1.2, 400, "reverse mode", "c1")
