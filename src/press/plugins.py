"""What a project adds of its own: functions that its settings name."""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from press.problems import PressError, Problem
from press.settings import FILE, line_of, settings_of, source_of


def named(root: Path, key: str) -> dict[str, Callable[..., Any]]:
    """The functions of a table of `[tool.press]`, by name.

    Raises:
        PressError: for each ``module:function`` that is none.
    """
    found: dict[str, Callable[..., Any]] = {}
    problems = []
    for name, dotted in getattr(settings_of(root), key).items():
        try:
            found[name] = _function(root, dotted)
        except (AttributeError, ImportError, ValueError) as error:
            line = line_of(root, key, name)
            what = f'{key}: "{dotted}" is no function: {error}'
            fix = "write package.module:function"
            problems.append(Problem(FILE, line, what, fix))
    if problems:
        raise PressError(problems)
    return found


def find_library(root: Path) -> None:
    """Have the package of a project imported, installed or as it stands."""
    source = str(source_of(root).resolve())
    if source not in sys.path:
        sys.path.append(source)


def _function(root: Path, dotted: str) -> Callable[..., Any]:
    module, _, name = dotted.partition(":")
    find_library(root)
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found
