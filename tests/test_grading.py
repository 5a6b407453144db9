import numpy as np
import pytest

from derivable.grading import expect_close, expect_equal, expect_raises


def test_a_wrong_number_is_refused_with_both_values():
    with pytest.raises(AssertionError, match=r"^f\(1\) is 2, expected 3: sum"):
        expect_close(2.0, 3.0, what="f(1)", hint="sum")


def test_a_right_number_passes():
    expect_close(3.0 + 1e-12, 3, what="f(1)")


def test_a_wrong_entry_is_refused_with_its_index():
    with pytest.raises(AssertionError, match=r"is 5 at index \(1,\), exp"):
        expect_close([1, 5], [1, 2], what="f(1)")


def test_shapes_are_not_broadcast():
    with pytest.raises(AssertionError, match=r"shape \(1,\), expected \(\)"):
        expect_close([1.0], 1.0, what="f(1)")


def test_a_function_that_returns_nothing_is_told_so():
    with pytest.raises(AssertionError, match="returned None"):
        expect_close(None, 1.0, what="f(1)")


def test_words_are_compared():
    expect_equal("saddle", "saddle", what="kind")
    with pytest.raises(AssertionError, match="kind is 'saddle', expected"):
        expect_equal("saddle", "minimum", what="kind")


def test_an_exception_that_is_not_raised_is_missed():
    expect_raises(ValueError, int, "x", what="int('x')")
    with pytest.raises(AssertionError, match="raised nothing"):
        expect_raises(ValueError, int, "3", what="int('3')")
    with pytest.raises(AssertionError, match="raised ValueError, expected"):
        expect_raises(TypeError, int, "x", what="int('x')")


@pytest.mark.parametrize(
    ("given", "right", "why"),
    [
        (
            (3,),
            (3, 1),
            "an axis of length 1 is missing: keepdims=True keeps it",
        ),
        ((3, 1), (3,), "an axis of length 1 is too many"),
        ((2, 3), (3, 2), "transposed"),
        ((3,), (2, 3), "axis 0 is missing: you summed over it"),
        ((2, 3), (2,), "axis 1 is left: you did not sum over it"),
        ((4,), (2, 3), None),
        ((1, 3, 1), (3, 1, 1), None),
    ],
)
def test_a_wrong_shape_is_explained_where_one_step_explains_it(
    given, right, why
):
    with pytest.raises(AssertionError) as refused:
        expect_close(np.ones(given), np.ones(right), what="f(x)")
    end = f" ({why})" if why else ""
    assert str(refused.value).endswith(f"expected {right}{end}")


@pytest.mark.parametrize(
    ("actual", "says"),
    [
        (1j, "f is complex, expected numbers"),
        (np.array([1.0 + 0j]), "f is complex, expected numbers"),
        (np.ma.array([1.0], mask=[True]), "f is a masked array"),
        ([[1.0], [2.0, 3.0]], "f is ragged, expected numbers"),
        ("one", "f is str, expected numbers"),
        (np.array([1.0, None]), "f is ndarray, expected numbers"),
        ([], r"f has shape \(0,\), expected \(1,\)"),
        ([-1.7e308], "f is -1.7e"),
    ],
)
def test_what_is_no_array_of_numbers_is_called_by_its_kind(actual, says):
    with pytest.raises(AssertionError, match=says):
        expect_close(actual, [1.7e308], what="f")


def test_nothing_is_close_to_nothing():
    expect_close([], [], what="f")


def test_an_array_equals_no_word():
    with pytest.raises(AssertionError, match="f is array"):
        expect_equal(np.array([1, 2]), 3, what="f")
