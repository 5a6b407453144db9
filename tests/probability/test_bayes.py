from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import calibration as their_calibration
from sklearn import naive_bayes
from sklearn.datasets import load_digits, load_iris

from derivable.probability import (
    GaussianNB,
    calibration_curve,
    conditional,
    expected_calibration_error,
    gaussian_nb,
    multinomial_nb,
    odds,
    posterior,
    predictive_values,
    probability,
    sequential_posterior,
)

seeds = st.integers(0, 2**32 - 1).map(np.random.default_rng)
IRIS = load_iris(return_X_y=True)
DIGITS = load_digits(return_X_y=True)


# the theorem


def test_the_medical_test_in_exact_fractions():
    ill, hit, alarm = Fraction(1, 100), Fraction(99, 100), Fraction(5, 100)
    p, evidence = posterior([0.01, 0.99], [0.99, 0.05])
    exact = ill * hit + (1 - ill) * alarm
    assert evidence == pytest.approx(float(exact), rel=1e-14)
    assert p[0] == pytest.approx(float(ill * hit / exact), rel=1e-14)
    assert p[0] == pytest.approx(1 / 6, rel=1e-14)


def test_counting_people_gives_the_posterior():
    rng = np.random.default_rng(0)
    H = rng.choice(3, size=200_000, p=[0.2, 0.3, 0.5])
    seen = rng.random(H.size) < np.array([0.9, 0.5, 0.1])[H]
    counted = np.bincount(H[seen]) / seen.sum()
    p, evidence = posterior([0.2, 0.3, 0.5], [0.9, 0.5, 0.1])
    np.testing.assert_allclose(p, counted, atol=0.01)
    assert evidence == pytest.approx(seen.mean(), abs=0.01)


@given(seeds, st.integers(1, 6))
def test_posterior_times_evidence_is_prior_times_likelihood(rng, k):
    prior, L = rng.dirichlet(np.ones(k)), rng.exponential(size=k)
    p, evidence = posterior(prior, L)
    np.testing.assert_allclose(p * evidence, prior * L, rtol=1e-12)
    assert p.sum() == pytest.approx(1, rel=1e-12)


@given(seeds, st.floats(-900, 900))
def test_the_unit_of_a_density_changes_the_evidence_only(rng, exponent):
    prior, L = rng.dirichlet(np.ones(3)), rng.uniform(0.5, 1, size=3)
    unit = 2.0 ** int(exponent)
    p, evidence = posterior(prior, L)
    q, other = posterior(prior, L * unit)
    np.testing.assert_array_equal(p, q)
    assert other == evidence * unit


def test_likelihoods_whose_products_are_no_floats_are_compared():
    p, evidence = posterior([1e-200, 1 - 1e-200], [3e-200, 0])
    np.testing.assert_array_equal(p, [1, 0])
    assert evidence == 0  # 3 · 10⁻⁴⁰⁰, too small for a float64


@pytest.mark.parametrize(
    ("prior", "L", "expected"),
    [
        ([0.5, 0.5, 0], [1e-200, 2e-200, 1e200], [1 / 3, 2 / 3, 0]),
        ([1e-200, 1, 0], [1e-200, 0, 1], [1, 0, 0]),
        ([1e-300, 0.5, 0.5], [1, 1e-300, 3e-300], [1 / 3, 1 / 6, 1 / 2]),
        ([1e-320, 1], [1e-320, 0], [1, 0]),
        ([0.5, 0.5, 0], [1e-300, 1e-310, 1e300], [1, 1e-10, 0]),
    ],
)
def test_a_hypothesis_out_of_question_sets_no_scale(prior, L, expected):
    p, _ = posterior(prior, L)
    np.testing.assert_allclose(p, expected, rtol=1e-9)
    path = sequential_posterior(prior, [L])
    np.testing.assert_allclose(path[-1], expected, rtol=1e-9)


def test_a_prior_of_float32_is_made_to_sum_to_one():
    given_ = np.full(7, 1 / 7, dtype=np.float32)
    p, _ = posterior(given_, np.ones(7))
    assert p.sum() == pytest.approx(1, rel=1e-15)
    _, evidence = posterior([0.3, 0.7 + 5e-7], [1, 1])
    assert evidence == pytest.approx(1, rel=1e-15)


@pytest.mark.parametrize(
    ("prior", "likelihood", "says"),
    [
        ([0.3, 0.6], [1, 1], "prior must sum to 1, got the sum 0.9"),
        ([0.3, 0.70001], [1, 1], "prior must sum to 1, got the sum 1.00001"),
        (
            [1.5, -0.5],
            [1, 1],
            r"prior must lie in \[0, 1\], got 1.5 at index",
        ),
        ([0.5, 0.5], [1, -1], r"likelihood must not be negative, got -1.0"),
        ([0.5, 0.5], [1, 1, 1], r"have 2 entries, .* got shape \(3,\)"),
        ([0.5, 0.5], [[1, 1]], r"vector of shape \(k,\), got \(1, 2\)"),
        ([[0.5, 0.5]], [1, 1], r"prior must be a vector of shape \(n,\)"),
        ([0.5, 0.5], [0, 0], "evidence must not be zero, got likelihood 0"),
        ([1, 0], [0, 1], "evidence must not be zero"),
    ],
)
def test_what_is_no_prior_or_likelihood_is_refused(prior, likelihood, says):
    with pytest.raises(ValueError, match=says):
        posterior(prior, likelihood)


@given(seeds)
def test_one_update_after_the_other_is_all_at_once_in_any_order(rng):
    prior, L = rng.dirichlet(np.ones(4)), rng.uniform(0.1, 1, size=(6, 4))
    path = sequential_posterior(prior, L)
    step = prior
    for t in range(6):
        np.testing.assert_allclose(path[t], step, rtol=1e-11)
        step, _ = posterior(step, L[t])
    together, _ = posterior(prior, L.prod(axis=0))
    np.testing.assert_allclose(path[-1], together, rtol=1e-11)
    other = sequential_posterior(prior, rng.permutation(L))
    np.testing.assert_allclose(other[-1], together, rtol=1e-11)


def test_ten_thousand_updates_do_not_underflow():
    L = np.tile([0.02, 0.01], (10_000, 1))
    path = sequential_posterior([0.5, 0.5], L)
    assert path.shape == (10_001, 2)
    assert path[3, 0] == pytest.approx(8 / 9, rel=1e-12)
    np.testing.assert_array_equal(path[-1], [1, 0])


def test_a_hypothesis_that_is_refuted_stays_so():
    path = sequential_posterior([0.5, 0.5], [[0, 0.5], [1, 0.1]])
    np.testing.assert_allclose(path, [[0.5, 0.5], [0, 1], [0, 1]])


@pytest.mark.parametrize(
    ("prior", "L", "says"),
    [
        ([0.5, 0.5], [[1, 0], [0, 1]], "no hypothesis left after 2 obser"),
        ([0.5, 0.5], [[1, 0, 0]], r"must have 2 columns, got \(1, 3\)"),
        ([0.5, 0.5], [1, 0], "likelihoods must be a matrix"),
        ([[0.5, 0.5]], [[1, 0]], r"prior must be a vector of shape \(n,\)"),
        ([0.5, 0.5], [[1, -1]], "likelihoods must not be negative"),
        ([0.5, 0.6], [[1, 1]], "prior must sum to 1, got the sum 1.1"),
    ],
)
def test_impossible_observations_are_refused(prior, L, says):
    with pytest.raises(ValueError, match=says):
        sequential_posterior(prior, L)


# tables


@given(seeds, st.integers(0, 2))
def test_conditionals_times_their_marginal_are_the_joint(rng, axis):
    joint = rng.dirichlet(np.ones(24)).reshape(2, 3, 4)
    share = conditional(joint, axis)
    np.testing.assert_allclose(share.sum(axis=axis), 1)
    marginal = joint.sum(axis=axis, keepdims=True)
    np.testing.assert_allclose(share * marginal, joint)
    np.testing.assert_array_equal(share, conditional(joint, axis - 3))


def test_a_condition_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match=r"got 0 at index \(0, 1\) of shape"):
        conditional([[0.5, 0], [0.5, 0]], 0)
    with pytest.raises(ValueError, match=r"two axes or more, got \(2,\)"):
        conditional([0.5, 0.5], 0)
    with pytest.raises(ValueError, match="axis must lie in -2 to 1, got 2"):
        conditional([[0.5, 0.5]], 2)
    with pytest.raises(ValueError, match="joint must sum to 1, got the sum 2"):
        conditional([[1, 1]], 0)


def test_that_each_two_are_independent_is_not_enough_for_the_product():
    # Three bits: under H1 the third is the parity, under H2 all are fair.
    bits = np.array(list(np.ndindex(2, 2, 2)))
    parity = bits[:, 0] ^ bits[:, 1] == bits[:, 2]
    given = np.array([parity / 4, np.full(8, 1 / 8)]).reshape(2, 2, 2, 2)
    for axis in (1, 2, 3):
        np.testing.assert_allclose(given.sum(axis=axis), 1 / 4)
    single = given.sum(axis=(2, 3))[:, 1]
    naive = sequential_posterior([0.5, 0.5], [single] * 3)[-1]
    np.testing.assert_allclose(naive, [0.5, 0.5])
    truth, _ = posterior([0.5, 0.5], given[:, 1, 1, 1])
    np.testing.assert_allclose(truth, [0, 1])
    pair = given.sum(axis=3)
    rows = [
        pair[:, 1].sum(axis=1),
        pair[:, 1, 1] / pair[:, 1].sum(axis=1),
        given[:, 1, 1, 1] / pair[:, 1, 1],
    ]
    np.testing.assert_allclose(
        sequential_posterior([0.5, 0.5], rows)[-1], truth
    )


# odds and tests


@given(st.floats(0, 0.999))
def test_odds_and_probability_are_inverses(p):
    assert probability(odds(p)) == pytest.approx(p, rel=1e-12)
    assert odds(p) == pytest.approx(p / (1 - p), rel=1e-12)


def test_three_quarters_is_three_to_one():
    np.testing.assert_allclose(odds([0, 0.5, 0.75]), [0, 1, 3])
    np.testing.assert_allclose(probability([0, 1, 3]), [0, 0.5, 0.75])
    assert probability(1e300) == 1


def test_what_has_no_odds_is_refused():
    with pytest.raises(ValueError, match=r"p must lie in \[0, 1\), got 1"):
        odds([0.5, 1])
    with pytest.raises(ValueError, match=r"p must lie in \[0, 1\], got 1.5"):
        odds(1.5)
    with pytest.raises(ValueError, match="odds must not be negative, got -1"):
        probability(-1)


@given(seeds)
def test_predictive_values_are_two_posteriors(rng):
    pi, s, c = rng.uniform(0.01, 0.99, size=3)
    plus, minus = predictive_values(pi, s, c)
    assert plus == pytest.approx(posterior([pi, 1 - pi], [s, 1 - c])[0][0])
    assert minus == pytest.approx(posterior([pi, 1 - pi], [1 - s, c])[0][1])


def test_predictive_values_of_many_tests_at_once():
    plus, minus = predictive_values([[0.01], [0.5]], [0.99, 0.8], 0.95)
    assert plus.shape == minus.shape == (2, 2)
    assert plus[0, 0] == pytest.approx(1 / 6)


def test_a_test_with_tiny_probabilities_has_predictive_values():
    plus, minus = predictive_values(1e-200, 1e-200, 1)
    assert (plus, minus) == (1, 1)
    assert predictive_values(0, 0.9, 0.9)[0] == 0


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((0.01, 0, 1), "a positive answer must be possible, got"),
        ((0.5, 0, 1), "a positive answer must be possible, got"),
        ((0.5, 1, 0), "a negative answer must be possible, got"),
        ((1.2, 0.5, 0.5), r"prevalence must lie in \[0, 1\], got 1.2"),
        ((0.5, 1.2, 0.5), r"sensitivity must lie in \[0, 1\], got 1.2"),
        ((0.5, 0.5, 1.2), r"specificity must lie in \[0, 1\], got 1.2"),
        (([0.1, 0.2], [0.1, 0.2, 0.3], 0.5), r"broadcast, got \(2,\), \(3,"),
    ],
)
def test_an_impossible_test_is_refused(args, says):
    with pytest.raises(ValueError, match=says):
        predictive_values(*args)


@pytest.mark.parametrize(("s", "c"), [(0.9, 1), (0, 0.9)])
def test_without_hits_or_without_false_alarms_nothing_is_worth_a_half(s, c):
    p = np.array([0.001, 0.05, 0.5, 0.95, 0.999])
    np.testing.assert_array_equal(predictive_values(p, s, c)[0], float(c == 1))


# naive Bayes


def assert_same_as_scikit_learn(ours, theirs, X):
    np.testing.assert_allclose(
        ours.predict_log_proba(X),
        theirs.predict_log_proba(X),
        rtol=1e-6,
        atol=1e-8,
    )
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))
    P = ours.predict_proba(X)
    np.testing.assert_allclose(P.sum(axis=1), 1)
    np.testing.assert_allclose(P, theirs.predict_proba(X), atol=1e-8)


@pytest.mark.parametrize(("X", "y"), [IRIS, DIGITS])
@pytest.mark.parametrize("smoothing", [1e-9, 0.01])
def test_gaussian_naive_bayes_is_that_of_scikit_learn(X, y, smoothing):
    theirs = naive_bayes.GaussianNB(var_smoothing=smoothing).fit(X, y)
    ours = gaussian_nb(X, y, var_smoothing=smoothing)
    assert_same_as_scikit_learn(ours, theirs, X)
    np.testing.assert_allclose(ours.theta, theirs.theta_, atol=1e-12)
    np.testing.assert_allclose(ours.sigma**2, theirs.var_, rtol=1e-9)


def borders(theta, sigma, X, prior=(0.5, 0.5)):
    model = GaussianNB(np.log(prior), np.array(theta), np.array(sigma))
    S = model.joint_log_likelihood(X)
    return S[:, 0] - S[:, 1]


def test_different_spreads_can_have_straight_borders_or_none():
    t = np.linspace(-3, 3, 7)
    zero, at = np.zeros((2, 2)), [[a, s * a] for a in t for s in (1, -1)]
    crossed = borders(zero, [[1.0, 2.0], [2.0, 1.0]], at)
    np.testing.assert_allclose(crossed, 0, atol=1e-12)
    x = np.sqrt(8 / 3 * np.log(2))
    at = [[s * x, b] for b in t for s in (1, -1)]
    parallel = borders(zero, [[1.0, 1.0], [2.0, 1.0]], at)
    np.testing.assert_allclose(parallel, 0, atol=1e-12)
    at = np.linspace(-50, 50, 101)[:, None]
    none = borders([[0.0], [0.0]], [[2.0], [1.9]], at, prior=(0.9, 0.1))
    assert np.all(none > 0)


def test_the_prior_can_be_given():
    X, y = IRIS
    prior = [0.7, 0.2, 0.1]
    theirs = naive_bayes.GaussianNB(priors=prior).fit(X, y)
    assert_same_as_scikit_learn(gaussian_nb(X, y, prior=prior), theirs, X)
    X, y = DIGITS
    prior = np.arange(1, 11) / 55
    theirs = naive_bayes.MultinomialNB(class_prior=prior).fit(X, y)
    assert_same_as_scikit_learn(multinomial_nb(X, y, prior=prior), theirs, X)


@pytest.mark.parametrize("alpha", [0.01, 1.0, 3.5])
def test_multinomial_naive_bayes_is_that_of_scikit_learn(alpha):
    X, y = DIGITS
    theirs = naive_bayes.MultinomialNB(alpha=alpha).fit(X, y)
    ours = multinomial_nb(X, y, alpha=alpha)
    assert_same_as_scikit_learn(ours, theirs, X)
    np.testing.assert_allclose(
        ours.joint_log_likelihood(X), theirs.predict_joint_log_proba(X)
    )


def test_the_default_adds_one_to_every_count():
    model = multinomial_nb([[2, 0], [0, 3]], [0, 1])
    np.testing.assert_allclose(
        np.exp(model.feature_log_prob), [[3 / 4, 1 / 4], [1 / 5, 4 / 5]]
    )
    np.testing.assert_allclose(np.exp(model.class_log_prior), [0.5, 0.5])


def test_without_smoothing_the_shares_are_those_counted():
    model = multinomial_nb([[2, 1], [1, 3]], [0, 1], alpha=0)
    np.testing.assert_allclose(
        np.exp(model.feature_log_prob), [[2 / 3, 1 / 3], [1 / 4, 3 / 4]]
    )


@given(seeds, st.integers(-900, 900))
def test_units_change_no_posterior_of_gaussian_naive_bayes(rng, e):
    X, y = rng.normal(size=(12, 3)) + 2, np.arange(12) % 3
    model = gaussian_nb(X, y)
    other = gaussian_nb(np.ldexp(X, e), y)
    np.testing.assert_allclose(
        other.predict_log_proba(np.ldexp(X, e)),
        model.predict_log_proba(X),
        rtol=1e-9,
        atol=1e-12,
    )


def test_units_of_single_features_change_nothing_without_smoothing():
    X, y = IRIS
    units = 2.0 ** np.array([-300, 0, 5, 300])
    a = gaussian_nb(X, y, var_smoothing=0).predict_log_proba(X)
    b = gaussian_nb(X * units, y, var_smoothing=0).predict_log_proba(X * units)
    np.testing.assert_allclose(b, a, rtol=1e-9, atol=1e-12)


def test_a_feature_that_rounding_alone_moves_is_constant():
    X = np.array([[0.3, 1.0], [0.1 + 0.2, 2.0], [0.3, 5.0], [0.4, 4.0]])
    with pytest.raises(ValueError, match=r"deviation .* of feature 0 in cl"):
        gaussian_nb(X, [0, 0, 1, 1], var_smoothing=0)
    with pytest.raises(ValueError, match="feature 0 in class 0"):
        gaussian_nb(1e200 * X, [0, 0, 1, 1], var_smoothing=0)
    X[1, 0] = 0.3001
    assert gaussian_nb(X, [0, 0, 1, 1], var_smoothing=0).sigma[0, 0] > 0


def test_a_class_of_one_sample_lives_from_smoothing():
    X = [[1.0], [3.0], [2.0]]
    with pytest.raises(ValueError, match="deviation 0 of feature 0 in clas"):
        gaussian_nb(X, [0, 0, 1], var_smoothing=0)
    sigma = gaussian_nb(X, [0, 0, 1], var_smoothing=0.24).sigma
    np.testing.assert_allclose(sigma[:, 0] ** 2, [1.16, 0.16])


LEAVE_OUT = r"in class 0: leave the feature out$"  # no other advice


@pytest.mark.parametrize("per_feature", [False, True])
def test_equal_samples_are_refused_with_any_smoothing(per_feature):
    for share in (0, 1e6):
        with pytest.raises(ValueError, match=LEAVE_OUT):
            gaussian_nb(
                [[2.0], [2.0]],
                [0, 1],
                var_smoothing=share,
                per_feature=per_feature,
            )


def test_advice_to_smooth_is_given_where_it_helps():
    X, y = np.array([[1.0, 2.0], [1.0, 3.0], [1.0, 5.0]]), [0, 0, 0]
    with pytest.raises(ValueError, match=r"raise var_smoothing, or leave"):
        gaussian_nb(X, y, var_smoothing=0)
    assert gaussian_nb(X, y, var_smoothing=0.1).sigma[0, 0] > 0
    for share in (0, 0.1):
        with pytest.raises(ValueError, match=LEAVE_OUT):
            gaussian_nb(X, y, var_smoothing=share, per_feature=True)


def test_the_share_of_a_feature_of_its_own_variance():
    X = [[1.0, 0.0], [3.0, 30.0], [2.0, 15.0]]
    sigma = gaussian_nb(
        X, [0, 0, 1], var_smoothing=0.24, per_feature=True
    ).sigma
    np.testing.assert_allclose(sigma**2, [[1.16, 261], [0.16, 36]])


def test_a_wide_feature_drowns_a_narrow_one_unless_each_has_its_share():
    rng = np.random.default_rng(0)
    y = np.arange(2000) % 2
    X = rng.normal(size=(2000, 2)) + np.outer(y, [4, 0])
    units, right = np.array([1, 1e8]), {}
    for each in (False, True):
        model = gaussian_nb(X * units, y, per_feature=each)
        right[each] = np.mean(model.predict(X * units) == y)
    assert right[False] < 0.6
    assert right[True] > 0.95


@given(seeds)
def test_no_unit_matters_if_each_feature_has_its_share(rng):
    X, y = rng.normal(size=(12, 3)) + 2, np.arange(12) % 3
    units = np.ldexp(1.0, rng.integers(-300, 300, size=3))
    model, other = (
        gaussian_nb(Z, y, var_smoothing=0.1, per_feature=True)
        for Z in (X, X * units)
    )
    np.testing.assert_allclose(
        other.predict_log_proba(X * units),
        model.predict_log_proba(X),
        rtol=1e-9,
        atol=1e-12,
    )


FITS = [gaussian_nb, multinomial_nb]


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize(
    ("y", "prior", "error", "says"),
    [
        ([0, 2, 0, 2], None, ValueError, "got class 2 and none of class 1"),
        ([1, 2, 1, 2], None, ValueError, "got class 1 and none of class 0"),
        ([-1, 0, -1, 0], None, ValueError, "got class -1 and none of"),
        ([0, 1, 1], None, ValueError, r"each of 4 samples, got shape \(3,\)"),
        ([0.0, 1, 0, 1], None, TypeError, "y must be integers, got float64"),
        ([0, 1, 0, 1], [0.5, 0.6], ValueError, "prior must sum to 1"),
        ([0, 1, 0, 1], [0.2, 0.3, 0.5], ValueError, r"2 classes, .* \(3,\)"),
        ([0, 1, 0, 1], [1, 0], ValueError, "positive, got 0 for class 1"),
    ],
)
def test_labels_and_priors_that_do_not_fit_are_refused(
    fit, y, prior, error, says
):
    X = [[1, 2], [2, 4], [3, 1], [4, 2]]
    with pytest.raises(error, match=says):
        fit(X, y, prior=prior)


@pytest.mark.parametrize("fit", FITS)
def test_samples_of_another_width_are_refused(fit):
    model = fit([[1, 2], [2, 4], [3, 1], [4, 2]], [0, 0, 1, 1])
    with pytest.raises(ValueError, match=r"2 columns, got \(1, 3\)"):
        model.predict([[1, 2, 3]])
    with pytest.raises(ValueError, match=r"X must be a matrix of shape"):
        model.predict([1, 2])
    with pytest.raises(ValueError, match=r"X must be a matrix of shape"):
        fit([1, 2], [0, 1])
    with pytest.raises(ValueError, match="X must be finite, got nan"):
        model.predict([[1, np.nan]])
    with pytest.raises(ValueError, match="X must be finite, got nan"):
        fit([[1, np.nan]], [0])


@pytest.mark.parametrize("fit", FITS)
def test_no_samples_are_refused(fit):
    with pytest.raises(ValueError, match=r"X must not be empty, got \(0, 2"):
        fit(np.zeros((0, 2)), np.zeros(0, dtype=int))


def test_counts_below_zero_are_refused():
    with pytest.raises(ValueError, match=r"X must not be negative, got -1.0"):
        multinomial_nb([[1, -1]], [0])
    model = multinomial_nb([[1, 2], [2, 1]], [0, 1])
    with pytest.raises(ValueError, match=r"got -2.0 at index \(0, 1\)"):
        model.predict([[1, -2]])
    with pytest.raises(ValueError, match="alpha must not be negative, got -1"):
        multinomial_nb([[1, 1]], [0], alpha=-1)
    with pytest.raises(ValueError, match="var_smoothing must not be neg"):
        gaussian_nb([[1], [2]], [0, 0], var_smoothing=-1)


def test_a_word_that_a_class_lacks_needs_smoothing():
    with pytest.raises(ValueError, match=r"got 0.0 and no word 1 in class 0"):
        multinomial_nb([[1, 0], [0, 1]], [0, 1], alpha=0)


def test_what_is_too_large_for_a_float_is_refused():
    model = gaussian_nb([[1.0], [2.0]], [0, 0])
    with pytest.raises(ValueError, match="log-likelihoods must be finite"):
        model.predict([[1e200]])
    wide = gaussian_nb([[-1.7e308], [-1.6e308]], [0, 0])
    with pytest.raises(ValueError, match="log-likelihoods must be finite"):
        wide.predict([[1.7e308]])
    with pytest.raises(ValueError, match="counts of a class must be finite"):
        multinomial_nb([[1.7e308], [1.7e308]], [0, 0])
    with pytest.raises(ValueError, match="the counts must be finite"):
        multinomial_nb([[1.7e308, 1.7e308]], [0])
    with pytest.raises(ValueError, match="the deviations must be finite"):
        gaussian_nb([[1e300], [2e300]], [0, 0], var_smoothing=1e300)


def test_classes_are_whole_numbers_of_64_bits():
    X, y = IRIS
    assert gaussian_nb(X, y).predict(X).dtype == np.int64


# calibration


@given(seeds, st.sampled_from([5, 10]))
def test_the_curve_is_that_of_scikit_learn(rng, m):
    p = rng.random(300)
    y = (rng.random(300) < p**2).astype(int)
    curve = calibration_curve(y, p, num_bins=m)
    share, mean = their_calibration.calibration_curve(y, p, n_bins=m)
    np.testing.assert_allclose(curve.frequency, share)
    np.testing.assert_allclose(curve.confidence, mean)
    assert curve.count.sum() == 300


def test_ten_bins_are_the_default():
    rng = np.random.default_rng(0)
    p = rng.random(1000)
    y = rng.random(1000) < p
    assert len(calibration_curve(y, p).count) == 10
    assert expected_calibration_error(y, p) == expected_calibration_error(
        y, p, num_bins=10
    )


def test_the_error_by_hand():
    y, p = [0, 1, 1, 0], [0.1, 0.3, 0.8, 0.9]
    error = expected_calibration_error(y, p, num_bins=2)
    assert error == pytest.approx(abs(0.5 - 0.2) / 2 + abs(0.5 - 0.85) / 2)
    assert expected_calibration_error(y, p, num_bins=1) == pytest.approx(
        abs(0.5 - 0.525)
    )


def test_an_edge_belongs_to_the_bin_below():
    curve = calibration_curve([0, 1, 1], [0.3, 0.31, 0.0], num_bins=10)
    np.testing.assert_allclose(curve.confidence, [0, 0.3, 0.31])
    np.testing.assert_array_equal(curve.count, [1, 1, 1])
    curve = calibration_curve([0, 1], [0.29, 0.3], num_bins=10)
    np.testing.assert_array_equal(curve.count, [2])
    assert calibration_curve([1], [1.0]).frequency == [1]


def test_chance_makes_gaps_and_more_of_them_with_fewer_samples():
    rng = np.random.default_rng(0)
    errors = []
    for n in (50, 500, 5000):
        p = rng.random((300, n))
        y = rng.random((300, n)) < p
        found = map(expected_calibration_error, y, p)
        errors.append(np.mean(list(found)))
    # An outcome has deviation √(p (1 − p)), π / 8 on average, and the mean
    # of n / 10 of them is off by √(2 / π) times π / 8 √(10 / n) on average.
    expected = (
        np.sqrt(2 / np.pi)
        * np.pi
        / 8
        * np.sqrt(10 / np.array([50, 500, 5000]))
    )
    np.testing.assert_allclose(errors, expected, rtol=0.1)


def test_gaps_within_a_bin_cancel():
    p = np.repeat([0.61, 0.69], 100)
    y = np.arange(200) % 100 < np.repeat([69, 61], 100)
    assert expected_calibration_error(y, p) < 1e-12
    assert expected_calibration_error(y, p, num_bins=20) > 0.07


def test_what_cannot_be_calibrated_is_refused():
    with pytest.raises(ValueError, match=r"y must be 0 or 1, got 2.0"):
        calibration_curve([0, 2], [0.5, 0.5])
    with pytest.raises(ValueError, match="y must be a vector of shape"):
        calibration_curve([[0]], [0.5])
    with pytest.raises(ValueError, match=r"each of 2 outcomes, got \(1,\)"):
        calibration_curve([0, 1], [0.5])
    with pytest.raises(ValueError, match=r"p must lie in \[0, 1\], got 1.5"):
        expected_calibration_error([0], [1.5])
    with pytest.raises(ValueError, match="num_bins must lie in 1 to 1000000"):
        calibration_curve([0], [0.5], num_bins=0)
