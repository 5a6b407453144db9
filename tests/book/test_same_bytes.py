"""Two builds, in different folders and time zones, are identical."""

import hashlib

from .conftest import ZONES


def hashes(folder):
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(
            p.read_bytes()
        ).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_two_builds_give_the_same_bytes(cold):
    one, two = (hashes(cold / name / "site") for name in ZONES)
    assert len(one) > 300
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
