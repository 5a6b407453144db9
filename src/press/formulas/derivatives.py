"""Calls of functions, and derivatives of all kinds."""

from collections.abc import Callable
from typing import Any

import numpy as np

from press.formulas import differences, values
from press.formulas.arithmetic import Arithmetic
from press.formulas.names import UnknownError, parameters
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node
from press.formulas.values import Value, plain


class Derivatives(Arithmetic):
    """The values of what functions do."""

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
        """The derivative of a function of one number."""
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

    def _nabla(self, node: Node) -> Value:
        target, *over = node.parts
        order = int(node.text)
        self.differenced = max(self.differenced, order)
        f, at = self.as_function(target, over[0] if over else None, node)
        if order == 2:
            found = differences.derivative(
                lambda v: differences.derivative(f, v), at, 2
            )
            return (found + found.T) / 2 if found.ndim == 2 else found[()]
        found = differences.derivative(f, at)
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
        """A function as printed with arguments, by one of them."""
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
        """The name that ∇ varies."""
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
        """The derivative of what f gives, by one variable."""
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
            key = self.key(at, variable, index)
            if index and len(key) == at.ndim and all(
                isinstance(k, int) for k in key
            ):  # fmt: skip
                return differences.partial(moved, at, key, order)
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


def len_of(prime: Node) -> int:
    """How many primes there are."""
    return int(prime.text)
