"""Rows of terms and factors with dots in them."""

from press.formulas import values
from press.formulas.names import Names
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node
from press.formulas.values import Value


def dotted(at: Names, node: Node) -> Value:
    """``w_1 a_1 + w_2 a_2 + … + w_n a_n``."""
    gap = next(i for i, p in enumerate(node.parts) if p.kind == "dots")
    before, last = node.parts[:gap], node.parts[gap + 1 :]
    if not before or len(last) != 1 or len(set(node.text)) != 1:
        raise FormulaError(
            "a row of terms that is not read",
            "write first terms, dots and one last term, or a sum",
            node.start,
            node.end,
        )
    terms = _generic(at, before, last[0], node)
    total: Value = None
    for names, body in terms:
        with at.given(**names):
            found = at.value(body)
        total = found if total is None else values.add(total, found)
    return values.negative(total) if node.text[0] == "-" else total


def table(at: Names, node: Node) -> list[list[Value]]:
    """The rows of a matrix; dots stand in one column or one row."""
    column = [r.parts[0] for r in node.parts]
    if len(column) > 1 and any(
        c.kind == "dots" for r in node.parts for c in r.parts
    ):
        if any(len(r.parts) > 1 for r in node.parts):
            raise FormulaError(
                "dots in a table of rows and columns are not read",
                "write an entry, as in A_{ij} = …",
                node.start,
                node.end,
            )
        return [[v] for v in listed(at, tuple(column), node)]
    return [listed(at, r.parts, r) for r in node.parts]


def listed(at: Names, parts: tuple[Node, ...], node: Node) -> list[Value]:
    r"""The entries of ``x_1 & \cdots & x_n``, or as they stand."""
    if not any(p.kind == "dots" for p in parts):
        return [at.value(p) for p in parts]
    *before, dots, last = parts if len(parts) > 2 else (node,) * 3
    if not before or dots.kind != "dots":
        raise FormulaError(
            "a row of entries that is not read",
            "write first entries, dots and one last entry",
            node.start,
            node.end,
        )
    found = []
    for names, body in _generic(at, tuple(before), last, node):
        with at.given(**names):
            found.append(at.value(body))
    return found


def run(at: Names, node: Node) -> Value:
    r"""``w_1 \cdots w_n``."""
    first, last = node.parts
    total: Value = 1
    for names, body in _generic(at, (first,), last, node):
        with at.given(**names):
            total = values.product(total, at.value(body))
    return total


def _generic(
    at: Names, before: tuple[Node, ...], last: Node, node: Node
) -> list[tuple[dict[str, Value], Node]]:
    """The values of the index that runs, each with the term it is in."""
    pairs = differing(before[0], last)
    if not pairs or any(
        not (a.same(pairs[0][0]) and b.same(pairs[0][1])) for a, b in pairs
    ):
        raise FormulaError(
            "first and last differ in more than one index",
            "write a sum or a product",
            node.start,
            node.end,
        )
    start = int(at.value(pairs[0][0]))
    stop = int(at.value(pairs[0][1]))
    index = Node("sym", last.start, last.end, text="index__")
    body = last.replaced(pairs[0][1], index)
    for step, term in enumerate(before):
        wanted = body.replaced(
            index, Node("num", 0, 0, text=str(start + step))
        )
        if not wanted.same(term):
            raise FormulaError(
                "this term does not go on to the last",
                "compare its indices with those of the last",
                term.start,
                term.end,
            )
    return [({"index__": i}, body) for i in range(start, stop + 1)]


def differing(a: Node, b: Node) -> list[tuple[Node, Node]]:
    """The places where two trees of one form differ."""
    if a.same(b):
        return []
    if (
        a.kind == b.kind
        and a.text == b.text
        and (len(a.parts) == len(b.parts) and a.parts)
    ):
        return [
            pair
            for x, y in zip(a.parts, b.parts, strict=True)
            for pair in differing(x, y)
        ]
    return [(a, b)]
