import math
import struct
import sys

import mpmath
import numpy as np
import pytest
import scipy.special
import sklearn.metrics
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import derivable.calculus
from derivable import foundations
from derivable.calculus import grad
from derivable.foundations import (
    binary_cross_entropy_with_logits,
    compound,
    exponential_series,
    float_parts,
    half_life,
    log_softmax,
    logarithm,
    logit,
    logsumexp,
    softmax,
    softplus,
    spacing,
)

ANY = st.floats(allow_nan=False, allow_infinity=False)
ULP = 2.0**-52


def exactly(f, *given, digits=60):
    """The value with many digits, rounded once."""
    with mpmath.workdps(digits):
        return float(f(*[mpmath.mpf(x) for x in given]))


@pytest.mark.parametrize(
    "name", ["sigmoid", "softplus", "logsumexp", "softmax", "log_softmax"]
)
def test_there_is_one_definition_of(name):
    assert getattr(foundations, name) is getattr(derivable.calculus, name)


# Growth


@pytest.mark.parametrize("x", [-0.9, 0.05, 1.0, 3.0])
@pytest.mark.parametrize("n", [1, 12, 365.25, 1e6, 1e16])
def test_compounding_is_right_to_rounding_for_any_number_of_payments(x, n):
    expected = exactly(lambda x, n: (1 + x / n) ** n, x, n)
    assert_allclose(compound(x, n), expected, rtol=20 * ULP)


def test_a_yearly_five_percent_is_a_factor_of_one_and_a_twentieth():
    assert_allclose(compound(0.05, [1, 2]), [1.05, 1.025**2])


def test_compounding_tends_to_the_exponential_with_an_error_of_order_one():
    n = np.array([1e3, 1e4])
    errors = np.exp(2.0) - compound(2.0, n)
    # ln(1 + x/n) = x/n − x²/2n² + …, so the error is about eˣ x² / 2n
    assert_allclose(errors * n, np.exp(2.0) * 2, rtol=1e-2)


@pytest.mark.parametrize(
    ("x", "n", "says"),
    [
        (1.0, 0.0, "n must be positive, got 0.0"),
        (1.0, [1.0, -2.0], r"n must be positive, got -2.0 at index \(1,\)"),
        (-3.0, [4.0, 2.0], "x / n must lie above -1, got -1.5"),
        (-1.0, 1.0, "x / n must lie above -1, got -1.0"),
        (800.0, 1e9, "the factor must be finite, got inf"),
        (1e300, 1e-300, "x / n must be finite, got inf"),
        (np.inf, 1.0, "x must be finite, got inf"),
    ],
)
def test_compounding_refuses(x, n, says):
    with pytest.raises(ValueError, match=says):
        compound(x, n)


def test_the_series_is_a_polynomial_of_one_degree_less_than_its_terms():
    x = np.array([[-1.0, 0.0], [0.5, 2.0]])
    by_hand = 1 + x + x**2 / 2 + x**3 / 6
    assert_allclose(exponential_series(x, 4), by_hand, rtol=4 * ULP)
    assert_array_equal(exponential_series(x, 1), np.ones((2, 2)))


@pytest.mark.parametrize("x", [0.0, 1.0, 20.0, 700.0, 709.0, 709.7])
def test_the_series_sums_to_the_exponential(x):
    expected = exactly(mpmath.exp, x)
    assert_allclose(exponential_series(x, 3000), expected, rtol=1e-13)


def test_the_series_stops_by_itself_where_nothing_is_added():
    assert_allclose(exponential_series([1.0, 3.0], 10**18), np.exp([1, 3]))


def test_a_sum_too_large_for_a_float_is_refused():
    with pytest.raises(ValueError, match="the sum must be finite, got inf"):
        exponential_series([1.0, 1e200], 5)


def test_a_sum_that_fits_is_not_lost_to_a_power_that_does_not():
    assert_allclose(exponential_series(1.6e154, 3), 1.6e154 * 0.8e154)


def test_terms_too_large_are_refused_though_their_sum_would_be_small():
    with pytest.raises(ValueError, match="the sum must be finite, got"):
        exponential_series(-720.0, 5000)


@pytest.mark.parametrize("x", [-710.0, -720.0, -740.0, -1000.0, -1400.0])
def test_the_square_of_a_half_reaches_wherever_the_answer_is_not_zero(x):
    found = (1 / exponential_series(-x / 2, 3000)) ** 2
    # a subnormal number has few digits
    assert_allclose(found, exactly(mpmath.exp, x), rtol=1e-12, atol=1e-323)


def test_a_series_has_a_term():
    with pytest.raises(ValueError, match="num_terms must be at least 1"):
        exponential_series(1.0, 0)


@given(st.floats(1e-300, 1e300), st.floats(0.01, 100))
def test_the_base_to_the_logarithm_is_the_number(x, base):
    if abs(base - 1) < 1e-3:
        base = 2.0
    y = logarithm(x, base=base)
    expected = exactly(lambda x, b: mpmath.log(x) / mpmath.log(b), x, base)
    assert_allclose(y, expected, rtol=1e-13, atol=1e-300)


def test_common_logarithms_are_those_of_numpy():
    x = np.array([[1.0, 2.0, 1000.0], [1e-5, 3.0, 7e200]])
    assert_allclose(logarithm(x), np.log(x))
    assert_allclose(logarithm(x, base=2), np.log2(x))
    assert_allclose(logarithm(x, base=10), np.log10(x))
    assert_allclose(logarithm(8.0, base=0.5), -3)


@pytest.mark.parametrize(
    ("x", "base", "says"),
    [
        ([1.0, 0.0], 2, r"x must be positive, got 0.0 at index \(1,\)"),
        (-4.0, 2, "x must be positive, got -4.0"),
        (4.0, 1, "base must not be 1, got 1"),
        (4.0, 0, "base must be positive, got 0.0"),
        (4.0, -2, "base must be positive, got -2.0"),
    ],
)
def test_what_has_no_logarithm_is_refused(x, base, says):
    with pytest.raises(ValueError, match=says):
        logarithm(x, base=base)


@given(st.floats(1e-6, 1 - 1e-6))
def test_after_a_half_life_half_is_left(factor):
    assert_allclose(factor ** half_life(factor), 0.5, rtol=1e-12)


def test_half_lives_of_powers_of_a_half_are_known():
    assert half_life(0.5) == 1
    assert_allclose(half_life(2**-0.25), 4)


def test_a_factor_next_to_one_has_the_half_life_of_continuous_decay():
    assert_allclose(half_life(1 - 2.0**-40), 2.0**40 * np.log(2), rtol=1e-11)


@pytest.mark.parametrize("factor", [0, 1, -0.5, 1.5])
def test_a_factor_that_does_not_decay_has_no_half_life(factor):
    says = rf"factor must lie in \(0, 1\), got {factor}"
    with pytest.raises(ValueError, match=says):
        half_life(factor)


def test_only_the_bound_of_the_error_doubles_where_a_number_is_halved():
    def error(x):
        return abs((np.exp(x) - 1) / np.expm1(x) - 1)

    # e to 2^-40 is 1 + 2^-40 + 2^-81 and rounds to 1 + 2^-40
    assert_allclose(error(2.0**-40), 2.0**-41, rtol=1e-3)
    assert_allclose(error(2.0**-41), 2.0**-42, rtol=1e-3)
    x = 2.0 ** np.random.default_rng(0).uniform(-45, -5, size=999)
    share = error(x) * x / 2.0**-53
    assert 0.9 < share.max() < 2.1  # exp is off by less than one unit


# Logistic

PROBABILITIES = [
    *(5e-324, 1e-300, 1e-20, 1e-3, 0.2, 0.3, np.nextafter(0.3, 0), 0.4),
    *(0.5 - 1e-9, 0.5, np.nextafter(0.5, 1), 0.5 + 1e-12, 0.55),
    *(0.65, 0.7, np.nextafter(0.7, 1), 0.9, 1 - 1e-9, 1 - 2**-53),
]


@pytest.mark.parametrize("p", PROBABILITIES)
def test_the_logit_is_right_to_rounding_from_one_end_to_the_other(p):
    expected = exactly(lambda p: mpmath.log(p / (1 - p)), p, digits=400)
    assert_allclose(logit(p), expected, rtol=6 * ULP, atol=0)


@given(st.floats(-30, 30))
def test_the_logit_undoes_the_sigmoid(z):
    p = scipy.special.expit(z)
    assert_allclose(logit(p), z, rtol=1e-14, atol=4 * ULP * np.exp(abs(z)))


def test_the_logit_keeps_the_shape_and_is_that_of_scipy():
    p = np.linspace(0.001, 0.999, 96).reshape(2, 6, 8)
    assert logit(p).shape == p.shape
    assert_allclose(logit(p), scipy.special.logit(p), atol=1e-15)


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, 1.1])
def test_only_what_lies_between_zero_and_one_has_odds(p):
    with pytest.raises(ValueError, match=rf"in \(0, 1\), got {p} at index"):
        logit([0.5, p])


def test_a_number_without_odds_has_no_index():
    with pytest.raises(ValueError, match=r"\(0, 1\), got 1.0$"):
        logit(1.0)


@pytest.mark.parametrize("z", [-1e4, -40.0, -1.0, 0.0, 0.3, 40.0, 700.0, 1e4])
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_the_cost_of_a_score_is_right_to_rounding(z, y):
    def cost(z, y):
        return y * mpmath.log1p(mpmath.exp(-z)) + (1 - y) * mpmath.log1p(
            mpmath.exp(z)
        )

    expected = exactly(cost, z, y, digits=9000 if abs(z) > 1e3 else 600)
    found = binary_cross_entropy_with_logits(z, y)
    assert_allclose(found, expected, rtol=8 * ULP, atol=0)


def test_the_mean_cost_is_the_log_loss_of_scikit_learn():
    rng = np.random.default_rng(0)
    z, y = rng.normal(size=40), rng.integers(0, 2, size=40)
    found = binary_cross_entropy_with_logits(z, y)
    assert found.shape == (40,)
    expected = sklearn.metrics.log_loss(y, scipy.special.expit(z))
    assert_allclose(found.mean(), expected)


def test_scores_and_truths_have_one_shape():
    says = r"y must have shape \(3,\), got \(3, 1\)"
    with pytest.raises(ValueError, match=says):
        binary_cross_entropy_with_logits(np.ones(3), np.ones((3, 1)))


@pytest.mark.parametrize("y", [-0.1, 1.5])
def test_a_truth_is_a_probability(y):
    says = rf"y must lie in \[0, 1\], got {y} at index \(1,\)"
    with pytest.raises(ValueError, match=says):
        binary_cross_entropy_with_logits([1.0, 2.0], [0.0, y])
    with pytest.raises(ValueError, match=rf"\[0, 1\], got {y}$"):
        binary_cross_entropy_with_logits(1.0, y)


def test_scores_too_far_apart_for_a_difference_overflow_nowhere():
    z = np.array([1e308, -1e308, 1e308])
    with np.errstate(over="raise", invalid="raise"):
        assert_array_equal(softmax(z), [0.5, 0, 0.5])
        assert_array_equal(log_softmax(z[:2]), [0, -np.inf])
        assert logsumexp(z) == 1e308
        slope = grad(lambda z: softmax(z)[0])(z)
    assert_array_equal(slope, [0.25, 0, -0.25])


def test_log_sum_exp_and_softplus_are_maxima_with_rounded_corners():
    z = np.linspace(-3, 3, 7)
    assert_allclose(logsumexp(np.stack([z, 0 * z], axis=1)), softplus(z))
    # a corner has a jump of slope; these turn without one
    h = 1e-4
    for f, corner in ((softplus, 0.0), (lambda z: np.maximum(z, 0), 1.0)):
        turn = (f(h) - 2 * f(0.0) + f(-h)) / h
        assert_allclose(turn, corner, atol=1e-4)


# Floats


@given(ANY)
def test_the_parts_make_the_number_and_the_bits_are_those_stored(x):
    parts = float_parts(x)
    assert parts.value == x
    assert math.copysign(1, parts.value) == math.copysign(1, x)
    joined = parts.bits.replace(" ", "")
    assert joined == "".join(f"{b:08b}" for b in struct.pack(">d", x))
    assert [len(p) for p in parts.bits.split()] == [1, 11, 52]


@given(ANY)
def test_the_bits_hold_the_parts(x):
    parts = float_parts(x)
    sign, exponent, fraction = parts.bits.split()
    assert parts.sign == 1 - 2 * int(sign)
    stored = int(exponent, 2)
    assert parts.exponent == max(stored, 1) - 1023
    leading = 1 if stored else 0
    assert parts.significand == leading + int(fraction, 2) / 2**52


@pytest.mark.parametrize(
    ("x", "sign", "significand", "exponent"),
    [
        (1.0, 1, 1.0, 0),
        (-6.5, -1, 1.625, 2),
        (0.1, 1, 1.6, -4),
        (0.0, 1, 0.0, -1022),
        (-0.0, -1, 0.0, -1022),
        (5e-324, 1, 2.0**-52, -1022),
        (sys.float_info.min, 1, 1.0, -1022),
        (sys.float_info.max, 1, 2 - 2.0**-52, 1023),
    ],
)
def test_known_numbers_come_apart_as_known(x, sign, significand, exponent):
    parts = float_parts(x)
    assert (parts.sign, parts.significand, parts.exponent) == (
        sign,
        significand,
        exponent,
    )


@given(ANY)
def test_the_spacing_is_the_way_to_the_next_number(x):
    assert spacing(x) == math.ulp(x)


@given(ANY)
def test_the_gap_is_a_share_of_a_number_unless_it_is_subnormal(x):
    share = spacing(x) * 2.0**52  # in units of ε
    if abs(x) >= sys.float_info.min:
        assert abs(x) / 2 < share <= abs(x)
    else:
        assert share > abs(x)


def test_the_spacing_is_that_of_numpy_in_any_shape():
    x = np.array([[0.0, -0.0, 1.0], [-3.0, 1e16, 5e-324]])
    assert_array_equal(spacing(x), np.spacing(np.abs(x)))


def test_one_number_is_taken_apart_at_a_time():
    with pytest.raises(ValueError, match=r"must be a scalar, got shape \(2,"):
        float_parts([1.0, 2.0])


@pytest.mark.parametrize(
    ("f", "given", "says"),
    [
        (compound, {"x": 1.0, "n": np.nan}, "n must be finite, got nan"),
        (compound, {"x": np.nan, "n": 1.0}, "x must be finite, got nan"),
        (exponential_series, {"x": np.inf, "num_terms": 2}, "x must be fini"),
        (logarithm, {"x": np.inf}, "x must be finite, got inf"),
        (logarithm, {"x": 1.0, "base": np.inf}, "base must be finite"),
        (half_life, {"factor": np.nan}, "factor must be finite, got nan"),
        (logit, {"p": [np.nan]}, "p must be finite, got nan"),
        (
            binary_cross_entropy_with_logits,
            {"z": np.inf, "y": 1.0},
            "z must be finite, got inf",
        ),
        (
            binary_cross_entropy_with_logits,
            {"z": 1.0, "y": np.nan},
            "y must be finite, got nan",
        ),
        (float_parts, {"x": np.inf}, "x must be finite, got inf"),
        (spacing, {"x": np.nan}, "x must be finite, got nan"),
    ],
)
def test_what_is_not_finite_is_refused_by_name(f, given, says):
    with pytest.raises(ValueError, match=says):
        f(**given)
