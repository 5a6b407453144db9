import tracemalloc

import jax
import numpy as np
import optax
import pytest

from derivable._validation import ConvergenceError
from derivable.optimization import (
    Optimizer,
    Problem,
    adagrad,
    adam,
    adamw,
    clipped,
    cosine_decay,
    exponential_decay,
    gradient_descent,
    inverse_decay,
    minimize,
    momentum,
    nesterov,
    quadratic,
    rmsprop,
    step_decay,
    tune,
    warmup_cosine,
    with_decay,
)


@pytest.fixture(autouse=True, scope="module")
def _in_float64():
    with jax.enable_x64():
        yield


def wavy(x):
    return float(np.sum(np.sin(x) * x**2))


def wavy_gradient(x):
    return np.cos(x) * x**2 + 2 * x * np.sin(x)


WAVY = Problem(wavy, wavy_gradient)


def by_optax(rule, x, steps):
    """Iterates of an optax rule on WAVY, run live."""
    state, path = rule.init(x), [x]
    for _ in range(steps):
        change, state = rule.update(wavy_gradient(x), state, x)
        x = np.asarray(optax.apply_updates(x, change))
        path.append(x)
    return np.array(path)


PAIRS = {
    "gradient descent": (gradient_descent(0.03), optax.sgd(0.03)),
    "momentum": (momentum(0.03, beta=0.8), optax.sgd(0.03, momentum=0.8)),
    "momentum, dampened": (
        momentum(0.03, beta=0.8, dampening=0.8),
        optax.chain(optax.ema(0.8, debias=False), optax.scale(-0.03)),
    ),
    "nesterov": (
        nesterov(0.03, beta=0.8),
        optax.sgd(0.03, momentum=0.8, nesterov=True),
    ),
    "adagrad, inside": (
        adagrad(0.03, epsilon=1e-3, epsilon_inside=True),
        optax.adagrad(0.03, initial_accumulator_value=0, eps=1e-3),
    ),
    "rmsprop, outside": (
        rmsprop(0.03, beta=0.8, epsilon=1e-3),
        optax.rmsprop(0.03, decay=0.8, eps=1e-3, eps_in_sqrt=False),
    ),
    "rmsprop, inside": (
        rmsprop(0.03, beta=0.8, epsilon=1e-3, epsilon_inside=True),
        optax.rmsprop(0.03, decay=0.8, eps=1e-3, eps_in_sqrt=True),
    ),
    "adam": (
        adam(0.03, beta1=0.8, beta2=0.95, epsilon=1e-3),
        optax.adam(0.03, b1=0.8, b2=0.95, eps=1e-3),
    ),
    "adam, defaults": (adam(), optax.adam(0.001)),
    "adamw": (
        adamw(0.03, beta1=0.8, beta2=0.95, epsilon=1e-3, weight_decay=0.2),
        optax.adamw(0.03, b1=0.8, b2=0.95, eps=1e-3, weight_decay=0.2),
    ),
    "decay, decoupled": (
        with_decay(momentum(0.03, beta=0.8), 0.2),
        optax.chain(
            optax.trace(0.8),
            optax.add_decayed_weights(0.2),
            optax.scale(-0.03),
        ),
    ),
    "decay, coupled": (
        with_decay(adam(0.03, epsilon=1e-3), 0.2, coupled=True),
        optax.chain(
            optax.add_decayed_weights(0.2), optax.adam(0.03, eps=1e-3)
        ),
    ),
    "clipped": (
        clipped(momentum(0.03), 0.5),
        optax.chain(
            optax.clip_by_global_norm(0.5), optax.sgd(0.03, momentum=0.9)
        ),
    ),
    "clipped, then coupled decay": (
        clipped(with_decay(adam(0.03), 0.2, coupled=True), 0.5),
        optax.chain(
            optax.clip_by_global_norm(0.5),
            optax.add_decayed_weights(0.2),
            optax.adam(0.03),
        ),
    ),
    "a schedule": (
        momentum(exponential_decay(0.03, factor=0.7)),
        optax.sgd(lambda k: 0.03 * 0.7 ** int(k), momentum=0.9),
    ),
}


@pytest.mark.parametrize("steps", [1, 10])
@pytest.mark.parametrize("name", PAIRS)
def test_every_iterate_is_that_of_optax(name, steps):
    ours, theirs = PAIRS[name]
    x0 = np.random.default_rng(0).normal(size=7)
    path = minimize(WAVY, x0, ours, num_steps=steps)
    expected = by_optax(theirs, x0, steps)
    np.testing.assert_allclose(path.x, expected, rtol=0, atol=1e-12)


def constant_slope(g):
    """A problem whose gradient is g everywhere."""
    g = np.array(g, dtype=float)
    return Problem(lambda x: g @ x, lambda _: g)


def steps_of(optimizer, g=(2.0,), num_steps=3):
    path = minimize(
        constant_slope(g), np.zeros(len(g)), optimizer, num_steps=num_steps
    )
    return np.diff(path.x, axis=0)[:, 0]


def test_adagrad_divides_by_the_root_of_the_sum_with_epsilon_outside():
    found = steps_of(adagrad(1, epsilon=0.5))
    expected = [-2 / (np.sqrt(4 * k) + 0.5) for k in (1, 2, 3)]
    np.testing.assert_allclose(found, expected, rtol=1e-15)


def test_keras_puts_epsilon_inside_the_root_of_rmsprop():
    found = steps_of(
        rmsprop(1, beta=0.5, epsilon=2, epsilon_inside=True), num_steps=2
    )
    np.testing.assert_allclose(
        found, [-2 / np.sqrt(2 + 2), -2 / np.sqrt(3 + 2)], rtol=1e-15
    )


def test_the_steps_of_adam_on_a_constant_gradient_are_the_rate():
    np.testing.assert_allclose(
        steps_of(adam(0.1, epsilon=1e-300)), [-0.1] * 3, rtol=1e-12
    )


def test_without_bias_correction_the_first_step_of_adam_is_3_16_rates():
    found = steps_of(adam(1, bias_correction=False, epsilon=1e-300))
    m, v = [1 - 0.9**t for t in (1, 2, 3)], [1 - 0.999**t for t in (1, 2, 3)]
    np.testing.assert_allclose(found, -np.divide(m, np.sqrt(v)), rtol=1e-12)
    assert found[0] == pytest.approx(-np.sqrt(10))


def test_the_epsilon_of_keras_adam_is_one_before_the_correction():
    g, eps = 2.0, 0.5  # ours at t = 1 with ε / √(1 − β₂), by hand
    keras = (0.1 * g) * np.sqrt(0.001) / 0.1 / (np.sqrt(0.001) * g + eps)
    ours = adam(1, epsilon=eps / np.sqrt(0.001))
    assert steps_of(ours, num_steps=1)[0] == pytest.approx(-keras, rel=1e-13)


def test_step_decay_is_a_staircase():
    rate = step_decay(8.0, factor=0.5, every=3)
    assert [rate(t) for t in range(1, 8)] == [8, 8, 8, 4, 4, 4, 2]


def test_inverse_decay_halves_after_its_delay():
    rate = inverse_decay(0.6, delay=5)
    np.testing.assert_allclose([rate(t) for t in (1, 6, 11)], [0.6, 0.3, 0.2])


def test_cosine_decay_is_that_of_optax_and_stays_at_its_floor():
    ours = cosine_decay(0.4, num_steps=10, floor=0.1)
    theirs = optax.cosine_decay_schedule(0.4, 10, alpha=0.25)
    for t in range(1, 40):
        assert ours(t) == pytest.approx(float(theirs(t - 1)), rel=1e-12)
    assert ours(11) == ours(21) == 0.1


def test_exponential_decay_and_steps_are_those_of_optax():
    ours = exponential_decay(0.4, factor=0.9)
    theirs = optax.exponential_decay(0.4, 1, 0.9)
    stairs = step_decay(0.4, factor=0.9, every=4)
    staircase = optax.exponential_decay(0.4, 4, 0.9, staircase=True)
    for t in range(1, 20):
        assert ours(t) == pytest.approx(float(theirs(t - 1)), rel=1e-12)
        assert stairs(t) == pytest.approx(float(staircase(t - 1)), rel=1e-12)


def test_warm_up_rises_linearly_to_the_peak_and_falls_as_a_cosine():
    rate = warmup_cosine(1.0, warmup_steps=4, num_steps=10, floor=0.2)
    theirs = optax.warmup_cosine_decay_schedule(
        0.2, 1.0, warmup_steps=4, decay_steps=10, end_value=0.2
    )
    for t in range(1, 30):
        assert rate(t) == pytest.approx(float(theirs(t - 1)), rel=1e-12)
    assert rate(5) == 1
    assert rate(11) == rate(30) == 0.2


@pytest.mark.parametrize(
    ("g", "expected"),
    [
        ((0.3, 0.4), (0.3, 0.4)),
        ((0.9, 1.2), (0.6, 0.8)),
        ((30, 40), (0.6, 0.8)),
    ],
)
def test_clipping_keeps_short_gradients_and_directions(g, expected):
    rule = clipped(gradient_descent(1), 1)
    path = minimize(constant_slope(g), np.zeros(2), rule, num_steps=1)
    np.testing.assert_allclose(path.x[1], np.negative(expected))


def test_clipping_is_by_the_norm_of_all_parameters_together():
    tree = {"a": np.zeros(1), "b": np.zeros(1)}
    problem = Problem(
        lambda t: 3 * t["a"][0] + 4 * t["b"][0],
        lambda _: {"a": np.array([3.0]), "b": np.array([4.0])},
    )
    path = minimize(problem, tree, clipped(gradient_descent(1), 1))
    assert path.x["a"][1] == pytest.approx(-0.6)
    assert path.x["b"][1] == pytest.approx(-0.8)


def test_adamw_is_adam_with_decay_beside_it():
    x0 = np.array([1.0, -2.0])
    one = minimize(WAVY, x0, adamw(0.01, weight_decay=0.3), num_steps=9)
    two = minimize(WAVY, x0, with_decay(adam(0.01), 0.3), num_steps=9)
    np.testing.assert_array_equal(one.x, two.x)


def test_coupled_decay_is_the_penalty_itself():
    penalised = Problem(
        lambda x: wavy(x) + 0.15 * (x @ x),
        lambda x: wavy_gradient(x) + 0.3 * x,
    )
    x0 = np.array([1.0, -2.0])
    for rule in (gradient_descent(0.05), momentum(0.05), adam(0.05)):
        one = minimize(penalised, x0, rule, num_steps=9)
        two = minimize(
            WAVY, x0, with_decay(rule, 0.3, coupled=True), num_steps=9
        )
        np.testing.assert_allclose(one.x, two.x, atol=1e-14)


def test_coupled_and_decoupled_decay_agree_for_plain_descent_only():
    x0 = np.array([1.0, -2.0])

    def gap(rule):
        a, b = (
            minimize(WAVY, x0, with_decay(rule, 0.3, coupled=c), num_steps=9)
            for c in (True, False)
        )
        return np.abs(a.x - b.x).max()

    assert gap(gradient_descent(0.05)) < 1e-14
    assert gap(momentum(0.05)) > 1e-3
    assert gap(adam(0.05)) > 1e-3


def test_tuning_keeps_the_lowest_end_and_counts_divergence_as_infinite():
    problem = quadratic(np.diag([1.0, 9.0]))

    def run(rate, _seed):
        return minimize(problem, [1, 1], gradient_descent(rate))

    tuned = tune(run, [0.01, 0.1, 0.2, 0.21, 1.0])
    assert tuned.rate == 0.2
    assert not tuned.at_edge
    assert tuned.final.shape == (5, 1)
    assert tuned.final[-1, 0] == np.inf
    assert tuned.paths[0].f[-1] == tuned.final.min()
    assert tune(run, [0.1, 0.2]).at_edge
    assert tune(run, [0.2, 0.21]).at_edge
    with pytest.raises(ConvergenceError, match="at all 2 rates"):
        tune(run, [1.0, 2.0])


def test_tuning_takes_the_rate_whose_median_over_the_seeds_is_lowest():
    def run(rate, seed):
        ends = {1: (5, 5, 5), 2: (0, 9, 9), 3: (9, 4, 4)}[rate]
        if ends[seed] == 9 and rate == 3:
            return minimize(quadratic([[1.0]]), [1], gradient_descent(3))
        problem = Problem(lambda _: float(ends[seed]), lambda x: 0 * x)
        return minimize(problem, [1.0], gradient_descent(rate), num_steps=0)

    tuned = tune(run, [1, 2, 3], seeds=(0, 1, 2))
    assert tuned.rate == 3
    assert tuned.paths[0] is None
    assert [p.f[-1] for p in tuned.paths[1:]] == [4, 4]
    np.testing.assert_array_equal(
        tuned.final, [[5, 5, 5], [0, 9, 9], [np.inf, 4, 4]]
    )


@pytest.mark.parametrize(
    ("coupled", "arrives"), [(True, False), (False, True)]
)
def test_decay_beside_adam_does_not_move_a_minimum_without_noise(
    coupled, arrives
):
    bowl = quadratic(2 * np.eye(2), [6.0, -2.0])
    rule = with_decay(adam(0.3), 0.01, coupled=coupled)
    path = minimize(bowl, np.zeros(2), rule, num_steps=3000)
    penalised = np.array([6.0, -2.0]) / 2.01
    expected = bowl.minimiser if arrives else penalised
    assert np.linalg.norm(path.x[-1] - expected) < 3e-3
    assert (np.linalg.norm(path.x[-1] - bowl.minimiser) < 5e-3) == arrives


@pytest.mark.parametrize("size", [1e200, 1e-200])
def test_clipping_has_no_largest_gradient(size):
    longest = min(size / 10, 1.0)
    rule = clipped(gradient_descent(1), longest)
    problem = constant_slope((0.6 * size, 0.8 * size))
    path = minimize(problem, np.zeros(2), rule, num_steps=1)
    np.testing.assert_allclose(path.x[1] / longest, [-0.6, -0.8], rtol=1e-12)


@pytest.mark.parametrize("rule", [adagrad, rmsprop, adam, adamw])
def test_a_gradient_whose_square_overflows_is_refused(rule):
    problem = constant_slope((1e200, 1.0))
    with pytest.raises(ValueError, match=r"squares .* got 1e\+200"):
        minimize(problem, np.zeros(2), rule(0.1), num_steps=1)


@pytest.mark.parametrize(
    ("weight_decay", "stops"), [(0.2, 3.0), (0.4, 2.5), (1.0, 1.0), (2.0, 0.5)]
)
def test_decay_beside_adam_holds_a_far_minimum_at_one_over_lambda(
    weight_decay, stops
):
    """A steady step is α, and the pull there αλ|x|: it wins beyond 1/λ."""
    rule = adamw(0.1, beta2=0.99, weight_decay=weight_decay)
    path = minimize(quadratic([[1.0]], [3.0]), [0.0], rule, num_steps=3000)
    assert np.isclose(path.x[-1, 0], stops, atol=0.02)


def test_a_wrapped_rule_says_so_in_its_name_and_has_no_bound():
    names = {
        "gradient descent, clipped": clipped(gradient_descent(1), 1),
        "gradient descent, decay": with_decay(gradient_descent(1), 1),
        "gradient descent, L2": with_decay(
            gradient_descent(1), 1, coupled=True
        ),
    }
    for name, rule in names.items():
        assert rule.name == name
        assert rule.stability is None


def test_a_gradient_of_the_largest_norm_is_not_touched():
    seen = []
    rule = Optimizer("mine", 1, lambda _x, g, *_: seen.append(g) or g)
    g = np.array([3.0, 4.0])
    clipped(rule, 5.0).step(g, g, {}, 1.0, 1)
    assert seen[0] is g


def test_a_step_of_adam_makes_no_array_of_the_size_of_its_parameters():
    p = 100_000
    rule, x, g = adam(), np.zeros(p), np.ones(p)
    state = {name: np.zeros(p) for name in rule.state}
    tracemalloc.start()
    try:
        rule.step(x, g, state, 0.1, 1)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < p


def test_a_best_rate_at_the_lower_edge_is_found_beside_a_divergent_one():
    problem = quadratic(np.diag([1.0, 9.0]))
    tuned = tune(
        lambda rate, _: minimize(problem, [1, 1], gradient_descent(rate)),
        [0.2, 1.0],
    )
    assert tuned.rate == 0.2
    assert tuned.at_edge
