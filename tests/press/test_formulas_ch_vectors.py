"""What the formulas of the chapter on vectors ask of their reader."""

import numpy as np
import pytest

from press.formulas import CheckError, check

BOUNDARY = r"\min_{w \cdot y + b = 0} \norm{x - y} = \frac{\abs{w \cdot x + b}}{\norm{w}}"  # noqa: E501


def boundary(off=0.0):
    def draw(rng):
        w, x = rng.normal(size=(2, 3))
        b = rng.normal()
        foot = x - (w @ x + b) / (w @ w) * w + off * w
        others = [foot + np.cross(w, v) for v in rng.normal(size=(5, 3))]
        return {"w": w, "x": x, "b": b, "all_y": [foot, *others]}

    return {"draw": draw}


def test_a_condition_equal_to_zero_is_met_up_to_rounding():
    verdict = check(BOUNDARY, boundary())
    assert verdict.draws == 100
    assert not verdict.survivors


def test_a_candidate_beside_the_boundary_does_not_meet_its_condition():
    with pytest.raises(CheckError, match=r"\\min over nothing"):
        check(BOUNDARY, boundary(off=1e-9))


def test_a_condition_does_not_change_the_size_that_a_relation_is_judged_by():
    latex = r"\min_{w \cdot y = 0} 1 = x"
    names = {"w": np.array([1e12, 0.0]), "all_y": np.array([[0.0, 1.0]])}
    with pytest.raises(CheckError, match="does not hold"):
        check(latex, {**names, "x": 1 + 1e-6})


def test_an_index_that_runs_is_no_use_of_a_symbol():
    """``i = …`` beside ``max_i`` defines no i: it is a symbol unknown."""
    latex = r"i = 3 x_1, \qquad y = \max_i \abs{x_i}"
    x = np.array([1.0, -2.0])
    with pytest.raises(CheckError, match="i has no value"):
        check(latex, {"x": x, "y": 2.0})


def test_a_symbol_that_another_piece_uses_is_defined_by_its_own():
    latex = r"y = c \max_i \abs{x_i}, \qquad c = 2"
    verdict = check(latex, {"x": np.array([1.0, -2.0]), "y": 4.0})
    assert not [m for m in verdict.survivors if m.what == "2 → 3"]
