"""What the library raises beside `ValueError` and `TypeError`.

An input that breaks a rule is a `ValueError`, an object of the wrong kind a
`TypeError`. An iteration that fails is one of these.
"""

from typing import Any


class ConvergenceError(RuntimeError):
    """An iteration that did not reach its tolerance.

    The message gives the number of iterations and the residual.
    """


class DivergenceError(ConvergenceError):
    """A run that grows without bound, or meets NaN.

    Attributes:
        iteration: the step after which it was noticed.
        path: the run until then.
    """

    def __init__(self, message: str, iteration: int, path: Any) -> None:
        super().__init__(message)
        self.iteration = iteration
        self.path = path
