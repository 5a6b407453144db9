"""The same network, convolution and attention, here and in the frameworks."""

import importlib
import os

import numpy as np
import pytest

from derivable.learning import backpropagate, init_mlp
from derivable.linalg import (
    attention,
    attention_weights,
    conv2d,
    conv2d_im2col,
    conv2d_matrix,
    conv_output_size,
    im2col,
)

os.environ.setdefault("KERAS_BACKEND", "jax")
jax = importlib.import_module("jax")
keras = importlib.import_module("keras")
tf = importlib.import_module("tensorflow")
torch = importlib.import_module("torch")

CLOSE = 1e-6
ACTIVATIONS = ("relu", "tanh", "sigmoid", "gelu")
SIZES = [6, 8, 5, 3]


@pytest.fixture(autouse=True)
def precise():
    """JAX and Keras compute in float64, in these tests only."""
    before = jax.config.jax_enable_x64, keras.backend.floatx()
    jax.config.update("jax_enable_x64", val=True)
    keras.backend.set_floatx("float64")
    keras.config.set_dtype_policy("float64")
    yield
    jax.config.update("jax_enable_x64", before[0])
    keras.backend.set_floatx(before[1])
    keras.config.set_dtype_policy(before[1])


def with_torch(weights, X, y, activation):
    forms = {
        "relu": torch.nn.ReLU,
        "tanh": torch.nn.Tanh,
        "sigmoid": torch.nn.Sigmoid,
        "gelu": torch.nn.GELU,
    }
    steps = []
    for W, b in weights:
        linear = torch.nn.Linear(*W.shape).double()
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(W.T))
            linear.bias.copy_(torch.tensor(b))
        steps += [linear, forms[activation]()]
    net = torch.nn.Sequential(*steps[:-1])
    value = torch.nn.CrossEntropyLoss()(net(torch.tensor(X)), torch.tensor(y))
    value.backward()
    return value.item(), [
        g
        for layer in net[::2]
        for g in (layer.weight.grad.numpy().T, layer.bias.grad.numpy())
    ]


def with_keras(weights, X, y, activation):
    if activation == "gelu":  # approximate by name, as in JAX

        def activation(z):
            return keras.activations.gelu(z, approximate=False)

    *inner, _ = weights
    net = keras.Sequential(
        [
            keras.Input((X.shape[1],)),
            *(
                keras.layers.Dense(len(b), activation=activation)
                for _, b in inner
            ),
            keras.layers.Dense(len(weights[-1][1])),
        ]
    )
    net.set_weights([array for layer in weights for array in layer])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return jax.value_and_grad(
        lambda values: loss(y, net.stateless_call(values, [], X)[0])
    )([variable.value for variable in net.trainable_variables])


def with_tensorflow(weights, X, y, activation):
    forms = {
        "relu": tf.nn.relu,
        "tanh": tf.tanh,
        "sigmoid": tf.sigmoid,
        "gelu": lambda z: tf.nn.gelu(z, approximate=False),
    }
    flat = [tf.Variable(array) for layer in weights for array in layer]
    with tf.GradientTape() as tape:
        A = tf.constant(X)
        for W, b in zip(flat[:-2:2], flat[1:-2:2], strict=True):
            A = forms[activation](A @ W + b)
        value = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(
                y, A @ flat[-2] + flat[-1]
            )
        )
    return float(value), tape.gradient(value, flat)


def with_jax(weights, X, y, activation):
    forms = {
        "relu": jax.nn.relu,
        "tanh": jax.numpy.tanh,
        "sigmoid": jax.nn.sigmoid,
        "gelu": lambda z: jax.nn.gelu(z, approximate=False),
    }

    def loss(flat):
        A = X
        for W, b in zip(flat[:-2:2], flat[1:-2:2], strict=True):
            A = forms[activation](A @ W + b)
        log_p = jax.nn.log_softmax(A @ flat[-2] + flat[-1])
        return -log_p[jax.numpy.arange(len(y)), y].mean()

    flat = [jax.numpy.asarray(array) for layer in weights for array in layer]
    return jax.value_and_grad(loss)(flat)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(
    "theirs", [with_torch, with_keras, with_tensorflow, with_jax]
)
def test_the_same_weights_give_the_same_loss_and_gradient(theirs, activation):
    rng = np.random.default_rng(0)
    layers = init_mlp(SIZES, rng=rng, activation=activation)
    for layer in layers:
        layer["b"] = rng.normal(size=layer["b"].shape)  # not the zeros
    X, y = rng.normal(size=(12, 6)), rng.integers(3, size=12)
    value, gradient = backpropagate(layers, X, y, activation=activation)
    weights = [(layer["W"], layer["b"]) for layer in layers]
    their_value, their_gradient = theirs(weights, X, y, activation)
    np.testing.assert_allclose(float(their_value), value, rtol=CLOSE)
    flat = [g[k] for g in gradient for k in ("W", "b")]
    theirs = [np.asarray(g) for g in their_gradient]
    for ours, other in zip(flat, theirs, strict=True):
        assert other.dtype == np.float64
        scale = np.abs(ours).max()
        np.testing.assert_allclose(other, ours, rtol=CLOSE, atol=CLOSE * scale)


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("padding", [0, 1, 2])
def test_convolution_is_that_of_pytorch(stride, padding):
    rng = np.random.default_rng(stride + 2 * padding)
    X, F = rng.normal(size=(2, 3, 7, 6)), rng.normal(size=(4, 3, 3, 2))
    how = {"stride": stride, "padding": padding}
    theirs = torch.nn.functional.conv2d(
        torch.tensor(X), torch.tensor(F), **how
    ).numpy()
    for ours in (conv2d, conv2d_im2col):
        np.testing.assert_allclose(ours(X, F, **how), theirs, atol=1e-12)
    T = conv2d_matrix(F, X.shape[1:], **how)
    np.testing.assert_allclose(
        (T @ X[0].ravel()).reshape(theirs[0].shape), theirs[0], atol=1e-12
    )
    assert theirs.shape[2:] == (
        conv_output_size(7, 3, **how),
        conv_output_size(6, 2, **how),
    )
    columns = torch.nn.functional.unfold(torch.tensor(X), (3, 2), **how)
    np.testing.assert_array_equal(
        im2col(X, (3, 2), **how),
        np.concatenate(columns.numpy().transpose(0, 2, 1)),
    )


def test_convolution_is_that_of_keras_with_channels_last():
    rng = np.random.default_rng(0)
    X, F = rng.normal(size=(2, 3, 7, 6)), rng.normal(size=(4, 3, 3, 2))
    theirs = keras.ops.conv(
        X.transpose(0, 2, 3, 1),
        F.transpose(2, 3, 1, 0),
        padding="valid",
        data_format="channels_last",
    )
    np.testing.assert_allclose(
        conv2d(X, F), np.asarray(theirs).transpose(0, 3, 1, 2), atol=1e-12
    )


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("scale", [None, 0.3])
def test_attention_is_that_of_pytorch_and_jax(masked, scale):
    rng = np.random.default_rng(1)
    Q, K = rng.normal(size=(2, 3, 5, 4)), rng.normal(size=(2, 3, 6, 4))
    V = rng.normal(size=(2, 3, 6, 7))
    mask = np.tri(5, 6, 1, dtype=bool) if masked else None  # True: may look
    ours = attention(Q, K, V, mask=mask, scale=scale)
    tensor = None if mask is None else torch.tensor(mask)
    theirs = torch.nn.functional.scaled_dot_product_attention(
        *map(torch.tensor, (Q, K, V)), attn_mask=tensor, scale=scale
    )
    np.testing.assert_allclose(ours, theirs.numpy(), atol=1e-12)
    # JAX has the heads after the positions, and values as wide as keys.
    values = V[..., :4]
    theirs = jax.nn.dot_product_attention(
        *(A.transpose(0, 2, 1, 3) for A in (Q, K, values)),
        mask=mask,
        scale=scale,
    )
    np.testing.assert_allclose(
        attention(Q, K, values, mask=mask, scale=scale),
        np.asarray(theirs).transpose(0, 2, 1, 3),
        atol=1e-6,
    )


def test_attention_weights_are_those_of_a_head_of_pytorch():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(1, 5, 4))
    heads = torch.nn.MultiheadAttention(4, 1, bias=False, batch_first=True)
    heads = heads.double()
    with torch.no_grad():
        heads.in_proj_weight.copy_(torch.eye(4).repeat(3, 1))
        heads.out_proj.weight.copy_(torch.eye(4))
    may = np.tri(5, dtype=bool)
    x = torch.tensor(X)
    # This one takes the mask the other way round: True may not look.
    out, weights = heads(x, x, x, attn_mask=torch.tensor(~may))
    np.testing.assert_allclose(
        attention_weights(X, X, mask=may), weights.detach(), atol=1e-12
    )
    np.testing.assert_allclose(
        attention(X, X, X, mask=may), out.detach(), atol=1e-12
    )
