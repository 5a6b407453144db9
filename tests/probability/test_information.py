import itertools
import math

import mpmath
import numpy as np
import pytest
import scipy.special
import scipy.stats
import sklearn.metrics
from hypothesis import given, settings
from hypothesis import strategies as st

from derivable.probability import (
    binary_cross_entropy,
    block_distribution,
    conditional_entropy,
    contingency_table,
    cross_entropy,
    discretized_gaussian,
    entropy,
    gaussian_entropy,
    gaussian_kl,
    huffman,
    information_gain,
    kl_divergence,
    miller_madow,
    mutual_information,
    perplexity,
)

fixed = settings(max_examples=60, derandomize=True)
seeds = st.integers(0, 2**32 - 1)


def draw(seed, *, shape=None, zeros=False):
    """Two distributions, some of whose entries are tiny, or 0 in p."""
    rng = np.random.default_rng(seed)
    shape = shape or (int(rng.integers(1, 9)),)
    p, q = rng.gamma(0.3, size=(2, *shape)) + 1e-12
    if zeros:
        p *= rng.random(shape) < 0.6
        p.flat[0] += 0.1
    return p / p.sum(), q / q.sum()


# --- entropy


@pytest.mark.parametrize(
    ("p", "bits"),
    [
        ([0.5, 0.5], 1.0),
        ([0.99, 0.01], 0.0807931358959),
        ([1 / 6] * 6, math.log2(6)),
        ([1.0, 0.0], 0.0),
        ([1.0], 0.0),
        ([0.5, 0.25, 0.125, 0.125], 1.75),
    ],
)
def test_the_entropy_of_coins_and_dice_is_known(p, bits):
    found = entropy(p, base=2)
    assert found == pytest.approx(bits, rel=1e-11, abs=1e-15)
    assert math.copysign(1, found) == 1  # and not −0.0


@fixed
@given(seeds, st.booleans())
def test_entropy_and_divergence_are_those_of_scipy(seed, zeros):
    p, q = draw(seed, zeros=zeros)
    assert entropy(p) == pytest.approx(scipy.stats.entropy(p), abs=1e-14)
    found = kl_divergence(p, q)
    assert found == pytest.approx(scipy.stats.entropy(p, q), abs=1e-13)
    assert found >= 0


@fixed
@given(seeds)
def test_cross_entropy_is_the_mean_surprise(seed):
    p, q = draw(seed, zeros=True)
    expected = sum(
        -a * math.log(b) for a, b in zip(p, q, strict=True) if a > 0
    )
    assert cross_entropy(p, q) == pytest.approx(expected, rel=1e-13)


@fixed
@given(seeds)
def test_cross_entropy_is_entropy_plus_divergence(seed):
    p, q = draw(seed, zeros=True)
    total = entropy(p) + kl_divergence(p, q)
    assert cross_entropy(p, q) == pytest.approx(total, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("base", [2, 10, 1.5])
def test_the_base_divides_by_its_logarithm(base):
    p, q = draw(3)
    P, _ = draw(4, shape=(2, 3))
    z, y = [0.3, -2.0], [1.0, 0.25]
    gauss = (0.0, 1.0, 2.0, 3.0)
    counts = [3, 5, 1]
    x, y2 = [0, 1, 1, 0, 2], [1, 0, 0, 0, 1]
    for function, args in [
        (entropy, (p,)),
        (cross_entropy, (p, q)),
        (kl_divergence, (p, q)),
        (mutual_information, (P,)),
        (conditional_entropy, (P,)),
        (binary_cross_entropy, (z, y)),
        (gaussian_entropy, (0.3,)),
        (gaussian_kl, gauss),
        (miller_madow, (counts,)),
        (information_gain, (x, y2)),
    ]:
        expected = np.array(function(*args)) / math.log(base)
        np.testing.assert_allclose(function(*args, base=base), expected)


def test_a_table_is_one_distribution_over_its_cells():
    P = np.full((2, 4), 0.125)
    assert entropy(P, base=2) == pytest.approx(3)
    assert cross_entropy(P, P, base=2) == pytest.approx(3)


@pytest.mark.parametrize("base", [1, 1.0, 0.5, 0, -2])
def test_a_base_that_is_not_above_one_is_refused(base):
    with pytest.raises(ValueError, match=f"base must be above 1, got {base}"):
        entropy([0.5, 0.5], base=base)


@pytest.mark.parametrize(
    ("p", "says"),
    [
        ([0.5, 0.4], "p must sum to 1, got the sum 0.9"),
        ([0.0, 0.0], "p must sum to 1, got the sum 0"),
        ([0.3333, 0.3333, 0.3333], "p must sum to 1, got the sum 0.9999"),
        ([[0.5, 0.5], [0.2, 0.8]], "sum to 1, got the sum 2"),
        ([1.2, -0.2], r"p must lie in \[0, 1\], got 1.2 at index \(0,\)"),
        ([-0.1, 1.0], r"p must lie in \[0, 1\], got -0.1 at index \(0,\)"),
        ([-1e-14, 1.0], r"p must lie in \[0, 1\], got -1e-14"),
        ([50.0, 50.0], r"p must lie in \[0, 1\], got 50"),
        ([], "p must not be empty"),
        ([0.5, math.nan], "p must be finite, got nan"),
        (0.5, "p must hold probabilities, got a number: 0.5"),
    ],
)
def test_what_is_no_distribution_is_refused(p, says):
    with pytest.raises(ValueError, match=says):
        entropy(p)


@pytest.mark.parametrize("off", [1e-8, -1e-8, 9e-7, -9e-7])
def test_a_sum_that_float32_may_give_is_scaled_to_one(off):
    p = np.array([0.25, 0.75])
    assert entropy(p * (1 + off)) == pytest.approx(entropy(p), rel=1e-14)


@pytest.mark.parametrize("off", [1.1e-6, -1.1e-6])
def test_a_sum_that_float32_cannot_give_is_refused(off):
    with pytest.raises(ValueError, match="must sum to 1"):
        entropy([0.25, 0.75 + off])


def test_a_float32_softmax_of_many_scores_passes():
    z = np.random.default_rng(0).normal(size=50_000).astype(np.float32)
    p = scipy.special.softmax(z)
    assert p.dtype == np.float32
    assert entropy(p) < math.log(50_000)


def test_a_zero_that_rounding_made_negative_is_a_zero():
    rest = 1 - 0.9 - 0.1
    assert rest < 0
    assert entropy([0.9, 0.1, rest]) == entropy([0.9, 0.1])


def test_only_rounding_counts_as_rounding():
    eps = np.finfo(float).eps
    assert entropy([1.0, -8 * eps]) == 0
    with pytest.raises(ValueError, match=r"must lie in \[0, 1\]"):
        entropy([1.0, -8.5 * eps])


def test_the_arrays_of_the_caller_are_not_changed():
    p, q = np.array([0.5, 0.5000001]), np.array([1.0, 0.0])
    kl_divergence(q, p)
    np.testing.assert_array_equal(p, [0.5, 0.5000001])
    np.testing.assert_array_equal(q, [1, 0])


# --- divergence


def test_the_divergence_of_the_page_is_that_by_hand():
    p, q = [0.4, 0.3, 0.3], [0.33, 0.33, 0.34]
    there = 0.4 * math.log(40 / 33) + 0.3 * math.log(30 / 33)
    there += 0.3 * math.log(30 / 34)
    assert kl_divergence(p, q) == pytest.approx(there, rel=1e-12)
    assert kl_divergence(q, p) != pytest.approx(there, rel=1e-3)


def test_it_is_infinite_where_support_fails():
    p, q = [0.5, 0.5, 0.0], [1.0, 0.0, 0.0]
    assert kl_divergence(p, q) == math.inf
    assert cross_entropy(p, q) == math.inf
    assert perplexity(p, q) == math.inf
    assert kl_divergence(q, p) == pytest.approx(math.log(2))
    assert cross_entropy(q, p) == pytest.approx(math.log(2))


@fixed
@given(seeds)
def test_a_distribution_has_no_divergence_from_itself(seed):
    p, _ = draw(seed, zeros=True)
    assert kl_divergence(p, p) == 0


@fixed
@given(seeds, st.floats(-7, -2))
def test_close_distributions_have_a_divergence_to_many_digits(seed, power):
    rng = np.random.default_rng(seed)
    shift = 10.0**power * rng.uniform(0.1, 1)
    # exact sums: a dyadic q and a shift that both entries hold exactly
    shift = float(np.ldexp(np.round(np.ldexp(shift, 50)), -50))
    p, q = np.array([0.5 + shift, 0.5 - shift]), np.array([0.5, 0.5])
    with mpmath.workdps(60):
        exact = sum(
            a * mpmath.log(a / mpmath.mpf(1) * 2) for a in map(mpmath.mpf, p)
        )
    found = kl_divergence(p, q)
    assert found == pytest.approx(float(exact), rel=1e-6, abs=0)


def test_rounding_never_makes_a_divergence_negative():
    rng = np.random.default_rng(3)
    for _ in range(2000):
        p = rng.dirichlet(np.ones(4))
        ulps = rng.integers(-4, 5, size=4)
        assert kl_divergence(p, p * (1 + ulps * np.finfo(float).eps)) >= 0
        rows, columns = rng.dirichlet(np.ones(2), size=2)
        assert mutual_information(np.outer(rows, columns)) >= 0
    assert mutual_information(np.outer([0.15, 0.85], [0.45, 0.55])) >= 0
    std = 1 + rng.integers(-99, 99, size=2000) * np.finfo(float).eps
    assert np.all(gaussian_kl(0 * std, std, 0 * std, std[::-1]) >= 0)


@pytest.mark.parametrize("tiny", [5e-324, 1e-310, 1e-200])
def test_a_tiny_probability_costs_what_its_logarithm_says(tiny):
    p, q = [tiny, 1.0], [0.5, 0.5]
    assert kl_divergence(p, q) == pytest.approx(math.log(2))
    expected = -math.log(2) - math.log(tiny) / 2
    assert kl_divergence(q, p) == pytest.approx(expected)
    assert cross_entropy(q, p) == pytest.approx(-math.log(tiny) / 2)


def test_shapes_must_be_equal():
    for function in (kl_divergence, cross_entropy, perplexity):
        with pytest.raises(ValueError, match=r"q must have shape \(2,\), got"):
            function([0.5, 0.5], [0.2, 0.3, 0.5])


def test_a_bad_q_is_named():
    with pytest.raises(ValueError, match="q must sum to 1"):
        kl_divergence([0.5, 0.5], [0.5, 0.4])


def test_perplexity_counts_equally_likely_outcomes():
    assert perplexity([0.1] * 10) == pytest.approx(10)
    assert perplexity([1.0, 0.0]) == 1
    assert perplexity([0.5, 0.5], [0.25, 0.75]) == pytest.approx(
        2 ** (0.5 * 2 + 0.5 * math.log2(4 / 3))
    )
    assert perplexity([1.0, 0.0], [5e-324, 1.0]) == math.inf


def test_perplexity_is_surprise_and_may_be_large_for_a_certain_model():
    assert perplexity([0, 1], [1 - 1e-6, 1e-6]) == pytest.approx(1e6)


@fixed
@given(seeds)
def test_the_perplexity_of_independent_pairs_is_squared(seed):
    p, q = draw(seed)
    found = perplexity(np.outer(p, p), np.outer(q, q))
    assert found == pytest.approx(perplexity(p, q) ** 2)


# --- binary cross-entropy


@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_binary_cross_entropy_is_that_of_two_outcomes(y):
    for z in (-3.0, 0.0, 0.7, 5.0):
        s = 1 / (1 + math.exp(-z))
        expected = cross_entropy([y, 1 - y], [s, 1 - s])
        assert binary_cross_entropy(z, y) == pytest.approx(expected)


def test_it_is_that_of_scikit_learn_on_average():
    z, y = np.array([0.2, -1.0, 3.0]), np.array([1, 0, 0])
    expected = sklearn.metrics.log_loss(y, 1 / (1 + np.exp(-z)))
    assert np.mean(binary_cross_entropy(z, y)) == pytest.approx(expected)


def test_a_sure_logit_has_an_exact_loss():
    found = binary_cross_entropy([[40.0, 40.0], [-800.0, 800.0]], [[1, 0]] * 2)
    expected = [[math.exp(-40), 40], [800, 800]]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("y", "says"),
    [
        ([1.0], r"y must have shape \(2,\), got \(1,\)"),
        ([1.0, 2.0], r"y must lie in \[0, 1\], got 2"),
        ([-1.0, 1.0], r"y must lie in \[0, 1\], got -1"),
        ([1.0, math.nan], "y must be finite, got nan"),
    ],
)
def test_a_bad_target_is_refused(y, says):
    with pytest.raises(ValueError, match=says):
        binary_cross_entropy([0.0, 1.0], y)


# --- two variables


@fixed
@given(seeds, st.booleans())
def test_mutual_information_is_what_entropies_leave_over(seed, zeros):
    P, _ = draw(seed, shape=(3, 4), zeros=zeros)
    rows, columns = P.sum(1), P.sum(0)
    found = mutual_information(P)
    assert found == pytest.approx(
        entropy(rows) + entropy(columns) - entropy(P), abs=1e-13
    )
    assert found == pytest.approx(
        entropy(columns) - conditional_entropy(P), abs=1e-13
    )
    assert found == pytest.approx(mutual_information(P.T), abs=1e-13)


@fixed
@given(seeds)
def test_conditional_entropy_is_the_mean_entropy_of_the_rows(seed):
    P, _ = draw(seed, shape=(4, 3), zeros=True)
    expected = sum(
        row.sum() * scipy.stats.entropy(row) for row in P if row.sum() > 0
    )
    assert conditional_entropy(P) == pytest.approx(expected, abs=1e-14)


def test_independent_variables_share_nothing_and_equal_ones_all():
    p, q = draw(8)[0], draw(9)[0]
    assert mutual_information(np.outer(p, q)) == pytest.approx(0, abs=1e-15)
    assert mutual_information(np.diag(p)) == pytest.approx(entropy(p))
    assert conditional_entropy(np.diag(p)) == 0
    assert conditional_entropy(np.outer(p, q)) == pytest.approx(entropy(q))


@pytest.mark.parametrize("function", [mutual_information, conditional_entropy])
def test_a_joint_distribution_is_a_matrix(function):
    with pytest.raises(ValueError, match=r"P must be a matrix .* got \(2,\)"):
        function([0.5, 0.5])
    with pytest.raises(ValueError, match="P must sum to 1, got the sum 2"):
        function([[0.5, 0.5], [0.5, 0.5]])


def test_a_contingency_table_is_that_of_scikit_learn():
    rng = np.random.default_rng(1)
    x, y = rng.integers(-2, 3, size=50), rng.integers(5, 8, size=50)
    found = contingency_table(x, y)
    expected = sklearn.metrics.cluster.contingency_matrix(x, y)
    np.testing.assert_array_equal(found, expected)
    assert found.dtype == np.int64


def test_labels_may_be_flags_and_branches_too():
    found = contingency_table([True, False, False], [3, 3, 1])
    np.testing.assert_array_equal(found, [[1, 1], [0, 1]])


@pytest.mark.parametrize(
    ("x", "error", "says"),
    [
        ([0.5, 1.5], TypeError, "x must be integers, got float64"),
        ([[0, 1]], ValueError, r"x must be a vector .* got \(1, 2\)"),
        ([0, 1, 1], ValueError, "y must have length 3, got 2"),
        (["a", "b"], TypeError, "x must be real numbers"),
    ],
)
def test_bad_labels_are_refused(x, error, says):
    with pytest.raises(error, match=says):
        contingency_table(x, [0, 1])


@fixed
@given(seeds)
def test_information_gain_is_the_mutual_information_of_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    labels, split = rng.integers(0, 3, size=(2, 30))
    expected = sklearn.metrics.mutual_info_score(labels, split)
    found = information_gain(labels, split)
    assert found == pytest.approx(expected, abs=1e-12)
    assert found >= 0


def test_a_split_gains_what_entropy_it_removes():
    labels = np.array([1, 1, 1, 0, 0, 0, 0, 0])
    split = np.array([0, 0, 0, 0, 1, 1, 1, 1], dtype=bool)
    before = scipy.stats.entropy([3, 5])
    after = 0.5 * scipy.stats.entropy([3, 1])
    assert information_gain(labels, split) == pytest.approx(before - after)


def test_a_number_of_its_own_for_each_sample_gains_everything():
    rng = np.random.default_rng(6)
    labels = (rng.random((500, 100)) < 0.3).astype(np.int64)
    gains = [information_gain(row, np.arange(100)) for row in labels]
    shares = [entropy(np.bincount(row) / 100) for row in labels]
    np.testing.assert_allclose(gains, shares, rtol=1e-10)
    assert np.mean(gains) < entropy([0.7, 0.3])  # plug-in, and too small


def test_the_adjusted_score_of_scikit_learn_has_no_unit():
    x = [0, 1, 2] * 4
    found = sklearn.metrics.adjusted_mutual_info_score(x, x)
    assert found == pytest.approx(1)
    assert sklearn.metrics.mutual_info_score(x, x) == pytest.approx(
        math.log(3)
    )


def test_miller_madow_leaves_most_of_the_bias_of_a_chain():
    rng = np.random.default_rng(7)
    turns = rng.random((2000, 50)) < 0.1  # from state to state
    turns[:, 0] = rng.random(2000) < 0.5
    ones = np.sum(np.cumsum(turns, axis=1) % 2, axis=1)
    counts = np.stack([50 - ones, ones], axis=1)
    bias = np.mean([miller_madow(c) for c in counts]) - math.log(2)
    assert bias < -0.05  # 1 / 2n is 0.01


def test_a_corrected_information_may_be_negative():
    table = np.array([[30, 10], [29, 11]])
    whole = miller_madow(table)
    assert whole < math.log(4)
    found = miller_madow(table.sum(0)) + miller_madow(table.sum(1)) - whole
    expected = sklearn.metrics.mutual_info_score(
        np.repeat([0, 0, 1, 1], table.ravel()),
        np.repeat([0, 1, 0, 1], table.ravel()),
    )
    assert found == pytest.approx(expected - 1 / 160)
    assert found < 0


def test_unequal_cells_need_more_samples_to_show_the_predicted_bias():
    share = 2.0 ** -np.arange(1, 9)
    share /= share.sum()
    even = mean_information(np.full((8, 8), 1 / 64), 640)
    uneven = mean_information(np.outer(share, share), 640)
    line = 49 / 1280
    assert even == pytest.approx(line, rel=0.1)
    assert uneven < 0.9 * line


def test_the_bias_of_entropy_is_removed_to_first_order():
    rng = np.random.default_rng(2)
    p = np.array([0.4, 0.3, 0.2, 0.1])
    counts = rng.multinomial(60, p, size=20_000)
    plain = np.mean([entropy(c / 60) for c in counts[:4000]])
    mended = np.mean([miller_madow(c) for c in counts[:4000]])
    assert plain - entropy(p) == pytest.approx(-3 / 120, rel=0.1)
    assert abs(mended - entropy(p)) < 0.1 * 3 / 120


def test_miller_madow_adds_one_half_for_each_further_outcome_seen():
    counts = [[4, 0], [3, 1]]
    expected = scipy.stats.entropy([4, 3, 1]) + 2 / 16
    assert miller_madow(counts) == pytest.approx(expected)
    assert miller_madow(7) == 0


@pytest.mark.parametrize("k", [2, 4, 9])
def test_miller_madow_may_exceed_every_possible_entropy(k):
    expected = math.log(k) + (k - 1) / (2 * k)
    assert miller_madow(np.ones(k, int)) == pytest.approx(expected)


def mean_information(P, n, *, tables=2000):
    """Mean plug-in information of samples of size n."""
    counts = np.random.default_rng(5).multinomial(n, P.ravel(), size=tables)
    return np.mean(
        [mutual_information(c.reshape(P.shape) / n) for c in counts]
    )


@pytest.mark.parametrize("noise", [0, 1e-3, 1e-2])
def test_information_is_measured_too_small_where_one_tells_the_other(noise):
    P = (1 - noise) * np.eye(8) / 8 + noise / 64
    bias = mean_information(P, 40) - mutual_information(P)
    assert bias < -0.02
    if noise == 0:  # a plug-in entropy of 8 outcomes
        assert bias == pytest.approx(-7 / 80, rel=0.1)


def test_information_is_measured_too_large_where_all_cells_are_filled():
    P = np.full((3, 3), 0.02) + np.diag([0.2, 0.3, 0.32])
    bias = mean_information(P, 2000) - mutual_information(P)
    assert bias == pytest.approx(4 / 4000, rel=0.5)


@pytest.mark.parametrize(
    ("counts", "error", "says"),
    [
        ([2, -1], ValueError, "counts must not be negative, got -1"),
        ([0, 0], ValueError, "counts must hold a count above 0"),
        ([1.5, 2.0], TypeError, "counts must be integers, got float64"),
        ([], ValueError, "counts must not be empty"),
    ],
)
def test_bad_counts_are_refused(counts, error, says):
    with pytest.raises(error, match=says):
        miller_madow(counts)


# --- codes


def shortest(p):
    """The best mean length, from all lengths that satisfy Kraft."""
    k = len(p)
    return min(
        float(np.dot(p, lengths))
        for lengths in itertools.product(range(1, k), repeat=k)
        if sum(2.0**-n for n in lengths) <= 1
    )


@fixed
@given(seeds, st.integers(2, 5))
def test_no_prefix_code_is_shorter_than_that_of_huffman(seed, k):
    p, _ = draw(seed, shape=(k,))
    lengths = huffman(p)
    assert lengths.shape == (k,)
    assert sum(2.0**-lengths) == 1  # complete: no bit is wasted
    assert p @ lengths == pytest.approx(shortest(p), rel=1e-12)


@fixed
@given(seeds)
def test_the_mean_length_lies_within_a_bit_of_the_entropy(seed):
    p, _ = draw(seed, shape=(40,))
    mean, floor = p @ huffman(p), entropy(p, base=2)
    assert floor - 1e-12 <= mean < floor + 1


def test_words_that_are_only_different_can_beat_the_entropy():
    p = np.array([0.5, 0.25, 0.25])
    lengths = np.array([1, 1, 2])  # 0, 1 and 00, which is also 0 and 0
    assert p @ lengths < entropy(p, base=2) == p @ huffman(p)
    assert sum(2.0**-lengths) > 1


def test_powers_of_two_are_coded_without_loss():
    np.testing.assert_array_equal(
        huffman([0.5, 0.25, 0.125, 0.125]), [1, 2, 3, 3]
    )
    np.testing.assert_array_equal(
        huffman([0.125, 0.5, 0.125, 0.25]), [3, 1, 3, 2]
    )


def test_one_symbol_needs_no_bit():
    np.testing.assert_array_equal(huffman([1.0]), [0])
    assert huffman([0.5, 0.5]).dtype == np.int64


def test_equal_probabilities_give_the_most_even_lengths():
    np.testing.assert_array_equal(huffman(np.ones(8) / 8), np.full(8, 3))


@pytest.mark.parametrize(
    ("p", "says"),
    [
        ([1.0, 0.0], "p must be positive, got 0 at index 1"),
        ([[0.5, 0.5]], r"p must be a vector .* got \(1, 2\)"),
        ([0.5, 0.4], "p must sum to 1"),
    ],
)
def test_what_has_no_code_is_refused(p, says):
    with pytest.raises(ValueError, match=says):
        huffman(p)


def test_blocks_are_all_sequences_of_symbols():
    p = np.array([0.5, 0.3, 0.2])
    expected = [a * b for a, b in itertools.product(p, repeat=2)]
    np.testing.assert_allclose(block_distribution(p, 2), expected)
    np.testing.assert_allclose(block_distribution(p, 1), p)
    np.testing.assert_array_equal(block_distribution([1.0], 10**6), [1])


def test_the_coin_of_the_page_needs_what_the_page_says():
    p = np.array([0.99, 0.01])
    blocks = block_distribution(p, 12)
    assert blocks @ huffman(blocks) / 12 == pytest.approx(0.122, abs=5e-4)


@pytest.mark.parametrize(
    ("m", "says"),
    [(0, "m must be at least 1, got 0"), (21, "at most 2²⁰, got 2 \\^ 21")],
)
def test_a_bad_number_of_symbols_is_refused(m, says):
    with pytest.raises(ValueError, match=says):
        block_distribution([0.5, 0.5], m)


def test_the_largest_number_of_blocks_passes():
    assert len(block_distribution([0.5, 0.5], 20)) == 2**20


# --- Gaussians


@fixed
@given(seeds)
def test_the_larger_direction_has_the_narrower_second_argument(seed):
    rng = np.random.default_rng(seed)
    m, n = 3 * rng.normal(size=2)
    s, t = np.exp(rng.normal(size=2))
    gap = gaussian_kl(m, s, n, t) - gaussian_kl(n, t, m, s)
    assert gap * (s - t) >= 0


def test_a_density_above_one_may_have_a_positive_entropy():
    assert scipy.stats.norm(0, 0.3).pdf(0) > 1
    assert gaussian_entropy(0.3) > 0
    edge = 1 / math.sqrt(2 * math.pi * math.e)
    assert gaussian_entropy(0.99 * edge) < 0 < gaussian_entropy(1.01 * edge)


@pytest.mark.parametrize("std", [1e-3, 0.2, 1.0, 40.0])
def test_the_entropy_of_a_gaussian_is_that_of_scipy(std):
    expected = scipy.stats.norm(3, std).entropy()
    assert gaussian_entropy(std) == pytest.approx(expected)


def test_a_deviation_must_be_positive():
    with pytest.raises(ValueError, match="std must be positive, got 0"):
        gaussian_entropy(0)


@fixed
@given(seeds)
def test_the_divergence_of_gaussians_is_the_integral(seed):
    rng = np.random.default_rng(seed)
    (m, n), (s, t) = rng.normal(size=2), rng.uniform(0.5, 3, size=2)
    p, q = scipy.stats.norm(m, s), scipy.stats.norm(n, t)
    x, w = np.polynomial.hermite_e.hermegauss(20)
    x, w = m + s * x, w / np.sqrt(2 * np.pi)
    expected = np.sum(w * (p.logpdf(x) - q.logpdf(x)))
    assert gaussian_kl(m, s, n, t) == pytest.approx(expected, abs=1e-12)


def test_entries_are_coordinates_and_keep_their_shape():
    found = gaussian_kl([[0, 1]], [[1, 2]], [[0, 3]], [[1, 2]])
    np.testing.assert_allclose(found, [[0, 0.5]], atol=1e-16)


@pytest.mark.parametrize("ratio", [1 + 1e-8, 1 - 1e-8, 1.2, 0.5, 3.0, 1e-9])
def test_it_is_exact_for_near_and_far_deviations(ratio):
    with mpmath.workdps(50):
        r = mpmath.mpf(ratio)
        expected = float((r**2 - 1 - 2 * mpmath.log(r)) / 2)
    found = gaussian_kl(0, ratio, 0, 1)
    assert found == pytest.approx(expected, rel=1e-6, abs=0)
    assert found >= 0


@pytest.mark.parametrize("unit", [1e-300, 1e-9, 1e9, 1e300])
def test_units_do_not_change_a_divergence(unit):
    found = gaussian_kl(unit, 2 * unit, -3 * unit, 5 * unit)
    assert found == pytest.approx(gaussian_kl(1, 2, -3, 5))


def test_means_at_both_ends_of_float64_are_far_apart():
    expected = 2 * (1.7 / 1.6) ** 2
    found = gaussian_kl(1.7e308, 1.6e308, -1.7e308, 1.6e308)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"mean_q": [0.0, 1.0], "std_q": [1.0, 1.0]},
            "mean_q must have shape",
        ),
        ({"std_p": [1.0, 1.0]}, "std_p must have shape"),
        ({"std_q": [1.0, 1.0]}, "std_q must have shape"),
        ({"std_p": 0.0}, "std_p must be positive, got 0"),
        ({"std_q": -1.0}, "std_q must be positive, got -1"),
        ({"mean_p": math.nan}, "mean_p must be finite, got nan"),
        ({"std_p": math.nan}, "std_p must be finite, got nan"),
        ({"mean_q": math.nan}, "mean_q must be finite, got nan"),
        ({"std_q": math.inf}, "std_q must be finite, got inf"),
        ({"std_q": 1e-200}, "the divergence must be finite, got inf"),
    ],
)
def test_bad_gaussians_are_refused(change, says):
    given = {"mean_p": 0.0, "std_p": 1.0, "mean_q": 0.0, "std_q": 1.0}
    with pytest.raises(ValueError, match=says):
        gaussian_kl(**{**given, **change})


def test_a_gaussian_on_a_grid_has_its_density_and_moments():
    x = np.linspace(-10, 12, 2001)
    p = discretized_gaussian(x, 1.5, 0.8)
    h = x[1] - x[0]
    np.testing.assert_allclose(
        p, h * scipy.stats.norm(1.5, 0.8).pdf(x), rtol=1e-9
    )
    assert p.sum() == pytest.approx(1)
    assert p @ x == pytest.approx(1.5)


def test_a_mean_far_off_the_grid_is_no_trouble():
    p = discretized_gaussian([0.0, 1.0], 1e9, 1e4)
    expected = scipy.special.softmax(
        [-(1e9**2) / 2e8, -((1e9 - 1) ** 2) / 2e8]
    )
    np.testing.assert_allclose(p, expected, rtol=1e-6)


@pytest.mark.parametrize("std", [1e-300, 1e-310, 5e-324])
def test_a_narrow_gaussian_sits_on_the_nearest_point(std):
    p = discretized_gaussian([0.0, 1.0, 2.0], 0.9, std)
    np.testing.assert_array_equal(p, [0, 1, 0])
    p = discretized_gaussian([0.0, 1.0, 2.0], 0.5, std)
    np.testing.assert_array_equal(p, [0.5, 0.5, 0])


def test_a_grid_needs_a_positive_deviation():
    with pytest.raises(ValueError, match="std must be positive, got 0"):
        discretized_gaussian([0.0, 1.0], 0.5, 0)


def test_two_neighbours_on_a_grid_have_no_best_deviation():
    x = np.arange(-20.0, 21)
    p = np.where((x == 0) | (x == 1), 0.5, 0.0)  # standard deviation 0.5
    found = [
        kl_divergence(p, discretized_gaussian(x, 0.5, std))
        for std in (0.5, 0.3, 0.2, 0.1)
    ]
    assert np.all(np.diff(found) < 0)


def test_near_humps_are_covered_in_both_directions():
    x = np.linspace(-15, 15, 601)
    near = np.add(*(discretized_gaussian(x, m, 0.8) for m in (-1.2, 1.2))) / 2
    assert near[300] < near[324]  # two peaks
    both = discretized_gaussian(x, 0, 1.37)
    one = discretized_gaussian(x, 1.2, 0.8)
    assert kl_divergence(both, near) < 0.08
    assert kl_divergence(one, near) > 0.4


# --- names and edges


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: kl_divergence([1.0], [math.nan]), "q must be finite"),
        (lambda: entropy([1.0], base=math.nan), "base must be finite"),
        (lambda: binary_cross_entropy(math.nan, 1.0), "z must be finite"),
        (lambda: huffman([math.nan, 1.0]), "p must be finite"),
        (lambda: block_distribution([[1.0]], 2), "p must be a vector"),
        (lambda: mutual_information([[math.nan]]), "P must be finite"),
        (lambda: gaussian_entropy(math.nan), "std must be finite"),
        (lambda: discretized_gaussian([math.nan], 0, 1), "x must be finite"),
        (lambda: discretized_gaussian([0.0], math.nan, 1), "mean must be"),
        (lambda: discretized_gaussian([0.0], 0, math.nan), "std must be"),
        (lambda: contingency_table([0], []), "y must not be empty"),
        (lambda: contingency_table([], [0]), "x must not be empty"),
    ],
)
def test_an_error_names_its_argument(call, says):
    with pytest.raises(ValueError, match=says):
        call()


@pytest.mark.parametrize("ratio", [0.6, 1.4, 1.6, 0.49, 0.51, 1.499, 1.501])
def test_near_and_far_quotients_meet(ratio):
    q = np.array([0.3 * ratio, 1 - 0.3 * ratio])
    expected = scipy.stats.entropy([0.3, 0.7], q)
    assert kl_divergence([0.3, 0.7], q) == pytest.approx(expected, rel=1e-12)
