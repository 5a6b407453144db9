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
DIFFERENCE_OF_GRADIENTS = """
from derivable.calculus import grad

def hessian_vector_product(f, x, v):
    up, down = grad(f)(x + 1e-5 * v), grad(f)(x - 1e-5 * v)
    return (up - down) / 2e-5
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
SHIFT_BY = """
import numpy as np

def softmax_jvp(z, v):
    p = np.exp(z - {}(z))
    p = p / p.sum()
    return p * (v - p @ v)
"""
RIDGE_OF = """
import numpy as np

def ridge(X, y, strength):
    n, d = X.shape
    return np.linalg.solve(X.T @ X + {} * np.eye(d), X.T @ y)
"""


@pytest.mark.parametrize(
    ("file", "answer", "says"),
    [
        ("autodiff/exercises/hvp.py", FULL_HESSIAN, "is"),
        ("autodiff/exercises/hvp.py", HESSIAN_BY_ROWS, "four runs of f"),
        ("autodiff/exercises/hvp.py", DIFFERENCE_OF_GRADIENTS, "not exact"),
        ("jacobians/exercises/softmax_product.py", NO_SHIFT, "largest score"),
        (
            "jacobians/exercises/softmax_product.py",
            WRONG_SHIFT,
            "largest score",
        ),
        *[
            (
                "jacobians/exercises/softmax_product.py",
                SHIFT_BY.format(other),
                "largest score",
            )
            for other in ("np.min", "np.mean", "np.median", "(lambda z: z[0])")
        ],
        *[
            (
                "matrix_calculus/exercises/ridge.py",
                RIDGE_OF.format(of),
                "minimiser",
            )
            for of in ("strength", "30 * strength", "n * 0.5", "n * 0.1")
        ],
    ],
)
def test_an_answer_that_misses_the_point_is_refused(file, answer, says):
    text = (SNIPPETS / file).read_text(encoding="utf-8")
    grader = text.split("# %% check")[1].split("# %% solution")[0]
    with pytest.raises(AssertionError, match=says):
        exec(answer + grader, {"__name__": "answer"})  # noqa: S102
