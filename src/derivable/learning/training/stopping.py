"""Early stopping: a rule that reads the losses on held-out data.

Notation:
    values: loss on held-out data after each epoch, shape (T,).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check


@dataclass(frozen=True)
class EarlyStopping:
    """Stop when the best epoch lies too far back.

    Attributes:
        patience: epochs without a new best after which to stop, at
            least 1.
        min_delta: a new best must gain more than this; not negative.

    Raises:
        TypeError: if patience is no whole number.
        ValueError: if patience is below 1 or min_delta negative.

    Source:
        Prechelt (1998), section 2; Goodfellow, Bengio and Courville
        (2016), algorithm 7.1.
    """

    patience: int
    min_delta: float = 0.0

    def __post_init__(self) -> None:
        check.whole(self.patience, "patience", least=1)
        check.not_negative(self.min_delta, "min_delta")

    def best(self, values: ArrayLike) -> int:
        """The last epoch that gained more than min_delta on the best.

        Args:
            values: held-out losses so far, shape (T,).

        Returns:
            Its index, from 0 to T − 1.

        Raises:
            TypeError: if values are not real.
            ValueError: if they are no vector of finite numbers.
        """
        best, values = 0, check.vector(values, "values")

        for t, value in enumerate(values):
            if value < values[best] - self.min_delta:
                best = t
        return best

    def stops(self, values: ArrayLike) -> bool:
        """Whether to stop after these epochs.

        Args:
            values: held-out losses so far, shape (T,).

        Returns:
            True if `patience` epochs have passed since the best one.

        Raises:
            TypeError: if values are not real.
            ValueError: if they are no vector of finite numbers.
        """
        passed = np.size(check.vector(values, "values")) - 1
        return passed - self.best(values) >= self.patience
