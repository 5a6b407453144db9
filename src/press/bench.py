"""What the book promises about time, memory and size, measured.

Everything is a ratio or a size taken in one run on one machine, so that it
means the same elsewhere. Nothing here is a test: a test never depends on
how fast a machine happens to be.

Growth is measured on synthetic books. A fixed start-up would hide it, so a
book without chapters is measured too and subtracted; the exponent is the
slope of what is left on logarithmic axes.
"""

import argparse
import gzip
import hashlib
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from press import api, new
from press.bless import bless
from press.book import GENERATED, Book
from press.measure import Row, Say
from press.nav import variable
from press.plugins import named
from press.settings import (
    docs_of,
    library_of,
    settings_of,
    snippets_of,
    source_of,
)

PART = "synthetic"
SIZES = (2, 8, 32)
SECTIONS = 8
FIGURES = 3
FLOOR = 0.03  # a growth below this share of the fixed cost is noise
RUNS, LONG = 4, 8.0  # runs of one command; enough if they took so many seconds
BUDGET = {
    "JS": 60,
    "CSS": 40,
    "math font": 35,
    "HTML": 90,
    "figures": 150,
}  # KB, gzipped
# A process begins with the peak of the one that starts it, and this one may
# have loaded much: a small one stands between.
WATCH = """
import os, sys
command = [sys.argv[1], "-m", *sys.argv[2:]]
said = [(os.POSIX_SPAWN_DUP2, 2, 1)]
pid = os.posix_spawn(command[0], command, os.environ, file_actions=said)
_, status, usage = os.wait4(pid, 0)
print(usage.ru_maxrss, usage.ru_utime + usage.ru_stime)
sys.exit(status != 0)
"""


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds of processors, and MiB at its peak."""

    seconds: float
    memory: float
    output: str


def main(argv: Sequence[str]) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="press bench", description=__doc__)
    root = Path.cwd()
    measures = {**named(root, "benches"), **MEASURES}
    parser.add_argument(
        "--only", nargs="*", choices=sorted(measures), help="measure these"
    )
    options = parser.parse_args(argv)
    rows: list[Row] = []
    failed = False
    for name, measure in measures.items():
        if options.only and name not in options.only:
            continue
        try:
            rows += measure(root, _say)
        except Exception as error:  # noqa: BLE001  (costs no other its rows)
            failed = True
            print(f"{name}: {error}", file=sys.stderr)  # noqa: T201
    print(table(rows))  # noqa: T201
    return int(failed)


def _say(line: str) -> None:
    print(f"… {line}", file=sys.stderr, flush=True)  # noqa: T201


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned text."""
    verdict = {True: "reached", False: "MISSED", None: ""}
    cells = [("what", "measured", "target", "")]
    cells += [(r.what, r.value, r.target, verdict[r.good]) for r in rows]
    widths = [max(len(c[i]) for c in cells) for i in range(4)]
    lines = [
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True))
        for row in cells
    ]
    lines.insert(1, "  ".join("-" * w for w in widths))
    return "\n".join(line.rstrip() for line in lines)


def run(root: Path, *module: str, **environment: str) -> Cost:
    """Run a module in a book; its time, its peak memory, its output.

    The time is what processors worked for it and for the processes that it
    started, whatever else the machine did meanwhile.

    Raises:
        RuntimeError: if it fails, with the end of what it said.
    """
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(  # noqa: S603  (the project's own modules)
            [sys.executable, "-I", "-S", "-c", WATCH, sys.executable, *module],
            cwd=root,
            env={
                **os.environ,
                "PYTHONPATH": str(source_of(root)),
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            check=False,
        )
        said.seek(0)
        output = said.read()
    if done.returncode:
        end = "\n".join(output.splitlines()[-20:])
        raise RuntimeError(f"{' '.join(module)} failed:\n{end}")
    memory, seconds = map(float, done.stdout.split())
    return Cost(seconds, memory / 1024, output)


def exponent(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """Slope of log cost against log size, by least squares."""
    x = [math.log(s) for s in sizes]
    y = [math.log(c) for c in costs]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    rise = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return rise / sum((a - mean_x) ** 2 for a in x)


def growth(
    sizes: Sequence[int], costs: Sequence[float], fixed: float
) -> float | None:
    """The exponent of what grows; None if hardly anything does."""
    above = [
        (s, c - fixed)
        for s, c in zip(sizes, costs, strict=True)
        if c - fixed > FLOOR * fixed
    ]
    if len(above) < 2:
        return None
    return exponent([s for s, _ in above], [c for _, c in above])


def synthetic(root: Path, target: Path, chapters: int) -> Path:
    """A copy of the book whose chapters are made, `chapters` of them.

    Each has the skeleton of `make new` and eight sections of a definition,
    two examples with outputs, a number in prose, a derivation with its
    check; and three figures.
    """
    target.mkdir(parents=True)
    table = settings_of(root)
    docs = target / table.docs
    kept = (table.code, "pyproject.toml", "mkdocs.yml", f"{table.docs}/assets")
    for name in kept:
        _copy(root / name, target / name)
    for path in library_of(target).rglob("*.py"):
        text = path.read_text("utf8")  # its equations are on other pages
        path.write_text(re.sub(r"eq\. `\w+:[\w-]+`", "eq.", text), "utf8")
    snippets_of(target).mkdir()
    (docs / "index.md").write_text(_HOME, "utf8")
    (docs / "reference").mkdir()
    notation = Path(table.docs, "reference", "notation.md")
    _copy(root / notation, target / notation)
    config = target / "mkdocs.yml"
    kept = re.sub(
        r"\nnav:\n.*", _nav(root), config.read_text("utf8"), flags=re.DOTALL
    )
    config.write_text(kept, "utf8")
    for number in range(chapters):
        _chapter(target, f"chapter_{_letters(number)}")
    return target


def _letters(number: int) -> str:
    """A number as letters: in a title digits would be typed by hand."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")


_HOME = (
    "---\ntitle: Synthetic\ndescription: A book that was made in order to "
    "measure how its cost grows with it.\n---\n\n# Synthetic\n\nMade.\n"
)
_NAV = """
nav:
  - Home: index.md
  - Reference:
      - reference/notation.md
      - Quick reference: generated/quick_reference.md
      - Glossary: generated/glossary.md
      - Bibliography: generated/bibliography.md
      - How this book is verified: generated/verified.md
      - Your progress: generated/progress.md
"""


def _nav(root: Path) -> str:
    """Home, the reference, and the entries of the library."""
    pages = api.render(Book(root))
    return _NAV + "".join(f"      - generated/api/{name}\n" for name in pages)


def _chapter(root: Path, slug: str) -> None:
    new.write(root, f"{PART}/{slug}")
    dashed = slug.replace("_", "-")
    template = (new.TEMPLATE / "section.md.tmpl").read_text("utf8")
    sections = ""
    for number in range(1, SECTIONS + 1):
        values = {
            "package": settings_of(root).package,
            "number": str(number),
            "label": f"{dashed}-{number}",
            "part": PART,
            "name": f"{slug}_example",
        }
        text = template
        for name, value in values.items():
            text = text.replace("{{" + name + "}}", value)
        sections += text
    figures = snippets_of(root) / PART / slug / "figures"
    script = (figures / f"{slug}.py").read_text("utf8")
    for number in range(1, FIGURES):
        name = f"{slug}_{number}"
        (figures / f"{name}.py").write_text(
            script.replace("four times", f"{number} and more times"), "utf8"
        )
        sections += (
            f"/// figure | {name}\n    alt: A curve that opens upwards from "
            "zero, as the one above does.\n\nOnce more.\n///\n\n"
        )
    page = docs_of(root) / PART / f"{slug}.md"
    mark = "## Common mistakes"
    text = page.read_text("utf8").replace(mark, sections + mark)
    page.write_text(text, "utf8")


def blessed(root: Path) -> None:
    """Fill in what the examples of a synthetic book print."""
    code = (
        "from pathlib import Path; from press.bench import bless_all;"
        "bless_all(Path.cwd())"
    )
    subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(source_of(root))},
        check=True,
    )


def bless_all(root: Path) -> None:
    """Write the outputs into every page of the book at `root`."""
    book = Book(root)
    for page in book.pages:
        text, _ = bless(book, page)
        (book.docs / page.path).write_text(text, "utf8")


def grows(root: Path, say: Say) -> list[Row]:
    """Tests and build at 1×, 4× and 16× chapters."""
    tests: list[Cost] = []
    builds: list[Cost] = []
    with tempfile.TemporaryDirectory() as folder:
        for chapters in (0, *SIZES):
            book = synthetic(root, Path(folder) / str(chapters), chapters)
            blessed(book)
            say(f"{chapters} synthetic chapters: tests")
            tests.append(_least(partial(_tests, book, chapters)))
            say(f"{chapters} synthetic chapters: build")
            builds.append(_least(partial(_cold, book)))
            shutil.rmtree(book)
    rows = []
    for what, costs in [("tests", tests), ("build", builds)]:
        for kind, unit in [("seconds", "s"), ("memory", "MiB")]:
            values = [getattr(c, kind) for c in costs]
            found = growth(SIZES, values[1:], values[0])
            shown = " → ".join(f"{v:.3g}" for v in values)
            rows.append(
                Row(
                    f"{what}, {kind} at 0, 1×, 4×, 16× "
                    f"({', '.join(map(str, SIZES))} chapters)",
                    f"{shown} {unit}",
                )
            )
            rows.append(
                Row(
                    f"{what}, growth of {kind} beyond the fixed cost",
                    f"below {FLOOR:.0%} of it"
                    if found is None
                    else f"n^{found:.2f}",
                    "≤ n^1.1",
                    found is None or found <= 1.1,
                )
            )
    return rows


def _least(measure: Callable[[], Cost]) -> Cost:
    """The least of a few runs, fewer if they are long: load only adds."""
    costs = [measure()]
    while len(costs) < RUNS and sum(c.seconds for c in costs) < LONG:
        costs.append(measure())
    return min(costs, key=lambda c: c.seconds)


def _cold(root: Path) -> Cost:
    for folder in (docs_of(root) / GENERATED, root / "site"):
        shutil.rmtree(folder, ignore_errors=True)
    return run(root, "press", "build")


def _tests(root: Path, chapters: int) -> Cost:
    if not chapters:
        return _nothing(root)
    quiet = ("-q", "-p", "no:cacheprovider")
    return run(root, "pytest", *quiet, settings_of(root).docs)


def _nothing(root: Path) -> Cost:
    """Starting pytest where there is nothing to run (its code is 5)."""
    docs = settings_of(root).docs
    code = (
        "import pytest, sys;sys.exit(pytest.main("
        f"['-q', '-p', 'no:cacheprovider', '{docs}']) != 5)"
    )
    script = source_of(root) / "start.py"
    script.write_text(code, "utf8")
    return run(root, "start")


def rebuilds(root: Path, say: Say) -> list[Row]:
    """Cold and warm build, one page, and two builds byte by byte."""
    with tempfile.TemporaryDirectory() as folder:
        here = _whole(root, Path(folder) / "here")
        there = _whole(root, Path(folder) / "over there")
        say("a cold build, and a warm one")
        cold = run(here, "press", "build", TZ="UTC")
        warm = run(here, "press", "build", TZ="UTC")
        say("the same elsewhere, in another time zone")
        run(there, "press", "build", TZ="Asia/Tokyo", PYTHONHASHSEED="7")
        one, two = _hashes(here / "site"), _hashes(there / "site")
        differ = [
            n for n in one.keys() | two.keys() if one.get(n) != two.get(n)
        ]
        page = max(Book(root).chapters, key=lambda p: len(p.fences))
        say(f"the blocks of {page.name}")
        path = here / page.place
        path.write_text(path.read_text("utf8") + "\nOne more word.\n", "utf8")
        quiet = ("-q", "-p", "no:cacheprovider")
        some = _passed(run(here, "pytest", *quiet, str(page.place)))
        every = run(here, "pytest", *quiet, "--collect-only", str(page.folder))
        total = len(re.findall(r"\[line:", every.output))
        of_page = sum(
            str(page.place) in line and "[line:" in line
            for line in every.output.splitlines()
        )
    drawn = [c.output.count("drew ") for c in (cold, warm)]
    return [
        Row("figures drawn, cold build", str(drawn[0])),
        Row("figures drawn, warm build", str(drawn[1]), "0", not drawn[1]),
        Row("time, warm / cold build", f"{warm.seconds / cold.seconds:.2f}"),
        Row(
            f"blocks run after an edit, PAGE={page.name} (of all)",
            f"{some} ({total})",
            f"{of_page}",
            some == of_page,
        ),
        Row(
            "files that differ between two builds (of all)",
            f"{len(differ)} ({len(one)})",
            "0",
            not differ,
        ),
    ]


def _whole(root: Path, target: Path) -> Path:
    table = settings_of(root)
    folders = (table.docs, table.snippets, table.code)
    for name in (*folders, "mkdocs.yml", "pyproject.toml"):
        _copy(root / name, target / name)
    return target


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        ignored = shutil.ignore_patterns("generated", "__pycache__")
        shutil.copytree(source, target, ignore=ignored)
    else:
        shutil.copy(source, target)


def _hashes(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(
            p.read_bytes()
        ).hexdigest()
        for p in folder.rglob("*")
        if p.is_file()
    }


def _passed(cost: Cost) -> int:
    found = re.search(r"(\d+) passed", cost.output)
    return int(found[1]) if found else 0


def sizes(root: Path, say: Say) -> list[Row]:
    """What a first view of each chapter loads, the largest of all."""
    with tempfile.TemporaryDirectory() as folder:
        say("the sizes of a first view")
        site = Path(folder) / "site"
        run(root, "press", "build", "--site-dir", str(site))
        worst = dict.fromkeys(BUDGET, 0.0)
        for page in Book(root).chapters:
            html = site / page.path.with_suffix("") / "index.html"
            for kind, size in first_view(site, html).items():
                worst[kind] = max(worst[kind], size)
    return [
        Row(
            f"{kind} of a chapter's first view, gzipped",
            f"{worst[kind]:.1f} KB",
            f"≤ {limit} KB",
            worst[kind] <= limit,
        )
        for kind, limit in BUDGET.items()
    ]


def first_view(site: Path, html: Path) -> dict[str, float]:
    """KB by kind that a page names; all its figures, one palette."""
    text = html.read_text("utf8")
    found = dict.fromkeys(BUDGET, 0.0)
    found["HTML"] = _packed(text.encode())
    for name in set(re.findall(r'<script[^>]*\bsrc="([^"]+)"', text)):
        found["JS"] += _file(html, name)
    workers = site / "assets" / "javascripts" / "workers"
    for path in workers.glob("search.*.js"):
        found["JS"] += _packed(path.read_bytes())
    for name in set(
        re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    ):
        found["CSS"] += _file(html, name)
    for path in (site / "assets" / "fonts").glob("*.woff2"):
        found["math font"] += path.stat().st_size / 1000
    for name in set(re.findall(r'src="([^"]+\.light\.svg)[^"]*"', text)):
        found["figures"] += _file(html, name)
    return found


def _file(html: Path, name: str) -> float:
    if re.match(r"[a-z]+:|//", name):
        raise RuntimeError(f"{html} loads {name} from elsewhere")
    return _packed((html.parent / name.partition("?")[0]).read_bytes())


def _packed(data: bytes) -> float:
    return len(gzip.compress(data, mtime=0)) / 1000


def live(root: Path, say: Say) -> list[Row]:
    """The first result, the next, a restart, and all examples."""
    from press import bench_live  # noqa: PLC0415  (needs a browser)
    from press.live import local  # noqa: PLC0415

    def build(site: Path, address: str) -> None:
        where = {
            variable(root, "site_url"): address,
            variable(root, "pyodide"): "pyodide/",
        }
        run(root, "press", "build", "--site-dir", str(site), **where)
        local.collect(root / local.DEFAULT)
        shutil.copytree(root / local.DEFAULT, site / "pyodide")

    say("programs in Chromium")
    chapters = [page.name for page in Book(root).chapters]
    found = bench_live.measure(build, chapters, settings_of(root).package)
    return [
        Row(
            "first result after Run / a bare worker that loads the same",
            f"{found['first']:.2f}",
            "≤ 1.3",
            found["first"] <= 1.3,
        ),
        Row(
            "second run, beyond the program's own time",
            f"{found['overhead']:.0f} ms",
            "≤ 50 ms",
            found["overhead"] <= 50,
        ),
        Row(
            "Stop to ready again / a fresh start",
            f"{found['restart']:.2f}",
            "≤ 1.1",
            found["restart"] <= 1.1,
        ),
        Row(
            "bytes sent for the restart",
            f"{found['bytes']:.0f}",
            "0",
            found["bytes"] == 0,
        ),
        Row(
            f"all {found['blocks']:.0f} examples of the chapters, one session",
            f"{found['total']:.0f} s, first {found['share']:.0%}",
        ),
    ]


MEASURES: dict[str, Callable[[Path, Say], list[Row]]] = {
    "sizes": sizes,
    "rebuilds": rebuilds,
    "growth": grows,
    "live": live,
}
