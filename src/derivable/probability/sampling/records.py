"""What a sampler returns."""

from dataclasses import dataclass

from derivable._validation import Array


@dataclass(frozen=True)
class Estimate:
    """An expectation from draws, with the error bar that belongs to it.

    Attributes:
        value: the estimate.
        std_error: its standard error, also estimated.
    """

    value: float
    std_error: float


@dataclass(frozen=True)
class Rejection:
    """Independent draws that were kept.

    Attributes:
        x: the draws, shape (n,) or (n, d).
        acceptance: the share of proposals that were kept.
    """

    x: Array
    acceptance: float


@dataclass(frozen=True)
class Chains:
    """The paths of m chains in d dimensions, T steps each.

    Attributes:
        x: all positions, the start first, shape (T + 1, m, d).
        log_density: ln p at each of them, shape (T + 1, m).
        acceptance: share of proposals that each chain took, shape (m,).
    """

    x: Array
    log_density: Array
    acceptance: Array
