"""Two builds, in different folders and time zones, are identical."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("docs", "snippets", "src", "mkdocs.yml", "pyproject.toml")


def copied(folder):
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source,
                folder / name,
                ignore=shutil.ignore_patterns("generated", "__pycache__"),
            )
        else:
            shutil.copy(source, folder / name)
    return folder


def hashes(folder):
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(
            p.read_bytes()
        ).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def build(folder, zone):
    folder.mkdir()
    root = copied(folder)
    return root, subprocess.Popen(
        [sys.executable, "-m", "press", "build"],
        cwd=root,
        env={**os.environ, "TZ": zone, "PYTHONPATH": str(root / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_two_builds_give_the_same_bytes(tmp_path):
    builds = [
        build(tmp_path / "here", "UTC"),
        build(tmp_path / "over there", "Asia/Tokyo"),
    ]
    said = [run.communicate()[0] for _, run in builds]
    assert [run.returncode for _, run in builds] == [0, 0], said
    one, two = (hashes(root / "site") for root, _ in builds)
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
