"""What is served at two places is what two builds would give."""

import pytest

from press import live as living

from .conftest import INDEX, PUBLISHED, ROOT, listed, with_own_python

pytestmark = pytest.mark.browser
WHERE = "DERIVABLE_PYODIDE"


def test_a_build_with_python_in_a_folder_writes_what_is_served(
    tmp_path, monkeypatch
):
    written = []
    for address in (None, "pyodide/"):
        if address:
            monkeypatch.setenv(WHERE, address)
        folder = tmp_path / str(address).strip("/")
        monkeypatch.setattr(living, "FOLDER", folder)
        living.write(ROOT)
        written.append({p.name: p.read_bytes() for p in folder.iterdir()})
    published, own = written
    name = INDEX.rpartition("/")[2]
    assert published[name] != own[name]
    assert with_own_python(published.pop(name)) == own.pop(name)
    assert published == own


def test_no_other_file_of_the_site_says_where_python_is(published):
    place = living.address(ROOT).encode()
    told = [
        path.relative_to(published).as_posix()
        for path in published.rglob("*")
        if path.is_file() and place in path.read_bytes()
    ]
    assert told == [INDEX]
    templates = [
        path.read_text("utf8")
        for path in (ROOT / "src/press/theme").rglob("*.html")
    ]
    assert templates
    assert not [text for text in templates if "pyodide" in text]


def test_each_place_lists_its_own_pages(published, address, live):
    sitemap = (published / "sitemap.xml").read_bytes()
    count = sitemap.count(b"<loc>")
    assert count > 50
    assert sitemap.count(f"<loc>{PUBLISHED}".encode()) == count
    assert address != live
    for home in (address, live):
        own = listed(sitemap, home)
        assert own.count(f"<loc>{home}".encode()) == count
        assert PUBLISHED.encode() not in own
