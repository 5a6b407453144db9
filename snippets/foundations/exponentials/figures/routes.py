"""The limit gains a digit for each tenfold n, the series one a term."""

import math

import matplotlib.pyplot as plt
import numpy as np

from derivable.foundations import compound, exponential_series

PAYMENTS = np.logspace(0, 16, 81)
TERMS = np.arange(1, 21)
FLOOR = 1e-16


def plain():
    return np.abs((1 + 1 / PAYMENTS) ** PAYMENTS - np.e)


def figure():
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.8), sharey=True)
    left.loglog(PAYMENTS, np.maximum(plain(), FLOOR), color="C1")
    left.text(3e10, 3e-2, "(1 + 1/n)ⁿ", color="C1", ha="center")
    careful = np.abs(compound(1.0, PAYMENTS) - np.e)
    left.loglog(PAYMENTS, np.maximum(careful, FLOOR), color="C0")
    left.text(3e10, 1e-13, "with log1p", color="C0", ha="right")
    left.loglog(PAYMENTS, np.e / 2 / PAYMENTS, "--", color="C7", linewidth=1)
    left.text(2e2, 2e-5, "e / 2n", color="C7", ha="right")
    left.set(xlabel="payments n", ylabel="error of e", ylim=(FLOOR / 2, 9))
    sums = np.array([float(exponential_series(1.0, int(k))) for k in TERMS])
    right.semilogy(TERMS, np.maximum(np.e - sums, FLOOR), "o", color="C0")
    bound = [(k + 1) / k / math.factorial(k) for k in TERMS]
    right.semilogy(TERMS, bound, "--", color="C7", linewidth=1)
    right.text(9.5, 1e-4, "bound", color="C7")
    right.set(xlabel="terms of the series", xticks=range(0, 21, 4))
    return fig
