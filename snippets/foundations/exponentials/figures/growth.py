"""On a logarithmic axis a rising exponential is a line; powers bend below."""

import matplotlib.pyplot as plt
import numpy as np

N = np.arange(1, 101)
POWER = 10


def overtakes():
    """The first n from which 2ⁿ stays above n to the tenth."""
    below = np.log(2.0) * N <= POWER * np.log(N)
    return int(N[below][-1]) + 1


def numbers():
    return {"n": overtakes(), "power": POWER, "last": N[-1]}


def figure():
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.8))
    few = np.arange(1, 11)
    for f, words, color in [
        (few, "n", "C7"),
        (few**2, "n²", "C2"),
        (2**few, "2ⁿ", "C0"),
    ]:
        left.plot(few, f, "o-", color=color, markersize=3)
        left.text(10.2, f[-1], words, color=color, va="center")
    left.set(xlabel="n", ylabel="value", xlim=(0.5, 11.5))
    right.semilogy(N, 2.0**N, color="C0")
    right.text(78, 2e21, "2ⁿ", color="C0")
    right.semilogy(N, N.astype(float) ** POWER, color="C1")
    right.text(70, 2e16, "n¹⁰", color="C1")
    right.semilogy(N, N.astype(float) ** 2, color="C2")
    right.text(70, 3e4, "n²", color="C2")
    right.axvline(overtakes(), color="C7", linewidth=0.8)
    right.set(xlabel="n", ylabel="value, logarithmic axis")
    return fig
