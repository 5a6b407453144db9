"""The kernel of the pages, run here as the browser runs it."""

import pytest

from press.live import kernel


def ran(*programs):
    said = []
    error = kernel.run(programs, lambda kind, text: said.append((kind, text)))
    return error, said


def printed(said, kind="out"):
    return "".join(text for k, text in said if k == kind)


def graded(attempt, starter="def f():\n    pass\n", grader="assert f() == 1"):
    said = []
    result = kernel.check(
        attempt, starter, grader, lambda kind, text: said.append((kind, text))
    )
    return result, said


def test_lines_are_said_as_they_are_written():
    error, said = ran("print('a')\nprint('b', end='')")
    assert error is None
    assert said == [("out", "a\n"), ("out", "b")]


def test_a_continuation_has_the_names_and_not_the_output_of_what_is_above():
    error, said = ran("x = 2\nprint('above')", "print(x + 1)")
    assert error is None
    assert printed(said) == "3\n"


def test_every_run_starts_afresh():
    ran("secret = 1")
    error, _ = ran("print(secret)")
    assert error["kind"] == "NameError"


def test_an_error_shows_the_frames_of_the_reader_alone():
    error, _ = ran(
        "import numpy as np\n\n\ndef f(x):\n"
        "    return np.linalg.inv(x)\n\n\nf(np.zeros((2, 2)))\n"
    )
    assert error["line"] == 5
    assert error["report"].splitlines() == [
        "line 8, in the program",
        "    f(np.zeros((2, 2)))",
        "line 5, in f",
        "    return np.linalg.inv(x)",
        "LinAlgError: Singular matrix",
    ]


def test_a_syntax_error_has_its_line():
    error, _ = ran("x = 1\ny = (\n")
    assert (error["kind"], error["line"]) == ("SyntaxError", 2)
    assert "never closed" in error["message"]


def test_an_error_above_is_said_to_be_above():
    error, _ = ran("1 / 0", "print(1)")
    assert error["line"] == 0
    assert error["message"].startswith("in an example above: division")


def test_long_output_is_capped_with_a_note():
    error, said = ran("for i in range(10**5): print(i)")
    assert error is None
    assert printed(said).count("\n") == kernel.ROWS
    assert "Only the first 1,000 lines" in printed(said, "note")
    _, said = ran("print('x' * 10**6)")
    assert len(printed(said)) == kernel.LIMIT


def test_input_is_refused_in_words():
    error, _ = ran("input('name?')")
    assert "write the value into the program" in error["message"]


def test_a_missing_package_is_named():
    error, _ = ran("import nowhere")
    assert error["message"].startswith("there is no module 'nowhere'")
    assert error["line"] == 1


def test_a_character_that_is_no_text_is_refused():
    error, _ = ran("x = '\ud800'")
    assert "no text" in error["message"]
    error, _ = ran("x = 1\0")
    assert "null" in error["message"]


def test_a_deep_recursion_is_cut_in_the_middle():
    error, _ = ran("def f(n):\n    return f(n + 1)\n\n\nf(0)")
    assert error["kind"] == "RecursionError"
    assert len(error["report"].splitlines()) == 25


def test_leaving_is_no_error():
    error, said = ran("print(1)\nraise SystemExit")
    assert error is None
    assert printed(said) == "1\n"


def test_a_program_that_prints_nothing_says_so_unless_it_only_defines():
    assert ran("x = 1")[1] == [("note", "It ran, and printed nothing.")]
    assert ran("def f(): pass")[1] == []


def test_a_warning_is_said_with_its_line():
    _, said = ran("import numpy as np\nnp.log(np.array(0.0))\nprint(1)")
    assert printed(said, "err").startswith("line 2: RuntimeWarning: divide")


def test_settings_of_numpy_do_not_outlive_a_run():
    ran("import numpy as np\nnp.set_printoptions(precision=2)")
    _, said = ran("import numpy as np\nprint(np.array([1 / 3]))")
    assert printed(said) == "[0.33333333]\n"


def test_a_figure_comes_with_words():
    error, said = ran(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
        "plt.title('Rise')\nplt.xlabel('t')\nplt.ylabel('y')\nplt.show()\n"
        "print('after')"
    )
    assert error is None
    assert [kind for kind, _ in said] == ["figure", "out"]
    data, words = said[0][1].split("\n")
    assert data.startswith("iVBOR")
    assert words == "Figure drawn by this program. Rise, y against t, 1 line"


def test_a_figure_that_is_not_shown_is_shown_at_the_end():
    _, said = ran("import matplotlib.pyplot as plt\nplt.plot([1, 2])")
    assert said[0][0] == "figure"


@pytest.mark.parametrize(
    ("attempt", "verdict"),
    [
        ("", "blank"),
        ("# only words", "blank"),
        ("def f():\n    pass  # the starter\n", "blank"),
        ("def f(:", "syntax"),
        ("def f():\n    return 2", "wrong"),
        ("def g():\n    return 1", "wrong"),
        ("def f():\n    return 1 / 0", "error"),
        ("def f():\n    return 1", "right"),
    ],
)
def test_verdicts(attempt, verdict):
    assert graded(attempt)[0]["verdict"] == verdict


def test_a_refusal_tells_what_the_grader_says():
    grader = (
        "from derivable.grading import expect_close\n"
        "expect_close(f(), [[1.0], [2.0]], what='f()')"
    )
    result, _ = graded("def f():\n    return [1.0, 2.0]", grader=grader)
    assert result["verdict"] == "wrong"
    assert "f() has shape (2,), expected (2, 1)" in result["message"]


def test_an_error_inside_an_attempt_has_the_line_of_the_attempt():
    result, _ = graded("def f():\n    x = 1\n    return x / 0")
    assert (result["verdict"], result["line"]) == ("error", 3)
    assert "<check>" not in result["report"]


def test_imports_of_all_programs_are_found_once():
    assert kernel.imports(
        ["import numpy as np\nfrom sympy.abc import x", "import numpy, math"]
    ) == ["math", "numpy", "sympy"]
    assert kernel.imports(["import ("]) == []
