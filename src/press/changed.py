"""`make test` runs what changed; the rest stands proved, and is left out.

    pytest -p press.changed

A file of tests that passed whole is not collected again while all that it
reaches is as it was, see `press.proofs`. Whoever names a file or a test, or
chooses by a word, a marker or the last failures, gets what is asked for.
What a file opens while it runs belongs to what it reaches; an audit hook
sees that, and marks what starts a program or lists a folder: it reaches the
whole tree. With `CI` set, nothing is read or written.
"""

import os
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from press import proofs
from press.proofs import Entry, State

SHARED = {"session", "package"}
CHOOSING = (
    *("keyword", "markexpr", "lf", "deselect", "stepwise"),
    *("collectonly", "setuponly", "setupplan"),
)
SHOWS = {"-q", "-v", "-vv", "-x", "--quiet", "--verbose", "--exitfirst"}
SHOWN = ("--prove-all", "--maxfail", "--durations", "--tb", "--color")
OPENS = "open"
LISTS = {"os.listdir", "os.scandir", "glob.glob", "glob.glob/2"}
STARTS = {
    *("subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn"),
    *("os.system", "os.exec", "os.spawn", "os.startfile"),
}
PRIVATE = {".venv", ".press", ".hypothesis", ".pytest_cache", "__pycache__"}
"""What tools keep for themselves; packages count by their versions."""


class Seen:
    """What the files of one process opened, and which asked for more."""

    def __init__(self, root: Path) -> None:
        self.roots = {f"{root}{os.sep}", f"{root.resolve()}{os.sep}"}
        self.now = ""
        self.opened: dict[str, set[str]] = {}
        self.whole: set[str] = set()
        self.uses: dict[str, set[str]] = {}

    @contextmanager
    def during(self, who: str) -> Iterator[None]:
        """Whatever is opened meanwhile is opened for `who`."""
        kept, self.now = self.now, who
        try:
            yield
        finally:
            self.now = kept

    def hear(self, event: str, args: tuple[Any, ...]) -> None:
        """Note what an audit event says."""
        if event in STARTS:
            self.whole.add(self.now)
            return
        path = args[0] if args else None
        if isinstance(path, int) and event == OPENS:
            return
        if _by_import():
            return
        place = self._below(path)
        if place is None or PRIVATE.intersection(Path(place).parts):
            return
        if event == OPENS:
            name = Path(place).as_posix()
            self.opened.setdefault(self.now, set()).add(name)
        else:
            self.whole.add(self.now)

    def _below(self, path: object) -> str | None:
        """A path below the root, "" for the root itself, None elsewhere."""
        if path is None or isinstance(path, int):
            return ""  # the folder that is open or current: any
        try:
            full = os.path.abspath(os.fsdecode(path))  # type: ignore[arg-type] # noqa: PTH100
        except (TypeError, ValueError, OSError):
            return ""
        for root in self.roots:
            if full.startswith(root):
                return full.removeprefix(root)
            if full + os.sep == root:
                return ""
        return None

    def told(self) -> dict[str, Entry]:
        """By file what it opened and whether it asked for more."""
        files = {n for n in {*self.opened, *self.whole, *self.uses} if n}
        found = {}
        for file in files:
            names = {file, *self.uses.get(file, ())}
            opened = set().union(*(self.opened.get(n, ()) for n in names))
            whole = bool(names & self.whole)
            found[file] = {"opened": sorted(opened), "whole": whole}
        return found


def _by_import() -> bool:
    """Whether the import system asks: what it finds is known without."""
    frame = sys._getframe(3)  # noqa: SLF001
    return frame.f_code.co_filename.startswith("<frozen importlib")


_seen: Seen | None = None


@lru_cache(maxsize=1)
def _install() -> None:
    sys.addaudithook(_hook)


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if _seen is None or not _seen.now:
        return
    if event == OPENS or event in LISTS or event in STARTS:
        _seen.hear(event, args)


class Runner:
    """In the process that runs tests: leaves out, and watches.

    Args:
        config: of pytest.
        proved: the files to leave out.
    """

    def __init__(self, config: pytest.Config, proved: set[str]) -> None:
        global _seen  # noqa: PLW0603  (a hook cannot be removed again)
        self.root = config.rootpath
        self.proved = proved
        self.left: set[str] = set()
        self.seen = _seen = Seen(config.rootpath)
        self.fixtures: set[str] = set()
        _install()

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Leave out what stands proved."""
        name = _name(self.root, collection_path)
        if name not in self.proved:
            return None
        self.left.add(name)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, Any, Any]:
        """Watch a file while it is imported."""
        file = collector.getparent(pytest.File)  # type: ignore[type-abstract]
        if file is None or isinstance(file, pytest.Package):
            return (yield)
        with self.seen.during(_name(self.root, file.path)):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item
    ) -> Generator[None, Any, Any]:
        """Watch a test."""
        name = item.nodeid.partition("::")[0]
        uses = self.seen.uses.setdefault(name, set())
        uses.update(f"fixture {f}" for f in getattr(item, "fixturenames", ()))
        with self.seen.during(name):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, Any, Any]:
        """What a fixture of all files opens, all that use it open."""
        if fixturedef.scope not in SHARED:
            return (yield)
        with self.seen.during(f"fixture {fixturedef.argname}"):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(
        self, session: pytest.Session
    ) -> Generator[None, None, None]:
        """Hand over what was seen."""
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output["press_seen"] = self.seen.told()
            output["press_left"] = sorted(self.left)
        yield


class Controller:
    """In the process that was called: decides, and writes."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.root = config.rootpath
        self.words = _words(config)
        self.before = State(self.root, self.words)
        self.kept = proofs.load(self.root)
        self.standing = proofs.standing(self.before, self.kept)
        self.named = _named(config)
        believed = not config.getoption("prove_all")
        self.proved = self.standing - self.named if believed else set()
        self.left: set[str] = set()
        self.expected: dict[str, set[str]] = {}
        self.passed: dict[str, set[str]] = {}
        self.refused: set[str] = set()
        self.seen: dict[str, Entry] = {}
        self.unheard: set[str] = set()

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker what stands proved."""
        node.workerinput["press_proved"] = sorted(self.proved)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(
        self, node: Any, ids: list[str]
    ) -> None:
        """What is to run; each worker collects the same."""
        del node
        self.expect(ids)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """What is to run, where there are no workers."""
        self.expect([item.nodeid for item in session.items])

    def expect(self, ids: list[str]) -> None:
        """Note the tests of each file."""
        for name in ids:
            file = name.partition("::")[0]
            self.expected.setdefault(file, set()).add(name)

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """A file of which a part is left out is not run whole."""
        self.refused.update(i.nodeid.partition("::")[0] for i in items)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be read is not proved."""
        if not report.passed:
            self.refused.add(report.nodeid.partition("::")[0])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what passed; what is left out by a condition did not."""
        file = report.nodeid.partition("::")[0]
        held = report.passed or hasattr(report, "wasxfail")
        if not held:
            self.refused.add(file)
        elif report.when == "call":
            self.passed.setdefault(file, set()).add(report.nodeid)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Take what a worker saw; of one that is lost nothing is known."""
        output = getattr(node, "workeroutput", {})
        if error or "press_seen" not in output:
            self.unheard.add(str(node))
            return
        self.hear(output["press_seen"], output["press_left"])

    def hear(self, seen: dict[str, Entry], left: list[str]) -> None:
        """Add what one process saw."""
        self.left.update(left)
        for file, entry in seen.items():
            known = self.seen.setdefault(file, {"opened": [], "whole": False})
            opened = {*known["opened"], *entry["opened"]}
            known["opened"] = sorted(opened)
            known["whole"] |= entry["whole"]

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(
        self, session: pytest.Session
    ) -> Generator[None, None, None]:
        """Write what is proved now, when all others have written."""
        yield
        runner = self.config.pluginmanager.get_plugin("press-runner")
        if runner is not None:
            self.hear(runner.seen.told(), [])
        nothing = session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED
        if nothing and self.left and not self.refused:
            session.exitstatus = pytest.ExitCode.OK
        self.write()

    def write(self) -> None:
        """Enter the files that passed, in a tree that did not change."""
        if not (self.expected or self.refused):
            self.renew(self.kept)
            return
        after = State(self.root, self.words, self.before)
        ran = {*self.expected, *self.refused}
        proved = {
            p: e
            for p, e in self.kept.items()
            if p not in ran and p in after.files
        }
        for file in sorted(self.passed) if not self.unheard else ():
            entry = self.seen.get(file)
            if entry and self.whole(file) and self.known(after, entry):
                key = self.before.key(file, entry)
                if key and key == after.key(file, entry):
                    said = proofs.said(self.root, file)
                    proved[file] = {**entry, "key": key, "said": said}
        after.keep()
        if not self.renew(proved):
            proofs.save(self.root, proved)

    def renew(self, proved: dict[str, Entry]) -> bool:
        """Let the build print what stands proved; whether that wrote."""
        again = [
            file
            for file in sorted(self.left & proved.keys())
            if proofs.renew(self.root, file)
        ]
        for file in again:
            proved[file]["said"] = proofs.said(self.root, file)
        if again:
            proofs.save(self.root, proved)
        return bool(again)

    def whole(self, file: str) -> bool:
        """Whether every test of a file passed."""
        return (
            file not in self.refused
            and file not in _parts(self.config)
            and self.passed[file] == self.expected.get(file)
        )

    def known(self, after: State, entry: Entry) -> bool:
        """Whether all that a file opened is told by a hash, or not there."""
        return all(
            name in after.files or not (self.root / name).exists()
            for name in entry["opened"]
        )

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """Say what was left out, and how to run it."""
        if self.left:
            total = len(self.left) + len(self.expected)
            terminalreporter.write_line(
                f"{len(self.left)} of {total} files stand proved: they "
                "passed, and nothing that they reach has changed since "
                "(make test ALL=1 runs all)"
            )


def _name(root: Path, path: Path) -> str:
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return ""


def _words(config: pytest.Config) -> list[str]:
    """What the run is asked for, without files and how it is shown."""
    said = config.invocation_params.args
    words = [str(w) for w in said if str(w) not in SHOWS]
    words = [w for w in words if not w.startswith(SHOWN)]
    here = config.invocation_params.dir
    return [w for w in words if not (here / w.partition("::")[0]).exists()]


def _named(config: pytest.Config) -> set[str]:
    """The files that were asked for by name."""
    here = config.invocation_params.dir
    paths = [(here / str(a).partition("::")[0]).resolve() for a in config.args]
    return {_name(config.rootpath.resolve(), p) for p in paths if p.is_file()}


def _parts(config: pytest.Config) -> set[str]:
    """The files of which only some tests were asked for."""
    named = [a.partition("::")[0] for a in config.args if "::" in a]
    here = config.invocation_params.dir
    root = config.rootpath.resolve()
    return {_name(root, (here / a).resolve()) for a in named}


def pytest_addoption(parser: pytest.Parser) -> None:
    """A run may believe nothing."""
    parser.addoption(
        "--prove-all",
        action="store_true",
        help="run also the files that stand proved",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin, unless a part was chosen, or git cannot say what the tree is."""
    given = getattr(config, "workerinput", None)
    if given is not None:
        if "press_proved" in given:
            proved = set(given["press_proved"])
            config.pluginmanager.register(Runner(config, proved))
        return
    if os.environ.get("CI"):
        return
    if any(config.getoption(name, None) for name in CHOOSING):
        return
    if not proofs.tracked(config.rootpath):
        return
    controller = Controller(config)
    config.pluginmanager.register(controller, "press-controller")
    if config.getoption("dist", "no") == "no":
        runner = Runner(config, controller.proved)
        controller.left = runner.left
        config.pluginmanager.register(runner, "press-runner")
