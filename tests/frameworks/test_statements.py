"""What cells of *In the libraries* say of a framework's behaviour."""

import importlib
import inspect
import math
import os

import numpy as np
import pytest
from scipy.special import logsumexp

os.environ.setdefault("KERAS_BACKEND", "jax")
jax = importlib.import_module("jax")
keras = importlib.import_module("keras")
linen = importlib.import_module("flax.linen")
optax = importlib.import_module("optax")
tf = importlib.import_module("tensorflow")
torch = importlib.import_module("torch")
F = torch.nn.functional


def default(called, name):
    return inspect.signature(called).parameters[name].default


# calculus/autodiff, calculus/jacobians, calculus/implicit


def test_pytorch_accumulates_and_frees_its_graph():
    x = torch.tensor(3.0, requires_grad=True)
    y = x**2
    y.backward(retain_graph=True)
    y.backward()
    assert x.grad == 12  # twice 6
    with pytest.raises(RuntimeError):
        y.backward()
    (slope,) = torch.autograd.grad(x**3, x)
    assert not slope.requires_grad
    (slope,) = torch.autograd.grad(x**3, x, create_graph=True)
    assert torch.autograd.grad(slope, x)[0] == 18
    assert torch.tensor(0.5).dtype == torch.float32


def test_a_tape_of_tensorflow_is_used_once_and_watches_variables():
    x, c = tf.Variable(3.0), tf.constant(3.0)
    with tf.GradientTape() as tape:
        y = x**2 + c**2
    assert tape.gradient(y, x) == 6
    with pytest.raises(RuntimeError):
        tape.gradient(y, x)
    with tf.GradientTape(persistent=True) as tape:
        y = c**2
    assert tape.gradient(y, c) is None
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(c)
        y = c**2
    assert tape.gradient(y, c) == tape.gradient(y, c) == 6


def test_a_rule_of_ones_own_in_pytorch_and_tensorflow():
    class Scaled(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, factor):
            ctx.save_for_backward(x)
            ctx.factor = factor
            return factor * x**2

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return 2 * ctx.factor * x * g, None

    x = torch.tensor(3.0, requires_grad=True)
    Scaled.apply(x, 5.0).backward()
    assert x.grad == 30
    with torch.no_grad():
        x.detach().mul_(2)  # it shares memory
    assert x == 6

    @tf.custom_gradient
    def square(x):
        return x**2, lambda g: 2 * x * g

    y = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        z = square(y) + tf.stop_gradient(y**3)
    assert tape.gradient(z, y) == 6


@pytest.mark.filterwarnings("ignore:.torch.jit.script:DeprecationWarning")
def test_jacobians_put_outputs_first():
    A = np.arange(6.0).reshape(3, 2)
    x = torch.ones(2, dtype=torch.float64)
    for of in (torch.func.jacrev, torch.func.jacfwd):
        assert np.array_equal(of(lambda x: torch.tensor(A) @ x)(x), A)
    v = tf.Variable(np.ones(2))
    with tf.GradientTape() as tape:
        y = tf.linalg.matvec(tf.constant(A), v)
    assert np.array_equal(tape.jacobian(y, v), A)


# calculus/matrix_calculus


def test_gradients_of_log_determinants_and_eigenvalues():
    X = np.array([[0.2, 3.0], [1.0, 0.5]])  # a negative determinant
    x = torch.tensor(X, requires_grad=True)
    sign, log_det = torch.linalg.slogdet(x)
    log_det.backward()
    assert sign == -1
    np.testing.assert_allclose(x.grad, np.linalg.inv(X).T)
    S = np.array([[2.0, 0.3], [0.3, 1.0]])
    s = torch.tensor(S, requires_grad=True)
    values, vectors = torch.linalg.eigh(s)
    values[-1].backward()
    v = vectors[:, -1].detach().numpy()
    np.testing.assert_allclose(s.grad, np.outer(v, v))
    spoilt = np.array(
        [[2.0, 5.3], [0.3, 1.0]]
    )  # the upper triangle is not read
    np.testing.assert_allclose(
        torch.linalg.eigvalsh(torch.tensor(spoilt)), np.linalg.eigvalsh(S)
    )
    averaged = jax.numpy.linalg.eigvalsh(jax.numpy.asarray(spoilt))
    mean = np.linalg.eigvalsh((spoilt + spoilt.T) / 2)
    np.testing.assert_allclose(averaged, mean, rtol=1e-5)


def test_the_mean_squared_error_divides_by_the_outputs_too():
    P, Y = np.ones((4, 3)), np.zeros((4, 3))
    P[:, 0] = 3
    loss = torch.nn.MSELoss()(torch.tensor(P), torch.tensor(Y))
    assert loss.item() == 44 / 12
    assert float(keras.losses.MeanSquaredError()(Y, P)) == pytest.approx(
        44 / 12
    )


# foundations


def test_pytorch_softplus_is_linear_from_a_threshold_on():
    x = torch.tensor([19.9, 20.1], dtype=torch.float64)
    below, above = F.softplus(x)
    assert below > 19.9
    assert above == 20.1


def test_losses_from_scores():
    z, y = torch.tensor([[1.0, -2.0, 0.5]]), torch.tensor([2])
    loss = F.cross_entropy(z, y)
    assert torch.isclose(loss, F.nll_loss(F.log_softmax(z, 1), y))
    assert default(keras.losses.BinaryCrossentropy, "from_logits") is False
    sparse = keras.losses.SparseCategoricalCrossentropy
    assert default(sparse, "from_logits") is False
    s, t = np.array([-3.0, 4.0]), np.array([1.0, 0.0])
    each = tf.nn.sigmoid_cross_entropy_with_logits(labels=t, logits=s)
    theirs = F.binary_cross_entropy_with_logits(*map(torch.tensor, (s, t)))
    np.testing.assert_allclose(np.mean(each), theirs)
    right = keras.losses.BinaryCrossentropy(from_logits=True)(t, s)
    wrong = keras.losses.BinaryCrossentropy()(t, s)
    np.testing.assert_allclose(right, theirs, rtol=1e-5)
    assert abs(wrong - right) > 0.1


def test_the_first_layer_and_the_first_transform_come_first():
    double = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.constant_(double.weight, 2.0)
    shifted = torch.nn.Linear(1, 1)
    torch.nn.init.ones_(shifted.weight)
    torch.nn.init.ones_(shifted.bias)
    net = torch.nn.Sequential(double, shifted)
    assert net(torch.tensor([3.0])) == 7
    transforms = torch.distributions.transforms
    both = transforms.ComposeTransform(
        [
            transforms.AffineTransform(0.0, 2.0),
            transforms.AffineTransform(1.0, 1.0),
        ]
    )
    assert both(torch.tensor(3.0)) == 7
    assert both.bijective
    assert both.inv(torch.tensor(7.0)) == 3


def test_where_the_factor_of_a_transform_stands():
    x = np.array([3.0, 1.0, -2.0, 0.0])
    c = np.fft.fft(x)
    np.testing.assert_allclose(torch.fft.fft(torch.tensor(x)), c, atol=1e-12)
    np.testing.assert_allclose(tf.signal.fft(x.astype(complex)), c, atol=1e-12)
    np.testing.assert_allclose(
        torch.fft.fft(torch.tensor(x), norm="ortho"), c / 2, atol=1e-12
    )
    assert "norm" not in inspect.signature(tf.signal.fft).parameters
    assert torch.fft.rfft(torch.tensor(x)).shape == (3,)
    np.testing.assert_allclose(torch.sinc(torch.tensor(0.5)), 2 / math.pi)


# learning


def test_a_layer_with_one_output_returns_a_column():
    X = np.ones((4, 3), dtype=np.float32)
    column = torch.nn.Linear(3, 1)(torch.tensor(X))
    flax = linen.Dense(1)
    weights = flax.init(jax.random.key(0), X)
    for made in (column, keras.layers.Dense(1)(X), flax.apply(weights, X)):
        assert tuple(made.shape) == (4, 1)
    with pytest.warns(UserWarning, match="broadcast"):
        loss = torch.nn.MSELoss()(column, torch.zeros(4))
    assert loss.shape == ()


def test_dense_layers_store_their_weights_the_other_way_round():
    assert torch.nn.Linear(3, 2).weight.shape == (2, 3)
    layer = keras.layers.Dense(2)
    layer.build((None, 3))
    assert tuple(layer.kernel.shape) == (3, 2)


def test_gelu_of_jax_is_approximate_by_default():
    x = jax.numpy.array(1.0)
    exact = 0.5 * (1 + math.erf(1 / math.sqrt(2)))
    assert abs(jax.nn.gelu(x) - exact) > 1e-4
    assert abs(jax.nn.gelu(x, approximate=False) - exact) < 1e-6
    assert F.gelu(torch.tensor(1.0, dtype=torch.float64)) == pytest.approx(
        exact
    )


# linalg


def test_what_decompositions_return():
    A = np.random.default_rng(0).normal(size=(4, 3))
    U, s, Vh = torch.linalg.svd(torch.tensor(A), full_matrices=False)
    np.testing.assert_allclose((U * s) @ Vh, A)
    s, u, v = tf.linalg.svd(A)
    np.testing.assert_allclose((u * s) @ np.transpose(v), A, atol=1e-12)
    values = torch.linalg.eigh(torch.tensor(A.T @ A)).eigenvalues
    assert torch.all(values.diff() > 0)
    lu, order = tf.linalg.lu(A.T @ A)
    L, U = np.tril(lu, -1) + np.eye(3), np.triu(lu)
    np.testing.assert_allclose((L @ U), (A.T @ A)[order.numpy()])


def test_least_squares():
    assert "gelsy" in torch.linalg.lstsq.__doc__
    A, b = np.array([[1.0, 1.0], [2.0, 2.0]]), np.array([[11.0], [18.0]])
    short = np.linalg.lstsq(A, b, rcond=None)[0]
    found = torch.linalg.lstsq(torch.tensor(A), torch.tensor(b))
    np.testing.assert_allclose(found.solution, short)  # cut at full rank
    assert default(tf.linalg.lstsq, "fast") is True
    rng = np.random.default_rng(0)
    U, V = (np.linalg.qr(rng.normal(size=(n, 2)))[0] for n in (6, 2))
    A = U * [1, 1e-6] @ V.T
    b = A @ np.ones((2, 1))
    off = [
        abs(tf.linalg.lstsq(A, b, fast=fast).numpy() - 1).max()
        for fast in (True, False)
    ]
    assert off[0] > 1e-7  # by Cholesky, which squares the condition
    assert off[1] < 1e-8


def test_cosines():
    u, zero = torch.tensor([[1.0, 2.0]]), torch.zeros(1, 2)
    assert F.cosine_similarity(u, zero) == 0
    assert default(keras.losses.CosineSimilarity, "axis") == -1
    same = keras.losses.CosineSimilarity()(np.ones((1, 3)), np.ones((1, 3)))
    assert float(same) == pytest.approx(-1)
    assert jax.numpy.isnan(jax.grad(jax.numpy.linalg.norm)(np.zeros(2))).all()


def test_images_views_and_strides():
    assert keras.backend.image_data_format() == "channels_last"
    assert default(keras.layers.Conv2D, "padding") == "valid"
    assert torch.nn.Conv2d(3, 4, (2, 5)).weight.shape == (4, 3, 2, 5)
    layer = keras.layers.Conv2D(4, (2, 5))
    layer.build((None, 9, 9, 3))
    assert tuple(layer.kernel.shape) == (2, 5, 3, 4)
    x = torch.arange(6.0).reshape(2, 3)
    assert x.stride() == (3, 1)
    with pytest.raises(RuntimeError):
        x.T.view(6)
    assert x.T.reshape(6).tolist() == [0, 3, 1, 4, 2, 5]
    windows = x.unfold(1, 2, 1)
    assert windows.shape == (2, 2, 2)
    assert windows.data_ptr() == x.data_ptr()
    assert F.unfold(x[None, None], (1, 2)).shape == (1, 2, 4)
    ones = tf.ones((1, 4, 4, 1))
    patches = tf.image.extract_patches(
        ones, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID"
    )
    assert patches.shape == (1, 2, 2, 4)
    with pytest.raises(TypeError):
        ones[0, 0, 0, 0] = 2.0


def test_same_padding_of_keras_is_uneven_where_it_must():
    x = np.arange(4.0, dtype=np.float32).reshape(1, 4, 1, 1)
    filters = np.ones((2, 1, 1, 1), dtype=np.float32)
    out = keras.ops.conv(x, filters, padding="same")
    assert np.ravel(out).tolist() == [1, 3, 5, 3]  # one zero, at the end


def test_a_mask_of_keras_says_where_a_query_may_look():
    layer = keras.layers.MultiHeadAttention(1, 4)
    x = np.random.default_rng(0).normal(size=(1, 3, 4)).astype(np.float32)
    _, weights = layer(
        x, x, attention_mask=np.tri(3, dtype=bool)[None],
        return_attention_scores=True,
    )  # fmt: skip
    assert np.allclose(np.triu(np.asarray(weights)[0, 0], 1), 0)


# optimization


def test_losses_of_the_frameworks():
    x, y = torch.tensor([0.3, 5.0]), torch.zeros(2)
    smooth = torch.nn.SmoothL1Loss(beta=2.0)(x, y)
    assert torch.isclose(smooth, torch.nn.HuberLoss(delta=2.0)(x, y) / 2)
    p = np.array([[0.5, -0.3]])
    hinge = keras.losses.Hinge()
    assert hinge(np.array([[0, 1]]), p) == hinge(np.array([[-1, 1]]), p)
    each = optax.squared_error(np.ones(3), np.zeros(3))
    assert each.shape == (3,)
    assert optax.l2_loss(np.ones(1), np.zeros(1)) == 0.5
    scores = np.zeros((4, 3), dtype=np.float32)
    labels = np.zeros(4, dtype=int)
    entropy = optax.softmax_cross_entropy_with_integer_labels(scores, labels)
    assert entropy.shape == (4,)


def test_defaults_of_the_optimizers():
    torchs, keras_of = torch.optim, keras.optimizers
    assert default(torchs.Adagrad, "initial_accumulator_value") == 0
    assert default(keras_of.Adagrad, "initial_accumulator_value") == 0.1
    assert default(optax.adagrad, "initial_accumulator_value") == 0.1
    assert default(torchs.RMSprop, "alpha") == 0.99
    assert default(keras_of.RMSprop, "rho") == 0.9
    assert default(optax.rmsprop, "decay") == 0.9
    assert default(optax.rmsprop, "eps_in_sqrt") is True
    assert default(torchs.Adam, "eps") == default(optax.adam, "eps") == 1e-8
    assert default(keras_of.Adam, "epsilon") == 1e-7
    assert default(torchs.AdamW, "weight_decay") == 0.01
    assert default(keras_of.AdamW, "weight_decay") == 0.004
    assert default(optax.adamw, "weight_decay") == 1e-4
    assert default(keras.Model.compile, "optimizer") == "rmsprop"
    bfgs = torchs.LBFGS
    assert default(bfgs, "line_search_fn") is None
    assert default(bfgs, "lr") == 1
    assert default(bfgs, "history_size") == 100
    assert default(bfgs, "max_iter") == 20


def torch_steps(rule, slopes, **how):
    w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimizer = rule([w], **how)
    path = [0.0]
    for slope in slopes:
        w.grad = torch.tensor([slope], dtype=torch.float64)
        optimizer.step()
        path.append(w.item())
    return -np.diff(path)


def keras_steps(rule, slopes, **how):
    w = keras.Variable(np.zeros(1), dtype="float32")
    optimizer = rule(**how)
    path = [0.0]
    for slope in slopes:
        optimizer.apply([np.full(1, slope, dtype=np.float32)], [w])
        path.append(float(w.value[0]))
    return -np.diff(path)


def test_momentum_and_its_dampening():
    how = {"lr": 1.0, "momentum": 0.5, "dampening": 0.5}
    steps = torch_steps(torch.optim.SGD, [2e-4, 2e-4], **how)
    np.testing.assert_allclose(steps, [2e-4, 2e-4])
    # Keras keeps the rate in its memory: a rate that falls acts later.
    rates = keras.optimizers.schedules.PiecewiseConstantDecay([0], [1.0, 0.0])
    steps = keras_steps(
        keras.optimizers.SGD, [1.0, 1.0], learning_rate=rates, momentum=0.5
    )
    np.testing.assert_allclose(steps, [1.0, 0.5])  # it counts from 0


def test_epsilon_inside_or_outside_the_root():
    tiny = 2e-4
    outside = torch_steps(
        torch.optim.RMSprop, [tiny], lr=1.0, alpha=0.5, eps=1e-8
    )
    inside = keras_steps(
        keras.optimizers.RMSprop, [tiny], learning_rate=1.0, rho=0.5,
        epsilon=1e-8,
    )  # fmt: skip
    np.testing.assert_allclose(outside, 1.41411, rtol=1e-5)
    np.testing.assert_allclose(inside, 1.1547, rtol=1e-4)
    # Before the correction, ε counts √(1 − β₂) less at the first step.
    g, share = 1e-6, math.sqrt(1 - 0.999)
    adam = keras_steps(keras.optimizers.Adam, [g], learning_rate=1.0)
    np.testing.assert_allclose(adam, g / (g + 1e-7 / share), rtol=1e-3)
    adam = torch_steps(torch.optim.Adam, [g], lr=1.0)
    np.testing.assert_allclose(adam, g / (g + 1e-8), rtol=1e-6)


def test_weight_decay_of_adam_is_coupled_in_pytorch_alone():
    w = torch.ones(1, requires_grad=True)
    w.grad = torch.zeros(1)
    torch.optim.Adam([w], lr=0.1, weight_decay=0.01).step()
    assert w.item() == pytest.approx(0.9, abs=1e-4)  # a whole step
    v = keras.Variable(np.ones(1), dtype="float32")
    keras.optimizers.Adam(0.1, weight_decay=0.01).apply(
        [np.zeros(1, dtype=np.float32)], [v]
    )
    assert float(v.value[0]) == pytest.approx(1 - 0.1 * 0.01)


def test_weight_decay_of_sgd_is_a_gradient_and_never_reaches_zero():
    w = torch.ones(1, requires_grad=True)
    w.grad = torch.zeros(1)
    torch.optim.SGD([w], lr=0.1, weight_decay=0.5).step()
    assert w.item() == pytest.approx(1 - 0.1 * 0.5)
    assert F.softshrink(torch.tensor(0.04), 0.05) == 0


def test_the_mean_of_networks_is_uniform_in_pytorch():
    net = torch.nn.Linear(1, 1, bias=False)
    mean = torch.optim.swa_utils.AveragedModel(net)
    for weight in (1.0, 2.0, 6.0):
        torch.nn.init.constant_(net.weight, weight)
        mean.update_parameters(net)
    assert mean.module.weight.item() == pytest.approx(3.0)


# probability


def test_variances():
    x = np.array([1.0, 2.0, 6.0])
    assert torch.var(torch.tensor(x)) == np.var(x, ddof=1)
    assert torch.var(torch.tensor(x), correction=0) == np.var(x)
    np.testing.assert_allclose(tf.math.reduce_variance(x), np.var(x))
    np.testing.assert_allclose(jax.numpy.var(x), np.var(x), rtol=1e-6)


def test_sums_of_exponentials_are_the_same():
    x = np.array([1.0, 2.0, 3.0])
    np.testing.assert_allclose(
        torch.logsumexp(torch.tensor(x), 0), logsumexp(x)
    )
    np.testing.assert_allclose(tf.reduce_logsumexp(x), logsumexp(x))


def test_samples_that_pass_gradients():
    scale = torch.tensor(2.0, requires_grad=True)
    law = torch.distributions.Normal(0.0, scale)
    assert not law.sample().requires_grad
    assert law.rsample().requires_grad
    assert torch.distributions.Exponential(4.0).mean == 0.25
    quantile = torch.distributions.Normal(0.0, 1.0).icdf(torch.tensor(0.975))
    assert quantile.item() == pytest.approx(1.96, abs=1e-3)


def test_how_layers_start():
    d = 300
    torch.manual_seed(0)
    weights = torch.nn.Linear(d, 400).weight.detach()
    assert weights.var().item() == pytest.approx(1 / (3 * d), rel=0.02)
    layer = keras.layers.Dense(400)
    assert type(layer.kernel_initializer).__name__ == "GlorotUniform"
    keras.utils.set_random_seed(0)
    layer.build((None, d))
    kernel = np.asarray(layer.kernel)
    assert kernel.var() == pytest.approx(2 / (d + 400), rel=0.02)
    assert abs(kernel).max() <= math.sqrt(6 / (d + 400))


def test_divergences():
    p = np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]])
    q = np.array([[0.2, 0.2, 0.6], [0.3, 0.3, 0.4]])
    each = np.sum(p * np.log(p / q), axis=1)
    log_q, target = torch.tensor(np.log(q)), torch.tensor(p)
    batch = F.kl_div(log_q, target, reduction="batchmean")
    np.testing.assert_allclose(batch, each.mean())
    with pytest.warns(UserWarning, match="batchmean"):
        mean = F.kl_div(log_q, target, reduction="mean")
    np.testing.assert_allclose(mean, each.mean() / 3)
    np.testing.assert_allclose(
        optax.kl_divergence(np.log(q), p), each, rtol=1e-5
    )
    loss = keras.losses.KLDivergence()
    np.testing.assert_allclose(loss(p, q), each.mean(), rtol=1e-5)
    assert np.isfinite(loss(np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])))
    laws = torch.distributions
    a, b = laws.Normal(0.0, 1.0), laws.Normal(1.0, 2.0)
    closed = math.log(2) + (1 + 1) / (2 * 4) - 0.5
    assert laws.kl_divergence(a, b).item() == pytest.approx(closed)
