"""The units of f, of x and of a constraint do not matter."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from derivable.optimization import (
    ConstrainedProblem,
    augmented_lagrangian,
    barrier,
    classify_constrained,
    dual_value,
    duality_gap,
    fit_multipliers,
    lagrange,
    linear_kernel,
    max_entropy,
    project_ball,
    project_box,
    project_halfspace,
    project_simplex,
    projected_gradient,
    quadratic_penalty,
    rbf_kernel,
    svc,
)

units = st.floats(-12, 12).map(lambda e: 10.0**e)
some = settings(max_examples=5, deadline=None)
A = np.array([[2.0, 1.8], [1.8, 2.0]])
B = np.array([3.1, 2.6])


def f(x):
    return x @ A @ x / 2 - B @ x + np.cosh(x[0]) / 10


def slope(x):
    return A @ x - B + np.array([np.sinh(x[0]) / 10, 0])


def rows(x):
    return np.array([[1.0, 2 * x[1]]])


def curve(x):
    return x[0] + x[1] ** 2 - 1


def problem(s, t, k=1.0, *, limits=False, derivatives=False):
    """f or s f, of x or x / t, on a curve or within it, in units of 1/k."""
    name = ("in" if limits else "") + "equalities"
    row = ("in" if limits else "") + "equality_jacobian"
    given = {name: lambda x: k * curve(x / t)}
    if derivatives:
        given["gradient"] = lambda x: s * slope(x / t) / t
        given[row] = lambda x: k * rows(x / t) / t
    return ConstrainedProblem(lambda x: s * f(x / t), **given)


START = {"from afar": np.array([-0.5, 0.3]), "from 0": np.zeros(2)}


def best(*, limits):
    path = augmented_lagrangian(problem(1, 1, limits=limits), [0.3, 0.3])
    lam = path.lam if limits else path.nu
    return path.x[-1], lam[-1]


@pytest.mark.parametrize("derivatives", [True, False])
@pytest.mark.parametrize("start", START)
@pytest.mark.parametrize("limits", [True, False])
@some
@given(scale=st.tuples(units, units, units))
def test_multipliers_find_one_solution_in_all_units(
    limits, start, derivatives, scale
):
    s, t, k = scale
    own = problem(s, t, k, limits=limits, derivatives=derivatives)
    found = augmented_lagrangian(own, t * START[start])
    x, lam = best(limits=limits)
    np.testing.assert_allclose(found.x[-1] / t, x, atol=1e-5)
    price = found.lam[-1] if limits else found.nu[-1]
    np.testing.assert_allclose(price * k / s, lam, rtol=1e-4)


@pytest.mark.parametrize("derivatives", [True, False])
@pytest.mark.parametrize("start", START)
@some
@given(s=units, t=units, k=units)
def test_newton_finds_one_solution_in_all_units(start, derivatives, s, t, k):
    own = problem(s, t, k, derivatives=derivatives)
    found = lagrange(own, t * (START[start] + [0, 0.4]))
    x, nu = best(limits=False)
    np.testing.assert_allclose(found.x[-1] / t, x, atol=1e-5)
    np.testing.assert_allclose(found.nu[-1] * k / s, nu, rtol=1e-4)
    kind = classify_constrained(own, found.x[-1], found.nu[-1])
    assert kind == "minimum"


@pytest.mark.parametrize("solve", [barrier, quadratic_penalty])
@pytest.mark.parametrize("derivatives", [True, False])
@some
@given(s=units, t=units)
def test_barrier_and_penalty_come_near_it_in_all_units(
    solve, derivatives, s, t
):
    own = problem(s, t, limits=True, derivatives=derivatives)
    found = solve(own, t * START["from afar"])
    np.testing.assert_allclose(
        found.x[-1] / t, best(limits=True)[0], atol=1e-3
    )


@pytest.mark.parametrize("derivatives", [True, False])
@some
@given(s=units, t=units)
def test_projected_steps_find_one_solution_in_all_units(derivatives, s, t):
    own = ConstrainedProblem(
        lambda x: s * f(x / t),
        (lambda x: s * slope(x / t) / t) if derivatives else None,
    )
    path = projected_gradient(
        own, lambda x: project_box(x, 0, t), t * np.array([0.2, 0.1])
    )
    np.testing.assert_allclose(path[-1] / t, [1, 0.4], atol=1e-5)


@some
@given(s=units, t=units, k=units)
def test_the_dual_and_the_fit_of_multipliers_scale(s, t, k):
    own = problem(s, t, k, limits=True)
    x, lam = best(limits=True)
    found = fit_multipliers(own, t * x, tol=1e-5)[1]
    np.testing.assert_allclose(found * k / s, lam, rtol=1e-3)
    value = dual_value(own, 0 * x, lam=lam * s / k)
    assert value / s == pytest.approx(f(x), rel=1e-6)
    gap = duality_gap(own, 0 * x, lam=lam * s / k)
    assert gap / s == pytest.approx(f(0 * x) - f(x), rel=1e-6)


@some
@given(s=units, t=units)
def test_a_solution_at_the_origin_is_one_too(s, t):
    own = ConstrainedProblem(
        lambda x: s * (x @ x / t - x[0]) / t, inequalities=lambda x: x[0]
    )
    found = augmented_lagrangian(own, [t, t])
    np.testing.assert_allclose(found.x[-1] / t, [0, 0], atol=1e-5)


# Machines


@some
@given(e=st.floats(-12, 12), C=st.sampled_from([0.01, 1.0, np.inf]))
def test_a_machine_is_the_same_in_all_units_of_its_samples(e, C):
    rng, t = np.random.default_rng(0), 10.0**e
    y = np.where(np.arange(20) % 2 == 0, 1.0, -1.0)
    X = rng.normal(size=(20, 2)) + 3 * y[:, None]
    one, other = svc(X, y, C=C), svc(t * X, y, C=C / t**2)
    np.testing.assert_array_equal(one.support, other.support)
    np.testing.assert_allclose(other.alpha * t**2, one.alpha, atol=1e-8)
    np.testing.assert_allclose(
        other.decision(t * X), one.decision(X), atol=1e-8
    )
    assert other.margin / t == pytest.approx(one.margin)
    assert other.gaps()[0][-1] * t**2 == pytest.approx(one.gaps()[0][-1])


def test_small_multipliers_stay_in_their_box():
    rng = np.random.default_rng(1)
    y = np.where(np.arange(40) % 2 == 0, 1.0, -1.0)
    X = rng.normal(size=(40, 2)) + 0.7 * y[:, None]
    for t in (1.0, 1e6, 1e9):
        alpha = svc(t * X, y, C=t**-2).alpha * t**2
        assert np.all((alpha >= 0) & (alpha <= 1 + 1e-12))


@pytest.mark.parametrize("kernel", [linear_kernel, rbf_kernel(0.7)])
@given(e=st.floats(0, 8))
@example(e=8)
@some
def test_samples_far_from_the_origin_keep_their_machine(kernel, e):
    rng = np.random.default_rng(2)
    y = np.where(np.arange(30) % 2 == 0, 1.0, -1.0)
    X = rng.normal(size=(30, 2)) + y[:, None]
    far = X + np.array([10.0**e, -(10.0**e)])
    one, other = svc(X, y, kernel=kernel), svc(far, y, kernel=kernel)
    np.testing.assert_array_equal(one.predict(X), other.predict(far))
    np.testing.assert_allclose(other.decision(far), one.decision(X), atol=1e-5)
    if kernel is linear_kernel:
        np.testing.assert_allclose(other.w, one.w, atol=1e-5)


def test_the_gaussian_kernel_takes_distances_from_differences():
    K = rbf_kernel(1.0)
    assert K([[1e8]], [[1e8 + 1]])[0, 0] == pytest.approx(np.exp(-1))
    assert K([[1e200]], [[-1e200]])[0, 0] == 0
    assert rbf_kernel(1e-300)([[1e150]], [[0]])[0, 0] == pytest.approx(
        np.e**-1
    )


@given(
    corners=st.lists(
        st.tuples(st.integers(-4, 4), st.integers(-4, 4)),
        min_size=4,
        max_size=9,
        unique=True,
    ),
    C=st.sampled_from([0.1, 1 / 3, 1.0, 7.0]),
    seed=st.integers(0, 99),
)
@example(
    corners=[
        *[(3, 1), (-4, -1), (-2, -4), (-3, 0)],
        *[(2, 1), (-2, -1), (1, 3), (-4, 1)],
    ],
    C=1 / 3,
    seed=0,
)
@settings(deadline=None, max_examples=30)
def test_rounding_makes_no_support_vectors_and_order_no_intercept(
    corners, C, seed
):
    X = np.array(corners) / 3
    y = np.where(np.arange(len(X)) % 2 == 0, 1.0, -1.0)
    order = np.random.default_rng(seed).permutation(len(X))
    one = svc(X, y, C=C, tol=1e-10)
    other = svc(X[order], y[order], C=C, tol=1e-10)
    assert one.intercept == pytest.approx(other.intercept, abs=1e-7)
    for model in (one, other):
        positive = model.alpha[model.alpha > 0]
        assert np.all(positive > 1e-12 * np.max(positive))
        below = C - model.alpha[model.alpha < C]
        assert np.all(below > 1e-12 * np.max(positive))


# Projections and entropy


@pytest.mark.parametrize(
    "project",
    [
        lambda x, t: project_box(x, -0.5 * t, 2 * t),
        project_ball,
        lambda x, t: project_ball(x, t, t * np.array([1.0, 2, 3])),
        lambda x, t: project_halfspace(x, np.array([1.0, -2, 0]) / t, 0.3),
        project_simplex,
    ],
)
@given(
    x=st.lists(st.floats(-5, 5), min_size=3, max_size=3),
    k=st.integers(-900, 900),
)
def test_a_projection_scales_with_its_set(project, x, k):
    x, t = np.array(x), 2.0**k
    p = project(t * x, t) / t
    np.testing.assert_allclose(p, project(x, 1.0), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("p", "expected"),
    [
        (project_ball([1e200, 1e200]), [0.5**0.5, 0.5**0.5]),
        (project_ball([1e308, -1e308], 2), [2**0.5, -(2**0.5)]),
        (project_ball([-1e308, 0], 1, [1e308, 0]), [1e308, 0]),
        (project_halfspace([1e200, 1e200], [1e200, 0], 0), [0, 1e200]),
        (project_halfspace([3.0, 4.0], [1e-200, 2e-200], 1e-200), [1, 0]),
        (project_halfspace([0.0, 0.0], [1e-200, 0], 1e200), [0, 0]),
        (project_simplex([1e308, -1e308]), [1, 0]),
        (project_simplex([0.3, 0.2], 1e300), [5e299, 5e299]),
    ],
)
def test_squares_beyond_float64_do_not_spoil_a_projection(p, expected):
    np.testing.assert_allclose(p, expected, rtol=1e-12)


def test_a_half_space_out_of_reach_is_refused():
    with pytest.raises(ValueError, match="b must be within reach of a"):
        project_halfspace([0.0], [1e-200], -1e200)


@given(e=st.floats(-290, 290))
@some
def test_the_largest_entropy_has_no_unit(e):
    F, t = np.array([[1.0, 2], [3, -1], [2, 5], [0, 1]]), 10.0**e
    one = max_entropy(F, F.mean(0) + 0.1)
    other = max_entropy(F * [t, 1], (F.mean(0) + 0.1) * [t, 1])
    np.testing.assert_allclose(other.p, one.p, rtol=1e-8)
    np.testing.assert_allclose(other.theta * [t, 1], one.theta, rtol=1e-7)
    assert other.entropy == pytest.approx(one.entropy)


def test_extreme_features_and_means_have_an_entropy():
    np.testing.assert_allclose(
        max_entropy([-1e308, 1e308], 0.9e308).p, [0.05, 0.95]
    )
    with pytest.raises(ValueError, match="multipliers must fit float64"):
        max_entropy([0, 1e-310], 0.9e-310)
