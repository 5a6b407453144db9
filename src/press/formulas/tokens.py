r"""LaTeX as tokens, each with its place in the text.

What only moves ink (``\,``, ``\left``, ``\displaystyle``) is dropped, and
so is ``\label``. A wide gap (``\quad``) stays: it parts statements.
"""

import re
from dataclasses import dataclass, replace

GAPS = {"quad", "qquad"}
INK = {
    *(",", ";", ":", "!", " ", "left", "right", "middle"),
    *("displaystyle", "textstyle", "scriptstyle", "limits", "nolimits"),
    *("nonumber", "notag"),
}
SAME = {
    "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "leq": "le",
    "geq": "ge", "neq": "ne", "leqslant": "le", "geqslant": "ge",
    "top": "T", "ast": "*", "lbrace": "{", "rbrace": "}", "lvert": "|",
    "rvert": "|", "vert": "|", "lVert": "Vert", "rVert": "Vert", "|": "Vert",
    "implies": "Rightarrow", "Longrightarrow": "Rightarrow",
    "iff": "Leftrightarrow", "Longleftrightarrow": "Leftrightarrow",
    "rightarrow": "to", "longrightarrow": "to", "ldots": "dots",
    "cdots": "dots", "dotsc": "dots", "dotsb": "dots", "lbrack": "[",
    "rbrack": "]", "colon": ":", "preccurlyeq": "preceq",
    "succcurlyeq": "succeq",
}  # fmt: skip
SPACES = {r"\,", r"\;", r"\:", r"\ "}
SIGNS = {"*", "|", "[", "]", ":"}

PATTERN = re.compile(
    r"(?P<label>\\label\{[^}]*\})"
    r"|(?P<text>\\(?:text|mathrm|operatorname|textbf|textit|mathit)"
    r"\*?\{(?P<words>[^{}]*)\})"
    r"|(?P<env>\\(?P<side>begin|end)\{(?P<name>[a-z]+)\*?\}"
    r"(?:\{[lcr|]+\})?)"
    r"|(?P<row>\\\\(?:\[[^\]]*\])?)"
    r"|(?P<command>\\(?:[a-zA-Z]+|.))"
    r"|(?P<number>\d+(?:\.\d+|(?:\{,\}|\\,)\d{3}(?!\d))*)"
    r"|(?P<letter>[a-zA-Z])"
    r"|(?P<space>\s+|~|%[^\n]*)"
    r"|(?P<sign>.)",
    re.DOTALL,
)


class FormulaError(Exception):
    """A formula that is not read, or has no value.

    Attributes:
        what: what is wrong.
        fix: what to do.
        start: where it begins in the LaTeX, in characters.
        end: where it ends.
    """

    def __init__(self, what: str, fix: str, start: int, end: int) -> None:
        super().__init__(f"{what}; {fix}")
        self.what = what
        self.fix = fix
        self.start = start
        self.end = end


@dataclass(frozen=True)
class Token:
    r"""One token.

    Attributes:
        kind: number, letter, command, sign, text, begin, end, row or gap.
        text: its characters without backslash, or its words.
        start: where it begins.
        end: where it ends.
        spaced: whether a space was asked for before it, as by ``\,``.
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool = False

    def is_(self, *texts: str) -> bool:
        """Whether it is one of these commands or signs."""
        return self.kind in {"command", "sign"} and self.text in texts


def tokens(latex: str) -> list[Token]:
    """The tokens of a formula, with an end token behind the last."""
    found: list[Token] = []
    spaced = False
    for match in PATTERN.finditer(latex):
        made = _token(match)
        found += [replace(t, spaced=spaced) for t in made]
        spaced = match[0] in SPACES or (spaced and not made)
    return [*found, Token("stop", "", len(latex), len(latex))]


def _token(match: re.Match[str]) -> list[Token]:
    start, end = match.span()
    kind = match.lastgroup or ""
    for group in ("label", "space"):
        if match[group]:
            return []
    if match["text"]:
        kind, text = _worded(match["text"], match["words"].strip())
    elif match["env"]:
        kind, text = match["side"], match["name"]
    elif match["row"]:
        kind, text = "row", r"\\"
    elif match["command"]:
        return _command(match["command"][1:], start, end)
    elif match["number"]:
        kind = "number"
        text = match["number"].replace("{,}", "").replace("\\,", "")
    else:
        kind = "letter" if match["letter"] else "sign"
        text = match[0]
    return [Token(kind, text, start, end)]


def _worded(latex: str, words: str) -> tuple[str, str]:
    """Words, an upright name, or the d of a derivative."""
    if latex.startswith(r"\text"):
        return "text", words
    return ("command", "dd") if words == "d" else ("name", words)


def _command(name: str, start: int, end: int) -> list[Token]:
    if name in INK:
        return []
    if name in GAPS:
        return [Token("gap", name, start, end)]
    name = SAME.get(name, name)
    kind = "sign" if name in SIGNS else "command"
    return [Token(kind, name, start, end)]
