import itertools
import math

import autograd
import autograd.numpy as anp
import mpmath
import numpy as np
import pytest
import scipy.optimize
import sympy
from hypothesis import given
from hypothesis import strategies as st

from derivable._validation import ConvergenceError
from derivable.calculus import gradient_check, hessian, numerical_gradient
from derivable.optimization import (
    Network,
    adam,
    assignment,
    bezier,
    escape_time,
    exact_hessian,
    filter_normalise,
    flat_saddle,
    gradient_descent,
    growth_factor,
    in_ball,
    index_counts,
    loss_barrier,
    loss_line,
    loss_plane,
    match_units,
    minimize,
    momentum,
    monkey_saddle,
    network_loss,
    perturbed_gradient_descent,
    positive_probability,
    predicted_escape_time,
    product_loss,
    quadratic,
    random_symmetric,
    rescale,
    saddle,
    sharpness,
    train_bezier,
    two_moons,
)

SURFACES = {
    "saddle": saddle((3.0, -1.0)),
    "monkey saddle": monkey_saddle(),
    "five legs": monkey_saddle(5),
    "flat saddle": flat_saddle(3.5),
    "product": product_loss(2.0),
}


@pytest.mark.parametrize("name", SURFACES)
def test_gradient_and_hessian_belong_to_the_surface(name):
    problem = SURFACES[name]
    for x in np.random.default_rng(0).normal(size=(5, 2)):
        assert gradient_check(problem.f, problem.gradient, x).passed
        np.testing.assert_allclose(
            problem.hessian(x), hessian(problem.f, x), rtol=1e-4, atol=1e-5
        )


def test_the_default_saddle_is_the_difference_of_squares():
    assert saddle().f(np.array([3.0, 2.0])) == 5
    assert (saddle().smoothness, saddle().convexity) == (2, -2)


def test_a_monkey_saddle_is_its_polynomial():
    x, y = sympy.symbols("x y", real=True)
    for legs in (2, 3, 4):
        f = sympy.lambdify(
            (x, y), sympy.re(sympy.expand((x + sympy.I * y) ** legs))
        )
        for point in np.random.default_rng(1).normal(size=(3, 2)):
            assert monkey_saddle(legs).f(point) == pytest.approx(f(*point))


def test_a_flat_saddle_with_power_two_is_a_strict_one():
    x = np.array([0.3, -0.7])
    assert flat_saddle(2).f(x) == pytest.approx(saddle((1, -1)).f(x))
    assert flat_saddle(4).f(x) == pytest.approx(0.045 - 0.7**4 / 4)


def test_the_product_loss_is_zero_on_a_hyperbola():
    assert product_loss(6.0).f(np.array([2.0, 3.0])) == 0
    eigenvalues = np.linalg.eigvalsh(product_loss(6.0).hessian(np.zeros(2)))
    np.testing.assert_allclose(eigenvalues, [-6, 6])


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("alpha", [0.01, 0.3])
def test_the_growth_factor_is_the_largest_root(alpha, beta):
    roots = np.roots([1, -(1 + beta + 2 * alpha), beta])
    s = growth_factor(-2.0, alpha, beta=beta)
    assert s == pytest.approx(np.max(np.abs(roots)))


def test_without_momentum_the_offset_grows_by_one_plus_alpha_lambda():
    assert growth_factor(-3.0, 0.1) == pytest.approx(1.3)


@given(
    st.floats(-9, -1),
    st.sampled_from([0.01, 0.1, 0.4]),
    st.sampled_from([0.0, 0.5, 0.9]),
    st.sampled_from([-0.5, -2.0]),
)
def test_the_predicted_escape_time_is_the_measured_one(
    exponent, alpha, beta, curvature
):
    epsilon = 10.0**exponent
    k = predicted_escape_time(
        epsilon, curvature=curvature, learning_rate=alpha, beta=beta
    )
    measured = escape_time(
        saddle((1.0, curvature)),
        [0.0, epsilon],
        momentum(alpha, beta=beta),
        max_steps=math.ceil(k) + 2,
    )
    # The decaying root is gone after many steps, not after few.
    slack = 0 if k > 60 or beta == 0 else 1
    assert math.ceil(k - 1e-9) <= measured <= math.ceil(k + 1e-9) + slack


def test_a_larger_radius_takes_longer():
    near, far = (
        predicted_escape_time(
            1e-3, curvature=-1.0, learning_rate=0.5, radius=radius
        )
        for radius in (1.0, 1.5)
    )
    assert far - near == pytest.approx(1)


def test_escape_is_counted_from_the_first_approach():
    start = [2.0, 1e-3]
    k = escape_time(saddle(), start, gradient_descent(0.1), radius=1.0)
    path = minimize(saddle(), start, gradient_descent(0.1), num_steps=k)
    distance = np.linalg.norm(path.x, axis=1)
    assert distance[0] >= 1
    assert distance[-2] < 1 <= distance[-1]


def test_a_run_that_never_comes_nearer_has_left_at_once():
    start, rule = [5.0, 1.0], gradient_descent(0.1)
    path = minimize(saddle(), start, rule, num_steps=50)
    assert np.linalg.norm(path.x, axis=1).min() > 1
    assert escape_time(saddle(), start, rule, max_steps=50) == 0


def test_nearer_means_inside_the_radius_not_inside_one():
    start, rule = [0.7, 1e-3], gradient_descent(0.1)
    k = escape_time(saddle(), start, rule, radius=0.5)
    assert k == math.ceil(np.log(0.5e3) / np.log(1.2))


def test_a_wider_radius_is_left_later():
    times = [
        escape_time(saddle(), [0, 1e-3], gradient_descent(0.1), radius=r)
        for r in (0.01, 1.0)
    ]
    assert times[0] == math.ceil(np.log(10) / np.log(1.2))
    assert times[1] == math.ceil(np.log(1000) / np.log(1.2))


def test_a_start_on_the_stable_manifold_never_leaves():
    for rule in (gradient_descent(0.1), momentum(0.1), adam(0.1)):
        with pytest.raises(ConvergenceError, match="not left radius 1 after"):
            escape_time(saddle(), [0.9, 0.0], rule, max_steps=300)


def test_adam_leaves_a_turned_saddle_but_not_an_axis_parallel_one():
    c, s = np.cos(0.3), np.sin(0.3)
    Q = np.array([[c, -s], [s, c]])
    A = Q @ np.diag([2.0, -2.0]) @ Q.T
    turned = quadratic((A + A.T) / 2)

    assert escape_time(turned, 0.9 * Q[:, 0], adam(0.1)) < 30
    with pytest.raises(ConvergenceError, match="has not left"):
        escape_time(saddle(), [0.9, 0.0], adam(0.1))


@pytest.mark.parametrize("offset", [1e-6, 1e-12, 1e-20])
def test_the_constant_of_adam_hardly_delays_it(offset):
    assert 11 <= escape_time(saddle(), [0.9, offset], adam(0.1)) <= 14


def test_a_flat_saddle_is_left_after_a_power_of_the_offset():
    for p in (3, 4):
        times = [
            escape_time(
                flat_saddle(p), [0, e], gradient_descent(0.1), max_steps=9000
            )
            for e in (0.1, 0.05)
        ]
        assert times[1] / times[0] == pytest.approx(2 ** (p - 2), rel=0.15)


def push(rng, **changed):
    settings = {"radius": 1e-3, "threshold": 1e-2, "wait": 10} | changed
    return perturbed_gradient_descent(0.1, rng=rng, **settings)


def test_a_push_makes_gradient_descent_leave_the_stable_manifold():
    rng = np.random.default_rng(0)
    k = escape_time(saddle(), [0.9, 0.0], push(rng), max_steps=300)
    # Slope 2 x falls to 0.01 in 24 steps; then 1e-3 grows by 1.2.
    assert 24 < k < 24 + np.log(1e6) / np.log(1.2)


def test_where_the_slope_is_large_nothing_is_pushed():
    rng = np.random.default_rng(0)
    pushed = minimize(saddle((1, 2)), [3.0, 2.0], push(rng), num_steps=30)
    plain = minimize(
        saddle((1, 2)), [3.0, 2.0], gradient_descent(0.1), num_steps=30
    )
    np.testing.assert_array_equal(pushed.x, plain.x)
    wide = push(rng, threshold=10.0)
    moved = minimize(saddle((1, 2)), [3.0, 2.0], wide, num_steps=30)
    assert not np.allclose(moved.x, plain.x, atol=1e-9)


def test_pushes_are_as_far_apart_as_asked_and_inside_the_ball():
    rng = np.random.default_rng(2)
    rule = push(rng, radius=0.5, threshold=1e9, wait=7)
    path = minimize(saddle((1e-9, 1e-9)), [0, 0], rule, num_steps=40)
    steps = np.linalg.norm(np.diff(path.x, axis=0), axis=1)
    np.testing.assert_array_equal(np.flatnonzero(steps > 1e-6) % 7, 0)
    assert np.sum(steps > 1e-6) == 6
    assert 0.1 < steps.max() <= 0.5


def test_points_in_a_ball_are_uniform():
    rng = np.random.default_rng(0)
    x = np.array([in_ball(3, 2.0, rng) for _ in range(4000)])
    share = (np.linalg.norm(x, axis=1) / 2) ** 3  # uniform on [0, 1]
    assert share.max() <= 1
    assert abs(share.mean() - 0.5) < 4 * np.sqrt(1 / 12 / 4000)
    assert np.all(np.abs(x.mean(axis=0)) < 4 * np.sqrt(4 / 5 / 4000))


def test_random_matrices_have_twice_the_variance_on_the_diagonal():
    A = random_symmetric(3, rng=np.random.default_rng(0), size=20_000)
    assert A.shape == (20_000, 3, 3)
    np.testing.assert_array_equal(A, np.swapaxes(A, 1, 2))
    expected = 1 + np.eye(3)
    np.testing.assert_allclose(A.var(axis=0), expected, rtol=0.05)


def test_the_chance_of_two_positive_eigenvalues_is_a_solid_angle():
    assert positive_probability(1) == pytest.approx(1 / 2)
    assert positive_probability(2) == pytest.approx((2 - np.sqrt(2)) / 4)


def test_the_chance_of_three_positive_eigenvalues_is_an_integral():
    # The density is homogeneous: integrate |Δ| over the unit sphere.
    phi, u = np.meshgrid(
        (np.arange(1200) + 0.5) * 2 * np.pi / 1200,
        (np.arange(1200) + 0.5) / 600 - 1,
    )
    x, y = np.sqrt(1 - u**2) * np.array([np.cos(phi), np.sin(phi)])
    gaps = np.abs((x - y) * (y - u) * (x - u))
    share = gaps[(x > 0) & (y > 0) & (u > 0)].sum() / gaps.sum()
    assert positive_probability(3) == pytest.approx(share, rel=1e-3)
    closed = (np.pi - 2 * np.sqrt(2)) / (4 * np.pi)
    assert positive_probability(3) == pytest.approx(closed, rel=1e-12)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_counted_signs_agree_with_the_exact_chance(n):
    N = 40_000
    counts = index_counts(n, rng=np.random.default_rng(n), num_samples=N)
    p = positive_probability(n)
    assert counts.shape == (n + 1,)
    assert counts.sum() == N
    for seen in (counts[0], counts[-1]):  # all positive, all negative
        assert abs(seen / N - p) < 4 * np.sqrt(p * (1 - p) / N)


def test_the_chance_falls_like_three_to_minus_a_quarter_of_the_square():
    x = -np.log([positive_probability(n) for n in range(1, 13)])
    second_difference = np.diff(x, 2)
    assert second_difference[-1] == pytest.approx(np.log(3) / 2, rel=0.02)


def small():
    rng = np.random.default_rng(0)
    network = Network(2, 5)
    X, y = two_moons(20, rng=rng)
    theta = network.init(rng) + 0.1 * rng.normal(size=network.size)
    return network, network_loss(network, X, y), theta, X, y


def test_the_network_is_its_formula():
    network, problem, theta, X, y = small()
    W1, b1, W2 = theta[:10].reshape(2, 5), theta[10:15], theta[15:20]
    scores = [
        sum(max(x @ W1[:, j] + b1[j], 0) * W2[j] for j in range(5)) + theta[20]
        for x in X
    ]
    np.testing.assert_allclose(network.output(theta, X), scores)
    p = 1 / (1 + np.exp(-np.array(scores)))
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    assert problem.f(theta) == pytest.approx(loss)


def test_the_gradient_of_the_network_is_that_of_differences():
    _, problem, theta, _, _ = small()
    np.testing.assert_allclose(
        problem.gradient(theta),
        numerical_gradient(problem.f, theta),
        atol=1e-8,
    )


def test_initial_weights_have_the_variance_of_their_layer():
    theta = Network(8, 4000).init(np.random.default_rng(0))
    W1, b1, W2, b2 = Network(8, 4000).unpack(theta)
    assert W1.var() == pytest.approx(2 / 8, rel=0.05)
    assert W2.var() == pytest.approx(2 / 4000, rel=0.1)
    assert not b1.any()
    assert b2 == 0


def test_the_filters_hold_every_parameter_once():
    network = Network(3, 4)
    at = network.filters()
    assert [len(part) for part in at] == [4, 4, 4, 4, 4, 1]
    assert sorted(np.concatenate(at)) == list(range(network.size))
    W1, b1, _, _ = network.unpack(np.arange(network.size))
    np.testing.assert_array_equal(at[1], [*W1[:, 1], b1[1]])


def test_two_moons_without_noise_are_two_half_circles():
    X, y = two_moons(50, rng=np.random.default_rng(0), noise=0.0)
    assert y.tolist() == [0.0] * 25 + [1.0] * 25
    centre = np.where(y[:, None] == 0, [-0.5, -0.25], [0.5, 0.25])
    np.testing.assert_allclose(np.linalg.norm(X - centre, axis=1), 1)
    rng = np.random.default_rng(0)
    noisy = two_moons(50, rng=rng, noise=0.3)[0]
    assert np.std(noisy - X) == pytest.approx(0.3, rel=0.3)


def test_the_exact_hessian_is_that_of_autograd():
    def f(x):
        return anp.sum(anp.sin(x) * x[::-1] ** 2)

    x = np.array([0.3, -1.2, 0.8])
    np.testing.assert_allclose(
        exact_hessian(f, x), autograd.hessian(f)(x), atol=1e-12
    )


def test_sharpness_is_the_largest_eigenvalue():
    A = np.diag([1.0, 5.0, -9.0])
    theta = np.array([2.0, -0.5, 0.1])
    f = lambda x: 0.5 * (x @ A @ x)  # noqa: E731
    assert sharpness(f, theta) == pytest.approx(5)
    assert sharpness(f, theta, adaptive=True) == pytest.approx(4)  # 2² · 1


@pytest.mark.parametrize("factor", [0.1, 3.0])
def test_rescaling_keeps_the_function_and_changes_the_sharpness(factor):
    network, problem, theta, X, _ = small()
    other = rescale(network, theta, factor)
    np.testing.assert_allclose(
        network.output(other, X), network.output(theta, X), rtol=1e-12
    )
    before, after = (sharpness(problem.f, x) for x in (theta, other))
    assert abs(np.log(after / before)) > 0.5
    one, two = (sharpness(problem.f, x, adaptive=True) for x in (theta, other))
    assert one == pytest.approx(two)


def test_a_line_has_its_values_at_equal_steps():
    values = loss_line(lambda x: x[0] ** 2, [0.0, 1.0], [2.0, 1.0], num=5)
    np.testing.assert_allclose(values, [0, 0.25, 1, 2.25, 4])
    assert loss_line(np.sum, [0.0], [1.0]).shape == (51,)


def test_a_plane_has_columns_along_u_and_rows_along_v():
    Z = loss_plane(
        lambda x: x[0] + 10 * x[1], [1.0, 1.0], ([1, 0], [0, 1]), span=2, num=3
    )
    np.testing.assert_allclose(Z, [[-11, -9, -7], [9, 11, 13], [29, 31, 33]])


def test_each_filter_of_the_direction_gets_the_length_of_its_own():
    network, _, theta, _, _ = small()
    d = np.random.default_rng(5).normal(size=network.size)
    n = filter_normalise(network, theta, d)
    for at in network.filters():
        length = np.linalg.norm(theta[at])
        np.testing.assert_allclose(
            n[at], d[at] / np.linalg.norm(d[at]) * length
        )


@pytest.mark.parametrize("factor", [0.2, 5.0])
def test_along_normalised_directions_rescaled_networks_look_alike(factor):
    network, problem, theta, _, _ = small()
    d = np.random.default_rng(5).normal(size=network.size)
    other = rescale(network, theta, factor)
    lines = [
        loss_line(problem.f, x, x + filter_normalise(network, x, d))
        for x in (theta, other)
    ]
    np.testing.assert_allclose(*lines, rtol=1e-12)
    raw = [loss_line(problem.f, x, x + d) for x in (theta, other)]
    assert np.max(np.abs(raw[0] - raw[1])) > 0.1


def test_a_factor_for_each_unit_is_not_cured_by_filter_normalisation():
    network, problem, theta, X, _ = small()
    W1, b1, W2, b2 = network.unpack(theta)
    a = np.array([0.1, 1.0, 5.0, 0.3, 2.0])
    other = np.concatenate([(W1 * a).ravel(), b1 * a, W2 / a, [b2]])
    np.testing.assert_allclose(
        network.output(other, X), network.output(theta, X), rtol=1e-12
    )
    d = np.random.default_rng(5).normal(size=network.size)
    lines = [
        loss_line(problem.f, x, x + filter_normalise(network, x, d))
        for x in (theta, other)
    ]
    assert np.max(np.abs(lines[0] - lines[1])) > 0.05


def test_equal_units_end_in_a_local_minimum_that_a_push_does_not_leave():
    rng = np.random.default_rng(0)
    X, y = two_moons(100, rng=rng, noise=0.2)
    network = Network(2, 4)
    problem = network_loss(network, X, y)
    W1, b1, W2, b2 = network.unpack(network.init(rng))
    equal = [np.repeat(W1[:, 0], 4), b1, np.full(4, W2[0]), [b2]]
    start = np.concatenate(equal)
    end = minimize(problem, start, adam(0.03), num_steps=500).x[-1]

    assert np.linalg.norm(problem.gradient(end)) < 1e-8
    lam = np.linalg.eigvalsh(exact_hessian(problem.f, end))
    assert lam[0] > -1e-10  # no strict saddle
    assert np.sum(lam > 1e-6) == 4  # those of one unit: slope, bias, b2
    for size in (1e-3, 1e-2):
        pushes = size * rng.normal(size=(50, network.size))
        lowest = min(problem.f(end + d) for d in pushes)
        assert lowest >= problem.f(end) - 1e-12


def test_the_network_of_the_chapter_can_separate_its_moons():
    rng = np.random.default_rng(0)
    X, y = two_moons(100, rng=rng, noise=0.2)
    network = Network(2, 16)
    problem = network_loss(network, X, y)
    theta = minimize(problem, network.init(rng), adam(0.03), num_steps=400).x[
        -1
    ]
    assert np.any((network.output(theta, X) > 0) != (y == 1))
    theta = minimize(problem, theta, adam(0.03), num_steps=2000).x[-1]
    np.testing.assert_array_equal(network.output(theta, X) > 0, y == 1)


def test_matching_does_not_always_remove_the_hill():
    X, y = two_moons(100, rng=np.random.default_rng(0), noise=0.2)
    network = Network(2, 16)
    problem = network_loss(network, X, y)
    starts = (network.init(np.random.default_rng(seed)) for seed in (3, 5))
    a, b = (
        minimize(problem, start, adam(0.03), num_steps=400).x[-1]
        for start in starts
    )
    hills = [
        loss_barrier(loss_line(problem.f, a, end))
        for end in (b, match_units(network, a, b))
    ]
    assert hills == pytest.approx([0.067, 0.048], abs=0.005)


@pytest.mark.parametrize("n", [1, 2, 3, 7, 30])
@pytest.mark.parametrize("kind", ["normal", "small integers"])
def test_the_assignment_costs_what_that_of_scipy_costs(n, kind):
    rng = np.random.default_rng(n)
    for _ in range(5):
        C = rng.normal(size=(n, n))
        if kind != "normal":  # many ties
            C = rng.integers(0, 3, size=(n, n))
        ours, best = assignment(C), scipy.optimize.linear_sum_assignment(C)
        assert sorted(ours) == list(range(n))
        assert C[range(n), ours].sum() == pytest.approx(C[best].sum())


def test_an_assignment_gives_the_column_of_each_row():
    C = np.ones((3, 3))
    C[0, 1] = C[1, 2] = C[2, 0] = 0
    assert assignment(C).tolist() == [1, 2, 0]


def test_matching_undoes_a_permutation():
    network, problem, theta, _, _ = small()
    order = [3, 1, 4, 0, 2]
    W1, b1, W2, b2 = network.unpack(theta)
    shuffled = np.concatenate(
        [W1[:, order].ravel(), b1[order], W2[order], [b2]]
    )
    assert problem.f(shuffled) == pytest.approx(problem.f(theta))
    np.testing.assert_array_equal(match_units(network, theta, shuffled), theta)


@pytest.mark.parametrize("seed", range(5))
def test_no_permutation_is_nearer_than_the_matched_one(seed):
    network = Network(2, 5)
    rng = np.random.default_rng(seed)
    a, b = network.init(rng), network.init(rng)
    W1, b1, W2, b2 = network.unpack(b)
    best = min(
        np.linalg.norm(
            a - np.concatenate([W1[:, o].ravel(), b1[o], W2[o], [b2]])
        )
        for o in map(list, itertools.permutations(range(5)))
    )
    matched = match_units(network, a, b)
    assert np.linalg.norm(a - matched) == pytest.approx(best)


def test_a_barrier_is_measured_from_the_line_between_the_ends():
    assert loss_barrier([1.0, 2.0, 3.0]) == 0
    assert loss_barrier([1.0, 5.0, 3.0]) == 3
    assert loss_barrier([3.0, 0.0, 1.0]) == 0


def test_a_bezier_curve_starts_ends_and_bends_as_it_should():
    a, c, b = [0.0, 0.0], [1.0, 2.0], [2.0, 0.0]
    x = bezier(a, c, b, [0.0, 0.5, 1.0])
    np.testing.assert_allclose(x, [[0, 0], [1, 1], [2, 0]])


def test_a_trained_curve_goes_around_a_hill():
    def f(x):
        return np.exp(-4 * (x @ x))

    hill = type(saddle())(f, lambda x: -8 * x * f(x))
    ends = ([-1.0, 0.0], [1.0, 0.1])
    way = train_bezier(hill, ends, adam(0.1), num_steps=60)
    t = np.linspace(0, 1, 51)
    values = [hill.f(x) for x in bezier(ends[0], way.x[-1], ends[1], t)]
    assert loss_barrier(loss_line(hill.f, *ends)) > 0.9
    assert loss_barrier(values) < 0.2
    assert way.x.shape == (61, 2)
    np.testing.assert_allclose(way.x[0], [0, 0.05])


def test_the_gradient_of_the_curve_is_that_of_its_mean_loss():
    problem = product_loss()
    ends = ([1.0, 2.0], [-1.0, 0.5])
    rule = gradient_descent(1.0)
    for m in (1, 4):
        way = train_bezier(problem, ends, rule, num_steps=1, num_points=m)
        t = (np.arange(m) + 0.5) / m

        def mean(c, t=t):
            return np.mean(
                [problem.f(x) for x in bezier(ends[0], c, ends[1], t)]
            )

        assert way.f[0] == pytest.approx(mean(way.x[0]))
        g = numerical_gradient(mean, way.x[0])
        np.testing.assert_allclose(way.x[0] - way.x[1], g, rtol=1e-7)


RNG = np.random.default_rng(0)
NET = Network(2, 3)
THETA = np.ones(NET.size)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: saddle([0.0, 0.0]), "one curvature must not be zero"),
        (lambda: saddle([[1.0]]), "curvatures must be a vector"),
        (lambda: monkey_saddle(1), "legs must be at least 2, got 1"),
        (lambda: flat_saddle(1.5), "power must be at least 2, got 1.5"),
        (lambda: product_loss(0), "target must be positive, got 0"),
        (lambda: growth_factor(1.0, 0.1), "must be negative, got 1.0"),
        (lambda: growth_factor(-1.0, -0.1), "learning_rate must be positive"),
        (lambda: growth_factor(-1.0, 0.1, beta=1), r"lie in \[0, 1\), got 1"),
        (
            lambda: predicted_escape_time(
                0.0, curvature=-1.0, learning_rate=0.1
            ),
            "offset must be non-zero, within radius 1.0, got 0",
        ),
        (
            lambda: predicted_escape_time(
                2.0, curvature=-1.0, learning_rate=0.1
            ),
            "within radius 1.0, got 2",
        ),
        (
            lambda: escape_time(
                saddle(), [0, 1], gradient_descent(0.1), radius=0
            ),
            "radius must be positive, got 0",
        ),
        (lambda: push(RNG, radius=0), "radius must be positive, got 0"),
        (lambda: push(RNG, threshold=-1), "threshold must be positive"),
        (lambda: push(RNG, wait=0), "wait must be at least 1, got 0"),
        (
            lambda: perturbed_gradient_descent(
                -0.1, radius=1, threshold=1, wait=1, rng=RNG
            ),
            "learning_rate must be positive, got -0.1",
        ),
        (lambda: in_ball(0, 1.0, RNG), "n must be at least 1, got 0"),
        (lambda: random_symmetric(0, rng=RNG), "n must be at least 1, got 0"),
        (lambda: random_symmetric(2, rng=RNG, size=0), "at least 1, got 0"),
        (lambda: index_counts(2, rng=RNG, num_samples=0), "at least 1, got 0"),
        (lambda: positive_probability(13), "lie in 1 to 12, got 13"),
        (lambda: Network(2, 0), "hidden must be at least 1, got 0"),
        (lambda: NET.unpack(np.ones(3)), r"shape \(13,\), got \(3,\)"),
        (
            lambda: network_loss(NET, np.ones((2, 3)), [0, 1]),
            r"X must have shape \(2, 2\), got \(2, 3\)",
        ),
        (
            lambda: network_loss(NET, np.ones((2, 2)), [0, 2]),
            "labels 0 or 1, got",
        ),
        (lambda: two_moons(5, rng=RNG), "n must be even, got 5"),
        (lambda: two_moons(4, rng=RNG, noise=-1), "not be negative, got -1"),
        (lambda: exact_hessian(np.sum, [np.nan]), "theta must be finite"),
        (lambda: sharpness(np.sum, [[1.0]]), "theta must be a vector"),
        (lambda: rescale(NET, THETA, 0), "factor must be positive, got 0"),
        (lambda: rescale(NET, THETA[1:], 1), r"shape \(13,\), got \(12,\)"),
        (
            lambda: loss_line(np.sum, [1.0], [1.0, 2.0]),
            r"end must have shape \(1,\), got \(2,\)",
        ),
        (lambda: loss_line(np.sum, [1.0], [2.0], num=1), "at least 2, got 1"),
        (
            lambda: loss_plane(np.sum, [1.0], ([1.0], [1.0, 2.0])),
            r"a direction must have shape \(1,\), got \(2,\)",
        ),
        (
            lambda: loss_plane(np.sum, [1.0], ([1.0], [2.0]), span=0),
            "span must be positive, got 0",
        ),
        (
            lambda: loss_plane(np.sum, [1.0], ([1.0], [2.0]), num=1),
            "num must be at least 2, got 1",
        ),
        (
            lambda: filter_normalise(NET, THETA, 0 * THETA),
            "a filter must not be zero",
        ),
        (
            lambda: filter_normalise(NET, THETA, THETA[1:]),
            r"direction must have shape \(13,\), got \(12,\)",
        ),
        (lambda: assignment([[1, 2]]), r"costs must be square, got \(1, 2\)"),
        (lambda: match_units(NET, THETA, THETA[1:]), r"got \(12,\)"),
        (lambda: loss_barrier([1.0]), "at least 2, got 1"),
        (
            lambda: bezier([1.0], [1.0, 2.0], [1.0], [0.5]),
            r"one shape, got \(1,\), \(2,\) and \(1,\)",
        ),
        (
            lambda: train_bezier(
                saddle(), ([0, 1], [1, 0]), adam(), num_points=0
            ),
            "num_points must be at least 1, got 0",
        ),
    ],
)
def test_bad_input_is_refused_with_the_value(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_what_is_no_function_is_refused():
    with pytest.raises(TypeError, match="f must be a function, got int"):
        loss_line(3, [0.0], [1.0])
    with pytest.raises(TypeError, match="f must be a function, got int"):
        loss_plane(3, [0.0], ([1.0], [1.0]))
    with pytest.raises(TypeError, match="must be a function"):
        exact_hessian(3, [0.0])


@given(
    st.floats(-1e3, -1e-280),
    st.floats(1e-12, 1.0),
    st.floats(0, 0.999),
)
def test_however_slow_the_growth_its_time_has_all_digits(lam, alpha, beta):
    with mpmath.workdps(700):
        x = -mpmath.mpf(lam) * mpmath.mpf(alpha)
        b = mpmath.mpf(beta)
        half = (1 + b + x) / 2
        s = half + mpmath.sqrt(half**2 - b)
        share = (1 + x - b / s) / (s - b / s)
        k = mpmath.log(2 / (share * mpmath.mpf(1e-300))) / mpmath.log(s)
        expected, factor = float(k), float(s)
    found = predicted_escape_time(
        1e-300, curvature=lam, learning_rate=alpha, radius=2.0, beta=beta
    )
    assert found == pytest.approx(expected, rel=1e-12)
    assert growth_factor(lam, alpha, beta=beta) == pytest.approx(factor)


@pytest.mark.parametrize("unit", [1e-300, 1e-100, 1.0, 1e100, 1e300])
def test_units_do_not_change_a_slice_a_match_or_an_assignment(unit):
    rng = np.random.default_rng(1)
    network = Network(2, 5)
    a, b, d = rng.normal(size=(3, network.size))
    one = filter_normalise(network, a, d)
    two = filter_normalise(network, unit * a, d / unit)
    np.testing.assert_allclose(two / unit, one, rtol=1e-12)
    one, two = (match_units(network, u * a, u * b) for u in (1.0, unit))
    np.testing.assert_allclose(two / unit, one, rtol=1e-12)
    C = rng.normal(size=(6, 6))
    np.testing.assert_array_equal(assignment(unit * C), assignment(C))
    values = rng.normal(size=9)
    barrier = loss_barrier(unit * values)
    assert barrier / unit == pytest.approx(loss_barrier(values))


def test_a_push_waits_for_a_small_slope_whatever_its_size():
    rule = push(np.random.default_rng(0), threshold=1.0)
    g = np.array([1e200, 0.0])
    state = {"pause": np.zeros(2)}
    step = rule.step(np.zeros(2), g, state, 0.1, 1)
    np.testing.assert_array_equal(step, -0.1 * g)


@pytest.mark.parametrize("name", SURFACES)
def test_a_surface_takes_points_of_its_dimension(name):
    problem = SURFACES[name]
    for f in (problem.f, problem.gradient, problem.hessian):
        with pytest.raises(ValueError, match=r"x must have shape \(2,\), got"):
            f(np.ones(3))
        with pytest.raises(TypeError, match="x must be real numbers"):
            f(np.array([1.0, None]))


def test_a_function_that_is_no_number_has_no_picture():
    with pytest.raises(ValueError, match="f on the line must be finite"):
        loss_line(lambda _: np.nan, [0.0], [1.0])
    with pytest.raises(ValueError, match="f on the plane must be finite"):
        loss_plane(lambda _: np.inf, [0.0], ([1.0], [1.0]))
    with pytest.raises(ValueError, match=r"f\(theta\) must be finite"):
        exact_hessian(lambda _: np.nan, [1.0])
    with pytest.raises(ValueError, match="directions must be two vectors"):
        loss_plane(np.sum, [0.0], ([1.0],))
    with pytest.raises(ValueError, match="ends must be two vectors, got 3"):
        train_bezier(saddle(), ([0, 1], [1, 0], [1, 1]), adam())
