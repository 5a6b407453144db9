import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from derivable.calculus import (
    adjugate,
    gradient_check,
    identities,
    least_squares_gradient,
    logistic_gradient,
    numerical_gradient,
)

SIZES = [
    {"n": 1, "d": 1, "k": 1},
    {"n": 2, "d": 3, "k": 4},
    {"n": 4, "d": 2, "k": 3},
    {"n": 5, "d": 5, "k": 2},
]


def verdict(identity, arrays):
    name = identity.argument
    return gradient_check(
        lambda X: identity.f({**arrays, name: X}),
        lambda X: identity.grad({**arrays, name: X}),
        arrays[name],
        tolerance=1e-7,
    )


@pytest.mark.parametrize("identity", identities, ids=lambda i: i.name)
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_an_identity_holds_for_several_shapes(identity, sizes):
    arrays = identity.sample(np.random.default_rng(5), **sizes)
    found = verdict(identity, arrays)
    assert found.analytic.shape == arrays[identity.argument].shape
    assert found.passed, (found.error, found.analytic, found.numeric)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(identities),
    st.integers(0, 10_000),
    st.integers(1, 4),
    st.integers(1, 4),
    st.integers(1, 4),
)
def test_an_identity_holds_for_random_shapes_and_seeds(i, seed, n, d, k):
    arrays = i.sample(np.random.default_rng(seed), n=n, d=d, k=k)
    found = verdict(i, arrays)
    assert found.error < 1e-5, (i.name, found.error)


@pytest.mark.parametrize("identity", identities, ids=lambda i: i.name)
def test_a_wrong_sign_or_factor_would_be_noticed(identity):
    arrays = identity.sample(np.random.default_rng(7), n=3, d=2, k=4)
    X = arrays[identity.argument]
    g = identity.grad(arrays)

    def f(X):
        return identity.f({**arrays, identity.argument: X})

    for wrong in (-g, 1.01 * g):
        assert not gradient_check(f, lambda _, w=wrong: w, X).passed


def test_names_are_unique():
    assert len({i.name for i in identities}) == len(identities)


def test_a_sample_depends_on_the_generator_alone():
    one, two = (
        identities[4].sample(np.random.default_rng(1), n=2, d=3) for _ in "ab"
    )
    for name in one:
        np.testing.assert_array_equal(one[name], two[name])


def test_a_sample_needs_every_size():
    with pytest.raises(ValueError, match="sizes must name d"):
        identities[4].sample(np.random.default_rng(0), n=2)


@pytest.mark.parametrize("rank", [1, 2, 3, 4])
def test_the_adjugate_is_that_of_sympy_for_any_rank(rank):
    rng = np.random.default_rng(rank)
    X = rng.integers(-3, 4, (4, rank)) @ rng.integers(-3, 4, (rank, 4))
    expected = np.array(sympy.Matrix(X.tolist()).adjugate().tolist(), float)
    np.testing.assert_allclose(adjugate(X), expected, atol=1e-9)


def test_the_adjugate_of_a_number_is_one():
    np.testing.assert_allclose(adjugate([[0.0]]), [[1.0]])


rng = np.random.default_rng(2)
X, y, w = rng.normal(size=(6, 3)), rng.normal(size=6), rng.normal(size=3)


def test_the_least_squares_gradient_vanishes_at_the_solution_of_numpy():
    best = np.linalg.lstsq(X, y)[0]
    np.testing.assert_allclose(
        least_squares_gradient(X, y, best), 0, atol=1e-14
    )


def test_the_least_squares_gradient_carries_the_one_over_n():
    def loss(v):
        return np.mean((X @ v - y) ** 2)

    np.testing.assert_allclose(
        least_squares_gradient(X, y, w), numerical_gradient(loss, w), rtol=1e-7
    )


def test_the_logistic_gradient_is_that_of_the_loss():
    labels = (y > 0).astype(float)

    def loss(v):
        z = X @ v
        return np.mean(np.logaddexp(0, z) - labels * z)

    np.testing.assert_allclose(
        logistic_gradient(X, labels, w), numerical_gradient(loss, w), rtol=1e-7
    )


@pytest.mark.parametrize("f", [least_squares_gradient, logistic_gradient])
@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ((X, y[:2], w), ValueError, "needs y of 6 and w of 3, got 2 and 3"),
        ((X, y, w[:2]), ValueError, "got 6 and 2"),
        ((X[0], y, w), ValueError, "X must be a matrix"),
        ((X, y[:, None], w), ValueError, "y must be a vector"),
        ((X, y * np.nan, w), ValueError, "y must be finite"),
        ((X, y, 1j * w), TypeError, "w must be real"),
    ],
)
def test_a_model_refuses_bad_input(f, arguments, error, says):
    with pytest.raises(error, match=says):
        f(*arguments)


def test_labels_are_probabilities():
    with pytest.raises(ValueError, match=r"y must lie in \[0, 1\], got -1"):
        logistic_gradient(X, np.sign(y), w)


def test_the_adjugate_is_of_a_square_matrix():
    with pytest.raises(ValueError, match="X must be square"):
        adjugate(np.ones((2, 3)))
