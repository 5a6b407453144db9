"""Answers that a check must refuse, because they miss the point."""

from pathlib import Path

import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets/calculus"

FULL_HESSIAN = """
from derivable.calculus import hessian

def hessian_vector_product(f, x, v):
    return hessian(f, x) @ v
"""
HESSIAN_BY_ROWS = """
import numpy as np
from derivable.calculus import grad

def hessian_vector_product(f, x, v):
    rows = [grad(lambda z, i=i: grad(f)(z)[i])(x) for i in range(len(x))]
    return np.array(rows) @ v
"""
NO_SHIFT = """
import numpy as np

def softmax_jvp(z, v):
    p = np.exp(z) / np.exp(z).sum()
    return p * (v - p @ v)
"""
WRONG_SHIFT = """
import numpy as np

def softmax_jvp(z, v):
    p = np.exp(z - 1) / np.exp(z - 1).sum()
    return p * (v - p @ v)
"""


@pytest.mark.parametrize(
    ("file", "answer", "says"),
    [
        ("autodiff/exercises/hvp.py", FULL_HESSIAN, "is"),
        ("autodiff/exercises/hvp.py", HESSIAN_BY_ROWS, "four runs of f"),
        ("jacobians/exercises/softmax_product.py", NO_SHIFT, "largest score"),
        (
            "jacobians/exercises/softmax_product.py",
            WRONG_SHIFT,
            "largest score",
        ),
    ],
)
def test_an_answer_that_misses_the_point_is_refused(file, answer, says):
    text = (SNIPPETS / file).read_text()
    grader = text.split("# %% check")[1].split("# %% solution")[0]
    with pytest.raises(AssertionError, match=says):
        exec(answer + grader, {"__name__": "answer"})  # noqa: S102
