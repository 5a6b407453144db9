"""Names of other libraries on the pages, where `make test` has them."""

from pathlib import Path

import pytest

from book.libraries import LIBRARIES, census, misspelt, versions
from press.book import Book
from press.page import parse, read

ROOT = Path(__file__).parents[2]
PAGES = [p.source for p in Book(ROOT).pages if "generated" not in p.path.parts]
ELSEWHERE = {name for name, library in LIBRARIES.items() if library.second}
WITHOUT_WHEELS = {"jax", "optax"}  # on Intel Macs


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_the_names_on_a_page_are_names_of_the_libraries(path):
    found = census(read(ROOT / "docs", path), Path("docs", path))
    assert not [str(problem) for problem in found.problems]
    assert {*found.absent} <= ELSEWHERE | WITHOUT_WHEELS


def test_the_libraries_of_this_environment_are_looked_at():
    assert {"numpy", "scipy", "sklearn"} <= {*versions()}


def page(*rows, head="| library | names |", text=""):
    table = "\n".join([head, "|---|---|", *rows])
    return parse(
        f"# Page\n\n{text}\n\n## In the libraries\n\n{table}\n\n## Summary\n",
        Path("a/b.md"),
    )


def said(made):
    return [str(p) for p in census(made, Path("docs/a/b.md")).problems]


@pytest.mark.parametrize(
    "row",
    [
        "| NumPy | `linalg.eigg` |",
        "| `np.linalg.eigg` | eigenvalues |",
        "| NumPy | `numpy.linalg.eigg` |",
        "| SciPy | `linalg.eigh(subset_by_idx=…)` |",
        "| `scipy.linalg.eigh` | `subset_by_idx=[0]` |",
        "| scikit-learn | `Ridge(alfa)` |",
        '| scikit-learn | `SGDClassifier(loss="hing")` |',
        "| scikit-learn | `SVC`: `dual_coeff_` |",
        "| `sklearn…pairwise.cosine_similarities` | cosines |",
        "| scikit-learn | `LinearSVC(C, losses)` |",
        "| SciPy | `norm(loc, scale).rvss(size)` |",
    ],
)  # fmt: skip
def test_a_wrong_name_or_argument_is_found_at_its_line(row):
    (problem,) = said(page("| NumPy | `exp` |", row))
    assert problem.startswith("docs/a/b.md:10: `")


@pytest.mark.parametrize(
    "row",
    [
        "| NumPy | `linalg.eigh` |",
        "| `np.linalg.norm(x, p)` | a norm |",
        "| SciPy | `linalg.eigh(subset_by_index=…)` |",
        "| `scipy.linalg.eigh` | `subset_by_index=[0]` |",
        "| scikit-learn | `Ridge(alpha)` |",
        '| scikit-learn | `SVC`: `dual_coef_` and `gamma="scale"` |',
        "| `sklearn…pairwise.cosine_similarity` | cosines |",
        "| SciPy | `norm(loc, scale).rvs(size, random_state=rng)` |",
        "| autograd | `test_util.check_grads` with `order=2` |",
        "| PyTorch | `no.such.name` |",  # until it is installed
        "| this book | `no_such_name` |",  # a page that imports it runs
        "| NumPy | `A @ B`, `x`, `1e-3`, `*` |",
    ],
)  # fmt: skip
def test_a_right_name_or_argument_passes(row):
    assert not said(page(row))


def test_a_name_with_its_package_is_looked_up_in_prose_too():
    text = "Use `np.linalg.slogdett`, not `np.linalg.det`."
    (problem,) = said(page("| NumPy | `exp` |", text=text))
    assert problem.startswith("docs/a/b.md:3: `np.linalg.slogdett`")


def test_a_letter_too_many_is_noticed_in_each_word():
    made = page('| SciPy | `linalg.eigh(subset_by_index=…)`, `driver="ev"` |')
    edits = list(misspelt(made, Path("docs/a/b.md")))
    assert len(edits) == 5
    assert all(seen for *_, seen in edits)
