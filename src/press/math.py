r"""LaTeX to MathML while the site is built, as a Markdown extension.

``$…$`` and ``$$…$$`` become MathML Core, which the browser draws itself:
no script is sent for mathematics. A display with a ``\label`` is numbered
within its page. Formulas are kept out of the search index.
"""

import html
import itertools
import re
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

import math_core
from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from press.page import INLINE_MATH, LABEL

MACROS = {
    "R": r"\mathbb{R}",
    "T": r"\top",
    "dd": r"\mathrm{d}",
    "E": r"\operatorname{E}",
    "Var": r"\operatorname{Var}",
    "tr": r"\operatorname{tr}",
    "diag": r"\operatorname{diag}",
    "adj": r"\operatorname{adj}",
    "rank": r"\operatorname{rank}",
    "sign": r"\operatorname{sign}",
    "argmin": r"\operatorname*{arg\,min}",
    "argmax": r"\operatorname*{arg\,max}",
    "softmax": r"\operatorname{softmax}",
    "relu": r"\operatorname{relu}",
    "norm": r"\left\lVert #1 \right\rVert",
    "abs": r"\left\lvert #1 \right\rvert",
    "inner": r"\left\langle #1, #2 \right\rangle",
    "bigO": r"\mathcal{O}\!\left(#1\right)",
}

UNSUPPORTED = {
    r"\\substack\b": "stack the lines in an array, or use two sums",
    r"\\begin\{split\}": r"write \begin{aligned}",
    r"\\begin\{smallmatrix\}": r"write \begin{pmatrix}",
    r"\\mathbbm\b": r"write \mathbf{1}",
    r"\\text\{[^}]*\$": r"end the \text before the mathematics",
    r"\\smash\b": "leave it out",
    r"\\mathclap\b": "leave it out",
    r"\\[bB]igg?[lrm]?\b": r"write \left and \right",
    r"\\operatorname\*?\{\\mathbb": r"write \E or \mathbb{E}",
    r"\\vec\b": "vectors are plain letters in this book",
    r"\\(overline|widehat|underline)\b": r"write \bar or \hat over a letter",
    r"\\begin\{(align|gather|equation|multline)\*?\}": (
        r"write \begin{aligned}; a \label numbers the display"
    ),
    r"\\tag\b": r"a \label numbers the display",
    r"\\overbrace\b": r"write \underbrace",
    "[\x02·]": "end the formula before the code, or escape the dollar",
}

TALL = ("mfrac", "mtable", "munderover", "munder", "mover", "msqrt", "mroot")
SCRIPTED = ("msup", "msubsup")
NAMED = re.compile(r"&(?!lt;|gt;|amp;|quot;|#)\w+;")
POSITION = re.compile(r"^(?P<at>\d+):\s*(?P<what>.*)$", re.DOTALL)


class MathError(Exception):
    """A formula that is not understood.

    Attributes:
        what: what is wrong.
        fix: what to write instead.
        offset: where in the formula, in characters.
        latex: the formula.
    """

    def __init__(self, what: str, fix: str, offset: int, latex: str) -> None:
        self.what = what
        self.fix = fix
        self.offset = offset
        self.latex = latex
        super().__init__(f"{what}; {fix}: {latex}")


_CONVERTER = math_core.LatexToMathML(
    macros=MACROS, fancy_error=False, allow_unreliable_rendering=False
)


@lru_cache(maxsize=8192)
def to_mathml(latex: str, *, display: bool) -> str:
    r"""The MathML of a formula without its ``\label``.

    Raises:
        MathError: with what is wrong, where, and what to write instead.
    """
    for pattern, fix in UNSUPPORTED.items():
        if found := re.search(pattern, latex):
            what = found[0] if found[0].startswith("\\") else "code"
            raise MathError(
                f"{what} is not understood", fix, found.start(), latex
            )
    try:
        text = _CONVERTER.convert_with_local_state(
            latex.strip(), displaystyle=display
        )
    except math_core.LatexError as error:
        found = POSITION.match(str(error))
        at = int(found["at"]) if found else 0
        what = (found["what"] if found else str(error)).strip().rstrip(".")
        raise MathError(
            f"LaTeX: {what}", "mend the formula", at, latex
        ) from None
    return _polished(text)


def _polished(mathml: str) -> str:
    """Mend what browsers set otherwise than TeX.

    Chromium stretches a fence to its next larger variant even around a
    letter, so only rows with tall content keep stretchy fences; and it
    ignores that an italic f leans over what follows it.
    """
    plain = NAMED.sub(lambda m: html.unescape(m[0]), mathml)
    root = ET.fromstring(plain)  # noqa: S314  (made by the converter)
    for row in root.iter():
        if row.tag not in {"mrow", "math", "mtd", "mstyle"}:
            continue
        fences = [c for c in row if _is_fence(c)]
        if fences and not _is_tall(row):
            for fence in fences:
                fence.set("stretchy", "false")
    for operator in root.iter("mo"):
        if (operator.text or "").strip() in {"⊕", "⊗", "⊙"}:
            operator.set("largeop", "false")
    for parent in root.iter():
        children = list(parent)
        for child, after in itertools.pairwise(children):
            bar = (after.text or "").strip() in {"|", "∣", "‖"}
            if _is_letter_f(child) and (bar or parent.tag in SCRIPTED):
                child.set("class", "overhang")
    return ET.tostring(root, encoding="unicode", short_empty_elements=False)


def _is_letter_f(element: ET.Element) -> bool:
    return element.tag == "mi" and (element.text or "").strip() == "f"


def _is_fence(element: ET.Element) -> bool:
    text = (element.text or "").strip()
    return element.tag == "mo" and text in set("()[]{}|‖⟨⟩∥∣")


def _is_tall(row: ET.Element) -> bool:
    return any(
        e.tag in TALL and not _is_low_accent(e)
        for child in row
        for e in child.iter()
    )


def _is_low_accent(element: ET.Element) -> bool:
    """Whether it is a small letter under a hat or a bar."""
    if element.get("accent") != "true" or element[0].tag != "mi":
        return False
    return (element[0].text or "").islower()


def equation(parent: ET.Element, latex: str, number: int) -> ET.Element:
    """Add a display to `parent`; the element its MathML belongs into.

    It is made of elements and not of text, so that a site generator sees
    the anchor. `number` is 0 if the display carries no label.
    """
    label = LABEL.search(latex)
    outer = ET.SubElement(
        parent, "div", {"class": "equation", "data-search-exclude": ""}
    )
    body = ET.SubElement(
        outer,
        "div",
        {
            "class": "equation-body",
            "tabindex": "0",
            "role": "group",
            "aria-label": "Equation",
        },
    )
    if label is not None:
        kind = label["label"].partition(":")[0]
        outer.set("class", f"equation equation--{kind}")
        outer.set("id", label["label"])
        body.set("aria-label", f"Equation {number}")
        ET.SubElement(outer, "span", {"class": "eqno"}).text = f"({number})"
    return body


LONG = 26  # characters of an inline formula that may not fit a phone
PUNCTUATION = r"(?P<after>[.,;:!?]*)"


class InlineMath(InlineProcessor):
    """``$…$`` in running text, headings, tables and captions.

    Punctuation stays on the line of its formula; a long formula scrolls
    in its own box where the screen is narrow.
    """

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        """Stash the MathML, so that nothing else touches it."""
        del data
        mathml = to_mathml(m["latex"], display=False)
        length = len(re.sub(r"<[^>]*>|&[^;]*;", "", mathml))
        if length > LONG:
            mathml = f'<span class="math-long" tabindex="0">{mathml}</span>'
        if m["after"]:
            mathml = f'<span class="math-tail">{mathml}{m["after"]}</span>'
        return self.md.htmlStash.store(mathml), m.start(0), m.end(0)


class EscapedDollar(InlineProcessor):
    r"""``\$`` is a dollar."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        """Stash it, so that it opens no formula."""
        del data
        return self.md.htmlStash.store("$"), m.start(0), m.end(0)


class DisplayMath(BlockProcessor):
    """``$$…$$`` on lines of its own, whatever stands around it."""

    OPEN = re.compile(r"^ {0,3}(?=\$\$)", re.MULTILINE)

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.count = 0

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether a line opens with ``$$``; deeper ones are a list's."""
        del parent
        return self.OPEN.search(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> bool | None:
        """Take blocks until the one that closes the display."""
        found = self.OPEN.search(blocks[0])
        if found is None:
            return False
        taken = 1
        before, text = blocks[0][: found.start()], blocks[0][found.end() :]
        text = text.strip()
        while not _closed(text) and taken < len(blocks):
            text += "\n" + blocks[taken].strip("\n")
            taken += 1
        if not _closed(text):
            return False
        end = text.index("$$", 2)
        rest = text[end + 2 :].lstrip("\n")
        del blocks[:taken]
        if before.strip():
            self.parser.parseBlocks(parent, [before.rstrip("\n")])
        if rest:
            blocks.insert(0, rest)
        latex = text[2:end].strip("\n")
        if LABEL.search(latex):
            self.count += 1
        body = equation(parent, latex, self.count)
        mathml = to_mathml(LABEL.sub("", latex).strip(), display=True)
        body.text = self.parser.md.htmlStash.store(mathml)
        return None


def _closed(text: str) -> bool:
    return "$$" in text[2:]


class MathExtension(Extension):
    """Mathematics, for `markdown_extensions` of `mkdocs.yml`."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the processors, and reset the count for each page."""
        md.registerExtension(self)
        self.display = DisplayMath(md.parser)
        md.parser.blockprocessors.register(self.display, "press-display", 105)
        md.inlinePatterns.register(
            InlineMath(INLINE_MATH.pattern + PUNCTUATION, md),
            "press-math",
            187,
        )
        md.inlinePatterns.register(
            EscapedDollar(r"\\\$", md), "press-dollar", 186
        )

    def reset(self) -> None:
        """Number the displays of the next page from 1."""
        self.display.count = 0


def makeExtension(**options: Any) -> MathExtension:
    """What Python-Markdown calls."""
    return MathExtension(**options)
