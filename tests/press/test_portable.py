import locale
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press import portable
from press.portable import KERNELS, Machine, Processor

ROOT = Path(__file__).parents[2]
GROUPS = ("X86_V3", "X86_V4", "AVX512_ICL", "AVX512_SPR")
SINGLE = (
    *("SSSE3", "SSE41", "POPCNT", "SSE42", "AVX", "F16C", "XOP", "FMA4"),
    *("FMA3", "AVX2", "AVX512F", "AVX512CD", "AVX512_KNL", "AVX512_SKX"),
)


def processor(*chooses, has=None, kernels=("Haswell",)):
    return Processor(
        frozenset(chooses if has is None else has), chooses, kernels, ""
    )


@pytest.fixture
def x86(monkeypatch):
    monkeypatch.setattr(portable.platform, "machine", lambda: "x86_64")


@pytest.mark.parametrize(
    ("kernel", "off"),
    [
        ("Prescott", list(GROUPS)),
        ("Nehalem", list(GROUPS)),
        ("Haswell", list(GROUPS[1:])),
        ("SkylakeX", list(GROUPS[2:])),
    ],
)
def test_numpy_keeps_what_a_processor_of_the_kernel_has(kernel, off):
    assert Machine(kernel, 1).switched_off(processor(*GROUPS)) == off


def test_the_names_of_older_numpy_are_known_too():
    here = processor(*SINGLE)
    off = {k: set(Machine(k, 1).switched_off(here)) for k in KERNELS}
    assert off["Prescott"] == set(SINGLE)
    assert off["Nehalem"] == set(SINGLE[4:])
    assert off["Haswell"] == {"XOP", "FMA4", *SINGLE[10:]}
    assert off["SkylakeX"] == {"XOP", "FMA4", "AVX512_KNL"}


def test_only_what_this_numpy_knows_is_switched_off():
    variables = Machine("Prescott", 2).environment(processor())
    assert "NPY_DISABLE_CPU_FEATURES" not in variables
    variables = Machine("Prescott", 2).environment(processor("X86_V3"))
    assert variables == {
        "OPENBLAS_CORETYPE": "Prescott",
        "NPY_DISABLE_CPU_FEATURES": "X86_V3",
        "OPENBLAS_NUM_THREADS": "2",
        "OMP_NUM_THREADS": "2",
    }


def test_its_own_kernel_is_left_as_it_is():
    variables = Machine("", 1).environment(processor("X86_V3"))
    assert set(variables) == {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"}


@pytest.mark.usefixtures("x86")
def test_a_newer_processor_is_left_out_with_its_reason():
    here = processor("X86_V3", has=("X86_V2", "X86_V3"))
    whys = {k: portable.left_out(k, here) for k in KERNELS}
    assert whys.pop("SkylakeX") == (
        "this processor has no X86_V4 or AVX512_SKX"
    )
    assert set(whys.values()) == {""}
    assert portable.machines(KERNELS, [1, 2], here) == [
        Machine(k, t) for k in whys for t in (1, 2)
    ]


def test_another_kind_of_processor_runs_its_own_kernel(monkeypatch):
    monkeypatch.setattr(portable.platform, "machine", lambda: "aarch64")
    here = processor("SVE", kernels=("neoversen1",))
    assert "aarch64" in portable.left_out("Prescott", here)
    assert portable.machines(KERNELS, [1, 2], here) == [
        Machine("", 1),
        Machine("", 2),
    ]


@pytest.mark.usefixtures("x86")
def test_numpy_without_openblas_runs_as_it_is():
    here = processor("X86_V3", kernels=())
    assert "without OpenBLAS" in portable.left_out("Nehalem", here)


@given(st.integers(0, 16**40 - 1), st.sampled_from(list(KERNELS)))
def test_a_commit_chooses_another_kernel_than_the_own(commit, own):
    run = [Machine(k, t) for k in KERNELS for t in (1, 2)]
    first = portable.chosen(f"{commit:040x}", run, own)
    assert first == portable.chosen(f"{commit:040x}", run, own)
    assert first.kernel != own
    others = {
        portable.chosen(f"{commit + i:040x}", run, own) for i in range(6)
    }
    assert others == {m for m in run if m.kernel != own}


def test_the_only_machine_is_chosen_even_if_it_is_the_own():
    only = Machine("Haswell", 1)
    assert portable.chosen("7", [only], "Haswell") == only


def test_the_language_is_looked_for_without_a_trace(monkeypatch):
    before = locale.setlocale(locale.LC_ALL)
    assert portable.language() in {*portable.LANGUAGES, "C"}
    monkeypatch.setattr(portable, "LANGUAGES", ("xx_XX", "C.UTF-8"))
    assert portable.language() == "C.UTF-8"
    assert locale.setlocale(locale.LC_ALL) == before


def test_elsewhere_a_file_without_an_encoding_is_not_utf8():
    names = "import locale, time; print(locale.getencoding(), time.timezone)"
    there = portable.elsewhere()
    done = subprocess.run(
        [sys.executable, "-c", names],
        env={**os.environ, **there, "LC_ALL": "C"},
        check=True,
        capture_output=True,
        text=True,
    )
    encoding, seconds = done.stdout.split()
    assert "utf" not in encoding.lower()
    assert int(seconds) == -(12 * 60 + 45) * 60


@pytest.mark.parametrize("kernel", list(KERNELS))
def test_numpy_and_scipy_run_the_kernel_without_a_warning(kernel):
    clean = {k: v for k, v in os.environ.items() if k not in portable.CHOSEN}
    here = Processor.seen(clean)
    if why := portable.left_out(kernel, here):
        pytest.skip(why)
    machine = Machine(kernel, 2)
    there = Processor.seen({**clean, **machine.environment(here)})
    assert there.kernels == (kernel,)
    assert set(there.chooses) <= set(KERNELS[kernel])


TESTS = """
import locale
import os
import shutil
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

NAMES = []

@pytest.mark.parametrize("i", range(8))
def test_order(i):
    NAMES.append(i)
    if len(NAMES) == 8:
        Path("seen").open("a").write(f"{NAMES} {time.tzname[0]}\\n")
        said = locale.setlocale(locale.LC_ALL)
        Path("language").open("a").write(f"{said}\\n")

@given(st.integers())
def test_drawn(i):
    Path("drawn").open("a").write(f"{i} ")

def test_fails():
    failing = Path("fail")
    threads = os.environ["OMP_NUM_THREADS"]
    assert not failing.exists() or threads != failing.read_text()

def test_examples():
    assert os.environ["PRESS_EXAMPLES"] == "fresh"
    assert os.environ["OPENBLAS_THREAD_TIMEOUT"] == "4"
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    (tmp_path / "test_small.py").write_text(TESTS)
    shutil.copy(ROOT / "tests/conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\naddopts = -p press.pytest_plugin -p no:randomly\n"
    )
    monkeypatch.chdir(tmp_path)
    here = processor(kernels=("Prescott",))
    monkeypatch.setattr(portable, "KERNELS", {"Prescott": portable.SSE})
    monkeypatch.setattr(Processor, "seen", lambda _: here)
    return tmp_path


def run(*words, workers=0):
    return portable.main([*words, f"--workers={workers}", "test_small.py"])


@pytest.mark.parametrize("service", ["", "true"])
def test_a_seed_repeats_the_order_and_the_examples(
    service, small, monkeypatch, capsys
):
    """Hypothesis draws no new examples where CI is set, unless told to."""
    monkeypatch.setenv("CI", service)
    monkeypatch.setattr(portable, "LANGUAGES", ("C.UTF-8",))
    for seed in ("5", "5", "6"):
        assert run("--threads", "1", "--seed", seed) == 0
    first, second, third = (small / "seen").read_text().splitlines()
    assert first == second != third
    assert first.endswith("+1245")
    said = (small / "language").read_text().split()
    assert said == 3 * [portable.language()]
    drawn = (small / "drawn").read_text().split()
    assert len(drawn) == 300
    assert drawn[:100] == drawn[100:200] != drawn[200:]
    assert "Prescott, 1 thread: passed in" in capsys.readouterr().out


PAGE = """\
---
title: One
description: A page that says what one and one are, and runs it to be sure.
---

# One

``` {.python}
print(1 + 1)
```

``` {.text .output}
2
```
"""


@pytest.mark.parametrize("recorded", [True, False])
def test_other_machines_leave_the_report_of_the_build_alone(
    recorded, tmp_path
):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/one.md").write_text(PAGE)
    (tmp_path / "mkdocs.yml").touch()
    words = portable.command(["docs"], 1, 0)
    if recorded:
        words.remove("--unrecorded")
    plugin = ("-p", "press.pytest_plugin", "--markdown-docs")
    syntax = "--markdown-docs-syntax=superfences"
    done = subprocess.run(
        [*words, *plugin, syntax, f"--rootdir={tmp_path}"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert "1 passed" in done.stdout
    assert (tmp_path / ".press/report.json").exists() is recorded


def test_without_a_seed_it_is_another_one_each_time(
    small, monkeypatch, capsys
):
    seeds = []

    def command(paths, seed, workers):
        assert (paths, workers) == (["test_small.py"], 0)
        seeds.append(seed)
        return [sys.executable, "-c", ""]

    monkeypatch.setattr(portable, "command", command)
    for _ in range(2):
        run("--threads", "1")
    run("--commit", "1" + 38 * "0" + "8")
    assert "chosen by commit 100000000000\n" in capsys.readouterr().out
    assert len(set(seeds)) == 3
    assert seeds[2:] == [8]
    assert not (small / "seen").exists()


def test_what_fails_on_one_machine_fails_the_run(small, capsys):
    (small / "fail").write_text("1")
    assert run("--seed", "3", workers=1) == 1
    first, second = capsys.readouterr().out.splitlines()[-2:]
    assert first.startswith("Prescott, 1 thread: FAILED in")
    assert first.endswith("again: KERNEL=Prescott THREADS=1 SEED=3")
    assert second.startswith("Prescott, 2 threads: passed in")


@pytest.mark.usefixtures("small")
def test_a_language_that_is_missing_is_said(monkeypatch, capsys):
    nothing = [sys.executable, "-c", ""]
    monkeypatch.setattr(portable, "command", lambda *_: nothing)
    for names, said in ((("C",), False), (("xx_XX",), True)):
        monkeypatch.setattr(portable, "LANGUAGES", names)
        assert run("--threads", "1") == 0
        out = capsys.readouterr().out
        assert ("left out: xx_XX: not installed; C" in out) is said


@pytest.mark.usefixtures("x86")
def test_a_kernel_that_is_asked_for_is_never_replaced(small, capsys):
    portable.KERNELS["SkylakeX"] = portable.V4
    assert run("--kernel", "SkylakeX", "--kernel", "Prescott") == 2
    assert "left out: SkylakeX: this proc" in capsys.readouterr().out
    assert not (small / "seen").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--threads", "0"], "--threads must be positive, got 0"),
        (["--commit", "HEAD"], "--commit must be a hash, got HEAD"),
        (["--kernel", "Zen"], "invalid choice: 'Zen'"),
    ],
)
def test_a_wrong_option_is_refused(words, message, capsys):
    with pytest.raises(SystemExit):
        run(*words)
    assert message in capsys.readouterr().err


def test_examples_are_the_same_unless_the_environment_asks():
    fresh = os.environ.get("PRESS_EXAMPLES") == "fresh"
    assert settings.default.derandomize is not fresh
    assert settings.default.database is None
