"""The methods of an array that `Tensor` and `Dual` share."""

from typing import Any

import numpy as np


class ArrayMethods:
    """Methods that call NumPy's function of the same name."""

    __slots__ = ()

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

    def swapaxes(self: Any, one: int, two: int) -> Any:
        """The same entries with two axes exchanged."""
        return np.swapaxes(self, one, two)

    def sum(self: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        """The sum over axes."""
        return np.sum(self, axis=axis, keepdims=keepdims)

    def mean(self: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        """The mean over axes."""
        return np.mean(self, axis=axis, keepdims=keepdims)

    def max(self: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        """The maximum over axes."""
        return np.max(self, axis=axis, keepdims=keepdims)

    def reshape(self: Any, *shape: Any) -> Any:
        """The same entries in another shape."""
        wanted = shape[0] if len(shape) == 1 else shape
        return np.reshape(self, wanted)
