"""What the book promises about the speed of its library, as ratios.

Both sides of a ratio take turns in one process, and the least time of each
counts, in the time of the process: load only adds.
"""

import math
import time
from pathlib import Path
from typing import Any

from press.measure import REPEATS, Row, Say, interleaved

ADAM = (100_000, 1000)  # parameters, steps
MLP, BATCH = (64, 128, 10), 64


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
    say("a lasso path of 100 penalties")
    lasso = _lasso()
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
        Row(
            "lasso path of 100 penalties on 500 × 100, derivable / "
            "scikit-learn",
            f"{lasso:.1f}",
            "≤ 5",
            lasso <= 5,
        ),
    ]


def networks(_root: Path, say: Say) -> list[Row]:
    """An epoch of training beside the same steps in bare NumPy."""
    import numpy as np  # noqa: PLC0415  (is not needed to print the book)
    from sklearn.datasets import load_digits  # noqa: PLC0415

    from derivable.learning import init_mlp, train  # noqa: PLC0415
    from derivable.optimization import (  # noqa: PLC0415
        Batches,
        gradient_descent,
    )

    say(f"an epoch of a {'–'.join(map(str, MLP))} network on digits")
    X, y = load_digits(return_X_y=True)
    X, Y = X / 16, np.eye(MLP[-1])[y]
    start = init_mlp(MLP, rng=np.random.default_rng(0))

    def bare() -> Any:
        (W1, b1), (W2, b2) = ((p["W"].copy(), p["b"].copy()) for p in start)
        order = np.random.default_rng(1).permutation(len(X))
        for at in range(0, len(X), BATCH):
            i = order[at : at + BATCH]
            A, T = X[i], Y[i]
            Z = A @ W1 + b1
            H = np.maximum(Z, 0)
            S = H @ W2 + b2
            S -= S.max(axis=1, keepdims=True)
            S -= np.log(np.exp(S).sum(axis=1, keepdims=True))
            dS = (np.exp(S) - T) / len(i)
            dZ = (dS @ W2.T) * (Z > 0)
            W2 -= 0.1 * (H.T @ dS)
            b2 -= 0.1 * dS.sum(axis=0)
            W1 -= 0.1 * (A.T @ dZ)
            b1 -= 0.1 * dZ.sum(axis=0)
        return W1

    def ours() -> Any:
        batches = Batches(BATCH, np.random.default_rng(1))
        rule = gradient_descent(0.1)
        run = train(start, X, y, optimizer=rule, batches=batches, num_epochs=1)
        return run.parameters[0]["W"]

    np.testing.assert_allclose(ours(), bare(), rtol=1e-8, atol=1e-12)
    mine, theirs = interleaved([ours, bare])
    return [
        Row(
            f"an epoch of a {'–'.join(map(str, MLP))} network, derivable / "
            "bare NumPy",
            f"{mine / theirs:.2f}",
            "≤ 1.5",
            mine <= 1.5 * theirs,
        )
    ]


def convolution(_root: Path, say: Say) -> list[Row]:
    """An epoch of a network of filters beside PyTorch, if it is there."""
    import importlib  # noqa: PLC0415

    what = "an epoch of a convolutional network on digits, derivable / PyTorch"
    try:
        torch: Any = importlib.import_module("torch")
    except ImportError:
        return [Row(what, "not measured, PyTorch is not installed", "≤ 3")]
    import numpy as np  # noqa: PLC0415  (is not needed to print the book)
    from sklearn.datasets import load_digits  # noqa: PLC0415

    from derivable.learning import (  # noqa: PLC0415
        init_convnet,
        train_convnet,
    )
    from derivable.optimization import (  # noqa: PLC0415
        Batches,
        gradient_descent,
    )

    say("an epoch of a convolutional network on digits")
    X, y = load_digits().images[:, None] / 16, load_digits().target
    start = init_convnet((1, 8, 8), [8, 16], 10, rng=np.random.default_rng(0))
    nn = torch.nn
    images, labels = torch.tensor(X), torch.tensor(y)

    def theirs() -> Any:
        net = nn.Sequential(
            *(nn.Conv2d(1, 8, 3, padding=1), nn.MaxPool2d(2), nn.ReLU()),
            *(nn.Conv2d(8, 16, 3, padding=1), nn.MaxPool2d(2), nn.ReLU()),
            *(nn.Flatten(), nn.Linear(64, 10)),
        ).double()
        layers = (net[0], net[3], net[7])
        with torch.no_grad():
            for module, layer in zip(layers, start, strict=True):
                w = layer["F"] if "F" in layer else layer["W"].T
                module.weight.copy_(torch.tensor(w))
                module.bias.copy_(torch.tensor(layer["b"]))
        rule = torch.optim.SGD(net.parameters(), lr=0.1)
        order = np.random.default_rng(1).permutation(len(X))
        for at in range(0, len(X), BATCH):
            i = torch.tensor(order[at : at + BATCH])
            rule.zero_grad()
            nn.functional.cross_entropy(net(images[i]), labels[i]).backward()
            rule.step()
        return net[0].weight.detach().numpy()

    def ours() -> Any:
        batches = Batches(BATCH, np.random.default_rng(1))
        rule = gradient_descent(0.1)
        run = train_convnet(
            start, X, y, optimizer=rule, batches=batches, num_epochs=1
        )
        return run.parameters[0]["F"]

    np.testing.assert_allclose(ours(), theirs(), rtol=1e-8, atol=1e-12)
    mine, other = interleaved([ours, theirs])
    return [Row(what, f"{mine / other:.1f}", "≤ 3", mine <= 3 * other)]


def sampling(_root: Path, say: Say) -> list[Row]:
    """Metropolis beside emcee, and Hamiltonian chains beside both.

    One target, a Gaussian in ten dimensions with standard deviations
    from 1 to 3. The worth of all draws is that of the worst coordinate.
    """
    import numpy as np  # noqa: PLC0415  (is not needed to print the book)

    from derivable.probability import (  # noqa: PLC0415
        effective_sample_size,
        hamiltonian_monte_carlo,
        metropolis_hastings,
        random_walk,
    )

    say("chains of ours and of emcee")
    rng = np.random.default_rng(0)
    scale, chains, steps = np.linspace(1, 3, 10), 32, 5000
    x0 = scale * rng.normal(size=(chains, 10))

    def log_p(x: Any) -> Any:
        return -np.sum((x / scale) ** 2, axis=1) / 2

    def slope(x: Any) -> Any:
        return -x / scale**2

    def worth(x: Any) -> float:
        return min(effective_sample_size(x[..., j]) for j in range(10))

    def metropolis() -> Any:
        walk = random_walk(2.4 / np.sqrt(10) * scale)
        return metropolis_hastings(
            log_p, x0, walk, num_steps=steps, rng=rng
        ).x[1:]

    def theirs() -> Any:
        import emcee  # noqa: PLC0415

        sampler = emcee.EnsembleSampler(chains, 10, log_p, vectorize=True)
        sampler.run_mcmc(x0, steps)
        return sampler.get_chain()

    leaps = 5
    moving = hamiltonian_monte_carlo(
        log_p, x0, step=0.8, num_leapfrog=leaps, num_steps=steps // leaps,
        rng=rng, gradient=slope, jitter=0.2,
    )  # fmt: skip
    ours, other = worth(metropolis()), worth(theirs())
    times = interleaved([metropolis, theirs], turns=3, repeats=1)
    speed = ours / times[0] / (other / times[1])
    each = worth(moving.x[1:]) / max(ours, other)
    return [
        Row(
            "effective draws a second, Metropolis / emcee",
            f"{speed:.1f}",
            "≥ 0.5",
            speed >= 0.5,
        ),
        Row(
            "effective draws for one gradient, Hamiltonian / the better of "
            "both for one density",
            f"{each:.1f}",
            "> 1",
            each > 1,
        ),
    ]


def learning(_root: Path, say: Say) -> list[Row]:
    """Logistic regression beside scikit-learn's, both to 1e-8."""
    say("logistic regression on 10000 points")
    ratio = _logistic()
    return [
        Row(
            "logistic regression on 10000 × 20 by IRLS, derivable / "
            "scikit-learn",
            f"{ratio:.1f}",
            "≤ 2",
            ratio <= 2,
        ),
    ]


def _logistic() -> float:
    """Time of IRLS / scikit-learn's, to the same weights within 1e-8."""
    import numpy as np  # noqa: PLC0415  (is not needed to print the book)
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    from derivable.learning import fit_logistic  # noqa: PLC0415

    rng = np.random.default_rng(0)
    n, ridge = 10_000, 1e-3
    X, w = rng.normal(size=(n, 20)), rng.normal(size=20)
    y = (rng.random(n) < 1 / (1 + np.exp(-X @ w))).astype(int)
    theirs = LogisticRegression(C=1 / (ridge * n), tol=1e-8)
    ours, other = interleaved(
        [lambda: fit_logistic(X, y, ridge=ridge), lambda: theirs.fit(X, y)],
        turns=3 * REPEATS,
        repeats=1,
    )
    return ours / other


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


def _lasso() -> float:
    """Time of a whole path / scikit-learn's, at the same penalties."""
    import numpy as np  # noqa: PLC0415  (is not needed to print the book)
    from sklearn import linear_model  # noqa: PLC0415

    from derivable.optimization import lasso_path  # noqa: PLC0415

    rng = np.random.default_rng(0)
    X, w = rng.normal(size=(500, 100)), np.zeros(100)
    w[:10] = 3 * rng.normal(size=10)
    X -= X.mean(axis=0)
    y = X @ w + rng.normal(size=500)
    y -= y.mean()
    lams = lasso_path(X, y).lams
    ours, other = interleaved(
        [
            lambda: lasso_path(X, y),
            lambda: linear_model.lasso_path(X, y, alphas=lams),
        ],
        turns=REPEATS,
        repeats=1,
    )
    return ours / other
