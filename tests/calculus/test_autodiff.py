import math

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import scipy.special
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from derivable.calculus import (
    Dual,
    Tensor,
    grad,
    gradient_check,
    jvp,
    numerical_gradient,
    value_and_grad,
    vjp,
)
from derivable.calculus.autodiff import (
    logsumexp,
    relu,
    sigmoid,
    softmax_cross_entropy,
    softplus,
)
from derivable.calculus.autodiff.rules import ALL

rng = np.random.default_rng(8)

UNARY = {
    np.negative: (-2, 2),
    np.absolute: (0.1, 2),
    np.exp: (-2, 2),
    np.expm1: (-2, 2),
    np.log: (0.3, 3),
    np.log1p: (-0.5, 2),
    np.sqrt: (0.3, 3),
    np.square: (-2, 2),
    np.sin: (-2, 2),
    np.cos: (-2, 2),
    np.tan: (-1, 1),
    np.arctan: (-2, 2),
    np.sinh: (-2, 2),
    np.cosh: (-2, 2),
    np.tanh: (-2, 2),
    np.positive: (-2, 2),
    np.reciprocal: (0.3, 3),
    np.fabs: (0.1, 2),
    np.exp2: (-2, 2),
    np.cbrt: (0.3, 3),
    np.log2: (0.3, 3),
    np.log10: (0.3, 3),
    np.arcsin: (-0.8, 0.8),
    np.arccos: (-0.8, 0.8),
    np.arcsinh: (-2, 2),
    np.arccosh: (1.2, 3),
    np.arctanh: (-0.8, 0.8),
    np.deg2rad: (-2, 2),
    np.rad2deg: (-2, 2),
}
BINARY = [
    np.add,
    np.subtract,
    np.multiply,
    np.divide,
    np.power,
    np.maximum,
    np.minimum,
    np.logaddexp,
    np.logaddexp2,
    np.hypot,
    np.arctan2,
]
SHAPES = [
    ((), ()),
    ((3,), ()),
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((2, 1), (1, 3)),
    ((4, 2, 1), (2, 3)),
]
PRODUCTS = [
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((3,), (3, 2)),
    ((2, 3), (3, 4)),
    ((5, 2, 3), (3, 4)),
    ((2, 3), (5, 3, 4)),
    ((5, 2, 3), (5, 3, 4)),
    ((5, 1, 2, 3), (4, 3, 2)),
    ((5, 2, 3), (3,)),
    ((3,), (5, 3, 2)),
]


def check(f, x, tolerance=1e-7):
    """Reverse and forward mode against differences, and each other."""
    x = np.asarray(x, dtype=float)
    found = gradient_check(f, grad(f), x, tolerance=tolerance)
    assert found.passed, (found.error, found.analytic, found.numeric)
    v = rng.normal(size=x.shape)
    value, slope = jvp(f, x, v)
    assert value == pytest.approx(f(x), rel=1e-12)
    assert slope == pytest.approx(np.sum(grad(f)(x) * v), rel=1e-9, abs=1e-12)


def weights(shape):
    return np.random.default_rng(3).normal(size=shape)


def test_the_tables_of_this_file_are_complete():
    assert {*UNARY, *BINARY, np.matmul, np.remainder} == set(ALL)


@pytest.mark.parametrize("op", UNARY, ids=lambda op: op.__name__)
@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
def test_the_rule_of_one_operand(op, shape):
    x = rng.uniform(*UNARY[op], size=shape)
    w = weights(shape)
    check(lambda x: np.sum(w * op(x)), x)
    check(lambda x: np.sum(w * grad(lambda z: np.sum(op(z)))(x)), x, 1e-5)


@pytest.mark.parametrize("op", BINARY, ids=lambda op: op.__name__)
@pytest.mark.parametrize(("one", "two"), SHAPES)
def test_the_rule_of_two_operands_that_are_broadcast(op, one, two):
    a = rng.uniform(0.5, 2, size=one)
    b = rng.uniform(0.5, 2, size=two)
    w = weights(np.broadcast_shapes(one, two))
    check(lambda x: np.sum(w * op(x, b)), a)
    check(lambda x: np.sum(w * op(a, x)), b)
    check(lambda x: np.sum(w * op(x, op(0.9 * x, b) * x)), a)


@pytest.mark.parametrize(("one", "two"), PRODUCTS)
def test_the_rule_of_the_matrix_product(one, two):
    a, b = rng.normal(size=one), rng.normal(size=two)
    w = weights((a @ b).shape)
    check(lambda x: np.sum(w * (x @ b)), a)
    check(lambda x: np.sum(w * (a @ x)), b)
    check(lambda x: np.sum(w * np.sin(x @ b) ** 2), a, 1e-6)
    inner = grad(lambda x: np.sum((x @ b) ** 2))
    check(lambda x: np.sum(np.sin(inner(x))), 0.1 * a, 1e-5)


X = rng.normal(size=(2, 3, 4))
STRUCTURAL = {
    "sum": np.sum,
    "sum axis": lambda x: np.sum(x, axis=1),
    "sum axes": lambda x: np.sum(x, axis=(0, 2)),
    "sum keepdims": lambda x: x * np.sum(x, axis=-1, keepdims=True),
    "sum all keepdims": lambda x: x * np.sum(x, keepdims=True),
    "method sum": lambda x: (x * x).sum(axis=0),
    "mean": lambda x: np.mean(x**2, axis=1),
    "mean all": lambda x: np.mean(x**2) * x,
    "max": lambda x: np.max(x, axis=-1),
    "max keepdims": lambda x: x / np.max(x, axis=1, keepdims=True),
    "max all": lambda x: np.max(x) * x,
    "reshape": lambda x: np.reshape(x, (6, 4)) @ np.ones(4),
    "ravel": lambda x: np.ravel(x) ** 2,
    "transpose": lambda x: np.transpose(x) ** 2,
    "transpose axes": lambda x: np.transpose(x, (1, 2, 0)) ** 2,
    "swapaxes": lambda x: np.swapaxes(x, 0, 1) @ np.ones((4, 2)),
    "expand_dims": lambda x: np.expand_dims(x, 1) * x,
    "broadcast_to": lambda x: np.broadcast_to(x, (5, 2, 3, 4)) ** 2,
    "where": lambda x: np.where(X > 0, x**2, -x),
    "where two": lambda x: np.where(X > 0, 3.0, x),
    "concatenate": lambda x: np.concatenate([x, 2 * x, X], axis=1) ** 2,
    "index": lambda x: x[1, :, 2] ** 2,
    "slice": lambda x: x[:, 1:] * x[:, :-1],
    "fancy": lambda x: x[[0, 0, 1], [1, 1, 2]] ** 2,
    "mask": lambda x: x[X > 0] ** 2,
    "new axis": lambda x: x[:, None] * x,
    "relu": relu,
    "sigmoid": sigmoid,
    "softplus": softplus,
    "logsumexp": lambda x: logsumexp(x, axis=1),
    "power": lambda x: 2.0**x,
    "divide": lambda x: 1 / (1 + x**2),
    "subtract": lambda x: 1 - x,
    "absolute": abs,
    "constant array on the left": lambda x: X * x + X @ np.ones(4)[:, None],
}


@pytest.mark.parametrize("name", STRUCTURAL)
def test_sums_shapes_and_selections(name):
    f = STRUCTURAL[name]
    w = weights(np.shape(f(X)))
    check(lambda x: np.sum(w * f(x)), X, 1e-6)
    inner = grad(lambda x: np.sum(np.sin(f(x))))
    check(lambda x: np.sum(inner(x) ** 2), X, 1e-4)


@st.composite
def programs(draw):
    """A random expression of x (2, 3) and what NumPy module runs it."""
    depth = draw(st.integers(1, 5))
    steps = [
        (
            draw(st.sampled_from(["sin", "tanh", "exp", "square"])),
            draw(st.sampled_from(["add", "multiply", "subtract"])),
            draw(st.sampled_from(["full", "row", "column", "one"])),
        )
        for _ in range(depth)
    ]

    def build(numpy):
        constants = {
            "full": np.linspace(0.1, 0.9, 6).reshape(2, 3),
            "row": np.linspace(-0.5, 0.5, 3),
            "column": np.array([[0.3], [-0.7]]),
            "one": 0.4,
        }

        def f(x):
            y = x
            for one, two, kind in steps:
                mixed = getattr(numpy, two)(y, constants[kind])
                y = getattr(numpy, one)(0.5 * mixed)
                y = y * numpy.sum(y, axis=0, keepdims=True)
                y = numpy.tanh(y) + 0.1 * x  # keeps every step bounded
            return numpy.sum(y @ numpy.transpose(y))

        return f

    return build


@settings(max_examples=60, deadline=None)
@given(programs(), arrays(float, (2, 3), elements=st.floats(-1.5, 1.5)))
def test_random_programs_agree_with_an_independent_library(build, x):
    ours, theirs = grad(build(np))(x), autograd.grad(build(anp))(x)
    scale = 1 + np.max(np.abs(theirs))
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12 * scale)
    differences = numerical_gradient(build(np), x)
    np.testing.assert_allclose(ours, differences, rtol=0, atol=1e-6 * scale)


@settings(max_examples=20, deadline=None)
@given(programs(), arrays(float, (2, 3), elements=st.floats(-1.2, 1.2)))
def test_second_derivatives_agree_with_an_independent_library(build, x):
    v = weights((2, 3))
    ours = grad(lambda z: np.sum(grad(build(np))(z) * v))(x)
    outer = autograd.grad(lambda z: anp.sum(autograd.grad(build(anp))(z) * v))
    theirs = outer(x)
    scale = 1 + np.max(np.abs(theirs))
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-11 * scale)
    forward_over_reverse = jvp(grad(build(np)), x, v)[1]
    np.testing.assert_allclose(
        forward_over_reverse, theirs, rtol=0, atol=1e-11 * scale
    )


def test_derivatives_nest_to_any_depth():
    f = np.sin
    for _ in range(4):
        f = grad(f)
    assert f(0.7) == pytest.approx(math.sin(0.7), rel=1e-14)


def test_an_inner_derivative_does_not_confuse_an_outer_one():
    f = grad(lambda x: x * grad(lambda y: x * y)(2.0))
    assert f(3.0) == pytest.approx(6)


def test_a_chain_of_100_000_operations_needs_no_recursion():
    def chain(x):
        for _ in range(100_000):
            x = x * 1.00001
        return x

    assert grad(chain)(2.0) == pytest.approx(1.00001**100_000, rel=1e-9)


def test_a_value_that_is_used_twice_collects_both_adjoints():
    def f(x):
        y = x * x
        return y * y + y

    assert grad(f)(3.0) == pytest.approx(4 * 27 + 6)


def test_value_and_gradient_come_from_one_run():
    runs = []

    def f(x):
        runs.append(1)
        return np.sum(x**3)

    value, g = value_and_grad(f)([1.0, 2.0])
    assert value == pytest.approx(9)
    np.testing.assert_allclose(g, [3, 12])
    assert len(runs) == 1


def test_the_value_of_a_run_is_plain():
    assert isinstance(value_and_grad(np.sum)([1.0, 2.0])[0], float)


def test_any_argument_can_be_differentiated():
    f = lambda a, b: np.sum(a * b**2)  # noqa: E731
    a, b = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    np.testing.assert_allclose(grad(f)(a, b), b**2)
    np.testing.assert_allclose(grad(f, argnum=1)(a, b), 2 * a * b)


def test_a_structure_of_parameters_gives_its_structure():
    def f(p):
        return np.sum(p["W"] @ p["bs"][0]) + p["bs"][1] ** 2

    parameters = {"W": np.ones((2, 3)), "bs": (np.arange(3.0), 5.0)}
    g = grad(f)(parameters)
    np.testing.assert_allclose(g["W"], [[0, 1, 2], [0, 1, 2]])
    np.testing.assert_allclose(g["bs"][0], [2, 2, 2])
    assert g["bs"][1] == pytest.approx(10)


def test_a_list_of_numbers_is_an_array_and_a_list_of_arrays_a_structure():
    assert grad(lambda x: np.sum(x**2))([1, 2]).shape == (2,)
    found = grad(lambda p: np.sum(p[0] * p[1]))([np.ones(2), np.ones(2)])
    assert isinstance(found, list)


def test_what_is_not_used_has_gradient_zero():
    g = grad(lambda p: np.sum(p[0]))((np.ones(2), np.ones((2, 2))))
    np.testing.assert_array_equal(g[1], np.zeros((2, 2)))
    np.testing.assert_array_equal(grad(lambda _: 3.0)([1.0, 2.0]), [0, 0])
    assert jvp(lambda _: 3.0, [1.0], [1.0])[1] == 0


def test_integers_are_promoted():
    np.testing.assert_allclose(grad(lambda x: np.sum(x**2))([3, 4]), [6, 8])
    c = np.array([1, 2])
    assert grad(lambda x: np.sum(c * x))([1, 2]).dtype == np.float64


def test_comparisons_give_plain_booleans():
    def f(x):
        return x**2 if x > 1 else -x

    assert grad(f)(2.0) == pytest.approx(4)
    assert grad(f)(0.0) == pytest.approx(-1)


def test_the_slope_of_relu_at_zero_is_zero_by_convention():
    np.testing.assert_array_equal(
        grad(lambda x: np.sum(relu(x)))([-1.0, 0.0, 1.0]), [0, 0, 1]
    )
    np.testing.assert_array_equal(grad(np.abs)(0.0), 0)


def test_equal_maxima_share_the_adjoint():
    np.testing.assert_allclose(grad(np.max)([2.0, 2.0, 1.0]), [0.5, 0.5, 0])


def test_stable_functions_stay_finite_far_out():
    z = np.array([-1e4, 0.0, 1e4])
    for f, expected in [
        (sigmoid, [0, 0.25, 0]),
        (softplus, [0, 0.5, 1]),
        (logsumexp, [0, 0, 1]),
    ]:
        found = grad(lambda x, f=f: np.sum(f(x)))(z)
        np.testing.assert_allclose(found, expected, atol=1e-12)
    assert logsumexp(z) == pytest.approx(scipy.special.logsumexp(z))


def test_logits_whose_distance_leaves_float64_are_refused():
    far, Y = np.array([[1e308, -1e308]]), np.array([[1.0, 0.0]])
    for f in (softmax_cross_entropy, grad(softmax_cross_entropy)):
        with pytest.raises(ValueError, match=r"got entries up to 1e\+308"):
            f(far, Y)
    apart = np.array([[8e307, 8e307], [-8e307, -8e307]])
    loss = softmax_cross_entropy(apart, np.array([[0.5, 0.5], [0.0, 1.0]]))
    assert loss == pytest.approx(np.log(2))


def test_the_gradient_of_softmax_cross_entropy_is_prediction_minus_target():
    Z = rng.normal(size=(5, 3))
    Y = np.eye(3)[[0, 2, 1, 1, 0]]
    expected = (scipy.special.softmax(Z, axis=1) - Y) / 5
    found = grad(softmax_cross_entropy)(Z, Y)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("shift", [0.0, 1e6, 1e16, -1e18, 1e300, 1e308])
def test_shares_of_huge_scores_keep_their_digits(shift):
    z = np.array([shift, -1.7e308, shift])
    np.testing.assert_array_equal(grad(logsumexp)(z), [0.5, 0, 0.5])
    _, slope = jvp(logsumexp, z, np.array([1.0, 5.0, 3.0]))
    assert slope == 2
    second = jacobian_of_gradient(z)
    np.testing.assert_allclose(
        second, [[0.25, 0, -0.25], [0, 0, 0], [-0.25, 0, 0.25]], rtol=1e-15
    )


def jacobian_of_gradient(z):
    rows = [grad(lambda z, i=i: grad(logsumexp)(z)[i])(z) for i in range(3)]
    return np.array(rows)


@pytest.mark.parametrize("shift", [0.0, 60.0, -1e3])
@pytest.mark.parametrize("gap", [1.0, 20.0, 40.0, 300.0])
def test_a_small_loss_keeps_its_digits(gap, shift):
    Z = np.array([[gap, 0.0]]) + shift
    loss = softmax_cross_entropy(Z, np.array([[1.0, 0.0]]))
    np.testing.assert_allclose(loss, np.log1p(np.exp(-gap)), rtol=1e-14)


def test_a_loss_is_a_weighted_mean_of_logarithms_whatever_the_weights():
    Z, Y = rng.normal(size=(4, 3)), rng.uniform(size=(4, 3))
    expected = -np.sum(Y * scipy.special.log_softmax(Z, axis=1)) / 4
    np.testing.assert_allclose(
        softmax_cross_entropy(Z, Y), expected, rtol=1e-13
    )


def test_a_pullback_is_a_row_times_the_jacobian():
    A = rng.normal(size=(3, 2))
    x, v = rng.normal(size=2), rng.normal(size=3)
    y, pullback = vjp(lambda x: np.sin(A @ x), x)
    J = np.cos(A @ x)[:, None] * A
    np.testing.assert_allclose(y, np.sin(A @ x))
    np.testing.assert_allclose(pullback(v), v @ J)
    np.testing.assert_allclose(pullback(2 * v), 2 * v @ J)


def test_a_pushforward_is_the_jacobian_times_a_column():
    A = rng.normal(size=(3, 2))
    x, v = rng.normal(size=2), rng.normal(size=2)
    y, slope = jvp(lambda x: np.sin(A @ x), x, v)
    J = np.cos(A @ x)[:, None] * A
    np.testing.assert_allclose(y, np.sin(A @ x))
    np.testing.assert_allclose(slope, J @ v)


def test_dual_numbers_multiply_as_first_order_terms_do():
    product = Dual(2.0, 1.0) * Dual(3.0, 5.0)
    assert (product.value, product.tangent) == (6.0, 13.0)
    assert repr(product).startswith("Dual(")


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.__iadd__(1),
        lambda x: x.__imul__(2),
        lambda x: x.__setitem__(0, 1),
        lambda x: np.add(x, 1, out=np.zeros(2)),
    ],
)
def test_a_change_in_place_is_refused(change):
    with pytest.raises(TypeError, match="changed in place"):
        grad(lambda x: np.sum(change(x)))([1.0, 2.0])


def test_an_augmented_assignment_is_refused():
    def f(x):
        y = x * 2
        y += 1
        return np.sum(y)

    with pytest.raises(TypeError, match="write x = x \\+ 1"):
        grad(f)([1.0, 2.0])


def test_a_captured_array_cannot_change_before_its_derivative_is_taken():
    def f(x):
        c = np.ones(2)
        y = np.sum(c * x)
        c[0] = 5
        return y

    with pytest.raises(TypeError, match="changes an array in place"):
        grad(f)([1.0, 2.0])


def test_a_captured_array_is_writeable_again_afterwards():
    c = np.ones(2)
    grad(lambda x: np.sum(c * x))([1.0, 2.0])
    c[0] = 5
    with pytest.raises(ZeroDivisionError):
        grad(lambda x: np.sum(c * x) / (1 // 0))([1.0, 2.0])
    c[1] = 5


def test_the_array_of_the_caller_is_neither_kept_nor_frozen():
    x = np.array([1.0, 2.0])
    grad(lambda x: np.sum(x**2))(x)
    x[0] = 3


@pytest.mark.parametrize(
    "cut", [float, int, math.sin, np.asarray, lambda x: np.array([x])]
)
def test_what_would_cut_the_graph_is_refused(cut):
    with pytest.raises(TypeError, match="cut the graph"):
        grad(cut)(1.0)
    with pytest.raises(TypeError, match="tangent"):
        jvp(cut, 1.0, 1.0)


@pytest.mark.parametrize("f", [np.spacing, np.sort, np.linalg.pinv])
def test_a_function_without_rule_is_named(f):
    name = f.__name__
    x = np.array([[0.1, 0.2]])
    with pytest.raises(TypeError, match=f"{name} has no derivative rule"):
        grad(lambda x: np.sum(f(x)))(x)
    with pytest.raises(TypeError, match=f"{name} has no derivative rule"):
        jvp(f, x, np.ones((1, 2)))


@pytest.mark.parametrize(
    ("f", "x", "error", "says"),
    [
        (3, 1.0, TypeError, "f must be a function, got int"),
        (np.sin, [1.0, 2.0], ValueError, r"one number, got shape \(2,\)"),
        (np.sum, [], ValueError, "must not be empty"),
        (np.sum, {}, ValueError, "got no arrays"),
        (np.sum, [1.0, np.nan], ValueError, r"got nan at index \(1,\)"),
        (np.sum, 1j, TypeError, "real numbers, got complex128"),
        (lambda x: x * 1j, 1.0, TypeError, "must be real, got complex128"),
        (lambda x: x * np.array("a"), 1.0, TypeError, "must be real"),
    ],
)
def test_bad_input_is_refused_with_the_value(f, x, error, says):
    with pytest.raises(error, match=says):
        grad(f)(x)


def test_an_argument_that_is_not_there_is_refused():
    with pytest.raises(TypeError, match="argnum 1, but 1 arguments"):
        grad(np.sum, argnum=1)([1.0])


def test_a_direction_must_have_the_shape_of_its_place():
    with pytest.raises(ValueError, match=r"shape \(2,\), got \(3,\)"):
        jvp(np.sum, [1.0, 2.0], [1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match=r"shape \(\), got \(2,\)"):
        vjp(np.sum, [1.0, 2.0])[1](np.ones(2))


def test_an_error_of_the_function_itself_is_its_own():
    def f(_):
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        grad(f)(1.0)


def test_a_tensor_says_what_it_is():
    seen = []

    def f(x):
        y = np.reshape(x, (2, 1))
        seen.extend([y.shape, y.ndim, y.size, len(y), repr(y)[:7]])
        return np.sum(y.T @ y.reshape(2, 1)) + y.max() + y.mean()

    assert grad(f)([3.0, 4.0]) == pytest.approx([6.5, 9.5])
    assert seen == [(2, 1), 2, 2, 2, "Tensor("]
    assert isinstance(Tensor(np.ones(2)) + 1, Tensor)


def test_nested_runs_of_forward_mode_keep_their_slopes_apart():
    inner = lambda x: jvp(lambda y: x * y, 2.0, 1.0)[1]  # noqa: E731
    value, slope = jvp(lambda x: x * inner(x), 3.0, 1.0)
    assert (value, slope) == (9.0, 6.0)
    outer = jvp(lambda x: jvp(np.sin, x, 1.0)[1], 0.7, 1.0)
    assert outer == pytest.approx((math.cos(0.7), -math.sin(0.7)))


@pytest.mark.parametrize(
    "square",
    [
        lambda x, y: x * y * y,
        lambda x, y: y * x * y,
        lambda x, y: np.where(x > 0, x * y * y, y),
        lambda x, y: np.sum(np.concatenate([x * y[None], 0 * y[None]])) * y,
    ],
)
def test_forward_mode_passes_through_a_gradient_that_captures_it(square):
    f = lambda x: grad(lambda y: square(x, y))(2.0)  # noqa: E731
    assert jvp(f, 3.0, 1.0) == pytest.approx((12, 4))


def test_forward_mode_inside_a_gradient_is_refused():
    with pytest.raises(TypeError, match="jvp inside a grad"):
        grad(lambda x: jvp(np.sin, x, 1.0)[1])(0.7)
    with pytest.raises(TypeError, match="jvp inside a grad"):
        grad(lambda x: jvp(lambda y: x * y, 2.0, 1.0)[1])(0.7)


def test_powers_are_right_at_zero():
    f = lambda x: x**2  # noqa: E731
    third = grad(grad(grad(f)))
    assert [grad(f)(0.0), grad(grad(f))(0.0), third(0.0)] == [0, 2, 0]
    exponents = np.array([0, 1, 2])
    at_zero = grad(lambda x: np.sum(x**exponents))(np.zeros(3))
    np.testing.assert_array_equal(at_zero, [0, 1, 0])
    assert grad(lambda b: 0.0**b)(2.0) == 0
    second = grad(grad(lambda x: x**x))(2.0)
    assert second == pytest.approx(4 * (1 + math.log(2)) ** 2 + 2)


def test_the_base_of_a_captured_view_may_change():
    base = np.arange(4.0)

    def f(x):
        y = np.sum(base[:2] * x)
        base[0] = 100
        return y

    np.testing.assert_array_equal(grad(f)([1.0, 1.0]), [0, 1])


def test_an_index_or_a_mask_may_change_after_its_use():
    def taken(x, index):
        y = x[index]
        index[0] = 1
        return np.sum(y)

    def chosen(x):
        mask = np.array([True, False])
        y = np.where(mask, x, 0.0)
        mask[:] = False
        return np.sum(y)

    for f in (
        lambda x: taken(x, [0]),
        lambda x: taken(x, np.array([0])),
        chosen,
    ):
        np.testing.assert_array_equal(grad(f)([1.0, 1.0]), [1, 0])


def test_a_pullback_outlives_changes_of_captured_arrays():
    c = np.ones(2)
    _, pullback = vjp(lambda x: c * x, [1.0, 1.0])
    c[0] = 7
    np.testing.assert_array_equal(pullback([1, 1]), [1, 1])


def test_what_an_inner_run_captured_stays_locked_for_the_outer_one():
    def f(x):
        c = np.ones(2)
        g = grad(lambda y: np.sum(c * y * y * x))(x)
        c[0] = 50
        return np.sum(g)

    with pytest.raises(TypeError, match="changes an array in place"):
        grad(f)([1.0, 1.0])


def test_gradients_share_no_memory_and_may_be_changed():
    f = lambda p: np.sum(p[0] + p[1].T) + np.sum(p[2])  # noqa: E731
    found = grad(f)([np.ones((2, 2)) for _ in range(3)])
    for g in found:
        np.subtract(g, 5, out=g)
        np.testing.assert_array_equal(g, -4 * np.ones((2, 2)))
    v = np.ones(2)
    _, pullback = vjp(lambda x: x, [1.0, 2.0])
    assert not np.shares_memory(pullback(v), v)


def test_a_variable_made_by_hand_is_a_float64_copy():
    given = np.array([1, 2])
    assert Tensor(given).data.dtype == np.float64
    given[0] = 3
    assert Tensor([1, 2]).shape == (2,)


@pytest.mark.parametrize(
    ("returned", "says"),
    [
        (None, "real numbers, got None"),
        ("a", "real numbers, got 'a'"),
        ([1.0], "one array, got list"),
        ((1.0, 2.0), "one array, got tuple"),
    ],
)
def test_a_function_must_return_an_array(returned, says):
    with pytest.raises(TypeError, match=says):
        grad(lambda _: returned)(1.0)


def test_an_adjoint_must_be_real_and_finite():
    _, pullback = vjp(np.sin, [1.0, 2.0])
    with pytest.raises(ValueError, match="v must be finite, got nan"):
        pullback([1.0, np.nan])
    with pytest.raises(TypeError, match="v must be real numbers"):
        pullback([1j, 1.0])


@pytest.mark.parametrize("run", [lambda f: grad(f)(2.0), None])
def test_a_single_number_has_no_entries(run):
    run = run or (lambda f: jvp(f, 2.0, 1.0))
    with pytest.raises(TypeError, match="no length or entries"):
        run(lambda x: sum(v for v in x))


def test_entries_can_be_unpacked():
    def f(x):
        a, b = x
        return a * b**2

    np.testing.assert_allclose(grad(f)([2.0, 3.0]), [9, 12])
    assert jvp(f, [2.0, 3.0], [1.0, 1.0])[1] == pytest.approx(21)
