# %% starter
import numpy as np

from derivable.optimization import squared_residuals


def consensus(parts, rho=1.0, num_steps=500):
    """Least squares on data (X, y) that stay in their parts."""
    d = parts[0][0].shape[1]
    f = [squared_residuals(X, y) for X, y in parts]
    x = np.zeros((len(parts), d))
    for _ in range(num_steps):
        z = x.mean(axis=0)
        x = np.array([f[i].prox(z, 1 / rho) for i in range(len(parts))])
    return z


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(2)
w = np.array([1.0, -2.0, 0.5])
parts = []
for n in (3, 8, 20, 33):
    X = rng.normal(size=(n, 3)) * rng.uniform(0.5, 2, size=3)
    parts.append((X, X @ w + rng.normal(size=n)))
every = np.vstack([X for X, _ in parts])
right = np.linalg.lstsq(every, np.concatenate([y for _, y in parts]))[0]
found = consensus(parts)
expect_equal(found.shape, (3,), what="the shape", hint="one common vector")
for rho in (1.0, 3.0):
    expect_close(
        consensus(parts, rho=rho),
        right,
        rtol=1e-5,
        what=f"the fit to all data, with rho = {rho}",
        hint="each part needs its own multiplier, and weighs as its samples",
    )
expect_close(
    consensus(parts[-1:]),
    np.linalg.lstsq(*parts[-1])[0],
    rtol=1e-5,
    what="one part alone",
    hint="then it is least squares on that part",
)

# %% solution
import numpy as np

from derivable.optimization import squared_residuals


def consensus(parts, rho=1.0, num_steps=500):
    """Least squares on data (X, y) that stay in their parts."""
    d = parts[0][0].shape[1]
    f = [squared_residuals(X, y) for X, y in parts]
    n = np.array([len(y) for _, y in parts])
    steps = n / n.sum() / rho
    x, u = np.zeros((2, len(parts), d))
    for _ in range(num_steps):
        z = (x + u).mean(axis=0)
        u = u + x - z
        for i, part in enumerate(f):
            x[i] = part.prox(z - u[i], steps[i])
    return z
