"""One machine takes the part of several, and the tests run on each.

OpenBLAS and NumPy choose their code by the processor; two environment
variables choose it for them. With the kernel change the number of threads,
the order of the tests, the random examples, the clock and the language.
A processor can take the part of an older one, never of a newer one: what
is left out is said.
"""

import argparse
import json
import locale
import os
import platform
import secrets
import string
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SSE = ("SSE", "SSE2", "SSE3", "MMX")
V2 = (*SSE, "SSSE3", "SSE41", "POPCNT", "SSE42", "X86_V2")
V3 = (*V2, "AVX", "F16C", "FMA3", "AVX2", "X86_V3")
V4 = (*V3, "AVX512F", "AVX512CD", "AVX512_SKX", "X86_V4")
# What NumPy may use beside each kernel of OpenBLAS, by both generations of
# its names.
KERNELS = {"Prescott": SSE, "Nehalem": V2, "Haswell": V3, "SkylakeX": V4}
# What a processor must have to run the kernel: one of these.
NEEDS = {"Haswell": ("X86_V3", "AVX2"), "SkylakeX": ("X86_V4", "AVX512_SKX")}
# OpenBLAS goes through its list of names and stops at the first of those
# that share a table.
ALIASES = {"Katmai": "Prescott"}
THREADS = (1, 2)
# An idle thread of OpenBLAS spins for 2²⁶ cycles, on the core of another
# worker; it is to sleep after 2⁴. What it computes is the same.
SLEEP = {"OPENBLAS_THREAD_TIMEOUT": "4"}
ZONE = "Pacific/Chatham"  # 12:45 or 13:45 h ahead: another day, odd minutes
# They write a comma in 1.5; Turkish also has an i of its own.
LANGUAGES = ("tr_TR.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8", "es_ES.UTF-8")
SEEDS = 2**32

PROBE = """
import json
import numpy
import scipy.linalg
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
from threadpoolctl import threadpool_info

print(json.dumps({
    "has": [f for f in __cpu_features__ if __cpu_features__[f]],
    "chooses": [f for f in __cpu_dispatch__ if __cpu_features__[f]],
    "kernels": sorted({
        library["architecture"]
        for library in threadpool_info()
        if library.get("internal_api") == "openblas"
    }),
    "numpy": numpy.__version__,
    "scipy": scipy.__version__,
}))
"""


@dataclass(frozen=True)
class Processor:
    """What NumPy, SciPy and OpenBLAS say of the machine they run on."""

    has: frozenset[str]
    chooses: tuple[str, ...]
    kernels: tuple[str, ...]
    versions: str

    @classmethod
    def seen(cls, environment: Mapping[str, str]) -> "Processor":
        """Ask a process that starts in `environment`."""
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-W", "error", "-c", PROBE],
            env=dict(environment),
            check=True,
            capture_output=True,
            text=True,
        )
        told = json.loads(done.stdout)
        return cls(
            frozenset(told["has"]),
            tuple(told["chooses"]),
            tuple(sorted({ALIASES.get(k, k) for k in told["kernels"]})),
            f"NumPy {told['numpy']}, SciPy {told['scipy']}",
        )


@dataclass(frozen=True)
class Machine:
    """A kernel of OpenBLAS, or "" for the machine's own, and its threads."""

    kernel: str
    threads: int

    def __str__(self) -> str:
        """As in `Prescott, 2 threads`."""
        plural = "s" if self.threads > 1 else ""
        name = self.kernel or "its own kernel"
        return f"{name}, {self.threads} thread{plural}"

    def environment(self, here: Processor) -> dict[str, str]:
        """The variables that make this machine of the one here."""
        threads = str(self.threads)
        variables = {
            "OPENBLAS_NUM_THREADS": threads,
            "OMP_NUM_THREADS": threads,
        }
        if self.kernel:
            variables["OPENBLAS_CORETYPE"] = self.kernel
        if self.kernel and (off := self.switched_off(here)):
            variables["NPY_DISABLE_CPU_FEATURES"] = " ".join(off)
        return variables

    def switched_off(self, here: Processor) -> list[str]:
        """What NumPy chooses here and would not choose there."""
        return [f for f in here.chooses if f not in KERNELS[self.kernel]]


def left_out(kernel: str, here: Processor) -> str:
    """Why a kernel cannot run here, or nothing."""
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return f"a processor of the kind {platform.machine()} cannot run it"
    if not here.kernels:
        return "NumPy is built without OpenBLAS here"
    needs = NEEDS.get(kernel, ())
    if needs and not here.has.intersection(needs):
        return f"this processor has no {' or '.join(needs)}"
    return ""


def machines(
    kernels: Iterable[str], threads: Iterable[int], here: Processor
) -> list[Machine]:
    """Every kernel that runs here with every number of threads.

    If no kernel runs here, the machine's own takes their place.
    """
    running = [k for k in kernels if not left_out(k, here)]
    counts = list(threads)
    return [Machine(k, t) for k in running or [""] for t in counts]


def chosen(commit: str, all_of: Sequence[Machine], own: str) -> Machine:
    """The machine that it is the turn of: another kernel than `own`.

    Args:
        commit: a hash in hexadecimal digits; it alone decides.
        all_of: the machines to choose from.
        own: the kernel that the other tests use.
    """
    others = [m for m in all_of if m.kernel != own] or list(all_of)
    return others[int(commit, 16) % len(others)]


def language() -> str:
    """An installed locale that writes a comma in 1.5, else `C`."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        for name in LANGUAGES:
            try:
                locale.setlocale(locale.LC_ALL, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return "C"


def elsewhere() -> dict[str, str]:
    """Another clock and language, and text that is ASCII unless said.

    What a program prints stays UTF-8; a file that is opened without an
    encoding does not.
    """
    name = language()
    return {
        "TZ": ZONE,
        "LC_ALL": name,
        "LANGUAGE": name,
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "utf-8",
    }


def command(paths: Sequence[str], seed: int, workers: int) -> list[str]:
    """The pytest that runs on each machine."""
    return [
        *(sys.executable, "-m", "pytest", "-q"),
        *("-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"),
        *("-p", "press.portable", "-p", "no:cacheprovider", "--unrecorded"),
        *("-p", "randomly", f"--randomly-seed={seed}"),
        f"--hypothesis-seed={seed}",
        *paths,
    ]


def pytest_configure() -> None:
    """Let the language count, as in a program that has a window."""
    locale.setlocale(locale.LC_ALL, "")


def main(argv: Sequence[str]) -> int:
    """Run the given tests on every machine that this one can be."""
    options = _options(argv)
    clean = {k: v for k, v in os.environ.items() if k not in CHOSEN}
    here = Processor.seen(clean)
    if not _announce(options, here):
        return 2
    kernels = options.kernel or list(KERNELS)
    run = machines(kernels, options.threads or THREADS, here)
    if options.commit:
        run = [chosen(options.commit, run, "".join(here.kernels))]
    words = command(options.paths, _seed(options), options.workers)
    outside = {**clean, **elsewhere(), **SLEEP, "PRESS_EXAMPLES": "fresh"}
    told = [_run(m, words, here, outside) for m in run]
    _say("\n".join(line for line, _ in told))
    return int(not all(good for _, good in told))


CHOSEN = {
    *("OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES"),
    *("NPY_ENABLE_CPU_FEATURES", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"),
}


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="press portable", description=__doc__
    )
    parser.add_argument("paths", nargs="+", help="tests and pages")
    parser.add_argument(
        "--kernel",
        action="append",
        choices=list(KERNELS),
        help="only this one; may be given again",
    )
    parser.add_argument(
        "--threads", action="append", type=int, help="of BLAS; 1 and 2"
    )
    parser.add_argument(
        "--commit", default="", help="one machine only, chosen by this hash"
    )
    parser.add_argument(
        "--seed", type=int, help="of order and examples; another each time"
    )
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(argv)
    for count in options.threads or ():
        if count < 1:
            parser.error(f"--threads must be positive, got {count}")
    if set(options.commit) - set(string.hexdigits):
        parser.error(f"--commit must be a hash, got {options.commit}")
    return options


def _seed(options: argparse.Namespace) -> int:
    """The seed that is given, else that of the commit, else a new one."""
    if options.seed is not None:
        return int(options.seed)
    if options.commit:
        return int(options.commit, 16) % SEEDS
    return secrets.randbelow(SEEDS)


def _announce(options: argparse.Namespace, here: Processor) -> bool:
    """Say what runs and what is left out; whether what was asked for runs."""
    own = " and ".join(here.kernels) or "no OpenBLAS"
    _say(f"Python {platform.python_version()}, {here.versions}, here {own}")
    whys = {k: left_out(k, here) for k in options.kernel or KERNELS}
    for kernel, why in whys.items():
        if why:
            _say(f"left out: {kernel}: {why}")
    if language() not in LANGUAGES:
        _say(f"left out: {', '.join(LANGUAGES)}: not installed; C instead")
    if options.commit:
        _say(f"one machine of all, chosen by commit {options.commit[:12]}")
    return not (options.kernel and any(whys.values()))


def _run(
    machine: Machine,
    words: Sequence[str],
    here: Processor,
    outside: Mapping[str, str],
) -> tuple[str, bool]:
    """Run the tests on one machine; a line about it and whether all passed."""
    own = machine.environment(here)
    environment = {**outside, **own}
    seen = Processor.seen(environment)
    if machine.kernel and seen.kernels != (machine.kernel,):
        return f"{machine}: OpenBLAS took {seen.kernels} instead", False
    again = " ".join(f"{k}='{v}'" for k, v in own.items())
    _say(f"\n== {machine}: {again}")
    _say(f"   TZ={environment['TZ']} LC_ALL={environment['LC_ALL']}")
    start = time.monotonic()
    code = subprocess.run(words, env=environment, check=False).returncode  # noqa: S603
    took = f"in {time.monotonic() - start:.0f} s"
    if code == 0:
        return f"{machine}: passed {took}", True
    seed = next(w for w in words if "hypothesis-seed" in w).partition("=")[2]
    again = f"KERNEL={machine.kernel} THREADS={machine.threads} SEED={seed}"
    return f"{machine}: FAILED {took}; again: {again}", False


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201
