import numpy as np
import pytest

import derivable
from derivable import _validation as check
from derivable import optimization
from derivable.calculus import Tensor


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


def test_a_whole_number_fits_into_64_bits():
    for value in (2**63, -(2**64), 10**5000):
        with pytest.raises(ValueError, match=r"n must fit into 64 bits, got "):
            check.whole(value, "n")
    assert check.whole(2**63 - 1, "n") == 2**63 - 1


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


@pytest.mark.parametrize("value", [1, 0.0, "yes", None, np.ones(2)])
def test_a_flag_is_true_or_false(value):
    with pytest.raises(TypeError, match=r"^loud must be True or False, got "):
        check.flag(value, "loud")
    assert check.flag(np.True_, "loud") is True
    assert check.flag(False, "loud") is False  # noqa: FBT003


@pytest.mark.parametrize("value", ["c", None, ["a"], {}, np.array(["a"])])
def test_a_choice_is_one_of_the_words(value):
    with pytest.raises(ValueError, match=r"^m must be one of \('a', 'b'\), g"):
        check.choice(value, ("a", "b"), "m")
    assert check.choice("b", ("a", "b"), "m") is None


@pytest.mark.parametrize(
    "value", ["ab", b"ab", None, 2.5, {"a": 1}, {1}, np.array(2.0)]
)
def test_a_text_and_a_set_are_no_sequence(value):
    with pytest.raises(TypeError, match=r"^s must be a sequence, got "):
        check.sequence(value, "s")


def test_a_sequence_may_be_any_iterable_with_an_order():
    for given in ([1, 2], (1, 2), np.array([1, 2]), iter([1, 2])):
        assert check.sequence(given, "s") == [1, 2]


def test_what_may_be_infinite_must_still_be_real():
    assert np.isnan(check.reals([1.0, np.nan])[1])
    for wrong in (1j, "1", None, np.ma.array([1.0])):
        with pytest.raises(TypeError, match=r"^y must "):
            check.reals(wrong, "y")


def test_the_value_of_a_function_is_one_real_number():
    for wrong in ([[1.0], [2.0, 3.0]], [], [1.0, 2.0]):
        with pytest.raises(ValueError, match=r"^f\(x\) must "):
            check.evaluated(lambda _, wrong=wrong: wrong, 0.0)
    for wrong in (None, 1j, np.ma.array([1.0])):
        with pytest.raises(TypeError, match=r"^f\(x\) must "):
            check.evaluated(lambda _, wrong=wrong: wrong, 0.0)


def test_a_function_may_change_the_array_that_it_is_given():
    x = np.array([1.0, 2.0])

    def f(x):
        x *= 2
        return x @ x

    assert check.evaluated(f, x) == 20
    np.testing.assert_array_equal(x, [1, 2])
    assert check.evaluated(lambda p: p["w"], {"w": 3.0}) == 3


def test_the_errors_of_an_iteration_are_public():
    assert issubclass(derivable.DivergenceError, derivable.ConvergenceError)
    assert issubclass(derivable.ConvergenceError, RuntimeError)
    assert optimization.DivergenceError is derivable.DivergenceError
    error = derivable.DivergenceError("f grows", 3, [1.0, 2.0])
    assert (str(error), error.iteration, error.path) == (
        "f grows",
        3,
        [1.0, 2.0],
    )


def test_counts_are_whole_numbers_in_a_sequence():
    assert check.counts((3, np.int8(4)), "dims", least=1) == [3, 4]
    with pytest.raises(ValueError, match=r"dims\[1\] must be at least 1"):
        check.counts([3, 0], "dims", least=1)
    with pytest.raises(TypeError, match=r"dims\[0\] must be a whole number"):
        check.counts([3.0], "dims")
    with pytest.raises(TypeError, match="dims must be a sequence, got 3"):
        check.counts(3, "dims")


def test_one_string_is_not_several():
    assert check.strings(("a", "b"), "texts") == ["a", "b"]
    with pytest.raises(TypeError, match="several strings, got one"):
        check.strings("ab", "texts")
    with pytest.raises(TypeError, match=r"texts\[1\] must be a str, got int"):
        check.strings(["a", 1], "texts")


def test_symmetry_is_decided_where_a_difference_overflows():
    with pytest.raises(ValueError, match="A must be symmetric"):
        check.symmetric([[1.0, 1.7e308], [-1.7e308, 1.0]])


def test_whole_numbers_are_of_an_integer_type():
    found = check.whole_numbers([[1, 2], [3, 4]], "i")
    assert found.dtype == np.int64
    assert found.tolist() == [[1, 2], [3, 4]]
    for wrong in ([1.0], [True], ["1"], np.ma.array([1]), [None]):
        with pytest.raises(TypeError, match=r"^i must "):
            check.whole_numbers(wrong, "i")


def test_a_shape_is_asked_of_numbers_and_of_a_tensor():
    x = Tensor(np.array([1.0, 2.0]))
    assert check.of_shape(x, (2,), "x") is x
    assert np.isnan(check.of_shape([1, np.nan], (2,), "x")[1])
    for wrong in ([1.0], 1.0, Tensor(np.ones(3))):
        with pytest.raises(ValueError, match=r"x must have shape \(2,\), got"):
            check.of_shape(wrong, (2,), "x")
    with pytest.raises(TypeError, match="x must not be masked"):
        check.of_shape(np.ma.array([1.0, 2.0]), (2,), "x")


def test_a_complex_vector_is_made_of_two_real_ones():
    x = check.complex_vector([1, 2 - 3j])
    assert x.dtype == np.complex128
    np.testing.assert_array_equal(x, [1, 2 - 3j])
    np.testing.assert_array_equal(check.complex_vector([1, 2]), [1, 2])
    with pytest.raises(ValueError, match=r"c must be finite, got inf at.*1"):
        check.complex_vector([0, complex(0, np.inf)], "c")
    with pytest.raises(ValueError, match="x must be rectangular"):
        check.complex_vector([[1j], [1, 2]])
    with pytest.raises(TypeError, match="x must not be masked"):
        check.complex_vector(np.ma.array([1j], mask=[True]))
