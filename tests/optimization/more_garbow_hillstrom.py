"""Problems of Moré, Garbow and Hillstrom (1981): residuals, starts, minima.

Each entry has residuals, a start, and the known local minima of the *sum*
of squares.
"""

import jax
import jax.numpy as jnp
import numpy as np

from derivable.optimization import LeastSquares, Problem


def rosenbrock(x):
    return jnp.array([10 * (x[1] - x[0] ** 2), 1 - x[0]])


def freudenstein_roth(x):
    a, b = x
    return jnp.array(
        [
            -13 + a + ((5 - b) * b - 2) * b,
            -29 + a + ((b + 1) * b - 14) * b,
        ]
    )


def powell_badly_scaled(x):
    a, b = x
    return jnp.array([1e4 * a * b - 1, jnp.exp(-a) + jnp.exp(-b) - 1.0001])


def brown_badly_scaled(x):
    return jnp.array([x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2])


def beale(x):
    y = jnp.array([1.5, 2.25, 2.625])
    return y - x[0] * (1 - x[1] ** jnp.arange(1, 4))


def jennrich_sampson(x):
    i = jnp.arange(1, 11)
    return 2 + 2 * i - jnp.exp(i * x[0]) - jnp.exp(i * x[1])


def helical_valley(x):
    turn = jnp.arctan(x[1] / x[0]) / (2 * jnp.pi)
    turn += jnp.where(x[0] < 0, 0.5, 0.0)
    r = jnp.sqrt(x[0] ** 2 + x[1] ** 2)
    return jnp.array([10 * (x[2] - 10 * turn), 10 * (r - 1), x[2]])


def bard(x):
    y = [14, 18, 22, 25, 29, 32, 35, 39, 37, 58, 73, 96, 134, 210, 439]
    u = jnp.arange(1.0, 16)
    v = 16 - u
    model = x[0] + u / (v * x[1] + jnp.minimum(u, v) * x[2])
    return jnp.array(y) / 100 - model


def gaussian(x):
    half = [9, 44, 175, 540, 1295, 2420, 3521]
    y = jnp.array([*half, 3989, *half[::-1]]) / 1e4
    t = (8 - jnp.arange(1.0, 16)) / 2
    return x[0] * jnp.exp(-x[1] * (t - x[2]) ** 2 / 2) - y


def meyer(x):
    y = [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744]
    y += [8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872]
    t = 45 + 5 * jnp.arange(1.0, 17)
    return x[0] * jnp.exp(x[1] / (t + x[2])) - jnp.array(y)


def box(x):
    t = jnp.arange(1.0, 11) / 10
    known = jnp.exp(-t) - jnp.exp(-10 * t)
    return jnp.exp(-t * x[0]) - jnp.exp(-t * x[1]) - x[2] * known


def powell_singular(x):
    a, b, c, d = x
    return jnp.array(
        [
            a + 10 * b,
            5**0.5 * (c - d),
            (b - 2 * c) ** 2,
            10**0.5 * (a - d) ** 2,
        ]
    )


def wood(x):
    a, b, c, d = x
    return jnp.array(
        [
            10 * (b - a**2),
            1 - a,
            90**0.5 * (d - c**2),
            1 - c,
            10**0.5 * (b + d - 2),
            (b - d) / 10**0.5,
        ]
    )


def kowalik_osborne(x):
    y = [1957, 1947, 1735, 1600, 844, 627, 456, 342, 323, 235, 246]
    u = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625]
    u = jnp.array(u)
    model = x[0] * (u**2 + u * x[1]) / (u**2 + u * x[2] + x[3])
    return jnp.array(y) / 1e4 - model


def brown_dennis(x):
    t = jnp.arange(1.0, 21) / 5
    a = x[0] + t * x[1] - jnp.exp(t)
    return a**2 + (x[2] + x[3] * jnp.sin(t) - jnp.cos(t)) ** 2


def osborne(x):
    y = [844, 908, 932, 936, 925, 908, 881, 850, 818, 784, 751]
    y += [718, 685, 658, 628, 603, 580, 558, 538, 522, 506, 490]
    y += [478, 467, 457, 448, 438, 431, 424, 420, 414, 411, 406]
    t = 10 * jnp.arange(33.0)
    model = x[0] + x[1] * jnp.exp(-t * x[3]) + x[2] * jnp.exp(-t * x[4])
    return jnp.array(y) / 1000 - model


PROBLEMS = {
    "Rosenbrock": (rosenbrock, [-1.2, 1], [0]),
    "Freudenstein and Roth": (freudenstein_roth, [0.5, -2], [0, 48.9842]),
    "Powell, badly scaled": (powell_badly_scaled, [0, 1], [0]),
    "Brown, badly scaled": (brown_badly_scaled, [1, 1], [0]),
    "Beale": (beale, [1, 1], [0]),
    "Jennrich and Sampson": (jennrich_sampson, [0.3, 0.4], [124.362]),
    "helical valley": (helical_valley, [-1, 0, 0], [0]),
    "Bard": (bard, [1, 1, 1], [8.21487e-3, 17.4286]),
    "Gaussian": (gaussian, [0.4, 1, 0], [1.12793e-8]),
    "Meyer": (meyer, [0.02, 4000, 250], [87.9458]),
    "Box": (box, [0, 10, 20], [0]),
    "Powell, singular": (powell_singular, [3, -1, 0, 1], [0]),
    "Wood": (wood, [-3, -1, -3, -1], [0]),
    "Kowalik and Osborne": (
        kowalik_osborne,
        [0.25, 0.39, 0.415, 0.39],
        [3.07505e-4, 1.02734e-3],
    ),
    "Brown and Dennis": (brown_dennis, [25, 5, -5, -1], [85822.2]),
    "Osborne": (osborne, [0.5, 1.5, -1, 0.01, 0.02], [5.46489e-5]),
}


def made(name, s=1.0, t=1.0):
    """The problem, the fit, the start and the minima, in other units.

    f, half the sum, is multiplied by s², residuals by s, x by t.
    """
    r, x0, minima = PROBLEMS[name]
    J, H = jax.jacfwd(r), jax.hessian(lambda x: jnp.sum(r(x) ** 2) / 2)
    r, J, H = jax.jit(r), jax.jit(J), jax.jit(H)
    fit = LeastSquares(
        lambda x: s * np.asarray(r(x / t)),
        lambda x: s / t * np.asarray(J(x / t)),
    )
    p = fit.problem
    problem = Problem(
        p.f, p.gradient, lambda x: (s / t) ** 2 * np.asarray(H(x / t))
    )
    halves = [s * s * m / 2 for m in minima]
    return problem, fit, t * np.array(x0, dtype=float), halves
