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


def test_rank_counts_what_is_above_rounding():
    s = [2.0, 1e-10, 1e-17]
    for unit in (1e-250, 1.0, 1e250):
        assert precision.numerical_rank(unit * np.array(s), (3, 3)) == 2
    assert precision.numerical_rank([0.0, 0.0], (2, 5)) == 0


def test_the_tolerance_grows_with_the_longer_side():
    assert precision.rank_tolerance((3, 7)) == 7 * 2.0**-52
    assert precision.rank_tolerance((7, 3)) == 7 * 2.0**-52


@given(UNITS, st.integers(0, 2**32 - 1))
def test_each_row_or_column_is_brought_to_one_size(unit, seed):
    rng = np.random.default_rng(seed)
    x = unit * 2.0 ** rng.integers(-100, 100, size=(4, 1)) * rng.normal(size=5)
    for axis, values in ((1, x), (0, x.T)):
        y, e = precision.evened(values, axis)
        np.testing.assert_array_equal(np.ldexp(y, e), values)
        largest = np.abs(y).max(axis=axis)
        assert np.all((largest >= 0.5) & (largest < 1))


def test_a_zero_column_stays_zero():
    y, e = precision.evened([[0.0, 3.0], [0.0, 1.0]], 0)
    np.testing.assert_array_equal(y, [[0, 0.75], [0, 0.25]])
    np.testing.assert_array_equal(e, [[0, 2]])


def test_what_leaves_float64_is_refused_by_name():
    np.testing.assert_array_equal(
        precision.unscaled([1.0, 0.0], 3, "w"), [8, 0]
    )
    assert precision.unscaled(1.0, -2000, "w") == 0
    with pytest.raises(ValueError, match="w must be finite, got inf"):
        precision.unscaled([0.0, 1.0], [3, 1024], "w")


def test_a_share_that_is_given_decides_on_rank():
    s = [2.0, 1e-10, 1e-17]
    assert precision.numerical_rank(s, (3, 3), rtol=1e-9) == 1
    assert precision.numerical_rank(s, (3, 3), rtol=1e-30) == 3
    assert precision.matrix_rank(np.diag(s), rtol=1e-9) == 1


@given(UNITS, st.integers(0, 2**32 - 1))
def test_three_ranks_differ_in_what_counts_as_a_unit(unit, seed):
    rng = np.random.default_rng(seed)
    A = unit * rng.normal(size=(5, 2)) @ rng.normal(size=(2, 4))
    tiny = 2.0 ** rng.permutation([0, 0, 0, 80, 80])
    assert precision.matrix_rank(A) == 2
    assert precision.column_rank(A * 2.0 ** rng.integers(-60, 60, 4)) == 2
    assert precision.system_rank(A * tiny[:, None]) == 2
    D = np.diag([1.0, 1e-20])
    ranks = [precision.matrix_rank, precision.column_rank]
    assert [rank(D) for rank in ranks] == [1, 2]
    B = np.array([[1.0, 1.0], [1e-20, -1e-20]])
    ranks = [precision.column_rank, precision.system_rank]
    assert [rank(B) for rank in ranks] == [1, 2]
