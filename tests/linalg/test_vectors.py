import math
import tracemalloc
from fractions import Fraction
from pathlib import Path

import jax
import mpmath
import numpy as np
import pytest
import scipy.linalg
import scipy.spatial.distance
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics.pairwise import cosine_similarity as sklearn_cosine

from derivable import _precision as precision
from derivable.linalg import (
    NOTES,
    angle,
    bag_of_words,
    combination,
    coordinates,
    cosine_search,
    cosine_similarity,
    cross,
    distance,
    dot,
    gram_schmidt,
    norm,
    projection,
    rank,
    subspaces,
    unit,
)
from derivable.linalg.vectors.search import COMMON
from derivable.linalg.vectors.spaces import _basis

EPS = np.finfo(float).eps
orders = st.sampled_from([1, 1.5, 2, 3, 10, math.inf])
values = st.floats(-100, 100)
sizes = st.integers(1, 12)
vectors = sizes.flatmap(lambda n: arrays(float, n, elements=values))
pairs = sizes.flatmap(lambda n: arrays(float, (2, n), elements=values))
nonzero = pairs.filter(lambda p: np.all(np.abs(p).max(axis=1) > 1e-3))
seeds = st.integers(0, 2**32 - 1)
SMALLEST = 5e-324
units = st.integers(-498, 498).map(lambda e: 2.0**e)  # 1e-150 to 1e150
cases = settings(max_examples=200)
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
    """Blocks that are ill-conditioned, while the whole is hardly so.

    Smoktunowicz, Barlow and Langou (2006), section 4.
    """
    U = np.linalg.qr(rng.normal(size=(100, 100)))[0]
    V = np.linalg.qr(rng.normal(size=(100, 100)))[0]
    A = U * np.geomspace(1, 10, 100) @ V.T
    for block in np.split(np.arange(100), 20):
        W = np.linalg.qr(rng.normal(size=(5, 5)))[0]
        A[:, block] = A[:, block] * np.geomspace(1, 1000, 5) @ W.T
    return A


def test_the_tab_for_jax_says_what_jax_does():
    page = Path(__file__).parents[2] / "docs" / "linalg" / "vectors.md"
    tab = page.read_text(encoding="utf-8").partition("/// tab | JAX")[2]
    program = tab.partition("```")[2].partition("```")[0].partition("\n")[2]
    *lines, last = program.strip().splitlines()
    names: dict[str, object] = {}
    with jax.enable_x64(False):  # as in a new process
        exec("\n".join(lines), names)  # noqa: S102
        product, largest = eval(last, names)  # noqa: S307
    assert "# float32: 32 and 3" in last
    assert (float(product), float(largest)) == (32, 3)
    assert product.dtype == largest.dtype == "float32"


# products and lengths


@cases
@given(pairs)
def test_the_dot_product_is_that_of_exact_sums(p):
    u, v = p
    exact = math.fsum(u * v)
    assert dot(u, v) == pytest.approx(exact, rel=1e-12, abs=1e-9)


@cases
@given(vectors, orders)
def test_the_norm_is_that_of_numpy(x, p):
    expected = np.linalg.norm(x, p)
    if np.any(x) and np.abs(x).max() > 1e-10:  # where no power underflows
        assert norm(x, p) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("p", [1, 2, 7, math.inf])
def test_lengths_neither_overflow_nor_vanish_on_the_way(p):
    for scale in (1e-300, 5e-324, 1e300):
        x = scale * np.array([1.0, 0, -1.0])
        expected = scale * 2 ** (1 / p)
        assert norm(x, p) == pytest.approx(expected, rel=1e-12, abs=5e-324)


def test_the_norm_of_zero_is_zero():
    assert [norm(np.zeros(3), p) for p in (1, 2, math.inf)] == [0, 0, 0]


@cases
@given(pairs, orders)
def test_the_distance_is_that_of_scipy(p, order):
    u, v = p
    if np.abs(u - v).max() > 1e-10:
        expected = scipy.spatial.distance.minkowski(u, v, order)
        assert distance(u, v, order) == pytest.approx(expected, rel=1e-12)


def test_a_distance_sees_the_smallest_difference():
    assert distance([5e-324], [0.0]) == 5e-324


@cases
@given(pairs, orders)
def test_a_detour_is_never_shorter(p, order):
    u, v = p
    assert (
        norm(u + v, order)
        <= (norm(u, order) + norm(v, order)) * (1 + 20 * EPS) + 1e-320
    )


@cases
@given(nonzero)
def test_a_unit_vector_has_length_one_and_the_same_direction(p):
    u = unit(p[0])
    assert np.linalg.norm(u) == pytest.approx(1, rel=1e-14)
    np.testing.assert_allclose(
        u * np.linalg.norm(p[0]), p[0], rtol=1e-13, atol=1e-320
    )


@cases
@given(nonzero)
def test_the_cosine_is_that_of_scikit_learn(p):
    expected = sklearn_cosine(p[:1], p[1:])[0, 0]
    assert cosine_similarity(*p) == pytest.approx(expected, abs=1e-13)


def test_a_cosine_never_leaves_its_range():
    rng = np.random.default_rng(0)
    for _ in range(200):
        x = rng.normal(size=7)
        assert cosine_similarity(x, 3 * x) <= 1
        assert cosine_similarity(x, -x) >= -1


def test_a_cosine_ignores_lengths_that_would_overflow():
    assert cosine_similarity([1e300, 1e300], [1e-300, 0]) == pytest.approx(
        math.sqrt(0.5)
    )


@pytest.mark.parametrize("theta", [1e-12, 1e-6, 0.5, 1.6, 3.0, math.pi])
def test_an_angle_is_exact_to_relative_precision(theta):
    v = [math.cos(theta), math.sin(theta)]
    assert angle([2.0, 0.0], v) == pytest.approx(theta, rel=1e-15, abs=0)


@cases
@given(seeds, st.floats(-18, 0.4))
def test_the_error_of_an_angle_is_a_few_eps_of_a_radian(seed, power):
    rng = np.random.default_rng(seed)
    u, w = np.linalg.qr(rng.normal(size=(6, 2)))[0].T
    with mpmath.workdps(40):
        theta = mpmath.mpf(10) ** power
        c, s = mpmath.cos(theta), mpmath.sin(theta)
        turned = [c * x + s * y for x, y in zip(u, w, strict=True)]
        v = 7.3 * np.array(turned, dtype=float)
        assert abs(angle(u / 3, v) - theta) < 10 * EPS
        assert abs(angle(u / 3, -v) - (mpmath.pi - theta)) < 10 * EPS


@fixed
@given(seeds, units, units)
def test_angles_and_products_do_not_depend_on_units(seed, s, t):
    u, v = np.random.default_rng(seed).normal(size=(2, 3))
    assert angle(s * u, t * v) == angle(u, v)
    assert cosine_similarity(s * u, t * v) == cosine_similarity(u, v)
    np.testing.assert_array_equal(
        projection(s * u, t * v), s * projection(u, v)
    )
    assert norm(s * u) == s * norm(u)
    assert distance(s * u, s * v) == s * distance(u, v)
    np.testing.assert_array_equal(unit(s * u), unit(u))
    assert dot(s * u, v / s) == dot(u, v)
    np.testing.assert_array_equal(cross(s * u, v / s), cross(u, v))


@pytest.mark.parametrize(
    ("u", "v", "expected"),
    [
        ([1e200, 1e200], [1e200, -1e200], 0),
        ([1e200, 1, 1e200], [1e200, 0, -1e200], 0),
        ([1e300, 1e-300], [0, 1e300], 1),
        ([1e-200, 1e-200], [1e-100, 1e-100], 2e-300),
        ([0, 0], [1e300, 0], 0),
        ([0, 1e-20], [1e300, 1e-20], 1e-40),  # the giant counts for nothing
    ],
)
def test_no_product_leaves_float64_on_the_way_to_a_sum(u, v, expected):
    assert dot(u, v) == pytest.approx(expected, rel=1e-15, abs=0)


def test_a_cross_product_of_parallel_giants_is_zero():
    u = np.array([1e200, 1e200, -1e200])
    np.testing.assert_array_equal(cross(u, 2 * u), [0, 0, 0])


@cases
@given(nonzero)
def test_the_angle_is_the_arc_cosine(p):
    expected = math.acos(cosine_similarity(*p))
    assert angle(*p) == pytest.approx(expected, abs=1e-7)


@cases
@given(nonzero)
def test_a_projection_is_that_of_least_squares(p):
    u, v = p
    t = scipy.linalg.lstsq(v[:, None], u)[0][0]
    np.testing.assert_allclose(projection(u, v), t * v, atol=1e-11)


def test_a_projection_does_not_depend_on_the_length_of_the_line():
    short = projection([3.0, 4.0], [1e-200, 0])
    np.testing.assert_array_equal(short, [3, 0])
    np.testing.assert_array_equal(projection([3, 4], [1e200, 0]), [3, 0])


@cases
@given(arrays(float, (2, 3), elements=values))
@example(np.array([[9e-159, -1.6e-275, 1], [-1.2e-38, 9e-159, -1e-38]]))
def test_the_cross_product_is_exact_up_to_rounding(p):
    """Also where products leave the normal numbers, unlike NumPy's."""
    u, v = (list(map(Fraction, map(float, x))) for x in p)
    for found, i, j in zip(cross(*p), [1, 2, 0], [2, 0, 1], strict=True):
        terms = u[i] * v[j], -u[j] * v[i]
        rounding = 2 * EPS * float(abs(terms[0]) + abs(terms[1]))
        assert abs(Fraction(float(found)) - sum(terms)) <= rounding + SMALLEST


def test_the_cross_product_is_that_of_numpy():
    p = np.random.default_rng(0).normal(size=(2, 3))
    np.testing.assert_allclose(cross(*p), np.cross(*p), rtol=1e-13)


@pytest.mark.parametrize(
    ("call", "args", "error", "says"),
    [
        (dot, ([1], [1, 2]), ValueError, r"one shape, got \(1,\) and \(2,\)"),
        (dot, ([], []), ValueError, r"u must not be empty, got \(0,\)"),
        (dot, (3.0, 4.0), ValueError, r"u must be a vector of shape \(n,\)"),
        (dot, ([1j], [1]), TypeError, "u must be real numbers, got complex"),
        (dot, ([1], ["a"]), TypeError, "v must be real numbers, got <U1"),
        (dot, ([1, 2], [1, np.nan]), ValueError, r"got nan at index \(1,\)"),
        (dot, ([1e200], [1e200]), ValueError, "u · v must be finite, got inf"),
        (norm, ([[1.0]],), ValueError, r"x must be a vector .* \(1, 1\)"),
        (norm, ([np.inf],), ValueError, "x must be finite, got inf"),
        (norm, ([1.0], 0.5), ValueError, "p must be at least 1, got 0.5"),
        (norm, ([1.0], np.nan), ValueError, "p must be finite, got nan"),
        (norm, ([1.7e308] * 2,), ValueError, "the norm of x must be finite"),
        (distance, ([1], [1, 2]), ValueError, "must have one shape"),
        (distance, ([1e308], [-1e308]), ValueError, "u − v must be finite"),
        (unit, ([0, 0],), ValueError, "x must not be zero: it has no dir"),
        (cosine_similarity, ([0, 0], [1, 2]), ValueError, "u must not be ze"),
        (cosine_similarity, ([1, 2], [0, 0]), ValueError, "v must not be ze"),
        (angle, ([0.0], [1.0]), ValueError, "u must not be zero"),
        (angle, ([1.0], [0.0]), ValueError, "v must not be zero"),
        (projection, ([1.0], [0.0]), ValueError, "v must not be zero"),
        (cross, ([1, 2], [3, 4]), ValueError, "must have 3 entries, got 2"),
        (cross, ([1e200, 0, 0], [0, 1e200, 0]), ValueError, "u × v must be"),
    ],
)
def test_what_has_no_answer_is_refused(call, args, error, says):
    with pytest.raises(error, match=says):
        call(*args)


def test_the_arrays_of_the_caller_are_not_changed():
    u, v = np.array([3.0, 4.0]), np.array([1.0, 2.0])
    for call in (cosine_similarity, angle, projection, distance):
        call(u, v)
    unit(u)
    np.testing.assert_array_equal([u, v], [[3, 4], [1, 2]])


# spans and bases


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


def test_an_error_of_unit_calls_the_vector_by_its_name():
    for wrong, rule in (
        ([0.0, 0.0], "w must not be zero"),
        ([1.0, np.nan], "w must be finite"),
        ([[1.0]], "w must be a vector"),
    ):
        with pytest.raises(ValueError, match=rule):
            unit(wrong, "w")


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


# search


@pytest.mark.parametrize(("gap", "taken"), [(1e-8, 1), (1e-12, 0)])
def test_of_columns_of_one_length_the_first_is_taken(gap, taken):
    assert _basis(np.array([[1.0, 1.0 + gap]]), 1) == [taken]


def test_counts_are_floats():
    assert bag_of_words(["one word"])[0].dtype == np.float64


@pytest.mark.parametrize(("gap", "order"), [(3e-13, [0, 1]), (3e-12, [1, 0])])
def test_cosines_as_close_as_rounding_leave_the_order_of_rows(gap, order):
    cosines = 0.5 + 1e-13 + np.array([0.0, gap])
    X = np.column_stack([cosines, np.sqrt(1 - cosines**2)])
    assert cosine_search(X, [1, 0])[0].tolist() == order


def test_counts_are_those_of_scikit_learn():
    X, vocabulary = bag_of_words(NOTES.values())
    runs_of_letters = r"[^\W\d_]+"
    theirs = CountVectorizer(
        stop_words=list(COMMON), token_pattern=runs_of_letters
    )
    expected = theirs.fit_transform(NOTES.values()).toarray()
    np.testing.assert_array_equal(X, expected)
    assert vocabulary == list(theirs.get_feature_names_out())


def test_a_vocabulary_that_is_given_is_kept():
    X, vocabulary = bag_of_words(["Ça va, ça!"], ["va", "the", "ça"])
    np.testing.assert_array_equal(X, [[1, 0, 2]])
    assert vocabulary == ["va", "the", "ça"]


def test_the_best_row_comes_first_and_ties_keep_their_order():
    X = [[0, 1], [2, 0], [3, 3], [5, 0]]
    order, cosines = cosine_search(X, [1, 0])
    np.testing.assert_array_equal(order, [1, 3, 2, 0])
    expected = sklearn_cosine(X, [[1, 0]])[:, 0]
    np.testing.assert_allclose(cosines, expected, atol=1e-15)


def test_many_ties_keep_their_order_too():
    kinds = np.random.default_rng(0).integers(0, 2, size=200)
    order, _ = cosine_search(np.eye(2)[kinds], [1, 0])
    expected = [*np.flatnonzero(kinds == 0), *np.flatnonzero(kinds == 1)]
    np.testing.assert_array_equal(order, expected)


@cases
@given(seeds, st.integers(1, 30))
def test_no_cosine_of_a_search_leaves_its_range(seed, d):
    x = np.random.default_rng(seed).normal(size=d)
    _, cosines = cosine_search([x, 3 * x, -x], 7 * x)
    assert np.abs(cosines).max() <= 1
    np.testing.assert_allclose(cosines, [1, 1, -1], rtol=1e-14)


@cases
@given(seeds)
@example(28431)  # their cosines lie on both sides of a rounded decimal
def test_rows_along_one_line_tie(seed):
    rng = np.random.default_rng(seed)
    x, q = rng.normal(size=(2, 9))
    multiples = rng.uniform(0.1, 10, size=20)
    order, _ = cosine_search(multiples[:, None] * x, q)
    np.testing.assert_array_equal(order, range(20))


@pytest.mark.parametrize("name", list(NOTES))
def test_every_note_is_its_own_best_answer(name):
    X, vocabulary = bag_of_words(NOTES.values())
    question = bag_of_words([f"{NOTES[name]} {NOTES[name]}"], vocabulary)
    order, cosines = cosine_search(X, question[0][0])
    assert list(NOTES)[order[0]] == name
    assert cosines[order[0]] == pytest.approx(1)


@pytest.mark.parametrize(
    ("call", "args", "error", "says"),
    [
        (bag_of_words, ("one text",), TypeError, "several strings, got one"),
        (bag_of_words, ([1, 2],), TypeError, r"texts\[0\] must be a str"),
        (bag_of_words, (7,), TypeError, "texts must be a sequence, got 7"),
        (bag_of_words, (["sea"], "sea"), TypeError, "vocabulary must be sev"),
        (bag_of_words, (["sea"], [1]), TypeError, r"vocabulary\[0\] must be"),
        (bag_of_words, ([],), ValueError, "got 0 texts and 0 words"),
        (bag_of_words, (["the", "7"],), ValueError, "2 texts and 0 words"),
        (cosine_search, ([[1, 0]], [0, 0]), ValueError, "q must not be zero"),
        (cosine_search, ([[1], [0]], [1]), ValueError, "row 1 of X must not"),
        (cosine_search, ([[1, 0]], [1]), ValueError, r"shape \(2,\), got \(1"),
        (cosine_search, ([1], [1]), ValueError, "X must be a matrix"),
    ],
)
def test_a_search_needs_words(call, args, error, says):
    with pytest.raises(error, match=says):
        call(*args)
