"""A build is taken again only if it is of this tree, and untouched."""

import pytest

from press import built, engines, site

CONFIG = """\
site_name: Small
site_url: !ENV [DERIVABLE_SITE_URL, "https://example.org/"]
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A tree that was built."""
    for name, text in {
        "docs/index.md": "# Small\n",
        "docs/generated/page.md": "# Of the build\n",
        "snippets/figure.py": "x = 1\n",
        "src/derivable/one.py": "y = 2\n",
        ".press/report.json": "{}",
        ".press/verdicts/index.json": "{}",
        "mkdocs.yml": CONFIG,
        "pyproject.toml": "",
        "site/index.html": "<h1>Small</h1>",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8")
    monkeypatch.setattr(site, "prepare", lambda _: None)
    monkeypatch.setattr(site, "generated", lambda *_: 0)
    assert site.build(tmp_path, []) == 0
    return tmp_path


def test_a_build_of_the_tree_as_it_is_is_found(small):
    assert built.find(small, "mkdocs") == small / "site"
    assert built.find(small, "zensical") is None


@pytest.mark.parametrize(
    "name",
    [
        "docs/index.md",
        "snippets/figure.py",
        "src/derivable/one.py",
        ".press/report.json",
        ".press/verdicts/index.json",
        "mkdocs.yml",
        "pyproject.toml",
        "site/index.html",
    ],
)
def test_a_build_is_not_taken_once_a_file_changed(name, small):
    path = small / name
    text = path.read_text("utf8")
    path.write_text(f"{text} ", "utf8")
    assert built.find(small, "mkdocs") is None
    path.write_text(text, "utf8")
    assert built.find(small, "mkdocs") == small / "site"
    path.unlink()
    assert built.find(small, "mkdocs") is None


@pytest.mark.parametrize("name", ["docs/new.md", "site/new.html"])
def test_a_build_is_not_taken_once_a_file_was_added(name, small):
    (small / name).write_text("new", "utf8")
    assert built.find(small, "mkdocs") is None


def test_a_build_with_other_settings_or_packages_is_not_taken(
    small, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setenv("DERIVABLE_SITE_URL", "http://127.0.0.1/")
        assert built.find(small, "mkdocs") is None
    with monkeypatch.context() as patch:
        patch.setattr("platform.python_version", lambda: "3.0")
        assert built.find(small, "mkdocs") is None
    assert built.find(small, "mkdocs") is not None


def test_what_the_build_writes_is_nothing_that_it_is_made_of(small):
    (small / "docs/generated/page.md").write_text("# Again\n", "utf8")
    assert built.find(small, "mkdocs") == small / "site"


def test_a_broken_note_is_no_build(small):
    (small / built.NOTED).write_text("{", "utf8")
    assert built.find(small, "mkdocs") is None


def test_the_engines_are_compared_on_the_site_that_stands(
    small, monkeypatch, capsys
):
    asked = []

    def generated(_, folder, engine):
        asked.append(engine)
        folder.mkdir()
        article = '<article class="md-content__inner">Other</article>'
        (folder / "index.html").write_text(article, "utf8")
        return 0

    monkeypatch.setattr(site, "generated", generated)
    monkeypatch.chdir(small)
    assert engines.main([]) == 1
    assert asked == ["zensical"]
    assert "index.html: " in capsys.readouterr().err
    (small / "docs/index.md").write_text("# Edited\n", "utf8")
    assert engines.main([]) == 0
    assert asked == ["zensical", "mkdocs", "zensical"]
