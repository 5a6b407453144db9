import dataclasses
import math
import tracemalloc

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st

from derivable import _precision as precision
from derivable.linalg import (
    combination,
    coordinates,
    gram_schmidt,
    rank,
    subspaces,
)
from derivable.linalg.bases.spaces import _basis

EPS = np.finfo(float).eps
seeds = st.integers(0, 2**32 - 1)
units = st.integers(-498, 498).map(lambda e: 2.0**e)  # 1e-150 to 1e150
fixed = settings(max_examples=200, derandomize=True)


def random_matrix(rng, m, n, condition):
    """Singular values spread evenly, on a log scale, from 1 down."""
    U = np.linalg.qr(rng.normal(size=(m, n)))[0]
    V = np.linalg.qr(rng.normal(size=(n, n)))[0]
    return U * np.logspace(0, -np.log10(condition), n) @ V.T


def kahan(n, theta=1.2):
    """Kahan's matrix, whose columns are already in the order of pivoting."""
    s, c = math.sin(theta), math.cos(theta)
    rows = np.eye(n) - c * np.triu(np.ones((n, n)), 1)
    return s ** np.arange(n)[:, None] * rows


def glued(rng):
    """Blocks that are ill-conditioned, and the whole hardly more so.

    Smoktunowicz, Barlow and Langou (2006), section 4.
    """
    U = np.linalg.qr(rng.normal(size=(100, 100)))[0]
    V = np.linalg.qr(rng.normal(size=(100, 100)))[0]
    A = U * np.geomspace(1, 10, 100) @ V.T
    for block in np.split(np.arange(100), 20):
        W = np.linalg.qr(rng.normal(size=(5, 5)))[0]
        A[:, block] = A[:, block] * np.geomspace(1, 1000, 5) @ W.T
    return A


@fixed
@given(seeds)
def test_gram_schmidt_is_the_qr_factorisation(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 9))
    A = random_matrix(rng, n + int(rng.integers(0, 6)), n, 100)
    Q0, R0 = scipy.linalg.qr(A, mode="economic")
    signs = np.sign(np.diag(R0))
    for method in ("modified", "classical"):
        Q, R = gram_schmidt(A, method=method)
        np.testing.assert_allclose(Q, Q0 * signs, atol=1e-11)
        np.testing.assert_allclose(R, R0 * signs[:, None], atol=1e-11)


def loss_of_orthogonality(A, **options):
    Q, R = gram_schmidt(A, **options)
    np.testing.assert_allclose(Q @ R, A, atol=1e-15)
    return np.linalg.norm(np.eye(A.shape[1]) - Q.T @ Q, 2)


def test_what_rounding_does_to_orthogonality():
    rng = np.random.default_rng(1)
    conditions = np.logspace(2, 7, 11)
    losses = {"modified": [], "classical": []}
    for condition in conditions:
        A = random_matrix(rng, 30, 10, condition)
        for method, found in losses.items():
            found.append(loss_of_orthogonality(A, method=method))
            assert loss_of_orthogonality(A, method=method, passes=2) < 30 * EPS
    for method, power in (("modified", 1), ("classical", 2)):
        slope = np.polyfit(np.log(conditions), np.log(losses[method]), 1)[0]
        assert slope == pytest.approx(power, abs=0.3)


def test_two_passes_stay_orthogonal_on_a_hilbert_matrix():
    H = scipy.linalg.hilbert(10)
    assert loss_of_orthogonality(H) > 1e-6
    assert loss_of_orthogonality(H, passes=2) < 30 * EPS


def test_a_third_pass_changes_nothing_much():
    A = scipy.linalg.hilbert(6)
    twice, thrice = (gram_schmidt(A, passes=k)[0] for k in (2, 3))
    np.testing.assert_allclose(twice, thrice, atol=1e-9)


@pytest.mark.parametrize(
    ("A", "options", "says"),
    [
        (np.eye(2), {"method": ["classical"]}, r"got \['classical'\]"),
        (np.eye(2), {"method": "new"}, r"one of .*'classical'\], got 'new'"),
        (np.eye(2), {"passes": 0}, "passes must be at least 1, got 0"),
        (np.ones((2, 3)), {}, r"not be wider than high, got \(2, 3\)"),
        ([[1, 2], [2, 4]], {}, "must be independent, got column 1 with 0"),
        ([[0.0], [0.0]], {}, "must be independent, got column 0"),
        ([[1, np.nan]], {}, r"A must be finite, got nan at index \(0, 1\)"),
        ([1.0, 2.0], {}, r"A must be a matrix of shape \(m, n\), got \(2,\)"),
    ],
)
def test_gram_schmidt_refuses(A, options, says):
    with pytest.raises(ValueError, match=says):
        gram_schmidt(A, **options)


@fixed
@given(seeds)
def test_the_rank_is_that_of_singular_values(seed):
    rng = np.random.default_rng(seed)
    m, n, r = rng.integers(1, 9, size=3)
    A = rng.normal(size=(m, r)) @ rng.normal(size=(r, n))
    A = A * 10.0 ** rng.integers(-200, 200)
    assert rank(A) == np.linalg.matrix_rank(A) == min(m, n, r)


def test_a_zero_matrix_has_rank_zero():
    assert rank(np.zeros((3, 2))) == 0


def test_the_tolerance_decides_on_the_rank():
    A = np.diag([1.0, 1e-6])
    assert (rank(A), rank(A, rtol=1e-3)) == (2, 1)


@fixed
@given(seeds)
def test_the_rank_of_columns_is_that_of_their_subspaces(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 9))
    Q, P = (np.linalg.qr(rng.normal(size=(n, n)))[0] for _ in range(2))
    A = Q * 10.0 ** -rng.uniform(0, 20, size=n) @ P
    assert rank(A) == subspaces(A).row.shape[1]
    assert rank(A, rtol=1e-9) == subspaces(A, rtol=1e-9).row.shape[1]


def test_the_rank_is_one_decision_for_all_chapters():
    for A in (np.diag([1.0, 3e-15]), scipy.linalg.hilbert(12), kahan(100)):
        assert rank(A) == subspaces(A).row.shape[1]
    assert rank(np.diag([1.0, 3e-15])) == 2


def perturbed_kahan():
    return kahan(100) + 25 * EPS * np.diag(np.arange(100.0, 0, -1))


def test_the_rank_is_not_fooled_where_elimination_by_columns_is():
    A = perturbed_kahan()
    pivots = np.abs(np.diag(scipy.linalg.qr(A, pivoting=True)[1]))
    assert pivots[-1] > 1e-4 * pivots[0]  # says that all are independent
    assert rank(A) == np.linalg.matrix_rank(A) == 99


def test_columns_are_chosen_far_from_dependent():
    A = perturbed_kahan()
    found = combination(A, A @ np.ones(100))
    assert found.exact
    assert not found.unique
    assert np.abs(found.weights).max() < 100
    assert found.residual < 1e-12


@fixed
@given(seeds, st.integers(2, 8))
def test_dependent_columns_are_refused_whatever_rounding_leaves(seed, n):
    rng = np.random.default_rng(seed)
    r = int(rng.integers(1, n))
    A = rng.normal(size=(n, r)) @ rng.normal(size=(r, n))
    A = A * 2.0 ** rng.integers(-400, 400, size=n)
    with pytest.raises(ValueError, match="columns must be independent"):
        gram_schmidt(A)
    with pytest.raises(ValueError, match=f"{n} independent columns, got"):
        coordinates(A, np.ones(n))


def test_the_first_dependent_column_is_named():
    A = np.array([[1.0, 0, 1, 0], [0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]])
    with pytest.raises(ValueError, match="got column 2 with"):
        gram_schmidt(A)


@fixed
@given(seeds, units)
def test_bases_do_not_depend_on_units(seed, s):
    rng = np.random.default_rng(seed)
    A, c = rng.normal(size=(5, 4)), rng.normal(size=5)
    t = 2.0 ** rng.integers(-400, 400, size=4)  # a unit for each column
    (Q, R), (P, S) = gram_schmidt(A), gram_schmidt(A * t)
    np.testing.assert_array_equal(Q, P)
    np.testing.assert_array_equal(R * t, S)
    B = A[:4] @ A[:4].T  # also an ill-conditioned one
    w = coordinates(B, c[:4])
    np.testing.assert_allclose(coordinates(B * t, s * c[:4]), s * w / t, 1e-9)
    one, other = combination(A, c), combination(s * A, s * c)
    np.testing.assert_allclose(one.weights, other.weights, rtol=1e-9)
    assert other.residual == pytest.approx(s * one.residual)
    assert rank(s * np.outer(c, c)) == rank(np.outer(c, c)) == 1


def test_at_the_edge_of_the_rank_a_combination_is_found():
    rng = np.random.default_rng(0)
    for _ in range(5000):  # near the edge a second decision may differ
        m, n = rng.integers(2, 6, size=2)
        k = min(m, n)
        U, V = (np.linalg.qr(rng.normal(size=(i, k)))[0] for i in (m, n))
        least = max(m, n) * EPS * rng.uniform(0.5, 2)
        A = U * np.append(np.ones(k - 1), least) @ V.T
        found = combination(A, A @ np.ones(n))
        assert found.residual < 1e-12
        assert np.count_nonzero(found.weights) <= k


def test_columns_among_the_smallest_floats_are_cleaned_exactly():
    A = np.random.default_rng(0).integers(1, 99, size=(5, 3))
    (Q, R), (P, S) = gram_schmidt(A), gram_schmidt(np.ldexp(A, -1070))
    np.testing.assert_array_equal(Q, P)
    np.testing.assert_array_equal(np.ldexp(R, -1070), S)


@fixed
@given(seeds)
def test_the_columns_of_a_basis_are_chosen_by_orthogonal_remainders(seed):
    """Against pivoting by reflections, which rounding does not hurt."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 9))
    r = int(rng.integers(1, n + 1))
    factors = rng.normal(size=(12, r)), rng.normal(size=(r, n))
    A = factors[0] @ factors[1]
    Vt = np.linalg.svd(A)[2][:r]
    pivots = scipy.linalg.qr(Vt, pivoting=True, mode="economic")[2][:r]
    assert _basis(A, r) == sorted(pivots)


def test_of_columns_that_are_as_long_the_first_counts():
    for A in ([[1, 1, 0], [0, 0, 1]], np.ones((3, 3)), np.eye(2)[:, [0, 0]]):
        w = combination(A, np.array(A) @ np.ones(len(A[0]))).weights
        assert w[1] == 0


def test_the_loss_of_the_classical_form_is_not_bounded_by_a_square():
    A = glued(np.random.default_rng(0))
    kappa = np.linalg.cond(A)
    assert kappa < 1e4
    Q, _ = gram_schmidt(A, method="classical")
    assert np.linalg.norm(np.eye(100) - Q.T @ Q, 2) > 1e4 * EPS * kappa**2
    Q, _ = gram_schmidt(A)
    assert np.linalg.norm(np.eye(100) - Q.T @ Q, 2) < 10 * EPS * kappa
    Q, _ = gram_schmidt(A, method="classical", passes=2)
    assert np.linalg.norm(np.eye(100) - Q.T @ Q, 2) < 100 * EPS


@fixed
@given(seeds)
def test_coordinates_are_those_of_a_solver(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 9))
    B, x = random_matrix(rng, n, n, 1e3), rng.normal(size=n)
    w = coordinates(B, x)
    np.testing.assert_allclose(w, np.linalg.solve(B, x), rtol=0, atol=1e-8)


def test_coordinates_of_an_ill_conditioned_basis_still_give_the_vector():
    H, x = scipy.linalg.hilbert(10), np.ones(10)
    w = coordinates(H, x)
    assert np.abs(H @ w - x).max() < 1e-14 * np.abs(H) @ np.abs(w) @ x


@pytest.mark.parametrize(
    ("B", "x", "says"),
    [
        ([[1, 2], [2, 4]], [1, 1], "2 independent columns, got 1"),
        (np.ones((2, 3)), [1, 1], r"B must be square, got \(2, 3\)"),
        (np.eye(2), [1, 2, 3], r"x must have shape \(2,\), got \(3,\)"),
        (np.eye(1), [np.inf], "x must be finite, got inf"),
    ],
)
def test_coordinates_need_a_basis(B, x, says):
    with pytest.raises(ValueError, match=says):
        coordinates(B, x)


@fixed
@given(seeds)
def test_a_combination_is_found_where_there_is_one(seed):
    rng = np.random.default_rng(seed)
    m, n, r = rng.integers(1, 8, size=3)
    A = rng.normal(size=(m, r)) @ rng.normal(size=(r, n))
    inside = A @ rng.normal(size=n)
    found = combination(A, inside)
    assert found.exact
    assert found.unique == (np.linalg.matrix_rank(A) == n)
    np.testing.assert_allclose(A @ found.weights, inside, atol=1e-11)


@fixed
@given(seeds)
def test_the_nearest_combination_is_that_of_least_squares(seed):
    rng = np.random.default_rng(seed)
    A, c = rng.normal(size=(6, 3)), rng.normal(size=6)
    w, squares = np.linalg.lstsq(A, c)[:2]
    found = combination(A, c)
    assert not found.exact
    np.testing.assert_allclose(found.weights, w, atol=1e-11)
    assert found.residual == pytest.approx(math.sqrt(squares[0]))


def test_superfluous_columns_get_no_weight():
    found = combination([[1, 2, 0], [0, 0, 1]], [4, 3])
    assert (found.exact, found.unique) == (True, False)
    np.testing.assert_allclose(found.weights, [0, 2, 3], atol=1e-15)


def test_a_basis_can_be_nearer_to_dependent_than_its_matrix():
    A = np.array(
        [
            [-0.2208, -0.41, 0.1216, 0.6173, -0.6224],
            [-0.2324, -0.09475, 0.1172, -0.08629, 0.08215],
            [-0.02135, 0.0009629, -0.0408, 0.001003, -0.00003452],
            [-0.01156, 0.0262, 0.00687, 0.008067, -0.003813],
            [0, 0, 0, 1.1e-15, 1.2e-15],
        ]
    )
    assert rank(A) == 5
    assert precision.column_rank(A) == 4
    found = combination(A, A.sum(axis=1))
    assert found.exact
    assert not found.unique
    assert np.count_nonzero(found.weights) == 4


def test_how_exact_a_combination_must_be():
    for share, exact in [(0.95, True), (1.05, False)]:
        c = [1, share * 10 * 2 * EPS * 2]  # 10 max(m, n) ε (‖c‖ + ‖a‖)
        assert combination([[1], [0]], c).exact == exact


def test_a_combination_of_few_long_columns_takes_little_room():
    A = np.random.default_rng(0).normal(size=(2000, 2))
    tracemalloc.start()
    try:
        combination(A, A[:, 0])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 100 * A.nbytes


def test_a_combination_that_was_found_is_not_changed():
    found = combination(np.eye(2), [1, 2])
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.exact = False


def test_zero_is_a_combination_of_anything():
    assert combination(np.zeros((2, 2)), [0, 0]).exact
    assert not combination(np.zeros((2, 2)), [0, 1]).exact


def test_the_tolerance_decides_what_is_reached():
    A, c = [[1.0], [0.0]], [1.0, 1e-4]
    assert not combination(A, c).exact
    assert combination(A, c, rtol=1e-3).exact


@pytest.mark.parametrize(
    ("A", "c", "options", "says"),
    [
        (np.eye(2), [1, 2, 3], {}, r"c must have shape \(2,\), got \(3,\)"),
        (np.eye(2), [1, 2], {"rtol": -1}, "must not be negative, got -1"),
        (np.eye(2), [1, np.nan], {}, "c must be finite, got nan"),
        (np.zeros((0, 2)), [1], {}, "A must not be empty"),
    ],
)
def test_a_combination_needs_what_fits(A, c, options, says):
    with pytest.raises(ValueError, match=says):
        combination(A, c, **options)


@pytest.mark.parametrize(("gap", "taken"), [(1e-8, 1), (1e-12, 0)])
def test_of_columns_of_one_length_the_first_is_taken(gap, taken):
    assert _basis(np.array([[1.0, 1.0 + gap]]), 1) == [taken]
