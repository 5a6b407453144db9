"""Implicit differentiation against closed forms, JAX, SciPy, differences."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize._numdiff import approx_derivative, group_columns

from derivable.calculus import (
    Dual,
    color_columns,
    custom_vjp,
    fixed_point,
    grad,
    implicit_jacobian,
    jacobian,
    jvp,
    matrix_sqrt,
    numerical_gradient,
    root,
    solve_sylvester,
    sparse_jacobian,
    stop_gradient,
    unvec,
    value_and_grad,
    vec,
    vjp,
)
from derivable.errors import ConvergenceError

seeds = st.integers(0, 2**32 - 1)
scales = st.sampled_from([1e-100, 1e-8, 1.0, 1e8, 1e100])


def circle(x, y):
    return x**2 + y**2 - 1


def system(x, y):
    """Two equations, two unknowns, three parameters."""
    first = y[0] ** 3 + y[0] + x[0] * y[1] - x[1]
    second = y[1] + x[2] * np.tanh(y[0]) - x[0]
    return np.stack([first, second])


X = np.array([0.4, 1.3, 0.7])


# --- the theorem


@pytest.mark.parametrize("x", [-0.9, -0.3, 0.0, 0.6])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_slope_of_a_circle_is_minus_x_over_y(x, sign):
    y = sign * np.sqrt(1 - x**2)
    assert implicit_jacobian(circle, x, y) == pytest.approx(-x / y)


def test_the_jacobian_has_the_shape_of_y_and_then_of_x():
    y = root(system, X, [0.0, 0.0])
    J = implicit_jacobian(system, X, y)
    assert J.shape == (2, 3)
    solve = lambda x: root(system, x, [0.0, 0.0])  # noqa: E731
    assert jacobian(solve, X) == pytest.approx(J, rel=1e-7, abs=1e-8)

    def matrices(x, y):
        return y + x[0] * y @ y - x[1:].reshape(2, 2)

    x = np.array([0.1, 1.0, 0.2, 0.3, 2.0])
    Y = root(matrices, x, np.eye(2))
    J = implicit_jacobian(matrices, x, Y)
    assert J.shape == (2, 2, 5)
    flat = jacobian(lambda x: root(matrices, x, np.eye(2)).ravel(), x)
    assert J.reshape(4, 5) == pytest.approx(flat, rel=1e-6, abs=1e-8)


@given(seeds, scales, scales, scales)
def test_units_of_equations_and_unknowns_decide_nothing(seed, a, b, c):
    rng = np.random.default_rng(seed)
    # Each diagonal entry exceeds the rest of its row by 2, and tanh bends
    # by 1 at most: from anywhere, a step of Newton halves the error.
    A = rng.uniform(-1, 1, size=(3, 3)) + 5 * np.eye(3)
    x = rng.normal(size=3)

    def F(x, y):
        z = y / b
        return a * (A @ z + np.tanh(z) - x / c)

    y = root(F, c * x, np.zeros(3))
    J = implicit_jacobian(F, c * x, y)
    z = y / b
    slope = np.linalg.inv(A + np.diag(1 - np.tanh(z) ** 2))
    assert J * (c / b) == pytest.approx(slope, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("size", [1e-12, 1e-7, 1e-3])
@pytest.mark.parametrize("unit", [1e-20, 1.0, 1e20])
@pytest.mark.parametrize("power", [2, 3])
def test_near_a_fold_the_derivative_is_refused(size, unit, power):
    fold = lambda x, y: (y / unit - 1) ** power - x  # noqa: E731
    with pytest.raises(ValueError, match="Newton step changes"):
        implicit_jacobian(fold, 0.0, unit * (1 + size))


def test_at_a_fold_the_derivative_is_refused():
    with pytest.raises(ValueError, match="must not be singular, got rank 0"):
        implicit_jacobian(circle, 1.0, 0.0)
    dependent = lambda x, y: np.stack(  # noqa: E731
        [y[0] + y[1] - x, 2 * y[0] + 2 * y[1] - 2 * x]
    )
    with pytest.raises(ValueError, match="got rank 1 of 2"):
        implicit_jacobian(dependent, 1.0, [0.5, 0.5])


def expanded(x, y):
    return y**2 - 2 * y + 1 - x


def turning(x, y):
    return y**3 - 3 * y - x


def shifted(x, y):
    return (x + 1) ** 2 + y**2 - 1


def squashed(x, y):
    """Its values rise as its slope says, far away and by chance."""
    return np.tanh(turning(x, y))


def crowded(x, y):
    """A double root 1 beside 2 to 7, so its values are noisy."""
    value = 0 * y
    for coefficient in np.poly([1, 1, 2, 3, 4, 5, 6, 7]):
        value = value * y + coefficient
    return value - x


@pytest.mark.parametrize(
    ("F", "x", "y"),
    [
        *[(circle, 1.0, s * d) for s in (1, -1) for d in (1e-12, 3e-9, 7e-9)],
        *[(expanded, 0.0, 1 + d) for d in (1e-8, -3e-9, 1e-13)],
        *[(turning, -2.0, 1 + d) for d in (4e-9, -4e-9, 9e-9, 1e-13)],
        *[(shifted, 0.0, d) for d in (1e-9, 1e-200)],
        *[(squashed, -2.0, 1 + 1e-9 * d) for d in (1, 2, 4, 8)],
        (crowded, 0.0, 1 - 3.691808443533794e-8),  # ±h agree by chance
    ],
)
def test_a_fold_that_drowns_in_rounding_is_refused(F, x, y):
    """The computed F is zero, or noise: no Newton step tells."""
    with pytest.raises(ValueError, match="regular ∂F/∂y, but got one where"):
        implicit_jacobian(F, x, y)


@pytest.mark.parametrize(
    ("F", "x"), [(circle, 1.0), (turning, -2.0), (expanded, 0.0)]
)
@pytest.mark.parametrize("y0", [1.3, 1.5, 2.0, 3.0])
def test_wherever_newton_starts_a_fold_has_no_derivative(F, x, y0):
    with pytest.raises((ValueError, ConvergenceError)):
        grad(lambda x: root(F, x, y0))(x)


@given(seeds, st.integers(1, 3), scales, scales)
@settings(max_examples=25)
def test_a_drowned_fold_is_refused_among_other_equations(seed, n, a, b):
    """One of n unknowns folds, mixed with the others, in any unit."""
    rng = np.random.default_rng(seed)
    M, N = rng.normal(size=(2, n, n)) + 4 * np.eye(n)

    def F(x, y):
        z = M @ (y / b)
        rest = z + np.tanh(z)
        return a * (N @ np.concatenate([expanded(x, z[:1]), rest[1:]]))

    z = np.zeros(n)
    z[0] = 1 + rng.choice([-1, 1]) * 10 ** rng.uniform(-12, -8.5)
    with pytest.raises(ValueError, match="must"):
        implicit_jacobian(F, 0.0, b * np.linalg.solve(M, z))


@pytest.mark.parametrize(
    ("F", "x", "y0", "slope"),
    [
        (lambda x, y: np.exp(y) - 1 - x * 0, 1.0, 3.0, 0.0),
        (lambda x, y: np.exp(y) - 1 - x, 0.0, 1e-300, 1.0),
        (lambda x, y: y - x, 0.0, 0.0, 1.0),
        (lambda x, y: np.tanh(y - 1.7e9) - x, 0.5, 1.7e9, 4 / 3),
        (lambda x, y: np.tanh(1e9 * (y - 1)) - x, 0.5, 1.0, 4e-9 / 3),
        (lambda x, y: np.log(y) - x, -20.0, 1e-9, np.exp(-20.0)),
    ],
)
def test_what_is_steep_or_far_away_or_near_zero_is_no_fold(F, x, y0, slope):
    """Also where y is large beside the distance on which F curves."""
    J = implicit_jacobian(F, x, root(F, x, y0))
    assert pytest.approx(slope, rel=1e-5, abs=0) == J


@pytest.mark.parametrize("small", [1e-4, 1e-9, 1e-12])
def test_a_weak_direction_that_is_straight_is_no_fold(small):
    Q = np.linalg.qr(np.random.default_rng(1).normal(size=(3, 3)))[0]
    A = Q @ np.diag([1.0, 0.5, small]) @ Q.T
    J = implicit_jacobian(lambda x, y: A @ y - x, A @ np.ones(3), np.ones(3))
    assert pytest.approx(np.linalg.inv(A), rel=1e-9) == J


@pytest.mark.parametrize("y", [0.0, 1e-300, 1e-8, 1.0, 1e8, 1e300])
def test_steps_start_from_the_size_of_y(y):
    """The first length shows the slope, so few runs do; y may be zero."""
    runs, unit = [], y or 1.0

    def F(x, z):
        runs.append(1)
        return np.tanh((z - y) / unit) - x

    assert implicit_jacobian(F, 0.0, y) == pytest.approx(
        unit, rel=1e-12, abs=0
    )
    assert len(runs) == 12  # 4 for the derivatives, 2 for each of 4 steps


@pytest.mark.parametrize("octave", [0, 2])
@pytest.mark.parametrize("side", [1, -1])
def test_four_steps_have_to_agree(octave, side):
    """Values that are off in every third octave on one side of y = 0."""

    def off(y):
        y = stop_gradient(y)
        third = (np.frexp(y)[1] - 1) % 3 == octave
        return y if third and y * side > 0 else 0.0

    with pytest.raises(ValueError, match="no step changes F as"):
        implicit_jacobian(lambda x, y: y + off(y) - x, 0.0, 0.0)


@pytest.mark.parametrize("kink", [np.abs, lambda y: -np.abs(y)])
def test_at_a_kink_of_the_equation_there_is_no_slope(kink):
    with pytest.raises(ValueError, match="a fold, a kink, or hidden"):
        implicit_jacobian(lambda x, y: y + kink(y) / 2 - x, 0.0, 0.0)


@pytest.mark.parametrize("n", [2, 6])
@pytest.mark.parametrize("y", [1e-12, 1e-9, -5e-9])
def test_regular_equations_beside_a_fold_do_not_hide_it(n, y):
    """In even units the fold is as steep as the others."""

    def F(x, y):
        return np.concatenate([circle(x[:1], y[:1]), y[1:] - x[1:]])

    x, start = np.eye(n)[0], np.full(n, 0.0)
    with pytest.raises(ValueError, match="no step changes F as"):
        implicit_jacobian(F, x, y * x)
    start[0] = 0.5
    with pytest.raises((ValueError, ConvergenceError)):
        grad(lambda x: root(F, x, start)[0])(x)


@pytest.mark.parametrize("n", [2, 6])
@pytest.mark.parametrize(
    "kink",
    [
        lambda y: np.abs(y[0]),
        lambda y: np.abs(y[1]),  # where the equation shows no slope
        lambda y: np.abs(y[0] - y[1]),
    ],
)
@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
@pytest.mark.parametrize("far", [0.0, 1.0])
def test_regular_equations_beside_a_kink_do_not_hide_it(n, kink, unit, far):
    """Nor do large terms, which drown the kink for short steps."""
    for c, accepted in ((0.2, True), (0.3, False)):

        def F(x, y, c=c):
            first = (y[0] + c * kink(y) + far) - far - x[0]
            return np.concatenate([unit * np.stack([first]), y[1:] - x[1:]])

        solve = lambda x, F=F: root(F, x, np.zeros(n))[0]  # noqa: E731
        if accepted:
            assert np.isfinite(grad(solve)(np.zeros(n))).all()
        else:
            with pytest.raises(ValueError, match="must be near a solution"):
                grad(solve)(np.zeros(n))


@given(seeds, st.integers(2, 5))
@settings(max_examples=30)
def test_a_regular_system_in_any_units_is_not_refused(seed, n):
    """Each row of A exceeds what sin and the others bend by far."""
    rng = np.random.default_rng(seed)
    A = rng.uniform(-1, 1, size=(n, n)) + 3 * n * np.eye(n)
    a, b = 10 ** rng.uniform(-8, 8, size=(2, n))
    far = rng.normal(size=n) * 10 ** rng.uniform(-6, 2, n)

    def F(x, y):
        z = y / b - far
        return a * (A @ z + np.sin(z) - x)

    J = implicit_jacobian(F, np.zeros(n), b * far)
    want = np.linalg.inv(A + np.eye(n))
    assert J / b[:, None] == pytest.approx(want, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("hidden", "limit"),
    [
        (stop_gradient, 0.25),
        (lambda y: -stop_gradient(y), 0.25),
        (lambda y: stop_gradient(np.maximum(y, 0)), 0.25),
        (lambda y: stop_gradient(np.minimum(y, 0)), 0.25),
        (lambda y: np.abs(y) - stop_gradient(np.abs(y)), 0.5),
    ],
)
def test_values_may_differ_by_a_quarter_and_slopes_by_half(hidden, limit):
    """On either side; what is stopped is seen in the values alone."""
    for c, accepted in ((0.96 * limit, True), (1.04 * limit, False)):
        F = lambda x, y, c=c: y + c * hidden(y) - x  # noqa: E731
        if accepted:
            assert implicit_jacobian(F, 0.0, 0.0) == 1.0
        else:
            with pytest.raises(ValueError, match="no step changes F as"):
                implicit_jacobian(F, 0.0, 0.0)


def test_close_to_a_fold_but_beside_it_the_derivative_is_large_and_right():
    y = np.sqrt(1e-8)
    J = implicit_jacobian(lambda x, y: y**2 - x, 1e-8, y)
    assert pytest.approx(0.5 / y, rel=1e-12) == J


def test_what_is_no_solution_is_refused():
    with pytest.raises(ValueError, match="y must be finite"):
        implicit_jacobian(circle, 0.0, np.nan)
    with pytest.raises(ValueError, match="near a solution"):
        implicit_jacobian(circle, 0.0, 0.5)


def test_equations_and_unknowns_are_as_many():
    more = lambda x, y: np.stack([y - x, y + x])  # noqa: E731
    for call in (
        lambda: implicit_jacobian(more, 1.0, 1.0),
        lambda: root(more, 1.0, 1.0),
    ):
        with pytest.raises(ValueError, match=r"shape \(\) of y, got \(2,\)"):
            call()
    with pytest.raises(ValueError, match=r"f\(x, y\) must have the shape"):
        fixed_point(lambda x, y: y[:1] + x, 1.0, [1.0, 2.0])
    with pytest.raises(ValueError, match="∂F/∂y must be finite"):
        implicit_jacobian(
            lambda x, y: y - x + 1e300 * np.tanh(1e300 * y), 0.0, 0.0
        )


# --- roots


def test_a_root_and_both_its_derivatives_are_right():
    c = np.array([0.3, -2.0])
    y, g = value_and_grad(lambda x: c @ root(system, x, [0.0, 0.0]))(X)
    assert system(X, root(system, X, [0.0, 0.0])) == pytest.approx(
        0, abs=1e-14
    )
    J = implicit_jacobian(system, X, root(system, X, [0.0, 0.0]))
    assert g == pytest.approx(c @ J, rel=1e-12)
    v = np.array([1.0, -0.5, 2.0])
    y, dy = jvp(lambda x: root(system, x, [0.0, 0.0]), X, v)
    assert y.shape == dy.shape == (2,)
    assert dy == pytest.approx(J @ v, rel=1e-12)


def test_the_root_agrees_with_jax():
    def F(x, y):
        return y + jnp.tanh(y) - x**2

    def solve(x):
        def newton(f, y):
            for _ in range(30):
                y = y - f(y) / jax.jvp(f, (y,), (jnp.ones_like(y),))[1]
            return y

        return jax.lax.custom_root(
            lambda y: F(x, y),
            jnp.zeros_like(x),
            newton,
            lambda g, y: y / g(jnp.ones_like(y)),
        )

    ours = lambda x, y: y + np.tanh(y) - x**2  # noqa: E731
    x = np.array([0.5, -1.5])
    with jax.enable_x64(True):
        theirs = jax.grad(lambda x: jnp.sum(jnp.sin(solve(x))))(x)
    found = grad(lambda x: np.sum(np.sin(root(ours, x, [0.0, 0.0]))))(x)
    assert found == pytest.approx(np.array(theirs), rel=1e-12)


def test_jax_transposes_the_solver_of_the_tangent_system():
    """A loop has no transpose; custom_linear_solve gives it one."""

    def loop(g, b):
        step = lambda _, u: u + 0.2 * (b - g(u))  # noqa: E731
        go = lambda state: state[0] < 200  # noqa: E731
        body = lambda state: (state[0] + 1, step(*state))  # noqa: E731
        return jax.lax.while_loop(go, body, (0, jnp.zeros_like(b)))[1]

    def wrapped(g, b):
        return jax.lax.custom_linear_solve(
            g, b, solve=loop, transpose_solve=loop
        )

    def solve(x, tangent):
        def newton(f, y):
            for _ in range(30):
                y = y - f(y) / (3 * y**2 + 1)
            return y

        F = lambda y: y**3 + y - x  # noqa: E731
        return jnp.sum(
            jax.lax.custom_root(F, jnp.ones_like(x), newton, tangent)
        )

    x = np.array([2.0, 2.0])
    with jax.enable_x64(True):
        with pytest.raises(ValueError, match="Reverse-mode"):
            jax.grad(solve)(x, loop)
        theirs = jax.grad(solve)(x, wrapped)
    assert np.array(theirs) == pytest.approx([0.25, 0.25], rel=1e-12)


def test_the_steps_of_a_root_are_not_recorded():
    calls = []

    def F(x, y):
        calls.append(type(y).__name__)
        return y**3 + y - x

    grad(lambda x: root(F, x, 100.0))(2.0)
    assert "Tensor" not in calls
    assert "ndarray" in calls


def test_a_second_derivative_is_refused_where_one_step_is_wrong():
    """A recorded Newton step has the second slope 0, the truth −3/32."""
    F = lambda x, y: y**3 + y - x  # noqa: E731

    def last_step(x):
        y = root(F, stop_gradient(x), 1.0)
        return y - F(x, y) / (3 * y**2 + 1)

    assert grad(grad(last_step))(2.0) == 0.0
    first = grad(lambda x: root(F, x, 1.0))
    with pytest.raises(TypeError, match="differentiated once"):
        grad(first)(2.0)
    assert numerical_gradient(first, 2.0) == pytest.approx(-3 / 32, rel=1e-6)


def test_the_start_chooses_the_root_and_has_no_derivative():
    F = lambda x, y: y**2 - x  # noqa: E731
    assert root(F, 4.0, 1.0) == pytest.approx(2)
    assert root(F, 4.0, -1.0) == pytest.approx(-2)
    assert grad(lambda x: root(F, x, -1.0))(4.0) == pytest.approx(-0.25)


@pytest.mark.parametrize(
    ("x", "says"), [(-1.0, "no root within 50"), (0.0, "no root within 50")]
)
def test_a_root_that_is_not_there_or_double_does_not_converge(x, says):
    with pytest.raises(ConvergenceError, match=says):
        root(lambda x, y: y**2 - x, x, 0.7)


def test_tolerance_and_steps_of_a_root_count():
    F = lambda x, y: y**3 - x  # noqa: E731
    with pytest.raises(ConvergenceError, match="within 3 Newton steps"):
        root(F, 2.0, 50.0, max_steps=3)
    rough, fine = (root(F, 2.0, 50.0, tol=t) for t in (0.5, 1e-12))
    assert abs(rough - 2 ** (1 / 3)) > 1e-3
    assert fine == pytest.approx(2 ** (1 / 3), rel=1e-14)
    with pytest.raises(ValueError, match="tol must be positive"):
        root(F, 2.0, 1.0, tol=0)
    assert root(lambda x, y: np.exp(y) - 1 + 0 * x, 1.0, 3.0) == pytest.approx(
        0, abs=1e-14
    )
    with pytest.raises(ConvergenceError, match="no root within 1 "):
        root(lambda x, y: 1e-300 * y - x, 1e300, 1.0, max_steps=1)


def test_a_fold_inside_a_gradient_is_refused():
    """Newton creeps to the double root; the slope there is infinite."""
    F = lambda x, y: (y - 1) ** 2 - x  # noqa: E731
    with pytest.raises(ValueError, match="Newton step changes"):
        grad(lambda x: root(F, x, 2.0, tol=1e-3))(0.0)
    with pytest.raises(ValueError, match="Newton step changes"):
        jvp(lambda x: root(F, x, 2.0, tol=1e-3), 0.0, 1.0)


def test_a_derivative_of_a_derivative_is_refused_not_wrong():
    f = lambda x: root(lambda x, y: y**3 + y - x, x, 1.0)  # noqa: E731
    fixed = lambda x: fixed_point(lambda x, y: np.cos(y) / 2 + x, x, 1.0)  # noqa: E731
    for each in (f, fixed):
        with pytest.raises(TypeError, match="differentiated once"):
            grad(grad(each))(2.0)
        with pytest.raises(TypeError, match="differentiated once"):
            jvp(grad(each), 2.0, 1.0)


def test_what_is_differentiated_comes_in_as_x():
    def closes_over(t):
        return root(lambda x, y: y - t * x, 1.0, 1.0)

    with pytest.raises(TypeError, match="all that is differentiated as x"):
        grad(closes_over)(2.0)

    def hides(t):
        return custom_vjp(lambda x: (t * x, None), lambda _, g: (g,))(1.0)

    with pytest.raises(TypeError, match="all that is differentiated as arg"):
        grad(hides)(2.0)
    with pytest.raises(TypeError, match="all that is differentiated as arg"):
        grad(lambda t: hides(t) * t)(2.0)


def test_a_minimum_is_a_root_of_a_gradient():
    """The gradient inside is not part of the run around it."""

    def cost(x, y):
        return np.sum(np.cosh(y) - x * y) + y[0] * y[1] / 4

    def best(x):
        return root(grad(cost, 1), x, [0.0, 0.0])

    x, w = np.array([0.5, -0.3]), np.array([1.0, 2.0])
    H = np.diag(np.cosh(best(x))) + 0.25 * np.array([[0, 1], [1, 0]])
    got = grad(lambda x: w @ best(x))(x)
    assert got == pytest.approx(np.linalg.solve(H, w), rel=1e-12)
    assert jvp(best, x, w)[1] == pytest.approx(np.linalg.solve(H, w))

    def whole(x):
        J = implicit_jacobian(grad(cost, 1), x0, best(x0))
        return np.sum(J @ x)

    x0 = x
    assert grad(whole)(x) == pytest.approx(np.linalg.inv(H).sum(axis=0))


def test_after_an_error_a_run_is_recorded_as_before():
    def f(x):
        with pytest.raises(ConvergenceError):
            root(lambda x, y: y**2 + 1 + 0 * x, x, 0.7)
        return x**3

    assert grad(grad(f))(2.0) == pytest.approx(12)


# --- fixed points


def layer(x, y):
    W = np.array([[0.4, -0.3, 0.1], [0.2, 0.5, -0.4], [0.0, 0.3, 0.2]])
    return np.tanh(W @ y + x)


def test_a_fixed_point_and_its_gradient_are_those_of_the_root():
    c = np.array([1.0, 0.5, -2.0])
    y = fixed_point(layer, X, np.zeros(3))
    assert layer(X, y) == pytest.approx(y, rel=1e-11)
    F = lambda x, y: y - layer(x, y)  # noqa: E731
    found = grad(lambda x: c @ fixed_point(layer, x, np.zeros(3)))(X)
    wanted = grad(lambda x: c @ root(F, x, np.zeros(3)))(X)
    assert found == pytest.approx(wanted, rel=1e-10)


def test_the_way_back_keeps_no_iterate():
    seen = []

    def f(x, y):
        seen.append(type(y).__name__)
        return np.cos(y) * x

    grad(lambda x: fixed_point(f, x, 0.5))(0.6)
    assert seen.count("Tensor") == 1  # one pullback, used again and again
    assert seen.count("ndarray") > 10


@pytest.mark.parametrize("slope", [0.9, 0.99, -0.99])
def test_a_slow_fixed_point_is_as_exact_as_its_tolerance(slope):
    f = lambda x, y: slope * y + x  # noqa: E731
    y = fixed_point(f, 1.0, 0.0, tol=1e-8, max_steps=5000)
    assert y == pytest.approx(1 / (1 - slope), rel=2e-8)
    assert abs(y * (1 - slope) - 1) > 1e-11  # it did stop early
    g = grad(lambda x: fixed_point(f, x, 0.0, tol=1e-8, max_steps=5000))(1.0)
    assert g == pytest.approx(1 / (1 - slope), rel=2e-8)


@pytest.mark.parametrize("slope", [1.0, 1.5, -1.0, -2.0, 1e200])
def test_without_contraction_nothing_settles(slope):
    with pytest.raises(ConvergenceError, match="no fixed point of f"):
        fixed_point(lambda x, y: slope * y + x, 1.0, 0.3)


def test_a_way_back_that_does_not_settle_is_refused():
    """At the fixed point itself the map may still be expanding."""
    f = lambda x, y: 2 * y - x  # noqa: E731
    assert fixed_point(f, 1.0, 1.0) == 1.0
    with pytest.raises(ConvergenceError, match="no fixed point of the way"):
        grad(lambda x: fixed_point(f, x, 1.0))(1.0)


def test_values_may_settle_where_adjoints_do_not():
    """From this start the expanding direction is never entered."""
    f = lambda x, y: np.stack([0.5 * y[0] + x, 2 * y[1]])  # noqa: E731
    F = lambda x, y: y - f(x, y)  # noqa: E731
    assert fixed_point(f, 1.0, np.zeros(2)) == pytest.approx([2, 0])
    with pytest.raises(ConvergenceError, match="no fixed point of the way"):
        grad(lambda x: np.sum(fixed_point(f, x, np.zeros(2))))(1.0)
    g = grad(lambda x: np.sum(root(F, x, np.zeros(2))))(1.0)
    assert g == pytest.approx(2)


def test_a_fixed_point_zero_is_not_small_beside_itself():
    with pytest.raises(ConvergenceError, match="after 1000 steps"):
        fixed_point(lambda x, y: 0.5 * y + x, 0.0, 1.0)


@pytest.mark.parametrize(
    ("slope", "tol", "calls"),
    [(1e-3, 1e-8, 3), (0.1, 3e-6, 6), (0.1, 3e-8, 8), (-0.1, 3e-6, 6)],
)
def test_it_stops_as_soon_as_what_is_to_come_is_small(slope, tol, calls):
    """Step k is slope^(k − 1), and all after it are slope^k / (1 − slope)."""
    seen = []

    def f(x, y):
        seen.append(y)
        return slope * y + x

    fixed_point(f, 1.0, 0.0, tol=tol)
    assert len(seen) == calls


def test_two_small_steps_by_chance_are_not_the_end():
    """The larger of the last two ratios counts."""
    steps = [1.0, 0.9, 1e-8, 1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12, 1e-14]
    at = iter(np.cumsum(steps))
    y = fixed_point(lambda _x, _y: next(at), 1.0, 0.0, tol=1e-9)
    assert y > 1.91


def test_one_small_step_after_slow_ones_is_not_the_end():
    """The slower of two ratios says what is still to come."""
    at = iter([1.0, 1.1, 1.19, 1.19 + 5e-10, 1.5, *[1.6] * 4])
    y = fixed_point(lambda _x, _y: next(at), 1.0, 0.0, tol=1e-9)
    assert y == 1.6


def test_zero_is_a_fixed_point_too():
    assert fixed_point(lambda x, y: x * y / 2, 1.0, [0.0]).tolist() == [0.0]
    f = lambda x: fixed_point(lambda x, y: x * y / 2, x, 0.0)  # noqa: E731
    assert grad(f)(1.0) == 0.0


def test_rounding_is_the_end_of_every_tolerance():
    f = lambda x, y: 0.9 * y + x  # noqa: E731
    y = fixed_point(f, 0.1, 0.0, tol=1e-30, max_steps=2000)
    assert y == pytest.approx(1, rel=1e-14)


def test_steps_of_a_fixed_point_count():
    with pytest.raises(ConvergenceError, match="after 5 steps"):
        fixed_point(lambda x, y: 0.5 * y + x, 1.0, 0.0, max_steps=5)
    with pytest.raises(ValueError, match="max_steps must be at least 1"):
        fixed_point(lambda x, y: 0.5 * y + x, 1.0, 0.0, max_steps=0)


# --- rules of your own


def product():
    return custom_vjp(
        lambda a, b: (a @ b, (a, b)), lambda s, g: (g * s[1], g * s[0])
    )


def test_a_custom_rule_is_used_and_composes():
    f = product()
    a, b = np.array([1.0, 2.0]), np.array([3.0, -1.0])
    assert f(a, b) == 1.0
    assert f([1, 2], [3, -1]) == 1.0
    got = grad(lambda t: np.sin(f(t[0] * a, t[1] * b)) * 2)([1.5, 0.5])
    want = numerical_gradient(
        lambda t: 2 * np.sin(t[0] * a @ (t[1] * b)), [1.5, 0.5]
    )
    assert got == pytest.approx(want, rel=1e-8)
    assert grad(lambda x: f(x, x))(a) == pytest.approx(2 * a)
    assert grad(lambda x: f(x, b))(a) == pytest.approx(b)
    assert grad(lambda x: f(b, x))(a) == pytest.approx(b)


def test_the_rule_is_obeyed_even_if_it_is_wrong():
    wrong = custom_vjp(lambda x: (x**2, x), lambda x, g: (7 * g * x,))
    assert grad(wrong)(3.0) == 21.0


def test_a_custom_rule_is_differentiated_again():
    cube = custom_vjp(lambda x: (x**3, x), lambda x, g: (3 * x**2 * g,))
    assert grad(grad(cube))(2.0) == pytest.approx(12)
    assert jvp(grad(cube), 2.0, 1.0)[1] == pytest.approx(12)
    assert grad(grad(grad(cube)))(2.0) == pytest.approx(6)
    f = product()
    x = np.array([0.3, 0.4])
    mixed = lambda t: f(np.sin(t * x), np.exp(t * x))  # noqa: E731
    plain = lambda t: np.sin(t * x) @ np.exp(t * x)  # noqa: E731
    assert grad(grad(mixed))(0.7) == pytest.approx(grad(grad(plain))(0.7))


def test_one_pass_calls_the_rule_once_for_all_arguments():
    calls = []

    def backward(saved, g):
        calls.append(g)
        return g * saved[1], g * saved[0]

    f = custom_vjp(lambda a, b: (a * b, (a, b)), backward)
    _, back = vjp(lambda t: f(t[0], t[1]), np.array([2.0, 3.0]))
    assert back(1.0) == pytest.approx([3.0, 2.0])
    assert len(calls) == 1
    assert back(10.0) == pytest.approx([30.0, 20.0])


def test_a_custom_rule_agrees_with_jax():
    def forward(x):
        return np.log(1 + np.exp(x)), np.exp(x)

    def backward(e, g):
        return (g * (1 - 1 / (1 + e)),)

    @jax.custom_vjp
    def theirs(x):
        return jnp.log(1 + jnp.exp(x))

    theirs.defvjp(
        lambda x: (jnp.log(1 + jnp.exp(x)), jnp.exp(x)),
        lambda e, g: (g * (1 - 1 / (1 + e)),),
    )
    x = np.array([-3.0, 0.5, 20.0])
    with jax.enable_x64(True):
        want = jax.grad(lambda x: jnp.sum(theirs(x) ** 2))(x)
        again = jax.grad(jax.grad(theirs))(0.5)
        with pytest.raises(TypeError, match="custom_vjp"):
            jax.jvp(theirs, (1.0,), (1.0,))
    ours = custom_vjp(forward, backward)
    got = grad(lambda x: np.sum(ours(x) ** 2))(x)
    assert got == pytest.approx(np.array(want), rel=1e-12)
    assert grad(grad(ours))(0.5) == pytest.approx(float(again), rel=1e-12)
    with pytest.raises(TypeError, match="custom_vjp"):
        jvp(ours, 1.0, 1.0)


@pytest.mark.parametrize(
    ("found", "error", "says"),
    [
        (lambda g: (g,), ValueError, "2 gradients, one for each argument"),
        (lambda g: (g, g, g), ValueError, "got 3"),
        (lambda g: g, TypeError, "tuple of gradients, got ndarray"),
        (lambda g: (g, np.ones(2)), ValueError, "gradient 1 must have"),
        (lambda g: (np.ones(2), g), ValueError, "gradient 0 must have"),
        (lambda g: (g, "x"), TypeError, "gradient must be real"),
    ],
)
def test_a_rule_with_other_gradients_is_refused(found, error, says):
    f = custom_vjp(lambda a, b: (a * b, None), lambda _, g: found(g))
    with pytest.raises(error, match=says):
        grad(lambda t: f(t[0], t[1]))(np.array([1.0, 2.0]))


def test_none_is_no_gradient():
    f = custom_vjp(lambda a, b: (a * b, b), lambda b, g: (g * b, None))
    assert grad(lambda t: f(t[0], t[1]))([2.0, 5.0]).tolist() == [5.0, 0.0]
    back = custom_vjp(lambda x: (np.sum(x), None), lambda _s, _g: [None])
    assert grad(back)(np.ones((2, 3))).tolist() == [[0.0] * 3] * 2


def test_a_forward_that_returns_no_pair_is_refused():
    for forward in (lambda x: x, lambda x: (x, x, x), lambda x: [x, x]):
        f = custom_vjp(forward, lambda _, g: (g,))
        with pytest.raises(TypeError, match=r"pair \(y, saved\)"):
            f(1.0)


def test_a_constant_argument_can_be_changed_afterwards():
    f, b = product(), np.array([1.0, 2.0])
    f(np.ones(2), b)
    b[0] = 5.0
    grad(lambda x: f(x, b))(np.ones(2))
    b[0] = 6.0
    assert b.tolist() == [6.0, 2.0]


def test_a_stopped_gradient_is_a_constant():
    f = lambda x: np.sum(stop_gradient(x) * x**2)  # noqa: E731
    x = np.array([1.0, -2.0])
    assert grad(f)(x) == pytest.approx(2 * x * x)
    assert jvp(f, x, np.ones(2))[1] == pytest.approx(np.sum(2 * x * x))
    with jax.enable_x64(True):
        theirs = jax.grad(jax.grad(lambda x: jax.lax.stop_gradient(x) * x**2))
        assert grad(grad(f))(1.5) == pytest.approx(float(theirs(1.5)))


def test_a_stopped_gradient_gives_new_numbers():
    x = np.array([1.0, 2.0])
    y = stop_gradient(x)
    y[0] = 9.0
    assert x[0] == 1.0
    assert isinstance(stop_gradient(3), float)
    assert stop_gradient(Dual([1.0], [2.0])).tolist() == [1.0]


# --- Kronecker products


@given(seeds, st.integers(1, 4), st.integers(1, 4), st.integers(1, 4))
def test_vec_of_a_product_is_a_kronecker_product(seed, m, n, k):
    rng = np.random.default_rng(seed)
    A, X, B = (rng.normal(size=s) for s in ((m, n), (n, k), (k, m)))
    assert vec(A @ X @ B) == pytest.approx(np.kron(B.T, A) @ vec(X))
    assert unvec(vec(X), X.shape).tolist() == X.tolist()
    assert vec(X).tolist() == X.ravel(order="F").tolist()


def test_vec_is_differentiated():
    A = np.arange(6.0).reshape(2, 3)
    w = np.arange(6.0)
    assert grad(lambda A: w @ vec(A))(A).tolist() == unvec(w, (2, 3)).tolist()
    with pytest.raises(ValueError, match="A must be a matrix"):
        grad(lambda x: np.sum(vec(x)))(w)


@pytest.mark.parametrize("shape", [(2, 2), (6,), (1, 2, 3), (7, 1)])
def test_a_shape_that_does_not_fit_is_refused(shape):
    with pytest.raises(ValueError, match="m n = 6"):
        unvec(np.ones(6), shape)


@given(seeds, st.integers(1, 4), st.integers(1, 4), scales, scales)
def test_the_sylvester_equation_is_solved_in_any_unit(seed, m, n, a, c):
    rng = np.random.default_rng(seed)
    A = a * (rng.normal(size=(m, m)) + 5 * np.eye(m))
    B = a * (rng.normal(size=(n, n)) + 5 * np.eye(n))
    C = c * rng.normal(size=(m, n))
    M = np.kron(np.eye(n), A / a) + np.kron(B.T / a, np.eye(m))
    X = np.linalg.solve(M, vec(C / c))
    got = solve_sylvester(A, B, C) / c * a
    assert vec(got) == pytest.approx(X, rel=1e-8, abs=1e-12)


def test_the_adjoints_of_the_sylvester_equation_are_right():
    rng = np.random.default_rng(3)
    A, B = rng.normal(size=(3, 3)) + 3 * np.eye(3), rng.normal(size=(2, 2))
    B, C, W = (
        B + 3 * np.eye(2),
        rng.normal(size=(3, 2)),
        rng.normal(size=(3, 2)),
    )
    f = lambda A, B, C: np.sum(W * solve_sylvester(A, B, C))  # noqa: E731
    for i, x in enumerate((A, B, C)):
        args = [A, B, C]

        def g(x, i=i, args=args):
            return f(*args[:i], x, *args[i + 1 :])

        assert grad(g)(x) == pytest.approx(numerical_gradient(g, x), rel=1e-6)


@pytest.mark.parametrize("unit", [1e-150, 1.0, 1e150])
def test_a_singular_sylvester_equation_is_refused(unit):
    A = unit * np.diag([1.0, 2.0])
    with pytest.raises(ValueError, match="have the sum zero"):
        solve_sylvester(A, -A, np.eye(2))
    with pytest.raises(ValueError, match="have the sum zero"):
        solve_sylvester(
            [[unit]], -unit * (1 + 2**-50) * np.eye(8), np.ones((1, 8))
        )
    with pytest.raises(ValueError, match=r"C must have shape \(2, 2\)"):
        solve_sylvester(A, A, np.ones((2, 1)))


@given(seeds, st.integers(1, 4), st.sampled_from([1e-200, 1.0, 1e200]))
def test_the_root_of_a_matrix_and_its_derivative(seed, n, unit):
    rng = np.random.default_rng(seed)
    M = rng.normal(size=(n, n))
    A = M @ M.T + np.eye(n)
    S = matrix_sqrt(unit * A) / np.sqrt(unit)
    assert pytest.approx(scipy.linalg.sqrtm(A).real, rel=1e-9) == S
    G = rng.normal(size=(n, n))
    got = grad(lambda A: np.sum(G * matrix_sqrt(A)))(A)
    want = solve_sylvester(S, S, (G + G.T) / 2)
    assert got == pytest.approx(want, rel=1e-8, abs=1e-12)
    assert got == pytest.approx(got.T)


def test_the_derivative_of_the_matrix_root_agrees_with_differences():
    A = np.array([[2.0, 0.5, 0.1], [0.5, 1.0, 0.3], [0.1, 0.3, 3.0]])
    G = np.arange(9.0).reshape(3, 3)
    D = np.array([[1.0, 0.2, 0.0], [0.2, -1.0, 0.4], [0.0, 0.4, 0.5]])
    f = lambda t: np.sum(G * matrix_sqrt(A + t * D))  # noqa: E731
    want = numerical_gradient(f, 0.0)
    assert grad(f)(0.0) == pytest.approx(float(want), rel=1e-8)
    assert grad(grad(f))(0.0) == pytest.approx(
        float(numerical_gradient(grad(f), 0.0)), rel=1e-7
    )


@pytest.mark.parametrize("unit", [1e-250, 1.0, 1e250])
def test_a_root_of_what_is_not_positive_definite_is_refused(unit):
    for w in ([1.0, 0.0], [1.0, -1.0], [0.0, 0.0], [1.0, 1e-17]):
        with pytest.raises(ValueError, match="positive definite"):
            matrix_sqrt(unit * np.diag(w))
    with pytest.raises(ValueError, match="A must be symmetric"):
        matrix_sqrt(unit * np.array([[2.0, 1.0], [0.0, 2.0]]))


# --- sparse Jacobians


def banded(n, width):
    i = np.arange(n)
    return np.abs(i[:, None] - i) <= width // 2


def second_difference(x):
    inside = x[2:] - 2 * x[1:-1] + x[:-2]
    ends = np.stack([x[1] - 2 * x[0], x[-2] - 2 * x[-1]])
    return np.concatenate([ends[:1], inside, ends[1:]]) + np.sin(x)


@pytest.mark.parametrize("n", [3, 10, 200])
@pytest.mark.parametrize("width", [1, 3, 5])
def test_a_band_needs_as_many_colours_as_it_is_wide(n, width):
    colors = color_columns(banded(n, width))
    assert colors.tolist() == [j % width for j in range(n)][:n] or n < width
    assert colors.max() + 1 == min(n, width)


def test_the_order_of_columns_can_cost_any_number_of_colours():
    pairs = [(i, j) for i in range(7) for j in range(7) if i != j]
    P = np.array([[np.eye(7)[i], np.eye(7)[j]] for i, j in pairs])
    mixed = P.transpose(0, 2, 1).reshape(len(pairs), 14)
    assert color_columns(mixed).max() + 1 == 7
    assert color_columns(P.reshape(len(pairs), 14)).max() + 1 == 2


@given(seeds, st.integers(1, 12), st.integers(1, 12))
def test_columns_of_one_colour_share_no_row(seed, m, n):
    P = np.random.default_rng(seed).random(size=(m, n)) < 0.3
    colors = color_columns(P)
    assert colors.shape == (n,)
    for c in range(colors.max() + 1):
        assert P[:, colors == c].sum(axis=1).max() <= 1
    assert colors.max() + 1 >= max(P.sum(axis=1).max(), 1)
    for j, c in enumerate(colors):  # greedy: no earlier colour fits
        for earlier in range(c):
            same = [i for i in range(j) if colors[i] == earlier]
            assert (P[:, same].any(axis=1) & P[:, j]).any()


@pytest.mark.parametrize("n", [5, 40])
def test_a_sparse_jacobian_is_the_full_one(n):
    x = np.random.default_rng(n).normal(size=n)
    P = banded(n, 3)
    J = sparse_jacobian(second_difference, x, P)
    want = np.eye(n, k=1) + np.eye(n, k=-1) + np.diag(np.cos(x) - 2)
    assert pytest.approx(want, rel=1e-12) == J
    groups = group_columns(P.astype(int), np.arange(n))
    theirs = approx_derivative(
        second_difference,
        x,
        method="3-point",
        sparsity=(P.astype(int), groups),
    )
    assert pytest.approx(theirs.toarray(), rel=1e-6, abs=1e-8) == J


def test_runs_are_counted():
    runs = []

    def f(x):
        runs.append(1)
        return second_difference(x)

    sparse_jacobian(f, np.ones(100), banded(100, 3))
    assert len(runs) == 3 + 1  # one more checks the pattern


@given(seeds, scales)
def test_a_pattern_that_misses_an_entry_is_refused(seed, unit):
    rng = np.random.default_rng(seed)
    P = banded(8, 3)
    at = np.argwhere(P)[rng.integers(P.sum())]
    P[tuple(at)] = False
    with pytest.raises(ValueError, match="pattern must cover"):
        sparse_jacobian(
            lambda x: unit * second_difference(x), np.ones(8) / 3, P
        )


@pytest.mark.parametrize(("entry", "seen"), [(1e-6, True), (1e-10, False)])
def test_a_missing_entry_is_seen_unless_negligible_in_its_row(entry, seen):
    f = lambda x: np.stack([x[0] + entry * x[1], x[1]])  # noqa: E731
    if seen:
        with pytest.raises(ValueError, match="pattern must cover"):
            sparse_jacobian(f, [0.0, 0.0], np.eye(2))
    else:
        J = sparse_jacobian(f, [0.0, 0.0], np.eye(2))
        assert pytest.approx(np.eye(2), abs=2 * entry) == J


@pytest.mark.parametrize("n", [2, 9, 30])
def test_no_two_columns_are_taken_for_each_other(n):
    entry = 8 * n * np.sqrt(np.finfo(float).eps) * 1.01
    for j in range(n):
        for k in set(range(n)) - {j}:
            E = np.eye(n)
            E[j, k] = entry
            with pytest.raises(ValueError, match=f"outside in row {j}: "):
                sparse_jacobian(lambda x, E=E: E @ x, np.zeros(n), np.eye(n))


def test_a_missing_entry_is_lost_where_its_colour_is_not_in_the_row():
    """Column 5 has the colour 2, of which row 0 has no entry."""
    P = banded(8, 3)
    E = 2 * np.eye(8)
    E[0, 5] = 5.0
    colors = color_columns(P)
    V = np.eye(colors.max() + 1)[colors]
    assert (E @ V)[0].tolist() == [2.0, 0.0, 5.0]
    with pytest.raises(ValueError, match=r"outside in row 0: .* off by"):
        sparse_jacobian(lambda x: E @ x, np.zeros(8), P)


def test_a_pattern_with_too_many_entries_only_costs_more():
    x = np.linspace(0, 1, 7)
    J = sparse_jacobian(second_difference, x, np.ones((7, 7)))
    assert (
        pytest.approx(sparse_jacobian(second_difference, x, banded(7, 3))) == J
    )
    tall = sparse_jacobian(
        lambda x: np.concatenate([x, x**2]), [1.0, 2.0], [[1, 0], [0, 1]] * 2
    )
    assert tall.tolist() == [[1, 0], [0, 1], [2, 0], [0, 4]]


def test_a_pattern_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="must have 3 columns, got 2"):
        sparse_jacobian(np.sin, np.ones(3), np.eye(2))
    with pytest.raises(ValueError, match=r"f\(x\) must have shape \(2,\)"):
        sparse_jacobian(np.sin, np.ones(3), np.ones((2, 3)))
    with (
        np.errstate(all="ignore"),
        pytest.raises(ValueError, match="J v must be finite"),
    ):
        sparse_jacobian(np.sqrt, [0.0, 1.0], np.eye(2))


# --- what is said of a wrong argument


def linear(x, y):
    return 2 * y - x


def rule(x):
    return x, None


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: custom_vjp(None, rule), "forward must be a function"),
        (lambda: custom_vjp(rule, 3), "backward must be a function"),
        (lambda: implicit_jacobian(3, 1.0, 1.0), "F must be a function"),
        (lambda: implicit_jacobian(linear, np.inf, 1.0), "x must be finite"),
        (lambda: root(3, 1.0, 1.0), "F must be a function"),
        (lambda: root(linear, np.nan, 1.0), "x must be finite"),
        (lambda: root(linear, 1.0, np.nan), "y0 must be finite"),
        (lambda: root(linear, 1.0, 1.0, tol=-1), "tol must be positive"),
        (lambda: root(linear, 1.0, 1.0, max_steps=0), "max_steps must be at"),
        (lambda: fixed_point(3, 1.0, 1.0), "f must be a function"),
        (lambda: fixed_point(linear, np.nan, 1.0), "x must be finite"),
        (lambda: fixed_point(linear, 1.0, np.nan), "y0 must be finite"),
        (lambda: fixed_point(linear, 1.0, 1.0, tol=0), "tol must be positive"),
        (lambda: unvec([[1.0]], (1, 1)), "v must be a vector"),
        (lambda: unvec([1.0], (0, 1)), r"shape\[0\] must be at least 1"),
        (lambda: vec([1.0]), "A must be a matrix"),
        (lambda: solve_sylvester([[1, 2]], [[1]], [[1]]), "A must be square"),
        (lambda: solve_sylvester([[1]], [[1, 2]], [[1]]), "B must be square"),
        (lambda: solve_sylvester([[1]], [[1]], [1]), "C must be a matrix"),
        (lambda: solve_sylvester([[1e-300]], [[0]], [[1e300]]), "X must be"),
        (lambda: matrix_sqrt([[1, 2]]), "A must be square"),
        (lambda: color_columns([1, 0]), "pattern must be a matrix"),
        (lambda: sparse_jacobian(3, [1], [[1]]), "f must be a function"),
        (lambda: sparse_jacobian(np.sin, 1.0, [[1]]), "x must be a vector"),
        (lambda: sparse_jacobian(np.sin, [1], [1]), "pattern must be a mat"),
        (lambda: stop_gradient([np.inf]), "x must be finite"),
    ],
)
def test_a_refusal_names_the_argument(call, says):
    with pytest.raises((TypeError, ValueError), match=says):
        call()


def test_a_change_by_a_quarter_is_the_limit():
    """F_y is 1 at 0, and 1 − 2c a step further, all without rounding."""
    for c, accepted in ((0.125, True), (0.1251, False)):
        F = lambda x, y, c=c: y**2 + y + c * x  # noqa: E731
        if accepted:
            assert implicit_jacobian(F, 1.0, 0.0) == -c
        else:
            with pytest.raises(ValueError, match=r"by 0\.25 of itself"):
                implicit_jacobian(F, 1.0, 0.0)


@pytest.mark.parametrize("n", [1, 4, 9])
def test_the_limit_of_a_change_grows_with_the_number_of_equations(n):
    def F(x, y):
        return y * y - x

    y = np.ones(n)  # the Newton step is (1 − x) / 2 in every entry
    J = implicit_jacobian(F, np.full(n, 0.6), y)
    np.testing.assert_allclose(J, np.eye(n) / 2)
    with pytest.raises(ValueError, match="a Newton step changes"):
        implicit_jacobian(F, np.full(n, 0.4), y)


def test_a_root_is_found_to_twelve_digits_unless_told_otherwise():
    calls = []

    def F(x, y):
        calls.append(y)
        return y * y - x

    def count(**options):
        calls.clear()
        root(F, 2.0, 2.0**0.5 * (1 + 3e-6), **options)
        return len(calls)

    assert count() == count(tol=1e-12) > count(tol=1e-9)


def test_what_an_equation_returns_is_named():
    with pytest.raises(TypeError, match=r"F\(x, y\) must be real"):
        root(lambda _x, _y: "text", 1.0, 1.0)
    with pytest.raises(TypeError, match=r"f\(x, y\) must be real"):
        fixed_point(lambda _x, _y: None, 1.0, 1.0)


def test_an_infinite_slope_for_the_parameters_is_refused():
    F = lambda x, y: y - np.sqrt(x)  # noqa: E731
    with pytest.raises(ValueError, match="∂F/∂x must be finite"):
        implicit_jacobian(F, 0.0, 0.0)


def test_a_failure_says_how_far_it_came():
    with pytest.raises(ConvergenceError, match=r"last one is 5, ‖y‖ is 6\.5"):
        root(lambda x, y: (y - 1.5) ** 2 - x, 0.0, 11.5, max_steps=1)
    with pytest.raises(
        ConvergenceError, match=r"after 2 steps: the last one is 2, the resu"
    ):
        fixed_point(lambda x, y: 2 * y + x, 1.0, 0.0, max_steps=2)


def test_overflow_on_the_way_is_a_failure_not_a_warning():
    with pytest.raises(ConvergenceError, match="no fixed point"):
        fixed_point(lambda x, y: y**2 - y**3 + x, 100.0, 10.0)
    with pytest.raises((ConvergenceError, ValueError)):
        root(lambda x, y: np.exp(y) - np.exp(2 * y) - x, 1.0, 500.0)


def test_a_root_of_a_matrix_uses_the_symmetric_part_of_the_adjoint():
    A, G = np.diag([1.0, 4.0]), np.array([[0.0, 1.0], [0.0, 0.0]])
    got = grad(lambda A: np.sum(G * matrix_sqrt(A)))(A)
    assert got == pytest.approx(np.array([[0, 1], [1, 0]]) / 6)
