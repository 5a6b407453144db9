"""What runs on which worker: a whole file on one, or a test on any."""

import subprocess
import sys
from pathlib import Path

TOGETHER = """\
import pytest

from pathlib import Path

@pytest.mark.parametrize("n", range(4))
def test_together(n, worker_id):
    Path(f"{worker_id}-together-{n}").touch()
"""
APART = """\
import pytest

from pathlib import Path

@pytest.mark.apart
@pytest.mark.parametrize("n", ["a", "a::b@c"])
def test_apart(n, worker_id):
    Path(f"{worker_id}-apart-{len(n)}").touch()

def test_rest(worker_id):
    Path(f"{worker_id}-rest-1").touch()

def test_rest_too(worker_id):
    Path(f"{worker_id}-rest-2").touch()
"""


def test_a_file_stays_on_a_worker_but_for_what_stands_apart(tmp_path):
    ours = Path(__file__).parents[1] / "conftest.py"
    (tmp_path / "conftest.py").write_text(ours.read_text("utf8"), "utf8")
    (tmp_path / "test_one.py").write_text(TOGETHER, "utf8")
    (tmp_path / "test_two.py").write_text(APART, "utf8")
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nmarkers =\n  apart: anywhere\n", "utf8"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2"]
    done = subprocess.run(
        [*command, "--dist", "loadgroup", "--no-loadscope-reorder"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    ran = [path.name.split("-") for path in tmp_path.glob("gw*-*")]
    assert len(ran) == 8
    workers = {
        kind: {worker for worker, of, _ in ran if of == kind}
        for _, kind, _ in ran
    }
    # The first file fills a worker; what comes next goes to the other.
    assert len(workers["together"]) == 1
    assert len(workers["rest"]) == 1
    assert not workers["rest"] & workers["together"]
