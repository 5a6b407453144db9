import itertools
import math
from pathlib import Path

import numpy as np
import pytest
import scipy.integrate
import scipy.optimize
import scipy.stats
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from derivable.probability import (
    ProportionTest,
    benjamini_hochberg,
    beta_bernoulli,
    bias_variance,
    bootstrap,
    confidence_interval,
    correlation,
    covariance,
    credible_interval,
    expectation,
    fisher_information,
    holm,
    log_likelihood,
    mle,
    normal_normal,
    two_proportion_test,
)

samples = arrays(float, 6, elements=st.floats(-5, 5))
HUGE = 1e300
EXERCISES = (
    Path(__file__).parents[2] / "snippets/probability/estimation/exercises"
)


def rng(seed=0):
    return np.random.default_rng(seed)


# moments


def test_a_fair_die_shows_three_and_a_half():
    assert expectation(range(1, 7), np.full(6, 1 / 6)) == pytest.approx(3.5)


def test_an_expectation_weighs_by_probability():
    assert expectation([0, 10], [0.9, 0.1]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("p", "rule"),
    [
        ([0.5, 0.6], "must sum to 1, got the sum 1.1"),
        ([0.5, 0.499], "must sum to 1, got the sum 0.999"),
        ([1.5, -0.5], r"must lie in \[0, 1\], got 1.5 at index \(0,\)"),
        ([1.0], "must have 2 entries, got 1"),
        ([0.2, 0.3, 0.5], "must have 2 entries, got 3"),
    ],
)
def test_probabilities_must_be_some(p, rule):
    with pytest.raises(ValueError, match="probabilities " + rule):
        expectation([1, 2], p)


def test_probabilities_may_be_rounded():
    assert expectation([1] * 10, [0.1] * 10) == pytest.approx(1)
    assert expectation([1, 1], [0.5, 0.5 + 1e-7]) == pytest.approx(1)
    with pytest.raises(ValueError, match=r"sum to 1, got the sum 1\.00001"):
        expectation([1, 1], [0.5, 0.5 + 1e-5])


def test_what_is_impossible_may_be_listed():
    assert expectation([5, 2], [0, 1]) == 2


@given(samples, samples, st.integers(0, 2))
def test_covariance_is_that_of_numpy(x, y, ddof):
    expected = np.cov(x, y, ddof=ddof)[0, 1]
    assert covariance(x, y, ddof=ddof) == pytest.approx(expected, abs=1e-12)


def test_covariance_divides_by_one_less_by_default():
    assert covariance([0, 2], [0, 2]) == 2
    assert covariance([0, 2], [0, 2], ddof=0) == 1


@pytest.mark.parametrize("factor", [1e-150, 1e150])
def test_covariance_has_the_units_of_both(factor):
    x, y = rng().normal(size=(2, 9))
    found = covariance(factor * x, y / factor)
    assert found == pytest.approx(covariance(x, y), rel=1e-12)


def test_a_covariance_far_from_zero_keeps_its_digits():
    rng = np.random.default_rng(0)
    x, y = rng.integers(-99, 99, size=(2, 1000)).astype(float)
    far = covariance(x + 2.0**40, y + 2.0**40)
    assert far == pytest.approx(covariance(x, y), rel=1e-9)


def test_a_covariance_that_float64_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="the covariance must be finite"):
        covariance([0, HUGE], [0, HUGE])


def test_one_pair_has_no_covariance():
    with pytest.raises(ValueError, match="at least 2 entries, got 1"):
        covariance([1], [2])
    assert covariance([1], [2], ddof=0) == 0


def test_pairs_must_be_pairs():
    for f in (covariance, correlation):
        with pytest.raises(ValueError, match=r"shape \(3,\), got \(1,\)"):
            f([1, 2, 3], [1])


@given(samples, samples)
def test_correlation_is_that_of_scipy(x, y):
    x, y = x + np.arange(6) * 11, y - np.arange(6) * 13
    expected = scipy.stats.pearsonr(x, y).statistic
    assert correlation(x, y) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("factor", [HUGE, 1e-300])
def test_correlation_has_no_units(factor):
    x, y = rng().normal(size=(2, 9))
    for a, b in [(factor, 1), (1, factor), (factor, factor)]:
        found = correlation(a * x + a, b * y)
        assert found == pytest.approx(correlation(x, y), rel=1e-12)


def test_a_line_has_correlation_one():
    x = rng().normal(size=50)
    assert correlation(x, 3 * x + 1) == pytest.approx(1)
    assert correlation(x, -x) == pytest.approx(-1)
    for seed in range(20):
        x = rng(seed).normal(size=5)
        assert abs(correlation(x, x / 3)) <= 1


@pytest.mark.parametrize("x", [[0.1] * 3, [0.1 + 0.2, 0.3, 0.3]])
def test_what_does_not_vary_correlates_with_nothing(x):
    with pytest.raises(ValueError, match="x must vary, got 3 times"):
        correlation(x, [1, 2, 3])
    with pytest.raises(ValueError, match="y must vary, got 3 times"):
        correlation([1, 2, 3], x)


def test_a_small_spread_on_a_large_mean_varies():
    x = 1 + np.array([0, 1, 2]) * 2.0**-40
    assert correlation(x, [0, 1, 2]) == pytest.approx(1)


def test_two_pairs_are_needed_for_a_correlation():
    with pytest.raises(ValueError, match="at least 2 entries, got 1"):
        correlation([1], [1])


def test_bias_and_variance_are_those_of_a_sample_of_estimates():
    found = bias_variance([1.0, 3.0], 5.0)
    assert (found.bias, found.variance, found.mse) == (-3, 1, 10)


@given(samples, st.floats(-5, 5))
def test_error_is_bias_squared_plus_variance(estimates, truth):
    found = bias_variance(estimates, truth)
    expected = found.bias**2 + found.variance
    assert found.mse == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("factor", [1e-140, 1e140])
def test_bias_and_variance_scale(factor):
    found = bias_variance(factor * np.array([1, 3]), factor * 5)
    expected = [-3 * factor, factor**2, 10 * factor**2]
    found = [found.bias, found.variance, found.mse]
    assert found == pytest.approx(expected, rel=1e-12)


# likelihood

MADE = {
    "bernoulli": (scipy.stats.bernoulli(0.3), [0.3], scipy.stats.bernoulli),
    "poisson": (scipy.stats.poisson(2.5), [2.5], scipy.stats.poisson),
    "exponential": (scipy.stats.expon(scale=1 / 3), [3.0], None),
    "uniform": (scipy.stats.uniform(0, 4), [4.0], None),
    "gaussian": (scipy.stats.norm(1, 2), [1.0, 2.0], scipy.stats.norm),
    "laplace": (scipy.stats.laplace(1, 2), [1.0, 2.0], scipy.stats.laplace),
}
families = pytest.mark.parametrize("family", MADE)


def drawn(family, size=201):
    return MADE[family][0].rvs(size, random_state=rng(1))


@families
def test_the_log_likelihood_is_that_of_scipy(family):
    made, theta, _ = MADE[family]
    x = drawn(family)
    log_p = made.logpmf if hasattr(made.dist, "logpmf") else made.logpdf
    expected = np.sum(log_p(x))
    assert log_likelihood(x, family, theta) == pytest.approx(expected)


@families
def test_the_estimate_is_what_an_optimizer_finds(family):
    x = drawn(family)
    theta = mle(x, family)

    def surprise(t):
        try:
            return -log_likelihood(x, family, t)
        except ValueError:
            return math.inf

    found = scipy.optimize.minimize(
        surprise,
        np.array(MADE[family][1]) * 1.1,
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-12},
    )
    # a flat top hides half of the digits
    assert found.x == pytest.approx(theta, rel=1e-5)
    assert -log_likelihood(x, family, theta) <= found.fun + 1e-9


@families
def test_the_estimate_is_near_the_truth(family):
    x = drawn(family, 20_001)
    assert mle(x, family) == pytest.approx(MADE[family][1], rel=0.05)


def test_an_even_sample_has_many_medians_and_the_estimate_is_central():
    x = [1, 2, 3, 10]
    median, scale = mle(x, "laplace")
    assert (median, scale) == pytest.approx((2.5, 2.5))
    top = log_likelihood(x, "laplace", [median, scale])
    for m in (2, 2.2, 3):
        same = log_likelihood(x, "laplace", [m, scale])
        assert same == pytest.approx(top, rel=1e-12)
    for m in (1.9, 3.1):
        assert log_likelihood(x, "laplace", [m, scale]) < top - 0.01


def test_the_estimates_are_the_closed_forms():
    assert mle([1, 0, 1, 1], "bernoulli") == pytest.approx([0.75])
    assert mle([1, 0, 5], "poisson") == pytest.approx([2])
    assert mle([1, 3], "exponential") == pytest.approx([0.5])
    assert mle([1, 3], "uniform") == pytest.approx([3])
    assert mle([1, 3], "gaussian") == pytest.approx([2, 1])
    assert mle([1, 3, 11], "laplace") == pytest.approx([3, 10 / 3])


@pytest.mark.parametrize("factor", [1e-200, 1e200])
@pytest.mark.parametrize(
    ("family", "powers"),
    [
        ("exponential", [-1]),
        ("uniform", [1]),
        ("gaussian", [1, 1]),
        ("laplace", [1, 1]),
    ],
)
def test_estimates_change_with_the_unit(family, powers, factor):
    x = drawn(family)
    expected = mle(x, family) * [factor**p for p in powers]
    assert mle(factor * x, family) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("family", "theta", "x"),
    [
        ("bernoulli", [0.0], [0, 0]),
        ("bernoulli", [1.0], [1, 1]),
        ("poisson", [0.0], [0, 0]),
    ],
)
def test_what_must_happen_has_likelihood_one(family, theta, x):
    assert log_likelihood(x, family, theta) == 0
    assert mle(x, family) == pytest.approx(theta)


@pytest.mark.parametrize(
    ("family", "theta", "x"),
    [
        ("bernoulli", [0.0], [0, 1]),
        ("bernoulli", [1.0], [0, 1]),
        ("poisson", [0.0], [0, 1]),
        ("uniform", [1.0], [0.5, 1.5]),
    ],
)
def test_what_cannot_happen_has_likelihood_zero(family, theta, x):
    assert log_likelihood(x, family, theta) == -math.inf


@pytest.mark.parametrize(
    ("family", "x", "rule"),
    [
        ("bernoulli", [0, 2], "x must be 0 or 1, got 2"),
        ("poisson", [0, -2], "x must not be negative, got -2"),
        ("poisson", [0, 0.5], "x must be counts, got 0.5"),
        ("exponential", [-1, 2], "x must not be negative, got -1"),
        ("uniform", [-1, 2], "x must not be negative, got -1"),
        ("gauss", [1, 2], "family must be one of"),
        ("gaussian", [], "x must not be empty"),
        ("gaussian", [[1, 2]], "x must be a vector"),
    ],
)
def test_a_family_makes_only_some_data(family, x, rule):
    for f in (mle, lambda x, family: log_likelihood(x, family, [1.0])):
        with pytest.raises(ValueError, match=rule):
            f(x, family)


@pytest.mark.parametrize(
    ("family", "x", "rule"),
    [
        ("gaussian", [2, 2], "x must vary, got 2 times 2"),
        ("laplace", [2], "x must vary, got 1 times 2"),
        ("exponential", [0, 0], "above 0, got zeros only"),
        ("uniform", [0, 0], "above 0, got zeros only"),
    ],
)
def test_an_unbounded_likelihood_has_no_largest_value(family, x, rule):
    with pytest.raises(ValueError, match=rule):
        mle(x, family)


@pytest.mark.parametrize(
    ("family", "theta", "rule"),
    [
        ("bernoulli", [1.1], r"theta must lie in \[0, 1\], got 1.1"),
        ("bernoulli", [-0.1], r"theta must lie in \[0, 1\], got -0.1"),
        ("poisson", [-1], r"theta\[0\] must not be negative, got -1"),
        ("exponential", [0], r"theta\[0\] must be positive, got 0"),
        ("uniform", [0], r"theta\[0\] must be positive, got 0"),
        ("gaussian", [0, 0], r"theta\[1\] must be positive, got 0"),
        ("laplace", [0, -1], r"theta\[1\] must be positive, got -1"),
        ("gaussian", [1], r"theta must have shape \(2,\), got \(1,\)"),
        ("poisson", [1, 2], r"theta must have shape \(1,\), got \(2,\)"),
    ],
)
def test_parameters_must_be_those_of_the_family(family, theta, rule):
    with pytest.raises(ValueError, match=rule):
        log_likelihood([0, 1], family, theta)


def test_a_density_may_be_too_small_for_a_number():
    found = log_likelihood([1.0], "gaussian", [0, 1e-200])
    assert found == -math.inf


# conjugate updating


def test_successes_and_failures_are_added_to_the_prior():
    assert beta_bernoulli(7, 10) == (8, 4)
    assert beta_bernoulli(7, 10, a=0.5, b=2) == (7.5, 5)
    assert beta_bernoulli(0, 0) == (1, 1)


def test_the_posterior_of_a_share_is_likelihood_times_prior():
    k, n, a, b = 3, 8, 2.5, 1.5
    t = np.linspace(0, 1, 20_001)
    f = t**k * (1 - t) ** (n - k) * scipy.stats.beta(a, b).pdf(t)
    f /= scipy.integrate.trapezoid(f, t)
    posterior = scipy.stats.beta(*beta_bernoulli(k, n, a=a, b=b))
    assert posterior.pdf(t) == pytest.approx(f, abs=1e-4)


def test_half_of_the_data_twice_is_the_data_once():
    a, b = beta_bernoulli(3, 4)
    assert beta_bernoulli(4, 6, a=a, b=b) == beta_bernoulli(7, 10)


@pytest.mark.parametrize(
    ("counts", "prior", "rule"),
    [
        ((-1, 5), {}, "successes must lie in 0 to 5, got -1"),
        ((6, 5), {}, "successes must lie in 0 to 5, got 6"),
        ((0, -1), {}, "trials must not be negative, got -1"),
        ((1, 5), {"a": 0}, "a must be positive, got 0"),
        ((1, 5), {"b": -1}, "b must be positive, got -1"),
    ],
)
def test_counts_and_priors_must_be_proper(counts, prior, rule):
    with pytest.raises(ValueError, match=rule):
        beta_bernoulli(*counts, **prior)


def test_the_posterior_of_a_mean_is_likelihood_times_prior():
    x = rng().normal(1, 2, size=5)
    given = {"sigma": 2.0, "prior_mean": -0.5, "prior_sd": 0.7}
    mean, sd = normal_normal(x, **given)
    t = np.linspace(-6, 6, 20_001)
    f = scipy.stats.norm(-0.5, 0.7).pdf(t)
    for x_i in x:
        f *= scipy.stats.norm(t, 2.0).pdf(x_i)
    f /= scipy.integrate.trapezoid(f, t)
    found = scipy.integrate.trapezoid(t * f, t)
    assert mean == pytest.approx(found, rel=1e-6)
    spread = scipy.integrate.trapezoid((t - found) ** 2 * f, t)
    assert sd == pytest.approx(np.sqrt(spread), rel=1e-6)


def test_data_one_by_one_are_data_at_once():
    x = rng().normal(size=4)
    mean, sd = 0.3, 1.7
    for x_i in x:
        mean, sd = normal_normal([x_i], sigma=2, prior_mean=mean, prior_sd=sd)
    once = normal_normal(x, sigma=2, prior_mean=0.3, prior_sd=1.7)
    assert (mean, sd) == pytest.approx(once)


@pytest.mark.parametrize(
    ("prior_sd", "expected"),
    [
        (1e-300, (5, 1e-300)),
        (1e300, (2, 0.5)),
        (0.5, (3.5, 0.5 / np.sqrt(2))),
    ],
)
def test_the_surer_of_prior_and_data_wins(prior_sd, expected):
    x = [0, 1, 3, 4]
    found = normal_normal(x, sigma=1, prior_mean=5, prior_sd=prior_sd)
    assert found == pytest.approx(expected, rel=1e-12)


def test_spreads_must_be_positive():
    prior = {"prior_mean": 0, "prior_sd": 1}
    with pytest.raises(ValueError, match="sigma must be positive, got 0"):
        normal_normal([1], sigma=0, **prior)
    with pytest.raises(ValueError, match="prior_sd must be positive, got 0"):
        normal_normal([1], sigma=1, prior_mean=0, prior_sd=0)
    with pytest.raises(ValueError, match="x must not be empty"):
        normal_normal([], sigma=1, **prior)


# intervals


@pytest.mark.parametrize("level", [0.5, 0.95, 0.999])
@pytest.mark.parametrize("size", [2, 5, 40])
def test_the_interval_of_a_mean_is_that_of_scipy(size, level):
    x = rng().normal(3, 2, size=size)
    expected = scipy.stats.ttest_1samp(x, 0).confidence_interval(level)
    assert confidence_interval(x, level) == pytest.approx(tuple(expected))


def test_the_usual_level_is_95_percent():
    x = rng().normal(size=9)
    assert confidence_interval(x) == confidence_interval(x, 0.95)
    q = scipy.stats.norm.ppf
    assert credible_interval(q) == credible_interval(q, 0.95)


@pytest.mark.parametrize("factor", [1e-300, 1e300])
def test_an_interval_has_the_units_of_the_data(factor):
    x = rng().normal(size=9)
    expected = factor * np.array(confidence_interval(x))
    found = confidence_interval(factor * x)
    assert found == pytest.approx(tuple(expected), rel=1e-12, abs=0)


@pytest.mark.parametrize("level", [0, 1, -0.5, 1.5, 95])
def test_a_level_lies_between_0_and_1(level):
    for f in (
        lambda: confidence_interval([1, 2], level),
        lambda: credible_interval(lambda p: p, level),
        lambda: holm([0.5], level),
        lambda: benjamini_hochberg([0.5], level),
    ):
        with pytest.raises(ValueError, match=r"level must lie in .*1\), got"):
            f()


@pytest.mark.parametrize(
    ("x", "rule"),
    [
        ([1], "x must have at least 2 entries, got 1"),
        ([2, 2], "x must vary, got 2 times 2"),
        ([], "x must not be empty"),
    ],
)
def test_a_sample_must_show_its_spread(x, rule):
    with pytest.raises(ValueError, match=rule):
        confidence_interval(x)


def test_a_credible_interval_holds_its_level():
    posterior = scipy.stats.beta(8, 4)
    low, high = credible_interval(posterior.ppf, 0.8)
    assert posterior.cdf(low) == pytest.approx(0.1)
    assert posterior.sf(high) == pytest.approx(0.1)
    assert (low, high) == pytest.approx(posterior.interval(0.8))


def test_quantiles_rise():
    with pytest.raises(ValueError, match="quantiles must not fall, got"):
        credible_interval(lambda p: -p)
    assert credible_interval(lambda _: 2.0) == (2, 2)


def test_quantiles_are_finite():
    with pytest.raises(ValueError, match="a quantile must be finite, got"):
        credible_interval(lambda _: np.inf)


def test_the_bootstrap_of_a_mean_has_its_standard_error():
    x = rng().normal(size=60)
    found = bootstrap(x, np.mean, num_resamples=4000, rng=rng(1))
    assert np.std(found) == pytest.approx(np.std(x) / np.sqrt(60), rel=0.05)
    assert np.mean(found) == pytest.approx(np.mean(x), abs=0.01)


def test_the_bootstrap_draws_every_sample_of_the_sample():
    found = bootstrap([0, 1, 10], np.sum, num_resamples=2000, rng=rng())
    sums = {sum(s) for s in itertools.product([0, 1, 10], repeat=3)}
    assert set(found) == sums


def test_rows_are_drawn_as_rows():
    X = np.array([[1, 10], [2, 20], [3, 30]])
    seen = []

    def first(drawn):
        seen.append(drawn)
        return drawn[0, 0]

    bootstrap(X, first, num_resamples=20, rng=rng())
    assert all((s[:, 1] == 10 * s[:, 0]).all() for s in seen)
    assert all(s.shape == (3, 2) for s in seen)


def test_a_thousand_resamples_are_drawn_by_default():
    assert bootstrap([1, 2], np.mean, rng=rng()).shape == (1000,)
    few = bootstrap([1, 2], np.mean, num_resamples=7, rng=rng())
    assert few.shape == (7,)


def test_the_bootstrap_leaves_the_data_alone():
    x = np.arange(4.0)

    def spoil(drawn):
        drawn[:] = 0
        return 0.0

    bootstrap(x, spoil, num_resamples=3, rng=rng())
    assert (x == np.arange(4)).all()


def test_one_observation_shows_no_spread():
    found = bootstrap([5.0], np.mean, num_resamples=9, rng=rng())
    assert (found == 5).all()


@pytest.mark.parametrize(
    ("draws", "low", "high"),
    [
        (lambda: rng(2).normal(3, 1, size=(150, 200)), 0.88, 0.99),
        # mean 3, but no variance: far from the promise of 0.95
        (lambda: 1 + rng(2).pareto(1.5, size=(150, 200)), 0.6, 0.85),
    ],
)
def test_a_bootstrap_of_means_needs_a_variance(draws, low, high):
    hits = 0
    for x in draws():
        means = bootstrap(x, np.mean, num_resamples=200, rng=rng())
        left, right = np.quantile(means, [0.025, 0.975])
        hits += left < 3 < right
    assert low < hits / 150 < high


def test_a_number_is_no_sample():
    with pytest.raises(ValueError, match=r"got the number 2\.0"):
        bootstrap(2.0, np.mean, rng=rng())
    with pytest.raises(ValueError, match="num_resamples must be at least 1"):
        bootstrap([1, 2], np.mean, num_resamples=0, rng=rng())
    with pytest.raises(ValueError, match="the statistic must be finite"):
        bootstrap([1, 2], lambda _: np.inf, num_resamples=2, rng=rng())


# information


@pytest.mark.parametrize("p", [0.1, 0.5, 0.7])
def test_a_throw_tells_most_about_a_coin_near_its_ends(p):
    def log_p(x, theta):
        return np.log(np.where(x == 1, theta, 1 - theta))

    found = fisher_information(log_p, p, [0, 1], [1 - p, p])
    assert found == pytest.approx(1 / (p * (1 - p)), rel=1e-7)


def test_information_without_probabilities_is_that_of_draws():
    def log_p(x, theta):
        return np.log(np.where(x == 1, theta, 1 - theta))

    draws = np.repeat([0, 1], [7, 3])
    right = 1 / (0.3 * 0.7)
    assert fisher_information(log_p, 0.3, draws) == pytest.approx(right)
    listed = fisher_information(log_p, 0.3, [0, 1])  # 0.3 is not 1/2
    assert listed == pytest.approx((1 / 0.3**2 + 1 / 0.7**2) / 2)


def test_draws_stand_for_their_distribution():
    x = rng().normal(1, 2, size=40_000)
    found = fisher_information(lambda x, t: -(((x - t) / 2) ** 2) / 2, 1, x)
    assert found == pytest.approx(1 / 4, rel=0.03)
    same = np.full(40_000, 1 / 40_000)
    assert found == pytest.approx(
        fisher_information(lambda x, t: -(((x - t) / 2) ** 2) / 2, 1, x, same)
    )


def test_the_information_of_a_rate_is_one_over_it():
    rate, k = 2.5, np.arange(60)
    p = scipy.stats.poisson(rate).pmf(k)
    found = fisher_information(
        lambda x, t: scipy.stats.poisson(t).logpmf(x), rate, k, p
    )
    assert found == pytest.approx(1 / rate, rel=1e-7)


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"probabilities": [0.5, 0.6]}, "must sum to 1, got the sum 1.1"),
        ({"log_density": lambda _, t: t}, r"must have shape \(2,\), got"),
        ({"theta": [1, 2]}, "theta must be a scalar"),
        ({"x": [[0, 1]]}, "x must be a vector"),
        (
            {"log_density": lambda x, t: 1e200 * x * t},
            "the information must be finite",
        ),
    ],
)
def test_information_needs_a_density_of_one_parameter(given, rule):
    call = {"log_density": lambda x, t: x * t, "theta": 0.5, "x": [0, 1]}
    with pytest.raises(ValueError, match=rule):
        fisher_information(**{**call, **given})


# tests


def test_two_shares_are_compared_as_a_table_is():
    found = two_proportion_test(30, 200, 50, 220)
    table = [[30, 170], [50, 170]]
    chi2 = scipy.stats.chi2_contingency(table, correction=False)
    assert found.z**2 == pytest.approx(chi2.statistic)
    assert found.p_value == pytest.approx(chi2.pvalue)
    assert found.difference == pytest.approx(50 / 220 - 30 / 200)
    assert found.z > 0


def test_a_worse_b_has_a_negative_z_and_the_same_p_value():
    one, other = (
        two_proportion_test(30, 200, 50, 220),
        two_proportion_test(50, 220, 30, 200),
    )
    assert other.z == pytest.approx(-one.z)
    assert other.p_value == pytest.approx(one.p_value)


@pytest.mark.parametrize(
    ("trials", "least", "most"), [(100, 0.07, 0.09), (100_000, 0.045, 0.055)]
)
def test_each_side_needs_large_counts_not_both_together(trials, least, most):
    """How often p < 0.05, if b is so large that its share is the truth."""
    share, size = 0.01, 10**8
    a = scipy.stats.binom(trials, share)
    k = np.arange(int(a.ppf(1e-9)), int(a.ppf(1 - 1e-9)) + 1)
    p_values = [
        two_proportion_test(n, trials, size // 100, size).p_value
        for n in k.tolist()
    ]
    alarm = np.array(p_values) < 0.05
    assert least < np.sum(a.pmf(k)[alarm]) < most


def test_equal_shares_are_no_surprise():
    assert two_proportion_test(1, 4, 2, 8) == ProportionTest(0, 0, 1)


@pytest.mark.parametrize(
    ("counts", "rule"),
    [
        ((-1, 5, 1, 5), "successes_a must lie in 0 to 5, got -1"),
        ((1, 5, 6, 5), "successes_b must lie in 0 to 5, got 6"),
        ((1, 0, 1, 5), "trials_a must be at least 1, got 0"),
        ((1, 5, 1, 0), "trials_b must be at least 1, got 0"),
        ((0, 5, 0, 7), "successes must not be none or all, got 0 of 12"),
        ((5, 5, 7, 7), "successes must not be none or all, got 12 of 12"),
    ],
)
def test_counts_must_leave_something_to_compare(counts, rule):
    with pytest.raises(ValueError, match=rule):
        two_proportion_test(*counts)


def test_the_smallest_possible_test_runs():
    assert two_proportion_test(1, 1, 0, 1).z == pytest.approx(-np.sqrt(2))


@pytest.mark.parametrize(
    ("counts", "apart"),
    [
        ((120, 1000, 155, 1000), 0),
        ((880, 1000, 845, 1000), 0),
        # few clicks, or few that do not click
        ((0, 1000, 3, 1000), 0.021),
        ((1000, 1000, 997, 1000), 0.021),
        ((0, 10**6, 1, 10**6), 0.091),
    ],
)
def test_half_of_a_p_value_is_near_bayes_for_large_counts(counts, apart):
    a, n_a, b, n_b = counts
    test = two_proportion_test(*counts)
    beta_a = scipy.stats.beta(*beta_bernoulli(a, n_a))
    beta_b = scipy.stats.beta(*beta_bernoulli(b, n_b))
    # P(B > A), by the quantiles of A; 40 000 of them err by 1e-4
    u = (np.arange(40_000) + 0.5) / 40_000
    better = np.mean(beta_b.sf(beta_a.ppf(u)))
    leading = better if test.z > 0 else 1 - better
    assert 1 - test.p_value / 2 - leading == pytest.approx(apart, abs=1e-3)


P = [0.001, 0.012, 0.014, 0.03, 0.6]


def test_holm_steps_down():
    # limits .01, .0125, .0167, .025, .05
    assert holm(P).tolist() == [True, True, True, False, False]
    assert holm([0.02, 0.02]).tolist() == [True, True]
    assert holm([0.03, 0.04]).tolist() == [False, False]
    # one that fails stops those behind it, however well they do
    assert holm([0.001, 0.03, 0.03, 0.0301]).tolist() == [True, *[False] * 3]
    assert holm([0.04, 0.02], 0.04).tolist() == [True, True]


def test_benjamini_hochberg_steps_up():
    # limits .01, .02, .03, .04, .05
    found = benjamini_hochberg(P)
    assert found.tolist() == [True, True, True, True, False]
    # one that passes takes along those before it
    assert benjamini_hochberg([0.04, 0.045]).all()
    assert not benjamini_hochberg([0.051, 0.2]).any()


@given(arrays(float, 7, elements=st.floats(0, 1)), st.floats(0.01, 0.99))
@example(np.append(np.zeros(6), 0.49), 0.49)  # where 7 times 0.49 / 7 is less
def test_benjamini_hochberg_is_that_of_scipy(p, level):
    adjusted = scipy.stats.false_discovery_control(p)
    sure = np.abs(adjusted - level) > 1e-9
    found = benjamini_hochberg(p, level)
    assert (found == (adjusted <= level))[sure].all()
    assert (found >= holm(p, level)).all()


@pytest.mark.parametrize("wrong", [-0.5, 1.5])
def test_the_p_value_that_is_wrong_is_named(wrong):
    for f in (holm, benjamini_hochberg):
        with pytest.raises(ValueError, match=rf"in \[0, 1\], got {wrong}$"):
            f([0.0, 1.0, wrong])


def test_benjamini_hochberg_stays_below_its_level():
    """For independent tests the share is level × the share of nothing."""
    m, real, level, runs = 40, 20, 0.2, 2000
    z = rng().normal(size=(runs, m))
    z[:, :real] += 3
    shares = []
    for p in 2 * scipy.stats.norm.sf(np.abs(z)):
        found = benjamini_hochberg(p, level)
        shares.append(found[real:].sum() / max(found.sum(), 1))
    error = np.std(shares) / np.sqrt(runs)
    expected = level * (m - real) / m
    assert np.mean(shares) == pytest.approx(expected, abs=4 * error)
    assert np.mean(shares) + 4 * error < level


def test_with_nothing_real_the_share_is_all_or_counts_as_none():
    """So its mean is how often something is found."""
    m, level, runs = 10, 0.2, 4000
    p = rng().random((runs, m))
    some = [benjamini_hochberg(row, level).any() for row in p]
    error = math.sqrt(level * (1 - level) / runs)
    assert np.mean(some) == pytest.approx(level, abs=4 * error)


def test_many_tests_that_do_not_reach_their_level_alarm_less():
    """Ten throws of a fair coin, twenty times."""
    p_values = [scipy.stats.binomtest(h, 10).pvalue for h in range(11)]
    chances = scipy.stats.binom(10, 0.5).pmf(range(11))
    each = np.sum(chances[np.array(p_values) <= 0.05])
    assert each == pytest.approx(22 / 1024)
    assert 1 - (1 - each) ** 20 == pytest.approx(0.352, abs=1e-3)


def test_discoveries_stay_in_their_places():
    for f in (holm, benjamini_hochberg):
        assert f([0.9, 1e-5, 0.8]).tolist() == [False, True, False]
        assert f([0.9, 1e-5, 0.8]).dtype == bool


def test_a_p_value_on_the_limit_is_a_discovery():
    for f in (holm, benjamini_hochberg):
        assert f([0.25], 0.25).tolist() == [True]
        assert f([0.0, 1.0], 0.5).tolist() == [True, False]


@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_p_values_are_probabilities(p):
    for f in (holm, benjamini_hochberg):
        with pytest.raises(ValueError, match=rf"lie in \[0, 1\], got {p}"):
            f([0.5, p])


# every argument is called by its name

PRIOR = {"sigma": 1, "prior_mean": 0, "prior_sd": 1}
COUNTS = {
    "successes_a": 1,
    "trials_a": 2,
    "successes_b": 1,
    "trials_b": 2,
}
CALLS = [
    (expectation, {"values": [1], "probabilities": [1]}),
    (covariance, {"x": [1, 2], "y": [1, 2], "ddof": 0}),
    (correlation, {"x": [1, 2], "y": [1, 2]}),
    (bias_variance, {"estimates": [1, 2], "truth": 1}),
    (mle, {"x": [1, 2], "family": "gaussian"}),
    (log_likelihood, {"x": [1], "family": "gaussian", "theta": [0, 1]}),
    (beta_bernoulli, {"successes": 1, "trials": 2, "a": 1, "b": 1}),
    (normal_normal, {"x": [1, 2], **PRIOR}),
    (confidence_interval, {"x": [1, 2], "level": 0.5}),
    (credible_interval, {"quantile": lambda p: p, "level": 0.5}),
    (
        bootstrap,
        {"x": [1], "statistic": np.sum, "num_resamples": 1, "rng": rng()},
    ),
    (
        fisher_information,
        {
            "log_density": lambda x, t: x * t,
            "theta": 1,
            "x": [1],
            "probabilities": [1],
        },
    ),
    (two_proportion_test, COUNTS),
    (holm, {"p_values": [0.5], "level": 0.5}),
    (benjamini_hochberg, {"p_values": [0.5], "level": 0.5}),
]


@pytest.mark.parametrize(
    ("f", "given", "name"),
    [
        pytest.param(f, given, name, id=f"{f.__name__}-{name}")
        for f, given in CALLS
        for name in given
    ],
)
def test_what_is_of_the_wrong_kind_is_named(f, given, name):
    f(**given)
    with pytest.raises((TypeError, ValueError), match=rf"^{name} must "):
        f(**{**given, name: "text"})


# answers that the check of an exercise must refuse

PERMUTED = """
import numpy as np

def permutation_test(x, y, rng, shuffles=999):
    both, count = np.concatenate([x, y]), {start}
    seen = np.mean(y) - np.mean(x)
    side, slack = np.sign(seen), 1e-12 * np.max(np.abs(both))
    for _ in range(shuffles):
        z = {draw}
        found = np.mean(z[len(x):]) - np.mean(z[:len(x)])
        count += {counts}
    return count / (shuffles + 1)
"""
RIGHT = {
    "start": "1",
    "draw": "rng.permutation(both)",
    "counts": "abs(found) >= abs(seen) - slack",
}
INTERVAL = """
import numpy as np
from scipy.stats import norm

from derivable.probability import correlation

def interval(x, y, level, rng, resamples=2000):
    n, found = len(x), []
    for _ in range(resamples):
        i = rng.integers(n, size=n)
        if {used}:
            found.append(correlation(x[i], y[i]))
    return {ends}
"""
VARIED = "np.ptp(x[i]) > 0 and np.ptp(y[i]) > 0"
GAUSSIAN = "np.std(found) * norm.ppf([(1 - level) / 2, (1 + level) / 2])"
MIDDLE = "np.quantile(found, [(1 - level) / 2, (1 + level) / 2])"


def graded(exercise, answer):
    text = (EXERCISES / f"{exercise}.py").read_text(encoding="utf-8")
    cells = text.split("# %% ")
    check = next(c for c in cells if c.startswith("check"))
    names = {}
    exec(answer, names)  # noqa: S102
    exec(check.removeprefix("check"), names)  # noqa: S102


def test_a_right_test_by_shuffling_passes():
    graded("permutation", PERMUTED.format(**RIGHT))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"counts": "side * (found - seen) >= -slack"}, "1, 2, 3 and 4"),
        ({"draw": "rng.choice(both, len(both))"}, "1, 2, 3 and 4, 5, 6"),
        ({"start": "0"}, "what no shuffle reaches"),
        ({"counts": "abs(found) >= abs(seen)"}, "equal groups in units"),
        (
            {"counts": "abs(found) >= abs(seen) * (1 - 1e-12)"},
            r"equal groups in units of 0\.1",
        ),
        ({"counts": "abs(found) >= abs(seen) - 1e-9"}, "in units of 1e-20"),
    ],
)
def test_a_wrong_test_by_shuffling_is_refused(wrong, why):
    with pytest.raises(AssertionError, match=why):
        graded("permutation", PERMUTED.format(**{**RIGHT, **wrong}))


def test_the_middle_of_bootstrapped_correlations_passes():
    graded("pairs", INTERVAL.format(used=VARIED, ends=MIDDLE))


@pytest.mark.parametrize(
    ("used", "ends", "why"),
    [
        (VARIED, "np.quantile(found, [1 - level, level])", "at level 0.5"),
        (VARIED, f"2 * correlation(x, y) - {MIDDLE}[::-1]", "exceeds 1"),
        (VARIED, f"correlation(x, y) + {GAUSSIAN}", "exceeds 1"),
        ("True", MIDDLE, "x must vary"),
    ],
)
def test_other_ends_than_those_of_the_middle_are_refused(used, ends, why):
    with pytest.raises((AssertionError, ValueError), match=why):
        graded("pairs", INTERVAL.format(used=used, ends=ends))
