"""The font that the site serves has what its pages need."""

import re
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from press.book import Book
from press.font import NAME
from press.math import to_mathml
from press.page import LABEL

ROOT = Path(__file__).parents[2]
FONT = ROOT / "src/press/theme/assets/fonts/press-math.woff2"
INVISIBLE = {0xFE00, 0x2061, 0x2062, 0x2063, 0x2064, 0x20, 0xA0, 0x0A}
ITALIC = {
    "h": 0x210E,
    "ϵ": 0x1D716,
    "ϑ": 0x1D717,
    "ϕ": 0x1D719,
    "ϱ": 0x1D71A,
    "∂": 0x1D715,
}


@pytest.fixture(scope="module")
def font():
    return TTFont(FONT)


def drawn(mathml):
    """The code points that a browser draws: a lone letter is italic."""
    for tag, attributes, text in re.findall(
        r"<(m[ion]|mtext)\b([^>]*)>([^<]+)</", mathml
    ):
        for character in text:
            code = ord(character)
            plain = 'mathvariant="normal"' in attributes
            if tag == "mi" and len(text) == 1 and not plain:
                code = italic(character)
            yield code


def italic(c):
    if c in ITALIC:
        return ITALIC[c]
    if "a" <= c <= "z":
        return 0x1D44E + ord(c) - ord("a")
    if "A" <= c <= "Z":
        return 0x1D434 + ord(c) - ord("A")
    if "α" <= c <= "ω":
        return 0x1D6FC + ord(c) - ord("α")
    return ord(c)


def test_the_font_is_light_named_anew_and_mathematical(font):
    assert FONT.stat().st_size <= 35_000
    assert "MATH" in font
    names = {str(r) for r in font["name"].names if r.nameID in {1, 4}}
    assert names == {NAME}
    assert FONT.with_name("LICENSE-press-math.txt").exists()


def test_the_font_has_every_character_of_every_formula(font):
    has = font.getBestCmap().keys() | INVISIBLE
    missing = {}
    for page in Book(ROOT).pages:
        formulas = [(s.text, False) for s in page.formulas]
        formulas += [(d.latex, True) for d in page.displays]
        for latex, display in formulas:
            mathml = to_mathml(LABEL.sub("", latex), display=display)
            for code in drawn(mathml):
                if code not in has:
                    missing.setdefault(chr(code), latex)
    assert missing == {}


@pytest.mark.parametrize(
    "latex",
    [
        r"\argmin_x \argmax_x \softmax \relu \bigO{n} \E \Var \R \T \dd",
        r"\norm{x} \abs{x} \inner{u}{v} \{ \lfloor x \rfloor \lceil x \rceil",
        r"\hat x \bar x \tilde x \dot x \ddot x \sqrt{x} \underbrace{x}_n",
        r"\preceq \succeq \le \ge \ll \gg \ne \equiv \approx \propto \notin",
        r"\sum \prod \int \odot \oplus \otimes \circ \cdot \times \setminus",
        r"\to \mapsto \leftarrow \implies \downarrow \cdots \vdots \ddots",
        r"\alpha \beta \gamma \delta \epsilon \varepsilon \phi \varphi",
        r"\Gamma \Delta \Theta \Lambda \Pi \Sigma \Phi \Psi \Omega \nabla",
    ],
)
def test_the_font_has_what_a_chapter_may_need(latex, font):
    has = font.getBestCmap().keys() | INVISIBLE
    shown = to_mathml(latex, display=True)
    assert {chr(c) for c in drawn(shown) if c not in has} == set()


def test_a_prime_is_the_one_for_superscripts(font):
    glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
    pen = BoundsPen(glyphs)
    glyphs[cmap[0x2032]].draw(pen)
    assert pen.bounds[3] - pen.bounds[1] > 300
    assert pen.bounds[1] < 300
