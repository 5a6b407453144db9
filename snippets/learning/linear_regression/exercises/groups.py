# %% starter
import numpy as np


def grouped_folds(groups, num_folds, rng):
    """Pairs of row numbers, train and test; no group is in both."""
    rows = rng.permutation(len(groups))
    tests = np.array_split(rows, num_folds)
    return [(np.setdiff1d(rows, test), np.sort(test)) for test in tests]


# %% check
import numpy as np

from derivable.grading import expect_equal, expect_raises

groups = np.array(["ann", "bob", "ann", "cem", "bob", "dee", "eve", "eve"])
folds = grouped_folds(groups, 2, np.random.default_rng(0))
expect_equal(len(folds), 2, what="number of folds")
for train, test in folds:
    shared = set(groups[train]) & set(groups[test])
    expect_equal(
        shared,
        set(),
        what="groups in train and test",
        hint="deal the groups, then look up their rows",
    )
    expect_equal(
        sorted([*train, *test]),
        list(range(8)),
        what="rows of a fold",
        hint="train and test together are all rows",
    )
tests = np.concatenate([test for _, test in folds])
expect_equal(
    sorted(tests), list(range(8)), what="rows tested", hint="each row once"
)
folds = grouped_folds(groups, 5, np.random.default_rng(0))
expect_equal(
    [len(set(groups[test])) for _, test in folds],
    [1] * 5,
    what="groups in each of as many folds as groups",
    hint="deal whole groups, as evenly as possible",
)
many = np.arange(100) // 2
for k in (5, 7):
    counts = [
        len(set(many[test]))
        for _, test in grouped_folds(many, k, np.random.default_rng(0))
    ]
    expect_equal(
        max(counts) - min(counts) <= 1,
        True,
        what=f"whether {k} folds hold as many of 50 groups, or one more",
        hint="numpy.array_split of the groups",
    )
uneven = np.repeat(np.arange(6), [9, 1, 1, 1, 1, 1])
expect_equal(
    [
        len(set(uneven[test]))
        for _, test in grouped_folds(uneven, 3, np.random.default_rng(0))
    ],
    [2, 2, 2],
    what="groups in each of three folds, if one group is large",
    hint="count groups, not rows",
)
seen = {
    frozenset(grouped_folds(many, 5, np.random.default_rng(s))[0][1])
    for s in range(5)
}
expect_equal(
    len(seen), 5, what="folds of five seeds", hint="shuffle the groups by rng"
)
expect_raises(
    ValueError,
    grouped_folds,
    groups,
    6,
    np.random.default_rng(0),
    what="more folds than groups",
    hint="a fold would be empty",
)
expect_raises(
    ValueError,
    grouped_folds,
    groups,
    1,
    np.random.default_rng(0),
    what="a single fold",
    hint="nothing would be left to train on",
)

# %% solution
import numpy as np


def grouped_folds(groups, num_folds, rng):
    """Pairs of row numbers, train and test; no group is in both."""
    groups = np.asarray(groups)
    names = np.unique(groups)
    if not 2 <= num_folds <= len(names):
        raise ValueError(
            f"num_folds must lie in 2 to {len(names)}, got {num_folds}"
        )
    parts = np.array_split(rng.permutation(names), num_folds)
    inside = [np.isin(groups, part) for part in parts]
    return [(np.flatnonzero(~i), np.flatnonzero(i)) for i in inside]
