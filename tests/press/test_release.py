"""What may be released, and what is refused at its line."""

import pytest

from press import cli, release
from press.problems import PressError

PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "tiny"
version = "2.1.0"
requires-python = ">=3.11"

[project.urls]
Documentation = "https://example.org/book/"
Source = "https://example.org/code"
"""
CHANGES = "# Changelog\n\n## 2.1.0 (2031-05-09)\n\n- All.\n"
SITE = """\
site_url: !ENV [TINY_SITE_URL, "https://example.org/book/"]
repo_url: https://example.org/code/
"""


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A library that may be released as v2.1.0."""
    monkeypatch.delenv("TINY_SITE_URL", raising=False)
    root = tmp_path / "tree"
    (root / "src" / "tiny").mkdir(parents=True)
    (root / "src" / "tiny" / "__init__.py").write_text("", "utf8")
    monkeypatch.chdir(root)
    (root / "pyproject.toml").write_text(PROJECT, "utf8")
    (root / "CHANGELOG.md").write_text(CHANGES, "utf8")
    (root / "mkdocs.yml").write_text(SITE, "utf8")
    return root


def said(tree, tag="v2.1.0"):
    return [str(problem) for problem in release.problems(tree, tag)]


def edit(tree, name, old, new):
    text = (tree / name).read_text("utf8")
    assert old in text
    (tree / name).write_text(text.replace(old, new), "utf8")


def test_a_release_is_built_and_its_hashes_are_printed(tree, capsys):
    (tree / "dist").mkdir()
    (tree / "dist" / "tiny-1.0.tar.gz").write_text("of another day", "utf8")
    assert cli.main(["release", "v2.1.0"]) == 0
    names = ["dist/tiny-2.1.0.tar.gz", "dist/tiny-2.1.0-py3-none-any.whl"]
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[1] for line in lines] == names
    assert {p.name for p in (tree / "dist").iterdir()} == {
        name.removeprefix("dist/") for name in names
    }


def test_a_tag_that_is_not_the_version_is_refused_and_builds_nothing(
    tree, capsys
):
    assert cli.main(["release", "v2.1.1"]) == 1
    assert capsys.readouterr().err == (
        "pyproject.toml:7: the tag is v2.1.1 and the version 2.1.0; "
        "tag v2.1.0\n"
    )
    assert not (tree / "dist").exists()


@pytest.mark.parametrize("tag", ["2.1.0", "V2.1.0", "v2.1", "v2.1.0rc1"])
def test_a_tag_is_the_version_after_a_v(tree, tag):
    assert len(said(tree, tag)) == 1


@pytest.mark.parametrize(
    "heading",
    [
        "2.1.0 (unreleased)",
        "2.1.0",
        "2.0.0 (2031-05-09)",
        "2x1x0 (2031-05-09)",
    ],
)
def test_a_version_without_its_day_in_the_changelog_is_refused(tree, heading):
    edit(tree, "CHANGELOG.md", "2.1.0 (2031-05-09)", heading)
    line = 3 if heading.startswith("2.1.0") else 1
    (problem,) = said(tree)
    assert problem == (
        f"CHANGELOG.md:{line}: 2.1.0 has no day of release; "
        'head its changes "## 2.1.0 (YYYY-MM-DD)"'
    )


def test_a_fork_does_not_release_under_the_address_of_another(
    tree, monkeypatch
):
    assert said(tree) == []
    monkeypatch.setenv("TINY_SITE_URL", "https://example.org/fork/")
    (problem,) = said(tree)
    assert problem == (
        "pyproject.toml:11: Documentation is 'https://example.org/book/', and "
        "the site's settings say 'https://example.org/fork/'; a release "
        "states where its own book is"
    )


def test_an_address_of_the_sources_is_stated(tree):
    edit(tree, "pyproject.toml", 'Source = "https://example.org/code"\n', "")
    (problem,) = said(tree)
    assert problem.startswith("pyproject.toml:1: Source is None")


def test_settings_that_give_no_library_are_refused_with_the_reason(tree):
    edit(tree, "pyproject.toml", 'name = "tiny"', "name = 3")
    with pytest.raises(PressError, match=r"no sdist can be built: .*name"):
        release.build(tree, tree / "dist")


def test_the_time_that_a_host_sets_changes_no_byte(
    tree, tmp_path, monkeypatch
):
    one = release.build(tree, tmp_path / "one")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    two = release.build(tree, tmp_path / "two")
    for a, b in zip(one, two, strict=True):
        assert a.read_bytes() == b.read_bytes()
