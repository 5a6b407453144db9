import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivable import _precision as precision

UNITS = st.integers(-900, 900).map(lambda e: 2.0**e)


@given(UNITS, st.integers(0, 2**32 - 1))
def test_the_norm_changes_with_its_unit(unit, seed):
    x = np.random.default_rng(seed).normal(size=(3, 4))
    assert precision.norm(unit * x) == unit * precision.norm(x)


@pytest.mark.parametrize(
    ("x", "norm"),
    [
        ([3e200, 4e200], 5e200),
        ([3e-200, -4e-200], 5e-200),
        ([0.0, 0.0], 0.0),
        ([[1.0, 1.0], [1.0, 1.0]], 2.0),
        (3.0, 3.0),
    ],
)
def test_the_norm_is_right_where_squares_leave_float64(x, norm):
    assert precision.norm(x) == pytest.approx(norm, rel=4e-16)


def test_a_norm_above_float64_is_infinite():
    assert precision.norm(np.full(4, 1e308)) == np.inf


@given(UNITS, st.integers(0, 2**32 - 1))
def test_scaling_is_exact(unit, seed):
    x = unit * np.random.default_rng(seed).normal(size=5)
    y, e = precision.scaled(x)
    np.testing.assert_array_equal(np.ldexp(y, e), x)
    assert 0.5 <= np.max(np.abs(y)) < 1


@given(UNITS, st.integers(0, 2**32 - 1))
def test_what_is_scaled_back_is_what_was_scaled(unit, seed):
    x = unit * np.random.default_rng(seed).normal(size=5)
    np.testing.assert_array_equal(
        precision.unscaled(*precision.scaled(x), "x"), x
    )


def test_what_is_too_large_is_refused_and_what_is_too_small_is_zero():
    with pytest.raises(
        ValueError, match=r"^λ must be finite, got inf at index"
    ):
        precision.unscaled([1.0, -1.0], 2000, "λ")
    assert precision.unscaled(1.0, -2000, "λ") == 0


def test_rank_counts_what_is_above_rounding():
    s = [2.0, 1e-10, 1e-17]
    for unit in (1e-250, 1.0, 1e250):
        assert precision.numerical_rank(unit * np.array(s), (3, 3)) == 2
    assert precision.numerical_rank([0.0, 0.0], (2, 5)) == 0


def test_the_tolerance_grows_with_the_longer_side():
    assert precision.rank_tolerance((3, 7)) == 7 * 2.0**-52
    assert precision.rank_tolerance((7, 3)) == 7 * 2.0**-52
