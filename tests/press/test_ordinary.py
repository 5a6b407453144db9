"""Pages of another tool are run as they stand, if a setting says so."""

import pytest

from press.book import Book
from press.execute import PageRun
from press.lint import check
from press.problems import PressError

PAGE = """\
# A page of another tool

```python
heights = [1.0, 2.5]
print(max(heights))
```

```text
2.5
```

Later on:

```py
print(min(heights))
```

It is no output:

```text
3.0
```

1. In a list:

    ```python
    if heights:
        print(len(heights))
    ```

    ```text
    2
    ```
"""


@pytest.fixture
def book(tmp_path):
    def make(text, table="[tool.press]\nordinary = true\n"):
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "mkdocs.yml").write_text("site_name: Other\n")
        (tmp_path / "pyproject.toml").write_text(table)
        (tmp_path / "docs" / "a.md").write_text(text, "utf8")
        return Book(tmp_path)

    return make


def run(book):
    """What is said of each program, or nothing."""
    (page,) = book.pages
    found = []
    for fence in page.fences:
        if fence.is_python:
            try:
                PageRun(book.root, page).verify(fence.line)
                found.append("")
            except PressError as error:
                found.append(str(error))
    return found


def test_plain_fences_run_and_are_compared(book):
    made = book(PAGE)
    assert run(made) == ["", "", ""]
    assert check(made) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("\n2.5\n", "\n2.4\n", 9), ("    2\n", "    3\n", 32)],
)
def test_an_output_that_is_another_is_refused(book, old, new, line):
    assert old in PAGE
    said = [s for s in run(book(PAGE.replace(old, new))) if s]
    assert len(said) == 1
    assert said[0].startswith(f"docs/a.md:{line}: prints ")


def test_a_program_that_fails_takes_no_other_with_it(book):
    said = run(book(PAGE.replace("min(heights)", "mean(heights)")))
    assert [bool(s) for s in said] == [False, True, False]
    assert said[1].startswith("docs/a.md:15: NameError")


def test_without_the_setting_they_are_what_lint_refuses(book):
    said = [str(p) for p in check(book(PAGE, ""))]
    assert any("a Python fence without braces" in s for s in said)


def test_a_page_of_the_press_is_held_to_its_rules(book):
    text = PAGE + "\n``` {.python .strange}\nx = 1\n```\n"
    said = [str(p) for p in check(book(text))]
    assert any("unknown option strange" in s for s in said)
