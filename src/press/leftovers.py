"""What a block leaves behind: found, put back, and named.

The library, NumPy and the builtins are compared with what they were, name
by name and by identity; that takes a millisecond for some thousands of
names. What packages do to themselves behind names with an underscore is
their own affair.
"""

import operator
import os
import random
import re
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from types import FunctionType, ModuleType

import numpy as np

WATCHED = frozenset(
    {"numpy", "scipy", "math", "random", "time", "builtins"}
)  # beside the library
OWN_AFFAIR = ("KMP_", "OMP_", "JAX_", "TF_", "XLA_", "PYTEST_")
GLOBAL = re.compile(r"\brandom\b(?!\.(?:default_rng|Generator)\b)")
PATIENCE = 0.2  # seconds for a thread to end
MISSING = object()
MAGIC = {"__init__", "__call__", "__add__", "__mul__", "__getitem__"}

Change = tuple[str, str]


class Before:
    """How things were; `changes` puts them back.

    Args:
        library: the package that is watched inside.
    """

    def __init__(self, library: str) -> None:
        _remember(library)
        self.chance = np.random.get_state(legacy=False)  # noqa: NPY002
        self.random = random.getstate()
        self.environment = dict(os.environ)
        self.path = list(sys.path)
        self.depth = sys.getrecursionlimit()
        self.threads = set(threading.enumerate())
        self.look = _look()

    def changes(self, code: str) -> Iterator[Change]:
        """What differs now after `code`, with what to do about it."""
        yield from self._chance(code)
        yield from self._process()
        yield from _patched()

    def _chance(self, code: str) -> Iterator[Change]:
        """NB: packages draw as well, for what does not depend on it."""
        now = np.random.get_state(legacy=False)  # noqa: NPY002
        old, new = self.chance["state"], now["state"]
        same = old["pos"] == new["pos"] and (old["key"] == new["key"]).all()
        if not same or self.random != random.getstate():
            np.random.set_state(self.chance)  # noqa: NPY002
            random.setstate(self.random)
            if GLOBAL.search(code):
                yield (
                    "seeds or draws from the global generator",
                    "draw from rng = np.random.default_rng(seed)",
                )

    def _process(self) -> Iterator[Change]:
        changed = {
            name
            for name, _ in self.environment.items() ^ os.environ.items()
            if not name.startswith(OWN_AFFAIR)
        }
        for name in sorted(changed):
            os.environ.pop(name, None)
            if name in self.environment:
                os.environ[name] = self.environment[name]
            yield f"changes the variable {name}", "leave the environment alone"
        if sys.path != self.path:
            sys.path[:] = self.path
            yield "changes sys.path", "import what is installed"
        if sys.getrecursionlimit() != self.depth:
            sys.setrecursionlimit(self.depth)
            yield "changes the recursion limit", "write a loop"
        for thread in set(threading.enumerate()) - self.threads:
            thread.join(PATIENCE)
            if thread.is_alive():
                yield f'leaves the thread "{thread.name}"', "join it"
        if self.look and self.look != (now := _look()):
            names = [k for k in now if now[k] != self.look.get(k)]
            dict.update(sys.modules["matplotlib"].rcParams, self.look)
            yield (
                f"changes rcParams ({', '.join(names)})",
                "use with plt.rc_context(): …",
            )


def _look() -> dict[str, object]:
    """The settings of Matplotlib, if it is there."""
    module = sys.modules.get("matplotlib")
    settings = getattr(module, "rcParams", {})
    copied = dict.copy(settings)
    return {k: v for k, v in copied.items() if not k.startswith("backend")}


@dataclass
class _Names:
    """What hangs at a module or a class, to be compared by identity."""

    owner: ModuleType | type
    names: dict[str, object]
    size: int

    @property
    def same(self) -> bool:
        now = vars(self.owner)
        found = map(now.get, self.names)
        return len(now) == self.size and all(
            map(operator.is_, found, self.names.values())
        )


_modules: dict[str, _Names] = {}
_classes: list[_Names] = []
_functions: list[tuple[FunctionType, tuple[object, ...]]] = []
_seen = 0


def _remember(library: str) -> None:
    """Note the names of modules that were not there before."""
    global _seen  # noqa: PLW0603  (modules are few and for all)
    for name in [n for n, k in _modules.items() if _gone(n, k)]:
        del _modules[name]
        _seen = 0
    if len(sys.modules) == _seen:
        return
    _seen = len(sys.modules)
    for name, module in list(sys.modules.items()):
        if not _is_watched(name, library):
            continue
        if not isinstance(module, ModuleType):
            continue
        known = _modules.get(name)
        if known is None or known.owner is not module:
            _modules[name] = _names_of(module)
            if name.partition(".")[0] == library:
                _look_inside(name, module)


def _gone(name: str, known: _Names) -> bool:
    return sys.modules.get(name) is not known.owner


def _is_watched(name: str, library: str) -> bool:
    parts = name.split(".")
    return parts[0] in {*WATCHED, library} and all(map(_counts, parts))


def _counts(name: str) -> bool:
    return not name.startswith("_") or name in MAGIC


def _names_of(owner: ModuleType | type) -> _Names:
    now = vars(owner)
    names = {k: v for k, v in now.items() if _counts(k)}
    return _Names(owner, names, len(now))


def _look_inside(module: str, owner: ModuleType) -> None:
    for value in vars(owner).values():
        if getattr(value, "__module__", "") != module:
            continue
        if isinstance(value, type):
            _classes.append(_names_of(value))
        elif isinstance(value, FunctionType):
            _functions.append((value, _parts(value)))


def _parts(function: FunctionType) -> tuple[object, ...]:
    named = function.__kwdefaults__
    return (function.__code__, function.__defaults__, named)


def _patched() -> Iterator[Change]:
    fix = "leave the library as it is printed"
    for name, known in list(_modules.items()):
        module = known.owner
        if name in sys.modules and sys.modules[name] is not module:
            sys.modules[name] = module  # type: ignore[assignment]
            yield f"replaces the module {name}", fix
        if not known.same:
            yield from _restored(name, known, fix)
    for known in _classes:
        if not known.same:
            yield from _restored(known.owner.__qualname__, known, fix)
    for function, parts in _functions:
        if not all(map(operator.is_, _parts(function), parts)):
            code, default, named = parts
            function.__code__ = code  # type: ignore[assignment]
            function.__defaults__ = default  # type: ignore[assignment]
            function.__kwdefaults__ = named  # type: ignore[assignment]
            yield f"changes the function {function.__qualname__}", fix


def _restored(name: str, known: _Names, fix: str) -> Iterator[Change]:
    owner, now = known.owner, vars(known.owner)
    for key, value in list(known.names.items()):
        found = now.get(key, MISSING)
        if found is value:
            continue
        module = isinstance(found, ModuleType)
        if module and sys.modules.get(f"{name}.{key}") is found:
            known.names[key] = found  # imported again
        else:
            setattr(owner, key, value)
            yield f"replaces {name}.{key}", fix
    for key in [k for k in now if _counts(k) and k not in known.names]:
        if isinstance(now[key], ModuleType) or not _is_closed(name):
            known.names[key] = now[key]  # an import, or loaded when needed
        else:
            delattr(owner, key)
            yield f"adds {name}.{key}", "keep it in the block"
    known.size = len(vars(owner))


def _is_closed(name: str) -> bool:
    """Whether nothing but a patch adds a name: NumPy's and SciPy's load."""
    return name.partition(".")[0] not in {"numpy", "scipy"}
