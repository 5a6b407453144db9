"""What the symbols of a formula stand for."""

import functools
import inspect
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import numpy as np

from press.formulas import values
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node, spelled, word
from press.formulas.values import Identity, Row, Value, plain

INDEX = set("ijklmnstT")
CONSTANTS: dict[str, Value] = {"pi": math.pi, "e": math.e, "inf": math.inf}


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

    def value(self, at: "Names") -> Value:
        """Its value with the names as they are now."""
        names = {k: v for k, v in at.names.items() if v is not self}
        return eval(self.text, names)  # noqa: S307


class Expressed(ABC):
    """What a name stands for, evaluated when it is asked for."""

    @abstractmethod
    def value(self, at: "Names") -> Value:
        """Its value with the names as they are now."""


class Given:
    """Other values for some names, until the block is left."""

    def __init__(
        self, names: dict[str, Value], others: Mapping[str, Value]
    ) -> None:
        self.names = names
        self.others = others
        self.before: list[tuple[str, bool, Value]] = []

    def __enter__(self) -> None:
        """Give the others."""
        names = self.names
        for name, value in self.others.items():
            self.before.append((name, name in names, names.get(name)))
            names[name] = value

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put back what was."""
        for name, was, value in reversed(self.before):
            if was:
                self.names[name] = value
            else:
                del self.names[name]


class Names(ABC):
    r"""Values of symbols.

    Attributes:
        names: what symbols stand for.
        samples: names of which the first axis is a sample, for \E.
        size: the largest entry of any value so far.
        lower: whether ± is minus and ∓ plus.
        most: no size counts as larger than this.
        differenced: the highest order of a derivative taken so far.
        kinds: the kind of each part by its place, where it is wanted.
        holes: what stands in the bracket behind a name that is a value.
        open: definitions that are being read.
    """

    def __init__(
        self, names: Mapping[str, Value], samples: tuple[str, ...] = ()
    ) -> None:
        self.names = dict(names)
        self.samples = samples
        self.size = 0.0
        self.lower = False
        self.most = math.inf
        self.differenced = 0
        self.kinds: dict[tuple[int, int], tuple[object, ...]] | None = None
        self.holes: list[Value] = []
        self.open: list[str] = []

    @abstractmethod
    def value(self, node: Node) -> Value:
        """The value of a node, never a function."""

    @abstractmethod
    def raw(self, node: Node) -> Value:
        """The value of a node, which may be a function."""

    @abstractmethod
    def noted(self, found: Value, node: Node) -> Value:
        """A value, looked at."""

    def given(self, **names: Value) -> Given:
        """Other values for some names."""
        return Given(self.names, names)

    def find(self, name: str) -> bool:
        """Whether a name has a value."""
        return name in self.names or name in CONSTANTS

    def named(self, name: str) -> Value:
        """The value of a name."""
        found = self.names[name] if name in self.names else CONSTANTS[name]
        if isinstance(found, Expressed):
            return found.value(self)
        return found

    def name_of(self, node: Node) -> str:
        """The name that a symbol has in the namespace, '' if none."""
        for name in node.spellings:
            if name in self.names:
                return name
        constant = not node.parts and node.text in CONSTANTS
        return node.text if constant else ""

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
        """A value with indices: of a sequence, a list, a dict or an array."""
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
        """Entries of an array, counted from 1."""
        return array[self.key(array, node, parts)]

    def key(
        self, array: Value, node: Node, parts: tuple[Node, ...]
    ) -> tuple[Any, ...]:
        """Indices as NumPy counts."""
        shape = np.shape(array)
        if len(parts) == 1 and len(shape) > 1:
            inner = parts[0]
            if inner.kind in {"product", "list"}:
                parts = inner.parts
        if len(parts) > len(shape):
            raise FormulaError(
                f"{len(parts)} indices for {values.shape(array)}",
                "count the axes",
                node.start,
                node.end,
            )
        return tuple(
            self.place(p, length, node)
            for p, length in zip(parts, shape, strict=False)
        )

    def place(self, part: Node, length: int, node: Node) -> Any:
        """One index as NumPy counts."""
        if part.kind == "all":
            return slice(None)
        if part.kind == "span":
            first, last = (int(self.value(p)) for p in part.parts)
            self.counted(first, length, node)
            self.counted(last, length, node)
            return slice(first - 1, last)
        at = self.value(part)
        if not values.is_number(at) or at != int(at):
            raise FormulaError(
                f"an index that is {at}", "count from 1", part.start, part.end
            )
        self.counted(int(at), length, node)
        return int(at) - 1

    @staticmethod
    def counted(at: int, length: int, node: Node) -> None:
        """Refuse an index that counts beyond."""
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
        """The value of a name, never a function."""
        found = self.names[name]
        return self.called(found, node) if callable(found) else found

    @staticmethod
    def call(f: Callable[..., Any], *arguments: Value) -> Value:
        """The value of a function at arguments."""
        found = f(*(a.values if isinstance(a, Row) else a for a in arguments))
        if type(found) in values.SCALARS:
            return found
        if callable(found) or isinstance(found, Row):
            return found
        return np.asarray(found)[()]

    def is_called(self, f: Callable[..., Any]) -> bool:
        """Whether a function stands for its value, not for an operator."""
        wanted = parameters(f)
        return bool(wanted) and all(name in self.names for name in wanted)


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
