"""What the last test run saw of each page: `.press/report.json`.

An entry counts only while the page, its snippets and the library are
the ones that were tested; the fingerprint says so.
"""

import hashlib
import json
from pathlib import Path

from press import atomic, trees
from press.marks import marks, program_of
from press.page import Page, read
from press.programs import output_of, role
from press.settings import docs_of, library_of, snippets_of

REPORT = Path(".press") / "report.json"
COUNTS = ("blocks", "outputs", "claims", "checks", "exercises")


def fingerprint(root: Path, page: Page) -> str:
    """A hash of everything that a run of the page depends on."""
    folders = [library_of(root), snippets_of(root) / page.name]
    said = f"{trees.digest(*folders)}\n{page.text}"
    return hashlib.sha256(said.encode()).hexdigest()


def counts(page: Page, lines: set[int] | None = None) -> dict[str, int]:
    """How much of a page was verified by the blocks at `lines`.

    Args:
        page: the page.
        lines: opening lines of the blocks that passed; None for all.
    """
    seen = [
        (i, f)
        for i, f in enumerate(page.fences)
        if f.is_python
        and role(page, f) != "notest"
        and (lines is None or f.line in lines)
    ]
    at = [program_of(page, m) for m in marks(page) if m.kind == "claim"]
    ran = {i for i, _ in seen}
    return {
        "blocks": len(seen),
        "outputs": sum(output_of(page, i) is not None for i, _ in seen),
        "claims": sum(i in ran for i in at),
        "checks": sum(role(page, f) == "check" for _, f in seen),
        "exercises": sum(b.kind == "exercise" for b in page.blocks),
        "graded": sum(role(page, f) == "grader" for _, f in seen),
    }


def load(root: Path) -> dict[str, dict[str, object]]:
    """The report: by page its counts, and the versions they ran on."""
    path = root / REPORT
    if not path.exists():
        return {"pages": {}, "versions": {}}
    loaded: dict[str, dict[str, object]] = json.loads(path.read_text("utf8"))
    return loaded


def current(root: Path, page: Page) -> dict[str, object] | None:
    """The entry of a page, if it is about the page as it is now."""
    entry = load(root)["pages"].get(page.name)
    if isinstance(entry, dict) and entry.get("fingerprint") == fingerprint(
        root, page
    ):
        return entry
    return None


def record(
    root: Path,
    path: Path,
    passed: set[int],
    failed: set[int],
    versions: dict[str, str],
) -> None:
    """Write the entry of one page after a run of it."""
    docs = docs_of(root)
    if not (docs / path).exists():
        return
    page = read(docs, path)
    whole = counts(page)
    done = counts(page, passed)
    if not failed and done["blocks"] < whole["blocks"]:
        return  # part of a page was asked for: nothing to say of the page
    found = load(root)
    found["versions"] = dict(versions)
    found["pages"][page.name] = {
        **done,
        "failed": len(failed),
        "fingerprint": fingerprint(root, page),
    }
    atomic.write(root / REPORT, json.dumps(found, indent=1, sort_keys=True))
