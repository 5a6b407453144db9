"""No slope exceeds λ; a weight that is not 0 has a slope of exactly λ."""

import numpy as np
from sklearn.datasets import load_diabetes

from derivable.optimization import lambda_max, lasso_path

data = load_diabetes()
X = np.sqrt(442) * data.data  # columns of mean 0 and variance 1
y = data.target - data.target.mean()
TOP = lambda_max(X, y)
LAMS = TOP * np.geomspace(1.2, 0.001, 41)
PATH = lasso_path(X, y, LAMS)
PARAMETERS = {
    "lam": {
        "label": "Penalty λ",
        "values": LAMS,
        "start": LAMS[14],
        "shown": "{:.2f}",
    },
}
NUMBERS = {
    "kept": ("Weights that are not 0", "{:.0f}"),
    "size": ("Sum of their sizes", "{:.1f}"),
    "largest": ("Largest slope", "{:.2f}"),
}
SAYS = "Penalty {lam:.2f}: {kept:.0f} weights, largest slope {largest:.2f}."
PLACE = np.log10(LAMS)


def state(lam):
    w = PATH.w[int(np.argmin(np.abs(LAMS - lam)))]
    q = np.abs(X.T @ (y - X @ w)) / len(y)
    return {
        "kept": np.count_nonzero(w),
        "size": np.abs(w).sum(),
        "largest": q.max(),
        "q": q,
        "on": w != 0,
    }


def draw(svg, at):
    plane = svg.panel(
        x=(PLACE[-1], PLACE[0]),
        y=(-40, 40),
        xlabel="log₁₀ of the penalty",
        ylabel="weights",
    )
    for j in range(10):
        plane.line(PLACE, np.clip(PATH.w[:, j], -40, 40), f"c{j % 7} thin")
    here = float(np.log10(at.lam))
    plane.line([here, here], [-40, 40], "c7 dashed")
    plane.dot(here, 0, "c1", drags="lam")

    bars = svg.panel(
        x=(0, 11),
        y=(0, 1.25),
        xlabel="feature",
        ylabel="size of its slope / λ",
        height=plane.height,
    )
    for j in range(10):
        kept = bool(at.on[j])
        top = float(at.q[j] / at.lam)
        bars.line([j + 1, j + 1], [0, top if kept else 0], "c1 wide")
        bars.line([j + 1, j + 1], [0, 0 if kept else top], "c0 wide")
    bars.line([0, 11], [1, 1], "c7 dashed")
    bars.text(0.4, 1.1, "kept", "c1")
    bars.text(2.6, 1.1, "zero", "c0")
