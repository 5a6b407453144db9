import numpy as np
import optax
import pytest
import scipy.optimize
import scipy.special
import sklearn.linear_model
import sklearn.metrics
import sklearn.svm
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from derivable.calculus import (
    gradient_check,
    hessian,
    least_squares_gradient,
    numerical_gradient,
)
from derivable.optimization import (
    Loss,
    absolute_loss,
    categorical_loss,
    chord_gap,
    convex_functions,
    curvature_on_samples,
    gradient_descent,
    hinge_loss,
    huber_loss,
    is_convex_on_samples,
    jensen_gap,
    linear_objective,
    logistic_loss,
    logistic_regression,
    minimize,
    squared_loss,
    tangent_gap,
)

entries = st.floats(-5, 5)
vectors = arrays(float, 3, elements=entries)
functions = pytest.mark.parametrize(
    "example", convex_functions(3), ids=lambda e: e.name
)
LOSSES = [
    squared_loss(),
    absolute_loss(),
    huber_loss(0.7),
    hinge_loss(),
    logistic_loss(),
]
losses = pytest.mark.parametrize("loss", LOSSES, ids=lambda x: x.name)


def rng(seed=0):
    return np.random.default_rng(seed)


def square(x):
    return float(np.sum(x * x))


def wells(x):
    return float(np.sum((x**2 - 1) ** 2))


# chords and tangents


@given(vectors, vectors, st.floats(0, 1))
def test_the_chord_gap_of_a_square_is_known(x, y, t):
    expected = t * (1 - t) * square(x - y)
    assert chord_gap(square, x, y, t) == pytest.approx(expected, abs=1e-12)


def test_the_chord_is_weighted_by_t_from_x_to_y():
    at = [chord_gap(lambda x: x**3, 1.0, 2.0, t) for t in (0, 0.25, 1)]
    assert at == pytest.approx([0, 0.75 + 2 - 1.25**3, 0])


def test_a_chord_between_the_wells_falls_below_the_hill():
    assert chord_gap(wells, [-1.0], [1.0], 0.5) == pytest.approx(-1)


@given(vectors, vectors)
def test_the_tangent_gap_of_a_square_is_the_squared_distance(x, y):
    found = tangent_gap(square, lambda x: 2 * x, x, y)
    assert found == pytest.approx(square(x - y), abs=1e-12)


def test_the_tangent_gap_of_minus_entropy_is_the_divergence():
    p, q = rng(1).dirichlet(np.ones(5), size=2)
    found = tangent_gap(lambda x: x @ np.log(x), lambda x: 1 + np.log(x), q, p)
    assert found == pytest.approx(scipy.special.rel_entr(p, q).sum())


def test_a_tangent_may_touch_a_matrix():
    X = rng(2).normal(size=(2, 3))
    found = tangent_gap(square, lambda X: 2 * X, np.zeros((2, 3)), X)
    assert found == pytest.approx(np.linalg.norm(X) ** 2)


def test_the_arrays_of_the_caller_are_not_changed():
    x, y = np.array([1.0]), np.array([2.0])

    def rude(v):
        v *= 0
        return 0.0

    chord_gap(rude, x, y, 0.5)
    tangent_gap(rude, lambda v: v * 0, x, y)
    assert (x[0], y[0]) == (1, 2)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: chord_gap(3, 1, 2, 0.5), TypeError, "f must be a function"),
        (
            lambda: chord_gap(square, [1.0], [1.0, 2.0], 0.5),
            ValueError,
            r"y must have shape \(1,\), got \(2,\)",
        ),
        (
            lambda: chord_gap(square, 1, 2, 1.5),
            ValueError,
            r"t must lie in \[0, 1\], got 1.5",
        ),
        (
            lambda: chord_gap(lambda _: np.nan, [1], [2], 0.5),
            ValueError,
            r"f\(x\) must be finite, got nan at x = \[1.\]; keep to",
        ),
        (
            lambda: tangent_gap(square, 1.0, [1.0], [2.0]),
            TypeError,
            "gradient must be a function, got float",
        ),
        (
            lambda: tangent_gap(square, lambda _: 1.0, [1.0], [2.0]),
            ValueError,
            r"gradient\(x\) must have shape \(1,\), got \(\)",
        ),
        (
            lambda: tangent_gap(square, lambda x: x * np.inf, [1.0], [2.0]),
            ValueError,
            r"gradient\(x\) must be finite, got inf",
        ),
        (
            lambda: tangent_gap(square, lambda x: x, [1.0], [1, 2.0]),
            ValueError,
            r"y must have shape \(1,\), got \(2,\)",
        ),
        (
            lambda: jensen_gap(square, 3.0),
            ValueError,
            r"points must hold at least 1, one a row, got shape \(\)",
        ),
        (
            lambda: jensen_gap(square, [1, 2], [0.5, 0.6]),
            ValueError,
            "weights must be 2 numbers of at least 0 with sum 1",
        ),
        (
            lambda: jensen_gap(square, [1, 2], [1.5, -0.5]),
            ValueError,
            "of at least 0",
        ),
        (
            lambda: jensen_gap(square, [1, 2], [1]),
            ValueError,
            "weights must be 2 numbers",
        ),
    ],
)
def test_a_gap_refuses_bad_input_with_the_value(call, error, says):
    with pytest.raises(error, match=says):
        call()


# Jensen


def test_jensens_gap_of_the_square_is_the_variance():
    x = rng(3).normal(size=50)
    assert jensen_gap(square, x) == pytest.approx(np.var(x))


def test_jensens_gap_weighs_the_points():
    gap = jensen_gap(np.exp, [0.0, 1.0], [0.25, 0.75])
    assert gap == pytest.approx(0.25 + 0.75 * np.e - np.exp(0.75))


def test_jensens_gap_of_minus_log_compares_the_two_means():
    x = rng(4).uniform(1, 9, size=7)
    gap = jensen_gap(lambda v: -np.log(v), x)
    geometric = np.prod(x) ** (1 / 7)
    assert gap == pytest.approx(np.log(x.mean() / geometric))


@functions
def test_jensens_gap_of_a_convex_function_is_not_negative(example):
    x = example.sample(9, 3, rng(5))
    w = rng(6).dirichlet(np.ones(9))
    assert jensen_gap(example.f, x, w) >= -1e-12


# the falsifier


@functions
def test_no_chord_of_a_convex_function_falls_below_it(example):
    x = example.sample(60, 3, rng(7))
    found = is_convex_on_samples(example.f, x, rng=rng(8))
    assert found
    assert found.gap >= -1e-12


@pytest.mark.parametrize(
    "f",
    [
        wells,
        lambda x: np.sin(x[0]),
        lambda x: x[0] * x[1],
        lambda x: -np.linalg.norm(x),
        np.min,
        lambda x: (x[0] * x[1] - 1) ** 2,
    ],
)
def test_a_function_that_is_not_convex_is_convicted_by_a_chord(f):
    found = is_convex_on_samples(f, rng(9).normal(size=(50, 2)), rng=rng(10))
    assert not found
    assert not found.passed
    assert found.gap < 0
    witness = chord_gap(f, found.x, found.y, found.t)
    assert witness == pytest.approx(found.gap, abs=1e-15)


def test_the_search_misses_a_dent_between_its_samples():
    def dented(x):
        return square(x) - 0.1 * np.exp(-1e4 * square(x - 0.43))

    x = np.linspace(-1, 1, 9)[:, None]
    assert is_convex_on_samples(dented, x, rng=rng(2), num_chords=20)
    assert chord_gap(dented, [0.43], [0.63], 0.5) < 0


NULL = np.linalg.svd(rng(5).normal(size=(2, 4)))[2]


def zero_up_to_rounding():
    """Functions that are 0, or convex, but for the errors of their sums."""
    return {
        "a sum that cancels": lambda v: 0.1 * v[0] + 0.2 * v[0] - 0.3 * v[0],
        "sums in two orders": lambda v: (
            ((v[0] + v[1]) + v[2]) + v[3] - (((v[3] + v[2]) + v[1]) + v[0])
        ),
        "a norm of null vectors": lambda v: np.linalg.norm(
            NULL[:2] @ (NULL[2:].T @ v[:2])
        ),
        "a form of null vectors": lambda v: square(
            NULL[:2] @ (NULL[2:].T @ v[:2])
        ),
        "one minus one": lambda v: np.sin(v[0]) ** 2 + np.cos(v[0]) ** 2 - 1,
        "a variance": lambda v: (
            np.mean((v + 1e8) ** 2) - np.mean(v + 1e8) ** 2
        ),
        "a small slope on a large value": lambda v: (1e9 + 1e-3 * v[0]) - 1e9,
        "single precision": lambda v: float(
            np.float32(v[0]) + np.float32(v[1])
        ),
        "the last bits of the range": lambda v: 1e-321 * v[0],
    }


@pytest.mark.parametrize("name", zero_up_to_rounding())
@given(seed=st.integers(0, 10**6), unit=st.integers(-200, 200))
@settings(max_examples=10)
def test_rounding_convicts_nothing(name, seed, unit):
    f = zero_up_to_rounding()[name]
    scale = 1.0 if "range" in name else 2.0**unit
    x = rng(seed).normal(size=(30, 4))
    found = is_convex_on_samples(
        lambda v: scale * f(v), x, rng=rng(seed), num_chords=100
    )
    assert found


@pytest.mark.parametrize("seed", [1511, 1578, 1723])
def test_last_digits_as_wide_as_a_chord_are_seen_on_a_longer_one(seed):
    """Or they fall on it in whole numbers, with the same differences."""
    f = zero_up_to_rounding()["a small slope on a large value"]
    x = rng(seed).normal(size=(30, 4))
    assert is_convex_on_samples(f, x, rng=rng(seed), num_chords=100)


@given(
    seed=st.integers(0, 10**6),
    value=st.sampled_from([1e-280, 1e-12, 1.0, 1e12, 1e280]),
    length=st.sampled_from([1e-100, 1e-12, 1.0, 1e12, 1e100]),
)
@settings(max_examples=15)
def test_the_verdict_does_not_depend_on_units(seed, value, length):
    x = length * rng(seed).normal(size=(30, 2))
    search = {"rng": rng(seed), "num_chords": 100}
    for f in (
        lambda u: u[0] * u[1],
        lambda u: -np.linalg.norm(u),
        lambda u: 1 - 1e-4 * square(u),
        np.min,
    ):
        other = lambda v, f=f: value * f(v / length)  # noqa: E731
        assert not is_convex_on_samples(other, x, **search)
    for f in (np.linalg.norm, np.max, square, lambda u: 1 + 1e-6 * u[0]):
        other = lambda v, f=f: value * f(v / length)  # noqa: E731
        assert is_convex_on_samples(other, x, **search)


@pytest.mark.parametrize(
    "f",
    [
        lambda v: np.sin(100 * v[0]),
        lambda v: 1 + v[0] - 1e-6 * v[0] ** 2,
        lambda v: float(np.floor(v[0])),
        lambda v: float(v[0] > 0),
        lambda v: np.sqrt(np.abs(v[0])),
        lambda v: -float(np.max(np.abs(np.float32(v)))),
    ],
)
def test_a_chord_below_the_graph_is_no_rounding(f):
    x = rng(9).normal(size=(50, 2))
    assert not is_convex_on_samples(f, x, rng=rng(10))


def test_roughness_is_seen_where_f_is_defined():
    def root(v):
        if v[0] < 0:
            raise AssertionError(v)
        return float(-np.sqrt(v[0]))

    x = np.array([[0.0], [1e-300], [1.0], [4.0]])
    assert is_convex_on_samples(root, x, rng=rng(3))
    assert not is_convex_on_samples(lambda v: -root(v), x, rng=rng(3))


def test_rounding_convicts_no_affine_function():
    x = rng(11).normal(size=(100, 4))
    f = lambda v: 1e9 + 1e-3 * v.sum()  # noqa: E731
    assert is_convex_on_samples(f, x, rng=rng(12))


def test_the_tolerance_is_relative_to_the_values():
    x = rng(13).normal(size=(30, 1))
    for scale in (1e-20, 1e20):
        f = lambda v, s=scale: s * (1 - 1e-6 * square(v))  # noqa: E731
        assert not is_convex_on_samples(f, x, rng=rng(14))
        assert is_convex_on_samples(f, x, rng=rng(14), tolerance=1e-3)


def test_rounding_is_judged_by_the_largest_value_on_the_chord():
    x = np.array([[1e-12], [1e6]])
    f = lambda v: 0.1 * v.sum()  # noqa: E731
    found = is_convex_on_samples(f, x, rng=rng(12))
    assert found
    assert found.gap < 0


def test_a_function_may_write_into_the_point_that_it_is_given():
    def rude(v):
        value = wells(v)
        v *= 0
        return value

    x = rng(9).normal(size=(20, 2))
    one, two = (is_convex_on_samples(f, x, rng=rng(1)) for f in (wells, rude))
    assert one.gap == two.gap


def test_a_gradient_may_write_into_the_point_that_it_is_given():
    def rude(v):
        g = 2 * v
        v *= 0
        return g

    assert tangent_gap(square, rude, [1.0], [2.0]) == 1
    found = curvature_on_samples(rude, [[1.0], [2.0], [4.0]], rng=rng())
    assert found == (2, 2)


def test_so_many_chords_are_tried_and_no_more():
    seen = []

    def f(x):
        seen.append(x)
        return 0.0

    assert is_convex_on_samples(f, np.eye(3), rng=rng(15), num_chords=7)
    assert len(seen) == 21


def test_no_chord_joins_a_point_to_itself():
    x = np.array([[-1.0], [1.0]])
    for seed in range(20):
        assert not is_convex_on_samples(wells, x, rng=rng(seed), num_chords=1)


def test_the_same_seed_finds_the_same_chord():
    x = rng(16).normal(size=(20, 2))
    one, two, other = (
        is_convex_on_samples(wells, x, rng=rng(seed)) for seed in (1, 1, 2)
    )
    assert one.t == two.t != other.t


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"points": [[1.0]]}, r"at least 2, one a row, got shape \(1, 1\)"),
        ({"num_chords": 0}, "num_chords must be at least 1, got 0"),
        ({"tolerance": 0.0}, "tolerance must be positive, got 0.0"),
        ({"f": lambda x: np.inf + x[0]}, "must be finite, got inf at x"),
    ],
)
def test_the_falsifier_refuses_bad_input(given, says):
    args = {"f": square, "points": np.eye(2), "rng": rng()} | given
    with pytest.raises(ValueError, match=says):
        is_convex_on_samples(args.pop("f"), args.pop("points"), **args)


def test_the_falsifier_needs_a_function():
    with pytest.raises(TypeError, match="f must be a function, got float"):
        is_convex_on_samples(1.0, np.eye(2), rng=rng())


# the examples


@functions
def test_the_gradient_of_an_example_is_its_gradient(example):
    for x in example.sample(5, 3, rng(17)) + 0.3:
        assert gradient_check(example.f, example.gradient, x).passed


@functions
def test_no_tangent_of_an_example_rises_above_it(example):
    x = example.sample(40, 3, rng(18))
    gaps = [
        tangent_gap(example.f, example.gradient, a, b)
        for a, b in zip(x[:20], x[20:], strict=True)
    ]
    assert min(gaps) >= -1e-12


@functions
def test_the_kind_of_an_example_is_that_of_its_hessian(example):
    x = example.sample(30, 3, rng(19)) + 0.1
    least = min(np.linalg.eigvalsh(hessian(example.f, v))[0] for v in x)
    if example.kind == "convex":
        assert abs(least) < 1e-4
    else:
        assert least > 1e-7
    bounded = example.name == "quadratic"
    assert (example.kind == "strongly convex") == bounded


@pytest.mark.parametrize("name", ["1-norm", "2-norm", "largest size"])
def test_at_the_kink_of_a_norm_zero_is_a_subgradient(name):
    example = next(e for e in convex_functions(2) if e.name == name)
    np.testing.assert_array_equal(example.gradient(np.zeros(2)), 0)


def test_examples_are_sampled_where_they_are_defined():
    for example in convex_functions(2):
        x = example.sample(500, 2, rng(20))
        assert x.shape == (500, 2)
        assert (x.min() > 0) == example.positive
        assert np.sqrt(np.mean(x**2)) == pytest.approx(2, rel=0.1)


def test_log_sum_exp_is_that_of_scipy():
    example = next(e for e in convex_functions(2) if e.name == "log-sum-exp")
    for x in (np.array([1.0, 2.0, 5.0]), np.array([900.0, 905.0])):
        assert example.f(x) == pytest.approx(scipy.special.logsumexp(x))


def test_the_examples_take_a_vector_of_n():
    assert len(convex_functions()) == 12
    assert convex_functions(1)[0].f(np.array([2.0])) == 3
    assert convex_functions(3)[0].f(np.ones(3)) == 7
    with pytest.raises(ValueError, match="n must be at least 1, got 0"):
        convex_functions(0)
    with pytest.raises(ValueError, match=r"a vector of shape \(n,\)"):
        convex_functions(2)[0].f(np.eye(2))


# curvature


def test_the_curvature_of_a_quadratic_is_between_its_eigenvalues():
    A = np.array([[3.0, 1.0], [1.0, 2.0]])
    lam = np.linalg.eigvalsh(A)
    mu, L = curvature_on_samples(
        lambda x: A @ x, rng(21).normal(size=(60, 2)), rng=rng(22)
    )
    assert lam[0] <= mu <= lam[0] + 1e-2
    assert lam[1] - 1e-2 <= L <= lam[1] + 1e-12


def test_a_gradient_that_is_not_monotone_has_negative_curvature():
    x = rng(23).normal(size=(30, 1))
    mu, L = curvature_on_samples(np.cos, x, rng=rng(24))
    assert -1 <= mu < -0.9
    assert 0.9 < L <= 1


def test_a_gradient_that_turns_sideways_counts_for_smoothness():
    found = curvature_on_samples(
        lambda x: x[::-1].copy(), [[0.0, 0.0], [1.0, 0.0]], rng=rng()
    )
    assert found == (0, 1)


def test_more_pairs_find_more_curvature():
    x = rng(25).normal(size=(200, 2))
    few = curvature_on_samples(lambda x: x**3, x, rng=rng(1), num_pairs=2)
    many = curvature_on_samples(lambda x: x**3, x, rng=rng(1), num_pairs=500)
    assert many[0] < few[0]
    assert many[1] > few[1]


def test_curvature_of_matrices_counts_all_entries():
    X = rng(26).normal(size=(4, 2, 3))
    found = curvature_on_samples(lambda X: 5 * X, X, rng=rng())
    assert found == pytest.approx((5, 5))


@pytest.mark.parametrize(
    ("gradient", "points", "kwargs", "says"),
    [
        (np.cos, [1.0], {}, r"at least 2, one a row, got shape \(1,\)"),
        (np.cos, [1.0, 1.0], {}, "points must differ, got 1.0 twice"),
        (np.cos, [1.0, 2.0], {"num_pairs": 0}, "at least 1, got 0"),
        (np.sum, np.eye(2), {}, r"must have shape \(2,\), got \(\)"),
        (lambda x: x + np.nan, [1, 2], {}, r"gradient\(x\) must be finite"),
    ],
)
def test_curvature_refuses_bad_input(gradient, points, kwargs, says):
    with pytest.raises(ValueError, match=says):
        curvature_on_samples(gradient, points, rng=rng(), **kwargs)


def test_curvature_needs_a_gradient():
    with pytest.raises(TypeError, match="gradient must be a function"):
        curvature_on_samples(None, np.eye(2), rng=rng())


# losses


def truths(loss, n, seed=27):
    y = rng(seed).normal(size=n)
    return np.sign(y) if loss.signs else y


@losses
def test_the_derivative_of_a_loss_is_its_derivative(loss):
    y = truths(loss, 40)
    z = 2 * rng(28).normal(size=40)
    g = numerical_gradient(lambda z: loss(z, y).sum(), z)
    np.testing.assert_allclose(loss.derivative(z, y), g, atol=1e-8)


@losses
def test_a_loss_is_convex_in_the_score(loss):
    y = truths(loss, 3)
    z = 3 * rng(29).normal(size=(50, 3))
    assert is_convex_on_samples(
        lambda z: loss(z, y).sum(), z, rng=rng(30), num_chords=300
    )


@losses
def test_the_slope_of_a_loss_turns_no_faster_than_its_smoothness(loss):
    y = truths(loss, 1)[:1]
    z = 3 * rng(31).normal(size=(400, 1))
    mu, L = curvature_on_samples(
        lambda z: loss.derivative(z, y), z, rng=rng(32), num_pairs=3000
    )
    assert mu >= 0
    if loss.smoothness is None:
        assert L > 5
    else:
        assert 0.9 * loss.smoothness <= L <= loss.smoothness + 1e-12


@losses
def test_at_a_kink_the_derivative_is_a_subgradient(loss):
    z = np.linspace(-3, 3, 25)
    for y in (-1.0, 1.0):
        for at in (-1.0, 1.0, y):
            ys = np.full(25, y)
            slope = loss.derivative([at], [y])
            tangent = loss([at], [y]) + slope * (z - at)
            assert np.all(loss(z, ys) >= tangent - 1e-12)


def test_the_losses_are_those_of_scipy_and_scikit_learn():
    z = 2 * rng(33).normal(size=50)
    y = rng(34).normal(size=50)
    s = np.sign(y)
    mean = lambda loss, t: loss(z, t).mean()  # noqa: E731
    metrics = sklearn.metrics
    assert mean(squared_loss(), y) == pytest.approx(
        metrics.mean_squared_error(y, z)
    )
    assert mean(absolute_loss(), y) == pytest.approx(
        metrics.mean_absolute_error(y, z)
    )
    np.testing.assert_allclose(
        huber_loss(0.7)(z, y), scipy.special.huber(0.7, z - y)
    )
    assert mean(hinge_loss(), s) == pytest.approx(metrics.hinge_loss(s, z))
    assert mean(logistic_loss(), s) == pytest.approx(
        metrics.log_loss(s, scipy.special.expit(z))
    )


def test_optax_returns_one_loss_an_entry_but_softmax_one_a_sample():
    z = rng(33).normal(size=(5, 3)).astype(np.float32)
    s = np.sign(rng(34).normal(size=(5, 3)))
    labels = np.array([0, 1, 2, 0, 1])
    for theirs, ours in [
        (optax.squared_error(z, s), squared_loss()(z, s)),
        (optax.huber_loss(z, s), huber_loss()(z, s)),
        (optax.hinge_loss(z, s), hinge_loss()(z, s)),
        (
            optax.sigmoid_binary_cross_entropy(z, (s + 1) / 2),
            logistic_loss()(z, s),
        ),
        (
            optax.softmax_cross_entropy_with_integer_labels(z, labels),
            categorical_loss(z, labels)[0],
        ),
    ]:
        assert theirs.shape == ours.shape
        np.testing.assert_allclose(theirs, ours, rtol=1e-5, atol=1e-6)


def test_hubers_delta_is_where_the_slope_stops_growing():
    for delta in (0.5, 1.0, 2.0):
        slope = huber_loss(delta).derivative([0.25, 9.0, -9.0], [0, 0, 0])
        np.testing.assert_allclose(slope, [0.25, delta, -delta])
    assert huber_loss()([3.0], [0.0]) == 2.5


def test_the_logistic_loss_survives_large_scores():
    loss = logistic_loss()([1000.0, -1000.0], [-1, 1])
    np.testing.assert_allclose(loss, 1000)


@pytest.mark.parametrize("call", ["__call__", "derivative", "checked"])
@losses
def test_a_loss_refuses_what_would_broadcast(loss, call):
    with pytest.raises(ValueError, match=r"shape \(3, 1\), got \(3,\)"):
        getattr(loss, call)(np.zeros((3, 1)), np.ones(3))
    with pytest.raises(ValueError, match="z must be finite, got nan"):
        getattr(loss, call)([np.nan], [1])


@pytest.mark.parametrize("loss", [hinge_loss(), logistic_loss()])
def test_a_loss_of_margins_refuses_labels_0_and_1(loss):
    says = f"labels of the {loss.name} loss must be -1 or 1, got 0.0"
    with pytest.raises(ValueError, match=says):
        loss([0.3, 0.2], [1, 0])


def test_hubers_delta_must_be_positive():
    with pytest.raises(ValueError, match="delta must be positive, got 0"):
        huber_loss(0)


def test_categorical_loss_is_that_of_scipy_with_its_gradient():
    Z = 3 * rng(35).normal(size=(6, 4))
    labels = rng(36).integers(0, 4, size=6)
    losses, G = categorical_loss(Z, labels)
    expected = -scipy.special.log_softmax(Z, axis=1)[np.arange(6), labels]
    np.testing.assert_allclose(losses, expected, rtol=1e-12)
    g = numerical_gradient(lambda Z: categorical_loss(Z, labels)[0].sum(), Z)
    np.testing.assert_allclose(G, g, atol=1e-8)


def test_categorical_loss_survives_large_scores():
    losses, G = categorical_loss([[1000.0, 0.0], [1000.0, 0]], [0, 1])
    np.testing.assert_allclose(losses, [0, 1000])
    np.testing.assert_allclose(G, [[0, 0], [1, -1]])


def test_two_classes_give_the_logistic_loss():
    z = rng(37).normal(size=9)
    y = np.where(rng(38).uniform(size=9) < 0.5, -1, 1)
    Z = np.column_stack([np.zeros(9), z])
    losses, _ = categorical_loss(Z, (y + 1) // 2)
    np.testing.assert_allclose(losses, logistic_loss()(z, y), rtol=1e-12)


@pytest.mark.parametrize(
    ("labels", "error", "says"),
    [
        ([0.0, 1.0], TypeError, "labels must be integers, got float64"),
        ([0], ValueError, r"labels must have shape \(2,\), got \(1,\)"),
        ([0, 3], ValueError, r"labels must lie in 0 … 2, got 0 … 3"),
        ([-1, 2], ValueError, r"got -1 … 2"),
    ],
)
def test_categorical_loss_refuses_bad_labels(labels, error, says):
    with pytest.raises(error, match=says):
        categorical_loss(np.zeros((2, 3)), labels)


# objectives


def data(signs, n=40, d=3, seed=39):
    X = rng(seed).normal(size=(n, d))
    y = X @ np.arange(1, d + 1) + rng(seed + 1).normal(size=n)
    return X, np.sign(y) if signs else y


@losses
@pytest.mark.parametrize("penalty", [{}, {"ridge": 0.3}, {"lasso": 0.2}])
def test_an_objective_is_convex_with_the_right_gradient(loss, penalty):
    X, y = data(loss.signs)
    problem = linear_objective(X, y, loss, **penalty)
    for w in rng(40).normal(size=(3, 3)):
        assert gradient_check(problem.f, problem.gradient, w).passed
    points = 2 * rng(41).normal(size=(40, 3))
    assert is_convex_on_samples(problem.f, points, rng=rng(42), num_chords=200)


def test_an_objective_adds_its_penalties():
    X, y = data(signs=False)
    w = np.array([1.0, -2.0, 3.0])
    plain = linear_objective(X, y, squared_loss())
    both = linear_objective(X, y, squared_loss(), ridge=0.5, lasso=0.1)
    assert plain.f(w) == pytest.approx(np.mean((X @ w - y) ** 2))
    assert both.f(w) - plain.f(w) == pytest.approx(0.25 * 14 + 0.1 * 6)
    np.testing.assert_allclose(
        plain.gradient(w), least_squares_gradient(X, y, w)
    )


@losses
def test_an_objective_knows_its_constants(loss):
    X, y = data(loss.signs)
    problem = linear_objective(X, y, loss, ridge=0.3)
    least = np.linalg.eigvalsh(X.T @ X / len(X))[0]
    expected = 0.3 + (2 * least if loss.name == "squared" else 0)
    assert problem.convexity == pytest.approx(expected, rel=1e-12)
    points = rng(43).normal(size=(60, 3))
    mu, L = curvature_on_samples(problem.gradient, points, rng=rng(44))
    assert mu >= expected * (1 - 1e-12)
    if loss.smoothness is None:
        assert problem.smoothness is None
    else:
        assert problem.smoothness + 1e-12 >= L
    if loss.name == "squared":
        assert pytest.approx(L, rel=1e-2) == problem.smoothness


def test_a_step_on_a_batch_computes_no_singular_values(monkeypatch):
    def refuse(*_args, **_given):
        raise AssertionError

    X, y = data(signs=False)
    for name in ("eigvalsh", "svd", "norm"):
        monkeypatch.setattr(np.linalg, name, refuse)
    problem = linear_objective(X, y, squared_loss(), ridge=0.1)
    assert np.isfinite(problem.f(np.ones(3)))
    assert problem.gradient(np.ones(3)).shape == (3,)


def test_a_lasso_has_no_smoothness_and_the_convexity_of_the_rest():
    X, y = data(signs=False)
    plain = linear_objective(X, y, squared_loss())
    lasso = linear_objective(X, y, squared_loss(), lasso=1)
    assert lasso.smoothness is None
    assert lasso.convexity == plain.convexity > 0.5


@pytest.mark.parametrize("unit", [1e-120, 1e-8, 1.0, 1e8, 1e120])
def test_dependent_columns_leave_the_convexity_of_the_ridge(unit):
    X, y = data(signs=False)
    twice = unit * np.hstack([X, X @ np.ones((3, 1)) / 3])
    assert linear_objective(twice, y, squared_loss()).convexity == 0
    wide = unit * X[:2]
    assert linear_objective(wide, y[:2], squared_loss()).convexity == 0
    whole = linear_objective(unit * X, y, squared_loss())
    expected = 2 * np.linalg.eigvalsh(X.T @ X / len(X))[0]
    assert whole.convexity / unit**2 == pytest.approx(expected)
    ridge = linear_objective(twice, y, squared_loss(), ridge=0.5)
    assert ridge.convexity == 0.5


@given(st.integers(0, 10**6), st.integers(1, 5))
@settings(max_examples=30)
def test_the_convexity_is_at_most_the_smoothness(seed, d):
    X, y = rng(seed).normal(size=(8, d)), np.ones(8)
    f = linear_objective(X, y, squared_loss(), ridge=0.1)
    assert f.convexity <= f.smoothness
    lam = 2 * np.linalg.eigvalsh(X.T @ X / 8) + 0.1
    assert (f.convexity, f.smoothness) == pytest.approx((lam[0], lam[-1]))


@losses
def test_the_slope_of_a_loss_turns_no_slower_than_its_convexity(loss):
    z = np.linspace(-3, 3, 61)
    y = np.ones(61)
    turns = np.diff(loss.derivative(z, y)) / np.diff(z)
    assert turns.min() >= loss.convexity * (1 - 1e-12)
    assert (loss.convexity > 0) == (loss.name == "squared")


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"value": 1.0}, TypeError, "value must be a function, got float"),
        ({"slope": None}, TypeError, "slope must be a function"),
        ({"signs": 1}, TypeError, "signs must be True or False, got 1"),
        ({"smoothness": 0.0}, ValueError, "smoothness must be positive"),
        ({"convexity": -1.0}, ValueError, "convexity must not be negative"),
    ],
)
def test_a_loss_is_made_of_two_functions_and_their_bounds(given, error, says):
    made = {"value": np.add, "slope": np.add, "smoothness": None, **given}
    with pytest.raises(error, match=says):
        Loss("mine", **made)


@losses
def test_a_loss_that_exceeds_the_largest_number_is_refused(loss):
    if loss.name == "squared":
        with pytest.raises(ValueError, match="squared loss must be finite"):
            loss([1e300], [1.0])
    else:
        assert loss([1e300], [-1.0])[0] >= 0.7e300
    assert np.isfinite(loss.derivative([1e300], [1.0])).all()


def test_the_curvature_does_not_depend_on_units():
    x = rng(25).normal(size=(20, 2))
    at = lambda t: curvature_on_samples(  # noqa: E731
        lambda v: np.sinh(v / t) * t, t * x, rng=rng(1)
    )
    for t in (1e-300, 1e-12, 1e12, 1e300):
        assert at(t) == pytest.approx(at(1.0), rel=1e-9)


def test_logistic_regression_is_that_of_the_other_module():
    X, y = data(signs=True)
    ours = linear_objective(X, y, logistic_loss(), ridge=0.2)
    theirs = logistic_regression(X, (y + 1) / 2, penalty=0.2)
    w = np.array([0.3, -1.0, 2.0])
    assert ours.f(w) == pytest.approx(theirs.f(w), rel=1e-12)
    assert ours.smoothness == pytest.approx(theirs.smoothness, rel=1e-12)
    np.testing.assert_allclose(ours.gradient(w), theirs.gradient(w))


def solve(problem, d=3):
    done = scipy.optimize.minimize(
        problem.f,
        np.zeros(d),
        jac=problem.gradient,
        method="BFGS",
        options={"gtol": 1e-9},
    )
    return done.x


def test_the_minimisers_are_those_of_scikit_learn():
    X, y = data(signs=False)
    n, linear = len(y), sklearn.linear_model
    w = solve(linear_objective(X, y, squared_loss(), ridge=0.4))
    ridge = linear.Ridge(alpha=n * 0.4 / 2, fit_intercept=False).fit(X, y)
    np.testing.assert_allclose(w, ridge.coef_, rtol=1e-6)

    X, s = data(signs=True)
    w = solve(linear_objective(X, s, logistic_loss(), ridge=0.1))
    logistic = linear.LogisticRegression(
        C=1 / (n * 0.1), fit_intercept=False, tol=1e-10
    ).fit(X, s)
    np.testing.assert_allclose(w, logistic.coef_[0], rtol=1e-5)


def test_no_neighbour_beats_the_lasso_and_the_svm_of_scikit_learn():
    X, y = data(signs=False)
    n = len(y)
    lasso = sklearn.linear_model.Lasso(
        alpha=0.8, fit_intercept=False, tol=1e-12
    ).fit(X, y)
    X, s = data(signs=True)
    svm = sklearn.svm.SVC(C=1 / (n * 0.1), kernel="linear", tol=1e-9)
    svm.fit(np.vstack([X, -X]), np.concatenate([s, -s]))
    for problem, w in [
        (linear_objective(X, y, squared_loss(), lasso=1.6), lasso.coef_),
        (
            linear_objective(
                np.vstack([X, -X]),
                np.concatenate([s, -s]),
                hinge_loss(),
                ridge=0.05,
            ),
            svm.coef_[0],
        ),
    ]:
        best = problem.f(w)
        for d in rng(45).normal(size=(50, 3)):
            assert problem.f(w + 0.01 * d) > best


def test_gradient_descent_takes_an_objective():
    X, y = data(signs=False)
    problem = linear_objective(X, y, squared_loss())
    rate = 1 / problem.smoothness
    path = minimize(
        problem, np.zeros(3), gradient_descent(rate), num_steps=300
    )
    expected = np.linalg.lstsq(X, y)[0]
    np.testing.assert_allclose(path.x[-1], expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("y", "loss", "penalty", "says"),
    [
        ([1.0, 2.0], squared_loss(), {}, r"shape \(3,\), got \(2,\)"),
        ([1, 0, 1], hinge_loss(), {}, "must be -1 or 1, got 0"),
        ([1, 1, 1], hinge_loss(), {"ridge": -1}, "ridge must not be neg"),
        ([1, 1, 1], hinge_loss(), {"lasso": -2}, "negative, got -2"),
        ([[1], [1], [1]], hinge_loss(), {}, r"y must be a vector of shape"),
    ],
)
def test_an_objective_refuses_bad_input(y, loss, penalty, says):
    with pytest.raises(ValueError, match=says):
        linear_objective(np.ones((3, 2)), y, loss, **penalty)
