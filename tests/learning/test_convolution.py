"""Convolutional networks: by hand, by the graph, by other libraries."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax
from scipy.signal import convolve2d
from sklearn.datasets import load_digits
from sklearn.feature_extraction.image import extract_patches_2d

from derivable import DivergenceError
from derivable.calculus import grad, gradient_check, jvp, value_and_grad
from derivable.learning import (
    average_pool2d,
    average_pool2d_gradient,
    col2im,
    conv2d_filter_gradient,
    conv2d_transpose,
    conv_layer,
    conv_parameter_count,
    convnet,
    convnet_gradient,
    convnet_loss,
    dilate,
    dilated_size,
    init_convnet,
    max_pool2d,
    max_pool2d_gradient,
    predict_images,
    receptive_field,
    train_convnet,
)
from derivable.linalg import conv2d, conv2d_matrix, im2col
from derivable.optimization import Batches, adam, gradient_descent, momentum
from derivable.probability import he_std


@pytest.fixture(autouse=True, scope="module")
def _double_precision():
    """JAX computes in float32 unless it is told otherwise."""
    precise = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)  # noqa: FBT003
    yield
    jax.config.update("jax_enable_x64", precise)


CASES = [  # N, C, H, W, K, R, S, stride, padding
    (2, 3, 7, 6, 4, 3, 2, 1, 0),
    (1, 1, 8, 9, 2, 3, 3, 2, 1),
    (3, 2, 9, 7, 5, 2, 4, 3, 2),
    (2, 2, 5, 5, 3, 1, 1, 1, 0),
    (2, 4, 6, 5, 1, 3, 5, 2, 2),
    (1, 2, 4, 3, 2, 4, 3, 1, 0),  # one place
]
NAMES = ["-".join(map(str, case)) for case in CASES]
each_case = pytest.mark.parametrize("case", CASES, ids=NAMES)


def drawn(case, seed=0):
    """Images, filters, biases and an adjoint of the outputs."""
    N, C, H, W, K, R, S, t, p = case
    rng = np.random.default_rng(seed)
    X, F = rng.normal(size=(N, C, H, W)), rng.normal(size=(K, C, R, S))
    b = rng.normal(size=K)
    Y = conv2d(X, F, stride=t, padding=p)
    return X, F, b, rng.normal(size=Y.shape), {"stride": t, "padding": p}


def by_jax(X, F, b, at):
    t, p = at["stride"], at["padding"]
    Y = lax.conv_general_dilated(X, F, (t, t), [(p, p), (p, p)])
    return Y + b[:, None, None]


def network(seed=0, *, shape=(2, 6, 5), channels=(3, 4), n=5, pool=False):
    """Parameters with biases that are not zero, images and labels."""
    rng = np.random.default_rng(seed)
    p = init_convnet(shape, channels, 3, rng=rng, global_pool=pool)
    for layer in p:
        layer["b"] = rng.normal(size=layer["b"].shape)
    return p, rng.normal(size=(n, *shape)), rng.integers(3, size=n)


def apart(found, wanted):
    """The largest gap of two gradients, in the scale of the second."""
    pairs = [
        (f[k], g[k]) for f, g in zip(found, wanted, strict=True) for k in g
    ]
    scale = max(np.abs(g).max() for _, g in pairs)
    return max(np.abs(f - g).max() for f, g in pairs) / scale


# --- convolution


@each_case
def test_a_layer_is_conv2d_and_a_bias(case):
    X, F, b, _, at = drawn(case)
    Y = conv2d(X, F, **at) + b[:, None, None]
    np.testing.assert_allclose(conv_layer(X, F, b, **at), Y, atol=1e-12)
    np.testing.assert_allclose(by_jax(X, F, b, at), Y, atol=1e-12)


@each_case
def test_gradients_of_a_layer_are_those_of_the_graph_and_of_jax(case):
    X, F, b, G, at = drawn(case)
    by_hand = (
        conv2d_transpose(G, F, X.shape[2:], **at),
        conv2d_filter_gradient(X, G, F.shape[2:], **at),
        G.sum(axis=(0, 2, 3)),
    )
    by_graph = grad(lambda q: np.sum(G * conv_layer(*q, **at)))((X, F, b))
    jaxs = jax.grad(lambda *q: jnp.sum(G * by_jax(*q, at)), (0, 1, 2))
    for mine, theirs, jaxed in zip(
        by_hand, by_graph, jaxs(X, F, b), strict=True
    ):
        assert mine.shape == theirs.shape
        np.testing.assert_allclose(mine, theirs, rtol=1e-10, atol=1e-10)
        np.testing.assert_allclose(mine, jaxed, rtol=1e-10, atol=1e-10)


def test_gradients_of_a_layer_pass_finite_differences():
    X, F, _, G, at = drawn(CASES[1])
    dX = conv2d_transpose(G, F, X.shape[2:], **at)
    dF = conv2d_filter_gradient(X, G, F.shape[2:], **at)
    of_X = lambda x: np.sum(G * conv2d(x, F, **at))  # noqa: E731
    of_F = lambda f: np.sum(G * conv2d(X, f, **at))  # noqa: E731
    assert gradient_check(of_X, lambda _: dX, X).passed
    assert gradient_check(of_F, lambda _: dF, F).passed
    assert not gradient_check(of_F, lambda _: dF[..., ::-1], F).passed


@each_case
def test_the_adjoint_of_the_images_is_the_transposed_matrix(case):
    X, F, _, G, at = drawn(case)
    T = conv2d_matrix(F, X.shape[1:], **at)
    dX = conv2d_transpose(G, F, X.shape[2:], **at)
    np.testing.assert_allclose(
        dX.reshape(len(X), -1), G.reshape(len(X), -1) @ T, atol=1e-12
    )


@each_case
def test_the_two_ways_back_to_the_images_agree(case):
    X, F, _, G, at = drawn(case)
    rows = G.transpose(0, 2, 3, 1).reshape(-1, len(F))
    dB = rows @ F.reshape(len(F), -1)
    np.testing.assert_allclose(
        col2im(dB, X.shape, F.shape[2:], **at),
        conv2d_transpose(G, F, X.shape[2:], **at),
        atol=1e-12,
    )


def test_with_stride_one_the_way_back_is_the_full_convolution_of_scipy():
    X, F, _, G, at = drawn((1, 1, 7, 6, 1, 3, 2, 1, 0))
    dX = conv2d_transpose(G, F, X.shape[2:], **at)
    np.testing.assert_allclose(
        dX[0, 0], convolve2d(G[0, 0], F[0, 0]), atol=1e-12
    )


def test_pixels_that_no_place_covers_get_nothing():
    G = np.ones((1, 1, 3, 3))
    dX = conv2d_transpose(G, np.ones((1, 1, 3, 3)), (8, 8), stride=2)
    assert dX.shape == (1, 1, 8, 8)
    assert not dX[:, :, 7:].any()
    assert not dX[:, :, :, 7:].any()
    assert dX[:, :, :7, :7].all()


@given(seed=st.integers(0, 9999), t=st.integers(1, 3), p=st.integers(0, 2))
@settings(max_examples=40)
def test_col2im_is_the_transpose_of_im2col(seed, t, p):
    rng = np.random.default_rng(seed)
    N, C, R, S = (int(v) for v in rng.integers(1, 4, size=4))
    H, W = R + int(rng.integers(5)), S + int(rng.integers(5))
    X = rng.normal(size=(N, C, H, W))
    B = im2col(X, (R, S), stride=t, padding=p)
    G = rng.normal(size=B.shape)
    back = col2im(G, X.shape, (R, S), stride=t, padding=p)
    assert back.shape == X.shape
    assert np.isclose(np.sum(B * G), np.sum(X * back), atol=1e-10)


def test_col2im_of_ones_counts_the_patches_over_each_pixel():
    B = np.ones((4, 9))
    found = col2im(B, (1, 1, 4, 4), (3, 3))[0, 0]
    line = np.array([1, 2, 2, 1])
    np.testing.assert_array_equal(found, np.outer(line, line))


def test_dilate_puts_zeros_between():
    Y = np.arange(1.0, 7).reshape(1, 1, 2, 3)
    wide = np.zeros((3, 5))
    wide[::2, ::2] = Y[0, 0]
    np.testing.assert_array_equal(dilate(Y, 2)[0, 0], wide)
    np.testing.assert_array_equal(dilate(Y, 1), Y)
    assert dilate(Y, 3).shape == (1, 1, 4, 7)


@pytest.mark.parametrize("d", [1, 2, 3])
def test_a_dilated_filter_is_the_dilated_convolution_of_jax(d):
    X, F, *_ = drawn((2, 2, 11, 10, 3, 3, 2, 1, 0))
    Y = conv2d(X, dilate(F, d))
    theirs = lax.conv_general_dilated(
        X, F, (1, 1), "VALID", rhs_dilation=(d, d)
    )
    np.testing.assert_allclose(Y, theirs, atol=1e-12)
    sizes = [n - dilated_size(k, d) + 1 for n, k in ((11, 3), (10, 2))]
    assert Y.shape == (2, 3, *sizes)


def test_a_dilated_kernel_spans_its_gaps():
    for k, d, span in [(1, 5, 1), (3, 1, 3), (3, 2, 5), (4, 3, 10)]:
        assert dilated_size(k, d) == span
        assert dilate(np.ones((1, 1, k, k)), d).shape[2] == span


def test_same_at_stride_two_pads_the_end_more_in_jax():
    X, F, *_ = drawn((1, 2, 8, 8, 3, 3, 3, 1, 0))
    theirs = lax.conv_general_dilated(X, F, (2, 2), "SAME")
    ends = np.pad(X, [(0, 0), (0, 0), (0, 1), (0, 1)])
    np.testing.assert_allclose(theirs, conv2d(ends, F, stride=2), atol=1e-12)
    ours = conv2d(X, F, stride=2, padding=1)
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() > 0.1


def test_patches_of_scikit_learn_are_rows_of_im2col():
    X = np.random.default_rng(0).normal(size=(6, 5))
    theirs = extract_patches_2d(X, (3, 2)).reshape(-1, 6)
    np.testing.assert_array_equal(im2col(X[None, None], (3, 2)), theirs)


# --- counts


def test_parameters_of_a_layer_are_those_that_are_stored():
    p = init_convnet((3, 8, 8), [5, 7], 2, rng=np.random.default_rng(0))
    for layer, C in zip(p, (3, 5), strict=False):
        K = len(layer["F"])
        count = conv_parameter_count(C, K, (3, 3))
        assert count == layer["F"].size + layer["b"].size
    assert conv_parameter_count(3, 8, (3, 5)) == 8 * 46


@given(
    layers=st.lists(
        st.tuples(st.integers(1, 4), st.integers(1, 3)),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=40)
def test_the_receptive_field_is_where_a_gradient_reaches(layers):
    r, jump = receptive_field(layers)
    x = np.ones((1, 1, 1, r + jump))

    def output(x, i):
        for k, t in layers:
            x = conv_layer(x, np.ones((1, 1, 1, k)), [0.0], stride=t)
        return x[0, 0, 0, i]

    for i in (0, 1):
        reached = grad(lambda x, i=i: output(x, i))(x)
        seen = np.flatnonzero(reached)
        if all(t <= k for k, t in layers):  # no gaps
            assert len(seen) == r
        assert (seen[0], seen[-1]) == (i * jump, i * jump + r - 1)


def test_two_filters_of_three_see_five():
    assert receptive_field([(3, 1), (3, 1)]) == (5, 1)
    assert receptive_field([(3, 1), (2, 2), (3, 1), (2, 2)]) == (10, 4)
    assert receptive_field([(7, 2)]) == (7, 2)
    assert receptive_field([(1, 2), (3, 1)]) == (5, 2)  # three, with gaps


# --- pooling

POOLS = [(2, None), (2, 2), (3, 1), (2, 3), (1, 1)]


@pytest.mark.parametrize(("m", "t"), POOLS)
def test_pooling_is_that_of_a_loop(m, t):
    X = np.random.default_rng(0).normal(size=(2, 3, 7, 6))
    step = m if t is None else t
    for f, pool in ((np.max, max_pool2d), (np.mean, average_pool2d)):
        Y = pool(X, m, stride=t)
        assert Y.shape == (2, 3, (7 - m) // step + 1, (6 - m) // step + 1)
        for n, c, i, j in np.ndindex(Y.shape):
            a, b = step * i, step * j
            window = X[n, c, a : a + m, b : b + m]
            assert np.isclose(Y[n, c, i, j], f(window))


@pytest.mark.parametrize(("m", "t"), POOLS)
def test_gradients_of_pooling_are_those_of_the_graph_also_at_ties(m, t):
    rng = np.random.default_rng(1)
    X = np.round(rng.normal(size=(2, 3, 7, 6)))  # with many ties
    G = rng.normal(size=max_pool2d(X, m, stride=t).shape)
    found = max_pool2d_gradient(X, G, m, stride=t)
    wanted = grad(lambda x: np.sum(G * max_pool2d(x, m, stride=t)))(X)
    np.testing.assert_allclose(found, wanted, atol=1e-12)
    assert np.isclose(found.sum(), G.sum())
    found = average_pool2d_gradient(G, (7, 6), m, stride=t)
    wanted = grad(lambda x: np.sum(G * average_pool2d(x, m, stride=t)))(X)
    np.testing.assert_allclose(found, wanted, atol=1e-12)


def jax_max_pool(x, m, t):
    return lax.reduce_window(
        x, -jnp.inf, lax.max, (1, 1, m, m), (1, 1, t, t), "VALID"
    )


def test_gradients_of_max_pooling_are_those_of_jax_but_at_ties():
    rng = np.random.default_rng(2)
    X, m, t = rng.normal(size=(2, 3, 7, 6)), 3, 2
    G = rng.normal(size=max_pool2d(X, m, stride=t).shape)
    theirs = jax.grad(lambda x: jnp.sum(G * jax_max_pool(x, m, t)))
    found = max_pool2d_gradient(X, G, m, stride=t)
    np.testing.assert_allclose(found, theirs(X), atol=1e-12)
    flat, G = np.ones((1, 1, 2, 2)), np.ones((1, 1, 1, 1))
    first = jax.grad(lambda x: jnp.sum(jax_max_pool(x, 2, 2)))(flat)
    np.testing.assert_array_equal(first[0, 0], [[1, 0], [0, 0]])
    shared = max_pool2d_gradient(flat, G, 2)
    np.testing.assert_array_equal(shared[0, 0], np.full((2, 2), 0.25))


def test_gradient_of_max_pooling_passes_finite_differences():
    rng = np.random.default_rng(3)
    X = rng.permutation(30).reshape(1, 1, 6, 5) / 3  # no ties near
    G = rng.normal(size=(1, 1, 3, 2))
    found = max_pool2d_gradient(X, G, 2)
    f = lambda x: np.sum(G * max_pool2d(x, 2))  # noqa: E731
    assert gradient_check(f, lambda _: found, X).passed


def test_average_pooling_is_a_convolution_of_each_channel():
    X = np.random.default_rng(0).normal(size=(2, 3, 6, 6))
    F = np.zeros((3, 3, 2, 2))
    F[range(3), range(3)] = 1 / 4
    np.testing.assert_allclose(
        average_pool2d(X, 2), conv2d(X, F, stride=2), atol=1e-12
    )


# --- the network


@pytest.mark.parametrize("pool", [False, True])
def test_the_way_back_by_hand_is_that_of_the_graph(pool):
    for seed, (shape, channels) in enumerate(
        [((2, 6, 5), (3, 4)), ((1, 8, 8), (5,)), ((3, 9, 11), (2, 3, 4))]
    ):
        p, X, y = network(seed, shape=shape, channels=channels, pool=pool)
        value, by_graph = value_and_grad(
            lambda p, X=X, y=y: convnet_loss(p, X, y)
        )(p)
        found, by_hand = convnet_gradient(p, X, y)
        assert isinstance(found, float)
        assert np.isclose(found, value, rtol=1e-10)
        assert apart(by_hand, by_graph) < 1e-10
        assert [
            {k: v.shape for k, v in layer.items()} for layer in by_hand
        ] == [{k: v.shape for k, v in layer.items()} for layer in p]


def test_a_sum_of_zero_sends_nothing_back():
    p = init_convnet((1, 4, 4), [2], 3, rng=np.random.default_rng(0))
    X, y = np.zeros((2, 1, 4, 4)), [0, 2]  # black, and biases are 0
    _, by_hand = convnet_gradient(p, X, y)
    by_graph = grad(lambda p: convnet_loss(p, X, y))(p)
    for first, *_ in (by_hand, by_graph):
        assert not any(g.any() for g in first.values())


def jax_loss(p, X, y, *, pool):
    *blocks, dense = p
    A = X
    for layer in blocks:
        Z = lax.conv_general_dilated(A, layer["F"], (1, 1), "SAME")
        A = jax.nn.relu(jax_max_pool(Z + layer["b"][:, None, None], 2, 2))
    V = A.mean(axis=(2, 3)) if pool else A.reshape(len(A), -1)
    log_p = jax.nn.log_softmax(V @ dense["W"] + dense["b"])
    return -jnp.mean(log_p[jnp.arange(len(y)), y])


@pytest.mark.parametrize("pool", [False, True])
def test_loss_and_gradient_are_those_of_jax(pool):
    p, X, y = network(4, shape=(2, 9, 8), pool=pool)
    value, theirs = jax.value_and_grad(jax_loss)(p, X, y, pool=pool)
    found, mine = convnet_gradient(p, X, y)
    assert np.isclose(found, value, rtol=1e-10)
    assert apart(mine, theirs) < 1e-10


def test_a_filter_of_one_and_an_image_of_two_make_a_dense_network():
    rng = np.random.default_rng(0)
    p = init_convnet((1, 2, 2), [4], 3, rng=rng, kernel=1)
    X = rng.normal(size=(6, 1, 2, 2))
    best = X.max(axis=(1, 2, 3))[:, None] * np.where(
        p[0]["F"].ravel() > 0, p[0]["F"].ravel(), 0
    ) + X.min(axis=(1, 2, 3))[:, None] * np.where(
        p[0]["F"].ravel() < 0, p[0]["F"].ravel(), 0
    )
    scores = np.maximum(best, 0) @ p[1]["W"] + p[1]["b"]
    np.testing.assert_allclose(convnet(p, X), scores, atol=1e-12)


def test_weights_start_at_the_scale_of_he():
    p = init_convnet(
        (3, 8, 4), [50, 40], 30, rng=np.random.default_rng(0), kernel=5
    )
    fans = [3 * 25, 50 * 25, 40 * 2]
    for layer, fan in zip(p, fans, strict=True):
        w = layer.get("F", layer.get("W"))
        assert np.isclose(w.std(), he_std(fan), rtol=0.04)
        assert not layer["b"].any()
    assert p[0]["F"].shape == (50, 3, 5, 5)
    assert p[1]["F"].shape == (40, 50, 5, 5)
    assert p[2]["W"].shape == (80, 30)
    few = init_convnet(
        (3, 8, 4), [5], 3, rng=np.random.default_rng(0), global_pool=True
    )
    assert few[1]["W"].shape == (5, 3)
    assert np.isclose(few[1]["W"].std(), he_std(5), rtol=0.5)


def test_global_pooling_takes_pictures_of_any_size():
    p, X, _ = network(shape=(2, 8, 8), pool=True)
    wide = np.tile(X, (1, 1, 2, 3))
    assert convnet(p, wide).shape == (5, 3)
    with pytest.raises(ValueError, match="gives the dense layer"):
        convnet(network(shape=(2, 8, 8))[0], wide)


def test_only_the_inputs_of_the_dense_layer_say_the_size_of_a_picture():
    p = network(shape=(1, 8, 8))[0]  # 2 × 2 pixels are left
    for side in range(8, 12):
        assert convnet(p, np.ones((1, 1, side, side))).shape == (1, 3)
    for side in (7, 12):
        with pytest.raises(ValueError, match="dense layer 16 inputs"):
            convnet(p, np.ones((1, 1, side, side)))


def test_a_shift_by_the_product_of_strides_changes_nothing():
    p, X, _ = network(shape=(2, 4, 4), pool=True)
    middle = [(0, 0), (0, 0), (16, 16), (16, 16)]
    Z = convnet(p, np.pad(X, middle))
    for a, b in [(4, 0), (0, -4), (4, 4)]:
        moved = np.roll(np.pad(X, middle), (a, b), axis=(2, 3))
        np.testing.assert_allclose(convnet(p, moved), Z, atol=1e-12)
    moved = np.roll(np.pad(X, middle), 1, axis=3)
    assert np.abs(convnet(p, moved) - Z).max() > 1e-4


def test_a_jvp_of_the_scores_is_a_difference_of_them():
    p, X, _ = network()
    step = jvp(lambda X: convnet(p, X), X, X)[1]
    h = 1e-6
    near = (convnet(p, X * (1 + h)) - convnet(p, X * (1 - h))) / (2 * h)
    np.testing.assert_allclose(step, near, atol=1e-6)


def test_classes_are_where_the_score_is_largest():
    p, X, _ = network(n=30)
    p[-1]["b"] -= np.mean(convnet(p, X), axis=0)  # no class leads
    found = predict_images(p, X)
    assert found.shape == (30,)
    assert all(
        z[c] == max(z) for z, c in zip(convnet(p, X), found, strict=True)
    )
    assert len(set(found)) > 1


# --- training


def test_a_step_of_training_is_minus_rate_times_gradient():
    p, X, y = network()
    run = train_convnet(
        *(p, X, y),
        optimizer=gradient_descent(0.1),
        batches=Batches(5, np.random.default_rng(0)),
        num_epochs=1,
    )
    value, g = convnet_gradient(p, X, y)
    wanted = [{k: q[k] - 0.1 * h[k] for k in q} for q, h in zip(p, g)]  # noqa: B905
    assert apart(run.parameters, wanted) < 1e-12
    assert np.isclose(run.losses, [value]).all()


def test_training_steps_once_for_each_batch_and_keeps_its_state():
    p, X, y = network(n=5)
    rule = momentum(0.05, beta=0.9)
    run = train_convnet(
        *(p, X, y),
        optimizer=rule,
        batches=Batches(2, np.random.default_rng(7)),
        num_epochs=2,
    )
    q = [{k: v.copy() for k, v in layer.items()} for layer in p]
    velocity = [{k: 0 * v for k, v in layer.items()} for layer in p]
    batches, means = Batches(2, np.random.default_rng(7)), []
    for _ in range(2):
        values = []
        for i in batches.epoch(5):
            value, g = convnet_gradient(q, X[i], y[i])
            values.append(value)
            for layer, h, v in zip(q, g, velocity, strict=True):
                for k in layer:
                    v[k] = 0.9 * v[k] + h[k]
                    layer[k] = layer[k] - 0.05 * v[k]
        means.append(np.mean(values))
    np.testing.assert_allclose(run.losses, means, rtol=1e-10)
    assert apart(run.parameters, q) < 1e-10


def test_training_leaves_the_start_alone_and_default_is_ten_epochs():
    p, X, y = network()
    before = [{k: v.copy() for k, v in layer.items()} for layer in p]
    run = train_convnet(
        *(p, X, y),
        optimizer=adam(0.01),
        batches=Batches(5, np.random.default_rng(0)),
    )
    assert len(run.losses) == 10
    assert apart(p, before) == 0
    assert run.losses[-1] < run.losses[0]


def test_a_run_that_diverges_says_where():
    p, X, y = network()
    with pytest.raises(DivergenceError, match="at step 2 the loss") as caught:
        train_convnet(
            *(p, X, y),
            optimizer=gradient_descent(1e200),
            batches=Batches(5, np.random.default_rng(0)),
        )
    assert caught.value.iteration == 2
    assert len(caught.value.path.losses) == 1


def lost(rate, epochs):
    """The error of a run on six random pictures."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(6, 1, 8, 8)), np.arange(6) % 3
    with pytest.raises(DivergenceError) as caught:
        train_convnet(
            *(init_convnet((1, 8, 8), [3], 3, rng=rng), X, y),
            optimizer=gradient_descent(rate),
            batches=Batches(6, rng),
            num_epochs=epochs,
        )
    return caught.value


@pytest.mark.parametrize("rate", [1e9, 1e20])
def test_a_finite_loss_that_grows_beyond_reason_is_refused(rate):
    error = lost(rate, 3)
    assert error.iteration == 2
    assert "was usual at the start" in str(error)
    assert len(error.path.losses) == 1


@pytest.mark.parametrize("rate", [1e9, 1e200, 1e300])
def test_the_last_step_is_watched_too(rate):
    error = lost(rate, 1)
    assert error.iteration == 2
    assert len(error.path.losses) == 1


def test_no_epoch_takes_no_step():
    p, X, y = network()
    run = train_convnet(
        *(p, X, y),
        optimizer=gradient_descent(0.1),
        batches=Batches(5, np.random.default_rng(0)),
        num_epochs=0,
    )
    assert apart(run.parameters, p) == 0
    assert run.losses.shape == (0,)


def test_digits_are_read():
    X, y = load_digits(return_X_y=True)
    X = (X / 16).reshape(-1, 1, 8, 8)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(X))
    seen, held_out = order[450:], order[:450]
    run = train_convnet(
        init_convnet((1, 8, 8), [8, 16], 10, rng=rng),
        *(X[seen], y[seen]),
        optimizer=adam(0.005),
        batches=Batches(32, rng),
        num_epochs=20,
    )
    found = predict_images(run.parameters, X[held_out])
    assert np.mean(found == y[held_out]) >= 0.96


# --- refusals

GOOD, IMAGES, LABELS = network()


@pytest.mark.parametrize(
    ("f", "message"),
    [
        (lambda: dilated_size(0, 1), "kernel must be at least 1, got 0"),
        (lambda: dilated_size(3, 0), "dilation must be at least 1, got 0"),
        (
            lambda: conv_parameter_count(0, 1, (3, 3)),
            "channels must be at least 1, got 0",
        ),
        (
            lambda: conv_parameter_count(1, 0, (3, 3)),
            "filters must be at least 1, got 0",
        ),
        (lambda: receptive_field([]), "one pair or more, got none"),
        (lambda: receptive_field([(3,)]), r"layers\[0\] must be 2 numbers"),
        (
            lambda: conv_layer(IMAGES, np.ones((1, 3, 2, 2)), [0.0]),
            "as many channels, got 2 and 3",
        ),
        (
            lambda: conv_layer(IMAGES, np.ones((2, 2, 2, 2)), [[0.0, 1.0]]),
            r"b must have shape \(2,\), got \(1, 2\)",
        ),
        (
            lambda: conv2d_transpose(
                np.ones((1, 2, 3, 3)), np.ones((2, 1, 2, 2)), (5, 4)
            ),
            r"dY must have shape \(1, 2, 4, 3\), got \(1, 2, 3, 3\)",
        ),
        (
            lambda: conv2d_filter_gradient(
                np.ones((2, 1, 4, 4)), np.ones((1, 2, 3, 3)), (2, 2)
            ),
            r"dY must have shape \(2, 2, 3, 3\), got \(1, 2, 3, 3\)",
        ),
        (
            lambda: col2im(np.ones((9, 4)), (1, 2, 4, 4), (2, 2)),
            r"dB must have shape \(9, 8\), got \(9, 4\)",
        ),
        (
            lambda: max_pool2d_gradient(IMAGES, np.ones((5, 2, 3, 1)), 2),
            r"dY must have shape \(5, 2, 3, 2\), got",
        ),
        (
            lambda: average_pool2d_gradient(np.ones((5, 2, 3, 1)), (6, 5), 2),
            r"dY must have shape \(5, 2, 3, 2\), got",
        ),
        (lambda: max_pool2d(IMAGES, 7), "kernel must fit"),
        (lambda: convnet(GOOD[:1], IMAGES), "at least|least, got 1"),
        (lambda: convnet([GOOD[0], *GOOD], IMAGES), "must take the 3 chan"),
        (
            lambda: convnet([GOOD[0], GOOD[0], GOOD[-1]], IMAGES),
            r"parameters\[1\] must take the 3 channels",
        ),
        (lambda: convnet(GOOD, IMAGES[:, :1]), "X must have 2 channels"),
        (
            lambda: convnet(GOOD, IMAGES[:, :, :3]),
            "must be of a size that gives the dense layer 4 inputs",
        ),
        (
            lambda: convnet(
                [{"F": np.ones((1, 2, 2, 2)), "b": [0.0]}, GOOD[-1]], IMAGES
            ),
            "with R odd and one bias for each output, got",
        ),
        (
            lambda: convnet([{**GOOD[0], "b": [0.0]}, *GOOD[1:]], IMAGES),
            "one bias for each output, got",
        ),
        (
            lambda: convnet_loss(GOOD, IMAGES, [0, 1, 2, 3, 0]),
            "y must hold labels 0 to 2",
        ),
        (
            lambda: convnet_gradient(GOOD, IMAGES, LABELS[:4]),
            r"y must have shape \(5,\)",
        ),
        (
            lambda: init_convnet(
                (1, 4, 4), [2, 2, 2], 3, rng=np.random.default_rng(0)
            ),
            "leave a pixel of 4 × 4, each halving it, got 3",
        ),
        (
            lambda: init_convnet(
                (1, 4, 4), [], 3, rng=np.random.default_rng(0)
            ),
            "channels must hold one block or more",
        ),
        (
            lambda: init_convnet(
                (1, 4, 4), [2], 3, rng=np.random.default_rng(0), kernel=2
            ),
            "kernel must be odd, got 2",
        ),
        (
            lambda: init_convnet(
                (1, 4, 4), [2], 3, rng=np.random.default_rng(0), kernel=-1
            ),
            "kernel must be at least 1, got -1",
        ),
    ],
)
def test_what_breaks_a_rule_is_refused(f, message):
    with pytest.raises(ValueError, match=message):
        f()


def test_a_layer_that_is_no_dict_of_its_keys_is_refused():
    with pytest.raises(
        TypeError, match=r"parameters\[0\] must be a dict of F"
    ):
        convnet([GOOD[-1], GOOD[-1]], IMAGES)
    with pytest.raises(
        TypeError, match=r"parameters\[2\] must be a dict of W"
    ):
        convnet([*GOOD[:2], GOOD[0]], IMAGES)


def test_numbers_beyond_float64_are_refused():
    F = np.full((1, 1, 2, 2), 1e200)
    X = np.full((1, 1, 3, 3), 1e200)
    with pytest.raises(ValueError, match="the output must be finite"):
        conv_layer(X, F, [0.0])
    with pytest.raises(ValueError, match="the gradient must be finite"):
        conv2d_filter_gradient(X, X[:, :, :2, :2], (2, 2))
    with pytest.raises(ValueError, match="the sum must be finite"):
        col2im(np.full((4, 4), 1.7e308), (1, 1, 3, 3), (2, 2))
    peak = np.zeros((1, 1, 3, 3))
    peak[0, 0, 1, 1] = 1.0  # the largest of all four windows
    with pytest.raises(ValueError, match="the gradient must be finite"):
        max_pool2d_gradient(peak, np.full((1, 1, 2, 2), 1e308), 2, stride=1)
    most = np.full((1, 1, 3, 3), np.finfo(float).max)
    with pytest.raises(ValueError, match="the gradient must be finite"):
        average_pool2d_gradient(most, (5, 5), 3, stride=1)  # ninths round up
    big = [{k: 1e150 * v for k, v in layer.items()} for layer in GOOD]
    with pytest.raises(ValueError, match="must be finite"):
        convnet_gradient(big, IMAGES, LABELS)


def test_infinity_less_infinity_is_refused_without_a_warning():
    sides = np.array([[1e200, -1e200]] * 2)[None, None]
    X = np.full((1, 1, 3, 3), 1e200)
    with pytest.raises(ValueError, match="the output must be finite"):
        conv_layer(X, sides, [0.0])
    wide, signs = np.full((1, 1, 8, 8), 1e200), np.tile(sides, (4, 4))
    with pytest.raises(ValueError, match="the gradient must be finite"):
        conv2d_filter_gradient(wide, signs, (1, 1))
    p = [
        {"F": np.ones((2, 1, 1, 1)), "b": np.zeros(2)},
        {"W": sides[0, 0].T, "b": np.zeros(2)},
    ]
    for f in (convnet, lambda p, X: convnet_gradient(p, X, [0])):
        with pytest.raises(ValueError, match="the scores must be finite"):
            f(p, X)


def test_scores_whose_difference_overflows_keep_their_loss():
    p = [
        {"F": np.ones((1, 1, 1, 1)), "b": np.zeros(1)},
        {"W": np.array([[1e308, -1e308]]), "b": np.zeros(2)},
    ]
    X = np.ones((1, 1, 2, 2))
    value, gradient = convnet_gradient(p, X, [0])
    assert value == convnet_loss(p, X, [0]) == 0
    by_graph = grad(lambda p: convnet_loss(p, X, [0]))(p)
    for layer in (*gradient, *by_graph):
        assert not any(g.any() for g in layer.values())
    for f in (convnet_loss, convnet_gradient):
        with pytest.raises(ValueError, match="loss must be finite, got inf"):
            f(p, X, [1])
