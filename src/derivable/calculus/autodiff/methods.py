"""The methods of an array that `Tensor` and `Dual` share."""

from typing import Any

import numpy as np


class ArrayMethods:
    """Methods that call NumPy's function of the same name."""

    __slots__ = ()
    dtype = np.dtype(np.float64)

    def __len__(self: Any) -> int:
        if self.ndim == 0:
            raise TypeError("a value of shape () has no length or entries")
        return int(self.shape[0])

    def __iter__(self: Any) -> Any:
        return (self[i] for i in range(len(self)))

    @property
    def T(self: Any) -> Any:
        """The transpose."""
        return np.transpose(self)

    def transpose(self: Any, *axes: Any) -> Any:
        """The same entries with the axes in another order."""
        if not axes or axes == (None,):
            return np.transpose(self)
        return np.transpose(self, axes[0] if len(axes) == 1 else axes)

    def swapaxes(self: Any, one: int, two: int) -> Any:
        """The same entries with two axes exchanged."""
        return np.swapaxes(self, one, two)

    def reshape(self: Any, *shape: Any) -> Any:
        """The same entries in another shape."""
        return np.reshape(self, shape[0] if len(shape) == 1 else shape)

    def dot(self: Any, other: Any) -> Any:
        """NumPy's dot product."""
        return np.dot(self, other)

    def clip(self: Any, min: Any = None, max: Any = None) -> Any:
        """The nearest values between two bounds."""
        return np.clip(self, min, max)

    def copy(self: Any) -> Any:
        """Itself: no entry of it can change."""
        return self


def _method(function: Any) -> Any:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return function(self, *args, **kwargs)

    method.__name__ = method.__qualname__ = function.__name__
    method.__doc__ = f"The same as `np.{function.__name__}`."
    return method


for _function in (
    np.all,
    np.any,
    np.argmax,
    np.argmin,
    np.cumsum,
    np.diagonal,
    np.max,
    np.mean,
    np.min,
    np.prod,
    np.ravel,
    np.squeeze,
    np.std,
    np.sum,
    np.trace,
    np.var,
):
    setattr(ArrayMethods, _function.__name__, _method(_function))
ArrayMethods.flatten = ArrayMethods.ravel  # type: ignore[attr-defined]
