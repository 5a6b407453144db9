"""Attention: backwards, in heads, in blocks, in text; and its rivals."""

import inspect
import runpy
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivable import DivergenceError
from derivable._trees import flat_like, flatten, mapped
from derivable.calculus import (
    grad,
    jvp,
    numerical_gradient,
    softmax,
    value_and_grad,
)
from derivable.learning import (
    ALPHABET,
    CachedDecoder,
    attention_gradients,
    book_text,
    decode_tokens,
    decoding_flops,
    encode_text,
    fit_ngram,
    init_transformer,
    multi_head_attention,
    next_distribution,
    ngram_cross_entropy,
    sample_tokens,
    token_cross_entropy,
    train_transformer,
    trained_transformer,
    transformer,
    transformer_flops,
    transformer_gradient,
    transformer_loss,
    transformer_parameter_count,
)
from derivable.learning.attention.heads import attend, merge, split
from derivable.learning.attention.long_run import run as long_run
from derivable.learning.attention.long_run import settings as long_settings
from derivable.learning.attention.normalise import normalise, normalise_back
from derivable.learning.attention.passes import block
from derivable.learning.networks.training import Training
from derivable.linalg import attention, positional_encoding
from derivable.optimization import (
    Optimizer,
    adam,
    gradient_descent,
    warmup_cosine,
)
from derivable.probability import entropy

NAMES = ("Wq", "Wk", "Wv", "Wo")


def model(k=7, seed=0, **sizes):
    """Parameters of which none is 0 or 1, and the Generator after them."""
    rng = np.random.default_rng(seed)
    given = {"width": 6, "num_blocks": 2, "hidden": 5, **sizes}
    start = init_transformer(k, rng=rng, **given)

    def shift(x, _):
        return x + 0.3 * rng.normal(size=np.shape(x))

    return mapped(shift, start), rng


def matrices(w, rng):
    return {key: rng.normal(size=(w, w)) for key in NAMES}


@pytest.fixture
def _precise():
    """Float64 in JAX."""
    with jax.enable_x64():
        yield


# --- one attention, backwards


@settings(max_examples=25, deadline=None)
@given(
    sizes=st.tuples(*[st.integers(1, 5)] * 4), seed=st.integers(0, 2**32 - 1)
)
def test_the_way_back_is_that_of_differences(sizes, seed):
    m, n, d, e = sizes
    rng = np.random.default_rng(seed)
    Q, K = rng.normal(size=(m, d)), rng.normal(size=(n, d))
    V, dO = rng.normal(size=(n, e)), rng.normal(size=(m, e))
    mask = rng.random((m, n)) < 0.6
    mask[:, 0] = True
    found = attention_gradients(Q, K, V, dO, mask=mask)
    for i, mine in enumerate(found):

        def loss(A, i=i):
            args = [Q, K, V]
            args[i] = A
            return np.sum(dO * attention(*args, mask=mask))

        right = numerical_gradient(loss, (Q, K, V)[i])
        np.testing.assert_allclose(mine, right, atol=1e-6)


@pytest.mark.usefixtures("_precise")
def test_the_way_back_is_that_of_jax():
    rng = np.random.default_rng(1)
    Q, K, V, dO = rng.normal(size=(4, 3, 6, 5))
    mask = np.tri(6, dtype=bool)

    def plain(Q, K, V):
        S = Q @ jnp.swapaxes(K, -1, -2) / jnp.sqrt(5.0)
        P = jax.nn.softmax(jnp.where(mask, S, -jnp.inf), axis=-1)
        return P @ V

    _, back = jax.vjp(plain, Q, K, V)
    for mine, right in zip(
        attention_gradients(Q, K, V, dO, mask=mask),
        back(jnp.asarray(dO)),
        strict=True,
    ):
        np.testing.assert_allclose(mine, right, rtol=1e-10, atol=1e-12)


def test_without_a_mask_all_keys_are_seen():
    rng = np.random.default_rng(2)
    Q, K, V, dO = rng.normal(size=(4, 4, 3))
    found = attention_gradients(Q, K, V, dO)
    same = attention_gradients(Q, K, V, dO, mask=np.ones((4, 4), dtype=bool))
    for a, b in zip(found, same, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-14)
    assert np.abs(found[1][-1]).max() > 1e-3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"V": np.ones((3, 2))}, r"V must have shape \(4, 'e'\)"),
        ({"dO": np.ones((2, 3))}, r"dO must have shape \(2, 2\)"),
        ({"K": np.ones((1, 4, 3))}, "one batch"),
        (
            {"V": np.full((4, 2), 1e300), "dO": np.full((2, 2), 1e300)},
            "beyond",
        ),
    ],
)
def test_arrays_that_do_not_fit_are_refused(change, message):
    rng = np.random.default_rng(0)
    args = {
        "Q": rng.normal(size=(2, 3)),
        "K": rng.normal(size=(4, 3)),
        "V": rng.normal(size=(4, 2)),
        "dO": rng.normal(size=(2, 2)),
    }
    with pytest.raises(ValueError, match=message):
        attention_gradients(**{**args, **change})


# --- heads


@pytest.mark.parametrize("causal", [True, False])
@pytest.mark.parametrize("h", [1, 2, 3, 6])
def test_heads_are_attentions_on_parts_of_the_width(h, causal):
    rng = np.random.default_rng(3)
    X, W = rng.normal(size=(5, 6)), matrices(6, rng)
    mask = np.tri(5, dtype=bool) if causal else None
    parts = [
        attention(*(X @ W[key][:, c] for key in NAMES[:3]), mask=mask)
        for c in np.split(np.arange(6), h)
    ]
    found = multi_head_attention(X, W, num_heads=h, causal=causal)
    np.testing.assert_allclose(found, np.hstack(parts) @ W["Wo"], atol=1e-12)


def test_heads_are_causal_unless_told_otherwise():
    rng = np.random.default_rng(4)
    X, W = rng.normal(size=(5, 4)), matrices(4, rng)
    other = X.copy()
    other[-1] += 1
    same = multi_head_attention(other, W, num_heads=2)[:-1]
    np.testing.assert_array_equal(
        multi_head_attention(X, W, num_heads=2)[:-1], same
    )
    free = multi_head_attention(other, W, num_heads=2, causal=False)[:-1]
    assert np.abs(free - same).max() > 1e-3


def test_heads_on_the_graph_have_the_slope_of_differences():
    rng = np.random.default_rng(5)
    X, W, G = (
        rng.normal(size=(4, 4)),
        matrices(4, rng),
        rng.normal(size=(4, 4)),
    )

    def loss(X):
        return np.sum(G * multi_head_attention(X, W, num_heads=2))

    np.testing.assert_allclose(
        grad(loss)(X), numerical_gradient(loss, X), atol=1e-6
    )
    _, slope = jvp(loss, X, G)
    assert np.isclose(slope, np.sum(G * grad(loss)(X)))


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"X": np.ones(4)}, ValueError, r"X must have shape \(T, w\)"),
        ({"num_heads": 3}, ValueError, "divide the width, 4, got 3"),
        ({"weights": {}}, TypeError, "dict of Wq, Wk, Wv, Wo"),
        ({"X": np.ones((2, 6))}, ValueError, r"shape \(6, 6\), got \(4, 4\)"),
        ({"X": np.full((2, 4), 1e300)}, ValueError, "must be finite"),
    ],
)
def test_heads_refuse_what_does_not_fit(change, error, message):
    W = matrices(4, np.random.default_rng(0))
    args = {"X": np.ones((2, 4)), "weights": W, "num_heads": 2}
    with pytest.raises(error, match=message):
        multi_head_attention(**{**args, **change})


# --- rows that are normalised


def test_normalised_rows_have_mean_0_and_variance_1():
    rng = np.random.default_rng(6)
    X = 5 + 3 * rng.normal(size=(4, 50))
    Y, _ = normalise(X, np.ones(50), np.zeros(50))
    np.testing.assert_allclose(Y.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(Y.var(axis=1), 1, rtol=1e-5)
    assert not normalise(np.ones((1, 4)), np.ones(4), np.zeros(4))[0].any()


def test_the_way_back_through_a_norm_is_that_of_differences():
    rng = np.random.default_rng(7)
    X, dY = rng.normal(size=(2, 2, 3, 5))
    g, b = rng.normal(size=(2, 5))
    at = {"X": X, "g": g, "b": b}
    found = normalise_back(dY, g, normalise(X, g, b)[1])
    for key, mine in zip(at, found, strict=True):

        def loss(A, key=key):
            return np.sum(dY * normalise(**{**at, key: A})[0])

        right = numerical_gradient(loss, at[key])
        np.testing.assert_allclose(mine, right, atol=1e-6)


# --- the transformer


def by_jax(p, x, h):
    """The scores, written again from the paper, one text at a time."""

    def norm(X, g, b):
        mean = X.mean(axis=-1, keepdims=True)
        return (X - mean) / jnp.sqrt(X.var(-1, keepdims=True) + 1e-5) * g + b

    T, w = len(x), p["E"].shape[1]
    X = p["E"][x] + positional_encoding(T, w)
    for q in p["blocks"]:
        N = norm(X, q["g1"], q["b1"])
        for c in np.split(np.arange(w), h):
            S = (N @ q["Wq"][:, c]) @ (N @ q["Wk"][:, c]).T / np.sqrt(w / h)
            P = jax.nn.softmax(jnp.where(np.tri(T) == 1, S, -jnp.inf), axis=1)
            X = X + P @ (N @ q["Wv"][:, c]) @ q["Wo"][c]
        M = norm(X, q["g2"], q["b2"])
        X = X + jax.nn.relu(M @ q["W1"] + q["c1"]) @ q["W2"] + q["c2"]
    return norm(X, p["g"], p["b"]) @ p["U"]


def jax_loss(p, x, h):
    rows = [
        jax.nn.log_softmax(by_jax(p, row[:-1], h))[
            np.arange(len(row) - 1), row[1:]
        ]
        for row in x
    ]
    return -jnp.mean(jnp.concatenate(rows))


@pytest.mark.parametrize("h", [1, 3])
@pytest.mark.usefixtures("_precise")
def test_scores_loss_and_gradient_are_those_of_jax(h):
    p, rng = model()
    x = rng.integers(7, size=(3, 6))
    np.testing.assert_allclose(
        transformer(p, x[1], num_heads=h), by_jax(p, x[1], h), atol=1e-10
    )
    value, gradient = transformer_gradient(p, x, num_heads=h)
    right, theirs = jax.value_and_grad(jax_loss)(p, x, h)
    assert np.isclose(value, right, rtol=1e-12)
    np.testing.assert_allclose(
        flat_like(gradient, p, "g"),
        flat_like(mapped(lambda a, _: np.asarray(a), theirs), p, "g"),
        atol=1e-10,
    )


def test_the_gradient_by_hand_is_that_of_the_graph_and_of_differences():
    p, rng = model(num_blocks=1, width=4, hidden=3, k=4)
    x = rng.integers(4, size=(2, 5))

    def loss(p):
        return transformer_loss(p, x, num_heads=2)

    value, by_hand = transformer_gradient(p, x, num_heads=2)
    same, by_graph = value_and_grad(loss)(p)
    v, restore = flatten(p)
    slopes = numerical_gradient(lambda v: loss(restore(v)), v)
    assert np.isclose(value, same, rtol=1e-13)
    assert np.isclose(value, loss(p), rtol=1e-13)
    mine = flat_like(by_hand, p, "g")
    np.testing.assert_allclose(mine, flat_like(by_graph, p, "g"), atol=1e-12)
    np.testing.assert_allclose(mine, slopes, atol=1e-6)


def test_several_texts_are_read_apart():
    p, rng = model()
    x = rng.integers(7, size=(3, 5))
    Z = transformer(p, x, num_heads=2)
    assert Z.shape == (3, 5, 7)
    for row, z in zip(x, Z, strict=True):
        np.testing.assert_allclose(
            transformer(p, row, num_heads=2), z, atol=1e-12
        )
    losses = [transformer_loss(p, row, num_heads=2) for row in x]
    assert np.isclose(transformer_loss(p, x, num_heads=2), np.mean(losses))
    assert transformer(p, x[:, :1], num_heads=2).shape == (3, 1, 7)


def test_no_score_depends_on_a_later_token():
    p, rng = model()
    x = rng.integers(7, size=8)
    Z = transformer(p, x, num_heads=2)
    for t in range(8):
        other = x.copy()
        other[t] = (x[t] + 1) % 7
        changed = transformer(p, other, num_heads=2)
        np.testing.assert_array_equal(changed[:t], Z[:t])
        assert np.abs(changed[t] - Z[t]).max() > 1e-6


def test_where_blocks_add_nothing_a_token_knows_itself_and_its_place():
    p, _ = model()
    for q in p["blocks"]:
        for key in ("Wo", "W2", "c2"):
            q[key] = 0 * q[key]
    X = p["E"][[3, 3]] + positional_encoding(2, 6)
    right = normalise(X, p["g"], p["b"])[0] @ p["U"]
    np.testing.assert_allclose(
        transformer(p, [3, 3], num_heads=1), right, atol=1e-12
    )
    assert np.abs(right[0] - right[1]).max() > 1e-3


def test_the_loss_is_the_mean_surprise():
    p, rng = model()
    x = rng.integers(7, size=6)
    P = softmax(transformer(p, x[:-1], num_heads=3))
    right = -np.mean(np.log(P[np.arange(5), x[1:]]))
    assert np.isclose(transformer_loss(p, x, num_heads=3), right)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("E", np.ones(4), r"must have shape \(k, w\), got \(4,\)"),
        ("E", np.ones((7, 3)), "even w"),
        ("U", np.ones((7, 6)), r"\(6, 7\), got \(7, 6\)"),
        ("g", np.ones(5), r"\(6,\), got \(5,\)"),
        ("b", np.ones((6, 1)), r"\(6,\), got \(6, 1\)"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(key, value, message):
    p, _ = model()
    with pytest.raises(ValueError, match=message):
        transformer({**p, key: value}, [0, 1], num_heads=1)


@pytest.mark.parametrize("key", ["g1", "Wq", "Wo", "W1", "c1", "W2", "c2"])
def test_a_block_that_does_not_fit_is_refused(key):
    p, _ = model()
    p["blocks"][1][key] = np.ones((9, 9))
    with pytest.raises(ValueError, match=rf"blocks'\]\[1\]\['{key}|\[1\]"):
        transformer(p, [0, 1], num_heads=1)
    del p["blocks"][1][key]
    with pytest.raises(TypeError, match="dict of g1"):
        transformer(p, [0, 1], num_heads=1)
    with pytest.raises(ValueError, match="must hold a block, got none"):
        transformer({**p, "blocks": []}, [0, 1], num_heads=1)


@pytest.mark.parametrize(
    ("tokens", "error", "message"),
    [
        ([0, 7], ValueError, "lie in 0 to 6, got 0 to 7"),
        ([-1, 2], ValueError, "lie in 0 to 6, got -1 to 2"),
        ([0.0, 1.0], TypeError, "must be integers"),
        ([[[1, 2]]], ValueError, r"\(T,\) or \(B, T\)"),
        (3, ValueError, r"\(T,\) or \(B, T\)"),
    ],
)
def test_tokens_that_are_none_are_refused(tokens, error, message):
    p, _ = model()
    with pytest.raises(error, match=message):
        transformer(p, tokens, num_heads=2)


def test_a_loss_needs_two_tokens():
    p, _ = model()
    for f in (transformer_loss, transformer_gradient):
        with pytest.raises(ValueError, match="T of at least 2"):
            f(p, [3], num_heads=2)


def test_scores_beyond_float64_are_refused():
    p, _ = model()
    p["g"], p["U"] = 1e200 * p["g"], 1e200 * p["U"]
    for f in (transformer, transformer_loss):
        with pytest.raises(ValueError, match="scores must be finite"):
            f(p, [0, 1], num_heads=2)
    with pytest.raises(ValueError, match="must be finite, got one beyond"):
        transformer_gradient(p, [0, 1], num_heads=2)


# --- the start


def test_weights_start_small_where_they_add_to_the_stream():
    rng = np.random.default_rng(8)
    p = init_transformer(50, width=64, num_blocks=2, rng=rng)
    for q in p["blocks"]:
        for key in ("Wq", "Wk", "Wv", "W1"):
            assert np.isclose(q[key].std(), 1 / 8, rtol=0.05), key
        assert np.isclose(q["Wo"].std(), 1 / 16, rtol=0.05)
        assert np.isclose(q["W2"].std(), 1 / 32, rtol=0.05)
        assert q["W1"].shape == (64, 256)
        for key in ("g1", "g2"):
            np.testing.assert_array_equal(q[key], np.ones(64))
        for key in ("b1", "b2", "c1", "c2"):
            assert not q[key].any()
    assert np.isclose(p["E"].std(), 1, rtol=0.05)
    assert np.isclose(p["U"].std(), 1 / 8, rtol=0.05)
    np.testing.assert_array_equal(p["g"], np.ones(64))
    assert not p["b"].any()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"num_symbols": 1}, "num_symbols must be at least 2"),
        ({"width": 3}, "even, got 3"),
        ({"width": 0}, "width must be at least 2"),
        ({"num_blocks": 0}, "num_blocks must be at least 1"),
        ({"hidden": 0}, "hidden must be at least 1"),
    ],
)
def test_sizes_that_are_none_are_refused(change, message):
    at = {"num_symbols": 5, "width": 4, "num_blocks": 1, **change}
    with pytest.raises(ValueError, match=message):
        init_transformer(**at, rng=np.random.default_rng(0))


# --- counts


@settings(max_examples=20, deadline=None)
@given(
    k=st.integers(2, 9),
    half=st.integers(1, 5),
    m=st.integers(1, 3),
    f=st.one_of(st.none(), st.integers(1, 9)),
)
def test_as_many_parameters_as_are_counted(k, half, m, f):
    sizes = {"width": 2 * half, "num_blocks": m, "hidden": f}
    p = init_transformer(k, rng=np.random.default_rng(0), **sizes)
    assert transformer_parameter_count(k, **sizes) == flatten(p)[0].size


def test_operations_by_counting_each_product():
    T, k, w, f, h = 7, 5, 6, 9, 2
    at = {"num_symbols": k, "width": w, "num_blocks": 3, "hidden": f}

    def product(a, b, c):
        return 2 * a * b * c

    block = 4 * product(T, w, w) + product(T, w, f) + product(T, f, w)
    block += h * (product(T, w // h, T) + product(T, T, w // h))
    whole = 3 * block + product(T, w, k)
    assert transformer_flops(T, **at) == whole
    assert decoding_flops(T, **at, cached=False) == whole
    one = 4 * product(1, w, w) + product(1, w, f) + product(1, f, w)
    one += h * (product(1, w // h, T) + product(1, T, w // h))
    assert decoding_flops(T, **at) == 3 * one + product(1, w, k)
    usual = {"num_symbols": k, "width": w, "num_blocks": 3}
    for count in (transformer_flops, decoding_flops):
        assert count(T, **usual) == count(T, **usual, hidden=4 * w)


@pytest.mark.parametrize("count", [transformer_flops, decoding_flops])
def test_each_size_is_counted_from_its_least_on(count):
    least = {"num_symbols": 1, "width": 1, "num_blocks": 0, "hidden": 1}
    least["length"] = 1
    assert count(**least) == 2  # one product, and a sum from 0
    for key, value in least.items():
        with pytest.raises(ValueError, match=f"{key} must"):
            count(**{**least, key: value - 1})


# --- reading a text through windows


def test_windows_count_every_token_once():
    p, rng = model()
    x = rng.integers(7, size=13)  # windows from 0, 2, …, 8: 12 predictions
    seen = []
    for t in range(1, 13):
        start = 0 if t <= 4 else (t - 3) // 2 * 2
        z = transformer(p, x[start:t], num_heads=2)[-1]
        seen.append(-np.log(softmax(z)[x[t]]))
    found = token_cross_entropy(p, x, num_heads=2, context=4)
    assert np.isclose(found, np.mean(seen))
    whole = token_cross_entropy(p, x, num_heads=2, context=12)
    assert np.isclose(whole, transformer_loss(p, x, num_heads=2))


@pytest.mark.parametrize("n", [9, 10, 11, 12, 13, 15])
def test_the_last_window_counts_what_is_left(n):
    p, rng = model()
    x = rng.integers(7, size=n)
    seen = []
    for t in range(1, n):
        start = 0 if t <= 8 else (t - 5) // 4 * 4
        start = min(start, n - 9)
        z = transformer(p, x[start:t], num_heads=2)[-1]
        seen.append(-np.log(softmax(z)[x[t]]))
    found = token_cross_entropy(p, x, num_heads=2, context=8)
    assert np.isclose(found, np.mean(seen), rtol=1e-10)


@pytest.mark.parametrize(
    ("context", "message"),
    [(3, "even"), (0, "at least 2"), (8, "T of at least 9")],
)
def test_windows_that_do_not_fit_are_refused(context, message):
    p, _ = model()
    with pytest.raises(ValueError, match=message):
        token_cross_entropy(p, [0] * 8, num_heads=2, context=context)


# --- training


def test_a_step_of_training_is_a_step_against_the_gradient():
    p, _ = model()
    x = np.array([0, 3, 1, 2, 5])  # one window only
    run = train_transformer(
        *(p, x),
        num_heads=2,
        optimizer=gradient_descent(0.5),
        context=4,
        batch_size=3,
        num_steps=1,
        rng=np.random.default_rng(0),
    )
    value, g = transformer_gradient(p, x, num_heads=2)
    np.testing.assert_allclose(run.losses, [value])
    right = flatten(p)[0] - 0.5 * flat_like(g, p, "g")
    np.testing.assert_allclose(
        flat_like(run.parameters, p, "p"), right, atol=1e-12
    )


def test_a_pattern_is_learned_and_the_start_is_kept():
    p, rng = model(k=4)
    before = flatten(p)[0].copy()
    x = np.tile([0, 1, 2, 1, 3], 20)  # after 1 you need to look back
    run = train_transformer(
        *(p, x),
        num_heads=2,
        optimizer=adam(0.01),
        context=6,
        batch_size=8,
        num_steps=150,
        rng=rng,
    )
    np.testing.assert_array_equal(flatten(p)[0], before)
    assert run.losses.shape == (150,)
    assert run.losses[0] > 1
    assert run.losses[-1] < 0.5
    found = transformer(run.parameters, [2, 1], num_heads=2)[-1]
    assert found.argmax() == 3


def test_every_window_of_the_text_is_drawn():
    p, rng = model(k=5)
    seen = set()

    def step(v, g, _state, _alpha, _t):
        seen.add(float(np.round(g.sum(), 9)))
        return 0 * v

    train_transformer(
        *(p, [0, 1, 2, 3, 4]),
        num_heads=1,
        optimizer=Optimizer("none", 1.0, step),
        context=2,
        batch_size=1,
        num_steps=40,
        rng=rng,
    )
    assert len(seen) == 3  # from 0, 1 and 2


def test_a_run_that_diverges_says_so():
    p, rng = model()
    with pytest.raises(DivergenceError, match="at step 2 the loss is") as info:
        train_transformer(
            *(p, np.arange(20) % 7),
            num_heads=2,
            optimizer=gradient_descent(1e300),
            context=4,
            batch_size=2,
            num_steps=9,
            rng=rng,
        )
    assert info.value.iteration == 2
    assert info.value.path.losses.shape == (1,)


def test_another_seed_beats_the_trigram_too():
    text = encode_text(book_text())
    n = len(text)
    rng = np.random.default_rng(17)  # of 22 seeds the one that ends highest
    rate = warmup_cosine(0.015, warmup_steps=50, num_steps=1000)
    run = train_transformer(
        init_transformer(29, width=32, num_blocks=2, rng=rng),
        text[: 9 * n // 10],
        num_heads=2,
        optimizer=adam(rate, beta2=0.99),
        context=16,
        batch_size=24,
        num_steps=1000,
        rng=rng,
    )
    found = token_cross_entropy(
        run.parameters, text[19 * n // 20 :], num_heads=2, context=16
    )
    rival = fit_ngram(
        text[: 9 * n // 10], order=3, num_symbols=29, discount=0.3
    )
    bound = np.log(0.98) + rival.cross_entropy(text[19 * n // 20 :])
    assert found < bound


def test_the_stored_weights_begin_as_their_script_does():
    losses = long_run(num_steps=6).losses
    assert abs(losses[0] - 3.8024) < 1e-3
    assert losses[-1] < losses[0]
    told = long_settings()
    assert told["context"] == 32
    assert told["num_heads"] == 4
    rates = [told["optimizer"].learning_rate(t) for t in range(1, 6001)]
    assert np.argmax(rates) == 100  # they rise for 100 steps
    assert np.isclose(rates[100], 0.01)
    assert rates[-1] < 1e-4 < rates[-1000]


def test_the_script_writes_what_is_read(monkeypatch, tmp_path):
    p = trained_transformer()
    monkeypatch.setattr(
        "derivable.learning.attention.training.train_transformer",
        lambda *_, num_steps, **__: Training(p, np.zeros(num_steps)),
    )
    script, file = Path(inspect.getfile(long_run)), tmp_path / "weights.bin"
    monkeypatch.setattr("sys.argv", [str(script), str(file)])
    runpy.run_path(str(script), run_name="__main__")
    stored = script.parent / "weights.bin"
    assert file.read_bytes() == stored.read_bytes()


def test_the_stored_weights_are_below_a_fourgram_on_text_not_seen():
    text = encode_text(book_text())
    n = len(text)
    found = token_cross_entropy(
        trained_transformer(), text[19 * n // 20 :], num_heads=4, context=32
    )
    rivals = [
        fit_ngram(
            text[: 9 * n // 10], order=o, num_symbols=29, discount=D
        ).cross_entropy(text[19 * n // 20 :])
        for o, D in [(3, 0.3), (4, 0.5)]
    ]
    assert np.exp(found) < 0.98 * np.exp(rivals[1])
    assert np.exp(found) < 0.7 * np.exp(rivals[0])
    assert abs(np.exp(found) - 3.88) < 0.02


# --- n-grams


def test_a_bigram_by_hand():
    table = fit_ngram([0, 1, 0, 1, 0], order=2, num_symbols=3, discount=0.5)
    single = (np.array([2.5, 1.5, 0]) + 2 * 0.5 / 3) / 5
    right = [
        (np.array([0, 1.5, 0]) + 0.5 * single) / 2,
        (np.array([1.5, 0, 0]) + 0.5 * single) / 2,
        single,
    ]
    np.testing.assert_allclose(table.table, right)


@settings(max_examples=30, deadline=None)
@given(
    k=st.integers(2, 5),
    o=st.integers(1, 4),
    n=st.integers(4, 40),
    D=st.floats(0.05, 0.95),
    seed=st.integers(0, 2**32 - 1),
)
def test_every_context_has_a_distribution_without_zeros(k, o, n, D, seed):
    x = np.random.default_rng(seed).integers(k, size=n)
    table = fit_ngram(x, order=o, num_symbols=k, discount=D).table
    assert table.shape == (k,) * o
    np.testing.assert_allclose(table.sum(axis=-1), 1)
    assert np.all(table > 0)


def test_the_surprise_of_an_ngram_is_a_mean_of_logarithms():
    rng = np.random.default_rng(9)
    x, y = rng.integers(3, size=30), rng.integers(3, size=8)
    model = fit_ngram(x, order=3, num_symbols=3, discount=0.4)
    right = [-np.log(model.table[tuple(y[i : i + 3])]) for i in range(6)]
    assert np.isclose(model.cross_entropy(y), np.mean(right))


@settings(max_examples=30, deadline=None)
@given(
    k=st.integers(2, 5),
    o=st.integers(1, 4),
    n=st.integers(4, 40),
    D=st.floats(0.05, 0.95),
    seed=st.integers(0, 2**32 - 1),
)
def test_grams_that_occurred_are_enough_for_the_surprise(k, o, n, D, seed):
    rng = np.random.default_rng(seed)
    x, y = rng.integers(k, size=n), rng.integers(k, size=9)
    at = {"order": o, "num_symbols": k, "discount": D}
    right = fit_ngram(x, **at).cross_entropy(y)
    np.testing.assert_allclose(ngram_cross_entropy(x, y, **at), right)


def test_a_gram_may_be_longer_than_any_table():
    at = {"num_symbols": 29, "discount": 0.5}
    x = np.arange(60) % 29
    low, high = (ngram_cross_entropy(x, x, order=o, **at) for o in (2, 12))
    assert 0 < high < low


@pytest.mark.parametrize(
    ("k", "o", "p"),
    [(2**63 - 1, 1, 0.5), (3_037_000_499, 2, 0.5 + 0.5 * 0.75)],
)
def test_grams_are_counted_up_to_the_last_number_of_64_bits(k, o, p):
    at, x = {"order": o, "discount": 0.5}, [k - 1] * o
    found = ngram_cross_entropy(x, x, num_symbols=k, **at)
    assert np.isclose(found, -np.log(p))  # 1/k is as nothing
    with pytest.raises(ValueError, match="64 bits"):
        ngram_cross_entropy(x, x, num_symbols=k + 1, **at)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"order": 0}, "order must be at least 1"),
        ({"order": 40, "seen": [0] * 41}, "of 64 bits, got 40 and 3"),
        ({"seen": [0]}, "seen must have .*at least 2"),
        ({"tokens": [0]}, "tokens must have .*at least 2"),
        ({"seen": [0, 3]}, "seen must lie in 0 to 2"),
        ({"discount": 1.0}, r"in \(0, 1\), got 1.0"),
    ],
)
def test_the_surprise_of_grams_refuses_what_cannot_be_counted(change, message):
    at = {"seen": [0, 1, 2], "tokens": [0, 1], "order": 2, "num_symbols": 3}
    with pytest.raises(ValueError, match=message):
        ngram_cross_entropy(**{**at, "discount": 0.5, **change})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"order": 0}, "order must be at least 1"),
        ({"order": 6, "tokens": [0] * 9}, "T of at least|at most 10,000,000"),
        ({"num_symbols": 1}, "num_symbols must be at least 2"),
        ({"num_symbols": 10_000}, "at most 10,000,000 entries, got 2 and"),
        ({"tokens": [0]}, "T of at least 2"),
        ({"tokens": [0, 3]}, "lie in 0 to 2"),
        ({"discount": 0.0}, r"in \(0, 1\), got 0.0"),
        ({"discount": 1.0}, r"in \(0, 1\), got 1.0"),
    ],
)
def test_ngrams_refuse_what_cannot_be_counted(change, message):
    at = {"tokens": [0, 1, 2], "order": 2, "num_symbols": 3, "discount": 0.5}
    if change.get("order") == 6:
        at["num_symbols"] = 20
    with pytest.raises(ValueError, match=message):
        fit_ngram(**{**at, **change})


# --- writing


def test_a_temperature_divides_the_scores():
    z = np.array([1.0, 3.0, -2.0, 0.5])
    for tau in (0.3, 1.0, 5.0):
        np.testing.assert_allclose(
            next_distribution(z, temperature=tau), softmax(z / tau)
        )
    np.testing.assert_allclose(next_distribution(z), softmax(z))


def test_the_largest_scores_keep_a_chance_the_first_of_equal_ones():
    z = np.array([1.0, 2.0, 1.0, 0.0])
    e = np.exp(1.0)
    np.testing.assert_allclose(
        next_distribution(z, top_k=2), [1 / (1 + e), e / (1 + e), 0, 0]
    )
    np.testing.assert_array_equal(next_distribution(z, top_k=1), [0, 1, 0, 0])
    np.testing.assert_allclose(next_distribution(z, top_k=4), softmax(z))


def test_a_tiny_temperature_is_certain_and_does_not_overflow():
    p = next_distribution([1.0, 2.0, -1e300], temperature=1e-300)
    np.testing.assert_array_equal(p, [0, 1, 0])


@settings(max_examples=25, deadline=None)
@given(
    z=st.lists(st.floats(-5, 5), min_size=1, max_size=6),
    tau=st.floats(0.2, 3),
)
def test_the_entropy_rises_with_the_temperature(z, tau):
    low, high = (
        entropy(next_distribution(z, temperature=t)) for t in (tau, 1.3 * tau)
    )
    assert high >= low - 1e-12


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"temperature": 0.0}, "temperature must be positive"),
        ({"top_k": 0}, "top_k must lie in 1 to 2"),
        ({"top_k": 3}, "top_k must lie in 1 to 2"),
        ({"scores": [[1.0, 2.0]]}, "scores"),
    ],
)
def test_distributions_refuse_what_they_cannot_divide(change, message):
    with pytest.raises(ValueError, match=message):
        next_distribution(**{"scores": [1.0, 2.0], **change})


def test_the_surest_token_is_written_whatever_the_chance():
    p, _ = model()
    x = [1, 2]
    for _ in range(6):
        z = transformer(p, x[-3:], num_heads=2)[-1]
        x.append(int(z.argmax()))
    for seed in (0, 1):
        found = sample_tokens(
            *(p, [1, 2]),
            num_heads=2,
            num_tokens=6,
            context=3,
            rng=np.random.default_rng(seed),
            top_k=1,
        )
        np.testing.assert_array_equal(found, x)


def test_tokens_are_drawn_as_often_as_they_are_probable():
    p, rng = model(k=4)
    right = next_distribution(
        transformer(p, [1], num_heads=1)[-1], temperature=0.7, top_k=3
    )
    drawn = [
        sample_tokens(
            *(p, [1]),
            num_heads=1,
            num_tokens=1,
            context=4,
            rng=rng,
            temperature=0.7,
            top_k=3,
        )[1]
        for _ in range(2000)
    ]
    shares = np.bincount(drawn, minlength=4) / 2000
    # four standard deviations of a share are at most 4 √(1/4/2000)
    np.testing.assert_allclose(shares, right, atol=0.045)
    assert shares[right.argmin()] < 1e-12


def test_a_prompt_without_tokens_to_draw_comes_back():
    p, rng = model()
    at = {"num_heads": 2, "num_tokens": 0, "context": 3, "rng": rng}
    np.testing.assert_array_equal(sample_tokens(p, [4, 2], **at), [4, 2])
    for prompt in ([[1]], [7], [-1]):
        with pytest.raises(ValueError, match="prompt must be a list"):
            sample_tokens(p, prompt, **at)


# --- a cache


@pytest.mark.parametrize("h", [1, 2, 3])
def test_a_decoder_that_keeps_its_keys_has_the_same_scores(h):
    p, rng = model()
    x = rng.integers(7, size=9)
    decoder = CachedDecoder(p, h)
    Z = transformer(p, x, num_heads=h)
    for i, (token, z) in enumerate(zip(x, Z, strict=True)):
        assert decoder.length == i
        np.testing.assert_allclose(
            decoder.step(int(token)), z, rtol=1e-10, atol=1e-10
        )


def test_for_the_last_scores_the_last_block_needs_one_query():
    p, rng = model()
    x = rng.integers(7, size=9)
    X = p["E"][x][None] + positional_encoding(9, 6)
    X, _ = block(p["blocks"][0], X, 2)
    q = p["blocks"][1]
    N, _ = normalise(X, q["g1"], q["b1"])
    K, V = (split(N @ q[key], 2) for key in ("Wk", "Wv"))
    Q = split(N[:, -1:] @ q["Wq"], 2)
    A = X[:, -1:] + merge(attend(Q, K, V, np.True_)[0]) @ q["Wo"]
    M, _ = normalise(A, q["g2"], q["b2"])
    Y = A + np.maximum(M @ q["W1"] + q["c1"], 0) @ q["W2"] + q["c2"]
    z = (normalise(Y, p["g"], p["b"])[0] @ p["U"])[0, 0]
    right = transformer(p, x, num_heads=2)[-1]
    np.testing.assert_allclose(z, right, rtol=1e-10, atol=1e-10)


def test_two_decoders_do_not_share_what_they_keep():
    p, _ = model()
    one, two = CachedDecoder(p, 2), CachedDecoder(p, 2)
    one.step(3)
    np.testing.assert_allclose(
        two.step(4), transformer(p, [4], num_heads=2)[0], atol=1e-12
    )
    with pytest.raises(ValueError, match="token must lie in 0 to 6, got 7"):
        two.step(7)
    with pytest.raises(ValueError, match="divide the width"):
        CachedDecoder(p, 4)


# --- the text


def test_the_text_is_what_the_chapter_says():
    text = book_text()
    assert len(text) == 144_018
    assert set(text) == set(ALPHABET)
    assert len(ALPHABET) == len(set(ALPHABET)) == 29
    assert "  " not in text


def test_letters_and_numbers_go_both_ways():
    x = encode_text("a, b.")
    np.testing.assert_array_equal(x, [ALPHABET.index(c) for c in "a, b."])
    assert decode_tokens(x) == "a, b."
    assert decode_tokens(encode_text(book_text()[:500])) == book_text()[:500]
    for wrong in ("A", "é", ""):
        with pytest.raises(ValueError, match="text must hold characters"):
            encode_text(wrong)
    with pytest.raises(TypeError, match="text must be a str"):
        encode_text(3)
    for tokens in ([29], [-1]):
        with pytest.raises(ValueError, match="lie in 0 to 28"):
            decode_tokens(tokens)
    with pytest.raises(ValueError, match=r"shape \(n,\)"):
        decode_tokens([[1]])
