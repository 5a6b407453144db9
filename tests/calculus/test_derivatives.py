import numpy as np
import pytest
import scipy.special
import sympy
from hypothesis import given
from hypothesis import strategies as st

from derivable.calculus import (
    central_difference,
    complex_step,
    derivative,
    forward_difference,
    partial,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softplus,
    tanh_derivative,
    taylor_polynomial,
    taylor_remainder_bound,
)

X = sympy.Symbol("x")
SMOOTH = [
    X**3 + 2 * X,
    sympy.sin(X**2),
    sympy.exp(sympy.sin(X)),
    1 / (1 + X**2),
]
DIFFERENCES = [forward_difference, central_difference, complex_step]
number = st.floats(-3, 3)


def slope_of_error(method, hs):
    """Order of the error of a difference, by a fit on log axes."""
    errors = [abs(method(np.exp, 1.0, h=h) - np.e) for h in hs]
    return np.polyfit(np.log(hs), np.log(errors), 1)[0]


@pytest.mark.parametrize("method", ["forward", "central", "complex"])
@pytest.mark.parametrize("h", [None, 1e-4])
def test_the_slope_at_a_number_is_a_number(method, h):
    assert isinstance(derivative(np.exp, 1.0, method=method, h=h), float)
    assert derivative(np.exp, [1.0], method=method, h=h).shape == (1,)


@pytest.mark.parametrize("method", ["forward", "central", "complex"])
@pytest.mark.parametrize("expression", SMOOTH, ids=str)
def test_the_derivative_is_that_of_sympy(method, expression):
    f = sympy.lambdify(X, expression, "numpy")
    exact = sympy.lambdify(X, sympy.diff(expression, X), "numpy")
    x = np.linspace(-2, 2, 9)
    tolerance = {"forward": 1e-6, "central": 1e-8, "complex": 1e-13}[method]
    found = derivative(f, x, method=method)
    np.testing.assert_allclose(found, exact(x), rtol=0, atol=tolerance)


def test_a_forward_difference_has_an_error_of_order_one():
    hs = np.logspace(-5, -2, 7)
    assert slope_of_error(forward_difference, hs) == pytest.approx(1, abs=0.02)


def test_a_central_difference_has_an_error_of_order_two():
    hs = np.logspace(-3, -1, 7)
    assert slope_of_error(central_difference, hs) == pytest.approx(2, abs=0.02)


def test_a_complex_step_does_not_care_how_small_it_is():
    assert complex_step(np.exp, 1.0, h=1e-200) == pytest.approx(
        np.e, rel=1e-15
    )


@pytest.mark.parametrize("method", ["forward", "central", "complex"])
def test_the_step_that_is_given_is_used(method):
    near = derivative(np.exp, 1.0, method=method)
    far = derivative(np.exp, 1.0, method=method, h=0.5)
    assert abs(far - np.e) > 100 * abs(near - np.e)


def test_the_default_step_grows_with_x():
    assert derivative(np.sqrt, 1e12) == pytest.approx(5e-7, rel=1e-8)


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="got 'backward'"):
        derivative(np.exp, 1.0, method="backward")


@pytest.mark.parametrize("method", [forward_difference, central_difference])
def test_integers_are_promoted_never_truncated(method):
    np.testing.assert_allclose(method(np.square, [3, -2]), [6, -4], rtol=1e-6)


@pytest.mark.parametrize("method", DIFFERENCES)
def test_the_shape_is_that_of_x(method):
    assert method(lambda x: x**2, np.ones((2, 3))).shape == (2, 3)
    assert method(lambda x: 3 * x, 1.0).shape == ()


def test_a_constant_may_be_one_number():
    np.testing.assert_array_equal(
        derivative(lambda _: 4.0, [1.0, 2.0]), [0, 0]
    )


@pytest.mark.parametrize("method", DIFFERENCES)
@pytest.mark.parametrize(
    ("f", "x", "error", "says"),
    [
        ("no", 1.0, TypeError, "f must be a function, got str"),
        (np.exp, [], ValueError, "x must not be empty"),
        (np.exp, [1.0, np.nan], ValueError, r"got nan at index \(1,\)"),
        (np.exp, np.inf, ValueError, "must be finite, got inf"),
        (np.exp, 1j, TypeError, "must be real numbers, got complex128"),
        (np.exp, "x", TypeError, "must be real numbers"),
    ],
)
def test_bad_input_is_refused_with_the_value(method, f, x, error, says):
    with pytest.raises(error, match=says):
        method(f, x)


@pytest.mark.parametrize("method", DIFFERENCES)
@pytest.mark.parametrize("h", [0.0, -1e-3])
def test_a_step_must_be_positive(method, h):
    with pytest.raises(ValueError, match="h must be positive"):
        method(np.exp, 1.0, h=h)


def test_a_complex_step_needs_a_function_that_keeps_complex_numbers():
    with pytest.raises(TypeError, match="must keep complex numbers"):
        complex_step(np.abs, 1.0)


def test_a_function_that_mixes_entries_is_refused():
    with pytest.raises(ValueError, match="must act element by element"):
        derivative(lambda x: np.outer(x, x), [1.0, 2.0])


def polynomial(x):
    return x[0] ** 2 * x[1] + 3 * x[0] * x[1] ** 2


@given(number, number)
def test_a_partial_holds_the_others_fixed(a, b):
    x = [a, b]
    assert partial(polynomial, 0, x) == pytest.approx(
        2 * a * b + 3 * b**2, abs=1e-7
    )
    assert partial(polynomial, 1, x) == pytest.approx(
        a**2 + 6 * a * b, abs=1e-7
    )


def test_a_partial_uses_its_step():
    def cube(x):
        return x[0] ** 3

    assert partial(cube, 0, [1.0], h=0.1) == pytest.approx(3.01)


@pytest.mark.parametrize(
    ("f", "i", "x", "error", "says"),
    [
        (polynomial, 2, [1, 2], ValueError, "i must lie in 0 to 1, got 2"),
        (polynomial, -1, [1, 2], ValueError, "got -1"),
        (polynomial, 0, [[1, 2]], ValueError, "must be a vector"),
        (np.square, 0, [1, 2], ValueError, "must be a scalar"),
        (None, 0, [1, 2], TypeError, "must be a function"),
    ],
)
def test_a_partial_refuses_bad_input(f, i, x, error, says):
    with pytest.raises(error, match=says):
        partial(f, i, x)


ACTIVATIONS = [
    (sigmoid, sigmoid_derivative),
    (np.tanh, tanh_derivative),
    (softplus, sigmoid),
]


@pytest.mark.parametrize(("f", "slope"), ACTIVATIONS)
@given(st.floats(-30, 30))
def test_a_slope_is_the_slope_of_its_activation(f, slope, z):
    assert slope(z) == pytest.approx(central_difference(f, z), abs=1e-8)


@given(st.floats(-1e4, 1e4))
def test_the_sigmoid_is_that_of_scipy(z):
    assert sigmoid(z) == pytest.approx(scipy.special.expit(z), rel=1e-12)
    assert softplus(z) == pytest.approx(np.logaddexp(0, z), rel=1e-12)


def test_activations_are_finite_for_large_input():
    z = np.array([-1e4, 1e4])
    np.testing.assert_array_equal(sigmoid(z), [0, 1])
    np.testing.assert_array_equal(sigmoid_derivative(z), [0, 0])
    np.testing.assert_array_equal(tanh_derivative(z), [0, 0])
    np.testing.assert_array_equal(softplus(z), [0, 1e4])


def test_the_slope_of_the_sigmoid_keeps_its_precision_far_out():
    assert sigmoid_derivative(40.0) == pytest.approx(np.exp(-40), rel=1e-12)


def test_relu_and_its_slope():
    z = np.array([-2.0, 0.0, 3.0])
    np.testing.assert_array_equal(relu(z), [0, 0, 3])
    np.testing.assert_array_equal(relu_derivative(z), [0, 0, 1])
    np.testing.assert_array_equal(relu_derivative(z, at_zero=0.5), [0, 0.5, 1])


def test_the_convention_at_zero_is_a_subgradient():
    with pytest.raises(ValueError, match=r"\[0, 1\], got 2"):
        relu_derivative(0.0, at_zero=2)


@pytest.mark.parametrize(
    "f",
    [
        sigmoid,
        sigmoid_derivative,
        tanh_derivative,
        relu,
        relu_derivative,
        softplus,
    ],
)
def test_activations_refuse_what_is_not_finite(f):
    with pytest.raises(ValueError, match="z must be finite"):
        f([0.0, np.nan])


@given(st.integers(0, 6), st.floats(-1, 1), st.floats(-2, 2))
def test_a_taylor_polynomial_is_that_of_sympy(degree, a, x):
    derivatives = [float(sympy.exp(a))] * (degree + 1)
    point = sympy.Rational(a)
    series = sum(
        sympy.exp(point) * (X - point) ** k / sympy.factorial(k)
        for k in range(degree + 1)
    )
    expected = float(sympy.sympify(series).subs(X, x))
    found = taylor_polynomial(derivatives, a)(x)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_a_taylor_polynomial_keeps_the_shape():
    p = taylor_polynomial([1, 1, 1])
    assert p(np.ones((2, 3))).shape == (2, 3)


@given(st.integers(0, 8), st.floats(-2, 2))
def test_the_remainder_is_within_its_bound(degree, x):
    p = taylor_polynomial([1.0] * (degree + 1))
    bound = taylor_remainder_bound(np.exp(max(x, 0)), x, degree)
    assert abs(np.exp(x) - p(x)) <= bound * (1 + 1e-12) + 1e-14


def test_the_remainder_bound_is_attained_by_the_next_power():
    assert taylor_remainder_bound(6.0, 2.0, 2) == pytest.approx(8.0)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((-1.0, 1.0, 2), "bound must not be negative"),
        ((1.0, 1.0, -1), "degree must not be negative"),
        ((1.0, np.nan, 2), "distance must be finite"),
    ],
)
def test_a_remainder_bound_refuses_bad_input(arguments, says):
    with pytest.raises(ValueError, match=says):
        taylor_remainder_bound(*arguments)


def test_a_taylor_polynomial_refuses_bad_input():
    with pytest.raises(ValueError, match="derivatives must be a vector"):
        taylor_polynomial(1.0)
