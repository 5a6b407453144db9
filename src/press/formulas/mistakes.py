r"""Every one-symbol mistake that a formula could be printed with.

A sign, a relation, a numeral, an exponent, an index, a lost transpose, a
lost or exchanged factor, another function, another symbol of the same
kind, a lost term, a fraction upside down, a lost root. Each is made in the
LaTeX itself, so that it is read as any formula is.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from press.formulas.tokens import Token, tokens
from press.formulas.tree import Node

Kinds = Mapping[tuple[int, int], tuple[object, ...]]

RELATIONS = {
    "=": r"\ne ", "le": r"\ge ", "ge": r"\le ", "<": ">", ">": "<",
    "ne": "=", "approx": r"\ne ", "succeq": r"\preceq ", "in": "",
    "succ": r"\prec ", "preceq": r"\succeq ", "prec": r"\succ ",
}  # fmt: skip
FUNCTIONS = {
    "sin": "cos", "cos": "sin", "tan": "sin", "exp": "log", "log": "exp",
    "ln": "exp", "max": "min", "min": "max", "argmax": "argmin",
    "argmin": "argmax", "sum": "prod", "prod": "sum", "arctan": "arcsin",
    "arcsin": "arctan", "arccos": "arcsin", "sinh": "cosh", "cosh": "sinh",
    "tanh": "sinh", "tr": "det", "det": "tr", "E": "Var", "Var": "E",
    "lfloor": "lceil", "rfloor": "rceil", "lceil": "lfloor",
    "rceil": "rfloor",
}  # fmt: skip


@dataclass(frozen=True)
class Mistake:
    """A formula with one mistake.

    Attributes:
        latex: the formula as misprinted.
        what: what stands for what, as in ``+ → −``; the second of the same
            words is told by ``#2``.
        start: where the mistake is in the right formula.
        end: where it ends.
        kind: sign, relation, numeral, index, transpose and so on.
    """

    latex: str
    what: str
    start: int
    end: int
    kind: str = ""


def mistakes(latex: str, tree: Node, kinds: Kinds) -> list[Mistake]:
    """All mistakes, each once, in the order of the text.

    A fragment that stands for a name is left as it is, or goes as a whole.

    Args:
        latex: the right formula.
        tree: what it was read as.
        kinds: the kind of value of each part, by its place.
    """
    kept = [t for t in tree.walk() if t.text.startswith("where__")]
    found = [
        m
        for m in _Maker(latex, tree, kinds).all()
        if not any(k.start < m[1] and m[0] < k.end and (
            (m[0], m[1]) != (k.start, k.end)
        ) and not (m[0] <= k.start and k.end <= m[1]) for k in kept)
    ]  # fmt: skip
    out: list[Mistake] = []
    seen = {latex}
    counts: dict[str, int] = {}
    for start, end, new, what, kind in sorted(found, key=lambda m: m[:2]):
        wrong = latex[:start] + new + latex[end:]
        if wrong in seen:
            continue
        seen.add(wrong)
        counts[what] = counts.get(what, 0) + 1
        number = f" #{counts[what]}" if counts[what] > 1 else ""
        out.append(Mistake(wrong, what + number, start, end, kind))
    return out


Edit = tuple[int, int, str, str, str]


class _Maker:
    def __init__(self, latex: str, tree: Node, kinds: Kinds) -> None:
        self.latex = latex
        self.tree = tree
        self.kinds = kinds
        self.tokens = tokens(latex)
        self.inside = [(n.start, n.end) for n in tree.parts]

    def all(self) -> Iterator[Edit]:
        for i, token in enumerate(self.tokens):
            if any(s <= token.start < e for s, e in self.inside):
                after = self.tokens[i + 1]
                yield from self.of_token(token, self.tokens[i - 1], after)
        for node in self.tree.walk():
            yield from getattr(self, "_" + node.kind, self.nothing)(node)
        yield from self.exchanged()

    @staticmethod
    def nothing(_: Node) -> Iterator[Edit]:
        yield from ()

    def told(self, kind: str, start: int, end: int, new: str) -> Edit:
        old = _short(self.latex[start:end])
        said = f"{old} → {_short(new)}" if new.strip() else f"without {old}"
        return start, end, new, said, kind

    # tokens

    def of_token(
        self, token: Token, before: Token, after: Token
    ) -> Iterator[Edit]:
        start, end = token.start, token.end
        if token.is_("+", "-"):
            if not before.is_("^") and not after.is_("bigO"):
                new = "-" if token.text == "+" else "+"
                yield self.told("sign", start, end, new)
        elif token.is_("pm", "mp"):
            yield self.told("sign", start, end, "+")
            yield self.told("sign", start, end, "-")
        elif token.kind in {"sign", "command"} and token.text in RELATIONS:
            if new := RELATIONS[token.text]:
                yield self.told("relation", start, end, new)
        elif token.kind == "number":
            yield from self.numeral(token)
        elif token.is_("infty"):
            yield self.told("numeral", start, end, "1")
        elif token.kind == "command" and token.text in FUNCTIONS:
            new = "\\" + FUNCTIONS[token.text] + " "
            if token.text not in {"rfloor", "rceil"}:
                yield self.told("function", start, end, new)

    def numeral(self, token: Token) -> Iterator[Edit]:
        text = self.latex[token.start : token.end]
        at = max(i for i, c in enumerate(text) if c.isdigit())
        digit = str((int(text[at]) + 1) % 10)
        if text == "9":
            digit = "8"
        new = text[:at] + digit + text[at + 1 :]
        yield self.told("numeral", token.start, token.end, new)

    # nodes

    def _transpose(self, node: Node) -> Iterator[Edit]:
        base = node.parts[0]
        new = "^{-1}" if node.text == "-T" else ""
        yield self.told("transpose", base.end, node.end, new)

    def _power(self, node: Node) -> Iterator[Edit]:
        base, exponent = node.parts
        if exponent.kind != "num":
            yield self.told("exponent", base.end, node.end, "")

    def _root(self, node: Node) -> Iterator[Edit]:
        inner = node.parts[0]
        new = self.latex[inner.start : inner.end]
        said = f"without the root of {_short(new)}"
        yield node.start, node.end, new, said, "root"

    def _product(self, node: Node) -> Iterator[Edit]:
        for part in node.parts:
            yield self.told("factor", part.start, part.end, " ")
        for a, b in itertools.pairwise(node.parts):
            if self.is_array(a) and self.is_array(b):
                yield self.swapped("order", a, b)

    def _times(self, node: Node) -> Iterator[Edit]:
        left, right = node.parts
        yield self.told("factor", left.end, right.end, " ")
        if node.text != "/":
            yield self.told("factor", left.start, right.start, " ")
        if node.text in {"times", "otimes"} or node.text == "/":
            yield self.swapped("order", left, right)

    def _apply(self, node: Node) -> Iterator[Edit]:
        base, group, _ = node.parts
        if self.kinds.get((base.start, base.end), ("function",))[0] != (
            "function"
        ):
            yield self.told("factor", base.start, base.end, " ")
        elif len(group.parts) == 2:
            yield self.swapped("order", *group.parts)

    def _frac(self, node: Node) -> Iterator[Edit]:
        yield self.swapped("fraction", *node.parts, braces=True)

    def _sum(self, node: Node) -> Iterator[Edit]:
        parts = node.parts
        if len(parts) < 2 or any(p.kind == "dots" for p in parts):
            return
        if parts[-1].kind == "order":  # it has no sign and no size
            parts = parts[:-1]
        for before, part in itertools.pairwise(parts):
            yield self.told("term", before.end, part.end, " ")
        if len(parts) > 1:
            yield self.told("term", parts[0].start, parts[1].start, " ")

    def _sym(self, node: Node) -> Iterator[Edit]:
        for part in node.parts:
            yield from self.index(part)

    def _index(self, node: Node) -> Iterator[Edit]:
        for part in node.parts[1:]:
            yield from self.index(part)

    def index(self, part: Node) -> Iterator[Edit]:
        if part.kind == "product":
            for inner in part.parts:
                yield from self.index(inner)
        if part.kind != "sym" or part.parts:
            return
        start, end = part.start, part.end
        written = self.latex[start:end].strip("{}")
        others = sorted(self.indices() - {written})
        new = others[0] if others else f"{{{written}+1}}"
        if others or self.latex[start - 1] in "_{":
            said = f"index {written} → {new.strip('{}')}"
            if self.latex[start - 1] == "_":
                new = f"{{{new.strip('{}')}}}"
            yield start, end, new, said, "index"

    def indices(self) -> set[str]:
        """The letters that formulas of this display count with."""
        found = set()
        for node in self.tree.walk():
            if node.kind in {"sym", "index"}:
                parts = node.parts[1:] if node.kind == "index" else node.parts
                for part in parts:
                    inner = part.parts if part.kind == "product" else (part,)
                    found |= {
                        self.latex[p.start : p.end].strip("{}")
                        for p in inner
                        if p.kind == "sym" and not p.parts
                    }
        return {f for f in found if "_" not in f}

    def is_array(self, node: Node) -> bool:
        kind = self.kinds.get((node.start, node.end), ())
        return len(kind) > 1

    def swapped(
        self, kind: str, a: Node, b: Node, *, braces: bool = False
    ) -> Edit:
        left, right = self.latex[a.start : a.end], self.latex[b.start : b.end]
        between = self.latex[a.end : b.start]
        if braces:
            left, right = _braced(left), _braced(right)
            between = ""
        new = f"{right}{between} {left}"
        said = f"{_short(left)} and {_short(right)} exchanged"
        return a.start, b.end, new, said, kind

    # another symbol of the same kind

    def exchanged(self) -> Iterator[Edit]:
        spots = [
            (start, end, self.latex[start:end], kind)
            for start, end, kind in self.symbols()
        ]
        for start, end, text, kind in spots:
            others = sorted(
                {t for _, _, t, k in spots if k == kind and t != text}
            )
            if others:
                later = [t for t in others if t > text]
                new = (later or others)[0]
                said = f"{text} → {new}"
                yield start, end, f" {new} ", said, "symbol"

    def symbols(self) -> Iterator[tuple[int, int, object]]:
        """Each symbol with its indices, and the kind of its value."""
        for node in self.tree.walk():
            if node.kind == "sym":
                kind = self.kinds.get((node.start, node.end))
                if kind is not None:
                    yield node.start, node.end, kind


def _braced(text: str) -> str:
    return text if text.startswith("{") else "{" + text + "}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 30 else text[:14] + "…" + text[-14:]
