"""Writing what one run keeps for the next: whole, or not at all."""

import os
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Put text into a file that another run may read at any moment.

    It is written beside the file and takes its place in one step, so that a
    reader sees the old text or the new, and a run that is ended leaves no
    half of a file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_text(text, "utf8")
    part.replace(path)
