"""The solved notebook of a project, to be read on the site.

mkdocs-jupyter renders it: ``docs/generated/solved/name.ipynb``, with formulas
as MathML and pictures for both palettes, so that the page needs no script. Its
template brings styles and scripts of its own, which the site's policy forbids;
they are taken out. Under Zensical, which knows no such plugin, the press has
the same function of mkdocs-jupyter render it, and puts that into a page.
"""

import html
import json
import re
from pathlib import Path
from typing import Any

from press import atomic, figures, marks, notebooks, pictures
from press.book import GENERATED, Book
from press.math import to_mathml
from press.nav import settings
from press.page import INLINE_MATH, Page
from press.settings import docs_of

FOLDER = Path(GENERATED) / "solved"  # of the folder of the pages
KEPT = Path(".press") / "solved"
PLACE = re.compile(
    r'<div class="solved-notebook" id="(?P<name>[\w-]+)"></div>'
)
WRAPPER = '<div class="jupyter-wrapper">'
TAKEN_OUT = re.compile(
    r"<style\b.*?</style>|<script\b.*?</script>"
    r'|<div class="zeroclipboard-container">.*?</clipboard-copy>\s*</div>'
    r"|<div\b[^>]*\bclipboard-copy-txt\b[^>]*>.*?</div>",
    re.DOTALL,
)
TAG = re.compile(r"(<[^>]*>)")
SIGNS = re.compile(r"[*_`~\[\]\\]")
DISPLAY = re.compile(
    r"^\$\$\n?(?P<latex>.*?)\n?\$\$$", re.DOTALL | re.MULTILINE
)
TAGGED = re.compile(r"\s*\\tag\{(?P<number>\d+)\}")


def write(root: Path, book: Book) -> None:
    """Write the notebooks that mkdocs-jupyter renders, if they changed."""
    folder = docs_of(root) / FOLDER
    wanted = {folder / f"{p.path.stem}.ipynb": p for p in book.projects}
    for path, page in wanted.items():
        text = text_of(book, page)
        if not path.exists() or path.read_text("utf8") != text:
            atomic.write(path, text)
    for path in folder.glob("*"):
        if path not in wanted:
            path.unlink()


def text_of(book: Book, page: Page) -> str:
    """The solved notebook with nothing left to be rendered by a script."""
    made = json.loads(notebooks.text_of(book, page, solved=True))
    cells = [
        cell
        for cell in made["cells"]
        if "install" not in cell["metadata"].get("tags", [])
    ]
    drawn = iter(pictures.of(page))
    for cell in cells:
        if cell["cell_type"] == "markdown":
            cell["source"] = rendered("".join(cell["source"]))
        for output in cell.get("outputs", []):
            if output["output_type"] == "display_data":
                output["data"] = {
                    "text/html": _images(book, page, next(drawn))
                }
    made["cells"] = cells
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def rendered(text: str) -> str:
    """Markdown whose formulas are MathML, outside of its code."""
    return notebooks.outside_code(text, _formulas)


def _formulas(text: str) -> str:
    return INLINE_MATH.sub(
        lambda m: _mathml(m["latex"], display=False),
        DISPLAY.sub(_display, text),
    )


def _display(match: re.Match[str]) -> str:
    latex = match["latex"]
    tag = TAGGED.search(latex)
    made = _mathml(TAGGED.sub("", latex), display=True)
    number = f"<span>({tag['number']})</span>" if tag else ""
    return f'<div class="equation">{made}{number}</div>\n'


def _mathml(latex: str, *, display: bool) -> str:
    """MathML on one line, in which no sign means anything to Markdown."""
    parts = TAG.split(to_mathml(latex, display=display).replace("\n", " "))
    parts[::2] = [
        SIGNS.sub(lambda m: f"&#{ord(m[0])};", part) for part in parts[::2]
    ]
    return "".join(parts)


def _images(book: Book, page: Page, name: str) -> str:
    """A picture in both palettes, as on the pages."""
    block = next(b for b in page.blocks if b.title == name)
    script = pictures.script(book.root, page, name)
    alt = html.escape(marks.plain(block.options.get("alt", "")))
    made = ""
    for palette, path in zip(
        figures.PALETTES, figures.outputs(book.root, script), strict=True
    ):
        width, height = figures.size(path)
        where = path.relative_to(book.docs / GENERATED).as_posix()
        made += (
            f'<img src="../../{where}#only-{palette}" alt="{alt}" '
            f'class="figure-{palette}" loading="lazy" '
            f'width="{width:g}" height="{height:g}">'
        )
    return made


def cleaned(rendering: str) -> str:
    """What mkdocs-jupyter gives, without what the site's policy forbids."""
    text = TAKEN_OUT.sub("", rendering)
    text = re.sub(r"highlight-ipynb hl-\w+ ?", "highlight", text)
    return text.replace('class="anchor-link"', 'class="headerlink"')


def clean(site: Path) -> None:
    """Clean the pages that mkdocs-jupyter has rendered into a site."""
    folder = site / FOLDER
    for page in folder.glob("*/index.html"):
        text = page.read_text("utf8")
        start = text.index(WRAPPER)
        before = text.rindex("<article", 0, start)
        end = text.index("</article>", start)
        inside = cleaned(text[before:end])
        page.write_text(text[:before] + inside + text[end:], "utf8")


def for_zensical(root: Path) -> list[Path]:
    """Write the pages that hold what mkdocs-jupyter would render."""
    from mkdocs_jupyter.convert import nb2html  # noqa: PLC0415  (slow)

    options = _options(root)
    made = []
    for notebook in sorted((docs_of(root) / FOLDER).glob("*.ipynb")):
        name = notebook.stem
        kept = root / KEPT / f"{name}.html"
        atomic.write(kept, cleaned(nb2html(str(notebook), **options)))
        page = notebook.with_suffix(".md")
        title = _title(json.loads(notebook.read_text("utf8")))
        page.write_text(
            f"---\ntitle: {title}\n---\n\n"
            f'<div class="solved-notebook" id="{name}"></div>\n',
            "utf8",
        )
        made.append(page)
    return made


def _title(notebook: dict[str, Any]) -> str:
    for cell in notebook["cells"]:
        for line in "".join(cell["source"]).splitlines():
            if line.startswith("# "):
                return line.removeprefix("# ")
    return ""


def _options(root: Path) -> dict[str, Any]:
    """Those of mkdocs-jupyter in the settings that a rendering takes."""
    for plugin in settings(root).get("plugins") or []:
        if isinstance(plugin, dict) and "mkdocs-jupyter" in plugin:
            given = dict(plugin["mkdocs-jupyter"] or {})
            return {k: v for k, v in given.items() if k in RENDERING}
    return {}


RENDERING = {"execute", "no_prompt", "custom_mathjax_url"}


def placed(root: Path, text: str) -> str:
    """A page in which the rendering stands where it belongs."""
    return PLACE.sub(
        lambda m: (root / KEPT / f"{m['name']}.html").read_text("utf8"), text
    )
