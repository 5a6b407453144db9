"""200 random matrices for each routine; the tolerance stands beside it.

A well-conditioned matrix is a random one of the given singular values or
eigenvalues; the ill-conditioned ones have tests of their own.
"""

import dataclasses

import numpy as np
import pytest
import scipy.linalg
import scipy.sparse.csgraph
import scipy.spatial
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import decomposition
from sklearn.datasets import load_digits, load_iris

from derivable._precision import numerical_rank
from derivable._validation import ConvergenceError
from derivable.linalg import (
    als,
    eigen_symmetric,
    google_matrix,
    gram_svd,
    laplacian,
    low_rank,
    pagerank,
    pca,
    picture,
    power_iteration,
    pseudo_inverse,
    rank,
    spectral_clustering,
    subspaces,
)
from derivable.linalg.decompositions import clustering
from derivable.linalg.decompositions.clustering import _k_means, _means
from derivable.linalg.decompositions.eigen import _rotate
from derivable.linalg.decompositions.recommender import _fit

CASES = 200
NAN, INF = float("nan"), float("inf")
SEEDS = st.integers(0, 2**32 - 1)
UNITS = st.floats(-200, 200).map(lambda power: 10.0**power)


def orthogonal(rng, n):
    return np.linalg.qr(rng.normal(size=(n, n)))[0]


def with_singular_values(rng, m, n, s):
    r = len(s)
    return orthogonal(rng, m)[:, :r] * s @ orthogonal(rng, n)[:r]


def random_shape(rng):
    return tuple(int(n) for n in rng.integers(1, 9, size=2))


# Power iteration


def test_power_iteration_finds_what_eig_finds():
    rng = np.random.default_rng(0)
    for _ in range(CASES):
        n = int(rng.integers(1, 8))
        lam = np.append(rng.uniform(-0.8, 0.8, n - 1), rng.choice([-1, 1]))
        V = orthogonal(rng, n) + 0.1 * rng.normal(size=(n, n))
        A = 3 * V @ np.diag(lam) @ np.linalg.inv(V)
        found = power_iteration(A, tol=1e-12)
        values, vectors = np.linalg.eig(A)
        top = np.argmax(np.abs(values))
        assert found.value == pytest.approx(values[top].real, rel=1e-8)
        cosine = abs(found.vector @ vectors[:, top].real)
        assert cosine == pytest.approx(1, abs=1e-8)


def test_the_path_is_repeated_application_and_ends_at_the_vector():
    A = np.array([[4.0, 2.0], [1.0, 3.0]])
    found = power_iteration(A, x0=[1, 0], tol=1e-13)
    for t, x in enumerate(found.path[:8]):
        y = np.linalg.matrix_power(A, t) @ [1, 0]
        np.testing.assert_allclose(x, y / np.linalg.norm(y), rtol=1e-12)
    np.testing.assert_array_equal(found.path[-1], found.vector)
    assert found.value == pytest.approx(5)


def test_the_error_shrinks_by_the_ratio_of_eigenvalues():
    rng = np.random.default_rng(1)
    V = orthogonal(rng, 5) + 0.1 * rng.normal(size=(5, 5))
    lam = np.array([2.0, 1.4, 0.7, -0.5, 0.1])
    A = V * lam @ np.linalg.inv(V)
    path = power_iteration(A, tol=1e-14).path
    v = V[:, 0] / np.linalg.norm(V[:, 0])
    sine = np.linalg.norm(path - np.outer(path @ v, v), axis=1)
    assert sine[41] / sine[40] == pytest.approx(0.7, rel=1e-6)


def test_a_negative_dominant_eigenvalue_has_its_sign():
    found = power_iteration(np.diag([1.0, -3.0]))
    assert found.value == pytest.approx(-3)


def test_two_eigenvalues_of_one_size_do_not_converge():
    for A in ([[0.0, -1.0], [1.0, 0.0]], np.diag([1.0, -1.0])):
        with pytest.raises(ConvergenceError, match="after 50 steps, residual"):
            power_iteration(A, num_steps=50)


@given(UNITS, SEEDS)
@settings(max_examples=30)
def test_the_dominant_eigenvector_does_not_depend_on_the_unit(unit, seed):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(3, 3)) + 9 * np.eye(3, 1) @ np.eye(1, 3)
    plain, found = power_iteration(A), power_iteration(unit * A)
    assert found.value == pytest.approx(unit * plain.value, rel=1e-8)
    np.testing.assert_allclose(found.vector, plain.vector, atol=1e-8)


def test_an_eigenvalue_too_large_for_a_float_is_refused():
    with pytest.raises(ValueError, match="the eigenvalue must be finite, got"):
        power_iteration(np.full((2, 2), 1.7e308))
    with pytest.raises(ValueError, match="λ must be finite, got inf"):
        eigen_symmetric(np.full((2, 2), 1.7e308))


@pytest.mark.parametrize("size", [1.0, -1.0, 1e-200])
@pytest.mark.parametrize("n", [2, 3])
def test_a_defective_dominant_eigenvalue_is_not_called_shared(size, n):
    says = r"after 1000 steps, .*, falling slowly: is λ₁ defective"
    with pytest.raises(ConvergenceError, match=says):
        power_iteration(size * (np.eye(n) + np.eye(n, k=1)))


def test_a_defective_dominant_eigenvalue_costs_one_over_t():
    found = power_iteration([[1.0, 1.0], [0.0, 1.0]], tol=1e-5)
    t = np.arange(10, len(found.path))
    rate = np.polyfit(np.log(t), np.log(np.abs(found.path[10:, 1])), 1)[0]
    assert rate == pytest.approx(-1, abs=0.05)


def test_what_stalls_is_called_shared_and_what_falls_is_not():
    for A in (
        np.diag([1.0, -1.0, 0.9]),
        np.diag([1.0, 1 - 1e-7]),
        np.array([[0.0, -2.0], [0.5, 0.0]]),
    ):
        with pytest.raises(ConvergenceError, match="shared by two, or nearly"):
            power_iteration(A)
    with pytest.raises(ConvergenceError, match="falling slowly: is"):
        power_iteration(np.diag([1.0, 0.99]), num_steps=300)
    with pytest.raises(ConvergenceError, match="too few to tell why"):
        power_iteration(np.diag([1.0, 0.5]), num_steps=3)


def test_a_nilpotent_matrix_has_eigenvalue_zero():
    assert power_iteration(np.zeros((3, 3))).value == 0
    assert power_iteration([[0.0, 1.0], [0.0, 0.0]]).value == pytest.approx(0)


def test_it_stops_at_the_first_small_residual_relative_to_the_matrix():
    A = np.diag([30.0, 20.0, 25.0, 26.0])
    path = power_iteration(A, tol=1e-6).path
    residuals = [np.linalg.norm(A @ x - x @ A @ x * x) for x in path]
    bound = 1e-6 * np.linalg.norm(A)
    assert residuals[-1] <= bound < residuals[-2]


def test_a_looser_tolerance_stops_earlier():
    A = np.diag([1.0, 0.9])
    assert len(power_iteration(A, tol=1e-3).path) < len(
        power_iteration(A).path
    )


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"A": np.ones((2, 3))}, ValueError, r"square, got \(2, 3\)"),
        ({"A": []}, ValueError, "must not be empty"),
        ({"A": 3.0}, ValueError, r"matrix of shape \(m, n\), got \(\)"),
        ({"A": [[NAN]]}, ValueError, r"got nan at index \(0, 0\)"),
        ({"A": [[1j]]}, TypeError, "real numbers, got complex128"),
        ({"x0": [0.0, 0.0]}, ValueError, "x0 must not be zero"),
        ({"x0": [1.0]}, ValueError, r"x0 must have shape \(2,\), got \(1,\)"),
        ({"tol": 0.0}, ValueError, "tol must be positive, got 0"),
        ({"num_steps": 0}, ValueError, "num_steps must be at least 1"),
    ],
)
def test_power_iteration_refuses_bad_input(given, error, says):
    with pytest.raises(error, match=says):
        power_iteration(**{"A": np.eye(2), **given})


# Symmetric eigenproblems


def test_jacobi_agrees_with_lapack():
    rng = np.random.default_rng(2)
    for _ in range(CASES):
        n = int(rng.integers(1, 8))
        A = rng.normal(size=(n, n))
        A = A + A.T
        lam, Q = eigen_symmetric(A)
        size = np.linalg.norm(A)
        expected = np.linalg.eigvalsh(A)[::-1]
        np.testing.assert_allclose(lam, expected, atol=1e-14 * size, rtol=0)
        np.testing.assert_allclose(Q.T @ Q, np.eye(n), atol=1e-13)
        np.testing.assert_allclose(Q * lam @ Q.T, A, atol=1e-13 * size)


def test_jacobi_keeps_an_orthonormal_basis_when_eigenvalues_repeat():
    rng = np.random.default_rng(3)
    Q0 = orthogonal(rng, 6)
    A = Q0 * [2, 2, 2, 1, 1, 0] @ Q0.T
    lam, Q = eigen_symmetric(A)
    np.testing.assert_allclose(lam, [2, 2, 2, 1, 1, 0], atol=1e-13)
    np.testing.assert_allclose(Q.T @ Q, np.eye(6), atol=1e-13)


@given(SEEDS, st.integers(2, 6))
@settings(max_examples=30)
def test_every_turn_is_an_eighth_of_a_circle_at_most(seed, n):
    """What the theorem of Forsythe and Henrici asks of the angles."""
    A = np.random.default_rng(seed).integers(-3, 4, size=(n, n)) * 1.0
    D, Q = A + A.T, np.eye(n)
    for p in range(n - 1):
        for q in range(p + 1, n):
            before = D.copy()
            R = np.eye(n)
            _rotate(D, R, p, q)
            Q = Q @ R
            assert R[p, p] == R[q, q] >= np.sqrt(0.5) - 1e-15
            np.testing.assert_allclose(D, R.T @ before @ R, atol=1e-13)
            assert D[p, q] == 0


@pytest.mark.parametrize("size", [1e-300, 1.0, 1e300])
def test_jacobi_works_at_any_size(size):
    lam, _ = eigen_symmetric(size * np.array([[0.0, 1.0], [1.0, 0.0]]))
    np.testing.assert_allclose(lam, [size, -size], rtol=1e-14)


def test_a_hilbert_matrix_has_right_eigenvalues_in_absolute_error():
    H = scipy.linalg.hilbert(10)
    lam, _ = eigen_symmetric(H)
    expected = np.linalg.eigvalsh(H)[::-1]
    np.testing.assert_allclose(lam, expected, atol=1e-15 * 10, rtol=0)


def test_rounding_noise_counts_as_symmetric():
    A = np.array([[2.0, 1.0], [1.0 + 1e-15, 2.0]])
    np.testing.assert_allclose(eigen_symmetric(A)[0], [3, 1])


def test_a_matrix_that_is_not_symmetric_is_refused_with_both_entries():
    says = r"symmetric, got 1.0 at index \(0, 1\) and 0.0 at \(1, 0\)"
    with pytest.raises(ValueError, match=says):
        eigen_symmetric([[1.0, 1.0], [0.0, 1.0]])


def test_too_few_sweeps_are_reported():
    A = np.random.default_rng(4).normal(size=(6, 6))
    with pytest.raises(ConvergenceError, match="after 1 sweeps"):
        eigen_symmetric(A + A.T, num_sweeps=1)


# Graphs


def random_links(rng):
    n = int(rng.integers(1, 12))
    return (rng.random((n, n)) < 0.3) * rng.random((n, n))


def test_pagerank_solves_the_linear_system():
    rng = np.random.default_rng(5)
    for _ in range(CASES):
        links, d = random_links(rng), rng.uniform(0, 0.9)
        n = len(links)
        S = np.full((n, n), 1 / n)
        for i, row in enumerate(links):
            if row.any():
                S[:, i] = row / row.sum()
        expected = scipy.linalg.solve(
            np.eye(n) - d * S, np.full(n, (1 - d) / n)
        )
        found = pagerank(links, damping=d)
        np.testing.assert_allclose(found, expected, atol=1e-11, rtol=0)
        assert found.sum() == pytest.approx(1, abs=1e-14)


def test_the_surfers_matrix_is_column_stochastic_and_damped():
    rng = np.random.default_rng(6)
    G = google_matrix(random_links(rng), damping=0.6)
    np.testing.assert_allclose(G.sum(axis=0), 1)
    assert G.min() >= 0.4 / len(G) - 1e-15


def test_without_damping_every_page_is_equal():
    np.testing.assert_allclose(pagerank(np.eye(4), damping=0), 0.25)


def test_pagerank_says_when_it_was_stopped():
    with pytest.raises(ConvergenceError, match="after 2 steps, by"):
        pagerank(np.eye(3, k=1), num_steps=2)


def test_a_loose_tolerance_gives_a_rough_rank():
    links = np.eye(5, k=1)
    rough, fine = pagerank(links, tol=0.1), pagerank(links)
    assert 1e-6 < np.abs(rough - fine).max() < 0.1


@pytest.mark.parametrize(
    ("links", "damping", "says"),
    [
        ([[0.0, -1.0], [1.0, 0.0]], 0.85, "must not be negative, got -1"),
        (np.ones((2, 3)), 0.85, "square"),
        (np.eye(2), 1.0, r"damping must lie in \[0, 1\), got 1.0"),
        (np.eye(2), -0.1, r"damping must lie in \[0, 1\), got -0.1"),
    ],
)
def test_pagerank_refuses_bad_input(links, damping, says):
    with pytest.raises(ValueError, match=says):
        pagerank(links, damping=damping)


def test_the_laplacian_is_that_of_scipy():
    rng = np.random.default_rng(7)
    for _ in range(CASES):
        W = random_links(rng)
        W = W + W.T
        np.fill_diagonal(W, 0)
        expected = scipy.sparse.csgraph.laplacian(W)
        np.testing.assert_allclose(laplacian(W), expected, atol=1e-14)


def test_spectral_clusters_are_the_components_of_a_graph():
    rng = np.random.default_rng(8)
    for _ in range(CASES):
        sizes = rng.integers(1, 6, size=int(rng.integers(1, 5)))
        blocks = [rng.uniform(0.5, 1, size=(n, n)) for n in sizes]
        W = scipy.linalg.block_diag(*blocks)
        mixed = rng.permutation(len(W))
        W = (W + W.T)[np.ix_(mixed, mixed)]
        _, truth = scipy.sparse.csgraph.connected_components(W)
        found = spectral_clustering(W, len(sizes))
        assert found[0] == 0
        pairs = set(zip(truth.tolist(), found.tolist(), strict=True))
        assert len(pairs) == len(sizes)


@given(UNITS, SEEDS)
@settings(max_examples=30)
def test_the_weight_of_a_pages_links_counts_only_beside_each_other(unit, seed):
    rng = np.random.default_rng(seed)
    links = random_links(rng)
    scaled = links * unit ** rng.uniform(-1, 1, size=(len(links), 1))
    np.testing.assert_allclose(
        google_matrix(scaled), google_matrix(links), rtol=1e-12
    )


def test_a_loop_does_not_change_a_laplacian_however_heavy():
    rng = np.random.default_rng(17)
    W = rng.random((5, 5))
    W += W.T
    looped = W - np.diag(np.diag(W)) + np.diag([1e20, 0, 1e300, 1, 2])
    np.testing.assert_array_equal(laplacian(looped), laplacian(W))
    looped[0, 1] += 1
    with pytest.raises(ValueError, match="must be symmetric"):
        laplacian(looped)


def test_a_degree_too_large_for_a_float_is_refused():
    with pytest.raises(ValueError, match="Laplacian must be finite, got inf"):
        laplacian(np.full((3, 3), 1.7e308))


def cycle(n):
    W = np.roll(np.eye(n), 1, axis=0)
    return np.maximum(W, W.T)


def path(n):
    return np.eye(n, k=1) + np.eye(n, k=-1)


def star(n):
    W = np.zeros((n, n))
    W[0, 1:] = W[1:, 0] = 1
    return W


def product(V, W):
    return np.kron(V, np.eye(len(W))) + np.kron(np.eye(len(V)), W)


SYMMETRIC = {
    "complete": lambda n: 1 - np.eye(n),
    "components": lambda n: scipy.linalg.block_diag(
        np.ones((n, n)), np.ones((n, n)), np.ones((3, 3))
    ),
    "cube": lambda _: product(product(path(2), path(2)), path(2)),
    "cycle": cycle,
    "empty": lambda n: np.zeros((n, n)),
    "grid": lambda n: product(path(3), path(n)),
    "path": path,
    "star": star,
    "torus": lambda n: product(cycle(4), cycle(n)),
}


@pytest.mark.parametrize("name", SYMMETRIC)
@given(st.integers(3, 12), st.integers(1, 5), SEEDS)
@settings(max_examples=25)
def test_rounding_does_not_decide_the_parts(name, n, k, seed):
    """Noise of one rounding stands for another processor."""
    W = SYMMETRIC[name](n)
    k = min(k, len(W))
    noise = 1e-16 * np.random.default_rng(seed).normal(size=W.shape)
    labels = spectral_clustering(W, k)
    again = spectral_clustering(W * (1 + noise + noise.T), k)
    np.testing.assert_array_equal(labels, again)
    first = [int(np.argmax(labels == c)) for c in range(k)]
    assert first == sorted(first)
    assert first[0] == 0
    assert set(labels) == set(range(k))


@given(SEEDS, UNITS)
@settings(max_examples=100)
def test_two_parts_are_the_signs_of_the_second_eigenvector(seed, unit):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 25))
    W = np.triu(rng.random((n, n)) * (rng.random((n, n)) < 0.4), 1) + path(n)
    W = np.triu(W, 1) + np.triu(W, 1).T  # the path keeps it connected
    v = np.linalg.eigh(laplacian(W))[1][:, 1]
    if np.abs(v).min() > 1e-9:
        expected = (v * v[0] < 0).astype(int)
        np.testing.assert_array_equal(spectral_clustering(W), expected)
        np.testing.assert_array_equal(spectral_clustering(unit * W), expected)


@pytest.mark.parametrize("n", [3, 4, 5, 8, 13, 20])
def test_a_cycle_is_cut_into_two_arcs_of_nearly_one_length(n):
    labels = spectral_clustering(cycle(n))
    assert np.sum(labels != np.roll(labels, 1)) == 2
    assert abs(np.sum(labels) - n / 2) <= 1


def test_the_middle_of_an_odd_path_joins_its_first_end():
    for n in (3, 5, 9):
        expected = np.arange(n) > n // 2
        np.testing.assert_array_equal(spectral_clustering(path(n)), expected)


def test_k_means_ends_with_every_place_at_its_nearest_centre():
    rng = np.random.default_rng(18)
    for _ in range(CASES):
        n, k = int(rng.integers(4, 30)), int(rng.integers(2, 5))
        Z = rng.normal(size=(n, 2))
        labels = _k_means(Z, k, 1e-14)
        assert set(labels) == set(range(k))
        means = np.array([Z[labels == c].mean(axis=0) for c in range(k)])
        nearest = scipy.spatial.distance.cdist(Z, means).argmin(axis=1)
        np.testing.assert_array_equal(nearest, labels)


def test_an_empty_group_gets_the_place_that_stands_for_it():
    Z = np.array([[1.0, 2.0], [3.0, 2.0], [9.0, 9.0]])
    found = _means(Z, np.array([0, 0, 2]), [Z[2]] * 3)
    np.testing.assert_array_equal(found, [[2, 2], [9, 9], [9, 9]])


def test_k_means_that_does_not_end_is_reported(monkeypatch):
    monkeypatch.setattr(clustering, "LIMIT", 1)
    with pytest.raises(ConvergenceError, match="still change after 1 rounds"):
        spectral_clustering(cycle(9), 3)


def test_spectral_clustering_refuses_bad_input():
    with pytest.raises(ValueError, match=r"symmetric, got 1\.0 at"):
        spectral_clustering([[0.0, 1.0], [0.0, 0.0]])
    with pytest.raises(ValueError, match="k must lie in 1 to 2, got 3"):
        spectral_clustering(np.ones((2, 2)), 3)
    with pytest.raises(ValueError, match="W must not be negative, got -1"):
        spectral_clustering(-np.ones((2, 2)))


# Singular values


def test_the_svd_from_the_gram_matrix_agrees_with_lapack():
    rng = np.random.default_rng(9)
    for _ in range(CASES):
        m, n = random_shape(rng)
        A = with_singular_values(rng, m, n, rng.uniform(1, 5, min(m, n)))
        U, s, Vt = gram_svd(A)
        expected = np.linalg.svd(A, compute_uv=False)
        np.testing.assert_allclose(s, expected, rtol=1e-12)
        np.testing.assert_allclose(U * s @ Vt, A, atol=1e-12)
        np.testing.assert_allclose(U.T @ U, np.eye(len(s)), atol=1e-12)


def test_the_gram_matrix_loses_small_singular_values():
    rng = np.random.default_rng(10)
    A = with_singular_values(rng, 8, 3, [1.0, 1e-4, 1e-10])
    _, s, _ = gram_svd(A)
    assert len(s) == 2
    assert 1e-13 < abs(s[1] / 1e-4 - 1) < 1e-6
    exact = np.linalg.svd(A, compute_uv=False)
    assert exact[2] == pytest.approx(1e-10, rel=1e-4)


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_singular_routines_work_at_any_size(size):
    A = size * np.array([[3.0, 0.0], [0.0, 4.0], [0.0, 0.0]])
    np.testing.assert_allclose(gram_svd(A)[1], [4 * size, 3 * size])
    np.testing.assert_allclose(low_rank(A, 2), A, rtol=1e-12)
    np.testing.assert_allclose(pseudo_inverse(A) @ A, np.eye(2), atol=1e-14)
    assert subspaces(A).null.shape == (2, 0)


@given(UNITS, SEEDS)
@settings(max_examples=40)
def test_singular_routines_do_not_depend_on_the_unit(unit, seed):
    rng = np.random.default_rng(seed)
    A = with_singular_values(rng, 5, 4, [3.0, 2.0, 1.0])
    U, s, Vt = gram_svd(unit * A)
    np.testing.assert_allclose(s, [3 * unit, 2 * unit, unit], rtol=1e-10)
    np.testing.assert_allclose(U * (s / unit) @ Vt, A, atol=1e-12)
    best = low_rank(A, 2)
    np.testing.assert_allclose(low_rank(unit * A, 2) / unit, best, atol=1e-12)
    inverse = np.linalg.pinv(A, rcond=1e-10)
    found = pseudo_inverse(unit * A) * unit
    np.testing.assert_allclose(found, inverse, atol=1e-12)
    assert subspaces(unit * A).row.shape == (4, 3)


@given(st.floats(-18, -12), st.integers(1, 12), st.integers(1, 12))
def test_one_tolerance_decides_every_rank(power, m, n):
    m, n = max(m, 2), max(n, 2)
    A = np.zeros((m, n))
    A[0, 0], A[1, 1] = 1.0, 10.0**power
    r = numerical_rank([1.0, 10.0**power], A.shape)
    assert r == np.linalg.matrix_rank(A)
    assert rank(A) == r
    assert subspaces(A).row.shape == (n, r)
    assert np.count_nonzero(pseudo_inverse(A)) == r


def test_integer_matrices_of_rank_two_have_it_in_every_routine():
    rng = np.random.default_rng(19)
    for _ in range(2000):
        A = rng.integers(-9, 10, (3, 2)) @ rng.integers(-9, 10, (2, 3))
        minors = scipy.linalg.det(A[:2, :2]), np.abs(A).max()
        if abs(minors[0]) < 0.5:  # an integer, and 0
            continue
        assert subspaces(A).row.shape == (3, 2)
        assert len(gram_svd(A)[1]) == 2
        assert np.abs(pseudo_inverse(A)).max() < 1e4


def test_what_float64_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="A⁺ must be finite, got"):
        pseudo_inverse([[1e-310]])
    with pytest.raises(ValueError, match="σ must be finite, got inf"):
        gram_svd(np.full((3, 3), 1.7e308))
    found = pseudo_inverse(np.diag([1.0, 1e-320]), rtol=0)
    np.testing.assert_array_equal(found, np.diag([1.0, 0.0]))


@pytest.mark.parametrize("kappa", [1e2, 1e4, 1e6])
def test_the_columns_of_the_gram_svd_lose_orthogonality(kappa):
    eps = np.finfo(float).eps
    worst = []
    for seed in range(50):
        rng = np.random.default_rng(seed)
        A = with_singular_values(rng, 9, 3, [1.0, 0.5, 1 / kappa])
        U, s, _ = gram_svd(A)
        loss = np.abs(U.T @ U - np.eye(3))
        bound = eps * s[0] ** 2 / np.outer(s, s)
        worst.append(np.max(loss / bound))
        assert np.abs(U[:, :2].T @ U[:, :2] - np.eye(2)).max() < 1e-14
    assert np.median(worst) > 0.1
    assert max(worst) < 20


def test_a_tall_matrix_of_rank_one_has_one_singular_value():
    rng = np.random.default_rng(20)
    for m in (10, 1000, 20_000):
        A = rng.normal(size=(m, 1)) @ rng.normal(size=(1, 3))
        assert len(gram_svd(A)[1]) == 1
    tall = np.zeros((9, 2))
    tall[0, 0], tall[1, 1] = 1.0, np.sqrt(5 * np.finfo(float).eps)
    assert len(gram_svd(tall)[1]) == 1
    assert len(gram_svd(tall[:2])[1]) == 2


def test_a_zero_matrix_has_no_singular_direction():
    with pytest.raises(ValueError, match="A must not be zero"):
        gram_svd(np.zeros((2, 2)))
    np.testing.assert_array_equal(pseudo_inverse(np.zeros((2, 3))), 0)
    found = subspaces(np.zeros((2, 3)))
    assert found.row.shape == (3, 0)
    assert found.left_null.shape == (2, 2)


def test_the_four_subspaces_are_those_of_scipy():
    rng = np.random.default_rng(11)
    for _ in range(CASES):
        m, n = random_shape(rng)
        r = int(rng.integers(1, min(m, n) + 1))
        A = with_singular_values(rng, m, n, rng.uniform(1, 5, r))
        found = subspaces(A)
        for ours, theirs in [
            (found.row, scipy.linalg.orth(A.T)),
            (found.null, scipy.linalg.null_space(A)),
            (found.column, scipy.linalg.orth(A)),
            (found.left_null, scipy.linalg.null_space(A.T)),
        ]:
            assert ours.shape == theirs.shape
            np.testing.assert_allclose(
                ours @ ours.T, theirs @ theirs.T, atol=1e-11
            )


def test_the_tolerance_of_the_rank_decides():
    A = np.diag([1.0, 1e-8])
    assert subspaces(A).row.shape == (2, 2)
    assert subspaces(A, rtol=1e-6).row.shape == (2, 1)
    np.testing.assert_allclose(
        pseudo_inverse(A, rtol=1e-6), np.diag([1.0, 0.0])
    )
    with pytest.raises(ValueError, match=r"rtol must lie in \[0, 1\), got 1"):
        subspaces(A, rtol=1.0)
    with pytest.raises(ValueError, match="rtol"):
        pseudo_inverse(A, rtol=-1.0)


def test_the_pseudo_inverse_is_that_of_numpy():
    rng = np.random.default_rng(12)
    for _ in range(CASES):
        m, n = random_shape(rng)
        r = int(rng.integers(1, min(m, n) + 1))
        A = with_singular_values(rng, m, n, rng.uniform(1, 5, r))
        expected = np.linalg.pinv(A, rcond=1e-10)
        np.testing.assert_allclose(pseudo_inverse(A), expected, atol=1e-12)


def test_rank_deficient_least_squares_gets_its_shortest_solution():
    rng = np.random.default_rng(13)
    A = with_singular_values(rng, 7, 4, [3.0, 1.0])
    b = rng.normal(size=7)
    expected = scipy.linalg.lstsq(A, b, cond=1e-10)[0]
    np.testing.assert_allclose(pseudo_inverse(A) @ b, expected, atol=1e-13)


def test_low_rank_has_the_rank_and_the_error_of_the_dropped_values():
    rng = np.random.default_rng(14)
    for _ in range(CASES):
        m, n = random_shape(rng)
        A = rng.normal(size=(m, n))
        k = int(rng.integers(1, min(m, n) + 1))
        B = low_rank(A, k)
        s = scipy.linalg.svdvals(A)
        assert np.linalg.matrix_rank(B, tol=1e-10) == min(k, len(s))
        gap = np.linalg.norm(A - B)
        assert gap == pytest.approx(np.linalg.norm(s[k:]), abs=1e-13)


def test_no_other_matrix_of_that_rank_is_closer():
    rng = np.random.default_rng(15)
    A = rng.normal(size=(6, 5))
    best = np.linalg.norm(A - low_rank(A, 2))
    for _ in range(CASES):
        F = rng.normal(size=(6, 2))
        B = F @ np.linalg.lstsq(F, A, rcond=None)[0]
        assert np.linalg.norm(A - B) > best


@pytest.mark.parametrize(
    ("k", "error", "says"),
    [
        (0, ValueError, "k must lie in 1 to 2, got 0"),
        (3, ValueError, "k must lie in 1 to 2, got 3"),
        (1.5, TypeError, "k must be a whole number, got 1.5"),
        (True, TypeError, "k must be a whole number, got True"),
    ],
)
def test_a_rank_out_of_range_is_refused(k, error, says):
    with pytest.raises(error, match=says):
        low_rank(np.ones((2, 3)), k)
    with pytest.raises(error, match=says):
        pca([[1.0, 2.0, 3.0], [4.0, 0.0, 1.0]], k)


# Recommender


def table(seed=0, m=30, n=20):
    rng = np.random.default_rng(seed)
    R = rng.normal(size=(m, 2)) @ rng.normal(size=(2, n))
    return R, rng.random((m, n)) < 0.6


def with_holes(seed):
    R, seen = table(seed)
    return R, np.where(seen, R, NAN)


def test_als_fills_the_holes_of_a_low_rank_table():
    R, given = with_holes(0)
    rng = np.random.default_rng(1)
    found = als(given, 2, ridge=1e-6, num_sweeps=100, rng=rng)
    np.testing.assert_allclose(found.predict(), R, atol=1e-3)


def test_als_never_raises_its_loss_and_ends_where_the_gradient_is_zero():
    _, given = with_holes(2)
    rng = np.random.default_rng(3)
    found = als(given, 2, ridge=0.5, num_sweeps=300, rng=rng)
    assert np.all(np.diff(found.losses) <= 1e-9)
    assert found.losses.shape == (301,)
    E = np.nan_to_num(found.predict() - given)
    grad_P = E @ found.Q + 0.5 * found.P
    grad_Q = E.T @ found.P + 0.5 * found.Q
    assert np.abs(grad_P).max() < 1e-4
    assert np.abs(grad_Q).max() < 1e-9
    penalty = 0.5 * (np.sum(found.P**2) + np.sum(found.Q**2))
    assert found.losses[-1] == pytest.approx(np.sum(E**2) + penalty)


def test_with_everything_observed_als_shrinks_the_singular_values():
    R, _ = table(4)
    rng = np.random.default_rng(5)
    found = als(R, 2, ridge=0.5, num_sweeps=200, rng=rng)
    s = scipy.linalg.svdvals(R)[:2]
    got = scipy.linalg.svdvals(found.predict())[:2]
    np.testing.assert_allclose(got, s - 0.5, atol=1e-6)


@given(st.floats(-200, 98).map(lambda power: 10.0**power), SEEDS)
@settings(max_examples=20)
def test_ratings_in_another_unit_are_predicted_in_it(unit, seed):
    _, given = with_holes(seed)
    plain, found = (
        als(
            t * given,
            2,
            ridge=0.3 * t,
            num_sweeps=5,
            rng=np.random.default_rng(seed),
        )
        for t in (1.0, unit)
    )
    np.testing.assert_allclose(
        found.predict() / unit, plain.predict(), atol=1e-9
    )
    if unit > 1e-150:  # or the squares underflow
        np.testing.assert_allclose(
            found.losses / unit / unit, plain.losses, rtol=1e-9
        )


def test_a_row_of_the_fit_is_ridge_regression():
    rng = np.random.default_rng(21)
    for _ in range(CASES):
        c, k = int(rng.integers(1, 9)), int(rng.integers(1, 5))
        F, r, ridge = rng.normal(size=(c, k)), rng.normal(size=c), rng.random()
        found = _fit(r[None], np.ones((1, c), bool), F, ridge)[0]
        grown = np.vstack([F, np.sqrt(ridge) * np.eye(k)])
        longer = np.append(r, np.zeros(k))
        expected = scipy.linalg.lstsq(grown, longer)[0]
        np.testing.assert_allclose(found, expected, atol=1e-10)


@pytest.mark.parametrize("ridge", [1e-200, 1e-30, 1e-18, 1e-12])
def test_a_tiny_penalty_takes_the_shortest_factors(ridge):
    rng = np.random.default_rng(22)
    F = np.outer(rng.normal(size=6), [1.0, 2.0, 3.0]) / 3  # rank 1 of 3
    r = rng.normal(size=6)
    found = _fit(r[None], np.ones((1, 6), bool), F, ridge)[0]
    expected = np.linalg.pinv(F, rcond=1e-10) @ r
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def test_a_penalty_that_outweighs_every_rating_leaves_nothing():
    _, given = with_holes(9)
    found = als(1e-200 * given, 2, rng=np.random.default_rng(1))
    assert np.abs(found.predict()).max() < 1e-300


def test_who_rated_nothing_is_predicted_zero():
    _, given = with_holes(6)
    given[4] = NAN
    found = als(given, 2, rng=np.random.default_rng(7))
    np.testing.assert_array_equal(found.predict()[4], 0)


def test_the_generator_of_als_draws_the_start():
    _, given = with_holes(8)
    first, same, other = (
        als(given, 2, num_sweeps=1, rng=np.random.default_rng(seed)).P
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, same)
    assert np.abs(first - other).max() > 1e-3


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"R": np.full((2, 2), NAN)}, ValueError, "hold a rating, got none"),
        ({"R": [[INF, 1.0]]}, ValueError, r"R must be finite, got inf at"),
        ({"R": [1.0, 2.0]}, ValueError, r"R must be a matrix of shape"),
        ({"R": [[1j]]}, TypeError, "R must be real numbers, got complex128"),
        ({"k": 3}, ValueError, "k must lie in 1 to 2, got 3"),
        ({"R": [[-1e101, 1.0]]}, ValueError, r"1e\+100, got -1e\+101 at ind"),
        ({"R": [[1.0, 2.0], [3.0]]}, ValueError, "R must be rectangular"),
        ({"R": np.ma.ones((2, 2))}, TypeError, "R must not be masked"),
        ({"ridge": 0.0}, ValueError, "ridge must be positive, got 0"),
        (
            {"ridge": 1e301},
            ValueError,
            r"within 1e±300 of max .R. = 1, got 1e",
        ),
        (
            {"R": [[1e99]], "ridge": 1e250},
            ValueError,
            "the losses must be finite, got inf",
        ),
        ({"rng": 0}, TypeError, "rng must be a Generator, got int"),
        ({"num_sweeps": 0}, ValueError, "num_sweeps must be at least 1"),
    ],
)
def test_als_refuses_bad_input(given, error, says):
    with pytest.raises(error, match=says):
        als(
            **{
                "R": np.eye(2),
                "k": 1,
                "rng": np.random.default_rng(0),
                **given,
            }
        )


# Principal components


def test_pca_is_that_of_scikit_learn_up_to_sign():
    rng = np.random.default_rng(16)
    for _ in range(CASES):
        n, d = int(rng.integers(3, 30)), int(rng.integers(1, 6))
        spread = 2.0 ** -np.arange(d)
        X = rng.normal(size=(n, d)) * spread + rng.normal(size=d)
        k = int(rng.integers(1, min(n - 1, d) + 1))
        ours, theirs = (
            pca(X, k),
            decomposition.PCA(k, svd_solver="full").fit(X),
        )
        cosines = np.abs(np.sum(ours.components * theirs.components_, axis=1))
        gap = np.min(-np.diff(np.append(theirs.singular_values_, 0)))
        np.testing.assert_allclose(cosines, 1, atol=1e-10 / min(gap, 1) ** 2)
        np.testing.assert_allclose(
            ours.variances, theirs.explained_variance_, atol=1e-13
        )
        np.testing.assert_allclose(
            ours.ratios, theirs.explained_variance_ratio_, atol=1e-13
        )


@pytest.mark.parametrize("load", [load_iris, load_digits])
def test_pca_of_real_data_is_that_of_scikit_learn(load):
    X = load().data
    ours, theirs = pca(X, 4), decomposition.PCA(4, svd_solver="full").fit(X)
    sign = np.sign(np.sum(ours.components * theirs.components_, axis=1))
    np.testing.assert_allclose(
        ours.transform(X), theirs.transform(X) * sign, atol=1e-10
    )
    np.testing.assert_allclose(
        ours.inverse(ours.transform(X)),
        theirs.inverse_transform(theirs.transform(X)),
        atol=1e-10,
    )


def test_the_variances_are_eigenvalues_of_the_covariance():
    X = load_iris().data
    found = pca(X, 4)
    lam = np.linalg.eigvalsh(np.cov(X.T))[::-1]
    np.testing.assert_allclose(found.variances, lam, rtol=1e-12)
    assert found.ratios.sum() == pytest.approx(1)


def test_new_samples_are_centred_with_the_old_mean():
    X = np.array([[0.0, 0.0], [2.0, 2.0]])
    Z = pca(X, 1).transform([[3.0, 3.0]])
    np.testing.assert_allclose(Z, [[2 * np.sqrt(2)]])


def test_whitened_data_have_unit_covariance():
    X = load_iris().data
    Z = pca(X, 4).whiten(X)
    np.testing.assert_allclose(np.cov(Z.T), np.eye(4), atol=1e-12)


def test_whitening_refuses_a_direction_without_variance():
    X = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]])
    with pytest.raises(ValueError, match="must vary to be whitened, got var"):
        pca(X, 2).whiten(X)


def test_the_largest_entry_of_a_component_is_positive():
    V = pca(load_digits().data, 10).components
    assert np.all(V[np.arange(10), np.argmax(np.abs(V), axis=1)] > 0)


@given(SEEDS)
def test_rounding_does_not_decide_the_sign_of_a_component(seed):
    """Two features that are equal, or opposite, tie for the largest entry."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=30)
    X = np.stack([x, -x, 0.3 * rng.normal(size=30)], axis=1)
    X[:, :2] *= 1 + 1e-15 * rng.normal(size=(30, 2))
    v = pca(X, 1).components[0]
    assert v[0] > 0 > v[1]
    w = pca(X[rng.permutation(30)], 1).components[0]
    np.testing.assert_allclose(w, v, atol=1e-9)


@given(st.floats(-300, 150).map(lambda power: 10.0**power), SEEDS)
@settings(max_examples=40)
def test_the_components_do_not_depend_on_the_unit(unit, seed):
    X = np.random.default_rng(seed).normal(size=(9, 3)) * [3, 2, 1] + 5
    plain, found = pca(X, 3), pca(unit * X, 3)
    np.testing.assert_allclose(found.components, plain.components, atol=1e-9)
    np.testing.assert_allclose(found.ratios, plain.ratios, rtol=1e-12)
    np.testing.assert_allclose(
        found.deviations / unit, plain.deviations, rtol=1e-12
    )
    np.testing.assert_allclose(
        found.whiten(unit * X), plain.whiten(X), atol=1e-9
    )


def test_deviations_are_roots_of_variances():
    found = pca(load_iris().data, 3)
    np.testing.assert_allclose(found.deviations**2, found.variances)


@given(SEEDS, st.integers(2, 40))
def test_constant_samples_have_no_variance(seed, n):
    """Their computed mean may differ from them; they do not vary."""
    rng = np.random.default_rng(seed)
    row = rng.normal(size=3) * 10.0 ** rng.integers(-9, 9, size=3)
    with pytest.raises(ValueError, match=f"must vary, got {n} equal samples"):
        pca(np.tile(row, (n, 1)), 1)


def test_a_constant_feature_has_no_variance_beside_others():
    x = np.arange(7.0)
    found = pca(np.stack([x, np.full(7, 0.7)], axis=1), 2)
    np.testing.assert_array_equal(found.components[0], [1, 0])
    assert found.variances[1] == 0


def test_a_far_mean_does_not_hide_the_variance():
    x = np.arange(7.0)[:, None]
    found = pca(1e15 + x, 1)
    assert found.variances[0] == pytest.approx(np.var(x, ddof=1), rel=1e-14)


def test_what_rounding_adds_to_a_rank_is_no_variance():
    rng = np.random.default_rng(23)
    for _ in range(CASES):
        n, d = int(rng.integers(4, 60)), int(rng.integers(3, 7))
        X = rng.normal(size=(n, 2)) @ rng.normal(size=(2, d))
        found = pca(X, 3)
        np.testing.assert_array_equal(found.variances[2:], 0)
        with pytest.raises(
            ValueError, match="got variance 0 in the last of 3"
        ):
            found.whiten(X)


def test_reversing_the_features_reverses_the_components():
    X = load_iris().data
    np.testing.assert_allclose(
        pca(X, 2).components, pca(X[:, ::-1], 2).components[:, ::-1]
    )


@pytest.mark.parametrize(
    ("X", "says"),
    [
        ([[1.0, 2.0]], "X must have two samples or more, got 1"),
        ([[1.0, 2.0], [1.0, 2.0]], "X must vary, got 2 equal samples"),
        ([1.0, 2.0], r"X must be a matrix of shape \(m, n\), got \(2,\)"),
        ([[1.0], [INF]], "X must be finite, got inf"),
    ],
)
def test_pca_refuses_bad_input(X, says):
    with pytest.raises(ValueError, match=says):
        pca(X, 1)


def test_samples_and_coordinates_must_fit_the_components():
    found = pca(load_iris().data, 2)
    with pytest.raises(ValueError, match=r"X must have 4 columns, got \(1, 3"):
        found.transform(np.ones((1, 3)))
    with pytest.raises(ValueError, match=r"Z must have 2 columns, got \(1, 3"):
        found.inverse(np.ones((1, 3)))
    with pytest.raises(ValueError, match="the coordinates must be finite"):
        found.transform(np.full((1, 4), 1.7e308))
    turned = pca([[2.0, 2.0], [-2.0, -2.0], [1.0, -1.0], [-1.0, 1.0]], 2)
    with pytest.raises(ValueError, match="the samples must be finite"):
        turned.inverse([[1.7e308, 1.7e308]])
    with pytest.raises(ValueError, match="the coordinates must be finite"):
        pca([[0.0], [1e-200]], 1).whiten([[1e200]])
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.mean = 0


# The picture


def test_the_picture_is_grey_and_the_lake_mirrors_the_hills():
    image = picture()
    assert image.shape == (96, 128)
    assert image.min() >= 0
    assert image.max() <= 1
    assert picture(10, 20).shape == (10, 20)
    with pytest.raises(ValueError, match="height"):
        picture(0, 20)


# What all refuse

ROUTINES = {
    "als": lambda A: als(A, 1, rng=np.random.default_rng(0)),
    "eigen_symmetric": eigen_symmetric,
    "google_matrix": google_matrix,
    "gram_svd": gram_svd,
    "laplacian": laplacian,
    "low_rank": lambda A: low_rank(A, 1),
    "pagerank": pagerank,
    "pca": lambda A: pca(A, 1),
    "power_iteration": power_iteration,
    "pseudo_inverse": pseudo_inverse,
    "spectral_clustering": spectral_clustering,
    "subspaces": subspaces,
}


@pytest.mark.parametrize("name", ROUTINES)
@pytest.mark.parametrize(
    ("A", "error", "says"),
    [
        (3.0, ValueError, r"matrix of shape \(m, n\), got \(\)"),
        (np.ones((2, 2, 2)), ValueError, r"got \(2, 2, 2\)"),
        ([[1.0, INF], [1.0, 1.0]], ValueError, r"got inf at index \(0, 1\)"),
        ([[1.0, 1j], [1.0, 1.0]], TypeError, "real numbers, got complex128"),
        ([["a"]], TypeError, "real numbers, got <U1"),
    ],
)
def test_every_routine_refuses_what_is_no_real_matrix(name, A, error, says):
    with pytest.raises(error, match=says):
        ROUTINES[name](A)


@pytest.mark.parametrize("name", ROUTINES)
def test_every_routine_refuses_nothing_at_all(name):
    with pytest.raises(ValueError, match=r"must not be empty|hold a rating"):
        ROUTINES[name](np.empty((0, 0)))


@pytest.mark.parametrize("name", sorted(set(ROUTINES) - {"als"}))
def test_every_routine_but_als_refuses_nan(name):
    with pytest.raises(ValueError, match=r"finite, got nan at index \(1, 0\)"):
        ROUTINES[name]([[1.0, 2.0], [NAN, 1.0]])


@pytest.mark.parametrize(
    "name",
    [
        "eigen_symmetric",
        "google_matrix",
        "laplacian",
        "pagerank",
        "power_iteration",
        "spectral_clustering",
    ],
)
def test_a_matrix_that_is_not_square_is_refused(name):
    with pytest.raises(ValueError, match=r"must be square, got \(2, 3\)"):
        ROUTINES[name](np.ones((2, 3)))


def test_a_size_whose_square_overflows_is_refused():
    with pytest.raises(ValueError, match=r"a finite variance, got σ₁ = 1\.4e"):
        pca([[1e200], [-1e200]], 1)
    with pytest.raises(ValueError, match=r"variance, got entries up to 1\.7e"):
        pca([[1.7e308], [-1.7e308]], 1)
    with pytest.raises(ValueError, match=r"below 1e\+100, got 1e\+200"):
        als([[1e200]], 1, rng=np.random.default_rng(0))


@pytest.mark.parametrize("name", ROUTINES)
def test_the_array_of_the_caller_is_not_changed(name):
    A = np.array([[2.0, 1.0], [1.0, 3.0]])
    ROUTINES[name](A)
    np.testing.assert_array_equal(A, [[2, 1], [1, 3]])


# What any argument may be

GOOD = np.array([[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 4.0]])
PUBLIC = {
    "als": (als, {"R": GOOD, "k": 2, "ridge": 1.0, "num_sweeps": 3}),
    "eigen_symmetric": (eigen_symmetric, {"A": GOOD, "num_sweeps": 9}),
    "google_matrix": (google_matrix, {"links": GOOD, "damping": 0.5}),
    "gram_svd": (gram_svd, {"A": GOOD}),
    "inverse": (pca(GOOD, 2).inverse, {"Z": GOOD[:, :2]}),
    "laplacian": (laplacian, {"W": GOOD}),
    "low_rank": (low_rank, {"A": GOOD, "k": 2}),
    "pagerank": (
        pagerank,
        {"links": GOOD, "damping": 0.5, "num_steps": 99, "tol": 1e-8},
    ),
    "pca": (pca, {"X": GOOD, "k": 2}),
    "picture": (picture, {"height": 5, "width": 5}),
    "power_iteration": (
        power_iteration,
        {"A": GOOD, "x0": [1.0, 0.0, 0.0], "num_steps": 99, "tol": 1e-8},
    ),
    "pseudo_inverse": (pseudo_inverse, {"A": GOOD, "rtol": 0.1}),
    "spectral_clustering": (spectral_clustering, {"W": GOOD, "k": 2}),
    "subspaces": (subspaces, {"A": GOOD, "rtol": 0.1}),
    "transform": (pca(GOOD, 2).transform, {"X": GOOD}),
    "whiten": (pca(GOOD, 2).whiten, {"X": GOOD}),
}
ANYTHING = [
    *(None, "a", b"a", [["a"]], {}, set(), slice(2), np.datetime64("2020")),
    *(True, -1, 0, 7, 2.5, 1e300, 1e-300, 1e308, 5e-324, NAN, INF, 1j),
    *([], [[]], [1.0, 2.0], [1.0, [2.0]], [[1.0, 2.0], [3.0]], range(3)),
    *(np.ones((2, 3)), np.ones((3, 2)), np.ones((3, 3, 3)), np.array(None)),
    *(NAN * GOOD, np.full((3, 3), INF), GOOD + 1j),
    *(
        np.ma.array(GOOD, mask=GOOD == 0),
        GOOD.astype(object),
        GOOD.astype(str),
    ),
    *(-GOOD, 0 * GOOD, GOOD > 0, GOOD.astype(int), GOOD.astype(np.float16)),
    *(1e300 * GOOD, 1e307 * GOOD, 1e-300 * GOOD, 1e-323 * GOOD),
    *(np.full((3, 3), 1.7e308), np.diag([1e300, 1e-300, 1.0])),
    *(np.diag([1.7e308, -1.7e308, 1.0]), np.array([1.7e308, -1.7e308, 1.0])),
]


def finite(found):
    if isinstance(found, tuple):
        return all(finite(part) for part in found)
    if isinstance(found, float | int | np.generic | np.ndarray):
        return bool(np.all(np.isfinite(found)))
    return all(finite(part) for part in vars(found).values())


def is_sound(function, given):
    """A rule that was broken, an iteration that gave up, or numbers."""
    try:
        return finite(function(**given))
    except (ValueError, TypeError) as error:
        return "must" in str(error)
    except ConvergenceError:
        return True


@pytest.mark.parametrize(
    ("name", "argument"), [(n, a) for n in PUBLIC for a in PUBLIC[n][1]]
)
def test_every_input_is_refused_by_a_rule_or_answered(name, argument):
    function, given = PUBLIC[name]
    for value in ANYTHING:
        changed = {**given, argument: value}
        if name == "als":
            changed["rng"] = np.random.default_rng(0)
        assert is_sound(function, changed), value
