# %% starter
import numpy as np

from derivable.probability import entropy


def bits(labels):
    _, counts = np.unique(labels, return_counts=True)
    return entropy(counts / len(labels), base=2)


def best_split(x, labels):
    """Threshold between two values of x, and its information gain."""
    values = np.unique(x)
    best, threshold = -1.0, None
    for cut in (values[:-1] + values[1:]) / 2:
        left, right = labels[x <= cut], labels[x > cut]
        gain = bits(labels) - (bits(left) + bits(right)) / 2
        if gain > best:
            best, threshold = gain, cut
    return threshold, best


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises


def expect_split(x, labels, left, gain, what, hint):
    """Any threshold between the same two values of x is right."""
    try:
        threshold, found = best_split(x, labels)
    except ValueError as error:
        raise AssertionError(f"{what} raised {error}: {hint}") from error
    expect_close(found, gain, what=f"the gain of {what}", hint=hint)
    went = sorted(x[x <= threshold].tolist())
    expect_equal(went, left, what=f"the x on the left of {what}", hint=hint)


weights = "a branch counts as much as it has samples"
x, labels = np.array([3.0, 1.0, 4.0, 2.0]), np.array([1, 0, 1, 0])
expect_split(x, labels, [1.0, 2.0], 1.0, "a perfect split", weights)

x, labels = np.arange(8.0), np.array([0, 1, 0, 0, 1, 1, 1, 1])
gain = bits(labels) - bits(labels[:4]) / 2
what = "best_split(0 … 7, 0 1 0 0 1 1 1 1)"
expect_split(x, labels, [0.0, 1.0, 2.0, 3.0], gain, what, weights)

x, labels = np.arange(6.0), np.array([1, 0, 0, 0, 0, 0])
expect_split(x, labels, [0.0], bits(labels), "one sample split off", weights)

bytes_ = np.array([100, 200, 250], dtype=np.uint8)
near = 1 + np.array([1, 2]) * np.finfo(float).eps
for x, what in [(bytes_, "bytes"), (near, "neighbours in float64")]:
    labels = np.arange(len(x)) // (len(x) - 1)
    expect_split(
        x,
        labels,
        x[:-1].tolist(),
        bits(labels),
        what,
        "a sum of values of x may overflow, and its half round up",
    )
expect_raises(
    ValueError,
    best_split,
    np.ones(3),
    np.array([0, 1, 0]),
    what="best_split of one value of x",
    hint="where x has one value there is nothing to split",
)

# %% solution
import numpy as np

from derivable.probability import entropy


def bits(labels):
    _, counts = np.unique(labels, return_counts=True)
    return entropy(counts / len(labels), base=2)


def best_split(x, labels):
    """Largest x of the left branch, and the information gain."""
    values = np.unique(x)
    if len(values) < 2:
        raise ValueError(f"x must have two values, got {values}")
    best, threshold = -1.0, None
    for cut in values[:-1]:
        left, right = labels[x <= cut], labels[x > cut]
        after = len(left) * bits(left) + len(right) * bits(right)
        gain = bits(labels) - after / len(labels)
        if gain > best:
            best, threshold = gain, cut
    return threshold, best
