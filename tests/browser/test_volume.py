"""Three pages of the book as a PDF and as an EPUB, opened and read."""

import itertools
import re
import subprocess
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf
import pytest

from press.problems import PressError
from press.volume import epub, pdf
from press.volume.bound import volume

ROOT = Path(__file__).parents[2]
PAGES = (
    "calculus/gradients",
    "calculus/chain_rule",
    "projects/autograd",
    "generated/bibliography",
)
PARTS = ["Contents", "Calculus", "Projects", "Reference"]
EPUBCHECK = Path("/usr/share/java/epubcheck.jar")
WIDTH = 140 / 25.4 * 96  # CSS pixels that a line of text has


def apart(work, *arguments):
    """Work in a thread of its own: here, the browser of other tests runs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *arguments).result()


@pytest.fixture(scope="module")
def made(published, tmp_path_factory):
    """The PDF, and what was counted when it was made."""
    target = tmp_path_factory.mktemp("volume") / "book.pdf"
    bound = volume(ROOT, published, PAGES)
    return target, apart(pdf.write, bound, published, target)


@pytest.fixture(scope="module")
def book(made):
    """The PDF as another program reads it."""
    return pypdf.PdfReader(made[0])


@pytest.fixture(scope="module")
def texts(book):
    """What is written on each page."""
    return [page.extract_text() for page in book.pages]


def bookmarks(book, outline=None, depth=0):
    """Depth, title and page of every bookmark, in order."""
    for entry in book.outline if outline is None else outline:
        if isinstance(entry, list):
            yield from bookmarks(book, entry, depth + 1)
        else:
            page = book.get_destination_page_number(entry) + 1
            yield depth, entry.title, page


def flat(text):
    """The words, without ligatures and the breaks of lines."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def test_the_pages_are_counted_and_of_one_size(book, made):
    assert made[1]["pages"] == len(book.pages) > 50
    sizes = {(round(p.mediabox.width), round(p.mediabox.height))
             for p in book.pages}  # fmt: skip
    assert sizes == {(round(178 / 25.4 * 72), round(254 / 25.4 * 72))}


def test_the_file_says_what_it_is(book):
    root = book.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert book.metadata.title == "Derivable"
    assert book.metadata.creation_date is None


def test_bookmarks_are_parts_chapters_and_sections(book):
    found = list(bookmarks(book))
    assert [title for depth, title, _ in found if depth == 0] == PARTS
    titles = [title for depth, title, _ in found if depth == 1]
    assert titles == [
        "Gradients", "The chain rule", "Solutions", "Checks of formulas",
        "A reverse-mode engine", "Solutions", "Checks of formulas",
        "Bibliography",
    ]  # fmt: skip
    assert sum(depth == 2 for depth, _, _ in found) > 20


def test_chapters_begin_on_the_right_where_their_bookmarks_say(book, texts):
    for depth, title, page in bookmarks(book):
        assert flat(title) in flat(texts[page - 1])
        if depth < 2:
            assert page % 2 == 1


def test_the_contents_name_the_page_of_every_chapter(book, texts):
    contents = flat(texts[2])
    at = 0
    for depth, title, page in bookmarks(book):
        if depth < 2 and title != "Contents":
            at = contents.index(f"{title} {page}", at)


def test_pages_are_numbered_and_headed_by_chapter_and_part(book, texts):
    found = [m for m in bookmarks(book) if m[0] < 2][1:]
    part = ""
    count = 0
    for (depth, title, start), after in itertools.pairwise(found):
        if depth == 0:
            part = title
            continue
        for page in range(start, after[2]):
            head = flat(texts[page - 1].partition("\n")[0])
            even = f"{page} {part}" if head else ""  # an empty page has none
            assert head == (f"{title} {page}" if page % 2 else even)
            count += bool(head)
    assert count > 70


def test_a_link_says_on_which_page_it_ends(book, texts):
    """The links to solutions, against the pages that these are on."""
    dests = {
        name.removeprefix("/"): book.get_destination_page_number(to) + 1
        for name, to in book.named_destinations.items()
    }
    solutions = [n for k, n in dests.items() if k.endswith(".solution")]
    said = re.findall(r"Solution \(p\. (\d+)\)", flat(" ".join(texts)))
    assert len(said) > 10
    assert sorted(map(int, said)) == sorted(solutions)


def test_every_link_inside_ends_somewhere(book):
    names = set(book.named_destinations)
    count = 0
    for page in book.pages:
        for note in page.get("/Annots") or []:
            entry = note.get_object()
            target = entry.get("/Dest")
            if target is None:
                assert entry["/A"]["/URI"].startswith(("https:", "http:"))
            else:
                count += 1
                assert str(target) in names
    assert count > 100


def test_every_font_is_embedded_and_can_be_read(book):
    """Chromium makes drawings, Type 3, of outlines that are no TrueType."""
    kinds = set()
    for page in book.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            entry = font.get_object()
            kinds.add(entry["/Subtype"])
            assert "/ToUnicode" in entry
            if entry["/Subtype"] == "/Type3":
                assert entry["/CharProcs"]
            else:
                (inner,) = entry["/DescendantFonts"]
                held = inner.get_object()["/FontDescriptor"].get_object()
                assert {"/FontFile2", "/FontFile3"} & {*held}
    assert kinds <= {"/Type0", "/Type3"}
    assert kinds


def test_formulas_programs_and_outputs_are_text(book, texts):
    start, end = [page for depth, _, page in bookmarks(book) if depth == 1][:2]
    chapter = "\n".join(texts[start - 1 : end - 1])
    assert "∇" in chapter
    assert re.search(r"[𝑓𝛾]", chapter)
    assert "from derivable.calculus import gradient_check" in chapter
    assert "where descent stops: -0.1875" in chapter
    assert "Run" not in set(chapter.split())


def fitted(body, site, ask="1"):
    """An answer of a page before and after it is fitted, and how much was."""
    with pdf.opened() as page:
        style = f"<style>body {{ width: {WIDTH}px; margin: 0 }}</style>"
        page.set_content(f"<!doctype html>{style}{body}")
        before = page.evaluate(ask)
        count = pdf.fitted(page, site)
        return before, count, page.evaluate(ask)


def test_what_is_too_wide_shrinks_and_keeps_its_place(published):
    cells = "".join(f"<mn>{n}</mn><mo>+</mo>" for n in range(1000, 1012))
    body = f'<p id="a"><math>{cells}</math></p>'
    wide = "document.querySelector('math').getBoundingClientRect().width"
    before, count, after = apart(fitted, body, published, wide)
    assert before > WIDTH
    assert count == 1
    assert after <= WIDTH + 0.5


@pytest.mark.parametrize(
    "html",
    [
        "<p><math><mtext>{}</mtext></math></p>",
        '<div style="width: 900px">x</div>',
        "<pre>{}</pre>",
        '<svg width="900" height="9"></svg>',
    ],
)
def test_what_cannot_be_made_to_fit_is_refused(published, html):
    text = html.format("x" * 400)
    body = f'<section id="here">{text}</section>'
    with pytest.raises(PressError, match=r"at #here is .* wider than"):
        apart(fitted, body, published)


def test_epubcheck_has_nothing_to_say(published, tmp_path):
    if not EPUBCHECK.exists():
        pytest.fail("epubcheck is needed: apt-get install epubcheck")
    target = tmp_path / "book.epub"
    epub.write(volume(ROOT, published, PAGES), published, target)
    done = subprocess.run(
        ["java", "-jar", EPUBCHECK, "--failonwarnings", target],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "No errors or warnings detected" in done.stdout


def test_a_chromium_that_stops_is_ended_and_started_again(
    published, tmp_path, monkeypatch
):
    starts = []
    opened = pdf.opened

    def counted(ended):
        starts.append(ended)
        return opened(ended)

    monkeypatch.setattr(pdf, "LIMIT", 2.0)
    monkeypatch.setattr(pdf, "opened", counted)
    endless = tmp_path / "endless.html"
    endless.write_text("<p>a<script>for (;;) {}</script>", "utf8")
    with pytest.raises(PressError, match="within 2 s, 2 times; try again"):
        apart(pdf.printed, endless, published)
    assert len(starts) == 2
    assert all(ended.is_set() for ended in starts)
