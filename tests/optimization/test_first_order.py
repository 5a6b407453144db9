import dataclasses
import inspect

import jax
import numpy as np
import pytest
import scipy.optimize
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression, Ridge

from derivable._validation import ConvergenceError
from derivable.calculus import gradient_check, hessian
from derivable.optimization import (
    Batches,
    DivergenceError,
    FiniteSum,
    Optimizer,
    Problem,
    adagrad,
    adam,
    adamw,
    armijo,
    clipped,
    cosine_decay,
    exponential_decay,
    gradient_descent,
    inverse_decay,
    line_search,
    linear_regression,
    logistic_regression,
    minimize,
    momentum,
    nesterov,
    quadratic,
    rmsprop,
    rosenbrock,
    sgd,
    step_decay,
    svrg,
    tune,
    warmup_cosine,
    with_decay,
)
from derivable.optimization._slopes import refuted

ALL = {
    "gradient descent": gradient_descent(0.01),
    "momentum": momentum(0.01),
    "Nesterov": nesterov(0.01),
    "AdaGrad": adagrad(0.1),
    "RMSProp": rmsprop(0.01),
    "Adam": adam(0.01),
    "AdamW": adamw(0.01),
}


@pytest.fixture(autouse=True, scope="module")
def _in_float64():
    with jax.enable_x64():
        yield


def wavy(x):
    return float(np.sum(np.sin(x) * x**2))


def wavy_gradient(x):
    return np.cos(x) * x**2 + 2 * x * np.sin(x)


WAVY = Problem(wavy, wavy_gradient)


def constant_slope(g):
    """A problem whose gradient is g everywhere."""
    g = np.array(g, dtype=float)
    return Problem(lambda x: g @ x, lambda _: g)


def steps_of(optimizer, g=(2.0,), num_steps=3):
    path = minimize(
        constant_slope(g), np.zeros(len(g)), optimizer, num_steps=num_steps
    )
    return np.diff(path.x, axis=0)[:, 0]


def test_undampened_momentum_sums_and_dampened_momentum_averages():
    np.testing.assert_allclose(
        steps_of(momentum(1, beta=0.5)), [-2, -3, -3.5], rtol=1e-15
    )
    np.testing.assert_allclose(
        steps_of(momentum(1, beta=0.5, dampening=0.5)),
        [-1, -1.5, -1.75],
        rtol=1e-15,
    )


def test_the_first_step_of_pytorch_is_undamped():
    found = steps_of(momentum(1, beta=0.5, dampening=0.5, first_undamped=True))
    # buf = g, then 0.5 buf + 0.5 g: it stays g
    np.testing.assert_allclose(found, [-2, -2, -2], rtol=1e-15)


def test_momentum_with_zero_beta_is_gradient_descent():
    x0 = np.array([0.3, -1.0])
    for rule in (momentum(0.1, beta=0), nesterov(0.1, beta=0)):
        path = minimize(WAVY, x0, rule, num_steps=5)
        plain = minimize(WAVY, x0, gradient_descent(0.1), num_steps=5)
        np.testing.assert_allclose(path.x, plain.x, atol=1e-15)


def test_nesterov_takes_its_gradient_ahead():
    """Two sequences: x from y, and y beyond x by β times the last step."""
    A, rate, beta = np.diag([1.0, 7.0]), 0.1, 0.6
    x = y = np.array([1.0, -2.0])
    seen = [y]
    for _ in range(8):
        x, old = y - rate * A @ y, x
        y = x + beta * (x - old)
        seen.append(y)
    path = minimize(
        quadratic(A), seen[0], nesterov(rate, beta=beta), num_steps=8
    )
    np.testing.assert_allclose(path.x, seen, atol=1e-14)


def test_the_beta_of_nesterov_may_depend_on_the_step():
    A, rate = np.diag([1.0, 7.0]), 0.1
    x = y = np.array([1.0, -2.0])
    seen = [y]
    for t in range(1, 9):
        x, old = y - rate * A @ y, x
        y = x + (t - 1) / (t + 2) * (x - old)
        seen.append(y)
    rule = nesterov(rate, beta=lambda t: (t - 1) / (t + 2))
    path = minimize(quadratic(A), seen[0], rule, num_steps=8)
    np.testing.assert_allclose(path.x, seen, atol=1e-14)


@pytest.mark.parametrize(
    "rule",
    [
        gradient_descent,
        lambda r: momentum(r, beta=0.7),
        lambda r: momentum(r, beta=0.7, dampening=0.4),
        lambda r: nesterov(r, beta=0.7),
    ],
)
def test_the_stable_rate_is_the_largest_one(rule):
    problem = quadratic(np.diag([5.0, 0.5]))
    bound = rule(1.0).stability / 5
    run = minimize(problem, [1, 1], rule(0.99 * bound), num_steps=3000)
    assert run.f[-1] < 1e-9
    with pytest.raises(DivergenceError, match=f"stable one .* = {bound:.4g}"):
        minimize(problem, [1, 1], rule(1.01 * bound), num_steps=3000)


TREES = [
    {"W": np.ones((2, 3)), "b": [np.float64(0.5), np.arange(3.0)]},
    [np.ones((2, 2)), np.array(1.0)],
    (np.ones(3), {"c": np.ones((1, 2))}),
]


def leaves(tree):
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, list | tuple):
        return [x for part in tree for x in leaves(part)]
    return [np.asarray(tree)]


def like(tree, f):
    if isinstance(tree, dict):
        return {k: like(v, f) for k, v in tree.items()}
    if isinstance(tree, list | tuple):
        return type(tree)(like(v, f) for v in tree)
    return f(tree)


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("name", ALL)
def test_a_tree_moves_as_its_leaves_in_one_vector(name, tree):
    problem = Problem(
        lambda t: sum(wavy(x) for x in leaves(t)),
        lambda t: like(t, wavy_gradient),
    )
    path = minimize(problem, tree, ALL[name], num_steps=4)
    flat = np.concatenate([x.ravel() for x in leaves(tree)])
    plain = minimize(WAVY, flat, ALL[name], num_steps=4)
    found = [x.reshape(5, -1) for x in leaves(path.x)]
    np.testing.assert_allclose(np.hstack(found), plain.x, atol=1e-15)
    np.testing.assert_allclose(path.f, plain.f, rtol=1e-13)
    np.testing.assert_allclose(path.gradient_norm, plain.gradient_norm)
    for x, start in zip(leaves(path.x), leaves(tree), strict=True):
        assert x.shape == (5, *start.shape)


@pytest.mark.parametrize("name", ALL)
def test_the_path_keeps_the_shape_of_the_start(name):
    x0 = np.ones((2, 1, 3))
    path = minimize(WAVY, x0, ALL[name], num_steps=3)
    assert path.x.shape == (4, 2, 1, 3)
    assert path.f.shape == path.gradient_norm.shape == (4,)
    np.testing.assert_array_equal(path.steps, [0, 1, 2, 3])
    assert path.f[0] == wavy(x0)
    assert path.f[-1] == wavy(path.x[-1])


@pytest.mark.parametrize("name", ALL)
def test_the_array_of_the_caller_and_the_optimizer_are_not_changed(name):
    x0 = np.array([1.0, -0.5])
    first = minimize(WAVY, x0, ALL[name], num_steps=5)
    again = minimize(WAVY, x0, ALL[name], num_steps=5)
    np.testing.assert_array_equal(x0, [1, -0.5])
    np.testing.assert_array_equal(first.x, again.x)


def test_integers_are_promoted():
    path = minimize(quadratic(np.eye(2)), [3, 4], gradient_descent(0.5))
    np.testing.assert_allclose(path.x[1], [1.5, 2])


def test_functions_that_change_their_argument_do_not_move_the_path():
    def f(x):
        value = wavy(x)
        x[:] = np.nan
        return value

    def gradient(x):
        x *= 2
        return wavy_gradient(x / 2)

    x0 = np.array([1.0, -0.5])
    for rule in ALL.values():
        ours = minimize(Problem(f, gradient), x0, rule, num_steps=5)
        theirs = minimize(WAVY, x0, rule, num_steps=5)
        np.testing.assert_array_equal(ours.x, theirs.x)
        np.testing.assert_array_equal(ours.f, theirs.f)
    messy = Problem(f, gradient)
    found = armijo(messy, x0, -wavy_gradient(x0))
    assert found == armijo(WAVY, x0, -wavy_gradient(x0))


def test_the_path_is_kept_every_so_many_steps_and_at_both_ends():
    whole = minimize(WAVY, [1.0], adam(0.1), num_steps=10)
    thin = minimize(WAVY, [1.0], adam(0.1), num_steps=10, keep_every=4)
    np.testing.assert_array_equal(thin.steps, [0, 4, 8, 10])
    np.testing.assert_array_equal(thin.x, whole.x[thin.steps])
    np.testing.assert_array_equal(thin.f, whole.f[thin.steps])


def test_no_steps_is_the_start():
    path = minimize(WAVY, [1.0], adam(0.1), num_steps=0)
    np.testing.assert_array_equal(path.x, [[1.0]])


def test_the_first_update_has_the_rate_of_t_1():
    seen = []

    def rate(t):
        seen.append(t)
        return 0.1 * t

    path = minimize(
        constant_slope([1.0]), [0.0], gradient_descent(rate), num_steps=3
    )
    assert seen == [1, 2, 3]
    np.testing.assert_allclose(path.x[:, 0], [0, -0.1, -0.3, -0.6])


def test_divergence_tells_the_step_and_the_largest_stable_rate():
    with pytest.raises(DivergenceError) as caught:
        minimize(quadratic(np.diag([1, 10])), [1, 1], gradient_descent(0.3))
    said = str(caught.value)
    assert "the learning rate is 0.3, the largest stable one 2/L = 0.2" in said
    k = caught.value.iteration
    assert f"after {k} steps" in said
    assert caught.value.path.steps[-1] == k
    assert 2.0**k >= 1e5  # each step multiplies the error by 1 − 3 = −2
    assert 2.0**k <= 1e7


def test_divergence_without_a_bound_says_try_less():
    with pytest.raises(DivergenceError, match=r"is 0\.3, try less"):
        minimize(
            Problem(lambda x: x @ x, lambda x: 100 * x),
            [1.0],
            gradient_descent(0.3),
        )


def test_divergence_below_the_bound_suggests_a_gradient_check():
    wrong = Problem(lambda x: x @ x, lambda x: -2 * x, smoothness=2.0)
    with pytest.raises(DivergenceError, match=r"right\? See gradient_check"):
        minimize(wrong, [1.0], gradient_descent(0.1), num_steps=300)


def test_a_function_without_a_lower_bound_is_said_to_have_none():
    falling = Problem(lambda x: -(x @ x), lambda x: -2 * x)
    with pytest.raises(DivergenceError, match="no lower bound"):
        minimize(falling, [1.0], gradient_descent(0.5), num_steps=300)


def test_a_diverging_run_names_its_rule_and_its_rate():
    steep = clipped(gradient_descent(3.0), 1e9)
    said = r"^gradient descent, clipped diverged.*learning rate is 3, try less"
    with pytest.raises(DivergenceError, match=said):
        minimize(quadratic([[1.0]]), [1.0], steep, num_steps=5000)


def test_a_nan_on_the_way_is_divergence():
    def f(x):
        return x[0] if x[0] > -0.25 else np.nan

    with pytest.raises(DivergenceError, match=r"after 3 steps .* to nan"):
        minimize(
            Problem(f, lambda _: np.ones(1)), [0.0], gradient_descent(0.1)
        )


@pytest.mark.parametrize(
    ("problem", "x0", "error", "says"),
    [
        (WAVY, [np.nan], ValueError, r"x0 must be finite, got nan"),
        (WAVY, [], ValueError, "must not be empty"),
        (WAVY, [1j], TypeError, "real"),
        (WAVY, {"a": [1.0], "b": np.array([np.inf])}, ValueError, r"x0\['b'"),
        (
            Problem(lambda _: np.nan, lambda x: x),
            [1.0],
            ValueError,
            r"f\(x0\) must be finite",
        ),
        (
            Problem(wavy, lambda x: x * np.inf),
            [1.0],
            ValueError,
            r"gradient\(x0\) must be finite",
        ),
        (
            Problem(wavy, lambda _: np.ones(3)),
            [1.0],
            ValueError,
            r"must have the shape of x, \(1,\), got \(3,\)",
        ),
        (Problem(wavy, lambda x: x + 1j), [1.0], TypeError, "must be real"),
    ],
)
def test_a_bad_start_or_problem_is_refused(problem, x0, error, says):
    with pytest.raises(error, match=says):
        minimize(problem, x0, gradient_descent(0.1))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: gradient_descent(0), "learning_rate must be positive, got 0"),
        (lambda: adam(-0.1), "learning_rate must be positive, got -0.1"),
        (lambda: momentum(1, beta=1), r"beta must lie in \[0, 1\), got 1"),
        (
            lambda: momentum(1, dampening=-1),
            r"dampening must lie in .* got -1",
        ),
        (lambda: nesterov(1, beta=1.5), r"beta must lie in \[0, 1\), got 1.5"),
        (lambda: adagrad(epsilon=0), "epsilon must be positive, got 0"),
        (lambda: rmsprop(beta=1), "beta must lie"),
        (lambda: rmsprop(epsilon=-1), "epsilon must be positive"),
        (lambda: adam(beta1=1.0), r"beta1 must lie in \[0, 1\), got 1.0"),
        (lambda: adam(beta2=-0.1), "beta2 must lie"),
        (lambda: adam(epsilon=0), "epsilon must be positive"),
        (lambda: adamw(weight_decay=-1), "weight_decay must not be negative"),
        (lambda: clipped(adam(), 0), "max_norm must be positive, got 0"),
        (lambda: with_decay(adam(), -1), "weight_decay must not be negative"),
        (lambda: step_decay(-1, factor=1, every=1), "initial must be posit"),
        (
            lambda: step_decay(1, factor=2, every=1),
            r"factor must lie .* got 2",
        ),
        (lambda: step_decay(1, factor=1, every=0), "every must be at least 1"),
        (lambda: exponential_decay(0, factor=1), "initial must be positive"),
        (lambda: exponential_decay(1, factor=0), "factor must lie"),
        (lambda: inverse_decay(1, delay=0), "delay must be positive"),
        (lambda: inverse_decay(0), "initial must be positive"),
        (lambda: cosine_decay(0, num_steps=3), "initial must be positive"),
        (lambda: cosine_decay(1, num_steps=0), "num_steps must be at least 1"),
        (lambda: cosine_decay(1, num_steps=3, floor=2), r"floor .* got 2"),
        (
            lambda: warmup_cosine(1, warmup_steps=5, num_steps=5),
            "num_steps must be at least 6, got 5",
        ),
        (
            lambda: warmup_cosine(1, warmup_steps=-1, num_steps=5),
            "warmup_steps must not be negative, got -1",
        ),
        (lambda: line_search(WAVY, initial=0), "must be positive, got 0"),
        (lambda: quadratic([[1, 2], [0, 1]]), "A must be symmetric"),
        (lambda: quadratic(np.eye(2), [1]), "b must have 2 entries, got 1"),
        (lambda: rosenbrock(1), "n must be at least 2, got 1"),
        (lambda: logistic_regression(np.eye(2), [0, 2]), "labels 0 or 1"),
        (
            lambda: logistic_regression(np.eye(2), [0, 1], penalty=-1),
            "penalty must not be negative",
        ),
        (lambda: linear_regression(np.eye(2), [1]), "y must have 2 entries"),
        (
            lambda: linear_regression(np.eye(2), [0, 1], penalty=-1),
            "penalty must not be negative",
        ),
        (
            lambda: Problem(wavy, wavy, smoothness=-1),
            "smoothness must not be negative, got -1",
        ),
        (
            lambda: Problem(wavy, wavy, smoothness=1, convexity=2),
            "convexity must be at most smoothness 1, got 2",
        ),
        (lambda: FiniteSum(logistic_regression, ()), "data must have one len"),
        (
            lambda: FiniteSum(logistic_regression, (np.eye(2), [1])),
            r"one length above 0, got \[1, 2\]",
        ),
        (
            lambda: linear_regression(np.eye(2), [0, 1]).f([1.0]),
            r"w must have shape \(2,\), got \(1,\)",
        ),
        (lambda: tune(lambda _r, _s: None, [2, 1]), "rates must increase"),
        (lambda: tune(lambda _r, _s: None, []), "rates must not be empty"),
        (
            lambda: tune(lambda _r, _s: None, [1], seeds=()),
            "seeds must not be empty",
        ),
    ],
)
def test_a_hyperparameter_out_of_range_is_refused(make, says):
    with pytest.raises(ValueError, match=says):
        make()


def test_a_number_of_steps_is_a_whole_number():
    with pytest.raises(TypeError, match=r"whole number, got 1\.5"):
        cosine_decay(1, num_steps=1.5)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: tune(lambda _r, _s: 3, [1.0]), "must be a Path, got int"),
        (lambda: tune(3, [1.0]), "run must be a function"),
        (lambda: minimize(wavy, [1.0], adam()), "problem must be a Problem"),
        (lambda: minimize(WAVY, [1.0], 0.1), "optimizer must be a Optimizer"),
        (lambda: clipped(0.1, 1), "optimizer must be a Optimizer, got float"),
        (lambda: with_decay(0.1, 1), "optimizer must be a Optimizer"),
        (lambda: adam(bias_correction=1), "must be True or False, got 1"),
        (
            lambda: list(Batches(1, 0).epoch(3)),
            "rng must be a Generator, got int",
        ),
    ],
)
def test_a_wrong_kind_is_refused(make, says):
    with pytest.raises(TypeError, match=says):
        make()


def test_a_rate_that_is_no_number_is_refused():
    with pytest.raises(TypeError, match="learning_rate must be real"):
        gradient_descent("fast")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"num_steps": -1}, "num_steps must not be negative, got -1"),
        ({"keep_every": 0}, "keep_every must be at least 1, got 0"),
    ],
)
def test_counts_of_minimize_are_checked(given, says):
    with pytest.raises(ValueError, match=says):
        minimize(WAVY, [1.0], adam(), **given)


def test_a_schedule_may_not_be_negative():
    rule = gradient_descent(lambda t: 0.1 - 0.05 * t)
    with pytest.raises(ValueError, match=r"not be negative, got .* at t = 3"):
        minimize(WAVY, [1.0], rule)


def test_a_problem_asks_for_functions():
    for wrong in [(1, wavy), (wavy, 1), (wavy, wavy, 1)]:
        with pytest.raises(TypeError, match="must be a function, got int"):
            Problem(*wrong)


@pytest.mark.parametrize("n", [2, 3, 7])
def test_the_valley_is_that_of_scipy(n):
    x = np.random.default_rng(n).normal(size=n)
    problem = rosenbrock(n)
    assert problem.f(x) == pytest.approx(scipy.optimize.rosen(x))
    np.testing.assert_allclose(
        problem.gradient(x), scipy.optimize.rosen_der(x)
    )
    np.testing.assert_allclose(
        problem.hessian(x), scipy.optimize.rosen_hess(x)
    )
    assert problem.f(problem.minimiser) == 0


def test_a_quadratic_knows_its_curvatures_and_its_minimiser():
    rng = np.random.default_rng(1)
    Q, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    A, b = Q * [1.0, 2.0, 5.0, 9.0] @ Q.T, rng.normal(size=4)
    problem = quadratic((A + A.T) / 2, b)
    assert problem.smoothness == pytest.approx(9)
    assert problem.convexity == pytest.approx(1)
    np.testing.assert_allclose(
        problem.gradient(problem.minimiser), 0, atol=1e-14
    )
    x = rng.normal(size=4)
    assert gradient_check(problem.f, problem.gradient, x).passed
    np.testing.assert_allclose(problem.hessian(x), A, atol=1e-14)


def test_a_saddle_has_no_minimiser_and_its_largest_curvature_counts():
    problem = quadratic(np.diag([1.0, -3.0]))
    assert problem.minimiser is None
    assert (problem.smoothness, problem.convexity) == (3, -3)


def data(n=60, d=4, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    z = X @ np.arange(1.0, d + 1) + rng.normal(size=n)
    return X, z, (z > 0).astype(float)


def test_logistic_regression_has_the_minimum_of_scikit_learn():
    X, _, y = data()
    problem = logistic_regression(X, y, penalty=0.1)
    path = minimize(
        problem, np.zeros(4), nesterov(1 / problem.smoothness), num_steps=900
    )
    C = 1 / (0.1 * len(y))
    model = LogisticRegression(C=C, fit_intercept=False, tol=1e-10)
    np.testing.assert_allclose(path.x[-1], model.fit(X, y).coef_[0], atol=1e-5)


def test_linear_regression_has_the_minimum_of_scikit_learn():
    X, z, _ = data()
    problem = linear_regression(X, z, penalty=0.1)
    model = Ridge(alpha=0.1 * len(z), fit_intercept=False).fit(X, z)
    np.testing.assert_allclose(problem.minimiser, model.coef_, rtol=1e-9)


def test_linear_regression_without_full_rank_knows_no_minimiser():
    X = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])
    problem = linear_regression(X, [1, 2, 3])
    assert problem.minimiser is None
    assert problem.convexity == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("make", [linear_regression, logistic_regression])
@pytest.mark.parametrize("part", ["f", "gradient", "hessian"])
def test_the_weights_are_named_in_what_is_said_of_them(make, part):
    problem = make(np.eye(2), [0.0, 1.0])
    with pytest.raises(TypeError, match=r"^w must be real"):
        getattr(problem, part)([1j, 0])
    with pytest.raises(ValueError, match=r"^w must have shape \(2,\)"):
        getattr(problem, part)([1.0])


@pytest.mark.parametrize("make", [linear_regression, logistic_regression])
def test_the_derivatives_and_curvatures_of_a_regression_are_right(make):
    X, _, y = data()
    problem = make(X, y, penalty=0.3)
    w = np.random.default_rng(2).normal(size=4)
    assert gradient_check(problem.f, problem.gradient, w).passed
    H = problem.hessian(w)
    np.testing.assert_allclose(H, hessian(problem.f, w), atol=1e-4)
    lam = np.linalg.eigvalsh(H)
    assert problem.convexity <= lam[0] + 1e-12
    assert lam[-1] <= problem.smoothness + 1e-12
    assert (
        problem.smoothness
        <= 2 * np.linalg.eigvalsh(problem.hessian(np.zeros(4))).max()
    )


def test_armijo_takes_the_first_halving_that_keeps_the_promise():
    problem = quadratic([[10.0]])  # from 1 along −10: f = 5 (1 − 10 α)²
    x, d = [1.0], [-10.0]
    assert armijo(problem, x, d, share=1e-4) == 0.125
    assert armijo(problem, x, d, share=0.4) == 0.0625  # α ≤ 0.2 (1 − c)
    assert armijo(problem, x, d, initial=0.1, share=0.4) == 0.1
    assert armijo(problem, x, d, initial=0.3, share=1e-4) == 0.15


def test_armijo_tries_the_whole_step_first_and_none_beyond():
    flat = quadratic([[1.0]])  # along −0.5 a step of 2 ends in the minimum
    assert armijo(flat, [1.0], [-0.5]) == 1
    assert armijo(flat, [1.0], [-0.5], initial=2) == 2


@pytest.mark.parametrize(
    ("d", "given", "error", "says"),
    [
        ([1.0, 0.0], {}, ValueError, "must be a descent direction.* got 1"),
        ([0.0, 1.0], {}, ValueError, "must be a descent direction.* got 0"),
        ([-1.0, 0.0], {"share": 1}, ValueError, r"lie in \(0, 1\), got 1"),
        ([-1.0, 0.0], {"initial": -1}, ValueError, "must be positive"),
    ],
)
def test_armijo_refuses_what_is_no_descent(d, given, error, says):
    with pytest.raises(error, match=says):
        armijo(quadratic(np.eye(2)), [1.0, 0.0], d, **given)


def test_a_wrong_gradient_is_told_from_rounding():
    wrong = Problem(lambda x: x @ x + 1, lambda x: -2 * x)
    with pytest.raises(ConvergenceError, match="see gradient_check"):
        armijo(wrong, [1.0], [2.0])
    right = Problem(lambda x: x @ x + 1, lambda x: 2 * x)
    assert armijo(right, [1e-9], [-2e-9]) == 0


def test_armijo_refuses_a_nan():
    hole = Problem(lambda _: np.nan, lambda x: x)
    with pytest.raises(ValueError, match=r"f\(x\) must be finite, got nan"):
        armijo(hole, [1.0], [-1.0])


def test_a_line_search_descends_without_a_rate():
    problem = rosenbrock()
    path = minimize(problem, [-1.2, 1], line_search(problem), num_steps=300)
    assert (np.diff(path.f) <= 0).all()
    assert path.f[-1] < 0.05 < path.f[0]


def test_a_line_search_rests_at_the_minimum():
    problem = Problem(lambda x: 50 * x @ x + 1, lambda x: 100 * x)
    path = minimize(problem, [3.0], line_search(problem), num_steps=200)
    assert abs(path.x[-1, 0]) < 1e-7
    still = minimize(problem, [0.0], line_search(problem), num_steps=2)
    np.testing.assert_array_equal(still.x, 0)


def test_the_options_of_a_line_search_are_used():
    problem = quadratic([[10.0]])
    for options, first in [({}, 0.125), ({"share": 0.4}, 0.0625)]:
        path = minimize(problem, [1.0], line_search(problem, **options))
        assert path.x[1, 0] == pytest.approx(1 - 10 * first)
    path = minimize(problem, [1.0], line_search(problem, initial=0.1))
    assert path.x[1, 0] == pytest.approx(0)


def test_an_epoch_without_replacement_sees_every_sample_once():
    batches = list(Batches(4, np.random.default_rng(0)).epoch(10))
    assert [len(i) for i in batches] == [4, 4, 2]
    seen = np.concatenate(batches)
    np.testing.assert_array_equal(np.sort(seen), np.arange(10))
    assert not np.array_equal(seen, np.arange(10))


def test_every_epoch_is_shuffled_anew_and_the_seed_decides():
    one, two = (Batches(5, np.random.default_rng(3)) for _ in range(2))
    first, again = (np.concatenate(list(one.epoch(30))) for _ in range(2))
    assert not np.array_equal(first, again)
    np.testing.assert_array_equal(first, np.concatenate(list(two.epoch(30))))


def test_with_replacement_every_batch_is_full_and_samples_repeat():
    rule = Batches(4, np.random.default_rng(0), replacement=True)
    batches = list(rule.epoch(10))
    assert [len(i) for i in batches] == [4, 4, 4]
    drawn = np.concatenate([i for _ in range(2000) for i in rule.epoch(10)])
    shares = np.bincount(drawn, minlength=10) / len(drawn)
    np.testing.assert_allclose(shares, 0.1, atol=0.01)


@pytest.mark.parametrize("size", [0, 11, -1])
def test_a_batch_size_outside_the_data_is_refused(size):
    X, z, _ = data(10)
    with pytest.raises(ValueError, match=f"must lie in 1 to 10, got {size}"):
        sgd(
            FiniteSum(linear_regression, (X, z)),
            np.zeros(4),
            gradient_descent(0.1),
            Batches(size, np.random.default_rng(0)),
        )


@pytest.mark.parametrize("name", ALL)
def test_full_batches_are_minimize(name):
    X, _, y = data()
    problem = FiniteSum(logistic_regression, (X, y))
    batches = Batches(60, np.random.default_rng(0))
    path = sgd(problem, np.zeros(4), ALL[name], batches, num_epochs=5)
    whole = minimize(problem.full(), np.zeros(4), ALL[name], num_steps=5)
    np.testing.assert_allclose(path.x, whole.x, atol=1e-12)
    np.testing.assert_allclose(path.f, whole.f, atol=1e-12)
    np.testing.assert_array_equal(path.steps, range(6))


def test_f_is_that_of_all_data_once_an_epoch():
    X, z, _ = data()
    problem = FiniteSum(linear_regression, (X, z))
    path = sgd(
        problem,
        np.zeros(4),
        momentum(0.01),
        Batches(7, np.random.default_rng(0)),
        num_epochs=3,
    )
    np.testing.assert_array_equal(path.steps, [0, 9, 18, 27])
    for x, f, norm in zip(path.x, path.f, path.gradient_norm, strict=True):
        r = X @ x - z
        assert f == pytest.approx(r @ r / 120)
        assert norm == pytest.approx(np.linalg.norm(X.T @ r) / 60)


def test_the_mean_over_all_batches_is_the_gradient():
    X, _, y = data()
    problem = FiniteSum(logistic_regression, (X, y))
    w = np.array([0.3, -0.1, 0.7, 0.0])
    batches = Batches(12, np.random.default_rng(0)).epoch(60)
    mean = np.mean([problem.on(i).gradient(w) for i in batches], axis=0)
    np.testing.assert_allclose(mean, problem.full().gradient(w), atol=1e-14)


def test_sgd_counts_its_schedule_over_all_epochs():
    seen = []

    def rate(t):
        seen.append(t)
        return 0.1

    X, z, _ = data(10)
    sgd(
        FiniteSum(linear_regression, (X, z)),
        np.zeros(4),
        gradient_descent(rate),
        Batches(4, np.random.default_rng(0)),
        num_epochs=2,
    )
    assert seen == [1, 2, 3, 4, 5, 6]


def test_sgd_says_that_it_diverged_within_an_epoch():
    X, z, _ = data(200)
    with pytest.raises(DivergenceError, match=r"after .* 2/L = ") as caught:
        sgd(
            FiniteSum(linear_regression, (X, z)),
            np.zeros(4),
            gradient_descent(50.0),
            Batches(1, np.random.default_rng(0)),
        )
    assert 1 <= caught.value.iteration < 20
    assert caught.value.path.f[-1] > 1e6 * caught.value.path.f[0]


def test_sgd_asks_for_a_number_of_epochs_that_is_not_negative():
    X, z, _ = data(10)
    with pytest.raises(ValueError, match="num_epochs must not be negative"):
        sgd(
            FiniteSum(linear_regression, (X, z)),
            np.zeros(4),
            gradient_descent(0.1),
            Batches(4, np.random.default_rng(0)),
            num_epochs=-1,
        )


def test_svrg_is_its_formula():
    """Written out for least squares, where gradients are affine."""
    X, z, _ = data(12)

    def batches():
        return Batches(5, np.random.default_rng(3))

    problem = FiniteSum(linear_regression, (X, z))
    rule = gradient_descent(0.05)
    path = svrg(problem, np.ones(4), rule, batches(), num_epochs=3)
    drawn, x, seen = batches(), np.ones(4), [np.ones(4)]
    for _ in range(3):
        w = x
        for i in drawn.epoch(12):
            correction = X[i].T @ X[i] / len(i) @ (x - w)
            x = x - 0.05 * (correction + X.T @ (X @ w - z) / 12)
        seen.append(x)
    np.testing.assert_allclose(path.x, seen, rtol=1e-12)
    np.testing.assert_array_equal(path.steps, [0, 3, 6, 9])


@pytest.mark.parametrize("name", ALL)
def test_svrg_with_full_batches_is_minimize(name):
    X, _, y = data()
    problem = FiniteSum(logistic_regression, (X, y))
    batches = Batches(60, np.random.default_rng(0))
    path = svrg(problem, np.zeros(4), ALL[name], batches, num_epochs=5)
    whole = minimize(problem.full(), np.zeros(4), ALL[name], num_steps=5)
    np.testing.assert_allclose(path.x, whole.x, atol=1e-12)
    np.testing.assert_allclose(path.f, whole.f, atol=1e-12)


def test_svrg_reaches_a_minimum_that_sgd_does_not():
    X, z, _ = data()
    problem = FiniteSum(linear_regression, (X, z))
    exact = np.linalg.lstsq(X, z)[0]
    ends = []
    for method in (sgd, svrg):
        batches = Batches(1, np.random.default_rng(0), replacement=True)
        rule = gradient_descent(0.02)
        path = method(problem, np.zeros(4), rule, batches, num_epochs=60)
        ends.append(np.linalg.norm(path.x[-1] - exact))
    assert ends[0] > 1e-2
    assert ends[1] < 1e-10


def test_svrg_stays_at_a_minimum():
    X, z, _ = data()
    problem = FiniteSum(linear_regression, (X, z))
    exact = np.linalg.lstsq(X, z)[0]
    batches = Batches(3, np.random.default_rng(0))
    path = svrg(problem, exact, gradient_descent(0.02), batches)
    np.testing.assert_allclose(path.x, np.tile(exact, (11, 1)), atol=1e-12)


@pytest.mark.parametrize(("i", "k"), [(-20, 7), (13, -30)])
def test_svrg_does_not_see_units(i, k):
    """f times 4ⁱ and x times 2ᵏ round alike, if the rate has their units."""
    X, z, _ = data()
    s, t = 2.0**i, 2.0**k
    ends = []
    for a, b in [(1.0, 1.0), (s, t)]:
        problem = FiniteSum(linear_regression, (a / b * X, a * z))
        rule = gradient_descent(0.02 * (b / a) ** 2)
        batches = Batches(3, np.random.default_rng(0))
        path = svrg(problem, b * np.ones(4), rule, batches, num_epochs=3)
        ends.append(path.x / b)
    np.testing.assert_array_equal(ends[0], ends[1])


def test_svrg_says_that_it_diverged_within_an_epoch():
    X, z, _ = data(200)
    with pytest.raises(DivergenceError, match=r"after .* 2/L = ") as caught:
        svrg(
            FiniteSum(linear_regression, (X, z)),
            np.zeros(4),
            gradient_descent(50.0),
            Batches(1, np.random.default_rng(0)),
        )
    assert 1 <= caught.value.iteration < 20


@pytest.mark.parametrize(
    ("replaced", "error", "says"),
    [
        ({"num_epochs": -1}, ValueError, "num_epochs must not be negative"),
        ({"problem": 1}, TypeError, "problem must be a FiniteSum"),
        ({"optimizer": 1}, TypeError, "optimizer must be a Optimizer"),
        ({"batches": 1}, TypeError, "batches must be a Batches"),
    ],
)
def test_bad_arguments_of_svrg_are_refused(replaced, error, says):
    X, z, _ = data(10)
    given = {
        "problem": FiniteSum(linear_regression, (X, z)),
        "x0": np.zeros(4),
        "optimizer": gradient_descent(0.1),
        "batches": Batches(4, np.random.default_rng(0)),
    }
    with pytest.raises(error, match=says):
        svrg(**{**given, **replaced})


def test_a_finite_sum_takes_rows_of_every_array():
    X, z, _ = data(10)
    problem = FiniteSum(linear_regression, (X, list(z)))
    assert len(problem) == 10
    i = np.array([7, 7, 2])
    w = np.ones(4)
    r = X[i] @ w - z[i]
    assert problem.on(i).f(w) == pytest.approx(r @ r / 6)


def test_an_optimizer_may_be_made_by_hand():
    def step(_x, g, state, alpha, _t):
        state["n"] += 1
        return -alpha * np.sign(g) / state["n"]

    rule = Optimizer("signs", 0.1, step, ("n",))
    path = minimize(quadratic(np.eye(2)), [3, -4], rule, num_steps=2)
    np.testing.assert_allclose(path.x, [[3, -4], [2.9, -3.9], [2.85, -3.85]])


scales = st.integers(-12, 12).map(lambda k: 10.0**k)


def in_units(problem, s, t):
    """The problem with f in units of 1/s and x in units of 1/t."""
    return Problem(
        lambda x: s * problem.f(x / t),
        lambda x: s / t * problem.gradient(x / t),
    )


@given(scales, scales)
def test_the_watch_over_growth_does_not_see_units(s, t):
    bowl = in_units(quadratic(np.diag([1.0, 10.0]), [1.0, 1.0]), s, t)
    x0, unit = t * np.array([4.0, 0.8]), t * t / s
    with pytest.raises(DivergenceError) as caught:
        minimize(bowl, x0, gradient_descent(0.3 * unit))
    assert caught.value.iteration == 21
    path = minimize(bowl, x0, gradient_descent(0.18 * unit))
    np.testing.assert_allclose(path.x[-1], [t, t / 10], rtol=1e-6)


@given(st.integers(-12, 12).map(lambda k: 10.0**k))
def test_a_gradient_may_grow_on_its_way_from_a_saddle(s):
    """A start 1e-9 beside it: the slope grows by 1e9, and f falls."""
    well = Problem(
        lambda x: s * np.sum((x**2 - 1) ** 2),
        lambda x: s * 4 * (x**3 - x),
    )
    path = minimize(well, [1e-9], gradient_descent(0.05 / s), num_steps=200)
    assert path.gradient_norm.max() > 1e6 * path.gradient_norm[:2].max()
    assert path.x[-1] == pytest.approx(1)


@pytest.mark.parametrize("name", ALL)
@given(st.integers(-12, 12).map(lambda k: 10.0**k))
def test_a_run_from_a_minimum_does_not_diverge(name, s):
    """The first gradient there is rounding, 1e-16 of what follows."""
    b = np.array([0.1, 0.3, -0.7])
    bowl = quadratic(s * np.diag([1.0, 2.0, 3.0]), s * b)
    rule = ALL[name]
    if name in ("gradient descent", "momentum", "Nesterov"):
        rule = {
            "gradient descent": gradient_descent,
            "momentum": momentum,
        }.get(name, nesterov)(0.01 / s)
    path = minimize(bowl, bowl.minimiser, rule, num_steps=50)
    assert np.abs(path.x - bowl.minimiser).max() < 6


def test_batches_from_the_minimum_of_all_data_do_not_diverge():
    X, z, _ = data(60)
    sum_ = FiniteSum(linear_regression, (X, z))
    full = sum_.full()
    batches = Batches(1, np.random.default_rng(0))
    path = sgd(sum_, full.minimiser, gradient_descent(0.01), batches)
    assert path.gradient_norm[0] < 1e-10 < path.gradient_norm[-1]


@given(st.integers(0, 10_000), st.integers(1, 4))
def test_a_quadratic_of_lower_rank_has_no_minimiser(seed, rank):
    rng = np.random.default_rng(seed)
    M = rng.normal(size=(5, rank)) * 10.0 ** rng.integers(-9, 9)
    problem = quadratic(M @ M.T, rng.normal(size=5))
    assert problem.minimiser is None
    assert problem.convexity == 0
    low = linear_regression(M.T @ rng.normal(size=(5, 5)), np.ones(rank))
    assert low.minimiser is None
    assert low.convexity == 0


def test_the_laplacian_of_a_path_has_no_minimiser():
    path = quadratic([[1, -1, 0], [-1, 2, -1], [0, -1, 1]])
    assert path.minimiser is None
    assert (path.smoothness, path.convexity) == (pytest.approx(3), 0)


@given(st.integers(0, 10_000), st.integers(-12, 12))
def test_collinear_columns_have_no_minimiser(seed, power):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(20, 3)) * 10.0**power
    X = np.column_stack([X, X @ rng.normal(size=3)])
    problem = linear_regression(X, rng.normal(size=20))
    assert problem.minimiser is None
    assert problem.convexity == 0
    full = linear_regression(X[:, :3], rng.normal(size=20))
    expected = np.linalg.eigvalsh(X[:, :3].T @ X[:, :3] / 20)
    assert full.convexity == pytest.approx(expected[0])
    assert full.smoothness == pytest.approx(expected[-1])
    g = full.gradient(full.minimiser)
    assert np.linalg.norm(g) < 1e-10 * np.linalg.norm(full.gradient(0 * g))


def test_a_batch_of_zeros_is_a_batch():
    X, z, _ = data(10)
    X[3] = 0
    for make in (linear_regression, logistic_regression):
        problem = FiniteSum(make, (X, (z > 0).astype(float)))
        batches = Batches(1, np.random.default_rng(0))
        path = sgd(problem, np.zeros(4), gradient_descent(0.01), batches)
        assert path.f[-1] < path.f[0]
        assert make(0 * X, (z > 0) * 1.0).smoothness == 0


@pytest.mark.parametrize("make", [linear_regression, logistic_regression])
def test_a_step_on_a_batch_computes_no_eigenvalues(make, monkeypatch):
    def refuse(*_args, **_given):
        raise AssertionError

    X, _z, y = data(10)
    for name in ("eigvalsh", "svd", "norm", "solve", "lstsq"):
        monkeypatch.setattr(np.linalg, name, refuse)
    w = np.ones(4)
    problem = make(X, y)
    assert np.isfinite(problem.f(w))
    assert problem.gradient(w).shape == (4,)


@given(st.integers(0, 10_000))
def test_a_right_gradient_is_not_accused_where_differences_are_noise(seed):
    """A minimum of 0 as a difference of large terms: f is all rounding."""
    rng = np.random.default_rng(seed)
    M = rng.normal(size=(4, 4))
    A, x = M @ M.T + 0.1 * np.eye(4), 10 * rng.normal(size=4)
    b, c = A @ x, x @ A @ x / 2
    near = Problem(lambda x: x @ A @ x / 2 - b @ x + c, lambda x: A @ x - b)
    path = minimize(near, x + 1, line_search(near), num_steps=60)
    assert path.gradient_norm[-1] < path.gradient_norm[0]
    for size in 10.0 ** np.arange(-12, 0):
        at = x + size * rng.normal(size=4)
        g = near.gradient(at)
        assert not g.any() or armijo(near, at, -g) >= 0


@given(st.integers(0, 10_000), scales, st.sampled_from([-1.0, 0.5, 2.0]))
def test_a_wrong_gradient_is_refuted_in_any_units(seed, s, factor):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=3)
    right = in_units(WAVY, s, 1.0)
    g = right.gradient(x)
    slope = factor * (g @ g)
    found = refuted(right.f, x, g, slope)
    assert found == pytest.approx(g @ g, rel=0.02)
    assert refuted(right.f, x, g, g @ g) is None


def test_a_kink_refutes_neither_side():
    def at_the_kink(slope):
        return refuted(lambda x: abs(x[0]), np.zeros(1), np.ones(1), slope)

    assert at_the_kink(1.0) is None
    assert at_the_kink(-1.0) is None
    assert at_the_kink(3.0) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("given_", [10.0, np.nan, 2.5, None, "3"])
def test_counts_are_whole_numbers(given_):
    X, z, _ = data(10)
    problem = FiniteSum(linear_regression, (X, z))
    batches = Batches(2, np.random.default_rng(0))
    for run in (
        lambda n: minimize(WAVY, [1.0], adam(), num_steps=n),
        lambda n: minimize(WAVY, [1.0], adam(), keep_every=n),
        lambda n: sgd(problem, np.zeros(4), adam(), batches, num_epochs=n),
        lambda n: list(Batches(n, np.random.default_rng(0)).epoch(10)),
        lambda n: step_decay(1, factor=1, every=n),
        lambda n: cosine_decay(1, num_steps=n),
        rosenbrock,
    ):
        with pytest.raises(TypeError, match="must be a whole number, got"):
            run(given_)


@pytest.mark.parametrize(
    ("function", "defaults"),
    [
        (adagrad, (0.01, 1e-10, False)),
        (rmsprop, (0.01, 0.99, 1e-8, False)),
        (adam, (0.001, 0.9, 0.999, 1e-8, True)),
        (adamw, (0.001, 0.01, 0.9, 0.999, 1e-8)),
        (armijo, (1.0, 1e-4)),
        (line_search, (1.0, 1e-4)),
        (momentum, (0.9, 0.0, False)),
        (nesterov, (0.9,)),
        (minimize, (100, 1)),
        (sgd, (10,)),
        (tune, ((0,),)),
        (rosenbrock, (2,)),
        (linear_regression, (0.0,)),
        (logistic_regression, (0.0,)),
        (inverse_decay, (1.0,)),
        (cosine_decay, (0.0,)),
        (warmup_cosine, (0.0,)),
        (with_decay, (False,)),
        (Batches, (False,)),
        (Optimizer, ((), None)),
        (Problem, (None, None, None, None)),
    ],
)
def test_the_defaults_are_those_that_are_written_down(function, defaults):
    given = inspect.signature(function).parameters.values()
    found = tuple(p.default for p in given if p.default is not p.empty)
    assert found == defaults


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        (WAVY, "f"),
        (adam(), "name"),
        (FiniteSum(linear_regression, (np.eye(2), np.ones(2))), "make"),
        (Batches(1, np.random.default_rng(0)), "size"),
        (minimize(WAVY, [1.0], adam(), num_steps=0), "f"),
        (
            tune(
                lambda r, _s: minimize(WAVY, [1.0], adam(r), num_steps=0),
                [1.0],
            ),
            "rate",
        ),
    ],
)
def test_what_is_made_is_not_changed_afterwards(thing, name):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(thing, name, 1)


ROWS = FiniteSum(linear_regression, (np.eye(3), np.ones(3)))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: Problem(1, wavy), "f must be a function"),
        (lambda: Problem(wavy, 1), "gradient must be a function"),
        (lambda: Problem(wavy, wavy, 1), "hessian must be a function"),
        (lambda: Problem(wavy, wavy, minimiser=1j), "minimiser must be real"),
        (lambda: Problem(wavy, wavy, convexity=1j), "convexity must be real"),
        (lambda: armijo(WAVY, [1j], [1.0]), "x must be real"),
        (lambda: armijo(WAVY, [1.0], [1j]), "d must be real"),
        (lambda: armijo(WAVY, [1.0], [1.0], share=1j), "share must be real"),
        (
            lambda: armijo(Problem(wavy, lambda x: 1j * x), [1.0], [1.0]),
            r"gradient\(x\) must be real",
        ),
        (lambda: quadratic(np.eye(2), [1j, 0]), "b must be real"),
        (lambda: quadratic(np.eye(2)).f([1j, 0]), "x must be real"),
        (lambda: linear_regression([[1j]], [1.0]), "X must be real"),
        (lambda: linear_regression([[1.0]], [1j]), "y must be real"),
        (lambda: logistic_regression([[1j]], [1.0]), "X must be real"),
        (lambda: logistic_regression([[1.0]], [1j]), "y must be real"),
        (lambda: Optimizer("mine", 0.1, 1), "step must be a function"),
        (
            lambda: gradient_descent(lambda _t: 1j).rate(1),
            r"learning_rate\(t\) must be real",
        ),
        (
            lambda: minimize(
                WAVY, [1.0], Optimizer("mine", 1, lambda *a: 1j * a[1])
            ),
            r"step\(…\) must be real",
        ),
        (lambda: step_decay(1, factor=1j, every=1), "factor must be real"),
        (lambda: cosine_decay(1, num_steps=1, floor=1j), "floor must be real"),
        (lambda: FiniteSum(1, ([1.0],)), "make must be a function"),
        (lambda: FiniteSum(linear_regression, ([1j],)), "data must be real"),
        (lambda: ROWS.on([1j]), "i must be real"),
        (lambda: ROWS.on([0.0]), "i must hold whole numbers, got float64"),
        (lambda: tune(lambda _r, _s: None, [1j]), "rates must be real"),
        (lambda: tune(lambda _r, _s: None, [1.0], seeds=3), "seeds must be"),
    ],
)
def test_a_message_names_the_argument_of_a_wrong_kind(call, says):
    with pytest.raises(TypeError, match=f"^{says}"):
        call()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: armijo(WAVY, [1.0], [1.0], share=0), r"in \(0, 1\), got 0"),
        (lambda: armijo(WAVY, [1.0], [1.0, 2.0]), r"d must have shape \(1,\)"),
        (
            lambda: armijo(Problem(wavy, lambda _: np.ones(2)), [1.0], [1.0]),
            r"gradient\(x\) must have shape \(1,\), got \(2,\)",
        ),
        (
            lambda: logistic_regression(np.eye(2), [0, 1, 1]),
            "2 labels 0 or 1, got 3",
        ),
        (lambda: FiniteSum(linear_regression, (3.0,)), r"above 0, got \[0\]"),
        (lambda: ROWS.on([0, 3]), "indices 0 to 2, got"),
        (lambda: ROWS.on([-1, 2]), "indices 0 to 2, got"),
        (lambda: ROWS.on([]), "i must not be empty"),
        (
            lambda: list(Batches(1, np.random.default_rng(0)).epoch(0)),
            "n must be at least 1, got 0",
        ),
        (lambda: gradient_descent(1.0).rate(0), "t must be at least 1, got 0"),
        (lambda: tune(lambda _r, _s: None, [1, 1]), "rates must increase"),
        (
            lambda: minimize(
                WAVY, [1.0], Optimizer("mine", 1, lambda *_: np.ones(2))
            ),
            r"step\(…\) must have shape \(1,\), got \(2,\)",
        ),
    ],
)
def test_what_lies_just_outside_is_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_what_lies_at_the_end_of_a_range_is_taken():
    assert step_decay(2.0, factor=1, every=1)(3) == 2
    assert exponential_decay(2.0, factor=1)(3) == 2
    assert cosine_decay(2.0, num_steps=1, floor=2.0)(1) == 2
    assert cosine_decay(2.0, num_steps=1, floor=0.0)(2) == 0
    assert warmup_cosine(2.0, warmup_steps=0, num_steps=1)(1) == 2
    assert gradient_descent(lambda _t: 0.0).rate(1) == 0
    batches = list(Batches(1, np.random.default_rng(0)).epoch(1))
    np.testing.assert_array_equal(batches, [[0]])
    assert ROWS.on([0, 2]).f(np.ones(3)) == 0
    one = FiniteSum(lambda X: linear_regression(X, [1.0]), ([[1.0]],))
    assert len(one) == 1


def test_a_step_may_be_a_list():
    rule = Optimizer("mine", 1, lambda *_: [1])
    path = minimize(WAVY, [1.0], rule, num_steps=2)
    np.testing.assert_array_equal(path.x[:, 0], [1, 2, 3])


def test_a_beta_that_depends_on_the_step_is_asked_from_t_1():
    asked = []
    rule = nesterov(0.1, beta=lambda t: asked.append(t) or 0.5)
    minimize(WAVY, [1.0], rule, num_steps=3)
    assert asked == [1, 1, 2, 2, 3]


def test_values_beyond_float64_come_without_a_warning():
    """Warnings are errors in these tests."""
    big, w = linear_regression([[1e200]], [1.0]), [np.inf, -np.inf]
    assert not np.isfinite(big.f([1e200]))
    assert big.hessian([1.0])[0, 0] == big.gradient([1.0])[0] == np.inf
    assert big.smoothness == big.convexity == np.inf
    assert linear_regression([[1e200, 1e200]], [1.0]).smoothness == np.inf
    assert logistic_regression([[1e200]], [1.0]).smoothness == np.inf
    for make in (linear_regression, logistic_regression):
        problem = make([[1.0, 1.0], [1.0, 2.0]], [0.0, 1.0])
        assert np.isnan(problem.f(w))
    plain = linear_regression([[1.0, 1.0], [1.0, 2.0]], [0.0, 1.0])
    assert np.isnan(plain.gradient(w)).all()
    end = np.array([709.782712893384])  # the last that exp can take
    assert refuted(lambda x: np.exp(x[0]), end, np.ones(1), 1e308) is None
    squares, g = {"s": np.zeros(2)}, np.full(2, 1.2e154)
    with pytest.raises(ValueError, match="squares with a finite sum"):
        adagrad().step(g, g, squares, 0.1, 1)


@pytest.mark.parametrize(
    ("function", "end"), [(np.exp, 1e3), (np.log, -1.0), (np.reciprocal, 0.0)]
)
def test_a_function_that_leaves_its_domain_does_not_warn(function, end):
    leap = Optimizer("leap", 1.0, lambda x, *_: end - x)
    left = Problem(lambda x: function(x[0]), lambda x: -np.ones_like(x))
    with pytest.raises(DivergenceError, match="after 1 steps"):
        minimize(left, [1.0], leap)
    rows = FiniteSum(lambda _: left, (np.ones(2),))
    with pytest.raises(DivergenceError, match="after 1 steps"):
        sgd(rows, [1.0], leap, Batches(2, np.random.default_rng(0)))


def test_a_line_search_beyond_float64_does_not_warn():
    steep = Problem(lambda x: np.exp(-x[0]) + np.exp(x[0]), np.sinh)
    assert 0 < armijo(steep, [1.0], [-1.0], initial=1e4) < 4
    barrier = Problem(lambda x: -np.log(x[0]) + 2 * x[0], lambda x: 2 - 1 / x)
    assert 0 < armijo(barrier, [1.0], [-1.0], initial=4.0) < 1
    first = Problem(lambda _: 1.0, lambda x: np.exp(1e3 * x))
    with pytest.raises(ValueError, match="a descent direction"):
        armijo(first, [1.0], [1.0])


def test_the_curvature_of_logistic_regression_is_a_quarter_of_the_data():
    X, _, y = data()
    lam = np.linalg.eigvalsh(X.T @ X / len(X))
    problem = logistic_regression(X, y, penalty=0.3)
    assert problem.smoothness == pytest.approx(lam[-1] / 4 + 0.3)
    assert problem.convexity == 0.3


@pytest.mark.parametrize(("units", "known"), [(2, False), (3, True)])
def test_a_curvature_beyond_rounding_counts(units, known):
    problem = quadratic(np.diag([units * 2.0**-52, 1.0]))
    assert (problem.convexity > 0) == known
    assert (problem.minimiser is not None) == known


def test_armijo_tries_no_step_whose_promise_is_rounding():
    line = Problem(lambda x: 1 - x[0], lambda _x: -np.ones(1))
    eps = 2.0**-52
    assert armijo(line, [0.0], [1.0], initial=2 * eps) == 2 * eps
    assert armijo(line, [0.0], [1.0], initial=eps) == 0


def test_armijo_takes_a_step_that_keeps_just_its_promise_and_falls():
    half = Problem(lambda x: -x[0] / 2, lambda _x: -np.ones(1))
    assert armijo(half, [0.0], [1.0], share=0.5) == 1
    flat = Problem(lambda x: x @ x + 1, lambda x: 2 * x)
    assert armijo(flat, [1e-8], [-2e-8]) == 0


def scripted(values, slopes, **given):
    """A run whose x is the number of the step, with these f and ‖∇f‖."""
    asked = []

    def f(x):
        asked.append(int(x[0]))
        return values[int(x[0])]

    problem = Problem(f, lambda x: np.array([slopes[int(x[0])]]))
    rule = Optimizer("script", 1.0, lambda x, *_: np.ones_like(x))
    path = minimize(problem, [0.0], rule, num_steps=len(values) - 1, **given)
    return path, asked


@pytest.mark.parametrize(
    ("value", "size", "diverges"),
    [
        (1e9, 2e6, False),
        (1e9, 2e6 + 1, True),
        (1e6 + 1, 1e9, False),
        (1e6 + 2, 1e9, True),
        (1.0, 1e40, False),
        (0.5, 1e9, False),
    ],
)
def test_a_run_diverges_beyond_a_million_times_its_start(
    value, size, diverges
):
    values, slopes = [1.0, 2.0, value, 1.0], [1.0, 2.0, size, 1.0]
    if not diverges:
        assert scripted(values, slopes)[0].f[2] == value
        return
    with pytest.raises(DivergenceError) as caught:
        scripted(values, slopes)
    assert caught.value.iteration == 2
    np.testing.assert_array_equal(caught.value.path.steps, [0, 1, 2])


def test_an_iterate_between_is_valued_only_if_its_gradient_has_grown():
    values = [1.0] * 5
    for size, asked in [(1e6, {0, 4}), (1e6 + 1, {0, 2, 4})]:
        slopes = [1.0, 1.0, size, 1.0, 1.0]
        assert set(scripted(values, slopes, keep_every=4)[1]) == asked


def test_a_diverging_run_tells_where_f_and_its_slope_began_and_ended():
    with pytest.raises(DivergenceError) as caught:
        scripted([3.0, 2.0, 3.0], [4.0, 5.0, np.inf])
    assert str(caught.value) == (
        "script diverged: after 2 steps f went from 3 to 3, ‖∇f‖ from 4 to "
        "inf; the learning rate is 1, try less"
    )


def test_an_endless_fall_ends_beyond_the_square_of_rounding():
    falling = Problem(lambda x: -(x @ x), lambda x: -2 * x)
    with pytest.raises(DivergenceError, match="no lower bound") as caught:
        minimize(falling, [1.0], gradient_descent(0.5), num_steps=300)
    assert caught.value.iteration == 106  # 2 · 2ᵏ > 4 · 2¹⁰⁴


@pytest.mark.parametrize(
    ("rate", "advised"), [(0.5, True), (1.0, False), (lambda _t: 0.5, False)]
)
def test_only_a_constant_rate_below_the_bound_accuses_the_gradient(
    rate, advised
):
    wrong = Problem(lambda x: x @ x, lambda x: -2 * x, smoothness=2.0)
    with pytest.raises(DivergenceError) as caught:
        minimize(wrong, [1.0], gradient_descent(rate), num_steps=300)
    assert ("gradient_check" in str(caught.value)) == advised


def test_a_batch_diverges_after_as_many_steps_as_were_taken():
    rows = FiniteSum(linear_regression, (np.ones((50, 1)), np.zeros(50)))
    batches = Batches(1, np.random.default_rng(0))
    with pytest.raises(DivergenceError) as caught:
        sgd(rows, [1.0], gradient_descent(3.0), batches)
    assert caught.value.iteration == 21  # 2ᵏ > 10⁶ · 2
    assert caught.value.path.x[-1, 0] == (-2) ** 21


def test_a_first_batch_that_is_infinite_tells_the_first_rate():
    def make(X):
        big = np.inf if len(X) == 1 else 1.0
        return Problem(lambda _: 1.0, lambda x: big + 0 * x)

    batches = Batches(1, np.random.default_rng(0))
    with pytest.raises(DivergenceError, match=r"after 0 .* rate is 0\.5, "):
        sgd(
            FiniteSum(make, (np.eye(2),)),
            [1.0],
            gradient_descent(lambda t: t / 2),
            batches,
        )


UNIT = 2.0**-52


@pytest.mark.parametrize(
    ("x", "d", "unit"), [(1.0, 1.0, 8), (4.0, 0.5, 64), (0.0, 1.0, 8)]
)
def test_differences_are_taken_to_both_sides_and_over_two_distances(
    x, d, unit
):
    at = []

    def flat(z):
        at.append((z[0] - x) / (d * UNIT))
        return 1.0

    assert refuted(flat, np.array([x]), np.array([d]), 0.0) is None
    assert not at
    refuted(flat, np.array([x]), np.array([d]), 2.0**-7)
    h = max(200 * 2**7, 200 * unit)
    near = [j * unit for j in range(-4, 5)]
    np.testing.assert_allclose(at[:9], near, atol=1e-9)
    np.testing.assert_allclose(at[9:15], [0, -h, h, 0, 2 * h, -2 * h])
    assert len(at) == 24
    assert at[19] == 2 * h


@pytest.mark.parametrize(("blurred", "hidden"), [(10, False), (11, True)])
def test_rounding_far_away_hides_a_slope(blurred, hidden):
    """It is promised to change by 200 roundings; a twentieth is allowed."""

    def f(z):
        far = z[0] > 1 + (2 * 200 * 2**7 + 4) * UNIT
        return 1 + blurred * UNIT * far

    found = refuted(f, np.ones(1), np.ones(1), 2.0**-7)
    assert (found is None) == hidden


@pytest.mark.parametrize(("k", "told"), [(0.25, True), (0.26, False)])
def test_two_distances_agree_within_a_quarter_of_the_gap(k, told):
    h = 200 * 8 * UNIT

    def f(z):
        return 2 * h * k * np.sign(z[0]) * (abs(z[0]) > 1.5 * h)

    found = refuted(f, np.zeros(1), np.ones(1), 1.0)
    assert found == (0 if told else None)


@pytest.mark.parametrize(
    ("slope", "told"), [(1.1, False), (1.12, True), (0.92, False), (0.9, True)]
)
def test_a_slope_agrees_within_a_tenth(slope, told):
    found = refuted(lambda z: z[0], np.zeros(1), np.ones(1), slope)
    assert (found is not None) == told
