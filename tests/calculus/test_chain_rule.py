import math

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivable.calculus import (
    chain_slopes,
    sigmoid,
    sigmoid_derivative,
    two_layer_gradients,
)

SIN, SQUARE = (math.sin, math.cos), (lambda x: x * x, lambda x: 2 * x)


@given(st.floats(-3, 3))
def test_each_slope_is_taken_where_its_function_is_evaluated(x):
    values, slopes = chain_slopes([SQUARE, SIN], x)
    assert values == pytest.approx([x, x**2, np.sin(x**2)])
    assert slopes == pytest.approx([1, 2 * x, 2 * x * np.cos(x**2)])


def test_the_order_of_the_links_is_that_in_which_they_are_applied():
    values, slopes = chain_slopes([SIN, SQUARE], 0.7)
    assert values[-1] == pytest.approx(np.sin(0.7) ** 2)
    assert slopes[-1] == pytest.approx(np.sin(1.4))


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=6), st.floats(-1, 1))
def test_the_slope_of_layers_is_that_of_autograd(weights, x):
    def network(a):
        for w in weights:
            a = 1 / (1 + anp.exp(-w * a))
        return a

    layers = [
        (
            lambda a, w=w: sigmoid(w * a),
            lambda a, w=w: w * sigmoid_derivative(w * a),
        )
        for w in weights
    ]
    values, slopes = chain_slopes(layers, x)
    assert values.shape == slopes.shape == (len(weights) + 1,)
    assert values[-1] == pytest.approx(network(x))
    assert slopes[-1] == pytest.approx(autograd.grad(network)(x), rel=1e-9)


def test_no_link_changes_nothing():
    values, slopes = chain_slopes([], 3)
    assert (values.tolist(), slopes.tolist()) == ([3.0], [1.0])


def test_links_may_come_from_a_generator():
    _, slopes = chain_slopes((SQUARE for _ in range(3)), 1.0)
    assert slopes.tolist() == [1, 2, 4, 8]


@pytest.mark.parametrize(
    ("links", "x", "error", "says"),
    [
        (3, 1.0, TypeError, "links must be a sequence, got 3"),
        ([math.sin], 1.0, TypeError, r"links\[0\] must be a sequence, got"),
        ([SIN, SIN + SIN], 1.0, ValueError, r"links\[1\] .* got 4 items"),
        ([(math.sin, 1)], 1.0, TypeError, r"links\[0\]\[1\] must be a fun"),
        ([(1, math.sin)], 1.0, TypeError, r"links\[0\]\[0\] must be a fun"),
        ([SIN], [1.0], ValueError, r"x must be a scalar, got shape \(1,\)"),
        (
            [SIN, (lambda _: [1, 2], math.cos)],
            1.0,
            ValueError,
            r"links\[1\]\[0\]\(x\) must be a scalar, got shape \(2,\)",
        ),
        (
            [(math.sin, lambda _: math.nan)],
            1.0,
            ValueError,
            r"links\[0\]\[1\]\(x\) must be finite, got nan",
        ),
        (
            [(lambda x: x, lambda _: 1e200)] * 3,
            1.0,
            ValueError,
            r"a finite slope, got inf after links\[1\]",
        ),
    ],
)
def test_a_bad_chain_is_refused_with_what_is_wrong(links, x, error, says):
    with pytest.raises(error, match=says):
        chain_slopes(links, x)


def network(rng, n, d, k):
    params = (
        rng.normal(size=(d, k)),
        rng.normal(size=k),
        rng.normal(size=(k, 1)),
        rng.normal(size=1),
    )
    return params, rng.normal(size=(n, d)), rng.normal(size=(n, 1))


@pytest.mark.parametrize("sizes", [(5, 3, 4), (1, 2, 5), (4, 1, 1)])
def test_the_gradients_of_two_layers_are_those_of_autograd(sizes):
    params, X, Y = network(np.random.default_rng(0), *sizes)

    def mean_square(params):
        W1, b1, W2, b2 = params
        P = anp.dot(anp.maximum(anp.dot(X, W1) + b1, 0), W2) + b2
        return anp.mean((P - Y) ** 2)

    loss, found = two_layer_gradients(params, X, Y)
    assert loss == pytest.approx(mean_square(params))
    expected = autograd.grad(mean_square)(params)
    for g, g_hat, a in zip(found, expected, params, strict=True):
        assert g.shape == a.shape
        np.testing.assert_allclose(g, g_hat, rtol=1e-12, atol=1e-14)


def test_a_unit_at_its_kink_passes_nothing_back():
    loss, (dW1, db1, dW2, db2) = two_layer_gradients(
        ([[1.0]], [0.0], [[2.0]], [0.0]), [[0.0]], [[1.0]]
    )
    assert loss == 1
    assert (dW1, db1, dW2) == ([[0]], [0], [[0]])
    assert db2 == [-2]


def test_integers_are_promoted():
    loss, slopes = two_layer_gradients(([[1]], [0], [[2]], [1]), [[3]], [[5]])
    assert loss == 4
    assert [g.item() for g in slopes] == [24, 8, 12, 4]


@pytest.mark.parametrize(
    ("at", "value", "says"),
    [
        (0, np.ones((3, 2)), r"params\[0\] must have shape \(2, 2\), got"),
        (1, np.ones(3), r"params\[1\] must have shape \(2,\), got \(3,\)"),
        (2, np.ones(2), r"params\[2\] must have shape \(2, 1\), got \(2,\)"),
        (3, 1.0, r"params\[3\] must have shape \(1,\), got \(\)"),
        (0, np.ones(2), r"params\[0\] must be a matrix"),
    ],
)
def test_a_parameter_of_another_shape_is_refused(at, value, says):
    params = [np.ones((2, 2)), np.ones(2), np.ones((2, 1)), np.ones(1)]
    params[at] = value
    with pytest.raises(ValueError, match=says):
        two_layer_gradients(params, np.ones((4, 2)), np.ones((4, 1)))


def test_targets_must_be_a_column():
    params, X, Y = network(np.random.default_rng(0), 4, 2, 3)
    with pytest.raises(ValueError, match=r"Y must have shape \(4, 1\), got"):
        two_layer_gradients(params, X, Y[:, 0])


def test_four_parameters_are_asked_for():
    with pytest.raises(ValueError, match="W1, b1, W2 and b2, got 1 arrays"):
        two_layer_gradients([[[1.0]]], [[1.0]], [[1.0]])


def test_a_loss_or_slope_beyond_float64_is_named():
    params = [[1.0]], [0.0], [[1.0]], [0.0]
    with pytest.raises(ValueError, match="the loss must be finite, got inf"):
        two_layer_gradients(params, [[1e200]], [[0.0]])
    params = [[1e-250]], [0.0], [[1e160]], [0.0]
    with pytest.raises(ValueError, match=r"for params\[0\] .* got \[\[inf"):
        two_layer_gradients(params, [[1e200]], [[0.0]])
    params = [[1.0]], [-1.0], [[1.0]], [1e308]
    with pytest.raises(ValueError, match="the loss must be finite, got inf"):
        two_layer_gradients(params, [[0.0]], [[-1e308]])
