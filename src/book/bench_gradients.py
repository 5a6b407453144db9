"""What the book promises about its gradients, as ratios.

A gradient is compared with the run that it belongs to, and with the gradient
of the same program by autograd; memory with what autograd needs for it.
"""

import itertools
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from press.measure import REPEATS, Row, Say, interleaved

MLP = (64, 128, 10)
BATCH = 64
CHAIN = 300  # operations on one number
IMAGE, KERNEL = 64, 5  # a convolution of 25 slices
ENTRIES = (1_000, 4_000, 16_000)
ARRAY, SUMS, STEPS = 1_000_000, 100, 30

Program = Callable[[Any], Callable[[Any], Any]]


def gradients(_root: Path, say: Say) -> list[Row]:
    """Our reverse mode against autograd's, on the same programs."""
    say(f"the gradient of a {'–'.join(map(str, MLP))} network")
    rows = _network()
    say("gradients of a chain, a convolution, and a loop over entries")
    rows += [
        _beside_autograd(f"a chain of {CHAIN} operations", _chain, 0.3),
        _beside_autograd(
            f"a convolution of {KERNEL**2} slices", _convolution, _image()
        ),
        *_loops(),
    ]
    say("memory of gradients")
    return [
        *rows,
        _memory(f"{SUMS} sums of 10⁶ numbers", _sums),
        _memory(f"{STEPS} tanh of 10⁶ numbers", _tanh),
    ]


def _network() -> list[Row]:
    import autograd  # noqa: PLC0415  (is not needed to print the book)
    import autograd.numpy as anp  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    from derivable.calculus import grad  # noqa: PLC0415
    from derivable.calculus.autodiff import (  # noqa: PLC0415
        softmax_cross_entropy,
    )

    rng = np.random.default_rng(0)
    X = rng.normal(size=(BATCH, MLP[0]))
    Y = np.eye(MLP[-1])[rng.integers(MLP[-1], size=BATCH)]
    shapes = list(itertools.pairwise(MLP))
    p = [rng.normal(size=s) / s[0] ** 0.5 for s in shapes]
    p += [np.zeros(k) for _, k in shapes]

    def loss_in(np: Any) -> Callable[[Any], Any]:
        def loss(p: Any) -> Any:
            Z = np.tanh(X @ p[0] + p[2]) @ p[1] + p[3]
            Z = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
            return -np.sum(Y * Z) / BATCH

        return loss

    ours, theirs = grad(loss_in(np)), autograd.grad(loss_in(anp))
    for a, b in zip(ours(p), theirs(p), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-10, atol=1e-12)

    def stable(p: Any) -> Any:
        Z = np.tanh(X @ p[0] + p[2]) @ p[1] + p[3]
        return softmax_cross_entropy(Z, Y)

    # A program that has held data keeps its heap; a fresh one would give
    # it back after every gradient and pay for it at the next.
    np.ones(2**20)
    plain, mine, other, safe, ours_safe = interleaved(
        [
            lambda: loss_in(np)(p),
            lambda: ours(p),
            lambda: theirs(p),
            lambda: stable(p),
            lambda: grad(stable)(p),
        ]
    )
    return [
        _row("gradient of the network, derivable / autograd", mine / other, 1),
        _row("gradient / forward, the same program", mine / plain, 4),
        _row(
            "gradient / forward, with softmax_cross_entropy",
            ours_safe / safe,
            4,
        ),
    ]


def _chain(np: Any) -> Callable[[Any], Any]:
    def f(x: Any) -> Any:
        for _ in range(CHAIN // 3):
            x = np.sin(x) * 1.01 + 0.1
        return x

    return f


def _convolution(np: Any) -> Callable[[Any], Any]:
    n = IMAGE - KERNEL + 1

    def f(p: Any) -> Any:
        X, F = p
        Y = 0.0
        for i, j in itertools.product(range(KERNEL), repeat=2):
            Y = Y + F[i, j] * X[i : i + n, j : j + n]
        return np.sum(Y**2)

    return f


def _image() -> tuple[Any, Any]:
    import numpy as np  # noqa: PLC0415

    rng = np.random.default_rng(0)
    X = rng.normal(size=(IMAGE, IMAGE))
    return X, rng.normal(size=(KERNEL, KERNEL))


def _sums(np: Any) -> Callable[[Any], Any]:
    def f(x: Any) -> Any:
        y = x
        for _ in range(SUMS):
            y = y + x
        return np.sum(y)

    return f


def _tanh(np: Any) -> Callable[[Any], Any]:
    def f(x: Any) -> Any:
        for _ in range(STEPS):
            x = np.tanh(x)
        return np.sum(x)

    return f


def _entries(x: Any) -> Any:
    """A loop over the entries of x."""
    total = 0.0
    for i in range(len(x)):
        total = total + x[i] * x[i]
    return total


def _beside_autograd(what: str, program: Program, x: Any) -> Row:
    """Time of our gradient / of autograd's."""
    ours, theirs = _both(program)
    mine, other = interleaved([lambda: ours(x), lambda: theirs(x)], turns=20)
    return _row(f"gradient of {what}, derivable / autograd", mine / other, 1)


def _both(program: Program) -> tuple[Any, Any]:
    import autograd  # noqa: PLC0415
    import autograd.numpy as anp  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    from derivable.calculus import grad  # noqa: PLC0415

    return grad(program(np)), autograd.grad(program(anp))


def _loops() -> list[Row]:
    """The loop over entries: gradient / recorded run, and its growth.

    A plain run is also named, without a target: an operation that is
    recorded is a few calls of Python, and one on two plain numbers none.
    """
    import numpy as np  # noqa: PLC0415

    from derivable.calculus import Tensor, grad  # noqa: PLC0415

    share, alone = [], []
    for n in ENTRIES:
        x = np.ones(n)
        plain, run, gradient = interleaved(
            [
                lambda x=x: _entries(x),  # type: ignore[misc]
                lambda x=x: _entries(Tensor(x)),  # type: ignore[misc]
                lambda x=x: grad(_entries)(x),  # type: ignore[misc]
            ],
            turns=REPEATS,
            repeats=1,
        )
        share.append(gradient / run)
        alone.append(gradient / plain)
    what = f"a loop over {ENTRIES[-1]} entries"
    return [
        _row(f"gradient / recorded run, {what}", max(share), 6),
        _row(
            f"its gradient / plain run, {ENTRIES[-1]} / {ENTRIES[0]} entries",
            alone[-1] / alone[0],
            2,
        ),
        Row(f"gradient / plain run, {what}", f"{alone[-1]:.0f}"),
    ]


def _memory(what: str, program: Program) -> Row:
    """Peak of our gradient / of autograd's."""
    import numpy as np  # noqa: PLC0415

    x = np.ones(ARRAY)
    peaks = []
    for gradient in _both(program):
        tracemalloc.start()
        gradient(x)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    ours, theirs = peaks
    return _row(
        f"peak memory of {what}, derivable / autograd", ours / theirs, 1.5
    )


def _row(what: str, ratio: float, target: float) -> Row:
    return Row(what, f"{ratio:.2f}", f"≤ {target:g}", ratio <= target)
