import jax
import numpy as np
import pytest
import scipy.linalg
import scipy.optimize
import scipy.sparse.linalg
from hypothesis import given, settings
from hypothesis import strategies as st

from derivable._validation import ConvergenceError
from derivable.calculus import newton, softplus
from derivable.optimization import (
    DivergenceError,
    LeastSquares,
    LineSearchError,
    Problem,
    StoppedError,
    bfgs,
    bfgs_update,
    conjugate_gradient,
    gauss_newton,
    lbfgs,
    levenberg_marquardt,
    logistic_regression,
    nelder_mead,
    newton_direction,
    newton_minimize,
    quadratic,
    rosenbrock,
    trust_region,
    trust_region_step,
    two_loop,
    wolfe_line_search,
)

from .more_garbow_hillstrom import PROBLEMS, made

SEARCHING = [newton_minimize, bfgs, lbfgs]
METHODS = [*SEARCHING, trust_region]
FITS = [gauss_newton, levenberg_marquardt]
SOLVERS = METHODS + FITS
VALLEY = rosenbrock()
START = [-1.2, 1.0]
seeds = st.integers(0, 10_000)


@pytest.fixture(autouse=True, scope="module")
def _in_float64():
    with jax.enable_x64():
        yield


def positive_definite(rng, n, kappa=100.0):
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    A = Q * np.geomspace(1, kappa, n) @ Q.T
    return (A + A.T) / 2


def symmetric(rng, n):
    A = rng.normal(size=(n, n))
    return A + A.T


def double_well():
    return Problem(
        lambda v: (v[0] ** 2 - 1) ** 2 / 4 + v[1] ** 2 / 2,
        lambda v: np.array([v[0] ** 3 - v[0], v[1]]),
        lambda v: np.diag([3 * v[0] ** 2 - 1, 1.0]),
    )


def decay():
    t = np.linspace(0, 4, 30)
    noise = 0.02 * np.random.default_rng(0).normal(size=30)
    y = 2.5 * np.exp(-1.3 * t) + 0.5 + noise
    return LeastSquares(
        lambda p: p[0] * np.exp(-p[1] * t) + p[2] - y,
        lambda p: np.column_stack(
            [np.exp(-p[1] * t), -p[0] * t * np.exp(-p[1] * t), np.ones(30)]
        ),
    )


def digits():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(80, 5))
    y = (X @ rng.normal(size=5) + rng.normal(size=80) > 0).astype(float)
    return logistic_regression(X, y, penalty=0.01)


# Every method


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_minimum_that_scipy_finds(method):
    problem = digits()
    path = method(problem, np.zeros(5), tol=1e-9)
    theirs = scipy.optimize.minimize(
        problem.f, np.zeros(5), jac=problem.gradient, tol=1e-9
    )
    np.testing.assert_allclose(path.x[-1], theirs.x, atol=1e-6)
    assert path.f[-1] <= theirs.fun + 1e-14


@pytest.mark.parametrize("method", METHODS)
def test_every_method_crosses_the_valley_of_rosenbrock(method):
    path = method(VALLEY, START)
    np.testing.assert_allclose(path.x[-1], [1, 1], atol=1e-6)
    assert path.ended == "tolerance"
    assert path.gradient_norm[-1] <= 1e-10 * path.gradient_norm[0]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("tol", [1e-2, 1e-5])
def test_a_run_stops_at_the_first_point_that_meets_its_tolerance(method, tol):
    """In three variables one eigenvalue at a time is learned."""
    path = method(quadratic(np.diag([1.0, 4.0, 9.0])), [3.0, 2, 1], tol=tol)
    since = 2 * np.arange(len(path.f)) // 5
    falls = path.f[since] - path.f  # the minimum is 0: f is all that is left
    met = (path.gradient_norm <= tol * path.gradient_norm[0]) & (
        path.f <= tol**2 * falls
    )
    assert path.gradient_norm[-1] <= tol * path.gradient_norm[0]
    assert not met[:-1].any()


@pytest.mark.parametrize("method", [bfgs, lbfgs])
@pytest.mark.parametrize("far", [1, 10, 100, 1000])
def test_what_f_fell_by_at_first_is_no_measure_of_the_end(method, far):
    path = method(VALLEY, far * np.array([-1.2, 1.0]))
    np.testing.assert_allclose(path.x[-1], [1, 1], atol=1e-4)


@pytest.mark.parametrize("method", METHODS)
def test_f_never_rises(method):
    path = method(VALLEY, START)
    assert np.all(np.diff(path.f) <= 0)


@pytest.mark.parametrize("method", METHODS)
def test_a_path_holds_all_iterates_with_their_values(method):
    path = method(VALLEY, START)
    steps = len(path.x) - 1
    assert path.x.shape == (steps + 1, 2)
    assert path.step_sizes.shape == path.shifts.shape == (steps,)
    np.testing.assert_array_equal(path.steps, np.arange(steps + 1))
    np.testing.assert_array_equal(path.x[0], START)
    np.testing.assert_allclose(
        path.f, [scipy.optimize.rosen(x) for x in path.x]
    )
    norms = [np.linalg.norm(scipy.optimize.rosen_der(x)) for x in path.x]
    np.testing.assert_allclose(path.gradient_norm, norms, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_evaluations_are_how_often_the_functions_were_called(method):
    calls = {"f": 0, "gradient": 0}

    def f(x):
        calls["f"] += 1
        return VALLEY.f(x)

    def gradient(x):
        calls["gradient"] += 1
        return VALLEY.gradient(x)

    path = method(Problem(f, gradient, VALLEY.hessian), START)
    assert path.evaluations[0] == 1
    assert path.evaluations[-1] == calls["f"]
    assert path.gradient_evaluations[-1] == calls["gradient"]


@pytest.mark.parametrize("method", METHODS)
def test_the_array_of_the_caller_is_not_changed(method):
    x0 = np.array(START)
    method(VALLEY, x0)
    np.testing.assert_array_equal(x0, START)


@pytest.mark.parametrize("method", METHODS)
def test_a_start_at_the_minimum_takes_no_step(method):
    path = method(VALLEY, [1, 1])
    assert path.x.shape == (1, 2)
    assert path.step_sizes.shape == (0,)


@pytest.mark.parametrize("method", METHODS)
def test_the_tolerance_decides_how_far_it_goes(method):
    loose, tight = (len(method(VALLEY, START, tol=t).x) for t in (1e-1, 1e-6))
    assert loose < tight


@pytest.mark.parametrize("method", METHODS)
def test_too_few_steps_are_an_error_with_the_path_so_far(method):
    with pytest.raises(StoppedError, match="after 3 steps: ‖∇f‖ = ") as error:
        method(VALLEY, START, max_steps=3)
    assert error.value.iteration == 3
    assert error.value.path.x.shape == (4, 2)


@pytest.mark.parametrize("method", METHODS)
def test_a_wrong_gradient_is_told_from_a_right_one(method):
    wrong = Problem(VALLEY.f, lambda x: -VALLEY.gradient(x), VALLEY.hessian)
    with pytest.raises(StoppedError, match="gradient_check"):
        method(wrong, START)


@pytest.mark.parametrize("method", SEARCHING)
def test_a_function_without_a_lower_bound_is_reported(method):
    slope = Problem(lambda x: x[0], lambda _: np.ones(1))
    with pytest.raises(StoppedError, match="no lower bound along d"):
        method(slope, [0.0])


@pytest.mark.parametrize("method", SEARCHING)
def test_a_concave_function_is_reported(method):
    with pytest.raises(StoppedError, match="no lower bound"):
        method(quadratic([[-1.0]]), [0.5])


@pytest.mark.parametrize("method", METHODS)
def test_a_search_steps_back_from_where_f_is_no_number(method):
    barrier = Problem(
        lambda x: x[0] - np.log(x[0]) if x[0] > 0 else np.nan,
        lambda x: 1 - 1 / x,
        lambda x: np.diag(x**-2.0),
    )
    path = method(barrier, [0.01], tol=1e-7)
    np.testing.assert_allclose(path.x[-1], [1], atol=1e-6)
    path = method(barrier, [30.0], tol=1e-7)
    np.testing.assert_allclose(path.x[-1], [1], atol=1e-6)


@pytest.mark.parametrize("method", SEARCHING)
def test_nan_everywhere_but_at_the_start_is_reported(method):
    lonely = Problem(lambda x: 1.0 if x[0] == 1 else np.nan, lambda x: 2 * x)
    with pytest.raises(StoppedError, match=r"not finite at \d+ of \d+ points"):
        method(lonely, [1.0])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("gradient", "x0", "error", "says"),
    [
        (lambda x: x * np.inf, [1.0], ValueError, r"gradient\(x0\)"),
        (lambda x: x[:1], [1.0, 2], ValueError, r"have shape \(2,\)"),
        (lambda x: x * 1j, [1.0], TypeError, "got complex128"),
        (lambda x: x, [[1.0]], ValueError, "x0 must be a vector"),
        (lambda x: x, [np.nan], ValueError, "x0 must be finite"),
    ],
)
def test_bad_gradients_are_refused(method, gradient, x0, error, says):
    with pytest.raises(error, match=says):
        method(Problem(np.sum, gradient), x0)


@pytest.mark.parametrize("method", METHODS)
def test_nan_at_the_start_is_refused(method):
    with pytest.raises(ValueError, match=r"f\(x0\) must be finite, got nan"):
        method(Problem(lambda _: np.nan, lambda x: x), [1.0])


@pytest.mark.parametrize("method", METHODS)
def test_bad_settings_are_refused(method):
    with pytest.raises(ValueError, match="tol must be positive, got 0"):
        method(VALLEY, START, tol=0)
    with pytest.raises(ValueError, match="max_steps must not be negative"):
        method(VALLEY, START, max_steps=-1)


@pytest.mark.parametrize("method", METHODS)
def test_functions_that_change_their_argument_do_not_move_the_path(method):
    def f(x):
        x *= 2
        return x @ x / 4

    def gradient(x):
        x += 1
        return 2 * (x - 1)

    def hessian(x):
        x[:] = np.nan
        return 2 * np.eye(2)

    messy = Problem(f, gradient, hessian)
    clean = Problem(lambda x: x @ x, lambda x: 2 * x, lambda _: 2 * np.eye(2))
    ours, theirs = (method(p, [1.0, 2.0]) for p in (messy, clean))
    np.testing.assert_array_equal(ours.x, theirs.x)


# Newton


@given(seeds)
def test_one_newton_step_solves_a_convex_quadratic(seed):
    rng = np.random.default_rng(seed)
    A, b = positive_definite(rng, 4), rng.normal(size=4)
    path = newton_minimize(quadratic(A, b), rng.normal(size=4))
    assert len(path.x) == 2
    np.testing.assert_allclose(
        path.x[1], np.linalg.solve(A, b), rtol=1e-8, atol=1e-10
    )


def test_plain_newton_is_newton_for_a_zero_gradient():
    problem = digits()
    ours = newton_minimize(
        problem, np.zeros(5), modification=None, tol=1e-10
    ).x
    theirs = newton(problem.gradient, np.zeros(5), problem.hessian, tol=1e-10)
    np.testing.assert_allclose(ours, theirs, rtol=1e-12)


def test_plain_newton_goes_to_the_saddle_and_a_modified_one_does_not():
    plain = newton_minimize(double_well(), [0.3, 1.0], modification=None)
    np.testing.assert_allclose(plain.x[-1], [0, 0], atol=1e-8)
    for modification in ("shift", "eigenvalues"):
        path = newton_minimize(
            double_well(), [0.3, 1.0], modification=modification
        )
        np.testing.assert_allclose(path.x[-1], [1, 0], atol=1e-8)


def test_plain_newton_goes_from_one_over_root_five_around_a_cycle():
    with pytest.raises(StoppedError) as error:
        newton_minimize(
            double_well(), [1 / np.sqrt(5), 0], modification=None, max_steps=6
        )
    signs = np.sign(error.value.path.x[:, 0])
    np.testing.assert_array_equal(signs, [1, -1, 1, -1, 1, -1, 1])


def test_plain_newton_that_runs_away_is_stopped():
    hill = Problem(
        lambda x: np.hypot(1, x[0]),
        lambda x: x / np.hypot(1, x),
        lambda x: np.diag(np.hypot(1, x) ** -3.0),
    )
    with pytest.raises((DivergenceError, StoppedError)):
        newton_minimize(hill, [1.1], modification=None)
    path = newton_minimize(hill, [1.1])
    assert abs(path.x[-1, 0]) < 1e-8


def test_plain_newton_refuses_a_singular_hessian():
    ridge = quadratic([[1.0, 1.0], [1.0, 1.0]], [1.0, 1.0])
    with pytest.raises(StoppedError, match="Hessian is singular"):
        newton_minimize(ridge, [3.0, 0.0], modification=None)
    path = newton_minimize(ridge, [3.0, 0.0])
    assert path.x[-1].sum() == pytest.approx(1)


def test_an_overflow_is_a_divergence():
    steep = Problem(
        lambda x: x[0] ** 4, lambda x: 4 * x**3, lambda _: np.array([[1e-90]])
    )
    with pytest.raises(DivergenceError, match="after 1 steps f = inf"):
        newton_minimize(steep, [1.0], modification=None)


def test_without_a_hessian_differences_of_the_gradient_are_taken():
    bare = Problem(VALLEY.f, VALLEY.gradient)
    path, exact = newton_minimize(bare, START), newton_minimize(VALLEY, START)
    assert len(path.x) == len(exact.x)
    np.testing.assert_allclose(path.x[-1], [1, 1], atol=1e-8)
    more = path.gradient_evaluations[-1] - exact.gradient_evaluations[-1]
    steps = len(path.x) - 1
    assert 4 * steps <= more <= 5 * steps  # near 0 a step is tried twice


@given(seeds, st.integers(1, 6))
def test_a_modified_direction_always_descends(seed, n):
    rng = np.random.default_rng(seed)
    g, H = rng.normal(size=n), symmetric(rng, n)
    for modification in ("shift", "eigenvalues"):
        d, tau = newton_direction(g, H, modification=modification)
        assert g @ d < 0
        assert tau >= 0
        if np.linalg.eigvalsh(H)[0] < 0:
            assert tau >= -np.linalg.eigvalsh(H)[0]


@given(seeds)
def test_a_positive_definite_hessian_is_not_modified(seed):
    rng = np.random.default_rng(seed)
    g, H = rng.normal(size=4), positive_definite(rng, 4)
    for modification in ("shift", "eigenvalues", None):
        d, tau = newton_direction(g, H, modification=modification)
        np.testing.assert_allclose(H @ d, -g, atol=1e-9)
        assert tau == pytest.approx(0, abs=1e-10)


@given(seeds)
def test_a_shifted_direction_solves_the_shifted_system(seed):
    rng = np.random.default_rng(seed)
    g, H = rng.normal(size=4), symmetric(rng, 4)
    d, tau = newton_direction(g, H)
    np.testing.assert_allclose((H + tau * np.eye(4)) @ d, -g, atol=1e-8)


def test_the_shift_is_the_first_of_a_doubling_sequence():
    H = np.array([[0.0, 10.0], [10.0, 0.0]])
    _, tau = newton_direction([1.0, 0.0], H)
    least = 1e-3 * 10
    assert np.log2(tau / least) == pytest.approx(round(np.log2(tau / least)))
    assert 10 < tau <= 20


def test_eigenvalues_are_replaced_by_their_size():
    d, tau = newton_direction(
        [2.0, 3.0], np.diag([4.0, -6.0]), modification="eigenvalues"
    )
    np.testing.assert_allclose(d, [-0.5, -0.5])
    assert tau == pytest.approx(12)


def test_a_path_tells_what_was_added_to_the_hessian():
    path = newton_minimize(double_well(), [0.3, 1.0])
    H = double_well().hessian(path.x[0])
    assert path.shifts[0] > -np.linalg.eigvalsh(H)[0] > 0
    assert path.shifts[-1] == 0


def test_a_zero_hessian_is_replaced_by_a_multiple_of_the_identity():
    for modification in ("shift", "eigenvalues"):
        d, _ = newton_direction(
            [1.0, -2.0], np.zeros((2, 2)), modification=modification
        )
        np.testing.assert_allclose(d, [-1, 2])


@pytest.mark.parametrize(
    ("g", "H", "modification", "says"),
    [
        ([1.0], np.eye(2), "shift", "H must have 1 rows, got 2"),
        ([1.0, 1], [[1.0, 2], [0, 1]], "shift", "H must be symmetric"),
        ([1.0], [[1.0]], "hope", r"None\), got 'hope'"),
    ],
)
def test_bad_directions_are_refused(g, H, modification, says):
    with pytest.raises(ValueError, match=says):
        newton_direction(g, H, modification=modification)


def test_newton_squares_the_error_near_the_minimum():
    path = newton_minimize(digits(), np.zeros(5), tol=1e-13)
    errors = np.linalg.norm(path.x - path.x[-1], axis=1)
    inside = (errors < 0.5) & (errors > 1e-12)
    e = np.log(errors[inside])
    assert np.all(np.diff(e)[1:] / np.diff(e)[:-1] > 1.7)


def test_newton_does_not_see_a_change_of_units():
    problem, D = digits(), np.diag([1e-3, 1.0, 10.0, 1e3, 5.0])
    scaled = Problem(
        lambda z: problem.f(D @ z),
        lambda z: D @ problem.gradient(D @ z),
        lambda z: D @ problem.hessian(D @ z) @ D,
    )
    plain = newton_minimize(problem, np.ones(5), tol=1e-4).x
    other = newton_minimize(scaled, np.ones(5) / np.diag(D), tol=1e-4).x
    shared = min(len(plain), len(other))
    np.testing.assert_allclose(
        plain[:shared], other[:shared] @ D, rtol=1e-6, atol=1e-8
    )


# The line search


@given(seeds, st.sampled_from([0.1, 0.5, 0.9]))
def test_an_accepted_step_satisfies_both_wolfe_conditions(seed, c2):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=2)
    g = VALLEY.gradient(x)
    d = -g * 10 ** rng.uniform(-5, 0)
    t = wolfe_line_search(VALLEY, x, d, c1=1e-3, c2=c2)
    np.testing.assert_allclose(t.x, x + t.alpha * d)
    assert t.f == VALLEY.f(t.x)
    assert t.slope == pytest.approx(VALLEY.gradient(t.x) @ d)
    assert t.f <= VALLEY.f(x) + 1e-3 * t.alpha * (g @ d) + 1e-12
    assert abs(t.slope) <= c2 * abs(g @ d)


def test_the_full_step_is_accepted_if_it_will_do():
    t = wolfe_line_search(quadratic(np.eye(2)), [3.0, 4.0], [-3.0, -4.0])
    assert t.alpha == 1
    np.testing.assert_allclose(t.gradient, [0, 0])


def test_a_small_c2_finds_the_minimum_along_the_line():
    bowl = quadratic(np.diag([1.0, 30.0]))
    x = np.array([2.0, 1.0])
    d = -bowl.gradient(x)
    best = (d @ d) / (30 * d[1] ** 2 + d[0] ** 2)
    t = wolfe_line_search(bowl, x, d, c1=1e-4, c2=1e-3)
    assert t.alpha == pytest.approx(best, rel=1e-3)


def test_a_large_c1_asks_for_a_larger_fall():
    bumpy = Problem(
        lambda x: x[0] ** 2 / 2 - x[0] + 0.45 * np.sin(3 * x[0]),
        lambda x: x - 1 + 1.35 * np.cos(3 * x),
    )
    x, d = np.array([-1.0]), np.array([1.0])
    slope = bumpy.gradient(x) @ d
    fall = {}
    for c1 in (1e-4, 0.5):
        t = wolfe_line_search(bumpy, x, d, c1=c1, c2=0.95)
        fall[c1] = (t.f - bumpy.f(x)) / (t.alpha * slope)
    assert fall[0.5] >= 0.5 > fall[1e-4]


@pytest.mark.parametrize("steep", [1.0, 3.0, 6.0])
@pytest.mark.parametrize("best", [0.3, 0.7, 1.6, 9.0])
def test_a_search_narrows_from_either_side(steep, best):
    bent = Problem(
        lambda x: np.exp(steep * (x[0] - best)) - steep * x[0],
        lambda x: steep * np.exp(steep * (x - best)) - steep,
    )
    t = wolfe_line_search(bent, [0.0], [1.0], c1=1e-4, c2=1e-3)
    assert t.alpha == pytest.approx(best, abs=2e-3 / steep)


def test_a_search_does_not_leave_a_low_place_for_a_higher_one():
    wave = Problem(
        lambda x: 10 * np.cos(1.62 * x[0] + 0.5),
        lambda x: -16.2 * np.sin(1.62 * x + 0.5),
    )
    t = wolfe_line_search(wave, [0.0], [1.0])
    assert 1 < t.alpha < 4
    assert t.f < wave.f(np.array([1.0]))


def test_a_line_search_names_what_went_wrong():
    wrong = Problem(lambda x: x @ x, lambda x: -2 * x)
    with pytest.raises(LineSearchError, match="f say 20; check the"):
        wolfe_line_search(wrong, [1.0, 2.0], [2.0, 4.0])
    roof = Problem(
        lambda x: max(x[0], -2 * x[0]), lambda x: np.where(x > 0, 1.0, -2.0)
    )
    with pytest.raises(LineSearchError, match="check f for kinks"):
        wolfe_line_search(roof, [0.3], [-1.0])


@pytest.mark.parametrize(
    ("d", "settings", "says"),
    [
        ([1.0, 1.0], {}, "direction of descent, got ∇fᵀd = 2"),
        ([0.0, 0.0], {}, "direction of descent"),
        ([1.0], {}, r"d must have shape \(2,\), got \(1,\)"),
        ([-1.0, -1.0], {"c1": 0.5, "c2": 0.2}, "got 0.5 and 0.2"),
        ([-1.0, -1.0], {"c2": 1.0}, "0 < c1 < c2 < 1"),
    ],
)
def test_bad_searches_are_refused(d, settings, says):
    with pytest.raises(ValueError, match=says):
        wolfe_line_search(quadratic(np.eye(2)), [1.0, 1.0], d, **settings)


# BFGS and L-BFGS


@given(seeds, st.integers(1, 6))
def test_an_update_meets_the_secant_equation_and_stays_definite(seed, n):
    rng = np.random.default_rng(seed)
    H, A = (positive_definite(rng, n) for _ in range(2))
    s = rng.normal(size=n)
    y = A @ s
    new = bfgs_update(H, s, y)
    np.testing.assert_allclose(new @ y, s, rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(new, new.T, rtol=1e-9, atol=1e-9)
    assert np.linalg.eigvalsh(new)[0] > 0


@given(seeds)
def test_an_update_keeps_what_is_at_right_angles_to_the_step(seed):
    rng = np.random.default_rng(seed)
    H = positive_definite(rng, 4)
    s, u, v = rng.normal(size=(3, 4))
    y = s + 0.1 * np.abs(s)
    y *= np.sign(s @ y)
    u, v = (w - (s @ w) / (s @ s) * s for w in (u, v))
    new = bfgs_update(H, s, y)
    assert u @ new @ v == pytest.approx(u @ H @ v, abs=1e-9)


def test_an_update_is_that_of_scipy():
    rng = np.random.default_rng(3)
    theirs = scipy.optimize.BFGS(init_scale=1.0)
    theirs.initialize(4, "inv_hess")
    ours = np.eye(4)
    A = positive_definite(rng, 4)
    for s in rng.normal(size=(5, 4)):
        theirs.update(s, A @ s)
        ours = bfgs_update(ours, s, A @ s)
    np.testing.assert_allclose(ours, theirs.get_matrix(), rtol=1e-9)


def test_bad_updates_are_refused():
    with pytest.raises(ValueError, match="sᵀy must be positive, got -1"):
        bfgs_update(np.eye(2), [1.0, 0.0], [-1.0, 0.0])
    with pytest.raises(ValueError, match=r"B, s and y must fit, got \(2, 2\)"):
        bfgs_update(np.eye(2), [1.0], [1.0])
    with pytest.raises(ValueError, match="sᵀy must be positive, got 0"):
        two_loop([1.0, 0.0], [(np.array([1.0, 0]), np.array([0.0, 1]))])


@given(seeds, st.integers(0, 5))
def test_the_two_loops_are_the_updates_of_bfgs(seed, m):
    rng = np.random.default_rng(seed)
    A, g = positive_definite(rng, 5), rng.normal(size=5)
    pairs = [(s, A @ s) for s in rng.normal(size=(m, 5))]
    H = np.eye(5)
    if pairs:
        s, y = pairs[-1]
        H *= (s @ y) / (y @ y)
    for s, y in pairs:
        H = bfgs_update(H, s, y)
    np.testing.assert_allclose(two_loop(g, pairs), H @ g, rtol=1e-6, atol=1e-8)


def test_bfgs_needs_about_as_many_evaluations_as_that_of_scipy():
    for x0 in (START, [0.0, 0.0], [2.0, -1.0]):
        path = bfgs(VALLEY, x0, tol=1e-7)
        theirs = scipy.optimize.minimize(
            VALLEY.f, x0, jac=VALLEY.gradient, method="BFGS"
        )
        assert path.f[-1] <= 1e-9
        assert path.evaluations[-1] <= 1.5 * theirs.nfev


def test_exact_steps_of_bfgs_are_those_of_conjugate_gradients():
    rng = np.random.default_rng(0)
    A, b = positive_definite(rng, 6, kappa=10), rng.normal(size=6)
    x, H, path = np.zeros(6), np.eye(6), [np.zeros(6)]
    for _ in range(6):
        d = H @ (b - A @ x)
        s = (d @ (b - A @ x)) / (d @ A @ d) * d
        x, H = x + s, bfgs_update(H, s, A @ s)
        path.append(x)
    np.testing.assert_allclose(path, conjugate_gradient(A, b).x, atol=1e-8)
    np.testing.assert_allclose(H @ A, np.eye(6), atol=1e-8)


def test_bfgs_converges_faster_than_any_fixed_factor():
    path = bfgs(VALLEY, START, tol=1e-11)
    errors = np.linalg.norm(path.x - 1, axis=1)
    factors = errors[1:] / errors[:-1]
    assert factors[-1] < 0.01 < factors[-8]


@pytest.mark.parametrize(
    "x0", [np.tile(START, 500), np.tile([1.3, 0.7, 0.8, 1.9, 1.2], 200)]
)
def test_lbfgs_needs_no_more_than_one_and_a_half_times_the_calls_of_scipy(x0):
    path = lbfgs(rosenbrock(1000), x0, memory=10, tol=1e-9)
    theirs = scipy.optimize.minimize(
        scipy.optimize.rosen,
        x0,
        jac=scipy.optimize.rosen_der,
        method="L-BFGS-B",
        options={"maxcor": 10, "gtol": 1e-5, "ftol": 0},
    )
    assert np.abs(scipy.optimize.rosen_der(path.x[-1])).max() <= 1e-5
    assert path.f[-1] <= theirs.fun + 1e-9
    assert path.evaluations[-1] <= 1.5 * theirs.nfev


def test_a_longer_memory_learns_more():
    A = np.diag(np.geomspace(1, 1e4, 50))
    x0 = np.ones(50)
    calls = [
        lbfgs(quadratic(A), x0, memory=m, tol=1e-6).evaluations[-1]
        for m in (1, 5, 50)
    ]
    assert calls[0] > calls[1] > calls[2]


def test_lbfgs_with_all_pairs_is_bfgs_on_the_first_steps():
    ours = lbfgs(VALLEY, START, memory=100, tol=1e-1).x
    dense = bfgs(VALLEY, START, tol=1e-1).x
    np.testing.assert_allclose(ours[:3], dense[:3], rtol=1e-9)


def test_lbfgs_keeps_no_matrix():
    n = 100_000
    scale = np.linspace(1, 10, n)
    problem = Problem(lambda x: x @ (scale * x) / 2, lambda x: scale * x)
    path = lbfgs(problem, np.ones(n), memory=5)
    assert np.abs(path.x[-1]).max() < 1e-4


def test_lbfgs_refuses_a_memory_of_nothing():
    with pytest.raises(ValueError, match="memory must be at least 1, got 0"):
        lbfgs(VALLEY, START, memory=0)


# Known problems, and the same in other units


@pytest.mark.parametrize("method", SOLVERS)
@pytest.mark.parametrize("name", PROBLEMS)
def test_a_known_minimum_is_found_or_the_error_is_true(name, method):
    problem, fit, x0, minima = made(name)
    try:
        path = method(fit if method in FITS else problem, x0)
    except StoppedError as error:
        path, said = error.path, str(error)
        assert "gradient_check" not in said
        if "still falls" in said:
            assert path.f[-1] > min(minima) * (1 + 1e-6)
        elif "right angles" not in said:
            assert "J must have full column rank" in said
        assert (name, method) in UNFINISHED
    else:
        assert (name, method) not in UNFINISHED
        near = [abs(path.f[-1] - m) <= 1e-5 * m + 1e-9 for m in minima]
        assert any(near)


UNFINISHED = {
    ("Beale", gauss_newton),
    ("Brown and Dennis", gauss_newton),
    ("Freudenstein and Roth", gauss_newton),
    ("Jennrich and Sampson", gauss_newton),
}
ORDINARY = ["Rosenbrock", "Beale", "Bard", "Kowalik and Osborne"]


@pytest.mark.parametrize(
    ("name", "method"),
    [
        (name, method)
        for name in ORDINARY
        for method in SOLVERS
        if (name, method) not in UNFINISHED
    ],
)
def test_units_do_not_change_the_answer(name, method):
    ends = []
    for s, t in [(1, 1), (1e-6, 1), (1e6, 1), (1, 1e-12), (1, 1e12)]:
        problem, fit, x0, _ = made(name, s, t)
        path = method(fit if method in FITS else problem, x0)
        ends.append(path.x[-1] / t)
    np.testing.assert_allclose(ends, ends[:1] * 5, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=20)
@given(seeds, st.integers(-20, 20), st.integers(-40, 40))
def test_powers_of_four_as_units_change_no_digit(method, seed, i, k):
    """f times 4ⁱ and x times 2ᵏ round in the same way, step by step."""
    s, t = 4.0**i, 2.0**k
    rng = np.random.default_rng(seed)
    X, y, x0 = rng.normal(size=(9, 3)), rng.normal(size=9), rng.normal(size=3)

    def f(x):
        return float(np.sum(np.hypot(1, X @ x - y)) + x @ x)

    def gradient(x):
        r = X @ x - y
        return X.T @ (r / np.hypot(1, r)) + 2 * x

    def hessian(x):
        c = np.hypot(1, X @ x - y) ** -3
        return X.T * c @ X + 2 * np.eye(3)

    plain = method(Problem(f, gradient, hessian), x0)
    other = method(
        Problem(
            lambda x: s * f(x / t),
            lambda x: s / t * gradient(x / t),
            lambda x: s / t**2 * hessian(x / t),
        ),
        t * x0,
    )
    np.testing.assert_array_equal(other.x, t * plain.x)
    np.testing.assert_array_equal(other.f, s * plain.f)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=30)
@given(seeds, st.integers(-12, 12), st.integers(-12, 12))
def test_a_start_at_the_minimum_ends_there(method, seed, i, k):
    """The gradient there is rounding, and so are all differences of f."""
    s, t = 10.0**i, 10.0**k
    rng = np.random.default_rng(seed)
    A, x = positive_definite(rng, 4), rng.normal(size=4)
    b, c = s / t * (A @ x), s * rng.normal()
    problem = Problem(
        lambda x: s / t**2 * (x @ A @ x) / 2 - b @ x + c,
        lambda x: s / t**2 * (A @ x) - b,
        lambda _: s / t**2 * A,
    )
    path = method(problem, t * x)
    np.testing.assert_allclose(path.x[-1], t * x, rtol=0, atol=1e-12 * t)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=30)
@given(seeds, st.sampled_from([0.0, 1.0, 1e6]))
def test_a_right_gradient_is_not_accused_where_f_is_rounding(
    method, seed, height
):
    """½xᵀAx − bᵀx + c: large terms cancel near the minimum.

    Its lowest value is reached up to one rounding of these terms.
    """
    rng = np.random.default_rng(seed)
    A, x = positive_definite(rng, 5), 100 * rng.normal(size=5)
    b = A @ x
    c = x @ A @ x / 2 + height
    problem = Problem(
        lambda x: x @ A @ x / 2 - b @ x + c, lambda x: A @ x - b, lambda _: A
    )
    path = method(problem, x + rng.normal(size=5))
    error = path.x[-1] - x
    terms = abs(x) @ abs(A) @ abs(x) / 2 + abs(b) @ abs(x) + abs(c)
    assert error @ A @ error / 2 <= np.finfo(float).eps * terms
    assert path.ended in {"tolerance", "rounding"}


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=30)
@given(seeds)
def test_a_wrong_gradient_is_accused_far_from_the_minimum(method, seed):
    rng = np.random.default_rng(seed)
    A = positive_definite(rng, 3)
    wrong = Problem(lambda x: x @ A @ x / 2, lambda x: -A @ x, lambda _: A)
    with pytest.raises(StoppedError, match="check the gradient"):
        method(wrong, rng.normal(size=3))


@pytest.mark.parametrize("bad", [10.0, 2.5, np.nan, None, "3"])
@pytest.mark.parametrize("method", SOLVERS)
def test_a_count_is_a_whole_number(method, bad):
    given_ = decay() if method in FITS else VALLEY
    x0 = [1.0, 1.0, 0.0][: 3 if method in FITS else 2]
    with pytest.raises(TypeError, match="max_steps must be a whole number"):
        method(given_, x0, max_steps=bad)


@given(seeds, st.integers(-12, 12), st.integers(1, 3))
def test_collinear_columns_have_one_answer(seed, power, copies):
    """Cholesky's factors of a singular matrix exist or not by rounding."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(30, 3))
    X = np.column_stack([X, X[:, :copies] @ rng.normal(size=(copies, 2))])
    y = (X[:, 0] + rng.normal(size=30) > 0).astype(float)
    ends = []
    for order in (np.arange(30), rng.permutation(30)):
        loss = logistic_regression(10.0**power * X[order], y[order])
        full = loss.hessian(np.zeros(5))
        g = loss.gradient(np.zeros(5))
        d, tau = newton_direction(g, full)
        assert tau > 1e-9 * np.abs(full).max()
        ends.append(d * 10.0**power)
    np.testing.assert_allclose(*ends, rtol=1e-5, atol=1e-5)


@given(seeds, st.integers(1, 4))
def test_plain_newton_refuses_a_matrix_of_lower_rank(seed, rank):
    rng = np.random.default_rng(seed)
    M = rng.normal(size=(5, rank)) * 10.0 ** rng.integers(-9, 9)
    with pytest.raises(np.linalg.LinAlgError, match="Hessian is singular"):
        newton_direction(rng.normal(size=5), M @ M.T, modification=None)


# Conjugate gradients


@given(seeds, st.integers(-250, 250), st.integers(-40, 40))
def test_conjugate_gradients_do_not_see_units(seed, power, k):
    rng = np.random.default_rng(seed)
    A, b, x0 = positive_definite(rng, 4), rng.normal(size=4), np.ones(4)
    plain = conjugate_gradient(A, b, x0).x
    s, t = 2.0**power, 2.0**k
    other = conjugate_gradient(t * A, s * b, s / t * x0).x
    np.testing.assert_array_equal(other, s / t * plain)


def test_a_right_hand_side_may_have_a_square_that_overflows():
    path = conjugate_gradient(np.eye(2), [1e160, 1e160])
    np.testing.assert_array_equal(path.x[-1], [1e160, 1e160])
    tiny = conjugate_gradient(np.eye(2), [1e-200, 2e-200])
    np.testing.assert_allclose(tiny.x[-1], [1e-200, 2e-200], rtol=1e-9)


@pytest.mark.parametrize("tol", [1e-10, 1e-14])
def test_conjugate_gradients_end_at_a_solution_that_is_given(tol):
    A = scipy.linalg.hilbert(8)
    for x in (np.ones(8), np.arange(8.0)):
        path = conjugate_gradient(A, A @ x, x, tol=tol)
        np.testing.assert_allclose(A @ path.x[-1], A @ x, rtol=1e-12)
    zero = conjugate_gradient(A, np.zeros(8), np.ones(8), tol=tol)
    assert np.linalg.norm(A @ zero.x[-1]) < 1e-9


@given(seeds, st.integers(1, 8))
def test_conjugate_gradients_solve_what_elimination_solves(seed, n):
    rng = np.random.default_rng(seed)
    A, b = positive_definite(rng, n), rng.normal(size=n)
    path = conjugate_gradient(A, b)
    np.testing.assert_allclose(
        path.x[-1], np.linalg.solve(A, b), rtol=1e-6, atol=1e-8
    )
    assert len(path.x) - 1 <= n + 3


def test_the_iterates_are_those_of_scipy():
    rng = np.random.default_rng(4)
    A, b, x0 = positive_definite(rng, 30), rng.normal(size=30), np.ones(30)
    theirs = [x0]
    scipy.sparse.linalg.cg(
        A, b, x0=x0, rtol=1e-8, callback=lambda x: theirs.append(x.copy())
    )
    ours = conjugate_gradient(A, b, x0, tol=1e-8)
    np.testing.assert_allclose(ours.x, theirs, rtol=1e-6, atol=1e-9)


def test_as_many_steps_as_there_are_distinct_eigenvalues():
    rng = np.random.default_rng(5)
    Q, _ = np.linalg.qr(rng.normal(size=(40, 40)))
    for count in (1, 2, 5):
        lam = np.resize(np.linspace(1, 9, count), 40)
        A = Q * lam @ Q.T
        path = conjugate_gradient((A + A.T) / 2, rng.normal(size=40))
        assert len(path.x) - 1 == count


def test_a_function_will_do_in_place_of_a_matrix():
    A, b = np.diag([1.0, 2.0, 5.0]), np.ones(3)
    path = conjugate_gradient(lambda v: np.diag(A) * v, b)
    np.testing.assert_allclose(path.x, conjugate_gradient(A, b).x)


def test_the_values_are_those_of_the_quadratic():
    rng = np.random.default_rng(6)
    A, b = positive_definite(rng, 5), rng.normal(size=5)
    problem, path = quadratic(A, b), conjugate_gradient(A, b, np.ones(5))
    np.testing.assert_allclose(
        path.f, [problem.f(x) for x in path.x], rtol=1e-9
    )
    norms = [np.linalg.norm(problem.gradient(x)) for x in path.x]
    np.testing.assert_allclose(path.gradient_norm, norms, atol=1e-8)
    np.testing.assert_array_equal(path.steps, np.arange(len(path.x)))


def test_the_residual_ends_below_the_tolerance_and_not_before():
    A, b = np.diag(np.geomspace(1, 1e3, 30)), np.ones(30)
    for tol in (1e-2, 1e-6):
        norms = conjugate_gradient(A, b, tol=tol).gradient_norm
        assert norms[-1] <= tol * np.sqrt(30) < norms[-2]


def test_a_right_hand_side_of_zero_needs_no_step():
    path = conjugate_gradient(np.eye(3), np.zeros(3))
    np.testing.assert_array_equal(path.x, np.zeros((1, 3)))


@pytest.mark.parametrize(
    ("A", "b", "settings", "says"),
    [
        ([[1.0, 2], [0, 1]], [1, 1], {}, r"symmetric, got 2.0 at index"),
        (np.diag([1.0, -1]), [1, 0], {}, r"definite, got A\[1, 1\] = -1"),
        ([[1.0, 2], [2, 1]], [1, -1], {}, "pᵀA p = -2 at step 0"),
        (lambda v: v * [1, -3], [1, 1], {}, "pᵀA p = -2 at step 0"),
        (np.eye(2), [1, 1, 1], {}, "b must have 2 entries, got 3"),
        (np.eye(2), [1, 1], {"x0": [1]}, r"x0 must have shape \(2,\)"),
        (lambda v: v[:1], [1, 1], {}, r"A\(v\) must have shape \(2,\)"),
        (np.eye(2), [1, 1], {"tol": 0}, "tol must be positive"),
        (np.eye(2), [1, 1], {"max_steps": -1}, "must not be negative"),
        (np.ones((2, 3)), [1, 1], {}, "A must be square"),
    ],
)
def test_bad_systems_are_refused(A, b, settings, says):
    with pytest.raises(ValueError, match=says):
        conjugate_gradient(A, b, **settings)


def test_too_few_steps_for_conjugate_gradients_are_an_error():
    A, b = np.diag([1.0, 2.0, 3.0]), np.ones(3)
    with pytest.raises(RuntimeError, match="no solution after 2 steps"):
        conjugate_gradient(A, b, max_steps=2)
    assert len(conjugate_gradient(A, b, max_steps=3).x) == 4


# Least squares


@pytest.mark.parametrize("method", [gauss_newton, levenberg_marquardt])
def test_a_fit_is_that_of_scipy(method):
    fit = decay()
    path = method(fit, [1.0, 1.0, 0.0])
    theirs = scipy.optimize.least_squares(
        fit.residuals, [1.0, 1.0, 0.0], fit.jacobian, xtol=1e-12
    )
    np.testing.assert_allclose(path.x[-1], theirs.x, rtol=1e-6)
    assert path.f[-1] == pytest.approx(theirs.cost)


@given(seeds)
def test_one_gauss_newton_step_solves_a_linear_fit(seed):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(8, 3)), rng.normal(size=8)
    fit = LeastSquares(lambda w: X @ w - y, lambda _: X)
    path = gauss_newton(fit, rng.normal(size=3))
    assert len(path.x) == 2
    expected = np.linalg.lstsq(X, y, rcond=None)[0]
    np.testing.assert_allclose(path.x[1], expected, rtol=1e-7, atol=1e-9)


def test_levenberg_marquardt_goes_on_where_gauss_newton_stops():
    far = [10.0, 5.0, 0.0]
    with pytest.raises(StoppedError, match="full column rank 3, got 2"):
        gauss_newton(decay(), far, line_search=False)
    path = levenberg_marquardt(decay(), far)
    np.testing.assert_allclose(path.x[-1], [2.51, 1.31, 0.498], atol=0.01)
    assert np.all(np.diff(path.f) <= 1e-12)


def test_a_line_search_helps_gauss_newton():
    path = gauss_newton(decay(), [10.0, 5.0, 0.0])
    assert path.step_sizes.min() < 1
    full = gauss_newton(decay(), [1.0, -1.0, 0.0], line_search=False)
    assert np.all(full.step_sizes == 1)
    assert np.any(np.diff(full.f) > 0)


def test_without_a_jacobian_differences_of_the_residuals_are_taken():
    bare = LeastSquares(decay().residuals)
    for method in (gauss_newton, levenberg_marquardt):
        exact = method(decay(), [1.0, 1.0, 0.0], tol=1e-7).x
        np.testing.assert_allclose(
            method(bare, [1.0, 1.0, 0.0], tol=1e-7).x[-1], exact[-1], rtol=1e-5
        )


def test_the_step_of_levenberg_marquardt_solves_the_damped_system():
    fit, x = decay(), np.array([1.0, 1.0, 0.0])
    path = levenberg_marquardt(fit, x)
    for k, lam in enumerate(path.shifts):
        J, r = fit.J(path.x[k]), fit.r(path.x[k])
        d = np.linalg.solve(J.T @ J + lam * np.eye(3), -J.T @ r)
        np.testing.assert_allclose(
            path.x[k + 1] - path.x[k], d, rtol=1e-6, atol=1e-9
        )


def test_the_first_damping_is_a_part_of_the_largest_entry():
    fit, x = decay(), [1.0, 1.0, 0.0]
    J = fit.J(np.array(x))
    for damping in (1e-3, 1e-1):
        path = levenberg_marquardt(fit, x, damping=damping)
        assert path.shifts[0] == pytest.approx(
            damping * np.diag(J.T @ J).max()
        )


def test_damping_follows_what_a_step_gained_over_what_was_promised():
    fit = decay()
    path = levenberg_marquardt(fit, [1.0, 0.4, 0.0], damping=1e-2)
    factors = path.shifts[1:] / path.shifts[:-1]
    seen = 0
    for k, factor in enumerate(factors[:4]):
        J, r = fit.J(path.x[k]), fit.r(path.x[k])
        left = r + J @ (path.x[k + 1] - path.x[k])
        promised = (r @ r - left @ left) / 2
        gain = (path.f[k] - path.f[k + 1]) / promised
        if path.evaluations[k + 2] == path.evaluations[k + 1] + 1:
            expected = max(1 / 3, 1 - (2 * gain - 1) ** 3)
            assert factor == pytest.approx(expected, rel=1e-6)
            seen += expected > 0.34
    assert seen


def test_more_damping_makes_a_shorter_first_step():
    steps = [
        np.linalg.norm(np.diff(path.x[:2], axis=0))
        for path in (
            levenberg_marquardt(decay(), [1.0, 1.0, 0.0], damping=damping)
            for damping in (1e-6, 1e-2, 1.0)
        )
    ]
    assert steps[0] > steps[1] > steps[2]


def test_a_rank_deficient_fit_still_falls():
    fit = LeastSquares(
        lambda p: np.array([p[0] * p[1] - 6, p[0] * p[1] - 6]),
        lambda p: np.array([[p[1], p[0]], [p[1], p[0]]]),
    )
    path = levenberg_marquardt(fit, [1.0, 1.0])
    assert np.prod(path.x[-1]) == pytest.approx(6)
    with pytest.raises(StoppedError, match="full column rank"):
        gauss_newton(fit, [1.0, 1.0])


def test_a_fit_is_a_problem_for_other_methods_too():
    fit = decay()
    path = bfgs(fit.problem, [1.0, 1.0, 0.0])
    np.testing.assert_allclose(
        path.x[-1], levenberg_marquardt(fit, [1.0, 1.0, 0.0]).x[-1], rtol=1e-6
    )


def test_a_wrong_jacobian_is_told_from_a_right_one():
    fit = decay()
    wrong = LeastSquares(fit.residuals, lambda p: -fit.J(p))
    for method in (gauss_newton, levenberg_marquardt):
        with pytest.raises(StoppedError, match="gradient_check"):
            method(wrong, [1.0, 1.0, 0.0])


@pytest.mark.parametrize("method", [gauss_newton, levenberg_marquardt])
@pytest.mark.parametrize(
    ("residuals", "jacobian", "error", "says"),
    [
        (lambda p: np.outer(p, p), None, ValueError, "must be a vector"),
        (lambda p: p * 1j, None, TypeError, "must be real.*, got complex"),
        (lambda p: p * np.nan, None, ValueError, "must be finite"),
        (lambda p: p, lambda _: np.eye(3), ValueError, r"shape \(2, 2\), got"),
    ],
)
def test_bad_fits_are_refused(method, residuals, jacobian, error, says):
    with pytest.raises(error, match=says):
        method(LeastSquares(residuals, jacobian), [1.0, 2.0])


def test_what_is_no_function_is_no_fit():
    with pytest.raises(TypeError, match="residuals must be a function"):
        LeastSquares([1.0])
    with pytest.raises(TypeError, match="jacobian must be a function"):
        LeastSquares(np.sin, 3)
    with pytest.raises(ValueError, match="damping must be positive, got 0"):
        levenberg_marquardt(decay(), [1.0, 1.0, 0.0], damping=0)
    with pytest.raises(ValueError, match="tol must be positive, got -1"):
        gauss_newton(decay(), [1.0, 1.0, 0.0], tol=-1)
    for method in (gauss_newton, levenberg_marquardt):
        with pytest.raises(StoppedError, match="after 1 steps"):
            method(decay(), [1.0, 1.0, 0.0], max_steps=1)


def test_softplus_has_no_minimum_but_a_small_slope():
    path = newton_minimize(
        Problem(lambda x: softplus(x[0]), lambda x: 1 / (1 + np.exp(-x))),
        [0.0],
        tol=1e-3,
    )
    assert path.x[-1, 0] < -6


# A trust region


@given(seeds, st.floats(-3, 3))
def test_a_step_of_a_trust_region_is_the_best_in_its_ball(seed, power):
    """More and Sorensen's conditions, which only the best step satisfies."""
    rng = np.random.default_rng(seed)
    n, radius = int(rng.integers(1, 6)), 10.0**power
    H, g = symmetric(rng, n), rng.normal(size=n)
    d, tau = trust_region_step(g, H, radius=radius)
    length = np.linalg.norm(d)
    assert length <= radius * (1 + 1e-9)
    assert tau == 0 or length == pytest.approx(radius, rel=1e-6)
    shifted = H + tau * np.eye(n)
    assert np.linalg.eigvalsh(shifted)[0] >= -1e-9 * np.abs(shifted).max()
    size = np.abs(shifted).max() * length + np.abs(g).max()
    np.testing.assert_allclose(shifted @ d, -g, atol=1e-8 * size)


@pytest.mark.parametrize(
    ("g", "curvatures", "radius", "d", "tau"),
    [
        ([0.0, 1.0], [-1.0, 2.0], 3.0, [80**0.5 / 3, -1 / 3], 1.0),
        ([0.0, 0.0], [-1.0, 2.0], 3.0, [3.0, 0.0], 1.0),
        ([0.0, 0.0], [0.0, 2.0], 3.0, [0.0, 0.0], 0.0),
        ([0.0, 8.0], [-1.0, 3.0], 1.0, [0.0, -1.0], 5.0),
        ([0.0, 8.0], [1.0, 3.0], 1.0, [0.0, -1.0], 5.0),
    ],
)
def test_the_hard_case_goes_to_the_boundary(g, curvatures, radius, d, tau):
    ours, shift = trust_region_step(g, np.diag(curvatures), radius=radius)
    np.testing.assert_allclose(ours, d, atol=1e-7)
    assert shift == pytest.approx(tau)


@pytest.mark.parametrize("name", ORDINARY)
def test_a_trust_region_arrives_where_that_of_scipy_does(name):
    problem, _, x0, _ = made(name)
    ours = trust_region(problem, x0)

    def hessian(x):
        h = 1e-6 * np.maximum(1e-3, np.abs(x))
        H = [
            (problem.gradient(x + e) - problem.gradient(x - e)) / 2 / e.sum()
            for e in np.diag(h)
        ]
        return (np.array(H) + np.array(H).T) / 2

    theirs = scipy.optimize.minimize(
        problem.f, x0, jac=problem.gradient, hess=hessian, method="trust-exact"
    )
    assert ours.f[-1] <= theirs.fun * (1 + 1e-6) + 1e-9


def test_a_radius_shrinks_where_the_model_promised_too_much():
    """Plain steps from 3 run away on the root of 1 + x²."""
    hill = Problem(
        lambda x: np.hypot(1, x[0]),
        lambda x: x / np.hypot(1, x[0]),
        lambda x: np.array([[np.hypot(1, x[0]) ** -3]]),
    )
    path = trust_region(hill, [3.0])
    assert path.x[-1] == pytest.approx([0], abs=1e-8)
    assert path.evaluations[1] > 2


def test_a_radius_doubles_while_the_model_keeps_its_word():
    slope = Problem(lambda x: -x[0], lambda _: -np.ones(1), lambda _: [[0.0]])
    with pytest.raises(StoppedError) as error:
        trust_region(slope, [0.0], max_steps=6)
    lengths = np.diff(error.value.path.x[:, 0])
    np.testing.assert_allclose(lengths, [1, 2, 4, 8, 16, 32])


def test_a_trust_region_reports_what_has_no_lower_bound():
    slope = Problem(lambda x: x[0], lambda _: np.ones(1))
    with pytest.raises(StoppedError, match="f still falls"):
        trust_region(slope, [0.0])


def test_a_trust_region_reports_nan_next_to_the_start():
    lonely = Problem(lambda x: 1.0 if x[0] == 1 else np.nan, lambda x: 2 * x)
    with pytest.raises(StoppedError, match="not finite next to x"):
        trust_region(lonely, [1.0])


@pytest.mark.parametrize("method", [trust_region, newton_minimize])
def test_a_run_from_himmelblaus_middle_ends_in_a_minimum(method):
    def f(x):
        return (x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2

    gradient = jax.jit(jax.grad(f))
    problem = Problem(f, lambda x: np.asarray(gradient(x)))
    path = method(problem, [0.0, 0.0])
    np.testing.assert_allclose(path.f[-1], 0, atol=1e-12)


def test_bad_arguments_of_a_trust_region_step_are_refused():
    with pytest.raises(ValueError, match="radius must be positive, got 0"):
        trust_region_step([1.0], [[1.0]], radius=0)
    with pytest.raises(ValueError, match="H must have 2 rows, got 1"):
        trust_region_step([1.0, 2.0], [[1.0]], radius=1)
    with pytest.raises(ValueError, match="H must be symmetric"):
        trust_region_step([1.0, 2.0], [[1.0, 2.0], [0, 1]], radius=1)


# The simplex of Nelder and Mead

FIRST = np.array([[-1.2, 1.0], [-1.0, 1.0], [-1.2, 1.2]])


def by_scipy(f, simplex, steps):
    """The best corner after each step."""
    kept = []
    scipy.optimize.minimize(
        f,
        simplex[0],
        method="Nelder-Mead",
        callback=lambda x: kept.append(x.copy()),
        options={
            "initial_simplex": simplex,
            "xatol": 0,
            "fatol": 0,
            "maxiter": steps + 1,
        },
    )
    return np.array(kept[:steps])


def bent(x):
    return np.sum(np.abs(x) ** 2.5) + np.sin(3 * x[0]) + x[-1] * x[0]


@pytest.mark.parametrize("f", [VALLEY.f, bent])
def test_a_simplex_moves_like_that_of_scipy(f):
    ours = nelder_mead(f, FIRST, tol=1e-4)[:, 0]
    theirs = by_scipy(f, FIRST, len(ours) - 1)
    np.testing.assert_allclose(ours[1:], theirs, rtol=1e-6, atol=1e-8)


@settings(max_examples=30)
@given(seeds)
def test_any_simplex_moves_like_that_of_scipy(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 5))
    first, a = 2 * rng.normal(size=(n + 1, n)), rng.normal(size=n)

    def f(x):
        return bent(x) + np.exp(a @ x / 4)

    ours = nelder_mead(f, first, tol=1e-2)[:, 0]
    theirs = by_scipy(f, first, len(ours) - 1)
    np.testing.assert_allclose(ours[1:], theirs, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("increasing", [np.exp, np.cbrt, lambda t: 64 * t])
def test_a_simplex_only_compares_values(increasing):
    def f(x):
        return bent(x) / 8

    ours = nelder_mead(lambda x: increasing(f(x)), FIRST, tol=1e-3)
    np.testing.assert_array_equal(ours, nelder_mead(f, FIRST, tol=1e-3))


def test_a_simplex_does_not_see_the_units_of_its_variables():
    units = np.array([2.0**30, 2.0**-20])
    theirs = nelder_mead(lambda z: VALLEY.f(z / units), FIRST * units)
    np.testing.assert_array_equal(theirs / units, nelder_mead(VALLEY.f, FIRST))


def test_a_simplex_keeps_its_best_corner_first():
    path = nelder_mead(VALLEY.f, FIRST)
    v = np.array([[VALLEY.f(x) for x in S] for S in path])
    assert np.all(np.diff(v, axis=1) >= 0)
    assert np.all(np.diff(v[:, 0]) <= 0)
    np.testing.assert_allclose(path[-1, 0], [1, 1], atol=1e-7)


def test_a_simplex_stops_when_each_extent_has_shrunk():
    for tol in (1e-2, 1e-6):
        path = nelder_mead(VALLEY.f, FIRST, tol=tol)
        small = np.ptp(path, axis=1) <= tol * np.ptp(FIRST, axis=0)
        assert small[-1].all()
        assert not small[:-1].all(axis=1).any()


def test_a_simplex_shrinks_to_its_best_corner():
    """All around a hole the values are equal, so that nothing else helps."""

    def f(x):
        return 0.0 if x.any() else -1.0

    with pytest.raises(ConvergenceError):
        nelder_mead(f, [[0, 0], [1, 0], [0, 1.0]], max_steps=2)
    path = nelder_mead(f, [[0, 0], [1, 0], [0, 1.0]], tol=0.3)
    np.testing.assert_allclose(np.abs(path[1]).max(axis=1), [0, 0.5, 0.5])
    np.testing.assert_array_equal(path[:, 0], 0 * path[:, 0])


def test_mckinnons_simplex_converges_where_the_slope_is_not_zero():
    def f(x):
        return (360 if x[0] < 0 else 6) * x[0] ** 2 + x[1] + x[1] ** 2

    a, b = (1 + 33**0.5) / 8, (1 - 33**0.5) / 8
    path = nelder_mead(f, [[0, 0], [1, 1], [a, b]])
    np.testing.assert_array_equal(path[:, 0], 0 * path[:, 0])
    exact = [[0, 0], [a**9, b**9], [a**10, b**10]]  # sorted by f
    for corner in exact:
        assert np.abs(path[9] - corner).max(axis=1).min() < 1e-12


def test_infinity_is_worse_than_every_number():
    def f(x):
        return np.inf if x[0] < 0.5 else VALLEY.f(x)

    path = nelder_mead(f, FIRST + np.array([2.0, 0.0]))
    np.testing.assert_allclose(path[-1, 0], [1, 1], atol=1e-6)


@pytest.mark.parametrize(
    ("simplex", "settings", "error", "says"),
    [
        ([[0.0, 0], [1, 0]], {}, ValueError, "must have 3 corners, got 2"),
        (
            [[0.0, 0], [1, 1], [2, 2]],
            {},
            ValueError,
            "edges of rank 2, got rank 1",
        ),
        ([[0.0], [0.0]], {}, ValueError, "edges of rank 1, got rank 0"),
        (FIRST, {"tol": 0}, ValueError, "tol must be positive, got 0"),
        (FIRST, {"max_steps": -1}, ValueError, "max_steps must not be"),
        (
            FIRST,
            {"max_steps": 5},
            ConvergenceError,
            "after 5 steps .* > 1e-08",
        ),
        (FIRST * 1j, {}, TypeError, "simplex must be real"),
    ],
)
def test_bad_simplices_are_refused(simplex, settings, error, says):
    with pytest.raises(error, match=says):
        nelder_mead(VALLEY.f, simplex, **settings)


def test_a_value_that_is_no_number_is_refused_with_its_place():
    with pytest.raises(ValueError, match=r"got nan at x = \[-1. +1.\]"):
        nelder_mead(lambda x: np.nan if x[0] > -1.1 else 0.0, FIRST)
