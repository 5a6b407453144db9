"""What the build writes for the pages to load."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from press import live
from press.book import Book
from press.live import local
from press.problems import PressError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def library(tiny):
    (tiny / "src/derivable/__init__.py").write_text('"""A library."""\n')
    return tiny


def index(root):
    return json.loads(
        (root / "docs" / live.FOLDER / "live.json").read_text("utf8")
    )


def example(root, code):
    page = root / "docs" / "part" / "extra.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(
        "---\ntitle: Extra\ndescription: A page more.\n---\n\n# Extra\n\n"
        f"``` {{.python}}\n{code}\n```\n",
        "utf8",
    )
    return page


def test_the_wheel_is_the_library_of_this_tree(library):
    live.write(library)
    assert index(library)["library"] == "derivable"
    entry = index(library)["wheels"]["derivable"]
    data = (library / "docs" / live.FOLDER / entry["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == entry["sha256"]
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        shipped = wheel.read("derivable/__init__.py").decode()
        assert "kernel" not in "".join(wheel.namelist())
    assert shipped == '"""A library."""\n'


def test_the_same_tree_gives_the_same_bytes_and_writes_nothing_again(library):
    live.write(library)
    files = sorted((library / "docs" / live.FOLDER).iterdir())
    before = [(f.name, f.read_bytes(), f.stat().st_mtime_ns) for f in files]
    live.write(library)
    files = sorted((library / "docs" / live.FOLDER).iterdir())
    after = [(f.name, f.read_bytes(), f.stat().st_mtime_ns) for f in files]
    assert before == after


def test_a_pure_package_comes_along_with_what_it_requires(library):
    example(library, "import sympy")
    live.write(library)
    wheels = index(library)["wheels"]
    assert set(wheels) >= {"sympy", "mpmath"}
    assert wheels["sympy"]["needs"] == ["mpmath"]
    with zipfile.ZipFile(
        library / "docs" / live.FOLDER / wheels["sympy"]["file"]
    ) as wheel:
        assert not any("/tests/" in n for n in wheel.namelist())
    (library / "docs/part/extra.md").unlink()
    live.write(library)
    assert not list((library / "docs" / live.FOLDER).glob("sympy*"))


@pytest.mark.parametrize(
    ("module", "why"),
    [("nowhere", "it is not installed"), ("yaml", "it is not pure Python")],
)
def test_what_the_browser_cannot_import_is_named_at_its_line(
    module, why, library
):
    example(library, f"import {module}")
    with pytest.raises(PressError) as refused:
        live.write(library)
    said = str(refused.value.problems[0])
    assert said.startswith("docs/part/extra.md:8: ")
    assert why in said
    assert "notest" in said


def test_a_button_tells_what_the_first_run_downloads():
    live.write(ROOT)
    assert live.megabytes(ROOT, "print(1)") == 14
    with_numpy = live.megabytes(ROOT, "import numpy as np")
    assert with_numpy == 17
    # The library is less than 1 MB; the sum is rounded up.
    with_book = live.megabytes(ROOT, "import derivable")
    assert with_book in (with_numpy, with_numpy + 1)
    assert live.megabytes(ROOT, "import scipy") == 37
    assert live.megabytes(ROOT, "import sympy") == 19


def test_the_reader_of_formulas_runs_from_its_wheel_alone(tmp_path):
    wheel = live.reader()
    (tmp_path / wheel.file).write_bytes(wheel.data)
    program = (
        "from press.formulas import check\n"
        "def draw(rng): return {'x': rng.normal(size=3)}\n"
        r"print(check(r'x^\T x = \norm{x}^2', globals()))"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", "import sys\n"
         f"sys.path.insert(0, {str(tmp_path / wheel.file)!r})\n" + program],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    assert run.stdout.startswith("read from the formula, holds at 100 draws")


def test_every_page_of_the_book_can_run_in_a_browser():
    names = {w.name for w in live.others(Book(ROOT))}
    assert names == {"autograd", "mpmath", "sympy"}


def test_an_altered_file_of_the_release_is_refused(tmp_path, monkeypatch):
    carrier = tmp_path / "carrier.whl"
    with zipfile.ZipFile(carrier, "w") as archive:
        for name in local.hashes():
            archive.writestr(local.INSIDE + name, b"another")
    monkeypatch.setattr(local, "_carrier", lambda _: carrier)
    with pytest.raises(RuntimeError, match="not the files of the release"):
        local.collect(tmp_path / "pyodide")


def test_the_setting_says_where_python_is_loaded_from(monkeypatch):
    assert live.address(ROOT).endswith("/v0.27.7/full/")
    monkeypatch.setenv("DERIVABLE_PYODIDE", "pyodide/")
    assert live.address(ROOT) == "pyodide/"


def a_release(folder):
    """Files of a release and its lock, which holds more than the book needs.

    It is that of the book again, as the release wrote it.
    """
    facts = json.loads(live.LOCK.read_text("utf8"))
    for name in (
        *facts["core"],
        *(p["file_name"] for p in facts["packages"].values()),
    ):
        (folder / name).write_bytes(name.encode() * 3)
    for package in facts["packages"].values():
        data = (folder / package["file_name"]).read_bytes()
        package["sha256"] = hashlib.sha256(data).hexdigest()
        package["unvendored_tests"] = True
        del package["size"]
    facts["packages"]["matplotlib"]["depends"].append("matplotlib-pyodide")
    facts["packages"]["unused"] = facts["packages"]["six"]
    del facts["core"]
    (folder / live.LOCK.name).write_text(json.dumps(facts), "utf8")


def test_the_lock_of_a_release_is_what_the_book_needs_of_it(tmp_path):
    a_release(tmp_path)
    now = live.release()
    made = local.lock(tmp_path, tmp_path, ["matplotlib", "scikit-learn"])
    assert made["info"] == now["info"]
    assert made["core"].keys() == now["core"].keys()
    assert made["packages"].keys() == now["packages"].keys()
    for name, package in made["packages"].items():
        path = tmp_path / package["file_name"]
        assert package["size"] == path.stat().st_size
        for fact in package.keys() - {"sha256", "size"}:
            assert package[fact] == now["packages"][name][fact]
        assert package.keys() == now["packages"][name].keys()


def test_a_lock_is_made_of_the_files_that_the_release_means(tmp_path):
    a_release(tmp_path)
    with pytest.raises(RuntimeError, match="no package tides"):
        local.lock(tmp_path, tmp_path, ["tides"])
    file = live.release()["packages"]["six"]["file_name"]
    (tmp_path / file).write_bytes(b"another")
    with pytest.raises(RuntimeError, match=f"not the file .*: {file}"):
        local.lock(tmp_path, tmp_path, ["matplotlib"])
    (tmp_path / "pyodide.mjs").unlink()
    with pytest.raises(RuntimeError, match=r"no file pyodide\.mjs"):
        local.lock(tmp_path, tmp_path, ["numpy"])
