"""What is measured of an estimator and of a difference."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BiasVariance:
    """What is wrong with an estimator, on average.

    Attributes:
        bias: mean estimate minus truth.
        variance: mean squared distance of estimates from their mean.
        mse: mean squared distance of estimates from the truth.
    """

    bias: float
    variance: float
    mse: float


@dataclass(frozen=True)
class ProportionTest:
    """Two shares of successes, compared.

    Attributes:
        difference: share of b minus share of a.
        z: the difference in standard errors, if both were the same.
        p_value: how likely a |z| as large would then be.
    """

    difference: float
    z: float
    p_value: float
