"""The kernel of the pages, run here as the browser runs it."""

import ast
import importlib
import sys
import types
from pathlib import Path

import pytest

from press.live import kernel

ROOT = Path(__file__).parents[2]
SHELF = """\
import importlib


def root(x):
    import late_roots

    return late_roots.root(x)


def named(x):
    return importlib.import_module("late_roots").root(x)
"""
GUEST = """\
try:
    import late_roots
except ImportError:
    late_roots = None
"""


def ran(*programs):
    said = []
    error = kernel.run(programs, lambda kind, text: said.append((kind, text)))
    return error, said


def printed(said, kind="out"):
    return "".join(text for k, text in said if k == kind)


def graded(attempt, starter="def f():\n    pass\n", grader="assert f() == 1"):
    said = []
    result = kernel.check(
        attempt, starter, grader, lambda kind, text: said.append((kind, text))
    )
    return result, said


def test_lines_are_said_as_they_are_written():
    error, said = ran("print('a')\nprint('b', end='')")
    assert error is None
    assert said == [("out", "a\n"), ("out", "b")]


def test_a_continuation_has_the_names_and_not_the_output_of_what_is_above():
    error, said = ran("x = 2\nprint('above')", "print(x + 1)")
    assert error is None
    assert printed(said) == "3\n"


def test_every_run_starts_afresh():
    ran("secret = 1")
    error, _ = ran("print(secret)")
    assert error["kind"] == "NameError"


def test_an_error_shows_the_frames_of_the_reader_alone():
    error, _ = ran(
        "import numpy as np\n\n\ndef f(x):\n"
        "    return np.linalg.inv(x)\n\n\nf(np.zeros((2, 2)))\n"
    )
    assert error["line"] == 5
    assert error["report"].splitlines() == [
        "line 8, in the program",
        "    f(np.zeros((2, 2)))",
        "line 5, in f",
        "    return np.linalg.inv(x)",
        "LinAlgError: Singular matrix",
    ]


def test_a_syntax_error_has_its_line():
    error, _ = ran("x = 1\ny = (\n")
    assert (error["kind"], error["line"]) == ("SyntaxError", 2)
    assert "never closed" in error["message"]


def test_an_error_above_is_said_to_be_above():
    error, _ = ran("1 / 0", "print(1)")
    assert error["line"] == 0
    assert error["message"].startswith("in an example above: division")


def test_long_output_is_capped_with_a_note():
    error, said = ran("for i in range(10**5): print(i)")
    assert error is None
    assert printed(said).count("\n") == kernel.ROWS
    assert "Only the first 1,000 lines" in printed(said, "note")
    _, said = ran("print('x' * 10**6)")
    assert len(printed(said)) == kernel.LIMIT


def test_input_is_refused_in_words():
    error, _ = ran("input('name?')")
    assert "write the value into the program" in error["message"]


def test_a_missing_package_is_named():
    error, _ = ran("import nowhere")
    assert error["message"].startswith("there is no module 'nowhere'")
    assert error["line"] == 1


def test_a_character_that_is_no_text_is_refused():
    error, _ = ran("x = '\ud800'")
    assert "no text" in error["message"]
    error, _ = ran("x = 1\0")
    assert "null" in error["message"]


def test_a_deep_recursion_is_cut_in_the_middle():
    error, _ = ran("def f(n):\n    return f(n + 1)\n\n\nf(0)")
    assert error["kind"] == "RecursionError"
    assert len(error["report"].splitlines()) == 25


def test_leaving_is_no_error():
    error, said = ran("print(1)\nraise SystemExit")
    assert error is None
    assert printed(said) == "1\n"


def test_a_program_that_prints_nothing_says_so_unless_it_only_defines():
    assert ran("x = 1")[1] == [("note", "It ran, and printed nothing.")]
    assert ran("def f(): pass")[1] == []


def test_a_warning_is_said_with_its_line():
    _, said = ran("import numpy as np\nnp.log(np.array(0.0))\nprint(1)")
    assert printed(said, "err").startswith("line 2: RuntimeWarning: divide")


def test_settings_of_numpy_do_not_outlive_a_run():
    ran("import numpy as np\nnp.set_printoptions(precision=2)")
    _, said = ran("import numpy as np\nprint(np.array([1 / 3]))")
    assert printed(said) == "[0.33333333]\n"


def test_a_figure_comes_with_words():
    error, said = ran(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
        "plt.title('Rise')\nplt.xlabel('t')\nplt.ylabel('y')\nplt.show()\n"
        "print('after')"
    )
    assert error is None
    assert [kind for kind, _ in said] == ["figure", "out"]
    data, words = said[0][1].split("\n")
    assert data.startswith("iVBOR")
    assert words == "Figure drawn by this program. Rise, y against t, 1 line"


def test_a_figure_that_is_not_shown_is_shown_at_the_end():
    _, said = ran("import matplotlib.pyplot as plt\nplt.plot([1, 2])")
    assert said[0][0] == "figure"


@pytest.mark.parametrize(
    ("attempt", "verdict"),
    [
        ("", "blank"),
        ("# only words", "blank"),
        ("def f():\n    pass  # the starter\n", "blank"),
        ("def f(:", "syntax"),
        ("def f():\n    return 2", "wrong"),
        ("def g():\n    return 1", "wrong"),
        ("def f():\n    return 1 / 0", "error"),
        ("def f():\n    return 1", "right"),
    ],
)
def test_verdicts(attempt, verdict):
    assert graded(attempt)[0]["verdict"] == verdict


def test_a_refusal_tells_what_the_grader_says():
    grader = (
        "from derivable.grading import expect_close\n"
        "expect_close(f(), [[1.0], [2.0]], what='f()')"
    )
    result, _ = graded("def f():\n    return [1.0, 2.0]", grader=grader)
    assert result["verdict"] == "wrong"
    assert "f() has shape (2,), expected (2, 1)" in result["message"]


def test_an_error_inside_an_attempt_has_the_line_of_the_attempt():
    result, _ = graded("def f():\n    x = 1\n    return x / 0")
    assert (result["verdict"], result["line"]) == ("error", 3)
    assert "<check>" not in result["report"]


def test_imports_of_all_programs_are_found_once():
    assert kernel.imports(
        ["import numpy as np\nfrom sympy.abc import x", "import numpy, math"]
    ) == ["math", "numpy", "sympy"]
    assert kernel.imports(["import ("]) == []


class Worker:
    """What the browser's worker does: runs, loads what is missing, runs."""

    def __init__(self, folder, monkeypatch):
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.loadable = ["late_roots"]
        self.loaded = []
        self.said = []

    def load(self, name):
        self.loaded.append(name)
        self.loadable.remove(name)
        self.monkeypatch.syspath_prepend(self.folder)
        importlib.invalidate_caches()

    def perform(self, work, *sources):
        while True:
            self.said = []
            result = work(
                *sources,
                lambda kind, text: self.said.append((kind, text)),
                "shelf",
                self.loadable,
            )
            if not (result and "missing" in result):
                return result
            assert result == {"missing": self.loadable[0]}
            self.load(result["missing"])

    def run(self, *programs):
        return self.perform(kernel.run, programs)

    def check(self, attempt, grader):
        return self.perform(kernel.check, attempt, "", grader)


@pytest.fixture
def worker(tmp_path, monkeypatch):
    """A library, another package, and a module that is not loaded yet."""
    here, there = tmp_path / "here", tmp_path / "there"
    for name, source in {
        here / "shelf" / "__init__.py": "",
        here / "shelf" / "roots.py": SHELF,
        here / "shelf" / "early.py": "import late_roots\n",
        here / "guest.py": GUEST,
        there / "late_roots.py": "def root(x):\n    return x**0.5\n",
    }.items():
        name.parent.mkdir(parents=True, exist_ok=True)
        name.write_text(source, "utf8")
    monkeypatch.syspath_prepend(here)
    yield Worker(there, monkeypatch)
    for name in [*sys.modules]:
        if name.partition(".")[0] in {"shelf", "guest", "late_roots"}:
            del sys.modules[name]


def test_what_the_library_imports_late_is_loaded_and_all_runs_again(worker):
    error = worker.run(
        "from shelf.roots import root\nprint('before')\nprint(root(4.0))"
    )
    assert error is None
    assert worker.loaded == ["late_roots"]
    assert printed(worker.said) == "before\n2.0\n"


@pytest.mark.parametrize(
    "program",
    [
        "from shelf.roots import named\nprint(named(4.0))",
        "from shelf.early import late_roots\nprint(late_roots.root(4.0))",
        (
            "from shelf import roots\nassert 'x' not in globals(); x = 4.0\n"
            "print(roots.root(x))"
        ),
    ],
)
def test_however_the_library_imports_it(program, worker):
    assert worker.run(program) is None
    assert worker.loaded == ["late_roots"]
    assert printed(worker.said) == "2.0\n"


@pytest.mark.parametrize(
    "caught", ["except ImportError", "except Exception", "except"]
)
def test_no_except_of_a_program_hides_it(caught, worker):
    error = worker.run(
        "from shelf.roots import root\ntry:\n    print(root(4.0))\n"
        f"{caught}:\n    print('hidden')"
    )
    assert error is None
    assert printed(worker.said) == "2.0\n"


def test_an_example_above_may_need_it(worker):
    above = "from shelf.roots import root\nx = root(4.0)"
    assert worker.run(above, "print(x)") is None
    assert printed(worker.said) == "2.0\n"


@pytest.mark.parametrize(
    "program",
    [
        "import importlib\nimportlib.import_module('late_roots')",
        "import shelf.roots\n__import__('late_roots')",
    ],
)
def test_what_the_reader_imports_is_an_error_as_before(program, worker):
    error = worker.run(program)
    assert error["kind"] == "ModuleNotFoundError"
    assert error["line"] == 2
    assert worker.loaded == []


def test_what_another_package_can_do_without_is_not_loaded(worker):
    assert worker.run("import guest\nprint(guest.late_roots)") is None
    assert printed(worker.said) == "None\n"
    assert worker.loaded == []


def test_what_cannot_be_loaded_is_an_error_of_the_program(worker):
    worker.loadable = ["another"]
    error = worker.run("from shelf.roots import root\nroot(4.0)")
    assert error["message"].startswith("there is no module 'late_roots'")
    assert (error["line"], worker.loaded) == (2, [])


def test_a_package_that_does_not_help_is_loaded_once(worker, tmp_path):
    worker.folder = tmp_path / "empty"
    error = worker.run("from shelf.roots import root\nroot(4.0)")
    assert error["kind"] == "ModuleNotFoundError"
    assert worker.loaded == ["late_roots"]


def test_the_finder_is_last_and_leaves_with_the_program(worker, monkeypatch):
    before = [*sys.meta_path]
    monkeypatch.setattr(sys, "meta_path", [*before])
    worker.run(
        "import sys\nfrom shelf.roots import root\n"
        "print(type(sys.meta_path[-1]).__name__)"
    )
    assert printed(worker.said) == "Late\n"
    assert sys.meta_path == before
    worker.run("import sys\nsys.meta_path = [*sys.meta_path[:-1]]")
    assert sys.meta_path == before


@pytest.mark.parametrize(
    ("attempt", "grader", "message"),
    [
        ("from shelf.roots import root\nx = root(4.0)", "assert x == 2", ""),
        (
            "def f():\n    from shelf.roots import root\n    return root(4.0)",
            "assert f() == 2",
            "",
        ),
        (
            "def f():\n    raise ValueError",
            (
                "from derivable.grading import expect_raises\n"
                "from shelf.roots import root\n"
                "expect_raises(ValueError, f, what='f()')\n"
                "assert root(4.0) == 2"
            ),
            "",
        ),
        (
            "from shelf.roots import root\nx = root(9.0)",
            "assert x == 2, 'x is not 2'",
            "x is not 2",
        ),
    ],
)
def test_a_check_goes_the_same_way(attempt, grader, message, worker):
    result = worker.check(attempt, grader)
    assert worker.loaded == ["late_roots"]
    assert result["verdict"] == ("wrong" if message else "right")
    assert result["message"] == message


def test_the_library_guards_no_import():
    """A guard would not meet the error that it waits for."""
    for path in (ROOT / "src" / "derivable").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, ast.Try):
                inside = [n for part in node.body for n in ast.walk(part)]
                assert not any(
                    isinstance(n, ast.Import | ast.ImportFrom) for n in inside
                ), f"{path}:{node.lineno}"


def test_a_program_goes_on_from_those_that_ran_before():
    first = "runs = []\nruns.append(1)\nprint('once')"
    ran(first)
    _, said = ran(first, "runs.append(2)\nprint(runs)")
    assert said == [("out", "[1, 2]\n")]
    _, said = ran(first, "print(runs)")
    assert said == [("out", "[1]\n")]


def test_each_program_of_a_chain_runs_once(monkeypatch):
    tally = types.ModuleType("tally")
    tally.runs = 0
    monkeypatch.setitem(sys.modules, "tally", tally)
    chain = ["import tally\ntally.runs += 1"]
    for number in range(5):
        chain.append(f"x = {number}")
        assert ran(*chain)[0] is None
    assert tally.runs == 1


def test_print_options_reach_the_program_that_goes_on():
    first = "import numpy as np\nnp.set_printoptions(precision=1)"
    ran(first)
    _, said = ran(first, "print(np.array([1 / 3]))")
    assert said == [("out", "[0.3]\n")]
    _, said = ran("import numpy as np\nprint(np.array([1 / 3]))")
    assert said == [("out", "[0.33333333]\n")]


def test_an_attempt_of_a_project_has_the_names_above_it():
    above = "def double(x):\n    return 2 * x"
    starter = "def four(x):\n    return x"
    attempt = "def four(x):\n    return double(double(x))"
    grader = "assert four(3) == 12, 'look again'"
    assert graded([above, attempt], starter, grader)[0]["verdict"] == "right"
    wrong = starter + "\n\n\nx = 0"
    assert graded([above, wrong], starter, grader)[0]["verdict"] == "wrong"
    assert graded([above, starter], starter, grader)[0]["verdict"] == "blank"


def test_an_attempt_leaves_no_name_for_the_next_one():
    above, starter, grader = "x = 1", "y = 0", "assert y == x"
    first, _ = graded([above, "z = y = 1"], starter, grader)
    assert first["verdict"] == "right"
    second, _ = graded([above, "y = z"], starter, grader)
    assert second["verdict"] == "error"
    assert "'z' is not defined" in second["message"]
