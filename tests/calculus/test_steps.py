import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from derivable.calculus import (
    derivative,
    directional_derivative,
    gradient_check,
    hessian,
    jacobian,
    numerical_gradient,
    partial,
)
from derivable.calculus._steps import steps

signs = st.sampled_from([-1.0, 1.0])
powers = st.floats(-12, 12)


def sizes(least, most):
    return st.floats(least, most).map(lambda p: 10.0**p)


@given(sizes(-300, 12), signs, st.sampled_from([1 / 2, 1 / 3, 1 / 4]))
def test_every_step_is_added_and_subtracted_exactly(size, sign, power):
    x = sign * size
    for h in steps(x, None, power=power):
        assert h > 0
        assert (x + h) - x == h == x - (x - h)


def test_a_step_between_suits_both_scales_where_they_are_close():
    for x in (0.01, 1.0, 7.0, -100.0):
        (h,) = steps(x, None, power=1 / 3)
        assert h == pytest.approx(np.cbrt(2.0**-52) * abs(x) ** 0.5)
    assert steps(0.0, None, power=1 / 3) == pytest.approx(6.055e-6, rel=1e-3)


def test_far_from_one_the_steps_lead_from_one_scale_to_the_other():
    for x in (2.0**30, 2.0**-30):
        h = steps(x, None, power=1 / 3) / np.cbrt(2.0**-52)
        expected = 2.0 ** np.array([30, 20, 10, 0])
        expected = expected if x > 1 else expected / 2.0**30
        np.testing.assert_allclose(h, expected, rtol=0.02)  # whole units


@given(sizes(-12, 6), signs)
def test_what_varies_on_the_scale_of_one_is_measured_at_any_x(size, sign):
    x = sign * size
    for f, slope in ((np.sin, np.cos), (np.cos, lambda x: -np.sin(x))):
        assert derivative(f, x) == pytest.approx(slope(x), abs=2e-9)
        coarse = derivative(f, x, method="forward")
        assert coarse == pytest.approx(slope(x), abs=2e-6)


@given(sizes(-200, 200))
def test_what_varies_on_the_scale_of_x_is_measured_at_any_x(x):
    assert derivative(np.sqrt, x) == pytest.approx(0.5 / np.sqrt(x), rel=3e-9)
    assert derivative(np.log, x) == pytest.approx(1 / x, rel=3e-8)
    coarse = derivative(np.sqrt, x, method="forward")
    assert coarse == pytest.approx(0.5 / np.sqrt(x), rel=1e-6)


def smooth(u):
    return np.sin(u[0]) * u[1] + np.log(u[1] ** 2 + u[0] ** 2)


def smooth_gradient(u):
    r = u @ u
    return np.array(
        [
            np.cos(u[0]) * u[1] + 2 * u[0] / r,
            np.sin(u[0]) + 2 * u[1] / r,
        ]
    )


@given(
    st.lists(st.floats(0.3, 3), min_size=2, max_size=2), signs, powers, powers
)
@example([0.75, 1.0], -1.0, 0.0, -11.78125)
@example([1.0, 1.0], -1.0, 0.0, -10.0)
def test_units_do_not_matter_to_a_check(u, sign, p, q):
    s, t = 10.0**p, 10.0**q
    x = t * np.array(u) * [1, sign]

    def f(x):
        return s * smooth(x / t)

    def grad(x):
        return s / t * smooth_gradient(x / t)

    assert gradient_check(f, grad, x, tolerance=1e-5)
    assert not gradient_check(f, lambda x: 1.01 * grad(x), x)


@given(sizes(2, 6), st.floats(-3, 3))
def test_the_right_gradient_of_a_wave_passes_far_out(x, y):
    def f(v):
        return np.sin(v[0]) + np.cos(v[1]) + 3

    def grad(v):
        return np.array([np.cos(v[0]), -np.sin(v[1])])

    assert gradient_check(f, grad, [x, y])
    assert not gradient_check(f, lambda v: 1.01 * grad(v) + 1e-3, [x, y])


def test_a_right_gradient_passes_at_the_crest_of_a_wave_far_out():
    crest = np.array([(2 * 322 + 0.5) * np.pi])
    assert crest > 2024
    assert gradient_check(lambda v: np.sin(v[0]), np.cos, crest)


@given(sizes(-8, 5), signs)
def test_a_hessian_is_measured_on_both_scales(size, sign):
    x = np.array([sign * size, 0.7])
    H = hessian(lambda v: np.sin(v[0]) * v[1], x)
    s, c = np.sin(x[0]), np.cos(x[0])
    np.testing.assert_allclose(H, [[-0.7 * s, c], [c, 0]], atol=3e-6)
    found = hessian(lambda v: np.log(v[0] ** 2), x[:1])[0, 0]
    assert found == pytest.approx(-2 / size**2, rel=1e-5)


@given(sizes(-8, 3), sizes(-8, 3))
def test_a_line_is_measured_on_both_scales(a, b):
    found = directional_derivative(
        lambda v: np.sin(v[0]) + np.cos(v[1]), [a, b], [3, 4]
    )
    assert found == pytest.approx(0.6 * np.cos(a) - 0.8 * np.sin(b), abs=1e-7)
    logs = directional_derivative(lambda v: np.log(v @ v), [a, b], [a, b])
    assert logs == pytest.approx(2 / np.hypot(a, b), rel=1e-7)


@pytest.mark.parametrize("seed", range(10))
def test_far_out_a_line_is_not_turned_by_rounding(seed):
    rng = np.random.default_rng(seed)
    x, d = rng.uniform(1e5, 1e6, 2), rng.normal(size=2)
    found = directional_derivative(lambda v: np.sum(np.sin(v)), x, d)
    expected = np.cos(x) @ d / np.linalg.norm(d)
    assert found == pytest.approx(expected, abs=2e-6)


@given(sizes(-12, 12), signs)
def test_every_difference_is_the_same_difference(size, sign):
    x = sign * size
    d = derivative(np.arctan, x)
    assert partial(lambda v: np.arctan(v[0]), 0, [x]) == d
    assert numerical_gradient(lambda v: np.arctan(v[0]), [x]) == [d]
    assert jacobian(np.arctan, [x]) == [[d]]


def counted(f):
    def g(x):
        g.calls += 1
        return f(x)

    g.calls = 0
    return g


@pytest.mark.parametrize(
    ("x", "most"), [(0.0, 2), (0.02, 2), (50, 2), (1e-5, 16), (1e5, 16)]
)
def test_the_price_of_a_slope_is_what_the_chapter_says(x, most):
    f = counted(np.exp if x < 100 else np.sin)
    derivative(f, x)
    assert f.calls <= most
    g = counted(np.sin)
    derivative(g, x, h=1e-3 * max(x, 1))
    assert g.calls == 2


def test_a_wide_step_may_leave_the_domain():
    with np.errstate(all="raise"):
        assert derivative(np.log, 1e-6) == pytest.approx(1e6, rel=1e-9)
    assert derivative(math.log, 1e-6) == pytest.approx(1e6, rel=1e-9)
    found = numerical_gradient(lambda v: 1 / math.sqrt(v[0]), [1e-8])
    assert found[0] == pytest.approx(-5e11, rel=1e-9)


def test_an_error_of_the_function_is_not_hidden():
    def f(_):
        raise ValueError("the function says no")

    for x in (1e-5, 1.0, 1e5):
        with pytest.raises(ValueError, match="the function says no"):
            derivative(f, x)


@pytest.mark.parametrize("x", [0.0, 1e-6, -1.0, -1e6])
def test_a_slope_that_is_not_finite_is_refused(x):
    def f(v):
        return np.full_like(v, np.nan)

    def g(v):
        return np.nan * v[0]

    for call in (
        lambda: derivative(f, x),
        lambda: derivative(f, x, method="forward"),
        lambda: partial(g, 0, [x]),
        lambda: numerical_gradient(g, [x]),
        lambda: directional_derivative(g, [x], [1.0]),
        lambda: jacobian(f, [x]),
        lambda: hessian(g, [x]),
    ):
        with pytest.raises(ValueError, match="finite around x, got a slope"):
            call()


def test_a_kink_that_is_near_is_seen():
    f = lambda x: 5 + np.maximum(x, 0)  # noqa: E731
    assert derivative(f, 1e-7) == pytest.approx(1, abs=1e-4)


def test_noise_below_the_values_does_not_lure_to_a_narrow_step():
    for x in (1e-8, 1e-6, 1e-4):  # 1 - cos x is made of values near 1
        found = derivative(lambda x: 1 - np.cos(x), x)
        assert found == pytest.approx(np.sin(x), abs=1e-9)


def doubling(x):
    x *= 2
    return x @ x


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=3))
def test_a_function_that_changes_its_argument_changes_a_copy(values):
    x = np.array(values)
    kept = x.copy()
    np.testing.assert_allclose(
        numerical_gradient(doubling, x), 8 * x, atol=1e-7
    )
    np.testing.assert_allclose(jacobian(doubling, x)[0], 8 * x, atol=1e-7)
    np.testing.assert_allclose(
        hessian(doubling, x), 8 * np.eye(len(x)), atol=1e-4
    )
    assert partial(doubling, 0, x) == pytest.approx(8 * x[0], abs=1e-7)
    assert directional_derivative(doubling, x, np.ones_like(x)) == (
        pytest.approx(8 * x.sum() / np.sqrt(len(x)), abs=1e-7)
    )
    assert gradient_check(doubling, lambda x: 8 * x, x + 4)
    np.testing.assert_array_equal(x, kept)


@pytest.mark.parametrize("method", ["forward", "central", "complex"])
def test_an_elementwise_function_may_change_its_argument(method):
    def f(x):
        x *= 2
        return x**2

    def same(x):
        buffer[...] = x**2
        return buffer

    far = derivative(f, [1e-5, 1e5], method=method)
    np.testing.assert_allclose(far, [8e-5, 8e5], rtol=1e-6)
    x = np.array([1.0, 2.0])
    buffer = np.empty(2, dtype=complex if method == "complex" else float)
    np.testing.assert_allclose(
        derivative(f, x, method=method), [8, 16], rtol=1e-6
    )
    np.testing.assert_allclose(
        derivative(same, x, method=method), [2, 4], rtol=1e-6
    )


def test_an_output_that_is_used_again_is_copied():
    buffer = np.empty(2)

    def f(x):
        buffer[:] = x**2
        return buffer

    np.testing.assert_allclose(
        jacobian(f, [1.0, 2.0]), [[2, 0], [0, 4]], atol=1e-8
    )


@pytest.mark.parametrize("method", ["forward", "central", "complex"])
@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.sum(x**2),
        lambda x: np.mean(x**2),
        lambda x: x @ x,
        lambda x: np.sum(x**2, keepdims=True),
    ],
)
@pytest.mark.parametrize("x", [[1.0, 2.0], [1.0, -1.0], [0.0, 0.0]])
def test_a_function_that_reduces_is_for_another_tool(method, f, x):
    with pytest.raises(ValueError, match="use numerical_gradient"):
        derivative(f, x, method=method)


def test_a_function_that_mixes_is_for_the_jacobian():
    with pytest.raises(ValueError, match="use jacobian"):
        derivative(lambda x: np.outer(x, x), [1.0, 2.0])


def test_a_reduction_of_one_entry_is_elementwise():
    assert derivative(np.sum, [3.0]) == pytest.approx([1])


@pytest.mark.parametrize("method", ["forward", "central"])
def test_a_step_that_moves_nothing_is_refused(method):
    with pytest.raises(ValueError, match="enough to move x, got 1e-20"):
        derivative(np.exp, [0.0, 1.0], h=1e-20, method=method)


@pytest.mark.parametrize("x", [1e-18, 1e-100, 1e-250])
def test_the_imaginary_step_is_tiny_beside_x_too(x):
    found = derivative(np.log, x, method="complex")
    assert found == pytest.approx(1 / x, rel=1e-14)


def test_a_complex_step_needs_a_function_that_is_real_on_the_line():
    with pytest.raises(
        ValueError, match="must be real for real x, got an imag"
    ):
        derivative(np.log, -1.0, method="complex")
