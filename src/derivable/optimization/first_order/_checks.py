"""What the functions of this chapter ask of their hyperparameters."""

from derivable import _validation as check


def fraction(value: float, name: str) -> None:
    """Refuse what does not lie in [0, 1)."""
    if not 0 <= check.number(value, name) < 1:
        raise ValueError(f"{name} must lie in [0, 1), got {value}")


def not_negative(value: float, name: str) -> None:
    """Refuse what is below zero."""
    if check.number(value, name) < 0:
        raise ValueError(f"{name} must not be negative, got {value}")


def count(value: int, name: str, least: int = 0) -> None:
    """Refuse what is not a whole number of at least so many."""
    if int(value) != value:
        raise ValueError(f"{name} must be a whole number, got {value}")
    if value < least:
        said = "not be negative" if least == 0 else f"be at least {least}"
        raise ValueError(f"{name} must {said}, got {value}")
