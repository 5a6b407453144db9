# %% starter
import numpy as np


def log_posterior(log_prior, log_likelihood):
    """The posterior, shape (k,), from logarithms, shape (k,)."""
    joint = np.exp(log_prior) * np.exp(log_likelihood)
    return joint / joint.sum()


# %% check
import numpy as np

from derivable.grading import expect_close, expect_raises

prior = np.log([0.3, 0.7])
expect_close(
    log_posterior(prior, np.log([0.8, 0.1])),
    [24 / 31, 7 / 31],
    what="log_posterior of the spam word",
)
expect_close(
    log_posterior(prior, np.log([0.8, 0.1]) - 5000),
    [24 / 31, 7 / 31],
    what="log_posterior with likelihoods near e⁻⁵⁰⁰⁰",
    hint="subtract the largest sum of logarithms before exp",
)
expect_close(
    log_posterior(prior, [-np.inf, -3000]),
    [0, 1],
    what="log_posterior with a hypothesis that is refuted",
    hint="−∞ is a logarithm too: of 0",
)
expect_close(
    log_posterior(np.array([0, -np.inf]), np.array([-5000, 0])),
    [1, 0],
    what="log_posterior where only an excluded hypothesis foretold the data",
    hint="neither the largest prior nor the largest likelihood: their sum",
)
expect_close(
    log_posterior(np.array([-2000, 0]), np.array([0, -2000])),
    [0.5, 0.5],
    what="log_posterior where prior and likelihood outweigh each other",
    hint="neither the largest prior nor the largest likelihood: their sum",
)
for impossible in ([prior, [-np.inf, -np.inf]], [[0, -np.inf], [-np.inf, 0]]):
    expect_raises(
        ValueError,
        log_posterior,
        *np.array(impossible),
        what="log_posterior of data that are impossible",
        hint="the evidence is 0: raise a ValueError",
    )


# %% solution
import numpy as np


def log_posterior(log_prior, log_likelihood):
    """The posterior, shape (k,), from logarithms, shape (k,)."""
    s = np.asarray(log_prior) + np.asarray(log_likelihood)
    if s.max() == -np.inf:
        raise ValueError("the data are impossible under every hypothesis")
    e = np.exp(s - s.max())
    return e / e.sum()
