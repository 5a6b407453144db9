"""A piece of work in a process of its own, with a limit of time.

The process is a fork: what was imported and run before is there already,
and what the work breaks, it breaks for itself alone.
"""

import contextlib
import importlib.util
import math
import os
import pickle
import resource
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import TypeVar

from press.settings import settings_of, source_of

T = TypeVar("T")
PATIENCE = 20.0  # wall clock for one second of a busy machine's processor


class EndedError(Exception):
    """The work ended without an answer: time, memory or a crash."""


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Fork without the warnings that a parent with threads earns.

    The child uses no thread that its parent had.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.filterwarnings("ignore", r"os\.fork\(\) was called")
        yield


def isolated(work: Callable[[], T], seconds: float) -> T:
    """What `work` returns, in a process of its own.

    Args:
        work: what to do; its answer must be picklable.
        seconds: how much time of the processor it may use.

    Raises:
        EndedError: if it used more, or its process ended.
    """
    reader, writer = os.pipe()
    with quiet():
        child = os.fork()
    if child == 0:
        os.close(reader)
        _answer(work, writer, seconds)
    os.close(writer)
    try:
        data = _read(reader, time.monotonic() + PATIENCE * seconds)
    finally:
        os.close(reader)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not data:
        raise EndedError("the process ended without an answer")
    good, value = pickle.loads(data)  # noqa: S301  (it is our own)
    if not good:
        raise EndedError(value)
    answer: T = value
    return answer


def _read(reader: int, until: float) -> bytes:
    data = b""
    while True:
        left = until - time.monotonic()
        if left <= 0 or not select.select([reader], [], [], left)[0]:
            return b""
        part = os.read(reader, 1 << 16)
        if not part:
            return data
        data += part


def _answer(work: Callable[[], T], writer: int, seconds: float) -> None:
    """Work, answer, and end at once, whatever happens."""
    try:
        os.setsid()
        limit = math.ceil(seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        try:
            said = pickle.dumps((True, work()))
        except BaseException as error:  # noqa: BLE001  (any is an answer)
            said = pickle.dumps((False, f"{type(error).__name__}: {error}"))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(said)
    finally:
        os._exit(0)


class Replaced(SourceFileLoader):
    """Imports one module from a text instead of its file."""

    def __init__(self, name: str, path: Path, text: str) -> None:
        super().__init__(name, str(path))
        self.text = text

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Itself, for its module."""
        if fullname != self.name:
            return None
        file = Path(self.path)
        inside = [str(file.parent)] if file.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            fullname, file, loader=self, submodule_search_locations=inside
        )

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
        """The text, compiled as if it stood in the file."""
        return compile(self.text, self.path, "exec", dont_inherit=True)


def forget(package: str) -> None:
    """Have a package imported anew, from the top."""
    for name in list(sys.modules):
        if name.partition(".")[0] == package:
            del sys.modules[name]


def take_place(root: Path, place: Path, text: str | None) -> None:
    """Import the library below `root`, one module of it from `text`.

    It changes the process, so it is for one that ends afterwards.
    """
    name = settings_of(root).module(place)
    forget(name.partition(".")[0])
    sys.path.insert(0, str(source_of(root)))
    if text is not None:
        finder = Replaced(name, root / place, text)
        sys.meta_path.insert(0, finder)
    importlib.invalidate_caches()
