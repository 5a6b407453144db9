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
GAP_ALONG = """
import numpy as np

def gap_along(f, grad, x, d, h=6e-6):
    u = np.array(d, dtype=float)
    {}
    measured = (f(x + h * u) - f(x - h * u)) / (2 * h)
    return {}
"""
ON_LEVEL = """
import numpy as np

def steepest_on_level(g, a):
    p = g - (a @ g) / (a @ a) * a
    return p / np.linalg.norm(p) if {} else np.zeros(len(g))
"""
THROUGH = """
def slopes(edges, output):
    found = {{node: 0.0 for s, e, _ in edges for node in (s, e)}}
    found[output] = 1.0
    for start, end, slope in {}:
        found[start] {} found[end] * slope
    return found
"""


@pytest.mark.parametrize(
    ("file", "answer", "says"),
    [
        (
            "gradients/exercises/along.py",
            GAP_ALONG.format("", "abs(np.sum(grad(x) * u) - measured)"),
            "divide by its length",
        ),
        (
            "gradients/exercises/along.py",
            GAP_ALONG.format(
                "u = u / np.linalg.norm(u)", "np.sum(grad(x) * u) - measured"
            ),
            "no sign",
        ),
        (
            "gradients/exercises/along.py",
            GAP_ALONG.format(
                "u = u / np.linalg.norm(u)", "np.abs(grad(x) @ u - measured)"
            ),
            "entry by entry",
        ),
        (
            "gradients/exercises/level.py",
            ON_LEVEL.format("np.linalg.norm(p) > 0"),
            "what is left of g is rounding",
        ),
        (
            "gradients/exercises/level.py",
            ON_LEVEL.format("np.linalg.norm(p) > 1e-5"),
            "length of u",
        ),
        (
            "gradients/exercises/level.py",
            ON_LEVEL.format("np.linalg.norm(p) > 1e-9 * np.linalg.norm(g)"),
            "more than rounding",
        ),
        (
            "chain_rule/exercises/graph.py",
            THROUGH.format("reversed(edges)", "="),
            "two paths",
        ),
        (
            "chain_rule/exercises/graph.py",
            THROUGH.format("edges", "+="),
            "slope for x in a chain",
        ),
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
