import re
import warnings

import numpy as np
import pytest
import scipy.optimize
import scipy.special
import sklearn.datasets
import sklearn.linear_model
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from derivable import ConvergenceError
from derivable.optimization import (
    ConvexSet,
    DivergenceError,
    Problem,
    ProxFunction,
    admm,
    conjugate,
    fista,
    frank_wolfe,
    group_norm,
    huber_loss,
    indicator,
    l1_ball,
    l1_norm,
    lambda_max,
    lasso,
    lasso_path,
    linear_regression,
    logistic_regression,
    moreau_envelope,
    project_box,
    prox_group,
    proximal_gradient,
    quadratic,
    simplex,
    soft_threshold,
    squared_residuals,
)
from derivable.optimization.proximal._gram import Gram
from derivable.optimization.proximal._run import Run
from derivable.optimization.proximal.coordinate import jump, sweep
from derivable.optimization.proximal.lasso import _solve

points = arrays(float, 4, elements=st.floats(-5, 5))
steps = st.floats(0.01, 10)
SMOOTH = linear_regression([[1.0, 0.5], [0.2, 2.0]], [1.0, -2.0])
PENALTIES = {
    "l1": l1_norm(0.7),
    "group": group_norm(0.7, [[0, 2], [1]]),
    "norm": group_norm(1.3),
    "box": indicator(lambda x: project_box(x, -0.5, 1.5)),
    "squares": squared_residuals(
        np.random.default_rng(5).normal(size=(6, 4)), np.arange(6.0)
    ),
}
of_each = pytest.mark.parametrize("g", PENALTIES.values(), ids=PENALTIES)


def data(n, d, seed=0, noise=0.5):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) + rng.normal(size=(n, 1))
    w = np.where(np.arange(d) < 4, rng.normal(size=d) * 3, 0)
    return X, X @ w + noise * rng.normal(size=n)


def by_sklearn(X, y, lam):
    model = sklearn.linear_model.Lasso(
        alpha=lam, fit_intercept=False, tol=1e-14, max_iter=1_000_000
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its tol is below rounding
        return model.fit(X, y).coef_


def objective(X, y, w, lam):
    return np.sum((y - X @ w) ** 2) / (2 * len(y)) + lam * np.abs(w).sum()


# Operators


@given(points, steps)
def test_soft_thresholding_is_the_minimiser_of_each_entry(x, t):
    for a, p in zip(x, soft_threshold(x, t), strict=True):
        best = scipy.optimize.minimize_scalar(
            lambda w, a=a: (w - a) ** 2 / 2 + t * abs(w),
            bounds=(-6, 6),
            method="bounded",
            options={"xatol": 1e-9},
        )
        assert p == pytest.approx(best.x, abs=1e-6)


def test_every_entry_may_have_its_own_threshold():
    found = soft_threshold([[3.0, -3.0], [0.5, 0.0]], [[1, 2], [1, 0]])
    np.testing.assert_array_equal(found, [[2.0, -1.0], [0.0, 0.0]])


@of_each
@given(points, steps)
def test_no_point_near_the_proximal_point_is_better(g, x, t):
    p = g.prox(x, t)
    best = g.value(p) + (p - x) @ (p - x) / (2 * t)
    rng = np.random.default_rng(0)
    for size in (1e-2, 1.0):
        for d in size * rng.normal(size=(10, 4)):
            q = p + d
            assert best <= g.value(q) + (q - x) @ (q - x) / (2 * t) + 1e-9


@of_each
@given(points, points, steps)
def test_a_proximal_operator_is_firmly_nonexpansive(g, x, z, t):
    d = g.prox(x, t) - g.prox(z, t)
    assert d @ d <= d @ (x - z) + 1e-9 * (1 + x @ x + z @ z)


@given(points, st.floats(0.1, 5))
def test_moreau_decomposition_of_a_norm_is_a_projection(x, t):
    rest = x - l1_norm(t).prox(x)
    np.testing.assert_allclose(rest, project_box(x, -t, t), atol=1e-12)
    rest = x - group_norm(t).prox(x)
    size = np.linalg.norm(x)
    ball = x if size <= t else t * x / size
    np.testing.assert_allclose(rest, ball, atol=1e-12)


def test_groups_shrink_apart_and_the_rest_stays():
    found = prox_group([3.0, 4.0, 0.3, 9.0], 1.0, [[1, 0], [2]])
    np.testing.assert_allclose(found, [2.4, 3.2, 0, 9], rtol=1e-14)
    whole = prox_group([3.0, 4.0], 1.0)
    np.testing.assert_allclose(whole, [2.4, 3.2], rtol=1e-14)


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_groups_of_any_size_shrink(scale):
    found = prox_group(np.array([3.0, 4.0]) * scale, scale)
    np.testing.assert_allclose(found, np.array([2.4, 3.2]) * scale)


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        ([[0, 1], [1, 2]], "must not overlap"),
        ([[0, 4]], "indices from 0 to"),
        ([[-1]], "indices from 0 to"),
        ([], "must not be empty"),
    ],
)
def test_bad_groups_are_refused(groups, says):
    with pytest.raises(ValueError, match=says):
        prox_group(np.ones(4), 1.0, groups)
    with pytest.raises(ValueError, match=says):
        group_norm(1.0, groups).prox(np.ones(4))


def test_overlapping_groups_are_refused_before_they_are_used():
    with pytest.raises(ValueError, match="must not overlap"):
        group_norm(1.0, [[0], [0]])


def test_negative_thresholds_and_weights_are_refused():
    with pytest.raises(ValueError, match="threshold must not be negative"):
        soft_threshold([1.0], -0.1)
    with pytest.raises(ValueError, match="threshold must not be negative"):
        prox_group([1.0], -0.1)
    with pytest.raises(ValueError, match="threshold must be a number or"):
        soft_threshold([1.0, 2.0], [1.0, 2.0, 3.0])
    for penalty in (l1_norm, group_norm):
        with pytest.raises(ValueError, match="weight must not be negative"):
            penalty(-1.0)


def test_values_of_the_penalties():
    x = [3.0, -4.0, 0.0, 1.0]
    assert l1_norm(0.5).value(x) == 4.0
    assert l1_norm().value(x) == 8.0
    assert group_norm(2.0, [[0, 1], [3]]).value(x) == pytest.approx(12)
    box = PENALTIES["box"]
    assert box.value([0.0, 1.5]) == 0
    assert box.value([0.0, 1.6]) == np.inf


def test_a_point_on_the_edge_up_to_rounding_is_inside():
    ball = indicator(l1_ball(0.3).project)
    assert ball.value([0.1, 0.2]) == 0  # 0.1 + 0.2 > 0.3 in floating point
    assert ball.value([0.1, 0.2001]) == np.inf


def test_squared_residuals_is_the_loss_and_its_operator_is_ridge():
    X, y = data(9, 4)
    f, w = squared_residuals(X, y), np.arange(4.0)
    assert f.value(w) == pytest.approx(linear_regression(X, y).f(w))
    for t in (0.1, 7.0):
        A = X.T @ X / 9 + np.eye(4) / t
        right = np.linalg.solve(A, X.T @ y / 9 + w / t)
        np.testing.assert_allclose(f.prox(w, t), right, rtol=1e-9)
    wide = squared_residuals(X[:2], y[:2])
    A = X[:2].T @ X[:2] / 2 + np.eye(4)
    right = np.linalg.solve(A, X[:2].T @ y[:2] / 2 + w)
    np.testing.assert_allclose(wide.prox(w), right, rtol=1e-9)


def test_a_function_of_the_reader_is_held_to_its_rules():
    bad = ProxFunction(lambda _: np.nan, lambda x, _: x[:1])
    with pytest.raises(ValueError, match="f\\(x\\) must be a number, got nan"):
        bad.value([1.0, 2.0])
    with pytest.raises(ValueError, match="must have shape \\(2,\\), got"):
        bad.prox([1.0, 2.0])
    with pytest.raises(TypeError, match="operator must be a function"):
        ProxFunction(np.sum, None)
    with pytest.raises(ValueError, match="step must be positive, got 0"):
        l1_norm().prox([1.0], 0)


# Envelope and conjugate


@given(st.floats(-5, 5), st.floats(0.1, 4))
def test_the_envelope_of_the_absolute_value_is_huber(x, t):
    right = huber_loss(t)(np.array([x]), np.zeros(1))[0] / t
    found = moreau_envelope(l1_norm(), [x], t)
    assert found == pytest.approx(right, abs=1e-12)


def test_conjugates_known_in_closed_form():
    x = np.linspace(-8, 8, 3201)
    s = np.array([-1.0, 0.0, 0.25, 0.9])
    half = conjugate(x**2 / 2, x, s)
    np.testing.assert_allclose(half, s**2 / 2, atol=1e-5)
    np.testing.assert_allclose(conjugate(np.abs(x), x, s), 0, atol=1e-12)
    inside = np.where(np.abs(x) <= 2, 0, np.inf)
    np.testing.assert_allclose(conjugate(inside, x, s), 2 * np.abs(s))
    u = np.linspace(0, 1, 4001)
    f = scipy.special.xlogy(u, u) + scipy.special.xlogy(1 - u, 1 - u)
    right = np.logaddexp(0, s)  # of negative entropy on two points
    np.testing.assert_allclose(conjugate(f, u, s), right, atol=1e-6)


def test_the_biconjugate_is_the_convex_envelope():
    x = np.linspace(-2, 2, 401)
    f, s = (x**2 - 1) ** 2, np.linspace(-30, 30, 6001)
    twice = conjugate(conjugate(f, x, s), s, x)
    right = np.where(np.abs(x) <= 1, 0, f)
    np.testing.assert_allclose(twice, right, atol=0.02)
    assert np.all(twice <= f + 1e-12)


def test_conjugates_refuse_what_has_none():
    with pytest.raises(ValueError, match="f must have shape \\(2,\\), got"):
        conjugate([1.0], [0.0, 1.0], [1.0])
    for f in ([np.inf, np.inf], [0.0, -np.inf], [np.nan, 0.0]):
        with pytest.raises(ValueError, match="f must be numbers or ∞"):
            conjugate(f, [0.0, 1.0], [1.0])


# Proximal gradient and FISTA

METHODS = pytest.mark.parametrize("method", [proximal_gradient, fista])


@METHODS
@pytest.mark.parametrize("step", [None, 0.05])
def test_both_find_the_lasso_of_scikit_learn(method, step):
    X, y = data(30, 8)
    path = method(
        linear_regression(X, y),
        l1_norm(0.4),
        np.zeros(8),
        step=step,
        num_steps=5000,
        tol=1e-12,
    )
    right = by_sklearn(X, y, 0.4)
    np.testing.assert_allclose(path.x[-1], right, atol=1e-6)
    assert np.sum(path.x[-1] == 0) >= 1
    assert path.f[-1] == pytest.approx(objective(X, y, right, 0.4))


@METHODS
def test_backtracking_finds_what_a_known_constant_finds(method):
    X, y = data(30, 8)
    known = linear_regression(X, y)
    unknown = Problem(known.f, known.gradient)
    x0 = np.ones(8)
    how = {"num_steps": 4000, "tol": 1e-11}
    a = method(known, l1_norm(0.4), x0, **how)
    b = method(unknown, l1_norm(0.4), x0, **how)
    np.testing.assert_allclose(a.x[-1], b.x[-1], atol=1e-7)
    assert len(b.x) < 3 * len(a.x)  # the halved step is no shorter than 1/2L


@METHODS
@pytest.mark.parametrize("f", [1e-60, 1e-3, 1e9, 1e60])
@pytest.mark.parametrize("x", [1e-100, 2.0**9, 1e100])
def test_units_of_f_and_of_x_change_nothing(method, f, x):
    X, y = data(20, 5)
    base = linear_regression(X, y)
    other = Problem(
        lambda w: f * base.f(w / x), lambda w: f / x * base.gradient(w / x)
    )
    plain = Problem(base.f, base.gradient)
    start, how = np.ones(5), {"num_steps": 2000, "tol": 1e-9}
    a = method(plain, l1_norm(0.3), start, **how)
    b = method(other, l1_norm(0.3 * f / x), x * start, **how)
    np.testing.assert_allclose(b.x[-1], x * a.x[-1], rtol=1e-6)
    np.testing.assert_allclose(b.f[0] / f, a.f[0])


@METHODS
def test_without_a_penalty_it_is_the_smooth_method(method):
    f = quadratic(np.diag([1.0, 10.0]))
    zero = ProxFunction(lambda _: 0.0, lambda x, _: x)
    path = method(f, zero, [1.0, 1.0], num_steps=1)
    np.testing.assert_allclose(path.x[1], [0.9, 0.0], atol=1e-15)
    right = [np.linalg.norm(f.gradient(x)) for x in path.x]
    np.testing.assert_allclose(path.gradient_norm, right)
    np.testing.assert_allclose(path.f, [f.f(x) for x in path.x])
    np.testing.assert_array_equal(path.steps, [0, 1])


def test_with_an_indicator_it_is_projected_gradient():
    f = quadratic(np.array([[2.0, 1.8], [1.8, 2.0]]), [3.1, 2.6])
    box = indicator(lambda x: project_box(x, 0, 1))
    path = proximal_gradient(f, box, [0.0, 0.0], num_steps=200)
    np.testing.assert_allclose(path.x[-1], [1, 0.4], atol=1e-9)


def test_a_start_outside_the_set_has_no_finite_value():
    box = indicator(lambda x: project_box(x, 0, 1))
    path = proximal_gradient(quadratic(np.eye(2)), box, [3.0, 3.0])
    assert path.f[0] == np.inf
    assert np.isfinite(path.f[1:]).all()


def test_the_values_of_proximal_gradient_never_rise():
    X, y = data(15, 30)
    f = linear_regression(X, y)
    path = proximal_gradient(f, l1_norm(0.2), np.ones(30), num_steps=300)
    assert np.all(np.diff(path.f) <= 1e-12 * path.f[0])


def test_fista_is_faster_on_a_narrow_valley():
    d = 60
    f = quadratic(np.diag(np.geomspace(1e-4, 1, d)))
    a = proximal_gradient(f, l1_norm(1e-9), np.ones(d), num_steps=400)
    b = fista(f, l1_norm(1e-9), np.ones(d), num_steps=400)
    assert 0 < b.f[-1] < 0.1 * a.f[-1]  # the minimum is 0, at 0


def test_fista_takes_its_gradients_where_nesterov_does():
    X, y = data(12, 3)
    f, g = linear_regression(X, y), l1_norm(0.1)
    path = fista(f, g, np.ones(3), num_steps=4)
    x, before, t = np.ones(3), np.ones(3), 1 / f.smoothness
    for k in range(4):
        ahead = x + (k - 1) / (k + 2) * (x - before)
        x, before = g.prox(ahead - t * f.gradient(ahead), t), x
        np.testing.assert_allclose(path.x[k + 1], x, rtol=1e-12)


def test_the_bound_of_fista_begins_with_the_first_step():
    flat = Problem(lambda _: 0.0, lambda x: 0 * x)
    f = fista(flat, l1_norm(), [0.1], step=1.0, num_steps=9).f
    bound = 2 * 0.01 / (np.arange(10) + 1) ** 2
    assert f[0] > bound[0]  # g alone is not smooth
    assert np.all(f[1:] <= bound[1:])


def test_a_step_by_halving_shrinks_distances_even_beyond_one_over_l():
    D, lam, longer = np.array([10.0, 1.0]), 0.1, 0
    rng = np.random.default_rng(4)
    g, f = l1_norm(lam), Problem(lambda x: x @ (D * x) / 2, lambda x: D * x)
    for _ in range(50):  # 0 is the minimiser
        run = Run("run", f, g, rng.normal(size=2) * [0.02, 1], None)
        for _ in range(4):
            y = run.x
            run.move(y)
            assert run.x @ run.x <= (1 - run.t) * (y @ y) + 1e-15
            longer += run.t > 0.1 and np.any(run.x)
    assert longer > 5  # with max(|1 − tμ|, |1 − tL|) above 1 − tμ


@METHODS
def test_too_long_a_step_is_reported(method):
    f = quadratic(np.diag([1.0, 10.0]))
    with pytest.raises(DivergenceError, match=r"1/L = 0\.1 is safe") as caught:
        method(f, l1_norm(0.1), [1.0, 1.0], step=0.5, num_steps=500)
    path = caught.value.path
    assert len(path.x) == caught.value.iteration + 1
    rising = Problem(lambda x: x @ x, lambda x: -2 * x)
    with pytest.raises(ConvergenceError, match="the gradient seems wrong"):
        method(rising, l1_norm(0.1), [1.0, 1.0], num_steps=500)


@METHODS
def test_a_tolerance_that_is_not_met_is_reported(method):
    with pytest.raises(ConvergenceError, match="after 3 steps the last moved"):
        method(SMOOTH, l1_norm(0.1), [1.0, 1.0], num_steps=3, tol=1e-12)
    path = method(SMOOTH, l1_norm(0.1), [1.0, 1.0], num_steps=900, tol=1e-2)
    assert len(path.x) < 60
    moved = np.linalg.norm(np.diff(path.x, axis=0), axis=1)
    size = np.linalg.norm(path.x, axis=1).max()
    assert moved[-1] <= 1e-2 * size < moved[-2]


@METHODS
def test_bad_runs_are_refused(method):
    for step in (0.0, -1.0):
        with pytest.raises(ValueError, match="step must be positive"):
            method(SMOOTH, l1_norm(), [1.0, 1.0], step=step)
    with pytest.raises(TypeError, match="g must be a ProxFunction"):
        method(SMOOTH, np.abs, [1.0, 1.0])
    with pytest.raises(TypeError, match="problem must be a Problem"):
        method(np.sum, l1_norm(), [1.0, 1.0])
    with pytest.raises(ValueError, match="tol must not be negative"):
        method(SMOOTH, l1_norm(), [1.0, 1.0], tol=-1.0)
    short = Problem(lambda x: x @ x, lambda x: x[:1])
    with pytest.raises(ValueError, match="gradient\\(x\\) must have shape"):
        method(short, l1_norm(), [1.0, 1.0])


def test_a_minimum_at_the_start_is_kept():
    still = quadratic(np.eye(2))
    path = proximal_gradient(still, l1_norm(1.0), [0.0, 0.0], tol=1e-9)
    np.testing.assert_array_equal(path.x, 0)
    assert len(path.x) == 2


def test_logistic_lasso_agrees_with_scikit_learn():
    rng = np.random.default_rng(3)
    X = rng.normal(size=(60, 5))
    y = (X[:, 0] + 0.5 * rng.normal(size=60) > 0).astype(int)
    path = fista(
        logistic_regression(X, y),
        l1_norm(0.05),
        np.zeros(5),
        num_steps=5000,
        tol=1e-12,
    )
    model = sklearn.linear_model.LogisticRegression(
        C=1 / (60 * 0.05), l1_ratio=1, solver="saga", fit_intercept=False,
        tol=1e-12, max_iter=100_000, random_state=0,
    )  # fmt: skip
    right = model.fit(X, y).coef_[0]
    np.testing.assert_allclose(path.x[-1], right, atol=1e-6)


# The lasso


@pytest.mark.parametrize(("n", "d"), [(60, 12), (20, 50), (30, 30), (5, 1)])
def test_the_path_agrees_with_scikit_learn(n, d):
    X, y = data(n, d, seed=n)
    lams = np.geomspace(1, 0.01, 12) * lambda_max(X, y)
    found = lasso_path(X, y, lams)
    right = np.array([by_sklearn(X, y, lam) for lam in lams])
    size = np.abs(right).max()
    np.testing.assert_allclose(found.w, right, atol=1e-6 * size)
    assert np.all(found.gap <= 1e-11)
    np.testing.assert_array_equal(found.lams, lams)


@settings(max_examples=25)
@given(
    st.integers(0, 10**6),
    st.integers(1, 12),
    st.integers(1, 12),
    st.floats(0.02, 1.1),
)
def test_the_gap_bounds_the_error_and_kkt_holds(seed, n, d, share):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(n, d)), rng.normal(size=n)
    lam = share * lambda_max(X, y)
    w = lasso(X, y, lam).w
    q = X.T @ (y - X @ w) / n
    assert np.all(np.abs(q) <= lam * (1 + 1e-5))
    np.testing.assert_allclose(q[w != 0], lam * np.sign(w[w != 0]), rtol=1e-5)


@settings(max_examples=20)
@given(st.integers(-250, 250), st.integers(-250, 250))
def test_units_of_data_and_targets_change_the_lasso_as_they_should(a, b):
    X, y = data(20, 6)
    base = lasso_path(X, y, [0.5, 0.1])
    sx, sy = 2.0**a, 2.0**b
    other = lasso_path(sx * X, sy * y, [0.5 * sx * sy, 0.1 * sx * sy])
    np.testing.assert_array_equal(other.w, base.w * (sy / sx))
    assert lambda_max(sx * X, sy * y) == lambda_max(X, y) * sx * sy


def test_the_default_path_starts_where_all_is_zero():
    X, y = data(40, 6)
    path = lasso_path(X, y)
    assert path.w.shape == (100, 6)
    largest = np.max(np.abs(X.T @ y)) / 40
    assert lambda_max(X, y) == pytest.approx(largest)
    np.testing.assert_allclose(path.lams[[0, -1]], [largest, largest / 1000])
    np.testing.assert_allclose(path.w[0], 0, atol=1e-12)
    assert np.count_nonzero(path.w[1]) == 1


@pytest.mark.parametrize(
    "shape", [(100, 300), (100, 150), (60, 60), (30, 400)]
)
@pytest.mark.parametrize("seed", range(3))
def test_rounds_are_few_with_more_features_than_samples(shape, seed):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=shape), rng.normal(size=shape[0])
    path = lasso_path(X, y)
    assert path.num_sweeps.max() < 10
    assert lasso(X, y, path.lams[-1]).num_sweeps < 40


@settings(max_examples=60)
@given(
    st.integers(0, 10**6),
    st.integers(2, 8),
    st.integers(1, 24),
    st.integers(1, 3),
    st.floats(0.001, 1),
)
def test_columns_may_depend_on_each_other(seed, n, d, size, share):
    """Small whole numbers: twins, mirrored twins, sums of others."""
    rng = np.random.default_rng(seed)
    X = rng.integers(-size, size + 1, size=(n, d)).astype(float)
    y = rng.normal(size=n)
    assume(np.any(X.T @ y))
    lam = share * lambda_max(X, y)
    fit = lasso(X, y, lam, max_sweeps=60)
    q = X.T @ (y - X @ fit.w) / n
    on = fit.w != 0
    assert np.all(np.abs(q) <= lam * (1 + 1e-4))
    np.testing.assert_allclose(q[on], lam * np.sign(fit.w[on]), rtol=1e-4)


def test_a_jump_lowers_the_penalty_where_the_fit_stays():
    """Of two columns that are one, w = (3, −1) can be (2, 0)."""
    Q, w = np.ones((2, 2)), np.array([3.0, -1.0])
    q = np.array([5.0, 5.0]) - Q @ w
    assert jump(w, q, Q, 0.5)
    np.testing.assert_allclose(w, [2, 0], atol=1e-12)
    np.testing.assert_allclose(q, 3, rtol=1e-12)
    assert not jump(w, q, Q, 0.5)
    np.testing.assert_allclose(w, [4.5, 0], rtol=1e-12)
    np.testing.assert_allclose(q, 0.5, rtol=1e-12)


def test_a_jump_shares_among_twins_of_one_sign():
    Q, w = np.ones((2, 2)), np.array([1.0, 1.0])
    q = np.array([5.0, 5.0]) - Q @ w
    assert not jump(w, q, Q, 0.5)
    np.testing.assert_allclose(w.sum(), 4.5, rtol=1e-12)


def test_a_weight_may_return_to_zero_and_may_be_too_large():
    data = sklearn.datasets.load_diabetes()
    X, y = data.data, data.target - data.target.mean()
    w = lasso_path(X, y).w
    s3 = w[:, data.feature_names.index("s3")]
    changes = np.flatnonzero(np.diff(s3 != 0)) + 1
    np.testing.assert_array_equal(changes, [16, 88, 95])
    assert s3[87] < 0 < s3[95]
    on = w[70] != 0
    refit = np.linalg.lstsq(X[:, on], y, rcond=None)[0]
    assert np.abs(w[70]).sum() < np.abs(refit).sum()
    assert np.count_nonzero(np.abs(w[70][on]) > np.abs(refit)) == 1


def test_a_warm_start_saves_sweeps():
    X, y = data(100, 40)
    lams = lambda_max(X, y) * np.geomspace(1, 0.01, 40)
    warm = lasso_path(X, y, lams).num_sweeps[-1]
    cold = lasso(X, y, lams[-1]).num_sweeps
    assert warm < cold


def test_columns_of_zeros_and_twins_are_no_obstacle():
    X, y = data(30, 4)
    wide = np.column_stack([X, np.zeros(30), X[:, 0]])
    lam = 0.1 * lambda_max(X, y)
    w = lasso(wide, y, lam).w
    assert w[4] == 0
    right = lasso(X, y, lam).w
    np.testing.assert_allclose(w[0] + w[5], right[0], rtol=1e-6)
    np.testing.assert_allclose(w[1:4], right[1:], rtol=1e-6)


def test_targets_that_are_all_zero_have_a_lasso_and_no_path():
    X, _ = data(10, 3)
    found = lasso(X, np.zeros(10), 0.1)
    np.testing.assert_array_equal(found.w, 0)
    assert (found.gap, found.num_sweeps) == (0, 0)
    with pytest.raises(ValueError, match="must not be orthogonal to X"):
        lasso_path(X, np.zeros(10))


def test_bad_penalties_are_refused():
    X, y = data(10, 3)
    for lam in (0.0, -1.0):
        with pytest.raises(ValueError, match="lam must be positive"):
            lasso(X, y, lam)
    for lams in ([1.0, 0.0], [0.1, 0.2]):
        with pytest.raises(ValueError, match="must be positive and not rise"):
            lasso_path(X, y, lams)
    with pytest.raises(ValueError, match="y must have 10 entries, got 9"):
        lasso(X, y[:9], 0.1)
    with pytest.raises(ConvergenceError, match="after 1 sweeps the duality"):
        lasso_path(*data(20, 50), [0.01], max_sweeps=1)


def test_the_tolerance_is_one_of_the_gap():
    X, y = data(20, 50)
    loose = lasso(X, y, 0.05, tol=1e-2)
    tight = lasso(X, y, 0.05)
    assert loose.num_sweeps < tight.num_sweeps
    unit = y @ y / 40
    worse = objective(X, y, loose.w, 0.05) - objective(X, y, tight.w, 0.05)
    assert 0 < worse <= loose.gap * unit <= 1e-2 * unit


# ADMM


@pytest.mark.parametrize("rho", [0.1, 1.0, 20.0])
def test_admm_finds_the_lasso_for_every_rho(rho):
    X, y = data(30, 8)
    path = admm(
        squared_residuals(X, y),
        l1_norm(0.4),
        np.zeros(8),
        rho=rho,
        num_steps=5000,
        tol=1e-10,
    )
    right = lasso(X, y, 0.4).w
    np.testing.assert_allclose(path.z[-1], right, atol=1e-7)
    slope = X.T @ (X @ path.x[-1] - y) / 30  # ρu is the multiplier
    np.testing.assert_allclose(rho * path.u[-1], -slope, atol=1e-6)


def test_residuals_of_admm_are_what_they_say():
    X, y = data(10, 3)
    f, g = squared_residuals(X, y), l1_norm(0.4)
    path = admm(f, g, np.ones(3), rho=2.0, num_steps=6)
    assert path.x.shape == path.z.shape == path.u.shape == (7, 3)
    np.testing.assert_array_equal(path.z[0], 1)
    np.testing.assert_array_equal(path.u[0], 0)
    for k in range(1, 7):
        x = f.prox(path.z[k - 1] - path.u[k - 1], 0.5)
        z = g.prox(x + path.u[k - 1], 0.5)
        np.testing.assert_allclose(path.x[k], x)
        np.testing.assert_allclose(path.z[k], z)
        np.testing.assert_allclose(path.u[k], path.u[k - 1] + x - z)
        assert path.primal[k] == pytest.approx(np.linalg.norm(x - z))
        moved = np.linalg.norm(z - path.z[k - 1])
        assert path.dual[k] == pytest.approx(2 * moved)


def test_admm_projects_onto_an_intersection():
    a, b = l1_ball(1.0), (lambda x: project_box(x, -0.2, 0.8))
    away = np.array([2.0, 0.7, -1.0])
    near = ProxFunction(
        lambda x: np.sum((x - away) ** 2) / 2,
        lambda x, t: a.project((x + t * away) / (1 + t)),
    )
    path = admm(near, indicator(b), np.zeros(3), num_steps=3000, tol=1e-11)
    rules = [{"type": "ineq", "fun": lambda z: 1 - np.sum(z)}]
    best = scipy.optimize.minimize(  # x = u − v with u, v ≥ 0
        lambda z: np.sum((z[:3] - z[3:] - away) ** 2),
        np.full(6, 0.05),
        bounds=[(0, 0.8)] * 3 + [(0, 0.2)] * 3,
        constraints=rules,
        options={"ftol": 1e-14, "maxiter": 500},
    ).x
    np.testing.assert_allclose(path.z[-1], best[:3] - best[3:], atol=1e-5)


@pytest.mark.parametrize("x0", [0.0, 1.0, 50.0])
@pytest.mark.parametrize("rho", [0.05, 1.0, 40.0])
def test_admm_stops_once_both_residuals_are_small_in_their_units(rho, x0):
    X, y = data(30, 8)
    f, g = squared_residuals(X, y), l1_norm(0.4)
    how = {"rho": rho, "num_steps": 3000}
    path = admm(f, g, np.full(8, x0), **how)
    x, z, u = path.x, path.z, path.u
    H = X.T @ X / 30 + rho * np.eye(8)
    unit = np.linalg.norm(np.linalg.solve(H, X.T @ y / 30))  # from 0
    for k in range(1, 3001):
        point = max(np.linalg.norm([x[k], z[k]], axis=1))
        of_f = np.linalg.norm(X.T @ (X @ x[k] - y) / 30)
        slope = rho * max(unit, of_f / rho, np.linalg.norm(u[k]))
        moved = np.linalg.norm(z[k] - z[k - 1])
        primal = max(np.linalg.norm(x[k] - z[k]), moved) / point
        if max(primal, rho * moved / slope) <= 1e-5:
            break
    assert len(admm(f, g, np.full(8, x0), tol=1e-5, **how).x) == k + 1


@pytest.mark.parametrize("x0", [1e3, -1e6, 1e10])
@pytest.mark.parametrize("lam", [0.4, 50.0])  # at 50 all weights are 0
@pytest.mark.parametrize("rho", [0.1, 1.0, 20.0])
def test_a_start_far_away_leads_admm_as_near_as_any(rho, lam, x0):
    X, y = data(30, 8)
    f, g, far = squared_residuals(X, y), l1_norm(lam), np.full(8, x0)
    how = {"rho": rho, "num_steps": 9000, "tol": 1e-8}
    path = admm(f, g, far, **how)
    right = lasso(X, y, lam).w
    np.testing.assert_allclose(path.z[-1], right, atol=1e-6)
    np.testing.assert_allclose(path.x[-1], right, atol=1e-6)


BOWL = ProxFunction(lambda x: x @ x / 2, lambda x, t: x / (1 + t))
ROUNDING = 16 * 2.0**-52


@pytest.mark.parametrize("unit", [1e-100, 1.0, 1e100])
@pytest.mark.parametrize("lam", [0.0, 0.1])
def test_if_0_minimises_both_admm_goes_down_to_rounding_of_the_start(
    unit, lam
):
    start = unit * np.array([3.0, -1.0])
    g = l1_norm(lam * unit)
    path = admm(BOWL, g, start, num_steps=90, tol=1e-6)
    ends = np.linalg.norm([path.x, path.z], axis=2).max(axis=0)
    rounding = ROUNDING * np.linalg.norm(start)
    assert ends[-1] <= rounding < 2 * ends[-2]
    still = admm(BOWL, g, 0 * start, num_steps=9, tol=1e-6)
    assert len(still.x) == 2


@pytest.mark.parametrize("unit", [1e-100, 1.0, 1e100])
@pytest.mark.parametrize("x0", [0.0, 1.0])
def test_an_answer_of_0_counts_once_it_is_rounding_beside_the_multiplier(
    unit, x0
):
    at_0 = indicator(lambda x: 0 * x)
    at_3 = ProxFunction(
        lambda x: np.sum((x - 3 * unit) ** 2) / 2,
        lambda x, t: (x + 3 * unit * t) / (1 + t),
    )  # in the end x = z = 0, and u is 3 or −3
    for f, g in ((at_3, at_0), (at_0, at_3)):
        path = admm(f, g, [x0 * unit], num_steps=200, tol=1e-6)
        size = np.maximum(np.abs(path.x), np.abs(path.z))[:, 0]
        assert size[-1] <= 3 * ROUNDING * unit < 4 * size[-2]
        assert abs(path.u[-1, 0]) == pytest.approx(3 * unit)


@pytest.mark.parametrize("unit", [1e-100, 1.0, 1e100])
@pytest.mark.parametrize("tol", [1e-2, 1e-4])
def test_an_answer_that_is_small_beside_the_data_is_found(unit, tol):
    f = squared_residuals(np.eye(1), [1000 * unit])  # ½(w − 1000)² + 999|w|
    g = l1_norm(999 * unit)
    for x0 in (0.0, 1e4):
        path = admm(f, g, [x0 * unit], num_steps=2000, tol=tol)
        ends = np.concatenate([path.x[-1], path.z[-1]])
        np.testing.assert_allclose(ends, unit, rtol=2 * tol)


@pytest.mark.parametrize("share", [0.99, 0.9999])
def test_admm_does_not_stop_at_0_near_the_largest_penalty(share):
    rng = np.random.default_rng(2)
    X = rng.normal(size=(40, 12))
    y = X[:, :2] @ [3.0, -2.0] + rng.normal(size=40)
    lam = share * lambda_max(X, y)
    f, right = squared_residuals(X, y), lasso(X, y, lam).w
    for tol in (1e-3, 1e-6):
        path = admm(f, l1_norm(lam), np.zeros(12), num_steps=2000, tol=tol)
        for end in (path.x[-1], path.z[-1]):
            error = np.linalg.norm(end - right) / np.linalg.norm(right)
            assert error <= 2 * tol


@pytest.mark.parametrize("x0", [0.0, 1.0])
def test_a_rho_that_hardly_moves_z_is_not_taken_for_an_answer(x0):
    rng = np.random.default_rng(2)
    X = rng.normal(size=(40, 12))
    y = X[:, :2] @ [3.0, -2.0] + rng.normal(size=40)
    f, g, start = squared_residuals(X, y), l1_norm(0.3), np.full(12, x0)
    how = {"num_steps": 12_000, "tol": 1e-3}
    right = lasso(X, y, 0.3).w
    for rho in (1e-3, 1.0, 1e3):
        z = admm(f, g, start, rho=rho, **how).z[-1]
        np.testing.assert_allclose(z, right, atol=0.01)
    for rho in (1e-5, 1e4, 1e9):
        with pytest.raises(ConvergenceError, match="another rho may be"):
            admm(f, g, start, rho=rho, num_steps=500, tol=1e-3)


AT_1 = indicator(lambda x: 0 * x + 1)
FREE = ProxFunction(lambda _: 0.0, lambda x, _: x)
HILL = ProxFunction(lambda x: -x @ x / 3, lambda x, _: 3 * x)  # t = 1


@pytest.mark.parametrize(
    ("f", "g", "x0"),
    [
        (FREE, AT_1, 5.0),  # x = 5, z = 1: the gap and the move are 4, as u
        (BOWL, FREE, 4.0),  # x = z = 2, u = 0: the move is 2, as the slope
        (AT_1, HILL, 3.0),  # x = 1, z = 3: the gap is 2, no move
    ],
)
def test_what_only_one_of_the_two_reaches_counts_for_admm(f, g, x0):
    assert len(admm(f, g, [x0], tol=1.0, num_steps=1).x) == 2


@pytest.mark.parametrize("rho", [1e5, 1e9])
def test_a_rho_that_hardly_moves_z_towards_0_is_refused_too(rho):
    with pytest.raises(ConvergenceError, match="another rho may be"):
        admm(BOWL, FREE, [1.0, 2.0], rho=rho, num_steps=50, tol=1e-3)


def test_admm_goes_on_from_a_0_that_z_has_only_just_reached():
    at_0 = indicator(lambda x: 0 * x)
    path = admm(at_0, l1_norm(), [5.0], num_steps=9, tol=1.0)
    np.testing.assert_array_equal(path.z[:, 0], [5, 0, 0])
    says = "x and z, of size 0, are 0 apart, and z moved by 5;"
    with pytest.raises(ConvergenceError, match=says):
        admm(at_0, l1_norm(), [5.0], num_steps=1, tol=1.0)


def test_admm_without_a_multiplier_stops_by_the_slope_of_f():
    free = ProxFunction(lambda _: 0.0, lambda x, _: x)
    X, y = data(30, 4)
    f = squared_residuals(X, y)
    path = admm(f, free, np.zeros(4), num_steps=5000, tol=1e-9)
    assert not np.any(np.abs(path.u) > 1e-12)
    right = np.linalg.lstsq(X, y, rcond=None)[0]
    np.testing.assert_allclose(path.z[-1], right, atol=1e-6)


def test_units_of_the_targets_do_not_change_when_admm_stops():
    for unit in (1e-120, 1.0, 1e120):
        X, y = data(20, 5)
        path = admm(
            squared_residuals(X, unit * y),
            l1_norm(0.3 * unit),
            np.zeros(5),
            num_steps=500,
            tol=1e-6,
        )
        if unit == 1.0:
            right = len(path.x)
        np.testing.assert_allclose(
            path.z[-1], unit * lasso(X, y, 0.3).w, atol=1e-4 * unit
        )
    assert len(path.x) == right


def test_bad_runs_of_admm_are_refused():
    X, y = data(10, 3)
    f, g = squared_residuals(X, y), l1_norm(0.1)
    for rho in (0.0, -2.0):
        with pytest.raises(ValueError, match="rho must be positive"):
            admm(f, g, np.zeros(3), rho=rho)
    with pytest.raises(TypeError, match="f must be a ProxFunction"):
        admm(SMOOTH, g, np.zeros(3))
    with pytest.raises(TypeError, match="g must be a ProxFunction"):
        admm(f, np.abs, np.zeros(3))
    path = admm(f, g, np.zeros(3), rho=2.0, num_steps=2)
    unit = np.linalg.norm(f.prox(np.zeros(3), 0.5))
    size = max(np.linalg.norm([path.x[-1], path.z[-1]], axis=1))
    of_f = X.T @ (X @ path.x[-1] - y) / 10
    slopes = np.linalg.norm([of_f, 2 * path.u[-1]], axis=1)
    slope = max(2 * unit, *slopes)
    says = (
        f"after 2 steps x and z, of size {size:.2g}, are "
        f"{path.primal[-1]:.2g} apart, and z moved by "
        f"{path.dual[-1] / 2:.2g}; the slopes of f and g, of size "
        f"{slope:.2g}, add up to {path.dual[-1]:.2g}; tol is 1e-09"
    )
    with pytest.raises(ConvergenceError, match=re.escape(says)):
        admm(f, g, np.zeros(3), rho=2.0, num_steps=2, tol=1e-9)


# Frank–Wolfe

SETS = {"simplex": simplex(2.0), "l1": l1_ball(2.0)}


@pytest.mark.parametrize("name", SETS)
def test_a_vertex_has_the_least_product(name):
    rng = np.random.default_rng(0)
    for r in rng.normal(size=(30, 5)):
        s = SETS[name].vertex(r)
        np.testing.assert_allclose(SETS[name].project(s), s)
        for x in 9 * rng.normal(size=(30, 5)):
            assert r @ s <= r @ SETS[name].project(x) + 1e-12
    assert np.abs(SETS[name].vertex(np.zeros(3))).sum() == 2


@given(points, points)
def test_the_projection_onto_the_l1_ball_is_the_nearest(x, z):
    ball = l1_ball(1.5)
    p, q = ball.project(x), ball.project(z)
    assert np.abs(p).sum() <= 1.5 + 1e-12
    assert (x - p) @ (q - p) <= 1e-9
    np.testing.assert_allclose(ball.project(p), p, atol=1e-12)


@pytest.mark.parametrize("name", SETS)
def test_the_gap_of_frank_wolfe_is_a_certificate(name):
    rng = np.random.default_rng(1)
    A, c = rng.normal(size=(8, 5)), rng.normal(size=8)
    f = linear_regression(A, c)
    x0 = SETS[name].vertex(np.ones(5))
    path = frank_wolfe(f, SETS[name], x0, num_steps=2000)
    g = indicator(SETS[name].project)
    best = fista(f, g, x0, num_steps=3000).f[-1]
    assert np.all(path.f - path.gap <= best + 1e-9)
    assert path.f[-1] - best < 1e-2
    assert path.x.shape == (2001, 5)
    assert all(g.value(x) == 0 for x in path.x[::100])
    k = np.arange(2001)
    assert np.all(path.f[1:] - best <= 2 * f.smoothness * 16 / (k[1:] + 2))


def test_frank_wolfe_goes_two_over_k_plus_two_of_the_way():
    path = frank_wolfe(SMOOTH, simplex(), [0.5, 0.5], num_steps=3)
    for k in range(3):
        s = simplex().vertex(SMOOTH.gradient(path.x[k]))
        right = path.x[k] + 2 / (k + 2) * (s - path.x[k])
        np.testing.assert_allclose(path.x[k + 1], right)
        r = SMOOTH.gradient(path.x[k])
        assert path.gap[k] == pytest.approx(r @ (path.x[k] - s))


def test_frank_wolfe_has_at_most_one_entry_more_with_each_step():
    f = quadratic(np.eye(30))
    path = frank_wolfe(f, simplex(), np.full(30, 1 / 30), num_steps=20)
    kept = np.count_nonzero(path.x, axis=1)
    np.testing.assert_array_equal(kept, [30, *range(1, 21)])


def test_frank_wolfe_stops_by_a_share_of_the_first_gap():
    for unit in (1e-200, 1.0, 1e200):
        f = Problem(lambda x, u=unit: u * (x @ x), lambda x, u=unit: 2 * u * x)
        path = frank_wolfe(f, simplex(), np.eye(4)[0], tol=0.1, num_steps=99)
        assert path.gap[-1] <= 0.1 * path.gap[0] < path.gap[-2]
    with pytest.raises(ConvergenceError, match="after 2 steps the gap is"):
        frank_wolfe(f, simplex(), np.eye(4)[0], tol=1e-3, num_steps=2)


def test_a_start_outside_of_the_set_is_refused():
    with pytest.raises(ValueError, match="x0 must lie in the set, got a"):
        frank_wolfe(SMOOTH, simplex(), [0.5, 0.6])
    edge = frank_wolfe(SMOOTH, l1_ball(0.3), [0.1, 0.2], num_steps=0)
    np.testing.assert_array_equal(edge.x, [[0.1, 0.2]])
    short = ConvexSet(lambda x: x, lambda r: r[:1])
    with pytest.raises(ValueError, match="the vertex must have shape"):
        frank_wolfe(SMOOTH, short, [0.5, 0.5])
    with pytest.raises(TypeError, match="feasible must be a ConvexSet"):
        frank_wolfe(SMOOTH, l1_norm(), [0.5, 0.5])


# Inside the methods


def test_the_gradient_mapping_is_the_move_over_the_step():
    X, y = data(30, 8)
    f, g = linear_regression(X, y), l1_norm(0.4)
    path = proximal_gradient(f, g, np.ones(8), step=0.03, num_steps=9)
    moved = np.linalg.norm(np.diff(path.x, axis=0), axis=1)
    np.testing.assert_allclose(path.gradient_norm[:-1], moved / 0.03)


def test_divergence_is_growth_beyond_the_first_two_mappings():
    f = quadratic(np.diag([10.0]))  # |1 − 0.5 · 10| = 4 times at each step
    zero = ProxFunction(lambda _: 0.0, lambda x, _: x)
    with pytest.raises(DivergenceError) as caught:
        proximal_gradient(f, zero, [1.0], step=0.5, num_steps=100)
    assert caught.value.iteration == 11  # the first with 4ᵏ > 10⁶ · 4
    assert "after 11 steps f + g went from 5 to 8.8e+13" in str(caught.value)
    assert "the step is 0.5, and 1/L = 0.1 is safe" in str(caught.value)


@pytest.mark.parametrize(("guess", "step"), [(0.6, 0.6), (0.4, 0.8)])
@pytest.mark.parametrize("L", [1e-3, 7.0])
def test_halving_starts_below_one_over_l_and_above_half_of_it(guess, step, L):
    def f(x):  # the first guess is f / ‖∇f‖²
        return float(L * (x @ x) / 2 + (guess - 0.5) * L * 9)

    zero = ProxFunction(lambda _: 0.0, lambda x, _: x)
    unknown = Problem(f, lambda x: L * x)
    for method in (proximal_gradient, fista):
        path = method(unknown, zero, [3.0], num_steps=1)
        assert path.x[1, 0] == pytest.approx(3 * (1 - step))


def test_a_step_is_halved_where_the_curvature_grows():
    steep = Problem(  # curvature 1 right of 1, 50 left of it
        lambda x: float(np.sum(np.where(x > 1, x**2 / 2 + 24.5, 25 * x**2))),
        lambda x: np.where(x > 1, x, 50 * x),
    )
    zero = ProxFunction(lambda _: 0.0, lambda x, _: x)
    path = proximal_gradient(steep, zero, [90.0], num_steps=200)
    assert np.all(np.diff(path.f) <= 0)
    assert abs(path.x[-1, 0]) < 1e-6


def test_the_duality_gap_of_a_fit_is_the_one_of_its_residual():
    X, y = data(20, 50)
    for tol in (0.5, 1e-2):
        found = lasso(X, y, 0.05, tol=tol)
        r = y - X @ found.w
        u = r / 20 * min(1, 0.05 * 20 / np.max(np.abs(X.T @ r)))
        dual = u @ y - 10 * (u @ u)
        unit = y @ y / 40
        right = (objective(X, y, found.w, 0.05) - dual) / unit
        assert found.gap == pytest.approx(right, rel=1e-6)


def test_a_sweep_solves_each_weight_and_keeps_the_slopes_right():
    X, y = data(15, 4)
    Q, c = X.T @ X / 15, X.T @ y / 15
    w = np.array([0.0, 5.0, -5.0, 0.3])
    q = c - Q @ w
    before = objective(X, y, w, 0.3)
    sweep(w, q, Q, 0.3)
    np.testing.assert_allclose(q, c - Q @ w)
    assert objective(X, y, w, 0.3) < before
    last = q[3] + Q[3, 3] * w[3]  # the last one is solved
    right = soft_threshold(last, 0.3) / Q[3, 3]
    assert w[3] == pytest.approx(right)


def test_a_jump_arrives_or_stops_where_a_weight_is_zero():
    Q, c, lam = np.array([[2.0, 1.0], [1.0, 2.0]]), np.array([3.0, 1.0]), 0.5
    w = np.array([1.0, 1.0])
    q = c - Q @ w  # the minimum for two positive weights is (1.5, −0.5)
    jump(w, q, Q, lam)
    np.testing.assert_allclose(w, [4 / 3, 0], atol=1e-15)
    np.testing.assert_allclose(q, c - Q @ w)
    assert w[1] == 0
    jump(w, q, Q, lam)  # one weight is left
    np.testing.assert_allclose(w, [1.25, 0])
    np.testing.assert_allclose(q[0], lam)
    zero = np.zeros(2)
    jump(zero, c.copy(), Q, lam)
    np.testing.assert_array_equal(zero, 0)


def test_as_many_sweeps_as_it_takes_suffice_and_one_fewer_does_not():
    X, y = data(20, 50)
    count = lasso(X, y, 0.05).num_sweeps
    assert lasso(X, y, 0.05, max_sweeps=count).num_sweeps == count
    with pytest.raises(ConvergenceError, match=f"after {count - 1} sweeps"):
        lasso(X, y, 0.05, max_sweeps=count - 1)


def test_one_step_of_admm_does_not_reach_a_tolerance():
    X, y = data(10, 3)
    f, g = squared_residuals(X, y), l1_norm(0.1)
    with pytest.raises(ConvergenceError, match="after 1 steps"):
        admm(f, g, np.zeros(3), num_steps=1, tol=1e-9)


@METHODS
@pytest.mark.parametrize(("rise", "halvings"), [(3, 30), (3, 31), (4, 31)])
def test_a_gradient_is_doubted_below_the_first_step_over_2_to_the_30(
    method, rise, halvings
):
    C = 2.0**halvings * (rise / 2 - 1) / 1.4  # at 0, where ∇f says 4
    steep = Problem(
        lambda x: float(
            np.where(x > 0.5, 0.5, rise * x + C / 2 * x**2 - 1)[0]
        ),
        lambda x: np.where(x > 0.5, 1.0, 4 + C * x),
    )
    zero = ProxFunction(lambda _: 0.0, lambda x, _: x)
    if (rise, halvings) != (3, 31):
        path = method(steep, zero, [1.0], num_steps=2)
        np.testing.assert_array_equal(path.x[1:, 0], [0, -4 / 2.0**halvings])
        return
    says = "∇f says that f changes by -16 along −∇f, differences say -12;"
    with pytest.raises(ConvergenceError, match=re.escape(says)):
        method(steep, zero, [1.0], num_steps=2)


@METHODS
@pytest.mark.parametrize("L", [1e-3, 7.0])
@pytest.mark.parametrize(
    ("x0", "least", "right"), [(3.0, -2.0, 0.0), (0.0, -5 / 3, -1.0)]
)
def test_where_f_is_zero_the_first_step_has_the_length_of_x_or_1(
    method, x0, least, right, L
):
    if x0 == 0:
        L = 1.0  # without a length there is no unit
    f = Problem(
        lambda x: float(L / 2 * ((x[0] - least) ** 2 - (x0 - least) ** 2)),
        lambda x: L * (x - least),
    )
    zero = ProxFunction(lambda _: 0.0, lambda x, _: x)
    path = method(f, zero, [x0], num_steps=1)  # a step of 0.6 / L
    np.testing.assert_allclose(path.x[1], right, atol=1e-12)


def test_admm_that_starts_at_its_answer_stops_at_once():
    path = admm(l1_norm(), l1_norm(), np.zeros(2), tol=1e-9)
    np.testing.assert_array_equal(path.z, np.zeros((2, 2)))


def test_a_penalty_too_large_for_the_units_of_the_data_leaves_nothing():
    X, y = data(10, 3)
    found = lasso(1e-200 * X, 1e-200 * y, 1e300)
    np.testing.assert_array_equal(found.w, 0)
    assert (found.gap, found.num_sweeps) == (0, 0)


def test_a_sweep_passes_by_a_column_of_zeros():
    w, q = np.zeros(2), np.array([3.0, 1.0])
    sweep(w, q, np.diag([2.0, 0.0]), 0.5)
    np.testing.assert_array_equal(w, [1.25, 0])


def test_a_weight_whose_slope_is_the_penalty_itself_is_not_visited():
    problem = Gram(2 * np.eye(4), np.array([6.0, -4.0, 2.0, -2.0]))
    lam = problem.own(1.0)  # the slopes are 3, −2, 1 and −1
    w, gap, count = _solve(problem, np.zeros(4), lam, 1e-11, 10)
    np.testing.assert_array_equal(problem.weights(w), [2, -1, 0, 0])
    assert (gap, count) == (0, 1)
    np.testing.assert_array_equal(problem.made, [True, True, False, False])


def test_targets_orthogonal_to_the_data_have_a_lasso_of_no_sweeps():
    for lam in (1e-300, 1.0):  # the first is 0 in the units of the data
        found = lasso([[1.0], [0.0]], [0.0, 1e100], lam)
        np.testing.assert_array_equal(found.w, 0)
        assert (found.gap, found.num_sweeps) == (0, 0)
