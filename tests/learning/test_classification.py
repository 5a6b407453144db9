from itertools import combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import check_grad, minimize
from scipy.special import expit, log_softmax
from sklearn import metrics
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

from derivable import ConvergenceError
from derivable.calculus import hessian, jacobian, numerical_gradient
from derivable.learning import (
    LogisticModel,
    SeparationError,
    SoftmaxModel,
    average_precision,
    balanced_weights,
    binary_scores,
    confusion_matrix,
    cost_threshold,
    fit_logistic,
    fit_sgd,
    fit_softmax,
    logistic_hessian,
    mean_cross_entropy,
    mean_loss,
    precision_recall_curve,
    roc_auc,
    roc_curve,
    separation,
    softmax_gradient,
    softmax_hessian,
    stratified_split,
)
from derivable.learning.classification.separation import refuse_margins
from derivable.learning.classification.softmax import _objective
from derivable.optimization import (
    absolute_loss,
    hinge_loss,
    huber_loss,
    logistic_loss,
    squared_loss,
)

seeds = st.integers(0, 10_000)


def overlapping(seed=0, n=60, d=3):
    """Samples whose labels are drawn, so that no boundary is perfect."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) * [1.0, 3.0, 0.2][:d] + [0.0, 5.0, -1.0][:d]
    z = (X - X.mean(axis=0)) / X.std(axis=0) @ [1.0, -0.7, 0.5][:d] - 0.4
    y = (rng.random(n) < expit(z)).astype(int)
    y[:4] = [0, 1, 0, 1]
    X[2:4] = X[1::-1]  # the same two points with both labels
    return X, y


def theirs(y, ridge, **more):
    """scikit-learn's minimiser of the same objective."""
    C = 1 / (ridge * len(y)) if ridge else np.inf
    return LogisticRegression(
        C=C, tol=1e-12, max_iter=10_000, solver="newton-cholesky", **more
    )


# Losses


LOSSES = {
    "squared": squared_loss(),
    "absolute": absolute_loss(),
    "huber": huber_loss(0.7),
    "hinge": hinge_loss(),
    "logistic": logistic_loss(),
}


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("weighted", [False, True])
def test_the_gradient_of_a_mean_loss_is_its_difference(name, weighted):
    loss = LOSSES[name]
    rng = np.random.default_rng(3)
    z, y = 2 * rng.normal(size=7), rng.choice([-1.0, 1.0], size=7)
    c = rng.uniform(0.5, 2, size=7) if weighted else None
    _, g = mean_loss(z, y, loss, weights=c)
    differences = numerical_gradient(
        lambda z: mean_loss(z, y, loss, weights=c)[0], z
    )
    np.testing.assert_allclose(g, differences, atol=1e-8)


def test_mean_losses_are_those_of_scikit_learn():
    rng = np.random.default_rng(0)
    z, y = rng.normal(size=(2, 9))
    c = rng.uniform(0.1, 3, size=9)
    for loss, metric in (
        (squared_loss(), metrics.mean_squared_error),
        (absolute_loss(), metrics.mean_absolute_error),
    ):
        found = mean_loss(z, y, loss, weights=c)[0]
        assert found == pytest.approx(metric(y, z, sample_weight=c))
    s = np.sign(y)
    assert mean_loss(z, s, hinge_loss())[0] == pytest.approx(
        metrics.hinge_loss(s, z)
    )
    assert mean_loss(z, s, logistic_loss())[0] == pytest.approx(
        metrics.log_loss(s, expit(z))
    )


def test_weights_of_a_loss_have_no_scale_and_count_repeats():
    z, y = [0.5, -1.0, 2.0], [1.0, 1.0, 0.0]
    a, g = mean_loss(z, y, squared_loss(), weights=[2, 1, 1])
    b, h = mean_loss([0.5, *z], [1.0, *y], squared_loss())
    assert a == pytest.approx(b)
    np.testing.assert_allclose(g, [h[0] + h[1], h[2], h[3]])
    c, _ = mean_loss(z, y, squared_loss(), weights=[2e200, 1e200, 1e200])
    assert c == pytest.approx(a)


def test_cross_entropy_is_that_of_the_log_softmax():
    rng = np.random.default_rng(1)
    Z, y = 5 * rng.normal(size=(6, 4)), rng.integers(4, size=6)
    c = rng.uniform(1, 2, size=6)
    value, G = mean_cross_entropy(Z, y, weights=c)
    each = -log_softmax(Z, axis=1)[np.arange(6), y]
    assert value == pytest.approx(np.average(each, weights=c))
    differences = numerical_gradient(
        lambda Z: mean_cross_entropy(Z, y, weights=c)[0], Z
    )
    np.testing.assert_allclose(G, differences, atol=1e-8)
    np.testing.assert_allclose(G.sum(axis=1), 0, atol=1e-15)
    plain, _ = mean_cross_entropy(Z, y)
    assert plain == pytest.approx(each.mean())


def test_losses_of_extreme_scores_are_finite():
    assert mean_loss([-1e4], [1.0], logistic_loss())[0] == 1e4
    assert mean_cross_entropy([[1e4, 0.0]], [1])[0] == 1e4
    assert mean_cross_entropy([[1e4, 0.0]], [0])[0] == 0


def test_a_loss_refuses_what_would_broadcast():
    with pytest.raises(ValueError, match=r"y must have shape \(3,\), got"):
        mean_loss(np.ones(3), np.ones(1), squared_loss())
    with pytest.raises(ValueError, match=r"must be a vector .* got \(3, 1\)"):
        mean_loss(np.ones(3), np.ones((3, 1)), squared_loss())
    with pytest.raises(ValueError, match="labels must have shape"):
        mean_cross_entropy(np.ones((3, 2)), [1])
    with pytest.raises(ValueError, match=r"weights must have shape \(3,\)"):
        mean_loss(np.ones(3), np.ones(3), squared_loss(), weights=[1.0])
    with pytest.raises(ValueError, match="weights must be positive, got 0"):
        mean_loss(np.ones(2), np.ones(2), squared_loss(), weights=[1.0, 0.0])
    with pytest.raises(ValueError, match="300 powers of ten"):
        mean_loss(
            np.ones(2), np.ones(2), squared_loss(), weights=[1e300, 1e-300]
        )


def test_labels_that_a_loss_does_not_expect_are_refused():
    for loss in (hinge_loss(), logistic_loss()):
        with pytest.raises(ValueError, match="must be -1 or 1, got 0"):
            mean_loss([0.5, 1.0], [0.0, 1.0], loss)
    with pytest.raises(TypeError, match="must be integers"):
        mean_cross_entropy(np.ones((2, 2)), [0.0, 1.0])
    with pytest.raises(ValueError, match="labels must lie in 0 … 1"):
        mean_cross_entropy(np.ones((2, 2)), [0, 2])
    with pytest.raises(TypeError, match="loss must be a Loss"):
        mean_loss([0.5], [1.0], "mse")


# Gradients and Hessians


@given(seeds)
def test_the_logistic_hessian_is_the_derivative_of_the_gradient(seed):
    rng = np.random.default_rng(seed)
    X, w = rng.normal(size=(5, 3)), rng.normal(size=3)
    y = rng.integers(2, size=5)
    J = jacobian(lambda w: X.T @ (expit(X @ w) - y) / 5, w)
    H = logistic_hessian(X, w)
    np.testing.assert_allclose(H, J, atol=1e-8)
    assert np.linalg.eigvalsh(H).min() > -1e-15


def test_a_saturated_hessian_keeps_its_small_digits():
    H = logistic_hessian([[1.0]], [40.0])
    assert H[0, 0] == pytest.approx(np.exp(-40), rel=1e-12)
    assert logistic_hessian([[1.0]], [-40.0]) == pytest.approx(H)


@given(seeds)
def test_softmax_derivatives_are_differences_of_the_loss(seed):
    rng = np.random.default_rng(seed)
    X, W = rng.normal(size=(5, 2)), rng.normal(size=(2, 3))
    y = rng.integers(3, size=5)

    def loss(w):
        return mean_cross_entropy(X @ w.reshape(2, 3), y)[0]

    def slope(w):
        return softmax_gradient(X, y, w.reshape(2, 3)).ravel()

    assert check_grad(loss, slope, W.ravel()) < 1e-6
    H = softmax_hessian(X, W)
    np.testing.assert_allclose(H, jacobian(slope, W.ravel()), atol=1e-7)
    np.testing.assert_allclose(H, H.T, atol=1e-15)


def test_derivatives_that_leave_float64_are_named():
    X, big = np.full((2, 1), 1.7e308), np.full((2, 1), 1e200)
    large = softmax_gradient(X, [0, 0], np.zeros((1, 2)))
    np.testing.assert_allclose(large, [[-8.5e307, 8.5e307]])
    with pytest.raises(ValueError, match="the Hessian must be finite"):
        logistic_hessian(big, [0.0])
    with pytest.raises(ValueError, match="the Hessian must be finite"):
        softmax_hessian(big, np.zeros((1, 2)))
    with pytest.raises(ValueError, match="the scores must be finite"):
        logistic_hessian(X, [2.0])
    with pytest.raises(ValueError, match="the scores must be finite"):
        logistic_hessian(np.hstack([X, X]), [2.0, -2.0])
    one = LogisticModel(np.array([2.0]), 0.0, np.zeros((1, 2)), np.zeros(1))
    two = SoftmaxModel(np.array([[2.0, -2.0]]), np.zeros(2), np.zeros(1))
    for model in (one, two):
        with pytest.raises(ValueError, match="the logits must be finite"):
            model.logits(X)


def test_one_vector_for_all_classes_is_flat():
    rng = np.random.default_rng(2)
    H = softmax_hessian(rng.normal(size=(6, 2)), rng.normal(size=(2, 4)))
    same = np.kron(rng.normal(size=2), np.ones(4))
    np.testing.assert_allclose(H @ same, 0, atol=1e-15)
    assert np.linalg.matrix_rank(H) == 2 * 3


def test_derivatives_refuse_shapes_that_do_not_match():
    with pytest.raises(ValueError, match="X must have 3 columns"):
        logistic_hessian(np.eye(2), np.ones(3))
    with pytest.raises(ValueError, match="X must have 3 columns"):
        softmax_hessian(np.eye(2), np.ones((3, 2)))
    with pytest.raises(ValueError, match="w must be a vector"):
        logistic_hessian(np.eye(2), np.ones((2, 1)))


# Fits


@pytest.mark.parametrize("ridge", [0.0, 1e-3, 0.3])
def test_a_logistic_fit_is_that_of_scikit_learn(ridge):
    X, y = overlapping()
    found = fit_logistic(X, y, ridge=ridge)
    other = theirs(y, ridge).fit(X, y)
    np.testing.assert_allclose(found.w, other.coef_[0], rtol=1e-6, atol=1e-9)
    assert found.intercept == pytest.approx(other.intercept_[0], rel=1e-6)
    np.testing.assert_allclose(
        found.probability(X), other.predict_proba(X)[:, 1], atol=1e-7
    )
    np.testing.assert_array_equal(found.predict(X), other.predict(X))


def test_sample_weights_are_those_of_scikit_learn():
    X, y = overlapping(1)
    c = np.random.default_rng(0).uniform(0.2, 4, size=len(y))
    found = fit_logistic(X, y, ridge=0.05, weights=c)
    other = theirs(y, 0.05 * c.sum() / len(y)).fit(X, y, sample_weight=c)
    np.testing.assert_allclose(found.w, other.coef_[0], rtol=1e-6)
    assert found.intercept == pytest.approx(other.intercept_[0], rel=1e-6)


@given(seeds)
def test_the_gradient_vanishes_at_the_fit(seed):
    X, y = overlapping(seed, n=30, d=2)
    found = fit_logistic(X, y)
    r = found.probability(X) - y
    size = np.abs(X).sum(axis=0)
    assert abs(r.sum()) < 1e-9 * len(y)
    assert np.all(np.abs(X.T @ r) < 1e-9 * size)


@given(seeds, st.floats(-12, 12), st.floats(-1e3, 1e3))
def test_predictions_do_not_depend_on_units(seed, power, shift):
    X, y = overlapping(seed, n=30, d=2)
    scale = 10.0 ** np.array([power, -power / 2])
    a = fit_logistic(X, y)
    b = fit_logistic((X + shift) * scale, y)
    np.testing.assert_allclose(b.w * scale, a.w, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(b.losses, a.losses, rtol=1e-9)


def test_every_step_descends_and_the_last_ones_double_digits():
    X, y = overlapping()
    found = fit_logistic(X, y)
    assert np.all(np.diff(found.losses) <= 1e-15)
    assert found.path.shape == (len(found.losses), 4)
    np.testing.assert_array_equal(found.path[0], 0)
    np.testing.assert_array_equal(found.path[-1, :3], found.w)
    assert found.path[-1, 3] == found.intercept
    assert found.losses[0] == pytest.approx(np.log(2))
    e = np.linalg.norm(found.path - found.path[-1], axis=1)[:-1]
    assert all(b < 5 * a**2 for a, b in pairwise(e[2:]) if b > 1e-9)


def test_the_path_reports_the_objective_with_its_penalty():
    X, y = overlapping()
    found = fit_logistic(X, y, ridge=0.2)
    z = X @ found.w + found.intercept
    loss = metrics.log_loss(y, expit(z)) + 0.1 * found.w @ found.w
    assert found.losses[-1] == pytest.approx(loss, rel=1e-12)


def test_a_looser_tolerance_stops_earlier():
    X, y = overlapping()
    tight, loose = fit_logistic(X, y), fit_logistic(X, y, tol=0.1)
    assert len(loose.losses) < len(tight.losses)
    with pytest.raises(ConvergenceError, match="2 steps, and the last one"):
        fit_logistic(X, y, max_steps=2)


@pytest.mark.parametrize("fit", [fit_logistic, fit_softmax])
def test_the_tolerance_is_a_hundred_millionth_unless_given(fit):
    X, y = overlapping(6)  # its last step but one moves a score by 10⁻⁶
    given = len(fit(X, y, tol=1e-8).losses)
    assert len(fit(X, y).losses) == given > len(fit(X, y, tol=1e-5).losses)
    X, y = overlapping(3)  # its last step moves a score by 10⁻⁹
    assert len(fit(X, y).losses) < len(fit(X, y, tol=1e-11).losses)


def test_a_step_that_moves_a_score_by_the_tolerance_is_the_last():
    """Sixteen samples at −1 and 1: the first step moves each score by 1.

    All numbers on the way are multiples of a power of two, none rounds.
    """
    x, y = np.repeat([[-1.0], [1.0]], 8, axis=0), np.repeat([0, 1], 8)
    y[[0, 1, 8, 9]] = [1, 1, 0, 0]
    found = fit_logistic(x, y, tol=1.0)
    np.testing.assert_array_equal(found.path, [[0, 0], [1, 0]])
    assert len(fit_logistic(x, y, tol=0.99).losses) > 2


def test_full_steps_are_halved_where_they_would_ascend():
    """On this heavy tail the first full Newton steps overshoot."""
    x = np.array([[0.0], [0.1], [0.2], [1e6], [-0.1], [2e6]])
    y = np.array([0, 1, 1, 0, 0, 1])
    found = fit_logistic(x, y)
    assert np.all(np.diff(found.losses) <= 1e-15)
    best = minimize(
        lambda p: np.mean(
            np.logaddexp(0, (1 - 2 * y) * (p[0] * x[:, 0] / 1e6 + p[1]))
        ),
        np.zeros(2),
        tol=1e-12,
    )
    assert found.losses[-1] == pytest.approx(best.fun, rel=1e-9)


def test_a_threshold_is_reached_or_not():
    model = LogisticModel(np.array([1.0]), 0.0, np.zeros((1, 2)), np.zeros(1))
    x = [[-1.0], [0.0], [1.0]]
    np.testing.assert_array_equal(model.predict(x), [0, 1, 1])
    np.testing.assert_array_equal(model.predict(x, threshold=0.7), [0, 0, 1])
    np.testing.assert_array_equal(model.predict(x, threshold=0.0), [1, 1, 1])
    with pytest.raises(ValueError, match=r"threshold must lie in \[0, 1\)"):
        model.predict(x, threshold=1.0)
    with pytest.raises(ValueError, match="X must have 1 columns"):
        model.logits([[1.0, 2.0]])


@pytest.mark.parametrize("ridge", [1e-3, 0.3])
def test_a_softmax_fit_is_that_of_scikit_learn(ridge):
    X, y = load_iris(return_X_y=True)
    c = np.linspace(0.5, 2, len(y))
    found = fit_softmax(X, y, ridge=ridge, weights=c)
    other = theirs(y, ridge * c.sum() / len(y)).fit(X, y, sample_weight=c)
    np.testing.assert_allclose(found.W, other.coef_.T, atol=1e-6)
    b = other.intercept_ - other.intercept_.mean()
    np.testing.assert_allclose(found.b, b, atol=1e-6)
    np.testing.assert_allclose(
        found.probability(X), other.predict_proba(X), atol=1e-7
    )
    np.testing.assert_array_equal(found.predict(X), other.predict(X))
    np.testing.assert_allclose(found.W.sum(axis=1), 0, atol=1e-10)
    assert np.all(np.diff(found.losses) <= 1e-15)


def test_a_softmax_of_two_classes_is_the_logistic_fit():
    X, y = overlapping()
    two, one = fit_softmax(X, y), fit_logistic(X, y)
    np.testing.assert_allclose(two.W[:, 1] - two.W[:, 0], one.w, rtol=1e-6)
    assert two.b[1] - two.b[0] == pytest.approx(one.intercept, rel=1e-6)
    assert two.losses[-1] == pytest.approx(one.losses[-1], rel=1e-12)
    # a penalty on two halves is half as large
    two = fit_softmax(X, y, ridge=0.1)
    one = fit_logistic(X, y, ridge=0.05)
    np.testing.assert_allclose(two.W[:, 1] - two.W[:, 0], one.w, rtol=1e-6)


def test_a_softmax_without_ridge_has_no_gradient_left():
    X, y = load_iris(return_X_y=True)
    X = X[:, :2]
    X[[0, 50, 100]] = X[[50, 100, 0]]
    X = np.vstack([X, X[:60]])
    y = np.concatenate([y, (y[:60] + 1) % 3])
    found = fit_softmax(X, y)
    A = np.column_stack([X, np.ones(len(X))])
    W = np.vstack([found.W, found.b])
    assert np.abs(softmax_gradient(A, y, W)).max() < 1e-8
    with pytest.raises(ConvergenceError, match="1 steps"):
        fit_softmax(X, y, max_steps=1)
    assert len(fit_softmax(X, y, tol=0.1).losses) < len(found.losses)


def test_a_softmax_model_needs_its_features():
    model = SoftmaxModel(np.ones((2, 3)), np.arange(3.0), np.zeros(1))
    np.testing.assert_array_equal(
        model.logits([[1.0, 2.0]]), [[3.0, 4.0, 5.0]]
    )
    np.testing.assert_array_equal(model.predict([[1.0, 2.0]]), [2])
    with pytest.raises(ValueError, match="X must have 2 columns"):
        model.predict([[1.0]])


# Separation


COMPLETE = np.array([[0.0], [1.0], [3.0], [4.0]]), np.array([0, 0, 1, 1])
QUASI = np.array([[0.0], [1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
MIXED = np.array([[0.0], [2.0], [1.0], [3.0]]), np.array([0, 0, 1, 1])
CASES = {"complete": COMPLETE, "quasi-complete": QUASI, "overlap": MIXED}


@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("scale", [1e-200, 1e-9, 1.0, 1e9, 1e200])
def test_separation_is_recognised_in_any_unit(kind, scale):
    x, y = CASES[kind]
    assert separation(x * scale, y) == kind
    assert separation(-x * scale, 1 - y) == kind


@pytest.mark.parametrize("kind", ["complete", "quasi-complete"])
@pytest.mark.parametrize("fit", [fit_logistic, fit_softmax])
def test_separated_classes_have_no_fit_without_ridge(kind, fit):
    x, y = CASES[kind]
    with pytest.raises(SeparationError, match=f"got {kind} .* give a ridge"):
        fit(x, y)
    found = fit(x, y, ridge=1e-3)
    assert np.isfinite(found.logits(x)).all()
    fit(*MIXED)


def test_samples_on_the_border_are_on_no_side():
    refuse_margins(np.zeros(3))
    refuse_margins(np.array([0.0, 1.0]))
    with pytest.raises(SeparationError, match=r"smallest margin 0\.5"):
        refuse_margins(np.array([0.5, 1.0]))


def test_three_classes_are_separated_only_if_each_pair_is():
    x = np.array([[0.0], [1.0], [4.0], [5.0], [8.0], [9.0]])
    y = np.array([0, 0, 1, 1, 2, 2])
    assert separation(x, y) == "complete"
    with pytest.raises(SeparationError, match="complete"):
        fit_softmax(x, y)
    y = np.array([0, 1, 0, 1, 2, 2])  # the last against the others
    assert separation(x, y) == "quasi-complete"
    with pytest.raises(SeparationError, match="quasi-complete"):
        fit_softmax(x, y)


@given(seeds)
def test_drawn_separation_is_found_and_its_loss_falls_without_end(seed):
    rng = np.random.default_rng(seed)
    X, u = rng.normal(size=(12, 3)), rng.normal(size=3)
    z = X @ u
    y = (z > np.median(z)).astype(int)
    assert separation(X, y) == "complete"
    with pytest.raises(SeparationError):
        fit_logistic(X, y)


def whole_margins(X, y):
    """How margins follow from weights, in whole numbers: a row for each
    sample and wrong class, a column for each feature, 1 and free class."""
    A, k = np.column_stack([np.ones(len(X), dtype=int), X]), y.max() + 1
    e = np.eye(k, k - 1, dtype=int)  # the last class scores 0
    return np.array(
        [
            np.kron(a, e[c] - e[j])
            for a, c in zip(A, y, strict=True)
            for j in range(k)
            if j != c
        ]
    )


def separable(M):
    """Whether Mu ≥ 0 has a solution but u = 0, for M of full column rank.

    The solutions are then a cone with a tip, and each edge of it is where
    p − 1 rows vanish: signed minors of these rows, exact whole numbers.
    """
    p = M.shape[1]
    rows = M[np.array(list(combinations(range(len(M)), p - 1)))]
    u = np.stack(
        [
            (-1) ** j * np.linalg.det(np.delete(rows, j, axis=2))
            for j in range(p)
        ],
        axis=1,
    ).round()
    u = np.vstack([u, -u])
    u = u[np.any(u != 0, axis=1)]
    return bool(np.any(np.all(u @ M.T >= 0, axis=1)))


def refuses(fit, X, y, **how):
    try:
        found = fit(X, y, **how)
    except SeparationError:
        return True
    assert np.isfinite(found.logits(X)).all()
    return False


@st.composite
def whole_data(draw, k, d, most):
    """A few samples of whole numbers, with ties, and all classes in them."""
    n = draw(st.integers(max(k, d + 2), most))
    whole = st.integers(-2, 2)
    X = np.array([[draw(whole) for _ in range(d)] for _ in range(n)])
    assume(np.linalg.matrix_rank(np.column_stack([np.ones(n), X])) == d + 1)
    more = st.lists(st.integers(0, k - 1), min_size=n - k, max_size=n - k)
    return X, np.array([*range(k), *draw(more)])


@given(st.one_of(whole_data(2, 1, 9), whole_data(2, 2, 12)))
def test_a_logistic_fit_is_refused_where_there_is_none_and_nowhere_else(data):
    X, y = data
    truth = separable(whole_margins(X, y))
    assert (separation(X, y) != "overlap") == truth
    for fit in (fit_logistic, fit_softmax):
        assert refuses(fit, X, y) == truth
        assert refuses(fit, X, y, tol=0.3) == truth
        assert refuses(fit, X, y, tol=1e-12) == truth
    assert refuses(fit_logistic, X / 2**30 + 1, y) == truth
    assert not refuses(fit_logistic, X, y, ridge=0.1)


@given(st.one_of(whole_data(2, 1, 9), whole_data(2, 2, 12)), seeds)
def test_weights_of_any_size_make_no_separation_and_hide_none(data, seed):
    """A curvature may be below rounding then: at worst the steps say so."""
    X, y = data
    truth = separable(whole_margins(X, y))
    size = np.random.default_rng(seed).uniform(-1, 0, len(y))
    for fit in (fit_logistic, fit_softmax):
        assert refuses(fit, X, y, weights=10 ** (3 * size), tol=1e-3) == truth
        try:
            refused = refuses(fit, X, y, weights=10 ** (9 * size))
        except ConvergenceError:  # no SeparationError, see `refuses`
            refused = False
        assert refused == truth


@given(whole_data(3, 1, 8))
def test_a_softmax_fit_is_refused_where_there_is_none_and_nowhere_else(data):
    X, y = data
    truth = separable(whole_margins(X, y))
    assert (separation(X, y) != "overlap") == truth
    assert refuses(fit_softmax, X, y) == truth
    assert refuses(fit_softmax, X, y, tol=0.3) == truth
    assert not refuses(fit_softmax, X, y, ridge=0.1)


@pytest.mark.parametrize("group", [1, 2, 3])
@pytest.mark.parametrize("fit", [fit_logistic, fit_softmax])
def test_a_group_of_ones_with_its_own_feature_has_no_fit(fit, group):
    """Its scores run to where 1 − p is below the last digit of p."""
    for ones, zeros in product(range(1, 9), repeat=2):
        g = np.repeat([1, 0], [group, ones + zeros])[:, None]
        y = np.repeat([1, 0], [group + ones, zeros])
        assert refuses(fit, g, y)
        assert refuses(fit, g, y, tol=0.5)
        y[0] = 0  # a zero in the group
        assert refuses(fit, g, y) == (group == 1)


@given(seeds)
def test_a_group_of_ones_beside_drawn_features_has_no_fit(seed):
    rng = np.random.default_rng(seed)
    n, size = int(rng.integers(12, 60)), int(rng.integers(2, 5))
    X = np.column_stack([rng.normal(size=(n, 2)), np.arange(n) < size])
    y = rng.integers(2, size=n)
    y[:size], y[size : size + 2] = 1, [0, 1]
    assert refuses(fit_logistic, X, y)
    twice, both = np.vstack([X, X]), np.concatenate([y, 1 - y])
    assert not refuses(fit_logistic, twice, both, weights=np.repeat([9, 1], n))


@pytest.mark.parametrize("far", [1e2, 1e6, 1e9])
@pytest.mark.parametrize("fit", [fit_logistic, fit_softmax])
def test_a_sample_far_out_is_no_separation(fit, far):
    """Beside its distance the overlap of the others is as good as none."""
    x = np.array([[0.0], [0.1], [0.2], [-0.1], [far]])
    assert not refuses(fit, x, np.array([0, 1, 0, 1, 1]))
    assert refuses(fit, x, np.array([0, 1, 1, 0, 1]))


@pytest.mark.parametrize("fit", [fit_logistic, fit_softmax])
def test_an_overlap_that_steps_do_not_prove_is_left_to_the_program(fit):
    x = np.arange(40.0)[:, None]
    y = (np.arange(40) >= 20).astype(int)
    y[[19, 20]] = [1, 0]
    assert not refuses(fit, x, y, tol=2.0)
    y[20] = 1
    assert refuses(fit, x, y, tol=2.0)


def test_a_flip_of_one_label_in_the_middle_makes_an_overlap():
    x, y = np.arange(20.0)[:, None], (np.arange(20) > 9.5).astype(int)
    assert separation(x, y) == "complete"
    y[3] = 1
    assert separation(x, y) == "overlap"


def test_a_fit_refuses_what_has_no_single_answer():
    X, y = overlapping()
    twice = np.hstack([X, X[:, :1] * 2 + 3])
    for fit in (fit_logistic, fit_softmax):
        with pytest.raises(ValueError, match="must be independent, got rank"):
            fit(twice, y)
        with pytest.raises(ValueError, match=r"got rank 3 of 4"):
            fit(np.hstack([X[:, :2], np.full((len(X), 1), 0.1)]), y)
        both = fit(twice, y, ridge=0.01)
        np.testing.assert_allclose(both.logits(twice), both.logits(twice))
        with pytest.raises(ValueError, match="ridge must not be negative"):
            fit(X, y, ridge=-1.0)
        with pytest.raises(ValueError, match="got only class 0"):
            fit(X, 0 * y)
        with pytest.raises(ValueError, match=r"got shape \(60, 1\)|vector"):
            fit(X, y[:, None])
        with pytest.raises(ValueError, match="must be finite, got nan"):
            fit(np.where(np.arange(3) == 1, np.nan, X), y)
        with pytest.raises(ValueError, match="tol must be positive"):
            fit(X, y, tol=0.0)
        with pytest.raises(ValueError, match="max_steps must be at least 1"):
            fit(X, y, max_steps=0)
    with pytest.raises(ValueError, match="labels 0 or 1, got -1"):
        fit_logistic(X, 2 * y - 1)
    with pytest.raises(ValueError, match="only class 1"):
        fit_logistic(X, 0 * y + 1)
    with pytest.raises(TypeError, match="y must be integers"):
        fit_logistic(X, y * 1.0)


def test_a_constant_feature_gets_no_weight_from_a_ridge():
    X, y = overlapping()
    more = np.hstack([X, np.full((len(X), 1), 0.1)])
    for fit, weights in (
        (fit_logistic, lambda m: m.w),
        (fit_softmax, lambda m: m.W),
    ):
        a, b = fit(X, y, ridge=0.1), fit(more, y, ridge=0.1)
        np.testing.assert_allclose(weights(b)[3], 0, atol=1e-12)
        np.testing.assert_allclose(weights(b)[:3], weights(a), rtol=1e-7)


def test_a_ridge_is_measured_in_the_units_of_the_weights():
    X, y = overlapping()
    a = fit_logistic(X, y, ridge=0.2)
    b = fit_logistic(10 * X, y, ridge=20.0)  # weights a tenth as large
    np.testing.assert_allclose(10 * b.w, a.w, rtol=1e-8)
    tiny = fit_logistic(1e-250 * X, y, ridge=1.0)
    assert np.abs(tiny.w @ (1e-250 * X).T).max() < 1e-12
    assert tiny.intercept == pytest.approx(np.log(y.mean() / (1 - y.mean())))


# Metrics


def ranked(seed, n=40):
    """Labels and scores with ties."""
    rng = np.random.default_rng(seed)
    y = rng.integers(2, size=n)
    y[:2] = [0, 1]
    return y, (rng.normal(size=n) + y).round(1)


@given(seeds)
def test_curves_are_those_of_scikit_learn(seed):
    y, s = ranked(seed)
    ours = roc_curve(y, s)
    fpr, tpr, t = metrics.roc_curve(y, s, drop_intermediate=False)
    np.testing.assert_allclose(ours.false_positive_rate, fpr)
    np.testing.assert_allclose(ours.true_positive_rate, tpr)
    np.testing.assert_array_equal(ours.thresholds, t[1:])
    curve = precision_recall_curve(y, s)
    p, r, t = metrics.precision_recall_curve(y, s)
    np.testing.assert_allclose(curve.precision[::-1], p[:-1])
    np.testing.assert_allclose(curve.recall[::-1], r[:-1])
    np.testing.assert_array_equal(curve.thresholds[::-1], t)
    assert roc_auc(y, s) == pytest.approx(metrics.roc_auc_score(y, s))
    assert average_precision(y, s) == pytest.approx(
        metrics.average_precision_score(y, s)
    )


@given(seeds)
def test_auc_is_a_probability_of_order(seed):
    y, s = ranked(seed, n=15)
    gap = s[y == 1][:, None] - s[y == 0]
    assert roc_auc(y, s) == pytest.approx(np.mean((np.sign(gap) + 1) / 2))
    assert roc_auc(y, -s) == pytest.approx(1 - roc_auc(y, s))
    assert roc_auc(y, np.exp(s)) == pytest.approx(roc_auc(y, s))


def test_equal_scores_order_nothing():
    y = [0, 1, 1, 0, 1]
    assert roc_auc(y, [2.0] * 5) == 0.5
    assert average_precision(y, [2.0] * 5) == pytest.approx(0.6)
    curve = roc_curve(y, [2.0] * 5)
    np.testing.assert_array_equal(curve.true_positive_rate, [0, 1])
    np.testing.assert_array_equal(curve.false_positive_rate, [0, 1])


@given(seeds)
def test_scores_of_decisions_are_those_of_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    y, y_hat = rng.integers(2, size=(2, 12))
    y[:2], y_hat[0] = [0, 1], 1
    found = binary_scores(y, y_hat)
    assert found.accuracy == pytest.approx(metrics.accuracy_score(y, y_hat))
    assert found.precision == pytest.approx(metrics.precision_score(y, y_hat))
    assert found.recall == pytest.approx(metrics.recall_score(y, y_hat))
    assert found.f1 == pytest.approx(metrics.f1_score(y, y_hat))
    assert found.specificity == pytest.approx(
        metrics.recall_score(y, y_hat, pos_label=0)
    )
    assert found.balanced_accuracy == pytest.approx(
        metrics.balanced_accuracy_score(y, y_hat)
    )


def test_whoever_calls_nothing_has_no_precision():
    found = binary_scores([0, 0, 1], [0, 0, 0])
    assert (found.precision, found.recall, found.f1) == (0, 0, 0)
    assert found.accuracy == pytest.approx(2 / 3)


@given(seeds)
def test_a_confusion_matrix_is_that_of_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    y, y_hat = rng.integers(4, size=(2, 15))
    C = confusion_matrix(y, y_hat, num_classes=4)
    np.testing.assert_array_equal(
        C, metrics.confusion_matrix(y, y_hat, labels=range(4))
    )
    k = max(y.max(), y_hat.max()) + 1
    assert confusion_matrix(y, y_hat).shape == (k, k)
    assert C.dtype == np.int64


def test_metrics_refuse_what_they_cannot_count():
    with pytest.raises(ValueError, match=r"y_hat must have shape \(2,\)"):
        confusion_matrix([0, 1], [0])
    with pytest.raises(ValueError, match="lie in 0 … 1, got 2"):
        confusion_matrix([0, 2], [0, 1], num_classes=2)
    with pytest.raises(ValueError, match="lie in 0 … 1, got 2"):
        confusion_matrix([0, 1], [2, 1], num_classes=2)
    with pytest.raises(ValueError, match="classes 0 to 9999, got -1"):
        confusion_matrix([0, -1], [0, 1])
    with pytest.raises(ValueError, match="classes 0 to 9999, got 10000"):
        confusion_matrix([0, 10_000], [0, 1])
    with pytest.raises(ValueError, match=r"y must be a vector"):
        confusion_matrix([[0, 1]], [[0, 1]])
    for ones in ([0, 0], [1, 1]):
        with pytest.raises(ValueError, match="y must hold both classes"):
            binary_scores(ones, [0, 1])
        with pytest.raises(ValueError, match="y must hold both classes"):
            binary_scores(ones, [0, 0])
        with pytest.raises(ValueError, match="y must hold both classes"):
            roc_auc(ones, [0.0, 1.0])
    with pytest.raises(ValueError, match="y_hat must hold labels 0 or 1"):
        binary_scores([0, 1], [0, 2])
    with pytest.raises(ValueError, match=r"scores must have shape \(2,\)"):
        roc_curve([0, 1], [0.5])
    with pytest.raises(ValueError, match="y must be a vector"):
        roc_auc([[0, 1]], [[0.5, 1.0]])


# Decisions


@given(st.floats(0.01, 100), st.floats(0.01, 100))
def test_at_the_cost_threshold_both_calls_cost_the_same(a, b):
    t = cost_threshold(a, b)
    assert (1 - t) * a == pytest.approx(t * b)
    assert cost_threshold(b, a) == pytest.approx(1 - t)
    assert cost_threshold(1e300 * a, 1e300 * b) == pytest.approx(t)


def test_costs_far_apart_keep_their_ratio():
    assert cost_threshold(1e-300, 1.0) == pytest.approx(1e-300)
    assert cost_threshold(1.0, 1e-300) == 1
    for pair in ((0.0, 1.0), (1.0, -1.0)):
        with pytest.raises(ValueError, match="must be positive"):
            cost_threshold(*pair)


def test_balanced_weights_give_every_class_its_share():
    y = np.array([0, 2, 1, 1, 0, 0, 0, 2])
    v = balanced_weights(y)
    totals = np.bincount(y, weights=v)
    np.testing.assert_allclose(totals, len(y) / 3)
    X, y = overlapping()
    found = fit_logistic(X, y, weights=balanced_weights(y))
    other = theirs(y, 0.0, class_weight="balanced").fit(X, y)
    np.testing.assert_allclose(found.w, other.coef_[0], rtol=1e-6)
    with pytest.raises(ValueError, match="y must be a vector"):
        balanced_weights([[0, 1]])


# Stochastic gradient descent


def sgd_model(seed=0, **more):
    X, y = overlapping(n=200)
    rng = np.random.default_rng(seed)
    return X, y, fit_sgd(X, y, rng=rng, **more)


def test_sgd_of_one_batch_is_gradient_descent_on_standardised_data():
    X, y, found = sgd_model(
        batch_size=200, num_epochs=3, learning_rate=0.5, ridge=0.2
    )
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    A, x = np.column_stack([np.ones(200), Z]), np.zeros(4)
    penalty = np.array([0, 0.2, 0.2, 0.2])
    for _ in range(3):
        x = x - 0.5 * (A.T @ (expit(A @ x) - y) / 200 + penalty * x)
    np.testing.assert_allclose(found.logits(X), A @ x, rtol=1e-10, atol=1e-12)
    assert found.path.shape == (4, 4)
    loss = metrics.log_loss(y, expit(A @ x)) + 0.1 * x[1:] @ x[1:]
    assert found.losses[-1] == pytest.approx(loss)


def test_sgd_comes_near_the_minimiser():
    X, y, found = sgd_model(num_epochs=100, batch_size=20, learning_rate=0.05)
    best = fit_logistic(X, y)
    assert found.losses[0] > found.losses[-1]
    assert found.losses[-1] < best.losses[-1] + 1e-3


def test_sgd_on_separated_classes_needs_a_ridge_to_end_anywhere():
    rng = np.random.default_rng(2)
    X = np.concatenate([rng.normal(-3, 0.5, 20), rng.normal(3, 0.5, 20)])
    X, y = X[:, None], np.repeat([0, 1], 20)
    assert separation(X, y) == "complete"

    def length(ridge, num_epochs):
        found = fit_sgd(
            X,
            y,
            rng=np.random.default_rng(0),
            batch_size=20,
            num_epochs=num_epochs,
            ridge=ridge,
        )
        return abs(found.w[0])

    assert length(0.0, 2000) > length(0.0, 200) + 0.3
    assert length(0.05, 2000) == pytest.approx(length(0.05, 200), rel=0.01)


def test_sgd_draws_its_order_from_the_generator():
    _, _, a = sgd_model(0, num_epochs=1, batch_size=16)
    _, _, b = sgd_model(0, num_epochs=1, batch_size=16)
    _, _, c = sgd_model(1, num_epochs=1, batch_size=16)
    np.testing.assert_array_equal(a.w, b.w)
    assert np.abs(a.w - c.w).max() > 1e-6
    _, _, d = sgd_model(0, num_epochs=1, batch_size=50)
    assert np.abs(a.w - d.w).max() > 1e-3


def test_sgd_refuses_what_it_cannot_do():
    X, y = overlapping()
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="batch size must lie in 1 to 60"):
        fit_sgd(X, y, rng=rng, batch_size=61)
    with pytest.raises(ValueError, match="learning_rate must be positive"):
        fit_sgd(X, y, rng=rng, learning_rate=0.0)
    with pytest.raises(ValueError, match="num_epochs must be at least 1"):
        fit_sgd(X, y, rng=rng, num_epochs=0)
    with pytest.raises(TypeError, match="rng must be a Generator"):
        fit_sgd(X, y, rng=0)
    with pytest.raises(ValueError, match="ridge must not be negative"):
        fit_sgd(X, y, rng=rng, ridge=-0.1)


@given(seeds, st.floats(0.05, 0.95))
def test_a_split_keeps_the_mix_and_loses_nothing(seed, share):
    rng = np.random.default_rng(seed)
    y = np.repeat([0, 1, 2], [40, 10, 2])[rng.permutation(52)]
    train, test = stratified_split(y, share=share, rng=rng)
    np.testing.assert_array_equal(
        np.sort(np.concatenate([train, test])), np.arange(52)
    )
    counts = np.bincount(y[test], minlength=3)
    assert np.all(
        np.abs(counts[:2] - share * np.array([40, 10])) <= 0.5 + 1e-9
    )
    assert counts[2] == 1
    assert np.all(np.diff(test) > 0)
    assert np.all(np.diff(train) > 0)


def test_a_split_is_drawn_and_refuses_lone_samples():
    y = np.tile([0, 1], 50)
    rng = np.random.default_rng(0)
    (_, a), (_, b) = (stratified_split(y, rng=rng) for _ in range(2))
    assert len(a) == 20
    assert not np.array_equal(a, b)
    with pytest.raises(ValueError, match="class 1 must have 2 samples"):
        stratified_split([0, 0, 1], rng=rng)
    for share in (0.0, 1.0):
        with pytest.raises(ValueError, match="share must"):
            stratified_split(y, share=share, rng=rng)


def test_the_loss_of_a_model_is_a_hessian_away_from_flat():
    """The curvature in the path's last step is that of the mean loss."""
    X, y = overlapping(d=2)
    A = np.column_stack([X, np.ones(len(X))])
    found = fit_logistic(X, y)
    s = 1.0 - 2 * y
    H = hessian(
        lambda x: np.mean(np.logaddexp(0, s * (A @ x))), found.path[-1]
    )
    np.testing.assert_allclose(
        H, logistic_hessian(A, found.path[-1]), rtol=1e-4, atol=1e-6
    )


# What the chapter says of its conditions


def test_the_table_of_losses_is_that_of_the_library():
    e, d, z = np.array([-3.0, -0.5, 0.0, 0.4, 2.0]), 0.7, np.array([0.3, -2.0])
    zero = np.zeros(5)
    line = d * np.abs(e) - d**2 / 2
    inside = np.abs(e) <= d
    for loss, value, slope in (
        (squared_loss(), e**2, 2 * e),
        (absolute_loss(), np.abs(e), np.sign(e)),
        (huber_loss(d), np.where(inside, e**2 / 2, line), np.clip(e, -d, d)),
    ):
        np.testing.assert_allclose(loss(e, zero), value)
        np.testing.assert_allclose(loss.derivative(e, zero), slope)
    binary = np.logaddexp(0, z) - np.array([1, 0]) * z
    np.testing.assert_allclose(logistic_loss()(z, np.array([1, -1])), binary)


@pytest.mark.parametrize("ridge", [0.01, 0.1, 10.0])
def test_a_ridge_leaves_the_mean_probability(ridge):
    X, y = overlapping(5)
    y[10:50] = 0
    assert fit_logistic(X, y, ridge=ridge).probability(
        X
    ).mean() == pytest.approx(y.mean(), rel=1e-9)
    P = fit_softmax(X, y, ridge=ridge).probability(X)
    assert P[:, 1].mean() == pytest.approx(y.mean(), rel=1e-9)


def test_two_classes_are_logistic_regression_at_twice_the_ridge():
    X, y = overlapping(1)
    one = fit_logistic(X, y, ridge=0.1)
    two = fit_softmax(X, y, ridge=0.2)
    np.testing.assert_allclose(two.W[:, 1] - two.W[:, 0], one.w, rtol=1e-7)
    same = fit_softmax(X, y, ridge=0.1)
    assert np.abs(same.W[:, 1] - same.W[:, 0] - one.w).max() > 1e-3


def test_a_group_of_ones_separates_quasi_completely():
    X, y = overlapping(3)
    assert separation(X, y) == "overlap"
    group = y * (np.cumsum(y) <= 5)
    X = np.column_stack([X, group])
    assert separation(X, y) == "quasi-complete"
    with pytest.raises(SeparationError, match="quasi-complete"):
        fit_logistic(X, y)
    assert np.isfinite(fit_logistic(X, y, ridge=0.1).w).all()


def test_newton_on_separated_classes_moves_margins_in_proportion():
    X = np.array([[1, -100.0], [1, -1], [1, 1], [1, 2], [1, 50]])
    y, w, moved = np.array([0, 0, 1, 1, 1]), np.zeros(2), np.zeros(5)
    for _ in range(14):
        H = logistic_hessian(X, w)
        step = -np.linalg.solve(H, X.T @ (expit(X @ w) - y) / 5)
        w, moved = w + step, X @ step
    np.testing.assert_allclose(moved, [-100, -1, 1, 2, 50], rtol=0.02)


def test_weights_shift_the_scores_only_of_a_free_model():
    n, ones = np.array([30, 40, 50]), np.array([3, 20, 10])
    group = np.repeat(np.arange(3), n)
    y = np.concatenate(
        [np.arange(k) < m for k, m in zip(n, ones, strict=True)]
    )
    y, v = y.astype(int), 4.0
    weights = np.where(y == 1, v, 1.0)

    def shift(X, ridge):
        plain = fit_logistic(X, y, ridge=ridge).logits(X)
        return (
            fit_logistic(X, y, ridge=ridge, weights=weights).logits(X) - plain
        )

    free = np.eye(3)[group][:, 1:]
    np.testing.assert_allclose(shift(free, 0.0), np.log(v), rtol=1e-7)
    assert np.ptp(shift(free, 0.1)) > 0.01
    assert np.ptp(shift(group[:, None], 0.0)) > 0.01


def test_shares_are_zero_where_no_one_is_found():
    for called in ([1, 0, 0], [0, 0, 0]):
        found = binary_scores([0, 1, 1], called)
        assert found.precision == found.recall == found.f1 == 0


def test_what_the_linear_program_found_has_no_margin_in_its_message():
    X = np.array([[1.0], [0], [0], [0], [0], [0], [0]])
    y = np.array([1, 1, 0, 0, 0, 0, 0])
    with pytest.raises(SeparationError) as refused:
        fit_logistic(X, y)
    assert "got quasi-complete separation: the likelihood" in str(
        refused.value
    )


def test_margins_of_a_sample_are_of_its_own_scores():
    rng = np.random.default_rng(5)
    classes = np.arange(9) % 3
    z = 4 * np.eye(3)[classes] + rng.uniform(-1, 1, size=(9, 3))
    A, c = np.ones((9, 1)), np.full(9, 1 / 9)
    f = _objective(A, np.eye(3)[classes], c, np.zeros(1))
    for shift in (0.0, 100 * rng.normal(size=(9, 1))):
        with pytest.raises(SeparationError, match="complete separation with"):
            f.watch(z + shift)


@pytest.mark.parametrize("k", [10_001, 10**6])
def test_a_table_of_too_many_classes_is_refused(k):
    with pytest.raises(ValueError, match="num_classes must lie in 1"):
        confusion_matrix([0, 1], [1, 1], num_classes=k)


ENDLESS = [[0, 0], [0, -1], [2, 0], [1, 0], [0, 2]]  # with other rounding
SINGULAR = [[0, 0], [-1, 0], [0, 1], [1, 0], [0, 1], [-1, 1]]


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (
            [ENDLESS[i] for i in (0, 0, 1, 0, 1, 0, 0, 2, 0, 3, 4)],
            [0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0],
        ),
        (SINGULAR, [0, 1, 0, 1, 1, 0]),
    ],
)
def test_where_curvature_is_rounding_a_shift_makes_the_step(X, y):
    """A sample with a millionth of the weight decides where scores end."""
    X, y = np.array(X), np.array(y)
    weights = np.geomspace(1e-6, 1, len(y))
    fit = fit_logistic(X, y, weights=weights)
    slopes = weights * (expit(fit.logits(X)) - y) / weights.sum()
    assert np.abs(slopes.sum()) < 1e-9
    assert np.abs(X.T @ slopes).max() < 1e-9
