"""Many machines: averages, messages, delays, pipelines, and what they cost."""

import itertools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar

from derivable import DivergenceError
from derivable.learning import (
    Message,
    all_reduce_time,
    amdahl,
    average_gradient,
    backpropagate,
    critical_batch,
    delay_limit,
    delayed_gradient_descent,
    gustafson,
    init_mlp,
    local_gradient_descent,
    message_time,
    noisy_quadratic,
    parallel_time,
    pipeline_schedule,
    ring_all_reduce,
    server_all_reduce,
    shards,
    tree_all_reduce,
)
from derivable.optimization import (
    gradient_descent,
    logistic_regression,
    minimize,
    quadratic,
)

ALL_REDUCE = [ring_all_reduce, server_all_reduce, tree_all_reduce]
SIZES = st.integers(1, 9)
SEEDS = st.integers(0, 2**31)


# --- shards and their average


@given(n=st.integers(1, 200), data=st.data())
def test_shards_hold_every_sample_once_and_differ_by_one(n, data):
    K = data.draw(st.integers(1, n))
    parts = shards(n, K)
    lengths = [len(part) for part in parts]
    assert len(parts) == K
    assert max(lengths) - min(lengths) <= 1
    np.testing.assert_array_equal(np.concatenate(parts), np.arange(n))


def test_shards_are_whole_numbers_that_index():
    X = np.arange(10.0)
    assert [X[i].tolist() for i in shards(5, 2)] == [[0, 1], [2, 3, 4]]
    assert all(part.dtype == np.int64 for part in shards(7, 7))


def test_more_workers_than_samples_are_refused():
    with pytest.raises(ValueError, match="num_workers must lie in 1 to 3"):
        shards(3, 4)


@settings(max_examples=10)  # each is compiled anew
@given(seed=SEEDS)
def test_the_weighted_average_is_the_gradient_on_all_samples(seed):
    rng = np.random.default_rng(seed)
    counts = rng.integers(1, 20, size=rng.integers(1, 6))
    X = rng.normal(size=(sum(counts), 3))
    y = rng.integers(2, size=len(X)).astype(float)
    w = rng.normal(size=3)
    ends = np.cumsum(counts)[:-1]
    parts = zip(np.split(X, ends), np.split(y, ends), strict=True)
    g = [logistic_regression(*part).gradient(w) for part in parts]

    # by another program, on all samples at once
    def margin(w):
        return (1 - 2 * y) * (X @ w)

    with jax.enable_x64():
        whole = jax.grad(lambda w: jnp.mean(jnp.logaddexp(0, margin(w))))(w)
    np.testing.assert_allclose(
        average_gradient(g, counts), whole, rtol=1e-9, atol=1e-12
    )


def test_the_average_of_a_network_has_its_structure():
    rng = np.random.default_rng(0)
    layers = init_mlp([3, 4, 2], rng=rng)
    X, y = rng.normal(size=(11, 3)), rng.integers(2, size=11)
    parts = [np.arange(2), np.arange(2, 11)]
    g = [backpropagate(layers, X[i], y[i])[1] for i in parts]
    found = average_gradient(g, [2, 9])
    _, whole = backpropagate(layers, X, y)
    for mine, theirs in zip(found, whole, strict=True):
        for k in ("W", "b"):
            np.testing.assert_allclose(mine[k], theirs[k], atol=1e-14)


def test_one_worker_has_the_gradient_already():
    g = {"w": np.array([1.0, 2.0])}
    np.testing.assert_array_equal(average_gradient([g], [5])["w"], [1, 2])


@pytest.mark.parametrize(
    ("gradients", "counts", "match"),
    [
        ([[1.0], [2.0]], [3], "got 1 counts and 2 gradients"),
        ([], [], "got 0 counts and 0 gradients"),
        ([[1.0], [2.0]], [3, 0], r"counts\[1\] must be at least 1, got 0"),
        ([[1.0], [2.0, 3.0]], [1, 1], r"gradients\[1\].*got \(2,\)"),
        ([[1.0], [np.nan]], [1, 1], "gradients must be finite, got nan"),
    ],
)
def test_gradients_that_do_not_go_together_are_refused(
    gradients, counts, match
):
    with pytest.raises(ValueError, match=match):
        average_gradient(gradients, counts)


# --- all-reduce


@given(K=SIZES, p=SIZES, seed=SEEDS)
def test_every_worker_ends_with_the_same_sum(K, p, seed):
    V = np.random.default_rng(seed).normal(size=(K, p))
    for reduce in ALL_REDUCE:
        result = reduce(V).result
        assert result.shape == (K, p)
        np.testing.assert_allclose(result[0], V.sum(axis=0), atol=1e-13)
        # summed in one place, then copied: not a bit may differ
        assert (result == result[0]).all()


def test_the_vectors_of_the_caller_are_left_alone():
    V = np.ones((3, 4))
    for reduce in ALL_REDUCE:
        reduce(V)
    np.testing.assert_array_equal(V, 1)


@given(K=SIZES, p=SIZES)
def test_a_ring_sends_to_the_neighbour_a_kth_at_a_time(K, p):
    messages = ring_all_reduce(np.ones((K, p))).messages
    assert all(m.target == (m.source + 1) % K for m in messages)
    assert len(messages) == 2 * (K - 1) * K
    assert sum(m.size for m in messages) == 2 * (K - 1) * p
    for t, group in itertools.groupby(messages, lambda m: m.round):
        sent = list(group)
        assert sorted(m.source for m in sent) == list(range(K))
        assert 0 <= t < 2 * (K - 1)
        assert max(m.size for m in sent) == -(-p // K)


def test_a_ring_of_equal_parts_loads_all_workers_alike():
    messages = ring_all_reduce(np.ones((4, 12))).messages
    for k in range(4):
        assert sum(m.size for m in messages if m.source == k) == 18
        assert sum(m.size for m in messages if m.target == k) == 18


def test_all_goes_through_a_server_one_at_a_time():
    messages = server_all_reduce(np.ones((4, 5))).messages
    assert [m.round for m in messages] == list(range(6))
    assert [m.source for m in messages] == [1, 2, 3, 0, 0, 0]
    assert [m.target for m in messages] == [0, 0, 0, 1, 2, 3]
    assert {m.size for m in messages} == {5}


@given(K=SIZES)
def test_a_tree_meets_in_pairs(K):
    messages = tree_all_reduce(np.ones((K, 3))).messages
    rounds = {m.round for m in messages}
    levels = int(np.ceil(np.log2(K)))
    assert rounds == set(range(2 * levels))
    assert len(messages) == 2 * (K - 1)
    for t in rounds:  # nobody does two things at once
        busy = [w for m in messages if m.round == t for w in m[1:3]]
        assert len(busy) == len(set(busy))


@given(K=SIZES, p=SIZES, a=st.floats(0, 10), b=st.floats(0, 10))
def test_the_formulas_of_cost_count_the_messages(K, p, a, b):
    for reduce in ALL_REDUCE:
        name = reduce.__name__.partition("_")[0]
        np.testing.assert_allclose(
            message_time(
                reduce(np.ones((K, p))).messages, latency=a, per_number=b
            ),
            all_reduce_time(p, K, algorithm=name, latency=a, per_number=b),
            rtol=1e-12,
        )


def test_a_round_takes_as_long_as_its_largest_message():
    sent = [Message(0, 0, 1, 2), Message(0, 1, 2, 5), Message(3, 2, 0, 1)]
    assert message_time(sent, latency=10.0, per_number=1.0) == 26.0
    assert message_time([], latency=10.0, per_number=1.0) == 0.0
    empty = [Message(0, 0, 1, 0)]  # more workers than numbers
    assert message_time(empty, latency=10.0, per_number=1.0) == 10.0


def test_a_ring_is_the_default():
    at = {"latency": 1.0, "per_number": 1.0}
    assert all_reduce_time(8, 4, **at) == 2 * 3 * (1 + 2)


def test_a_sum_that_leaves_the_floats_is_refused():
    for reduce in ALL_REDUCE:
        with pytest.raises(ValueError, match="finite sum, got infinity"):
            reduce([[1.5e308], [1.5e308]])


def test_a_time_that_leaves_the_floats_is_refused():
    sent = [Message(0, 0, 1, 2)]
    with pytest.raises(ValueError, match="finite time, got 1e"):
        message_time(sent, latency=1e308, per_number=1e308)
    with pytest.raises(ValueError, match=r"finite time, got \(1e"):
        all_reduce_time(2, 2, latency=1e308, per_number=1e308)
    with pytest.raises(ValueError, match="finite time"):
        parallel_time([2.0, 3.0], transfer=1.7e308)


@pytest.mark.parametrize(
    ("second", "error", "match"),
    [
        ((0, 0, 1, np.nan), TypeError, r"messages\[1\].size .* got nan"),
        ((1, [0], 1, 5), TypeError, r"messages\[1\].source .* got \[0\]"),
        ((1, 0, 1, -5), ValueError, r"messages\[1\].size .* got -5"),
        ((0, 0, 1, 4), ValueError, r"messages\[1\] .* two .*target=1, size=4"),
        ((0, 2, 3, 4), ValueError, r"messages\[1\] .* two .*source=2"),
    ],
)
def test_a_message_that_the_model_does_not_know_is_refused(
    second, error, match
):
    sent = [Message(0, 2, 1, 3), Message(*second)]
    with pytest.raises(error, match=match):
        message_time(sent, latency=1.0, per_number=2.0)


def test_what_is_no_message_is_refused():
    with pytest.raises(TypeError, match="messages must be a Message, got int"):
        message_time([3], latency=1.0, per_number=1.0)


def test_an_unknown_algorithm_is_refused():
    with pytest.raises(ValueError, match="algorithm must be one of"):
        all_reduce_time(2, 2, algorithm="star", latency=1.0, per_number=1.0)


# --- batch size


def test_the_critical_batch_is_a_ratio_of_curvatures():
    rng = np.random.default_rng(0)
    G, A = rng.normal(size=(50, 3)) + 1, rng.normal(size=(3, 3))
    H = A @ A.T
    S, g = np.cov(G, rowvar=False, bias=True), G.mean(axis=0)
    wanted = np.trace(H @ S) / (g @ H @ g)
    assert np.isclose(critical_batch(G, H), wanted)
    assert np.isclose(critical_batch(G), np.trace(S) / (g @ g))


@given(size=st.floats(-250, 250), curved=st.floats(-250, 250), seed=SEEDS)
def test_the_critical_batch_has_no_unit(size, curved, seed):
    G = np.random.default_rng(seed).normal(size=(6, 2)) + 2
    H = np.array([[2.0, 0.5], [0.5, 1.0]])
    found = critical_batch(10**size * G, 10**curved * H)
    assert np.isclose(found, critical_batch(G, H), rtol=1e-9)


def test_a_batch_of_the_critical_size_gains_half():
    rng = np.random.default_rng(1)
    G, h = rng.normal(size=(40, 3)) + 0.5, np.array([1.0, 2.0, 5.0])
    g, s = G.mean(axis=0), G.var(axis=0)
    size = critical_batch(G, np.diag(h))

    def gain(B):  # of the best step, by search
        def change(a):
            return -a * g @ g + a**2 / 2 * (h @ g**2 + h @ s / B)

        return -minimize_scalar(change, bounds=(0, 5), method="bounded").fun

    assert np.isclose(gain(size) / gain(1e12), 0.5, rtol=1e-6)


def test_no_gradient_has_no_critical_batch():
    with pytest.raises(ValueError, match="gᵀHg > 0, got 0"):
        critical_batch([[1.0], [-1.0]])
    with pytest.raises(ValueError, match=r"hessian must have shape \(1, 1\)"):
        critical_batch([[1.0], [2.0]], np.eye(2))


def test_no_batch_size_is_negative():
    root = np.sqrt(5)
    with pytest.raises(ValueError, match=r"negative tr\(HS\).* got -"):
        critical_batch([[1.0, root], [1.0, -root]], np.diag([1.0, -1.0]))


@given(seed=SEEDS)
def test_noise_along_flat_directions_costs_nothing(seed):
    u = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))[0]
    G = u[:, 0] + np.outer([-3.0, 1.0, 2.0], u[:, 1])
    found = critical_batch(G, np.outer(u[:, 0], u[:, 0]))  # of rank 1
    assert 0 <= found < 1e-12


def test_a_start_without_a_finite_loss_is_named():
    with pytest.raises(ValueError, match=r"e0 and .* got \[1.e\+200\]"):
        noisy_quadratic([1.0], [1.0], [1e200], learning_rate=0.0)


def test_the_expected_loss_is_the_mean_over_all_noises():
    h, s, e0 = np.array([1.0, 3.0]), np.array([2.0, 0.5]), [1.0, -2.0]
    signs = np.array(list(itertools.product([-1, 1], repeat=6)))
    noise = signs.reshape(-1, 3, 2) * np.sqrt(s / 4)  # B = 4
    e = np.broadcast_to(e0, (64, 2))
    wanted = [np.mean(e**2 @ h) / 2]
    for t in range(3):
        e = e - 0.2 * (h * e + noise[:, t])
        wanted.append(np.mean(e**2 @ h) / 2)
    found = noisy_quadratic(
        h, s, e0, learning_rate=0.2, batch_size=4, num_steps=3
    )
    np.testing.assert_allclose(found, wanted, rtol=1e-12)


def test_without_noise_it_is_gradient_descent():
    bowl = quadratic(np.diag([1.0, 3.0]))
    path = minimize(bowl, [1.0, -2.0], gradient_descent(0.3), num_steps=100)
    found = noisy_quadratic(
        [1.0, 3.0], [0.0, 0.0], [1.0, -2.0], learning_rate=0.3
    )
    np.testing.assert_allclose(found, path.f, atol=1e-14)


def test_batches_of_one_sample_are_the_default():
    found = noisy_quadratic([2.0], [3.0], [0.0], learning_rate=0.5)
    assert np.isclose(found[1], 0.5 * 2 * 0.25 * 3)
    assert len(found) == 101


def test_a_rate_beyond_the_limit_diverges_with_its_step():
    with pytest.raises(DivergenceError, match="diverged at step") as error:
        noisy_quadratic([1.0], [1.0], [1.0], learning_rate=1e3)
    assert len(error.value.path) == error.value.iteration
    assert np.isfinite(error.value.path).all()
    assert 50 < error.value.iteration < 60  # 10⁶ each step, to 10³⁰⁸
    with pytest.raises(DivergenceError, match="diverged at step 1"):
        noisy_quadratic([1.0], [0.0], [0.0], learning_rate=1e200)  # ∞ · 0


@pytest.mark.parametrize(
    ("h", "s", "match"),
    [
        ([0.0], [1.0], "curvatures must be positive, got 0"),
        ([1.0], [-1.0], "variances must not be negative, got -1"),
        ([1.0], [1.0, 2.0], r"variances must have shape \(1,\)"),
    ],
)
def test_a_bowl_that_is_none_is_refused(h, s, match):
    with pytest.raises(ValueError, match=match):
        noisy_quadratic(h, s, [1.0], learning_rate=0.1)


# --- delays


def test_without_delay_it_is_gradient_descent():
    bowl = quadratic(np.array([[2.0, 0.5], [0.5, 1.0]]))
    path = minimize(bowl, [1.0, -2.0], gradient_descent(0.3), num_steps=9)
    found = delayed_gradient_descent(
        bowl.gradient, [1.0, -2.0], learning_rate=0.3, delay=0, num_steps=9
    )
    np.testing.assert_allclose(found, path.x, rtol=1e-12)


@given(tau=st.integers(0, 6), seed=SEEDS)
def test_each_gradient_is_as_old_as_the_delay(tau, seed):
    x0 = np.random.default_rng(seed).normal(size=(2, 3))
    seen = []

    def gradient(x):
        seen.append(x.copy())
        return x

    x = delayed_gradient_descent(
        gradient, x0, learning_rate=0.05, delay=tau, num_steps=10
    )
    assert x.shape == (11, 2, 3)
    for t in range(10):
        np.testing.assert_array_equal(seen[t], x[max(t - tau, 0)])
        np.testing.assert_allclose(x[t + 1], x[t] - 0.05 * seen[t])


def radius(tau, step):
    """Of the largest root of the characteristic polynomial."""
    return max(abs(np.roots([1, -1, *[0] * (tau - 1), step])))


@pytest.mark.parametrize("tau", range(1, 9))
def test_the_limit_is_where_the_largest_root_leaves_the_circle(tau):
    found = brentq(lambda step: radius(tau, step) - 1, 1e-3, 2.0)
    assert np.isclose(delay_limit(tau), found, rtol=1e-6)


def test_the_limits_of_small_delays_are_known():
    assert np.isclose(delay_limit(0), 2)
    assert np.isclose(delay_limit(1), 1)
    assert np.isclose(delay_limit(2), (np.sqrt(5) - 1) / 2)
    assert np.isclose(delay_limit(1, 4.0), 0.25)


@settings(max_examples=20)
@given(tau=st.integers(0, 5), h=st.floats(0.01, 100))
def test_runs_fall_below_the_limit_and_grow_above(tau, h):
    for share, grows in ((0.97, False), (1.03, True)):
        x = delayed_gradient_descent(
            lambda x: h * x,
            1.0,
            learning_rate=share * delay_limit(tau, h),
            delay=tau,
            num_steps=1200,
        )
        assert (np.abs(x[-50:]).max() > np.abs(x[:50]).max()) == grows


def test_a_limit_beyond_the_floats_is_refused():
    with pytest.raises(ValueError, match="finite limit, got 1e-309"):
        delay_limit(0, 1e-309)


def test_a_run_that_leaves_the_floats_says_when():
    with pytest.raises(DivergenceError, match="at step") as error:
        delayed_gradient_descent(
            lambda x: x, [1.0], learning_rate=10.0, delay=1, num_steps=999
        )
    assert len(error.value.path) == error.value.iteration


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"gradient\(x\) must have shape"):
        delayed_gradient_descent(
            lambda _: np.ones(3), [1.0], learning_rate=0.1, delay=1
        )


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_no_rate_mends_a_gradient_that_is_not_finite_at_the_start(value):
    for run in (
        lambda g: delayed_gradient_descent(
            g, [2.0], learning_rate=0, delay=1, num_steps=3
        ),
        lambda g: local_gradient_descent([abs, g], [2.0], learning_rate=0),
    ):
        with pytest.raises(DivergenceError) as error:
            run(lambda x: value * x)
        said = str(error.value)
        assert f"step 1; gradient(x) is {value} at the start, [2.]" in said
        assert "rate" not in said


# --- local steps


@given(seed=SEEDS)
def test_one_local_step_is_a_step_of_the_mean(seed):
    rng = np.random.default_rng(seed)
    h, c = rng.uniform(0.5, 2, size=3), rng.normal(size=(3, 2))
    workers = [lambda x, k=k: h[k] * (x - c[k]) for k in range(3)]
    found = local_gradient_descent(
        workers, [1.0, 2.0], learning_rate=0.2, num_rounds=7
    )

    def mean(x):
        return np.mean([w(x) for w in workers], axis=0)

    wanted = delayed_gradient_descent(
        mean, [1.0, 2.0], learning_rate=0.2, delay=0, num_steps=7
    )
    np.testing.assert_allclose(found, wanted, atol=1e-12)


def test_local_steps_come_to_rest_elsewhere():
    h, c, alpha, H = np.array([1.0, 4.0]), np.array([0.0, 1.0]), 0.1, 5
    workers = [lambda x, k=k: h[k] * (x - c[k]) for k in range(2)]
    found = local_gradient_descent(
        workers, 0.3, learning_rate=alpha, local_steps=H
    )
    moved = 1 - (1 - alpha * h) ** H
    assert found.shape == (101,)
    assert np.isclose(found[-1], moved @ c / moved.sum())
    assert abs(found[-1] - h @ c / h.sum()) > 0.05


def test_workers_that_agree_may_meet_seldom():
    workers = [lambda x: x - 3.0] * 4
    found = local_gradient_descent(
        workers, [0.0], learning_rate=0.5, local_steps=3, num_rounds=2
    )
    np.testing.assert_allclose(found[:, 0], 3 - 3 * 0.5 ** np.array([0, 3, 6]))


def test_no_worker_is_refused():
    with pytest.raises(ValueError, match="must not be empty"):
        local_gradient_descent([], [1.0], learning_rate=0.1)
    with pytest.raises(TypeError, match=r"gradients\[1\] must be a function"):
        local_gradient_descent([abs, 3], [1.0], learning_rate=0.1)


def test_local_steps_that_diverge_say_in_which_round():
    with pytest.raises(DivergenceError) as error:
        local_gradient_descent(
            [lambda x: x],
            [1.0],
            learning_rate=11.0,
            local_steps=10,
            num_rounds=99,
        )
    assert error.value.iteration == 31  # 10¹⁰ each round, to 10³⁰⁸
    assert len(error.value.path) == 31


# --- pipelines


@given(P=SIZES, M=SIZES, r=st.integers(1, 3))
def test_a_pipeline_idles_at_both_ends_only(P, M, r):
    plan = pipeline_schedule(P, M, backward_ticks=r)
    assert plan.shape == (P, (M + P - 1) * (1 + r))
    assert np.isclose(np.mean(plan == 0), (P - 1) / (M + P - 1))
    for row in plan:
        for i in range(1, M + 1):
            assert np.sum(row == i) == 1
            assert np.sum(row == -i) == r


@given(P=SIZES, M=SIZES, r=st.integers(1, 3))
def test_no_stage_starts_before_its_input_is_there(P, M, r):
    plan = pipeline_schedule(P, M, backward_ticks=r)

    def when(s, i):
        return np.flatnonzero(plan[s] == i)

    for i in range(1, M + 1):
        for s in range(P - 1):
            assert when(s, i).max() < when(s + 1, i).min()
            assert when(s + 1, -i).max() < when(s, -i).min()
        assert when(P - 1, i).max() < when(P - 1, -i).min()
    for s in range(P):  # forwards in order, backwards the last first
        order = [i for i in plan[s] if i > 0]
        assert order == list(range(1, M + 1))
        assert [i for i, _ in itertools.groupby(plan[s]) if i < 0] == [
            -i for i in range(M, 0, -1)
        ]


def test_a_small_pipeline_is_drawn_by_hand():
    np.testing.assert_array_equal(
        pipeline_schedule(2, 2, backward_ticks=2),
        [
            [1, 2, 0, 0, 0, -2, -2, -1, -1],
            [0, 1, 2, -2, -2, -1, -1, 0, 0],
        ],
    )
    assert pipeline_schedule(2, 1).tolist() == [[1, 0, 0, -1], [0, 1, -1, 0]]


def test_a_schedule_that_fills_the_memory_is_refused():
    with pytest.raises(ValueError, match="at most 1000000 entries, got"):
        pipeline_schedule(1, 500_001)
    with pytest.raises(ValueError, match="at most 1000000 entries, got"):
        pipeline_schedule(2, 249_999, backward_ticks=2)
    assert pipeline_schedule(2, 124_999, backward_ticks=3).size == 10**6


# --- speed-up


@given(s=st.floats(0, 1), K=st.floats(1, 1e6))
def test_amdahl_lies_between_one_and_both_its_limits(s, K):
    speed = float(amdahl(s, K))
    assert 1 - 1e-12 <= speed <= K * (1 + 1e-12)
    assert speed * s <= 1 + 1e-12
    # the time of both laws, of one and the same parallel run
    serial, parallel = s, (1 - s) / K
    share = serial / (serial + parallel)
    assert np.isclose(float(gustafson(share, K)), speed, rtol=1e-9)


def test_speed_ups_broadcast_and_keep_their_shape():
    s, K = np.array([[0.0], [0.5]]), np.array([1.0, 2.0, 4.0])
    np.testing.assert_allclose(amdahl(s, K), [[1, 2, 4], [1, 4 / 3, 1.6]])
    np.testing.assert_allclose(gustafson(s, K), [[1, 2, 4], [1, 1.5, 2.5]])
    assert amdahl(0.5, 4).shape == ()


@pytest.mark.parametrize("law", [amdahl, gustafson])
def test_shares_and_workers_out_of_range_are_refused(law):
    with pytest.raises(ValueError, match=r"serial must lie in .* got -0.1"):
        law([0.5, -0.1], 2)
    with pytest.raises(ValueError, match=r"serial must lie in .* got 1.5"):
        law([1.0, 1.5], 2)
    with pytest.raises(ValueError, match=r"num_workers must be .* got 0.5"):
        law(0.5, [2, 0.5])
    with pytest.raises(ValueError, match=r"go together, got \(2,\) and \(3,"):
        law([0.1, 0.2], [1, 2, 3])


@given(s=st.floats(0, 1), K=st.integers(1, 50))
def test_without_messages_the_time_is_amdahls(s, K):
    assert np.isclose(1 / parallel_time(K, serial=s), amdahl(s, K))


@given(K=st.integers(1, 12), a=st.floats(0, 1), b=st.floats(0, 1))
def test_the_time_of_messages_is_that_of_a_ring(K, a, b):
    p = 60 * K
    ring = all_reduce_time(p, K, latency=a, per_number=b / p)
    found = parallel_time(K, serial=0.2, latency=a, transfer=b)
    assert np.isclose(found, 0.2 + 0.8 / K + ring)


def test_serial_and_parallel_work_are_told_apart():
    assert np.isclose(parallel_time(4.0), 0.25)
    assert np.isclose(parallel_time(4.0, serial=1.0), 1.0)
    assert np.isclose(parallel_time(2.0, latency=0.1), 0.7)
    assert np.isclose(parallel_time(2.0, transfer=0.1), 0.6)


# --- counts

COST = {"latency": 1.0, "per_number": 1.0}
BOWL = ([1.0], [1.0], [1.0])


@pytest.mark.parametrize(
    ("call", "rule"),
    [
        (lambda: shards(0, 1), "n must be at least 1, got 0"),
        (lambda: shards(3, 0), "num_workers must lie in 1 to 3, got 0"),
        (lambda: all_reduce_time(0, 2, **COST), "p must be at least 1"),
        (lambda: all_reduce_time(2, 0, **COST), "num_workers must be at"),
        (lambda: pipeline_schedule(0, 2), "num_stages must be at least 1"),
        (lambda: pipeline_schedule(2, 0), "num_micro_batches must be at"),
        (
            lambda: pipeline_schedule(2, 2, backward_ticks=0),
            "backward_ticks must be at least 1, got 0",
        ),
        (
            lambda: noisy_quadratic(*BOWL, learning_rate=0.1, batch_size=0),
            "batch_size must be at least 1, got 0",
        ),
        (
            lambda: local_gradient_descent(
                [abs], 1.0, learning_rate=0.1, local_steps=0
            ),
            "local_steps must be at least 1, got 0",
        ),
        (lambda: delay_limit(-1), "delay must not be negative, got -1"),
        (lambda: delay_limit(1, 0.0), "curvature must be positive, got 0"),
    ],
)
def test_a_count_below_its_least_is_refused(call, rule):
    with pytest.raises(ValueError, match=rule):
        call()
