"""Careless edits: all are made, and those that pass are named."""

import hashlib
import json
import re
import time
from pathlib import Path

import pytest

from press import cli, generate, lint
from press.book import Book
from press.execute import PageRun
from press.mutate import library, text
from press.mutate.edits import Lines, another_digit, misspelt
from press.mutate.formulas import mistakes
from press.mutate.reader import Reader
from press.mutate.record import Entry, Record
from press.mutate.run import edits_of, sample
from press.mutate.sandbox import EndedError, isolated
from press.mutate.suite import Suite, owner
from press.page import parse
from press.problems import PressError

ROOT = Path(__file__).parents[2]
LIBRARY = "src/derivable/tiny.py"
WEAK = '''\
"""Lines."""

OFFSET = 1


def rise(x, *, slope=2):
    """How far a line rises."""
    if slope < 0:
        raise ValueError("slope must not be negative")

    return slope * x + OFFSET


def sides(x):
    """What nobody tests."""
    return x - 1, x + 1


def half(x):
    """What only the page runs."""
    return x / 2


def count(n):
    """Counts down."""
    while n > 0:
        n -= 1
    return n
'''
TESTS = """\
import pytest

from derivable.part.lines import count, rise, sides


def test_rise():
    assert rise(3) == 7


def test_rise_refuses():
    with pytest.raises(ValueError, match="negative"):
        rise(3, slope=-1)


def test_sides():
    assert len(sides(3)) == 2


def test_count():
    assert count(3) == 0
"""
CHAPTER = """\
---
title: Lines
description: How far a straight line rises, on a page that has one program.
status: draft
---

# Lines

``` {.python}
from derivable.part.lines import half

print(half(3))
```

``` {.text .output}
1.5
```
"""


@pytest.fixture
def book(tiny):
    """The tiny book with a chapter that has a library and tests."""
    files = {
        "src/derivable/__init__.py": '"""A library."""\n',
        "src/derivable/part/__init__.py": '"""A part."""\n',
        "src/derivable/part/lines.py": WEAK,
        "tests/part/test_lines.py": TESTS,
        "docs/part/lines.md": CHAPTER,
        "mkdocs.yml": "site_name: Tiny\nnav: [slopes.md, part/lines.md]\n",
    }
    for name, content in files.items():
        path = tiny / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf8")
    return tiny


def page_edits(root, name="slopes"):
    return text.edits(root, Book(root).page(name))


KINDS = {
    "claim digit",
    "claim sign",
    "figure",
    "formula numeral",
    "formula relation",
    "include",
    "other formula relation",
    "other formula symbol",
    "output digit",
    "output sign",
    "solution constant",
    "solution sign",
}


def test_every_kind_of_edit_is_made(tiny):
    found = page_edits(tiny)
    assert {e.kind for e in found} >= KINDS
    assert len({e.key for e in found}) == len(found)
    page = (tiny / "docs/slopes.md").read_text("utf8")
    assert all(e.applied(page) != page for e in found)


MADE = [  # what is written in prose, what is made of it
    ("It is 78 m high.", {("number", "78")}),
    ("It is 7 m high.", {("one digit", "7")}),
    ("It grew by 12.5% then.", {("number", "12.5%")}),
    ("A cost of 1,000 then.", {("number", "1,000")}),
    ("It is $\\kappa = 100$.", {("number", "100"), ("other", "=")}),
    ("It is $x < y$.", {("other", "<"), ("other", "x"), ("other", "y")}),
    ("| 25 | 3 |", {("number", "25"), ("one digit", "3")}),
    ("### Part 12", {("number", "12")}),
    ("12. a list counts by itself", set()),
    ("[here](https://example.org/2024)", set()),
    ("See [@newton1687, section 12].", set()),
    ("Call `range(10)` for float64.", set()),
    ("See <https://example.org/12>.", set()),
]


@pytest.mark.parametrize(("line", "made"), MADE, ids=[m[0][:20] for m in MADE])
def test_what_is_made_of_a_line(tiny, edit, line, made):
    at = edit("A car moves", f"{line}\n\nA car moves")
    found = [e for e in page_edits(tiny) if e.line == at]
    assert {(e.kind.partition(" formula")[0], e.old) for e in found} == made
    assert all(e.scored == (e.kind == "number") for e in found)


def test_numbers_of_captions_alternative_texts_and_solutions_are_edited(
    tiny, edit
):
    edit("by two for each step.", "by 45 for each step.")
    edit("The slope of a straight line is", "From 10 to 20 the slope is")
    edit("/// solution\n", "/// solution\n\nIt is 66.\n")
    found = {(e.kind, e.old) for e in page_edits(tiny)}
    assert {("number", "45"), ("number", "10"), ("answer", "66")} <= found


def refusal(root, kind, old):
    reader = Reader(Book(root), Book(root).page("slopes"))
    found = [e for e in page_edits(root) if (e.kind, e.old) == (kind, old)]
    assert found, f"no {kind} of {old}"
    return reader.refusal(found[0])


@pytest.mark.parametrize(
    ("kind", "old", "says"),
    [
        ("output digit", "3.0", r'prints "3\.0", the page shows'),
        ("output sign", "2.", r'prints "\[2\. 4\.\]", the page shows "\[-2'),
        ("claim digit", "3.0", r"t\.sum\(\) is 3\.0, the page says"),
        ("claim sign", "3.0", r't\.sum\(\) is 3\.0, the page says "-3\.0"'),
        ("include", "tiny", r"which does not exist"),
        ("include", "double", r"defines no "),
        ("figure", "line", r"has no script|labels nothing"),
        ("figure", "alt", r"has no alt text"),
    ],
)
def test_a_careless_edit_is_refused(tiny, kind, old, says):
    said = refusal(tiny, kind, old)
    assert re.match(r"docs/slopes\.md:\d+: ", said)
    assert re.search(says, said), said


def test_a_listing_of_the_neighbour_in_the_file_is_refused(tiny, edit):
    half = "\n\ndef half(x):\n    return x / 2\n"
    edit("    return 2 * x\n", f"    return 2 * x\n{half}", LIBRARY)
    reader = Reader(Book(tiny), Book(tiny).page("slopes"))
    (other,) = [e for e in page_edits(tiny) if e.new == "half"]
    assert "its section does not say half; say" in reader.refusal(other)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("importance_weights", "weight_size", "says importance_weights too"),
        ("metropolis_hastings", "gibbs", "does not say gibbs"),
        ("gibbs", "metropolis_hastings", "does not say metropolis_hastings"),
    ],
)
def test_a_listing_of_another_symbol_of_a_chapter_is_refused(old, new, says):
    page = Book(ROOT).page("probability/sampling")
    listing = f'.py:{old}"'
    if listing not in page.text:  # as if the other one stood there
        swapped = page.text.replace(f'.py:{new}"', listing)
        swapped = swapped.replace(f"`{new}`", f"`{old}`")
        page = parse(swapped, page.path)
    assert named(page, old) == []
    (said,) = named(
        parse(page.text.replace(listing, f'.py:{new}"'), page.path), new
    )
    assert says in said


def named(page, symbol):
    """What lint says of a listing of `symbol` in the book as it is."""
    book = Book(ROOT)
    vars(book)["pages"] = [page]
    found = [str(p) for p in lint.check(book, page.name)]
    return [s for s in found if f':{symbol}" is listed, and' in s]


def test_an_edit_of_a_step_runs_the_check_beside_it(tiny, edit):
    step = "$$\n(t + 1)^2 = t^2 + 2 t + 1\n$$\n\n"
    edit("## The slope of a square\n\n", f"## The slope of a square\n\n{step}")
    said = refusal(tiny, "other formula sign", "+")
    assert "a step that does not hold at draw 0 of the check in line" in said


def test_a_solution_is_edited_in_its_file_and_refused_by_its_check(tiny):
    exercise = "snippets/slopes/exercises/double.py"
    solutions = [e for e in page_edits(tiny) if e.path.as_posix() == exercise]
    assert {e.line for e in solutions} == {11}
    reader = Reader(Book(tiny), Book(tiny).page("slopes"))
    for edit in solutions:
        assert "AssertionError" in reader.refusal(edit), str(edit)


def test_a_solution_that_never_ends_is_refused(tiny, edit, monkeypatch):
    edit(
        "    return 2 * x",
        "    n = 0\n    while n < 2 * x:\n        n += 1\n    return n",
        name="snippets/slopes/exercises/double.py",
    )
    monkeypatch.setattr("press.mutate.reader.LEAST", 1.0)
    reader = Reader(Book(tiny), Book(tiny).page("slopes"))
    (endless,) = [e for e in page_edits(tiny) if "n -= 1" in e.new]
    assert "ended without an answer" in reader.refusal(endless)


def test_a_number_that_nobody_computes_survives_at_its_line(tiny, edit):
    at = edit("A car moves", "In 1970, a car moves")
    later = '[tool.press]\nlater = ["slopes"]\n'
    (tiny / "pyproject.toml").write_text(later)
    reader = Reader(Book(tiny), Book(tiny).page("slopes"))
    found = [e for e in page_edits(tiny) if e.old == "1970"]
    assert [reader.refusal(e) for e in found] == [""]
    assert str(found[0]).startswith(f"docs/slopes.md:{at}: number: 1970 → ")


def test_a_page_that_is_wrong_already_is_not_judged(tiny, edit):
    edit("[2. 4.]", "[2. 5.]")
    with pytest.raises(PressError, match="the page shows"):
        Reader(Book(tiny), Book(tiny).page("slopes"))


def test_a_later_example_does_not_change_what_an_earlier_one_was(tiny, edit):
    edit("print(t.sum())", "print(t.sum())\nt *= 2")
    edit("The slopes add to", "Then:\n\n``` {.python continuation}\nt *= 2"
         "\n```\n\nThe slopes add to")  # fmt: skip
    edit('`3.0`{ .claim of="t.sum()" }', '`12.0`{ .claim of="t.sum()" }')
    edit("Then:", 'It is `6.0`{ .claim of="t.sum()" }. Then:')
    reader = Reader(Book(tiny), Book(tiny).page("slopes"))
    claims = [e for e in page_edits(tiny) if e.kind.startswith("claim")]
    assert len(claims) == 4
    assert all(reader.refusal(e) for e in claims)
    assert len(reader.states) == 3


def test_an_output_edit_runs_nothing(tiny, monkeypatch):
    book = Book(tiny)
    reader = Reader(book, book.page("slopes"))

    def runs(*_):
        raise AssertionError("executed")

    monkeypatch.setattr(PageRun, "_execute", runs)
    outputs = [e for e in page_edits(tiny) if e.kind.startswith("output")]
    assert len(outputs) >= 5
    assert all("the page shows" in reader.refusal(e) for e in outputs)


def test_nothing_in_the_tree_is_written(book):
    before = tree(book)
    reader = Reader(Book(book), Book(book).page("slopes"))
    for edit in page_edits(book):
        reader.refusal(edit)
    suite = Suite(book, Book(book).page("part/lines"))
    for edit in edits_of(book, suite.page, "library")[:3]:
        suite.refusal(edit)
    assert tree(book) == before


def tree(root):
    return {
        p: hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(root.rglob("*"))
        if p.is_file()
    }


FORMULAS = [
    ("a + b", {"a - b", "b + b", "a + a"}),
    (r"x^\T y", {"x y", r"y^\T y", r"x^\T x"}),
    (r"\sin 1", {r"\cos  1"}),
    (r"\ln x", {r"\exp  x"}),
    (r"a \le b", {r"a \ge  b", r"b \le b", r"a \le a"}),
    (r"\text{if } 1", set()),
    (r"\label{claim:a-b}", set()),
]


@pytest.mark.parametrize(("latex", "made"), FORMULAS)
def test_the_mistakes_of_a_formula(latex, made):
    found = {
        latex[:a] + new + latex[b:]
        for a, b, new, kind in mistakes(latex)
        if kind != "numeral"
    }
    assert found == made


def test_a_fraction_without_braces_has_two_numerals():
    found = [latex_of(r"\tfrac12", m) for m in mistakes(r"\tfrac12")]
    assert len(found) == 2
    assert re.fullmatch(r"\\tfrac[^1]2", found[0])
    assert re.fullmatch(r"\\tfrac1[^2]", found[1])


def latex_of(latex, mistake):
    start, end, new, _ = mistake
    return latex[:start] + new + latex[end:]


PROGRAMS = [
    ("sign", "a + b", {"a - b"}),
    ("sign", "(a) * (b)  # *", {"(a) / (b)  # *"}),
    ("sign", "a @ -b", {"a * -b", "a @ b"}),
    ("sign", "not a", {"a"}),
    ("sign", "a -= 1", {"a += 1"}),
    ("comparison", "a < b", {"a <= b", "a > b"}),
    ("comparison", "a <= b < c", {"a < b < c", "a >= b < c", "a <= b <= c",
                                  "a <= b > c"}),
    ("comparison", "a is not None", {"a is None"}),
    ("comparison", "a in b and c", {"a not in b and c", "a in b or c"}),
    ("constant", "a = 3", {"a = 4"}),
    ("constant", "a = 0.5", {"a = 1.0"}),
    ("constant", "a = 1e-9", {"a = 1e-06"}),
    ("constant", "a = True", {"a = False"}),
    ("constant", 'a = "text"', set()),
    ("default", "def f(a=1): pass", {"def f(a=2): pass"}),
    ("default", "def f(*, a=1.5): pass", {"def f(*, a=3.0): pass"}),
    ("index", "a[0]", {"a[1]"}),
    ("index", "a[i]", {"a[i - 1]"}),
    ("index", "a[-1:]", {"a[-2:]"}),
    ("off by one", "a[:k]", {"a[:(k) + 1]"}),
    ("off by one", "range(1, n)", {"range(1, (n) + 1)"}),
    ("argument", "f(a, b)", {"f(a)"}),
    ("argument", "f(a)", set()),
    ("argument", "f(a, axis=0, keep=c)", {"f(a, keep=c)", "f(a, axis=0)"}),
    ("argument", "f(k=1, j=2)", {"f(j=2)", "f(k=1)"}),
    ("argument", "f(**a)", set()),
    ("line", "a = b", {"pass"}),
    ("sign", 'raise ValueError(f"{a + b}")', set()),
    ("constant", '"""Doc 1."""', set()),
    ("constant", "a: Literal[1] = b", set()),
    ("sign", "σ + x", {"σ - x"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "program", "made"), PROGRAMS)
def test_the_mistakes_of_a_program(kind, program, made):
    found = library.edits(Path("a.py"), program, lines=True)
    assert {e.applied(program) for e in found if e.kind == kind} == made
    assert {e.line for e in found} <= {1}


def test_a_mistake_stands_at_its_line_behind_letters_of_many_bytes():
    program = 's = "σσσ"; a = 1\nb = (\n    2\n    + σ\n)\n'
    found = library.edits(Path("a.py"), program)
    assert {(e.line, e.kind) for e in found} == {
        (1, "constant"), (3, "constant"), (4, "sign"),
    }  # fmt: skip


def test_a_weak_test_lets_a_mistake_survive(book):
    suite = Suite(book, Book(book).page("part/lines"))
    said = {
        (e.line, e.new.strip()): suite.refusal(e)
        for e in edits_of(book, suite.page, "library")
        if e.line < 23
    }
    survived = {line for line, why in said.items() if not why}
    assert {n for n, _ in survived} == {8, 16}
    assert (8, "if slope <= 0:") in survived
    assert "test_rise" in said[3, "OFFSET = 2"]
    refused = [w for (n, _), w in said.items() if n == 11]
    assert refused
    assert all("test_rise" in w for w in refused)


def test_the_page_refuses_what_no_test_looks_at(book):
    suite = Suite(book, Book(book).page("part/lines"))
    half = [
        e for e in edits_of(book, suite.page, "library") if "x / 2" in e.old
    ]
    assert len(half) == 2
    for edit in half:
        assert 'the page shows "1.5"' in suite.refusal(edit)


def test_a_mistake_that_never_ends_is_refused(book, monkeypatch):
    monkeypatch.setattr("press.mutate.suite.LEAST", 1.0)
    monkeypatch.setattr("press.mutate.suite.SLOWER", 0.0)
    suite = Suite(book, Book(book).page("part/lines"))
    (endless,) = [
        e for e in edits_of(book, suite.page, "library") if "n += 1" in e.new
    ]
    assert "ended without an answer" in suite.refusal(endless)


def test_a_chapter_whose_tests_fail_is_not_judged(book):
    path = book / "tests/part/test_lines.py"
    path.write_text(TESTS.replace("== 7", "== 8"), "utf8")
    with pytest.raises(
        PressError, match=r"docs/part/lines\.md:1: .*test_rise fails before"
    ):
        Suite(book, Book(book).page("part/lines"))


@pytest.mark.parametrize(
    "wrong",
    [
        ("docs/part/lines.md", "print(", "print((", "SyntaxError"),
        ("docs/part/lines.md", "1.5", "1.6", "the page shows"),
        ("src/derivable/part/lines.py", "x / 2", "x /", "SyntaxError"),
        ("src/derivable/part/lines.py", "x / 2", "x / 3", "the page shows"),
        ("tests/part/test_lines.py", "import", "(import", "fails before"),
    ],
)
def test_what_is_wrong_already_is_a_problem_at_its_line(
    book, monkeypatch, capsys, wrong
):
    file, old, new, says = wrong
    path = book / file
    path.write_text(path.read_text("utf8").replace(old, new, 1), "utf8")
    monkeypatch.chdir(book)
    sort = "--text" if file.startswith("docs") else "--library"
    assert cli.main(["mutate", "part/lines", sort, "--jobs", "1"]) == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert re.match(r"[\w/.]+:\d+: .*; ", said), said
    assert says in said


def test_a_run_that_is_stopped_keeps_what_it_saw(book, monkeypatch, capsys):
    real = Reader.refusal
    tried = []

    def stopped(self, edit):
        tried.append(edit)
        if len(tried) == 2:
            raise KeyboardInterrupt
        return real(self, edit)

    monkeypatch.setattr(Reader, "refusal", stopped)
    with pytest.raises(KeyboardInterrupt):
        mutate(
            book, monkeypatch, capsys, "part/lines", "--text", "--jobs", "1"
        )
    page = Book(book).page("part/lines")
    assert Record(book).current(page, "text").known == {tried[0].key}


def test_the_owner_of_a_line_is_its_outermost_function(book):
    path = Path("src/derivable/part/lines.py")
    assert owner(book, path, 3) is None
    assert owner(book, path, 11) == (path.as_posix(), 6)


def test_what_work_breaks_it_breaks_for_itself():
    kept = []
    assert isolated(lambda: kept.append(1) or 5, 5.0) == 5
    assert kept == []
    with pytest.raises(EndedError, match="ZeroDivisionError"):
        isolated(lambda: 1 / 0, 5.0)


def test_work_that_waits_is_ended_too(monkeypatch):
    monkeypatch.setattr("press.mutate.sandbox.PATIENCE", 0.5)
    start = time.monotonic()
    with pytest.raises(EndedError, match="without an answer"):
        isolated(lambda: time.sleep(60), 1.0)
    assert time.monotonic() - start < 30


def test_a_sample_follows_from_its_seed(tiny):
    every = page_edits(tiny)
    first = sample(every, 5, "a")
    assert first == sample(every, 5, "a")
    assert len(first) == 5
    assert first != sample(every, 5, "b")
    assert all(e.scored for e in first)
    assert sample(every, None, "a") == every
    assert len(sample(every, 9999, "a")) == sum(e.scored for e in every)


def mutate(root, monkeypatch, capsys, *words):
    monkeypatch.chdir(root)
    code = cli.main(["mutate", *words])
    return code, capsys.readouterr().out


def test_survivors_are_printed_and_the_code_says_below(
    book, monkeypatch, capsys
):
    code, out = mutate(
        book, monkeypatch, capsys, "part/lines", "--library", "--jobs", "2"
    )
    assert code == 1
    survivor = r"src/derivable/part/lines\.py:8: comparison: .*<= 0: survives"
    assert re.search(survivor, out), out
    assert "part/lines: library is below its goal" in out
    loaded = json.loads((book / ".press/mutate.json").read_text("utf8"))
    (loaded,) = loaded.values()
    entry = loaded["part/lines"]["library"]
    assert len(entry["refused"]) + len(entry["survived"]) == entry["of"]


def test_a_chapter_for_later_is_measured_and_not_held(
    book, monkeypatch, capsys
):
    (book / "pyproject.toml").write_text(
        '[tool.press]\nlater = ["part/lines"]\n', "utf8"
    )
    code, out = mutate(book, monkeypatch, capsys, "part/lines", "--jobs", "1")
    assert code == 0
    assert "survives" in out
    assert mutate(book, monkeypatch, capsys, "--held") == (0, "")


def test_a_run_that_is_broken_off_goes_on(book, monkeypatch, capsys):
    words = ("part/lines", "--text", "--jobs", "1")
    tried = []
    real = Reader.refusal

    def counting(self, edit):
        tried.append(edit)
        return real(self, edit)

    monkeypatch.setattr(Reader, "refusal", counting)
    mutate(book, monkeypatch, capsys, *words, "--sample", "2")
    assert len(tried) == 2
    mutate(book, monkeypatch, capsys, *words, "--resume")
    whole = page_edits(book, "part/lines")
    assert sorted(e.key for e in tried) == sorted(e.key for e in whole)
    mutate(book, monkeypatch, capsys, *words, "--resume")
    assert len(tried) == len(whole)
    mutate(book, monkeypatch, capsys, *words)
    assert len(tried) == 2 * len(whole)
    chapter = book / "docs/part/lines.md"
    chapter.write_text(CHAPTER + "\nMore.\n", "utf8")
    mutate(book, monkeypatch, capsys, *words, "--resume")
    assert len(tried) == 3 * len(whole)


def test_the_seed_chooses_among_the_chapters(book, monkeypatch, capsys):
    for n in range(5):
        chapter = CHAPTER.replace("Lines", f"Lines {n}")
        (book / f"docs/part/lines_{n}.md").write_text(chapter, "utf8")
    words = ("--text", "--sample", "1", "--jobs", "1", "--chapters")

    def measured(count, seed):
        out = mutate(book, monkeypatch, capsys, *words, count, "--seed", seed)
        return re.findall(r"^(\S+) text:", out[1], re.MULTILINE)

    assert len(measured("9", "a")) == 6
    assert len(measured("2", "a")) == 2
    assert measured("2", "a") == measured("2", "a")
    assert len({tuple(measured("2", seed)) for seed in "abcdef"}) > 1


def test_an_unknown_page_is_a_problem(book, monkeypatch, capsys):
    monkeypatch.chdir(book)
    assert cli.main(["mutate", "part/nothing"]) == 1
    assert capsys.readouterr().err == (
        "docs/part/nothing.md:1: no such page; there are part/lines\n"
    )


def test_what_does_not_count_is_tried_and_told_beside_the_score(
    book, monkeypatch, capsys
):
    chapter = book / "docs/part/lines.md"
    chapter.write_text(CHAPTER + "\nFor 3 lines $x < y$.\n", "utf8")
    words = ("part/lines", "--text", "--jobs", "1")
    code, out = mutate(book, monkeypatch, capsys, *words)
    assert code == 0
    assert "part/lines text: 100.0 % of 2 refused, 0 survive" in out
    assert "one digit: 1 of 1 survive" in out
    assert "beside the score: 0 of 4 refused" in out
    resumed = mutate(book, monkeypatch, capsys, *words, "--resume")[1]
    assert "beside the score: 0 of 4 refused" in resumed


@pytest.mark.parametrize("word", ["--sample", "--chapters", "--jobs"])
def test_a_count_must_be_positive(word, capsys):
    with pytest.raises(SystemExit):
        cli.main(["mutate", word, "0"])
    assert f"{word} must be positive, got 0" in capsys.readouterr().err


def test_the_verified_page_prints_the_scores_of_the_page_as_it_is(book):
    unknown = "not\N{NO-BREAK SPACE}measured"

    def scores():
        rows = [
            line
            for line in generate.verified(Book(book)).splitlines()
            if line.startswith("| [Lines](../part/lines.md) | ")
        ]
        return rows[-1].strip("| ").split(" | ")[-2:]

    assert scores() == [unknown, unknown]
    record = Record(book)
    entry = record.opened(Book(book).page("part/lines"), "text", resume=True)
    entry.of, entry.refused = 4, {"a", "b", "c"}
    entry.survived = {"d": "docs/part/lines.md:1: number: 1 → 2"}
    record.write()
    shown = "75.0\N{NO-BREAK SPACE}% of 4, below the goal"
    assert scores() == [shown, unknown]
    (book / "docs/part/lines.md").write_text(CHAPTER + "\nMore.\n", "utf8")
    assert scores() == [unknown, unknown]


def test_two_runs_at_once_keep_what_each_has_seen(book):
    page = Book(book).page("part/lines")
    one, other = Record(book), Record(book)
    for record, sort in ((one, "text"), (other, "library"), (one, "text")):
        record.opened(page, sort, resume=True).of = 3
        record.write()
    again = Record(book)
    assert again.current(page, "text").of == 3
    assert again.current(page, "library").of == 3


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"drift 1": {"a": 1}}'])
def test_a_file_of_another_kind_is_no_record(book, said):
    path = book / ".press/mutate.json"
    path.parent.mkdir()
    path.write_text(said, "utf8")
    assert Record(book).entries == {}
    assert "measured" in generate.verified(Book(book))


def test_a_test_that_changed_makes_the_library_unmeasured(book):
    page = Book(book).page("part/lines")
    record = Record(book)
    record.opened(page, "library", resume=False)
    record.opened(page, "text", resume=False)
    assert record.current(page, "library")
    (book / "tests/part/test_lines.py").write_text(TESTS + "\n", "utf8")
    assert record.current(page, "library") is None
    assert record.current(page, "text")


def entry(refused, survived, of):
    found = Entry("", of)
    found.refused = {str(n) for n in range(refused)}
    found.survived = {f"s{n}": "" for n in range(survived)}
    return found


@pytest.mark.parametrize(
    ("refused", "survived", "of", "below"),
    [
        (98, 2, 100, False),
        (97, 3, 100, True),
        (39, 1, 1000, False),  # every other sample of a chapter at its goal
        (38, 2, 1000, False),
        (37, 3, 1000, True),  # one sample of twenty-two
        (10, 10, 1000, True),
        (0, 0, 0, False),
    ],
)
def test_a_sample_speaks_against_a_chapter_beyond_chance(
    refused, survived, of, below
):
    assert entry(refused, survived, of).below(0.98) is below


def test_a_score_is_never_rounded_up():
    assert entry(9799, 201, 10_000).shown() == "97.9 % of 10000"
    assert entry(40, 0, 900).shown() == "100.0 % of 40 of 900"


def test_a_mistyped_digit_is_another_number_of_the_same_length():
    for number in ("7", "0.50", "1e-12", "1,000"):
        new = another_digit(number, "salt")
        assert new == another_digit(number, "salt")
        assert len(new) == len(number)
        assert sum(a != b for a, b in zip(new, number, strict=True)) == 1


def test_a_mistyped_word_is_another_word():
    for word in ("a", "oo", "book", "numerical_gradient"):
        assert misspelt(word) != word


def test_offsets_are_of_letters_and_not_of_bytes():
    lines = Lines("σ = 1\nb")
    assert lines.of_bytes(1, 5) == 4
    assert lines.offset(2, 0) == 6
    assert lines.line_of(6) == 2
