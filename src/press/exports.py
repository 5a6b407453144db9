"""What the scripts of figures say of their numbers, kept beside the book.

A script may define ``numbers() -> dict``: names and what they are, numbers,
texts, arrays or lists of these. It is called when the figure is drawn, so
that what the two share is computed once, and kept until the script, a
module that it uses or a version changes.
"""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from press import atomic
from press.problems import PressError, Problem
from press.settings import snippets_of

KEPT = Path(".press") / "figures"
CHOSEN = (
    "OPENBLAS_CORETYPE",
    "OPENBLAS_NUM_THREADS",
    "NPY_DISABLE_CPU_FEATURES",
)


def read(root: Path, script: Path, key: str) -> dict[str, object] | None:
    """What was kept under `key`, None if nothing was."""
    path = _path(root, script)
    if not path.exists():
        return None
    kept = json.loads(path.read_text("utf8"))
    if kept["key"] != _here(key):
        return None
    return {name: _array(value) for name, value in kept["numbers"].items()}


def write(
    root: Path, script: Path, namespace: dict[str, object], key: str
) -> None:
    """Call ``numbers()`` in the names of a script, and keep the result.

    Raises:
        PressError: if it gives something else than names and numbers.
    """
    make = namespace.get("numbers")
    given = make() if callable(make) else {}
    if not isinstance(given, dict) or not all(
        isinstance(name, str) and name.isidentifier() for name in given
    ):
        raise PressError(
            Problem(
                script.relative_to(root),
                1,
                f"numbers() gives {type(given).__name__}",
                "return a dict of names and numbers",
            )
        )
    entry = {"key": _here(key), "numbers": given}
    text = json.dumps(entry, default=_plain, sort_keys=True)
    atomic.write(_path(root, script), text)


def _here(key: str) -> str:
    """The key, on the processor that tests choose: see `press.portable`."""
    return " ".join([key, *(os.environ.get(name, "") for name in CHOSEN)])


def _path(root: Path, script: Path) -> Path:
    inside = script.relative_to(snippets_of(root))
    return root / KEPT / inside.with_suffix(".json")


def _plain(value: Any) -> object:
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(
        f"a number or an array is kept, got {type(value).__name__}"
    )


def _array(value: Any) -> Any:
    return np.array(value) if isinstance(value, list) else value
