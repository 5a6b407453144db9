import pytest

from press.book import Book
from press.problems import PressError
from press.source import read


def said(path, data):
    path.write_bytes(data)
    try:
        return read(path, path.relative_to(path.parent))
    except PressError as error:
        return [str(p) for p in error.problems]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a\nb\xe9\n", 'page.md:2: byte 0xe9 is no UTF-8 (Latin-1 for "é")'),
        ("é".encode("utf-16"), "page.md:1: UTF-16, not UTF-8"),
        (b"\xef\xbb\xbfa", "page.md:1: a byte order mark in column 1"),
        ("a\u2028b".encode(), "page.md:1: line separator U+2028 in column 2"),
        (b"a\rb", "page.md:1: a carriage return that ends no line"),
        (b"a\n\x0c", "page.md:2: a form feed in column 1"),
        (b"\ta", "page.md:1: a tab in column 1; write spaces"),
        (b"\xc3", "page.md:1: byte 0xc3 is no UTF-8"),
    ],
)
def test_what_is_not_what_it_looks_like_is_refused(tmp_path, data, message):
    found = said(tmp_path / "page.md", data)
    assert isinstance(found, list)
    assert found[0].startswith(message)


def test_lines_that_end_as_on_windows_are_read(tmp_path):
    assert said(tmp_path / "page.md", b"a\r\nb\r\n") == "a\nb\n"


def test_a_page_with_windows_lines_is_the_same_page(tiny):
    before = vars(Book(tiny).pages[0])
    path = tiny / "docs/slopes.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    after = vars(Book(tiny).pages[0])
    assert {k: after[k] for k in before} == before


def test_every_page_that_cannot_be_read_is_named(tiny):
    for name in ("a.md", "b.md"):
        (tiny / "docs" / name).write_bytes(b"\xff\xfe")
    with pytest.raises(PressError) as caught:
        Book(tiny).pages  # noqa: B018
    assert [p.path.name for p in caught.value.problems] == ["a.md", "b.md"]
