"""Running a notebook as its reader would, cell by cell, and comparing.

Every code cell but the first, which installs, is executed in a kernel; what
it prints must be what the notebook holds. A check of a blank must fail.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from press import compare

SKIPPED = "install"
OPEN = "raises-exception"


def problems(
    path: Path,
    tolerances: Sequence[dict[str, float]],
    kernel: str = "python3",
) -> list[str]:
    """What differs when the notebook at `path` is executed.

    Args:
        path: the notebook.
        tolerances: of each cell that has outputs, in order; see `compare`.
        kernel: the name of the kernel that runs it.
    """
    import nbformat  # noqa: PLC0415  (slow, and often not needed)
    from nbclient import NotebookClient  # noqa: PLC0415

    shown = json.loads(path.read_text("utf8"))["cells"]
    book: Any = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    for cell in book.cells:
        if SKIPPED in cell.metadata.get("tags", []):
            cell.source = ""
        if cell.cell_type == "code":
            cell.outputs = []
    client = NotebookClient(
        book, timeout=300, allow_errors=True, kernel_name=kernel
    )
    client.execute()
    found, kept = [], iter(tolerances)
    for number, (before, after) in enumerate(
        zip(shown, book.cells, strict=True), 1
    ):
        if before["cell_type"] != "code":
            continue
        given = next(kept, {}) if _printed(before["outputs"]) else {}
        said = _differs(before, after, given)
        if said:
            found.append(f"{path.name}: cell {number}: {said}")
    return found


def _differs(before: Any, after: Any, given: dict[str, float]) -> str:
    """What is wrong of one cell that was run, or nothing."""
    errors = [o for o in after.outputs if o.output_type == "error"]
    open_ = OPEN in before["metadata"].get("tags", [])
    if open_:
        return "" if errors else "a check passes although its blank is open"
    if errors:
        return f"{errors[0].ename}: {errors[0].evalue}"
    printed, expected = _printed(after.outputs), _printed(before["outputs"])
    if not expected.strip() and not printed.strip():
        return ""
    differs = compare.difference(printed, expected, **given)
    if differs:
        return f'prints "{differs.printed}", not "{differs.shown}"'
    return ""


def _printed(outputs: Any) -> str:
    return "".join(
        "".join(o["text"]) for o in outputs if o["output_type"] == "stream"
    )
