import numpy as np
import pytest

from press.compare import (
    agrees,
    difference,
    show,
    tolerance,
    too_many_digits,
    unguarded,
)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("6.0", "6.0"),
        ("0.30000000000000004", "0.3"),
        ("[1. 2.]", "[1.  2. ]"),
        ("[[1 2]\n [3 4]]", "[[1 2]\n [3 4]]"),
        ("[[1.0 2.0]\n [3.0 4.0]]", "[[1. 2.] [3. 4.]]"),
        ("nan", "nan"),
        ("-inf", "-inf"),
        ("a  b ", "a b"),
        ("-0.0", "0.0"),
        ("array([1., 2.])", "array([ 1.,  2.])"),
        ("1e-08", "1.0e-8"),
        ("x\n\n", "x"),
        ("(3, 1)", "(3, 1)"),
    ],
)
def test_what_means_the_same_is_the_same(printed, shown):
    assert difference(printed, shown) is None


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("6.0", "6.1"),
        ("6", "6.0"),
        ("6", "7"),
        ("1.000001", "1.000002"),
        ("-1.0", "1.0"),
        ("nan", "inf"),
        ("float32", "float64"),
        ("x1 = 2", "x2 = 2"),
        ("[1. 2.]", "[1. 2. 3.]"),
        ("[[1. 2.]]", "[1. 2.]"),
        ("a\nb", "a"),
        ("a", "a\nb"),
        ("True", "False"),
        ("1e-08", "1e-07"),
    ],
)
def test_what_differs_is_a_difference(printed, shown):
    assert difference(printed, shown) is not None


def test_a_difference_names_the_line():
    found = difference("one\ntwo\n3.5", "one\ntwo\n3.6")
    assert (found.line, found.printed, found.shown) == (2, "3.5", "3.6")


def test_a_difference_in_an_array_names_its_first_line():
    found = difference("x\n[[1 2]\n [3 4]]", "x\n[[1 2]\n [3 5]]")
    assert found.line == 1


def test_a_stated_tolerance_is_used_and_only_then():
    assert difference("1.001", "1.0") is not None
    assert difference("1.001", "1.0", rtol=1e-2) is None
    assert difference("1e-17", "3e-17", atol=1e-15) is None
    assert difference("1e-17", "3e-17") is not None


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("0.0258", 0.02577),
        ("6", 6),
        ("6", 5.9999999),
        ("1,024", 1024),
        ("99.1%", 0.9912),
        ("\u22124", -4),
        ("1.2e-5", 1.2349e-5),
        ("[6, 8]", np.array([6.0, 8.0])),
        ("(3, 1)", (3, 1)),
        ("saddle", "saddle"),
        ("True", True),
        ("0.5", np.float64(0.5)),
    ],
)
def test_a_claim_agrees_to_the_digits_it_shows(shown, value):
    assert agrees(shown, value)


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("0.0258", 0.0259),
        ("6", 6.6),
        ("6.0", 6.06),
        ("99.1%", 0.9925),
        ("1.2e-5", 1.2e-6),
        ("[6, 8]", np.array([6.0, 9.0])),
        ("[6, 8]", np.array([6.0])),
        ("saddle", "minimum"),
        ("True", False),
        ("4", "no number"),
    ],
)
def test_a_claim_that_is_wrong_does_not_agree(shown, value):
    assert not agrees(shown, value)


@pytest.mark.parametrize(
    ("shown", "value", "blessed"),
    [
        ("0.0258", 0.03141, "0.0314"),
        ("6", 7, "7"),
        ("1.2e-05", 3.456e-7, "3.5e-07"),
        ("[6, 8]", np.array([1.0, 2.0]), "[1, 2]"),
        ("50%", 0.25, "25%"),
        ("saddle", "minimum", "minimum"),
    ],
)
def test_a_blessed_claim_keeps_its_format(shown, value, blessed):
    assert show(shown, value) == blessed
    assert agrees(blessed, value)


def test_digits_beyond_the_tolerance_are_noticed():
    assert too_many_digits("0.30000000000000004") == "0.30000000000000004"
    assert too_many_digits("1797 64 3.14159 0.000001234") == ""


@pytest.mark.parametrize(
    ("printed", "shown", "factor", "same"),
    [
        ("2e-14", "3e-14", 3, True),
        ("3e-14", "2e-14", 3, True),
        ("2e-14", "7e-14", 3, False),
        ("2e-14", "7e+88", 100, False),
        ("2e-14", "-2e-14", 100, False),
        ("0.0", "2e-14", 100, False),
        ("2.0", "6.0", 3, True),
        ("2", "6", 3, True),
        ("2", "7", 3, False),
        ("inf", "2.0", 100, False),
    ],
)
def test_a_factor_is_a_distance_of_logarithms(printed, shown, factor, same):
    assert (difference(printed, shown, factor=factor) is None) == same


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"rtol": 1.0}, r"rtol must lie in \[0, 1\), got 1"),
        ({"rtol": 30.0}, r"rtol must lie in \[0, 1\), got 30"),
        ({"rtol": -0.1}, "rtol must lie in"),
        ({"rtol": float("nan")}, "rtol must lie in"),
        ({"atol": float("inf")}, "atol must be finite"),
        ({"atol": -1.0}, "atol must be finite and not negative"),
        ({"factor": 0.5}, "factor must lie in"),
        ({"factor": 1e9}, "factor must lie in"),
    ],
)
def test_a_tolerance_that_compares_nothing_is_refused(given, message):
    with pytest.raises(ValueError, match=message):
        difference("1.0", "2.0", **given)


@pytest.mark.parametrize(
    ("shown", "atol", "nothing"),
    [
        ("1e-17", 1e-15, True),
        ("3 4", 5.0, True),
        ("3 6", 5.0, False),
        ("0.0 0.0", 1e-12, False),
        ("no number", 1.0, False),
    ],
)
def test_a_tolerance_above_all_numbers_is_noticed(shown, atol, nothing):
    assert unguarded(shown, tolerance(atol=atol)) == nothing
