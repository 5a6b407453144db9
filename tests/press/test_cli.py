import pytest

from press import cli, site
from press.problems import PressError, Problem


@pytest.mark.parametrize("verb", sorted(cli.COMMANDS))
def test_every_verb_says_what_it_does(verb, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main([verb, "--help"])
    assert caught.value.code == 0
    assert f"press {verb}" in capsys.readouterr().out


def test_the_verbs_are_listed(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    assert set(cli.COMMANDS) <= set(capsys.readouterr().out.split())


def test_a_verb_reads_its_own_options(monkeypatch):
    got = []
    monkeypatch.setattr(site, "serve", lambda _, rest: got.append(rest) or 0)
    assert cli.main(["serve", "--port", "8123"]) == 0
    assert got == [["--port", "8123"]]


def test_a_problem_is_one_line_and_code_1(monkeypatch, capsys, tmp_path):
    def fails(_root, _rest):
        raise PressError(Problem(tmp_path / "a.md", 3, "wrong", "mend it"))

    monkeypatch.setattr(site, "build", fails)
    assert cli.main(["build"]) == 1
    assert capsys.readouterr().err == f"{tmp_path}/a.md:3: wrong; mend it\n"
