"""The cost of a probability rises without bound as it goes to zero."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.foundations import binary_cross_entropy_with_logits

SHOWN = np.array([0.99, 0.5, 0.01])


def numbers():
    return {"p": SHOWN, "cost": -np.log(SHOWN)}


def figure():
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.6), sharey=True)
    p = np.linspace(0.002, 1, 500)
    left.plot(p, -np.log(p), color="C0")
    for q in SHOWN:
        left.plot(q, -np.log(q), "o", color="C1", markersize=5)
        side = "right" if q > 0.9 else "left"
        shift = 0.03
        words = f"{-np.log(q):.2f} at {q:g}"
        up = 0.5 if q > 0.9 else 0.15
        left.text(q + shift, up - np.log(q), words, color="C1", ha=side)
    left.set(xlabel="probability of what happened", ylabel="cost in nats")
    z = np.linspace(-6.3, 6.3, 253)
    cost = binary_cross_entropy_with_logits(z, np.ones_like(z))
    right.plot(z, cost, color="C0")
    right.plot(z, np.maximum(-z, 0), "--", color="C7")
    right.text(-3.0, 3.9, "cost of score z", color="C0")
    right.text(-3.4, 2.4, "−z", color="C7", ha="right")
    right.set(xlabel="score z of what happened")
    return fig
