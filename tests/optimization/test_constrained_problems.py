"""Problems of Hock and Schittkowski (1981), with their published minima."""

import numpy as np
import pytest
from numpy import array
from scipy.optimize import minimize_scalar

from derivable._validation import ConvergenceError
from derivable.optimization import (
    ConstrainedProblem,
    augmented_lagrangian,
    barrier,
    kkt_residual,
    lagrange,
    quadratic_penalty,
)

ROOT3 = np.sqrt(3)


def rosenbrock(x):
    return 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2


def hs43(x):
    square = x[0] ** 2 + x[1] ** 2 + 2 * x[2] ** 2 + x[3] ** 2
    return square - 5 * x[0] - 5 * x[1] - 21 * x[2] + 7 * x[3]


def hs43_limits(x):
    return array(
        [
            x @ x + x[0] - x[1] + x[2] - x[3] - 8,
            x @ x + x[1] ** 2 + x[3] ** 2 - x[0] - x[3] - 10,
            x[:3] @ (x[:3] * [2, 1, 1]) + 2 * x[0] - x[1] - x[3] - 5,
        ]
    )


def hs23_limits(x):
    u, v = x
    return array(
        [
            *(1 - u - v, 1 - u * u - v * v, 9 - 9 * u * u - v * v),
            *(v - u * u, u - v * v),
            *(-50 - u, u - 50, -50 - v, v - 50),
        ]
    )


LIMITS = {  # f, g ≤ 0, start, minima (the first is the global one)
    1: (rosenbrock, lambda x: -1.5 - x[1], [-2, 1], [0]),
    2: (rosenbrock, lambda x: 1.5 - x[1], [-2, 1], [0.0504262, 4.9412293]),
    3: (
        lambda x: x[1] + 1e-5 * (x[1] - x[0]) ** 2,
        lambda x: -x[1],
        [10, 1],
        [0],
    ),
    4: (
        lambda x: (x[0] + 1) ** 3 / 3 + x[1],
        lambda x: array([1 - x[0], -x[1]]),
        [1.125, 0.125],
        [8 / 3],
    ),
    5: (
        lambda x: (
            np.sin(x[0] + x[1])
            + (x[0] - x[1]) ** 2
            - 1.5 * x[0]
            + 2.5 * x[1]
            + 1
        ),
        lambda x: array([-1.5 - x[0], x[0] - 4, -3 - x[1], x[1] - 3]),
        [0, 0],
        [-ROOT3 / 2 - np.pi / 3],
    ),
    10: (
        lambda x: x[0] - x[1],
        lambda x: 3 * x[0] ** 2 - 2 * x[0] * x[1] + x[1] ** 2 - 1,
        [-10, 10],
        [-1],
    ),
    11: (
        lambda x: (x[0] - 5) ** 2 + x[1] ** 2 - 25,
        lambda x: x[0] ** 2 - x[1],
        [4.9, 0.1],
        [-8.498464223],
    ),
    12: (
        lambda x: x[0] ** 2 / 2 + x[1] ** 2 - x[0] * x[1] - 7 * np.sum(x),
        lambda x: 4 * x[0] ** 2 + x[1] ** 2 - 25,
        [0, 0],
        [-30],
    ),
    21: (
        lambda x: 0.01 * x[0] ** 2 + x[1] ** 2 - 100,
        lambda x: array(
            [10 - 10 * x[0] + x[1], 2 - x[0], x[0] - 50, abs(x[1]) - 50]
        ),
        [-1, -1],
        [-99.96],
    ),
    22: (
        lambda x: (x[0] - 2) ** 2 + (x[1] - 1) ** 2,
        lambda x: array([x[0] + x[1] - 2, x[0] ** 2 - x[1]]),
        [2, 2],
        [1],
    ),
    23: (lambda x: x @ x, hs23_limits, [3, 1], [2]),
    24: (
        lambda x: ((x[0] - 3) ** 2 - 9) * x[1] ** 3 / (27 * ROOT3),
        lambda x: array(
            [
                x[1] - x[0] / ROOT3,
                -x[0] - ROOT3 * x[1],
                x[0] + ROOT3 * x[1] - 6,
                -x[0],
                -x[1],
            ]
        ),
        [1, 0.5],
        [-1],
    ),
    29: (
        lambda x: -x[0] * x[1] * x[2],
        lambda x: x @ (x * [1, 2, 4]) - 48,
        [1, 1, 1],
        [-16 * np.sqrt(2)],
    ),
    35: (
        lambda x: (
            9 - x @ [8, 6, 4] + x @ (x * [2, 2, 1]) + 2 * x[0] * (x[1] + x[2])
        ),
        lambda x: array([x @ [1, 1, 2] - 3, *-x]),
        [0.5, 0.5, 0.5],
        [1 / 9],
    ),
    43: (hs43, hs43_limits, [0, 0, 0, 0], [-44]),
    76: (
        lambda x: (
            x @ (x * [1, 0.5, 1, 0.5])
            - x[0] * x[2]
            + x[2] * x[3]
            + x @ [-1, -3, 1, -1]
        ),
        lambda x: array(
            [
                x @ [1, 2, 1, 1] - 5,
                x @ [3, 1, 2, -1] - 4,
                1.5 - x @ [0, 1, 4, 0],
                *-x,
            ]
        ),
        [0.5, 0.5, 0.5, 0.5],
        [-4.681818182],
    ),
}
EQUALITIES = {  # f, h = 0, start, minimum
    6: (
        lambda x: (1 - x[0]) ** 2,
        lambda x: 10 * (x[1] - x[0] ** 2),
        [-1.2, 1],
        0,
    ),
    7: (
        lambda x: np.log(1 + x[0] ** 2) - x[1],
        lambda x: (1 + x[0] ** 2) ** 2 + x[1] ** 2 - 4,
        [2, 2],
        -ROOT3,
    ),
    8: (
        lambda _: -1.0,
        lambda x: array([x @ x - 25, x[0] * x[1] - 9]),
        [2, 1],
        -1,
    ),
    26: (
        lambda x: (x[0] - x[1]) ** 2 + (x[1] - x[2]) ** 4,
        lambda x: (1 + x[1] ** 2) * x[0] + x[2] ** 4 - 3,
        [-2.6, 2, 2],
        0,
    ),
    27: (
        lambda x: 0.01 * (x[0] - 1) ** 2 + (x[1] - x[0] ** 2) ** 2,
        lambda x: x[0] + x[2] ** 2 + 1,
        [2, 2, 2],
        0.04,
    ),
    28: (
        lambda x: (x[0] + x[1]) ** 2 + (x[1] + x[2]) ** 2,
        lambda x: x @ [1, 2, 3] - 1,
        [-4, 1, 1],
        0,
    ),
    48: (
        lambda x: (x[0] - 1) ** 2 + (x[1] - x[2]) ** 2 + (x[3] - x[4]) ** 2,
        lambda x: array([np.sum(x) - 5, x[2] - 2 * (x[3] + x[4]) + 3]),
        [3, 5, -3, 2, -2],
        0,
    ),
    50: (
        lambda x: (
            (x[0] - x[1]) ** 2
            + (x[1] - x[2]) ** 2
            + (x[2] - x[3]) ** 4
            + (x[3] - x[4]) ** 2
        ),
        lambda x: array([x[i : i + 3] @ [1, 2, 3] - 6 for i in range(3)]),
        [35, -31, 11, 5, -5],
        0,
    ),
}


def limited(k):
    f, g, x0, minima = LIMITS[k]
    return ConstrainedProblem(f, inequalities=g), array(x0, float), minima


def equal(k):
    f, h, x0, least = EQUALITIES[k]
    return ConstrainedProblem(f, equalities=h), array(x0, float), [least]


def nearest(value, minima):
    return min(minima, key=lambda m: abs(m - value))


@pytest.mark.parametrize("k", [*LIMITS, *EQUALITIES])
def test_multipliers_find_a_published_minimum(k):
    problem, x0, minima = limited(k) if k in LIMITS else equal(k)
    found = augmented_lagrangian(problem, x0)
    x = found.x[-1]
    value = problem.f(x)
    assert value == pytest.approx(nearest(value, minima), abs=1e-5)
    residual = kkt_residual(problem, x, nu=found.nu[-1], lam=found.lam[-1])
    assert residual.largest < 1e-3


@pytest.mark.parametrize("k", [*LIMITS, *EQUALITIES])
def test_a_growing_penalty_comes_from_below_or_says_that_it_fell(k):
    problem, x0, minima = limited(k) if k in LIMITS else equal(k)
    if k == 24:  # NB: a quadratic charge cannot hold x₁² x₂³ back
        with pytest.raises(ConvergenceError, match="the penalty too small"):
            quadratic_penalty(problem, x0)
        return
    found = quadratic_penalty(problem, x0)
    values = [problem.f(x) for x in found.x]
    best = nearest(values[-1], minima)
    assert np.all(np.diff(values) >= -1e-6)
    assert values[-1] <= best + 1e-6
    assert best - values[-1] <= (best - values[-2]) / 3 + 1e-6


@pytest.mark.parametrize(
    "k", [k for k in LIMITS if np.max(limited(k)[0].g(limited(k)[1])) < 0]
)
def test_a_barrier_comes_from_inside(k):
    problem, x0, minima = limited(k)
    found = barrier(problem, x0)
    assert all(np.max(problem.g(x)) < 0 for x in found.x)
    value = problem.f(found.x[-1])
    best = nearest(value, minima)
    assert best - 1e-9 <= value <= best + 1e-3 * (1 + abs(best))


@pytest.mark.parametrize("s", [1e-12, 1e-8, 1, 1e8, 1e12])
@pytest.mark.parametrize("x0", [[-2, 1], [-1.2, 1], [-3, 6]])
def test_a_barrier_follows_a_narrow_valley_in_all_units(s, x0):
    f, g, *_ = LIMITS[1]
    problem = ConstrainedProblem(lambda x: s * f(x), inequalities=g)
    found = barrier(problem, x0)
    for x, mu in zip(found.x, found.parameter / s, strict=True):
        left = minimize_scalar(
            lambda u, mu=mu: _walled(u, mu),
            bounds=(x[0] - 0.1, x[0] + 0.1),
            options={"xatol": 1e-9},
        )
        assert left.x == pytest.approx(x[0], rel=1e-3)
    np.testing.assert_allclose(found.x[-1], [1, 1], atol=0.1)


def _walled(u, mu):
    """Rosenbrock's valley with a wall x₂ > −1.5, at the best x₂.

    Its slope in x₂ is 0: 200 (x₂ − u²) (x₂ + 1.5) = μ.
    """
    v = max(np.roots([200, 300 - 200 * u * u, -300 * u * u - mu]).real)
    return rosenbrock([u, v]) - mu * np.log(v + 1.5)


@pytest.mark.parametrize("k", EQUALITIES)
def test_newton_solves_the_equations(k):
    problem, x0, _ = equal(k)
    found = lagrange(problem, x0)
    assert found.residual[-1] < 1e-6
