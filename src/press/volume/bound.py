"""From the built site to a volume."""

from collections.abc import Sequence
from pathlib import Path

from press.nav import SETTINGS, settings
from press.problems import PressError, Problem
from press.volume import article, solutions
from press.volume.links import Links, by_path
from press.volume.plan import Chapter, Part, Volume, planned, slug_of


def volume(root: Path, site: Path, only: Sequence[str] = ()) -> Volume:
    """The book, bound.

    Args:
        root: the tree, whose `mkdocs.yml` has the order and the names.
        site: the folder of the built site.
        only: the pages to print, as in `calculus/gradients`; else all.

    Raises:
        PressError: if the site, a page, or what a link leads to is missing.
    """
    if not site.is_dir():
        raise PressError(
            Problem(site, 1, "there is no built site", "run make build")
        )
    said = settings(root)
    address = str(said.get("site_url") or "")
    parts = _parts(_chosen(planned(root), only), site)
    chapters = [chapter for part in parts for chapter in part.chapters]
    Links(site, address, by_path(chapters)).bind()
    for number, part in enumerate(parts, 1):
        part.chapters += list(solutions.moved(part, number))
    return Volume(
        title=str(said.get("site_name") or ""),
        about=" ".join(str(said.get("site_description") or "").split()),
        rights=str(said.get("copyright") or ""),
        language=str((said.get("theme") or {}).get("language") or "en"),
        address=address,
        parts=parts,
    )


def _chosen(
    plan: list[tuple[str, list[Path]]], only: Sequence[str]
) -> list[tuple[str, list[Path]]]:
    """What of the plan is wanted, in its order."""
    names = {path.with_suffix("").as_posix() for _, ps in plan for path in ps}
    unknown = [name for name in only if name not in names]
    if unknown:
        raise PressError(
            Problem(
                Path(SETTINGS), 1, f'no page "{name}" is printed',
                f"there are {', '.join(sorted(names))}",
            )
            for name in unknown
        )  # fmt: skip
    wanted = set(only) or names
    return [
        (title, [p for p in ps if p.with_suffix("").as_posix() in wanted])
        for title, ps in plan
    ]


def _parts(plan: list[tuple[str, list[Path]]], site: Path) -> list[Part]:
    """The parts, read; every page that is missing is reported at once."""
    found, problems = [], []
    for title, paths in plan:
        chapters = []
        for path in paths:
            try:
                chapters.append(_chapter(site, path))
            except PressError as error:
                problems += error.problems
        if chapters:
            found.append(Part(title, chapters))
    if problems:
        raise PressError(problems)
    return found


def _chapter(site: Path, path: Path) -> Chapter:
    body = article.read(site, path)
    heading = next(article.headings(body), None)
    title = heading.get_text(" ", strip=True) if heading else path.stem
    return Chapter(path, slug_of(path), title, body)
