"""A prior counts like throws that you have already seen."""

import math

import numpy as np

from derivable.probability import beta_bernoulli

THROWS = np.concatenate(
    [np.arange(0, 12), [15, 20, 30, 40, 60, 80, 100, 150, 200]]
)
STRENGTHS = np.array([2, 4, 6, 10, 20, 40, 80])
SHARE, PRIOR_MEAN = 0.7, 0.3
PARAMETERS = {
    "throws": {
        "label": "Throws seen, seven in ten heads",
        "values": THROWS,
        "start": 10,
        "shown": "{:.0f}",
    },
    "strength": {
        "label": "Strength of the prior, in throws",
        "values": STRENGTHS,
        "start": 10,
        "shown": "{:.0f}",
    },
}
NUMBERS = {
    "heads": ("Heads", "{:.0f}"),
    "share": ("Share of heads", "{:.3f}"),
    "mean": ("Posterior mean", "{:.3f}"),
    "spread": ("Posterior standard deviation", "{:.3f}"),
}
SAYS = (
    "{heads:.0f} heads in {throws:.0f} throws: the posterior mean is "
    "{mean:.2f}, with standard deviation {spread:.2f}."
)
fine = np.linspace(0.004, 0.996, 63)


def log_beta(a, b):
    constant = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return constant + (a - 1) * np.log(fine) + (b - 1) * np.log(1 - fine)


def state(throws, strength):
    throws, strength = int(throws), float(strength)
    heads = round(SHARE * throws)
    prior = PRIOR_MEAN * strength, (1 - PRIOR_MEAN) * strength
    a, b = beta_bernoulli(heads, throws, a=prior[0], b=prior[1])
    mean = a / (a + b)
    return {
        "heads": heads,
        "share": heads / throws if throws else 0.0,
        "mean": mean,
        "spread": math.sqrt(mean * (1 - mean) / (a + b + 1)),
        "prior": np.exp(log_beta(*prior)),
        "likelihood": np.exp(log_beta(1 + heads, 1 + throws - heads)),
        "posterior": np.exp(log_beta(a, b)),
        "a": a,
    }


def draw(svg, at):
    plane = svg.panel(
        x=(0, 1), y=(0, 15), xlabel="probability of heads", ylabel="density"
    )
    plane.line(fine, np.minimum(at.prior, 15), "c7")
    plane.line(fine, np.minimum(at.likelihood, 15), "c0 dashed")
    plane.line(fine, np.minimum(at.posterior, 15), "c1 bold")
    plane.text(0.02, 13.8, "prior", "c7")
    plane.text(0.02, 12.6, "likelihood, scaled", "c0")
    plane.text(0.02, 11.4, "posterior", "c1")

    path = svg.panel(
        x=(0, 200),
        y=(0.2, 0.8),
        xlabel="throws seen",
        ylabel="posterior mean",
        height=plane.height,
    )
    n = np.linspace(0, 200, 51)
    s = float(at.strength)
    path.line([0, 200], [SHARE, SHARE], "c0 dashed")
    path.line(n, (PRIOR_MEAN * s + SHARE * n) / (s + n), "c7")
    path.dot(at.throws, at.mean, "c1", drags="throws")
    path.text(4, 0.73, "share of heads in the long run", "c0")
