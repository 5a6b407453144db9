import math
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

from derivable.linalg import (
    NOTES,
    angle,
    bag_of_words,
    cosine_search,
    cosine_similarity,
    cross,
    distance,
    dot,
    norm,
    projection,
    unit,
)
from derivable.linalg.vectors.search import COMMON

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


def test_an_error_of_unit_calls_the_vector_by_its_name():
    for wrong, rule in (
        ([0.0, 0.0], "w must not be zero"),
        ([1.0, np.nan], "w must be finite"),
        ([[1.0]], "w must be a vector"),
    ):
        with pytest.raises(ValueError, match=rule):
            unit(wrong, "w")


# search


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
