import dataclasses
import functools
import itertools
import math

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st

from derivable.linalg import (
    LU,
    affine,
    apply_affine,
    cholesky,
    condition_number,
    dense,
    dense_flops,
    determinant,
    inverse,
    linearity_gap,
    lu,
    lu_solve,
    matrix_chain,
    projection_matrix,
    reflection,
    rotation,
    shear,
)
from derivable.linalg.matrices import elimination

EPS = np.finfo(float).eps
CASES = range(200)


def draw(seed, n=None):
    """A random matrix with κ below 1e6 and its generator."""
    rng = np.random.default_rng(seed)
    n = n or int(rng.integers(1, 13))
    A = rng.normal(size=(n, n))
    while np.linalg.cond(A) > 1e6:
        A = rng.normal(size=(n, n))
    return A, rng


@pytest.mark.parametrize("seed", CASES)
def test_lu_is_that_of_scipy(seed):
    A, _ = draw(seed)
    found = lu(A)
    P, L, U = scipy.linalg.lu(A)
    assert np.array_equal(found.perm, np.argmax(P, axis=0))
    np.testing.assert_allclose(found.L, L, atol=1e-12)
    np.testing.assert_allclose(found.U, U, atol=1e-12)


@pytest.mark.parametrize("seed", CASES)
def test_solution_determinant_and_inverse_are_those_of_numpy(seed):
    A, rng = draw(seed)
    b = rng.normal(size=(len(A), 3))
    rtol = 100 * EPS * np.linalg.cond(A)
    scale = np.abs(np.linalg.inv(A)).max()
    x = lu_solve(lu(A), b)
    far = np.linalg.norm(x - np.linalg.solve(A, b))
    assert far <= rtol * np.linalg.norm(x)
    assert determinant(A) == pytest.approx(np.linalg.det(A), rel=rtol)
    np.testing.assert_allclose(inverse(A), np.linalg.inv(A), atol=rtol * scale)


@pytest.mark.parametrize("seed", CASES)
def test_a_solution_has_a_small_residual_whatever_the_condition(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 13))
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    A = Q * np.logspace(0, -14, n) @ Q.T
    b = rng.normal(size=n)
    x = lu_solve(lu(A), b)
    allowed = 10 * n * EPS * np.linalg.norm(A, 2) * np.linalg.norm(x)
    assert np.linalg.norm(b - A @ x) <= allowed


@pytest.mark.parametrize("seed", CASES)
def test_cholesky_is_that_of_numpy(seed):
    B, _ = draw(seed)
    A = B @ B.T + np.eye(len(B))
    np.testing.assert_allclose(
        cholesky(A), np.linalg.cholesky(A), rtol=1e-9, atol=1e-12
    )


@pytest.mark.parametrize("seed", CASES)
def test_condition_number_is_that_of_numpy(seed):
    rng = np.random.default_rng(seed)
    m, n = sorted(rng.integers(1, 9, size=2), reverse=True)
    A = rng.normal(size=(m, n))
    expected = np.linalg.cond(A)
    assert condition_number(A) == pytest.approx(expected, rel=1e-9 * expected)


def test_a_worked_factorisation():
    found = lu([[1, 1, 1], [2, 4, 6], [4, 2, 8]])
    np.testing.assert_array_equal(found.perm, [2, 1, 0])
    np.testing.assert_allclose(
        found.L, [[1, 0, 0], [0.5, 1, 0], [0.25, 1 / 6, 1]]
    )
    np.testing.assert_allclose(found.U, [[4, 2, 8], [0, 3, 2], [0, 0, -4 / 3]])
    assert found.sign == -1
    assert determinant([[1, 1, 1], [2, 4, 6], [4, 2, 8]]) == pytest.approx(16)


def test_every_multiplier_is_at_most_one_with_pivoting():
    A = np.random.default_rng(0).normal(size=(40, 40))
    assert np.abs(lu(A).L).max() == 1
    assert np.abs(lu(A, pivot=False).L).max() > 10


def test_without_pivoting_the_rows_keep_their_order():
    A, _ = draw(1, 5)
    found = lu(A, pivot=False)
    np.testing.assert_array_equal(found.perm, range(5))
    assert found.sign == 1
    np.testing.assert_allclose(found.L @ found.U, A, atol=1e-12)


def test_a_small_pivot_destroys_the_solution_without_pivoting():
    A, b = [[1e-20, 1], [1, 1]], [1, 2]
    np.testing.assert_allclose(lu_solve(lu(A), b), [1, 1])
    np.testing.assert_allclose(lu_solve(lu(A, pivot=False), b), [0, 1])


def test_the_matrix_of_the_caller_is_not_changed():
    A, b = np.array([[0.0, 1.0], [2.0, 3.0]]), np.array([1.0, 2.0])
    lu_solve(lu(A), b)
    determinant(A)
    np.testing.assert_array_equal(A, [[0, 1], [2, 3]])
    np.testing.assert_array_equal(b, [1, 2])


def test_a_singular_matrix_has_factors_and_a_zero_pivot():
    A = np.array([[1.0, 2, 0], [2, 4, 0], [1, 0, 3]])
    found = lu(A)
    np.testing.assert_allclose(found.L @ found.U, A[found.perm])
    assert (np.diag(found.U) == 0).any()
    assert determinant(A) == 0


@pytest.mark.parametrize(
    "A", [[[0.0]], [[1, 2], [2, 4]], np.zeros((3, 3)), np.ones((4, 4))]
)
def test_a_singular_system_is_refused_with_the_pivot(A):
    for solve in (lambda A: lu_solve(lu(A), np.ones(len(A))), inverse):
        with pytest.raises(ValueError, match=r"invertible, got pivot \d = 0"):
            solve(A)
    assert determinant(A) == 0


def test_singularity_can_hide_in_rounding():
    A = np.array([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]])
    assert 0 < abs(determinant(A)) < 1e-15
    assert condition_number(A) > 1e15


@pytest.mark.parametrize(
    ("A", "error", "says"),
    [
        (np.ones((2, 3)), ValueError, r"A must be square, got \(2, 3\)"),
        (np.ones(3), ValueError, r"matrix of shape \(m, n\), got \(3,\)"),
        (3.0, ValueError, r"matrix of shape \(m, n\), got \(\)"),
        (np.ones((0, 0)), ValueError, r"not be empty, got \(0, 0\)"),
        ([[1, np.nan], [0, 1]], ValueError, r"got nan at index \(0, 1\)"),
        ([[1, 0], [np.inf, 1]], ValueError, r"got inf at index \(1, 0\)"),
        ([[1j, 0], [0, 1]], TypeError, "real numbers, got complex128"),
        ([["a"]], TypeError, "real numbers"),
    ],
)
@pytest.mark.parametrize("call", [lu, determinant, inverse, cholesky])
def test_a_bad_square_matrix_is_refused(call, A, error, says):
    with pytest.raises(error, match=says):
        call(A)


def test_a_zero_pivot_needs_an_exchange():
    A = [[0, 1], [1, 0]]
    with pytest.raises(ValueError, match="pivot 0 must not be zero"):
        lu(A, pivot=False)
    np.testing.assert_array_equal(lu_solve(lu(A), [3, 4]), [4, 3])


def test_overflow_is_refused_not_returned():
    with pytest.raises(ValueError, match="overflows at pivot 9"):
        lu([[1e-320, 1], [1, 1]], pivot=False)
    with pytest.raises(ValueError, match="overflows at pivot 1e"):
        lu([[1e308, 1e308], [-1e308, 1e308]])
    with pytest.raises(ValueError, match="the solution must be finite"):
        lu_solve(lu([[1e-300]]), [1e100])
    with pytest.raises(ValueError, match="determinant overflows"):
        determinant(1e10 * np.eye(40))


@pytest.mark.parametrize(
    ("b", "error", "says"),
    [
        ([1.0], ValueError, r"b must have 2 rows, got shape \(1,\)"),
        (1.0, ValueError, r"b must have 2 rows, got shape \(\)"),
        (np.ones((2, 1, 1)), ValueError, "2 rows"),
        ([1.0, np.nan], ValueError, r"b must be finite, got nan"),
        ([1j, 0], TypeError, "b must be real"),
        ([], ValueError, "b must not be empty"),
    ],
)
def test_a_bad_right_hand_side_is_refused(b, error, says):
    with pytest.raises(error, match=says):
        lu_solve(lu(np.eye(2)), b)


def test_what_lu_did_not_return_is_refused():
    with pytest.raises(TypeError, match="what lu returns, got ndarray"):
        lu_solve(np.eye(2), [1, 2])


def test_factors_cannot_be_replaced():
    with pytest.raises(dataclasses.FrozenInstanceError):
        lu(np.eye(2)).U = np.eye(2)
    assert isinstance(lu(np.eye(2)), LU)


@pytest.mark.parametrize("n", range(1, 6))
def test_determinant_is_the_sum_over_permutations(n):
    A, _ = draw(n, n)
    total = 0.0
    for p in itertools.permutations(range(n)):
        swaps = sum(a > b for a, b in itertools.combinations(p, 2))
        total += (-1) ** swaps * np.prod([A[i, p[i]] for i in range(n)])
    assert determinant(A) == pytest.approx(total)


def test_a_tiny_determinant_says_nothing_of_the_condition():
    A = 0.1 * np.eye(100)
    assert determinant(A) == pytest.approx(1e-100)
    assert condition_number(A) == 1
    assert determinant(1e-200 * np.eye(2)) == 0
    assert condition_number(1e-200 * np.eye(2)) == 1


@pytest.mark.parametrize(
    ("A", "says"),
    [
        ([[1, 2], [0, 1]], r"symmetric, got 2.0 at index \(0, 1\) and 0.0"),
        ([[1, 2], [2, 1]], "positive definite, got pivot 1 = -3"),
        ([[-1.0]], "positive definite, got pivot 0 = -1"),
        ([[1, 1], [1, 1]], "positive definite, got pivot 1 = 0"),
    ],
)
def test_cholesky_refuses_what_is_not_symmetric_positive_definite(A, says):
    with pytest.raises(ValueError, match=says):
        cholesky(A)


def test_cholesky_forgives_a_rounding_error_of_symmetry():
    np.testing.assert_allclose(
        cholesky([[4, 2 + 1e-13], [2, 5]]), [[2, 0], [1, 2]]
    )


def test_symmetry_is_judged_relative_to_the_largest_entry():
    with pytest.raises(ValueError, match="A must be symmetric"):
        cholesky(1e-9 * np.array([[4, 3], [2, 5]]))
    rounded = 1e12 * np.array([[4.0, 2.0], [2.0, 5.0]])
    rounded[0, 1] += 0.01
    np.testing.assert_allclose(cholesky(rounded), [[2e6, 0], [1e6, 2e6]])


UNITS = st.integers(-498, 498).map(lambda e: 2.0**e)  # 1e-150 to 1e150
SEEDS = st.integers(0, 2**32 - 1)
fixed = settings(max_examples=200, derandomize=True)

SINGULAR = [
    [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
    [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]],
    [[16, 2, 3, 13], [5, 11, 10, 8], [9, 7, 6, 12], [4, 14, 15, 1]],
    np.outer([0.1, 0.3, 0.7], [1 / 3, 1 / 7, 0.9]),
    scipy.linalg.hilbert(12),
]


@pytest.mark.parametrize("A", SINGULAR)
def test_rounding_does_not_make_a_singular_matrix_invertible(A):
    A = np.array(A, dtype=float)
    for order in itertools.permutations(range(3)):
        rows = [*order, *range(3, len(A))]
        for B in (A[rows], A[:, rows], A[rows].T):
            with pytest.raises(ValueError, match="invertible, got"):
                lu_solve(lu(B), np.ones(len(A)))
            with pytest.raises(ValueError, match="invertible, got"):
                inverse(B)
            with pytest.raises(ValueError, match="positive definite, got"):
                cholesky(B.T @ B)


@fixed
@given(SEEDS, st.integers(2, 8))
def test_no_order_of_rounding_decides_on_the_rank(seed, n):
    rng = np.random.default_rng(seed)
    r = int(rng.integers(1, n))
    B = rng.normal(size=(n, r))
    t, s = 2.0 ** rng.integers(-200, 200, size=(2, n))
    A = t[:, None] * (B @ rng.normal(size=(r, n))) * s
    assert lu(A).rank < n
    with pytest.raises(ValueError, match="invertible, got"):
        lu_solve(lu(A), np.ones(n))
    with pytest.raises(ValueError, match="positive definite, got"):
        cholesky(t[:, None] * (B @ B.T) * t)


@fixed
@given(SEEDS, UNITS, UNITS)
def test_a_system_does_not_depend_on_units(seed, s, t):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 7))
    A, b = rng.normal(size=(n, n)), rng.normal(size=(n, 2))
    if np.linalg.cond(A) > 1e10:
        return
    x = lu_solve(lu(A), b)
    np.testing.assert_array_equal(lu_solve(lu(s * A), t * b), x * (t / s))
    np.testing.assert_array_equal(inverse(s * A), inverse(A) / s)
    M = A @ A.T
    np.testing.assert_allclose(cholesky(s * s * M), s * cholesky(M), 1e-9)
    assert condition_number(s * A) == condition_number(A)
    gaps = linearity_gap(lambda x: s * (A @ x), n, rng=rng, trials=3)
    assert max(gaps) < 1e-14


@fixed
@given(SEEDS)
def test_equations_and_unknowns_have_units_of_their_own(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 7))
    A, x = rng.normal(size=(n, n)), rng.normal(size=n)
    d, e = 2.0 ** rng.integers(-300, 300, size=(2, n))
    found = lu_solve(lu(d[:, None] * A * e), d * (A @ x)) * e
    skeel = np.linalg.norm(np.abs(np.linalg.inv(A)) @ np.abs(A), np.inf)
    allowed = 100 * EPS * skeel * max(1, np.abs(lu(A).U).max())
    np.testing.assert_allclose(found, x, atol=allowed * np.abs(x).max())


def test_lu_takes_the_operations_that_the_page_counts(monkeypatch):
    operations = []

    def outer(a, b):
        operations.append(2 * a.size * b.size)  # multiply and subtract
        operations.append(a.size)  # the divisions that made a
        return np.multiply.outer(a, b)

    monkeypatch.setattr(elimination.np, "outer", outer)
    for n in (1, 2, 7, 10):
        operations.clear()
        lu(np.random.default_rng(0).normal(size=(n, n)))
        assert 6 * sum(operations) == 4 * n**3 - 3 * n**2 - n


@pytest.mark.parametrize("n", [1, 30, 170])
def test_the_pivots_of_a_determinant_may_leave_float64_on_the_way(n):
    ends = np.repeat([0.01, 100.0], n)
    assert determinant(np.diag(ends)) == pytest.approx(1, rel=1e-13)
    assert determinant(np.diag(ends[::-1])) == pytest.approx(1, rel=1e-13)
    assert determinant(np.diag([1e-300, -1e300, 1e-300])) == -1e-300


def test_many_pivots_of_one_do_not_vanish():
    assert determinant(np.eye(1100)) == 1  # a mantissa of one half each


@fixed
@given(SEEDS, st.integers(-40, 40))
def test_a_determinant_changes_with_the_units_of_its_rows(seed, e):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    A, powers = rng.normal(size=(n, n)), rng.integers(-150, 150, size=n)
    scaled = np.ldexp(A, powers[:, None] + e)
    expected = math.ldexp(np.linalg.det(A), int(powers.sum()) + n * e)
    assert determinant(scaled) == pytest.approx(expected, rel=1e-9)


def test_condition_number_of_a_singular_matrix_is_infinite():
    assert condition_number([[1, 0], [0, 0]]) == np.inf
    assert condition_number(np.zeros((2, 2))) == np.inf


def test_condition_number_of_what_keeps_lengths_is_one():
    assert condition_number(rotation(0.7)) == pytest.approx(1)
    assert condition_number([[2.0]]) == 1
    assert condition_number(np.diag([3, -1e-3])) == pytest.approx(3000)


@pytest.mark.parametrize(
    ("A", "error", "says"),
    [
        (np.ones((2, 3)), ValueError, r"m ≥ n rows, got shape \(2, 3\)"),
        (np.ones((0, 2)), ValueError, "must not be empty"),
        (1.0, ValueError, "must be a matrix"),
        ([[np.inf]], ValueError, "must be finite"),
        ([[1j]], TypeError, "must be real"),
    ],
)
def test_condition_number_refuses_what_is_no_tall_matrix(A, error, says):
    with pytest.raises(error, match=says):
        condition_number(A)


@pytest.mark.parametrize("theta", np.linspace(-7, 7, 29))
def test_a_rotation_multiplies_complex_numbers(theta):
    z = 3 + 4j
    turned = z * np.exp(1j * theta)
    np.testing.assert_allclose(
        rotation(theta) @ [3, 4], [turned.real, turned.imag]
    )


@pytest.mark.parametrize("theta", np.linspace(-7, 7, 29))
def test_a_reflection_keeps_its_mirror_and_turns_its_normal(theta):
    M = reflection(theta)
    along = np.array([np.cos(theta), np.sin(theta)])
    np.testing.assert_allclose(M @ along, along, atol=1e-12)
    across = np.array([-np.sin(theta), np.cos(theta)])
    np.testing.assert_allclose(M @ across, -across, atol=1e-12)


def test_a_shear_moves_by_the_height():
    np.testing.assert_allclose(shear(0.5) @ [2, 2], [3, 2])
    np.testing.assert_allclose(shear(-2) @ [0, 1], [-2, 1])


@pytest.mark.parametrize("length", [1e-320, 1e-200, 1.0, 1e200])
def test_a_projection_is_the_nearest_point_of_the_line(length):
    u = np.array([1.0, 2.0, -2.0])
    x = np.array([3.0, 1.0, 4.0])
    found = projection_matrix(length * u if length > 1e-300 else [0, length])
    if length > 1e-300:
        np.testing.assert_allclose(found @ x, u * (x @ u) / 9)
        np.testing.assert_allclose(found @ found, found, atol=1e-15)
    else:
        np.testing.assert_allclose(found, [[0, 0], [0, 1]])


@pytest.mark.parametrize("call", [rotation, reflection, shear])
def test_a_bad_angle_or_factor_is_refused(call):
    with pytest.raises(ValueError, match="must be finite, got nan"):
        call(np.nan)
    with pytest.raises(ValueError, match=r"scalar, got shape \(2,\)"):
        call([1, 2])
    with pytest.raises(TypeError, match="must be real"):
        call(1j)


@pytest.mark.parametrize(
    ("u", "says"),
    [
        ([0.0, 0.0], "u must not be zero"),
        (2.0, r"vector of shape \(n,\), got \(\)"),
        ([np.inf, 1], "u must be finite"),
        ([], "u must not be empty"),
    ],
)
def test_a_bad_line_is_refused(u, says):
    with pytest.raises(ValueError, match=says):
        projection_matrix(u)


def test_a_mirror_at_a_huge_angle_is_a_mirror():
    F = reflection(1.5e308)
    np.testing.assert_allclose(F @ F, np.eye(2), atol=1e-15)


def test_rounding_may_touch_the_last_row_of_an_affine_map():
    turn = np.linalg.inv(affine(rotation(0.3), [1e8, 2.0]))
    turn[2] = [1e-25, -1e-25, 1 - EPS]
    expected = np.linalg.solve(rotation(0.3), np.subtract([3, 4], [1e8, 2]))
    np.testing.assert_allclose(apply_affine(turn, [3, 4]), expected)
    with pytest.raises(ValueError, match="the last row of M must be"):
        apply_affine(turn, [3e20, 4])


@pytest.mark.parametrize("seed", range(20))
def test_affine_maps_compose_by_multiplication(seed):
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(4, 3)), rng.normal(size=(2, 4))
    a, b, X = rng.normal(size=4), rng.normal(size=2), rng.normal(size=(5, 3))
    both = affine(B, b) @ affine(A, a)
    expected = (X @ A.T + a) @ B.T + b
    np.testing.assert_allclose(apply_affine(both, X), expected)
    np.testing.assert_allclose(apply_affine(both, X[0]), expected[0])


@pytest.mark.parametrize(
    ("A", "b", "says"),
    [
        (np.eye(2), [1.0], r"b must have shape \(2,\), got \(1,\)"),
        (np.eye(2), 1.0, "b must be a vector"),
        ([1.0], [1.0], "A must be a matrix"),
        (np.eye(2), [1, np.nan], "b must be finite"),
    ],
)
def test_a_bad_affine_map_is_refused(A, b, says):
    with pytest.raises(ValueError, match=says):
        affine(A, b)


@pytest.mark.parametrize(
    ("M", "X", "says"),
    [
        (2 * np.eye(3), [0, 0], "last row of M must be"),
        (np.eye(3), [0, 0, 0], r"X must have shape \(k, 2\), got \(3,\)"),
        (np.eye(3), 1.0, r"X must have shape \(k, 2\), got \(\)"),
        (np.eye(3), np.ones((1, 1, 2)), "X must have shape"),
    ],
)
def test_points_that_do_not_fit_are_refused(M, X, says):
    with pytest.raises(ValueError, match=says):
        apply_affine(M, X)


def test_a_linear_map_has_no_gap():
    A = np.random.default_rng(0).normal(size=(3, 4))
    gaps = linearity_gap(lambda x: A @ x, 4, rng=np.random.default_rng(1))
    assert max(gaps) < 1e-15


@pytest.mark.parametrize(
    ("f", "additive", "homogeneous"),
    [
        (lambda x: x + 1, False, False),
        (np.abs, False, False),
        (lambda x: x * np.linalg.norm(x), False, False),
        (lambda x: x[:1] ** 3 / (x @ x), False, True),
        (np.zeros_like, True, True),
    ],
)
def test_each_half_of_linearity_is_tested(f, additive, homogeneous):
    gaps = linearity_gap(f, 2, rng=np.random.default_rng(1))
    assert [g < 1e-12 for g in gaps] == [additive, homogeneous]


def test_the_number_of_trials_and_the_length_count():
    lengths = []

    def f(x):
        lengths.append(len(x))
        return x

    linearity_gap(f, 3, rng=np.random.default_rng(0), trials=7)
    assert lengths == [3] * 28


def test_the_generator_of_the_caller_decides():
    f, rng = np.abs, np.random.default_rng
    one = linearity_gap(f, 2, rng=rng(1), trials=1)
    assert one == linearity_gap(f, 2, rng=rng(1), trials=1)
    assert one != linearity_gap(f, 2, rng=rng(2), trials=1)


@pytest.mark.parametrize(
    ("f", "n", "trials", "error", "says"),
    [
        (3, 2, 1, TypeError, "f must be a function"),
        (np.abs, 0, 1, ValueError, "n must be at least 1, got 0"),
        (np.abs, 2.0, 1, TypeError, "n must be a whole number, got 2.0"),
        (np.abs, 2, 0, ValueError, "trials must be at least 1, got 0"),
        (lambda _: np.nan, 2, 1, ValueError, r"f\(x\) must be finite"),
        (lambda x: x[x > 0], 9, 5, ValueError, r"f\(x\) must have one sh"),
        (lambda x: 1j * x, 2, 1, TypeError, r"f\(x\) must be real"),
    ],
)
def test_linearity_of_what_cannot_be_tested_is_refused(
    f, n, trials, error, says
):
    with pytest.raises(error, match=says):
        linearity_gap(f, n, rng=np.random.default_rng(0), trials=trials)


def every_cost(dims):
    """Costs of all orders, by trying each last product."""
    if len(dims) == 2:
        return [0]
    return [
        a + b + dims[0] * dims[s] * dims[-1]
        for s in range(1, len(dims) - 1)
        for a in every_cost(dims[: s + 1])
        for b in every_cost(dims[s:])
    ]


def priced(order, dims):
    """Shape and cost of an order, by carrying it out."""
    if isinstance(order, int):
        return (dims[order], dims[order + 1]), 0
    (n, d), a = priced(order[0], dims)
    (e, k), b = priced(order[1], dims)
    assert d == e
    return (n, k), a + b + n * d * k


@pytest.mark.parametrize("seed", range(40))
def test_the_cheapest_order_is_the_cheapest_of_all(seed):
    rng = np.random.default_rng(seed)
    dims = rng.integers(1, 30, size=rng.integers(2, 8)).tolist()
    cost, order = matrix_chain(dims)
    assert cost == min(every_cost(dims))
    assert priced(order, dims) == ((dims[0], dims[-1]), cost)


def test_a_chain_of_one_costs_nothing():
    assert matrix_chain([3, 4]) == (0, 0)


@pytest.mark.parametrize(
    ("dims", "error", "says"),
    [
        ([3], ValueError, "two numbers or more"),
        ([], ValueError, "two numbers or more"),
        ([3, 0], ValueError, r"dims\[1\] must be at least 1, got 0"),
        ([3, 2.5], TypeError, r"dims\[1\] must be a whole number, got 2.5"),
    ],
)
def test_a_bad_chain_is_refused(dims, error, says):
    with pytest.raises(error, match=says):
        matrix_chain(dims)


def test_a_dense_layer_is_the_sum_of_products():
    rng = np.random.default_rng(0)
    X, W, b = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), [10.0, 20.0]
    Z = dense(X, W, b)
    for i, j in np.ndindex(4, 2):
        assert Z[i, j] == pytest.approx(
            sum(X[i, k] * W[k, j] for k in range(3)) + b[j]
        )


@pytest.mark.parametrize(
    ("X", "W", "b", "says"),
    [
        (np.ones((2, 3)), np.ones((2, 2)), [0, 0], r"\(n, 2\), got \(2, 3\)"),
        (np.ones(2), np.ones((2, 2)), [0, 0], "X must be a matrix"),
        (np.ones((2, 2)), np.ones((2, 3)), [0, 0], r"\(3,\), got \(2,\)"),
        (np.ones((2, 2)), np.ones((2, 1)), 0.0, "b must be a vector"),
        (np.ones((0, 2)), np.ones((2, 1)), [0], "X must not be empty"),
    ],
)
def test_a_layer_that_does_not_fit_is_refused(X, W, b, says):
    with pytest.raises(ValueError, match=says):
        dense(X, W, b)


def test_sums_of_a_layer_that_overflow_are_refused():
    with pytest.raises(ValueError, match=r"X W [+] b must be finite, got inf"):
        dense([[1e200, 1e200]], [[1e200], [1e200]], [0])
    with pytest.raises(ValueError, match="moved points must be finite"):
        apply_affine(affine([[1e200]], [0]), [1e200])


def test_flops_are_counted_by_hand():
    macs = 32 * (10 * 20 + 20 * 15 + 15 * 5)
    assert macs == 18_400
    assert dense_flops(32, [10, 20, 15, 5], bias=False) == 2 * macs
    assert dense_flops(32, [10, 20, 15, 5]) == 2 * macs + 32 * 40 == 38_080


@pytest.mark.parametrize(
    ("n", "sizes", "error", "says"),
    [
        (0, [2, 3], ValueError, "n must be at least 1, got 0"),
        (1, [2], ValueError, "two widths or more"),
        (1, [2, -3], ValueError, r"sizes\[1\] must be at least 1, got -3"),
        (1.5, [2, 3], TypeError, "n must be a whole number"),
    ],
)
def test_a_bad_network_is_refused(n, sizes, error, says):
    with pytest.raises(error, match=says):
        dense_flops(n, sizes)


def test_growth_doubles_for_each_row_of_the_worst_matrix():
    n = 20
    W = np.eye(n) - np.tril(np.ones((n, n)), -1)
    W[:, -1] = 1
    assert lu(W).U[-1, -1] == 2.0 ** (n - 1)


def test_permutations_have_the_sign_of_their_exchanges():
    for p in itertools.permutations(range(4)):
        P = np.eye(4)[list(p)]
        swaps = sum(a > b for a, b in itertools.combinations(p, 2))
        assert determinant(P) == (-1) ** swaps
        assert functools.reduce(np.matmul, [P, P.T]).trace() == 4
