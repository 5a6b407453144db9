"""Random examples are new on every run here, and always the same in CI."""

import fcntl
import os

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

LONGEST = "test_same_bytes.py"


def pytest_collection_modifyitems(items):
    """The longest test comes first, so that nothing waits for it alone."""
    items.sort(key=lambda item: item.path.name != LONGEST)


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
