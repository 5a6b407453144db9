import dataclasses
import subprocess
import sys

import numpy as np
import pytest
import scipy.optimize
import scipy.special
import sklearn.svm
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from derivable._validation import ConvergenceError
from derivable.optimization import (
    ConstrainedProblem,
    augmented_lagrangian,
    barrier,
    classify_constrained,
    dual_value,
    duality_gap,
    fit_multipliers,
    kkt_residual,
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
from derivable.optimization.constrained.newton_kkt import newton_kkt_step
from derivable.optimization.constrained.smo import DualAscent, smo

finite = st.floats(-5, 5)
points = arrays(float, 4, elements=finite)


def square(x):
    return x @ x


def twice(x):
    return 2 * x


LINE = ConstrainedProblem(square, twice, lambda x: x[0] + x[1] - 4)
FLAT = ConstrainedProblem(lambda x: x[0], inequalities=lambda x: x[0] ** 2)


def random_quadratic(seed, n=4, m=3):
    """½ xᵀPx + qᵀx with m inequalities Gx ≤ b, strictly feasible at 0."""
    rng = np.random.default_rng(seed)
    B, q = rng.normal(size=(n, n)), 3 * rng.normal(size=n)
    P, G = B @ B.T + np.eye(n), rng.normal(size=(m, n))
    b = rng.uniform(0.1, 0.5, size=m)
    problem = ConstrainedProblem(
        lambda x: x @ P @ x / 2 + q @ x,
        lambda x: P @ x + q,
        inequalities=lambda x: G @ x - b,
        inequality_jacobian=lambda _: G,
    )
    return problem, P, q, G, b


def by_scipy(problem, x0):
    found = scipy.optimize.minimize(
        problem.f,
        x0,
        jac=problem.gradient,
        method="SLSQP",
        constraints=[
            {"type": "ineq", "fun": lambda x: -problem.inequalities(x)}
        ],
        options={"ftol": 1e-14, "maxiter": 500},
    )
    return found.x


# Lagrange


def test_the_point_of_a_line_nearest_to_the_origin():
    found = lagrange(LINE, [1.0, 0.0])
    np.testing.assert_allclose(found.x[-1], [2, 2], atol=1e-9)
    np.testing.assert_allclose(found.nu[-1], [-4], atol=1e-9)


def test_the_largest_product_with_a_given_sum():
    problem = ConstrainedProblem(
        lambda x: x[0] * x[1], equalities=lambda x: x[0] + x[1] - 10
    )
    found = lagrange(problem, [1.0, 0.0])
    np.testing.assert_allclose(found.x[-1], [5, 5], atol=1e-8)
    assert (
        classify_constrained(problem, found.x[-1], found.nu[-1]) == "maximum"
    )


@pytest.mark.parametrize("seed", range(5))
def test_a_quadratic_on_a_plane_is_one_linear_system(seed):
    rng = np.random.default_rng(seed)
    B, q = rng.normal(size=(5, 5)), rng.normal(size=5)
    P, A, b = B @ B.T, rng.normal(size=(2, 5)), rng.normal(size=2)
    problem = ConstrainedProblem(
        lambda x: x @ P @ x / 2 + q @ x,
        lambda x: P @ x + q,
        lambda x: A @ x - b,
        lambda _: A,
    )
    found = lagrange(problem, np.zeros(5), tol=1e-5)
    K = np.block([[P, A.T], [A, np.zeros((2, 2))]])
    both = np.linalg.solve(K, np.append(-q, b))
    assert len(found.x) == 2
    np.testing.assert_allclose(found.x[-1], both[:5], atol=1e-5)
    np.testing.assert_allclose(found.nu[-1], both[5:], atol=1e-5)


def sphere_problem(seed):
    rng = np.random.default_rng(seed)
    B, c = rng.normal(size=(3, 3)), rng.normal(size=3)
    A = B @ B.T
    return ConstrainedProblem(
        lambda x: x @ A @ x / 2 - c @ x,
        lambda x: A @ x - c,
        lambda x: x @ x - 1,
        lambda x: 2 * x[None],
    )


@pytest.mark.parametrize("seed", range(4))
def test_on_a_sphere_newton_and_scipy_agree(seed):
    problem = sphere_problem(seed)
    there = scipy.optimize.minimize(
        problem.f,
        np.ones(3) / 2,
        jac=problem.gradient,
        constraints=[{"type": "eq", "fun": problem.equalities}],
        method="SLSQP",
        options={"ftol": 1e-14},
    ).x
    found = lagrange(problem, there + 0.01)
    np.testing.assert_allclose(found.x[-1], there, atol=1e-6)
    assert found.residual[-1] <= 1e-9
    assert (
        classify_constrained(problem, found.x[-1], found.nu[-1]) == "minimum"
    )


def test_newton_doubles_the_digits_near_a_solution():
    problem = sphere_problem(0)
    r = lagrange(problem, lagrange(problem, np.ones(3)).x[-1] + 0.1).residual
    fast = r[(r < 0.1) & (r > 1e-8)]
    ratios = np.log(fast[1:]) / np.log(fast[:-1])
    assert ratios.size >= 1
    assert np.all(ratios > 1.7)


def test_the_path_holds_every_iterate_and_its_residual():
    found = lagrange(LINE, [1.0, 0.0])
    np.testing.assert_array_equal(found.x[0], [1, 0])
    assert found.x.shape == (len(found.residual), 2)
    assert found.nu.shape == (len(found.residual), 1)
    assert found.residual[0] == pytest.approx(np.linalg.norm([1, -1, -3]))


def test_first_multipliers_are_the_best_fit_unless_given():
    assert lagrange(LINE, [1.0, 0.0]).nu[0] == pytest.approx(-1)
    assert lagrange(LINE, [1.0, 0.0], nu0=[7.0]).nu[0] == [7]


def test_a_loose_tolerance_of_lagrange_stops_earlier():
    tight = lagrange(sphere_problem(1), np.ones(3))
    loose = lagrange(sphere_problem(1), np.ones(3), tol=0.1)
    assert len(loose.x) < len(tight.x)


def test_too_few_newton_steps_are_an_error():
    with pytest.raises(ConvergenceError, match="after 1 steps: residual"):
        lagrange(sphere_problem(1), np.ones(3), max_steps=1)


def test_a_constraint_decides_what_a_critical_point_is():
    for sign, kind in [(1, "minimum"), (-1, "maximum")]:
        problem = ConstrainedProblem(
            lambda x, s=sign: s * (x[0] ** 2 - 3 * x[1] ** 2),
            equalities=lambda x: x[1],
        )
        assert classify_constrained(problem, [0, 0], [0]) == kind


def test_curvature_of_the_constraint_counts():
    problem = ConstrainedProblem(
        lambda x: -x[1], equalities=lambda x: x @ x - 1
    )
    assert classify_constrained(problem, [0, 1], [0.5]) == "minimum"
    assert classify_constrained(problem, [0, -1], [-0.5]) == "maximum"


@pytest.mark.parametrize(
    ("h", "x", "nu", "says"),
    [
        (lambda x: x[0] + x[1] - 4, [1, 3], [-4], "x must be critical"),
        (lambda x: x - 2, [2, 2], [-4, -4], "must leave a direction"),
    ],
)
def test_a_point_that_cannot_be_classified_is_refused(h, x, nu, says):
    with pytest.raises(ValueError, match=says):
        classify_constrained(ConstrainedProblem(square, twice, h), x, nu)


@pytest.mark.parametrize(
    ("f", "h", "x0", "says"),
    [
        (square, lambda x: x[0] + np.array([0, 1]), [0, 0], "infeasible"),
        (square, lambda x: x @ x + 1, [0, 0], "infeasible"),
        (lambda x: -x[0] - x[1], lambda x: x[0] - x[1], [0, 0], "unbounded"),
        (lambda x: x[0], lambda x: x[0] ** 2, [1], "qualification fails"),
    ],
)
def test_lagrange_says_why_there_is_no_solution(f, h, x0, says):
    with pytest.raises(ConvergenceError, match=says):
        lagrange(ConstrainedProblem(f, equalities=h), x0)


def test_lagrange_refuses_a_function_that_is_not_finite():
    problem = ConstrainedProblem(lambda x: np.nan * x[0], equalities=np.sum)
    with pytest.raises(ConvergenceError, match="f must be a number, got nan"):
        lagrange(problem, [0])


@pytest.mark.parametrize("x0", [[1.0, 0.0], [0.0, 0.0]])
@pytest.mark.parametrize(
    ("c", "k"), [(1e5, 1), (1e8, 1), (1e-12, 1), (1, 1e8), (1e-8, 1e6)]
)
def test_the_units_of_objective_and_constraint_do_not_matter(c, k, x0):
    problem = ConstrainedProblem(
        lambda x: c * (x @ x),
        lambda x: 2 * c * x,
        lambda x: k * (x[0] + x[1] - 4),
        lambda _: k * np.ones((1, 2)),
    )
    x, nu = newton_kkt_step(problem, np.array(x0), np.zeros(1))
    np.testing.assert_allclose(x, [2, 2])
    np.testing.assert_allclose(nu, [-4 * c / k])


def test_constraints_in_different_units_are_solved_together():
    problem = ConstrainedProblem(
        square,
        twice,
        lambda x: np.array([1e6 * (x[0] + x[1] - 4), x[1] + x[2] - 1]),
    )
    x, _ = newton_kkt_step(problem, np.zeros(3), np.zeros(2))
    np.testing.assert_allclose(x, [7 / 3, 5 / 3, -2 / 3], atol=1e-6)


def test_an_objective_that_is_constant_finds_a_feasible_point():
    problem = ConstrainedProblem(
        lambda _: 1.0, equalities=lambda x: x - np.array([1.0, 2.0])
    )
    np.testing.assert_allclose(lagrange(problem, [0.0, 0.0]).x[-1], [1, 2])


def test_an_infeasible_curve_is_suspected():
    problem = ConstrainedProblem(
        square, twice, equalities=lambda x: x[0] ** 2 + np.exp(x[1]) + 1
    )
    with pytest.raises(ConvergenceError, match="may be infeasible"):
        lagrange(problem, [0.7, 0.9])


def test_lagrange_is_for_equalities():
    with pytest.raises(ValueError, match="takes equalities"):
        lagrange(ConstrainedProblem(square), [1.0])
    with pytest.raises(ValueError, match="no inequalities"):
        lagrange(dataclasses.replace(LINE, inequalities=np.sum), [1.0, 2])


SOLVERS = [
    lagrange,
    quadratic_penalty,
    augmented_lagrangian,
    lambda p, x: dual_value(p, x, nu=[0]),
]


@pytest.mark.parametrize("solve", SOLVERS)
def test_a_wrong_gradient_is_refused(solve):
    wrong = dataclasses.replace(LINE, gradient=lambda x: x)
    with pytest.raises(ValueError, match="see gradient_check"):
        solve(wrong, [1.0, 2.0])


@pytest.mark.parametrize("solve", SOLVERS)
def test_a_wrong_jacobian_is_refused(solve):
    wrong = dataclasses.replace(
        LINE, equality_jacobian=lambda _: np.array([[1.0, -1.0]])
    )
    with pytest.raises(ValueError, match="equality_jacobian must be"):
        solve(wrong, [1.0, 2.0])


def test_a_jacobian_has_a_row_for_each_constraint():
    wrong = dataclasses.replace(LINE, equality_jacobian=lambda _: np.eye(2))
    with pytest.raises(ValueError, match=r"shape \(1, 2\), got \(2, 2\)"):
        lagrange(wrong, [1.0, 2.0])


def test_derivatives_that_are_given_are_used():
    calls = []

    def gradient(x):
        calls.append("f")
        return 2 * x

    def rows(_):
        calls.append("h")
        return np.ones((1, 2))

    problem = ConstrainedProblem(square, gradient, LINE.equalities, rows)
    problem.slope(np.ones(2))
    problem.h_jacobian(np.ones(2))
    assert calls == ["f", "h"]


def test_the_multiplier_is_the_price_of_the_constraint():
    def best(u):
        problem = ConstrainedProblem(
            lambda x: np.exp(x[0]) + x[1] ** 2,
            equalities=lambda x: x[0] + 2 * x[1] - 1 - u,
        )
        found = lagrange(problem, [0.0, 0.0])
        return problem.f(found.x[-1]), found.nu[-1, 0]

    slope = (best(1e-3)[0] - best(-1e-3)[0]) / 2e-3
    assert slope == pytest.approx(-best(0)[1], rel=1e-5)


# KKT


def test_every_condition_has_its_own_residual():
    problem = ConstrainedProblem(
        lambda x: x[0], equalities=np.sum, inequalities=lambda x: x[0] - 1
    )
    found = kkt_residual(problem, [3.0, 1.0], nu=[1.0], lam=[-2.0])
    assert found.equality == 4
    assert found.inequality == 2
    assert found.sign == 2
    assert found.complementarity == 4
    assert found.stationarity == pytest.approx(1)  # (1, 0) + 1 − 2 (1, 0)
    assert found.largest == 4


def test_at_a_solution_all_residuals_vanish():
    problem, *_ = random_quadratic(0)
    x = by_scipy(problem, np.zeros(4))
    nu, lam = fit_multipliers(problem, x, tol=1e-5)
    assert nu.size == 0
    assert np.all(lam >= 0)
    assert kkt_residual(problem, x, lam=lam).largest < 1e-5


def test_multipliers_that_are_not_given_are_zero():
    assert kkt_residual(LINE, [2, 2]).stationarity == pytest.approx(4)


def test_a_negative_multiplier_says_leave_the_constraint():
    problem = ConstrainedProblem(square, twice, inequalities=lambda x: x - 1)
    _, lam = fit_multipliers(problem, [1.0, 0.0])
    np.testing.assert_allclose(lam, [-2, 0])


@pytest.mark.parametrize("x", [[3.0, 1.0], [1.0, 1.0]])
def test_multipliers_are_fitted_at_feasible_points_only(x):
    if np.sum(x) == 4:
        assert fit_multipliers(LINE, x)[0].shape == (1,)
    else:
        with pytest.raises(ValueError, match="feasible, got a violation of 2"):
            fit_multipliers(LINE, x)


def test_the_tolerance_decides_what_is_active():
    problem = ConstrainedProblem(square, inequalities=lambda x: 1 - x[0])
    assert fit_multipliers(problem, [1.01])[1] == [0]
    assert fit_multipliers(problem, [1.01], tol=0.1)[1] == pytest.approx(2.02)


def test_without_a_constraint_qualification_there_are_no_multipliers():
    with pytest.raises(ValueError, match="got rank 0: no constraint quali"):
        fit_multipliers(FLAT, [0.0])
    for lam in (0.0, 1.0, 1e9):
        assert kkt_residual(FLAT, [0.0], lam=[lam]).stationarity == 1


def test_multipliers_have_the_shape_of_their_constraints():
    with pytest.raises(ValueError, match=r"nu must have shape \(1,\), got"):
        kkt_residual(LINE, [2, 2], nu=[1, 2])
    with pytest.raises(ValueError, match=r"lam must have shape \(1,\), got"):
        kkt_residual(FLAT, [0.0], lam=[1, 2])


# Projections

SETS = [
    (
        lambda x: project_box(x, -1, 2),
        lambda x: np.all(np.abs(x - 0.5) <= 1.5),
    ),
    (
        lambda x: project_ball(x, 2.0, [1, 0, 0, 0]),
        lambda x: np.linalg.norm(x - [1, 0, 0, 0]) <= 2 + 1e-9,
    ),
    (
        lambda x: project_halfspace(x, [1, 2, 0, -1], 0.5),
        lambda x: x @ [1, 2, 0, -1] <= 0.5 + 1e-9,
    ),
    (
        lambda x: project_simplex(x, 2.0),
        lambda x: np.all(x >= 0) and abs(np.sum(x) - 2) < 1e-9,
    ),
]


@pytest.mark.parametrize(("project", "inside"), SETS)
@given(x=points, z=points)
def test_a_projection_makes_an_obtuse_angle_with_its_set(
    project, inside, x, z
):
    p, q = project(x), project(z)
    assert inside(p)
    assert (x - p) @ (q - p) <= 1e-9
    np.testing.assert_allclose(project(p), p, atol=1e-12)
    assert np.linalg.norm(p - q) <= np.linalg.norm(x - z) + 1e-9


@pytest.mark.parametrize("seed", range(5))
def test_the_projection_onto_the_simplex_is_that_of_scipy(seed):
    x = np.random.default_rng(seed).normal(size=6)
    best = scipy.optimize.minimize(
        lambda z: np.sum((z - x) ** 2),
        np.full(6, 0.5),
        bounds=[(0, None)] * 6,
        constraints=[{"type": "eq", "fun": lambda z: np.sum(z) - 3}],
        options={"ftol": 1e-14},
    )
    np.testing.assert_allclose(project_simplex(x, 3), best.x, atol=1e-5)


@pytest.mark.parametrize(
    ("x", "p"),
    [
        ([1e17, 0.0], [1, 0]),
        ([3e16, 1.0, 2.0], [1, 0, 0]),
        ([1e17, 1e17], [0.5, 0.5]),
    ],
)
def test_a_large_entry_does_not_hide_the_sum_of_the_simplex(x, p):
    np.testing.assert_array_equal(project_simplex(x), p)


def test_a_half_space_is_met_on_its_border():
    a, x = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    np.testing.assert_allclose(project_halfspace(x, a, 1.0), [1, 0])
    inside = np.array([0.2, 0.3])
    np.testing.assert_array_equal(project_halfspace(inside, a, 1), inside)


def test_an_infinite_side_of_a_box_is_open():
    np.testing.assert_array_equal(project_box([-7, 7], 0, np.inf), [0, 7])
    np.testing.assert_array_equal(project_box([5, 5], [0, 6], [4, 9]), [4, 6])


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: project_box([1.0], 2, 1), "the box is empty: low ≤ high"),
        (lambda: project_box([1.0], np.nan, 1), "low must be a number or inf"),
        (lambda: project_box([1.0], 0, np.nan), "high must be a number or i"),
        (lambda: project_box([1.0], -np.inf, -np.inf), "the box is empty"),
        (lambda: project_box([1.0], [0, 0], 1), r"low must be a number or h"),
        (lambda: project_ball([1.0], 0), "radius must be positive, got 0"),
        (lambda: project_ball([1.0], 1, [1, 2]), r"center must have shape"),
        (lambda: project_halfspace([1.0], [0.0], 1), "a must not be zero"),
        (lambda: project_halfspace([1.0], [1, 2], 1), r"a must have shape"),
        (lambda: project_simplex([1.0], -1), "total must be positive, got"),
    ],
)
def test_an_empty_or_misshapen_set_is_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()


# Projected gradient


@pytest.mark.parametrize("rate", [None, 0.05])
@pytest.mark.parametrize("seed", range(3))
def test_projected_gradient_finds_the_minimum_in_a_box(seed, rate):
    _, P, q, *_ = random_quadratic(seed)
    P = P / np.linalg.norm(P, 2) * 10
    free = ConstrainedProblem(
        lambda x: x @ P @ x / 2 + q @ x, lambda x: P @ x + q
    )
    path = projected_gradient(
        free,
        lambda x: project_box(x, 0, 0.3),
        np.ones(4),
        learning_rate=rate,
        num_steps=800,
    )
    best = scipy.optimize.minimize(
        free.f,
        np.zeros(4),
        jac=free.gradient,
        bounds=[(0, 0.3)] * 4,
        options={"ftol": 1e-15, "gtol": 1e-10},
    )
    assert path.shape == (801, 4)
    assert np.all((path >= 0) & (path <= 0.3))
    np.testing.assert_allclose(path[-1], best.x, atol=1e-6)


def test_a_fixed_rate_contracts_by_one_minus_mu_over_l():
    P = np.diag([1.0, 4.0, 10.0])
    problem = ConstrainedProblem(
        lambda x: (x - 2) @ P @ (x - 2) / 2, lambda x: P @ (x - 2)
    )
    path = projected_gradient(
        problem, project_ball, np.zeros(3), learning_rate=0.1, num_steps=400
    )
    error = np.linalg.norm(path[:40] - path[-1], axis=1)
    assert np.all(error[1:] <= 0.9 * error[:-1] + 1e-12)


def test_the_step_is_the_learning_rate_times_the_slope():
    path = projected_gradient(
        ConstrainedProblem(square, twice),
        lambda x: x,
        [1.0],
        learning_rate=0.25,
        num_steps=2,
    )
    np.testing.assert_allclose(path[:, 0], [1, 0.5, 0.25])


def test_without_a_rate_the_first_step_that_is_short_enough_is_taken():
    problem = ConstrainedProblem(lambda x: x @ x / 2)  # 1/L is 1
    path = projected_gradient(problem, lambda x: x, [1.0], num_steps=1)
    np.testing.assert_allclose(path[1], 0, atol=1e-9)


def test_the_start_is_projected():
    path = projected_gradient(
        ConstrainedProblem(square), project_ball, [3.0, 4.0], num_steps=0
    )
    np.testing.assert_allclose(path, [[0.6, 0.8]])


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"learning_rate": -1}, ValueError, "learning_rate must be positive"),
        ({"num_steps": -1}, ValueError, "num_steps must not be negative"),
        ({"project": 3}, TypeError, "project must be a function, got int"),
        ({"problem": LINE}, ValueError, "the set is in project"),
        (
            {"problem": ConstrainedProblem(square, lambda x: -2 * x)},
            ValueError,
            "see gradient_check",
        ),
        ({"learning_rate": 30.0}, ConvergenceError, "rate too large"),
        (
            {"problem": ConstrainedProblem(lambda x: -x[0])},
            ConvergenceError,
            "the problem is unbounded",
        ),
    ],
)
def test_projected_gradient_refuses_what_cannot_work(change, error, says):
    given = {
        "problem": ConstrainedProblem(square, twice),
        "project": lambda x: np.maximum(x, -1e300),
        "x0": [1.0, 2.0],
    }
    with pytest.raises(error, match=says):
        projected_gradient(**(given | change))


def test_a_gradient_that_turns_wrong_later_is_suspected():
    problem = ConstrainedProblem(
        lambda x: x[0] ** 2 + 10 * x[1] ** 2,
        lambda x: x * [2, 20] if x[0] > 2 else -x * [2, 20],
    )
    with pytest.raises(ConvergenceError, match="see gradient_check"):
        projected_gradient(problem, lambda x: x + 0.0, [2.6, 2.6])


# Penalty, augmented Lagrangian, barrier


@pytest.mark.parametrize("seed", range(4))
def test_three_methods_and_scipy_find_the_same_minimum(seed):
    problem, *_ = random_quadratic(seed)
    expected = by_scipy(problem, np.zeros(4))
    for found, atol in [
        (augmented_lagrangian(problem, np.zeros(4)), 1e-5),
        (barrier(problem, np.zeros(4)), 1e-4),
        (quadratic_penalty(problem, np.zeros(4)), 1e-2),
    ]:
        np.testing.assert_allclose(found.x[-1], expected, atol=atol)
        assert found.residual[-1] == pytest.approx(
            kkt_residual(
                problem, found.x[-1], nu=found.nu[-1], lam=found.lam[-1]
            ).largest
        )


def test_a_linear_program_has_the_multipliers_of_linprog():
    c = np.array([-3.0, -5.0])
    G = np.array([[1, 0], [0, 2], [3, 2], [-1, 0], [0, -1.0]])
    b = np.array([4, 12, 18, 0, 0.0])
    problem = ConstrainedProblem(
        lambda x: c @ x, lambda _: c, inequalities=lambda x: G @ x - b
    )
    there = scipy.optimize.linprog(c, G, b, bounds=(None, None))
    found = barrier(problem, [1.0, 1.0])
    np.testing.assert_allclose(found.x[-1], there.x, atol=1e-4)
    np.testing.assert_allclose(
        found.lam[-1], -there.ineqlin.marginals, atol=1e-4
    )


def test_the_violation_falls_like_one_over_the_penalty():
    rho = np.array([1e2, 1e3, 1e4])
    found = quadratic_penalty(LINE, [0.0, 0.0], penalties=rho)
    missing = np.abs(found.x.sum(1) - 4)
    np.testing.assert_allclose(missing, 4 / (1 + rho), rtol=1e-6)
    np.testing.assert_allclose(found.nu[:, 0], -rho * missing, rtol=1e-6)
    np.testing.assert_array_equal(found.parameter, rho)


def test_a_minimum_without_multipliers_is_not_blamed_on_the_penalty_alone():
    with pytest.raises(ConvergenceError, match="no multipliers exist"):
        augmented_lagrangian(FLAT, [0.5])


def test_a_larger_fixed_penalty_takes_fewer_steps():
    small, large = (
        augmented_lagrangian(LINE, [0.0, 0.0], penalty=rho)
        for rho in (1.0, 100.0)
    )
    assert len(large.x) < len(small.x)
    np.testing.assert_allclose(small.nu[-1], [-4], atol=1e-6)
    assert np.all(small.parameter == 1)


def test_a_concave_objective_needs_a_large_enough_penalty():
    problem = ConstrainedProblem(
        lambda x: -(x[0] ** 2) + x[0] + x[1] ** 2, equalities=lambda x: x[0]
    )
    for penalty in (1.0, 3.0):
        with pytest.raises(ConvergenceError):
            augmented_lagrangian(problem, [0.5, 0.5], penalty=penalty)
    nu = augmented_lagrangian(problem, [0.5, 0.5], penalty=12.0).nu[:4, 0]
    np.testing.assert_allclose((nu[1:] + 1) / (nu[:-1] + 1), -0.2, rtol=1e-4)


def test_multipliers_close_the_error_by_a_fixed_factor():
    found = augmented_lagrangian(LINE, [0.0, 0.0], penalty=1.0)
    error = np.abs(found.nu[:, 0] + 4)
    np.testing.assert_allclose(error[1:10] / error[:9], 1 / 2, rtol=1e-4)


def test_the_gap_of_the_barrier_is_m_mu():
    problem, *_ = random_quadratic(3)
    mus = [1.0, 0.1, 0.01]
    found = barrier(problem, np.zeros(4), mus=mus)
    gaps = [
        duality_gap(problem, x, lam=lam)
        for x, lam in zip(found.x, found.lam, strict=True)
    ]
    np.testing.assert_allclose(gaps, 3 * np.array(mus), rtol=1e-6)
    np.testing.assert_array_equal(found.parameter, mus)


@pytest.mark.parametrize("solve", [quadratic_penalty, augmented_lagrangian])
def test_an_infeasible_problem_is_reported(solve):
    problem = ConstrainedProblem(
        square, twice, inequalities=lambda x: np.array([x[0] + 1, -x[0]])
    )
    with pytest.raises(ConvergenceError, match="infeasible"):
        solve(problem, [0.0, 0.0])


@pytest.mark.parametrize(
    "solve", [quadratic_penalty, augmented_lagrangian, barrier]
)
def test_an_unbounded_problem_is_reported(solve):
    problem = ConstrainedProblem(
        lambda x: -x[0], lambda _: [-1.0], inequalities=lambda x: -x[0]
    )
    with pytest.raises(ConvergenceError, match="the problem is unbounded"):
        solve(problem, [1.0])


def test_a_nan_of_the_objective_is_reported():
    problem = ConstrainedProblem(
        lambda x: np.nan if x[0] > 2 else -x[0],
        inequalities=lambda x: x[0] - 3,
    )
    with pytest.raises(ConvergenceError, match="f must be a number, got nan"):
        augmented_lagrangian(problem, [1.0])


def test_a_gradient_wrong_away_from_the_start_is_suspected():
    problem = ConstrainedProblem(
        lambda x: (x[0] - 3) ** 2,
        lambda x: 2 * (x - 3) * (1 if x[0] < 0.5 else -1),
        inequalities=lambda x: x[0] - 2,
    )
    with pytest.raises(ConvergenceError, match="see gradient_check"):
        augmented_lagrangian(problem, [0.0])


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: barrier(FLAT, [0.0]), "strictly inside, got g.x0. = .0"),
        (lambda: barrier(LINE, [0.0, 0]), "takes inequalities, and no equ"),
        (lambda: barrier(FLAT, [0.0], mus=[]), "strictly inside"),
        (
            lambda: quadratic_penalty(LINE, [0, 0], penalties=[]),
            "at least one parameter",
        ),
        (
            lambda: quadratic_penalty(LINE, [0, 0], penalties=[-1]),
            "a penalty must be positive, got -1",
        ),
        (
            lambda: augmented_lagrangian(LINE, [0, 0], penalty=0),
            "penalty must be positive, got 0",
        ),
        (
            lambda: augmented_lagrangian(LINE, [0, 0], tol=0),
            "tol must be positive, got 0",
        ),
    ],
)
def test_parameters_of_penalties_are_checked(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_the_barrier_refuses_a_weight_of_zero():
    problem, *_ = random_quadratic(0)
    with pytest.raises(ValueError, match="mu must be positive, got 0"):
        barrier(problem, np.zeros(4), mus=[0.0])


def test_the_limits_of_augmented_steps_and_tolerance_count():
    with pytest.raises(ConvergenceError, match="after 3 steps"):
        augmented_lagrangian(LINE, [0.0, 0.0], penalty=0.1, max_steps=3)
    loose = augmented_lagrangian(LINE, [0.0, 0.0], tol=0.1)
    tight = augmented_lagrangian(LINE, [0.0, 0.0])
    assert len(loose.x) < len(tight.x)


# Duality


@pytest.mark.parametrize("seed", range(3))
def test_the_dual_value_of_a_quadratic_has_a_closed_form(seed):
    problem, P, q, G, b = random_quadratic(seed)
    lam = np.random.default_rng(seed).uniform(size=3)
    v = q + G.T @ lam
    expected = -v @ np.linalg.solve(P, v) / 2 - b @ lam
    found = dual_value(problem, np.zeros(4), lam=lam)
    assert found == pytest.approx(expected, rel=1e-9)


def test_the_gap_closes_at_the_solution_only():
    problem, *_ = random_quadratic(1)
    best = augmented_lagrangian(problem, np.zeros(4))
    x, lam = best.x[-1], best.lam[-1]
    assert duality_gap(problem, x, lam=lam) == pytest.approx(0, abs=1e-6)
    assert duality_gap(problem, x, lam=lam + 1) > 0.01
    assert duality_gap(problem, 0 * x, lam=lam) > 0.01


def test_a_lagrangian_without_a_minimum_has_the_dual_value_minus_infinity():
    problem = ConstrainedProblem(
        lambda x: x[0], lambda _: [1.0], inequalities=lambda x: -x[0]
    )
    assert dual_value(problem, [1.0], lam=[0.5]) == -np.inf
    assert dual_value(problem, [1.0], lam=[1.0]) == pytest.approx(0)


def test_equalities_have_multipliers_of_any_sign_in_the_dual():
    assert dual_value(LINE, [0.0, 0.0], nu=[-4]) == pytest.approx(8)
    assert dual_value(LINE, [0.0, 0.0], nu=[4]) == pytest.approx(-24)
    assert duality_gap(LINE, [2.0, 2.0], nu=[-4]) == pytest.approx(0)


def test_a_bad_pair_has_no_gap():
    problem, *_ = random_quadratic(1)
    with pytest.raises(ValueError, match="lam must not be negative"):
        duality_gap(problem, np.zeros(4), lam=[-1, 0, 0])
    with pytest.raises(ValueError, match="x must be feasible, got a violat"):
        duality_gap(LINE, [0.0, 0.0], nu=[1])
    assert duality_gap(LINE, [2.0, 1.9], nu=[-4], tol=0.2) < 0


# Saddles and maxima

CORNER = ConstrainedProblem(
    lambda x: -(x @ x),
    inequalities=lambda x: np.array([np.sum(x) - 10, *-x]),
)


def below_ten(x):
    x = np.maximum(x, 0)
    return x if np.sum(x) <= 10 else project_simplex(x, 10)


@pytest.mark.parametrize(
    "solve",
    [
        lambda x0: augmented_lagrangian(CORNER, x0).x[-1],
        lambda x0: barrier(CORNER, x0).x[-1],
        lambda x0: projected_gradient(
            ConstrainedProblem(CORNER.f), below_ten, x0
        )[-1],
        lambda x0: projected_gradient(
            ConstrainedProblem(CORNER.f), below_ten, x0, learning_rate=0.1
        )[-1],
    ],
)
def test_a_saddle_between_two_corners_is_left(solve):
    corner = np.sort(solve([2.0, 2.0]))  # either is a minimum
    np.testing.assert_allclose(corner, [0, 10], atol=1e-4)


@pytest.mark.parametrize("power", [1, 2])
def test_a_start_on_a_maximum_is_left(power):
    problem = ConstrainedProblem(
        lambda x: np.cos(x[0]) ** power + x[1] ** 2,
        inequalities=lambda x: x[0] ** 2 - 1,
    )
    for solve in (augmented_lagrangian, barrier):
        found = solve(problem, [0.0, 0.0]).x[-1]
        np.testing.assert_allclose(np.abs(found), [1, 0], atol=1e-4)


def test_a_start_on_a_maximum_is_left_by_projected_steps():
    path = projected_gradient(
        ConstrainedProblem(lambda x: -(x[0] ** 2)),
        lambda x: project_box(x, -1, 1),
        [0.0],
    )
    np.testing.assert_allclose(path[-1], [1])


@pytest.mark.parametrize("n", [2, 3])
@pytest.mark.parametrize("rate", [None, 0.1])
def test_projected_steps_leave_one_saddle_after_another(n, rate):
    path = projected_gradient(
        ConstrainedProblem(lambda x: -(x @ x)),
        lambda x: project_box(x, -1, 1),
        np.zeros(n),
        learning_rate=rate,
    )
    np.testing.assert_allclose(np.abs(path[-1]), np.ones(n))


def test_a_minimum_in_a_corner_is_no_saddle():
    path = projected_gradient(
        ConstrainedProblem(lambda x: x[0] - x[1] ** 2),
        lambda x: project_box(x, 0, 1),
        [0.5, 0.2],
    )
    np.testing.assert_allclose(path[-1], [0, 1])


@pytest.mark.parametrize("x0", [-3.0, -1.0, 0.0, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("lam", [0.0, 0.5, 2.0])
def test_a_wave_in_the_lagrangian_proves_no_bound(x0, lam):
    problem = ConstrainedProblem(
        lambda x: np.sin(3 * x[0]) + 0.1 * x[0] ** 2,
        inequalities=lambda x: 1 - x[0],
    )
    assert dual_value(problem, [x0], lam=[lam]) == -np.inf


def test_a_lagrangian_that_is_not_convex_proves_no_bound():
    circle = ConstrainedProblem(
        lambda x: x[0] + x[1] + x[0] * x[1], equalities=lambda x: x @ x - 1
    )
    assert dual_value(circle, [0.0, 0.0], nu=[0.3]) == -np.inf
    assert duality_gap(circle, [-1.0, 0.0], nu=[0.3]) == np.inf
    nu, ones = 0.8, np.ones(2)  # the Hessian has eigenvalues 0.6 and 2.6
    H = np.array([[2 * nu, 1], [1, 2 * nu]])
    exact = -ones @ np.linalg.solve(H, ones) / 2 - nu
    found = dual_value(circle, [0.0, 0.0], nu=[nu])
    assert found == pytest.approx(exact)


@settings(max_examples=30)
@given(
    nu=st.floats(-2, 2),
    a=st.floats(-2, 2),
    b=st.floats(-2, 2),
    start=arrays(float, 2, elements=st.floats(-2, 2)),
)
def test_no_dual_value_exceeds_a_feasible_one(nu, a, b, start):
    circle = ConstrainedProblem(
        lambda x: x[0] + a * x[0] * x[1] + b * x[1] ** 2,
        equalities=lambda x: x @ x - 1,
    )
    t = np.linspace(0, 2 * np.pi, 721)
    least = min(circle.f(x) for x in np.stack([np.cos(t), np.sin(t)], 1))
    assert dual_value(circle, start, nu=[nu]) <= least + 1e-6


@given(
    slope=st.floats(0.01, 10),
    curve=st.floats(-2, 2),
    unit=st.integers(-9, 9),
    start=arrays(float, 2, elements=st.floats(-2, 2)),
)
@example(  # its curvature is lost in rounding before its slope is
    slope=0.01,
    curve=1.6744287422544897,
    unit=-2,
    start=np.array([-0.22462406, 0.94707463]),
)
@example(  # it falls so far that its slope is less than the rounding of f
    slope=0.01,
    curve=1.8511195396125162,
    unit=5,
    start=np.array([0.6328125, 1.75]),
)
def test_a_lagrangian_that_falls_in_a_line_has_no_lowest_value(
    slope, curve, unit, start
):
    scale = 10.0**unit
    strip = ConstrainedProblem(
        lambda x: scale * (slope * x[0] + curve * x[1] ** 2),
        equalities=lambda x: x @ x - 1,
    )
    assert dual_value(strip, start, nu=[0.0]) == -np.inf


def test_a_second_valley_is_seen_from_the_first():
    double = ConstrainedProblem(
        lambda x: (x[0] ** 2 - 1) ** 2, equalities=lambda x: x[0]
    )
    assert dual_value(double, [1.0], nu=[0.5]) == -np.inf


# What is asked of problems and numbers


def test_a_residual_is_no_verdict():
    with pytest.raises(TypeError, match="compare `largest` with a tolerance"):
        bool(kkt_residual(LINE, [2, 2]))


def test_functions_that_change_their_argument_do_no_harm():
    def spoils(x):
        x *= 2
        return x @ x / 4

    problem = ConstrainedProblem(spoils, equalities=lambda x: np.sum(x) - 4)
    found = augmented_lagrangian(problem, [1.0, 0.0])
    np.testing.assert_allclose(found.x[-1], [2, 2], atol=1e-5)
    found = lagrange(problem, [1.0, 0.0])
    np.testing.assert_allclose(found.x[-1], [2, 2], atol=1e-6)


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"f": 3}, TypeError, "f must be a function, got int"),
        ({"gradient": 3}, TypeError, "gradient must be a function"),
        ({"equalities": [1]}, TypeError, "equalities must be a function"),
        ({"inequalities": "g"}, TypeError, "inequalities must be a func"),
        (
            {"equalities": np.sum, "equality_jacobian": 1},
            TypeError,
            "the Jacobian of equalities must be a function",
        ),
        (
            {"inequality_jacobian": np.sum},
            ValueError,
            "inequalities must be given with their Jacobian",
        ),
    ],
)
def test_a_problem_is_made_of_functions(given, error, says):
    with pytest.raises(error, match=says):
        ConstrainedProblem(**({"f": square} | given))


def test_a_gradient_has_the_shape_of_its_point():
    wrong = dataclasses.replace(LINE, gradient=lambda x: np.append(x, 0))
    with pytest.raises(ValueError, match=r"shape \(2,\), got \(3,\)"):
        lagrange(wrong, [1.0, 0.0])


FREE = ConstrainedProblem(square, twice)
WITHIN = ConstrainedProblem(square, twice, inequalities=lambda x: x - 5)
VECTORS = {  # every public function that takes a point, as one of it
    "lagrange": lambda x: lagrange(LINE, x),
    "classify_constrained": lambda x: classify_constrained(LINE, x, [-4]),
    "kkt_residual": lambda x: kkt_residual(LINE, x),
    "fit_multipliers": lambda x: fit_multipliers(LINE, x),
    "quadratic_penalty": lambda x: quadratic_penalty(LINE, x),
    "augmented_lagrangian": lambda x: augmented_lagrangian(LINE, x),
    "barrier": lambda x: barrier(WITHIN, x),
    "dual_value": lambda x: dual_value(LINE, x),
    "duality_gap": lambda x: duality_gap(LINE, x),
    "projected_gradient": lambda x: projected_gradient(FREE, project_ball, x),
    "project_box": lambda x: project_box(x, 0, 1),
    "low": lambda x: project_box([1.0, 2, 3, 4], x, 9),
    "project_ball": project_ball,
    "center": lambda x: project_ball([1.0, 2, 3], 1, x),
    "project_halfspace": lambda x: project_halfspace(x, [1.0, 1.0, 2], 1),
    "a": lambda x: project_halfspace([1.0, 2.0, 3], x, 1),
    "project_simplex": project_simplex,
    "features": lambda x: max_entropy(x, [0.5, 0.5, 0.5]),
    "means": lambda x: max_entropy(np.eye(4), x),
    "linear_kernel": lambda x: linear_kernel(x, [[1.0]]),
    "rbf_kernel": lambda x: rbf_kernel(1.0)(x, [[1.0]]),
    "X": lambda x: svc(x, [1.0, -1.0]),
    "y": lambda x: svc([[1.0], [2.0]], x),
}
BAD_VECTORS = [
    "ab",
    ["a", "b"],
    [],
    [1.0, np.nan],
    [1.0, 1j],
    np.ma.masked_array([1.0, 2.0], [False, True]),
    np.array([1.0, None]),
    np.ones((2, 2, 2)),
    [[1.0], [1.0, 2.0]],
]


@pytest.mark.parametrize("name", VECTORS)
@pytest.mark.parametrize("bad", BAD_VECTORS, ids=repr)
def test_what_is_no_point_is_refused_by_name(name, bad):
    with pytest.raises((TypeError, ValueError), match=r"must .*got"):
        VECTORS[name](bad)


NUMBERS = {
    "tol of lagrange": lambda v: lagrange(LINE, [1, 0], tol=v),
    "tol of fit": lambda v: fit_multipliers(LINE, [2, 2], tol=v),
    "tol of gap": lambda v: duality_gap(LINE, [2, 2], nu=[-4], tol=v),
    "penalty": lambda v: augmented_lagrangian(LINE, [0, 0], penalty=v or 0),
    "tol": lambda v: augmented_lagrangian(LINE, [0, 0], tol=v),
    "penalties": lambda v: quadratic_penalty(LINE, [0, 0], penalties=[v]),
    "mus": lambda v: barrier(WITHIN, [0, 0], mus=[v]),
    "learning_rate": lambda v: projected_gradient(
        FREE, project_ball, [1, 1], learning_rate=v or 0
    ),
    "radius": lambda v: project_ball([1.0], v),
    "total": lambda v: project_simplex([1.0], v),
    "tol of entropy": lambda v: max_entropy([1, 2], 1.5, tol=v),
    "gamma": rbf_kernel,
    "C": lambda v: svc([[1.0], [2.0]], [1, -1], C=v),
    "tol of svc": lambda v: svc([[1.0], [2.0]], [1, -1], tol=v),
}


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("bad", ["1", None, [1.0, 2.0], np.nan, 1j, -1.0, 0])
def test_what_is_no_positive_number_is_refused_by_name(name, bad):
    with pytest.raises((TypeError, ValueError), match=r"must .*got"):
        NUMBERS[name](bad)


COUNTS = {
    "lagrange": lambda v: lagrange(LINE, [1, 0], max_steps=v),
    "augmented": lambda v: augmented_lagrangian(LINE, [0, 0], max_steps=v),
    "entropy": lambda v: max_entropy([1, 2], 1.5, max_steps=v),
    "projected": lambda v: projected_gradient(
        FREE, project_ball, [1, 1], num_steps=v
    ),
}


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("bad", ["1", None, 10.0, np.nan, -1, [3], True])
def test_what_is_no_count_is_refused_by_name(name, bad):
    with pytest.raises((TypeError, ValueError), match=r"must .*got"):
        COUNTS[name](bad)


@pytest.mark.parametrize(
    "solve",
    [
        lambda p: lagrange(p, [1, 0]),
        lambda p: classify_constrained(p, [1, 0], [1]),
        lambda p: kkt_residual(p, [1, 0]),
        lambda p: fit_multipliers(p, [1, 0]),
        lambda p: quadratic_penalty(p, [1, 0]),
        lambda p: augmented_lagrangian(p, [1, 0]),
        lambda p: barrier(p, [1, 0]),
        lambda p: dual_value(p, [1, 0]),
        lambda p: duality_gap(p, [1, 0]),
        lambda p: projected_gradient(p, project_ball, [1, 0]),
    ],
)
def test_a_function_alone_is_no_problem(solve):
    with pytest.raises(TypeError, match="must be a ConstrainedProblem, got"):
        solve(square)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: linear_kernel([[1e200]], [[1e200]]), ValueError, "dot prod"),
        (lambda: svc([[1e-200], [2e-200]], [1, -1]), ValueError, "fit floa"),
        (
            lambda: svc([[1.0], [1.0]], [1, -1]).margin,
            ValueError,
            "w must not be zero to have a margin",
        ),
        (
            lambda: quadratic_penalty(LINE, [0, 0], penalties=3.0),
            TypeError,
            "values of a penalty must be in a list, got float",
        ),
        (
            lambda: projected_gradient(FREE, lambda x: x[:1], [1, 2]),
            ValueError,
            r"project\(x\) must have shape \(2,\), got",
        ),
        (
            lambda: projected_gradient(FREE, lambda x: x * np.nan, [1, 2]),
            ValueError,
            r"project\(x\) must be finite",
        ),
    ],
)
def test_what_would_be_silent_is_said(call, error, says):
    with pytest.raises(error, match=says):
        call()


# Entropy


def test_without_news_all_outcomes_are_equally_likely():
    found = max_entropy(np.arange(1, 7), 3.5)
    np.testing.assert_allclose(found.p, np.full(6, 1 / 6))
    assert found.entropy == pytest.approx(np.log(6))


def test_a_loaded_die_is_that_of_scipy():
    v = np.arange(1, 7)
    best = scipy.optimize.minimize(
        lambda p: -np.sum(scipy.special.entr(p)),
        np.full(6, 1 / 6),
        bounds=[(1e-9, 1)] * 6,
        constraints=[
            {"type": "eq", "fun": lambda p: np.sum(p) - 1},
            {"type": "eq", "fun": lambda p: v @ p - 4.5},
        ],
        options={"ftol": 1e-14},
    )
    found = max_entropy(v, 4.5)
    np.testing.assert_allclose(found.p, best.x, atol=1e-5)
    assert found.entropy == pytest.approx(-best.fun)
    ratios = found.p[1:] / found.p[:-1]
    np.testing.assert_allclose(ratios, np.exp(found.theta[0]))


def test_two_moments_make_a_gaussian():
    v = np.linspace(-6, 6, 121)
    found = max_entropy(np.stack([v, v**2], 1), [0.5, 1.25])
    expected = np.exp(-((v - 0.5) ** 2) / 2)
    np.testing.assert_allclose(found.p, expected / expected.sum(), atol=1e-6)
    assert found.theta.shape == (2,)


@pytest.mark.parametrize(
    ("features", "means", "error", "says"),
    [
        ([1, 2, 3], 3, ValueError, "between 1 and 3, got 3: some entries wo"),
        ([1, 2, 3], 4, ValueError, "strictly between 1 and 3, got 4: infeas"),
        ([1, 2, 3], [1, 2], ValueError, r"means must have shape \(1,\), got"),
        ([[0, 0], [1, 1.0]], [0.5, 0.3], ConvergenceError, "infeasible"),
        ([[0, 0], [1, 2], [2, 4.0]], [1, 2], ConvergenceError, "dependent"),
    ],
)
def test_impossible_means_are_refused(features, means, error, says):
    if error is ConvergenceError and means == [1, 2]:
        means = [0.5, 1]
    with pytest.raises(error, match=says):
        max_entropy(features, means)


def test_newton_needs_few_steps_for_extreme_means():
    found = max_entropy([1, 2, 6], 5.999, max_steps=20)
    assert found.p @ [1, 2, 6] == pytest.approx(5.999)


def test_the_limits_of_max_entropy_count():
    with pytest.raises(ConvergenceError, match="means are off by"):
        max_entropy([1, 2, 6], 5.9, max_steps=1)
    rough = max_entropy([1, 2, 6], 5.9, tol=0.05)
    assert abs(rough.p @ [1, 2, 6] - 5.9) > 1e-6


@pytest.mark.parametrize("mean", [0.5, 0.01, 1e-3, 1e-4, 1e-6])
def test_one_outcome_against_a_thousand(mean):
    found = max_entropy(np.append(0, np.ones(1000)), mean)
    np.testing.assert_allclose(found.p[1:], mean / 1000, rtol=1e-3)
    assert found.p[0] == pytest.approx(1 - mean)


def test_scores_of_any_size_do_not_overflow():
    v = 1e6 * np.arange(1, 7)
    found = max_entropy(v, 5.9999e6)
    assert found.p @ v == pytest.approx(5.9999e6)
    same = max_entropy(v / 1e6, 5.9999)
    np.testing.assert_allclose(found.p, same.p, rtol=1e-6)
    terms = scipy.special.entr(found.p)
    assert found.entropy == pytest.approx(np.sum(terms))


def test_the_optimization_part_loads_without_scipy():
    code = "import sys, derivable.optimization.constrained; "
    code += "print('scipy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.strip() == "False"


# Support vector machine


def blobs(seed, distance, n=60):
    rng = np.random.default_rng(seed)
    y = np.where(np.arange(n) % 2 == 0, 1.0, -1.0)
    X = rng.normal(size=(n, 2)) + distance * y[:, None] * [0.8, 0.6]
    return X, y


KERNELS = {
    "linear": (linear_kernel, {"kernel": "linear"}),
    "rbf": (rbf_kernel(0.7), {"kernel": "rbf", "gamma": 0.7}),
}


def best_intercepts(K, y, alpha):
    """All b that minimise the hinges: kinks where their sum is least."""
    scores = K @ (alpha * y)
    kinks = y - scores
    sums = np.maximum(0, 1 - y * (scores + kinks[:, None])).sum(1)
    best = kinks[sums <= sums.min() + 1e-7 * (1 + sums.min())]
    return best.min(), best.max()


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("C", [0.1, 1.0, 20.0])
@pytest.mark.parametrize("distance", [3.0, 0.7])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_machine_is_that_of_scikit_learn(seed, distance, C, kernel):
    X, y = blobs(seed, distance)
    own, theirs = KERNELS[kernel]
    model = svc(X, y, C=C, kernel=own, tol=1e-9)
    there = sklearn.svm.SVC(C=C, tol=1e-9, **theirs).fit(X, y)

    np.testing.assert_array_equal(model.support, np.sort(there.support_))
    beta = np.zeros(len(y))
    beta[there.support_] = there.dual_coef_[0]
    # NB: libsvm keeps its kernel in single precision
    np.testing.assert_allclose(model.alpha * y, beta, atol=1e-5 * (1 + C))
    low, high = best_intercepts(own(X, X), y, model.alpha)
    for b in (model.intercept, there.intercept_[0]):
        assert low - 1e-4 <= b <= high + 1e-4
    free = (model.alpha > 1e-6 * C) & (model.alpha < (1 - 1e-6) * C)
    assert (high - low < 1e-6) == free.any()
    new = np.random.default_rng(9).normal(size=(20, 2)) * 2
    moved = there.decision_function(new) - there.intercept_
    np.testing.assert_allclose(
        model.decision(new) - model.intercept, moved, atol=1e-4
    )
    if free.any():
        np.testing.assert_array_equal(model.predict(new), there.predict(new))
    if kernel == "linear":
        np.testing.assert_allclose(model.w, there.coef_[0], atol=1e-4)
        margin = 1 / np.linalg.norm(there.coef_)
        assert model.margin == pytest.approx(margin, abs=1e-4)


def test_a_hard_margin_is_the_widest_road_that_slsqp_finds():
    X, y = blobs(0, 3.0, n=20)
    best = scipy.optimize.minimize(
        lambda v: v[:2] @ v[:2] / 2,
        np.array([1.0, 1.0, 0.0]),
        constraints=[
            {"type": "ineq", "fun": lambda v: y * (X @ v[:2] + v[2]) - 1}
        ],
        options={"ftol": 1e-14},
    )
    model = svc(X, y, C=np.inf, tol=1e-9)
    np.testing.assert_allclose(model.w, best.x[:2], atol=1e-5)
    assert model.intercept == pytest.approx(best.x[2], abs=1e-5)
    assert np.min(y * model.decision(X)) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("kernel", KERNELS)
def test_the_gap_closes_and_the_dual_only_rises(kernel):
    X, y = blobs(0, 0.7)
    model = svc(X, y, kernel=KERNELS[kernel][0], tol=1e-8)
    primal, dual = model.gaps()
    assert primal.shape == dual.shape == (len(model.steps) + 1,)
    assert np.all(np.diff(dual) >= -1e-10)
    assert np.all(primal >= dual - 1e-9)
    assert primal[0] == pytest.approx(60)  # w = 0: every hinge is 1
    assert primal[-1] - dual[-1] < 1e-6


def test_the_last_primal_value_is_that_of_the_objective():
    X, y = blobs(1, 0.7)
    model = svc(X, y, C=3.0, tol=1e-9)
    hinge = np.maximum(0, 1 - y * (X @ model.w + model.intercept))
    value = model.w @ model.w / 2 + 3 * np.sum(hinge)
    assert model.gaps()[0][-1] == pytest.approx(value, rel=1e-8)


def test_the_least_hinge_is_taken_over_all_intercepts():
    X, y = blobs(1, 0.7, n=30)
    model = svc(X, y, tol=0.5)
    best = scipy.optimize.minimize_scalar(
        lambda b: np.sum(np.maximum(0, 1 - y * (X @ model.w + b)))
    )
    value = model.w @ model.w / 2 + best.fun
    assert model.gaps()[0][-1] == pytest.approx(value, rel=1e-6)


def test_a_hard_margin_has_a_finite_primal_at_the_end():
    X, y = blobs(0, 3.0)
    primal, dual = svc(X, y, C=np.inf, tol=1e-12).gaps()
    assert primal[0] == np.inf
    assert primal[-1] == pytest.approx(dual[-1], abs=1e-9)


def test_without_a_free_multiplier_the_intercept_is_in_the_middle():
    X, y = np.array([[1.0], [2.0], [4.0], [5.0]]), np.array([-1, -1, 1, 1.0])
    for C in (0.01, 0.05):
        there = sklearn.svm.SVC(kernel="linear", C=C).fit(X, y)
        model = svc(X, y, C=C)
        assert model.intercept == pytest.approx(there.intercept_[0])
        assert set(model.alpha) <= {0.0, C}


def test_without_a_sample_of_multiplier_zero_the_normal_stays():
    X, y = np.array([[-1.0], [1.0], [7.0]]), np.array([-1.0, 1.0, 1.0])
    for C, intercepts in [(0.1, (0.2, 0.0)), (1.0, (0.0, 0.0))]:
        all3, two = svc(X, y, C=C), svc(X[:2], y[:2], C=C)
        assert all3.alpha[2] == 0
        np.testing.assert_allclose(all3.w, two.w, atol=1e-9)
        found = all3.intercept, two.intercept
        np.testing.assert_allclose(found, intercepts, atol=1e-9)


def test_fits_are_the_same_bytes():
    X, y = blobs(4, 0.7)
    assert svc(X, y).alpha.tobytes() == svc(X, y).alpha.tobytes()


def test_the_steps_lead_to_the_multipliers():
    X, y = blobs(2, 0.7)
    model = svc(X, y)
    beta = np.zeros(len(y))
    for at, change in model.steps:
        beta[np.asarray(at)] += change
        assert abs(np.sum(beta)) < 1e-9
    np.testing.assert_allclose(beta * y, model.alpha, atol=1e-9)


def test_the_first_pair_gains_most():
    X, y = blobs(2, 0.7)
    i, j = svc(X, y).steps[0][0]
    negative = np.flatnonzero(y < 0)
    nearest = np.argmin(np.linalg.norm(X[negative] - X[i], axis=1))
    assert y[i] == 1
    assert j == negative[nearest]


def largest_difference(model):
    """Of slopes: steepest that can grow − flattest that can shrink."""
    beta = model.alpha * model.y
    F = model.y - model.kernel(model.X, model.X) @ beta
    low = np.where(model.y > 0, 0.0, -model.C)
    grow, shrink = beta < low + model.C, beta > low
    return np.max(F[grow]) - np.min(F[shrink])


def test_a_pair_of_near_duplicates_does_not_end_the_fit():
    X = np.array([[1.9], [-0.6], [-2.1], [1.9001]])
    model = svc(X, [1.0, -1.0, 1.0, 1.0])
    primal, dual = model.gaps()
    assert primal[-1] - dual[-1] < 1e-6
    np.testing.assert_allclose(model.w, 0, atol=1e-6)
    assert model.intercept == pytest.approx(1)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("jitter", [0.0, 1e-8, 1e-4, 1e-2])
def test_samples_repeated_with_jitter_are_fitted_to_the_tolerance(
    jitter, kernel
):
    own, theirs = KERNELS[kernel]
    for seed in range(10):
        X, y = blobs(seed, 0.7, n=20)
        moved = X + jitter * np.random.default_rng(seed).normal(size=X.shape)
        X, y = np.vstack([X, moved]), np.append(y, y)
        model = svc(X, y, kernel=own)
        assert largest_difference(model) <= 1e-3 + 1e-9
        there = sklearn.svm.SVC(tol=1e-6, **theirs).fit(X, y)
        beta = np.zeros(len(y))
        beta[there.support_] = there.dual_coef_[0]
        value = y @ beta - beta @ own(X, X) @ beta / 2
        assert model.gaps()[1][-1] == pytest.approx(value, rel=1e-4)


def test_a_pair_step_returns_the_largest_difference_of_slopes():
    X, y = blobs(2, 0.7)
    dual = DualAscent(X @ X.T, y, 1.0)
    for _ in range(50):
        grow, shrink = dual.beta < dual.high, dual.beta > dual.low
        before = np.max(dual.F[grow]) - np.min(dual.F[shrink])
        assert dual.pair_step(1e-9) == before


def test_a_joint_step_solves_for_the_free_multipliers():
    X, y = blobs(2, 0.7)
    K = rbf_kernel(0.5)(X, X)
    dual = DualAscent(K, y, 1.0)
    for _ in range(40):
        dual.pair_step(1e-9)
    value = y @ dual.beta - dual.beta @ K @ dual.beta / 2
    while dual.joint_step():
        pass
    free = (dual.beta > dual.low) & (dual.beta < dual.high)
    assert free.sum() >= 2
    assert np.ptp(dual.F[free]) < 1e-8
    np.testing.assert_allclose(dual.F, y - K @ dual.beta)
    assert y @ dual.beta - dual.beta @ K @ dual.beta / 2 > value
    assert np.all((dual.beta >= dual.low) & (dual.beta <= dual.high))


@pytest.mark.parametrize("seed", range(5))
def test_a_hard_margin_survives_joint_steps(seed):
    X, y = blobs(seed, 3.0, n=8)
    X = np.vstack([X, X])  # a multiplier for each copy, in any share
    model = svc(X, np.append(y, y), C=np.inf, tol=1e-10)
    assert np.min(model.y * model.decision(X)) == pytest.approx(1, abs=1e-8)
    single = svc(X[:8], y, C=np.inf, tol=1e-10)
    np.testing.assert_allclose(model.w, single.w, atol=1e-8)


def test_joint_steps_spare_pairs_where_many_must_move_together():
    X, y = blobs(0, 0.5, n=200)
    model = svc(X, y, C=100.0)
    pairs = DualAscent(X @ X.T, y, 100.0)
    while pairs.pair_step(1e-3) > 1e-3 and len(pairs.steps) < 20_000:
        pass
    assert len(model.steps) < len(pairs.steps) / 4


def test_a_loose_tolerance_takes_fewer_steps():
    X, y = blobs(2, 0.7)
    assert len(svc(X, y, tol=0.1).steps) < len(svc(X, y, tol=1e-6).steps)


def test_data_that_cannot_be_separated_have_no_hard_margin():
    X, y = blobs(0, 0.2, n=10)
    with pytest.raises(ConvergenceError, match="dual unbounded"):
        smo(X @ X.T, y, np.inf, tol=1e-3, max_steps=2000)
    with pytest.raises(ConvergenceError, match="dual unbounded"):
        svc([[1.0], [1.0]], [1.0, -1.0], C=np.inf)


def test_kernels_are_those_of_scikit_learn():
    from sklearn.metrics import pairwise  # noqa: PLC0415

    rng = np.random.default_rng(0)
    A, B = rng.normal(size=(3, 2)), rng.normal(size=(4, 2))
    np.testing.assert_allclose(
        linear_kernel(A, B), pairwise.linear_kernel(A, B)
    )
    np.testing.assert_allclose(
        rbf_kernel(0.3)(A, B), pairwise.rbf_kernel(A, B, gamma=0.3)
    )


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (
            lambda X, y: svc(X, (y + 1) / 2),
            ValueError,
            "must be −1 and 1, got",
        ),
        (lambda X, y: svc(X, abs(y)), ValueError, "must be −1 and 1, got"),
        (lambda X, y: svc(X, y[1:]), ValueError, r"y must have shape \(60,\)"),
        (lambda X, y: svc(X, y, C=0), ValueError, "C must be positive, got 0"),
        (lambda X, y: svc(X, y, tol=0), ValueError, "tol must be positive"),
        (lambda X, y: svc(X, y, kernel="rbf"), TypeError, "kernel must be a"),
        (
            lambda X, y: svc(X, y, kernel=lambda A, _: A),
            ValueError,
            "must be symmetric",
        ),
        (
            lambda X, y: svc(X, y, kernel=rbf_kernel(1.0)).w,
            ValueError,
            "only the linear kernel",
        ),
        (
            lambda X, y: svc(X, y).decision(X[:, :1]),
            ValueError,
            "as many columns",
        ),
        (lambda *_: rbf_kernel(-1), ValueError, "gamma must be positive"),
    ],
)
def test_a_machine_refuses_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call(*blobs(0, 1.0))
