import numpy as np
import pytest

from press.compare import agrees, difference, show, too_many_digits


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
