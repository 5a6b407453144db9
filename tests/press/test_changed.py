"""What runs again after an edit: what the edit can reach, and only that."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from press import formula_checks, proofs, report
from press.proofs import State

FILES = {
    "pyproject.toml": "",
    "mkdocs.yml": "site_name: Small\n",
    "src/lib/__init__.py": "",
    "src/lib/part/__init__.py": (
        "from lib.part.far import far\n"
        "from lib.part.near import near\n"
        "from lib.part.table import TABLE\n"
    ),
    "src/lib/part/near.py": (
        "from lib.base import one\n\n\ndef near():\n    return one()\n"
    ),
    "src/lib/part/far.py": "def far():\n    return 2\n",
    "src/lib/part/table.py": (
        "from lib.built import made\n\nTABLE = made()\n"
    ),
    "src/lib/built.py": "def made():\n    return {}\n",
    "src/lib/base.py": "def one():\n    return 1\n",
    "src/lib/data/__init__.py": "def table():\n    return 3\n",
    "src/lib/data/table.bin": "3",
    "tests/conftest.py": "",
    "tests/test_near.py": (
        "from lib.part import near\n\n\n"
        "def test_near():\n    assert near() == 1\n"
    ),
    "tests/test_far.py": (
        "from lib.part import far\n\n\n"
        "def test_far():\n    assert far() == 2\n"
    ),
    "tests/test_data.py": (
        "from lib.data import table\n\n\n"
        "def test_data():\n    assert table() == 3\n"
    ),
    "tests/test_reads.py": (
        "from pathlib import Path\n\n\n"
        "def test_reads():\n"
        "    path = Path(__file__).parents[1] / 'notes/a.txt'\n"
        "    assert path.read_text() == 'a'\n"
    ),
    "tests/test_runs.py": (
        "import subprocess\nimport sys\n\n\n"
        "def test_runs():\n"
        "    subprocess.run([sys.executable, '-V'], check=True)\n"
    ),
    "notes/a.txt": "a",
    "notes/b.txt": "b",
    "snippets/glossary.md": "*[slope]: A rise.\n",
    "snippets/page/exercises/double.py": "# %% check\nassert True\n",
    "docs/reference/notation.md": "# Notation\n",
    "docs/page.md": (
        "---\ntitle: A\n---\n\n# A\n\n``` {.python}\n"
        "from lib.part import near\n\nassert near() == 1\n```\n"
    ),
    "docs/other.md": "# B\n\n``` {.python}\nx = 1\n```\n",
}
SEEN = {"tests/test_reads.py": ["notes/a.txt"]}
TESTS = {f"tests/test_{n}.py" for n in ("near", "far", "data", "reads")}
RUNS = "tests/test_runs.py"
PAGES = {"docs/page.md", "docs/other.md"}
ALL = {*TESTS, RUNS, *PAGES}
NEAR = {"tests/test_near.py", "docs/page.md"}
OF_PART = {"tests/test_near.py", "tests/test_far.py", "docs/page.md"}


@pytest.fixture
def small(tmp_path):
    """A small tree that git knows."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return tmp_path


@pytest.fixture
def again(small):
    """The files that would run again after what the caller changes."""
    state = State(small, [])
    entries = {}
    for name in ALL:
        entry = {"opened": SEEN.get(name, []), "whole": False}
        said = proofs.said(small, name)
        key = state.key(name, entry)
        entries[name] = {**entry, "key": key, "said": said}
    assert proofs.standing(State(small, []), entries) == ALL
    return lambda: ALL - proofs.standing(State(small, []), entries)


# what is added to a file, and the files of tests that reach it
EDITS = {
    "src/lib/base.py": ("X = 1\n", {*OF_PART, RUNS}),
    "src/lib/part/near.py": ("\n\ndef new():\n    pass\n", {*OF_PART, RUNS}),
    "src/lib/built.py": ("# what a table is made of\n", {*OF_PART, RUNS}),
    "src/lib/data/table.bin": ("3", {"tests/test_data.py", RUNS}),
    "notes/a.txt": ("a", {"tests/test_reads.py", RUNS}),
    "notes/b.txt": ("b", {RUNS}),
    "tests/test_far.py": ("# more\n", {"tests/test_far.py", RUNS}),
    "docs/page.md": ("\nMore.\n", {"docs/page.md", RUNS}),
    "docs/reference/notation.md": ("\nMore.\n", {*PAGES, RUNS}),
    "snippets/page/exercises/double.py": ("# more\n", {"docs/page.md", RUNS}),
    "snippets/glossary.md": ("*[rise]: A slope.\n", {*PAGES, RUNS}),
    "mkdocs.yml": ("# more\n", {*PAGES, RUNS}),
    "tests/conftest.py": ("# more\n", ALL),
    "pyproject.toml": ("# more\n", ALL),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_reaches_what_it_can_reach(small, again, name):
    more, reached = EDITS[name]
    with (small / name).open("a", encoding="utf8") as file:
        file.write(more)
    assert again() == reached


def edit(root, name, old, new):
    path = root / name
    text = path.read_text("utf8")
    assert old in text
    path.write_text(text.replace(old, new), "utf8")


@pytest.mark.parametrize(
    ("name", "reached"),
    [("part/far", {"tests/test_far.py"}), ("base", NEAR)],
)
def test_the_body_of_a_function_reaches_who_uses_the_module(
    small, again, name, reached
):
    edit(small, f"src/lib/{name}.py", "return ", "return 0 + ")
    assert again() == {*reached, RUNS}


@pytest.mark.parametrize(
    "body",
    ["return (", "return '\\d'", "return 2\n\n\nimport nothing_of_that_name"],
)
def test_what_breaks_the_import_of_a_package_reaches_all_its_users(
    small, again, body
):
    edit(small, "src/lib/part/far.py", "return 2", body)
    assert again() == {*OF_PART, RUNS}


@pytest.mark.parametrize(
    ("new", "reached"),
    [
        ("numpy.py", ALL),  # the folder that Python starts in
        ("src/scipy/__init__.py", ALL),
        ("src/lib/part/near/__init__.py", {*OF_PART, RUNS}),
        (
            "src/lib/base/__init__.py",
            ALL - {"docs/other.md", "tests/test_reads.py"},
        ),
        ("notes/c.txt", {RUNS}),
    ],
)
def test_a_new_file_reaches_those_whose_import_it_may_take(
    small, again, new, reached
):
    (small / new).parent.mkdir(parents=True, exist_ok=True)
    (small / new).write_text("", "utf8")
    assert again() == reached


def test_a_file_that_is_gone_is_missed(small, again):
    (small / "notes/a.txt").unlink()
    assert again() == {"tests/test_reads.py", RUNS}
    (small / "tests/test_far.py").unlink()
    assert again() == {"tests/test_reads.py", "tests/test_far.py", RUNS}


def test_a_variable_reaches_all_and_the_terminal_none(again, monkeypatch):
    monkeypatch.setenv("COLUMNS", "17")
    monkeypatch.setenv("SHLVL", "17")
    assert again() == set()
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Prescott")
    assert again() == ALL


@pytest.mark.parametrize("of", ["processor", "packages"])
def test_the_processor_and_a_version_reach_all(again, monkeypatch, of):
    proofs.machine.cache_clear()
    monkeypatch.setattr(proofs, of, lambda: ["another"])
    assert again() == ALL
    proofs.machine.cache_clear()


def test_the_versions_are_those_that_are_installed():
    told = " ".join(proofs.packages())
    assert f"pytest-{pytest.__version__}.dist-info" in told
    kernels = json.dumps(proofs.processor())
    assert "openblas" in kernels or sys.platform == "darwin"


def test_what_the_press_is_made_of_reaches_every_page(small):
    press = small / "src/press/new.py"
    press.parent.mkdir()
    before = {n: State(small, []).key(n, EMPTY) for n in ALL}
    press.write_text("x = 1\n", "utf8")
    (small / "src/press/__init__.py").write_text("", "utf8")
    middle = State(small, [])
    press.write_text("x = 2\n", "utf8")
    after = State(small, [])
    assert before.keys() == ALL
    reached = {n for n in ALL if middle.key(n, EMPTY) != after.key(n, EMPTY)}
    assert reached == {*PAGES, RUNS}


EMPTY = {"opened": [], "whole": False}


@pytest.mark.parametrize(
    "code",
    [
        "import press",
        "from press.page import read",
        "import multiprocessing",
        "from concurrent.futures import ProcessPoolExecutor",
        "import importlib\nimportlib.import_module('lib')",
        "from importlib import import_module",
        "__import__('lib')",
        "import pkgutil",
        "import runpy",
        "from pathlib import Path\nPath('notes').exists()",
        "import os\nos.system('true')",
    ],
)
def test_what_no_source_tells_reaches_the_whole_tree(small, code):
    name = "tests/test_any.py"
    (small / name).write_text(f"{code}\n", "utf8")
    assert State(small, []).tree.of(name).whole
    (small / name).write_text("import importlib.resources\n", "utf8")
    assert not State(small, []).tree.of(name).whole


def test_a_module_that_is_patched_by_its_name_is_reached(small):
    name = "tests/test_patch.py"
    text = "def test(monkeypatch):\n    monkeypatch.delattr('lib.base.one')\n"
    (small / name).write_text(text, "utf8")
    assert "src/lib/base.py" in State(small, []).tree.of(name).files


def test_a_snippet_that_is_run_reaches_what_it_imports(small):
    name = "snippets/page/exercises/near.py"
    (small / name).write_text("from lib.part import near\n", "utf8")
    tree = State(small, []).tree
    assert "src/lib/base.py" in tree.of("tests/test_reads.py", [name]).files
    assert "src/lib/base.py" not in tree.of("tests/test_reads.py").files


def test_a_broken_list_proves_nothing(small):
    path = small / proofs.PROVED
    path.parent.mkdir()
    for text in ("{", "[]", '{"proved 1": 3}', '{"proved 0": {}}'):
        path.write_text(text, "utf8")
        assert proofs.load(small) == {}
    assert proofs.standing(State(small, []), {RUNS: {}}) == set()


def test_a_page_whose_verdict_was_overwritten_is_not_proved(small):
    page = proofs.page_at(small, "docs/page.md")
    said = proofs.said(small, "docs/page.md")
    formula_checks.keep(small, page, {"claim:x": {"fingerprint": "old"}})
    assert proofs.said(small, "docs/page.md") != said
    assert proofs.said(small, "tests/test_far.py") == ""


def test_the_build_goes_on_to_print_what_stands_proved(small):
    page = proofs.page_at(small, "docs/page.md")
    report.record(small, page.path, {7}, set(), {})
    assert report.current(small, page)
    assert not proofs.renew(small, "docs/page.md")
    (small / "src/lib/new.py").write_text("", "utf8")
    assert report.current(small, page) is None
    assert proofs.renew(small, "docs/page.md")
    assert report.current(small, page)


# one run after the other


INI = """\
[tool.pytest.ini_options]
addopts = ["--import-mode=importlib", "-p", "no:randomly"]
pythonpath = ["src"]
"""


def run(root, *words, **variables):
    """Run the tests of a small tree as `make test` does."""
    clean = {k: v for k, v in os.environ.items() if k != "CI"}
    clean = {k: v for k, v in clean.items() if not k.startswith("PYTEST")}
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-rA"),
            *("-p", "press.changed", *(words or ("tests",))),
        ],
        cwd=root,
        env={**clean, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    passed = {
        line.partition("::")[0].removeprefix("PASSED ")
        for line in done.stdout.splitlines()
        if line.startswith("PASSED ")
    }
    return done.returncode, passed, done.stdout


@pytest.fixture
def tree(small):
    """The small tree, in which pytest can be run."""
    (small / "pyproject.toml").write_text(INI, "utf8")
    (small / ".gitignore").write_text("/.press/\n__pycache__/\n", "utf8")
    return small


def test_what_passed_stands_proved_until_it_is_reached(tree):
    first = run(tree)
    assert first[:2] == (0, {*TESTS, RUNS}), first[2]
    code, passed, said = run(tree)
    assert (code, passed) == (0, set()), said
    assert "5 of 5 files stand proved" in said
    assert run(tree, "--prove-all")[1] == {*TESTS, RUNS}
    assert run(tree, CI="true")[1] == {*TESTS, RUNS}
    assert run(tree, "tests/test_far.py")[1] == {"tests/test_far.py"}
    assert run(tree, "-k", "far", "tests")[1] == {"tests/test_far.py"}
    (tree / "notes/a.txt").write_text("A", "utf8")
    code, passed, said = run(tree)
    assert (code, passed) == (1, {RUNS}), said
    assert run(tree)[0] == 1  # what failed is not proved
    (tree / "notes/a.txt").write_text("a", "utf8")
    assert run(tree)[1] == {"tests/test_reads.py", RUNS}


def test_workers_leave_out_what_the_controller_says(tree):
    words = ("tests", "-n", "2", "--dist", "loadfile")
    assert run(tree, *words)[1] == {*TESTS, RUNS}
    opened = proofs.load(tree)["tests/test_reads.py"]["opened"]
    assert "notes/a.txt" in opened
    assert proofs.load(tree)[RUNS]["whole"]
    edit(tree, "src/lib/base.py", "return 1", "return 2 - 1")
    code, passed, said = run(tree, *words)
    assert (code, passed) == (0, {"tests/test_near.py", RUNS}), said


def test_a_part_of_a_file_proves_nothing(tree):
    text = "def test_one():\n    pass\n\n\ndef test_two():\n    assert {}\n"
    (tree / "tests/test_two.py").write_text(text.format(1), "utf8")
    run(tree, "tests/test_two.py::test_one")
    run(tree, "-k", "test_one", "tests/test_two.py")
    assert "tests/test_two.py" not in proofs.load(tree)
    run(tree, "tests/test_two.py")
    assert "tests/test_two.py" in proofs.load(tree)
    (tree / "tests/test_two.py").write_text(text.format(0), "utf8")
    assert run(tree, "-x", "tests/test_two.py")[0] == 1
    assert "tests/test_two.py" not in proofs.load(tree)


def test_a_fixture_of_all_files_opens_for_all_that_use_it(tree):
    (tree / "tests/conftest.py").write_text(
        "import pytest\nfrom pathlib import Path\n\n\n"
        "@pytest.fixture(scope='session')\ndef note():\n"
        "    return (Path(__file__).parents[1] / 'notes/b.txt').read_text()\n",
        "utf8",
    )
    for name in ("one", "two"):
        (tree / f"tests/test_{name}.py").write_text(
            f"def test_{name}(note):\n    assert note\n", "utf8"
        )
    run(tree)
    (tree / RUNS).unlink()
    (tree / "notes/b.txt").write_text("B", "utf8")
    assert run(tree)[1] == {"tests/test_one.py", "tests/test_two.py"}


def test_a_folder_that_is_listed_may_get_any_file(tree):
    (tree / "tests/test_far.py").write_text(
        "import glob\n\n\ndef test_far():\n    assert glob.glob('*')\n", "utf8"
    )
    run(tree, "tests/test_far.py")
    assert proofs.load(tree)["tests/test_far.py"]["whole"]


def test_outside_git_nothing_is_believed(tree):
    (tree / ".git").rename(tree / "no-git")
    run(tree, "tests/test_far.py")
    assert proofs.load(tree) == {}


def test_the_verbs_of_the_house_believe_and_ci_does_not():
    root = Path(__file__).parents[2]
    make = (root / "Makefile").read_text("utf8")
    assert "-p press.changed $(if $(ALL),--prove-all)" in make
    everything = (root / ".ci/run").read_text("utf8")
    assert "make --no-print-directory test ALL=1" in everything
