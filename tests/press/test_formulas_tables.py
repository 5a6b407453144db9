"""Rows and columns of a table are told apart; dots stand for entries."""

import numpy as np
import pytest

from press.formulas import CheckError, check

A = np.array([[1.0, 2.0], [3.0, -4.0]])
X = np.array([3.0, 1.0, -2.0, 5.0])


def test_a_table_has_the_rows_and_columns_that_are_printed():
    verdict = check(
        r"A = \begin{pmatrix} 1 & 2 \\ 3 & -4 \end{pmatrix}", {"A": A}
    )
    assert verdict.refused == verdict.mistakes > 4


def test_a_sign_begins_a_row_and_does_not_go_on_with_the_row_above():
    names = {"a": 2.0, "b": 3.0, "x": np.array([2.0, -3.0])}
    check(r"x = \begin{pmatrix} a \\ -b \end{pmatrix}", names)


def test_a_case_is_told_from_its_condition():
    def draw(rng):
        return {"x": rng.normal(), "f": lambda x: x if x > 0 else -2 * x}

    latex = (
        r"f(x) = \begin{cases} x & \text{if } x > 0 \\"
        r" -2 x & \text{otherwise} \end{cases}"
    )
    verdict = check(latex, {"draw": draw})
    assert not verdict.survivors


@pytest.mark.parametrize(
    "right",
    [
        r"\begin{pmatrix} x_1 & \cdots & x_n \end{pmatrix}^\T",
        r"\begin{pmatrix} x_1 & x_2 & \cdots & x_n \end{pmatrix}^\T",
        r"\begin{pmatrix} x_1 \\ \vdots \\ x_n \end{pmatrix}",
    ],
)
def test_dots_in_a_table_stand_for_the_entries_between(right):
    verdict = check(f"x = {right}", {"x": X, "n": 4})
    assert not verdict.survivors


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (r"x_1 \\ \vdots", "a row of entries that is not read"),
        (r"\vdots \\ x_n", "a row of entries that is not read"),
        (r"x_1 & 1 \\ \vdots & 1 \\ x_n & 1", "rows and columns"),
        (r"x_1 & \cdots & x_n \\ 1 & 2 & 3", "rows and columns"),
        (r"x_1 & \cdots & x_n & 1", "a row of entries that is not read"),
        (r"x_1 \\ x_3 \\ \vdots \\ x_n", "does not go on to the last"),
    ],
)
def test_dots_that_could_mean_anything_are_refused(table, said):
    latex = rf"x = \begin{{pmatrix}} {table} \end{{pmatrix}}"
    with pytest.raises(CheckError, match=said):
        check(latex, {"x": X, "n": 4})


def test_a_vector_goes_to_its_limit_from_where_it_is_drawn():
    def draw(rng):
        d, w = rng.normal(size=(2, 2))
        return {"delta": d, "w": w, "u": d / np.linalg.norm(d)}

    slope = r"\lim_{\delta \to 0} \frac{w^\T \delta}{\norm{\delta}} = "
    assert not check(slope + r"w^\T u", {"draw": draw}).survivors
    with pytest.raises(CheckError, match="does not hold"):
        check(slope + "0", {"draw": draw})
