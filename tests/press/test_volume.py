"""The volume, bound from a site of three pages, and what is wrong with one."""

import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from press import chromium, cli
from press.problems import PressError
from press.volume import article, epub, pages, pdf
from press.volume.bound import volume
from press.volume.links import anchor
from press.volume.plan import planned

SETTINGS = """\
site_name: Small "book"
site_description: A book that is small.
site_url: https://small.example/
copyright: Nobody & sons.
nav:
  - Home: index.md
  - First part:
      - first/one.md
      - first/two.md
  - Reference:
      - Words: generated/words.md
      - Library:
          - generated/api/one.md
"""
TABLE = '[tool.press]\nvolume_without = ["index", "generated/api"]\n'
PIXEL = '<!DOCTYPE svg PUBLIC "x" "y.dtd">\n<svg xmlns="%s"><path id="a"/>'
MATH = (
    "<math><mrow><mi>x</mi><msup><mfrac displaystyle='true'><mn>1</mn>"
    "<mn>2</mn></mfrac><mi>n</mi></msup></mrow></math>"
)
ONE = f"""\
<h1 id="one">One<a class="headerlink" href="#one">¶</a></h1>
<p class="notebook-links"><a download href="../../one.ipynb">Notebook</a></p>
<p><abbr title="A thing.">Term</abbr> is <data class="claim" value="3">3</data>
for {MATH}, as <a href="../two/#fig:x">there</a>,
<a href="#fig:y">here</a>, <a href="../../generated/words/">words</a>,
<a href="../../generated/api/one/#x">in the library</a> and
<a href="https://a.example/?q=<1>">elsewhere</a>.</p>
<div class="tabbed-set"><input type="radio"><div class="tabbed-labels">
<label>NumPy</label><label>JAX</label></div><div class="tabbed-content">
<div class="tabbed-block"><p>of one</p></div>
<div class="tabbed-block"><p>of the other</p></div></div></div>
<figure id="fig:y"><img class="figure-light" alt="Seen." loading="lazy"
src="../../pictures/a.svg#only-light"><img class="figure-dark" alt="Seen."
src="../../pictures/dark.svg"></figure>
<book-explorable class="explorable"><svg viewbox="0 0 9 9"><clippath
id="c"><rect/></clippath><path clip-path="url(#c)" d="M0 0"/></svg>
<div class="explorable-controls"><input type="range"></div>
<output data-n="says">It says.</output></book-explorable>
<details class="check"><summary>Check of (1)</summary>
<div class="highlight check-program"><pre><span></span><code>one = 1
</code></pre></div></details>
<section class="exercise" id="ex:a"><p class="exercise-title"><strong>Exercise
1.</strong> Do it</p><details class="hint"><summary>Hint</summary>
<p>Look.</p></details><details class="solution" open>
<summary>Solution</summary><p>Done, see <a href="#ex:a">it</a>.</p></details>
</section>
"""
TWO = '<h1 id="two">Two</h1><figure id="fig:x"><p>No picture</p></figure>'
WORDS = '<h1 id="words">Words</h1><p><a href="../../first/one/">One</a></p>'


def page(text):
    return f"<html>\n<body>\n<article>{text}</article></body></html>"


@pytest.fixture
def small(tmp_path):
    """A tree and its site."""
    files = {
        "mkdocs.yml": SETTINGS,
        "pyproject.toml": TABLE,
        "site/index.html": page("<h1>Home</h1>"),
        "site/first/one/index.html": page(ONE),
        "site/first/two/index.html": page(TWO),
        "site/generated/words/index.html": page(WORDS),
        "site/generated/api/one/index.html": page("<h1>API</h1>"),
        "site/pictures/a.svg": PIXEL % epub.SVG + "</svg>",
        f"site/{pages.FONT.as_posix()}": "font",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8")
    return tmp_path


def bound(small, *only):
    return volume(small, small / "site", only)


def refused(small, *only):
    with pytest.raises(PressError) as caught:
        bound(small, *only)
    return [
        str(p).replace(f"{small.as_posix()}/", "")
        for p in caught.value.problems
    ]


def edit(small, name, old, new):
    path = small / name
    text = path.read_text("utf8")
    assert old in text
    path.write_text(text.replace(old, new), "utf8")


def test_the_nav_says_what_is_printed_and_in_which_order(small):
    assert planned(small) == [
        ("First part", [Path("first/one.md"), Path("first/two.md")]),
        ("Reference", [Path("generated/words.md")]),
    ]


def test_without_a_setting_every_page_is_printed(small):
    (small / "pyproject.toml").unlink()
    plan = dict(planned(small))
    assert plan[""] == [Path("index.md")]
    assert Path("generated/api/one.md") in plan["Reference"]


def test_parts_end_with_what_their_pages_fold(small):
    found = bound(small)
    assert [(p.title, [c.title for c in p.chapters]) for p in found.parts] == [
        ("First part", ["One", "Two", "Solutions", "Checks of formulas"]),
        ("Reference", ["Words"]),
    ]


def test_some_pages_can_be_chosen(small):
    assert [c.title for c in bound(small, "first/two").chapters] == ["Two"]


def test_what_a_screen_alone_can_use_is_gone(small):
    body = bound(small).chapters[0].body
    html = str(body)
    for gone in (
        "headerlink", "ipynb", "<abbr", "<data", "<input", "<label", "dark",
        "loading", "explorable-controls", "<details", "<summary", "<output",
        "data-n", "<span></span>",
    ):  # fmt: skip
        assert gone not in html, gone
    for kept in ("Term", "It says.", "Hint", 'alt="Seen."', "<math>"):
        assert kept in html, kept


def test_a_tab_says_which_it_is(small):
    text = bound(small).chapters[0].body.get_text(" ", strip=True)
    assert "NumPy of one JAX of the other" in text


def test_svg_has_its_own_names_again(small):
    html = str(bound(small).chapters[0].body)
    assert 'viewBox="0 0 9 9"' in html
    assert '<clipPath id="first-one--c">' in html
    assert 'clip-path="url(#first-one--c)"' in html


def test_a_paragraph_that_a_block_ends_is_none():
    html = "<article><p><div>x</div></p><p>y</p></article>"
    tag = BeautifulSoup(html, "html.parser").article
    article.tidied(tag)
    assert str(tag) == "<section><div><div>x</div></div><p>y</p></section>"


def test_links_lead_into_the_volume_or_to_the_site(small):
    body = bound(small).chapters[0].body
    assert {a.get_text(): a["href"] for a in body.find_all("a")} == {
        "there": "#first-two--fig.3a.x",
        "here": "#first-one--fig.3a.y",
        "words": "#generated-words",
        "in the library": "https://small.example/generated/api/one/#x",
        "elsewhere": "https://a.example/?q=%3C1%3E",
        "Check of (1)": "#first-one--check.1.moved",
        "Solution": "#first-one--ex.3a.a.solution",
    }


def test_anchors_of_two_names_differ():
    names = ["a", "a:b", "a.b", "a-b", "a b", "aä", "a/b"]
    assert len({anchor("x", name) for name in names}) == len(names)


def test_a_solution_and_its_exercise_link_to_each_other(small):
    one, _, solutions, _ = bound(small).parts[0].chapters
    assert "Done" not in one.body.get_text()
    (worked,) = solutions.body.select(".worked")
    assert worked["id"] == "first-one--ex.3a.a.solution"
    assert worked.p.a["href"] == "#first-one--ex.3a.a"
    assert one.body.find(id="first-one--ex.3a.a")
    assert "Done" in worked.get_text()


def test_a_check_and_its_formula_link_to_each_other(small):
    one, _, _, checks = bound(small).parts[0].chapters
    assert "one = 1" not in one.body.get_text()
    (worked,) = checks.body.select(".worked")
    assert "one = 1" in worked.get_text()
    assert worked["id"] == "first-one--check.1.moved"
    place = one.body.find(id=worked.p.a["href"].removeprefix("#"))
    assert place.a["href"] == f"#{worked['id']}"


def test_a_site_that_is_missing_is_one_line(small):
    (small / "site").rename(small / "elsewhere")
    assert refused(small) == ["site:1: there is no built site; run make build"]


def test_every_page_that_was_not_built_is_named(small):
    for name in ("one", "two"):
        (small / f"site/first/{name}/index.html").unlink()
    assert refused(small) == [
        f"site/first/{name}/index.html:1: the page has not been built; "
        "run make build"
        for name in ("one", "two")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("../two/#fig:x", "../two/#fig:z"),
        ("../two/#fig:x", "../three/"),
        ("#fig:y", "#fig:z"),
        ("../../generated/api/one/#x", "../../generated/api/two/"),
    ],
)
def test_a_link_into_nothing_is_named_at_its_line(small, old, new):
    name = "site/first/one/index.html"
    edit(small, name, f'href="{old}"', f'href="{new}"')
    lines = (small / name).read_text("utf8").splitlines()
    line = next(n for n, x in enumerate(lines, 1) if f'href="{new}"' in x)
    assert refused(small) == [
        (
            f'{name}:{line}: the link to "{new}" leads nowhere; '
            "mend the link, and run make build"
        )
    ]


def test_a_picture_that_is_missing_is_named(small):
    (small / "site/pictures/a.svg").unlink()
    (said,) = refused(small)
    assert said.startswith("site/first/one/index.html:")
    assert "../../pictures/a.svg#only-light" in said


def test_a_page_without_an_article_is_named(small):
    edit(small, "site/first/two/index.html", "article", "main")
    assert refused(small) == [
        (
            "site/first/two/index.html:1: no <article>; "
            "build with the book's theme"
        )
    ]


def test_an_unknown_page_is_named_with_those_there_are(small):
    assert refused(small, "first/three") == [
        (
            'mkdocs.yml:1: no page "first/three" is printed; '
            "there are first/one, first/two, generated/words"
        )
    ]


def test_a_nav_without_pages_is_refused(small):
    edit(small, "pyproject.toml", '"index"', '"index", "first", "generated"')
    assert refused(small) == [
        (
            "mkdocs.yml:1: the nav names no page to print; "
            "list the pages of the book under nav"
        )
    ]


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_a_site_of_another_tree_is_not_taken(small, kind, monkeypatch, capsys):
    monkeypatch.chdir(small)
    (small / ".press").mkdir()
    (small / ".press/built.json").write_text(json.dumps({}), "utf8")
    assert cli.main([kind]) == 1
    said = capsys.readouterr().err
    assert "site:1: has not been built, or is of another state" in said
    assert said.count("\n") == 1


def test_without_chromium_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(chromium.shutil, "which", lambda _: None)
    with pytest.raises(PressError, match="no Chromium; install it"):
        pdf.opened().__enter__()


# The document that is printed.


def printed(small):
    text = pages.document(bound(small), small / "site")
    return BeautifulSoup(text, "html.parser"), text


def test_headings_are_below_the_title_of_their_part(small):
    html, _ = printed(small)
    assert [h.get_text() for h in html.find_all("h1")] == [
        "Contents",
        "First part",
        "Reference",
    ]
    assert [h.get_text() for h in html.find_all("h2")] == [
        "One", "Two", "Solutions", "Checks of formulas", "Words",
    ]  # fmt: skip


def test_links_out_of_a_chapter_take_a_page_number(small):
    html, _ = printed(small)
    one = html.find(id="first-one")
    assert [s["data-of"] for s in one.select(".at [data-of]")] == [
        "first-two--fig.3a.x",
        "generated-words",
        "first-one--check.1.moved",
        "first-one--ex.3a.a.solution",
    ]


def test_the_contents_name_every_part_and_chapter(small):
    html, _ = printed(small)
    rows = html.select(".contents [data-of]")
    assert [row["data-of"] for row in rows] == [
        "part-1", "first-one", "first-two", "solutions-1", "checks-1",
        "part-2", "generated-words",
    ]  # fmt: skip


def test_running_heads_quote_what_css_would_read(small):
    edit(small, "site/first/two/index.html", ">Two<", '>T"w\\o<')
    _, text = printed(small)
    assert 'content: "T\\22 w\\5c o"' in text


def test_what_is_embedded_is_named_by_its_file(small):
    html, text = printed(small)
    assert html.find("img")["src"] == (
        (small / "site/pictures/a.svg").as_uri()
    )
    assert (small / "site" / pages.FONT).as_uri() in text


def laid_out(lengths, blanks):
    """Where chapters begin if each has its length, and some a page more."""
    landed, at = {}, 1
    for name, length in lengths.items():
        at += name in blanks
        landed[name] = at
        at += length
    return landed


@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=8),
    st.sets(st.integers(0, 7)),
)
def test_empty_pages_bring_every_chapter_to_the_right(lengths, before):
    sized = {str(n): length for n, length in enumerate(lengths)}
    starts = list(sized)
    had = [name for name in starts if int(name) in before]
    landed = laid_out(sized, had)
    wanted = pdf.empty_pages(starts, had, landed)
    then = laid_out(sized, wanted)
    assert all(number % 2 for number in then.values())
    assert pdf.shifted(landed, starts, had, wanted) == then
    assert pdf.empty_pages(starts, wanted, then) == wanted


def outlined():
    """A PDF of one page with bookmarks in two levels, and a date."""
    made = pikepdf.new()
    made.add_blank_page()
    with made.open_outline() as outline:
        for name in ("a", "b"):
            item = pikepdf.OutlineItem(name, 0)
            item.is_closed = False
            item.children += [
                pikepdf.OutlineItem(f"{name}{n}", 0) for n in "12"
            ]
            outline.root.append(item)
    made.docinfo["/CreationDate"] = "D:20300101000000Z"
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def test_bookmarks_are_open_one_level_deep(small):
    data = pdf.finish(outlined(), bound(small))
    assert data == pdf.finish(outlined(), bound(small))
    with pikepdf.open(io.BytesIO(data)) as found:
        root = found.Root.Outlines
        assert root.Count == 2
        assert root.First.Count == root.Last.Count == -2
        assert found.Root.PageLayout == "/TwoPageRight"
        assert "/CreationDate" not in found.docinfo
        assert str(found.docinfo["/Subject"]) == "A book that is small."


# The EPUB.


@pytest.fixture
def packed(small, monkeypatch):
    """The EPUB of the small book."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    target = small / "dist" / "small.epub"
    counts = epub.write(bound(small), small / "site", target)
    assert counts == {"documents": 9, "pictures": 1}
    return zipfile.ZipFile(target)


def xml(pack, name):
    return ET.fromstring(pack.read(f"EPUB/{name}"))


def spaced(found):
    return found.replace("opf:", "{http://www.idpf.org/2007/opf}")


def test_an_epub_begins_with_its_type(packed):
    first = packed.infolist()[0]
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert packed.read("mimetype") == b"application/epub+zip"
    container = ET.fromstring(packed.read("META-INF/container.xml"))
    (root,) = [e for e in container.iter() if e.tag.endswith("rootfile")]
    assert root.attrib["full-path"] in packed.namelist()


def test_the_package_lists_each_file_once_and_reads_each_page(packed):
    package = xml(packed, "package.opf")
    items = {
        e.attrib["id"]: e.attrib for e in package.iter(spaced("opf:item"))
    }
    names = [item["href"] for item in items.values()]
    inside = {
        n.removeprefix("EPUB/") for n in packed.namelist() if "EPUB/" in n
    }
    assert sorted(names) == sorted(inside - {"package.opf"})
    spine = [
        items[e.attrib["idref"]]["href"]
        for e in package.iter(spaced("opf:itemref"))
    ]
    assert spine == [
        "cover.xhtml", "nav.xhtml", "part-1.xhtml", "first-one.xhtml",
        "first-two.xhtml", "solutions-1.xhtml", "checks-1.xhtml",
        "part-2.xhtml", "generated-words.xhtml",
    ]  # fmt: skip
    said = {item["href"]: item.get("properties") for item in items.values()}
    assert said["first-one.xhtml"] == "mathml svg"
    assert said["nav.xhtml"] == "nav"
    assert said["first-two.xhtml"] is None
    modified = "".join(package.itertext())
    assert "2001-09-09T01:46:40Z" in modified


def test_every_link_of_an_epub_ends_somewhere(packed):
    ids = {
        name.removeprefix("EPUB/"): {
            e.attrib["id"]
            for e in ET.fromstring(packed.read(name)).iter()
            if "id" in e.attrib
        }
        for name in packed.namelist()
        if name.endswith(".xhtml")
    }
    count = 0
    for name in ids:
        for e in xml(packed, name).iter(f"{{{epub.XHTML}}}a"):
            place, _, inside = e.attrib["href"].partition("#")
            if not place.startswith("https:"):
                count += 1
                assert not inside or inside in ids[place or name]
                assert (place or name) in ids
    assert count > 12


def test_mathml_is_of_its_own_space_and_the_older_standard(packed):
    (math,) = xml(packed, "first-one.xhtml").iter(f"{{{epub.MATHML}}}math")
    assert "".join(math.itertext()) == "x12n"
    for e in math.iter():
        if e.tag.endswith("mstyle"):
            assert e.attrib == {"displaystyle": "true"}
            assert e[0].tag.endswith("mfrac")
        else:
            assert "displaystyle" not in e.attrib
    (power,) = math.iter(f"{{{epub.MATHML}}}msup")
    assert [e.tag.rpartition("}")[2] for e in power] == ["mstyle", "mi"]


def test_pictures_fetch_nothing(packed):
    (name,) = [n for n in packed.namelist() if n.endswith(".svg")]
    text = packed.read(name).decode()
    assert "DOCTYPE" not in text
    assert '<path d="" id="a"/>' in text
    images = [
        e.attrib["src"]
        for e in xml(packed, "first-one.xhtml").iter(f"{{{epub.XHTML}}}img")
    ]
    assert [f"EPUB/{src}" for src in images] == [name]


def test_an_epub_is_the_same_bytes_again(packed, small):
    again = small / "dist" / "again.epub"
    epub.write(bound(small), small / "site", again)
    assert again.read_bytes() == Path(packed.filename).read_bytes()


def test_a_page_that_is_no_xml_is_named(small):
    edit(small, "site/first/two/index.html", "No picture", "a \x01 sign")
    with pytest.raises(PressError) as caught:
        epub.write(bound(small), small / "site", small / "small.epub")
    said = str(caught.value)
    assert re.match(r"first/two\.md:1: the page is no XML: .*; mend its", said)


def test_the_verb_says_what_it_wrote(small, monkeypatch, capsys):
    monkeypatch.chdir(small)
    assert cli.main(["epub", "--site-dir", "site", "first/two"]) == 0
    said = capsys.readouterr().out
    assert re.fullmatch(
        r"wrote \S*dist/small-book\.epub: 4 documents, 0 pictures, "
        r"0\.0 MB\n",
        said,
    )
