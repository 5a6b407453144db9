import dataclasses
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from derivable.foundations import (
    Solutions,
    compose,
    is_affine,
    is_linear,
    left_inverse,
    solutions,
    undoes,
)
from derivable.linalg import linearity_gap, lu, lu_solve

seeds = st.integers(0, 2**32 - 1)
small = st.integers(-4, 4)


def double(x):
    return 2 * x


def add_three(x):
    return x + 3


def fresh(seed=0):
    return np.random.default_rng(seed)


class TestCompose:
    def test_the_last_function_is_applied_first(self):
        assert compose(add_three, double)(4) == 11
        assert compose(double, add_three)(4) == 14

    def test_three_functions_are_applied_from_the_right(self):
        said = compose(lambda s: s + "a", lambda s: s + "b", lambda s: s + "c")
        assert said("") == "cba"

    def test_of_one_function_it_is_that_function(self):
        assert compose(double)(4) == 8

    def test_of_none_it_is_the_identity(self):
        thing = object()
        assert compose()(thing) is thing

    def test_it_can_be_called_again(self):
        pipeline = compose(add_three, double)
        assert [pipeline(4), pipeline(4)] == [11, 11]

    @given(st.lists(st.tuples(small, small), min_size=3, max_size=5), small)
    def test_brackets_do_not_matter(self, lines, x):
        fs = [lambda x, a=a, b=b: a * x + b for a, b in lines]
        left = compose(compose(*fs[:2]), *fs[2:])
        right = compose(fs[0], compose(*fs[1:]))
        assert left(x) == right(x) == compose(*fs)(x)

    def test_what_cannot_be_called_is_named_by_its_place(self):
        with pytest.raises(
            TypeError, match=r"functions\[1\] must be a function, got float"
        ):
            compose(double, 2.0)


class TestUndoes:
    def test_an_inverse_brings_every_point_back(self):
        found = undoes(
            lambda y: (y - 3) / 2, lambda x: 2 * x + 3, np.linspace(-5, 5, 11)
        )
        assert found
        assert found.gap < 1e-15

    def test_the_root_does_not_undo_the_square_of_a_negative(self):
        found = undoes(np.sqrt, np.square, [1.0, 2.0, -3.0])
        assert not found
        assert found.x == -3.0
        assert found.back == 3.0
        assert found.gap == pytest.approx(6 / (3 + 3))

    def test_the_order_of_the_two_functions_matters(self):
        E, D = np.array([[1.0, 0.0]]), np.array([[1.0], [0.0]])
        assert undoes(lambda x: E @ x, lambda z: D @ z, [[2.0], [-1.0]])
        found = undoes(lambda z: D @ z, lambda x: E @ x, [[2.0, 0], [3, 4]])
        assert not found
        np.testing.assert_array_equal(found.x, [3, 4])
        np.testing.assert_array_equal(found.back, [3, 0])
        assert found.gap == pytest.approx(4 / (5 + 3))

    def test_points_may_be_matrices(self):
        X = fresh().normal(size=(4, 2, 3))
        found = undoes(np.transpose, np.transpose, X)
        assert found
        assert found.x.shape == (2, 3)

    @given(st.floats(-200, 200))
    def test_the_verdict_does_not_change_with_the_units(self, exponent):
        unit = 10.0**exponent
        points = np.linspace(-3, 3, 7) * unit
        assert undoes(lambda y: y / 3, lambda x: 3 * x, points)
        blunt = undoes(lambda y: y * (1 + 1e-6), lambda x: x, points)
        assert not blunt
        assert blunt.gap == pytest.approx(0.5e-6, rel=1e-4)

    def test_the_tolerance_decides(self):
        def nearly(y):
            return y * 1.002

        assert not undoes(nearly, float, [1.0], tolerance=0.9e-3)
        assert undoes(nearly, float, [1.0], tolerance=1.1e-3)

    def test_the_gap_is_relative_to_both_largest_norms_added_up(self):
        assert undoes(lambda y: y + 2, float, [1.0, -4.0]).gap == 2 / (4 + 3)
        assert undoes(np.sqrt, np.square, [-3.0]).gap == 1.0
        assert undoes(lambda y: -1e9 * y, float, [1.0], tolerance=1.0)

    def test_zero_may_be_among_the_points_or_alone(self):
        assert undoes(lambda y: y + 1e-17, float, [0.0, 1.0])
        assert undoes(float, float, [0.0]).gap == 0.0
        assert not undoes(lambda y: y + 1, float, [0.0])

    def test_a_function_may_change_its_argument(self):
        def centre(x):
            x -= x.mean()
            return x

        points = np.array([[1.0, 3.0]])
        found = undoes(lambda y: y + 2, centre, points)
        assert found
        np.testing.assert_array_equal(points, [[1.0, 3.0]])

    def test_another_shape_is_refused(self):
        with pytest.raises(
            ValueError, match=r"g\(f\(x\)\) must have shape \(2,\), got \(\)"
        ):
            undoes(np.sum, double, [[1.0, 2.0]])

    def test_one_number_is_no_list_of_points(self):
        with pytest.raises(ValueError, match="points must have shape"):
            undoes(double, double, 1.0)

    @pytest.mark.parametrize(
        ("g", "f", "name"), [(1, double, "g"), (double, 1, "f")]
    )
    def test_both_must_be_functions(self, g, f, name):
        with pytest.raises(TypeError, match=f"{name} must be a function"):
            undoes(g, f, [1.0])

    def test_the_default_tolerance_is_a_billionth(self):
        assert not undoes(lambda y: y * (1 + 2.2e-9), float, [1.0])
        assert undoes(lambda y: y * (1 + 1.8e-9), float, [1.0])

    @pytest.mark.parametrize(
        ("points", "back", "said"),
        [
            ([np.nan], 1.0, "points must be finite, got nan"),
            ([1.0], np.inf, r"g\(f\(x\)\) must be finite, got inf"),
        ],
    )
    def test_what_is_not_finite_is_named(self, points, back, said):
        with pytest.raises(ValueError, match=said):
            undoes(lambda _: back, float, points)

    def test_a_small_point_hides_behind_a_large_one(self):
        assert undoes(np.abs, float, [1e12, -1.0])
        assert not undoes(np.abs, float, [1.0, -1.0])

    def test_digits_that_either_function_loses_do_not_come_back(self):
        def rough(x):
            return (x + 1e17) - 1e17

        points = [1.0, 2.0, 3.0]
        assert not undoes(rough, float, points)
        assert not undoes(float, rough, points)

    def test_a_tolerance_of_zero_is_refused(self):
        with pytest.raises(ValueError, match="tolerance must be positive"):
            undoes(double, double, [1.0], tolerance=0.0)


class TestLeftInverse:
    @given(seeds)
    def test_it_undoes_the_decoder_and_projects_in_the_other_order(self, seed):
        rng = fresh(seed)
        n = int(rng.integers(1, 7))
        k = int(rng.integers(1, n + 1))
        Q, _ = np.linalg.qr(rng.normal(size=(n, k)))
        D = Q @ (np.eye(k) + 0.3 * np.triu(rng.uniform(-1, 1, (k, k))))
        E = left_inverse(D)
        np.testing.assert_allclose(E @ D, np.eye(k), atol=1e-12)
        np.testing.assert_allclose(D @ E, Q @ Q.T, atol=1e-12)

    def test_by_hand(self):
        E = left_inverse([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]])
        np.testing.assert_allclose(E, [[1, 0, 0], [0, 0.5, 0]], atol=1e-15)
        np.testing.assert_allclose(left_inverse([[1.0], [2.0]]), [[0.2, 0.4]])

    def test_a_square_one_is_the_inverse(self):
        D = fresh(3).normal(size=(4, 4))
        np.testing.assert_allclose(
            left_inverse(D), np.linalg.inv(D), rtol=1e-9
        )

    def test_columns_in_other_units_are_independent_all_the_same(self):
        E = left_inverse(np.diag([1.0, 1e-20]))
        np.testing.assert_allclose(E, np.diag([1.0, 1e20]))

    def test_nearly_dependent_columns_keep_digits_that_dtd_loses(self):
        h = 2.0**-27  # Läuchli: in float64 DᵀD is a matrix of ones
        D = np.array([[1.0, 1.0], [h, 0.0], [0.0, h]])
        assert np.linalg.matrix_rank(D.T @ D) == 1
        E = np.array([[h, 1 + h**2, -1], [h, -1, 1 + h**2]]) / (h * (2 + h**2))
        np.testing.assert_allclose(left_inverse(D), E, rtol=1e-6)

    @pytest.mark.parametrize(
        "D", [[[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]], [[1.0, 2.0]], [[0.0]]]
    )
    def test_dependent_columns_have_none(self, D):
        with pytest.raises(
            ValueError, match=r"D must have \d independent columns, got [01]"
        ):
            left_inverse(D)

    def test_columns_that_rounding_alone_keeps_apart_have_none(self):
        D = np.array([[0.1, 0.3], [0.2, 0.6]])
        assert np.linalg.det(D) != 0 or D[0, 1] / D[0, 0] != 3
        with pytest.raises(ValueError, match="2 independent columns, got 1"):
            left_inverse(D)


class TestProbing:
    @pytest.mark.parametrize("probe", [is_linear, is_affine])
    def test_twenty_probes_at_scale_one_are_the_default(self, probe):
        calls = []
        found = probe(lambda x: calls.append(x) or np.abs(x), 2, rng=fresh())
        again = probe(np.abs, 2, rng=fresh(), scale=1.0, trials=20)
        assert len(calls) == 3 * 20
        np.testing.assert_array_equal(found.u, again.u)
        wide = probe(np.abs, 2, rng=fresh(), scale=3.0)
        np.testing.assert_allclose(wide.u, 3 * found.u)
        assert wide.gap == pytest.approx(found.gap)

    @pytest.mark.parametrize("probe", [is_linear, is_affine])
    def test_probes_that_leave_float64_are_refused(self, probe):
        with pytest.raises(ValueError, match="u and v must be finite"):
            probe(np.abs, 9, rng=fresh(), scale=1.7e308)
        with pytest.raises(ValueError, match=r"s u \+ t v must be finite"):
            probe(np.abs, 2, rng=fresh(), scale=3e307, trials=200)

    @given(seeds)
    def test_a_matrix_is_linear_and_with_a_bias_affine(self, seed):
        rng = fresh(seed)
        m, n = (int(k) for k in rng.integers(1, 6, size=2))
        A, b = rng.normal(size=(m, n)), rng.normal(size=m)
        assert is_linear(lambda x: A @ x, n, rng=rng)
        assert is_affine(lambda x: A @ x, n, rng=rng)
        assert is_affine(lambda x: A @ x + b, n, rng=rng)
        assert not is_linear(lambda x: A @ x + b, n, rng=rng)

    @pytest.mark.parametrize(
        "f",
        [np.abs, np.square, np.tanh, lambda x: np.maximum(x, 0), np.sort],
        ids=["abs", "square", "tanh", "relu", "sort"],
    )
    def test_what_bends_is_neither(self, f):
        assert not is_linear(f, 3, rng=fresh())
        assert not is_affine(f, 3, rng=fresh())

    @pytest.mark.parametrize(
        ("f", "linear"),
        [
            (np.cumsum, True),
            (np.mean, True),
            (lambda x: x[::-1], True),
            (lambda x: x - x.mean(), True),
            (lambda x: 0 * x, True),
            (lambda x: 2 * x[0] - x[1], True),
            (lambda x: 0 * x + 1, False),
        ],
    )
    def test_it_agrees_with_the_test_of_both_properties(self, f, linear):
        gaps = linearity_gap(f, 3, rng=fresh())
        assert (max(gaps) < 1e-12) is linear
        assert bool(is_linear(f, 3, rng=fresh())) is linear
        assert is_affine(f, 3, rng=fresh())

    def test_the_witness_shows_the_gap_again(self):
        found = is_linear(np.abs, 2, rng=fresh())
        u, v, s, t = found.u, found.v, found.s, found.t
        whole, a, b = np.abs(s * u + t * v), s * np.abs(u), t * np.abs(v)
        size = sum(np.linalg.norm(y) for y in (whole, a, b))
        gap = np.linalg.norm(whole - a - b) / size
        assert found.gap == pytest.approx(gap)
        assert u.shape == v.shape == (2,)

    def test_weights_of_an_affine_probe_sum_to_one(self):
        linear = is_linear(np.abs, 2, rng=fresh())
        affine = is_affine(np.abs, 2, rng=fresh())
        assert affine.s + affine.t == pytest.approx(1)
        assert abs(linear.s + linear.t - 1) > 0.1

    def test_the_worst_of_all_probes_is_returned(self):
        seen = []

        def f(x):
            seen.append(x.item())
            return np.tanh(x)

        found = is_affine(f, 1, rng=fresh(), trials=8)
        w, u, v = np.reshape(seen, (8, 3)).T
        s = (w - v) / (u - v)
        terms = np.tanh(w), s * np.tanh(u), (1 - s) * np.tanh(v)
        gaps = np.abs(terms[0] - terms[1] - terms[2]) / np.abs(terms).sum(0)
        assert found.gap == pytest.approx(gaps.max())
        assert found.u.item() == u[np.argmax(gaps)]

    @pytest.mark.parametrize("probe", [is_linear, is_affine])
    def test_a_bend_is_found_only_at_its_scale(self, probe):
        def clipped(x):
            return np.clip(x, -100, 100)

        assert probe(clipped, 2, rng=fresh())
        assert not probe(clipped, 2, rng=fresh(), scale=100)

    def test_near_its_scale_it_is_chance_whether_a_bend_is_found(self):
        def clipped(x):
            return np.clip(3 * x, -100, 100)

        found = {
            bool(is_linear(clipped, 2, rng=fresh(s), scale=10))
            for s in range(20)
        }
        assert found == {True, False}

    @pytest.mark.parametrize("probe", [is_linear, is_affine])
    def test_a_matrix_in_float32_is_taken_for_neither(self, probe):
        W = fresh(1).normal(size=(2, 3)).astype(np.float32)
        found = probe(lambda x: W @ np.float32(x), 3, rng=fresh())
        assert not found
        assert found.gap < 1e-5

    @pytest.mark.parametrize("probe", [is_linear, is_affine])
    def test_a_bend_in_one_direction_needs_that_direction(self, probe):
        def f(x):
            return x + 5 * (x > 3)

        assert probe(f, 1, rng=fresh(1), trials=1)
        assert not probe(f, 1, rng=fresh(1), trials=2000)

    @pytest.mark.parametrize("probe", [is_linear, is_affine])
    def test_a_bend_of_a_millionth_is_not_taken_for_rounding(self, probe):
        assert not probe(lambda x: x + 1e-6 * x**2, 1, rng=fresh())
        assert probe(lambda x: x + 1e-13 * x**2, 1, rng=fresh())

    @pytest.mark.parametrize("probe", [is_linear, is_affine])
    def test_a_gap_of_a_billionth_of_the_values_is_the_limit(self, probe):
        def gap(bend):
            found = probe(lambda x: x + bend * np.abs(x), 1, rng=fresh())
            return found.gap, found.passed

        unit = 1e-9 * 1e-5 / gap(1e-5)[0]
        assert gap(0.99 * unit) == (pytest.approx(0.99e-9, rel=1e-3), True)
        assert gap(1.01 * unit) == (pytest.approx(1.01e-9, rel=1e-3), False)

    def test_a_fault_that_is_small_beside_the_values_passes(self):
        assert is_linear(lambda x: x + 1e-13, 3, rng=fresh())
        assert is_affine(lambda x: x**2 + 1e13, 3, rng=fresh())

    @pytest.mark.parametrize("probe", [is_linear, is_affine])
    @given(exponent=st.integers(-290, 290))
    def test_the_verdict_does_not_change_with_the_units(self, probe, exponent):
        unit = 10.0**exponent
        assert probe(lambda x: 3 * unit * x, 2, rng=fresh())
        assert not probe(lambda x: unit * np.abs(x), 2, rng=fresh())

    @pytest.mark.parametrize("probe", [is_linear, is_affine])
    def test_the_function_may_change_its_argument(self, probe):
        def in_place(x):
            x *= 2
            return x

        assert probe(in_place, 2, rng=fresh())

    @pytest.mark.parametrize("probe", [is_linear, is_affine])
    @pytest.mark.parametrize(
        ("wrong", "kind", "said"),
        [
            ({"f": 1}, TypeError, "f must be a function"),
            ({"n": 0}, ValueError, "n must be at least 1, got 0"),
            ({"trials": 0}, ValueError, "trials must be at least 1, got 0"),
            ({"scale": 0.0}, ValueError, "scale must be positive, got 0.0"),
            ({"rng": 0}, TypeError, "rng must be a Generator, got int"),
            (
                {"f": lambda x: x if x[0] > 0 else x[0]},
                ValueError,
                "must have one shape",
            ),
            ({"f": lambda x: x / 0 * 0}, ValueError, "must be finite"),
        ],
    )
    def test_a_wrong_argument_is_refused(self, probe, wrong, kind, said):
        given = {"f": double, "n": 2, "rng": fresh(), **wrong}
        with np.errstate(all="ignore"), pytest.raises(kind, match=said):
            probe(given.pop("f"), given.pop("n"), **given)


def exact_count(A, b):
    """By ranks in rational arithmetic."""
    A = sympy.Matrix([[sympy.Rational(Fraction(a)) for a in row] for row in A])
    b = sympy.Matrix([sympy.Rational(Fraction(a)) for a in b])
    r = A.rank()
    if A.row_join(b).rank() > r:
        return "none"
    return "one" if r == A.shape[1] else "infinitely many"


class TestSolutions:
    def test_two_lines_that_meet(self):
        found = solutions([[1, 1], [1, -1]], [3, 1])
        assert found.count == "one"
        np.testing.assert_allclose(found.x, [2, 1])
        assert found.directions.shape == (2, 0)

    def test_two_parallel_lines(self):
        found = solutions([[1, 1], [2, 2]], [3, 1])
        assert found.count == "none"
        assert found.x is None
        assert found.directions.shape == (2, 0)

    def test_one_line_twice(self):
        found = solutions([[1, 2], [2, 4]], [3, 6])
        assert found.count == "infinitely many"
        np.testing.assert_allclose(
            found.directions, np.array([[2], [-1]]) / np.sqrt(5)
        )
        np.testing.assert_allclose(
            np.array([[1, 2], [2, 4]]) @ (found.x + found.directions[:, 0]),
            [3, 6],
        )

    def test_an_unknown_that_is_zero_up_to_rounding_contradicts_nothing(self):
        found = solutions([[1, -2], [2, 0], [-2, 0]], [-2, 0, 0])
        assert found.count == "one"
        np.testing.assert_allclose(found.x, [0, 1], atol=1e-15)

    def test_a_large_unknown_hides_no_contradiction(self):
        A = [[1, 0], [0, 1], [0, 1]]
        assert solutions(A, [1e20, 1, 2]).count == "none"
        assert solutions(A, [1e20, 1, 1]).count == "one"

    @given(seeds)
    def test_the_count_is_that_of_rational_arithmetic(self, seed):
        rng = fresh(seed)
        m, n = (int(k) for k in rng.integers(1, 5, size=2))
        A = rng.integers(-2, 3, size=(m, n))
        b = rng.integers(-2, 3, size=m)
        if rng.uniform() < 0.5:
            b = A @ rng.integers(-2, 3, size=n)
        found = solutions(A, b)
        assert found.count == exact_count(A.tolist(), b.tolist())
        if found.count != "none":
            t = rng.normal(size=found.directions.shape[1])
            x = found.x + found.directions @ t
            np.testing.assert_allclose(A @ x, b, atol=1e-12)
            lengths = np.linalg.norm(found.directions, axis=0)
            np.testing.assert_allclose(lengths, 1)
            k = n - np.linalg.matrix_rank(A)
            assert found.directions.shape == (n, k)
            assert k == 0 or np.linalg.matrix_rank(found.directions) == k

    @given(seeds)
    def test_it_is_the_solution_of_elimination(self, seed):
        rng = fresh(seed)
        n = int(rng.integers(1, 7))
        A, b = rng.normal(size=(n, n)) + 5 * np.eye(n), rng.normal(size=n)
        found = solutions(A, b)
        assert found.count == "one"
        np.testing.assert_allclose(
            found.x, lu_solve(lu(A), b), rtol=1e-9, atol=1e-12
        )

    @given(seeds, st.integers(-300, 300), st.integers(-10, 10))
    def test_other_units_give_the_same_solutions(self, seed, row, column):
        rng = fresh(seed)
        A = rng.integers(-2, 3, size=(3, 3)).astype(float)
        b = rng.integers(-2, 3, size=3).astype(float)
        rows, columns = 2.0 ** np.array([0, row, -row]), 2.0**column
        scaled = solutions(
            rows[:, None] * A * [1, columns, 1 / columns], rows * b
        )
        assert scaled.count == solutions(A, b).count
        if scaled.count == "one":
            x = scaled.x * [1, columns, 1 / columns]
            np.testing.assert_allclose(x, np.linalg.solve(A, b), atol=1e-9)

    def test_rounded_dependence_is_dependence(self):
        A = np.array([[0.1, 0.3], [0.2, 0.6]])
        assert solutions(A, [0.4, 0.8]).count == "infinitely many"
        assert solutions(A, [0.4, 0.81]).count == "none"

    @given(seeds)
    def test_a_right_side_that_was_computed_is_reached(self, seed):
        rng = fresh(seed)
        A = rng.normal(size=(5, 2)) @ rng.normal(size=(2, 4))
        found = solutions(A, A @ rng.normal(size=4))
        assert found.count == "infinitely many"
        assert found.directions.shape == (4, 2)

    def test_a_row_of_zeros_says_nothing_or_something_false(self):
        assert solutions([[1.0], [0.0]], [1e20, 0]).count == "one"
        assert solutions([[1.0], [0.0]], [1e20, 1]).count == "none"
        assert solutions([[0.0, 0.0]], [0]).count == "infinitely many"
        assert solutions([[0.0, 0.0]], [1e-300]).count == "none"

    def test_each_equation_is_held_to_its_own_size(self):
        A = [[1, 0], [0, 1], [0, 1]]
        assert solutions(A, [1e20, 1, 1]).count == "one"
        assert solutions(A, [1e20, 1, 2]).count == "none"

    def test_unknowns_of_different_size_do_not_blur_an_equation(self):
        A = np.array(
            [
                [-2.0, 3, 2, 2],
                [0, 2, -3, 0],
                [-1, 2, -2, 2],
                [-2, 2, -3, -3],
            ]
        )
        b = A @ [-126.0, -4.4e-5, -9e-4, 1147.0]
        found = solutions(A, b)
        off = np.abs(A @ found.x - b)
        assert np.all(off <= 1e-13 * (np.abs(A) @ np.abs(found.x)))

    def test_rtol_says_how_far_the_numbers_are_trusted(self):
        A = [[1.0, 1.0], [1.0, 1.001]]
        assert solutions(A, [1, 2]).count == "one"
        assert solutions(A, [1, 2], rtol=0.01).count == "none"
        many = solutions(A, [1.0, 1.002], rtol=0.01)
        assert many.count == "infinitely many"
        assert many.directions.shape == (2, 1)

    def test_a_direction_that_an_unknown_does_not_enter_has_zero_there(self):
        found = solutions([[1e-20, 1e20, 1e20]], [0.0])
        assert found.directions.shape == (3, 2)
        np.testing.assert_allclose(
            [[1e-20, 1e20, 1e20]] @ found.directions, 0, atol=1e6
        )

    def test_unknowns_of_very_different_size_keep_their_directions(self):
        tiny = 2.0**-1000
        found = solutions([[1.0, tiny]], [0.0])
        np.testing.assert_allclose(found.directions[1], [1.0])
        assert found.directions[0, 0] / tiny == pytest.approx(-1.0)
        found = solutions([[1.0, 1.0, tiny, tiny]], [0.0])
        assert found.directions.shape == (4, 3)
        np.testing.assert_allclose(
            np.linalg.norm(found.directions, axis=0), 1.0
        )

    def test_the_sign_of_a_direction_is_fixed(self):
        for c in (1.0, -1.0):
            found = solutions([[c, c]], [0.0])
            assert found.directions[0, 0] > 0 > found.directions[1, 0]

    @pytest.mark.parametrize(
        "found",
        [
            solutions([[1.0]], [1.0]),
            is_linear(double, 1, rng=fresh()),
            undoes(float, float, [1.0]),
        ],
    )
    def test_what_was_found_cannot_be_changed(self, found):
        field = dataclasses.fields(found)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(found, field, None)

    def test_there_is_no_truth_value(self):
        found = solutions([[1.0]], [1.0])
        assert isinstance(found, Solutions)
        with pytest.raises(TypeError, match="compare `count`"):
            bool(found)

    @pytest.mark.parametrize(
        ("A", "b", "given", "said"),
        [
            ([[1.0, 2.0]], [1.0, 2.0], {}, r"b must have shape \(1,\)"),
            ([1.0, 2.0], [1.0], {}, "A must be a matrix"),
            ([[1.0]], 1.0, {}, "b must be a vector"),
            ([[1.0]], [np.nan], {}, "b must be finite, got nan"),
            ([[1.0]], [1.0], {"rtol": 1.0}, r"rtol must lie in \[0, 1\)"),
            ([[1e-200]], [1e200], {}, "b / A must be finite, got inf"),
            ([[1, 2.0**-1060]], [0], {}, "directions must be finite"),
            ([[1, 2.0**-1000], [1, 0]], [1e9, 0], {}, "x must be finite"),
        ],
    )
    def test_a_wrong_argument_is_refused(self, A, b, given, said):
        with pytest.raises(ValueError, match=said):
            solutions(A, b, **given)
