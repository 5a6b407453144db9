# %% starter
def stop(losses, patience):
    """How many epochs run, and the index of the one to keep."""
    worse = 0
    for t in range(1, len(losses)):
        worse = worse + 1 if losses[t] > losses[t - 1] else 0
        if worse == patience:
            return t, t - patience
    return len(losses), len(losses) - 1


# %% check
import numpy as np

from derivable.grading import expect_equal, expect_raises
from derivable.learning import EarlyStopping


def right(losses, patience):
    rule = EarlyStopping(patience)
    for t in range(1, len(losses) + 1):
        if rule.stops(losses[:t]):
            break
    return t, rule.best(losses[:t])


rng = np.random.default_rng(1)
cases = {
    "a loss that falls": ([3.0, 2.0, 1.0], 1),
    "one epoch": ([3.0], 1),
    "a loss that rises": ([1.0, 2.0, 3.0, 4.0], 2),
    "a loss that wavers": ([5.0, 3.0, 4.0, 3.5, 4.0, 3.6, 1.0], 3),
    "a gain in time": ([5.0, 3.0, 4.0, 2.0, 4.0, 4.0], 2),
    "ties": ([2.0, 2.0, 2.0, 2.0], 2),
    "no time to stop": ([5.0, 3.0, 4.0], 5),
}
for k in range(5):
    cases[f"random losses {k}"] = (list(rng.normal(size=20)), k + 1)
for name, (losses, patience) in cases.items():
    found = stop(losses, patience)
    wanted = right(losses, patience)
    for i, what in enumerate(["epochs run", "index to keep"]):
        expect_equal(
            int(found[i]),
            wanted[i],
            what=f"{what}, for {name}",
            hint="compare with the best so far, and count the epochs since; "
            "the loop has run the epoch in which it stops",
        )
for patience in (0, -1):
    expect_raises(
        ValueError, stop, [1.0, 2.0], patience, what=f"patience {patience}"
    )


# %% solution
def stop(losses, patience):
    """How many epochs run, and the index of the one to keep."""
    if patience < 1:
        raise ValueError(f"patience must be at least 1, got {patience}")
    best = 0
    for t, loss in enumerate(losses):
        if loss < losses[best]:
            best = t
        if t - best == patience:
            return t + 1, best
    return len(losses), best
