# %% starter
import numpy as np


def warmup_then_cosine(peak, warmup, horizon):
    """t ↦ the rate of step t = 1, 2, …"""

    def rate(t):
        if t <= warmup:
            return peak * (t - 1) / warmup
        return peak * (1 + np.cos(np.pi * t / horizon)) / 2

    return rate


# %% check
from derivable.grading import expect_close
from derivable.optimization import adam, minimize, quadratic, warmup_cosine

rate = warmup_then_cosine(0.8, warmup=3, horizon=11)
expect_close(
    [rate(t) for t in (1, 2, 3, 4)],
    [0.2, 0.4, 0.6, 0.8],
    what="the first four rates",
    hint="equal rises, no rate of 0, and the peak at step warmup + 1",
)
expect_close(
    rate(8),
    0.4,
    what="the rate in the middle of the fall",
    hint="the cosine begins after the warm-up and has horizon − warmup steps",
)
expect_close(
    [rate(12), rate(30)],
    [0, 0],
    atol=1e-12,
    what="rates after the horizon",
    hint="the bare cosine rises again",
)
theirs = warmup_cosine(0.8, warmup_steps=0, num_steps=5)
ours = warmup_then_cosine(0.8, warmup=0, horizon=5)
expect_close(
    [ours(t) for t in range(1, 9)],
    [theirs(t) for t in range(1, 9)],
    atol=1e-12,
    what="rates without a warm-up",
)
path = minimize(quadratic([[1.0]]), [1.0], adam(rate), num_steps=11)
expect_close(path.x[1], [0.8], what="the first step of Adam with it")

# %% solution
import numpy as np


def warmup_then_cosine(peak, warmup, horizon):
    """t ↦ the rate of step t = 1, 2, …"""

    def rate(t):
        if t <= warmup:
            return peak * t / (warmup + 1)
        share = min((t - 1 - warmup) / (horizon - warmup), 1.0)
        return peak * (1 + np.cos(np.pi * share)) / 2

    return rate
