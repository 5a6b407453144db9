"""The book and the library cannot drift apart: every change is noticed.

Each case changes one thing in a copy of the tree and runs what a
contributor would run; the failure must name the file and the line.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("docs", "snippets", "src", "tests", "mkdocs.yml", "pyproject.toml")
LIBRARY = "src/derivable/calculus"
GRADIENTS = "docs/calculus/gradients.md"
AUTODIFF = "docs/calculus/autodiff.md"


@dataclass
class Drift:
    name: str
    file: str
    old: str
    new: str
    run: str
    at: str
    count: int = 1


DRIFTS = [
    Drift(
        "a function is renamed",
        f"{LIBRARY}/gradients.py",
        "def numerical_gradient(",
        "def numeric_gradient(",
        GRADIENTS,
        r"gradients\.py:\d+: .*|gradients\.md:\d+: .*",
    ),
    Drift(
        "a default is changed",
        f"{LIBRARY}/derivatives/differences.py",
        'method: Method = "central"',
        'method: Method = "forward"',
        "docs/calculus/derivatives.md",
        r"docs/calculus/derivatives\.md:\d+: ",
    ),
    Drift(
        "a sign is flipped",
        f"{LIBRARY}/autodiff/rules.py",
        "np.cos: (lambda g, a: -g * np.sin(a),)",
        "np.cos: (lambda g, a: g * np.sin(a),)",
        AUTODIFF,
        r"docs/calculus/autodiff\.md:\d+: ",
    ),
    Drift(
        "an axis is swapped",
        f"{LIBRARY}/jacobians.py",
        "return np.stack(columns, axis=1)",
        "return np.stack(columns, axis=0)",
        "docs/calculus/jacobians.md",
        r"docs/calculus/jacobians\.md:\d+: ",
    ),
    Drift(
        "an output is altered",
        AUTODIFF,
        "\n18.0 6.0\n",
        "\n18.0 6.1\n",
        AUTODIFF,
        r'docs/calculus/autodiff\.md:{line}: prints "18\.0 6\.0"',
    ),
    Drift(
        "a number in a sentence is altered",
        AUTODIFF,
        '`200`{ .claim of="more" }',
        '`201`{ .claim of="more" }',
        AUTODIFF,
        r"docs/calculus/autodiff\.md:{line}: more is 200",
    ),
    Drift(
        "the check of a formula is altered",
        AUTODIFF,
        "(6.0, 2.0 * 5.0 + 1.0 * 3.0)",
        "(6.0, 2.0 * 5.0 - 1.0 * 3.0)",
        AUTODIFF,
        r"docs/calculus/autodiff\.md:{line}: AssertionError",
    ),
    Drift(
        "an identity loses its transpose",
        f"{LIBRARY}/matrix_calculus.py",
        'lambda v: v["A"].T @ v["B"].T,',
        'lambda v: v["B"] @ v["A"],',
        "docs/calculus/matrix_calculus.md",
        r"docs/calculus/matrix_calculus\.md:\d+: ",
    ),
    Drift(
        "a solution is broken",
        "snippets/calculus/autodiff/exercises/unbroadcast.py",
        "if m == 1 and g.shape[i] != 1",
        "if m == 2 and g.shape[i] != 1",
        AUTODIFF,
        r"exercises/unbroadcast\.py:\d+: AssertionError",
    ),
]

# What is changed on a page, or in a snippet of it, is seen in one run of it,
# each at its own line; what is changed in the library would hide the others.
LOCAL = [d for d in DRIFTS if not d.file.startswith("src/")]
TOGETHER = [LOCAL, *([d] for d in DRIFTS if d not in LOCAL)]


def test_what_is_seen_in_one_run_is_of_one_page_and_said_apart():
    assert {drift.run for drift in LOCAL} == {AUTODIFF}
    assert len({drift.at for drift in LOCAL}) == len(LOCAL) == 4


@pytest.fixture
def tree(tmp_path):
    """A copy of what the book is made of."""
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name,
                tmp_path / name,
                ignore=shutil.ignore_patterns("generated", "__pycache__"),
            )
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def pytest_in(tree, *paths):
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            *paths,
        ],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_copy_passes_before_anything_is_changed(tree):
    run = pytest_in(tree, AUTODIFF, GRADIENTS)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("drifts", TOGETHER, ids=lambda ds: ds[0].name)
def test_a_drift_is_noticed_at_its_line(drifts, tree):
    wanted = [applied(drift, tree) for drift in drifts]
    run = pytest_in(tree, drifts[0].run)
    assert run.returncode != 0
    for drift, pattern in zip(drifts, wanted, strict=True):
        if "ImportError" not in run.stdout:
            said = f"{drift.name}: {run.stdout[-3000:]}"
            assert re.search(pattern, run.stdout), said
        else:
            assert drift.name == "a function is renamed"
            assert "numerical_gradient" in run.stdout


def applied(drift, tree):
    """Make a drift; what the run must say of it."""
    path = tree / drift.file
    text = path.read_text("utf8")
    assert drift.old in text
    path.write_text(text.replace(drift.old, drift.new, 1), "utf8")
    before = text[: text.index(drift.old)] + drift.old.split("18.0")[0]
    return drift.at.replace("{line}", str(before.count("\n") + 1))


def test_a_renamed_function_is_named_by_lint_at_the_page(tree):
    path = tree / LIBRARY / "gradients.py"
    text = path.read_text("utf8")
    path.write_text(
        text.replace("numerical_gradient", "numeric_gradient"), "utf8"
    )
    run = subprocess.run(
        [sys.executable, "-m", "press", "lint", "calculus/gradients"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert re.search(
        r"docs/calculus/gradients\.md:\d+: .*defines no numerical_gradient",
        run.stdout,
    ), run.stdout
