"""The programs and data of some folders, as one hash.

Each file is looked at by its time and size; all are read again only if one
of them has changed, came or went.
"""

import hashlib
import os
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

Stamp = tuple[str, int, int]
UNREAD = (".pyc", ".md")


def digest(*folders: Path, without: Collection[str] = ()) -> str:
    """A hash of all files below some folders, but for what nothing reads.

    Folders that stand right in one of them are left out by their names.
    """
    found = tuple(tuple(_stamps(str(f), without)) for f in folders)
    return _digest(tuple(map(str, folders)), found)


def _stamps(folder: str, without: Collection[str]) -> Iterator[Stamp]:
    for base, inside, names in os.walk(folder):
        left = without if base == folder else ()
        inside[:] = sorted(name for name in inside if name not in left)
        for name in sorted(n for n in names if not n.endswith(UNREAD)):
            path = os.path.join(base, name)  # noqa: PTH118  (a page is waiting)
            stat = os.stat(path)  # noqa: PTH116
            yield path, stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=32)
def _digest(
    folders: tuple[str, ...], found: tuple[tuple[Stamp, ...], ...]
) -> str:
    digest = hashlib.sha256()
    for folder, stamps in zip(folders, found, strict=True):
        digest.update(f"{len(stamps)} files\n".encode())
        for path, _, _ in stamps:
            content = Path(path).read_bytes()
            place = Path(path).relative_to(folder).as_posix()
            digest.update(f"{place} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()
