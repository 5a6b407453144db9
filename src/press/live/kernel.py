"""What runs a reader's program: in the browser, and the same in the tests.

The page gives sources, and gets messages: what was printed, figures, and a
verdict in the end. Nothing here knows of a browser.
"""

import ast
import base64
import builtins
import contextlib
import importlib
import io
import linecache
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType, TracebackType
from typing import Any, NoReturn

PROGRAM = "<example>"
ABOVE = "<example above>"
GRADER = "<check>"
LIMIT = 20_000  # characters of output that are shown
ROWS = 1_000  # and lines
MACHINERY = {"importlib", "_frozen_importlib"}

Say = Callable[[str, str], object]
Error = dict[str, Any]


class Output(io.TextIOBase):
    """A stream that says each line as it is written, up to a limit."""

    def __init__(self, say: Say, kind: str) -> None:
        self.say = say
        self.kind = kind
        self.waiting = ""
        self.characters = 0
        self.rows = 0

    def write(self, text: str) -> int:
        """Say whole lines, keep the rest for `flush`."""
        if self.characters < LIMIT and self.rows < ROWS:
            self.waiting += text
            if "\n" in self.waiting or len(self.waiting) > LIMIT:
                end = self.waiting.rfind("\n") + 1 or len(self.waiting)
                line, self.waiting = self.waiting[:end], self.waiting[end:]
                self._say(line)
        return len(text)

    def flush(self) -> None:
        """Say what stands on a line that is not ended."""
        if self.waiting:
            self._say(self.waiting)
            self.waiting = ""

    def _say(self, text: str) -> None:
        shown = text[: LIMIT - self.characters]
        rows = shown.splitlines(keepends=True)[: ROWS - self.rows]
        shown = "".join(rows)
        self.characters += len(shown)
        self.rows += shown.count("\n")
        self.say(self.kind, shown)
        if self.characters >= LIMIT or self.rows >= ROWS:
            self.waiting = ""
            self.say(
                "note",
                f"Only the first {self.rows:,} lines, {self.characters:,} "
                "characters, are shown. The program goes on.",
            )


class Silent(io.TextIOBase):
    """A stream for what was shown before."""

    def write(self, text: str) -> int:
        """Drop it."""
        return len(text)


class Missing(BaseException):
    """The library imports a module that can be loaded, and is not yet.

    It is no Exception: a program that catches those does not meet it.
    """


class Late:
    """The last finder of modules: notes what the library looks for in vain.

    What a reader's program, or another package, imports is not its business.
    """

    def __init__(self, library: str, loadable: Sequence[str]) -> None:
        self.library = library
        self.loadable = frozenset(loadable)
        self.missing = ""

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> None:
        """Find nothing.

        Raises:
            Missing: if the library asks for what can be loaded.
        """
        if name in self.loadable and _importer() == self.library:
            self.missing = self.missing or name
            raise Missing(name)


def run(
    programs: Sequence[str],
    say: Say,
    library: str = "",
    loadable: Sequence[str] = (),
) -> Error | None:
    """Run programs one after the other in one namespace.

    Args:
        programs: the sources; only what the last one shows is said.
        say: is called with a kind (`out`, `err`, `note`, `figure`) and a
            text; a figure is a PNG in base64, a line feed and its words.
        library: the package whose functions may import late.
        loadable: the modules that can be loaded, and are not yet.

    Returns:
        None, or what went wrong: its kind, message, line and report. If the
        library imported one of `loadable`, only its name, as `missing`: what
        was said is void, and the programs are to be run again with it.
    """
    with _late(library, loadable) as late:
        error = _run(programs, say)
    return {"missing": late.missing} if late.missing else error


def _run(programs: Sequence[str], say: Say) -> Error | None:
    *above, last = programs
    with _ready([*programs], say):
        with contextlib.redirect_stdout(Silent()):
            namespace, error = _above(above)
        if error:
            return error
        _close_figures()
        out = Output(say, "out")
        with contextlib.redirect_stdout(out):
            error = _execute(last, PROGRAM, namespace)
            out.flush()
        if error is None:
            _kept.put(programs, namespace)
            _show(say)
            if out.characters == 0 and not _defines_only(last):
                say("note", "It ran, and printed nothing.")
        return error


class _Kept:
    """The names after the latest programs, for one that goes on from them.

    They are given away once, because who runs a program in them changes
    them. So each program runs once, as the cells of a notebook do.
    """

    def __init__(self) -> None:
        self.programs: list[str] = []
        self.namespace: dict[str, Any] = {}
        self.options: dict[str, Any] = {}

    def put(self, programs: Sequence[str], namespace: dict[str, Any]) -> None:
        """Keep what some programs left."""
        self.programs, self.namespace = [*programs], namespace
        numpy = sys.modules.get("numpy")
        if numpy is not None:
            self.options = numpy.get_printoptions()
            self.options.pop("override_repr", None)

    def take(self, programs: Sequence[str]) -> tuple[int, dict[str, Any]]:
        """How many of the programs need not run again, and their names."""
        done, namespace = len(self.programs), self.namespace
        same = self.programs == [*programs[:done]]
        self.programs, self.namespace = [], {}
        if not (done and same):
            return 0, {"__name__": "__main__"}
        if self.options:
            sys.modules["numpy"].set_printoptions(**self.options)
        return done, namespace


_kept = _Kept()


def _above(programs: Sequence[str]) -> tuple[dict[str, Any], Error | None]:
    """The names that programs leave, each of them run once."""
    done, namespace = _kept.take(programs)
    for source in programs[done:]:
        error = _execute(source, ABOVE, namespace)
        if error:
            error["message"] = f"in an example above: {error['message']}"
            error["line"] = 0
            return {}, error
    return namespace, None


def check(  # noqa: PLR0913, PLR0917
    attempt: str | Sequence[str],
    starter: str,
    grader: str,
    say: Say,
    library: str = "",
    loadable: Sequence[str] = (),
) -> Error:
    """Grade an attempt with the grader that the tests use.

    Args:
        attempt: the source; in a project, below the programs above it.
        starter: what the reader began with.
        grader: what asserts of the names that are left.
        say: as for `run`.
        library: as for `run`.
        loadable: as for `run`.

    Returns:
        `verdict`: `blank`, `syntax`, `error`, `wrong` or `right`; with
        the `message`, the `line` of the attempt, and the `report`. Or a
        `missing` module, as `run`.
    """
    programs = [attempt] if isinstance(attempt, str) else [*attempt]
    with _late(library, loadable) as late:
        graded = _check(programs, starter, grader, say)
    return {"missing": late.missing} if late.missing else graded


def _check(
    programs: Sequence[str], starter: str, grader: str, say: Say
) -> Error:
    *above, attempt = programs
    if _code(attempt) in {"", _code(starter)}:
        said = "Nothing has changed yet: edit the program, then check it."
        return {"verdict": "blank", "message": said, "line": 0, "report": ""}
    out = Output(say, "out")
    with _ready([*programs, grader], say):
        with contextlib.redirect_stdout(Silent()):
            namespace, error = _above(above)
        if error:
            return {"verdict": "error", **error}
        if above:  # the attempt gets the names, the next one finds them
            _kept.put(above, namespace)
        with contextlib.redirect_stdout(out):
            graded = _graded(attempt, grader, dict(namespace))
            out.flush()
    return graded


def _graded(attempt: str, grader: str, namespace: dict[str, Any]) -> Error:
    error = _execute(attempt, PROGRAM, namespace)
    if error:
        wrong = "syntax" if error["kind"] == "SyntaxError" else "error"
        return {"verdict": wrong, **error}
    error = _execute(grader, GRADER, namespace)
    if error is None:
        return {"verdict": "right", "message": "", "line": 0, "report": ""}
    if error["kind"] == "NameError" and not error["line"]:
        error["message"] = f"the check misses a definition: {error['message']}"
        return {"verdict": "wrong", **error}
    if error["kind"] != "AssertionError":
        return {"verdict": "error", **error}
    error["message"] = error["message"] or "the check refuses it"
    return {"verdict": "wrong", **error}


def imports(programs: Sequence[str]) -> list[str]:
    """The top-level modules that sources name; none of broken ones."""
    found = set()
    for source in programs:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {a.name.partition(".")[0] for a in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return sorted(found)


def _code(source: str) -> str:
    """A source without comments and layout, or as it is if broken."""
    try:
        tree = ast.parse(source)
        return ast.dump(tree) if tree.body else ""
    except (SyntaxError, ValueError):
        return source.strip()


def _defines_only(source: str) -> bool:
    quiet = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
    return all(isinstance(n, quiet) for n in ast.parse(source).body)


@contextlib.contextmanager
def _late(library: str, loadable: Sequence[str]) -> Iterator[Late]:
    """A finder that is asked last, while programs run."""
    late = Late(library, loadable)
    sys.meta_path.append(late)
    try:
        yield late
    finally:
        if late in sys.meta_path:  # a program may have changed the list
            sys.meta_path.remove(late)


def _importer() -> str:
    """The top-level package of the code whose import is under way."""
    frame = sys._getframe(2)  # noqa: SLF001
    while (found := _package(frame.f_globals)) in MACHINERY and frame.f_back:
        frame = frame.f_back
    return found


def _package(names: dict[str, Any]) -> str:
    return str(names.get("__name__")).partition(".")[0]


@contextlib.contextmanager
def _ready(programs: Sequence[str], say: Say) -> Iterator[None]:
    """A world as a new process would have it, and what is ours in it."""
    before = builtins.input, warnings.showwarning
    builtins.input = _no_input

    def warn(message: Any, category: Any, _f: str, line: int, *_: Any) -> None:
        say("err", f"line {line}: {category.__name__}: {message}\n")

    warnings.showwarning = warn  # type: ignore[assignment]
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("default")
        if "numpy" in sys.modules:
            numpy = sys.modules["numpy"]
            stack.enter_context(numpy.errstate())
            stack.enter_context(numpy.printoptions())
        if "matplotlib" in imports(programs):
            _prepare_figures(say)
        try:
            yield
        finally:
            builtins.input, warnings.showwarning = before


def _no_input(*_: object) -> NoReturn:
    raise RuntimeError(
        "input() cannot ask you here: write the value into the program"
    )


def _execute(
    source: str, name: str, namespace: dict[str, Any]
) -> Error | None:
    lines = source.splitlines(keepends=True)
    linecache.cache[name] = (len(source), None, lines, name)
    program = None
    try:
        program = compile(source, name, "exec", dont_inherit=True)
        exec(program, namespace)  # noqa: S102  (running it is the purpose)
    except SystemExit:
        return None
    except UnicodeEncodeError as error:
        if program is None:
            error.reason = "the program holds a character that is no text"
        return _described(error)
    except BaseException as error:  # noqa: BLE001  (whatever it is, it is shown)
        return _described(error)
    return None


def _described(error: BaseException) -> Error:
    kind, message = type(error).__name__, str(error)
    if isinstance(error, SyntaxError):
        message = error.msg
        place = f"line {error.lineno}\n    {(error.text or '').strip()}\n"
        report = f"{place}{kind}: {message}"
        line = error.lineno or 0
        kind = "SyntaxError"
    else:
        if isinstance(error, ModuleNotFoundError):
            message = (
                f"there is no module {error.name!r} in the browser; copy the "
                "program and run it on your machine"
            )
        if isinstance(error, MemoryError):
            message = message or "there is not enough memory for this"
        frames = list(_frames(error.__traceback__))
        own = [n for name, n, _, _ in frames if name == PROGRAM]
        line = own[-1] if own else 0
        shown = [f for f in frames if f[0] != GRADER]
        if len(shown) > 12:  # a recursion
            shown = [*shown[:6], *shown[-6:]]
        report = "".join(
            f"line {n}, in {function}\n    {text}\n"
            for _, n, function, text in shown
        )
        report += f"{kind}: {message}"
    return {"kind": kind, "message": message, "line": line, "report": report}


def _frames(
    trace: TracebackType | None,
) -> Iterator[tuple[str, int, str, str]]:
    """The reader's own frames: file, line, function, text."""
    for frame in traceback.extract_tb(trace):
        if frame.filename in {PROGRAM, ABOVE, GRADER}:
            function = frame.name.replace("<module>", "the program")
            yield frame.filename, frame.lineno or 0, function, frame.line or ""


def _prepare_figures(say: Say) -> None:
    """Make pyplot draw in memory, and its `show` say the figures."""
    matplotlib = importlib.import_module("matplotlib")
    matplotlib.use("agg")
    plt: Any = importlib.import_module("matplotlib.pyplot")
    plt.rcdefaults()
    plt.close("all")
    plt.show = lambda *_a, **_k: _show(say)


def _show(say: Say) -> None:
    plt: Any = sys.modules.get("matplotlib.pyplot")
    if plt is None:
        return
    for number in plt.get_fignums():
        figure = plt.figure(number)
        png = io.BytesIO()
        figure.savefig(png, format="png", dpi=110, bbox_inches="tight")
        data = base64.b64encode(png.getvalue()).decode("ascii")
        say("figure", f"{data}\n{_words(figure)}")
    plt.close("all")


def _close_figures() -> None:
    plt: Any = sys.modules.get("matplotlib.pyplot")
    if plt is not None:
        plt.close("all")


def _words(figure: Any) -> str:
    """What a figure says of itself, for who does not see it."""
    parts = []
    for axes in figure.axes:
        said = [axes.get_title()]
        if axes.get_xlabel() or axes.get_ylabel():
            said.append(f"{axes.get_ylabel()} against {axes.get_xlabel()}")
        said += [
            f"{len(found)} {name}{'s' if len(found) > 1 else ''}"
            for name, found in (
                ("line", axes.lines),
                ("area", axes.patches),
                ("image", axes.images),
                ("set of points", axes.collections),
            )
            if len(found)
        ]
        parts.append(", ".join(s for s in said if s))
    return "Figure drawn by this program. " + "; ".join(p for p in parts if p)
