"""What a page folds, as chapters at the end of its part.

The worked solutions are one, the programs that check formulas another. Where
a piece stood, a link says where it is; each piece names its place, and links
back. So who solves an exercise does not see how it ends, and who reads is
not held up by a check.
"""

import copy
from collections.abc import Iterator

from bs4 import Tag

from press.volume.article import classes
from press.volume.plan import Chapter, Part

SOLUTIONS = "Solutions"
CHECKS = "Checks of formulas"


def moved(part: Part, number: int) -> Iterator[Chapter]:
    """Take solutions and checks out of the chapters of a part.

    Args:
        part: its chapters are changed; their anchors are the volume's.
        number: of the part, for the names of the new chapters.

    Yields:
        A chapter of each kind that there is.
    """
    for title, slug, find in (
        (SOLUTIONS, f"solutions-{number}", _solutions),
        (CHECKS, f"checks-{number}", _checks),
    ):
        body = _tag("section", id=slug)
        body.append(_tag("h1", title))
        for chapter in part.chapters:
            found = list(find(chapter))
            if found:
                body.append(_tag("h2", chapter.title))
                body.extend(found)
        if len(body.contents) > 1:
            yield Chapter(None, slug, title, body)


def _solutions(chapter: Chapter) -> Iterator[Tag]:
    exercises = chapter.body.select(".exercise:has(div.solution)")
    for number, exercise in enumerate(exercises, 1):
        start = f"{chapter.slug}--exercise.{number}"
        place = str(exercise.attrs.setdefault("id", start))
        piece = exercise.select("div.solution:not(.highlight)")[0]
        _summary(piece)
        yield _piece(piece, place, f"{place}.solution", "Solution", exercise)


def _checks(chapter: Chapter) -> Iterator[Tag]:
    for number, piece in enumerate(
        chapter.body.select("div.check:not(.highlight)"), 1
    ):
        place = f"{chapter.slug}--check.{number}"
        said = _summary(piece)
        yield _piece(piece, place, f"{place}.moved", said, None)


def _summary(piece: Tag) -> str:
    """What a folded piece is called; the line that says it is taken out."""
    line = piece.find("p", class_="summary", recursive=False)
    if not isinstance(line, Tag):
        return ""
    line.extract()
    return line.get_text()


def _piece(
    piece: Tag, place: str, name: str, said: str, exercise: Tag | None
) -> Tag:
    """Put a link in the place of a piece; return the piece, linked back."""
    link = _tag("p", **{"class": "elsewhere"})
    link.append(_tag("a", said, href=f"#{name}"))
    if exercise is None:
        link["id"] = place
    piece.insert_before(link)
    section = _tag("section", id=name, **{"class": "worked"})
    section.append(_title(said, place, exercise))
    section.append(piece)
    return section


def _title(said: str, place: str, exercise: Tag | None) -> Tag:
    """The title of a moved piece, whose beginning links to where it stood."""
    title = exercise and exercise.find(class_="exercise-title")
    if not isinstance(title, Tag):
        title = _tag("p", **{"class": "exercise-title"})
        title.append(_tag("strong", said))
    again = copy.copy(title)
    number = again.strong
    if number is not None:
        number.name = "a"
        number["href"] = f"#{place}"
        number["class"] = " ".join([*classes(number), "number"])
    return again


def _tag(name: str, text: str = "", **attributes: str) -> Tag:
    tag = Tag(name=name, attrs=attributes)
    if text:
        tag.string = text
    return tag
