"""A sum of sines is a chain of turning arrows; a phase shifts it left."""

import numpy as np

from derivable.foundations import (
    fourier_series,
    square_wave,
    square_wave_coefficients,
)

COUNTS = np.array([1, 2, 3, 5, 8, 15])
PHASES = np.arange(0, 361, 20)
PARAMETERS = {
    "count": {
        "label": "Number of sines",
        "values": COUNTS,
        "start": 3,
        "shown": "{:.0f}",
    },
    "phase": {
        "label": "Phase, degrees",
        "values": PHASES,
        "start": 40,
        "shown": "{:.0f}°",
    },
}
NUMBERS = {
    "fastest": ("Turns of the fastest sine a period", "{:.0f}"),
    "start": ("Sum at time 0", "{:.3f}"),
    "peak": ("Largest sum", "{:.3f}"),
    "over": ("Overshoot, per cent of the jump", "{:.1f}"),
    "shift": ("Shift to the left, periods", "{:.3f}"),
}
SAYS = (
    "{count:.0f} sines, phase {phase:.0f}°: overshoot {over:.1f} per cent, "
    "shifted left by {shift:.2f} periods."
)
TIMES = np.linspace(0, 1, 97)


def total(t, count):
    b = square_wave_coefficients(2 * count - 1)
    return fourier_series(t, 0 * b, b)


def state(count, phase):
    count = int(count)
    shift = phase / 360
    b = square_wave_coefficients(2 * COUNTS[-1] - 1)[1::2]
    b = np.where(np.arange(len(b)) < count, b, 0.0)
    k = 2 * np.arange(len(b)) + 1
    arrows = b * np.exp(2j * np.pi * k * shift)
    tips = np.concatenate([[0], np.cumsum(arrows)])
    peak = float(total(1 / (4 * count), count))
    return {
        "fastest": 2 * count - 1,
        "start": tips[-1].imag,
        "peak": peak,
        "over": 100 * (peak - 1) / 2,
        "shift": shift,
        "tips": np.stack([tips.real, tips.imag]),
        "curve": total(TIMES + shift, count),
    }


def draw(svg, at):
    chain = svg.panel(
        x=(-2.3, 2.3), y=(-1.9, 1.9), xlabel="", ylabel="", equal=True
    )
    around = np.linspace(0, 2 * np.pi, 61)
    radius = 4 / np.pi
    chain.line(radius * np.cos(around), radius * np.sin(around), "c7 thin")
    chain.line(*at.tips, "c0 bold")
    first = at.tips[:, 1]
    chain.dot(*first, "c7", drags="phase")
    chain.line([at.tips[0, -1], 2.3], [at.start, at.start], "c1 dashed")
    chain.dot(*at.tips[:, -1], "c1")

    plane = svg.panel(
        x=(0, 1),
        y=(-1.9, 1.9),
        xlabel="time, periods",
        ylabel="sum",
        height=chain.height,
    )
    edges = np.linspace(0, 1, 193)
    plane.line(edges, square_wave(edges + at.shift), "c7 thin")
    plane.line(TIMES, at.curve, "c0 bold")
    plane.dot(0, at.start, "c1")
