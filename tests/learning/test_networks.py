"""Networks: by hand, by the graph, by other libraries, and their limits."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import norm
from sklearn.datasets import load_digits, make_moons
from sklearn.metrics import mean_squared_error
from sklearn.neural_network import MLPClassifier

from derivable import DivergenceError
from derivable.calculus import (
    central_difference,
    grad,
    jvp,
    relu,
    softmax,
    tanh_derivative,
    value_and_grad,
)
from derivable.learning import (
    ACTIVATIONS,
    backpropagate,
    forward_flops,
    gelu,
    gelu_derivative,
    hinge_network,
    init_mlp,
    leaky_relu,
    leaky_relu_derivative,
    mlp,
    network_loss,
    parameter_count,
    predict_classes,
    train,
)
from derivable.learning.networks.losses import cross_entropy
from derivable.learning.networks.passes import backward, forward
from derivable.optimization import Batches, adam, gradient_descent, momentum
from derivable.probability import glorot_std, he_std

SIZES = [3, 5, 4, 2]
NAMES = sorted(ACTIVATIONS)


def network(sizes=SIZES, seed=0, activation="tanh", n=6):
    """Parameters with biases that are not zero, a batch and labels."""
    rng = np.random.default_rng(seed)
    p = init_mlp(sizes, rng=rng, activation=activation)
    for layer in p:
        layer["b"] = rng.normal(size=layer["b"].shape)
    X = rng.normal(size=(n, sizes[0]))
    return p, X, rng.integers(sizes[-1], size=n)


def apart(found, wanted):
    """The largest gap of two structures, in the scale of the second."""
    scale = max(np.abs(g[k]).max() for g in wanted for k in "Wb")
    gap = max(
        np.abs(f[k] - g[k]).max()
        for f, g in zip(found, wanted, strict=True)
        for k in "Wb"
    )
    return gap / scale


# --- activations


def test_gelu_is_z_times_the_normal_distribution():
    z = np.linspace(-9, 9, 61)
    np.testing.assert_allclose(gelu(z), z * norm.cdf(z), rtol=1e-12)


def test_the_slope_of_gelu_is_negative_left_of_its_minimum():
    z = np.linspace(-6, 6, 2001)
    lowest = z[np.argmin(gelu(z))]
    assert -0.76 < lowest < -0.74
    negative = gelu_derivative(z) < 0
    assert np.sum(negative != (z < lowest)) <= 1  # lowest is on a grid


def test_the_slope_of_gelu_changes_sign_where_its_docstring_says():
    assert gelu_derivative(-0.751) > 0
    assert gelu_derivative(-0.752) < 0
    assert gelu_derivative(-38.5) < 0
    assert gelu_derivative(-38.7) == 0


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("z", [[-1.0, 0.0, 2.0], [-1, 0, 2]])
def test_slopes_are_floats(name, z):
    assert ACTIVATIONS[name].slope(np.array(z)).dtype == np.float64


def test_gelu_far_from_zero_is_relu():
    z = np.array([-1e300, -50.0, 50.0, 1e300])
    np.testing.assert_array_equal(gelu(z), relu(z))
    np.testing.assert_array_equal(gelu_derivative(z), [0, 0, 1, 1])


def test_gelu_on_the_graph_has_its_slope_and_curvature():
    for z in (-3.0, -0.75, 0.0, 1.3, 45.0):
        assert np.isclose(grad(gelu)(z), gelu_derivative(z), atol=1e-15)
        assert np.isclose(jvp(gelu, z, 2.0)[1], 2 * gelu_derivative(z))
        curvature = norm.pdf(z) * (2 - z**2)
        assert np.isclose(grad(grad(gelu))(z), curvature, atol=1e-14)


def test_leaky_relu_lets_its_share_through():
    z = np.array([-2.0, 0.0, 3.0])
    np.testing.assert_array_equal(leaky_relu(z), [-0.02, 0, 3])
    np.testing.assert_array_equal(leaky_relu(z, slope=0.5), [-1, 0, 3])
    np.testing.assert_array_equal(leaky_relu(z, slope=0), relu(z))
    np.testing.assert_array_equal(leaky_relu_derivative(z), [0.01, 0.01, 1])
    np.testing.assert_array_equal(
        leaky_relu_derivative(z, slope=0.5), [0.5, 0.5, 1]
    )
    assert grad(leaky_relu)(-1.0) == grad(leaky_relu)(0.0) == 0.01


@pytest.mark.parametrize("name", NAMES)
def test_each_slope_of_the_table_is_that_of_its_function(name):
    act = ACTIVATIONS[name]
    z = np.array([-7.0, -2.0, -0.4, 0.3, 1.0, 6.0])
    found = [central_difference(act.f, float(v)) for v in z]
    np.testing.assert_allclose(act.slope(z), found, atol=1e-8)
    np.testing.assert_allclose([grad(act.f)(v) for v in z], act.slope(z))
    at_zero = grad(act.f)(0.0)
    assert np.isclose(float(act.slope(np.zeros(1))[0]), at_zero)


# --- parameters


@pytest.mark.parametrize("name", NAMES)
def test_weights_start_at_the_scale_of_their_activation(name):
    p = init_mlp([300, 100], rng=np.random.default_rng(0), activation=name)
    he = name in {"relu", "leaky_relu", "gelu"}
    std = he_std(300) if he else glorot_std(300, 100)
    assert np.isclose(p[0]["W"].std(), std, rtol=0.02)
    assert abs(p[0]["W"].mean()) < std / 30
    assert not p[0]["b"].any()


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("linear", 0.8, 1.2),
        ("relu", 0.7, 1.4),
        ("gelu", 0.3, 0.8),
        ("tanh", 0.1, 0.5),
        ("sigmoid", 0.0, 1e-4),
    ],
)
def test_what_ten_layers_leave_of_a_signal(name, least, most):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 200))
    p = init_mlp([200] * 11, rng=rng, activation=name)
    Z = forward(p, X, ACTIVATIONS[name].f)[1]
    # what all samples share says nothing: a sigmoid's mean is not 0
    size = (
        np.std if name == "sigmoid" else lambda z, **_: np.sqrt((z**2).mean())
    )
    left = np.mean(size(Z[-1], axis=0)) / np.mean(size(Z[0], axis=0))
    assert least <= left <= most


@pytest.mark.parametrize(
    ("name", "first", "last", "left", "factor"),
    [
        ("linear", 1, 50, 1, 1.3),
        ("relu", 1, 50, 1, 3),  # one draw of the weights scatters
        ("tanh", 20, 40, 1 / 2, 1.1),  # like 1/l
        ("gelu", 40, 50, 1 / 2**10, 2),  # a half for each layer
        ("sigmoid", 1, 50, 1, 1.3),  # but all samples alike
    ],
)
def test_what_fifty_layers_leave_of_the_mean_square(
    name, first, last, left, factor
):
    rng = np.random.default_rng(0)
    p = init_mlp([256] * 52, rng=rng, activation=name)
    A, _ = forward(p, rng.normal(size=(64, 256)), ACTIVATIONS[name].f)
    found = np.mean(A[last] ** 2) / np.mean(A[first] ** 2)
    assert left / factor < found < left * factor


def test_sigmoids_shrink_differences_four_times_a_layer():
    rng = np.random.default_rng(0)
    p = init_mlp([256] * 8, rng=rng, activation="sigmoid")
    A, _ = forward(p, rng.normal(size=(64, 256)), ACTIVATIONS["sigmoid"].f)
    spread = np.array([np.sqrt(np.mean(a.var(axis=0))) for a in A[2:7]])
    np.testing.assert_allclose(spread[:-1] / spread[1:], 4, rtol=0.25)


def test_every_layer_has_its_own_shape():
    p = init_mlp(SIZES, rng=np.random.default_rng(0))
    assert [layer["W"].shape for layer in p] == [(3, 5), (5, 4), (4, 2)]
    assert [layer["b"].shape for layer in p] == [(5,), (4,), (2,)]
    assert parameter_count(SIZES) == sum(
        layer[k].size for layer in p for k in "Wb"
    )


def test_the_counts_of_a_network():
    assert parameter_count([10, 20, 15, 5]) == 615
    layers = [(10, 20), (20, 15), (15, 5)]
    each = [k * (d + (d - 1) + 1) for d, k in layers]
    assert forward_flops([10, 20, 15, 5], 32) == 32 * sum(each)
    assert forward_flops([10, 20, 15, 5]) * 32 == forward_flops(
        [10, 20, 15, 5], 32
    )


# --- forwards


@pytest.mark.parametrize("name", NAMES)
def test_scores_are_those_of_a_loop_over_neurons(name):
    p, X, _ = network(activation=name)
    f = ACTIVATIONS[name].f
    for x, scores in zip(X, mlp(p, X, activation=name), strict=True):
        a = list(x)
        for i, layer in enumerate(p):
            z = [
                sum(a[d] * layer["W"][d, k] for d in range(len(a))) + b
                for k, b in enumerate(layer["b"])
            ]
            a = z if i == len(p) - 1 else [float(f(v)) for v in z]
        np.testing.assert_allclose(scores, a, rtol=1e-10, atol=1e-12)


def test_a_hidden_layer_without_bend_is_no_gain():
    p, X, _ = network()
    W = p[0]["W"] @ p[1]["W"] @ p[2]["W"]
    b = (p[0]["b"] @ p[1]["W"] + p[1]["b"]) @ p[2]["W"] + p[2]["b"]
    np.testing.assert_allclose(mlp(p, X, activation="linear"), X @ W + b)


@given(seed=st.integers(0, 1000), c=st.floats(1e-3, 1e3))
@settings(max_examples=30)
def test_relu_units_can_be_scaled_and_exchanged(seed, c):
    p, X, _ = network([3, 6, 2], seed, "relu")
    order = np.random.default_rng(seed).permutation(6)
    q = [
        {"W": c * p[0]["W"][:, order], "b": c * p[0]["b"][order]},
        {"W": p[1]["W"][order] / c, "b": p[1]["b"]},
    ]
    scores = mlp(p, X)
    np.testing.assert_allclose(
        mlp(q, X), scores, atol=1e-12 * np.abs(scores).max()
    )


def test_classes_are_where_the_score_is_largest():
    p, X, _ = network(n=20)
    Z = mlp(p, X, activation="tanh")
    found = predict_classes(p, X, activation="tanh")
    assert found.shape == (20,)
    assert all(z[c] == max(z) for z, c in zip(Z, found, strict=True))
    assert set(found) == {0, 1}
    flat = [{"W": np.zeros((3, 2)), "b": np.zeros(2)}]
    assert not predict_classes(flat, X).any()


# --- the loss and its gradient


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
@pytest.mark.parametrize("name", NAMES)
def test_the_way_back_by_hand_is_that_of_the_graph(name, loss):
    for seed, sizes in enumerate([[3, 2], [3, 5, 4, 2], [2, 1, 3], [4, 7, 5]]):
        p, X, y = network(sizes, seed, name, n=seed + 1)
        if loss == "squared_error":
            y = np.random.default_rng(seed).normal(size=(len(X), sizes[-1]))
        value, by_graph = value_and_grad(
            lambda p, X=X, y=y: network_loss(
                p, X, y, activation=name, loss=loss
            )
        )(p)
        found, by_hand = backpropagate(p, X, y, activation=name, loss=loss)
        assert np.isclose(found, value, rtol=1e-10)
        assert apart(by_hand, by_graph) < 1e-10


@given(
    seed=st.integers(0, 10_000),
    sizes=st.lists(st.integers(1, 6), min_size=2, max_size=5).filter(
        lambda sizes: sizes[-1] > 1
    ),
    n=st.integers(1, 5),
    scale=st.floats(1e-2, 1e2),
)
@example(seed=49, sizes=[1, 5, 6, 6], n=1, scale=94.5)  # P − Y is 1e-7
@settings(max_examples=30)
def test_by_hand_and_by_graph_agree_at_any_size(seed, sizes, n, scale):
    """Up to the rounding of probabilities, of which P − Y keeps all.

    It weighs as much as where the other labels are right, and P − Y is
    not small.
    """
    p, X, y = network(sizes, seed, "gelu", n)
    X = scale * X
    by_graph = grad(lambda p: network_loss(p, X, y, activation="gelu"))(p)
    _, by_hand = backpropagate(p, X, y, activation="gelu")
    other = mlp(p, X, activation="gelu").argmin(axis=1)
    _, far = backpropagate(p, X, other, activation="gelu")
    size = max(np.abs(g[k]).max() for g in [*by_hand, *far] for k in "Wb")
    for a, b in zip(by_hand, by_graph, strict=True):
        for k in "Wb":
            assert np.abs(a[k] - b[k]).max() <= 1e-13 * size


def test_squared_error_is_half_the_mean_of_squared_distances():
    p, X, _ = network()
    Y = np.random.default_rng(1).normal(size=(6, 2))
    wanted = np.mean(
        [np.sum((z - t) ** 2) / 2 for z, t in zip(mlp(p, X), Y, strict=True)]
    )
    assert np.isclose(network_loss(p, X, Y, loss="squared_error"), wanted)
    assert isinstance(network_loss(p, X, Y, loss="squared_error"), float)


def test_large_scores_keep_their_loss():
    p = [{"W": np.array([[1.0, 0.0]]), "b": np.zeros(2)}]
    value, gradient = backpropagate(p, [[-800.0]], [0])
    assert np.isclose(value, 800)
    np.testing.assert_allclose(gradient[0]["b"], [-1, 1])


def test_scores_whose_difference_overflows_keep_their_loss():
    p = [{"W": np.array([[1e308, -1e308]]), "b": np.zeros(2)}]
    value, gradient = backpropagate(p, [[1.0]], [0])
    assert value == network_loss(p, [[1.0]], [0]) == 0
    by_graph = grad(lambda p: network_loss(p, [[1.0]], [0]))(p)
    assert not any(g[k].any() for g in (gradient[0], by_graph[0]) for k in g)
    for f in (network_loss, backpropagate):
        with pytest.raises(ValueError, match="loss must be finite, got inf"):
            f(p, [[1.0]], [1])
    value, dZ = cross_entropy(np.array([[1e308, -1e308]]), np.eye(2)[[0]])
    assert value == 0  # without a warning, also by itself
    assert not dZ.any()


@pytest.mark.parametrize(
    ("loss", "out", "y"),
    [
        ("cross_entropy", [1e308, 0.0], [1, 1]),
        ("squared_error", [1.2e154, 0.0], [[0.0, 0.0], [0.0, 0.0]]),
    ],
)
def test_a_mean_is_finite_where_the_sum_is_not(loss, out, y):
    p = [{"W": np.array([out]), "b": np.zeros(2)}]
    wanted = 1e308 if loss == "cross_entropy" else 1.2e154**2 / 2
    for f in (network_loss, lambda *a, **k: backpropagate(*a, **k)[0]):
        found = f(p, np.ones((2, 1)), y, loss=loss)
        assert np.isclose(found, wanted, rtol=1e-12)


def test_classes_need_two_outputs_or_more():
    p, X, _ = network([3, 4, 1])
    y, how = np.zeros(6, int), {"optimizer": adam(0.1)}
    for f in (
        lambda: network_loss(p, X, y),
        lambda: backpropagate(p, X, y),
        lambda: train(p, X, y, batches=one_batch(6), **how),
        lambda: predict_classes(p, X),
    ):
        with pytest.raises(ValueError, match=r"two outputs or more.*, got 1"):
            f()


@pytest.mark.parametrize("k", [1, 2, 3])
def test_a_mean_over_all_entries_is_two_kths_of_the_squared_error(k):
    rng = np.random.default_rng(k)
    p, X, _ = network([3, 4, k])
    Y = rng.normal(size=(6, k))
    found = network_loss(p, X, Y, loss="squared_error")
    assert np.isclose(mean_squared_error(Y, mlp(p, X)), 2 / k * found)


def test_scikit_learn_has_one_output_for_two_classes():
    _, X, _ = network()
    model = MLPClassifier((4,), solver="sgd")
    model.partial_fit(X, [0, 1] * 3, classes=[0, 1])
    assert model.n_outputs_ == model.coefs_[-1].shape[1] == 1
    assert model.alpha != 0
    assert model.out_activation_ == "logistic"  # not the scores


SLOPES = {  # from what an activation gave
    "tanh": lambda a: 1 - a**2,
    "sigmoid": lambda a: a * (1 - a),
    "relu": lambda a: a > 0,
    "leaky_relu": lambda a: np.where(a > 0, 1, 0.01),
}


@pytest.mark.parametrize("name", sorted(SLOPES))
def test_the_way_back_can_read_the_slopes_off_the_activations(name):
    p, X, y = network([6, 8, 5, 3], activation=name)
    A, Z = forward(p, X, ACTIVATIONS[name].f)
    dZ = (softmax(Z[-1]) - np.eye(3)[y]) / len(y)
    found = backward(p, A, [*A[1:], None], dZ, SLOPES[name])
    _, wanted = backpropagate(p, X, y, activation=name)
    assert apart(found, wanted) < 1e-12


def test_the_slope_of_gelu_cannot_be_read_off_its_value():
    left, right = (brentq(lambda z: gelu(z) + 0.1, *at) for at in BRANCHES)
    assert np.isclose(gelu(left), gelu(right))
    assert gelu_derivative(left) < -0.05
    assert gelu_derivative(right) > 0.05


BRANCHES = [(-5.0, -0.76), (-0.74, 0.0)]  # left and right of the minimum


class Counted(np.ndarray):
    """Adds up the operations of its matrix products."""

    total = 0

    def __matmul__(self, other):
        Counted.total += 2 * self.shape[0] * self.shape[1] * other.shape[1]
        return super().__matmul__(other)


@pytest.mark.parametrize("sizes", [[7, 4], [64, 128, 10], [10, 20, 15, 5]])
def test_the_way_back_costs_twice_the_run_less_the_first_layer(sizes):
    p, X, y = network(sizes, n=9)
    p = [{k: v.view(Counted) for k, v in layer.items()} for layer in p]
    Counted.total = 0
    A, Z = forward(p, X.view(Counted), np.tanh)
    run, Counted.total = Counted.total, 0
    dZ = softmax(np.asarray(Z[-1])) - np.eye(sizes[-1])[y]
    backward(p, A, Z, dZ.view(Counted), tanh_derivative)
    assert run == forward_flops(sizes, 9)
    assert Counted.total == 2 * run - forward_flops(sizes[:2], 9)
    assert run <= Counted.total < 2 * run


def test_loss_and_gradient_are_those_of_jax():
    precise = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)  # noqa: FBT003
    try:
        p, X, y = network(activation="gelu")

        def loss(p):
            A = X
            for layer in p[:-1]:
                Z = A @ layer["W"] + layer["b"]
                A = jax.nn.gelu(Z, approximate=False)
            Z = A @ p[-1]["W"] + p[-1]["b"]
            log_p = jax.nn.log_softmax(Z)
            return -jnp.mean(log_p[jnp.arange(len(y)), y])

        value, gradient = jax.value_and_grad(loss)(p)
    finally:
        jax.config.update("jax_enable_x64", precise)
    found, mine = backpropagate(p, X, y, activation="gelu")
    assert np.isclose(found, float(value), rtol=1e-6)
    assert apart(
        mine, [{k: np.asarray(v[k]) for k in v} for v in gradient]
    ) < (1e-6)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("relu", "relu"),
        ("tanh", "tanh"),
        ("sigmoid", "logistic"),
        ("linear", "identity"),
    ],
)
def test_a_step_is_that_of_scikit_learn(ours, theirs):
    p, X, _ = network([3, 5, 4], activation=ours, n=8)
    y = np.array([0, 1, 2, 3, 0, 1, 2, 3])
    model = MLPClassifier(
        (5,),
        activation=theirs,
        solver="sgd",
        alpha=0,
        learning_rate_init=0.25,
        momentum=0,
        nesterovs_momentum=False,
        batch_size=8,
        shuffle=False,
    )
    model.partial_fit(X, y, classes=range(4))
    model.coefs_ = [layer["W"].copy() for layer in p]
    model.intercepts_ = [layer["b"].copy() for layer in p]
    model.partial_fit(X, y)
    value, gradient = backpropagate(p, X, y, activation=ours)
    assert np.isclose(model.loss_, value)
    for layer, g, W, b in zip(
        p, gradient, model.coefs_, model.intercepts_, strict=True
    ):
        np.testing.assert_allclose(layer["W"] - 0.25 * g["W"], W, atol=1e-12)
        np.testing.assert_allclose(layer["b"] - 0.25 * g["b"], b, atol=1e-12)


def test_the_gradient_for_the_inputs_comes_from_the_graph():
    p, X, y = network()
    found = grad(lambda X: network_loss(p, X, y, activation="tanh"))(X)
    step = 1e-6 * np.random.default_rng(0).normal(size=X.shape)
    up, down = (
        network_loss(p, X + s * step, y, activation="tanh") for s in (1, -1)
    )
    assert np.isclose(np.sum(found * step), (up - down) / 2, rtol=1e-6)


# --- training


def one_batch(n):
    return Batches(n, np.random.default_rng(0))


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
def test_one_step_on_all_data_is_gradient_descent(loss):
    p, X, y = network()
    if loss == "squared_error":
        y = np.random.default_rng(3).normal(size=(6, 2))
    value, gradient = backpropagate(p, X, y, activation="tanh", loss=loss)
    run = train(
        p,
        X,
        y,
        optimizer=gradient_descent(0.3),
        batches=one_batch(6),
        num_epochs=1,
        activation="tanh",
        loss=loss,
    )
    assert np.isclose(run.losses[0], value)
    step = [
        {k: a[k] - 0.3 * g[k] for k in a}
        for a, g in zip(p, gradient, strict=True)
    ]
    assert apart(run.parameters, step) < 1e-12


def test_each_batch_counts_alike_in_the_loss_of_an_epoch():
    run = train(
        [{"W": np.zeros((1, 1)), "b": np.zeros(1)}],
        np.ones((5, 1)),
        [[0.0], [0.0], [0.0], [0.0], [2.0]],
        optimizer=gradient_descent(1e-300),
        batches=Batches(4, np.random.default_rng(0)),
        num_epochs=6,
        loss="squared_error",
    )
    assert run.losses.shape == (6,)
    assert set(run.losses) == {0.25, 1.0}  # the last batch is one sample


def test_training_goes_through_every_batch_with_the_memory_of_its_rule():
    p, X, y = network()
    run = train(
        p,
        X,
        y,
        optimizer=momentum(0.1),
        batches=Batches(4, np.random.default_rng(5)),
        num_epochs=2,
    )
    draws, q, v, means = Batches(4, np.random.default_rng(5)), p, None, []
    for _ in range(2):
        values = []
        for i in draws.epoch(6):
            value, g = backpropagate(q, X[i], y[i])
            values.append(value)
            v = [
                {k: (0.9 * u[k] if v else 0) + s[k] for k in s}
                for u, s in zip(v or g, g, strict=True)
            ]
            q = [
                {k: a[k] - 0.1 * s[k] for k in a}
                for a, s in zip(q, v, strict=True)
            ]
        means.append(np.mean(values))
    np.testing.assert_allclose(run.losses, means)
    assert apart(run.parameters, q) < 1e-12


def test_the_start_is_left_alone_and_no_epoch_gives_it_back():
    p, X, y = network()
    kept = [{k: a[k].copy() for k in a} for a in p]
    none = train(
        p, X, y, optimizer=adam(0.1), batches=one_batch(6), num_epochs=0
    )
    assert apart(none.parameters, kept) == 0
    assert none.losses.shape == (0,)
    some = train(
        p, X, y, optimizer=adam(0.1), batches=one_batch(6), num_epochs=2
    )
    assert apart(p, kept) == 0
    assert apart(some.parameters, kept) > 0.01
    assert some.losses.shape == (2,)


def test_ten_epochs_are_the_default():
    p, X, y = network()
    run = train(p, X, y, optimizer=adam(0.1), batches=one_batch(6))
    assert len(run.losses) == 10
    assert run.losses[-1] < run.losses[0]


def test_two_moons_are_told_apart():
    X, y = make_moons(200, noise=0.15, random_state=0)
    rng = np.random.default_rng(0)
    run = train(
        init_mlp([2, 16, 16, 2], rng=rng, activation="tanh"),
        X,
        y,
        optimizer=adam(0.02),
        batches=Batches(20, rng),
        num_epochs=40,
        activation="tanh",
    )
    found = predict_classes(run.parameters, X, activation="tanh")
    assert np.mean(found == y) > 0.97


def test_digits_are_read():
    X, y = load_digits(return_X_y=True)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(X))
    here, there = order[450:], order[:450]
    run = train(
        init_mlp([64, 128, 10], rng=rng),
        X[here] / 16,
        y[here],
        optimizer=adam(0.005),
        batches=Batches(32, rng),
        num_epochs=20,
    )
    found = predict_classes(run.parameters, X[there] / 16)
    assert np.mean(found == y[there]) >= 0.97


def test_a_symmetric_start_stays_symmetric():
    _, X, y = network([3, 4, 2], n=8)
    p = [
        {"W": np.full((3, 4), 0.3), "b": np.full(4, 0.1)},
        {"W": np.tile([[0.5, -0.2]], (4, 1)), "b": np.zeros(2)},
    ]
    run = train(p, X, y, optimizer=adam(0.05), batches=one_batch(4))
    W1, W2 = (layer["W"] for layer in run.parameters)
    assert np.ptp(W1, axis=1).max() < 1e-12
    assert np.ptp(W2, axis=0).max() < 1e-12
    assert np.ptp(W1, axis=0).max() > 0.01


@pytest.mark.parametrize(
    ("name", "rows", "loss", "parts"),
    [
        ("tanh", "apart by ones", "cross_entropy", False),
        ("tanh", "apart by ones", "squared_error", True),
        ("tanh", "random", "cross_entropy", True),
        ("relu", "random", "cross_entropy", False),  # closed units
    ],
)
def test_equal_units_part_by_their_rows_with_exceptions(
    name, rows, loss, parts
):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(20, 3)), np.arange(20) % 4
    v, other = rng.normal(size=(2, 4))
    p = [
        {
            "W": np.tile(rng.normal(size=(3, 1)), 2),
            "b": np.full(2, -100.0 if name == "relu" else 0.0),
        },
        {
            "W": np.array([v, other if rows == "random" else v + 1]),
            "b": np.zeros(4),
        },
    ]
    W = train(
        *(p, X, np.eye(4)[y] if loss == "squared_error" else y),
        optimizer=gradient_descent(0.1),
        batches=one_batch(20),
        num_epochs=50,
        activation=name,
        loss=loss,
    ).parameters[0]["W"]
    gap = np.ptp(W, axis=1).max()
    assert gap > 1e-2 if parts else gap < 1e-9


@pytest.mark.parametrize(
    ("balanced", "name", "b"),
    [
        (True, "linear", [0.0, 1.0]),
        (False, "linear", [0.0, 1.0]),
        (True, "relu", [10.0, 11.0]),  # open for all samples
    ],
)
def test_biases_alone_part_straight_units_late_if_the_adjoint_sums_to_0(
    balanced, name, b
):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(20, 3)), np.arange(20) % 4
    if not balanced:
        y[0] = 1
    p = [
        {"W": np.tile(rng.normal(size=(3, 1)), 2), "b": np.array(b)},
        {"W": np.zeros((2, 4)), "b": np.zeros(4)},
    ]
    parted = []  # the rows v_j, then the columns w_j
    for _ in range(3):
        p = train(
            *(p, X, y),
            optimizer=gradient_descent(0.1),
            batches=one_batch(20),
            num_epochs=1,
            activation=name,
        ).parameters
        gap = [np.ptp(p[1]["W"], axis=0), np.ptp(p[0]["W"], axis=1)]
        parted.append([bool(g.max() > 1e-9) for g in gap])
    late = [[False, False], [True, False], [True, True]]
    assert parted == (late if balanced else [*late[1:], [True, True]])


def fronts(p, activation):
    x = np.linspace(-6, 6, 241)[:, None]
    found = predict_classes(p, x, activation=activation)
    return np.count_nonzero(np.diff(found))


@pytest.mark.parametrize("name", NAMES)
def test_twins_have_one_front_if_they_are_monotone_and_classes_are_two(name):
    rng = np.random.default_rng(0)
    most = 0
    for _ in range(200):
        w, b, out = rng.normal(size=3)
        shift = rng.choice([-1.5, 0.4]) * out
        p = [
            {"W": np.full((1, 4), 2 * w), "b": np.full(4, b)},
            {"W": np.tile([0, out], (4, 1)), "b": np.array([0, shift])},
        ]
        most = max(most, fronts(p, name))
    assert most == (2 if name == "gelu" else 1)


def test_monotone_twins_have_two_fronts_between_three_classes():
    p = [
        {"W": np.ones((1, 4)), "b": np.zeros(4)},
        {"W": np.tile([0.0, 3, 6], (4, 1)), "b": np.array([0.0, 0, -8])},
    ]
    assert fronts(p, "tanh") == 2


def test_a_start_without_chance_learns_if_its_units_differ():
    X, y = make_moons(300, noise=0.15, random_state=0)
    start = init_mlp([2, 16, 2], rng=np.random.default_rng(0))
    for layer in start:
        W = layer["W"]
        W[:] = W.std() * np.cos(np.arange(1, W.size + 1)).reshape(W.shape)
    run = train(
        *(start, X, y),
        optimizer=adam(0.02),
        batches=Batches(30, np.random.default_rng(0)),
        num_epochs=60,
        activation="tanh",
    )
    found = predict_classes(run.parameters, X, activation="tanh")
    assert np.mean(found == y) > 0.95


def test_too_large_a_rate_is_said():
    p, X, _ = network(activation="relu")
    y = np.random.default_rng(0).normal(size=(6, 2))
    with pytest.raises(DivergenceError, match=r"at step .* the loss") as said:
        train(
            p,
            X,
            y,
            optimizer=gradient_descent(5.0),
            batches=one_batch(6),
            num_epochs=500,
            loss="squared_error",
        )
    steps = said.value.iteration
    assert 1 < steps <= 500
    assert len(said.value.path.losses) == steps - 1
    assert np.isfinite(said.value.path.losses).all()


def test_a_step_beyond_float64_is_said():
    p, X, y = network(activation="relu")
    with pytest.raises(DivergenceError, match="step 2 the loss is inf"):
        train(
            p,
            X,
            y,
            optimizer=gradient_descent(1e200),
            batches=one_batch(6),
        )


@pytest.mark.parametrize(("rate", "loss"), [(1e9, "e"), (1e300, "inf")])
def test_the_last_step_is_watched_too(rate, loss):
    X, y = make_moons(300, noise=0.15, random_state=0)
    start = init_mlp([2, 16, 2], rng=np.random.default_rng(0))
    said = f"after step 1 the loss is .*{loss}.*, 0.6"
    with pytest.raises(DivergenceError, match=said) as error:
        train(
            *(start, X, y),
            optimizer=gradient_descent(rate),
            batches=one_batch(300),
            num_epochs=1,
        )
    assert error.value.iteration == 1
    assert error.value.path.losses.shape == (1,)


def test_a_loss_may_be_a_million_times_the_usual_one():
    def run(factor):  # one step leads to factor times the first loss
        return train(
            [{"W": np.zeros((1, 1)), "b": np.zeros(1)}],
            *([[1.0]], [[1.0]]),
            optimizer=gradient_descent((1 + np.sqrt(factor)) / 2),
            batches=one_batch(1),
            num_epochs=1,
            loss="squared_error",
        )

    assert np.isclose(run(0.99e6).parameters[0]["b"][0], 498, rtol=1e-3)
    with pytest.raises(DivergenceError, match=r"after step 1 .* 5.05e\+05"):
        run(1.01e6)


@given(scale=st.sampled_from([1e-6, 1.0, 1e6]))
def test_divergence_does_not_depend_on_the_units_of_the_targets(scale):
    X = np.linspace(-1, 1, 8)[:, None]
    p = [{"W": np.zeros((1, 1)), "b": np.zeros(1)}]

    def run(rate):
        return train(
            p,
            X,
            scale * (3 * X + 1),
            optimizer=gradient_descent(rate),
            batches=one_batch(8),
            num_epochs=60,
            loss="squared_error",
        )

    assert run(0.5).losses[-1] < 1e-4 * run(0.5).losses[0]
    with pytest.raises(DivergenceError):
        run(3.0)


def test_divergence_is_measured_by_the_loss_of_zero_scores():
    rng = np.random.default_rng(0)
    p = init_mlp([2, 4, 1], rng=rng, activation="tanh")
    X = rng.normal(size=(20, 2))
    Y = mlp(p, X, activation="tanh") + 1e-7 * rng.normal(size=(20, 1))

    def losses(rate):
        return train(
            *(p, X, Y),
            optimizer=adam(rate),
            batches=one_batch(20),
            num_epochs=3,
            activation="tanh",
            loss="squared_error",
        ).losses

    found = losses(0.5)
    assert found[1] > 1e6 * found[0]  # worse than a million times the start
    with pytest.raises(DivergenceError) as said:
        losses(1e5)
    usual = np.mean(Y**2) / 2
    assert f"{usual:.3g} was usual" in str(said.value)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_loss_of_zero_scores_is_that_over_all_samples(seed):
    Y = np.zeros((20, 1))
    Y[7] = 1
    rng = np.random.default_rng(seed)
    batches = Batches(4, rng)
    first = next(iter(Batches(4, np.random.default_rng(seed)).epoch(20)))
    usual = 1 / 2 / 4 if 7 in first else 1 / 2 / 20
    with pytest.raises(DivergenceError, match=f"{usual:.3g} was usual"):
        train(
            *(
                [{"W": np.zeros((1, 1)), "b": np.zeros(1)}],
                np.ones((20, 1)),
                Y,
            ),
            optimizer=gradient_descent(50.0),
            batches=batches,
            num_epochs=10,
            loss="squared_error",
        )


# --- approximation


def polygon_error(f, a, b, m):
    x = np.linspace(a, b, 64 * m + 1)
    gap = mlp(hinge_network(f, a, b, num_pieces=m), x[:, None])[:, 0] - f(x)
    return np.abs(gap).max()


def test_hinges_are_the_polygon_through_the_knots():
    p = hinge_network(np.sin, -1.0, 4.0, num_pieces=9)
    assert [layer["W"].shape for layer in p] == [(1, 9), (9, 1)]
    x, knots = np.linspace(-1, 4, 301), np.linspace(-1, 4, 10)
    wanted = np.interp(x, knots, np.sin(knots))
    np.testing.assert_allclose(mlp(p, x[:, None])[:, 0], wanted, atol=1e-13)


def test_outside_the_polygon_is_level_left_and_goes_on_right():
    p = hinge_network(np.square, 0.0, 2.0, num_pieces=2)
    found = mlp(p, [[-5.0], [0.0], [3.0]])[:, 0]
    np.testing.assert_allclose(found, [0, 0, 4 + 3])


def test_the_bound_is_attained_by_a_parabola():
    for m in (1, 3, 10):
        h = 3 / m
        assert np.isclose(polygon_error(np.square, -1, 2, m), 2 * h**2 / 8)


def test_twice_the_pieces_is_a_quarter_of_the_error():
    errors = [polygon_error(np.exp, 0, 1, m) for m in (8, 16, 32)]
    rates = np.array(errors[:-1]) / errors[1:]
    np.testing.assert_allclose(rates, 4, rtol=0.08)
    assert errors[0] <= np.e / 8**2 / 8


def test_more_pieces_need_not_help_before_there_are_many():
    def wave(x):
        return np.sin(16 * np.pi * x)

    few = [polygon_error(wave, 0, 1, m) for m in (8, 16)]  # knots at zeros
    np.testing.assert_allclose(few, 1, rtol=1e-9)
    many = [polygon_error(wave, 0, 1, m) for m in (256, 512)]
    assert many[0] / many[1] == pytest.approx(4, rel=0.02)


# --- refusals


def bad(change):
    p, X, y = network([3, 4, 2])
    return change(p), X, y


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _p: [], "a layer or more, got none"),
        (lambda p: p[1:], r"X must have shape \(n, 4\).*got \(6, 3\)"),
        (lambda p: [p[0], p[0]], r"got W of shape \(3, 4\) after \(3, 4\)"),
        (
            lambda p: [{"W": p[0]["W"], "b": np.ones((4, 1))}, p[1]],
            r"got \(3, 4\) and \(4, 1\)",
        ),
        (
            lambda p: [{"W": p[0]["W"], "b": np.ones(1)}, p[1]],
            r"got \(3, 4\) and \(1,\)",
        ),
        (
            lambda p: [{"W": np.full((3, 4), np.nan), "b": np.ones(4)}, p[1]],
            r"parameters\[0\]\['W'\] must be finite, got nan",
        ),
        (
            lambda p: [{"W": np.full((3, 4), 1e308), "b": np.ones(4)}, p[1]],
            "sums of layer 1 must be finite",
        ),
    ],
)
def test_layers_that_do_not_fit_are_refused(change, said):
    p, X, y = bad(change)
    with np.errstate(all="ignore"):
        for f in (lambda: mlp(p, X * 9), lambda: backpropagate(p, X * 9, y)):
            with pytest.raises(ValueError, match=said):
                f()


def test_a_layer_is_a_dict_of_weights_and_biases():
    with pytest.raises(TypeError, match="dict of W and b, got"):
        mlp([np.ones((3, 2))], np.ones((1, 3)))
    with pytest.raises(TypeError, match="dict of W and b, got"):
        mlp([{"W": np.ones((3, 2))}], np.ones((1, 3)))


@pytest.mark.parametrize("f", [network_loss, backpropagate])
def test_targets_that_a_loss_does_not_expect_are_refused(f):
    p, X, y = network()
    for wrong, said in [
        (y[:, None], r"shape \(6,\), one label for each row of X, got"),
        (np.eye(2)[y].astype(int), r"one label for each row"),
        (y[:5], r"got \(5,\)"),
        (y + 1, "labels 0 to 1, one for each output, got 2"),
        (y - 1, "labels 0 to 1, one for each output, got -1"),
    ]:
        with pytest.raises(ValueError, match=said):
            f(p, X, wrong)
    with pytest.raises(TypeError, match="y must be integers, got float64"):
        f(p, X, y.astype(float))
    one, X, _ = network([3, 1])
    with pytest.raises(ValueError, match=r"scores, \(6, 1\), got \(6,\)"):
        f(one, X, np.ones(6), loss="squared_error")


def test_unknown_names_are_answered_with_the_known_ones():
    p, X, y = network()
    with pytest.raises(ValueError, match=r"one of .*'gelu'.*, got 'swish'"):
        mlp(p, X, activation="swish")
    with pytest.raises(ValueError, match=r"'squared_error'.*, got 'mse'"):
        network_loss(p, X, y, loss="mse")


def test_sizes_are_two_or_more_counts():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"at least two numbers, got \[3\]"):
        init_mlp([3], rng=rng)
    with pytest.raises(ValueError, match=r"sizes\[1\] must be at least 1"):
        parameter_count([3, 0, 1])
    with pytest.raises(ValueError, match="batch_size must be at least 1"):
        forward_flops([3, 1], 0)


@pytest.mark.parametrize("layer", [1, 2])
def test_sums_beyond_float64_in_either_sign_are_refused_by_layer(layer):
    signs = np.where(np.arange(64) % 2, 1e308, -1e308)[:, None]
    p = [{"W": np.ones((64, 64)), "b": np.zeros(64)}] * (layer - 1)
    p.append({"W": np.hstack([signs, -signs]), "b": np.zeros(2)})
    X, said = np.full((3, 64), 10.0), f"sums of layer {layer} must be finite"
    for f in (
        lambda: mlp([*p[:-1], {"W": signs, "b": np.zeros(1)}], X),
        lambda: mlp(p, X),
        lambda: network_loss(p, X, [0, 1, 0]),
        lambda: backpropagate(p, X, [0, 1, 0]),
    ):
        with pytest.raises(ValueError, match=said):
            f()


def test_a_loss_beyond_float64_is_refused():
    p = [{"W": np.array([[1e200]]), "b": np.zeros(1)}]
    for f in (network_loss, backpropagate):
        with pytest.raises(ValueError, match="loss must be finite, got inf"):
            f(p, [[1.0]], [[0.0]], loss="squared_error")
    with pytest.raises(ValueError, match="loss must be finite, got inf"):
        train(
            [{"W": np.ones((1, 1)), "b": np.zeros(1)}],
            [[1.0]],
            [[1e200]],
            optimizer=adam(0.1),
            batches=one_batch(1),
            loss="squared_error",
        )


def test_pieces_without_length_are_refused():
    for a, b, m in [(1.0, 1.0, 2), (2.0, 1.0, 2), (1.0, 1 + 2e-16, 4)]:
        with pytest.raises(ValueError, match="a below b, got"):
            hinge_network(np.sin, a, b, num_pieces=m)
    for m in (0, -1):
        with pytest.raises(ValueError, match="num_pieces must be at least 1"):
            hinge_network(np.sin, 0.0, 1.0, num_pieces=m)
    with pytest.raises(ValueError, match=r"shape \(3,\), got \(\)"):
        hinge_network(lambda _x: 1.0, 0, 1, num_pieces=2)
    with pytest.raises(ValueError, match=r"^a slope must be finite"):
        hinge_network(lambda x: 1e308 * np.sign(x), -1, 1, num_pieces=1)
    with pytest.raises(ValueError, match=r"^a change of slope must be finite"):
        hinge_network(lambda x: 1e308 * (x == 1), 0, 2, num_pieces=2)


def test_a_gradient_beyond_float64_is_refused_by_its_name():
    p = [{"W": np.zeros((1, 1)), "b": np.zeros(1)}]
    X, Y = np.full((2, 1), 1e308), np.full((2, 1), 4.0)
    with pytest.raises(ValueError, match=r"gradient\[0\]\['W'\] must be fin"):
        backpropagate(p, X, Y, loss="squared_error")


def test_a_large_score_does_not_overflow():
    p = [{"W": np.array([[1.0, 0.0]]), "b": np.zeros(2)}]
    value, gradient = backpropagate(p, [[800.0]], [1])
    assert np.isclose(value, 800)
    np.testing.assert_allclose(gradient[0]["b"], [1, -1])


def test_the_label_that_is_wrong_is_named():
    p, X, _ = network()
    for y, said in [([0, 1, -1, 0, 1, 0], "got -1"), ([0, 1, 2] * 2, "got 2")]:
        with pytest.raises(ValueError, match=said):
            backpropagate(p, X, y)


def test_what_has_nothing_to_learn_stays():
    run = train(
        [{"W": np.zeros((2, 1)), "b": np.zeros(1)}],
        np.ones((3, 2)),
        np.zeros((3, 1)),
        optimizer=gradient_descent(0.1),
        batches=one_batch(3),
        loss="squared_error",
    )
    assert not run.losses.any()
    assert not run.parameters[0]["W"].any()


def test_records_cannot_be_changed():
    with pytest.raises(AttributeError):
        ACTIVATIONS["relu"].f = np.tanh
    p, X, y = network()
    run = train(p, X, y, optimizer=adam(0.1), batches=one_batch(6))
    with pytest.raises(AttributeError):
        run.losses = np.zeros(1)


def test_a_sum_that_is_not_finite_is_refused_by_its_name():
    for f in (gelu, gelu_derivative, leaky_relu, leaky_relu_derivative):
        with pytest.raises(ValueError, match=r"^z must be finite, got nan"):
            f(np.nan)
