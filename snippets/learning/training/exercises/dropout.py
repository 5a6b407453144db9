# %% starter
import numpy as np


def dropout(A, rate, rng, *, training=True):
    """A, with entries left out by chance in training."""
    return A * (rng.random(A.shape[1]) >= rate)


# %% check
from functools import partial

import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

A = np.full((300, 200), 3.0)
varied = np.random.default_rng(0).uniform(1, 2, size=(30, 20))
for rate in (0.2, 0.5):
    out = dropout(A, rate, np.random.default_rng(1))
    expect_equal(out.shape, A.shape, what=f"shape at rate {rate}")
    expect_close(
        np.unique(out.round(9)),
        np.array([0, 3 / (1 - rate)]).round(9),
        what=f"the values at rate {rate}",
        hint="what stays is divided by the probability to stay",
    )
    expect_close(
        np.mean(out == 0),
        rate,
        atol=0.01,
        what=f"share left out at rate {rate}",
        hint="rate is the probability to leave out, not to stay",
    )
    expect_equal(
        len(np.unique(out == 0, axis=0)) > 200,
        True,
        what="each sample has a mask of its own",
        hint="draw one number for each entry",
    )
    expect_equal(
        len(np.unique(out == 0, axis=1).T) > 150,
        True,
        what="each unit has a mask of its own",
        hint="draw one number for each entry",
    )
    rng, given = np.random.default_rng(1), varied.copy()
    out, again = dropout(given, rate, rng), dropout(given, rate, rng)
    expect_close(
        out,
        np.where(out == 0, 0.0, varied / (1 - rate)),
        what=f"what stays of entries that differ, at rate {rate}",
        hint="each entry that stays is its own, divided by 1 - rate",
    )
    expect_equal(
        np.array_equal(out == 0, again == 0),
        False,
        what=f"two steps have the same mask, at rate {rate}",
        hint="draw from the rng that is given",
    )
    other = dropout(given, rate, np.random.default_rng(2))
    expect_equal(
        np.array_equal(out == 0, other == 0),
        False,
        what=f"two generators give the same mask, at rate {rate}",
        hint="draw from the rng that is given",
    )
    first = dropout(given, rate, np.random.default_rng(1))
    expect_close(
        first, out, what="the same generator again", hint="no other chance"
    )
    expect_equal(
        np.array_equal(given, varied), True, what="the input is left alone"
    )
    still = dropout(A, rate, np.random.default_rng(1), training=False)
    expect_close(still, A, what="evaluation", hint="nothing happens there")
expect_close(dropout(A, 0.0, np.random.default_rng(1)), A, what="a rate of 0")
expect_equal(float(A.min()), 3.0, what="the input is left alone")
for rate in (1.0, -0.1, 1.5):
    for training in (True, False):
        expect_raises(
            ValueError,
            partial(dropout, training=training),
            A,
            rate,
            np.random.default_rng(1),
            what=f"a rate of {rate}, training {training}",
            hint="check the rate first",
        )

# %% solution
import numpy as np


def dropout(A, rate, rng, *, training=True):
    """A, with entries left out by chance in training."""
    if not 0 <= rate < 1:
        raise ValueError(f"rate must lie in [0, 1), got {rate}")
    if not training:
        return A
    return A * (rng.random(A.shape) >= rate) / (1 - rate)
