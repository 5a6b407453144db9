"""The penalty decides which singular directions pass."""

import numpy as np

from derivable.linalg import filter_factors, ridge

LAMS = np.geomspace(1e-9, 1e3, 61)
DEGREE, M = 11, 24
PARAMETERS = {
    "lam": {
        "label": "Penalty λ",
        "values": LAMS,
        "start": 1e-9,
        "shown": "{:.1e}",
    },
}
NUMBERS = {
    "train": ("Error on the data", "{:.3f}"),
    "test": ("Error to the truth", "{:.3f}"),
    "length": ("Length of the weights", "{:.2f}"),
    "freedom": ("Sum of the filter factors", "{:.2f}"),
}
SAYS = (
    "Penalty {lam:.1e}: error {test:.3f} to the truth, {freedom:.1f} "
    "directions pass."
)
rng = np.random.default_rng(4)
t = np.sort(rng.uniform(-1, 1, size=M))
fine = np.linspace(-1, 1, 61)


def truth(t):
    return np.sin(3 * t)


def columns(t):
    return np.vander(t, DEGREE + 1, increasing=True)


A, B = columns(t), columns(fine)
b = truth(t) + 0.25 * rng.normal(size=M)
s = np.linalg.svd(A, compute_uv=False)


def state(lam):
    x = ridge(A, b, lam)
    f = filter_factors(A, lam)
    return {
        "train": np.sqrt(np.mean((A @ x - b) ** 2)),
        "test": np.sqrt(np.mean((B @ x - truth(fine)) ** 2)),
        "length": np.linalg.norm(x),
        "freedom": np.sum(f),
        "fit": B @ x,
        "factors": f,
    }


def numbers():
    error = np.array([(s["train"], s["test"]) for s in map(state, LAMS)])
    return {"first": error[0], "best": error[np.argmin(error[:, 1])]}


def draw(svg, at):
    plane = svg.panel(x=(-1, 1), y=(-1.8, 1.8), xlabel="t", ylabel="b")
    plane.line(fine, truth(fine), "c7 dashed")
    for x, y in zip(t, b, strict=True):
        plane.dot(x, y, "c1 small")
    plane.line(fine, np.clip(at.fit, -1.8, 1.8), "c0 bold")
    plane.text(-0.95, 1.5, "fit", "c0")
    plane.text(-0.95, 1.2, "truth", "c7")

    passes = svg.panel(
        x=(-4, 1),
        y=(-0.05, 1.25),
        xlabel="log₁₀ of σ",
        ylabel="filter factor",
        height=plane.height,
    )
    grid = np.linspace(-4, 1, 61)
    passes.line(grid, 1 / (1 + at.lam / 10 ** (2 * grid)), "c7")
    for sigma, f in zip(s, at.factors, strict=True):
        passes.dot(np.log10(sigma), f, "c0")
    half = np.clip(np.log10(at.lam) / 2, -4, 1)
    passes.line([half, half], [0, 1], "c2 dashed")
    passes.dot(half, 0.5, "c2", drags="lam")
    passes.text(-3.9, 1.12, "passes right of √λ", "c2")
