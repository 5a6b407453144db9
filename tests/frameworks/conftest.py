"""At the end, which libraries each chapter was compared with, and how."""

from collections import Counter

import pytest

from book.libraries import LIBRARIES, versions

COLUMNS = ("numpy", "scipy", "sklearn", "jax", "optax", "torch", "keras",
           "tensorflow")  # fmt: skip
SEEN = pytest.StashKey[dict]()


@pytest.fixture(scope="session")
def seen(pytestconfig):
    """By chapter: names that were found, and programs that ran."""
    return pytestconfig.stash.setdefault(SEEN, {})


def pytest_terminal_summary(terminalreporter, config):
    """Print the table library × chapter."""
    chapters = config.stash.get(SEEN, {})
    if not chapters:
        return
    say = terminalreporter.write_line
    known = versions()
    others = sorted({*known} - {*COLUMNS})
    terminalreporter.section("names found, + programs run, by chapter")
    say(
        f"{'':30}" + "".join(f"{name:>11}" for name in COLUMNS) + "     others"
    )
    total = Counter()
    for chapter, (names, runs) in sorted(chapters.items()):
        counts = Counter({k: len(v) for k, v in names.items() if k in known})
        total += counts
        cells = "".join(
            f"{_cell(counts[name], runs[name]):>11}" for name in COLUMNS
        )
        rest = " ".join(f"{n} {counts[n]}" for n in others if counts[n])
        say(f"{chapter:30}{cells}     {rest}")
    say(
        f"{'all names':30}"
        + "".join(f"{total[name]:>11}" for name in COLUMNS)
        + "     "
        + " ".join(f"{n} {total[n]}" for n in others if total[n])
    )
    say("versions: " + ", ".join(f"{n} {v}" for n, v in known.items()))
    missing = [x.package for n, x in LIBRARIES.items() if n not in known]
    say(f"not installed: {', '.join(missing) or 'none'}")


def _cell(names, runs):
    return (f"{names or ''}" + (f" +{runs}" if runs else "")) or "·"
