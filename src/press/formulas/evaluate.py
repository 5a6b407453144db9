"""The value of a tree in a namespace of NumPy values and functions.

Names are those of `press.formulas.tree`: λ is ``lam``, W₁ is ``W1``, x⋆ is
``x_star``. An array is indexed from 1, as in print; a function with an
index as its parameter (``x = lambda k: path[k]``) is a sequence. A function
whose parameters all have values stands for its value, so that ∂L/∂W is
taken of ``L = lambda W, b: …`` at the W and b of the namespace.
"""

import functools
import inspect
import math
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from press.formulas import differences, values
from press.formulas.ranges import Ranges
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node, spelled, word
from press.formulas.values import Identity, Row, ShapeError, Value, plain

INDEX = set("ijklmnstT")
CONSTANTS: dict[str, Value] = {"pi": math.pi, "e": math.e, "inf": math.inf}
ELEMENTARY: dict[str, Callable[[Any], Any]] = {
    name: getattr(np, name)
    for name in (
        *("sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh"),
        *("cosh", "tanh", "exp", "log", "sign", "floor", "ceil"),
    )
}
MATRIX: dict[str, Callable[[Any], Any]] = {
    "tr": np.trace,
    "det": np.linalg.det,
    "rank": np.linalg.matrix_rank,
    "diag": np.diag,
    "adj": lambda a: np.linalg.det(a) * np.linalg.inv(a),
}
TIMES = {
    "cdot": values.dot,
    "times": values.cross,
    "odot": values.entrywise,
    "otimes": values.kronecker,
    "/": values.quotient,
    "*": values.product,
}


class UnknownError(FormulaError):
    """A symbol that has no value."""

    def __init__(self, name: str, node: Node) -> None:
        super().__init__(
            f"{name} has no value",
            f"give {name} in the check, or say what it is with where:",
            node.start,
            node.end,
        )
        self.name = name


@dataclass(frozen=True)
class Expression:
    """What a fragment of LaTeX stands for, in Python."""

    text: str

    def value(self, at: "Evaluator") -> Value:
        """Its value with the names as they are now."""
        names = {k: v for k, v in at.names.items() if v is not self}
        return eval(self.text, names)  # noqa: S307


class Evaluator:
    r"""Values of nodes; remembers how large they were.

    Attributes:
        names: what symbols stand for.
        samples: names of which the first axis is a sample, for \E.
        size: the largest entry of any value so far.
        differenced: whether a derivative was taken so far.
    """

    def __init__(
        self, names: Mapping[str, Value], samples: tuple[str, ...] = ()
    ) -> None:
        self.names = dict(names)
        self.samples = samples
        self.size = 0.0
        self.differenced = 0
        self.kinds: dict[tuple[int, int], tuple[object, ...]] = {}
        self.holes: list[Value] = []
        self.open: list[str] = []  # definitions that are being read
        self.ranges = Ranges(self)

    @contextmanager
    def given(self, **names: Value):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """Other values for some names."""
        before = self.names
        self.names = {**before, **names}
        try:
            yield
        finally:
            self.names = before

    def value(self, node: Node) -> Value:
        """The value of a node, never a function.

        Raises:
            FormulaError: where it has none.
        """
        found = self.raw(node)
        if callable(found):
            found = self.called(found, node)
        return self.noted(found, node)

    def raw(self, node: Node) -> Value:
        """The value of a node, which may be a function."""
        how = getattr(self, "_" + node.kind, None)
        if how is None:
            raise FormulaError(
                "this has no value here", "write a value",
                node.start, node.end,
            )  # fmt: skip
        try:
            return how(node)
        except ShapeError as error:
            raise FormulaError(
                str(error), "transpose one, or use ⊙", node.start, node.end
            ) from None
        except (
            TypeError, ValueError, IndexError, ArithmeticError, KeyError,
            np.linalg.LinAlgError,
        ) as error:  # fmt: skip
            if isinstance(error, FormulaError):
                raise
            raise FormulaError(
                f"{type(error).__name__}: {error}",
                "look at the values of the draw",
                node.start,
                node.end,
            ) from None

    def noted(self, found: Value, node: Node) -> Value:
        if isinstance(found, Identity):
            return found
        self.kinds[node.start, node.end] = values.kind(found)
        array = np.asarray(plain(found))
        if array.dtype == object or array.dtype.kind not in "biufc":
            raise FormulaError(
                "this is no number", "give numbers", node.start, node.end
            )
        if array.size:
            largest = float(np.max(np.abs(array)))
            if math.isnan(largest):
                raise FormulaError(
                    "this is not a number (nan)",
                    "keep the draw where the formula has a value",
                    node.start,
                    node.end,
                )
            if node.kind != "num" and largest < math.inf:
                self.size = max(self.size, largest)
        return found if isinstance(found, Row) else _plainly(array)

    # names

    def find(self, name: str) -> bool:
        return name in self.names or name in CONSTANTS

    def named(self, name: str) -> Value:
        found = self.names[name] if name in self.names else CONSTANTS[name]
        return found.value(self) if isinstance(found, Expression) else found

    def name_of(self, node: Node) -> str:
        """The name that a symbol has in the namespace, '' if none."""
        if not node.parts:
            return node.text if self.find(node.text) else ""
        words = [word(p) for p in node.parts]
        if not all(words):
            return ""
        for name in spelled(node.text, "".join(words)):
            if name in self.names:
                return name
        return ""

    def _sym(self, node: Node) -> Value:
        name = self.name_of(node)
        if name:
            return self.named(name)
        if node.parts and node.text in self.names:
            return self.indexed(self.names[node.text], node, node.parts)
        if node.text == "I" and not node.parts:
            return Identity(1.0)
        wanted = node.text
        if node.parts:
            index = "".join(word(p) for p in node.parts)
            wanted = spelled(node.text, index)[0] if index else node.text
        raise UnknownError(wanted, node)

    def _name(self, node: Node) -> Value:
        if node.text in self.names:
            return self.names[node.text]
        raise UnknownError(node.text, node)

    def indexed(
        self, base: Value, node: Node, parts: tuple[Node, ...]
    ) -> Value:
        if callable(base):
            if is_sequence(base):
                return base(*(int(self.value(p)) for p in parts))
            base = self.called(base, node)
        if isinstance(base, Mapping):
            return base[word(parts[0])]
        if isinstance(base, list | tuple):
            at = int(self.value(parts[0]))
            self.counted(at, len(base), node)
            found = base[at - 1]
            return self.indexed(found, node, parts[1:]) if parts[1:] else found
        return self.entries(plain(base), node, parts)

    def entries(
        self, array: Value, node: Node, parts: tuple[Node, ...]
    ) -> Value:
        if len(parts) == 1 and np.ndim(array) > 1:
            inner = parts[0]
            if inner.kind in {"product", "list"}:
                parts = inner.parts
        key = tuple(
            self.place(p, np.shape(array)[axis], node)
            for axis, p in enumerate(parts)
            if axis < np.ndim(array)
        )
        if len(parts) > np.ndim(array):
            raise FormulaError(
                f"{len(parts)} indices for {values.shape(array)}",
                "count the axes",
                node.start,
                node.end,
            )
        return array[key]

    def place(self, part: Node, length: int, node: Node) -> Any:
        if part.kind == "all":
            return slice(None)
        if part.kind == "span":
            first, last = (int(self.value(p)) for p in part.parts)
            self.counted(first, length, node)
            self.counted(last, length, node)
            return slice(first - 1, last)
        at = self.value(part)
        if np.ndim(at) or float(at) != int(at):
            raise FormulaError(
                f"an index that is {at}", "count from 1", part.start, part.end
            )
        self.counted(int(at), length, node)
        return int(at) - 1

    @staticmethod
    def counted(at: int, length: int, node: Node) -> None:
        if not 1 <= at <= length:
            raise FormulaError(
                f"index {at} of {length}, counted from 1",
                "mend the index, or give a sequence as a function",
                node.start,
                node.end,
            )

    def called(self, f: Callable[..., Any], node: Node) -> Value:
        """The value of a function at the values of its parameters."""
        wanted = parameters(f)
        missing = [name for name in wanted if name not in self.names]
        if missing and len(wanted) == 1 and "x" in self.names:
            return self.call(f, self.value_of("x", node))
        if missing or not wanted:
            said = missing[0] if missing else "its argument"
            raise FormulaError(
                f"a function without {said}",
                "write its argument, or give it in the check",
                node.start,
                node.end,
            )
        return self.call(f, *(self.value_of(n, node) for n in wanted))

    def value_of(self, name: str, node: Node) -> Value:
        found = self.names[name]
        return self.called(found, node) if callable(found) else found

    @staticmethod
    def call(f: Callable[..., Any], *arguments: Value) -> Value:
        found = f(*(a.values if isinstance(a, Row) else a for a in arguments))
        if callable(found) or isinstance(found, Row):
            return found
        return np.asarray(found)[()]

    # numbers and arithmetic

    def _num(self, node: Node) -> Value:
        if node.text == "inf":
            return math.inf
        return float(node.text) if "." in node.text else int(node.text)

    def _braces(self, node: Node) -> Value:
        return self.raw(node.parts[0])

    def _group(self, node: Node) -> Value:
        if len(node.parts) > 1:
            raise FormulaError(
                "several values in one bracket",
                "only a function takes several arguments",
                node.start,
                node.end,
            )
        return self.raw(node.parts[0])

    def _hole(self, _: Node) -> Value:
        return self.holes[-1]

    def _sum(self, node: Node) -> Value:
        if any(p.kind == "dots" for p in node.parts):
            return self.ranges.dotted(node)
        total: Value = None
        for sign, part in zip(node.text, node.parts, strict=True):
            found = self.value(part)
            found = values.negative(found) if sign == "-" else found
            total = found if total is None else self.added(total, found)
        return total

    def added(self, a: Value, b: Value) -> Value:
        if isinstance(a, Identity) or np.ndim(plain(a)) < np.ndim(plain(b)):
            a, b = b, a
        return values.add(a, b)

    def _product(self, node: Node) -> Value:
        items: list[Value] = []
        for part in reversed(node.parts):
            found = self.raw(part)
            if callable(found):
                if items and not self.is_called(found):
                    found = self.call(found, _multiplied(items))
                    items = [self.noted(found, part)]
                    continue
                found = self.called(found, part)
            items.insert(0, self.noted(found, part))
        return _multiplied(items)

    def is_called(self, f: Callable[..., Any]) -> bool:
        """Whether a function stands for its value, not for an operator."""
        wanted = parameters(f)
        return bool(wanted) and all(name in self.names for name in wanted)

    def _times(self, node: Node) -> Value:
        left, right = (self.value(p) for p in node.parts)
        return TIMES[node.text](left, right)

    def _frac(self, node: Node) -> Value:
        top, bottom = (self.value(p) for p in node.parts)
        if np.any(np.asarray(plain(bottom)) == 0):
            raise FormulaError(
                "a zero below the line",
                "keep the draw away from it",
                node.parts[1].start,
                node.parts[1].end,
            )
        return values.quotient(top, bottom)

    def _power(self, node: Node) -> Value:
        base, exponent = (self.value(p) for p in node.parts)
        return values.power(base, exponent)

    def _root(self, node: Node) -> Value:
        found = self.value(node.parts[0])
        if np.any(np.asarray(found) < 0):
            raise FormulaError(
                "the root of a negative number",
                "keep the draw where it is positive",
                node.start,
                node.end,
            )
        return values.power(found, 0.5) if np.ndim(found) < 2 else np.sqrt(
            found
        )  # fmt: skip

    def _binomial(self, node: Node) -> Value:
        n, k = (int(self.value(p)) for p in node.parts)
        return math.comb(n, k)

    def _transpose(self, node: Node) -> Value:
        found = self.value(node.parts[0])
        if node.text == "-T":
            return np.linalg.inv(found).T
        return values.transpose(found)

    def _plus(self, node: Node) -> Value:
        base = node.parts[0]
        if base.kind == "sym" and f"{base.text}_plus" in self.names:
            return self.names[f"{base.text}_plus"]
        return np.linalg.pinv(plain(self.value(base)))

    def _star(self, node: Node) -> Value:
        raise UnknownError("what the star is on", node)

    def _index(self, node: Node) -> Value:
        base, *parts = node.parts
        return self.indexed(self.value(base), node, tuple(parts))

    def _norm(self, node: Node) -> Value:
        found = plain(self.value(node.parts[0]))
        index = node.parts[1] if len(node.parts) > 1 else None
        if np.ndim(found) < 2:
            order = 2.0 if index is None else float(self.value(index))
            return _p_norm(np.atleast_1d(found), order)
        if index is not None and word(index) == "F":
            return np.linalg.norm(found)
        if index is not None and np.ndim(found) == 2:
            return np.linalg.norm(found, float(self.value(index)))
        raise FormulaError(
            f"which norm of {values.shape(found)}?",
            r"write \norm{A}_F or \norm{A}_2",
            node.start,
            node.end,
        )

    def _abs(self, node: Node) -> Value:
        found = self.value(node.parts[0])
        return Row(np.abs(found.values)) if isinstance(found, Row) else (
            np.abs(found)
        )  # fmt: skip

    def _inner(self, node: Node) -> Value:
        left, right = (plain(self.value(p)) for p in node.parts)
        return np.sum(values.entrywise(left, right))

    def _truth(self, node: Node) -> Value:
        from press.formulas.relations import truth  # noqa: PLC0415

        return truth(self, node.parts[0]) * 1.0

    def _function(self, node: Node) -> Value:
        argument = self.value(node.parts[0])
        name = node.text
        if name == "!":
            return math.factorial(int(argument))
        if name in self.names:
            found = self.call(self.names[name], argument)
        elif name in MATRIX:
            found = MATRIX[name](plain(argument))
        else:
            found = _elementary(name, argument, node)
        if len(node.parts) > 1:
            found = values.power(found, self.value(node.parts[1]))
        return found

    def _extreme(self, node: Node) -> Value:
        found = [np.asarray(self.value(p)) for p in node.parts]
        pick = np.maximum if node.text == "max" else np.minimum
        if len(found) == 1:
            return pick.reduce(found[0], axis=None)
        total = found[0]
        for other in found[1:]:
            total = pick(total, other)
        return total

    def _matrix(self, node: Node) -> Value:
        rows = self.ranges.table(node)
        numbers = all(values.is_number(v) for row in rows for v in row)
        if numbers and all(len(row) == 1 for row in rows):
            return np.array([row[0] for row in rows])
        if numbers and len(rows) == 1:
            return Row(np.array(rows[0]))
        if all(len(r) == 1 and np.ndim(plain(r[0])) < 2 for r in rows) and (
            not any(isinstance(r[0], Row) for r in rows)
        ):
            return np.concatenate([np.atleast_1d(r[0]) for r in rows])
        return np.block([[_tile(v) for v in row] for row in rows])

    def _cases(self, node: Node) -> Value:
        from press.formulas.relations import truth  # noqa: PLC0415

        for row in node.parts:
            condition = row.parts[-1] if len(row.parts) > 1 else None
            if condition is None or condition.kind == "otherwise":
                return self.value(row.parts[0])
            if bool(np.all(truth(self, condition))):
                return self.value(row.parts[0])
        raise FormulaError(
            "no case applies", "cover all cases", node.start, node.end
        )

    # calls, sums over something

    def _apply(self, node: Node) -> Value:
        base, group, after = node.parts
        f = self.function(base)
        if f is None:
            inner = self._group(group)
            self.holes.append(self.noted(inner, group))
            try:
                return values.product(self.value(base), self.value(after))
            finally:
                self.holes.pop()
        arguments = [self.raw(p) for p in group.parts]
        found = self.call(f, *arguments)
        if after.kind == "hole":
            return found
        self.holes.append(found)
        try:
            return self.raw(after)
        finally:
            self.holes.pop()

    def function(self, base: Node) -> Callable[..., Any] | None:
        """The function that a name is, None if it is a value."""
        if base.kind == "prime":
            inner = base.parts[0]
            given = inner.text + len_of(base) * "_prime"
            if given in self.names:
                found = self.names[given]
                return found if callable(found) else None
            f = self.function(inner)
            return None if f is None else self.primed(f, len_of(base))
        found = self._sym(base) if base.kind == "sym" else self.raw(base)
        return found if callable(found) else None

    def primed(self, f: Callable[..., Any], order: int) -> Callable[..., Any]:
        self.differenced = max(self.differenced, order)
        if order == 0:
            return f

        def slope(t: Any) -> Any:
            step = differences.FIRST if order == 1 else differences.SECOND
            size = step * max(1.0, float(np.max(np.abs(t))))
            inner = self.primed(f, order - 1)
            return differences.along(lambda s: inner(t + s * size), 1) / size

        return slope

    def _prime(self, node: Node) -> Value:
        base = node.parts[0]
        given = base.text + len_of(node) * "_prime"
        if given in self.names:
            return self.names[given]
        f = self.function(base)
        if f is None:
            raise UnknownError(given, node)
        return self.primed(f, len_of(node))

    def _big(self, node: Node) -> Value:
        return self.ranges.big(node)

    def _run(self, node: Node) -> Value:
        return self.ranges.run(node)

    def _mean(self, node: Node) -> Value:
        return self.ranges.mean(node)

    def _integral(self, node: Node) -> Value:
        return self.ranges.integral(node)

    # derivatives

    def _nabla(self, node: Node) -> Value:
        target, *over = node.parts
        order = int(node.text)
        self.differenced = max(self.differenced, order)
        f, at = self.as_function(target, over[0] if over else None, node)
        found = differences.derivative(f, at, order)
        if order == 2:
            found = differences.derivative(
                lambda v: differences.derivative(f, v), at, 2
            )
            return (found + np.swapaxes(found, 0, 1)) / 2 if (
                found.ndim == 2
            ) else found  # fmt: skip
        if found.shape != np.shape(at):
            raise FormulaError(
                "∇ of something that is not a number",
                "write the Jacobian J, or a component",
                node.start,
                node.end,
            )
        return found

    def as_function(
        self, target: Node, over: Node | None, node: Node
    ) -> tuple[Callable[[np.ndarray], Value], np.ndarray]:
        """What ∇ acts on as a function of one array, and where."""
        if target.kind == "apply":
            f = self.function(target.parts[0])
            if f is not None:
                return self.of_argument(f, target.parts[1], over)
        name = self.variable(over, target, node)
        at = np.asarray(self.value_of(name, node), dtype=float)

        def moved(v: np.ndarray) -> Value:
            with self.given(**{name: v}):
                return self.value(target)

        return moved, at

    def of_argument(
        self, f: Callable[..., Any], group: Node, over: Node | None
    ) -> tuple[Callable[[np.ndarray], Value], np.ndarray]:
        position = 0
        if over is not None:
            name = self.name_of(over) or over.text
            known = parameters(f)
            texts = [p.text if p.kind == "sym" else "" for p in group.parts]
            wanted = known.index(name) if name in known else -1
            position = texts.index(over.text) if over.text in texts else (
                max(wanted, 0)
            )  # fmt: skip
        arguments = [self.value(p) for p in group.parts]

        def moved(v: np.ndarray) -> Value:
            changed = [*arguments]
            changed[position] = v
            return self.noted(self.call(f, *changed), group)

        return moved, np.asarray(arguments[position], dtype=float)

    def variable(self, over: Node | None, target: Node, node: Node) -> str:
        if over is not None:
            name = self.name_of(over)
            if name:
                return name
            raise UnknownError(over.text, over)
        if "x" in self.names:
            return "x"
        raise FormulaError(
            "what does ∇ act on?",
            r"write \nabla_w, or give x in the check",
            node.start,
            target.end,
        )

    def _d(self, node: Node) -> Value:
        target, *over = node.parts
        self.differenced = max(self.differenced, len(over))
        f: Callable[[], Value] = lambda: self.value(target)  # noqa: E731
        for variable in over:
            f = self.partial(f, variable, len(over))
        return f()

    def partial(
        self, f: Callable[[], Value], variable: Node, order: int
    ) -> Callable[[], Value]:
        name = self.name_of(variable)
        index: tuple[Node, ...] = ()
        if not name and variable.parts and variable.text in self.names:
            name, index = variable.text, variable.parts
        if not name:
            raise UnknownError(variable.text, variable)

        def moved(v: np.ndarray) -> Value:
            with self.given(**{name: v}):
                return plain(f())

        def slope() -> Value:
            at = np.asarray(self.value_of(name, variable), dtype=float)
            found = differences.derivative(moved, at, order)
            if not index:
                return found[()]
            axes = found.ndim - at.ndim
            last = np.moveaxis(
                found, range(axes), range(at.ndim, found.ndim)
            ) if axes else found  # fmt: skip
            return self.entries(last, variable, index)

        return slope

    def _differential(self, node: Node) -> Value:
        target = node.parts[0]
        given = f"d{target.text}"
        if target.kind == "sym" and given in self.names:
            return self.names[given]
        moving = [n for n in self.names if f"d{n}" in self.names]
        if not moving:
            raise UnknownError(given, node)
        self.differenced = max(self.differenced, 1)

        def along(t: float) -> Value:
            now = {n: self.names[n] + t * self.names[f"d{n}"] for n in moving}
            with self.given(**now):
                return plain(self.value(target))

        return differences.along(along)


def _multiplied(items: list[Value]) -> Value:
    """Factors multiplied from the left, numbers anywhere."""
    scale: Value = 1
    arrays: list[Value] = []
    for item in items:
        if values.is_number(item):
            scale = scale * item
        else:
            arrays.append(item)
    if not arrays:
        return scale
    total = arrays[0]
    for item in arrays[1:]:
        total = values.product(total, item)
    return values.product(scale, total)


@functools.lru_cache(maxsize=512)
def parameters(f: Callable[..., Any]) -> tuple[str, ...]:
    """The names of the parameters that a function must be given."""
    try:
        found = inspect.signature(f).parameters.values()
    except (TypeError, ValueError):
        return ()
    return tuple(
        p.name
        for p in found
        if p.default is p.empty
        and p.kind in {p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD}
    )


def is_sequence(f: Callable[..., Any]) -> bool:
    """Whether a function takes indices: its parameters are i, j, k, t, …."""
    found = parameters(f)
    return bool(found) and all(name in INDEX for name in found)


def len_of(prime: Node) -> int:
    """How many primes there are."""
    return int(prime.text)


def _plainly(array: np.ndarray) -> Value:
    return array[()] if array.ndim == 0 else array


def _p_norm(x: np.ndarray, order: float) -> float:
    return float(np.linalg.norm(x, order))


def _tile(value: Value) -> np.ndarray:
    if isinstance(value, Row):
        return value.values[None, :]
    array = np.asarray(value)
    return array[:, None] if array.ndim == 1 else np.atleast_2d(array)


def _elementary(name: str, argument: Value, node: Node) -> Value:
    array = argument.values if isinstance(argument, Row) else argument
    if name == "log" and np.any(np.asarray(array) <= 0):
        raise FormulaError(
            "the logarithm of a number that is not positive",
            "keep the draw where it is positive",
            node.start,
            node.end,
        )
    found = ELEMENTARY[name](array)
    return Row(found) if isinstance(argument, Row) else found
