"""Answers that look right and are wrong, and that a check must refuse."""

import pytest

GROUPS = """
def group_lasso(X, y, lam, groups, num_steps=2000):
    n, d = X.shape
    w, t, start = np.zeros(d), n / np.linalg.norm(X, 2) ** 2, 0
    for _ in range(num_steps):
        w = w + t * X.T @ (y - X @ w) / n
        start = 0
        for G in groups:
            {body}
    return w
"""
CASE = "w[G] *= 0.0 if size <= {cut} else 1 - {cut} / size"

CONSENSUS = """
def consensus(parts, rho=1.0, num_steps=500):
    f = [squared_residuals(X, y) for X, y in parts]
    n = np.array([len(y) for _, y in parts])
    steps = {steps}
    x, u = np.zeros((2, len(parts), parts[0][0].shape[1]))
    for _ in range(num_steps):
        z = (x + u).mean(axis=0)
        u = u + x - z
        x = np.array([a.prox(b, s) for a, b, s in zip(f, z - u, steps)])
    return z
"""

WRONG = {
    "proximal/group_lasso": {
        "lengths of groups instead of indices": GROUPS.format(
            body="G = slice(start, start + len(G)); start = G.stop; "
            "size = np.linalg.norm(w[G]); " + CASE.format(cut="t * lam")
        ),
        "entry by entry in a group of three": GROUPS.format(
            body="G = np.array(G); size = np.abs(w[G]) if len(G) == 3 else "
            "np.linalg.norm(w[G]) * np.ones(len(G)); "
            "w[G] *= [0.0 if a <= t * lam else 1 - t * lam / a for a in size]"
        ),
        "a threshold for each size": GROUPS.format(
            body="size = np.linalg.norm(w[G]); "
            + CASE.format(cut="t * lam * np.sqrt(max(len(G) - 1, 1))")
        ),
        "no case for a length of 0": GROUPS.format(
            body="size = np.linalg.norm(w[G]); "
            "w[G] *= np.maximum(1 - t * lam / size, 0)"
        ),
    },
    "proximal/consensus": {
        "every part weighs the same": CONSENSUS.format(
            steps="np.ones(len(n)) / rho"
        ),
        "small parts weigh more": CONSENSUS.format(steps="n.mean() / n / rho"),
    },
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "why"), [(name, why) for name in WRONG for why in WRONG[name]]
)
def test_a_wrong_answer_is_refused(name, why, refused):
    assert refused(f"optimization/{name}", WRONG[name][why])
