"""What the book promises about the speed of its library, as ratios.

Both sides of a ratio take turns in one process, and the least time of each
counts, in the time of the process: load only adds.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPEATS = 5
ADAM = (100_000, 1000)  # parameters, steps
Say = Callable[[str], object]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    value: str
    target: str = ""
    good: bool | None = None


def linalg(_root: Path, say: Say) -> list[Row]:
    """Convolution by patches and by loops; PCA and scikit-learn's."""
    import numpy as np  # noqa: PLC0415  (is not needed to print the book)
    from sklearn.datasets import load_digits  # noqa: PLC0415
    from sklearn.decomposition import PCA  # noqa: PLC0415

    from derivable.linalg import conv2d, conv2d_im2col, pca  # noqa: PLC0415

    say("convolution and PCA")
    rng = np.random.default_rng(0)
    X, F = rng.normal(size=(1, 3, 64, 64)), rng.normal(size=(16, 3, 3, 3))
    digits = load_digits().data
    theirs = PCA(10, svd_solver="full")
    patches, ours, other = interleaved(
        [
            lambda: conv2d_im2col(X, F),
            lambda: pca(digits, 10),
            lambda: theirs.fit(digits),
        ]
    )
    loops = math.inf
    for _ in range(REPEATS):
        start = time.process_time()
        conv2d(X, F)
        loops = min(loops, time.process_time() - start)
    return [
        Row(
            "convolution of 64 × 64 × 3 with 16 filters, loops / patches",
            f"{loops / patches:.0f}",
            "≥ 50",
            loops >= 50 * patches,
        ),
        Row(
            "PCA of 1797 × 64 digits, derivable / scikit-learn",
            f"{ours / other:.2f}",
            "≤ 1.5",
            ours <= 1.5 * other,
        ),
    ]


def optimization(_root: Path, say: Say) -> list[Row]:
    """Adam beside bare NumPy, L-BFGS beside SciPy, an SVM beside libsvm."""
    say(f"{ADAM[1]} steps of Adam on {ADAM[0]} parameters")
    adam = _adam()
    say("L-BFGS in 1000 dimensions")
    ours, theirs, above = _lbfgs()
    say("support vector machines on 500 points")
    machines = max(_machine(distance) for distance in (6.0, 1.0))
    return [
        Row(
            "1000 steps of Adam on 10⁵ parameters / bare in-place NumPy",
            f"{adam:.2f}",
            "≤ 1.5",
            adam <= 1.5,
        ),
        Row(
            "L-BFGS on the 1000-dimensional Rosenbrock, evaluations / SciPy's",
            f"{ours / theirs:.2f} ({ours} / {theirs})",
            "≤ 1.5",
            ours <= 1.5 * theirs,
        ),
        Row(
            "by how much its minimum lies above SciPy's",
            f"{above:.0e}",
            "≤ 1e-8",
            above <= 1e-8,
        ),
        Row(
            "SVM on 500 points, separable and not, derivable / scikit-learn",
            f"{machines:.1f}",
            "≤ 20",
            machines <= 20,
        ),
    ]


def _adam() -> float:
    """Time of minimize with Adam / time of the same update, bare."""
    import numpy as np  # noqa: PLC0415  (is not needed to print the book)

    from derivable.optimization import (  # noqa: PLC0415
        Problem,
        adam,
        minimize,
    )

    n, steps = ADAM
    rng = np.random.default_rng(0)
    scale, centre = rng.uniform(0.5, 2, size=n), rng.normal(size=n)

    def gradient(x: Any) -> Any:
        return scale * (x - centre)

    def bare() -> Any:
        x, m, v = np.zeros(n), np.zeros(n), np.zeros(n)
        work, root = np.empty(n), np.empty(n)
        for t in range(1, steps + 1):
            g = gradient(x)
            m *= 0.9
            m += np.multiply(g, 0.1, out=work)
            v *= 0.999
            np.multiply(g, g, out=work)
            v += np.multiply(work, 0.001, out=work)
            np.sqrt(np.divide(v, 1 - 0.999**t, out=root), out=root)
            root += 1e-8
            np.divide(m, root, out=work)
            x -= np.multiply(work, 0.01 / (1 - 0.9**t), out=work)
        return x

    def ours() -> Any:
        problem = Problem(lambda _x: 0.0, gradient)
        path = minimize(
            problem,
            np.zeros(n),
            adam(0.01),
            num_steps=steps,
            keep_every=steps,
        )
        return path.x[-1]

    np.testing.assert_allclose(ours(), bare(), rtol=1e-10, atol=1e-13)
    mine, plain = interleaved([ours, bare], turns=REPEATS, repeats=1)
    return mine / plain


def _lbfgs() -> tuple[int, int, float]:
    """Evaluations of ours and of SciPy's, and what ours ends above it."""
    import numpy as np  # noqa: PLC0415  (is not needed to print the book)
    from scipy.optimize import minimize  # noqa: PLC0415

    from derivable.optimization import lbfgs, rosenbrock  # noqa: PLC0415

    problem, x0 = rosenbrock(1000), np.tile([-1.2, 1.0], 500)
    options: Any = {"maxcor": 10, "maxiter": 15_000, "maxfun": 15_000}
    theirs = minimize(
        problem.f, x0, jac=problem.gradient, method="L-BFGS-B", options=options
    )
    ours = lbfgs(problem, x0, memory=10)
    above = max(float(ours.f[-1]) - float(theirs.fun), 0.0)
    return int(ours.evaluations[-1]), int(theirs.nfev), above


def _machine(distance: float) -> float:
    """Time to fit 500 points, two clouds apart by so much / libsvm's."""
    import numpy as np  # noqa: PLC0415  (is not needed to print the book)
    from sklearn.svm import SVC  # noqa: PLC0415

    from derivable.optimization import svc  # noqa: PLC0415

    rng = np.random.default_rng(0)
    y = np.repeat([-1, 1], 250)
    X = rng.normal(size=(500, 2)) + distance / 2 * y[:, None] / 2**0.5
    theirs = SVC(kernel="linear", C=1.0)
    ours, other = interleaved(
        [lambda: svc(X, y), lambda: theirs.fit(X, y)],
        turns=3 * REPEATS,
        repeats=1,
    )
    return ours / other


def interleaved(
    calls: Sequence[Callable[[], Any]],
    *,
    turns: int = 60,
    repeats: int = REPEATS,
) -> list[float]:
    """The least time of each call, taken in turns so that load is fair."""
    best = [math.inf] * len(calls)
    for _ in range(turns):
        for i, call in enumerate(calls):
            start = time.process_time()
            for _ in range(repeats):
                call()
            best[i] = min(best[i], (time.process_time() - start) / repeats)
    return best
