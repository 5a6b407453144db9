from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from derivable._trees import flat_like, flatten, mapped
from derivable.calculus import grad, value_and_grad
from derivable.optimization import Problem, gradient_descent, minimize


class Layer(NamedTuple):
    W: Any
    b: Any


leaf = arrays(
    float, array_shapes(max_dims=2, max_side=3), elements=st.floats(-2, 2)
)
trees = st.recursive(
    leaf,
    lambda parts: (
        st.dictionaries(st.text(max_size=2), parts, min_size=1, max_size=3)
        | st.lists(parts, min_size=1, max_size=3)
        | st.lists(parts, min_size=1, max_size=3).map(tuple)
        | st.tuples(parts, parts).map(lambda p: Layer(*p))
    ),
    max_leaves=6,
)


def leaves(tree):
    found = []
    mapped(lambda x, _: found.append(x), tree)
    return found


def shuffled(tree):
    """The same structure, the keys of every dict in another order."""
    if isinstance(tree, dict):
        return {k: shuffled(tree[k]) for k in reversed(tree)}
    if isinstance(tree, list):
        return [shuffled(v) for v in tree]
    return tree


def wavy(tree):
    return sum(np.sum(np.sin(x) * x) for x in leaves(tree))


def wavy_gradient(tree):
    return mapped(lambda x, _: np.cos(x) * x + np.sin(x), tree)


@given(trees)
def test_the_way_back_gives_the_structure(tree):
    flat, restore = flatten(tree)
    again = restore(flat)
    assert type(again) is type(tree)
    for x, y in zip(leaves(tree), leaves(again), strict=True):
        np.testing.assert_array_equal(x, y)


@given(trees)
def test_keys_decide_and_not_their_order(tree):
    np.testing.assert_array_equal(
        flat_like(shuffled(tree), tree, "g"), flatten(tree)[0]
    )


@given(trees)
def test_grad_takes_every_structure_that_minimize_takes(tree):
    g = grad(wavy)(tree)
    assert type(g) is type(tree)
    expected = flatten(wavy_gradient(tree))[0]
    np.testing.assert_allclose(flatten(g)[0], expected, atol=1e-14)

    by_grad = minimize(
        Problem(wavy, grad(wavy)), tree, gradient_descent(0.1), num_steps=2
    )
    by_hand = minimize(
        Problem(wavy, lambda t: shuffled(wavy_gradient(t))),
        tree,
        gradient_descent(0.1),
        num_steps=2,
    )
    np.testing.assert_allclose(by_grad.f, by_hand.f, rtol=1e-12, atol=1e-12)


def test_a_list_of_dicts_is_a_network():
    rng = np.random.default_rng(0)
    network = [
        {"W": rng.normal(size=(3, 2)), "b": np.zeros(3)},
        {"W": rng.normal(size=(1, 3)), "b": np.zeros(1)},
    ]

    def loss(layers):
        a = np.array([0.5, -1.0])
        for layer in layers:
            a = np.tanh(layer["W"] @ a + layer["b"])
        return np.sum(a**2)

    value, g = value_and_grad(loss)(network)
    assert value == pytest.approx(loss(network))
    h = 1e-6
    ahead, behind = (
        [{k: v.copy() for k, v in p.items()} for p in network] for _ in "ab"
    )
    ahead[0]["W"][1, 0] += h
    behind[0]["W"][1, 0] -= h
    slope = (loss(ahead) - loss(behind)) / (2 * h)
    assert g[0]["W"][1, 0] == pytest.approx(slope, rel=1e-7)


def test_a_gradient_with_its_keys_in_another_order_moves_the_right_ones():
    def gradient(_):
        return {"v": np.full(2, 5.0), "u": np.full(2, -1.0)}

    start = {"u": np.zeros(2), "v": np.zeros(2)}
    problem = Problem(lambda t: 5 * np.sum(t["v"]) - np.sum(t["u"]), gradient)
    path = minimize(problem, start, gradient_descent(1.0), num_steps=1)
    np.testing.assert_array_equal(path.x["u"][-1], [1, 1])
    np.testing.assert_array_equal(path.x["v"][-1], [-5, -5])


a = np.ones(2)


@pytest.mark.parametrize(
    ("tree", "like", "says"),
    [
        ({"u": a}, {"u": a, "v": a}, "keys of x, a dict of 'u', 'v', got a"),
        ({"u": a, "w": a}, {"u": a, "v": a}, "got a dict of 'u', 'w'"),
        ([a, a], {"u": a, "v": a}, "keys of x, .*, got a list of 2"),
        ({"u": a}, [a], "g must be a list of 1, as x is, got a dict of 'u'"),
        ([a], [a, a], "g must be a list of 2, as x is, got a list of 1"),
        (np.ones((2, 2)), [a, a], "list of 2, as x is, got ndarray"),
        ((a, a), a, "g must be one array, as x is, got a tuple of 2"),
        ({"u": a}, a, "g must be one array, as x is, got a dict"),
        ({"u": [a, a[:1]]}, {"u": [a, a]}, r"g\['u'\]\[1\] must have the"),
        ([a, [a, [a]]], a, "g must be rectangular"),
    ],
)
def test_another_structure_is_refused(tree, like, says):
    with pytest.raises(ValueError, match=says):
        flat_like(tree, like, "g")


def test_lists_and_tuples_are_matched_by_position():
    np.testing.assert_array_equal(
        flat_like((a, 2 * a), [a, a], "g"), [1, 1, 2, 2]
    )


def test_a_named_tuple_keeps_its_names():
    g = grad(lambda p: np.sum(p.W**2) + 3 * p.b)(Layer(np.ones((2, 2)), 1.0))
    assert isinstance(g, Layer)
    np.testing.assert_array_equal(g.W, 2 * np.ones((2, 2)))
    assert g.b == 3


def test_a_list_of_numbers_is_an_array():
    assert flatten([1, 2, 3])[1](np.arange(3.0)).shape == (3,)
    assert leaves([[1, 2], [3]]) == [[1, 2], [3]]


def test_a_bad_leaf_is_named():
    with pytest.raises(ValueError, match=r"x\[0\]\['W'\] must be finite"):
        grad(wavy)([{"W": [np.nan]}])
    with pytest.raises(TypeError, match=r"x\[1\] must be real numbers"):
        grad(wavy)([np.ones(2), "b"])
