"""A book of one page, right in every respect, to make mistakes in."""

import shutil
import sys
from pathlib import Path

import pytest

import derivable

ROOT = Path(__file__).parents[2]

PAGE = """\
---
title: Slopes
description: How steep a curve is, computed and checked on every line of it.
---

# Slopes

A car moves $s(t) = t^2$ metres in $t$ seconds. How fast is it?

``` {.python}
import numpy as np

t = np.array([1.0, 2.0])
print(2 * t)
```

``` {.text .output}
[2. 4.]
```

``` {.python continuation}
print(t.sum())
```

``` {.text .output}
3.0
```

The slopes add to `3.0`{ .claim of="t.sum()" }.

## The slope of a square

$$
\\frac{\\mathrm{d}}{\\mathrm{d}t} t^2 = 2 t \\label{claim:square}
$$

/// check

``` {.python .formula}
def draw(rng):
    return {"t": rng.uniform(1, 3)}
```
///

It is the only one:

$$
s'(t) = 2 t \\label{claim:only}
$$

/// check
    unread: No finite run shows that there is no other.

``` {.python}
h = 1e-6
assert abs(((3 + h) ** 2 - (3 - h) ** 2) / (2 * h) - 6) < 1e-6
```
///

See \\eqref{claim:square}, \\ref{fig:line}, \\ref{ex:double} and
[@newton1687, book I].

``` {.python}
--8<-- "src/derivable/tiny.py:double"
```

/// figure | line
    alt: A straight line through the origin, rising by two for each step.

The slope of a straight line is the same everywhere.
///

//// exercise | Double it
    name: double

Write `double`.

``` {.python .starter}
--8<-- "snippets/slopes/exercises/double.py:starter"
```

``` {.python .check}
--8<-- "snippets/slopes/exercises/double.py:check"
```

/// hint

Multiply.
///

/// solution

``` {.python .solution}
--8<-- "snippets/slopes/exercises/double.py:solution"
```
///
////

/// note | Where next

Go back to [the square](#the-slope-of-a-square).
///
"""

FIGURE = '''\
"""The slope of a straight line is the same everywhere."""

import matplotlib.pyplot as plt


def figure():
    fig, ax = plt.subplots()
    ax.plot([0, 1], [0, 2])
    return fig
'''

EXERCISE = """\
# %% starter
def double(x):
    return x


# %% check
assert double(3) == 6

# %% solution
def double(x):
    return 2 * x
"""

LIBRARY = '''\
"""A library of one function."""

__all__ = ["double"]


def double(x: float) -> float:
    """Twice x."""
    return 2 * x
'''

REFERENCES = """\
newton1687:
  authors: [Isaac Newton]
  year: 1687
  title: Philosophiae naturalis principia mathematica
  venue: London
"""

GLOSSARY = "*[slope]: How much a function rises for each unit of its input.\n"

CONFIG = """\
site_name: Tiny
nav:
  - slopes.md
"""

FILES = {
    "docs/slopes.md": PAGE,
    "snippets/slopes/figures/line.py": FIGURE,
    "snippets/slopes/exercises/double.py": EXERCISE,
    "snippets/references.yml": REFERENCES,
    "snippets/glossary.md": GLOSSARY,
    "src/derivable/tiny.py": LIBRARY,
    "mkdocs.yml": CONFIG,
    "pyproject.toml": "[tool.press]\n# nothing is set\n",
}


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """The root of a book of one page."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8")
    library = tmp_path / "src" / "derivable"
    monkeypatch.setattr(
        derivable, "__path__", [*derivable.__path__, str(library)]
    )
    yield tmp_path
    sys.modules.pop("derivable.tiny", None)
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def edit(tiny):
    """Replace text in a file of the tiny book; the line of the change."""

    def replace(old, new, name="docs/slopes.md"):
        path = tiny / name
        text = path.read_text("utf8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), "utf8")
        return text[: text.index(old)].count("\n") + 1

    return replace
