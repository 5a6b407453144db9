import threading
import time
import warnings

import numpy as np
import pytest

from press.isolation import isolated
from press.problems import PressError
from press.state import fingerprint


def ran(tiny, code, seconds=60.0):
    """What is said of a block, as the press runs it."""
    place = tiny.relative_to(tiny) / "docs" / "slopes.md"
    try:
        with isolated(tiny, place, 1, code, seconds):
            exec(compile(code, str(tiny / place), "exec"), {})  # noqa: S102
    except PressError as error:
        return [f"{p.line}: {p.what}" for p in error.problems]
    return []


@pytest.mark.parametrize(
    "code",
    [
        "while True: pass",
        "import time\nwhile True:\n time.sleep(0.01)",
        "while True:\n try:\n  x = 1\n except Exception: pass",
        (
            "while True:\n try:\n  while True: pass\n"
            " except BaseException: pass"
            "\n finally:\n  done = 1\n break"
        ),
        "def f(): f.x = 1\nwhile True: f()",
    ],
)
@pytest.mark.parametrize("aside", [False, True], ids=["main", "thread"])
def test_a_block_that_runs_for_ever_is_ended(tiny, code, aside):
    said = []

    def run():
        said.extend(ran(tiny, code, 0.1))

    if aside:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join(20)
        assert not thread.is_alive()
    else:
        run()
    assert said
    assert "runs for more than 0.1 s" in said[0]


def test_a_slow_block_that_ends_in_time_is_left_alone(tiny):
    assert ran(tiny, "import time\ntime.sleep(0.05)", 5.0) == []


@pytest.mark.parametrize(
    "code",
    [
        "import tempfile\nwith tempfile.TemporaryFile() as f: f.write(b'1')",
        (
            "import tempfile, pathlib\n"
            "with tempfile.TemporaryDirectory() as d:\n"
            " (pathlib.Path(d) / 'x').write_text('1')"
        ),
        "import numpy as np\nnp.random.default_rng(0).normal(size=9)",
        (
            "import warnings\nwith warnings.catch_warnings():\n"
            " warnings.simplefilter('ignore')"
        ),
        (
            "import matplotlib.pyplot as plt\nwith plt.rc_context():\n"
            " plt.rcParams['font.size'] = 3"
        ),
        (
            "import threading\nt = threading.Thread(target=print)\n"
            "t.start()\nt.join()"
        ),
        "open('/dev/null', 'w').close()",
        "import os\nr, w = os.pipe()\nos.close(r)\nos.close(w)",
        "import numpy\nwith open(numpy.__file__) as f: f.read()",
        "print('x' * 100_000)",
        "import numpy.polynomial.legendre, scipy.special, scipy.integrate",
        "import sklearn.svm\nsklearn.svm.SVC().fit([[0.0], [1.0]], [0, 1])",
        (
            "from derivable.errors import ConvergenceError\n"
            "class Mine(ConvergenceError):\n"
            " x = 1\nMine.x = 2"
        ),
    ],
)
def test_what_stays_in_the_block_is_allowed(tiny, code):
    assert ran(tiny, code) == []


def test_what_a_block_changed_is_as_it_was(tiny, monkeypatch):
    monkeypatch.chdir(tiny)
    state = np.random.get_state()  # noqa: NPY002
    filters = [*warnings.filters]
    total = np.sum
    assert len(ran(tiny, "import numpy as np\nnp.random.seed(1)")) == 1
    assert len(ran(tiny, "import numpy as np\nnp.sum = np.prod")) == 1
    ran(tiny, "import warnings\nwarnings.simplefilter('ignore')")
    ran(tiny, "open('made.txt', 'w').write('1')")
    assert np.sum is total
    assert (np.random.get_state()[1] == state[1]).all()  # noqa: NPY002
    assert [*warnings.filters] == filters
    assert not (tiny / "made.txt").exists()


def test_isolation_costs_less_than_a_blink(tiny):
    ran(tiny, "")
    start = time.process_time()
    for _ in range(50):
        ran(tiny, "")
    assert (time.process_time() - start) / 50 < 0.02


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s["a"].fill(7),
        lambda s: s["a"].sort(),
        lambda s: s["rng"].normal(),
        lambda s: s["nested"]["in"].append(3),
        lambda s: s["thing"].__dict__.update(x=2),
        lambda s: s["closure"](),
        lambda s: s["nested"].pop("in"),
        lambda s: s["a"].resize(4, refcheck=False),
    ],
)
def test_a_change_in_place_changes_the_fingerprint(change):
    class Thing:
        def __init__(self):
            self.x = 1

    kept = []
    state = {
        "a": np.array([3.0, 2.0]),
        "rng": np.random.default_rng(0),
        "nested": {"in": [1, {2}]},
        "thing": Thing(),
        "closure": lambda: kept.append(1),
    }
    state["self"] = state
    before = fingerprint(state)
    assert fingerprint(state) == before
    change(state)
    assert fingerprint(state) != before
