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

from derivable.grading import expect_close, expect_raises

x = np.array([3.0, 1.0, 4.0, 2.0])
found = best_split(x, np.array([1, 0, 1, 0]))
expect_close(found, [2.5, 1.0], what="a perfect split: threshold and gain")

x, labels = np.arange(8.0), np.array([0, 1, 0, 0, 1, 1, 1, 1])
gain = bits(labels) - bits(labels[:4]) / 2
expect_close(
    best_split(x, labels),
    [3.5, gain],
    what="best_split(0 … 7, 0 1 0 0 1 1 1 1)",
    hint="a branch counts as much as it has samples",
)
x, labels = np.arange(6.0), np.array([1, 0, 0, 0, 0, 0])
expect_close(
    best_split(x, labels),
    [0.5, bits(labels)],
    what="one sample split off",
    hint="a branch counts as much as it has samples",
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
    """Threshold between two values of x, and its information gain."""
    values = np.unique(x)
    if len(values) < 2:
        raise ValueError(f"x must have two values, got {values}")
    best, threshold = -1.0, None
    for cut in (values[:-1] + values[1:]) / 2:
        left, right = labels[x <= cut], labels[x > cut]
        after = len(left) * bits(left) + len(right) * bits(right)
        gain = bits(labels) - after / len(labels)
        if gain > best:
            best, threshold = gain, cut
    return threshold, best
