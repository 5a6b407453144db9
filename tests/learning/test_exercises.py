"""Answers that look right and are wrong, and that a check must refuse."""

import pytest

BCE = """
def mean_bce(z, y):
    if z.shape != y.shape or not np.isin(y, (0, 1)).all():
        raise ValueError
    p = {p}
    return {loss}, (p - y) / z.size
"""
SAFE = "np.exp(-np.logaddexp(0, -z))"

AUC = """
def auc(y, scores):
    ones, zeros = scores[y == 1], scores[y == 0]
    if {empty}:
        raise ValueError
    {gap}
    return np.mean((gap > 0) + 0.5 * (gap == 0))
"""
BOTH = "len(ones) == 0 or len(zeros) == 0"
SAFE_GAP = "gap = ones[:, None].astype(float) - zeros"

WRONG = {
    "classification/bce": {
        "a mean for each column": BCE.format(
            p=SAFE, loss="np.mean(np.logaddexp(0, z) - y * z, axis=0)"
        ),
        "divided by the number of rows": BCE.format(
            p=SAFE, loss="np.sum(np.logaddexp(0, z) - y * z) / len(z)"
        ),
        "a gradient that overflows": BCE.format(
            p="1 / (1 + np.exp(-z))",
            loss="np.mean(np.logaddexp(0, z) - y * z)",
        ),
    },
    "classification/auc": {
        "only zeros may be missing": AUC.format(
            empty="len(zeros) == 0", gap=SAFE_GAP
        ),
        "only ones may be missing": AUC.format(
            empty="len(ones) == 0", gap=SAFE_GAP
        ),
        "differences that wrap": AUC.format(
            empty=BOTH,
            gap="gap = (ones[:, None] + 0) - (zeros + 0)",
        ),
    },
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "why"), [(name, why) for name in WRONG for why in WRONG[name]]
)
def test_a_wrong_answer_is_refused(name, why, refused):
    assert refused(f"learning/{name}", WRONG[name][why])
