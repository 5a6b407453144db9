"""Figures with a parameter: every state is computed in the build.

A script has a docstring, the claim that its figure makes, and

    PARAMETERS  name: label, values, start, shown (a format), at most two
    NUMBERS     name: words and a format, the rows of the table of a state
    SAYS        one sentence about a state, as a format
    state       computes the numbers of a state from the parameters
    draw        draws a state

The drawing of the first state goes into the page and stands without
script. What differs between states goes into a file of JSON beside it.
"""

import html
import itertools
import json
import math
import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from press import atomic, drawing, figures
from press.drawing import RAISED, Drawing
from press.problems import PressError, Problem
from press.settings import docs_of, snippets_of

PUBLISHED = Path("generated") / "explorables"  # of the folder of the pages
PARTS = Path(".press") / "explorables"
CACHE = "cache.json"
MOST_STATES = 2500
HEAVY = 40  # KB, gzipped, of JSON
POWER = re.compile(r"(?<=\d)e([+-])0*(\d+)")
NOTHING = re.compile(r"(?<![\w-])-(?=0(?:\.0*)?(?![\d.]| ·))")
MINUS = re.compile(r"(?<![\w-])-(?=\d)")
GIVEN = {"label", "values", "start", "shown"}

Move = tuple[str, str, list[int], list[str]]


@dataclass(frozen=True)
class Parameter:
    """What the reader moves: its stops, and where it begins."""

    name: str
    label: str
    values: Sequence[float]
    start: int
    shown: str

    @cached_property
    def stops(self) -> list[str]:
        """Each value in words."""
        return [_typeset(self.shown.format(v)) for v in self.values]


@dataclass(frozen=True)
class Parts:
    """What a page needs of an explorable figure, as HTML."""

    panels: str
    controls: str
    says: str
    table: str


def scripts_of(root: Path) -> list[Path]:
    """Every script of an explorable figure below `root`."""
    return sorted(snippets_of(root).glob("**/explorables/*.py"))


def published(root: Path, script: Path) -> Path:
    """Where the states of a script are written."""
    return docs_of(root) / PUBLISHED / _beside(root, script)


def parts(root: Path, script: Path) -> Parts | None:
    """What was drawn of a script; nothing if it never was."""
    path = root / PARTS / _beside(root, script)
    if not path.exists():
        return None
    return Parts(**json.loads(path.read_text("utf8")))


def _beside(root: Path, script: Path) -> Path:
    """What is written of a script, below the folder of its kind."""
    inside = script.relative_to(snippets_of(root))
    return inside.parent.parent / f"{script.stem}.json"


def draw(
    root: Path, *, progress: Callable[[str], object] = print
) -> list[figures.Drawn]:
    """Compute what changed since it was last computed.

    Args:
        root: the book.
        progress: is told of each script that was run.

    Returns:
        Every script, and whether it was run.

    Raises:
        PressError: with a problem for each script that failed.
    """
    scripts = scripts_of(root)
    cache = _load(root)
    found, problems = [], []
    for script in scripts:
        name, key = _name(root, script), _key(root, script)
        inside = _beside(root, script)
        made = (published(root, script), root / PARTS / inside)
        fresh = cache.get(name) != key or not all(p.exists() for p in made)
        if fresh:
            try:
                heavy = _make(root, script)
            except PressError as error:
                problems += error.problems
                continue
            cache[name] = key
            progress(f"computed {name}{heavy}")
        found.append(figures.Drawn(script, fresh))
    _sweep(root, scripts, cache)
    _write(root / PARTS / CACHE, json.dumps(cache, indent=1, sort_keys=True))
    if problems:
        raise PressError(problems)
    return found


def _make(root: Path, script: Path) -> str:
    """Run a script and write what it gives; a word if that is heavy."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            code = compile(script.read_text("utf8"), str(script), "exec")
            namespace: dict[str, Any] = {"__name__": "explorable"}
            exec(code, namespace)  # noqa: S102
            page, states = compute(namespace, script.stem)
    except Exception as error:  # noqa: BLE001  (any, at its line)
        problem = figures.at_line(error, script, script.relative_to(root))
        raise PressError(problem) from None
    text = json.dumps(states, ensure_ascii=False, separators=(",", ":"))
    _write(published(root, script), text)
    parts = root / PARTS / _beside(root, script)
    _write(parts, json.dumps(vars(page), indent=1))
    return figures.heavy(text.encode(), HEAVY, "take fewer states")


def compute(
    namespace: Mapping[str, Any], name: str
) -> tuple[Parts, dict[str, Any]]:
    """The parts of the page, and all states, of a script that was run."""
    for needed in ("__doc__", "PARAMETERS", "NUMBERS", "SAYS"):
        if not namespace.get(needed):
            raise _wrong(f"no {_called(needed)}", "see CONTRIBUTING")
    for needed in ("state", "draw"):
        if not callable(namespace.get(needed)):
            raise _wrong(f"no function {needed}", "see CONTRIBUTING")
    parameters = _parameters(namespace["PARAMETERS"])
    sizes = [len(p.values) for p in parameters]
    if math.prod(sizes) > MOST_STATES:
        raise _wrong(
            f"{math.prod(sizes)} states", f"take {MOST_STATES} at most"
        )
    stops = list(itertools.product(*(range(n) for n in sizes)))
    states = [_state(namespace, parameters, at) for at in stops]
    first = stops.index(tuple(p.start for p in parameters))
    moves = _moves(states, sizes, first)
    return (
        Parts(
            states[first].drawing.markup(name),
            _controls(parameters, name),
            html.escape(states[first].says, quote=False),
            _table(states[first].rows),
        ),
        {
            "parameters": [
                {"values": [float(v) for v in p.values], "shown": p.stops}
                for p in parameters
            ],
            "moves": moves,
        },
    )


@dataclass(frozen=True)
class _State:
    drawing: Drawing
    says: str
    rows: list[tuple[str, list[str]]]


def _parameters(given: Mapping[str, Mapping[str, Any]]) -> list[Parameter]:
    found = []
    for name, options in given.items():
        if set(options) != GIVEN:
            raise _wrong(
                f'parameter "{name}" has {", ".join(sorted(options))}',
                f"give it {', '.join(sorted(GIVEN))}",
            )
        values = [float(v) for v in options["values"]]
        if options["start"] not in values:
            raise _wrong(
                f'parameter "{name}" starts at {options["start"]}',
                "start at one of its values",
            )
        start = values.index(options["start"])
        found.append(
            Parameter(name, options["label"], values, start, options["shown"])
        )
    return found


def _state(
    namespace: Mapping[str, Any],
    parameters: Sequence[Parameter],
    stops: Sequence[int],
) -> _State:
    chosen = {
        p.name: p.values[i] for p, i in zip(parameters, stops, strict=True)
    }
    numbers = namespace["state"](**chosen)
    at = SimpleNamespace(**chosen, **numbers)
    image = Drawing()
    namespace["draw"](image, at)
    rows = [
        (p.label, [p.stops[i]]) for p, i in zip(parameters, stops, strict=True)
    ]
    for name, (words, form) in namespace["NUMBERS"].items():
        if name not in numbers:
            raise _wrong(
                f'state gives no "{name}", which NUMBERS names',
                "return it from state",
            )
        rows.append((words, _cells(numbers[name], form, name, chosen)))
    says = _typeset(namespace["SAYS"].format(**vars(at)))
    return _State(image, says, rows)


def _cells(
    value: Any, form: str, name: str, chosen: Mapping[str, float]
) -> list[str]:
    found = list(value) if hasattr(value, "__iter__") else [value]
    for v in found:
        if v is not None and not math.isfinite(v):
            raise _wrong(f"{name} is {v} at {dict(chosen)}", "mend state")
    return ["" if v is None else _typeset(form.format(v)) for v in found]


def _moves(
    states: Sequence[_State], sizes: Sequence[int], first: int
) -> list[Move]:
    """What differs between states, and the numbers of the nodes that move."""
    shapes = {
        (
            tuple((n.tag, *n.attributes) for n in s.drawing.nodes),
            tuple(s.drawing.frames),
            tuple(len(cells) for _, cells in s.rows),
        )
        for s in states
    }
    if len(shapes) > 1:
        raise _wrong(
            "two states have other nodes, axes or rows",
            "draw the same things in the same order, only elsewhere",
        )
    moves: list[Move] = []
    for n, node in enumerate(states[first].drawing.nodes):
        same = [s.drawing.nodes[n] for s in states]
        changes = {
            a: values
            for a in node.attributes
            if len(set(values := [m.attributes[a] for m in same])) > 1
        }
        texts = [m.text for m in same]
        if len(set(texts)) > 1:
            changes[""] = texts
        if changes:
            node.number = n
        for attribute, values in changes.items():
            moves.append((str(n), attribute, *_factored(values, sizes)))
    rows = range(len(states[first].rows))
    for r in rows:
        for c in range(len(states[first].rows[r][1])):
            values = [s.rows[r][1][c] for s in states]
            if len(set(values)) > 1:
                moves.append((f"{r}.{c}", "", *_factored(values, sizes)))
    moves.append(("says", "", *_factored([s.says for s in states], sizes)))
    return moves


def _factored(
    values: list[str], sizes: Sequence[int]
) -> tuple[list[int], list[str]]:
    """The parameters that values depend on, and their values for these."""
    table = dict(
        zip(itertools.product(*(range(n) for n in sizes)), values, strict=True)
    )
    matters = [
        axis
        for axis in range(len(sizes))
        if any(
            table[at] != table[(*at[:axis], 0, *at[axis + 1 :])]
            for at in table
        )
    ]
    kept = [
        v
        for at, v in table.items()
        if all(i == 0 for a, i in enumerate(at) if a not in matters)
    ]
    return matters, kept


def _controls(parameters: Sequence[Parameter], name: str) -> str:
    rows = ""
    for p in parameters:
        own, shown = f"{name}-{p.name}", html.escape(p.stops[p.start])
        rows += (
            f'<div><label for="{own}">{html.escape(p.label)}</label>'
            f'<input type="range" id="{own}" name="{p.name}" min="0" '
            f'max="{len(p.values) - 1}" value="{p.start}" '
            f'aria-valuetext="{shown}" autocomplete="off">'
            f'<span aria-hidden="true">{shown}</span></div>'
        )
    return rows


def _table(rows: Sequence[tuple[str, list[str]]]) -> str:
    lines = ""
    for r, (words, cells) in enumerate(rows):
        data = "".join(
            f'<td data-n="{r}.{c}">{html.escape(cell)}</td>'
            for c, cell in enumerate(cells)
        )
        head = html.escape(words)
        lines += f'<tr><th scope="row">{head}</th>{data}</tr>'
    return f'<table class="explorable-numbers"><tbody>{lines}</tbody></table>'


def _typeset(text: str) -> str:
    """Powers of ten and minus signs as a book prints them."""
    return MINUS.sub("−", NOTHING.sub("", POWER.sub(_power, text)))


def _power(found: re.Match[str]) -> str:
    if found[2] == "0":
        return ""
    exponent = f"{found[1]}{found[2]}".removeprefix("+")
    return f" · 10{exponent.translate(RAISED)}"


def _called(needed: str) -> str:
    return "docstring" if needed == "__doc__" else needed


def _wrong(what: str, fix: str) -> PressError:
    """A problem of the script as a whole."""
    return PressError(Problem(Path("script.py"), 1, what, fix))


def _key(root: Path, script: Path) -> str:
    drawers = [Path(__file__), Path(drawing.__file__)]
    return figures.key_of(root, script, drawers)


def _name(root: Path, script: Path) -> str:
    return script.relative_to(root).as_posix()


def _load(root: Path) -> dict[str, str]:
    path = root / PARTS / CACHE
    try:
        loaded: dict[str, str] = json.loads(path.read_text("utf8"))
    except (OSError, json.JSONDecodeError):
        return {}
    return loaded


def _write(path: Path, text: str) -> None:
    if path.exists() and path.read_text("utf8") == text:
        return
    atomic.write(path, text)


def _sweep(root: Path, scripts: Iterable[Path], cache: dict[str, str]) -> None:
    """Remove what scripts left that are gone."""
    scripts = list(scripts)
    for folder in (docs_of(root) / PUBLISHED, root / PARTS):
        kept = {folder / _beside(root, s) for s in scripts}
        for path in folder.glob("**/*.json"):
            if path not in kept and path.name != CACHE:
                path.unlink()
    for name in set(cache) - {_name(root, s) for s in scripts}:
        del cache[name]
