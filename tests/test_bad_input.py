"""What every public function does with what it must not be given.

`bad_input/<chapter>.py` has one call of each public name of the chapter that
works. Here each argument of each call is replaced by wrong ones in turn. The
library answers with an error of its own, which says the rule and the value
received, or with a right, finite answer.

A table may state `USE`, what is done with an answer that is a function;
`RESULTS`, classes that only the library makes; `FREE`, arguments that may be
anything (`name.argument`); `CALLED`, what a refusal calls an argument if not
by its name; `SKIP`, arguments that are the library's own;
`INFINITE`, names whose answer may rightly be infinite.
"""

import contextlib
import dataclasses
import dis
import importlib
import inspect
import pkgutil
import re
import runpy
import signal
import traceback
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest

import derivable
from derivable.calculus import Dual, Tensor

TABLES = Path(__file__).parent / "bad_input"
LIBRARY = Path(derivable.__file__).parent
PARTS = (
    "foundations",
    "linalg",
    "calculus",
    "probability",
    "optimization",
    "learning",
)
RAISE = dis.opmap["RAISE_VARARGS"]
RECEIVED = re.compile(r"\b(got|gave|must not be zero|a Tensor|a Dual)\b")
SECONDS = 20  # for one call, on a machine that does much else

WRONG = {  # whatever the argument is
    "None": None,
    "text": "text",
    "an object": object(),
    "a dict": {},
    "a set": {1.0},
    "complex": 1j,
    "nan": np.nan,
    "ragged": [[1.0], [2.0, 3.0]],
    "object array": np.array([1.0, None]),
    "masked": np.ma.array([1.0, 2.0], mask=[True, False]),
}
ODD = {  # wrong for most, right for some
    "inf": np.inf,
    "-inf": -np.inf,
    "0-d": np.array(2.0),
    "empty": [],
    "empty matrix": np.zeros((0, 3)),
    "minus one": -1,
    "minus two and a half": -2.5,
    "zero": 0,
    "1e300": 1e300,
    "1e-300": 1e-300,
}
NOT_WHOLE = {"2.5": 2.5, "2.0": 2.0, "True": True, "np.float64": np.float64(3)}


def chapters():
    """The chapters, each with its public names, in order."""
    for part in PARTS:
        package = importlib.import_module(f"derivable.{part}")
        for found in pkgutil.iter_modules(package.__path__):
            if found.name.startswith("_"):
                continue
            module = importlib.import_module(f"derivable.{part}.{found.name}")
            names = {*getattr(module, "__all__", ()), *package.__all__}
            things = {n: getattr(module, n, None) for n in sorted(names)}
            yield (
                found.name,
                {
                    name: thing
                    for name, thing in things.items()
                    if callable(thing)
                    and thing.__module__.startswith(module.__name__)
                },
            )


PUBLIC = dict(chapters())
TABLE = {path.stem: runpy.run_path(str(path)) for path in TABLES.glob("*.py")}


def listed(chapter, what):
    """Names that the table of a chapter excepts from a rule."""
    return TABLE[chapter].get(what, set())


def call(chapter, name, replaced=()):
    """Call a public name as its table does, but for what is replaced."""
    given = {**TABLE[chapter]["calls"]()[name], **dict(replaced)}
    owner = given.pop("self", None)
    if owner is not None:
        function = getattr(owner, name.split(".")[1])
    else:
        function = PUBLIC[chapter][name]
    bound = inspect.BoundArguments(
        inspect.signature(function), OrderedDict(given)
    )
    answer = function(*bound.args, **bound.kwargs)
    use = TABLE[chapter].get("USE", {}).get(name)
    return answer if use is None else use(answer)


def arguments():
    for chapter in sorted(TABLE):
        for name, given in TABLE[chapter]["calls"]().items():
            for argument in given:
                inner = f"{name}.{argument}" in listed(chapter, "SKIP")
                if argument != "self" and not inner:
                    yield pytest.param(
                        *(chapter, name, argument),
                        id=f"{chapter}-{name}-{argument}",
                    )


def numbers(value):
    """The value as an array, if it is one of more than no axes."""
    if isinstance(value, list | tuple | np.ndarray):
        try:
            array = np.asarray(value)
        except ValueError:
            return None
        if array.dtype.kind in "biuf" and array.size:
            return array
    return None


def variants(array):
    """What goes wrong with an array of numbers: (must be refused, value)."""
    x = array.astype(float)
    first = (0,) * x.ndim

    def with_first(entry, dtype=float):
        y = x.astype(dtype)
        y[first] = entry
        return y

    yield True, "with nan", with_first(np.nan)
    yield False, "with inf", with_first(np.inf)
    yield True, "with None", with_first(None, object)
    yield True, "as complex", x + 0j
    yield True, "as text", x.astype(str)
    yield True, "as objects", x.astype(object)
    yield True, "as dates", x.astype("datetime64[s]")
    yield True, "as masked", np.ma.array(x, mask=with_first(1) == 1)
    yield False, "with an axis more", x[None]
    yield False, "with an axis more behind", x[..., None]
    yield False, "with an axis less", x[0]
    yield False, "with a row more", np.concatenate([x, x[-1:]])
    yield False, "with a row less", x[:-1]
    yield False, "with a column less", x[..., :-1]
    yield False, "with zeros", 0 * x
    yield False, "negative", -x
    yield False, "times 1e300", 1e300 * x
    yield False, "times 1e-300", 1e-300 * x
    yield False, "largest", np.full_like(x, 1.7e308)
    yield False, "a huge first", with_first(1e300)
    if array.dtype.kind in "iu":
        yield True, "whole numbers as floats", x


def outcomes(f):
    """The same function, but for what it returns."""
    for label, result in {**WRONG, "empty": [], "inf": np.inf}.items():
        yield (
            label not in {"a dict", "inf"},
            f"returns {label}",
            lambda *_, result=result, **__: result,
        )
    yield False, "returns twice", lambda *a: np.array([f(*a), f(*a)])
    yield False, "returns 1e300 times", lambda *a: 1e300 * np.asarray(f(*a))


def wrong_values(value, *, optional):
    """(must be refused, label, wrong value) in place of a right one."""
    for label, wrong in WRONG.items():
        if wrong is not None or not optional:
            yield True, label, wrong
    for label, wrong in ODD.items():
        yield False, label, wrong
    if type(value) is int:
        for label, wrong in NOT_WHOLE.items():
            yield True, label, wrong
    if callable(value):
        yield from outcomes(value)
    array = numbers(value)
    if array is not None and array.ndim:
        yield from variants(array)


def parts(answer):
    """What an answer is made of, if it is made of something."""
    if dataclasses.is_dataclass(answer):
        return [getattr(answer, f.name) for f in dataclasses.fields(answer)]
    if isinstance(answer, Tensor):
        return [answer.data]
    if isinstance(answer, Dual):
        return [answer.value, answer.tangent]
    if isinstance(answer, dict):
        return list(answer.values())
    return answer if isinstance(answer, list | tuple) else None


def finite(answer):
    """Whether all numbers of an answer are finite, and none is masked."""
    inside = parts(answer)
    if inside is not None:
        return all(finite(part) for part in inside)
    if answer is None or callable(answer):
        return True
    if isinstance(answer, str | np.random.Generator | int):
        return True
    real = np.asarray(answer).dtype.kind in "biuf"
    masked = isinstance(answer, np.ma.MaskedArray)
    return bool(real and not masked and np.isfinite(answer).all())


def verdict(error):
    """What is wrong with an error; nothing if it is one of the library's."""
    frames = list(traceback.walk_tb(error.__traceback__))
    files = [Path(f.f_code.co_filename) for f, _ in frames]
    kind = type(error).__name__
    inside = LIBRARY in files[-1].parents
    if not inside and TABLES in [p for file in files for p in file.parents]:
        return None  # raised by the function of the example
    if not isinstance(
        error, ValueError | TypeError | derivable.ConvergenceError
    ):
        return f"raw {kind}: {error}"
    last = error.__traceback__
    while last.tb_next:
        last = last.tb_next
    if not inside or last.tb_frame.f_code.co_code[last.tb_lasti] != RAISE:
        return f"raw {kind} from {files[-1].name}:{frames[-1][1]}: {error}"
    if isinstance(error, derivable.ConvergenceError):
        return None
    if not RECEIVED.search(str(error)):
        return f"{kind} without the value received: {error}"
    return None


def outcome(chapter, name, argument, wrong, *, refuse):
    """What is wrong with the answer to a wrong value, or None."""
    free = f"{name}.{argument}" in listed(chapter, "FREE")
    infinite = free or name in listed(chapter, "INFINITE")

    def stop(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        answer = call(chapter, name, {argument: wrong})
    except TimeoutError:
        return f"runs for more than {SECONDS} s"
    except Exception as error:  # noqa: BLE001
        return verdict(error)
    finally:
        signal.alarm(0)
    if refuse and not free:
        return f"accepts it, and gives {answer!r:.60}"
    if not infinite and not finite(answer):
        return f"gives {answer!r:.60}"
    return None


def parameter_of(chapter, name, argument):
    """What the signature says of an argument."""
    target = PUBLIC[chapter].get(name)
    if target is None:
        owner, method = name.split(".")
        target = getattr(PUBLIC[chapter][owner], method)
    return inspect.signature(target).parameters[argument]


def replacements(chapter, name, argument):
    """All wrong values of an argument; of *args, wrong ones for each."""
    value = TABLE[chapter]["calls"]()[name][argument]
    parameter = parameter_of(chapter, name, argument)
    if parameter.kind is parameter.VAR_POSITIONAL:
        for refuse, label, wrong in wrong_values(value[0], optional=False):
            yield refuse, label, (wrong, *value[1:])
        return
    if parameter.kind is parameter.VAR_KEYWORD:
        key, inner = next(iter(value.items()))
        for refuse, label, wrong in wrong_values(inner, optional=False):
            yield refuse, label, {**value, key: wrong}
        return
    optional = parameter.default is None
    yield from wrong_values(value, optional=optional)


@pytest.mark.parametrize(("chapter", "name", "argument"), list(arguments()))
def test_a_wrong_argument_is_refused_by_rule_and_value(
    chapter, name, argument
):
    found = {
        label: said
        for refuse, label, wrong in replacements(chapter, name, argument)
        if (said := outcome(chapter, name, argument, wrong, refuse=refuse))
    }
    if found:
        lines = [f"    {label}: {said}" for label, said in found.items()]
        pytest.fail(
            "\n".join([f"{name}({argument}=…)", *lines]), pytrace=False
        )


@pytest.mark.parametrize(("chapter", "name", "argument"), list(arguments()))
@pytest.mark.parametrize("wrong", [None, np.nan])
def test_a_refusal_names_its_argument(chapter, name, argument, wrong):
    """The argument, or what the table says that it is called."""
    parameter = parameter_of(chapter, name, argument)
    if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}:
        return  # it stands for many, which have no names
    called = TABLE[chapter].get("CALLED", {}).get(f"{name}.{argument}")
    names = "|".join(map(re.escape, filter(None, [argument, called])))
    said = None
    with contextlib.suppress(derivable.ConvergenceError):
        try:
            call(chapter, name, {argument: wrong})
        except (ValueError, TypeError) as error:
            said = str(error)
    assert said is None or re.search(rf"(?<!\w)({names})(?!\w)", said)


@pytest.mark.parametrize(
    ("chapter", "name"),
    [
        pytest.param(chapter, name, id=f"{chapter}-{name}")
        for chapter in sorted(TABLE)
        for name in TABLE[chapter]["calls"]()
    ],
)
def test_the_call_of_the_table_is_right(chapter, name):
    assert finite(call(chapter, name))


@pytest.mark.parametrize("chapter", sorted(PUBLIC))
def test_every_public_name_has_a_call(chapter):
    """Of functions, classes and their methods, with every argument."""
    given = TABLE[chapter]["calls"]()
    results = listed(chapter, "RESULTS")  # made by the library alone
    wanted = {}
    for name, thing in PUBLIC[chapter].items():
        if not inspect.isclass(thing):
            wanted[name] = thing
        elif not issubclass(thing, Exception):
            if name not in results:
                wanted[name] = thing
            wanted |= {
                f"{name}.{k}": v
                for k, v in vars(thing).items()
                if (k == "__call__" or not k.startswith("_"))
                and inspect.isfunction(v)
                and len(inspect.signature(v).parameters) > 1
            }
    assert set(given) == set(wanted)
    for name, thing in wanted.items():
        assert set(given[name]) == set(inspect.signature(thing).parameters)


def test_every_chapter_has_a_table():
    assert set(TABLE) == set(PUBLIC)
