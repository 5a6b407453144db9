"""What a fence of a page is, and the code that it stands for.

It follows from where the fence stands:

======== ======================================== ======================
role     written as                               what is verified
======== ======================================== ======================
listing  include of a symbol of the library       defines itself again
example  a fence, complete with its imports       output and claims
check    a fence in a ``/// check``               raises nothing
starter  ``.starter`` in an exercise              the grader refuses it
grader   ``.check`` in an exercise                passes the solution
solution ``.solution`` in an exercise             runs
======== ======================================== ======================
"""

from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from press.include import Included, IncludeError, resolve
from press.page import Fence, Page
from press.problems import PressError, Problem

Namespace = dict[str, object]

_ROLES = {
    "notest": "notest",
    "starter": "starter",
    "check": "grader",
    "solution": "solution",
}


@dataclass(frozen=True)
class Code:
    """The code of a fence and where each of its lines is written."""

    text: str
    path: Path
    line: int
    included: Included | None

    def padded(self) -> str:
        """The code below as many empty lines as stand above it in its file."""
        return "\n" * (self.line - 1) + self.text + "\n"

    def compiled(self, root: Path) -> CodeType:
        """Compiled so that a traceback names file and line."""
        file = str(root / self.path)
        return compile(self.padded(), file, "exec", dont_inherit=True)


def role(page: Page, fence: Fence) -> str:
    """What a Python fence is: see the table of this module."""
    for name, what in _ROLES.items():
        if name in fence.classes:
            return what
    if page.around(fence, "check") is not None:
        return "check"
    if fence.include.startswith(f"{page.settings.code}/"):
        return "listing"
    return "example"


def is_link(page: Page, fence: Fence) -> bool:
    """Whether later blocks may go on from it: from what it defines."""
    if not fence.is_python:
        return False
    goes_on = "continuation" in fence.classes
    what = role(page, fence)
    return what == "example" or (what == "solution" and goes_on)


def code_of(root: Path, place: Path, fence: Fence) -> Code:
    """The code a fence stands for, included or typed.

    Raises:
        PressError: if it includes what does not exist.
    """
    if not fence.include:
        return Code(fence.body, place, fence.line + 1, None)
    try:
        found = resolve(root, fence.include)
    except IncludeError as error:
        problem = Problem(place, fence.line + 1, error.what, error.fix)
        raise PressError(problem) from None
    return Code(found.text, found.path, found.line, found)


def output_of(page: Page, index: int) -> Fence | None:
    """The output fence that belongs to the fence at `index`."""
    if index + 1 < len(page.fences):
        after = page.fences[index + 1]
        if after.is_output and page.fences[index].is_python:
            return after
    return None
