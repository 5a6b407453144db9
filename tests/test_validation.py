import numpy as np
import pytest

from derivable import _validation as check


@pytest.mark.parametrize(
    "value", [2.0, 2.5, np.nan, "2", None, True, np.True_, [1, 2], np.ones(2)]
)
def test_a_whole_number_is_no_float_and_no_bool(value):
    with pytest.raises(TypeError, match=r"^n must be a whole number, got "):
        check.whole(value, "n")


@pytest.mark.parametrize("value", [3, np.int8(3), np.uint64(3), np.array(3)])
def test_every_kind_of_integer_is_a_whole_number(value):
    assert check.whole(value, "n") == 3
    assert type(check.whole(value, "n")) is int


@pytest.mark.parametrize(
    ("value", "bounds", "says"),
    [
        (-1, {}, "n must not be negative, got -1"),
        (1, {"least": 2}, "n must be at least 2, got 1"),
        (7, {"least": 1, "most": 6}, "n must lie in 1 to 6, got 7"),
        (0, {"least": 1, "most": 6}, "n must lie in 1 to 6, got 0"),
    ],
)
def test_a_whole_number_has_bounds(value, bounds, says):
    with pytest.raises(ValueError, match=f"^{says}$"):
        check.whole(value, "n", **bounds)


def test_bounds_belong_to_the_range():
    assert check.whole(1, "n", least=1, most=6) == 1
    assert check.whole(6, "n", least=1, most=6) == 6


@pytest.mark.parametrize("value", [1, 1.5, -0.1])
def test_a_fraction_lies_in_the_unit_interval_without_its_end(value):
    with pytest.raises(ValueError, match=r"a must lie in \[0, 1\), got"):
        check.fraction(value, "a")
    assert check.fraction(0, "a") == 0


def test_what_must_not_be_negative_may_be_zero():
    assert check.not_negative(0, "a") == 0
    with pytest.raises(ValueError, match="a must not be negative, got -1"):
        check.not_negative(-1, "a")


def test_numbers_may_have_holes_where_real_has_none():
    given = [[1.0, np.nan], [np.inf, 2.0]]
    np.testing.assert_array_equal(check.numbers(given), given)
    with pytest.raises(ValueError, match=r"finite, got nan at index \(0, 1\)"):
        check.real(given)


@pytest.mark.parametrize(
    ("x", "error", "says"),
    [
        (["a"], TypeError, "x must be real numbers, got <U1"),
        ([1j], TypeError, "x must be real numbers, got complex128"),
        (None, TypeError, "x must be real numbers, got object"),
        ([], ValueError, r"x must not be empty, got \(0,\)"),
    ],
)
def test_what_is_no_number_is_refused_with_holes_too(x, error, says):
    for convert in (check.numbers, check.real):
        with pytest.raises(error, match=says):
            convert(x)


def test_symmetry_is_decided_where_a_difference_overflows():
    A = np.array([[0.0, 1.5e308], [-1.5e308, 0.0]])
    with pytest.raises(ValueError, match=r"must be symmetric, got 1\.5e\+308"):
        check.symmetric(A)


def test_a_mask_is_not_dropped():
    masked = np.ma.array([1.0, 2.0], mask=[False, True])
    with pytest.raises(TypeError, match="x must not be masked"):
        check.real(masked)


def test_rows_of_different_lengths_are_named():
    with pytest.raises(ValueError, match="x must be rectangular"):
        check.real([[1.0, 2.0], [3.0]])


def test_an_object_has_its_kind():
    with pytest.raises(TypeError, match="rng must be a Generator, got int"):
        check.generator(0)
    rng = np.random.default_rng(0)
    assert check.generator(rng) is rng


def test_symmetry_is_relative_to_the_largest_entry():
    A = np.array([[1.0, 2.0], [2.0 + 1e-12, 5.0]])
    for unit in (1e-200, 1.0, 1e200):
        S = check.symmetric(unit * A)
        assert (S == S.T).all()
        with pytest.raises(ValueError, match=r"at index \(0, 1\)"):
            check.symmetric(unit * A, tol=1e-14)
