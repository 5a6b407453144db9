"""The mathematics of machine learning, executed: a reference library.

Each part of the book is a subpackage (`derivable.calculus`, …); each
chapter is a module of the same name in it.
"""

from derivable.errors import ConvergenceError, DivergenceError

__all__ = ["ConvergenceError", "DivergenceError"]
