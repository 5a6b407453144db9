"""Makes the math font of the site from TeX Gyre Pagella Math.

Three changes, all for browsers: only the glyphs that a book of this kind
uses are kept; a prime is drawn by the glyph that TeX uses in superscripts
(the plain one is already raised, and would be raised twice); the combining
arrow gets a width, so that it can stand over a letter by itself. The
licence asks that a changed font has another name.

    python -m press.font texgyrepagella-math.otf press-math.woff2
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

NAME = "Press Math"
PRIMES = (0x2032, 0x2033, 0x2034)
ARROW = 0x20D7
ITALIC_H = 0x210E  # the hole in the block of italic letters

RANGES = (
    (0x20, 0x7E),  # ASCII
    (0x1D434, 0x1D467),  # italic Latin
    (0x1D6FC, 0x1D71B),  # italic Greek
)
SINGLE = (
    "±·×÷¬ℂℕℚℝℤℓ𝔼𝒪ℒ𝒩ΓΔΘΛΠΣΦΨΩ𝛤𝛥𝛬𝛴𝛷𝛺𝟎𝟏𝟙"
    "…′″‴←↑→↓↦⇐⇒⇔∀∂∃∇∈∉∏∑−∗∘√∝∞∥∧∨∩∪∫≃≈≔≠≡≤≥≪≫≺≻≼≽⊂⊆"
    "⊕⊗⊙⊤⊥⋅⋆⋮⋯⋱⌈⌉⌊⌋⟨⟩‖∣⏟¯¨ˆ˜˙⁗⟹⪯⪰∖\u2009"
)


def characters() -> set[int]:
    """The code points that the font keeps."""
    kept = {c for first, last in RANGES for c in range(first, last + 1)}
    return kept | {ord(c) for c in SINGLE} | {ITALIC_H, ARROW}


def make(source: Path, target: Path) -> None:
    """Write the subset of `source` as WOFF2."""
    font = TTFont(source, recalcTimestamp=False)
    _primes(font)
    _arrow(font)
    options = subset.Options()
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.hinting = False
    options.drop_tables += ["FFTM"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    _rename(font)
    font["head"].modified = font["head"].created
    font.flavor = "woff2"
    font.save(target)


def _primes(font: TTFont) -> None:
    """Map each prime to its form for superscripts."""
    forms: dict[str, str] = {}
    gsub = font["GSUB"].table
    lookups = {
        i
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "ssty"
        for i in record.Feature.LookupListIndex
    }
    for i in sorted(lookups):
        for table in gsub.LookupList.Lookup[i].SubTable:
            table = getattr(table, "ExtSubTable", table)  # noqa: PLW2901
            for name, others in getattr(table, "alternates", {}).items():
                forms[name] = others[0]
            forms.update(getattr(table, "mapping", {}))
    for table in font["cmap"].tables:
        for code in PRIMES:
            name = table.cmap.get(code)
            if name in forms:
                table.cmap[code] = forms[name]


def _arrow(font: TTFont) -> None:
    """Give the combining arrow its own width."""
    name = font.getBestCmap()[ARROW]
    glyphs = font.getGlyphSet()
    bounds = BoundsPen(glyphs)
    glyphs[name].draw(bounds)
    left, _, right, _ = bounds.bounds
    pen = T2CharStringPen(right - left, glyphs)
    glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, -left, 0)))
    cff = font["CFF "].cff.topDictIndex[0]
    old = cff.CharStrings[name]
    cff.CharStrings[name] = pen.getCharString(old.private, old.globalSubrs)
    font["hmtx"][name] = (round(right - left), 0)


def _rename(font: TTFont) -> None:
    plain = NAME.replace(" ", "")
    named = {1: NAME, 3: f"{plain}-1.0", 4: NAME, 6: plain}
    for record in font["name"].names:
        if record.nameID in named:
            record.string = named[record.nameID]
    cff = font["CFF "].cff
    cff.fontNames = [plain]
    cff.topDictIndex[0].FullName = NAME
    cff.topDictIndex[0].FamilyName = NAME


def main(argv: Sequence[str]) -> int:
    """Make the font from the command line."""
    parser = argparse.ArgumentParser(
        prog="press.font", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args(argv)
    make(options.source, options.target)
    size = options.target.stat().st_size
    print(f"{options.target.name}: {size / 1000:.1f} KB")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
