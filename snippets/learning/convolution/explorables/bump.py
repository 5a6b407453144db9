"""A detector moves with its bump; with a stride, only by whole steps."""

import numpy as np

N = 24
SHIFTS = np.arange(9)
STRIDES = np.array([1, 2, 4])
PARAMETERS = {
    "s": {"label": "Shift s", "values": SHIFTS, "start": 1, "shown": "{:.0f}"},
    "t": {
        "label": "Stride t",
        "values": STRIDES,
        "start": 2,
        "shown": "{:.0f}",
    },
}
NUMBERS = {
    "largest": ("Largest output", "{:.2f}"),
    "gap": ("Nearest shifted copy of the outputs is off by", "{:.2f}"),
}
SAYS = "Shift {s:.0f}, stride {t:.0f}: off by {gap:.2f}."
BUMP = np.array([0.5, 1.5, 3.0, 2.0])
KERNEL = np.array([-1.0, 0.0, 1.0])


def signal(s):
    x = np.zeros(N)
    x[5 : 5 + len(BUMP)] = BUMP
    return np.roll(x, s)


def outputs(s, t):
    x = signal(s)
    y = sum(f * np.roll(x, -r) for r, f in enumerate(KERNEL))
    return y[::t]


def state(s, t):
    s, t = int(s), int(t)
    y, before = outputs(s, t), outputs(0, t)
    gaps = [np.abs(y - np.roll(before, a)).max() for a in range(len(y))]
    return {"largest": y.max(), "gap": min(gaps)}


def draw(svg, at):
    s, t = int(at.s), int(at.t)
    left = svg.panel(x=(0, N), y=(-4, 4), xlabel="place", ylabel="input x")
    left.line(np.arange(N), signal(0), "c7 thin dashed")
    left.line(np.arange(N), signal(s), "c0 bold")
    left.dot(7.0 + s, 3.0, "c0")
    right = svg.panel(x=(0, N), y=(-4, 4), xlabel="place", ylabel="output y")
    right.line(np.arange(N), outputs(s, 1), "c7 thin dashed")
    y = outputs(s, t)
    for i in range(N):
        value = y[i // t] if i % t == 0 else 0.0
        right.line([i, i], [0, value], "c1 bold")
