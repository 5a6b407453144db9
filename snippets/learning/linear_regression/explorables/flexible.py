"""Degree buys flexibility, and the penalty takes it back."""

import functools

import numpy as np

from derivable.learning import (
    fit_ridge,
    mean_squared_error,
    polynomial_features,
)

DEGREES = np.arange(1, 13)
PENALTIES = 10.0 ** np.array([-9, -6, -5, -4, -3, -2, -1, 0, 1])
NOISE = 0.3
PARAMETERS = {
    "degree": {
        "label": "Degree",
        "values": DEGREES,
        "start": 12,
        "shown": "{:.0f}",
    },
    "lam": {
        "label": "Penalty λ",
        "values": PENALTIES,
        "start": 1e-9,
        "shown": "{:.0e}",
    },
}
NUMBERS = {
    "seen": ("Error on the training data", "{:.3f}"),
    "new": ("Error on new data", "{:.3g}"),
}
SAYS = (
    "Degree {degree:.0f} with penalty {lam:.0e}: error {seen:.3f} on the "
    "training data, {new:.3g} on new data."
)
rng = np.random.default_rng(1)
fine = np.linspace(-1, 1, 51)


def truth(x):
    return np.sin(4 * x) + x


def sample(n):
    x = rng.uniform(-1, 1, size=n)
    return x, truth(x) + NOISE * rng.normal(size=n)


(x, y), (fresh, y_fresh) = sample(20), sample(20_000)  # those of the page


def powers(x, degree):
    return polynomial_features(x[:, None], degree)


@functools.cache
def measure(degree, lam):
    model = fit_ridge(powers(x, degree), y, lam)
    return model, *(
        mean_squared_error(b, model.predict(powers(a, degree)))
        for a, b in ((x, y), (fresh, y_fresh))
    )


def state(degree, lam):
    model, seen, new = measure(int(degree), float(lam))
    every = [measure(int(k), float(lam))[1:] for k in DEGREES]
    every = np.log10(every)
    return {
        "seen": seen,
        "new": new,
        "curve": model.predict(powers(fine, int(degree))),
        "all_seen": every[:, 0],
        "all_new": every[:, 1],
    }


def numbers():
    new = np.array([measure(12, float(lam))[2] for lam in PENALTIES])
    falls = np.diff(new) < 0
    turns = np.flatnonzero(falls[1:] != falls[:-1]) + 1
    return {
        "start": new[0],
        "turns": new[turns],
        "lowest": PENALTIES[np.argmin(new)],
    }


def draw(svg, at):
    plane = svg.panel(x=(-1, 1), y=(-3, 3), xlabel="x", ylabel="y")
    plane.line(fine, truth(fine), "c7 dashed")
    plane.line(fine, np.clip(at.curve, -3, 3), "c1 bold")
    for a, b in zip(x, y, strict=True):
        plane.dot(a, b, "c0")
    plane.text(0.1, -2.1, "truth", "c7")
    plane.text(0.1, -2.7, "fit", "c1")

    plot = svg.panel(
        x=(0.5, 12.5),
        y=(-2, 1.7),
        xlabel="degree",
        ylabel="log₁₀ of the error",
        height=plane.height,
    )
    plot.line(DEGREES, at.all_seen, "c0")
    plot.line(DEGREES, np.minimum(at.all_new, 1.7), "c1")
    plot.dot(at.degree, np.log10(at.seen), "c0")
    plot.dot(at.degree, min(np.log10(at.new), 1.7), "c1", drags="degree")
    plot.text(1, -1.8, "training data", "c0")
    plot.text(1, 1.2, "new data", "c1")
