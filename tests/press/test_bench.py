from pathlib import Path

import pytest

from press import bench, generate
from press.book import Book
from press.lint import check
from press.marks import marks

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_is_the_power(power):
    sizes = [2, 8, 32]
    assert bench.exponent(sizes, [3 * n**power for n in sizes]) == (
        pytest.approx(power)
    )


def test_a_fixed_cost_does_not_hide_growth():
    sizes = [2, 8, 32]
    costs = [100 + n**2 for n in sizes]
    assert bench.exponent(sizes, costs) < 1.1
    assert bench.growth(sizes, costs, 100) == pytest.approx(2)


def test_what_hardly_grows_has_no_exponent():
    assert bench.growth([2, 8, 32], [100.1, 99.9, 101], 100) is None


def test_the_table_says_what_was_missed():
    rows = [
        bench.Row("time", "3", "≤ 2", good=False),
        bench.Row("size", "1 KB", "≤ 2 KB", good=True),
        bench.Row("note", "7"),
    ]
    lines = bench.table(rows).splitlines()
    assert lines[0].split() == ["what", "measured", "target"]
    assert lines[2].split() == ["time", "3", "≤", "2", "MISSED"]
    assert lines[3].endswith("reached")
    assert lines[4].split() == ["note", "7"]


def test_a_cost_is_of_the_command_and_not_of_who_starts_it(tmp_path):
    (tmp_path / "small.py").write_text("print('done')\n")
    (tmp_path / "large.py").write_text("b'x' * 2**28\n")
    held = bytearray(b"x" * 2**28)
    small = bench.run(tmp_path, "small")
    large = bench.run(tmp_path, "large")
    assert small.output == "done\n"
    assert small.memory < len(held) / 2**21
    assert large.memory > len(held) / 2**20


def test_a_cost_is_work_and_not_waiting(tmp_path):
    (tmp_path / "idle.py").write_text("import time; time.sleep(1)\n")
    busy = """
import subprocess, sys, time
if len(sys.argv) == 1:
    subprocess.run([sys.executable, __file__, "child"], check=True)
while len(sys.argv) > 1 and time.process_time() < 1:
    pass
"""
    (tmp_path / "busy.py").write_text(busy)
    assert bench.run(tmp_path, "idle").seconds < 1
    assert bench.run(tmp_path, "busy").seconds >= 1


def test_a_synthetic_book_is_a_book(tmp_path):
    root = bench.synthetic(ROOT, tmp_path / "book", 2)
    bench.blessed(root)
    generate.write(root)
    book = Book(root)
    assert len(book.chapters) == 2
    said = {p.what for p in check(book) if "synthetic" in str(p.path)}
    assert said == {"unwritten"}
    page = book.chapters[0]
    examples = [f for f in page.fences if f.is_python]
    assert len(examples) > 3 * bench.SECTIONS
    assert all(f.body for f in page.fences if f.is_output)
    assert sum(m.kind == "claim" for m in marks(page)) == bench.SECTIONS + 1
    done = bench.run(root, "pytest", "-q", "-p", "no:cacheprovider", "docs")
    assert f"{2 * len(examples)} passed" in done.output


def test_a_command_that_fails_says_its_last_lines(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "sad.py").write_text("raise SystemExit('why')", "utf8")
    with pytest.raises(RuntimeError, match="sad failed:\nwhy"):
        bench.run(tmp_path, "sad")


def test_a_measure_that_fails_costs_no_other_its_rows(monkeypatch, capsys):
    def sad(_root, _say):
        raise TimeoutError("no page came")

    good = lambda _root, _say: [bench.Row("a size", "3", "≤ 4", good=True)]  # noqa: E731
    monkeypatch.setattr(bench, "MEASURES", {"sad": sad, "good": good})
    assert bench.main(["--only", "sad", "good"]) == 1
    said = capsys.readouterr()
    assert "a size" in said.out
    assert said.err == "sad: no page came\n"
    assert bench.main(["--only", "good"]) == 0


@pytest.fixture
def site(tmp_path):
    for name, data in {
        "assets/app.js": b"1" * 9,
        "assets/javascripts/workers/search.0.min.js": b"2" * 9,
        "assets/book.css": b"3" * 9,
        "assets/fonts/math.woff2": b"4" * 2000,
        "a.light.svg": b"5" * 9,
        "a.dark.svg": b"6" * 9,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    page = tmp_path / "chapter" / "index.html"
    page.parent.mkdir()
    page.write_text(
        '<link rel="stylesheet" href="../assets/book.css">'
        '<script src="../assets/app.js"></script>'
        '<img src="../a.light.svg#only-light"><img src="../a.dark.svg">',
        "utf8",
    )
    return tmp_path


def test_a_first_view_counts_what_the_page_names(site):
    found = bench.first_view(site, site / "chapter" / "index.html")
    assert found["math font"] == 2.0
    assert found["JS"] == pytest.approx(2 * found["CSS"])
    assert found["figures"] == found["CSS"] > 0


def test_a_first_view_from_another_host_is_refused(site):
    page = site / "chapter" / "index.html"
    page.write_text('<script src="https://cdn.example/x.js"></script>', "utf8")
    with pytest.raises(RuntimeError, match=r"from elsewhere"):
        bench.first_view(site, page)
