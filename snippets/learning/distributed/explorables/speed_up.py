"""Messages turn a limit into a maximum: beyond it, machines slow you down."""

import numpy as np

from derivable.learning import amdahl, parallel_time

SHARES = np.array([0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5])
LATENCIES = np.array([0.0, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2])
TRANSFER = 0.02
K = 2.0 ** np.arange(0, 10.25, 0.25)
PARAMETERS = {
    "s": {
        "label": "Serial share s",
        "values": SHARES,
        "start": 0.02,
        "shown": "{:.2f}",
    },
    "a": {
        "label": "Latency a, in steps of one worker",
        "values": LATENCIES,
        "start": 3e-4,
        "shown": "{:.0e}",
    },
}
NUMBERS = {
    "b": ("Transfer b, in steps of one worker", "{:.2f}"),
    "most": ("Largest speed-up", "{:.1f}"),
    "at": ("Workers that reach it (of 1024 at most)", "{:.0f}"),
    "law": ("Amdahl's law at 1024 workers", "{:.1f}"),
}
SAYS = (
    "Serial share {s:.2f}, latency {a:.0e}, transfer {b:.2f}: at most "
    "{most:.1f} times as fast, with {at:.0f} workers."
)


def state(s, a):
    workers = np.arange(1.0, 1025.0)
    speed = 1 / parallel_time(
        workers, serial=float(s), latency=float(a), transfer=TRANSFER
    )
    best = int(np.argmax(speed))
    return {
        "b": TRANSFER,
        "most": speed[best],
        "at": workers[best],
        "law": float(amdahl(float(s), 1024.0)),
        "paid": np.log2(
            1
            / parallel_time(
                K, serial=float(s), latency=float(a), transfer=TRANSFER
            )
        ),
        "free": np.log2(amdahl(float(s), K)),
    }


def draw(svg, at):
    plane = svg.panel(
        x=(0, 10),
        y=(-1, 10),
        xlabel="workers, as a power of 2",
        ylabel="speed-up, as a power of 2",
    )
    plane.line([0, 10], [0, 10], "c7 thin dashed")
    plane.line(np.log2(K), at.free, "c1 dashed")
    plane.line(np.log2(K), np.maximum(at.paid, -2), "c0 bold")
    plane.dot(np.log2(at.at), np.log2(at.most), "c2")
    plane.text(0.3, 9.2, "thin grey: ideal", "c7 small")
    plane.text(0.3, 8.4, "dashed: Amdahl's law", "c1 small")
    plane.text(0.3, 7.6, "bold: with messages", "c0 small")
