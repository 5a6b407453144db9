# %% starter
import numpy as np


def elastic_net(X, y, lam, mu, num_sweeps=500):
    """Minimise ‖y − Xw‖² / 2n + λ ‖w‖₁ + ½ μ ‖w‖² by coordinates."""
    n, d = X.shape
    w, c = np.zeros(d), np.sum(X**2, axis=0) / n
    for _ in range(num_sweeps):
        for j in range(d):
            a = X[:, j] @ (y - X @ w) / n
            w[j] = np.sign(a) * max(abs(a) - lam, 0) / (c[j] + mu)
    return w


# %% check
import numpy as np
from sklearn.linear_model import ElasticNet

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(3)
X = rng.normal(size=(30, 5))
X[:, 4] = X[:, 3]
y = X @ [2.0, -1.0, 0.0, 0.5, 0.5] + 0.3 * rng.normal(size=30)
for lam, mu in [(0.1, 0.5), (0.4, 0.2), (0.1, 2.0)]:
    model = ElasticNet(
        alpha=lam + mu,
        l1_ratio=lam / (lam + mu),
        fit_intercept=False,
        tol=1e-12,
        max_iter=100_000,
    )
    expect_close(
        elastic_net(X, y, lam, mu),
        model.fit(X, y).coef_,
        rtol=1e-5,
        atol=1e-7,
        what=f"the weights for lam = {lam}, mu = {mu}",
        hint="a leaves out what wⱼ itself contributes",
    )
w = elastic_net(X, y, 0.1, 0.5)
expect_close(
    w[3], w[4], what="the weights of twin columns",
    hint="the square shares the weight between them",
)  # fmt: skip
expect_equal(
    elastic_net(X, y, 100.0, 0.5).tolist(),
    [0.0] * 5,
    what="the weights for a large lam",
    hint="0 inside the threshold",
)

# %% solution
import numpy as np


def elastic_net(X, y, lam, mu, num_sweeps=500):
    """Minimise ‖y − Xw‖² / 2n + λ ‖w‖₁ + ½ μ ‖w‖² by coordinates."""
    n, d = X.shape
    w, c = np.zeros(d), np.sum(X**2, axis=0) / n
    for _ in range(num_sweeps):
        for j in range(d):
            a = X[:, j] @ (y - X @ w) / n + c[j] * w[j]
            w[j] = np.sign(a) * max(abs(a) - lam, 0) / (c[j] + mu)
    return w
