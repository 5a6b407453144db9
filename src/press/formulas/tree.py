"""A formula as a tree, each node with its place in the LaTeX."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

GREEK = {
    "lambda": "lam", "varepsilon": "eps", "epsilon": "epsilon",
    "varphi": "phi", "vartheta": "theta", "varrho": "rho", "ell": "ell",
    "alpha": "alpha", "beta": "beta", "gamma": "gamma", "delta": "delta",
    "zeta": "zeta", "eta": "eta", "theta": "theta", "iota": "iota",
    "kappa": "kappa", "mu": "mu", "nu": "nu", "xi": "xi", "pi": "pi",
    "rho": "rho", "sigma": "sigma", "tau": "tau", "upsilon": "upsilon",
    "phi": "phi", "chi": "chi", "psi": "psi", "omega": "omega",
    "Gamma": "Gamma", "Delta": "Delta", "Theta": "Theta",
    "Lambda": "Lambda", "Xi": "Xi", "Pi": "Pi", "Sigma": "Sigma",
    "Upsilon": "Upsilon", "Phi": "Phi", "Psi": "Psi", "Omega": "Omega",
    "softmax": "softmax", "relu": "relu",
}  # fmt: skip
"""Commands that are symbols, and their names in code."""
ACCENTS = {"hat": "hat", "bar": "bar", "tilde": "tilde", "dot": "dot"}
FONTS = {"mathcal", "mathbf", "mathbb", "boldsymbol", "mathsf", "bm"}


@dataclass(frozen=True)
class Node:
    """One node.

    Attributes:
        kind: what it is; `press.formulas.read` lists the kinds.
        start: where it begins in the LaTeX.
        end: where it ends.
        parts: its children.
        text: what else there is to say: a name, an operator.
    """

    kind: str
    start: int
    end: int
    parts: tuple["Node", ...] = ()
    text: str = ""

    @cached_property
    def index(self) -> str:
        """The index of a symbol as part of a name, '' if it is none."""
        words = [word(p) for p in self.parts]
        return "".join(words) if all(words) else ""

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """The names that a symbol may have in code, the usual one first."""
        if not self.parts:
            return (self.text,)
        return tuple(spelled(self.text, self.index)) if self.index else ()

    @property
    def plainly(self) -> str:
        """The name of a symbol that runs, with its index behind it."""
        return self.text + self.index

    def walk(self) -> Iterator["Node"]:
        """The node and all below it, in the order of the text."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def same(self, other: "Node") -> bool:
        """Whether both say the same, wherever they stand."""
        return (
            self.kind == other.kind
            and self.text == other.text
            and len(self.parts) == len(other.parts)
            and all(
                a.same(b) for a, b in zip(self.parts, other.parts, strict=True)
            )
        )

    def replaced(self, old: "Node", new: "Node") -> "Node":
        """The tree with everything that says `old` exchanged."""
        if self.same(old):
            return new
        parts = tuple(p.replaced(old, new) for p in self.parts)
        return Node(self.kind, self.start, self.end, parts, self.text)


def word(node: Node) -> str:
    """The name that an index gives to a symbol, '' if it is no name."""
    if node.kind == "sym" and not node.parts:
        return node.text
    if node.kind in {"num", "name"}:
        return node.text
    if node.kind == "product":
        words = [word(p) for p in node.parts]
        return "".join(words) if all(words) else ""
    return ""


def spelled(base: str, index: str) -> list[str]:
    """The names in code of a symbol with an index, the usual one first."""
    if index.isdigit():
        return [base + index, f"{base}_{index}"]
    return [f"{base}_{index}", base + index]
