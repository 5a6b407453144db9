from press.bless import bless
from press.book import Book


def blessed(root):
    book = Book(root)
    return bless(book, book.pages[0])


def test_a_right_page_is_left_as_it_is_to_the_letter(tiny):
    text, problems = blessed(tiny)
    assert problems == []
    assert text == (tiny / "docs/slopes.md").read_text("utf8")


def test_an_output_is_written(tiny, edit):
    right = (tiny / "docs/slopes.md").read_text("utf8")
    edit("[2. 4.]", "[7. 8. 9.]")
    assert blessed(tiny)[0] == right


def test_a_missing_output_is_added(tiny, edit):
    right = (tiny / "docs/slopes.md").read_text("utf8")
    edit("\n``` {.text .output}\n3.0\n```\n", "")
    assert blessed(tiny)[0] == right


def test_an_output_that_agrees_is_not_reformatted(tiny, edit):
    edit("[2. 4.]", "[2.0  4.0]")
    assert "[2.0  4.0]" in blessed(tiny)[0]


def test_claims_are_written_in_their_format(tiny, edit):
    edit(
        '`3.0`{ .claim of="t.sum()" }',
        '`3.1`{ .claim of="t.sum()" } or `7`{ .claim of="t.size" }',
    )
    text, _ = blessed(tiny)
    assert '`3.0`{ .claim of="t.sum()" } or `2`{ .claim of="t.size" }' in text


def test_a_block_that_fails_is_reported_and_the_rest_is_blessed(tiny, edit):
    edit("[2. 4.]", "[7.]")
    edit("print(t.sum())", "print(u.sum())")
    text, problems = blessed(tiny)
    assert "[2. 4.]" in text
    assert len(problems) == 1
    assert "NameError" in problems[0].what


def test_a_blessed_page_passes(tiny, edit):
    edit("print(2 * t)", "print(t @ t)")
    text, _ = blessed(tiny)
    (tiny / "docs/slopes.md").write_text(text, "utf8")
    assert blessed(tiny) == (text, [])
