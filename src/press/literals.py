"""Numbers as they are written: on a page, in a formula, in a program."""

import ast
import re
from collections.abc import Iterator

from press import arithmetic, compare

RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
LOWER = str.maketrans(RAISED, "-0123456789")
NUMBER = re.compile(
    r"(?P<n>\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?![\d])(?:\.\d+)?"
    r"|\d+(?:\.\d+)?(?:[eE][-−+]?\d+)?|\.\d+)"
    rf"(?P<power>\s?[×·]\s?10[{RAISED}]+)?(?P<raised>[{RAISED}]+)?"
    r"(?P<over>/\d+)?(?P<percent>\s?[%‰]|\s(?:percent|per cent)\b)?"
)
LATEX = re.compile(
    rf"(?P<n>{arithmetic.DIGITS})?(?P<times>\s*(?:\\cdot|\\times)\s*)?"
    r"(?<![\d.])10\^(?:\{(?P<p>-?\d+)\}|(?P<d>\d))"
    rf"|(?P<plain>{arithmetic.DIGITS})(?P<percent>\s*\\%)?"
)
UNREAD = re.compile(
    r"_\{[^{}=<>]*\}|_\d|\\label\{[^}]*\}|(?<!\\)\b[A-Za-z]{2,}\d+"
    r"|\\(?:h|v|m)space\{[^}]*\}"
)
FRACTION = re.compile(r"(\\[td]?frac\s*)(\d)(\d)")


def ascii_of(text: str) -> str:
    """A shown number in the signs of a program: 3 × 10⁻² is 3e-2."""
    text = text.strip().replace("−", "-").replace("\u00a0", "")
    text = re.sub(
        rf"\s?[×·]\s?10([{RAISED}]+)",
        lambda m: "e" + m[1].translate(LOWER),
        text,
    )
    text = re.sub(
        rf"(?<!\d)10([{RAISED}]+)",
        lambda m: "1e" + m[1].translate(LOWER),
        text,
    )
    text = re.sub(r"(?<=\d)\s?(?:%|percent|per cent)$", "%", text)
    over = re.fullmatch(r"(-?\d+)/(\d+)", text)
    return repr(int(over[1]) / int(over[2])) if over else text


def notable(match: re.Match[str]) -> bool:
    """Whether a number of a text is more than one digit."""
    digits = re.sub(r"\D", "", match["n"])
    more = any(match[g] for g in ("power", "percent"))
    over = len(match["over"] or "") > 2
    signs = re.search(r"[.eE]", match["n"])
    raised = len(match["raised"] or "") > 1
    return bool(len(digits) > 1 or signs or more or over or raised)


def masked(latex: str) -> str:
    r"""A formula without indices, at the same columns.

    Of ``\tfrac12`` the two digits are two numbers.
    """
    latex = UNREAD.sub(lambda m: " " * len(m[0]), latex)
    return FRACTION.sub(lambda m: " " * (len(m[0]) - 1) + m[3], latex)


def in_formula(latex: str) -> Iterator[re.Match[str]]:
    """The numbers of a formula that have more than one digit."""
    for match in LATEX.finditer(masked(latex)):
        plain = match["plain"] or ""
        digits = re.sub(r"\D", "", plain)
        if not plain or len(digits) > 1 or "." in plain or match["percent"]:
            yield match


def texts(shown: str, *, math: bool) -> list[str]:
    """Each number that is shown, as a program writes it."""
    if not math:
        found = [ascii_of(m[0]) for m in NUMBER.finditer(shown)]
        signs = [
            "-" if shown[: m.start()].endswith(("-", "−")) else ""
            for m in NUMBER.finditer(shown)
        ]
        return [s + f for s, f in zip(signs, found, strict=True)]
    found = []
    for match in in_formula(shown):
        before = masked(shown)[: match.start()].rstrip()
        minus = bool(re.search(r"(?:^|[=<>(\[,{]|\\[a-z]+)\s*-$", before))
        number = arithmetic.literal(match[0].strip())
        found.append(("-" if minus else "") + (number or match[0]))
    return found


def values(shown: str, *, math: bool) -> list[float]:
    """Each number that is shown."""
    if math and not list(in_formula(shown)):
        found = [m[0] for m in re.finditer(r"-?\d", masked(shown))]
    else:
        found = texts(shown, math=math)
    return [
        float(t.removesuffix("%")) / (100 if t.endswith("%") else 1)
        for t in found
    ]


def only(latex: str) -> bool:
    """Whether a formula is one number, or a name and one number."""
    parts = arithmetic.clauses(latex)
    return (
        len(parts) == 1
        and sum(map(bool, map(arithmetic.literal, parts[0][0]))) == 1
    )


def like(shown: str, value: object, *, math: bool) -> str:
    """`value` in the format of what is shown, for blessing.

    A formula with more than one number stays as it is.
    """
    if math:
        numbers = list(in_formula(shown))
        if len(numbers) != 1 or not only(shown):
            return shown
        at, old = numbers[0].span(), numbers[0][0]
        new = compare.show(arithmetic.literal(old) or old, value)
        new = re.sub(r"e([-+]?)0*(\d+)", _power_of_latex, new)
        new = new.replace("%", r"\%")
        if old.startswith("10^"):
            new = new.removeprefix(r"1 \cdot ")
        return shown[: at[0]] + _grouped(old, new) + shown[at[1] :]
    plain = ascii_of(shown)
    new = compare.show(
        plain.replace(",", "") if plain[:1] != "[" else plain, value
    )
    if "10" in shown and re.search(rf"[{RAISED}]", shown):
        new = re.sub(r"e([-+]?)0*(\d+)", _power_of_text, new)
        new = re.sub(r"^1 × (?=10)", "", new) if shown[:2] == "10" else new
    new = re.sub(r"e([-+]?)0+(?=\d)", r"e\1", new).replace("e+", "e")
    if "−" in shown or "\u2212" in shown:
        new = new.replace("-", "−")
    return _grouped(shown, new)


def _power_of_latex(match: re.Match[str]) -> str:
    return rf" \cdot 10^{{{match[1].strip('+')}{match[2]}}}"


def _power_of_text(match: re.Match[str]) -> str:
    power = match[1].strip("+") + match[2]
    raised = power.translate(str.maketrans("-0123456789", RAISED))
    return f" × 10{raised}"


def _grouped(old: str, new: str) -> str:
    """A whole number with the commas that the old one had."""
    comma = re.search(r"\d(\{,\}|,)\d{3}", old)
    if comma and re.fullmatch(r"-?\d+", new):
        return f"{int(new):,}".replace(",", comma[1])
    return new


def bound(tree: ast.AST, name: str) -> list[float] | None:
    """The numbers in what a program binds to a name, None if to nothing.

    A name is bound by an assignment, a definition, a default, a loop, an
    argument given by keyword, or as the key of a dictionary.
    """
    found: list[float] | None = None
    for node in ast.walk(tree):
        for value in _bindings(node, name):
            found = [*(found or []), *_numbers(value)]
    return found


def _bindings(node: ast.AST, name: str) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef) and node.name == name:
        yield node
    elif isinstance(node, ast.keyword) and node.arg == name:
        yield node.value
    elif isinstance(node, ast.arguments):
        yield from _defaults(node, name)
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == name:
                yield value
    for target, value in _targets(node):
        yield from _unpacked(target, value, name)


def _targets(node: ast.AST) -> list[tuple[ast.AST, ast.AST]]:
    """What a statement assigns to, and from what."""
    if isinstance(node, ast.Assign):
        return [(target, node.value) for target in node.targets]
    if isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
        return [(node.target, node.value)] if node.value else []
    if isinstance(node, ast.For | ast.comprehension):
        return [(node.target, node.iter)]
    return []


def _defaults(node: ast.arguments, name: str) -> Iterator[ast.AST]:
    plain = [*node.posonlyargs, *node.args]
    first = len(plain) - len(node.defaults)
    pairs = [*zip(plain[first:], node.defaults, strict=True)]
    for argument, value in (
        *pairs,
        *zip(node.kwonlyargs, node.kw_defaults, strict=True),
    ):
        if argument.arg == name and value is not None:
            yield value


def _unpacked(target: ast.AST, value: ast.AST, name: str) -> Iterator[ast.AST]:
    if isinstance(target, ast.Tuple | ast.List):
        same = isinstance(value, ast.Tuple | ast.List) and len(
            value.elts
        ) == len(target.elts)
        for i, inner in enumerate(target.elts):
            part = value.elts[i] if same else value  # type: ignore[attr-defined]
            yield from _unpacked(inner, part, name)
    elif ast.unparse(target) == name:  # also an attribute or an entry
        yield value


def _numbers(node: ast.AST) -> list[float]:
    """The numbers of an expression; arithmetic of numbers is one."""
    folded = _folded(node)
    own = [] if folded is None else [folded]
    if isinstance(node, ast.UnaryOp) and own:
        return own
    return own + [n for c in ast.iter_child_nodes(node) for n in _numbers(c)]


def _folded(node: ast.AST) -> float | None:
    if isinstance(node, ast.Constant):
        found = node.value
        if isinstance(found, int | float) and not isinstance(found, bool):
            return found
        return None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _folded(node.operand)
        return None if inner is None else -inner
    if isinstance(node, ast.BinOp):
        a, b = _folded(node.left), _folded(node.right)
        operators = {ast.Div: "/", ast.Pow: "**", ast.Mult: "*"}
        sign = operators.get(type(node.op))
        if a is not None and b is not None and sign and abs(b) < 400:
            try:
                return float(eval(f"({a!r}) {sign} ({b!r})"))  # noqa: S307
            except ArithmeticError:
                return None
    return None
