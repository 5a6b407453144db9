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


def test_two_builds_give_the_same_bytes(tmp_path):
    sites = []
    for name, zone in [("here", "UTC"), ("over there", "Asia/Tokyo")]:
        (tmp_path / name).mkdir()
        root = copied(tmp_path / name)
        subprocess.run(
            [sys.executable, "-m", "press", "build"],
            cwd=root,
            env={**os.environ, "TZ": zone, "PYTHONPATH": str(root / "src")},
            check=True,
            capture_output=True,
        )
        sites.append(hashes(root / "site"))
    one, two = sites
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
