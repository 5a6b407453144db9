"""More payments, less error; once they are many, a tenth for ten times."""

import numpy as np

from derivable.foundations import compound

COUNTS = np.array(
    [
        *(1, 2, 3, 4, 6, 12, 24, 52, 365),
        *(10.0 ** np.arange(3, 17)).tolist(),
    ]
)
RATES = np.array([-0.8, -0.5, 0.5, 1.0, 1.5, 2.0])
PARAMETERS = {
    "n": {
        "label": "Payments n",
        "values": COUNTS,
        "start": 4.0,
        "shown": "{:.3g}",
    },
    "x": {"label": "Rate x", "values": RATES, "start": 1.0, "shown": "{:.1f}"},
}
NUMBERS = {
    "factor": ("(1 + x/n)ⁿ with log1p", "{:.8f}"),
    "typed": ("(1 + x/n)ⁿ as it stands", "{:.8f}"),
    "goal": ("eˣ", "{:.8f}"),
}
SAYS = "{n:.3g} payments make a factor of {factor:.5f}, e to x is {goal:.5f}."
T = np.linspace(0, 1, 49)
FLOOR = 1e-17


def typed(x, n):
    return (1 + x / n) ** n


def state(n, x):
    return {
        "factor": float(compound(x, n)),
        "typed": float(typed(x, n)),
        "goal": float(np.exp(x)),
    }


def account(x, n):
    """What 1 has become at the times T: linear from payment to payment."""
    if n > len(T):
        return np.exp(T * n * np.log1p(x / n))
    paid = np.floor(T * n + 1e-9)
    return (1 + x / n) ** paid * (1 + x * (T - paid / n))


def draw(svg, at):
    money = svg.panel(
        x=(0, 1.3), y=(0, 7.8), xlabel="time", ylabel="what 1 has become"
    )
    money.line(T, np.exp(at.x * T), "c7 dashed")
    money.line(T, account(at.x, at.n), "c0")
    money.dot(1, at.factor, "c0", drags="n")
    money.text(0.05, 7.1, "n payments", "c0")
    money.text(0.05, 6.4, "continuously: eˣᵗ", "c7")

    error = svg.panel(
        x=(0.6, 4e16),
        y=(1e-17, 30),
        xlog=True,
        ylog=True,
        xlabel="payments n",
        ylabel="error of the factor",
    )
    n = COUNTS
    careful = np.abs(compound(at.x, n) - at.goal)
    plain = np.abs(typed(at.x, n) - at.goal)
    error.line(n, np.maximum(careful, FLOOR), "c0 thin")
    error.line(n, np.maximum(plain, FLOOR), "c1 thin")
    error.dot(at.n, max(abs(at.typed - at.goal), FLOOR), "c1")
    error.dot(at.n, max(abs(at.factor - at.goal), FLOOR), "c0", drags="n")
    error.text(1.5e9, 3e-13, "with log1p", "c0", "end")
    error.text(3e7, 0.3, "as it stands", "c1", "start")
