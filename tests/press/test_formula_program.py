"""The program of a check as a reader sees it, with its formula."""

import contextlib
import io
from pathlib import Path

import pytest

from press import formula_checks
from press.page import parse

PAGE = """\
---
title: Squares
description: A page about the square of the length of a vector.
---

# Squares

$$
x^\\T x = \\norm{x}^2
\\label{claim:square}
$$

/// check

``` {.python .formula}
def draw(rng):
    return {"x": rng.normal(size=3)}
```
///
"""


def program(text):
    page = parse(text, Path("part/squares.md"))
    (fence,) = page.fences
    return formula_checks.program(page, fence, fence.body)


def run(source):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(source, {})  # noqa: S102
    return out.getvalue()


def test_the_program_of_a_check_ends_with_its_formula():
    source = program(PAGE)
    assert source.startswith("def draw(rng):")
    assert 'check(r"""\nx^\\T x = \\norm{x}^2\n""", globals())' in source
    assert "label" not in source


def test_the_program_says_the_verdict():
    said = run(program(PAGE))
    assert said.startswith("read from the formula, holds at 100 draws; ")
    assert "these pass" not in said


def test_a_reader_who_edits_the_formula_sees_it_refused():
    from press.formulas import CheckError  # noqa: PLC0415

    with pytest.raises(CheckError, match="does not hold at draw 0 of 100"):
        run(program(PAGE).replace("}^2", "}^3"))


def test_a_reader_who_weakens_the_draw_sees_what_passes():
    weak = program(PAGE).replace(
        "rng.normal(size=3)", "__import__('numpy').ones(1)"
    )
    assert "these pass: " in run(weak)
