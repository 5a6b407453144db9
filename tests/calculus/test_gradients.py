import dataclasses

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import scipy.optimize
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from derivable.calculus import (
    directional_derivative,
    gradient_check,
    numerical_gradient,
)

shapes = st.sampled_from([(1,), (4,), (2, 3), (2, 1, 2)])
values = st.floats(-3, 3)


def wavy(x):
    return anp.sum(anp.sin(x) * x**2) + anp.prod(anp.cos(x))


@given(shapes.flatmap(lambda s: arrays(float, s, elements=values)))
def test_the_gradient_is_that_of_autograd_in_any_shape(x):
    g = numerical_gradient(wavy, x)
    assert g.shape == x.shape
    np.testing.assert_allclose(g, autograd.grad(wavy)(x), rtol=0, atol=2e-8)


def test_the_gradient_is_that_of_scipy():
    x = np.array([-1.2, 1.0, 0.7])
    np.testing.assert_allclose(
        numerical_gradient(scipy.optimize.rosen, x),
        scipy.optimize.rosen_der(x),
        rtol=1e-7,
    )


def test_a_scalar_is_an_array_too():
    assert numerical_gradient(np.exp, 0.0) == pytest.approx(1)


def test_integers_are_promoted_never_truncated():
    g = numerical_gradient(lambda x: x @ x, np.array([3, 4]))
    np.testing.assert_allclose(g, [6, 8], rtol=1e-9)


def test_the_array_of_the_caller_is_not_changed():
    x = np.array([1.0, 2.0])
    numerical_gradient(lambda y: np.sum(y * y), x)
    np.testing.assert_array_equal(x, [1, 2])


def test_a_function_may_keep_the_array_it_is_given():
    seen = []

    def f(x):
        seen.append(x)
        return np.sum(x)

    numerical_gradient(f, np.zeros(2), h=0.5)
    np.testing.assert_array_equal(
        seen, [[0.5, 0], [-0.5, 0], [0, 0.5], [0, -0.5]]
    )


def test_the_step_grows_with_each_entry():
    x = np.array([1e9, 1e-3])
    g = numerical_gradient(lambda v: np.log(v[0]) + v[1], x)
    np.testing.assert_allclose(g, [1e-9, 1], rtol=1e-6)


@pytest.mark.parametrize(
    ("f", "x", "error", "says"),
    [
        (3, [1.0], TypeError, "f must be a function, got int"),
        (np.sum, [], ValueError, r"must not be empty, got \(0,\)"),
        (np.sum, [1.0, np.inf], ValueError, r"got inf at index \(1,\)"),
        (np.sum, [1j], TypeError, "real numbers, got complex128"),
        (np.square, [1.0, 2.0], ValueError, r"must be a scalar, got \(2,\)"),
        (
            lambda _: 1j,
            [1.0],
            TypeError,
            "must be real numbers, got complex128",
        ),
    ],
)
def test_bad_input_is_refused_with_the_value(f, x, error, says):
    with pytest.raises(error, match=says):
        numerical_gradient(f, x)


def test_the_width_of_a_difference_is_what_was_stepped():
    assert numerical_gradient(lambda x: x[0], [1.3], h=1e-15) == [1]


def test_a_step_that_is_rounded_away_is_refused():
    with pytest.raises(ValueError, match="to move x, got 1e-17"):
        numerical_gradient(np.sum, [0.0, 1.0], h=1e-17)


def test_a_step_must_be_positive():
    with pytest.raises(ValueError, match="h must be positive, got 0"):
        numerical_gradient(np.sum, [1.0], h=0)


vectors = arrays(float, 3, elements=values)


@given(vectors, vectors.filter(lambda d: np.linalg.norm(d) > 1e-3))
def test_a_directional_derivative_is_gradient_times_unit_direction(x, d):
    expected = autograd.grad(wavy)(x) @ d / np.linalg.norm(d)
    found = directional_derivative(wavy, x, d)
    assert found == pytest.approx(expected, abs=1e-8)


def test_the_length_of_the_direction_does_not_matter():
    f = lambda x: x[0] ** 2 + x[1]  # noqa: E731
    one = directional_derivative(f, [1.0, 2.0], [3, 4])
    assert one == pytest.approx(directional_derivative(f, [1, 2], [30, 40]))
    assert one == pytest.approx(2 * 0.6 + 0.8)


@pytest.mark.parametrize("length", [1e-320, 1e-200, 1e200, 1e307])
def test_no_length_of_the_direction_is_too_small_or_large(length):
    found = directional_derivative(lambda x: x @ x, [3, 4], [length, 0])
    assert found == pytest.approx(6)


@pytest.mark.parametrize(
    ("x", "h"), [([3.0, 4.0], 1e-20), ([1e12, 1e12], 1e-5)]
)
def test_a_step_along_a_direction_that_is_rounded_away_is_refused(x, h):
    with pytest.raises(ValueError, match=f"to move x, got {h}"):
        directional_derivative(lambda x: x @ x, x, [1, 2], h=h)


def test_the_width_along_a_direction_is_what_was_stepped():
    found = directional_derivative(lambda x: x[0], [1.3, 0], [-1, 0], h=1e-15)
    assert found == -1


def test_a_direction_may_have_the_shape_of_a_matrix():
    x = np.ones((2, 2))
    assert directional_derivative(np.sum, x, x) == pytest.approx(2)


def test_the_step_of_a_directional_derivative_is_used():
    found = directional_derivative(lambda x: x[0] ** 3, [1.0], [1.0], h=0.1)
    assert found == pytest.approx(3.01)


@pytest.mark.parametrize(
    ("f", "df", "x"),
    [
        (np.log, np.reciprocal, 1e-5),  # the widest of four steps is too wide
        (np.exp, np.exp, 1e-8),  # the narrowest is lost in rounding
    ],
)
def test_a_step_is_sought_until_the_slope_has_nine_digits(f, df, x):
    found = directional_derivative(lambda x: f(x[0]), [x], [1.0])
    assert found == pytest.approx(df(x), rel=1e-9)


@pytest.mark.parametrize(
    ("d", "says"),
    [
        ([0.0, 0.0], "d must not be zero"),
        ([1.0], r"d must have shape \(2,\), got \(1,\)"),
        ([1.0, np.nan], "d must be finite"),
    ],
)
def test_a_bad_direction_is_refused(d, says):
    with pytest.raises(ValueError, match=says):
        directional_derivative(np.sum, [1.0, 2.0], d)


A = np.array([[2.0, 1.0], [0.0, 3.0]])


def quadratic(x):
    return x @ A @ x


def test_a_right_gradient_passes():
    found = gradient_check(quadratic, lambda x: (A + A.T) @ x, [1.0, -2.0])
    assert found.passed
    assert found.error < 1e-10
    np.testing.assert_allclose(found.analytic, found.numeric, rtol=1e-9)


@pytest.mark.parametrize(
    ("grad", "worst"),
    [
        (lambda x: 2 * A @ x, 0),
        (lambda x: -(A + A.T) @ x, 1),
        (lambda x: (A + A.T) @ x + [0.01, 0], 0),
        (lambda x: 1.001 * (A + A.T) @ x, 1),
    ],
)
def test_a_wrong_gradient_fails_and_the_worst_entry_is_named(grad, worst):
    found = gradient_check(quadratic, grad, [1.0, -2.0])
    assert not found.passed
    assert found.error > found.tolerance
    assert found.worst == (worst,)


def test_a_gradient_of_a_matrix_argument_is_checked():
    X = np.array([[1.0, 2.0], [3.0, 5.0]])
    found = gradient_check(
        np.linalg.det,
        lambda X: np.linalg.det(X) * np.linalg.inv(X).T,
        X,
    )
    assert found.passed
    assert found.numeric.shape == (2, 2)


def test_integers_are_checked_like_floats():
    assert gradient_check(lambda x: x @ x, lambda x: 2 * x, [3, 4]).passed


def test_a_gradient_of_zero_at_a_minimum_passes():
    f = lambda x: np.sum((x - 1) ** 2) + 5  # noqa: E731
    assert gradient_check(f, lambda x: 2 * (x - 1), [1.0, 1.0]).passed


def test_a_wrong_gradient_at_a_minimum_fails():
    f = lambda x: np.sum((x - 1) ** 2) + 5  # noqa: E731
    assert not gradient_check(f, lambda x: 2 * x, [1.0, 1.0]).passed


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("seed", range(20))
def test_a_right_gradient_passes_at_an_extremum_with_a_residual(seed, sign):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(20, 3)), rng.normal(size=20)
    w = np.linalg.lstsq(X, y)[0]

    found = gradient_check(
        lambda w: sign * np.mean((X @ w - y) ** 2),
        lambda w: sign * 2 / 20 * X.T @ (X @ w - y),
        w,
    )
    assert np.linalg.norm(found.analytic) < 1e-14
    assert found.passed


def test_at_a_minimum_of_value_zero_there_is_no_floor():
    rosen, rosen_der = scipy.optimize.rosen, scipy.optimize.rosen_der
    found = gradient_check(rosen, rosen_der, [1.0, 1.0])
    assert (found.error, found.floor) == (1, 0)
    assert np.linalg.norm(found.numeric) < 1e-7
    assert gradient_check(rosen, rosen_der, [1.2, 0.9]).passed


def test_the_floor_falls_where_the_step_grows():
    log = lambda x: np.sum(np.log(x))  # noqa: E731
    found = gradient_check(log, lambda x: 1.01 / x, [1e6, 3e6])
    assert found.floor == pytest.approx(1e-3 * log([1e6, 3e6]) / 1e6)
    assert not found.passed


def test_the_error_is_relative_to_both_gradients():
    found = gradient_check(np.sum, lambda _: [3.0, 3.0], [0.0, 0.0])
    assert found.error == pytest.approx(2 / 4)
    assert found.floor == 0


def test_the_error_is_relative_to_the_floor_below_it():
    f = lambda x: np.sum((x - 1) ** 2) + 5  # noqa: E731
    found = gradient_check(f, lambda _: [1e-4, 0.0], [1.0, 1.0])
    gap = np.linalg.norm(found.analytic - found.numeric)
    assert found.floor > 10 * gap
    assert found.error == pytest.approx(gap / found.floor)


def test_an_error_of_just_the_tolerance_passes():
    found = gradient_check(np.sum, lambda _: [3.0], [0.0], tolerance=0.5)
    assert found.error == found.tolerance
    assert found.passed


def test_two_gradients_of_zero_differ_by_nothing():
    assert gradient_check(lambda _: 0.0, np.zeros_like, [1.0]).error == 0


def test_the_result_cannot_be_changed():
    found = gradient_check(np.sum, np.ones_like, [1.0])
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.passed = False


def test_a_tolerance_must_be_positive():
    with pytest.raises(ValueError, match="tolerance must be positive, got 0"):
        gradient_check(np.sum, np.ones_like, [1.0], tolerance=0)


def test_the_tolerance_decides():
    grad = lambda x: (A + A.T) @ x * (1 + 1e-4)  # noqa: E731
    assert not gradient_check(quadratic, grad, [1.0, 1.0]).passed
    assert gradient_check(quadratic, grad, [1.0, 1.0], tolerance=1e-3).passed


def test_the_step_of_a_check_is_used():
    cube = lambda x: x[0] ** 3  # noqa: E731
    found = gradient_check(cube, lambda x: 3 * x**2, [1.0], h=0.1)
    assert found.numeric[0] == pytest.approx(3.01)


def test_a_gradient_that_changes_its_argument_changes_a_copy():
    def grad(x):
        x *= 2
        return x

    assert gradient_check(lambda x: x @ x, grad, [1.0, 2.0]).passed


@pytest.mark.parametrize(
    ("grad", "error", "says"),
    [
        ("no", TypeError, "grad must be a function"),
        (lambda _: np.ones(3), ValueError, r"shape \(2,\), got \(3,\)"),
        (lambda _: [np.nan, 1], ValueError, r"grad\(x\) must be finite"),
    ],
)
def test_a_bad_gradient_is_refused(grad, error, says):
    with pytest.raises(error, match=says):
        gradient_check(quadratic, grad, [1.0, 2.0])
