"""A block is run so that its neighbours and the machine do not notice.

What it may not do is refused while it does it, by an audit hook: write a
file, change the directory, start a program, open a connection. What it
may not leave behind is looked for when it ends, put back and reported: a
seeded generator of NumPy's, a patched library, a thread. Nothing of this
is a wall against malice; it is one against carelessness.
"""

import ast
import contextlib
import ctypes
import importlib
import io
import os
import signal
import sys
import sysconfig
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import FrameType  # noqa: TC003  (used by dataclasses)
from typing import Any

from press import leftovers
from press.problems import PressError, Problem
from press.settings import settings_of

SECONDS = 60.0
PRINTED = 1_000_000  # characters
BUSY = 3  # times as long may it take on a machine that others use too
AGAIN = 0.5  # seconds until a block that swallowed the end is told again


class RefusedError(PermissionError):
    """What a block that does the forbidden meets; it is recorded too."""


class TimeUpError(BaseException):
    """Raised in a block whose time is over; no ``except Exception``."""


@dataclass
class Watch:
    """The block that is being run.

    Attributes:
        root: the book.
        code: the file that the block is written in, as compiled.
        place: that file, as messages call it.
        line: where the block begins.
        bystanders: threads that ran before, which are not the block's.
    """

    root: Path
    code: str
    place: Path
    line: int
    bystanders: frozenset[int]
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, what: str, fix: str) -> RefusedError:
        """Record a problem at the line that is being executed."""
        frame: FrameType | None = sys._getframe(1)  # noqa: SLF001
        line = self.line
        while frame is not None:
            if frame.f_code.co_filename == self.code:
                line = frame.f_lineno
                break
            frame = frame.f_back
        problem = Problem(self.place, line, what, fix)
        if problem not in self.problems:
            self.problems.append(problem)
        return RefusedError(f"{what}; {fix}")


@contextlib.contextmanager
def isolated(
    root: Path,
    place: Path,
    line: int,
    code: str = "",
    seconds: float = SECONDS,
) -> Iterator[io.StringIO]:
    """Run the body as the block `code`, written at `place` and `line`.

    Yields:
        What the block prints.

    Raises:
        PressError: with all that the block did and may not do, in place
            of any other exception.
    """
    own = threading.get_ident()
    others = frozenset(t.ident or 0 for t in threading.enumerate()) - {own}
    watch = Watch(root, str(root / place), place, line, others)
    out = _Printed(watch)
    before = leftovers.Before(settings_of(root).package)
    filters = [*warnings.filters]
    try:
        with (
            contextlib.redirect_stdout(out),
            _stdin(_NoInput(watch)),
            warnings.catch_warnings(),
            _watched(watch),
            _limited(watch, seconds),
        ):
            yield out
            _silenced(watch, filters)
    except (TimeUpError, SystemExit) as error:
        if isinstance(error, SystemExit):
            watch.refuse("ends the program (SystemExit)", "delete the exit")
    finally:
        for what, fix in before.changes(code):
            watch.problems.append(Problem(place, line, what, fix))
        if watch.problems:
            raise PressError(watch.problems) from None


def prepare(code: str, library: str) -> None:
    """Import the library that a block uses, so that a patch of it shows.

    What cannot be imported is left for the block to say.
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    named = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            named.add(node.module or "")
    watched = {*leftovers.WATCHED, library, "matplotlib"}
    for name in sorted(named):
        if name.partition(".")[0] in watched:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)


class _Printed(io.StringIO):
    """Keeps what is printed, up to a limit."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self.watch = watch
        self.size = 0

    def write(self, text: str, /) -> int:
        self.size += len(text)
        if self.size > PRINTED:
            raise self.watch.refuse(
                f"prints more than {PRINTED} characters",
                "print what a reader looks at",
            )
        return super().write(text)


class _NoInput(io.StringIO):
    """A keyboard that nobody sits at."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self.watch = watch

    def _refuse(self, *_: object) -> str:
        raise self.watch.refuse("waits for input", "write the input down")

    read = readline = __next__ = _refuse  # type: ignore[assignment]


@contextlib.contextmanager
def _stdin(stream: io.StringIO) -> Iterator[None]:
    kept, sys.stdin = sys.stdin, stream
    try:
        yield
    finally:
        sys.stdin = kept


@contextlib.contextmanager
def _limited(watch: Watch, seconds: float) -> Iterator[None]:
    began, used = time.monotonic(), time.process_time()

    def over(*_: object) -> None:
        spent = time.process_time() - used
        if spent < seconds and time.monotonic() - began < BUSY * seconds:
            return  # others had the processor
        watch.refuse(
            f"runs for more than {seconds:g} s",
            'compute less, or raise the limit with seconds="…" on the fence',
        )
        raise TimeUpError

    main = threading.current_thread() is threading.main_thread()
    arm = _by_signal if main and hasattr(signal, "setitimer") else _by_thread
    disarm = arm(over, seconds)
    try:
        yield
    finally:
        disarm()


def _by_signal(
    over: Callable[..., None], seconds: float
) -> Callable[[], None]:
    kept = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)

    def disarm() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, kept)

    return disarm


def _by_thread(
    over: Callable[..., None], seconds: float
) -> Callable[[], None]:
    """Where no signal arrives: an exception is put into the thread."""
    ident = ctypes.c_ulong(threading.get_ident())

    set_error = ctypes.pythonapi.PyThreadState_SetAsyncExc
    ended = threading.Event()

    def tell() -> None:
        pause = seconds
        while not ended.wait(pause):
            pause = AGAIN
            try:
                over()
            except TimeUpError:
                set_error(ident, ctypes.py_object(TimeUpError))

    timer = threading.Thread(target=tell, daemon=True)
    timer.start()

    def disarm() -> None:
        ended.set()
        timer.join()

    return disarm


def _silenced(watch: Watch, before: list[Any]) -> None:
    """A filter that hides every warning would hide them from the tests."""
    for entry in warnings.filters:
        if entry in before:
            continue
        action, message, category, module, _ = entry
        if (action, message, module) == ("ignore", None, None) and (
            category in {Warning, RuntimeWarning, UserWarning}
        ):
            watch.refuse(
                "hides warnings", "use with warnings.catch_warnings(): …"
            )


_current: Watch | None = None


@contextlib.contextmanager
def _watched(watch: Watch) -> Iterator[None]:
    global _current  # noqa: PLW0603  (a hook cannot be removed again)
    _install()
    kept, _current = _current, watch
    try:
        yield
    finally:
        _current = kept


@lru_cache(maxsize=1)
def _install() -> None:
    sys.addaudithook(_hook)


def _hook(event: str, args: tuple[object, ...]) -> None:
    watch = _current
    if watch is None or event not in _EVENTS:
        return
    if threading.get_ident() in watch.bystanders:
        return
    _EVENTS[event](watch, event, args)


def _opened(watch: Watch, _: str, args: tuple[object, ...]) -> None:
    flags = args[2]
    writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    if isinstance(flags, int) and flags & writes:
        _wrote(watch, "open", args[:1])


def _wrote(watch: Watch, _: str, args: tuple[object, ...]) -> None:
    names = [a for a in args if isinstance(a, str | bytes | os.PathLike)]
    folder = _folder(args)
    for name in names[:2]:
        path = Path(os.path.abspath(folder / os.fsdecode(name)))  # noqa: PTH100
        if not _is_scratch(watch.root, path):
            raise watch.refuse(
                f'writes "{path.name}"', "keep it in memory, or use tempfile"
            )


def _folder(args: tuple[object, ...]) -> Path:
    """The open folder that names are in, if one is given, as rmtree does."""
    last = args[-1]
    if len(args) > 1 and isinstance(last, int) and last > 0:
        with contextlib.suppress(OSError):
            return Path(f"/proc/self/fd/{last}").readlink()
    return Path()


def _is_scratch(root: Path, path: Path) -> bool:
    if "__pycache__" in path.parts or path.is_relative_to("/dev"):
        return True
    return not path.is_relative_to(root) and any(
        path.is_relative_to(folder) for folder in _scratch()
    )


@lru_cache(maxsize=1)
def _scratch() -> list[Path]:
    """Where temporary files and the caches of packages are."""
    named = [os.environ.get(n) for n in ("XDG_CACHE_HOME", "MPLCONFIGDIR")]
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  (may be missing)
    caches = [home / ".cache", home / ".config" / "matplotlib"]
    folders = [Path(tempfile.gettempdir()), *map(Path, filter(None, named))]
    everywhere = [*folders, *caches]
    return [*everywhere, *(f.resolve() for f in everywhere)]


def _moved(watch: Watch, _: str, __: tuple[object, ...]) -> None:
    raise watch.refuse("changes the directory", "name files by their path")


def _connected(watch: Watch, _: str, __: tuple[object, ...]) -> None:
    raise watch.refuse(
        "opens a network connection", "print data that the page holds"
    )


def _started(watch: Watch, _: str, __: tuple[object, ...]) -> None:
    """Packages ask the system about itself; only the book may not."""
    library = sysconfig.get_paths()["stdlib"]
    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001
    while frame is not None:
        name = frame.f_code.co_filename
        inside = name.startswith((library, "<frozen")) or name == __file__
        if not inside or "site-packages" in name:
            break
        frame = frame.f_back
    if frame is not None and "site-packages" not in frame.f_code.co_filename:
        raise watch.refuse("starts a program", "compute it in Python")


_EVENTS: dict[str, Callable[[Watch, str, tuple[object, ...]], None]] = {
    "open": _opened,
    "os.chdir": _moved,
    "os.fork": _started,
    "os.forkpty": _started,
    "os.posix_spawn": _started,
    "os.system": _started,
    "os.exec": _started,
    "subprocess.Popen": _started,
    "socket.bind": _connected,
    "socket.connect": _connected,
    "socket.getaddrinfo": _connected,
    "socket.gethostbyname": _connected,
    "socket.sendto": _connected,
    "os.mkdir": _wrote,
    "os.remove": _wrote,
    "os.rename": _wrote,
    "os.rmdir": _wrote,
    "os.symlink": _wrote,
    "os.link": _wrote,
    "os.truncate": _wrote,
}
