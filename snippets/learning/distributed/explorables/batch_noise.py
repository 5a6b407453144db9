"""Larger batches with larger rates do as much, until the rate is too large."""

import numpy as np

from derivable.learning import noisy_quadratic

H, NOISE, START = [1.0, 0.25], [4.0, 4.0], [4.0, 4.0]
BATCHES = 2 ** np.arange(0, 11)
RATES = np.array([1 / 256, 1 / 128, 1 / 64, 1 / 32, 1 / 16])
SAMPLES = 2048
PARAMETERS = {
    "B": {
        "label": "Batch size B",
        "values": BATCHES,
        "start": 8,
        "shown": "{:.0f}",
    },
    "alpha": {
        "label": "Rate for one sample",
        "values": RATES,
        "start": 1 / 64,
        "shown": "{:.4f}",
    },
}
NUMBERS = {
    "rate": ("Rate of the batch, B times as large", "{:.3f}"),
    "steps": ("Steps for 2048 samples", "{:.0f}"),
    "end": ("Expected loss after them", "{:.3g}"),
}
SAYS = (
    "Batch size {B:.0f} at rate {rate:.3f}: loss {end:.3g} after {steps:.0f} "
    "steps."
)
MOST = 1e9


def losses(B, alpha):
    """Expected losses for the samples, as far as they stay on paper."""
    steps = max(SAMPLES // int(B), 1)
    rate = float(alpha) * int(B)
    short = steps if rate < 2 else min(steps, 12)
    loss = noisy_quadratic(
        *(H, NOISE, START),
        learning_rate=rate,
        batch_size=int(B),
        num_steps=short,
    )
    return np.minimum(np.append(loss, [loss[-1]] * (steps - short)), MOST)


def state(B, alpha):
    loss = losses(B, alpha)
    at = np.linspace(0, len(loss) - 1, 65)
    curve = np.interp(at, np.arange(len(loss)), np.log10(loss))
    ends = [np.log10(losses(b, alpha)[-1]) for b in BATCHES]
    return {
        "rate": float(alpha) * int(B),
        "steps": len(loss) - 1,
        "end": loss[-1],
        "curve": curve,
        "ends": np.array(ends),
    }


def draw(svg, at):
    left = svg.panel(
        x=(0, SAMPLES), y=(-2, 3), xlabel="samples seen", ylabel="log₁₀ loss"
    )
    x = np.linspace(0, SAMPLES, 65)
    left.line(x, np.minimum(at.curve, 3.3), "c0 bold")
    right = svg.panel(
        x=(0, 10),
        y=(-2, 3),
        xlabel="batch size, as a power of 2",
        ylabel="log₁₀ loss at the end",
    )
    b = np.log2(BATCHES)
    right.line(b, np.minimum(at.ends, 3.3), "c1")
    right.dot(np.log2(at.B), float(np.clip(np.log10(at.end), -2, 3)), "c0")
