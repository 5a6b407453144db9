"""Random examples are the same on every run, unless the job asks for new ones.

`make test` judges a change by what it changes; `make test-portable` looks
for what nobody thought of, and prints the seed that finds it again.
"""

import ast
import fcntl
import functools
import os
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# Each says it all: what is left out comes from Hypothesis, which chooses by
# whether a CI runs it.
settings.register_profile(
    "same", deadline=None, derandomize=True, database=None
)
settings.register_profile(
    "fresh", deadline=None, derandomize=False, database=None, print_blob=True
)
settings.load_profile(os.environ.get("PRESS_EXAMPLES", "same"))

LONGEST = ("test_same_bytes.py", "test_examples.py", "test_exercises.py")


def pytest_collection_modifyitems(items):
    """The longest come first, and what fills the gaps comes last."""
    items.sort(key=turn)


def turn(item):
    """When a test is to begin: nothing waits for a long one alone."""
    if item.path.name in LONGEST:
        return LONGEST.index(item.path.name)
    return len(LONGEST) + (item.get_closest_marker("apart") is not None)


class Files(LoadScopeScheduling):
    """A worker runs a whole file, but for the tests that stand apart.

    The groups of xdist itself would say the same, and are lost: it writes
    them where pytest reads none any more (pytest-xdist, issue 1386).
    """

    def _split_scope(self, nodeid):
        path, _, test = nodeid.partition("::")
        alone = apart(self.config.rootpath / path)
        return nodeid if test.partition("[")[0] in alone else path


@functools.cache
def apart(path):
    """The functions of a file whose tests may run on any worker."""
    tree = ast.parse(path.read_text("utf8"))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and "pytest.mark.apart" in map(ast.unparse, node.decorator_list)
    }


@pytest.hookimpl(optionalhook=True)  # unknown where xdist is not used
def pytest_xdist_make_scheduler(config, log):
    """For `--dist loadgroup`."""
    if config.getvalue("dist") == "loadgroup":
        return Files(config, log)
    return None


@pytest.fixture(scope="session")
def once(tmp_path_factory, worker_id):
    """A folder that one process makes and all processes of a run read."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "once"
    shared.mkdir(exist_ok=True)

    def folder(name, make):
        made, finished = shared / name, shared / f"{name}.made"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not finished.exists():
                make(made)
                finished.touch()
        return made

    return folder


@pytest.fixture(scope="session")
def refused():
    """Whether the check of an exercise refuses an answer.

    It is ``part/chapter/name``; the book's own solution must pass, and what
    the answer leaves out is taken from there.
    """
    snippets = Path(__file__).parents[1] / "snippets"

    def ask(exercise, answer):
        folder, _, name = exercise.rpartition("/")
        path = snippets / folder / "exercises" / f"{name}.py"
        _, check, solution = (
            f"#{cell}" for cell in path.read_text("utf-8").split("# %%")[1:]
        )
        right, wrong = {}, {}
        exec(solution, right)  # noqa: S102
        exec(check, right)  # noqa: S102
        exec(solution, wrong)  # noqa: S102
        exec(answer, wrong)  # noqa: S102
        try:
            exec(check, wrong)  # noqa: S102
        except (AssertionError, ValueError):
            return True
        return False

    return ask
