import numpy as np
import pytest
import scipy.integrate
import scipy.stats
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.signal import lfilter

from derivable import ConvergenceError
from derivable.calculus import jacobian
from derivable.probability import (
    MultivariateNormal,
    Proposal,
    autocorrelation,
    control_variate,
    effective_sample_size,
    gibbs,
    hamiltonian_monte_carlo,
    importance_estimate,
    importance_weights,
    is_ergodic,
    leapfrog,
    metropolis_hastings,
    metropolis_matrix,
    monte_carlo,
    multiplicative_walk,
    r_hat,
    random_walk,
    rejection_sampling,
    stationary_distribution,
    weight_size,
)

HUGE = 1e300
samples = arrays(float, 7, elements=st.floats(-5, 5))
seeds = st.integers(0, 10_000)


def rng(seed=0):
    return np.random.default_rng(seed)


def log_normal(x):
    return -np.sum(x**2, axis=1) / 2


def numbers(estimate):
    return np.array([estimate.value, estimate.std_error])


def ar_one(phi, shape, seed=0):
    """Chains x[t + 1] = phi x[t] + noise that start in equilibrium."""
    z = rng(seed).normal(size=shape)
    z[0] /= np.sqrt(1 - phi**2)
    return lfilter([1], [1, -phi], z, axis=0)


# Monte Carlo


@given(samples)
def test_the_error_of_a_mean_is_that_of_scipy(y):
    y = y + np.arange(7) * 11
    found = monte_carlo(y)
    assert found.value == pytest.approx(np.mean(y))
    assert found.std_error == pytest.approx(scipy.stats.sem(y))


@pytest.mark.parametrize("factor", [1e-300, 1e300])
def test_an_estimate_has_the_units_of_its_values(factor):
    y, h = rng().normal(size=(2, 9))
    w = rng(1).random(9)
    for f in (
        monte_carlo,
        lambda y: control_variate(y, h, 0.2),
        lambda y: importance_estimate(y, w),
    ):
        expected = factor * numbers(f(y))
        assert numbers(f(factor * y)) == pytest.approx(expected, rel=1e-12)


def test_one_value_has_no_error_bar():
    with pytest.raises(ValueError, match=r"at least 2 entries, got 1"):
        monte_carlo([1.0])
    assert monte_carlo([1.0, 3.0]).std_error == 1.0


def test_a_control_takes_away_what_it_explains():
    h = rng().random(50)
    found = control_variate(3 * h + 2, h, 0.5)
    assert found.value == pytest.approx(3.5)
    assert found.std_error == pytest.approx(0, abs=1e-14)


@given(samples, seeds)
def test_a_control_is_the_intercept_of_a_regression(y, seed):
    """At h = E[h]; its error is that of the residuals over root n."""
    h = rng(seed).normal(size=7)
    A = np.column_stack([np.ones(7), h - 0.3])
    w, _, _, _ = np.linalg.lstsq(A, y)
    found = control_variate(y, h, 0.3)
    assert found.value == pytest.approx(w[0], abs=1e-9)
    error = np.sqrt(np.sum((y - A @ w) ** 2) / 5 / 7)
    assert found.std_error == pytest.approx(error, abs=1e-9)


@pytest.mark.parametrize("factor", [1e-250, 1e250])
def test_the_units_of_a_control_do_not_matter(factor):
    y, h = rng().normal(size=(2, 9))
    expected = numbers(control_variate(y, h, 0.4))
    found = numbers(control_variate(y, factor * h, factor * 0.4))
    assert found == pytest.approx(expected, rel=1e-9)


def test_the_error_of_a_control_is_what_estimates_scatter_by():
    x = rng().random((2000, 40))
    found = [control_variate(np.exp(u), u, 0.5) for u in x]
    values = np.array([e.value for e in found])
    errors = np.array([e.std_error for e in found])
    assert np.mean(values) == pytest.approx(np.e - 1, abs=0.004)
    assert np.std(values) == pytest.approx(np.mean(errors), rel=0.1)


def test_a_control_has_to_vary_and_to_pair():
    with pytest.raises(
        ValueError, match=r"^control must vary, got 3 times 0.3$"
    ):
        control_variate([1, 2, 3], [0.3, 0.1 + 0.2, 0.3], 0)
    with pytest.raises(ValueError, match=r"shape \(3,\), got \(2,\)"):
        control_variate([1, 2, 3], [1, 2], 0)
    with pytest.raises(ValueError, match=r"at least 3 entries, got 2"):
        control_variate([1, 2], [1, 2], 0)
    with pytest.raises(ValueError, match=r"estimate must be finite"):
        control_variate([1, 2, 3], [1e-300, 2e-300, 2e-300], HUGE)


# importance sampling


def test_weights_are_in_proportion_to_the_ratio():
    p, q = np.array([0.2, 0.5, 0.0, 0.3]), np.array([0.4, 0.1, 0.2, 0.3])
    with np.errstate(divide="ignore"):
        found = importance_weights(np.log(p), np.log(q))
    assert found == pytest.approx((p / q) / np.sum(p / q))
    assert found[2] == 0


@given(samples, samples, st.floats(-1e5, 1e5))
def test_constants_do_not_matter_to_weights(a, b, shift):
    found = importance_weights(a + shift, b - shift)
    assert found == pytest.approx(importance_weights(a, b), rel=1e-8)


def test_weights_that_underflow_without_logarithms():
    found = importance_weights([-5000.0, -5001.0], [-10.0, -10.0])
    assert found == pytest.approx([1 / (1 + np.exp(-1)), 1 / (1 + np.e)])
    found = importance_weights([-1.7e308, 1.7e308], [1.7e308, -1.7e308])
    assert found.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("log_p", "log_q", "rule"),
    [
        ([-np.inf, -np.inf], [0, 0], "must not all be zero, got 2 times"),
        ([0, np.nan], [0, 0], r"number or -inf, got nan at index \(1,\)"),
        ([0, np.inf], [0, 0], r"number or -inf, got inf at index \(1,\)"),
        ([0, 0], [0, -np.inf], "log_proposal must be finite, got -inf"),
        ([0, 0, 0], [0, 0], r"shape \(2,\), got \(3,\)"),
    ],
)
def test_log_densities_of_weights_must_be_some(log_p, log_q, rule):
    with pytest.raises(ValueError, match=rule):
        importance_weights(log_p, log_q)


def test_the_size_of_weights():
    assert weight_size([2.0, 2.0, 2.0]) == pytest.approx(3)
    assert weight_size([0.0, 5.0, 0.0]) == pytest.approx(1)
    assert weight_size([1.0, 3.0]) == pytest.approx(1.6)
    assert weight_size([1e-300, 3e-300]) == pytest.approx(1.6)
    assert weight_size([0.5 * HUGE, 1.5 * HUGE]) == pytest.approx(1.6)


@given(arrays(float, 5, elements=st.floats(0, 1)))
def test_the_size_of_weights_lies_between_one_and_n(w):
    w[0] += 0.01
    assert 1 - 1e-12 <= weight_size(w) <= 5 + 1e-12


@pytest.mark.parametrize(
    "f", [weight_size, lambda w: importance_estimate(w, w)]
)
def test_weights_are_refused_by_rule_and_value(f):
    with pytest.raises(ValueError, match=r"not all be zero, got 2 zeros"):
        f([0.0, 0.0])
    with pytest.raises(ValueError, match=r"negative, got -0.5 at index \(1,"):
        f([1.0, -0.5])


def test_a_weighted_mean_and_its_error():
    found = importance_estimate([1.0, 4.0], [3.0, 1.0])
    assert found.value == pytest.approx(1.75)
    error = np.hypot(0.75 * 0.75, 0.25 * 2.25)
    assert found.std_error == pytest.approx(error)
    with pytest.raises(ValueError, match=r"shape \(2,\), got \(1,\)"):
        importance_estimate([1.0], [3.0, 1.0])
    with pytest.raises(ValueError, match=r"at least 2 entries, got 1"):
        importance_estimate([1.0], [3.0])


def test_the_error_of_a_weighted_mean_is_what_estimates_scatter_by():
    x = 1.5 * rng().standard_normal((1500, 200))
    q = scipy.stats.norm(0, 1.5)
    found = []
    for row in x:
        w = importance_weights(-((row - 0.5) ** 2) / 2, q.logpdf(row))
        found.append(numbers(importance_estimate(row, w)))
    values, errors = np.array(found).T
    assert np.mean(values) == pytest.approx(0.5, abs=0.01)
    assert np.std(values) == pytest.approx(np.mean(errors), rel=0.1)


def test_a_self_normalised_mean_needs_draws_also_where_f_is_zero():
    """Draws of a half normal: right for E[f], not once it is divided."""
    x = abs(rng().normal(size=4000))  # E[max(X, 0)] is 1/√(2π)
    w = np.full(len(x), 0.5)
    truth = 1 / np.sqrt(2 * np.pi)
    assert monte_carlo(w * x).value == pytest.approx(truth, rel=0.05)
    found = importance_estimate(x, w).value
    assert found == pytest.approx(2 * truth, rel=0.05)


def test_the_bias_of_a_weighted_mean_is_small_if_weights_have_a_variance():
    """Else it is near its error, and falls much more slowly than 1/n."""
    bias = {}
    for s in (0.5, 1.5):
        for n in (100, 1000):
            x = s * rng(n).normal(size=(1000, n))
            w = np.exp((1 / s**2 - 1) * x**2 / 2)
            w /= w.sum(axis=1, keepdims=True)
            bias[s, n] = abs(np.mean(np.sum(w * x**2, axis=1)) - 1)
    assert bias[1.5, 100] < 0.02
    assert bias[0.5, 100] > 0.2
    assert bias[0.5, 1000] > 0.1


# rejection


def triangle(**changed):
    """Draws with the density 2x on [0, 1], from uniform ones."""

    def log_p(x):
        with np.errstate(divide="ignore"):
            return np.log(2 * x)

    given = {
        "log_target": log_p,
        "log_proposal": lambda x: np.zeros(len(x)),
        "propose": lambda n, rng: rng.random(n),
        "log_bound": np.log(2),
        "num_samples": 4000,
        "rng": rng(3),
        **changed,
    }
    return rejection_sampling(**given)


def test_kept_draws_have_the_density_of_the_target():
    found = triangle()
    assert found.x.shape == (4000,)
    assert scipy.stats.kstest(found.x, lambda x: x**2).pvalue > 0.01
    assert found.acceptance == pytest.approx(1 / 2, abs=0.03)


def test_a_looser_bound_keeps_less_of_the_same():
    found = triangle(log_bound=np.log(8))
    assert scipy.stats.kstest(found.x, lambda x: x**2).pvalue > 0.01
    assert found.acceptance == pytest.approx(1 / 8, abs=0.02)


def test_points_of_a_disc_are_kept_from_a_square():
    found = rejection_sampling(
        lambda x: np.where(np.sum(x**2, axis=1) <= 1, 0.0, -np.inf),
        lambda x: np.zeros(len(x)),
        lambda n, rng: rng.uniform(-1, 1, size=(n, 2)),
        log_bound=0.0,
        num_samples=5000,
        rng=rng(),
    )
    assert found.x.shape == (5000, 2)
    r = np.linalg.norm(found.x, axis=1)
    assert scipy.stats.kstest(r, lambda r: r**2).pvalue > 0.01
    assert found.acceptance == pytest.approx(np.pi / 4, abs=0.03)


def test_a_proposal_that_is_not_flat_is_divided_by():
    """A half normal from an exponential: p/q is largest at x = 1."""
    found = rejection_sampling(
        lambda x: -(x**2) / 2,
        lambda x: -x,
        lambda n, rng: rng.exponential(size=n),
        log_bound=0.5,
        num_samples=5000,
        rng=rng(),
    )
    assert scipy.stats.kstest(found.x, "halfnorm").pvalue > 0.01
    share = np.sqrt(np.pi / 2) / np.exp(0.5)  # Z / M, and not 1 / M
    assert found.acceptance == pytest.approx(share, abs=0.03)


def test_a_bound_that_is_too_low_is_refused():
    with pytest.raises(ValueError, match=r"at least ln p - ln q .* got 0.5 "):
        triangle(log_bound=0.5)


def test_a_bound_may_be_met_up_to_rounding():
    flat = {"log_target": lambda x: np.full(len(x), np.log(1.1))}
    found = triangle(**flat, log_bound=np.nextafter(np.log(1.1), 0))
    assert found.acceptance == 1


def test_a_proposal_that_cannot_have_been_drawn_is_refused():
    with pytest.raises(ValueError, match=r"q must not be zero at its draws"):
        triangle(log_proposal=lambda x: np.where(x < 0.9, 0.0, -np.inf))


def test_rejection_gives_up():
    with pytest.raises(ConvergenceError, match=r"0 of 4000 .* 250 proposals"):
        triangle(log_target=lambda x: np.full(len(x), -np.inf), max_draws=250)
    found = triangle(num_samples=1, max_draws=100)
    assert found.x.shape == (1,)


def test_a_proposal_must_be_as_many_points_as_asked_for():
    with pytest.raises(ValueError, match=r"return 4000 points, got .*\(3,\)"):
        triangle(propose=lambda _n, rng: rng.random(3))
    with pytest.raises(ValueError, match=r"got shape \(4000, 1, 1\)"):
        triangle(propose=lambda n, rng: rng.random((n, 1, 1)))


# finite chains


def random_chain(k, seed):
    return rng(seed).dirichlet(np.ones(k), size=k)


@given(st.integers(1, 6), seeds)
def test_the_stationary_distribution_is_the_left_eigenvector(k, seed):
    P = random_chain(k, seed)
    pi = stationary_distribution(P)
    assert pi.sum() == pytest.approx(1)
    assert pi @ P == pytest.approx(pi, abs=1e-13)
    assert pi == pytest.approx(np.linalg.matrix_power(P, 4096)[0], abs=1e-9)


def test_states_that_are_left_for_good_have_no_mass():
    P = [[0.5, 0.5, 0, 0], [0, 0.5, 0.25, 0.25], [0, 0, 0.2, 0.8]]
    P = [*P, [0, 0, 0.4, 0.6]]
    found = stationary_distribution(P)
    assert found == pytest.approx([0, 0, 1 / 3, 2 / 3])


def test_rare_moves_keep_their_digits():
    eps = 1e-14
    P = [[1 - eps, eps], [2 * eps, 1 - 2 * eps]]
    found = stationary_distribution(P)
    assert found == pytest.approx([2 / 3, 1 / 3], rel=1e-12)


def test_two_closed_sets_have_no_common_distribution():
    P = [[1, 0, 0], [0.5, 0, 0.5], [0, 0, 1]]
    with pytest.raises(ValueError, match=r"with state 0 .* with state 2"):
        stationary_distribution(P)


def test_a_long_way_round_is_one_closed_set():
    ring = np.roll(np.eye(9), 1, axis=1)
    assert stationary_distribution(ring) == pytest.approx(np.full(9, 1 / 9))
    assert not is_ergodic(ring)
    ring[0, 0] = ring[0, 1] = 0.5
    assert is_ergodic(ring)
    assert stationary_distribution(ring)[0] == pytest.approx(0.2)


@pytest.mark.parametrize("k", [2, 3, 5, 8])
def test_the_slowest_ergodic_chain_is_recognised(k):
    """Wielandt's: a ring with one short cut needs (k − 1)² + 1 steps."""
    P = np.roll(np.eye(k), 1, axis=1)
    P[-2] /= 2
    P[-2, 0] = 0.5 if k > 2 else P[-2, 0]
    if k == 2:
        P = np.array([[0.5, 0.5], [1.0, 0.0]])
    power = np.linalg.matrix_power(P, (k - 1) ** 2)
    assert not (power > 0).all() or k == 2
    assert is_ergodic(P)


def test_a_chain_that_alternates_or_splits_is_not_ergodic():
    assert not is_ergodic([[0, 1], [1, 0]])
    assert not is_ergodic(np.eye(2))
    assert not is_ergodic([[0.5, 0.5], [0, 1]])
    assert is_ergodic([[1.0]])


def test_rows_of_a_chain_must_be_distributions():
    for f in (stationary_distribution, is_ergodic):
        with pytest.raises(ValueError, match=r"P\[1\] must sum to 1, got"):
            f([[0.5, 0.5], [0.5, 0.4]])
    with pytest.raises(ValueError, match=r"Q\[0\] must sum to 1"):
        metropolis_matrix([0, 0], [[0.5, 0.4], [0.5, 0.5]])


@given(st.integers(1, 6), seeds)
def test_metropolis_balances_every_pair(k, seed):
    Q = random_chain(k, seed)
    log_pi = 3 * rng(seed + 1).normal(size=k)
    P = metropolis_matrix(log_pi + 50, Q)
    pi = np.exp(log_pi)
    flow = pi[:, None] * P
    assert flow == pytest.approx(flow.T, rel=1e-9)
    assert P.sum(axis=1) == pytest.approx(1)
    off = ~np.eye(k, dtype=bool)
    assert np.all(P[off] <= Q[off] * (1 + 1e-12))
    taken = np.where(off, P / Q, 0)
    both = np.maximum(taken, taken.T)
    assert both[off] == pytest.approx(1)  # one way takes all


def test_no_way_back_is_no_way():
    Q = [[0, 1, 0], [0.5, 0, 0.5], [0, 1, 0]]
    P = metropolis_matrix([0, 0, 0], Q)
    assert pytest.approx(np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]]) / 2) == P
    oneway = metropolis_matrix([0, 0], [[0.5, 0.5], [0, 1]])
    assert oneway == pytest.approx(np.eye(2))
    assert not is_ergodic(oneway)  # though Q can move


def test_a_matrix_of_metropolis_has_no_overflow():
    found = metropolis_matrix([-HUGE, HUGE], [[0, 1], [1, 0]])
    assert found.tolist() == [[0, 1], [0, 1]]
    with pytest.raises(ValueError, match=r"shape \(2,\), got \(3,\)"):
        metropolis_matrix([0, 0, 0], [[0, 1], [1, 0]])


# Metropolis–Hastings


def run(proposal, num_steps=4000, log_p=log_normal, x0=None, seed=0):
    x0 = np.zeros((8, 1)) if x0 is None else x0
    return metropolis_hastings(
        log_p, x0, proposal, num_steps=num_steps, rng=rng(seed)
    )


def test_a_chain_starts_where_it_is_told_and_keeps_its_path():
    x0 = rng().normal(size=(3, 2))
    found = run(random_walk(0.8), 50, x0=x0)
    assert found.x.shape == (51, 3, 2)
    assert (found.x[0] == x0).all()
    assert found.log_density.shape == (51, 3)
    for x, log_p in zip(found.x, found.log_density, strict=True):
        assert log_p == pytest.approx(log_normal(x))
    moved = (np.diff(found.x, axis=0) != 0).any(axis=2)
    assert found.acceptance == pytest.approx(moved.mean(axis=0))
    assert 0 < moved.mean() < 1


@pytest.mark.parametrize("shift", [0, 1e5])
def test_metropolis_samples_a_gaussian(shift):
    found = run(random_walk(2.4), log_p=lambda x: log_normal(x) + shift)
    x = found.x[200::10, :, 0].ravel()
    assert scipy.stats.kstest(x, "norm").pvalue > 0.01
    # in one dimension: (2/π) arctan(2/step)
    expected = 2 / np.pi * np.arctan(2 / 2.4)
    assert np.mean(found.acceptance) == pytest.approx(expected, abs=0.01)


def test_a_step_has_a_width_for_each_coordinate():
    found = run(
        random_walk([0.5, 2.0]), 1, lambda x: 0 * x[:, 0], np.zeros((9999, 2))
    )
    assert np.std(found.x[1], axis=0) == pytest.approx([0.5, 2.0], rel=0.05)
    with pytest.raises(ValueError, match=r"step must have 2 entries, got 3"):
        run(random_walk([1, 2, 3]), x0=np.zeros((1, 2)))
    with pytest.raises(ValueError, match=r"step must have 1 entries, got 2"):
        run(multiplicative_walk([1, 2]), x0=np.ones((1, 1)))


@pytest.mark.parametrize("walk", [random_walk, multiplicative_walk])
@pytest.mark.parametrize("step", [0, -0.5, [1.0, 0.0]])
def test_a_step_is_positive(walk, step):
    with pytest.raises(ValueError, match=r"step must be positive, got"):
        walk(step)


def test_the_ratio_of_a_log_normal_walk_is_that_of_scipy():
    x, y = rng().random((2, 5, 2)) + 0.1
    walk = multiplicative_walk([0.3, 0.7])

    def log_q(y, x):
        q = scipy.stats.lognorm([0.3, 0.7], scale=x)
        return q.logpdf(y).sum(axis=1)

    found = walk.log_ratio(x, y)
    assert found == pytest.approx(log_q(x, y) - log_q(y, x))


def test_the_ratio_cures_an_asymmetric_proposal():
    def log_gamma(x):  # shape 2
        return np.sum(np.log(x) - x, axis=1)

    walk, x0 = multiplicative_walk(1.0), np.ones((20, 1))
    right = run(walk, 3000, log_gamma, x0).x[200:]
    wrong = run(Proposal(walk.draw), 3000, log_gamma, x0).x[200:]
    assert np.mean(right) == pytest.approx(2, abs=0.05)
    assert np.mean(wrong) == pytest.approx(1, abs=0.05)  # p(x)/x: shape 1


def test_a_multiplicative_walk_needs_positive_numbers():
    with pytest.raises(ValueError, match=r"x must be positive, got 0.0"):
        run(multiplicative_walk(1.0))


def test_where_the_density_is_zero_no_chain_goes():
    def log_half(x):
        return np.where(x[:, 0] > 0, -x[:, 0], -np.inf)

    x = run(random_walk(2.0), log_p=log_half, x0=np.ones((8, 1))).x
    assert x.min() > 0
    assert scipy.stats.kstest(x[200::20].ravel(), "expon").pvalue > 0.01


def test_what_has_no_way_back_is_never_taken():
    walk = Proposal(lambda x, _: x + 1, lambda x, _: np.full(len(x), -np.inf))
    found = run(walk, 20)
    assert (found.x == 0).all()
    assert (found.acceptance == 0).all()


@pytest.mark.parametrize(
    ("log_p", "rule"),
    [
        (lambda x: np.where(x[:, 0] > 1, -np.inf, np.nan), "got nan at index"),
        (lambda x: x[:, 0] + np.inf, "got inf at index"),
        (lambda x: x, r"must have shape \(8,\), got \(8, 1\)"),
        (np.sum, r"must have shape \(8,\), got \(\)"),
    ],
)
def test_a_log_density_is_one_number_a_chain(log_p, rule):
    with pytest.raises(ValueError, match=rule):
        run(random_walk(1.0), log_p=log_p)


def test_a_chain_starts_where_it_could_be():
    x0 = np.array([[0.5], [-0.25]])

    def log_p(x):
        return np.where(x[:, 0] > 0, 0.0, -np.inf)

    for f in (
        lambda: run(random_walk(1.0), log_p=log_p, x0=x0),
        lambda: hmc(log_density=log_p, x0=x0),
    ):
        with pytest.raises(ValueError, match=r"start, got x0\[1\] = \[-0.25"):
            f()


def test_nan_later_is_refused_as_well():
    def log_p(x):
        return np.sqrt(x[:, 0])

    with pytest.raises(ValueError, match=r"must be a number or -inf, got nan"):
        run(random_walk(1.0), log_p=log_p, x0=np.ones((2, 1)))


def test_a_proposal_has_the_shape_of_the_chains():
    with pytest.raises(ValueError, match=r"shape \(8, 1\), got \(8, 2\)"):
        run(Proposal(lambda x, _: np.hstack([x, x])))
    bad = Proposal(lambda x, _: x, lambda x, _: x)
    with pytest.raises(ValueError, match=r"shape \(8,\), got \(8, 1\)"):
        run(bad)
    with pytest.raises(TypeError, match=r"proposal must be a Proposal, got"):
        run(0.5)


# Gibbs


def test_gibbs_samples_a_correlated_gaussian():
    rho = 0.6
    s = np.sqrt(1 - rho**2)
    found = gibbs(
        [
            lambda x, rng: rho * x[:, 1] + s * rng.normal(size=len(x)),
            lambda x, rng: rho * x[:, 0] + s * rng.normal(size=len(x)),
        ],
        np.zeros((200, 2)),
        num_sweeps=300,
        rng=rng(),
    )
    assert found.shape == (301, 200, 2)
    assert (found[0] == 0).all()
    x = found[50:].reshape(-1, 2)
    assert np.cov(x.T) == pytest.approx(
        np.array([[1, rho], [rho, 1]]), abs=0.03
    )
    x = found[50:, :, 0]
    lag = np.corrcoef(x[:-1].ravel(), x[1:].ravel())[0, 1]
    assert lag == pytest.approx(rho**2, abs=0.02)


def test_a_conditional_sees_what_was_drawn_before_it():
    found = gibbs(
        [lambda x, _: x[:, 1] + 1, lambda x, _: 10 * x[:, 0]],
        [[0.0, 2.0]],
        num_sweeps=2,
        rng=rng(),
    )
    assert found[:, 0].tolist() == [[0, 2], [3, 30], [31, 310]]


def test_there_is_one_conditional_for_each_coordinate():
    with pytest.raises(ValueError, match=r"must be 2, .* got 1"):
        gibbs([lambda x, _: x[:, 0]], [[0, 0]], num_sweeps=1, rng=rng())
    with pytest.raises(ValueError, match=r"shape \(1,\), got \(1, 1\)"):
        gibbs([lambda x, _: x], [[0]], num_sweeps=1, rng=rng())


# Hamiltonian Monte Carlo


def quartic_force(x):
    return -(x**3) - 0.5 * x


def test_the_leapfrog_goes_back_when_turned_round():
    x, p = rng().normal(size=(2, 4))
    xs, ps = leapfrog(quartic_force, x, p, step=0.2, num_steps=30)
    assert xs.shape == ps.shape == (31, 4)
    back, turned = leapfrog(
        quartic_force, xs[-1], -ps[-1], step=0.2, num_steps=30
    )
    assert back[::-1] == pytest.approx(xs, abs=1e-10)
    assert -turned[::-1] == pytest.approx(ps, abs=1e-10)


@given(seeds)
def test_the_leapfrog_keeps_volume(seed):
    n = 3
    z = rng(seed).normal(size=2 * n)

    def end(z):
        xs, ps = leapfrog(quartic_force, z[:n], z[n:], step=0.1, num_steps=7)
        return np.concatenate([xs[-1], ps[-1]])

    assert np.linalg.det(jacobian(end, z)) == pytest.approx(1, abs=1e-6)


def test_the_leapfrog_is_of_second_order():
    """Against SciPy's solution of Hamilton's equations."""
    x, p = np.array([1.0]), np.array([0.3])

    def flow(_, z):
        return np.array([z[1], quartic_force(z[0])])

    exact = scipy.integrate.solve_ivp(
        flow, (0, 2), [1.0, 0.3], rtol=1e-11, atol=1e-12
    ).y[:, -1]
    steps = np.array([10, 20, 40, 80])
    errors = []
    for n in steps:
        xs, ps = leapfrog(quartic_force, x, p, step=2 / n, num_steps=int(n))
        errors.append(np.hypot(xs[-1, 0] - exact[0], ps[-1, 0] - exact[1]))
    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert slope == pytest.approx(-2, abs=0.1)


def test_a_path_that_leaves_float64_is_refused():
    with pytest.raises(ValueError, match=r"must be finite, got"):
        leapfrog(quartic_force, [3.0], [0.0], step=2.0, num_steps=50)
    with pytest.raises(ValueError, match=r"step must be positive, got 0"):
        leapfrog(quartic_force, [3.0], [0.0], step=0, num_steps=5)
    with pytest.raises(ValueError, match=r"shape \(1,\), got \(2,\)"):
        leapfrog(quartic_force, [3.0], [0.0, 1], step=0.1, num_steps=5)
    with pytest.raises(ValueError, match=r"force\(x\) must have shape"):
        leapfrog(np.sum, [3.0], [0.0], step=0.1, num_steps=5)


def hmc(**changed):
    given = {
        "log_density": log_normal,
        "x0": np.zeros((10, 2)),
        "step": 0.5,
        "num_leapfrog": 4,
        "num_steps": 500,
        "rng": rng(5),
        **changed,
    }
    return hamiltonian_monte_carlo(**given)


def test_hamiltonian_chains_sample_a_correlated_gaussian():
    cloud = MultivariateNormal([1.0, -2.0], [[1.0, 0.7], [0.7, 2.0]])
    K = np.linalg.inv(cloud.covariance)

    def log_p(x):
        z = x - cloud.mean
        return -np.sum((z @ K) * z, axis=1) / 2

    x0 = np.zeros((60, 2))
    found = hmc(log_density=log_p, x0=x0, num_steps=300)
    x = found.x[50:].reshape(-1, 2)
    assert x.mean(axis=0) == pytest.approx(cloud.mean, abs=0.05)
    assert np.cov(x.T) == pytest.approx(cloud.covariance, abs=0.1)
    assert found.x.shape == (301, 60, 2)
    assert found.log_density[-1] == pytest.approx(log_p(found.x[-1]))
    given = hmc(
        log_density=log_p,
        gradient=lambda x: -(x - cloud.mean) @ K,
        x0=x0,
        num_steps=60,
    )
    assert given.x == pytest.approx(found.x[:61], abs=1e-6)


def test_a_coarse_leapfrog_is_corrected_by_acceptance():
    x0 = np.zeros((60, 2))
    found = hmc(x0=x0, step=1.6, num_leapfrog=2, num_steps=700)
    x = found.x[100::4].ravel()
    assert 0.3 < np.mean(found.acceptance) < 0.95
    assert scipy.stats.kstest(x, "norm").pvalue > 0.01
    moved = (np.diff(found.x, axis=0) != 0).any(axis=2)
    assert found.acceptance == pytest.approx(moved.mean(axis=0))


def test_a_fine_leapfrog_is_nearly_always_taken():
    fine = hmc(step=0.05, num_leapfrog=20, num_steps=50)
    assert np.mean(fine.acceptance) > 0.99


def test_jitter_breaks_an_orbit():
    """A path of one whole turn comes back; of other lengths it does not."""
    turn = {"x0": np.ones((200, 1)), "step": np.pi / 50, "num_leapfrog": 100}
    still = hmc(**turn, num_steps=3).x[-1]
    assert still == pytest.approx(np.ones((200, 1)), abs=0.02)
    moved = hmc(**turn, num_steps=3, jitter=0.5).x[-1]
    assert np.std(moved) > 0.5
    one = hmc(**turn, num_steps=1, jitter=0.01).x[-1]
    assert 0.01 < np.ptp(one) < 0.6  # one step for all chains
    with pytest.raises(
        ValueError, match=r"jitter must lie in \[0, 1\), got 1"
    ):
        hmc(jitter=1)


def test_a_path_that_leaves_float64_is_not_taken():
    def steep(x):
        return -np.sum(x**4, axis=1)

    found = hmc(
        log_density=steep,
        x0=np.full((3, 1), 2.0),
        step=5.0,
        num_leapfrog=50,
        num_steps=5,
    )
    assert (found.x == 2).all()
    assert (found.acceptance == 0).all()
    one = np.array([[2.0], [0.0]])  # the other chain goes on
    found = hmc(
        log_density=lambda x: -np.sum(np.cosh(x), axis=1),
        x0=50 * one,
        step=0.3,
        num_steps=30,
    )
    assert (found.x[:, 0] == 100).all()
    assert found.acceptance[1] > 0.8


def test_outside_of_the_support_no_path_ends():
    def log_p(x):
        return np.where(x[:, 0] > 0, -x[:, 0], -np.inf)

    found = hmc(
        log_density=log_p,
        gradient=lambda x: np.where(x > 0, -1.0, np.nan),
        x0=np.ones((5, 1)),
    )
    assert found.x.min() > 0
    assert 0 < found.acceptance.mean() < 1


def test_a_gradient_has_the_shape_of_the_chains():
    with pytest.raises(ValueError, match=r"shape \(10, 2\), got \(10,\)"):
        hmc(gradient=lambda x: x[:, 0])
    with pytest.raises(ValueError, match=r"gradient.x0. must be finite, got"):
        hmc(gradient=lambda x: x + np.inf)
    with pytest.raises(ValueError, match=r"step must be positive, got -1"):
        hmc(step=-1)


# diagnostics


@given(samples)
def test_autocorrelation_by_its_definition(x):
    x = x + np.arange(7) * 3
    z = x - x.mean()
    expected = [np.sum(z[: 7 - t] * z[t:]) / np.sum(z**2) for t in range(7)]
    assert autocorrelation(x, 6) == pytest.approx(expected, abs=1e-12)
    assert autocorrelation(x, 2) == pytest.approx(expected[:3], abs=1e-12)


def test_lags_are_less_than_draws():
    with pytest.raises(
        ValueError, match=r"num_lags must lie in 0 to 2, got 3"
    ):
        autocorrelation([1, 2, 4], 3)
    assert autocorrelation([1, 2], 1) == pytest.approx([1, -0.5])


@pytest.mark.parametrize("phi", [0.0, 0.5, 0.9, 0.97])
def test_the_effective_size_of_an_autoregression(phi):
    found = effective_sample_size(ar_one(phi, (20_000, 4)))
    expected = 80_000 * (1 - phi) / (1 + phi)
    assert found == pytest.approx(expected, rel=0.1)


def test_chains_that_alternate_are_worth_more():
    x = ar_one(-0.6, (5000, 4))
    found = effective_sample_size(x)
    assert found == pytest.approx(20_000 * 1.6 / 0.4, rel=0.15)
    flip = np.tile([1.0, -1.0], 500) + 1e-6 * rng().normal(size=1000)
    assert effective_sample_size(flip) == pytest.approx(1000 * 3, rel=1e-9)


def test_chains_that_disagree_are_worth_little():
    x = rng().normal(size=(1000, 2)) + np.array([0, 5])
    assert effective_sample_size(x) < 5
    drift = rng().normal(size=1000) + np.linspace(0, 20, 1000)
    assert effective_sample_size(drift) < 10


def stan(x):
    """The estimator, by loops over lags, from the paper's formulas."""
    h = len(x) // 2
    x = np.concatenate([x[:h], x[-h:]], axis=1)
    n, m = x.shape
    means = x.mean(axis=0)
    s2 = x.var(axis=0, ddof=1)
    W = s2.mean()
    B = n * means.var(ddof=1)
    plus = (n - 1) / n * W + B / n
    z = x - means
    rho = [1.0]
    for t in range(1, n):
        c = (z[: n - t] * z[t:]).sum(axis=0) / (n - 1)
        rho.append(1 - (W - c.mean()) / plus)
    total, last = 0.0, np.inf
    for k in range(0, n - 1, 2):
        pair = rho[k] + rho[k + 1]
        if pair < 0:
            break
        last = min(last, pair)
        total += last
    return n * m / (2 * total - 1), np.sqrt(plus / W)


@pytest.mark.parametrize("shape", [(8, 1), (9, 2), (50, 3), (51, 4)])
def test_diagnostics_are_those_of_the_paper(shape):
    for seed in range(5):
        x = ar_one(0.7, shape, seed)
        size, ratio = stan(x)
        top = (len(x) // 2 * 2 * shape[1]) * np.log10(
            len(x) // 2 * 2 * shape[1]
        )
        assert effective_sample_size(x) == pytest.approx(
            min(size, top) if size > 0 else top
        )
        assert r_hat(x) == pytest.approx(ratio)


@given(seeds, st.floats(-100, 100), st.sampled_from([1e-250, -3.0, 1e250]))
def test_diagnostics_have_no_units(seed, shift, factor):
    x = ar_one(0.5, (40, 2), seed)
    for f in (
        effective_sample_size,
        r_hat,
        lambda x: autocorrelation(x[:, 0], 5),
    ):
        expected = f(x)
        assert f(factor * (x + shift)) == pytest.approx(expected, rel=1e-6)
    assert r_hat(factor * x, ranked=True) == pytest.approx(
        r_hat(x, ranked=True)
    )


def test_r_hat_sees_a_chain_elsewhere_and_a_drift():
    good = rng().normal(size=(1000, 4))
    assert r_hat(good) == pytest.approx(1, abs=0.01)
    assert r_hat(good, ranked=True) == pytest.approx(1, abs=0.01)
    assert r_hat(good + np.eye(4)[3]) > 1.05
    assert r_hat(good[:, 0] + np.linspace(0, 2, 1000)) > 1.1


def test_ranks_see_what_means_do_not():
    wide = rng().normal(size=(1000, 4)) * [1, 1, 1, 3]
    assert r_hat(wide) < 1.01
    assert r_hat(wide, ranked=True) > 1.1
    shift = np.array([0, 0, 0, 4])
    far = rng(2).standard_cauchy(size=(1000, 4)) + shift
    assert r_hat(far) < 1.05
    assert r_hat(far, ranked=True) > 1.1


@given(seeds)
@example(4591)  # their distances lie on both sides of a rounded decimal
def test_ranked_r_hat_is_that_of_the_paper(seed):
    x = rng(seed).normal(size=(20, 2)) + np.arange(2)
    halves = np.hstack([x[:10], x[10:]])
    scores = scipy.stats.norm.ppf(
        (scipy.stats.rankdata(halves).reshape(10, 4) - 0.375) / 40.25
    )
    folded = np.abs(halves - np.median(halves))
    folded[folded < np.sort(folded, axis=None)[2]] = 0  # the middle two tie
    folded = scipy.stats.norm.ppf(
        (scipy.stats.rankdata(folded).reshape(10, 4) - 0.375) / 40.25
    )
    expected = []
    for z in (scores, folded):
        W = z.var(axis=0, ddof=1).mean()
        B = 10 * z.mean(axis=0).var(ddof=1)
        expected.append(np.sqrt((0.9 * W + B / 10) / W))
    assert r_hat(x, ranked=True) == pytest.approx(max(expected))


@pytest.mark.parametrize("f", [effective_sample_size, r_hat])
def test_chains_must_move_and_be_long_enough(f):
    x = rng().normal(size=(12, 3))
    x[:, 1] = 0.3
    x[5, 1] = 0.1 + 0.2
    with pytest.raises(
        ValueError, match=r"move, got 12 times 0.3 in column 1"
    ):
        f(x)
    with pytest.raises(ValueError, match=r"at least \d rows, got 3"):
        f(x[:3])
    with pytest.raises(
        ValueError, match=r"\(n,\) or \(n, m\), got \(1, 12, 3"
    ):
        f(x[None])
    with pytest.raises(ValueError, match=r"halves of a chain must move, got"):
        f([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
    for a in (0.1, 1 / 3, 1e8 + 0.1):  # whose variance is not 0
        with pytest.raises(ValueError, match=r"halves of a chain must"):
            f([a] * 20 + [3 * a] * 20)
    assert np.isfinite(f(x[:8, 0]))


@pytest.mark.parametrize("n", [200, 1000])
def test_r_hat_is_far_from_one_for_a_run_that_is_short(n):
    """√(1 + (τ − 1)/n) for halves of n draws, though all is in order."""
    x = ar_one(0.98, (n, 4 * 300)).reshape(n, 300, 4)
    found = np.median([r_hat(x[:, i]) for i in range(300)])
    tau = 1.98 / 0.02
    assert found == pytest.approx(np.sqrt(1 + (tau - 1) / (n / 2)), rel=0.1)


def test_a_ceiling_is_no_measurement():
    """Opposite errors at φ = −0.99 are worth 199 n; it says log₁₀ n."""
    for n in (1000, 10_000):
        found = effective_sample_size(ar_one(-0.99, n)) / n
        assert found == pytest.approx(np.log10(n))


def test_a_chain_far_from_zero_may_move_little():
    x = ar_one(0.5, (40, 2))
    assert r_hat(x * 1e-9 + 1) == pytest.approx(r_hat(x), rel=1e-5)
    far = x + np.array([0, 1e9])
    assert r_hat(far) > 1e6


def test_the_mixture_has_mean_one_and_a_half():
    def log_p(x):
        left = np.log(0.3) - (x[:, 0] + 2) ** 2 / 2
        return np.logaddexp(left, np.log(0.7) - (x[:, 0] - 3) ** 2 / 2)

    x0 = np.linspace(-4, 5, 40)[:, None]
    x = run(random_walk(5.0), 3000, log_p, x0).x[200:, :, 0]
    assert np.mean(x) == pytest.approx(1.5, abs=0.1)
    assert r_hat(x) < 1.01
    stuck = run(random_walk(0.2), 500, log_p, x0).x[200:, :, 0]
    assert r_hat(stuck) > 1.5


# what errors call an argument


def test_a_negative_weight_is_found_behind_a_zero():
    with pytest.raises(ValueError, match=r"weights .* -0.5 at index \(2,\)"):
        weight_size([0.0, 1.0, -0.5])


def test_an_error_names_its_argument():
    walk, one = random_walk(1.0), np.zeros((1, 1))
    cases = {
        "force": lambda: leapfrog(1, [1.0], [1.0], step=1, num_steps=1),
        "log_density": lambda: metropolis_hastings(
            1, one, walk, num_steps=1, rng=rng()
        ),
        "gradient": lambda: hmc(gradient=1),
        "log_target": lambda: triangle(log_target=1),
        "log_proposal": lambda: triangle(log_proposal=1),
        "propose": lambda: triangle(propose=1),
        "draw": lambda: Proposal(1),
        "log_ratio": lambda: Proposal(walk.draw, 1),
        r"conditionals\[0\]": lambda: gibbs([1], one, num_sweeps=1, rng=rng()),
    }
    for name, call in cases.items():
        with pytest.raises(TypeError, match=f"^{name} must be a function"):
            call()


def test_an_error_names_its_number():
    cases = {
        "num_steps": lambda n: run(random_walk(1.0), n),
        "num_steps ": lambda n: hmc(num_steps=n),
        "num_leapfrog": lambda n: hmc(num_leapfrog=n),
        "num_steps  ": lambda n: leapfrog(
            np.negative, [1.0], [1.0], step=1, num_steps=n
        ),
        "num_samples": lambda n: triangle(num_samples=n),
        "max_draws": lambda n: triangle(max_draws=n),
        "num_sweeps": lambda n: gibbs(
            [lambda x, _: x[:, 0]], [[0.0]], num_sweeps=n, rng=rng()
        ),
    }
    for name, call in cases.items():
        with pytest.raises(
            ValueError, match=f"^{name.strip()} must be at least 1, got 0"
        ):
            call(0)
        with pytest.raises(TypeError, match=f"^{name.strip()} must be a"):
            call(1.0)


def test_an_error_names_its_array():
    x, y, nan = [1.0, 2.0, 4.0], [2.0, 0.5, 1.0], [1.0, np.nan, 2.0]
    cases = {
        "values": lambda: monte_carlo(nan),
        "values ": lambda: control_variate(nan, y, 0),
        "control": lambda: control_variate(x, nan, 0),
        "control_mean": lambda: control_variate(x, y, np.nan),
        "log_target": lambda: importance_weights(nan, y),
        "log_proposal": lambda: importance_weights(x, nan),
        "weights": lambda: importance_estimate(x, nan),
        "values  ": lambda: importance_estimate(nan, x),
        "draws": lambda: autocorrelation(nan, 1),
        "draws ": lambda: r_hat([*nan, 3.0]),
        "x0": lambda: run(random_walk(1.0), x0=[nan]),
        "x0 ": lambda: gibbs([], [nan], num_sweeps=1, rng=rng()),
        "step": lambda: random_walk(nan),
        "v": lambda: leapfrog(np.negative, x, nan, step=1, num_steps=1),
        "step ": lambda: leapfrog(np.negative, x, y, step=np.nan, num_steps=1),
        "log_bound": lambda: triangle(log_bound=np.nan),
        "P": lambda: stationary_distribution([[np.nan]]),
        "Q": lambda: metropolis_matrix([0.0], [[np.nan]]),
    }
    for name, call in cases.items():
        with pytest.raises(ValueError, match=f"^{name.strip()} must be"):
            call()
    with pytest.raises(TypeError, match=r"^ranked must be True or False"):
        r_hat([*x, 3.0], ranked=1)
    with pytest.raises(TypeError, match=r"^rng must be a Generator"):
        triangle(rng=0)


def test_jitter_draws_a_step_on_either_side():
    """Where the density is flat a path has the length of step times L."""
    found = hmc(
        log_density=lambda x: 0 * x[:, 0],
        x0=np.zeros((4000, 1)),
        step=0.5,
        num_leapfrog=3,
        num_steps=60,
        jitter=0.4,
    )
    lengths = np.std(np.diff(found.x[..., 0], axis=0), axis=1) / 1.5
    assert 0.57 < lengths.min() < 0.68
    assert 1.32 < lengths.max() < 1.43
    assert found.acceptance.min() == 1


def test_a_bound_that_is_too_low_by_more_than_rounding_is_refused():
    flat = {"log_target": lambda x: np.full(len(x), np.log(1.1))}
    with pytest.raises(ValueError, match="log_bound must be at least"):
        triangle(**flat, log_bound=np.log(1.1) - 1e-9)


def test_an_error_names_what_a_function_returned():
    def nan(x):
        return x.ravel()[: len(x)] * np.nan

    cases = {
        r"log_target\(x\)": lambda: triangle(log_target=nan),
        r"log_proposal\(x\)": lambda: triangle(log_proposal=nan),
        r"log_density\(x\)": lambda: hmc(log_density=nan),
        "a proposal": lambda: triangle(propose=lambda n, _: nan(np.ones(n))),
        "a proposal ": lambda: run(Proposal(lambda x, _: x + np.inf)),
        r"log_ratio\(x, y\)": lambda: run(
            Proposal(lambda x, _: x, lambda x, _: nan(x))
        ),
        "a draw": lambda: gibbs(
            [lambda x, _: nan(x)], [[1.0]], num_sweeps=1, rng=rng()
        ),
        r"force\(x\)": lambda: leapfrog(nan, [1], [1], step=1, num_steps=1),
        r"gradient\(x0\)": lambda: hmc(gradient=lambda x: x * np.nan),
        r"gradient\(x\) ": lambda: hmc(gradient=lambda _: "text"),
        "the path": lambda: leapfrog(
            np.ones_like, [1.0], [1e300], step=1e10, num_steps=1
        ),
        "the momenta": lambda: leapfrog(
            lambda x: 1e308 + 0 * x, [1], [1.7e308], step=0.1, num_steps=1
        ),
        "the estimate": lambda: control_variate(
            [1, 2, 3], [1e-300, 2e-300, 2e-300], HUGE
        ),
    }
    for name, call in cases.items():
        with pytest.raises(
            (ValueError, TypeError), match=rf"^{name.strip()} must be"
        ):
            call()


def test_a_density_that_overflows_is_zero():
    found = run(random_walk(1e200), 5)
    assert (found.x == 0).all()


def test_a_bound_is_refused_with_the_place_and_the_ratio():
    at = np.linspace(0.1, 0.9, 100)
    with pytest.raises(
        ValueError, match=r"got 0\.5 and 0\.50\d+ at x = 0\.82"
    ):
        triangle(propose=lambda _n, _: at, num_samples=1, log_bound=0.5)
    with pytest.raises(ValueError, match=r"at its draws, got x = 0.5\d"):
        triangle(
            propose=lambda _n, _: at,
            num_samples=1,
            log_proposal=lambda x: np.where(x < 0.5, 0.0, -np.inf),
        )
    flat = {"log_target": lambda x: np.full(len(x), 1000.0)}
    for bound in (1000.0, np.nextafter(1000.0, 0)):
        assert triangle(**flat, log_bound=bound).acceptance == 1


def test_proposals_come_in_batches_up_to_the_limit():
    sizes = []

    def propose(n, rng):
        sizes.append(n)
        return rng.random(n)

    never = {"log_target": lambda x: np.full(len(x), -np.inf)}
    with pytest.raises(ConvergenceError, match=r"0 of 3 .* after 250"):
        triangle(**never, propose=propose, num_samples=3, max_draws=250)
    assert sizes == [100, 100, 50]
    sizes.clear()
    flat = {"log_target": lambda x: np.zeros(len(x)), "log_bound": 0.0}
    assert triangle(**flat, propose=propose, num_samples=250).x.size == 250
    assert sizes == [250]


def test_how_many_draws_are_enough():
    x = rng().normal(size=8)
    for f, least in (
        (effective_sample_size, 8),
        (r_hat, 4),
        (lambda x: autocorrelation(x, 0), 2),
    ):
        assert np.isfinite(f(x[:least])).all()
        with pytest.raises(ValueError, match=f"at least {least} rows, got"):
            f(x[: least - 1])
    assert np.isfinite(importance_estimate([1, 2], [1, 2]).std_error)
    assert control_variate([1, 2, 4], [0, 1, 3], 1).std_error >= 0


def test_a_step_is_refused_with_its_value():
    for walk in (random_walk, multiplicative_walk):
        with pytest.raises(ValueError, match=r"positive, got -0\.5"):
            walk([1.0, -0.5])
        with pytest.raises(ValueError, match=r"vector, got shape \(1, 1\)"):
            walk([[1.0]])


def test_what_overflows_in_a_proposal_is_no_warning():
    found = hmc(
        log_density=lambda x: 0 * x[:, 0],
        gradient=lambda x: np.full_like(x, 1e200),
        num_steps=2,
    )
    assert (found.acceptance == 0).all()
    for walk in (random_walk, multiplicative_walk):
        with pytest.raises(ValueError, match=r"a proposal must be finite"):
            run(walk(1.7e308), x0=np.ones((8, 1)))
