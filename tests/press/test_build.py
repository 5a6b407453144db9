"""A strict build is strict."""

import pytest

from press import site

CONFIG = """site_name: Small
validation:
  links:
    anchors: warn
markdown_extensions:
  - press.math
"""
PAGE = """# Small

$$
1 = 1
\\label{def:one}
$$

See [one](#def:one).
"""


@pytest.fixture
def small(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(PAGE, "utf8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf8")
    return tmp_path


def test_the_generator_sees_the_anchor_of_an_equation(small, capsys):
    assert site.mkdocs(small, small / "site") == 0
    assert capsys.readouterr().err == ""


def test_a_warning_of_the_generator_fails_the_build(small, capsys):
    page = small / "docs" / "index.md"
    page.write_text(PAGE.replace("#def:one", "#def:two"), "utf8")
    assert site.mkdocs(small, small / "site") != 0
    assert "there is no such anchor" in capsys.readouterr().err
