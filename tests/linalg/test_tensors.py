import re

import numpy as np
import pytest
import scipy.signal
import scipy.special
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes

from derivable.linalg import (
    attention,
    attention_weights,
    broadcast_shape,
    contiguous_strides,
    conv2d,
    conv2d_im2col,
    conv2d_matrix,
    conv_output_size,
    einsum_flops,
    einsum_loops,
    im2col,
    positional_encoding,
)

CASES = 200
shapes = st.lists(st.integers(1, 5), max_size=5).map(tuple)


@given(shapes, st.sampled_from("CF"), st.sampled_from(["f8", "f4", "i2"]))
def test_strides_are_those_of_a_fresh_array(shape, order, dtype):
    fresh = np.empty(shape, dtype=dtype, order=order)
    found = contiguous_strides(shape, itemsize=fresh.itemsize, order=order)
    if 1 in shape:  # the stride of an axis of length 1 is never used
        pairs = zip(found, fresh.strides, shape, strict=True)
        assert all(a == b for a, b, n in pairs if n > 1)
    else:
        assert found == fresh.strides


@given(mutually_broadcastable_shapes(num_shapes=3, max_dims=4))
def test_shapes_broadcast_as_in_numpy(given_shapes):
    found = broadcast_shape(*given_shapes.input_shapes)
    assert found == given_shapes.result_shape


@given(shapes, shapes)
def test_shapes_that_numpy_refuses_are_refused(one, other):
    try:
        expected = np.broadcast_shapes(one, other)
    except ValueError:
        with pytest.raises(ValueError, match="must be equal or 1"):
            broadcast_shape(one, other)
    else:
        assert broadcast_shape(one, other) == expected


def test_lengths_zero_and_no_shapes_broadcast():
    assert broadcast_shape((0, 3), (1, 1)) == (0, 3)
    assert broadcast_shape((1,), (0,)) == (0,)
    assert broadcast_shape() == ()


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: contiguous_strides((2, -1)), ValueError, "negative, got -1"),
        (lambda: contiguous_strides((2.0,)), TypeError, "number, got 2.0"),
        (lambda: contiguous_strides(3), TypeError, "a sequence, got 3"),
        (lambda: contiguous_strides("ab"), TypeError, "a sequence, got 'ab'"),
        (
            lambda: contiguous_strides((2,), itemsize=0),
            ValueError,
            "itemsize must be at least 1, got 0",
        ),
        (
            lambda: contiguous_strides((2,), order="A"),
            ValueError,
            "order must be .* got 'A'",
        ),
        (
            lambda: broadcast_shape((3, 2), (3, 4)),
            ValueError,
            r"\(3, 2\) and \(3, 4\), with \[2, 4\] at axis -1",
        ),
        (
            lambda: broadcast_shape((3, 2), (4, 1)),
            ValueError,
            r"\[3, 4\] at axis -2",
        ),
        (lambda: broadcast_shape((1.5,)), TypeError, "number, got 1.5"),
    ],
)
def test_bad_shapes_are_refused_with_the_value(call, error, says):
    with pytest.raises(error, match=says):
        call()


SUBSCRIPTS = [
    "i,i->",
    "i,j->ij",
    "ij,jk->ik",
    "ij->ji",
    "ii->",
    "ii->i",
    "ij->",
    "ij->j",
    "i,ij,j->",
    "ij,ij->i",
    "bij,bjk->bik",
    "bhid,bhjd->bhij",
    ",i->i",
    "->",
    "i,j->",
]


@pytest.mark.parametrize("seed", range(CASES))
def test_loops_over_indices_are_einsum(seed):
    rng = np.random.default_rng(seed)
    subscripts = SUBSCRIPTS[seed % len(SUBSCRIPTS)]
    length = {i: int(rng.integers(1, 4)) for i in "bdhijk"}
    groups = subscripts.partition("->")[0].split(",")
    A = [rng.normal(size=[length[i] for i in g]) for g in groups]
    np.testing.assert_allclose(
        einsum_loops(subscripts, *A),
        np.einsum(subscripts, *A),
        rtol=1e-12,
        atol=1e-13,
    )


@pytest.mark.parametrize(
    ("subscripts", "shapes", "flops"),
    [
        ("i,i->", [(7,), (7,)], 14),
        ("i,j->ij", [(3,), (5,)], 15),
        ("ij,jk->ik", [(2, 3), (3, 5)], 2 * 30),
        ("ii->", [(6, 6)], 6),
        ("ii->i", [(6, 6)], 0),
        ("ij->ji", [(2, 3)], 0),
        ("i,ij,j->", [(4,), (4, 5), (5,)], 3 * 20),
        ("bij,bkj->bik", [(8, 10, 64), (8, 10, 64)], 2 * 8 * 10 * 10 * 64),
    ],
)
def test_the_cost_is_two_for_each_multiply_add(subscripts, shapes, flops):
    assert einsum_flops(subscripts, *shapes) == flops


def test_the_cost_is_what_numpy_says_of_two_operands():
    shapes = [(6, 7), (7, 8)]
    arrays = [np.ones(s) for s in shapes]
    report = np.einsum_path("ij,jk->ik", *arrays)[1]
    naive = float(re.search(r"Naive FLOP count:\s+(\S+)", report)[1])
    assert einsum_flops("ij,jk->ik", *shapes) == pytest.approx(naive)


@pytest.mark.parametrize(
    ("subscripts", "operands", "error", "says"),
    [
        ("ij,jk", [[[1]], [[1]]], ValueError, 'one "->", got'),
        ("i1->i", [[1]], ValueError, "got 'i1->i'"),
        ("i...->i", [[1]], ValueError, "letters, commas"),
        ("i,j->", [[1]], ValueError, "names 2 operands, got 1"),
        ("ij->", [[1, 2]], ValueError, r"operand 0 must have 2 axes \('ij'\)"),
        ("i,i->", [[1, 2], [1]], ValueError, "'i' .* got 2 and 1"),
        ("ii->", [[[1, 2]]], ValueError, "one length, got 1 and 2"),
        ("i->j", [[1]], ValueError, "got 'j' in 'i->j'"),
        ("i->ii", [[1]], ValueError, "and once: got 'i'"),
        ("i->", [[]], ValueError, r"operand 0 must not be empty, got \(0,\)"),
        ("i->", [[np.nan]], ValueError, "finite, got nan"),
        ("i->", [[1j]], TypeError, "real numbers, got complex"),
        ("i,i->", [[1e200], [-1e200]], ValueError, "1e[+]200, 1e[+]200"),
        ("i->", [[1e308, 1e308]], ValueError, "must stay finite, got"),
    ],
)
def test_bad_subscripts_are_refused(subscripts, operands, error, says):
    with pytest.raises(error, match=says):
        einsum_loops(subscripts, *operands)


def test_the_cost_refuses_what_the_loops_refuse():
    with pytest.raises(ValueError, match="one length, got 2 and 3"):
        einsum_flops("i,i->", (2,), (3,))
    with pytest.raises(TypeError, match="a sequence, got 2"):
        einsum_flops("i->", 2)


@pytest.mark.parametrize("seed", range(CASES))
def test_attention_is_softmax_of_scores_times_values(seed):
    rng = np.random.default_rng(seed)
    m, n, d, e = rng.integers(1, 7, size=4)
    batch = [(), (2,), (2, 3)][seed % 3]
    Q = rng.normal(size=(*batch, m, d))
    K = 3 * rng.normal(size=(*batch, n, d))
    V = rng.normal(size=(n, e))  # is repeated over the batch
    S = np.einsum("...id,...jd->...ij", Q, K) / np.sqrt(d)
    expected = np.einsum(
        "...ij,...je->...ie",
        scipy.special.softmax(S, axis=-1),
        np.broadcast_to(V, (*batch, n, e)),
    )
    np.testing.assert_allclose(
        attention(Q, K, V), expected, rtol=1e-12, atol=1e-13
    )


def test_equal_keys_give_the_mean_of_the_values():
    V = np.array([[1.0, 2.0], [3.0, 6.0]])
    found = attention([[5.0, 1.0]], np.ones((2, 2)), V)
    np.testing.assert_allclose(found, [[2, 4]], rtol=1e-15)


def test_the_default_scale_is_one_over_root_d():
    rng = np.random.default_rng(0)
    Q, K = rng.normal(size=(2, 3, 16))
    np.testing.assert_array_equal(
        attention_weights(Q, K), attention_weights(Q, K, scale=0.25)
    )
    assert not np.allclose(
        attention_weights(Q, K), attention_weights(Q, K, scale=1.0)
    )
    V = np.eye(3)
    assert not np.allclose(attention(Q, K, V), attention(Q, K, V, scale=1.0))


@pytest.mark.parametrize("seed", range(10))
def test_a_masked_key_is_as_good_as_absent(seed):
    rng = np.random.default_rng(seed)
    Q, K, V = (rng.normal(size=(5, 4)) for _ in range(3))
    causal = np.tri(5, dtype=bool)
    found = attention(Q, K, V, mask=causal)
    for i in range(5):
        alone = attention(Q[i : i + 1], K[: i + 1], V[: i + 1])
        np.testing.assert_allclose(found[i], alone[0], rtol=1e-12)


def test_scores_of_a_thousand_do_not_overflow():
    K = np.array([[1e3, 0.0], [0.0, 1e3]])
    P = attention_weights(np.eye(2), K, scale=1.0)
    np.testing.assert_array_equal(P, np.eye(2))


def test_the_arrays_of_the_caller_are_not_changed():
    Q = np.ones((2, 2))
    attention(Q, Q, Q, mask=np.ones((2, 2), dtype=bool))
    np.testing.assert_array_equal(Q, 1)


one = np.ones((2, 3))


@pytest.mark.parametrize(
    ("Q", "K", "V", "options", "error", "says"),
    [
        ([1.0], one, one, {}, ValueError, r"Q must have shape .* got \(1,\)"),
        (1.0, one, one, {}, ValueError, r"Q must have shape .* got \(\)"),
        (one, one[:, :2], one, {}, ValueError, r"length 3, got \(2, 2\)"),
        (one, one, one[:1], {}, ValueError, r"2 keys, got shape \(1, 3\)"),
        (one[:0], one, one, {}, ValueError, "Q must not be empty"),
        (one, one * np.nan, one, {}, ValueError, "K must be finite, got nan"),
        (one, one, one * 1j, {}, TypeError, "V must be real numbers"),
        (one * 1e200, one * 1e200, one, {}, ValueError, "overflows"),
        (one, one, one, {"scale": 0}, ValueError, "scale must be positive"),
        (one, one, one, {"mask": [1, 1]}, TypeError, "True or False, got int"),
        (
            one,
            one,
            one,
            {"mask": [[True, True], [False, False]]},
            ValueError,
            r"every query see a key, not \(1,\)",
        ),
        (
            one,
            one,
            one,
            {"mask": np.ones((4, 2, 2), dtype=bool)},
            ValueError,
            r"mask must fit \(2, 2\), got \(4, 2, 2\)",
        ),
        (
            np.ones((2, 1, 3)),
            np.ones((4, 1, 3)),
            one,
            {},
            ValueError,
            "equal or 1",
        ),
        (
            np.ones((2, 1, 3)),
            np.ones((2, 1, 3)),
            np.ones((4, 1, 3)),
            {},
            ValueError,
            r"equal or 1, .* got \(2,\) and \(4,\)",
        ),
    ],
)
def test_bad_input_to_attention_is_refused(*, Q, K, V, options, error, says):
    with pytest.raises(error, match=says):
        attention(Q, K, V, **options)


def test_positions_are_waves():
    P = positional_encoding(6, 8, base=100.0)
    assert P.shape == (6, 8)
    for t in range(6):
        for i in range(4):
            angle = t / 100 ** (2 * i / 8)
            np.testing.assert_allclose(
                P[t, 2 * i : 2 * i + 2],
                [np.sin(angle), np.cos(angle)],
                rtol=0,
                atol=1e-15,
            )


def test_position_one_of_the_paper_starts_with_sine_and_cosine_of_one():
    found = positional_encoding(2, 512)[1, :2]
    np.testing.assert_allclose(found, [0.841471, 0.540302], atol=1e-6)


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ((0, 4), ValueError, "length must be at least 1, got 0"),
        ((3, 5), ValueError, "width must be even, got 5"),
        ((3, 4.0), TypeError, "width must be a whole number, got 4.0"),
    ],
)
def test_bad_positions_are_refused(arguments, error, says):
    with pytest.raises(error, match=says):
        positional_encoding(*arguments)


def test_a_base_of_waves_is_positive():
    with pytest.raises(ValueError, match="base must be positive, got -1"):
        positional_encoding(3, 4, base=-1)


@given(
    st.integers(1, 30), st.integers(1, 9), st.integers(1, 5), st.integers(0, 4)
)
def test_the_output_size_counts_the_places(size, kernel, stride, padding):
    places = range(0, size + 2 * padding - kernel + 1, stride)
    if not places:
        with pytest.raises(ValueError, match="must fit into the padded axis"):
            conv_output_size(size, kernel, stride=stride, padding=padding)
    else:
        assert len(places) == conv_output_size(
            size, kernel, stride=stride, padding=padding
        )


def random_case(seed):
    """Images, filters, stride and padding that fit."""
    rng = np.random.default_rng(seed)
    N, C, K = rng.integers(1, 4, size=3)
    H, W = rng.integers(3, 9, size=2)
    padding = int(rng.integers(0, 3))
    R = rng.integers(1, min(H + 2 * padding, 5) + 1)
    S = rng.integers(1, min(W + 2 * padding, 5) + 1)
    X = rng.normal(size=(N, C, H, W))
    F = rng.normal(size=(K, C, R, S))
    return X, F, int(rng.integers(1, 4)), padding


def by_scipy(X, F, stride, padding):
    """Correlate channel by channel, add up, keep every stride-th place."""
    around = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    X = np.pad(X, around)
    return np.array(
        [
            [
                sum(
                    scipy.signal.correlate2d(x[c], f[c], mode="valid")
                    for c in range(len(f))
                )[::stride, ::stride]
                for f in F
            ]
            for x in X
        ]
    )


@pytest.mark.parametrize("seed", range(CASES))
def test_all_three_convolutions_are_that_of_scipy(seed):
    X, F, stride, padding = random_case(seed)
    # A sum of at most 75 products, each of some units.
    close = {"rtol": 1e-12, "atol": 1e-12}
    expected = by_scipy(X, F, stride, padding)
    options = {"stride": stride, "padding": padding}
    np.testing.assert_allclose(conv2d(X, F, **options), expected, **close)
    found = conv2d_im2col(X, F, **options)
    np.testing.assert_allclose(found, expected, **close)
    T = conv2d_matrix(F, X.shape[1:], **options)
    for x, y in zip(X, expected, strict=True):
        np.testing.assert_allclose(T @ x.ravel(), y.ravel(), **close)


def test_a_turned_kernel_is_the_convolution_of_scipy():
    rng = np.random.default_rng(0)
    x, f = rng.normal(size=(7, 8)), rng.normal(size=(3, 2))
    expected = scipy.signal.convolve2d(x, f, mode="valid")
    found = conv2d(x[None, None], f[None, None, ::-1, ::-1])[0, 0]
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14)


def test_a_kernel_is_not_turned():
    X = np.arange(9.0).reshape(1, 1, 3, 3)
    F = np.array([[[[1.0, 0.0], [0.0, 0.0]]]])
    np.testing.assert_array_equal(conv2d(X, F)[0, 0], [[0, 1], [3, 4]])


def test_patches_lie_in_rows_channel_after_channel():
    X = np.arange(2 * 2 * 3.0).reshape(1, 2, 2, 3)
    B = im2col(X, (2, 2))
    expected = [[0, 1, 3, 4, 6, 7, 9, 10], [1, 2, 4, 5, 7, 8, 10, 11]]
    np.testing.assert_array_equal(B, expected)


def test_patches_of_the_book():
    assert im2col(np.ones((1, 1, 28, 28)), (5, 5)).shape == (576, 25)
    assert im2col(np.ones((1, 3, 9, 9)), (3, 3)).shape == (49, 27)


def test_patches_are_a_copy():
    X = np.zeros((1, 1, 4, 4))
    im2col(X, (1, 1))[:] = 1
    assert not X.any()


def test_the_matrix_of_one_channel_repeats_along_its_diagonals():
    T = conv2d_matrix(np.array([[[[1.0, 2.0, 3.0]]]]), (1, 1, 6))
    expected = scipy.linalg.toeplitz([1, 0, 0, 0], [1, 2, 3, 0, 0, 0])
    np.testing.assert_array_equal(T, expected)


def test_the_transpose_of_the_matrix_is_the_slope_for_the_image():
    X, F, stride, padding = random_case(3)
    options = {"stride": stride, "padding": padding}
    T = conv2d_matrix(F, X.shape[1:], **options)
    rng = np.random.default_rng(0)
    G = rng.normal(size=conv2d(X[:1], F, **options).shape)
    V = rng.normal(size=X[:1].shape)
    moved = np.sum(G * conv2d(V, F, **options))
    assert moved == pytest.approx(V.ravel() @ (T.T @ G.ravel()), rel=1e-11)


def test_convolution_of_values_far_apart_keeps_the_small_ones():
    X = np.zeros((1, 1, 16, 16))
    X[0, 0, 0, 0], X[0, 0, 12:, 12:] = 1e12, 1e-6
    F = np.ones((1, 1, 3, 3))
    for found in (conv2d(X, F), conv2d_im2col(X, F)):
        np.testing.assert_allclose(found[0, 0, -1, -1], 9e-6, rtol=1e-14)


X4, F4 = np.ones((1, 2, 4, 4)), np.ones((1, 2, 3, 3))


@pytest.mark.parametrize("convolve", [conv2d, conv2d_im2col])
@pytest.mark.parametrize(
    ("X", "F", "options", "error", "says"),
    [
        (X4[0], F4, {}, ValueError, r"X must have shape .* got \(2, 4, 4\)"),
        (X4, F4[0], {}, ValueError, r"F must have shape .* got \(2, 3, 3\)"),
        (X4, F4[:, :1], {}, ValueError, "as many channels, got 2 and 1"),
        (X4[:0], F4, {}, ValueError, "X must not be empty"),
        (1.0, F4, {}, ValueError, r"X must have shape .* got \(\)"),
        (X4 * np.inf, F4, {}, ValueError, "X must be finite, got inf"),
        (X4, F4 * 1j, {}, TypeError, "F must be real numbers"),
        (X4[..., :2], F4, {}, ValueError, "fit into the padded axis, 2, got"),
        (X4 * 1e200, F4 * 1e200, {}, ValueError, r"up to 1e\+200 and 1e\+200"),
        (X4 * 1e307, F4, {}, ValueError, r"stay finite, got .* 1e\+307 and 1"),
        (X4, F4, {"stride": 0}, ValueError, "stride must be at least 1"),
        (X4, F4, {"stride": 1.5}, TypeError, "whole number, got 1.5"),
        (X4, F4, {"padding": -1}, ValueError, "padding must not be negative"),
    ],
)
def test_bad_input_is_refused_by_both(*, convolve, X, F, options, error, says):
    with pytest.raises(error, match=says):
        convolve(X, F, **options)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: im2col(X4[0], (2, 2)), ValueError, "X must have shape"),
        (lambda: im2col(X4, (2,)), ValueError, r"a pair .* got \(2,\)"),
        (lambda: im2col(X4, (9, 1)), ValueError, "must fit"),
        (lambda: im2col(X4, (0, 1)), ValueError, "kernel must be at least 1"),
        (lambda: conv2d_matrix(F4, (4, 4)), ValueError, "with C = 2, got"),
        (lambda: conv2d_matrix(F4, (3, 4, 4)), ValueError, "with C = 2"),
        (lambda: conv2d_matrix(F4[0], (2, 4, 4)), ValueError, "F must have"),
        (lambda: conv_output_size(0, 1), ValueError, "size must be at least"),
    ],
)
def test_bad_input_to_patches_and_matrix_is_refused(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_scores_may_differ_by_more_than_the_largest_float():
    K = np.array([[1e154], [-1e154]])
    P = attention_weights([[1.7e154]], K, scale=1.0)
    np.testing.assert_array_equal(P, [[1, 0]])


def test_a_score_that_overflows_is_refused_with_its_entries():
    with pytest.raises(ValueError, match=r"up to 1e[+]200 and 2e[+]200"):
        attention_weights([[1e200]], [[-2e200]])


@pytest.mark.parametrize(
    ("mask", "error", "says"),
    [
        (
            np.ma.array([[True]], mask=[[True]]),
            TypeError,
            "must not be masked",
        ),
        ([[True], [True, False]], ValueError, "mask must be rectangular"),
        ("all", TypeError, "mask must be real"),
    ],
)
def test_a_mask_is_an_array_of_truth_values(mask, error, says):
    with pytest.raises(error, match=says):
        attention_weights([[1.0]], [[1.0]], mask=mask)


def test_a_wave_that_leaves_float64_is_refused():
    with pytest.raises(ValueError, match="t ω must be finite"):
        positional_encoding(20, 100, base=5e-324)


@pytest.mark.parametrize("subscripts", [None, 3, ["ij->ij"], b"ij->ij"])
def test_subscripts_are_a_string(subscripts):
    says = "subscripts must be a str, got"
    with pytest.raises(TypeError, match=says):
        einsum_loops(subscripts, np.eye(2))
    with pytest.raises(TypeError, match=says):
        einsum_flops(subscripts, (2, 2))


@pytest.mark.parametrize("shape", [{3: 1}, {3}, np.array(3), "3", 3])
def test_a_shape_is_a_sequence(shape):
    with pytest.raises(TypeError, match="must be a sequence, got"):
        broadcast_shape(shape)


SCALES = st.integers(-498, 498).map(lambda e: 2.0**e)  # 1e-150 to 1e150


@settings(max_examples=50, derandomize=True)
@given(st.integers(0, 2**32 - 1), SCALES, SCALES)
def test_sums_of_products_change_with_their_units(seed, s, t):
    rng = np.random.default_rng(seed)
    X, F = rng.normal(size=(2, 2, 5, 4)), rng.normal(size=(3, 2, 3, 2))
    with np.errstate(under="ignore"):
        unit = s * t
    if not 1e-290 < unit < 1e290:
        return
    for conv in (conv2d, conv2d_im2col):
        np.testing.assert_array_equal(conv(s * X, t * F), unit * conv(X, F))
    found = einsum_loops("ij,jk->ik", s * X[0, 0], t * X[1, 0].T)
    expected = unit * einsum_loops("ij,jk->ik", X[0, 0], X[1, 0].T)
    np.testing.assert_array_equal(found, expected)
    Q, K, V = X[0, 0], X[0, 1], X[1, 0]
    P = attention(s * Q, K / s, t * V)
    np.testing.assert_array_equal(P, t * attention(Q, K, V))
