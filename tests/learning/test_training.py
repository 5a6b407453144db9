"""Training: normalisations by three routes, memory, stopping, reports."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_digits
from sklearn.preprocessing import StandardScaler

from derivable import DivergenceError
from derivable.calculus import grad, jacobian, value_and_grad
from derivable.calculus.autodiff import softmax_cross_entropy
from derivable.learning import (
    BatchNorm,
    EarlyStopping,
    backpropagate,
    batch_norm,
    batch_norm_backward,
    clipped_by_value,
    diagnose,
    dropout,
    fit,
    init_batch_norm,
    init_mlp,
    init_normalised,
    layer_norm,
    layer_norm_backward,
    layer_statistics,
    learning_rate_range_test,
    mlp,
    normalised_mlp,
    train,
)
from derivable.learning.training.normalisation import (
    standardise,
    standardise_backward,
)
from derivable.optimization import (
    Batches,
    adam,
    gradient_descent,
    momentum,
)

BOTH = {
    "batch": (batch_norm, batch_norm_backward, 0),
    "layer": (layer_norm, layer_norm_backward, 1),
}
KINDS = sorted(BOTH)


def batch(n=6, d=4, seed=0):
    """A batch, scales and shifts that are not 1 and 0, an adjoint."""
    rng = np.random.default_rng(seed)
    X, dY = rng.normal(size=(2, n, d))
    return 3 * X + 2, rng.normal(size=d), rng.normal(size=d), dY


def one_batch(n, seed=0):
    return Batches(n, np.random.default_rng(seed))


# --- normalisation, forwards


def test_batch_norm_is_the_scaler_of_scikit_learn():
    X, gamma, beta, _ = batch()
    scaler = StandardScaler().fit(X)
    run = batch_norm(X, gamma, beta, epsilon=0)
    np.testing.assert_allclose(run.X_hat, scaler.transform(X), atol=1e-12)
    np.testing.assert_allclose(run.mean, scaler.mean_)
    np.testing.assert_allclose(run.variance, scaler.var_)
    np.testing.assert_allclose(run.scale, 1 / scaler.scale_)
    np.testing.assert_allclose(run.Y, gamma * run.X_hat + beta)


def test_layer_norm_is_batch_norm_on_its_side():
    X, gamma, beta, _ = batch()
    run = layer_norm(X, gamma, beta, epsilon=0.1)
    side = batch_norm(X.T, np.ones(6), np.zeros(6), epsilon=0.1)
    np.testing.assert_allclose(run.X_hat, side.Y.T)
    np.testing.assert_allclose(run.mean, side.mean)
    np.testing.assert_allclose(run.variance, side.variance)
    np.testing.assert_allclose(run.scale, side.scale)
    np.testing.assert_allclose(run.Y, gamma * side.Y.T + beta)


@given(
    n=st.integers(2, 7),
    d=st.integers(2, 6),
    c=st.sampled_from([1e-3, 0.5, 7.0, 1e4]),
    seed=st.integers(0, 99),
)
def test_units_and_origin_of_a_feature_do_not_matter(n, d, c, seed):
    X, gamma, beta, _ = batch(n, d, seed)
    shift = np.random.default_rng(seed).normal(size=d)
    found = batch_norm(c * X + shift, gamma, beta, epsilon=0).Y
    wanted = batch_norm(X, gamma, beta, epsilon=0).Y
    np.testing.assert_allclose(found, wanted, atol=1e-8)
    found = layer_norm(c * X + 5, gamma, beta, epsilon=0).Y
    wanted = layer_norm(X, gamma, beta, epsilon=0).Y
    np.testing.assert_allclose(found, wanted, atol=1e-8)


@pytest.mark.parametrize("kind", KINDS)
def test_the_default_epsilon_is_that_of_the_paper(kind):
    X, gamma, beta, _ = batch()
    run = BOTH[kind][0](1e-3 * X, gamma, beta)
    v = 1e-6 * np.var(X, axis=BOTH[kind][2])
    np.testing.assert_allclose(run.scale, 1 / np.sqrt(v + 1e-5))


def test_a_feature_that_does_not_vary_becomes_its_shift():
    X = np.column_stack([np.full(3, 7.0), np.arange(3)])
    run = batch_norm(X, [2.0, 3.0], [0.5, -1.0])
    np.testing.assert_array_equal(run.Y[:, 0], 0.5)
    with pytest.raises(ValueError, match=r"plus epsilon.*got 0.0 \+ 0.0"):
        batch_norm(X, [2.0, 3.0], [0.5, -1.0], epsilon=0)


@pytest.mark.parametrize("n", [2, 3, 5, 6, 7])
def test_the_rounding_of_a_mean_is_no_variance(n):
    level = np.full((n, 1), 0.1)
    for f, X in [(batch_norm, level), (layer_norm, level.T)]:
        one, zero = np.ones((2, X.shape[1])) * [[1.0], [0.0]]
        with pytest.raises(ValueError, match=r"got 0.0 \+ 0.0"):
            f(X, one, zero, epsilon=0)
        run = f(X, one, zero, epsilon=1e-40)
        np.testing.assert_array_equal(run.Y, 0.0)
        np.testing.assert_array_equal(run.variance, 0.0)


# --- normalisation, backwards


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", [(6, 4), (2, 3), (5, 2)])
def test_the_way_back_by_hand_is_that_of_two_graphs(kind, shape):
    forward, backward, axis = BOTH[kind]
    X, gamma, beta, dY = batch(*shape)
    found = backward(dY, gamma, forward(X, gamma, beta, epsilon=0.01))

    def output(p):
        X, gamma, beta = p
        X_hat, _, _ = standardise(X, axis, 0.01)
        return np.sum(dY * (gamma * X_hat + beta))

    def in_jax(X, gamma, beta):
        C = X - X.mean(axis=axis, keepdims=True)
        v = (C**2).mean(axis=axis, keepdims=True)
        return jnp.sum(dY * (gamma * C / jnp.sqrt(v + 0.01) + beta))

    with jax.enable_x64():
        theirs = jax.grad(in_jax, argnums=(0, 1, 2))(X, gamma, beta)
    graph = grad(output)((X, gamma, beta))
    for mine, by_graph, by_jax in zip(found, graph, theirs, strict=True):
        assert mine.shape == by_graph.shape
        np.testing.assert_allclose(mine, by_graph, atol=1e-10)
        np.testing.assert_allclose(mine, by_jax, atol=1e-10)


@pytest.mark.parametrize("kind", KINDS)
def test_the_way_back_is_the_slope_of_a_difference(kind):
    forward, backward, _ = BOTH[kind]
    X, gamma, beta, dY = batch()
    step = np.random.default_rng(1).normal(size=X.shape)
    dX, dgamma, dbeta = backward(dY, gamma, forward(X, gamma, beta))

    def f(h):
        return np.sum(
            dY * forward(X + h * step, gamma + 2 * h, beta - h).Y,
        )

    wanted = (f(1e-5) - f(-1e-5)) / 2e-5
    found = np.sum(dX * step) + 2 * dgamma.sum() - dbeta.sum()
    assert np.isclose(found, wanted, rtol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_one_way_back_serves_both_along_its_axis(kind):
    forward, _, axis = BOTH[kind]
    X, gamma, beta, G = batch(3, 4)
    run = forward(X, gamma, beta, epsilon=0.2)

    def f(x):
        return standardise(x.reshape(3, 4), axis, 0.2)[0].ravel()

    J = jacobian(f, X.ravel())
    wanted = (J.T @ G.ravel()).reshape(3, 4)
    found = standardise_backward(G, run, axis)
    np.testing.assert_allclose(found, wanted, atol=1e-7)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers(0, 99))
def test_nothing_comes_back_along_what_was_taken_out(kind, seed):
    forward, backward, axis = BOTH[kind]
    X, gamma, beta, dY = batch(seed=seed)
    run = forward(X, gamma, beta, epsilon=0)
    dX, _, _ = backward(dY, gamma, run)
    np.testing.assert_allclose(dX.sum(axis=axis), 0, atol=1e-10)
    np.testing.assert_allclose((dX * X).sum(axis=axis), 0, atol=1e-9)


# --- running statistics


def test_running_statistics_forget_their_start_geometrically():
    X, gamma, beta, _ = batch()
    layer = BatchNorm(gamma, beta, np.full(4, 5.0), np.full(4, 3.0), keep=0.7)
    for _ in range(6):
        run, layer = layer.train(X)
    share = 0.7**6
    np.testing.assert_allclose(
        layer.mean, share * 5 + (1 - share) * X.mean(axis=0)
    )
    np.testing.assert_allclose(
        layer.variance, share * 3 + (1 - share) * X.var(axis=0, ddof=1)
    )
    np.testing.assert_allclose(run.Y, batch_norm(X, gamma, beta).Y)


def test_a_layer_starts_without_effect():
    layer = init_batch_norm(3)
    X = np.arange(6.0).reshape(2, 3)
    np.testing.assert_allclose(layer.evaluate(X), X / np.sqrt(1 + 1e-5))
    assert layer.keep == 0.9
    other = init_batch_norm(2, keep=0.5, epsilon=3.0)
    assert (other.keep, other.epsilon) == (0.5, 3.0)
    np.testing.assert_allclose(other.evaluate([[2.0, 4.0]]), [[1.0, 2.0]])
    run, _ = other.train([[0.0, 0.0], [2.0, 4.0]])
    np.testing.assert_allclose(run.scale, [1 / 2, 1 / np.sqrt(7)])


def test_evaluation_is_affine_and_looks_at_each_row_alone():
    X, gamma, beta, _ = batch()
    layer = BatchNorm(gamma, beta, X[0], np.arange(1.0, 5), epsilon=0.5)
    w, b = layer.affine()
    alone = np.concatenate([layer.evaluate(x[None]) for x in X])
    np.testing.assert_allclose(layer.evaluate(X), alone)
    np.testing.assert_allclose(alone, X * w + b)
    np.testing.assert_allclose(
        alone, gamma * (X - X[0]) / np.sqrt(np.arange(1.0, 5) + 0.5) + beta
    )


def test_training_leaves_the_layer_that_it_starts_from():
    layer = init_batch_norm(4)
    _, new = layer.train(batch()[0])
    assert not layer.mean.any()
    assert new.mean.any()
    with pytest.raises(AttributeError):
        layer.mean = new.mean


# --- dropout


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.75])
def test_dropout_keeps_the_mean_and_leaves_out_a_share(rate):
    A = np.full((400, 500), 2.0)
    out, D = dropout(A, rate, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(out, A * D)
    assert set(np.unique(D)) <= {0.0, 1 / (1 - rate)}
    noise = np.sqrt(rate / (1 - rate) / A.size)  # of the mean of D
    assert abs(D.mean() - 1) <= 4 * noise
    assert abs(D.var() - rate / (1 - rate)) <= 0.02
    left_out = np.mean(D == 0)
    assert abs(left_out - rate) <= 4 * np.sqrt(rate * (1 - rate) / A.size)


def test_units_are_left_out_one_by_one():
    _, D = dropout(np.ones((500, 3)), 0.5, rng=np.random.default_rng(1))
    assert abs(np.corrcoef(D.T) - np.eye(3)).max() < 0.2
    assert np.unique(D, axis=0).shape == (8, 3)


# --- clipping


def test_each_entry_is_cut_and_the_rule_does_the_rest():
    g = np.array([0.3, -7.0, 2.0, -0.5])
    for rule in (gradient_descent(0.1), momentum(0.1), adam(0.1)):
        cut = clipped_by_value(rule, 0.5)
        states = [{k: np.zeros(4) for k in rule.state} for _ in range(2)]
        x = np.ones(4)
        found = cut.step(x, g, states[0], 0.1, 1)
        short = np.array([0.3, -0.5, 0.5, -0.5])
        np.testing.assert_allclose(
            found, rule.step(x, short, states[1], 0.1, 1)
        )
        assert cut.name == f"{rule.name}, cut"
        assert cut.stability is None
        assert cut.learning_rate == rule.learning_rate


# --- early stopping


@pytest.mark.parametrize(
    ("values", "patience", "min_delta", "best", "stops"),
    [
        ([3.0], 1, 0.0, 0, False),
        ([3.0, 2.0, 1.0], 1, 0.0, 2, False),
        ([3.0, 2.0, 2.5], 1, 0.0, 1, True),
        ([3.0, 2.0, 2.5], 2, 0.0, 1, False),
        ([3.0, 2.0, 2.5, 2.1], 2, 0.0, 1, True),
        ([3.0, 2.0, 2.0, 2.0], 2, 0.0, 1, True),
        ([3.0, 2.9, 2.8, 2.7], 2, 0.25, 3, False),
        ([3.0, 2.9, 2.8], 2, 0.25, 0, True),
        ([3.0, 2.75], 1, 0.25, 0, True),  # more than min_delta, not as much
        ([1.0, 5.0, 0.5], 2, 0.0, 2, False),
    ],
)
def test_the_best_epoch_and_when_to_stop(
    values, patience, min_delta, best, stops
):
    rule = EarlyStopping(patience, min_delta)
    assert rule.best(values) == best
    assert rule.stops(values) is stops


# --- the loop


def classes(n=24, seed=0):
    rng = np.random.default_rng(seed)
    p = init_mlp([3, 5, 2], rng=rng, activation="tanh")
    X = rng.normal(size=(n, 3))
    y = (X[:, 0] * X[:, 1] > 0).astype(int)
    return p, X, y, lambda p, i: backpropagate(p, X[i], y[i])


def assert_same(found, wanted):
    for f, w in zip(found, wanted, strict=True):
        for k in w:
            np.testing.assert_allclose(f[k], w[k], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("rule", [momentum(0.1), adam(0.05)])
def test_with_a_network_the_loop_is_train(rule):
    p, X, y, step = classes()
    how = {"optimizer": rule, "num_epochs": 3}
    found = fit(step, p, 24, batches=one_batch(5), **how)
    wanted = train(p, X, y, batches=one_batch(5), **how)
    assert_same(found.parameters, wanted.parameters)
    np.testing.assert_allclose(found.losses, wanted.losses)
    assert found.epoch == 3
    assert found.held_out.shape == (0,)
    assert not np.allclose(p[0]["W"], found.parameters[0]["W"])


def drifting(parameters, _i):
    """Parameters that rise by 1 a step of plain descent with rate 1."""
    return float(parameters), -1.0


def bowl(parameters):
    return (float(parameters) - 3.2) ** 2


def test_the_best_parameters_come_back():
    how = {
        "optimizer": gradient_descent(1.0),
        "batches": one_batch(1),
        "num_epochs": 20,
        "validate": bowl,
    }
    early = fit(drifting, 0.0, 1, stopping=EarlyStopping(4), **how)
    assert (float(early.parameters), early.epoch) == (3.0, 3)
    assert len(early.losses) == len(early.held_out) == 7
    np.testing.assert_allclose(
        early.held_out, [(t - 3.2) ** 2 for t in range(1, 8)]
    )
    late = fit(drifting, 0.0, 1, **how)
    assert (float(late.parameters), late.epoch) == (20.0, 20)
    assert len(late.held_out) == 20
    patient = fit(drifting, 0.0, 1, stopping=EarlyStopping(99), **how)
    assert (float(patient.parameters), patient.epoch) == (3.0, 3)
    assert len(patient.losses) == 20


def test_ten_epochs_are_the_default_and_none_gives_the_start_back():
    rule, b = gradient_descent(1.0), one_batch(1)
    assert fit(drifting, 0.0, 1, optimizer=rule, batches=b).epoch == 10
    none = fit(drifting, 0.5, 1, optimizer=rule, batches=b, num_epochs=0)
    assert (float(none.parameters), none.epoch) == (0.5, 0)
    assert none.losses.shape == (0,)
    stop = EarlyStopping(1)
    none = fit(
        *(drifting, 0.5, 1),
        optimizer=rule,
        batches=b,
        num_epochs=0,
        validate=bowl,
        stopping=stop,
    )
    assert (float(none.parameters), none.epoch) == (0.5, 0)


def test_a_step_and_a_validation_may_change_what_they_are_given():
    def rough(p, _i):
        g = np.array(p)
        p[:] = 99.0
        return 1.0, g

    def look(p):
        p[:] = 99.0
        return 1.0

    run = fit(
        *(rough, np.array([4.0]), 1),
        optimizer=gradient_descent(0.5),
        batches=one_batch(1),
        num_epochs=2,
        validate=look,
    )
    np.testing.assert_allclose(run.parameters, [1.0])


def test_a_loss_or_a_gradient_that_is_not_finite_is_said_with_its_step():
    how = {"optimizer": gradient_descent(1.0), "batches": one_batch(1)}

    def at(step, answer):
        return lambda p, _i: answer if p == step - 1.0 else (1.0, -1.0)

    for answer, said in [
        ((np.nan, -1.0), "at step 3 the loss is nan"),
        ((np.inf, -1.0), "at step 3 the loss is inf"),
        ((1.0, np.nan), "at step 3 the gradient is not finite"),
    ]:
        with pytest.raises(DivergenceError, match=said) as found:
            fit(at(3, answer), 0.0, 1, **how)
        assert found.value.iteration == 3
        assert float(found.value.path) == 2.0
    with pytest.raises(DivergenceError, match="step 1 the parameters are not"):
        fit(
            lambda _p, _i: (1.0, -1e300),
            0.0,
            1,
            optimizer=gradient_descent(1e300),
            batches=one_batch(1),
        )


@pytest.mark.parametrize("rate", [0.1, 3.0])
def test_a_network_that_overflows_diverges_as_all_else(rate):
    X = np.random.default_rng(0).normal(size=(20, 2)) * [1.0, 1000.0]
    y = (X[:, 0] > 0).astype(int)
    start = init_mlp([2, 16, 2], rng=np.random.default_rng(0))
    with pytest.raises(DivergenceError, match="loss or gradient are not") as e:
        fit(
            *(lambda p, i: backpropagate(p, X[i], y[i]), start, 20),
            optimizer=gradient_descent(rate),
            batches=one_batch(20),
            num_epochs=400,
        )
    assert e.value.iteration > 1
    assert "float64" in str(e.value.__cause__) or "finite" in str(
        e.value.__cause__
    )
    with pytest.raises(ValueError, match="labels") as e:  # of the caller
        fit(
            *(lambda p, i: backpropagate(p, X[i], y[i] - 1), start, 20),
            optimizer=gradient_descent(rate),
            batches=one_batch(20),
        )
    assert not isinstance(e.value, DivergenceError)


def test_a_range_test_ends_where_the_scores_of_a_network_overflow():
    X, y = load_digits(return_X_y=True)
    run = learning_rate_range_test(
        *(lambda p, i: backpropagate(p, X[i] / 16, y[i]),),
        *(init_mlp([64] * 6 + [10], rng=np.random.default_rng(0)), 64),
        optimizer=gradient_descent,
        batches=one_batch(64),
        low=1e-3,
        high=1e120,
        num_steps=3,
    )
    assert np.isfinite(run.losses).all()
    assert len(run.losses) < 3


def test_a_loss_that_grows_and_stays_finite_is_returned():
    run = fit(
        *(parabola(4.0), 1.0, 1),
        optimizer=gradient_descent(1.0),
        batches=one_batch(1),
        num_epochs=50,
    )
    assert run.losses[-1] > 1e40


def test_what_a_step_must_return_is_said():
    how = {"optimizer": gradient_descent(1.0), "batches": one_batch(1)}
    with pytest.raises(TypeError, match="a loss and a gradient, got float"):
        fit(lambda _p, _i: 1.0, 0.0, 1, **how)
    with pytest.raises(TypeError, match="a loss and a gradient, got tuple"):
        fit(lambda _p, _i: (1.0, 1.0, 1.0), 0.0, 1, **how)
    with pytest.raises(ValueError, match=r"the gradient of step.*got \(1,\)"):
        fit(lambda _p, _i: (1.0, np.ones(1)), np.ones(2), 1, **how)
    with pytest.raises(ValueError, match=r"the loss of step.*got \(2,\)"):
        fit(lambda _p, _i: (np.ones(2), 1.0), 0.0, 1, **how)
    with pytest.raises(ValueError, match="stopping must come with validate"):
        fit(drifting, 0.0, 1, stopping=EarlyStopping(1), **how)


# --- the range test


def parabola(lam):
    return lambda x, _i: (lam * float(x) ** 2 / 2, lam * float(x))


def test_the_range_test_is_a_product_on_a_parabola():
    lam, low, high = 4.0, 1e-3, 10.0
    run = learning_rate_range_test(
        *(parabola(lam), 1.0, 1),
        optimizer=gradient_descent,
        batches=one_batch(1),
        low=low,
        high=high,
        num_steps=60,
        growth=1e6,
    )
    rates = np.geomspace(low, high, 60)[: len(run.rates)]
    np.testing.assert_allclose(run.rates, rates)
    x = np.cumprod([1.0, *(1 - rates[:-1] * lam)])
    np.testing.assert_allclose(run.losses, lam * x**2 / 2, rtol=1e-9)
    above = rates[rates > 2 / lam][0]
    assert np.isclose(run.lowest, above)
    assert run.losses[-1] > 1e6 * run.losses[0] >= run.losses[-2]
    assert 40 < len(rates) < 60


@pytest.mark.parametrize("steep", [130.0, 1300.0])
def test_with_two_curvatures_the_lowest_loss_lies_far_above_the_bound(steep):
    c = np.array([steep, 1.0])
    run = learning_rate_range_test(
        *(lambda x, _i: (c @ x**2 / 2, c * x), np.ones(2), 1),
        optimizer=gradient_descent,
        batches=one_batch(1),
    )
    assert run.lowest > 2 * (2 / steep)


def test_the_range_test_goes_on_over_epochs_and_ends_after_its_steps():
    seen = []

    def step(x, i):
        seen.append(sorted(i))
        return parabola(1.0)(x, i)

    start = np.array(2.0)
    run = learning_rate_range_test(
        *(step, start, 5),
        optimizer=gradient_descent,
        batches=one_batch(2),
        low=1e-3,
        high=1e-2,
        num_steps=7,
    )
    assert [len(i) for i in seen] == [2, 2, 1, 2, 2, 1, 2]
    assert np.isclose(run.rates[-1], 1e-2)
    assert np.isclose(run.lowest, 1e-2)
    assert len(run.losses) == 7
    assert start == 2.0


def test_the_range_test_ends_where_the_loss_grows_or_overflows():
    how = {"optimizer": gradient_descent, "batches": one_batch(1)}
    run = learning_rate_range_test(parabola(30.0), 1.0, 1, **how)
    assert run.losses[-1] > 4 * run.losses[0]
    assert run.losses[-2] <= 4 * run.losses[0]
    ratio = run.rates[1:] / run.rates[:-1]
    np.testing.assert_allclose(ratio, 1e6 ** (1 / 99))
    assert np.isclose(run.rates[0], 1e-5)

    def breaks(x, _i):
        return (np.nan if x < 0.5 else 1.0), 1.0

    run = learning_rate_range_test(
        breaks, 1.0, 1, low=0.1, high=1.0, num_steps=9, **how
    )
    gone = np.cumsum(np.geomspace(0.1, 1.0, 9)) > 0.5
    assert len(run.losses) == 1 + np.argmax(gone)
    with pytest.raises(ValueError, match=r"the model bears, got 0\.1, at"):
        learning_rate_range_test(
            lambda _x, _i: (np.nan, 1.0), 1.0, 1, low=0.1, high=1.0, **how
        )
    same = learning_rate_range_test(
        lambda _x, _i: (1.0, 0.0), 1.0, 1, growth=1.0, **how
    )
    assert len(same.losses) == 100


def test_the_ranges_of_the_range_test():
    def run(**given):
        return learning_rate_range_test(
            parabola(1.0),
            1.0,
            1,
            **{
                "optimizer": gradient_descent,
                "batches": one_batch(1),
                **given,
            },
        )

    with pytest.raises(ValueError, match="low must be below high, got 1"):
        run(low=1.0, high=1.0)
    with pytest.raises(ValueError, match="num_steps must be at least 2"):
        run(num_steps=1)
    with pytest.raises(ValueError, match="growth must be at least 1, got 0"):
        run(growth=0.9)
    with pytest.raises(TypeError, match="optimizer must be a Optimizer"):
        run(optimizer=lambda _rate: 3)


# --- a look inside


def test_the_report_of_a_network_that_is_known():
    p = [
        {"W": np.array([[1.0, -1.0, 2.0, 1.0]]), "b": [0.0, -5.0, 0.0, 3.0]},
        {"W": np.array([[1.0, 0.0]] * 4), "b": [0.0, 0.0]},
    ]
    X, y = np.array([[1.0], [2.0], [-1.0]]), [0, 1, 1]
    first, last = diagnose(p, X, y, optimizer=gradient_descent(0.1))
    Z = X @ p[0]["W"] + p[0]["b"]
    assert np.isclose(first.std, np.std(Z))
    assert (first.dead, last.dead) == (0.25, 0.0)
    assert np.isclose(last.std, np.std(mlp(p, X)))
    _, g = backpropagate(p, X, y)
    for report, layer, step in zip((first, last), p, g, strict=True):
        size = np.sqrt(np.sum(step["W"] ** 2))
        assert np.isclose(report.gradient, size)
        ratio = 0.1 * size / np.sqrt(np.sum(layer["W"] ** 2))
        assert np.isclose(report.update_ratio, ratio)


def test_a_saturated_unit_counts_as_dead():
    p = [
        {"W": np.array([[50.0, 0.1]]), "b": [0.0, 0.0]},
        {"W": np.eye(2), "b": [0.0, 0.0]},
    ]
    given = {"optimizer": gradient_descent(0.1), "activation": "tanh"}
    found = diagnose(p, [[1.0], [-2.0]], [0, 1], **given)
    assert found[0].dead == 0.5
    z = np.arctanh(np.sqrt(1 - 1e-3))  # where the slope of tanh is 1e-3
    for factor, dead in [(1.01, 1.0), (0.99, 0.0)]:
        p[0]["W"] = np.full((1, 2), factor * z)
        assert diagnose(p, [[1.0], [-1.0]], [0, 1], **given)[0].dead == dead


def test_the_first_step_of_adam_is_its_rate():
    p, X, y, _ = classes()
    for report, layer in zip(
        diagnose(p, X, y, optimizer=adam(0.01), activation="tanh"),
        p,
        strict=True,
    ):
        W = layer["W"]
        wanted = 0.01 * np.sqrt(W.size) / np.linalg.norm(W)
        assert np.isclose(report.update_ratio, wanted, rtol=1e-3)


def test_the_loss_of_a_report_is_that_which_was_asked_for():
    p, X, _, _ = classes()
    Y = np.ones((24, 2))
    given = {"activation": "tanh", "loss": "squared_error"}
    found = diagnose(p, X, Y, optimizer=adam(0.01), **given)
    _, g = backpropagate(p, X, Y, **given)
    assert np.isclose(found[0].gradient, np.linalg.norm(g[0]["W"]))


def test_weights_that_are_all_zero_have_no_ratio():
    p, X, y, _ = classes()
    p[1]["W"][:] = 0
    with pytest.raises(ValueError, match=r"parameters\[1\].*must not be zero"):
        diagnose(p, X, y, optimizer=adam(0.1))


def test_a_norm_whose_square_is_no_float_is_a_number():
    p = [{"W": np.array([[3e-200, 4e-200]]), "b": [0.0, 0.0]}]
    (found,) = diagnose(
        *(p, [[1.0]], [0]),
        optimizer=gradient_descent(5e-200),
    )
    assert np.isclose(found.update_ratio, np.sqrt(0.5))


# --- a normalised network


def normalised(sizes=(3, 5, 4, 2), n=7, seed=0):
    rng = np.random.default_rng(seed)
    p = init_normalised(sizes, rng=rng, activation="tanh")
    for layer in p:
        for k in set(layer) - {"W"}:
            layer[k] = rng.normal(size=layer[k].shape)
    X = rng.normal(size=(n, sizes[0]))
    return p, X, np.eye(sizes[-1])[rng.integers(sizes[-1], size=n)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["tanh", "relu"])
def test_scores_are_those_of_layers_one_by_one(kind, name):
    p, X, _ = normalised()
    A = X
    for layer in p[:-1]:
        Y = BOTH[kind][0](A @ layer["W"], layer["gamma"], layer["beta"]).Y
        A = np.tanh(Y) if name == "tanh" else np.maximum(Y, 0)
    wanted = A @ p[-1]["W"] + p[-1]["b"]
    found = normalised_mlp(p, X, norm=kind, activation=name)
    np.testing.assert_allclose(found, wanted, rtol=1e-10)
    if (kind, name) == ("batch", "relu"):
        np.testing.assert_allclose(normalised_mlp(p, X), wanted, rtol=1e-10)


@pytest.mark.parametrize("kind", KINDS)
def test_its_gradient_by_graph_is_that_by_hand_and_that_of_jax(kind):
    p, X, Y = normalised([3, 5, 2])
    forward, backward, axis = BOTH[kind]

    def loss(p):
        Z = normalised_mlp(p, X, norm=kind, activation="tanh")
        return softmax_cross_entropy(Z, Y)

    value, g = value_and_grad(loss)(p)
    hidden, last = p
    run = forward(X @ hidden["W"], hidden["gamma"], hidden["beta"])
    A = np.tanh(run.Y)
    top, dlast = backpropagate([last], A, Y.argmax(axis=1))
    assert np.isclose(top, value)
    E = np.exp(A @ last["W"] + last["b"])
    dZ = (E / E.sum(axis=1, keepdims=True) - Y) / len(Y)
    dY = (dZ @ last["W"].T) * (1 - A**2)
    dX, dgamma, dbeta = backward(dY, hidden["gamma"], run)
    by_hand = {"W": X.T @ dX, "gamma": dgamma, "beta": dbeta}
    assert_same(g, [by_hand, dlast[0]])

    def in_jax(p):
        hidden, last = p
        Z = X @ hidden["W"]
        C = Z - Z.mean(axis=axis, keepdims=True)
        v = (C**2).mean(axis=axis, keepdims=True)
        H = hidden["gamma"] * C / jnp.sqrt(v + 1e-5) + hidden["beta"]
        log_p = jax.nn.log_softmax(jnp.tanh(H) @ last["W"] + last["b"])
        return -jnp.mean(jnp.sum(Y * log_p, axis=1))

    with jax.enable_x64():
        assert_same(jax.grad(in_jax)(p), g)


def test_statistics_of_the_batch_itself_are_nearly_training_mode():
    p, X, _ = normalised(n=200)
    found = layer_statistics(p, X, activation="tanh")
    Z = X @ p[0]["W"]
    np.testing.assert_allclose(found[0][0], Z.mean(axis=0))
    np.testing.assert_allclose(found[0][1], Z.var(axis=0, ddof=1))
    A = np.tanh(batch_norm(Z, p[0]["gamma"], p[0]["beta"]).Y)
    Z = A @ p[1]["W"]
    np.testing.assert_allclose(found[1][0], Z.mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(found[1][1], Z.var(axis=0, ddof=1))
    at = {"activation": "tanh"}
    whole = normalised_mlp(p, X, statistics=found, **at)
    gap = np.abs(whole - normalised_mlp(p, X, **at)).max()
    assert 0 < gap < 0.02
    alone = [normalised_mlp(p, x[None], statistics=found, **at) for x in X]
    np.testing.assert_allclose(np.concatenate(alone), whole)


def test_a_normalised_network_starts_as_a_plain_one_without_bias():
    p = init_normalised([3, 4, 2], rng=np.random.default_rng(0))
    q = init_mlp([3, 4, 2], rng=np.random.default_rng(0))
    np.testing.assert_array_equal(p[0]["W"], q[0]["W"])
    assert_same(p[1:], q[1:])
    np.testing.assert_array_equal(p[0]["gamma"], np.ones(4))
    np.testing.assert_array_equal(p[0]["beta"], np.zeros(4))
    tanh = init_normalised(
        [3, 4, 2], rng=np.random.default_rng(0), activation="tanh"
    )
    assert not np.allclose(tanh[0]["W"], p[0]["W"])


def test_a_start_of_the_wrong_scale_learns_to_read_digits():
    X, y = load_digits(return_X_y=True)
    X, Y, rng = X[:640] / 16, np.eye(10)[y[:640]], np.random.default_rng(0)
    last = {}
    for scale in (0.3, 3.0):
        p = init_normalised([64, 32, 32, 32, 32, 10], rng=rng)
        for layer in p:
            layer["W"] *= scale
        step = value_and_grad(
            lambda p, i: softmax_cross_entropy(normalised_mlp(p, X[i]), Y[i])
        )
        last[scale] = fit(
            *(step, p, 640),
            optimizer=gradient_descent(0.1),
            batches=Batches(64, rng),
            num_epochs=6,
        ).losses[-1]
    assert max(last.values()) < 0.9


# --- refusals


@pytest.mark.parametrize("kind", KINDS)
def test_shapes_that_would_broadcast_are_refused(kind):
    forward, backward, axis = BOTH[kind]
    X, gamma, beta, dY = batch()
    with pytest.raises(ValueError, match=r"gamma must have shape \(4,\)"):
        forward(X, [1.0], beta)
    with pytest.raises(ValueError, match=r"beta must have shape \(4,\)"):
        forward(X, gamma, np.ones((6, 4)))
    run = forward(X, gamma, beta)
    with pytest.raises(ValueError, match=r"dY must have shape \(6, 4\)"):
        backward(dY[:1], gamma, run)
    other = BOTH[KINDS[1 - axis]][0](X, gamma, beta)
    with pytest.raises(ValueError, match=f"along axis {axis}, with"):
        backward(dY, gamma, other)


def test_a_batch_of_one_has_no_variance():
    said = r"two rows or more.*got \(1, 3\)"
    with pytest.raises(ValueError, match=said):
        batch_norm(np.ones((1, 3)), np.ones(3), np.zeros(3))
    with pytest.raises(ValueError, match=said):
        init_batch_norm(3).train(np.ones((1, 3)))
    p, X, _ = normalised()
    with pytest.raises(ValueError, match=said):
        normalised_mlp(p, X[:1])
    with pytest.raises(ValueError, match=said):
        layer_statistics(p, X[:1])
    assert normalised_mlp(p, X[:1], norm="layer").shape == (1, 2)
    assert normalised_mlp(p[2:], np.ones((1, 4))).shape == (1, 2)
    assert layer_norm(X[:1], np.ones(3), np.zeros(3)).Y.shape == (1, 3)


def test_layers_and_statistics_that_do_not_fit_are_refused():
    p, X, _ = normalised()
    moments = layer_statistics(p, X)
    for change, said in [
        (list, "a layer or more, got none"),
        (lambda: [p[0], p[0]], r"dict of \['W', 'b'\], got"),
        (lambda: [p[2], p[2]], r"dict of \['W', 'beta', 'gamma'\], got"),
        (lambda: [p[0], p[2]], r"got W of shape \(4, 2\) after \(3, 5\)"),
        (
            lambda: [{**p[0], "beta": np.ones(1)}, *p[1:]],
            r"all else of shape \(k,\), got \(3, 5\) and",
        ),
    ]:
        for f in (normalised_mlp, layer_statistics):
            with pytest.raises((ValueError, TypeError), match=said):
                f(change(), X)
    for wrong, said in [
        (moments[:1], "each of the 2 hidden layers, got 1"),
        ([moments[0][:1], moments[1]], "must be mean and variance, got 1"),
        ([moments[1], moments[0]], r"statistics\[0\]\[0\] must have shape"),
        (
            [(moments[0][0], -moments[0][1]), moments[1]],
            r"statistics\[0\]\[1\] must not be negative",
        ),
    ]:
        with pytest.raises(ValueError, match=said):
            normalised_mlp(p, X, statistics=wrong)
    with pytest.raises(ValueError, match="None for norm 'layer'"):
        normalised_mlp(p, X, norm="layer", statistics=moments)
    with pytest.raises(ValueError, match=r"one of .*, got 'group'"):
        normalised_mlp(p, X, norm="group")
    with pytest.raises(ValueError, match="sums of layer 2 and their squares"):
        normalised_mlp([p[0], {**p[1], "W": 1e200 * p[1]["W"]}, p[2]], X)


@pytest.mark.parametrize(
    ("layer", "keys"),
    [
        (1, ["W"]),
        (1, ["gamma", "beta"]),
        (2, ["W"]),
        (2, ["gamma", "beta"]),
        (3, ["W", "b"]),
    ],
)
def test_the_layer_whose_sums_overflow_is_named(layer, keys):
    p, X, _ = normalised()
    for key in keys:
        p[layer - 1][key] = np.full(p[layer - 1][key].shape, 1.7e308)
    with pytest.raises(ValueError, match=f"sums of layer {layer} and"):
        normalised_mlp(p, 9 * X)


def test_a_result_beyond_float64_is_refused_by_its_name():
    X, gamma, beta, dY = batch()
    most = np.full_like(gamma, 1.7e308)
    with pytest.raises(ValueError, match=r"^gamma · X_hat \+ beta must be"):
        batch_norm(X, most, most)
    for way_back, forward in [
        (batch_norm_backward, batch_norm),
        (layer_norm_backward, layer_norm),
    ]:
        run = forward(X, gamma, beta)
        with pytest.raises(ValueError, match=r"^the adjoint of X, from dY"):
            way_back(1e10 * dY, most, run)
        large = np.full_like(dY, 1.7e308)
        with pytest.raises(ValueError, match=r"^the gradient for gamma, from"):
            way_back(large, 0 * gamma, run)
        level = forward(np.ones_like(X), gamma, beta)  # X_hat is 0
        with pytest.raises(ValueError, match=r"^the gradient for beta, from"):
            way_back(large, 0 * gamma, level)


def test_a_folded_layer_beyond_float64_is_refused_by_its_name():
    one, large, tiny = np.ones(2), np.full(2, 1e200), np.full(2, 1e-300)
    for mean in (0 * one, one):  # with 0 the shift is 0 times infinity
        fold = BatchNorm(large, one, mean, tiny, epsilon=1e-300).affine
        with pytest.raises(ValueError, match=r"^the scale must be finite"):
            fold()
    with pytest.raises(ValueError, match=r"^the shift must be finite"):
        BatchNorm(large, one, large, one).affine()


def test_a_variance_is_not_negative_and_a_share_below_one():
    one, zero = np.ones(2), np.zeros(2)
    BatchNorm(one, zero, zero, zero)
    with pytest.raises(ValueError, match="variance must not be negative"):
        BatchNorm(one, zero, zero, np.array([1.0, -0.1]))
    with pytest.raises(ValueError, match=r"keep must lie in \[0, 1\), got 1"):
        BatchNorm(one, zero, zero, one, keep=1.0)
    with pytest.raises(ValueError, match="epsilon must be positive, got 0"):
        BatchNorm(one, zero, zero, one, epsilon=0.0)
    with pytest.raises(ValueError, match=r"X must have shape \(1, 2\)"):
        BatchNorm(one, zero, zero, one).evaluate([[1.0, 2.0, 3.0]])
    with pytest.raises(ValueError, match="rate must lie in"):
        dropout(one, 1.0, rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match="limit must be positive, got 0"):
        clipped_by_value(adam(0.1), 0.0)
    with pytest.raises(ValueError, match="patience must be at least 1"):
        EarlyStopping(0)
    with pytest.raises(ValueError, match="min_delta must not be negative"):
        EarlyStopping(1, -0.1)


def test_records_cannot_be_changed():
    X, gamma, beta, _ = batch()
    p, A, y, step = classes()
    rule, b = gradient_descent(0.1), one_batch(24)
    for record, name in [
        (batch_norm(X, gamma, beta), "Y"),
        (init_batch_norm(3), "keep"),
        (EarlyStopping(1), "patience"),
        (fit(step, p, 24, optimizer=rule, batches=b), "epoch"),
        (diagnose(p, A, y, optimizer=rule)[0], "dead"),
        (
            learning_rate_range_test(
                step, p, 24, optimizer=gradient_descent, batches=b
            ),
            "lowest",
        ),
    ]:
        with pytest.raises(AttributeError):
            setattr(record, name, 1)
