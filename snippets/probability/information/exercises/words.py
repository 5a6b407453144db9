# %% starter
def words(lengths):
    """A prefix code with these lengths, in the order given."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    code = [""] * len(lengths)
    for word, i in enumerate(order):
        code[i] = format(word, f"0{lengths[i]}b")
    return code


# %% check
import numpy as np

from derivable.grading import expect_equal, expect_raises

expect_equal(
    words([1, 2, 3, 3]),
    ["0", "10", "110", "111"],
    what="words([1, 2, 3, 3])",
    hint="with each further bit the number doubles",
)
expect_equal(
    words([3, 1, 3, 3, 3]),
    ["100", "0", "101", "110", "111"],
    what="words([3, 1, 3, 3, 3])",
    hint="the words belong in the order in which the lengths were given",
)
expect_equal(words([2]), ["00"], what="words([2]), with room left")
expect_equal(
    words(np.array([1, 2, 64])),
    ["0", "10", "11" + 62 * "0"],
    what="words of an array with the lengths 1, 2, 64",
    hint="int64 wraps around: make each length an int of Python",
)
expect_raises(
    ValueError,
    words,
    np.array([1, 1, 1, 64]),
    what="words of an array with the lengths 1, 1, 1, 64",
    hint="int64 wraps around: make each length an int of Python",
)
expect_raises(
    ValueError,
    words,
    [1, 1, 2],
    what="words([1, 1, 2])",
    hint="½ + ½ + ¼ is more than 1",
)
expect_raises(
    ValueError,
    words,
    [1, 1, 60],
    what="words([1, 1, 60])",
    hint="1 + 2⁻⁶⁰ is 1 in float64: count in units of the longest word",
)
expect_raises(
    ValueError,
    words,
    [0],
    what="words([0])",
    hint="a word has at least one bit",
)

# %% solution
from operator import index


def words(lengths):
    """A prefix code with these lengths, in the order given."""
    lengths = [index(n) for n in lengths]  # int64 would wrap around
    if min(lengths) < 1:
        raise ValueError(f"lengths must be at least 1, got {min(lengths)}")
    longest = max(lengths)
    if sum(2 ** (longest - n) for n in lengths) > 2**longest:
        raise ValueError(f"lengths must fit into 1, got {lengths}")
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    code, word, before = [""] * len(lengths), 0, 0
    for i in order:
        word <<= lengths[i] - before
        code[i] = format(word, f"0{lengths[i]}b")
        word, before = word + 1, lengths[i]
    return code
