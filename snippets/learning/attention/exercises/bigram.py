# %% starter
import numpy as np


def bigram(tokens, k, D):
    """P(b | a), shape (k, k), with discount D."""
    C = np.zeros((k, k))
    np.add.at(C, (tokens[:-1], tokens[1:]), 1)
    return C / C.sum(axis=1, keepdims=True)


# %% check
import numpy as np

from derivable.grading import expect_close
from derivable.learning import fit_ngram

rng = np.random.default_rng(0)
for k, n, D in [(3, 50, 0.5), (4, 6, 0.2), (6, 3, 0.9), (5, 2, 0.7)]:
    x = rng.integers(k, size=n)
    with np.errstate(invalid="ignore"):
        found = bigram([int(a) for a in x], k, D)
    expect_close(
        np.sum(found, axis=-1),
        np.ones(k),
        what=f"the sums of the rows for {n} tokens of {k} symbols",
        hint="what is taken, D for each positive count, is given again; a "
        "row without counts is the model of single symbols",
    )
    expect_close(
        found,
        fit_ngram(x, order=2, num_symbols=k, discount=D).table,
        what=f"the table for {n} tokens of {k} symbols, D = {D}",
        hint="single symbols are discounted too, with 1/k below; all n "
        "tokens count there",
    )

# %% solution
import numpy as np


def discounted(C, P, D):
    """Shares of C less D, the rest by P; rows without counts are P."""
    total = C.sum(axis=-1, keepdims=True)
    left = D * np.sum(C > 0, axis=-1, keepdims=True)
    shares = (np.maximum(C - D, 0) + left * P) / np.maximum(total, 1)
    return np.where(total > 0, shares, P)


def bigram(tokens, k, D):
    """P(b | a), shape (k, k), with discount D."""
    C = np.zeros((k, k))
    np.add.at(C, (tokens[:-1], tokens[1:]), 1)
    single = np.bincount(tokens, minlength=k).astype(float)
    return discounted(C, discounted(single, np.full(k, 1 / k), D), D)
