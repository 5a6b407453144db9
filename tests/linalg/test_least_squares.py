import dataclasses
import importlib
import tracemalloc

import mpmath
import numpy as np
import pytest
import scipy.linalg
from hypothesis import example, given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.metrics import r2_score

from derivable.errors import ConvergenceError
from derivable.linalg import (
    condition_number,
    congruence,
    filter_factors,
    householder,
    lstsq,
    normal_equations,
    projector,
    qr,
    qr_algorithm,
    qr_lstsq,
    r_squared,
    randomized_svd,
    range_finder,
    ridge,
    rls_update,
    sherman_morrison,
    similarity,
    tridiagonal,
    weighted_lstsq,
)
from derivable.linalg.least_squares.eigenvalues import wilkinson

EPS = np.finfo(float).eps
seeds = st.integers(0, 2**32 - 1)
powers = st.integers(-900, 900)


def rng(seed=0):
    return np.random.default_rng(seed)


def problem(seed=0, m=7, n=3):
    draws = rng(seed)
    return draws.normal(size=(m, n)), draws.normal(size=m)


def with_condition(kappa, m=12, n=5, seed=0):
    draws = rng(seed)
    U = np.linalg.qr(draws.normal(size=(m, n)))[0]
    V = np.linalg.qr(draws.normal(size=(n, n)))[0]
    return U * np.geomspace(1, 1 / kappa, n) @ V.T


def symmetric(lam, seed=0):
    n = len(lam)
    Q = np.linalg.qr(rng(seed).normal(size=(n, n)))[0]
    A = Q * lam @ Q.T
    return (A + A.T) / 2


def exact(A, b):
    """The least squares solution with sixty digits."""
    with mpmath.workdps(60):
        M, y = mpmath.matrix(A.tolist()), mpmath.matrix(b.tolist())
        x = mpmath.lu_solve(M.T * M, M.T * y)
        return np.array([float(v) for v in x])


def close(found, expected, tol=1e-12):
    size = np.linalg.norm(expected)
    return np.linalg.norm(np.asarray(found) - expected) <= tol * size


# projections


@given(seeds, st.integers(1, 6), st.integers(1, 6))
def test_a_projector_is_symmetric_and_repeats_nothing(seed, m, n):
    A, b = problem(seed, m, n)
    P = projector(A)
    assert P.shape == (m, m)
    assert np.allclose(P, P.T, atol=1e-14)
    assert np.allclose(P @ P, P, atol=1e-13)
    assert np.allclose(A.T @ (b - P @ b), 0, atol=1e-10)
    assert np.trace(P) == pytest.approx(min(m, n))


def test_a_projector_keeps_the_columns_whatever_their_units():
    A = np.array([[1.0, 1.0, 2.0], [0.0, 1.0, 1.0], [0.0, 0.0, 0.0]])
    for units in ([1, 1, 1], [1e-200, 1e200, 1], [1e-20, 1, 1e-30]):
        assert np.allclose(projector(A * units), np.diag([1, 1, 0]))


def peak(call):
    """The most memory that a call holds, in numbers."""
    tracemalloc.start()
    call()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 8


def test_a_projector_takes_the_memory_of_itself():
    A = rng().normal(size=(600, 2))
    assert peak(lambda: projector(A)) < 1.5 * 600**2


def test_nothing_is_projected_onto_zero():
    assert np.array_equal(projector(np.zeros((3, 2))), np.zeros((3, 3)))


def test_r_squared_is_that_of_scikit_learn():
    y, y_hat = rng().normal(size=(2, 20)) + 5
    assert r_squared(y, y_hat) == pytest.approx(r2_score(y, y_hat))
    assert r_squared(y, y) == 1
    assert r_squared(y, np.full(20, y.mean())) == pytest.approx(0)
    assert r_squared([1, 2, 4], [1, 2, 3]) == pytest.approx(1 - 3 / 14)


@pytest.mark.parametrize("unit", [1e-300, 1e-150, 1e150, 1e300])
def test_r_squared_has_no_unit(unit):
    y, y_hat = rng(1).normal(size=(2, 9))
    scaled = r_squared(unit * y, unit * y_hat)
    assert scaled == pytest.approx(r_squared(y, y_hat), rel=1e-12)


def test_only_plain_least_squares_is_better_than_the_mean():
    t = np.arange(5.0)
    A, y = np.column_stack([np.ones(5), t]), 100 + t * [1, -1, 1, -1, 1]
    w = np.array([100, 100, 1e-3, 1e-3, 1e-3])
    assert 0 <= r_squared(y, A @ lstsq(A, y).x) <= 1
    assert r_squared(y, A @ weighted_lstsq(A, y, w)) < -1
    assert r_squared(y, A @ ridge(A, y, 1)) < -70  # the ones are penalised
    known = Ridge(alpha=1).fit(A[:, 1:], y)
    assert 0 < known.score(A[:, 1:], y) < 1
    centred = ridge(A[:, 1:] - t.mean(), y - y.mean(), 1)
    assert close(centred, known.coef_)


def test_r_squared_asks_for_targets_that_vary():
    for y in ([2.0, 2.0], [0.1 + 0.2, 0.3], [0, 0], [4]):
        with pytest.raises(ValueError, match=f"got {len(y)} equal targets"):
            r_squared(y, np.ones(len(y)))
    assert r_squared([1, 1 + 1e-12], [1, 1 + 1e-12]) == 1
    with pytest.raises(ValueError, match=r"shape \(3,\), got \(2,\)"):
        r_squared([1, 2, 3], [1, 2])
    with pytest.raises(ValueError, match="R² must be finite"):
        r_squared([1, 2], [1e200, 1])
    with pytest.raises(
        ValueError, match=r"^\(y − y_hat\) / \|y\| must be finite, got -inf"
    ):
        r_squared([1e-200, 2e-200], [1e200, 1])


# reflections


@given(seeds, st.integers(1, 7), powers)
def test_a_reflector_sends_x_to_the_first_axis(seed, m, e):
    x = np.ldexp(rng(seed).normal(size=m), e)
    v, alpha = householder(x)
    assert np.linalg.norm(v) == pytest.approx(1, rel=1e-14)
    assert np.sign(alpha) == -np.sign(x[0])
    y = np.ldexp(x, -e)
    mirrored = y - 2 * v * (v @ y)
    expected = np.zeros(m)
    expected[0] = np.ldexp(alpha, -e)
    assert np.allclose(mirrored, expected, rtol=0, atol=1e-14 * m * m)
    assert abs(expected[0]) == pytest.approx(np.linalg.norm(y), rel=1e-14)


def test_the_sign_of_a_reflector_avoids_cancellation():
    v, alpha = householder([1, 1e-9])
    assert alpha == pytest.approx(-1)
    assert np.allclose(v, [1, 0.5e-9], rtol=1e-15, atol=0)
    assert householder([3, 4])[1] == -5
    assert householder([-3, 4])[1] == 5


def test_zero_is_not_reflected():
    v, alpha = householder([0, 0])
    assert np.array_equal(v, [0, 0])
    assert alpha == 0


def test_a_length_that_float64_cannot_hold_is_refused():
    with pytest.raises(ValueError, match=r"‖x‖ must be finite, got -?inf"):
        householder([1.7e308, 1.7e308])


@given(seeds, st.integers(1, 7), st.integers(1, 7))
def test_qr_gives_orthonormal_columns_and_a_triangle(seed, m, n):
    A, _ = problem(seed, m, n)
    Q, R = qr(A)
    k = min(m, n)
    assert Q.shape == (m, k)
    assert R.shape == (k, n)
    assert np.allclose(Q.T @ Q, np.eye(k), atol=1e-14)
    assert np.allclose(Q @ R, A, atol=1e-13)
    assert np.array_equal(R, np.triu(R))
    reference = scipy.linalg.qr(A, mode="economic")[1]
    assert np.allclose(abs(R), abs(reference), atol=1e-12)


def test_reflections_keep_q_orthonormal_whatever_the_columns():
    i = np.arange(12)
    hilbert = 1 / (i[:, None] + i + 1)
    tiny = np.outer([1, 1e-310, 1e-311], [1, 1]) + np.eye(3, 2) * 1e-312
    for A in (hilbert, np.ones((5, 4)), np.zeros((4, 2)), tiny):
        Q, R = qr(A)
        assert np.abs(Q.T @ Q - np.eye(Q.shape[1])).max() < 12 * EPS
        assert np.allclose(Q @ R, A, rtol=0, atol=12 * EPS * np.abs(A).max())


def test_dependent_columns_show_in_r_if_it_is_tall():
    R = qr([[1, 1, 2], [1, 2, 3], [1, 3, 4], [1, 5, 6]])[1]
    assert abs(R[2, 2]) < 1e-14
    assert abs(R[1, 1]) > 0.1
    wide = qr([[1, 0, 1], [0, 1, 1]])[1]
    assert np.allclose(abs(np.diag(wide)), 1)


def test_columns_keep_their_units_in_qr():
    A, _ = problem()
    units = np.array([1e-300, 1, 1e300])
    (Q, R), (Q2, R2) = qr(A), qr(A * units)
    assert np.allclose(Q, Q2)
    assert np.allclose(R * units, R2)


# solving


SOLVERS = [
    qr_lstsq,
    normal_equations,
    lambda A, b: lstsq(A, b).x,
    lambda A, b: weighted_lstsq(A, b, np.full(len(b), 3.0)),
]


@pytest.mark.parametrize("solve", SOLVERS)
@given(seeds, st.integers(1, 5), powers, powers)
def test_all_roads_lead_to_the_solution_of_numpy(solve, seed, n, e, f):
    A, b = problem(seed, n + 2 + seed % 5, n)
    expected = np.linalg.lstsq(A, b)[0]
    if condition_number(A) < 100 and abs(f - e) < 1000:
        found = solve(np.ldexp(A, e), np.ldexp(b, f))
        assert close(np.ldexp(found, e - f), expected, 1e-10)


@pytest.mark.parametrize("solve", SOLVERS[:3])
def test_the_solution_is_that_of_sixty_digits(solve):
    A = with_condition(1e5)
    b = A @ np.ones(5) + 1e-3 * rng(3).normal(size=12)
    tol = 1e-4 if solve is normal_equations else 1e-9
    assert close(solve(A, b), exact(A, b), tol)


def test_normal_equations_lose_twice_the_digits():
    kappas, errors = np.geomspace(1e2, 1e6, 9), {"normal": [], "qr": []}
    for kappa in kappas:
        normal, direct = [], []
        for seed in range(5):
            A = with_condition(kappa, seed=seed)
            b = A @ np.ones(5)
            normal.append(np.linalg.norm(normal_equations(A, b) - 1))
            direct.append(np.linalg.norm(qr_lstsq(A, b) - 1))
        errors["normal"].append(np.median(normal))
        errors["qr"].append(np.median(direct))
    for name, slope in (("normal", 2), ("qr", 1)):
        found = np.polyfit(np.log(kappas), np.log(errors[name]), 1)[0]
        assert abs(found - slope) < 0.3


def test_units_of_columns_alone_cost_no_digits():
    units = np.logspace(0, -7, 8)
    A = rng().normal(size=(40, 8))
    b = A @ np.ones(8)
    assert EPS * condition_number(A * units) ** 2 > 1e-3
    for solve in (normal_equations, qr_lstsq):
        assert np.allclose(solve(A * units, b) * units, 1, rtol=1e-13)


def test_digits_are_those_of_the_lengths_in_units_of_the_columns():
    """An unknown that adds little to b keeps fewer digits of its own."""
    units = np.array([1e12, 1.0])
    for solve in (qr_lstsq, normal_equations):
        errors = []
        for seed in range(20):
            A = rng(seed).normal(size=(20, 2)) * units
            errors.append(solve(A, A @ [1, 1]) - 1)
        lengths = np.linalg.norm(errors * units, axis=1)
        assert np.max(lengths) < 1e-14 * units[0]
        assert 1e-6 < np.max(np.abs(errors)) < 1e-2


@pytest.mark.parametrize("m", [12, 50, 500])
def test_noise_adds_a_root_to_the_price_and_no_second_kappa(m):
    draws, n, kappa, prices = rng(4), 8, 1e8, []
    for seed in range(60):
        A = with_condition(kappa, m, n, seed)
        b = A @ np.ones(n)
        b += 0.1 * np.linalg.norm(b) / np.sqrt(m) * draws.normal(size=m)
        x = qr_lstsq(A, b)
        prices.append(kappa * np.linalg.norm(b - A @ x) / np.linalg.norm(x))
    assert 0.5 < np.median(prices) / np.sqrt(m - n) < 3


def test_little_noise_is_below_the_square_whatever_the_condition():
    A, draws = with_condition(1e4, 50, 8), rng(4)
    b = A @ np.ones(8)
    b += 1e-6 * np.linalg.norm(b) / np.sqrt(50) * draws.normal(size=50)
    x = qr_lstsq(A, b)
    assert 1e4 * np.linalg.norm(b - A @ x) < 0.05 * np.linalg.norm(x)


@pytest.mark.parametrize("solve", [qr_lstsq, normal_equations])
def test_dependent_columns_are_refused(solve):
    A = np.array([[1, 1, 2], [1, 2, 3], [1, 3, 4], [1, 5, 6]])
    for unit in (1e-200, 1, 1e200):
        with pytest.raises(
            ValueError, match=r"A must have 3 indep.*, got 2 of"
        ):
            solve(unit * A, [1, 2, 3, 4])
    with pytest.raises(ValueError, match=r"got 2 of shape \(2, 3\)"):
        solve(A[:2], [1, 2])
    with pytest.raises(ValueError, match="got 0"):
        solve(np.zeros((3, 1)), [1, 2, 3])
    with pytest.raises(ValueError, match=r"shape \(4,\), got \(3,\)"):
        solve(A, [1, 2, 3])


def test_columns_in_other_units_are_not_dependent():
    A = np.array([[1.0, 0.0], [1.0, 1e-200], [1.0, 2e-200]])
    x = qr_lstsq(A, [1, 2, 3])
    assert np.allclose(x, [1, 1e200])


def test_the_unit_of_one_column_counts_for_lstsq_alone():
    A, b = np.array([[1, 0], [1, 1], [1, 2], [1, 3.0]]), [1, 4, 2, 5]
    for unit in (1, 1e-13, 1e-20):
        scaled = A * [1, unit]
        for solve in (qr_lstsq, normal_equations):
            assert np.allclose(solve(scaled, b) * [1, unit], [1.5, 1])
        assert np.trace(projector(scaled)) == pytest.approx(2)
        assert lstsq(scaled, b).rank == (1 if unit < 1e-16 else 2)
    found = lstsq(A * [1, 1e-20], b)
    assert np.allclose(found.residual, np.array(b) - 3)
    assert not lstsq(A * [1, 1e-20], A[:, 1]).solvable
    for unit in (1e-200, 1e200):
        assert lstsq(unit * A, b).rank == 2


def test_q_is_not_formed_for_a_solution(monkeypatch):
    A, b = problem()
    home = importlib.import_module(qr.__module__)
    monkeypatch.delattr(home, "qr")
    assert close(qr_lstsq(A, b), np.linalg.lstsq(A, b)[0])


@given(seeds, st.integers(0, 28))
def test_the_order_of_rows_does_not_matter(seed, exponent):
    (A, b), draws = problem(seed, 6, 2), rng(seed + 1)
    w = np.array([1, 1, 1, 1, 1, 10.0**exponent])
    size = np.sqrt(w)[:, None]
    x = exact(size * A, size[:, 0] * b)
    order = draws.permutation(6)
    found = weighted_lstsq(A[order], b[order], w[order])
    limit = 1e-12 * condition_number(A) ** 2
    assert np.linalg.norm(found - x) <= limit * (1 + np.linalg.norm(x))
    assert close(weighted_lstsq(A, b, w), found, 1e-15 + limit)


@pytest.mark.parametrize("e", [8, 16, 24, 30, 40])
@pytest.mark.parametrize("unit", [1e-150, 1e-12, 1.0, 1e12])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_heavy_row_may_begin_with_a_small_entry(e, unit, order):
    A = np.array([[0.0, 1.0], [1.0, 1.0], [1.0, 2.0], [1.0, 3.0]])
    b, w = np.array([1.0, 2.0, 3.0, 5.0]), np.array([10.0**e, 1, 1, 1])
    size = np.sqrt(w)
    x = exact(size[:, None] * A, size * b)[list(order)]
    units = np.array([unit, 1.0])
    found = weighted_lstsq(A[:, order] * units, b, w) * units
    assert close(found, x, 4 * EPS)


@given(seeds, st.integers(1, 12))
@example(1111, 8)  # sizes of rows and columns take rounds to settle
def test_light_rows_keep_their_digits_whatever_the_order(seed, digits):
    draws = rng(seed)
    n = int(draws.integers(2, 5))
    A = draws.integers(-3, 4, size=(n + 3, n)) * 1.0
    b, w = draws.normal(size=n + 3), np.ones(n + 3)
    heavy = int(draws.integers(1, n))
    w[:heavy] = 10.0**digits
    rows, units = draws.permutation(n + 3), 10 ** draws.uniform(-9, 9, n)
    for part in (A[:heavy], A):  # what depends has no digits to keep
        if np.linalg.svd(part)[1][-1] < 0.3:
            return
    A, b, w = A[rows] * units, b[rows], w[rows]
    M = w[:, None] * A
    found = qr_lstsq(M, w * b) * units
    assert close(found, exact(M, w * b) * units, 1e-12)


def test_the_order_of_columns_is_undone():
    A, b = problem(3, 9, 5)
    A = A * [1, 9, 3, 27, 81]
    assert close(qr_lstsq(A, b), np.linalg.lstsq(A, b)[0])
    for order in ([4, 3, 2, 1, 0], [1, 3, 0, 4, 2]):
        x = qr_lstsq(A[:, order], b)
        assert close(x, qr_lstsq(A, b)[order], 1e-12)


@pytest.mark.parametrize("c", [1.0, -1.0, 2.0, 0.5, 3.0])
def test_the_shift_of_wilkinson_needs_the_tridiagonal_form(c):
    A = np.array([[0.0, 0.0, 1.0], [0.0, c, 0.0], [1.0, 0.0, 0.0]])
    stays = A.copy()
    for _ in range(50):
        mu = wilkinson(stays[1:, 1:])
        Q, R = np.linalg.qr(stays - mu * np.eye(3))
        stays = R @ Q + mu * np.eye(3)
    assert np.allclose(np.abs(stays), np.abs(A), atol=1e-12)
    expected = sorted([1.0, -1.0, c], reverse=True)
    assert np.allclose(qr_algorithm(A).values, expected, atol=1e-14)


def test_rows_of_zeros_and_units_beyond_float64_do_no_harm():
    A, b = problem(0, 6, 2)
    M = np.vstack([np.zeros((2, 2)), A])
    x = qr_lstsq(A, b)
    assert close(qr_lstsq(M, np.append([5.0, 7.0], b)), x)
    units = np.array([1e-300, 1e300])
    assert close(qr_lstsq(M * units, np.append([0, 0], b)) * units, x)


def test_rows_of_no_weight_beside_another_are_refused():
    A, b = problem(0, 6, 2)
    weighted_lstsq(A, b, [1, 1, 1, 1, 1, 1e28])
    with pytest.raises(ValueError, match="√w A must have 2 independent"):
        weighted_lstsq(A, b, [1, 1, 1, 1, 1, 1e36])


def test_what_is_added_to_one_is_lost_up_to_half_of_epsilon():
    for share, lost in ((0.4, True), (0.75, False)):
        delta = np.sqrt(share * EPS)
        A = np.array([[1, 1], [delta, 0], [0, delta]])
        assert np.array_equal(A.T @ A, np.ones((2, 2))) == lost
    delta = np.sqrt(0.4 * EPS)
    A = np.array([[1, 1], [delta, 0], [0, delta]])
    with pytest.raises(ValueError, match="positive definite"):
        normal_equations(A, [2, delta, delta])


def test_normal_equations_say_when_the_square_is_lost():
    d = 1e-9
    A = np.array([[1, 1], [d, 0], [0, d]])
    with pytest.raises(
        ValueError, match=r"AᵀA must be positive definite.*use"
    ):
        normal_equations(A, [2, d, d])
    assert np.allclose(qr_lstsq(A, [2, d, d]), [1, 1])


@given(seeds, st.integers(1, 6), st.integers(1, 6), st.integers(1, 6), powers)
def test_lstsq_gives_the_complete_solution(seed, m, n, r, e):
    draws, r = rng(seed), min(m, n, r)
    A = draws.normal(size=(m, r)) @ draws.normal(size=(r, n))
    b = draws.normal(size=m)
    found = lstsq(np.ldexp(A, e), np.ldexp(b, e))
    assert found.rank == r
    assert found.null.shape == (n, n - r)
    assert np.allclose(found.null.T @ found.null, np.eye(n - r), atol=1e-12)
    assert np.allclose(A @ found.null, 0, atol=1e-12)
    assert np.allclose(found.x @ found.null, 0, atol=1e-6)
    x, _, rank, _ = np.linalg.lstsq(A, b, rcond=1e-12)
    if condition_number(A[:, :1]) and rank == r:
        assert close(found.x, x, 1e-6)
    left = np.ldexp(found.residual, -e)
    assert np.allclose(A.T @ left, 0, atol=1e-7)
    assert np.allclose(left, b - A @ found.x, atol=1e-6)
    assert found.solvable == (r == m)


def test_whether_a_system_is_solvable_does_not_depend_on_units():
    A = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])
    for unit in (1e-300, 1e-8, 1, 1e250):
        assert lstsq(A, unit * np.array([0.1, 0.2, 0.3])).solvable
        assert not lstsq(unit * A, unit * np.array([1, 2, 3.001])).solvable
        assert not lstsq(A, unit * np.array([1, 2, 3 + 1e-12])).solvable
        assert lstsq(unit * A, np.array([1, 2, 3]), rtol=1e-9).solvable
        near = np.array([1, 2, 3 + 1e-12])
        assert lstsq(A, unit * near, rtol=1e-9).solvable


def test_solvable_allows_for_a_long_solution():
    A, b = np.array([[1, 0], [0, 1], [0, 0.0]]), [0, 1, 0.01]
    assert not lstsq(A, b).solvable
    assert not lstsq(A * [1, 1e-11], b).solvable
    found = lstsq(A * [1, 1e-13], b)
    assert (found.rank, found.solvable) == (2, True)
    assert np.allclose(found.residual, [0, 0, 0.01])
    nearby = A * [1, 1e-13]
    nearby[2, 1] = 1e-15  # within rounding of A, as ‖A‖ = 1
    assert np.allclose(nearby @ [0, 1e13], b)


def test_tall_systems_take_the_memory_of_themselves():
    A = rng().normal(size=(3000, 3))
    assert peak(lambda: lstsq(A, A[:, 0])) < 20 * A.size < 3000**2
    assert lstsq(A.T, np.ones(3)).null.shape == (3000, 2997)


def test_a_zero_matrix_reaches_zero_alone():
    found = lstsq(np.zeros((2, 3)), [0, 0])
    assert (found.rank, found.solvable) == (0, True)
    assert np.array_equal(found.x, np.zeros(3))
    assert found.null.shape == (3, 3)
    assert not lstsq(np.zeros((2, 3)), [0, 1e-300]).solvable


def test_rtol_decides_the_rank():
    A = np.diag([1.0, 1e-6])
    assert lstsq(A, [1, 1]).rank == 2
    cut = lstsq(A, [1, 1], rtol=1e-5)
    assert cut.rank == 1
    assert np.allclose(cut.x, [1, 0])
    assert lstsq(np.diag([1, 1.5 * EPS]), [1, 1]).rank == 1
    assert lstsq(np.diag([1, 2.5 * EPS]), [1, 1]).rank == 2
    with pytest.raises(ValueError, match=r"rtol must lie in \[0, 1\)"):
        lstsq(A, [1, 1], rtol=1)


# bases


@given(seeds, st.integers(1, 5))
def test_a_map_keeps_its_eigenvalues_and_a_form_its_signs(seed, n):
    draws = rng(seed)
    A, P = draws.normal(size=(2, n, n))
    if condition_number(P) > 100:
        return
    B = similarity(A, P)
    assert np.allclose(P @ B, A @ P, atol=1e-9)
    C = congruence(A + A.T, P)
    assert np.array_equal(C, C.T)
    x = draws.normal(size=n)
    assert x @ C @ x == pytest.approx((P @ x) @ (A + A.T) @ (P @ x), abs=1e-9)
    signs = [np.sum(np.linalg.eigvalsh(M) > 0) for M in (A + A.T, C)]
    assert signs[0] == signs[1]


def test_a_basis_may_have_units():
    A = np.array([[2.0, 1.0], [1.0, 3.0]])
    P = np.array([[1.0, 1.0], [0.0, 1.0]])
    units = np.array([1e-200, 1e-150])
    B = similarity(A, P) / units[:, None] * units
    assert np.allclose(similarity(A, P * units), B, atol=0)
    assert np.allclose(similarity(1e300 * A, P), 1e300 * similarity(A, P))
    C = congruence(1e250 * A, P * units)
    assert np.allclose(C, 1e250 * units[:, None] * (P.T @ A @ P) * units)


@pytest.mark.parametrize("change", [similarity, congruence])
def test_a_basis_is_independent_and_fits(change):
    with pytest.raises(ValueError, match=r"S must have 2 independent.*got 1"):
        change(np.eye(2), [[1, 2], [2, 4]])
    with pytest.raises(ValueError, match=r"S must have shape \(2, 2\), got"):
        change(np.eye(2), np.eye(3))
    with pytest.raises(ValueError, match="S must be square"):
        change(np.eye(2), np.ones((2, 3)))


def test_a_map_and_a_form_keep_their_rank():
    S = np.array([[1.0, 2.0], [3.0, 4.0]])
    shift = [[0, 1], [0, 0]]  # its eigenvalues are those of zero
    assert np.linalg.matrix_rank(similarity(shift, S)) == 1
    assert np.array_equal(similarity(np.zeros((2, 2)), S), np.zeros((2, 2)))
    assert np.linalg.matrix_rank(congruence([[1, 1], [1, 1]], S)) == 1


def test_a_form_is_symmetric():
    with pytest.raises(ValueError, match="A must be symmetric"):
        congruence([[1, 2], [0, 1]], np.eye(2))


# weights and ridge


@given(seeds, powers)
def test_weights_solve_the_weighted_normal_equations(seed, e):
    A, b = problem(seed)
    w = rng(seed + 1).uniform(0.1, 2, size=7)
    expected = np.linalg.solve(A.T @ (w[:, None] * A), A.T @ (w * b))
    assert close(weighted_lstsq(A, b, np.ldexp(w, e)), expected, 1e-8)


def test_whole_weights_repeat_rows_and_zero_drops_them():
    A, b = problem()
    w = np.array([1, 0, 2, 3, 1, 0, 1])
    found = weighted_lstsq(A, b, w)
    expected = LinearRegression(fit_intercept=False)
    expected.fit(np.repeat(A, w, axis=0), np.repeat(b, w))
    assert close(found, expected.coef_)


def test_weights_are_refused_where_they_leave_too_little():
    A, b = problem()
    with pytest.raises(ValueError, match="weights must not be negative, got"):
        weighted_lstsq(A, b, [-1, 1, 1, 1, 1, 1, 1])
    with pytest.raises(ValueError, match="√w A must have 3 independent"):
        weighted_lstsq(A, b, [1, 1, 0, 0, 0, 0, 0])
    with pytest.raises(ValueError, match="√w A must have 3 independent"):
        weighted_lstsq(A, b, np.zeros(7))
    with pytest.raises(ValueError, match=r"weights must have shape \(7,\)"):
        weighted_lstsq(A, b, [1, 1])


@given(seeds, st.floats(-3, 3), st.integers(1, 8))
def test_ridge_is_that_of_scikit_learn(seed, exponent, n):
    A, b = problem(seed, 5, n)
    lam = 10**exponent
    expected = Ridge(alpha=lam, fit_intercept=False, solver="svd").fit(A, b)
    assert close(ridge(A, b, lam), expected.coef_, 1e-9)


@given(seeds, st.integers(-200, 200))
def test_lam_has_the_unit_of_a_squared(seed, e):
    A, b = problem(seed, 4, 3)
    scaled = ridge(np.ldexp(A, e), b, np.ldexp(0.3, 2 * e))
    assert close(np.ldexp(scaled, e), ridge(A, b, 0.3), 1e-10)
    factors = filter_factors(np.ldexp(A, e), np.ldexp(0.3, 2 * e))
    assert np.allclose(factors, filter_factors(A, 0.3), rtol=1e-12)


def test_ridge_filters_singular_directions():
    A, b = problem(2, 6, 4)
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    factors = filter_factors(A, 0.7)
    assert np.allclose(factors, s**2 / (s**2 + 0.7))
    assert np.allclose(ridge(A, b, 0.7), Vt.T @ (factors / s * (U.T @ b)))
    assert np.allclose(filter_factors(A.T, 0.7), factors)


def test_filter_factors_end_at_zero_and_one():
    assert np.array_equal(filter_factors(np.diag([1e200, 0]), 1e-300), [1, 0])
    assert np.array_equal(filter_factors([[1e-300]], 1e300), [0])
    assert filter_factors([[2.0]], 4)[0] == pytest.approx(0.5)
    for lam in (0, -1):
        with pytest.raises(ValueError, match="lam must be positive, got"):
            filter_factors([[1.0]], lam)


def test_ridge_needs_a_price():
    A, b = problem()
    for lam in (0, -1):
        with pytest.raises(ValueError, match="lam must be positive, got"):
            ridge(A, b, lam)
    twice = np.ones((3, 2))
    with pytest.raises(ValueError, match=r"must not vanish beside A.*1e-40"):
        ridge(twice, [1, 2, 3], 1e-40)
    assert np.allclose(ridge(twice, [1, 2, 3], 1e-9), [1, 1])
    assert np.allclose(ridge(twice, [2, 2, 2], 1e-20), [1, 1])
    with pytest.raises(ValueError, match=r"b must have shape \(3,\)"):
        ridge(twice, [1, 2], 1)


@pytest.mark.parametrize("unit", [1e-100, 1, 1e100])
def test_ridge_refuses_a_price_that_rounding_overrules(unit):
    A, b = unit * np.array([[1, 1], [2, 2]]), np.array([3, 1])
    for lam in (1e10, 1, 1e-5, 1e-9, 1e-12):
        x = ridge(A, b, lam * unit**2) * unit
        assert np.allclose(x, 5 / (10 + lam), rtol=0.01)
    for lam in (1e-14, 1e-16, 1e-20, 1e-25, 1e-28, 1e-30):
        with pytest.raises(ValueError, match="lam must not vanish beside A"):
            ridge(A, b, lam * unit**2)
    near = A * [1, 1 + 1e-9]
    with pytest.raises(ValueError, match="dependent or nearly so"):
        ridge(near, b, 1e-25 * unit**2)


def test_the_residual_decides_which_price_is_too_small():
    assert np.allclose(ridge(np.eye(3), [1, 1, 1], 1e-20), 1)
    A, b = [[1, 0], [0, 1], [1, 1]], [1, 2, 5]
    assert np.allclose(ridge(A, b, 1e-25), lstsq(A, b).x)
    twice = np.ones((3, 2))  # ε σ₁² is 1.3e-15
    assert np.allclose(ridge(twice, [1, 1, 1], 1e-17), 0.5)
    with pytest.raises(ValueError, match=r"must not vanish.*1e-13"):
        ridge(twice, [1, 0, 5], 1e-13)
    assert np.allclose(ridge(twice, [1, 0, 5], 1e-12), 1, rtol=0.01)


@given(seeds, st.integers(1, 12))
def test_a_hundredth_of_x_is_right_where_ridge_answers(seed, digits):
    A, b = problem(seed, 20, 3)
    A[:, 2], lam = A[:, 1], 10.0**-digits
    try:
        x = ridge(A, b, lam)
    except ValueError:
        assert digits > 9
        return
    assert abs(x[2] - x[1]) <= 0.01 * np.linalg.norm(x)


@given(seeds, st.integers(1, 14), st.integers(6, 15))
def test_what_rounding_moves_by_is_small_beside_x_or_the_residual(
    seed, digits, off
):
    """With b nearly orthogonal to both columns x has no digits."""
    draws, lam = rng(seed), 10.0**-digits
    A = np.outer(draws.integers(1, 4, size=2), [1.0, 1.0])
    b = np.array([A[1, 0], -A[0, 0]])
    b[1] += 10.0**-off
    try:
        x = ridge(A, b, lam)
    except ValueError:
        return
    with mpmath.workdps(60):
        c = mpmath.matrix(A.T.tolist()) * mpmath.matrix(b.tolist())
        truth = float(c[0] / (2 * mpmath.mpf(A[:, 0] @ A[:, 0]) + lam))
    sigma = np.linalg.norm(A)
    floor = np.sqrt(EPS) * np.linalg.norm(b) / sigma
    size = max(np.linalg.norm([truth, truth]), floor)
    assert np.linalg.norm(x - truth) <= 0.02 * size


def test_a_short_fit_is_no_reason_to_refuse():
    assert np.allclose(ridge([[1], [0]], [0, 1], 0.5), 0)
    assert np.allclose(ridge([[1, 1], [2, 2]], [2, -1], 1e-3), 0)
    assert np.allclose(ridge(np.eye(2), [0, 0], 1e-20), 0)


def test_a_large_price_keeps_the_digits_of_a_short_solution():
    x = ridge([[1, 1], [2, 2]], [3, 1], 1e34)
    assert np.allclose(x, 5e-34, rtol=1e-12, atol=0)


# updates


@given(seeds, st.integers(1, 6), st.integers(-300, 300))
def test_sherman_and_morrison_invert_the_changed_matrix(seed, n, e):
    draws = rng(seed)
    A = draws.normal(size=(n, n)) + 3 * np.eye(n)
    u, v = draws.normal(size=(2, n))
    changed = A + np.outer(u, v)
    if max(condition_number(A), condition_number(changed)) > 1e3:
        return
    unit = np.ldexp(1.0, e)
    found = sherman_morrison(np.linalg.inv(A) / unit, unit * u, v)
    assert close(found * unit, np.linalg.inv(changed), 1e-8)


def test_a_change_to_a_singular_matrix_is_refused():
    B, u = np.diag([1.0, 0.5]), np.array([1.0, 0.0])
    for unit in (1e-200, 1, 1e200):
        with pytest.raises(ValueError, match=r"must not be zero.*is singular"):
            sherman_morrison(B * unit, -u / unit, u)
    near = sherman_morrison(B, -u * (1 - 1e-12), u)
    assert near[0, 0] == pytest.approx(1e12, rel=1e-3)
    third = np.full((3, 3), 1 / 3) + np.eye(3)
    with pytest.raises(ValueError, match="is singular"):
        sherman_morrison(third, -np.full(3, 1 / 2), np.full(3, 1 / 3))
    with pytest.raises(ValueError, match=r"u must have shape \(2,\), got"):
        sherman_morrison(B, [1, 2, 3], u)
    with pytest.raises(ValueError, match=r"v must have shape \(2,\), got"):
        sherman_morrison(B, u, [1])


@given(seeds, st.integers(-200, 200))
def test_row_by_row_is_all_at_once(seed, e):
    A, b = problem(seed, 12, 3)
    if condition_number(A[:4]) > 100:
        return
    unit = np.ldexp(1.0, e)
    x = qr_lstsq(unit * A[:4], b[:4])
    P = np.linalg.inv(A[:4].T @ A[:4]) / unit**2
    for a, beta in zip(A[4:], b[4:], strict=True):
        x, P = rls_update(x, P, unit * a, beta)
    assert close(unit * x, np.linalg.lstsq(A, b)[0], 1e-9)
    assert close(unit**2 * P, np.linalg.inv(A.T @ A), 1e-9)


def test_an_update_asks_for_a_positive_definite_p():
    with pytest.raises(ValueError, match="M must be positive definite, got"):
        rls_update([0, 0], np.diag([1, -1]), [0, 1], 1)
    with pytest.raises(ValueError, match=r"M must have shape \(2, 2\), got"):
        rls_update([0, 0], np.eye(3), [1, 2], 1)
    with pytest.raises(ValueError, match=r"a must have shape \(2,\), got"):
        rls_update([0, 0], np.eye(2), [1], 1)
    for x in ([1e300, 0], [1e300, -1e300]):
        with pytest.raises(ValueError, match=r"^β − aᵀx must be finite"):
            rls_update(x, np.eye(2), [1e300, 1e300], 1)
    with pytest.raises(ValueError, match=r"^x must be finite, got inf"):
        rls_update([0], [[1e300]], [1e-150], 1e200)
    x, P = rls_update([1, 2], np.zeros((2, 2)), [1, 1], 9)
    assert np.array_equal(x, [1, 2])
    assert np.array_equal(P, np.zeros((2, 2)))


# eigenvalues


@given(seeds, st.integers(1, 8), powers)
def test_a_symmetric_matrix_becomes_tridiagonal(seed, n, e):
    A = symmetric(rng(seed).normal(size=n), seed)
    T, Q = tridiagonal(np.ldexp(A, e))
    T = np.ldexp(T, -e)
    assert np.allclose(Q.T @ Q, np.eye(n), atol=1e-13)
    assert np.allclose(Q @ T @ Q.T, A, atol=1e-13 * n)
    assert np.array_equal(T, np.triu(np.tril(T, 1), -1))
    assert np.array_equal(T, T.T)


def test_two_rows_are_tridiagonal_already():
    A = np.array([[1.0, 2.0], [2.0, 5.0]])
    T, Q = tridiagonal(A)
    assert np.array_equal(T, A)
    assert np.array_equal(Q, np.eye(2))


@pytest.mark.parametrize("shifts", [True, False])
def test_every_iterate_is_tridiagonal_and_symmetric(shifts):
    A = symmetric(np.array([9.0, -7, 5, 3, -2, 1]))
    for T in qr_algorithm(A, shifts=shifts).path:
        assert np.array_equal(T, np.triu(np.tril(T, 1), -1))
        assert np.array_equal(T, T.T)


def test_an_entry_counts_as_zero_up_to_epsilon_of_the_norm():
    for a in (1.0, 100.0):
        A = np.diag([a, 0.0])
        for share, steps in ((0.9, 0), (1.1, 1)):
            A[0, 1] = A[1, 0] = share * EPS * a
            assert len(qr_algorithm(A).path) == steps + 1


def test_what_counts_as_zero_is_zero_from_the_next_step():
    A = np.array([[2.0, 1, 0], [1, 1, EPS], [0, EPS, 0]])
    path = qr_algorithm(A).path
    assert path[0][2, 1] == path[0][1, 2] != 0
    for T in path[1:]:
        assert T[2, 1] == T[1, 2] == 0


@pytest.mark.parametrize("shifts", [True, False])
@pytest.mark.parametrize("unit", [1e-290, 1, 1e290])
def test_the_qr_algorithm_finds_all_eigenvalues(shifts, unit):
    lam = np.array([9.0, -7, 5, 3, -2, 1, 0.25, 0])
    found = qr_algorithm(unit * symmetric(lam), shifts=shifts)
    expected = np.sort(lam)[::-1]
    assert np.allclose(found.values / unit, expected, atol=1e-13)
    sums = np.trace(found.path / unit, axis1=1, axis2=2)
    assert np.allclose(sums, lam.sum())
    for T in (found.path[1], found.path[-1]):
        assert np.allclose(np.linalg.eigvalsh(T / unit)[::-1], expected)
    off = found.path[-1] - np.diag(np.diag(found.path[-1]))
    assert np.abs(off).max() <= 30 * EPS * unit


def test_shifts_take_two_or_three_steps_for_an_eigenvalue():
    A = rng().normal(size=(40, 40))
    found = qr_algorithm(A + A.T)
    assert np.allclose(found.values, np.linalg.eigvalsh(A + A.T)[::-1])
    assert len(found.path) < 3 * 40


def test_without_shifts_the_rate_is_the_ratio():
    lam = np.array([8.0, 4, 3, 1])
    path = qr_algorithm(symmetric(lam), shifts=False).path
    for i, k in ((0, 20), (1, 30), (2, 20)):
        measured = abs(path[k + 1, i + 1, i] / path[k, i + 1, i])
        assert measured == pytest.approx(lam[i + 1] / lam[i], rel=0.02)


def test_entries_further_down_fall_faster():
    lam, T = np.array([8.0, 4, 2, 1]), symmetric(np.array([8.0, 4, 2, 1]))
    for _ in range(13):
        before = T
        Q, R = qr(T)
        T = R @ Q
    assert np.allclose((T / before)[1:, 0], lam[1:] / 8, rtol=0.01)


def test_a_start_that_misses_keeps_the_order():
    Q, R = qr(np.diag([1.0, 2.0]))
    assert np.allclose(R @ Q, np.diag([1, 2]))


@pytest.mark.parametrize(
    ("mu", "rate", "k"), [(3.1, 1 / 19, 6), (-3.5, 1 / 13, 10)]
)
def test_a_shift_orders_eigenvalues_by_their_distance(mu, rate, k):
    A = symmetric(np.array([5.0, -4, 3]))
    path = qr_algorithm(A - mu * np.eye(3), shifts=False).path
    measured = abs(path[k + 1, 2, 1] / path[k, 2, 1])
    assert measured == pytest.approx(rate, rel=0.1)  # a limit


def test_eigenvalues_of_one_size_need_shifts():
    A = [[0, 1], [1, 0]]
    with pytest.raises(ConvergenceError, match=r"2 of 2 .* 7 steps, residual"):
        qr_algorithm(A, shifts=False, num_steps=7)
    with pytest.raises(ConvergenceError, match="after 1000 steps"):
        qr_algorithm(A, shifts=False)
    assert np.allclose(qr_algorithm(A).values, [1, -1])


def test_a_failure_says_how_far_it_came():
    A = (
        np.diag([2.0, -2.0, 1.0])
        + np.diag([1.0, 0], 1)
        + np.diag([1.0, 0], -1)
    )
    with pytest.raises(ConvergenceError) as raised:
        qr_algorithm(A, shifts=False, num_steps=1)
    T = qr_algorithm(A).path[0]
    Q, R = np.linalg.qr(T[:2, :2])
    left = abs((R @ Q)[1, 0]) / np.linalg.norm(T)
    assert f"residual {left:.2g} ‖A‖" in str(raised.value)
    assert "2 of 3 eigenvalues" in str(raised.value)


def test_num_steps_is_the_number_of_steps():
    A = symmetric(np.arange(1.0, 6))
    steps = len(qr_algorithm(A).path) - 1
    assert steps > 3
    assert len(qr_algorithm(A, num_steps=steps).path) == steps + 1
    with pytest.raises(ConvergenceError, match=f"after {steps - 1} steps"):
        qr_algorithm(A, num_steps=steps - 1)


@pytest.mark.parametrize("A", [np.zeros((3, 3)), np.eye(4), [[5.0]]])
def test_what_is_diagonal_is_found_at_once(A):
    found = qr_algorithm(A)
    assert np.array_equal(found.values, np.diag(A))
    assert len(found.path) == 1


def test_the_estimate_is_the_eigenvalue_nearest_to_the_corner():
    for a, b, c in ((2, 1, 0), (0, 1, 2), (1, 1, 1), (3, 0, 1), (-1, 4, 0)):
        lam = np.linalg.eigvalsh([[a, b], [b, c]])
        mu = wilkinson(np.array([[a, b], [b, c]], dtype=float))
        assert np.min(abs(lam - mu)) < 1e-14
        assert abs(mu - c) == pytest.approx(np.min(abs(lam - c)))
    assert wilkinson(np.array([[2.0, 0.0], [0.0, 2.0]])) == 2


# random products


def decaying(m=60, n=40, seed=5):
    s = 0.7 ** np.arange(n)
    U = np.linalg.qr(rng(seed).normal(size=(m, n)))[0]
    V = np.linalg.qr(rng(seed + 1).normal(size=(n, n)))[0]
    return U * s @ V.T, s


def test_a_random_range_comes_near_the_best():
    A, s = decaying()
    errors = []
    for q in (0, 1, 3):
        Q = range_finder(A, 10, rng=rng(), num_power=q)
        assert Q.shape == (60, 10)
        assert np.allclose(Q.T @ Q, np.eye(10))
        errors.append(np.linalg.norm(A - Q @ Q.T @ A, 2) / s[10])
    assert 1 - 1e-9 < errors[2] < errors[1] < errors[0] < 30
    assert errors[2] < 1.1


@pytest.mark.parametrize("unit", [1e-300, 1, 1e300])
def test_a_random_svd_is_nearly_the_svd(unit):
    A, s = decaying()
    U, found, Vt = randomized_svd(unit * A, 5, rng=rng())
    assert (U.shape, found.shape, Vt.shape) == ((60, 5), (5,), (5, 40))
    assert np.allclose(found / unit, s[:5], rtol=1e-5)
    assert np.allclose(U.T @ U, np.eye(5))
    assert np.allclose(Vt @ Vt.T, np.eye(5))
    error = np.linalg.norm(A - U * (found / unit) @ Vt, 2)
    assert s[5] * (1 - 1e-9) < error < 1.01 * s[5]


def test_more_columns_and_more_powers_err_less():
    A, s = decaying()

    def error(**options):
        U, found, Vt = randomized_svd(A, 5, rng=rng(), **options)
        return np.linalg.norm(A - U * found @ Vt, 2) - s[5]

    rough = error(oversampling=0, num_power=0)
    assert error(oversampling=5, num_power=0) < rough / 2
    assert error(oversampling=0, num_power=2) < rough / 2
    assert error() == error(oversampling=10, num_power=2)
    assert error(oversampling=1000, num_power=0) < 1e-12


def test_a_range_is_that_of_a_random_product():
    A, _ = decaying()
    M = A @ rng(2).normal(size=(40, 4))
    for q in range(3):
        Q = range_finder(A, 4, rng=rng(2), num_power=q)
        assert np.allclose(Q @ Q.T, projector(M), atol=1e-9)
        if q == 0:
            assert np.array_equal(range_finder(A, 4, rng=rng(2)), Q)
        M = A @ (A.T @ M)


def test_a_few_directions_of_a_wide_matrix_take_little_memory():
    A = rng().normal(size=(20, 1000))
    most = peak(lambda: randomized_svd(A, 2, rng=rng(), oversampling=3))
    assert most < 10 * A.size < 1000**2


def test_powers_do_not_lose_small_directions():
    A = np.diag(10.0 ** -np.arange(12))
    Q = range_finder(A, 6, rng=rng(), num_power=5)
    assert np.linalg.norm(A - Q @ Q.T @ A, 2) < 1.01e-6


@pytest.mark.parametrize(
    ("k", "options", "rule"),
    [
        (41, {}, "k must lie in 1 to 40, got 41"),
        (0, {}, "k must lie in 1 to 40, got 0"),
        (3, {"oversampling": -1}, "oversampling must not be negative"),
        (3, {"num_power": -1}, "num_power must lie in 0 to 1000, got -1"),
        (3, {"num_power": 1001}, "num_power must lie in 0 to 1000"),
    ],
)
def test_counts_are_in_range(k, options, rule):
    with pytest.raises(ValueError, match=rule):
        randomized_svd(decaying()[0], k, rng=rng(), **options)


def test_a_range_has_as_many_columns_as_there_are():
    with pytest.raises(ValueError, match="size must lie in 1 to 2, got 3"):
        range_finder(np.ones((2, 3)), 3, rng=rng())
    with pytest.raises(TypeError, match="rng must be a Generator"):
        range_finder(np.ones((2, 3)), 1, rng=0)


# what the rules call their arguments, and where they begin


A2, b2 = np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([1.0, 2.0])
NAMED = {
    "b": [
        lambda x: qr_lstsq(A2, x),
        lambda x: normal_equations(A2, x),
        lambda x: lstsq(A2, x),
        lambda x: ridge(A2, x, 1),
        lambda x: weighted_lstsq(A2, x, b2),
    ],
    "A": [
        projector,
        qr,
        tridiagonal,
        qr_algorithm,
        lambda x: lstsq(x, b2),
        lambda x: filter_factors(x, 1),
        lambda x: similarity(x, A2),
        lambda x: congruence(x, A2),
        lambda x: randomized_svd(x, 1, rng=rng()),
        lambda x: range_finder(x, 1, rng=rng()),
    ],
    "S": [lambda x: similarity(A2, x), lambda x: congruence(A2 * A2.T, x)],
    "B": [lambda x: sherman_morrison(x, b2, b2)],
    "u": [lambda x: sherman_morrison(A2, x, b2)],
    "v": [lambda x: sherman_morrison(A2, b2, x)],
    "M": [lambda x: rls_update(b2, x, b2, 1)],
    "a": [lambda x: rls_update(b2, np.eye(2), x, 1)],
    "beta": [lambda x: rls_update(b2, np.eye(2), b2, x)],
    "x": [householder, lambda x: rls_update(x, np.eye(2), b2, 1)],
    "lam": [lambda x: ridge(A2, b2, x), lambda x: filter_factors(A2, x)],
    "weights": [lambda x: weighted_lstsq(A2, b2, x)],
    "y": [lambda x: r_squared(x, b2)],
    "y_hat": [lambda x: r_squared(b2, x)],
    "rtol": [lambda x: lstsq(A2, b2, rtol=x)],
}


@pytest.mark.parametrize(
    ("name", "call"),
    [(name, call) for name, calls in NAMED.items() for call in calls],
)
def test_a_rule_names_its_argument(name, call):
    with pytest.raises(
        TypeError, match=f"^{name} must be real numbers, got c"
    ):
        call(1j)


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("size", lambda x: range_finder(A2, x, rng=rng())),
        ("k", lambda x: randomized_svd(A2, x, rng=rng())),
        ("num_power", lambda x: range_finder(A2, 1, rng=rng(), num_power=x)),
        (
            "oversampling",
            lambda x: randomized_svd(A2, 1, rng=rng(), oversampling=x),
        ),
        ("num_steps", lambda x: qr_algorithm(np.eye(2), num_steps=x)),
    ],
)
def test_a_count_names_itself(name, call):
    with pytest.raises(TypeError, match=f"^{name} must be a whole number"):
        call(1.0)


def test_shifts_are_wanted_or_not():
    with pytest.raises(TypeError, match="shifts must be True or False, got 1"):
        qr_algorithm(np.eye(2), shifts=1)
    with pytest.raises(ValueError, match="num_steps must be at least 1"):
        qr_algorithm(np.eye(2), num_steps=0)


@pytest.mark.parametrize(
    "found",
    [lstsq(A2, b2), qr_algorithm(np.eye(2))],
    ids=lambda x: type(x).__name__,
)
def test_what_was_found_is_not_changed(found):
    for field in dataclasses.fields(found):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(found, field.name, None)


def test_where_rounding_ends():
    """The thresholds that the docstrings state, from both sides."""
    A = np.array([[1.0], [0.0]])
    assert lstsq(A, [1, 39 * EPS]).solvable
    assert not lstsq(A, [1, 42 * EPS]).solvable
    A = np.eye(5, 4)  # ‖b‖ + ‖A‖ ‖x‖ is 4
    assert lstsq(A, [1, 1, 1, 1, 195 * EPS]).solvable
    assert not lstsq(A, [1, 1, 1, 1, 205 * EPS]).solvable
    with pytest.raises(ValueError, match="is singular"):
        sherman_morrison([[1.0]], [-1 + 3 * EPS], [1])
    u = np.array([-4 + 16 * EPS, 3 + 16 * EPS])  # 32 ε of 8: the limit
    with pytest.raises(ValueError, match="is singular"):
        sherman_morrison(np.eye(2), u, [1, 1])
    found = sherman_morrison([[1.0]], [-1 + 5 * EPS], [1])[0, 0]
    assert found == pytest.approx(1 / (5 * EPS))
    rls_update([0, 0], np.diag([1, -16 * EPS]), [0, 1], 1)  # the limit
    with pytest.raises(ValueError, match="positive definite"):
        rls_update([0, 0], np.diag([1, -18 * EPS]), [0, 1], 1)
    with pytest.raises(ValueError, match="2 equal targets"):
        r_squared([1, 1 + 2 * EPS], [1, 1])
    assert r_squared([1, 1 + 6 * EPS], [1, 1 + 6 * EPS]) == 1


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: qr(np.full((4, 1), 1e308)), "R"),
        (lambda: qr_lstsq([[1e-300]], [1e300]), "x"),
        (lambda: normal_equations([[1e-300]], [1e300]), "x"),
        (lambda: lstsq([[1e-300]], [1e300]), "x"),
        (lambda: similarity([[0, 1], [0, 0]], np.diag([1e-200, 1e200])), "S⁻"),
        (lambda: congruence(1e300 * np.eye(2), 1e200 * np.eye(2)), "SᵀAS"),
        (lambda: sherman_morrison([[1e300]], [-1e-300 + 1e-315], [1]), "inv"),
        (lambda: tridiagonal(np.full((3, 3), 1.5e308)), "T"),
        (lambda: randomized_svd(np.full((3, 3), 1.5e308), 1, rng=rng()), "σ"),
    ],
)
def test_what_float64_cannot_hold_is_refused(call, name):
    with pytest.raises(ValueError, match=f"^{name}.* must be finite, got"):
        call()
