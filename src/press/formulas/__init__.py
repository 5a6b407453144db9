r"""Formulas that run: LaTeX is read, evaluated, and tried with misprints.

`read` makes a tree of a display, `check` evaluates it at the draws of a
program and tries every one-symbol mistake. Nothing here knows of pages;
NumPy is all it needs, so it also runs in a reader's browser.
"""

from press.formulas.check import CheckError, Verdict, check, first_draw
from press.formulas.read import read
from press.formulas.steps import Step, relations, steps
from press.formulas.tokens import FormulaError

__all__ = [
    "CheckError",
    "FormulaError",
    "Step",
    "Verdict",
    "check",
    "first_draw",
    "read",
    "relations",
    "steps",
]
