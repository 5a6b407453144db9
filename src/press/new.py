"""A chapter's skeleton: right in every respect, except that it is empty.

It holds one of each construct, small and true, so that an author starts
from something that runs; `press lint` says of it that it is unwritten.
"""

import argparse
import ast
import keyword
import re
from collections.abc import Sequence
from pathlib import Path

from press.problems import PressError, Problem
from press.settings import settings_of

TEMPLATE = Path(__file__).parent / "template"
NAME = re.compile(r"[a-z][a-z0-9_]*")
TAKEN = {"assets", "generated", "reference", "projects", "grading"}
COMMAND = Path("make new")
CONFIG = Path("mkdocs.yml")


def main(argv: Sequence[str]) -> int:
    """Write a skeleton from the command line."""
    parser = argparse.ArgumentParser(prog="press new", description=__doc__)
    parser.add_argument(
        "chapter",
        nargs="?",
        default="",
        help="part/slug, as in calculus/gradients",
    )
    options = parser.parse_args(argv)
    for path in write(Path.cwd(), options.chapter):
        print(f"wrote {path.as_posix()}")  # noqa: T201
    docs = settings_of(Path.cwd()).docs
    print(  # noqa: T201
        f"now write {docs}/{options.chapter}.md; its place in the order is "
        "its line in the nav of mkdocs.yml"
    )
    return 0


def write(root: Path, chapter: str) -> list[Path]:
    """Write the files of a new chapter and enter it where it belongs.

    Args:
        root: the book.
        chapter: part and slug, as in ``calculus/gradients``.

    Returns:
        What was written or changed, relative to `root`.

    Raises:
        PressError: if the name cannot be one or is taken; nothing has
            been written then.
    """
    part, slug = _names(chapter)
    table = settings_of(root)
    library = table.library.as_posix()
    words = slug.replace("_", " ")
    values = {
        "part": part,
        "slug": slug,
        "dashed": slug.replace("_", "-"),
        "words": words,
        "title": words.capitalize(),
        "name": f"{slug}_example",
        "package": table.package,
        "library": library,
        "snippets": table.snippets,
    }
    targets = {
        f"{table.docs}/{part}/{slug}.md": "page.md",
        f"{library}/{part}/{slug}.py": "module.py",
        f"{table.tests}/{part}/test_{slug}.py": "test.py",
        f"{table.snippets}/{part}/{slug}/figures/{slug}.py": "figure.py",
        f"{table.snippets}/{part}/{slug}/exercises/total.py": "exercise.py",
    }
    folder = f"{library}/{part}/{slug}"  # a chapter of several modules
    taken = [t for t in [*targets, folder] if (root / t).exists()]
    if taken:
        raise PressError(
            [
                Problem(Path(t), 1, "exists already", "choose another slug")
                for t in taken
            ]
        )
    texts = {
        target: _filled(TEMPLATE / f"{kind}.tmpl", values)
        for target, kind in targets.items()
    }
    init = f"{library}/{part}/__init__.py"
    module = f"{table.package}.{part}.{slug}"
    texts[init] = exported(
        _old(root / init), Path(init), module, values["name"]
    )
    texts[CONFIG.as_posix()] = listed(_old(root / CONFIG), part, slug)
    for target, text in texts.items():
        path = root / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8")
    return [Path(t) for t in texts]


def _names(chapter: str) -> tuple[str, str]:
    part, slash, slug = chapter.partition("/")
    for name in (part, slug) if slash else ("",):
        if not NAME.fullmatch(name) or keyword.iskeyword(name):
            raise PressError(
                Problem(
                    COMMAND,
                    1,
                    f'"{chapter}" is not a chapter',
                    "write part/slug in lower-case letters, digits and _, "
                    "as in CHAPTER=calculus/gradients",
                )
            )
    if part in TAKEN:
        raise PressError(
            Problem(COMMAND, 1, f'"{part}" is no part', "name a part")
        )
    return part, slug


def _filled(template: Path, values: dict[str, str]) -> str:
    text = template.read_text("utf8")
    for name, value in values.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def _old(path: Path) -> str:
    return path.read_text("utf8") if path.exists() else ""


def exported(init: str, place: Path, module: str, name: str) -> str:
    """The text of a part's ``__init__`` with one more public name."""
    line = f"from {module} import {name}"
    if not init:
        words = place.parent.name.replace("_", " ").capitalize()
        return f'"""{words}."""\n\n{line}\n\n__all__ = ["{name}"]\n'
    lines = init.splitlines()
    tree = ast.parse(init)
    imports = [n for n in tree.body if isinstance(n, ast.ImportFrom)]
    names = _public(tree)
    if names is None or not imports:
        raise PressError(
            Problem(
                place,
                1,
                "no imports or no __all__",
                "re-export the public names",
            )
        )
    new = sorted(
        [*(ast.literal_eval(e) for e in names.elts), name], key=_order
    )
    first, last = names.lineno - 1, names.end_lineno or names.lineno
    inner = [f'    "{n}",' for n in new]
    lines[first:last] = ["__all__ = [", *inner, "]"]
    later = [n for n in imports if (n.module or "") > module]
    at = later[0].lineno - 1 if later else imports[-1].end_lineno
    lines.insert(at or 0, line)
    return "\n".join(lines) + "\n"


def _public(tree: ast.Module) -> ast.List | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == "__all__":
                return node.value
    return None


def _order(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def listed(config: str, part: str, slug: str) -> str:
    """The text of ``mkdocs.yml`` with the chapter last in its part."""
    lines = config.splitlines()
    page = f"      - {part}/{slug}.md"
    at = _last(lines, f"- {part}/")
    if at is None:
        title = part.replace("_", " ").capitalize()
        end = _last(lines, "  - Reference:")
        place = end if end is not None else len(lines)
        lines[place:place] = [f"  - {title}:", page]
    else:
        lines.insert(at + 1, page)
    api = f"- {part}.{slug}: generated/api/{part}/{slug}.md"
    at = _last(lines, f"generated/api/{part}/")
    if at is None:
        at = _last(lines, "- generated/api/index.md")
    if at is not None:
        indent = lines[at].partition("-")[0]
        lines.insert(at + 1, indent + api)
    return "\n".join(lines) + "\n"


def _last(lines: list[str], start: str) -> int | None:
    found = [i for i, line in enumerate(lines) if start in line]
    return found[-1] if found else None
