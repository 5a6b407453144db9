"""Blocks that no browser can run, and that their page says are tested."""

import importlib
import platform
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROMISE = "does not run in a browser; the tests of this book run this block"
BLOCK = re.compile(
    r"^``` \{\.python notest reason=\"([^\"]*)\"\}\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
PROMISED = [
    pytest.param(code, id=f"{page.stem}:{text[: at.start()].count(chr(10))}")
    for page in sorted((ROOT / "docs").rglob("*.md"))
    for text in [page.read_text(encoding="utf-8")]
    for at in BLOCK.finditer(text)
    for reason, code in [at.groups()]
    if reason.endswith(PROMISE)
]


def test_some_page_makes_the_promise():
    assert PROMISED


def test_no_page_makes_it_in_other_words():
    promises = [
        reason
        for page in (ROOT / "docs").rglob("*.md")
        for reason, _ in BLOCK.findall(page.read_text(encoding="utf-8"))
        if "tests" in reason
    ]
    assert len(promises) == len(PROMISED)


@pytest.mark.parametrize("code", PROMISED)
def test_a_block_that_promises_a_test_runs(code):
    if (sys.platform, platform.machine()) == ("darwin", "x86_64"):
        pytest.skip("JAX has no wheel for Intel Macs")
    jax = importlib.import_module("jax")
    precise = jax.config.jax_enable_x64
    try:
        exec(compile(code, "block", "exec"), {})  # noqa: S102
    finally:
        jax.config.update("jax_enable_x64", precise)
