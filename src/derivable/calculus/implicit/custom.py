"""A function with a derivative of your own, and one without.

Notation:
    y: the value of the function.
    g: the adjoint of y, of its shape.
    saved: what the way back needs.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable.calculus.autodiff import Dual, Tensor, record
from derivable.calculus.autodiff.dual import plain
from derivable.calculus.autodiff.runs import operand, run
from derivable.calculus.autodiff.tensor import value_of

Forward = Callable[..., tuple[Any, Any]]
Backward = Callable[[Any, Any], Sequence[Any]]


@contextmanager
def unrecorded() -> Iterator[None]:
    """Outside of every run, as if nothing around were differentiated."""
    depth, run.depth = run.depth, 0
    try:
        yield
    finally:
        run.depth = depth


def custom_vjp(forward: Forward, backward: Backward) -> Callable[..., Any]:
    """A function whose pullback you write yourself.

    Args:
        forward: takes the arguments as arrays, and returns the pair
            (y, saved); y is the value, an array or a number.
        backward: takes saved and the adjoint g, shape of y, and returns
            one gradient for each argument, of its shape; None is 0.

    Returns:
        A function of the same arguments. `grad` and `vjp` go through it
        by `backward`; `jvp` cannot. For second derivatives both are
        written with NumPy functions that have rules.

    Raises:
        TypeError: if forward or backward is not a function; when
            called, if an argument is not real, or a Dual, if forward
            returns no pair or closes over what is differentiated, or
            backward returns no sequence.
        ValueError: on the way back, if the number of gradients or the
            shape of one is another.

    Source:
        eq. `claim:vjp` of this book.
    """
    check.function(forward, "forward")
    check.function(backward, "backward")

    def call(*args: Any) -> Any:
        if any(isinstance(x, Dual) for x in args):
            raise TypeError(
                "a custom_vjp knows the way back only: a jvp got a Dual; "
                "take grad or vjp, or write the function without it"
            )
        recorded = any(isinstance(x, Tensor) for x in args)
        values = [(value_of if recorded else operand)(x) for x in args]
        with unrecorded():
            y, saved = _run(forward, values)
        if isinstance(y, Tensor):
            raise TypeError(
                "forward must get all that is differentiated as arguments, "
                "got a Tensor from outside"
            )
        if not recorded:
            return y
        back = _Pullback(forward, backward, args, saved)
        return record(
            y, args, values, [back.rule(i) for i in range(len(args))]
        )

    return call


def stop_gradient(x: Any) -> Any:
    """The value of x, as a constant: nothing is differentiated through it.

    Args:
        x: an array, or a Tensor or Dual of a differentiated run.

    Returns:
        A new array of its values, float64; a number if x is one.

    Raises:
        TypeError: if x is not real.
        ValueError: if x is empty or not finite.

    Source:
        eq. `claim:one-step` of this book.
    """
    return check.real(plain(x))[()]


class _Pullback:
    """The way back through one call; it runs once for all arguments."""

    def __init__(
        self, forward: Forward, backward: Backward, args: Any, saved: Any
    ) -> None:
        self.forward, self.backward = forward, backward
        self.args, self.saved = args, saved
        self.g: Any = None
        self.found: list[Any] = []

    def rule(self, i: int) -> Callable[[Any], Any]:
        """The gradient for argument i, from the adjoint g."""

        def of_argument(g: Any) -> Any:
            if g is not self.g:
                self.found, self.g = self.gradients(g), g
            return self.found[i]

        return of_argument

    def gradients(self, g: Any) -> list[Any]:
        """One for each argument; recorded if g is."""
        if isinstance(g, Tensor):  # what was saved depends on the arguments
            saved = _run(self.forward, self.args)[1]
            found = self.backward(saved, g)
        else:
            with unrecorded():
                found = self.backward(self.saved, g)
        if not isinstance(found, tuple | list):
            raise TypeError(
                "backward must return a tuple of gradients, got "
                f"{type(found).__name__}"
            )
        if len(found) != len(self.args):
            raise ValueError(
                f"backward must return {len(self.args)} gradients, one for "
                f"each argument, got {len(found)}"
            )
        return [
            _gradient(dx, np.shape(plain(x)), i)
            for i, (dx, x) in enumerate(zip(found, self.args, strict=True))
        ]


def _gradient(dx: Any, shape: tuple[int, ...], i: int) -> Any:
    """A gradient of the shape of its argument."""
    if dx is None:
        return np.zeros(shape)
    if not isinstance(dx, Tensor | Dual):
        dx = check.reals(dx, "a gradient")[()]
    if dx.shape != shape:
        raise ValueError(
            f"gradient {i} must have the shape {shape} of its argument, "
            f"got {dx.shape}"
        )
    return dx


def _run(forward: Forward, args: Any) -> tuple[Any, Any]:
    """The value, as an array, and what was saved."""
    pair = forward(*args)
    if not isinstance(pair, tuple) or len(pair) != 2:
        raise TypeError(
            "forward must return the pair (y, saved), got "
            f"{type(pair).__name__}"
        )
    y, saved = pair
    if isinstance(y, Tensor | Dual):
        return y, saved
    return check.reals(y, "y")[()], saved
