"""`python -m derivable`, whether the library is installed or not."""

import importlib.metadata
import subprocess
import sys
from email.message import Message

import pytest

from derivable.__main__ import main


@pytest.fixture
def stated(monkeypatch):
    """What the distribution states, with a version of no other place."""
    facts = Message()
    facts["Name"], facts["Version"] = "derivable", "3.14"
    monkeypatch.setattr(importlib.metadata, "metadata", lambda _name: facts)
    return facts


def test_it_prints_the_version_and_the_address_that_are_stated(stated, capsys):
    stated["Project-URL"] = "Source, https://example.org/code"
    stated["Project-URL"] = "Documentation, https://example.org/book/"
    assert main([]) == 0
    assert capsys.readouterr().out == (
        "derivable 3.14\nThe book: https://example.org/book/\n"
    )


def test_no_address_is_invented_where_none_is_stated(stated, capsys):
    assert main([]) == 0
    assert stated.get_all("Project-URL") is None
    assert capsys.readouterr().out == "derivable 3.14\n"


def test_sources_that_are_not_installed_say_so(monkeypatch, capsys):
    def absent(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "metadata", absent)
    assert main([]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "not installed, so it has no version" in said.err


@pytest.mark.parametrize("words", [["--version"], ["calculus"]])
def test_an_unknown_argument_is_refused_by_its_name(words):
    done = subprocess.run(
        [sys.executable, "-m", "derivable", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"unrecognized arguments: {words[0]}\n" in done.stderr


def test_help_says_what_it_does(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    assert "says which version this is" in capsys.readouterr().out
