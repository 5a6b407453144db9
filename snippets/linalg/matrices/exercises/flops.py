# %% starter
from itertools import pairwise


def count(n, sizes):
    """Multiply-adds, and operations with biases, of a batch of n."""
    macs = flops = 0
    for d, k in pairwise(sizes):
        macs += n * d * k
        flops += n * d * k
        n = k
    return macs, flops


# %% check
from derivable.grading import expect_equal

expect_equal(
    count(32, [10, 20, 15, 5]),
    (18_400, 38_080),
    what="count(32, [10, 20, 15, 5])",
    hint="the batch stays 32 in every layer, and a multiply-add is two",
)
expect_equal(
    count(1, [128, 64]),
    (8192, 16_448),
    what="count(1, [128, 64])",
    hint="each output adds one bias",
)
expect_equal(count(7, [3]), (0, 0), what="a network without layers")


# %% solution
from itertools import pairwise


def count(n, sizes):
    """Multiply-adds, and operations with biases, of a batch of n."""
    macs = flops = 0
    for d, k in pairwise(sizes):
        macs += n * d * k
        flops += 2 * n * d * k + n * k
    return macs, flops
