import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import scipy.optimize
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from derivable._validation import ConvergenceError
from derivable.calculus import (
    classify_critical_point,
    hessian,
    jacobian,
    newton,
    softmax,
    softmax_jacobian,
)

points = arrays(float, 2, elements=st.floats(-2, 2))


def mapping(x):
    return anp.array(
        [x[0] ** 2 + x[1], x[0] * x[1] + x[1] ** 2, anp.sin(x[0])]
    )


def scalar(x):
    return anp.sin(x[0] * x[1]) + x[0] ** 3 - 2 * x[1] ** 2


@given(points)
def test_the_jacobian_is_that_of_autograd(x):
    J = jacobian(mapping, x)
    assert J.shape == (3, 2)
    np.testing.assert_allclose(J, autograd.jacobian(mapping)(x), atol=1e-8)


@given(points)
def test_the_hessian_is_that_of_autograd(x):
    H = hessian(scalar, x)
    np.testing.assert_allclose(H, autograd.hessian(scalar)(x), atol=5e-6)
    np.testing.assert_array_equal(H, H.T)


def test_the_row_of_an_output_is_its_gradient():
    J = jacobian(lambda x: [x[0] ** 2 + x[1], x[0] * x[1] + x[1] ** 2], [1, 2])
    np.testing.assert_allclose(J, [[2, 1], [2, 5]], rtol=1e-9)


def test_integers_are_promoted_never_truncated():
    J = jacobian(lambda x: x**2, np.array([1, 3]))
    np.testing.assert_allclose(J, [[2, 0], [0, 6]], atol=1e-8)
    H = hessian(lambda x: x @ x, np.array([1, 3]))
    np.testing.assert_allclose(H, 2 * np.eye(2), atol=1e-6)


def test_one_output_is_a_row():
    assert jacobian(np.sum, [1.0, 2.0]).shape == (1, 2)


def test_the_step_that_is_given_is_used():
    assert jacobian(lambda x: x**3, [1.0], h=0.1)[0, 0] == pytest.approx(3.01)
    found = hessian(lambda x: x[0] ** 4, [1.0], h=0.1)[0, 0]
    assert found == pytest.approx(12.08)  # (1.2⁴ − 2 + 0.8⁴) / 0.04


@pytest.mark.parametrize("function", [jacobian, hessian])
@pytest.mark.parametrize(
    ("f", "x", "error", "says"),
    [
        (None, [1.0], TypeError, "f must be a function"),
        (np.sum, 1.0, ValueError, r"vector of shape \(n,\), got \(\)"),
        (np.sum, [[1.0]], ValueError, r"got \(1, 1\)"),
        (np.sum, [], ValueError, "must not be empty"),
        (np.sum, [np.inf], ValueError, "got inf at index"),
        (lambda _: np.ones((2, 2)), [1.0], ValueError, r"got .*\(2, 2\)"),
    ],
)
def test_bad_input_is_refused_with_the_value(function, f, x, error, says):
    with pytest.raises(error, match=says):
        function(f, x)


@pytest.mark.parametrize("function", [jacobian, hessian])
def test_a_step_must_be_positive(function):
    with pytest.raises(ValueError, match="h must be positive, got -1"):
        function(np.sum, [1.0], h=-1)


@pytest.mark.parametrize("function", [jacobian, hessian])
def test_a_step_that_moves_nothing_is_refused(function):
    with pytest.raises(ValueError, match="enough to move x, got 1e-20"):
        function(np.sum, [1.0], h=1e-20)


def test_the_step_that_was_taken_is_divided_by():
    J = jacobian(lambda x: 2 * x, [1e6], h=1e-9)
    np.testing.assert_allclose(J, [[2]], rtol=1e-12)
    H = hessian(lambda x: (x[0] - 1e6) ** 2, [1e6], h=1e-9)
    np.testing.assert_allclose(H, [[2]], rtol=1e-12)


@pytest.mark.parametrize("function", [jacobian, hessian])
def test_complex_values_are_refused(function):
    with pytest.raises(
        TypeError, match=r"f\(x\) must be real numbers, got complex"
    ):
        function(lambda x: x * 1j, [1.0])


def test_the_default_step_grows_with_the_point():
    np.testing.assert_allclose(jacobian(lambda x: 2 * x, [1e12]), [[2]])
    H = hessian(lambda x: x[0] ** 2 * x[1], [1e4, 3.0])
    np.testing.assert_allclose(H, [[6, 2e4], [2e4, 0]], rtol=1e-5, atol=1e-4)


@pytest.mark.parametrize(
    ("eigenvalues", "kind"),
    [
        ([1, 2], "minimum"),
        ([-1, -2], "maximum"),
        ([-1, 2], "saddle"),
        ([0, 2], "inconclusive"),
        ([0, -2], "inconclusive"),
        ([0, 0], "inconclusive"),
        ([-1, 0, 2], "saddle"),
        ([1e-9, 1], "inconclusive"),
        ([1e-3, 1], "minimum"),
        ([1e-12, 2e-12], "minimum"),
    ],
)
def test_signs_of_eigenvalues_decide_in_any_basis(eigenvalues, kind):
    n = len(eigenvalues)
    Q = np.linalg.qr(np.random.default_rng(n).normal(size=(n, n)))[0]
    H = Q @ np.diag(eigenvalues) @ Q.T
    assert classify_critical_point((H + H.T) / 2) == kind


def test_the_tolerance_is_used():
    H = np.diag([1e-9, 1])
    assert classify_critical_point(H, tol=1e-12) == "minimum"
    assert classify_critical_point(H, tol=1e-6) == "inconclusive"


def test_the_error_of_a_measured_hessian_is_taken_for_zero():
    H = hessian(lambda x: x[0] ** 4 - x[1] ** 4, [0.0, 0.0])
    assert classify_critical_point(H) == "saddle"  # signs of noise
    assert classify_critical_point(H, atol=1e-6) == "inconclusive"
    assert classify_critical_point(np.eye(2), atol=1e-6) == "minimum"
    rounded = [[2, 1], [1 + 1e-12, 2]]
    assert classify_critical_point(rounded, tol=0) == "minimum"
    tilted = [[1, 1e-5], [0, 1]]
    assert classify_critical_point(tilted, atol=1e-4) == "minimum"


@pytest.mark.parametrize(
    ("H", "options", "says"),
    [
        ([[1, 2]], {}, "must be square"),
        ([1, 2], {}, "must be a matrix"),
        ([[1, 2], [3, 4]], {}, r"symmetric, got 2.0 .*\(0, 1\)"),
        ([[np.nan]], {}, "must be finite"),
        (np.eye(2), {"tol": -1}, "tol must not be negative, got -1"),
        (np.eye(2), {"atol": -1}, "atol must not be negative, got -1"),
    ],
)
def test_what_is_no_hessian_is_refused(H, options, says):
    with pytest.raises(ValueError, match=says):
        classify_critical_point(H, **options)


def test_newton_finds_the_root_that_scipy_finds():
    def g(x):
        return np.array([x[0] ** 2 + x[1] ** 2 - 4, np.exp(x[0]) + x[1] - 1])

    path = newton(g, [1.0, -1.7])
    expected = scipy.optimize.root(g, [1.0, -1.7]).x
    np.testing.assert_allclose(path[-1], expected, rtol=1e-9)
    np.testing.assert_array_equal(path[0], [1, -1.7])


def test_the_error_of_newton_is_squared_in_each_step():
    path = newton(lambda x: x**2 - 2, [1.5], lambda x: np.diag(2 * x))
    errors = np.abs(path[:4, 0] - np.sqrt(2))
    ratios = errors[1:] / errors[:-1] ** 2
    np.testing.assert_allclose(ratios, 1 / (2 * np.sqrt(2)), rtol=0.07)


def test_newton_solves_a_quadratic_in_one_step():
    A = np.array([[3.0, 1.0], [1.0, -2.0]])
    path = newton(lambda x: A @ x - 1, [5.0, -7.0], lambda _: A)
    assert len(path) == 2
    np.testing.assert_allclose(A @ path[-1], [1, 1])


def test_the_jacobian_that_is_given_is_used():
    calls = []

    def J(x):
        calls.append(x)
        return np.diag(2 * x)

    steps = len(newton(lambda x: x**2 - 2, [1.5], J)) - 1
    assert len(calls) == steps


def test_the_tolerance_of_newton_decides_when_it_stops():
    g = lambda x: x**2 - 2  # noqa: E731
    assert len(newton(g, [1.5], tol=1e-2)) < len(newton(g, [1.5], tol=1e-12))


def test_the_number_of_steps_is_limited():
    with pytest.raises(ConvergenceError, match="no root after 3 steps"):
        newton(lambda x: x**2 + 1, [0.5], max_steps=3)


def test_a_singular_jacobian_is_reported_with_its_step():
    with pytest.raises(ConvergenceError, match="singular at step 0"):
        newton(lambda x: x**2 - 1, [0.0], lambda x: np.diag(2 * x))


def test_divergence_is_reported():
    g = lambda x: x / np.hypot(1, x)  # noqa: E731
    with (
        np.errstate(over="ignore", invalid="ignore"),
        pytest.raises(ConvergenceError, match=r"after \d+ steps|at step"),
    ):
        newton(g, [1.1], lambda x: np.diag((1 + x**2) ** -1.5))


def test_an_iterate_that_is_not_finite_is_reported():
    with pytest.raises(ConvergenceError, match="after 1 steps: residual 1"):
        newton(np.sign, [1.0], lambda _: [[1e-320]])


@pytest.mark.parametrize(
    ("g", "x0", "J", "error", "says"),
    [
        ("g", [1.0], None, TypeError, "g must be a function"),
        (np.sum, [1.0, 2.0], None, ValueError, r"shape \(2,\), got \(1,\)"),
        (np.square, 1.0, None, ValueError, "x0 must be a vector"),
        (np.square, [1.0], np.square, ValueError, r"J\(x\) must be a matrix"),
        (np.square, [1.0], "J", TypeError, "J must be a function, got str"),
        (
            np.square,
            [1.0],
            lambda _: np.eye(2),
            ValueError,
            r"J\(x\) must have 1 rows, got 2",
        ),
    ],
)
def test_newton_refuses_bad_input(g, x0, J, error, says):
    with pytest.raises(error, match=says):
        newton(g, x0, J)


@pytest.mark.parametrize("option", ["tol", "max_steps"])
def test_newton_refuses_negative_limits(option):
    with pytest.raises(ValueError, match=f"{option} must not be negative"):
        newton(np.square, [1.0], **{option: -1})


def test_newton_gives_copies_that_may_be_changed():
    def g(x):
        x *= x
        return x - 2

    def J(x):
        x *= 2
        return np.diag(x)

    path = newton(lambda x: x**2 - 2, [1.5], lambda x: np.diag(2 * x))
    np.testing.assert_array_equal(newton(g, [1.5], J), path)
    np.testing.assert_allclose(newton(g, [1.5])[-1], np.sqrt(2))


def test_no_steps_are_needed_at_a_root():
    assert newton(np.square, [0], max_steps=0).shape == (1, 1)


scores = arrays(float, st.integers(1, 6), elements=st.floats(-20, 20))


@given(scores)
def test_the_softmax_is_that_of_scipy(z):
    np.testing.assert_allclose(
        softmax(z), scipy.special.softmax(z), rtol=1e-12
    )


@given(scores)
def test_the_jacobian_of_the_softmax_is_its_jacobian(z):
    J = softmax_jacobian(z)
    np.testing.assert_allclose(J, jacobian(softmax, z), atol=1e-8)
    np.testing.assert_allclose(J.sum(axis=1), 0, atol=1e-12)


def test_the_softmax_of_large_scores_does_not_overflow():
    np.testing.assert_allclose(softmax([1e4, 1e4, -1e4]), [0.5, 0.5, 0])


def test_the_jacobian_of_the_softmax_refuses_what_is_no_vector():
    with pytest.raises(ValueError, match="z must be a vector"):
        softmax_jacobian(np.ones((2, 2)))
