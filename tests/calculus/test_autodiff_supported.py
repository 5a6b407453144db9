"""Every entry of the page of what is supported, in both modes.

The value of a run is the plain value; its gradient is that of differences,
of the other mode, and of an independent library.
"""

import contextlib
import itertools
import operator

import autograd
import autograd.numpy as anp
import jax
import numpy as np
import pytest

from derivable.calculus import grad, jvp, numerical_gradient, vjp
from derivable.calculus.autodiff import supported
from derivable.calculus.autodiff.functions import FUNCTIONS, STEPS
from derivable.calculus.autodiff.rules import ALL, FLAT
from derivable.calculus.autodiff.supported import OPERATORS
from derivable.calculus.autodiff.tensor import Tensor

NAMES = {np.absolute: "abs"}
HALF = np.array([1.5, 0.5, 2.5])
SQUARE = np.array([[3.0, 0.5, 0.2], [0.1, 2.5, 0.7], [0.9, 0.3, 4.0]])
DOMAIN = {
    "arccosh": (1.2, 3),
    "log": (0.3, 3),
    "log2": (0.3, 3),
    "log10": (0.3, 3),
    "log1p": (0.3, 3),
    "sqrt": (0.3, 3),
    "reciprocal": (0.3, 3),
    "cbrt": (0.3, 3),
    "remainder": (0.3, 3),
    "power": (0.3, 3),
    "divide": (0.3, 3),
    "arcsin": (-0.8, 0.8),
    "arccos": (-0.8, 0.8),
    "arctanh": (-0.8, 0.8),
    "tan": (-1, 1),
}
DEFAULT = (-2, 2)


def draw(seed, shape, domain=DEFAULT):
    """Numbers that keep away from 0 and from each other."""
    rng = np.random.default_rng(seed)
    low, high = domain
    n = int(np.prod(shape))
    steps = np.linspace(low, high, 2 * n + 1)[1::2]
    steps = steps + rng.uniform(-0.3, 0.3, size=n) * (high - low) / n
    return rng.permutation(steps).reshape(shape)


def independent(f, x, w, g):
    """The gradient of Σ w f by autograd; by JAX where that has a fault.

    Autograd has no rule for some functions, and wrong ones for inner,
    axes of stacks and repeated letters of einsum.
    """
    with contextlib.suppress(Exception):
        theirs = autograd.grad(lambda x: anp.sum(w * f(anp, x)))(x)
        if theirs.shape == g.shape and np.allclose(theirs, g):
            return theirs
    with jax.enable_x64():
        jnp = jax.numpy
        loss = lambda x: jnp.sum(w * f(jnp, x))  # noqa: E731
        return np.asarray(jax.grad(loss)(jnp.asarray(x)))


def agree(f, x, *, other=True, order=2):
    """One program at one place: all routes to its derivatives agree."""
    plain = f(np, x)
    of_x = lambda x: f(np, x)  # noqa: E731
    single = x.dtype == np.float32
    tolerance = 2e-5 if single else 1e-12
    y, pullback = vjp(of_x, x)
    assert np.shape(y) == np.shape(plain)
    np.testing.assert_allclose(y, plain, rtol=tolerance, atol=tolerance)
    w = np.random.default_rng(3).normal(size=np.shape(plain))
    g = pullback(w)
    assert g.shape == x.shape
    assert g.dtype == np.float64
    exact = np.asarray(x, dtype=np.float64)
    loss = lambda x: np.sum(w * f(np, x))  # noqa: E731
    scale = 1 + np.max(np.abs(g), initial=0)
    by_differences = numerical_gradient(loss, exact)
    np.testing.assert_allclose(g, by_differences, rtol=0, atol=2e-7 * scale)
    v = np.random.default_rng(4).normal(size=x.shape)
    value, slope = jvp(of_x, x, v)
    np.testing.assert_allclose(value, plain, rtol=tolerance, atol=tolerance)
    assert np.sum(w * slope) == pytest.approx(np.sum(g * v), rel=1e-10)
    if other:
        theirs = independent(f, exact, w, g)
        np.testing.assert_allclose(g, theirs, rtol=0, atol=1e-10 * scale)
    if order == 2:
        second = grad(lambda x: np.sum(grad(loss)(x) * v))(exact)
        mixed = jvp(grad(loss), exact, v)[1]
        scale = 1 + np.max(np.abs(second), initial=0)
        np.testing.assert_allclose(second, mixed, rtol=0, atol=1e-9 * scale)
        differences = numerical_gradient(
            lambda x: np.sum(grad(loss)(x) * v), exact
        )
        np.testing.assert_allclose(
            second, differences, rtol=0, atol=1e-6 * scale
        )


def places(seed, shape, domain=DEFAULT):
    """Float64, float32 and whole numbers in the domain."""
    x = draw(seed, shape, domain)
    yield x
    yield x.astype(np.float32)
    low, high = domain
    whole = [i for i in (1, 2, -1) if low < i < high and i]
    if whole:
        yield np.resize(whole, shape)


UFUNCS = {f.__name__: f for f in ALL}
UNARY = [name for name, f in UFUNCS.items() if f.nin == 1]
BINARY = [name for name, f in UFUNCS.items() if f.nin == 2]
SHAPES = [(), (3,), (2, 3), (2, 1, 3)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", UNARY)
def test_an_elementary_function_of_one_operand(name, shape):
    for x in places(1, shape, DOMAIN.get(name, DEFAULT)):
        if name == "reciprocal" and x.dtype.kind == "i":
            continue  # NumPy divides whole numbers without remainder
        first = x.dtype == np.float64
        agree(lambda np, x: getattr(np, name)(x), x, other=first)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ((), ()),
        ((3,), ()),
        ((2, 3), (3,)),
        ((2, 1), (1, 3)),
        ((2, 1, 3), (2, 1)),
    ],
)
@pytest.mark.parametrize("name", set(BINARY) - {"matmul"})
def test_an_elementary_function_of_two_operands(name, one, two):
    domain = DOMAIN.get(name, DEFAULT)
    for k, (shape, other) in enumerate([(one, two), (two, one)]):
        c = draw(7, other, domain) * 1.0301
        for x in places(2 + k, shape, domain):
            first = x.dtype == np.float64 and shape == (2, 3)
            call = lambda np, a, b: getattr(np, name)(a, b)  # noqa: E731
            agree(lambda np, x: call(np, x, c), x, other=first)
            agree(lambda np, x: call(np, c, x), x, other=first)
    agree(
        lambda np, x: getattr(np, name)(x, 0.5 + x * x),
        draw(5, (2, 3), domain),
    )


PYTHON = {
    "a + b": operator.add,
    "a - b": operator.sub,
    "a * b": operator.mul,
    "a / b": operator.truediv,
    "a ** b": operator.pow,
    "a % b": operator.mod,
    "a // b": operator.floordiv,
    "a @ b": operator.matmul,
    "+a": operator.pos,
    "-a": operator.neg,
    "abs(a)": abs,
    "a == b": operator.eq,
    "a != b": operator.ne,
    "a < b": operator.lt,
    "a <= b": operator.le,
    "a > b": operator.gt,
    "a >= b": operator.ge,
}


def test_every_operator_of_the_page_is_tested():
    assert set(PYTHON) == set(OPERATORS.values())


@pytest.mark.parametrize("form", PYTHON)
def test_an_operator(form):
    call = PYTHON[form]
    square = draw(1, (3, 3), (0.3, 3))
    other = 1.07 * square.T
    others = [other, other.astype(np.float32), np.full((3, 3), 2)]
    if "b" not in form.removeprefix("abs"):
        agree(lambda np, x: call(x), square)
    elif form in ("a == b", "a != b", "a < b", "a <= b", "a > b", "a >= b"):
        for c in (square.T.copy(), 1.0, square[0].copy()):
            for found in (
                [call(Tensor(square), c), call(square, c)],
                [call(c, Tensor(square)), call(c, square)],
            ):
                assert type(found[0]) is type(found[1])
                np.testing.assert_array_equal(*found)
            slope = np.where(call(square, c), 2 * square, 0.0)
            f = lambda x, c=c: np.where(call(x, c), x * x, 5.0)  # noqa: E731
            y, pullback = vjp(f, square)
            np.testing.assert_array_equal(y, f(square))
            np.testing.assert_array_equal(pullback(np.ones((3, 3))), slope)
            y, tangent = jvp(f, square, np.ones((3, 3)))
            np.testing.assert_array_equal(y, f(square))
            np.testing.assert_array_equal(tangent, slope)
    else:
        for c in others if form == "a @ b" else [*others, 2, 1.5]:
            agree(lambda np, x, c=c: call(x, c), square, other=False)
            agree(lambda np, x, c=c: call(c, x), square, other=False)


REDUCTIONS = [
    {},
    {"axis": 0},
    {"axis": -1},
    {"axis": (0, -1)},
    {"axis": 1, "keepdims": True},
    {"keepdims": True},
    {"axis": np.int64(0)},
    {"axis": (np.int64(-2),), "keepdims": True},
]
FORMS = {
    np.reshape: [
        lambda np, x: np.reshape(x, (4, 6)),
        lambda np, x: x.reshape(-1),
        lambda np, x: x.reshape(2, -1) ** 2,
    ],
    np.broadcast_to: [lambda np, x: np.broadcast_to(x, (2, 2, 3, 4)) ** 2],
    np.cumsum: [
        lambda np, x: np.cumsum(x) ** 2,
        *(
            lambda np, x, i=i: np.cumsum(x * x, axis=i)
            for i in (0, 1, 2, -1, -2, -3)
        ),
    ],
    np.copy: [
        lambda np, x: np.array(x) * x if np is jax.numpy else x.copy() * x
    ],
    np.ravel: [
        lambda np, x: np.ravel(x) ** 2,
        lambda np, x: x.flatten() ** 2,
    ],
    np.expand_dims: [
        lambda np, x, i=i: np.expand_dims(x, i) ** 2
        for i in (0, 2, -1, -4, (0, -1))
    ],
    np.squeeze: [
        lambda np, x: np.squeeze(x[:1] ** 2),
        lambda np, x: np.squeeze(x[:, :1] ** 2, axis=1),
        lambda np, x: np.squeeze(x[..., :1] ** 2, axis=-1),
    ],
    np.swapaxes: [
        lambda np, x, i=i, j=j: np.swapaxes(x, i, j) ** 2
        for i, j in [(0, 1), (-1, 0), (2, -2), (1, 1)]
    ],
    np.moveaxis: [
        lambda np, x, i=i, j=j: np.moveaxis(x, i, j) ** 2
        for i, j in [(0, 2), (-1, 0), ((0, 1), (-1, 0)), (1, -1)]
    ],
    np.transpose: [
        lambda np, x: np.transpose(x) ** 2,
        lambda np, x: x.T * 2,
        *(
            lambda np, x, p=p: np.transpose(x * x, p)
            for q in itertools.permutations(range(3))
            for p in (q, tuple(i - 3 for i in q), (q[0], q[1] - 3, q[2]))
        ),
    ],
    np.flip: [
        lambda np, x, i=i: np.flip(x * x, i) for i in (None, 0, -1, (0, -2))
    ],
    np.diagonal: [
        lambda np, x, k=k: np.diagonal(x * x, *k)
        for k in [(), (1,), (-1,), (0, 1, 2), (1, -1, 0), (-2, 2, 1)]
    ],
    np.trace: [
        lambda np, x, k=k: np.trace(x * x, *k)
        for k in [(), (1,), (-1, 1, 2), (0, -1, -2)]
    ],
    np.diag: [
        lambda np, x: np.diag(x[0, 0] ** 2),
        lambda np, x: np.diag(x[0, 0] ** 2, 1),
        lambda np, x: np.diag(x[0, 0] ** 2, -2),
        lambda np, x: np.diag(x[0] ** 2),
        lambda np, x: np.diag(x[0] ** 2, -1),
    ],
    np.tril: [lambda np, x, k=k: np.tril(x * x, k) for k in (0, 1, -1)],
    np.triu: [lambda np, x, k=k: np.triu(x * x, k) for k in (0, 1, -1)],
    np.diff: [
        lambda np, x: np.diff(x * x),
        lambda np, x: np.diff(x * x, 2, axis=-2),
        lambda np, x: np.diff(x * x, axis=0),
    ],
    np.clip: [
        lambda np, x: np.clip(x * x, 0.5, 1.5),
        lambda np, x: np.clip(x, -0.4, None),
        lambda np, x: np.clip(x, HALF[:, None] - 1.2, 2 * HALF[:, None]),
        lambda np, x: np.clip(0.3, x - 1.2, x),
    ],
    np.where: [
        lambda np, x: np.where(x > 0, x * x, -x),
        lambda np, x: np.where(x > 0, 3.0, x**2),
        lambda np, x: np.where(x[0] > 0, x, x[:, :1] * 2),
    ],
    np.concatenate: [
        lambda np, x: np.concatenate([x, 2 * x * x]),
        lambda np, x: np.concatenate([x, np.ones((2, 1, 4)), x * x], axis=1),
        lambda np, x: np.concatenate((x, x * x), axis=-1),
        lambda np, x: np.concatenate((x, x * x), axis=None),
    ],
    np.roll: [
        lambda np, x: np.roll(x * x, 5),
        lambda np, x: np.roll(x * x, -1, axis=-2),
        lambda np, x: np.roll(x * x, 2, axis=0),
    ],
    np.stack: [
        lambda np, x, i=i: np.stack([x * x, np.ones((2, 3, 4)), x], axis=i)
        for i in (0, 1, -1, -4)
    ]
    + [lambda np, x: np.stack([x[0, 0, 0] ** 2, 1.0, x[1, 1, 1]])],
    np.hstack: [
        lambda np, x: np.hstack([x * x, x]),
        lambda np, x: np.hstack([x[0, 0], x[0, 1, :2] ** 2]),
    ],
    np.vstack: [
        lambda np, x: np.vstack([x * x, x]),
        lambda np, x: np.vstack([x[0, 0], x[0, 1] ** 2]),
    ],
    np.column_stack: [
        lambda np, x: np.column_stack([x[0] ** 2, x[0]]),
        lambda np, x: np.column_stack([x[0, 0], x[0, 1] ** 2]),
    ],
}
for _f in (
    np.sum,
    np.mean,
    np.max,
    np.min,
    np.amax,
    np.amin,
    np.prod,
    np.var,
    np.std,
):
    FORMS[_f] = [
        lambda np, x, f=_f.__name__, k=k: getattr(np, f)(x, **k)
        for k in REDUCTIONS
    ]
    if _f not in (np.amax, np.amin):
        FORMS[_f].append(
            lambda np, x, f=_f.__name__: getattr(x * x, f)(axis=-1)
        )
for _f in (np.var, np.std):
    FORMS[_f] += [
        lambda np, x, f=_f.__name__: getattr(np, f)(x, axis=(0, -1), ddof=1),
        lambda np, x, f=_f.__name__: getattr(np, f)(x, axis=-2, ddof=2),
    ]
EINSUMS = [
    ("ij,jk->ik", (2, 3), (3, 2)),
    ("ij,jk", (2, 3), (3, 2)),
    ("ij,ij->", (2, 3), (2, 3)),
    ("ij->ji", (2, 3)),
    ("ij->j", (2, 3)),
    ("ij->", (2, 3)),
    ("ii->i", (3, 3)),
    ("ii", (3, 3)),
    ("iij->j", (2, 2, 3)),
    ("i,j->ij", (2,), (3,)),
    ("bij,bjk->bik", (2, 2, 3), (2, 3, 2)),
    ("...ij,...jk->...ik", (2, 2, 3), (3, 2)),
    ("...i,...i", (2, 3), (3,)),
    ("i...,i...->...", (2, 3), (2, 3)),
    ("ij,j,i->", (2, 3), (3,), (2,)),
    ("ij,jk,kl->il", (2, 3), (3, 2), (2, 2)),
    ("i,i,i->i", (3,), (3,), (3,)),
    ("ij,kj->k", (2, 3), (2, 3)),
    ("ii,ij->j", (3, 3), (3, 2)),
    (" i j , j -> i ", (2, 3), (3,)),
]
MATRICES = [SQUARE, np.stack([SQUARE, SQUARE.T + np.diag(HALF)])]
SYMMETRIC = [A + np.swapaxes(A, -1, -2) for A in MATRICES]
RECTANGLES = [draw(1, (3, 2)), draw(2, (2, 3)), draw(3, (2, 2, 3))]


def lapack(name):
    return lambda np, x, *rest: getattr(np.linalg, name)(x, *rest)


LINALG = {
    np.linalg.inv: [(lapack("inv"), A) for A in MATRICES],
    np.linalg.cholesky: [
        *((lapack("cholesky"), A) for A in MATRICES),
        (lambda np, x: np.linalg.cholesky(x @ x.T), SQUARE),
    ],
    np.linalg.det: [(lapack("det"), A) for A in MATRICES],
    np.linalg.slogdet: [
        (lambda np, x: np.linalg.slogdet(x)[1], A) for A in MATRICES
    ],
    np.linalg.solve: [
        *((lambda np, x: np.linalg.solve(x, HALF), A) for A in MATRICES[:1]),
        *((lambda np, x: np.linalg.solve(x, SQUARE), A) for A in MATRICES),
        (lambda np, x: np.linalg.solve(SQUARE, x), HALF),
        (lambda np, x: np.linalg.solve(SQUARE, x), SQUARE.T.copy()),
        (lambda np, x: np.linalg.solve(MATRICES[1], x), SQUARE.T.copy()),
        (lambda np, x: np.linalg.solve(x, x[:, 0] ** 2), SQUARE),
        (lambda np, x: np.linalg.solve(x, x @ x + x.T), SQUARE),
    ],
    np.linalg.eigh: [
        *((lambda np, x: np.linalg.eigh(x)[0], A) for A in SYMMETRIC),
        *((lambda np, x: np.linalg.eigh(x, "U")[0], A) for A in MATRICES),
        *((lambda np, x: np.linalg.eigh(x)[1] ** 2, A) for A in SYMMETRIC),
    ],
    np.linalg.eigvalsh: [
        *((lapack("eigvalsh"), A) for A in MATRICES),
        (lambda np, x: np.linalg.eigvalsh(x, "U"), SQUARE),
    ],
    np.linalg.svd: [
        (lambda np, x: np.linalg.svd(x, compute_uv=False), A)
        for A in [*MATRICES, *RECTANGLES]
    ],
    np.linalg.svdvals: [(lapack("svdvals"), A) for A in RECTANGLES],
    np.linalg.norm: [
        *((lapack("norm"), A) for A in [HALF, *MATRICES]),
        *(
            (lambda np, x, p=p: np.linalg.norm(x, p), HALF - 1.1)
            for p in (1, 2, 3, 1.5, np.inf, -np.inf, -1, -2)
        ),
        *(
            (lambda np, x, p=p: np.linalg.norm(x, p), A)
            for p in ("fro", "nuc", 1, -1, 2, -2, np.inf, -np.inf)
            for A in RECTANGLES[:2]
        ),
        *(
            (
                lambda np, x, k=k: np.linalg.norm(x, **k),
                RECTANGLES[2],
            )
            for k in (
                {"axis": -1},
                {"axis": 0, "keepdims": True},
                {"ord": 1, "axis": 1},
                {"ord": "nuc", "axis": (-2, -1)},
                {"ord": 2, "axis": (1, 2), "keepdims": True},
                {"ord": np.inf, "axis": (2, 0)},
                {"ord": "fro", "axis": (0, -1)},
                {"keepdims": True},
            )
        ),
    ],
}
DOTS = [
    (a, b)
    for a, b in itertools.product([(), (3,), (2, 3), (2, 2, 3)], repeat=2)
]


def contracted(a, b):
    """A second operand whose last axis but one fits the first."""
    if len(b) > 1 and len(a) > 0:
        return (*b[:-2], 3, 2)
    return b


@pytest.mark.parametrize("f", FORMS, ids=lambda f: f.__name__)
def test_sums_shapes_and_selections(f):
    shape = (3, 4) if f is np.broadcast_to else (2, 3, 4)
    for form in FORMS[f]:
        kinds = list(places(6, shape))
        if f in (np.max, np.min, np.amax, np.amin):
            kinds = kinds[:2]  # whole numbers have ties
        if f in (np.prod, np.clip, np.where, np.std):
            kinds = kinds[:2]
        for x in kinds:
            agree(form, x, other=x.dtype == np.float64)


@pytest.mark.parametrize("f", [np.sum, np.mean, np.max, np.min, np.prod])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
def test_a_reduction_of_fewer_axes(f, shape):
    name = f.__name__
    agree(lambda np, x: getattr(np, name)(x), draw(1, shape))
    if shape:
        agree(lambda np, x: getattr(np, name)(x, axis=-1), draw(1, shape))


@pytest.mark.parametrize("f", LINALG, ids=lambda f: f.__name__)
def test_linear_algebra(f):
    for k, (form, x) in enumerate(LINALG[f]):
        triangle = f in (
            np.linalg.cholesky,
            np.linalg.eigh,
            np.linalg.eigvalsh,
        )
        some = f is not np.linalg.norm or k % 4 == 0  # JAX is slow to start
        agree(form, x, other=some and not triangle)
        agree(form, x.astype(np.float32), other=False, order=1)


@pytest.mark.parametrize(("a", "b"), DOTS)
def test_dot_is_that_of_numpy(a, b):
    b = contracted(a, b)
    for x, y in [
        (draw(1, a), draw(2, b)),
        (draw(1, a), np.ones(b, dtype=int)),
    ]:
        agree(lambda np, x: np.dot(x, y), x)
        if y.dtype == np.float64:
            agree(lambda np, y: np.dot(x, y), y)
            agree(lambda np, x: x.dot(y) * np.dot(x, y), x, other=False)


@pytest.mark.parametrize(("a", "b"), DOTS)
def test_inner_and_outer_are_those_of_numpy(a, b):
    x, y = draw(1, a), draw(2, b)
    for name in ("inner", "outer"):
        other = (a, b) in [((3,), (3,)), ((2, 3), (2, 2, 3))]
        agree(lambda np, x: getattr(np, name)(x, y), x, other=other)
        agree(lambda np, y: getattr(np, name)(x, y), y, other=other)


def test_tensordot_is_that_of_numpy():
    x = draw(1, (2, 3, 4))
    for y, axes in [
        (draw(2, (4, 3)), 1),
        (draw(2, (3, 4, 2)), 2),
        (draw(2, (2,)), 0),
        (draw(2, (4, 2)), ([0, -1], [1, 0])),
        (draw(2, (3, 5)), (1, 0)),
    ]:
        agree(lambda np, x: np.tensordot(x, y, axes), x)
        agree(lambda np, y: np.tensordot(x, y, axes), y)


@pytest.mark.parametrize("case", EINSUMS, ids=lambda case: case[0])
def test_einsum_is_that_of_numpy(case):
    text, *shapes = case
    arrays = [draw(i, s) for i, s in enumerate(shapes)]
    for i in range(len(arrays)):

        def form(np, x, i=i):
            return np.einsum(text, *arrays[:i], x, *arrays[i + 1 :])

        agree(form, arrays[i])
        agree(form, arrays[i].astype(np.float32), other=False)
    if len(set(shapes)) == 1:
        agree(lambda np, x: np.einsum(text, *[x] * len(shapes)), arrays[0])


def test_axes_of_length_1_repeat_in_einsum_as_in_numpy():
    x, y = draw(1, (1, 3)), draw(2, (2, 3))
    agree(lambda np, x: np.einsum("ij,ij->ij", x, y), x, other=False)
    agree(lambda np, y: np.einsum("ij,ij", x, y), y, other=False)


STEP_CALLS = {
    np.full_like: lambda f, x: f(x, 2.0),
    np.array_equal: lambda f, x: f(x, x),
    np.allclose: lambda f, x: f(x, 1.0),
    np.isclose: lambda f, x: f(x, 1.0),
}


@pytest.mark.parametrize(
    "f",
    sorted(FLAT | STEPS, key=lambda f: f.__name__),
    ids=lambda f: f.__name__,
)
def test_a_step_gives_the_plain_value_and_has_slope_0(f):
    call = STEP_CALLS.get(f)
    if call is None:
        two = isinstance(f, np.ufunc) and f.nin == 2
        call = (lambda f, x: f(x, 0.5)) if two else (lambda f, x: f(x))
    for shape in [(3,), (2, 3), (2, 1, 3)]:
        x = draw(1, shape)
        for found in (call(f, Tensor(x)),):
            np.testing.assert_equal(found, call(f, x))
            assert not isinstance(found, Tensor)
        first = lambda y: y[0] if isinstance(y, tuple) else y  # noqa: E731
        step = lambda x: np.sum(1.0 * first(call(f, x)))  # noqa: E731
        np.testing.assert_array_equal(grad(step)(x), np.zeros(shape))
        value, slope = jvp(lambda x: step(x) + 0 * np.sum(x), x, x)
        assert (value, slope) == (step(x), 0)


def test_every_entry_of_the_page_is_tested():
    tested = {
        *ALL,
        *FLAT,
        *STEPS,
        *FORMS,
        *LINALG,
        np.dot,
        np.inner,
        np.outer,
        np.tensordot,
        np.einsum,
    }
    assert tested == {*ALL, *FLAT, *STEPS, *FUNCTIONS}
    assert len(supported()) == len(tested)
