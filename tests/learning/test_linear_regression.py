import contextlib
import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Lasso, LinearRegression, Ridge
from sklearn.metrics import mean_squared_error as sklearn_error
from sklearn.model_selection import KFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from derivable.errors import ConvergenceError
from derivable.learning import (
    ErrorParts,
    LinearModel,
    Scaler,
    ValidationCurve,
    cross_validate,
    decompose_error,
    fit_lasso,
    fit_linear,
    fit_ridge,
    fit_scaler,
    k_folds,
    mean_squared_error,
    polynomial_features,
    validation_curve,
    with_intercept,
)
from derivable.optimization import gradient_descent, linear_regression
from derivable.optimization import minimize as descend

seeds = st.integers(0, 2**32 - 1)
FITS = {
    "linear": fit_linear,
    "ridge": lambda X, y: fit_ridge(X, y, 0.3),
    "lasso": lambda X, y: fit_lasso(X, y, 0.1),
}
EXERCISES = (
    Path(__file__).parents[2] / "snippets/learning/linear_regression/exercises"
)


def rng(seed=0):
    return np.random.default_rng(seed)


def data(seed=0, n=30, d=4):
    draws = rng(seed)
    X = draws.normal(size=(n, d)) * [1, 10, 0.1, 3][:d] + [5, 0, -1, 100][:d]
    y = X @ [1.0, -0.2, 3.0, 0.5][:d] + 7 + draws.normal(size=n)
    return X, y


def same(a, b, X, tol=1e-9):
    size = np.abs(b).max()
    np.testing.assert_allclose(a, b, rtol=0, atol=tol * size)
    assert a.shape == (len(X),)


# scaling


@given(seeds)
def test_standardised_columns_have_mean_0_and_spread_1(seed):
    X, _ = data(seed)
    Z = fit_scaler(X).transform(X)
    assert Z.mean(axis=0) == pytest.approx(0, abs=1e-10)
    assert Z.std(axis=0) == pytest.approx(1)


def test_the_scaler_is_that_of_scikit_learn():
    X, _ = data()
    new, _ = data(1, n=5)
    ours, theirs = fit_scaler(X), StandardScaler().fit(X)
    assert ours.mean == pytest.approx(theirs.mean_)
    assert ours.scale == pytest.approx(theirs.scale_)
    assert ours.transform(new) == pytest.approx(theirs.transform(new))


@pytest.mark.parametrize("power", [-900, -300, 0, 300, 900])
def test_a_scaler_does_not_depend_on_the_unit(power):
    X, _ = data()
    Y = np.ldexp(X, power)
    assert np.array_equal(
        fit_scaler(Y).transform(Y), fit_scaler(X).transform(X)
    )


def test_each_column_has_a_unit_of_its_own():
    X, _ = data()
    Y = X * [1e-200, 1.0, 1e200, 1e-3]
    found = fit_scaler(Y).transform(Y)
    np.testing.assert_allclose(found, fit_scaler(X).transform(X), atol=1e-9)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e300, -3.0])
def test_a_constant_column_is_refused_by_its_number(value):
    X, _ = data()
    X[:, 2] = value
    with pytest.raises(ValueError, match="every column, got column 2 with"):
        fit_scaler(X)


def test_a_column_that_varies_by_rounding_is_constant():
    X, _ = data(d=2)
    X[:, 1] = 1 + 1e-16 * np.arange(len(X))
    with pytest.raises(ValueError, match="got column 1 with all 30 entries"):
        fit_scaler(X)
    X[:, 1] = 1 + 1e-9 * np.arange(len(X))
    assert fit_scaler(X).scale[1] == pytest.approx(
        1e-9 * np.arange(len(X)).std(), rel=1e-5
    )


def test_a_column_near_nothing_is_refused():
    X = np.array([[0.0], [5e-324]])
    with pytest.raises(ValueError, match="must vary in every column"):
        fit_scaler(X)


def test_what_the_scaler_has_not_seen_must_have_its_columns():
    scaler = fit_scaler(data()[0])
    with pytest.raises(ValueError, match=r"4 columns, got shape \(30, 3\)"):
        scaler.transform(data(d=3)[0])
    with pytest.raises(ValueError, match="the scaled X must be finite"):
        Scaler(np.zeros(1), np.full(1, 1e-200)).transform([[1e200]])


# the models


def test_least_squares_is_that_of_scikit_learn():
    X, y = data()
    ours, theirs = fit_linear(X, y), LinearRegression().fit(X, y)
    assert ours.w == pytest.approx(theirs.coef_)
    assert ours.intercept == pytest.approx(theirs.intercept_)
    same(ours.predict(X), theirs.predict(X), X)


@pytest.mark.parametrize("lam", [1e-3, 0.3, 20.0])
@pytest.mark.parametrize("n", [3, 30])
def test_ridge_is_that_of_scikit_learn(lam, n):
    X, y = data(n=n)
    model = make_pipeline(StandardScaler(), Ridge(alpha=n * lam))
    same(fit_ridge(X, y, lam).predict(X), model.fit(X, y).predict(X), X)


@pytest.mark.parametrize("lam", [1e-2, 0.3, 1.0])
@pytest.mark.parametrize("n", [3, 30])
def test_the_lasso_is_that_of_scikit_learn(lam, n):
    X, y = data(n=n)
    model = Lasso(alpha=lam, tol=1e-12, max_iter=100_000)
    model = make_pipeline(StandardScaler(), model).fit(X, y)
    ours = fit_lasso(X, y, lam)
    same(ours.predict(X), model.predict(X), X, tol=1e-5)
    assert np.array_equal(ours.w == 0, model[1].coef_ == 0)


@pytest.mark.parametrize("name", FITS)
@given(seed=seeds)
def test_the_residuals_of_a_fit_sum_to_zero(name, seed):
    X, y = data(seed)
    r = y - FITS[name](X, y).predict(X)
    assert abs(r.sum()) <= 1e-9 * np.abs(y).sum()


@pytest.mark.parametrize("name", FITS)
def test_predictions_do_not_depend_on_units_or_zero_of_features(name):
    X, y = data()
    S, c = np.array([1e-6, 1e3, 2.0, 1e8]), np.array([1.0, -4.0, 0.0, 9.0])
    moved = FITS[name](X * S + c, y)
    same(moved.predict(X * S + c), FITS[name](X, y).predict(X), X, tol=1e-7)


@pytest.mark.parametrize("name", FITS)
def test_the_mean_of_the_targets_has_no_price(name):
    X, y = data()
    moved = FITS[name](X, y + 1000)
    same(moved.predict(X) - 1000, FITS[name](X, y).predict(X), X, tol=1e-8)
    assert moved.w == pytest.approx(FITS[name](X, y).w)


@pytest.mark.parametrize("power", [-400, 400])
@pytest.mark.parametrize("name", ["linear", "ridge"])
def test_targets_may_have_any_unit(name, power):
    X, y = data()
    found = FITS[name](X, np.ldexp(y, power)).w
    assert np.ldexp(found, -power) == pytest.approx(FITS[name](X, y).w)


def test_the_price_of_the_lasso_has_the_unit_of_the_targets():
    X, y = data()
    found = fit_lasso(X, 1000 * y, 1000 * 0.1).w
    assert found / 1000 == pytest.approx(fit_lasso(X, y, 0.1).w)


@pytest.mark.parametrize("name", ["ridge", "lasso"])
def test_a_price_does_not_depend_on_how_often_the_data_are_counted(name):
    X, y = data()
    twice = FITS[name](np.vstack([X, X]), np.concatenate([y, y]))
    assert twice.w == pytest.approx(FITS[name](X, y).w)


@pytest.mark.parametrize("fit", [fit_ridge, fit_lasso])
def test_a_large_price_leaves_the_mean(fit):
    X, y = data()
    model = fit(X, y, 1e9)
    same(model.predict(X), np.full(len(y), y.mean()), X, tol=1e-6)


@pytest.mark.parametrize("fit", [fit_ridge, fit_lasso])
@pytest.mark.parametrize(("lam", "said"), [(0.0, "0.0"), (-1.0, "-1.0")])
def test_a_price_must_be_positive(fit, lam, said):
    with pytest.raises(ValueError, match=f"lam must be positive, got {said}"):
        fit(*data(), lam)


def test_gradient_descent_arrives_at_the_same_line():
    X, y = data(n=50)
    Z = with_intercept(fit_scaler(X).transform(X))
    problem = linear_regression(Z, y)
    rule = gradient_descent(1 / problem.smoothness)
    theta = descend(problem, np.zeros(5), rule, num_steps=500).x[-1]
    same(Z @ theta, fit_linear(X, y).predict(X), X)


@pytest.mark.parametrize(("n", "d"), [(4, 4), (2, 4)])
def test_more_features_than_samples_are_refused(n, d):
    X, y = data(n=n, d=d)
    with pytest.raises(
        ValueError,
        match=f"more samples than features, got {n} and {d}: many weights "
        "fit equally well; see fit_ridge",
    ):
        fit_linear(X, y)


def test_one_sample_more_than_features_fits_exactly():
    X, y = data(n=5, d=4)
    same(fit_linear(X, y).predict(X), y, X, tol=1e-7)


def test_a_column_that_follows_from_the_others_is_refused():
    X, y = data()
    X[:, 3] = 1 - X[:, 0] - X[:, 1]
    with pytest.raises(
        ValueError, match=r"4 columns that .* got 3: .* see fit_ridge"
    ):
        fit_linear(X, y)
    assert np.isfinite(fit_ridge(X, y, 0.1).w).all()


@pytest.mark.parametrize("name", FITS)
@pytest.mark.parametrize(
    ("y", "got"),
    [
        (np.ones((30, 1)), r"\(30, 1\)"),
        (np.ones(29), r"\(29,\)"),
        (np.ones((1, 30)), r"\(1, 30\)"),
        (1.0, r"\(\)"),
    ],
)
def test_targets_of_another_shape_are_refused(name, y, got):
    rule = rf"shape \(30,\), .* got {got} beside X of \(30, 4\)"
    with pytest.raises(ValueError, match=rule):
        FITS[name](data()[0], y)


@pytest.mark.parametrize("name", FITS)
def test_a_hole_in_the_data_is_refused_with_its_place(name):
    X, y = data()
    X[7, 2] = np.nan
    with pytest.raises(
        ValueError, match=r"X must be finite, got nan at .*7, 2"
    ):
        FITS[name](X, y)


@pytest.mark.parametrize("name", ["linear", "ridge", "lasso"])
def test_equal_targets_need_no_weights(name):
    X, _ = data()
    model = FITS[name](X, np.full(30, 3.0))
    assert model.w == pytest.approx(0, abs=1e-12)
    assert model.intercept == pytest.approx(3)


def test_lower_powers_of_years_are_fitted_without_a_centre():
    years, y = np.linspace(2000, 2020, 41)[:, None], np.sin(np.arange(41))
    for k, tol in ((2, 1e-8), (3, 1e-5), (5, 0.1)):  # it loses digits
        P = polynomial_features(years, k)
        expected = np.polynomial.Polynomial.fit(years[:, 0], y, k)
        assert fit_linear(P, y).predict(P) == pytest.approx(
            expected(years[:, 0]), abs=tol
        )


def test_powers_of_years_want_a_centre():
    years, y = np.linspace(2000, 2020, 41)[:, None], np.sin(np.arange(41))
    with pytest.raises(
        ValueError,
        match=r"6 columns .* to working precision, got 5: .* centre before",
    ):
        fit_linear(polynomial_features(years, 6), y)
    P = polynomial_features(years - 2010, 6)
    expected = np.polynomial.Polynomial.fit(years[:, 0], y, 6)(years[:, 0])
    same(fit_linear(P, y).predict(P), expected, P, tol=1e-9)


def test_a_price_of_equal_columns_is_refused_in_the_words_of_the_caller():
    X, y = data(n=50, d=1)
    with pytest.raises(
        ValueError, match=r"^lam must not vanish beside X, .* got 1e-30$"
    ):
        fit_ridge(np.hstack([X, X]), y, 1e-30)
    near = np.hstack([X, X + 1e-9 * rng(2).normal(size=X.shape)])
    with pytest.raises(ValueError, match=r"^w must be finite"):
        fit_ridge(near, rng(1).normal(size=50) * 1e305, 1e-18)


@pytest.mark.parametrize("fit", [fit_ridge, fit_lasso])
def test_any_finite_price_has_an_answer(fit):
    X, y = data(n=50)
    assert fit(X, y, 1e308).w == pytest.approx(0, abs=1e-200)
    with contextlib.suppress(ConvergenceError):  # a price below rounding
        assert fit(X, y, 1e-320).w == pytest.approx(fit_linear(X, y).w)


def test_a_lasso_of_equal_columns_is_one_of_several():
    X, y = data(d=1)
    twice = np.hstack([X, X])
    one, other = fit_lasso(X, y, 0.1), fit_lasso(twice, y, 0.1)
    assert other.w.sum() == pytest.approx(one.w[0])
    assert np.abs(other.w).sum() == pytest.approx(np.abs(one.w[0]))


def test_a_model_and_a_scaler_made_by_hand_are_checked():
    with pytest.raises(
        ValueError, match=r"^w must be a vector .* got \(2, 2\)"
    ):
        LinearModel(1.0, np.ones((2, 2))).predict([[1.0, 2.0]])
    with pytest.raises(ValueError, match=r"^scale must be positive, got 0.0"):
        Scaler(np.zeros(2), np.array([1.0, 0.0])).transform([[1.0, 2.0]])
    with pytest.raises(
        ValueError, match=r"^scale must be a vector .* got \(1, 2\)"
    ):
        Scaler(np.zeros(2), np.ones((1, 2))).transform([[1.0, 2.0]])
    with pytest.raises(ValueError, match=r"^mean must have shape \(2,\)"):
        Scaler(np.zeros(1), np.ones(2)).transform([[1.0, 2.0]])


def test_a_weight_that_leaves_float64_is_refused():
    X, y = data(d=1)
    with pytest.raises(ValueError, match="w must be finite"):
        fit_linear(X * 1e-250, y * 1e250)
    with pytest.raises(ValueError, match="the intercept must be finite"):
        fit_linear(1e8 + X, y * 1e302)


def test_a_prediction_that_leaves_float64_is_refused():
    model = LinearModel(0.0, np.array([1e200]))
    with pytest.raises(ValueError, match="the prediction must be finite"):
        model.predict([[1e200]])
    with pytest.raises(ValueError, match=r"1 columns, got shape \(1, 2\)"):
        model.predict([[1.0, 2.0]])
    model = LinearModel(-np.inf, np.array([1e200]))  # infinity less infinity
    with pytest.raises(ValueError, match="the prediction must be finite"):
        model.predict([[1e200]])


# features


@given(st.integers(1, 4), st.integers(1, 4), seeds)
def test_polynomial_features_are_those_of_scikit_learn(d, degree, seed):
    X = rng(seed).normal(size=(5, d))
    theirs = PolynomialFeatures(degree, include_bias=False).fit_transform(X)
    assert polynomial_features(X, degree) == pytest.approx(theirs)


def test_powers_of_one_feature():
    assert polynomial_features([[2], [3]], 3).tolist() == [
        [2, 4, 8],
        [3, 9, 27],
    ]


def test_too_many_products_are_refused():
    X = np.ones((2, 10))
    assert polynomial_features(X, 5).shape == (2, 3002)
    for degree in (7, 2**40):
        with pytest.raises(ValueError, match="at most 10000 columns, got"):
            polynomial_features(X, degree)
    assert polynomial_features([[1.0]], 10_000).shape == (1, 10_000)
    with pytest.raises(ValueError, match="degree 10001"):
        polynomial_features([[1.0]], 10_001)


def test_a_product_that_leaves_float64_is_refused():
    with pytest.raises(ValueError, match="a product of columns"):
        polynomial_features([[1e200]], 2)
    with pytest.raises(ValueError, match="degree must be at least 1, got 0"):
        polynomial_features([[1.0]], 0)


def test_the_intercept_is_a_column_of_ones():
    assert with_intercept([[2, 3], [4, 5]]).tolist() == [[1, 2, 3], [1, 4, 5]]


# measures


def test_the_error_is_that_of_scikit_learn():
    y, y_hat = rng().normal(size=(2, 9))
    expected = sklearn_error(y, y_hat)
    assert mean_squared_error(y, y_hat) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("y", "y_hat"),
    [((5, 1), (5,)), ((5,), (5, 1)), ((5, 1), (5, 1)), ((5,), (1,)), ((), ())],
)
def test_shapes_that_would_broadcast_are_refused(y, y_hat):
    rule = re.escape(f"one shape (n,), got {y} and {y_hat}")
    with pytest.raises(ValueError, match=rule):
        mean_squared_error(np.ones(y), np.ones(y_hat))


def test_an_error_that_leaves_float64_is_refused():
    with pytest.raises(ValueError, match="the error must be finite"):
        mean_squared_error([1e200], [0.0])


@given(seeds)
def test_bias_and_variance_add_to_the_error(seed):
    F, f = rng(seed).normal(size=(7, 3)), rng(seed + 1).normal(size=3)
    parts = decompose_error(F, f)
    assert parts.total == pytest.approx(np.mean((F - f) ** 2, axis=0))
    assert parts.variance == pytest.approx(F.var(axis=0))
    assert parts.bias_squared == pytest.approx((F.mean(axis=0) - f) ** 2)


def test_the_bias_squared_is_too_large_by_a_share_of_the_variance():
    F = rng().normal(size=(4000, 5, 3))  # no bias at all
    found = [decompose_error(runs, np.zeros(3)) for runs in F]
    bias = np.mean([parts.bias_squared for parts in found])
    variance = np.mean([parts.variance for parts in found])
    assert bias == pytest.approx(variance / 4, rel=0.05)


def test_what_cannot_be_split_is_refused():
    with pytest.raises(ValueError, match=r"2 runs or more, got \(1, 3\)"):
        decompose_error(np.ones((1, 3)), np.ones(3))
    with pytest.raises(ValueError, match=r"shape \(3,\), got \(3, 1\)"):
        decompose_error(np.ones((2, 3)), np.ones((3, 1)))
    with pytest.raises(ValueError, match="the bias squared must be finite"):
        decompose_error([[1e200], [1e200]], [0.0])
    with pytest.raises(ValueError, match="the variance must be finite"):
        decompose_error([[1e200], [-1e200]], [0.0])


# validation


@given(st.integers(2, 40), st.integers(2, 40), seeds)
def test_every_row_is_tested_once(n, k, seed):
    k = min(n, k)
    folds = k_folds(n, k, rng=rng(seed))
    tests = np.concatenate([test for _, test in folds])
    assert sorted(tests) == list(range(n))
    sizes = [len(test) for _, test in folds]
    assert len(folds) == k
    assert max(sizes) - min(sizes) <= 1
    for train, test in folds:
        assert sorted([*train, *test]) == list(range(n))


def test_folds_are_shuffled_by_the_generator():
    first, again, other = (k_folds(20, 4, rng=rng(s)) for s in (0, 0, 1))
    assert all(
        np.array_equal(a[1], b[1]) for a, b in zip(first, again, strict=True)
    )
    assert any(
        not np.array_equal(a[1], b[1])
        for a, b in zip(first, other, strict=True)
    )
    assert not np.array_equal(first[0][1], np.arange(5))


@pytest.mark.parametrize("k", [1, 6])
def test_there_are_2_to_n_folds(k):
    with pytest.raises(ValueError, match=f"must lie in 2 to 5, got {k}"):
        k_folds(5, k, rng=rng())
    with pytest.raises(ValueError, match="n must be at least 2, got 1"):
        k_folds(1, 2, rng=rng())


def test_cross_validation_is_that_of_scikit_learn():
    X, y = data()
    theirs = KFold(5, shuffle=True, random_state=0)
    folds = list(theirs.split(X))
    model = make_pipeline(StandardScaler(), Ridge(alpha=0.3 * 24))
    expected = -cross_val_score(
        model, X, y, cv=theirs, scoring="neg_mean_squared_error"
    )
    found = cross_validate(FITS["ridge"], X, y, folds)
    assert found == pytest.approx(expected)


def test_leaving_one_out_has_a_short_cut():
    X, y = data(n=12)
    Z = with_intercept(X)
    H = Z @ np.linalg.pinv(Z)
    r = (y - H @ y) / (1 - np.diag(H))
    folds = k_folds(12, 12, rng=rng())
    found = cross_validate(fit_linear, X, y, folds)
    assert np.mean(found) == pytest.approx(np.mean(r**2))


def test_with_two_folds_much_of_the_scatter_is_the_dealing():
    draws, share = rng(), {}
    for k in (2, 10):
        found = []
        for _ in range(40):
            X, noise = draws.normal(size=(40, 8)), draws.normal(size=40)
            y = X[:, 0] - X[:, 1] + noise
            deals = [k_folds(40, k, rng=draws) for _ in range(8)]
            found.append(
                [cross_validate(fit_linear, X, y, f).mean() for f in deals]
            )
        dealt = np.var(found, axis=1, ddof=1).mean()
        share[k] = dealt / np.var(found)
    assert share[2] > 0.35
    assert share[10] < 0.2


def test_a_fit_sees_its_training_rows_alone():
    X, y = data(n=6)
    seen = []

    def fit(X, y):
        seen.append((X.copy(), y.copy()))
        return LinearModel(0.0, np.zeros(4))

    folds = [([5, 1, 0], [2]), ([3, 4], [0, 5])]
    errors = cross_validate(fit, X, y, folds)
    for (train, test), (Xs, ys), error in zip(
        folds, seen, errors, strict=True
    ):
        assert np.array_equal(Xs, X[train])
        assert np.array_equal(ys, y[train])
        assert error == pytest.approx(np.mean(y[test] ** 2))


@pytest.mark.parametrize(
    ("folds", "rule"),
    [
        ([], "folds must not be empty, got none"),
        ([([0, 1], [1, 2])], r"folds\[0\] must not test on .* got row 1 in"),
        ([([0], [1]), ([0, 1], [6])], r"folds\[1\] .* 0 to 5, got 6 to 6"),
        ([([-1], [1])], "from 0 to 5, got -1 to -1"),
        ([([[0]], [1])], r"of shape \(1, 1\)"),
        ([([0], [1], [2])], "must be train and test, got 3 items"),
    ],
)
def test_folds_that_leak_or_miss_are_refused(folds, rule):
    X, y = data(n=6)
    with pytest.raises(ValueError, match=rule):
        cross_validate(FITS["ridge"], X, y, folds)


def test_a_fit_must_return_a_model():
    X, y = data(n=6)
    with pytest.raises(TypeError, match="can predict, got ndarray"):
        cross_validate(lambda _X, y: y, X, y, k_folds(6, 2, rng=rng()))


def test_a_validation_curve_is_cross_validation_for_each_value():
    X, y = data()
    folds, lams = k_folds(30, 5, rng=rng()), [10.0, 1.0, 0.01]
    curve = validation_curve(fit_ridge, X, y, lams, folds)
    assert curve.values == (10.0, 1.0, 0.01)
    for lam, errors in zip(lams, curve.errors, strict=True):
        expected = cross_validate(
            lambda X, y, lam=lam: fit_ridge(X, y, lam), X, y, folds
        )
        assert errors == pytest.approx(expected)
    assert curve.mean == pytest.approx(curve.errors.mean(axis=1))


def curve(means, spread=0.0):
    errors = np.array(means)[:, None] + spread * np.array([-1.0, 0.0, 1.0])
    return ValidationCurve(tuple(range(len(means))), errors)


def test_the_best_is_the_lowest_and_the_simplest_of_equals():
    assert curve([3, 1, 2]).best == 1
    assert curve([3, 1, 1 - 1e-13, 2]).best == 1
    assert curve([3, 1 + 1e-6, 1, 2]).best == 2
    assert curve([3, 0, 1]).best == 1


def test_the_simplest_is_within_a_standard_error():
    # three folds at −1, 0, 1: standard deviation 1, error 1/√3
    found = curve([3, 1.5, 1, 1.2], 1.0)
    assert found.standard_error == pytest.approx(1 / np.sqrt(3))
    assert found.simplest == 1
    assert curve([3, 1.6, 1, 1.2], 1.0).simplest == 2
    assert curve([3, 1.5, 1, 1.2]).simplest == 2


def test_a_curve_needs_values_and_two_folds():
    X, y = data()
    folds = k_folds(30, 2, rng=rng())
    with pytest.raises(ValueError, match="values must not be empty"):
        validation_curve(fit_ridge, X, y, [], folds)
    with pytest.raises(ValueError, match="folds must be 2 or more, got 1"):
        validation_curve(fit_ridge, X, y, [1.0], folds[:1])


# the theory of the page


def test_training_and_test_error_differ_by_twice_the_noise_that_was_fitted():
    draws, n, d, sigma = rng(), 20, 4, 0.5
    X = draws.normal(size=(n, d))
    f = X @ draws.normal(size=d) + 1
    seen, new = [], []
    for _ in range(3000):
        fitted = fit_linear(X, f + sigma * draws.normal(size=n)).predict(X)
        seen.append(np.mean((f - fitted) ** 2))
    new = np.mean(seen)
    assert new == pytest.approx(sigma**2 * (d + 1) / n, rel=0.05)


def test_the_diabetes_data_are_fitted_as_scikit_learn_fits_them():
    X, y = load_diabetes(return_X_y=True, scaled=False)
    ours, theirs = fit_linear(X, y), LinearRegression().fit(X, y)
    same(ours.predict(X), theirs.predict(X), X)


@pytest.mark.parametrize("degree", range(1, 4))
def test_a_flexible_model_fits_the_training_data_better(degree):
    X, y = data(n=40, d=2)
    errors = [
        mean_squared_error(y, fit_linear(P, y).predict(P))
        for P in (polynomial_features(X, k) for k in (degree, degree + 1))
    ]
    assert errors[1] < errors[0]


def descend_raw(factor, num_steps):
    """Share of the excess loss of the body mass index in its own unit."""
    X, y = load_diabetes(return_X_y=True, scaled=False)
    A = with_intercept(X[:, [2]])
    c, V = np.linalg.eigh(A.T @ A / len(y))
    start = c * (V.T @ np.linalg.lstsq(A, y, rcond=None)[0]) ** 2
    left = (1 - factor * c / c[-1]) ** (2 * num_steps)
    return left @ start / start.sum()


def test_a_slow_fall_is_not_always_cured_by_a_larger_rate():
    assert descend_raw(1.0, 10) < 1.1 * descend_raw(1.0, 1000)
    assert descend_raw(1.0, 1000) < 1.1 * descend_raw(1.9, 1000)
    assert descend_raw(2.01, 1000) > 1e5


@given(seeds)
def test_half_the_condition_number_bounds_the_steps(seed):
    X, y = data(seed)
    A = with_intercept(fit_scaler(X).transform(X))
    problem = linear_regression(A, y)
    kappa = np.linalg.cond(A) ** 2
    k = int(np.ceil(kappa / 2 * np.log(1e6)))
    rule = gradient_descent(1 / problem.smoothness)
    path = descend(problem, np.zeros(5), rule, num_steps=k)
    least = problem.f(problem.minimiser)
    assert path.f[-1] - least <= 1e-6 * (path.f[0] - least) * (1 + 1e-6)


def test_a_price_shortens_the_weights_of_ridge_and_may_lengthen_one():
    X = rng().normal(size=(200, 2))
    X[:, 1] = 0.9 * X[:, 0] + 0.44 * X[:, 1]
    scaler = fit_scaler(X)
    y = scaler.transform(X) @ [1.0, 0.02]
    u = [fit_ridge(X, y, v).w * scaler.scale for v in (1e-9, 0.01, 0.1, 0.5)]
    assert np.all(np.diff(np.linalg.norm(u, axis=1)) < 0)
    assert np.all(np.diff(np.abs(u)[:, 1]) > 0)
    y = scaler.transform(X) @ [1.0, -0.1]
    u = [fit_ridge(X, y, v).w[1] for v in (1e-9, 0.5)]
    assert u[0] < 0 < u[1]


def test_new_inputs_cost_more_than_new_targets_at_the_old_ones():
    draws, n, d, found = rng(), 40, 8, []
    for _ in range(4000):
        X, y = draws.normal(size=(n, d)), draws.normal(size=n)
        model = fit_linear(X, y)  # the truth is 0, the noise has variance 1
        found.append(1 + model.intercept**2 + model.w @ model.w)
    exact = (n + 1) * (n - 2) / (n * (n - d - 2))  # of Gaussian inputs
    assert np.mean(found) == pytest.approx(exact, rel=0.01)
    assert exact > 1 + (d + 1) / n + 0.05


def test_a_good_price_falls_with_the_number_of_samples():
    # the same curvature; all signs of the noise, equally likely
    best = {}
    lams = 1 / np.arange(2, 17)
    for n in (4, 8):
        X = np.tile([[-1.0], [1.0]], (n // 2, 1))
        signs = 2 * (np.arange(2**n)[:, None] >> np.arange(n) & 1) - 1.0
        errors = [
            np.mean(
                [(fit_ridge(X, X[:, 0] + e, lam).w[0] - 1) ** 2 for e in signs]
            )
            for lam in lams
        ]
        best[n] = lams[np.argmin(errors)]
    assert best == {4: 1 / 4, 8: 1 / 8}  # σ²/(n t²)


def test_ridge_at_a_tiny_price_predicts_again_beyond_as_many_columns():
    draws, n, sizes = rng(), 20, (5, 20, 200)
    found = []
    for _ in range(20):
        X, t = draws.normal(size=(n + 200, 200)), draws.normal(size=200)
        y = X @ t / np.sqrt(200) + 0.3 * draws.normal(size=n + 200)
        fits = [fit_ridge(X[:n, :p], y[:n], 1e-6) for p in sizes]
        found.append(
            [
                mean_squared_error(y[n:], model.predict(X[n:, :p]))
                for model, p in zip(fits, sizes, strict=True)
            ]
        )
    few, equal, many = np.median(found, axis=0)
    assert few < equal / 4  # no U: it falls again
    assert many < few


def test_without_noise_a_price_does_harm():
    X, _ = data()
    y = X @ [1.0, -0.2, 3.0, 0.5]
    error = [
        mean_squared_error(y, fit(X, y).predict(X))
        for fit in (fit_linear, lambda X, y: fit_ridge(X, y, 1e-4))
    ]
    assert error[0] < 1e-6 * error[1]


def test_a_row_alone_in_its_column_has_no_fit_without_it():
    X = np.column_stack([np.arange(5.0), [0, 0, 1, 0, 0]])
    model = fit_linear(X, [1.0, 2.0, 9.0, 4.0, 4.0])
    assert model.predict(X)[2] == pytest.approx(9)
    with pytest.raises(ValueError, match="must vary"):
        fit_linear(np.delete(X, 2, axis=0), [1.0, 2.0, 4.0, 4.0])


def test_equal_rows_with_other_targets_are_never_fitted():
    X, y = rng().normal(size=(20, 40)), rng(1).normal(size=20)
    X[1] = X[0]
    fitted = X @ np.linalg.lstsq(X, y, rcond=None)[0]
    assert fitted[:2] == pytest.approx([y[:2].mean()] * 2)
    assert abs(y[0] - y[1]) > 0.1
    assert fitted[2:] == pytest.approx(y[2:])


def test_the_default_score_of_scikit_learn_is_no_error():
    X, y = data()
    scores = cross_val_score(LinearRegression(), X, y, cv=5)
    r2 = cross_val_score(LinearRegression(), X, y, cv=5, scoring="r2")
    assert scores == pytest.approx(r2)


def test_the_simplest_follows_the_order_that_it_is_given():
    errors = np.array([[1.0, 1.1], [0.9, 1.15], [1.0, 1.1]])
    there = ValidationCurve((3, 2, 1), errors)
    assert there.values[there.simplest] == 3
    back = ValidationCurve((1, 2, 3), errors[::-1])
    assert back.values[back.simplest] == 1


# names and records


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: cross_validate(1, [[1.0]], [1.0], []), "fit must be a f"),
        (
            lambda: validation_curve(1, [[1.0]], [1.0], [1], []),
            "fit must be a f",
        ),
        (lambda: cross_validate(np.sum, "a", [1.0], []), "X must be real"),
        (lambda: cross_validate(np.sum, [[1.0]], "a", []), "y must be real"),
        (lambda: cross_validate(np.sum, [[1.0]], [1.0], 1), "folds must be a"),
        (
            lambda: cross_validate(np.sum, [[1.0]], [1.0], [1]),
            r"folds\[0\] must be a sequence",
        ),
        (
            lambda: cross_validate(np.sum, [[1.0]], [1.0], [([0.5], [0])]),
            r"folds\[0\] must be integers",
        ),
        (
            lambda: validation_curve(np.sum, [[1.0]], [1.0], 1, []),
            "values must be a sequence",
        ),
        (
            lambda: validation_curve(np.sum, [[1.0]], [1.0], [1], 1),
            "folds must be a sequence",
        ),
        (lambda: decompose_error("a", [1.0]), "predictions must be real"),
        (lambda: decompose_error([[1.0], [2.0]], "a"), "truth must be real"),
        (lambda: mean_squared_error("a", [1.0]), "y must be real"),
        (lambda: mean_squared_error([1.0], "a"), "y_hat must be real"),
        (lambda: k_folds(2.0, 2, rng=rng()), "n must be a whole number"),
        (lambda: k_folds(2, 2.0, rng=rng()), "num_folds must be a whole"),
        (lambda: k_folds(2, 2, rng=1), "rng must be a Generator"),
        (lambda: polynomial_features("a", 1), "X must be real"),
        (lambda: polynomial_features([[1.0]], 1.0), "degree must be a whole"),
        (lambda: with_intercept("a"), "X must be real"),
        (lambda: fit_scaler("a"), "X must be real"),
        (lambda: fit_scaler([[1], [2]]).transform("a"), "X must be real"),
        (lambda: fit_ridge([[1.0]], [1.0], "a"), "lam must be real"),
        (lambda: fit_lasso([[1.0]], [1.0], "a"), "lam must be real"),
        (lambda: fit_linear("a", [1.0]), "X must be real"),
    ],
)
def test_an_argument_of_the_wrong_kind_is_called_by_its_name(call, said):
    with pytest.raises(TypeError, match="^" + said):
        call()


def test_targets_whose_spread_leaves_float64_are_refused():
    with pytest.raises(ValueError, match=r"^y − its mean must be finite"):
        fit_linear([[0.0], [1.0], [2.0]], [1.7e308, -1.7e308, -1.7e308])


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (LinearModel(0.0, np.ones(1)), "w"),
        (Scaler(np.zeros(1), np.ones(1)), "scale"),
        (ValidationCurve((1,), np.ones((1, 2))), "errors"),
        (ErrorParts(np.ones(1), np.ones(1)), "variance"),
    ],
)
def test_what_was_measured_is_not_changed(record, field):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(record, field, None)
