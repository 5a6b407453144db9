import dataclasses

import mpmath
import numpy as np
import pytest
import scipy.integrate
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from derivable.calculus import relu
from derivable.probability import (
    Bernoulli,
    Binomial,
    Categorical,
    Exponential,
    MultivariateNormal,
    Normal,
    Poisson,
    Uniform,
    box_muller,
    glorot_std,
    he_std,
    inverse_transform,
    kolmogorov_distance,
    normal_gap,
    signal_scales,
    transformed_pdf,
)

CLOUD = MultivariateNormal([0, 0], np.eye(2))
WEIGHTS = np.array([0.1, 0.0, 0.45, 0.25, 0.2])
COUNTED = {
    "bernoulli": (Bernoulli(0.3), scipy.stats.bernoulli(0.3)),
    "certain": (Bernoulli(1.0), scipy.stats.bernoulli(1.0)),
    "binomial": (Binomial(12, 0.35), scipy.stats.binom(12, 0.35)),
    "never": (Binomial(4, 0.0), scipy.stats.binom(4, 0.0)),
    "always": (Binomial(4, 1.0), scipy.stats.binom(4, 1.0)),
    "one": (Binomial(1, 0.2), scipy.stats.binom(1, 0.2)),
    "wide": (Binomial(5000, 0.01), scipy.stats.binom(5000, 0.01)),
    "categorical": (
        Categorical(WEIGHTS),
        scipy.stats.rv_discrete(values=(np.arange(5), WEIGHTS)),
    ),
    "rare": (Poisson(0.2), scipy.stats.poisson(0.2)),
    "poisson": (Poisson(3.5), scipy.stats.poisson(3.5)),
    "many": (Poisson(400.0), scipy.stats.poisson(400)),
}
DENSE = {
    "uniform": (Uniform(-1, 3), scipy.stats.uniform(-1, 4)),
    "standard uniform": (Uniform(), scipy.stats.uniform()),
    "exponential": (Exponential(2.5), scipy.stats.expon(scale=0.4)),
    "one a unit": (Exponential(), scipy.stats.expon()),
    "normal": (Normal(1.5, 0.5), scipy.stats.norm(1.5, 0.5)),
    "standard normal": (Normal(), scipy.stats.norm()),
}
ALL = {**COUNTED, **DENSE}
LEVELS = np.array([0.001, 0.07, 0.31, 0.5, 0.77, 0.93, 0.999])

counted = pytest.mark.parametrize("name", COUNTED)
dense = pytest.mark.parametrize("name", DENSE)
everyone = pytest.mark.parametrize("name", ALL)


def around(theirs):
    """Whole numbers and halves around where the mass is."""
    low, high = theirs.ppf(1e-9), theirs.ppf(1 - 1e-9)
    return np.arange(low - 2, high + 2.5, 0.5)


# Against SciPy


@counted
def test_a_pmf_is_that_of_scipy_also_between_the_counts(name):
    ours, theirs = COUNTED[name]
    x = around(theirs)
    np.testing.assert_allclose(ours.pmf(x), theirs.pmf(x), rtol=1e-10)
    with np.errstate(divide="ignore"):
        expected = theirs.logpmf(x)
    np.testing.assert_allclose(ours.log_pmf(x), expected, rtol=1e-10)


@dense
def test_a_pdf_is_that_of_scipy(name):
    ours, theirs = DENSE[name]
    x = np.linspace(theirs.ppf(1e-9) - 1, theirs.ppf(1 - 1e-9) + 1, 57)
    np.testing.assert_allclose(ours.pdf(x), theirs.pdf(x), rtol=1e-10)
    np.testing.assert_allclose(ours.log_pdf(x), theirs.logpdf(x), rtol=1e-10)


@everyone
def test_a_cdf_is_that_of_scipy(name):
    ours, theirs = ALL[name]
    x = around(theirs)
    np.testing.assert_allclose(ours.cdf(x), theirs.cdf(x), rtol=1e-9)


@everyone
@pytest.mark.parametrize("few", [True, False])
def test_a_quantile_is_that_of_scipy(name, few):
    ours, theirs = ALL[name]
    found = (
        [ours.quantile(u) for u in LEVELS]  # by halving, one at a time
        if few
        else ours.quantile(np.tile(LEVELS, 1000))[: len(LEVELS)]  # by table
    )
    np.testing.assert_allclose(found, theirs.ppf(LEVELS), rtol=1e-9)


@everyone
def test_mean_and_variance_are_those_of_scipy(name):
    ours, theirs = ALL[name]
    assert ours.mean == pytest.approx(theirs.mean(), rel=1e-12)
    assert ours.variance == pytest.approx(theirs.var(), rel=1e-12)


@counted
def test_probabilities_add_to_one(name):
    ours, theirs = COUNTED[name]
    x = np.arange(theirs.ppf(1 - 1e-13) + 2)
    assert ours.pmf(x).sum() == pytest.approx(1, abs=1e-12)


@dense
def test_a_density_integrates_to_its_cdf(name):
    ours, theirs = DENSE[name]
    a, b = theirs.ppf(0.1), theirs.ppf(0.7)
    area = scipy.integrate.quad(ours.pdf, a, b)[0]
    assert area == pytest.approx(ours.cdf(b) - ours.cdf(a), rel=1e-10)


# Samples


@everyone
def test_a_sample_has_the_distribution(name):
    ours, theirs = ALL[name]
    x = ours.sample(np.random.default_rng(1), 20_000)
    grid = np.unique(theirs.ppf(np.linspace(0.02, 0.98, 25)))
    share = np.mean(x[:, None] <= grid, axis=0)
    # Kolmogorov: 2/√n is passed once in 1500 times.
    assert np.max(np.abs(share - theirs.cdf(grid))) < 2 / np.sqrt(len(x))


@everyone
def test_a_sample_has_the_shape_that_is_asked_for(name):
    ours, _ = ALL[name]
    rng = np.random.default_rng(0)
    assert np.shape(ours.sample(rng)) == ()
    assert ours.sample(rng, 3).shape == (3,)
    assert ours.sample(rng, (2, 3)).shape == (2, 3)
    assert ours.sample(rng, 0).shape == (0,)
    kind = np.int64 if name in COUNTED else np.float64
    assert ours.sample(rng, 5).dtype == kind


@everyone
def test_the_same_seed_gives_the_same_sample(name):
    ours, _ = ALL[name]
    first, again = (ours.sample(np.random.default_rng(5), 7) for _ in "ab")
    np.testing.assert_array_equal(first, again)
    other = ours.sample(np.random.default_rng(6), 70)
    if ours.variance > 0:
        assert np.std(other) > 0


def test_an_odd_number_of_normal_draws_is_no_repetition():
    z = Normal().sample(np.random.default_rng(0), 9)
    assert len(np.unique(z)) == 9


# Edges


def test_a_quantile_ends_where_the_support_ends():
    np.testing.assert_array_equal(Poisson(2).quantile([0, 1]), [0, np.inf])
    np.testing.assert_array_equal(Exponential().quantile([0, 1]), [0, np.inf])
    np.testing.assert_array_equal(Normal().quantile([0, 1]), [-np.inf, np.inf])
    np.testing.assert_array_equal(Uniform(2, 5).quantile([0, 1]), [2, 5])
    np.testing.assert_array_equal(Binomial(7, 0.2).quantile([0, 1]), [0, 7])
    np.testing.assert_array_equal(Bernoulli(0.2).quantile([0, 1]), [0, 1])
    # The smallest count whose cdf is at least 0, even where that cdf is 0.
    assert Binomial(4, 1.0).quantile(0) == 0
    assert Categorical([0.0, 1.0]).quantile(0) == 0
    np.testing.assert_array_equal(Categorical([1.0, 0.0]).quantile(1), 0)


def test_a_uniform_has_density_at_both_ends_and_none_beyond():
    np.testing.assert_allclose(
        Uniform(1, 3).pdf([0.99, 1, 3, 3.01]), [0, 0.5, 0.5, 0]
    )


def test_an_exponential_has_its_full_density_at_zero():
    np.testing.assert_allclose(Exponential(3).pdf([-1e-9, 0]), [0, 3])
    np.testing.assert_allclose(Exponential(3).cdf([-1e-9, 0]), 0)


def test_a_quantile_is_not_moved_by_rounding():
    three_tenths = Categorical([0.7, 0.1, 0.2])
    assert three_tenths.quantile(0.8) == 1  # 0.7 + 0.1 < 0.8 in floats
    assert Bernoulli(0.9).quantile(0.1) == 0  # 1 − 0.9 < 0.1 in floats


@given(st.integers(1, 40), st.floats(0.01, 0.99), st.integers(0, 10_000))
def test_the_quantile_of_the_cdf_is_the_count(n, p, seed):
    own = Binomial(n, p)
    k = int(own.sample(np.random.default_rng(seed)))
    assert own.quantile(own.cdf(k)) == k


def test_no_probability_beyond_the_support_is_an_infinite_logarithm():
    assert Binomial(3, 0.5).log_pmf(4) == -np.inf
    assert Bernoulli(1.0).log_pmf(0) == -np.inf
    assert Categorical([0.0, 1.0]).log_pmf([-1, 0, 2]).max() == -np.inf
    alone = Categorical([1.0]).log_pmf([-1, 0, 1, 0.5])
    np.testing.assert_array_equal(alone, [-np.inf, 0, -np.inf, -np.inf])
    assert Poisson(1.0).log_pmf(-1) == -np.inf
    assert Exponential().log_pdf(-1) == Uniform().log_pdf(2) == -np.inf


def test_no_trials_give_no_ones():
    none = Binomial(0, 0.3)
    np.testing.assert_array_equal(none.pmf([-1, 0, 1]), [0, 1, 0])
    np.testing.assert_array_equal(none.cdf([-1, 0, 1]), [0, 1, 1])
    assert none.quantile(0.7) == none.mean == none.variance == 0


def test_a_scalar_gives_a_scalar_and_an_array_its_shape():
    x = np.ones((2, 3))
    for own, _ in ALL.values():
        log = own.log_pmf if hasattr(own, "log_pmf") else own.log_pdf
        for f in (log, own.cdf, lambda u, own=own: own.quantile(u / 2)):
            assert np.ndim(f(1.0)) == 0
            assert np.shape(f(x)) == (2, 3)


def test_numbers_of_categories_may_be_whole_numbers_of_any_kind():
    own = Categorical([0.25, 0.75])
    np.testing.assert_allclose(own.pmf(np.array([0, 1], np.int8)), own.p)


# Precision


def test_log_probabilities_of_large_counts_keep_their_digits():
    n, p = 10**12, 0.3
    k = int(n * p) + np.array([-2_000_000, 0, 1_000_000])
    mpmath.mp.dps = 50
    q = mpmath.mpf(p)
    exact = [
        mpmath.loggamma(n + 1)
        - mpmath.loggamma(j + 1)
        - mpmath.loggamma(n - j + 1)
        + j * mpmath.log(q)
        + (n - j) * mpmath.log(1 - q)
        for j in map(int, k)
    ]
    found = Binomial(n, p).log_pmf(k)
    np.testing.assert_allclose(found, np.array(exact, float), atol=1e-8)
    assert Poisson(1e12).log_pmf(1e12) == pytest.approx(
        -np.log(2 * np.pi * 1e12) / 2, rel=1e-12
    )


@given(st.integers(2, 300), st.floats(1e-9, 1 - 1e-9), st.floats(0, 1))
def test_log_probabilities_are_those_of_exact_arithmetic(n, p, share):
    k = round(share * n)
    mpmath.mp.dps = 40
    q = mpmath.mpf(p)
    exact = mpmath.log(mpmath.binomial(n, k) * q**k * (1 - q) ** (n - k))
    # p holds 53 bits, so p n is known to about k ε and the slope of it.
    assert Binomial(n, p).log_pmf(k) == pytest.approx(
        float(exact), rel=1e-12, abs=1e-11
    )
    lam = n * p
    exact = k * mpmath.log(mpmath.mpf(lam)) - lam - mpmath.loggamma(k + 1)
    assert Poisson(lam).log_pmf(k) == pytest.approx(
        float(exact), rel=1e-12, abs=1e-11
    )


def test_far_tails_keep_their_digits():
    mpmath.mp.dps = 30
    for z in (-9.0, -30.0):
        exact = float(mpmath.ncdf(z))
        assert Normal().cdf(z) == pytest.approx(exact, rel=1e-12)
    assert Exponential(1).cdf(1e-20) == pytest.approx(1e-20)
    assert Exponential(2).quantile(1e-20) == pytest.approx(5e-21)
    assert Normal(0, 1e-3).log_pdf(1) == pytest.approx(
        -5e5 + np.log(1e3) - np.log(2 * np.pi) / 2
    )
    assert Bernoulli(1e-20).log_pmf(0) == pytest.approx(-1e-20)
    assert Binomial(10**9, 1e-9).cdf(0) == pytest.approx(np.exp(-1), 1e-9)


def test_log_densities_do_not_underflow():
    assert Normal().log_pdf(100) == pytest.approx(
        -5000 - np.log(2 * np.pi) / 2
    )
    assert Poisson(1e-300).log_pmf(3) == pytest.approx(
        3 * np.log(1e-300) - np.log(6), rel=1e-12
    )
    cloud = MultivariateNormal(np.zeros(400), np.eye(400))
    assert cloud.log_pdf(np.zeros(400)) == pytest.approx(
        -200 * np.log(2 * np.pi)
    )


# Random numbers from uniform ones


def test_box_muller_gives_radius_and_direction():
    u, v = np.random.default_rng(0).uniform(size=(2, 3, 4))
    z1, z2 = box_muller(u, v)
    np.testing.assert_allclose(np.exp(-(z1**2 + z2**2) / 2), u)
    np.testing.assert_allclose(np.arctan2(z2, z1) % (2 * np.pi), 2 * np.pi * v)


def test_box_muller_gives_two_independent_standard_normal_numbers():
    z1, z2 = box_muller(*np.random.default_rng(0).uniform(size=(2, 20_000)))
    for z in (z1, z2, (z1 + z2) / np.sqrt(2), (z1 - z2) / np.sqrt(2)):
        assert scipy.stats.kstest(z, "norm").statistic < 2 / np.sqrt(20_000)
    assert abs(np.mean(z1**2 * z2**2) - 1) < 5 * np.sqrt(8 / 20_000)


def test_box_muller_takes_both_ends():
    z1, z2 = box_muller([1.0, 1.0], [0.0, 1.0])
    np.testing.assert_array_equal(np.abs([*z1, *z2]), 0)


def test_an_inverse_transform_is_the_quantile_of_uniform_numbers():
    x = inverse_transform(np.sqrt, np.random.default_rng(3), (50, 40))
    assert x.shape == (50, 40)
    u = np.random.default_rng(3).random((50, 40))
    np.testing.assert_allclose(x, np.sqrt(u))
    assert inverse_transform(np.sqrt, np.random.default_rng(3)).shape == ()


class AlwaysZero(np.random.Generator):
    """The one draw in 2⁵³ that would ask for a logarithm of 0."""

    def random(self, size=None):
        return np.zeros(size)


def test_no_uniform_number_is_exactly_zero():
    rng = AlwaysZero(np.random.PCG64(0))
    assert np.isfinite(inverse_transform(np.log, rng, 2)).all()
    assert np.isfinite(Normal().sample(rng, 2)).all()


# Change of variables


@pytest.mark.parametrize("y", [0.3, 1.0, 4.0])
def test_the_exponential_of_a_normal_number_is_lognormal(y):
    found = transformed_pdf(Normal(0.5, 2).pdf, np.log, y)
    expected = scipy.stats.lognorm(2, scale=np.exp(0.5)).pdf(y)
    assert found == pytest.approx(expected, rel=1e-8)


def test_a_linear_map_of_a_cloud_is_a_cloud():
    rng = np.random.default_rng(2)
    A, m, y = rng.normal(size=(3, 3)), *rng.normal(size=(2, 3))
    start = MultivariateNormal(np.zeros(3), np.eye(3))
    found = transformed_pdf(start.pdf, lambda y: np.linalg.solve(A, y - m), y)
    expected = scipy.stats.multivariate_normal(m, A @ A.T).pdf(y)
    assert found == pytest.approx(expected, rel=1e-7)


def test_a_falling_map_keeps_a_density_positive():
    found = transformed_pdf(Exponential(2).pdf, lambda y: -y, -1.0)
    assert found == pytest.approx(2 * np.exp(-2))


def test_where_the_inverse_has_no_slope_no_density_is_made_up():
    # X³ has an infinite density at 0, where its own slope is 0.
    with pytest.raises(ValueError, match="inverse must have a slope at y"):
        transformed_pdf(Normal().pdf, np.cbrt, 0.0)
    with pytest.raises(ValueError, match="inverse must have a slope at y"):
        transformed_pdf(
            MultivariateNormal([0, 0], np.eye(2)).pdf,
            lambda y: np.array([y[0] + y[1], np.cbrt(y[1])]),
            [0.3, 0.0],
        )
    # The cube root of X has the density 3 y² φ(y³), which is 0 there.
    found = transformed_pdf(Normal().pdf, lambda y: y**3, 0.0)
    assert found == pytest.approx(0, abs=1e-9)


def test_at_a_kink_of_the_inverse_no_density_is_made_up():
    def leaky(y):
        return np.where(y > 0, y, y / 0.1)

    pair = MultivariateNormal([0, 0], np.eye(2)).pdf
    for pdf, inverse, y in [
        (Normal().pdf, leaky, 0.0),
        (Normal().pdf, lambda y: leaky(-y), 0.0),
        (Normal().pdf, np.abs, 0.0),
        (Normal().pdf, lambda y: leaky(y - 300), 300.0),
        (pair, leaky, [0.0, 1.0]),
        (pair, leaky, [1.0, 0.0]),
        (pair, np.abs, [0.0, 0.0]),  # |det J| is 1 in every quadrant
    ]:
        with pytest.raises(ValueError, match="a slope at y, got two"):
            transformed_pdf(pdf, inverse, y)


@pytest.mark.parametrize("y", [-1.0, -1e-3, 1e-3, 1.0])
def test_beside_its_kink_a_leaky_unit_has_a_density(y):
    found = transformed_pdf(
        Normal().pdf, lambda y: np.where(y > 0, y, y / 0.1), y
    )
    slope = 1 if y > 0 else 10
    expected = slope * Normal().pdf(y * slope)
    assert found == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize(
    ("inverse", "slope", "y"),
    [
        (lambda y: np.exp(5000 * (y - 1)), 5000.0, 1.0),  # bent, no kink
        (lambda y: np.log(y / 1e-5), 1e5, 1e-5),
        (lambda y: np.log(y / 1e5), 1e-5, 1e5),
    ],
)
def test_a_steep_bend_is_no_kink(inverse, slope, y):
    found = transformed_pdf(Normal().pdf, inverse, y)
    assert found == pytest.approx(slope * Normal().pdf(inverse(y)), rel=1e-3)


def test_a_linear_map_may_be_as_narrow_as_it_likes():
    for slope in (1e-12, 1e12):
        found = transformed_pdf(Normal().pdf, lambda y, a=slope: a * y, 0.0)
        assert found == pytest.approx(slope * Normal().pdf(0), rel=1e-9)


# Gaussian clouds


def cloud(seed, d):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(d, d + 2))
    units = 10.0 ** rng.integers(-6, 7, size=d)
    m = units * rng.normal(size=d)
    return MultivariateNormal(m, units[:, None] * (A @ A.T) * units), units


seeds = st.integers(0, 10_000)


@settings(max_examples=40)
@given(seeds, st.integers(1, 5))
def test_a_cloud_has_the_density_of_scipy_in_any_units(seed, d):
    own, units = cloud(seed, d)
    x = own.mean + units * np.random.default_rng(seed).normal(size=(2, 3, d))
    scaled = scipy.stats.multivariate_normal(
        own.mean / units, own.covariance / units[:, None] / units
    )
    expected = scaled.logpdf(x / units) - np.log(units).sum()
    np.testing.assert_allclose(own.log_pdf(x), expected, rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(own.pdf(x), np.exp(own.log_pdf(x)))


@settings(max_examples=40)
@given(seeds, st.integers(2, 5))
def test_a_density_is_a_marginal_times_a_conditional(seed, d):
    own, units = cloud(seed, d)
    rng = np.random.default_rng(seed)
    x = own.mean + units * rng.normal(size=d)
    b = rng.permutation(d)[: rng.integers(1, d)]
    a = np.setdiff1d(np.arange(d), b)
    log = own.marginal(b).log_pdf(x[b])
    log = log + own.conditional(b, x[b]).log_pdf(x[a])
    assert log == pytest.approx(own.log_pdf(x), rel=1e-6, abs=1e-6)


def test_a_conditional_is_the_regression_on_what_is_known():
    own, _ = cloud(3, 4)
    S = own.covariance
    found = own.conditional([3, 1], [0.5, -0.2])
    b, a = [3, 1], [0, 2]
    B = S[np.ix_(a, b)] @ np.linalg.inv(S[np.ix_(b, b)])
    np.testing.assert_allclose(
        found.mean, own.mean[a] + B @ ([0.5, -0.2] - own.mean[b]), rtol=1e-8
    )
    np.testing.assert_allclose(
        found.covariance, S[np.ix_(a, a)] - B @ S[np.ix_(b, a)], rtol=1e-8
    )


def test_a_marginal_keeps_the_order_that_is_asked_for():
    own, _ = cloud(1, 3)
    found = own.marginal([2, 0])
    np.testing.assert_array_equal(found.mean, own.mean[[2, 0]])
    np.testing.assert_array_equal(
        found.covariance, own.covariance[np.ix_([2, 0], [2, 0])]
    )


def test_the_mahalanobis_distance_counts_standard_deviations():
    own = MultivariateNormal([1, 2], np.diag([4, 9]))
    np.testing.assert_allclose(own.mahalanobis([[3, 2], [1, 5]]), 1)
    own, _ = cloud(5, 4)
    x = own.mean + own.factor @ np.array([3.0, 0, 4, 0])
    assert own.mahalanobis(x) == pytest.approx(5)


def test_off_the_axes_a_point_is_farther_than_its_standard_deviations():
    body = MultivariateNormal([175, 75], [[49, 42], [42, 100]])
    S = body.covariance
    axes = np.linalg.eigh(S)[1].T
    for v in (*axes, np.array([1.0, 0.0]), np.array([0.6, -0.8])):
        std = np.sqrt(v @ S @ v)  # of the entry along v
        found = body.mahalanobis(body.mean + 2 * std * v)
        if any(abs(v @ axis) > 0.999 for axis in axes):
            assert found == pytest.approx(2)
        else:
            assert found > 2.1
    assert body.mahalanobis([189, 75]) == pytest.approx(2.5)


def test_what_is_known_lowers_variances_but_may_raise_covariances():
    # The third entry is the sum of the others and of noise.
    S = np.array([[1, 0, 1], [0, 1, 1], [1, 1, 3.0]])
    known = MultivariateNormal(np.zeros(3), S).conditional([2], [0.7])
    np.testing.assert_allclose(
        known.covariance, np.array([[2, -1], [-1, 2]]) / 3
    )


@settings(max_examples=40)
@given(seeds, st.integers(2, 5))
def test_no_variance_grows_by_knowing_more(seed, d):
    own, _ = cloud(seed, d)
    known = own.conditional([d - 1], [own.mean[-1]])
    assert np.all(known.variance <= own.variance[:-1] * (1 + 1e-9))


def test_the_mahalanobis_distance_reaches_over_all_floats():
    own = MultivariateNormal([0, 0], np.diag([1e-200, 1e200]))
    assert own.mahalanobis([1e-100, 1e100]) == pytest.approx(np.sqrt(2))
    wide = MultivariateNormal([-1.6e308, 0], 1e300 * np.eye(2))
    assert wide.mahalanobis([1.6e308, 0]) == pytest.approx(3.2e158)
    assert own.log_pdf([1e300, 0]) == -np.inf


def test_the_factor_is_a_root_of_the_covariance():
    own, _ = cloud(8, 4)
    L = own.factor
    np.testing.assert_allclose(L @ L.T, own.covariance, rtol=1e-9)
    np.testing.assert_array_equal(L, np.tril(L))
    np.testing.assert_allclose(own.std**2, own.variance)
    np.testing.assert_allclose(own.variance, np.diag(own.covariance))


def test_samples_of_a_cloud_have_its_mean_and_covariance():
    own = MultivariateNormal([1, -2], [[2, 0.9], [0.9, 1]])
    x = own.sample(np.random.default_rng(0), 40_000)
    assert x.shape == (40_000, 2)
    np.testing.assert_allclose(x.mean(axis=0), own.mean, atol=0.03)
    np.testing.assert_allclose(np.cov(x.T), own.covariance, atol=0.05)
    squares = own.mahalanobis(x) ** 2
    assert scipy.stats.kstest(squares, "chi2", (2,)).statistic < 0.01
    assert own.sample(np.random.default_rng(0)).shape == (2,)
    assert own.sample(np.random.default_rng(0), (3, 4)).shape == (3, 4, 2)


def test_units_do_not_make_a_covariance_degenerate():
    MultivariateNormal([0, 0], np.diag([1e-250, 1e250]))
    with pytest.raises(ValueError, match="positive definite"):
        MultivariateNormal([0, 0], [[1e-250, 1.0], [1.0, 1e250]])


# What nobody may change


@pytest.mark.parametrize("own", [*(own for own, _ in ALL.values()), CLOUD])
def test_parameters_are_frozen(own):
    for field in dataclasses.fields(own):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(own, field.name, 2)


def test_a_cloud_is_shown_by_its_mean_and_covariance():
    shown = repr(CLOUD)
    assert "mean=" in shown
    assert "covariance=" in shown
    assert "std=" not in shown
    assert "_factor" not in shown


def test_arrays_of_parameters_are_frozen():
    for values in (Categorical([0.5, 0.5]).p, cloud(0, 2)[0].covariance):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 3


def test_the_arrays_of_the_caller_stay_their_own():
    p = np.array([0.25, 0.25])
    p[1] = 0.75
    own = Categorical(p)
    p[0] = 0.9
    assert own.p[0] == 0.25
    assert p.flags.writeable


def test_almost_normalised_probabilities_are_normalised():
    p = np.array([0.1, 0.2, 0.7], np.float32)
    own = Categorical(p)
    assert own.p.sum() == pytest.approx(1, abs=1e-15)
    np.testing.assert_allclose(own.p, p, rtol=1e-6)
    logits = np.random.default_rng(0).normal(size=30_000).astype(np.float32)
    e = np.exp(logits - logits.max())
    Categorical(e / e.sum(dtype=np.float32))


# Limits


def test_the_kolmogorov_distance_is_that_of_scipy():
    x = np.random.default_rng(0).normal(0.3, size=(5, 40))
    expected = scipy.stats.kstest(x.ravel(), "norm").statistic
    found = kolmogorov_distance(x, Normal().cdf)
    assert found == pytest.approx(expected, rel=1e-12)
    assert kolmogorov_distance([0.5], lambda x: x) == 0.5
    assert kolmogorov_distance([0.1], lambda x: x) == pytest.approx(0.9)


@pytest.mark.parametrize(
    "own", [Bernoulli(0.5), Binomial(6, 0.3), Poisson(4), Categorical(WEIGHTS)]
)
def test_the_kolmogorov_distance_looks_on_both_sides_of_a_step(own):
    x = own.sample(np.random.default_rng(0), 2000)
    k = np.arange(40)
    share = np.mean(x[:, None] <= k, axis=0)
    expected = np.max(np.abs(share - own.cdf(k)))  # both change at k alone
    assert kolmogorov_distance(x, own.cdf) == pytest.approx(expected)
    assert kolmogorov_distance(x + 0.5, own.cdf) == pytest.approx(
        np.max(np.abs(np.append(0, share[:-1]) - own.cdf(k)))
    )
    assert expected < 2 / np.sqrt(2000)


def test_the_kolmogorov_distance_takes_the_smallest_float():
    least = np.finfo(float).min
    assert kolmogorov_distance([least], lambda x: 0 * x) == 1


@pytest.mark.parametrize(("n", "p"), [(1, 0.5), (7, 0.2), (40, 0.9)])
def test_the_gap_to_the_normal_is_found_from_either_side_of_a_step(n, p):
    theirs = scipy.stats.binom(n, p)
    x = np.arange(-1, n + 1)[:, None] + np.array([0, 1 - 1e-10])
    normal = scipy.stats.norm(theirs.mean(), theirs.std())
    expected = np.max(np.abs(theirs.cdf(x) - normal.cdf(x)))
    assert normal_gap(n, p) == pytest.approx(expected, abs=1e-9)


def test_the_gap_to_the_normal_falls_as_one_over_root_n():
    n = np.array([10, 100, 1000, 10_000])
    for p in (0.5, 0.1):
        gaps = [normal_gap(int(k), p) for k in n]
        slope = np.polyfit(np.log(n), np.log(gaps), 1)[0]
        assert slope == pytest.approx(-0.5, abs=0.03)


# Initialisation


def test_the_usual_initialisations():
    assert glorot_std(256, 128) == pytest.approx(np.sqrt(2 / 384))
    assert glorot_std(128, 1) == pytest.approx(np.sqrt(2 / 129))
    assert he_std(50) == pytest.approx(0.2)


def test_signals_survive_under_he_and_die_under_glorot_behind_relu():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(64, 256))
    kept = signal_scales(X, he_std(256), depth=30, activation=relu, rng=rng)
    lost = signal_scales(
        X, glorot_std(256, 256), depth=30, activation=relu, rng=rng
    )
    assert kept.shape == lost.shape == (31,)
    assert 0.2 < kept[-1] / kept[1] < 5
    assert lost[-1] / lost[0] == pytest.approx(2.0**-15, rel=3)


def test_the_prediction_is_a_mean_and_most_networks_lie_below_it():
    rng = np.random.default_rng(0)
    X = np.ones((1, 16))
    squares = np.array([
        signal_scales(X, he_std(16), depth=6, activation=relu, rng=rng)[[2, 6]]
        for _ in range(4000)
    ]) ** 2  # fmt: skip
    np.testing.assert_allclose(squares.mean(axis=0), 1, atol=0.15)
    shallow, deep = np.median(squares, axis=0)
    assert deep < 0.7 < shallow < 0.95


def test_one_layer_scales_as_its_matrix_does():
    rng = np.random.default_rng(4)
    X = rng.normal(size=(5, 8))
    found = signal_scales(
        X, 0.3, depth=1, activation=np.tanh, rng=np.random.default_rng(9)
    )
    W = 0.3 * np.random.default_rng(9).normal(size=(8, 8))
    np.testing.assert_allclose(
        found, [np.sqrt(np.mean(X**2)), np.sqrt(np.mean(np.tanh(X @ W) ** 2))]
    )


# What the chapter says in words


def test_each_two_independent_is_not_all_independent():
    bits = np.array([(a, b, a ^ b) for a in (0, 1) for b in (0, 1)])
    for i, j in [(0, 1), (0, 2), (1, 2)]:
        pairs = {tuple(row) for row in bits[:, [i, j]].tolist()}
        assert len(pairs) == 4  # each once in four: a product of halves
    share = np.bincount(bits.sum(axis=1), minlength=4) / 4
    assert not np.allclose(share, Binomial(3, 0.5).pmf(np.arange(4)))
    signs = 2 * bits - 1  # nor do third moments add: those of each are 0
    assert np.mean(signs.sum(axis=1) ** 3) == -6


def test_the_output_of_a_relu_unit_has_a_cdf_and_no_table_of_it():
    x = inverse_transform(
        lambda u: relu(Normal().quantile(u)), np.random.default_rng(0), 10_000
    )
    gap = kolmogorov_distance(x, lambda x: Normal().cdf(x) * (x >= 0))
    assert gap < 2 / np.sqrt(x.size)
    assert np.mean(x == 0) == pytest.approx(0.5, abs=0.02)
    above = x[x > 0]
    assert len(np.unique(above)) == len(above)


def test_a_limit_of_pmfs_need_not_be_one_and_that_of_poisson_is():
    assert Binomial(100, 0.5).pmf(np.arange(4)).sum() < 1e-20
    assert Poisson(4).pmf(np.arange(60)).sum() == pytest.approx(1)


def test_rare_things_of_unequal_chances_are_nearly_poisson():
    p = np.random.default_rng(0).uniform(0.0001, 0.02, size=400)
    count = np.ones(1)
    for chance in p:
        count = np.convolve(count, [1 - chance, chance])
    gap = np.abs(count - Poisson(p.sum()).pmf(np.arange(len(count))))
    # Le Cam: both together differ by less than twice the sum of squares.
    assert gap.sum() < 2 * np.sum(p**2)
    few = np.convolve([0.1, 0.9], [0.1, 0.9])  # not where they are large
    assert abs(few[2] - Poisson(1.8).pmf(2)) > 0.5


@pytest.mark.parametrize("p", [0.5, 0.1])
def test_beside_its_middle_step_a_coin_misses_half_of_it(p):
    for n in (10, 160, 2560):
        step = Binomial(n, p).pmf(np.arange(n + 1)).max()
        assert normal_gap(n, p) >= step / 2
    assert step * np.sqrt(2 * np.pi * n * p * (1 - p)) == pytest.approx(
        1, abs=0.01
    )


def test_a_noisy_sum_makes_its_causes_dependent():
    noise = 0.1
    for sign in (1, -1):
        S = np.array([[1, 0, 1], [0, 1, sign], [1, sign, 2 + noise]])
        known = MultivariateNormal(np.zeros(3), S).conditional([2], [0.7])
        assert known.covariance[0, 1] == pytest.approx(-sign / (2 + noise))
    with pytest.raises(ValueError, match="positive definite"):
        MultivariateNormal(np.zeros(3), S - np.diag([0, 0, noise]))


def test_a_conditional_density_is_a_slice_of_the_joint_one():
    body = MultivariateNormal([1, 2], [[2, 1.2], [1.2, 3]])
    known = body.conditional([0], [2.5])
    y = np.linspace(-12, 18, 3001)
    slice_ = body.pdf(np.stack([np.full_like(y, 2.5), y], axis=1))
    area = slice_.sum() * (y[1] - y[0])
    np.testing.assert_allclose(
        slice_ / area, known.pdf(y[:, None]), rtol=1e-9, atol=1e-12
    )
    assert area == pytest.approx(Normal(1, np.sqrt(2)).pdf(2.5))


def test_only_along_an_axis_are_both_measures_of_a_step_the_same():
    S = np.array([[2, 1.2], [1.2, 3]])
    angles = np.linspace(0, np.pi, 50, endpoint=False)
    for v in [*np.stack([np.cos(angles), np.sin(angles)], axis=1),
              *np.linalg.eigh(S)[1].T]:  # fmt: skip
        product = (v @ np.linalg.solve(S, v)) * (v @ S @ v)
        across = v[0] * (S @ v)[1] - v[1] * (S @ v)[0]  # 0 along an axis
        assert product == pytest.approx(1 + across**2 / np.linalg.det(S))


def test_under_he_tanh_settles_from_above_and_from_below():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(32, 128))
    for start, way in [(1.0, -1), (0.01, 1)]:
        s = signal_scales(
            start * X, he_std(128), depth=60, activation=np.tanh, rng=rng
        )
        assert way * (s[5] - s[0]) > 0
        assert s[30:] == pytest.approx(0.55, abs=0.08)
    faded = signal_scales(
        X, glorot_std(128, 128), depth=200, activation=np.tanh, rng=rng
    )
    assert faded[200] < faded[30] / 2


@pytest.mark.parametrize(("inputs", "outputs"), [(256, 128), (128, 256)])
def test_behind_relu_glorot_halves_only_what_is_square(inputs, outputs):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(400, inputs))
    std = glorot_std(inputs, outputs)
    kept = [
        np.mean(relu(X @ Normal(0, std).sample(rng, (inputs, outputs))) ** 2)
        for _ in range(10)
    ]
    share = inputs / (inputs + outputs)
    assert np.mean(kept) / np.mean(X**2) == pytest.approx(share, rel=0.03)


# What is refused

REFUSED = [
    (lambda: Bernoulli(1.2), r"p must lie in \[0, 1\], got 1.2"),
    (lambda: Bernoulli(-0.1), r"p must lie in \[0, 1\], got -0.1"),
    (lambda: Binomial(-3, 0.5), "n must not be negative, got -3"),
    (lambda: Binomial(2**60, 0.5), "n must lie in 0 to"),
    (lambda: Binomial(3, 2), r"p must lie in \[0, 1\], got 2"),
    (lambda: Categorical([0.5, 0.4]), "p must sum to 1, got the sum 0.9"),
    (lambda: Categorical([0.5, 0.50001]), "p must sum to 1"),
    (lambda: Categorical([1.5, -0.5]), r"p must lie in \[0, 1\], got 1.5"),
    (lambda: Categorical([[0.5, 0.5]]), "p must be a vector"),
    (lambda: Poisson(0), "rate must be positive, got 0"),
    (lambda: Poisson(1e16), r"rate must be at most 2\*\*53, got 1e\+16"),
    (lambda: Exponential(-1), "rate must be positive, got -1"),
    (lambda: Uniform(2, 2), "high must be above low, got low 2.0 and high"),
    (lambda: Uniform(-1.7e308, 1.7e308), "high - low must be finite"),
    (lambda: Normal(0, 0), "std must be positive, got 0"),
    (lambda: Normal(np.nan), "mean must be finite"),
    (lambda: Normal().quantile(1.1), r"u must lie in \[0, 1\], got 1.1"),
    (lambda: Poisson(1).quantile([0.5, -1]), r"u must lie in \[0, 1\]"),
    (lambda: Normal().pdf(np.inf), "x must be finite"),
    (lambda: box_muller(0.0, 0.5), r"u must lie in \(0, 1\], got 0.0"),
    (lambda: box_muller(1.5, 0.5), r"u must lie in \(0, 1\], got 1.5"),
    (lambda: box_muller(0.5, 1.5), r"v must lie in \[0, 1\], got 1.5"),
    (lambda: box_muller(0.5, -0.5), r"v must lie in \[0, 1\], got -0.5"),
    (lambda: box_muller([0.5], 0.5), r"v must have shape \(1,\)"),
    (
        lambda: inverse_transform(np.mean, np.random.default_rng(0), 3),
        r"quantile\(u\) must have shape \(3,\)",
    ),
    (
        lambda: Normal().sample(np.random.default_rng(0), -1),
        "size must not be negative, got -1",
    ),
    (
        lambda: transformed_pdf(np.sum, np.log, [[1.0]]),
        r"y must be one point, got shape \(1, 1\)",
    ),
    (
        lambda: transformed_pdf(np.exp, lambda y: np.inf * y, [1.0, 2.0]),
        r"inverse\(y\) must be finite, got inf at index \(0,\)",
    ),
    (
        lambda: MultivariateNormal([0, 0], [[1, 1], [1, 1]]),
        "covariance must be positive definite, got",
    ),
    (
        lambda: MultivariateNormal([0, 0], [[1, 2], [2, 1]]),
        "covariance must be positive definite, got pivot 1 = -3",
    ),
    (
        lambda: MultivariateNormal([0, 0], [[1, 0], [0, 0]]),
        "covariance must be positive definite, got the variance 0",
    ),
    (
        lambda: MultivariateNormal([0, 0], [[1, 0.2], [0.3, 1]]),
        "covariance must be symmetric",
    ),
    (
        lambda: MultivariateNormal([0, 0, 0], np.eye(2)),
        r"covariance must have shape \(3, 3\), got \(2, 2\)",
    ),
    (lambda: cloud(0, 3)[0].pdf([1, 2]), "x must have 3 entries along"),
    (lambda: cloud(0, 3)[0].pdf(1.0), "x must have 3 entries along"),
    (lambda: cloud(0, 3)[0].marginal([3]), "keep must be a list of indices"),
    (lambda: cloud(0, 3)[0].marginal([-1]), "indices from 0 to 2"),
    (lambda: cloud(0, 3)[0].marginal([[0]]), "keep must be a list"),
    (lambda: cloud(0, 3)[0].marginal([0, 0]), "keep must not repeat"),
    (
        lambda: cloud(0, 2)[0].conditional([0, 1], [0.0, 0.0]),
        "given must leave an entry open",
    ),
    (
        lambda: cloud(0, 3)[0].conditional([0], [0.0, 0.0]),
        r"values must have shape \(1,\)",
    ),
    (lambda: MultivariateNormal([[0.0]], [[1.0]]), "mean must be a vector"),
    (lambda: MultivariateNormal([0.0], [1.0]), "covariance must be a matrix"),
    (lambda: Uniform(np.inf, 1), "low must be finite"),
    (lambda: Uniform(0, np.inf), "high must be finite"),
    (lambda: kolmogorov_distance([np.nan], np.sqrt), "sample must be finite"),
    (lambda: normal_gap(0, 0.5), "n must lie in 1 to 1000000, got 0"),
    (lambda: normal_gap(10**7, 0.5), "n must lie in 1 to 1000000"),
    (lambda: normal_gap(10, 1), r"p must lie in \(0, 1\), got 1"),
    (lambda: normal_gap(10, 0), r"p must lie in \(0, 1\), got 0"),
    (
        lambda: kolmogorov_distance([2.0], lambda x: x),
        r"cdf\(x\) must lie in \[0, 1\], got 2",
    ),
    (
        lambda: kolmogorov_distance([-2.0], lambda x: x),
        r"cdf\(x\) must lie in \[0, 1\], got -2",
    ),
    (lambda: he_std(0), "fan_in must be at least 1, got 0"),
    (lambda: glorot_std(0, 3), "fan_in must be at least 1, got 0"),
    (lambda: glorot_std(3, 0), "fan_out must be at least 1, got 0"),
    (
        lambda: signal_scales(
            np.ones((2, 2)),
            -1,
            depth=1,
            activation=relu,
            rng=np.random.default_rng(0),
        ),
        "std must not be negative, got -1",
    ),
    (
        lambda: signal_scales(
            np.ones((2, 2)),
            1,
            depth=1,
            activation=np.sum,
            rng=np.random.default_rng(0),
        ),
        r"activation\(Z\) must have shape \(2, 2\)",
    ),
    (
        lambda: signal_scales(
            np.ones((2, 2)),
            1e200,
            depth=2,
            activation=relu,
            rng=np.random.default_rng(1),
        ),
        "the signal must be finite",
    ),
]


@pytest.mark.parametrize(("make", "says"), REFUSED)
def test_what_is_improper_is_refused_with_rule_and_value(make, says):
    with pytest.raises(ValueError, match=says):
        make()


WRONG_KIND = [
    (lambda: Binomial(2.0, 0.5), "n must be a whole number, got 2.0"),
    (lambda: Normal("0"), "mean must be real numbers"),
    (lambda: Categorical(["a"]), "p must be real numbers"),
    (lambda: inverse_transform(3, np.random.default_rng(0)), "a function"),
    (lambda: inverse_transform(np.sqrt, 3), "rng must be a Generator"),
    (lambda: Poisson(1).sample(np.random, 3), "rng must be a Generator"),
    (lambda: Normal().sample(np.random, 0), "rng must be a Generator"),
    (
        lambda: Uniform().sample(np.random.default_rng(0), 2.5),
        "size must be a whole number, got 2.5",
    ),
    (
        lambda: Uniform().sample(np.random.default_rng(0), (2, 2.5)),
        r"size\[1\] must be a whole number",
    ),
    (lambda: cloud(0, 3)[0].marginal([0.0]), "keep must be integers"),
    (lambda: transformed_pdf(3, np.log, 1.0), "pdf must be a function"),
    (lambda: transformed_pdf(np.exp, 3, 1.0), "inverse must be a function"),
    (lambda: kolmogorov_distance([1.0], 3), "cdf must be a function"),
]


@pytest.mark.parametrize(("make", "says"), WRONG_KIND)
def test_the_wrong_kind_is_a_type_error(make, says):
    with pytest.raises(TypeError, match=says):
        make()
