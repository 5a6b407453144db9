import json
import threading
from pathlib import Path

import pytest

from press import atomic


def test_a_reader_sees_the_old_text_or_the_new(tmp_path):
    path = tmp_path / "deep" / "kept.json"
    texts = {json.dumps([n] * 20_000) for n in range(2)}
    for text in texts:
        atomic.write(path, text)
    seen, over = set(), threading.Event()

    def read():
        while not over.is_set():
            seen.add(path.read_text("utf8"))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(50):
        for text in texts:
            atomic.write(path, text)
    over.set()
    reader.join()
    assert seen <= texts
    assert list(path.parent.iterdir()) == [path]


def test_a_run_that_is_ended_leaves_the_old_text(tmp_path, monkeypatch):
    path = tmp_path / "kept.json"
    atomic.write(path, "old")

    def ended(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", ended)
    with pytest.raises(KeyboardInterrupt):
        atomic.write(path, "new")
    assert path.read_text("utf8") == "old"
