"""Coordinate descent on the lasso, from products of columns.

Notation:
    w: weights, shape (d,). X, y: data and targets, (n, d) and (n,).
    Q: products of columns XᵀX/n, shape (d, d).
    q: slope of the fit with its sign turned, Xᵀ(y − Xw)/n, shape (d,).
    lam: the weight of the penalty, λ.
"""

import numpy as np

from derivable._validation import Array

EPS = float(np.finfo(np.float64).eps)
SIGNIFICANT = EPS**0.5  # of a penalty's fall, as a share


def sweep(w: Array, q: Array, Q: Array, lam: float) -> None:
    """Minimise over one weight after the other, in place.

    With the others held, wⱼ is the soft threshold of qⱼ + Qⱼⱼ wⱼ,
    divided by Qⱼⱼ; q follows by a row of Q, which is symmetric.
    """
    diagonal = Q.diagonal().tolist()
    for j, c in enumerate(diagonal):
        if c <= 0:  # a column of zeros
            continue
        old = float(w[j])
        a = float(q[j]) + c * old  # eq. claim:coordinate-step
        new = (a - min(max(a, -lam), lam)) / c  # eq. claim:coordinate-step
        if new != old:
            q -= (new - old) * Q[j]
            w[j] = new


def jump(w: Array, q: Array, Q: Array, lam: float) -> bool:
    """To the minimum for the signs that w has, in place.

    Where no sign changes the lasso is a quadratic: its minimum is one
    linear system. If a weight would change sign on the way, stop where
    the first one is 0; up to there the objective falls.

    Returns:
        Whether a weight became 0, so that there may be more to gain.
    """
    on = np.flatnonzero(w)
    if on.size == 0:
        return False
    d, longest = _direction(Q[np.ix_(on, on)], q[on], np.sign(w[on]), lam)
    shrinks = w[on] * d < 0
    far = np.full(on.size, np.inf)
    with np.errstate(over="ignore"):  # so far that no step gets there
        ratios = np.divide(-w[on], d, where=shrinks, out=far)
    first = int(np.argmin(ratios))
    t = min(float(ratios[first]), longest)
    q -= t * (d @ Q[on])
    w[on] += t * d
    if ratios[first] > longest:
        return False
    w[on[first]] = 0.0
    return True


def _direction(
    inner: Array, q: Array, signs: Array, lam: float
) -> tuple[Array, float]:
    """Where the lasso falls while no sign changes, and how far.

    If the columns depend on each other, some combination of weights
    leaves the fit as it is. Where it lowers the penalty go along it,
    as far as signs allow. Else solve for the minimum.
    """
    unit = 1 / np.sqrt(inner.diagonal())  # of columns with length 1
    R = inner * unit * unit[:, None]
    slope = unit * (q - lam * signs)
    small = len(R) * EPS
    try:
        inverse = np.linalg.inv(R)
        if np.linalg.norm(inverse) * small < 1:
            return unit * (inverse @ slope), 1.0
    except np.linalg.LinAlgError:
        pass
    values, V = np.linalg.eigh(R)
    idle = V[:, values <= small]
    cheaper = -idle @ (idle.T @ (unit * signs))
    if np.linalg.norm(cheaper) > SIGNIFICANT * np.linalg.norm(unit):
        return unit * cheaper, np.inf
    moving = V[:, values > small]
    return unit * (moving @ (moving.T @ slope / values[values > small])), 1.0
