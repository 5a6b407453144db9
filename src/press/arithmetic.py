r"""Inline formulas that state a number: read, and compared.

``$\kappa = 100$``, ``$0 \le x \le 12$``, ``$0.5^{10} < 10^{-3}$``: parts
of numbers and names with relations between. A name is what the notation
page calls it, ``\lambda`` is ``lam``, ``x_\star`` is ``x_star``. A formula
without names is arithmetic, and true or false by itself.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from press import compare

Lookup = Callable[[list[str]], Any]

DIGITS = r"\d{1,3}(?:(?:\{,\}|,)\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
TOKEN = re.compile(
    rf"(?P<space>\s+|\\[,;!: ]|~|\\left(?![a-z])|\\right(?![a-z])|\\quad)"
    rf"|(?P<number>{DIGITS})|(?P<command>\\[a-zA-Z]+|\\%|\\\||\\[{{}}])"
    r"|(?P<letter>[a-zA-Z])|(?P<sign>.)",
    re.DOTALL,
)
LITERAL = re.compile(
    rf"\s*(?P<sign>[-+]?)\s*(?:(?P<number>{DIGITS})\s*(?:\\cdot|\\times)\s*)?"
    r"10\^(?:\{(?P<power>-?\d+)\}|(?P<digit>\d))\s*"
    rf"|\s*(?P<plain>[-+]?\s*(?:{DIGITS}))\s*(?P<percent>\\%)?\s*"
)
RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "=": lambda a, b: np.isclose(a, b, rtol=1e-9, atol=0),
    r"\approx": lambda a, b: np.isclose(a, b, rtol=0.05, atol=0),
    "<": np.less,
    ">": np.greater,
    r"\le": np.less_equal,
    r"\leq": np.less_equal,
    r"\ge": np.greater_equal,
    r"\geq": np.greater_equal,
    r"\ne": np.not_equal,
    r"\neq": np.not_equal,
    r"\ll": lambda a, b: np.less(10 * a, b),
    r"\gg": lambda a, b: np.greater(a, 10 * b),
}
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    r"\ln": np.log, r"\log": np.log, r"\exp": np.exp, r"\sin": np.sin,
    r"\cos": np.cos, r"\tan": np.tan, r"\norm": np.linalg.norm, r"\abs": abs,
    r"\det": np.linalg.det, r"\tr": np.trace, r"\rank": np.linalg.matrix_rank,
}  # fmt: skip
NAMES = {
    "lambda": ["lam"], "alpha": ["alpha", "learning_rate"], "rho": ["rho"],
    "varepsilon": ["eps", "epsilon"], "epsilon": ["eps", "epsilon"],
}  # fmt: skip
GREEK = frozenset(
    {
        "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta",
        "eta", "theta", "kappa", "lambda", "mu", "nu", "xi", "rho", "sigma",
        "tau", "phi", "varphi", "chi", "psi", "omega", "ell", "Delta",
        "Gamma", "Lambda", "Omega", "Phi", "Psi", "Sigma", "Theta",
    }
)  # fmt: skip
CLOSE = {
    "(": ")", "[": "]", "{": "}", "|": "|", r"\lfloor": r"\rfloor",
    r"\lceil": r"\rceil",
}  # fmt: skip
OVER = {r"\hat": "_hat", r"\bar": "_bar", r"\tilde": "_tilde"}
MOST = 4096  # bits of a power; more is a mistake


class UnreadError(Exception):
    """A formula that is not understood, or a name that is not there."""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def value(latex: str, lookup: Lookup) -> Any:
    """What a formula without relations is.

    Raises:
        UnreadError: if it is not understood, or a name is not there.
    """
    reader = _Reader(latex, lookup)
    found = reader.sum()
    reader.end()
    return found


def closed(latex: str) -> Any | None:
    """The value of a formula without names, None if it has some."""
    try:
        return value(latex, _nothing)
    except (UnreadError, ArithmeticError, ValueError, TypeError):
        return None


def clauses(latex: str) -> list[tuple[list[str], list[str]]]:
    """Parts and the relations between them, of each clause.

    Clauses are divided by commas outside of brackets.
    """
    parts, signs, depth, start = [""], [""], 0, 0
    found: list[tuple[list[str], list[str]]] = []
    for token in _tokens(latex):
        depth += token.text in {"(", "[", "{", r"\{"}
        depth -= token.text in {")", "]", "}", r"\}"}
        if depth or token.text not in {*RELATIONS, ","}:
            continue
        parts[-1] = latex[start : token.start]
        start = token.end
        if token.text == ",":
            found.append((parts, signs[1:]))
            parts, signs = [], [""]
        else:
            signs.append(token.text)
        parts.append("")
    parts[-1] = latex[start:]
    return [*found, (parts, signs[1:])]


def is_relation(latex: str) -> bool:
    """Whether every clause states something of a number."""
    return all(
        signs and any(closed(p) is not None for p in parts)
        for parts, signs in clauses(latex)
    )


def is_identity(latex: str) -> bool:
    """Whether it is a statement of numbers alone."""
    return all(
        signs and all(closed(p) is not None for p in parts)
        for parts, signs in clauses(latex)
    )


def holds(latex: str, lookup: Lookup) -> str:
    """Nothing if every clause is true; else what is not.

    Raises:
        UnreadError: if a part is not understood.
    """
    for parts, signs in clauses(latex):
        values = [value(p, lookup) for p in parts]
        for i, sign in enumerate(signs):
            if not related(sign, values[i : i + 2], parts[i : i + 2]):
                a, b = (_said(v) for v in values[i : i + 2])
                return f"{a} {sign} {b} is not so"
    return ""


def related(sign: str, values: list[Any], parts: list[str]) -> bool:
    """Whether a relation holds, to the digits of a number that is shown."""
    if sign in {"=", r"\approx"}:
        texts = [literal(p) for p in parts]
        for text, other in zip(texts, values[::-1], strict=True):
            power = sign == "=" and re.fullmatch(r"[-+]?1e-?\d+", text)
            if text and not all(texts) and not power:
                return compare.agrees(text, other)
    try:
        return bool(np.all(RELATIONS[sign](*values)))
    except (TypeError, ValueError):
        return False


def literal(latex: str) -> str:
    """A number as Python writes it, '' for what is no plain number."""
    match = LITERAL.fullmatch(latex)
    if match is None:
        return ""
    if match["plain"]:
        return _digits(match["plain"]) + ("%" if match["percent"] else "")
    power = match["power"] or match["digit"]
    return f"{match['sign']}{_digits(match['number'] or '1')}e{power}"


def _digits(text: str) -> str:
    return re.sub(r"[\s,{}]", "", text)


def _said(found: Any) -> str:
    return f"{found:.6g}" if np.ndim(found) == 0 else f"{np.asarray(found)}"


def _nothing(names: list[str]) -> Any:
    raise UnreadError(names[0])


def _tokens(latex: str) -> list[_Token]:
    found = []
    for match in TOKEN.finditer(latex):
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(_Token(kind, match[0], *match.span()))
    return found


class _Reader:
    """Sums of products of powers, evaluated as they are read."""

    def __init__(self, latex: str, lookup: Lookup) -> None:
        self.latex = latex
        self.tokens = _tokens(latex)
        self.lookup = lookup
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at].text if self.more() else ""

    def more(self) -> bool:
        return self.at < len(self.tokens)

    def take(self, *wanted: str) -> bool:
        if self.peek() in wanted:
            self.at += 1
            return True
        return False

    def need(self, sign: str) -> None:
        if not self.take(sign):
            raise self.stop()

    def end(self) -> None:
        if self.more():
            raise self.stop()

    def stop(self) -> UnreadError:
        seen = self.peek()
        return UnreadError(
            f"{seen!r} is not read" if seen else "it ends early"
        )

    def sum(self) -> Any:
        sign = -1 if self.take("-") else 1
        self.take("+")
        total = sign * self.product() if sign < 0 else self.product()
        while self.peek() in {"+", "-"}:
            minus = self.take("-") or not self.take("+")
            term = self.product()
            total = total - term if minus else total + term
        return total

    def product(self) -> Any:
        found = self.power()
        while self.more():
            if self.take("/"):
                found = found / self.power()
            elif self.take(r"\cdot", r"\times") or self._begins():
                found = _times(found, self.power())
            else:
                break
        return found

    def _begins(self) -> bool:
        """Whether a factor follows without a sign."""
        token = self.tokens[self.at]
        if token.kind == "number":
            return self.tokens[self.at - 1].kind != "number"
        names = {r"\frac", r"\tfrac", r"\dfrac", r"\sqrt", r"\pi", *OVER}
        known = token.text in {*names, *FUNCTIONS} or token.text[1:] in GREEK
        return token.kind == "letter" or token.text == "(" or known

    def power(self) -> Any:
        found = self.base()
        while True:
            if self.take("!"):
                found = math.factorial(int(found))
            elif self.take(r"\%"):
                found = found / 100
            elif self.take("^"):
                found = self._raised(found)
            else:
                return found

    def _raised(self, found: Any) -> Any:
        if self.take(r"\T"):
            return np.asarray(found).T
        exponent = self.argument()
        big = abs(exponent) * max(np.log2(np.max(np.abs(found)) + 1), 1)
        if np.ndim(exponent) or big > MOST:
            raise UnreadError("the power is too large")
        whole = isinstance(found, int) and exponent < 0
        return (float(found) if whole else found) ** exponent

    def argument(self) -> Any:
        """A group in braces, or one sign: of ``12`` only the ``1``."""
        if self.take("{"):
            found = self.sum()
            self.need("}")
            return found
        if not self.more():
            raise self.stop()
        token = self.tokens[self.at]
        if token.kind == "number" and len(token.text) > 1:
            rest = _Token("number", token.text[1:], token.start + 1, token.end)
            self.tokens[self.at : self.at + 1] = [rest]
            return int(token.text[0])
        return self.base()

    def base(self) -> Any:
        if not self.more():
            raise self.stop()
        token = self.tokens[self.at]
        if token.kind == "number":
            self.at += 1
            text = _digits(token.text)
            return float(text) if "." in text else int(text)
        if token.text in FUNCTIONS:
            self.at += 1
            return self._function(token.text)
        readers: dict[str, Callable[[str], Any]] = {
            **dict.fromkeys(CLOSE, self._group),
            **dict.fromkeys((r"\frac", r"\tfrac", r"\dfrac"), self._over),
            r"\sqrt": lambda _: np.sqrt(self.argument()),
        }
        if token.text not in readers:
            return self._symbol()
        self.at += 1
        return readers[token.text](token.text)

    def _over(self, _: str) -> Any:
        above = self.argument()
        return above / self.argument()

    def _group(self, sign: str) -> Any:
        found = [self.sum()]
        while self.take(","):
            found.append(self.sum())
        self.need(CLOSE[sign])
        inside = np.array(found) if len(found) > 1 else found[0]
        around: dict[str, Callable[[Any], Any]] = {
            "|": np.abs,
            r"\lfloor": np.floor,
            r"\lceil": np.ceil,
        }
        return around[sign](inside) if sign in around else inside

    def _function(self, name: str) -> Any:
        base = self.argument() if self.take("_") else None
        grouped = self.peek() == "{"
        found = FUNCTIONS[name](self.argument() if grouped else self.power())
        return found / np.log(base) if base is not None else found

    def _symbol(self) -> Any:
        names = self._names()
        if names == ["pi"]:
            return math.pi
        try:
            found = self.lookup(names)
        except UnreadError:
            if names == ["e"]:
                return math.e
            raise
        if callable(found) and self.take("("):
            inside = self._group("(")
            return found(*inside) if np.ndim(inside) else found(inside)
        return found

    def _names(self) -> list[str]:
        """What a symbol with its decorations may be called in code."""
        token = self.tokens[self.at]
        self.at += 1
        ending = OVER.get(token.text, "")
        if ending:
            braced = self.take("{")
            names = [n + ending for n in self._names()]
            if braced:
                self.need("}")
            return names
        if token.kind == "letter":
            names = [token.text]
        elif token.text[1:] in GREEK or token.text == r"\pi":
            names = NAMES.get(token.text[1:], [token.text[1:]])
        else:
            self.at -= 1
            raise self.stop()
        if self.take("_"):
            below = self._below()
            names = [n + j + below for n in names for j in ("", "_")]
        if self.peek() == "^" and self._starred():
            names = [f"{n}_star" for n in names]
        return names

    def _below(self) -> str:
        if not self.take("{"):
            self.at += 1
            return self.tokens[self.at - 1].text.strip("\\")
        text = ""
        while self.more() and not self.take("}"):
            text += self.tokens[self.at].text.strip("\\")
            self.at += 1
        return re.sub(r"\W|text|mathrm", "", text)

    def _starred(self) -> bool:
        after = self.tokens[self.at + 1 : self.at + 2]
        starred = bool(after) and after[0].text in {"*", r"\star"}
        self.at += 2 * starred
        return starred


def _times(a: Any, b: Any) -> Any:
    return a @ b if np.ndim(a) and np.ndim(b) else a * b
