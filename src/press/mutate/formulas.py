"""The one-symbol mistakes of a formula, over the tokens of its LaTeX."""

import re
from collections.abc import Iterator

from press.mutate.edits import another_digit

Mistake = tuple[int, int, str, str]
"""Where it begins and ends in the LaTeX, what is put there, its kind."""

TOKEN = re.compile(
    r"\\(?:text|label|begin|end|operatorname|mathrm|textbf)\*?\{[^}]*\}"
    r"|\^\{?\\T\}?|\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|[a-zA-Z]|[-+=<>]"
)
FRACTION = re.compile(r"\\[td]?frac$")
SIGNS = {"+": "-", "-": "+", r"\pm": "+", r"\cdot": "+"}
RELATIONS = {
    "=": r"\ne ",
    "<": ">",
    ">": "<",
    r"\le": r"\ge",
    r"\ge": r"\le",
    r"\leq": r"\geq",
    r"\geq": r"\leq",
    r"\ne": "=",
    r"\neq": "=",
    r"\approx": r"\ne",
}
FUNCTIONS = {
    r"\sin": r"\cos",
    r"\cos": r"\sin",
    r"\min": r"\max",
    r"\max": r"\min",
    r"\argmin": r"\argmax",
    r"\argmax": r"\argmin",
    r"\ln": r"\exp",
    r"\log": r"\exp",
    r"\exp": r"\ln",
    r"\sum": r"\prod",
    r"\prod": r"\sum",
}
LETTERS = re.compile(
    r"\\(?:alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|theta|kappa|lambda"
    r"|mu|nu|xi|pi|rho|sigma|tau|(?:var)?phi|chi|psi|omega|Gamma|Delta|Theta"
    r"|Lambda|Sigma|Phi|Psi|Omega)$|[a-zA-Z]$"
)


def mistakes(latex: str) -> Iterator[Mistake]:
    """Every mistake of one symbol, each at its place."""
    tokens = [(m.start(), m[0]) for m in TOKEN.finditer(latex)]
    symbols = list(dict.fromkeys(t for _, t in tokens if LETTERS.match(t)))
    for number, (at, token) in enumerate(tokens):
        before = tokens[number - 1][1] if number else ""
        if token[0].isdigit():
            yield from _numerals(at, token, split=_fraction(before))
        elif token.startswith("^"):
            yield at, at + len(token), "", "transpose"
        elif token in symbols and len(symbols) > 1:
            after = symbols[(symbols.index(token) + 1) % len(symbols)]
            gap = " " if after.startswith("\\") else ""
            yield at, at + len(token), after + gap, "symbol"
        else:
            yield from _operators(at, token)


def _numerals(at: int, token: str, *, split: bool) -> Iterator[Mistake]:
    r"""``\tfrac12`` is one half: two numerals without a space."""
    parts = list(token) if split else [token]
    for part in parts:
        if part.isdigit() or len(part) > 1:
            new = another_digit(part, f"{at}:{token}")
            yield at, at + len(part), new, "numeral"
        at += len(part)


def _operators(at: int, token: str) -> Iterator[Mistake]:
    for table, kind in (
        (SIGNS, "sign"),
        (RELATIONS, "relation"),
        (FUNCTIONS, "function"),
    ):
        if token in table:
            # NB: a command must not run into the letter after it.
            gap = " " if table[token][-1].isalpha() else ""
            yield at, at + len(token), table[token] + gap, kind


def _fraction(token: str) -> bool:
    return bool(FRACTION.match(token))
