"""Blocks that no browser can run, and that their page says are tested."""

import importlib
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from press.page import parse, read
from press.problems import PressError
from press.tabs import FRAMEWORKS, USUAL, Tab, run, tabs, unpromised

ROOT = Path(__file__).parents[2]
PAGES = [
    path.relative_to(ROOT / "docs")
    for path in sorted((ROOT / "docs").rglob("*.md"))
    if "generated" not in path.parts
]
PROMISED = [tab for tab in tabs(ROOT / "docs") if tab.promises(USUAL)]


def test_some_page_makes_the_promise():
    assert PROMISED


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_no_page_shows_a_block_of_a_library_that_nothing_runs(path):
    assert not [str(p) for p in unpromised(read(ROOT / "docs", path))]


@pytest.mark.parametrize("tab", PROMISED, ids=str)
def test_a_block_that_promises_a_test_runs(tab, tmp_path):
    if (sys.platform, platform.machine()) == ("darwin", "x86_64"):
        pytest.skip("JAX has no wheel for Intel Macs")
    if tab.starts_processes:
        script = tmp_path / "script.py"
        script.write_text(tab.code, encoding="utf-8")
        subprocess.run([sys.executable, "-W", "error", script], check=True)
        return
    jax = importlib.import_module("jax")
    precise = jax.config.jax_enable_x64
    try:
        run(tab)
    finally:
        jax.config.update("jax_enable_x64", precise)


def block(code, reason, title="PyTorch"):
    text = f"""# Page

/// tab | {title}

``` {{.python notest reason="{reason}"}}
{code}
```
///
"""
    return [str(p) for p in unpromised(parse(text, Path("a/b.md")))]


@pytest.mark.parametrize(
    ("code", "reason", "title", "said"),
    [
        ("import torch", "PyTorch is not here", "PyTorch", "nothing runs"),
        ("tf.sin(1.0)", "TensorFlow is not here", "Idea", "nothing runs"),
        ("w.clamp_(0, 1)", "PyTorch is not here", "PyTorch", "nothing runs"),
        ("import torch", f"PyTorch {USUAL}", "PyTorch", "other tests"),
        ("import jax", f"JAX {FRAMEWORKS}", "JAX", "other tests"),
        ("import distributed", "no cluster here", "Dask", "nothing runs"),
    ],
)
def test_a_block_of_a_library_needs_the_tests_that_have_it(
    code, reason, title, said
):
    (problem,) = block(code, reason, title)
    assert problem.startswith("docs/a/b.md:5: ")
    assert said in problem


def test_a_block_with_its_promise_passes():
    assert not block("import torch", f"PyTorch {FRAMEWORKS}")
    assert not block("import distributed", f"a cluster {USUAL}", "Dask")
    assert not block("print(1)", "its times are those of your machine", "Mac")


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("x = 1\nx + 1  # 3", 12),
        ("x = 0.26  # 0.2", 11),
        ("(1.0, 2.0)  # 1", 11),
        ("for i in range(2):\n    i  # 0", 12),
        ("# it gives 2.5", 11),
        ("None  # 1", 11),
        ("x = 1\nx.y", 12),
        ("assert False", 11),
    ],
)
def test_what_a_block_says_wrongly_is_found_at_its_line(code, line):
    with pytest.raises(PressError, match=rf"^docs/a/b\.md:{line}: "):
        run(Tab(Path("docs/a/b.md"), 10, code, ""))


@pytest.mark.parametrize(
    "code",
    [
        "x = 0.25  # 0.3: a tie rounds either way",
        "(32.0, -3e-7)  # float32: 32 and −3.0e-7",
        "x = 1  # no number: one",
    ],
)
def test_what_a_block_says_rightly_passes(code):
    run(Tab(Path("docs/a/b.md"), 10, code, ""))


def test_a_reader_chooses_a_library_once_for_the_whole_site():
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "\n    - content.tabs.link\n" in settings
