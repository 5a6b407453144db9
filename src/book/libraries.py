"""Names of other libraries on a page: are they there, with these arguments?

A table of *In the libraries* says `linalg.eigh` in a row called PyTorch, or
`fast=True` beside `tf.linalg.lstsq`. Each such word is looked up in the
installed package: a name where it would be imported from, an argument in the
signature of a name of its row, an attribute or an option in their
documentation. In the rest of a page, names that begin with their package are.
"""

import ast
import contextlib
import importlib
import inspect
import platform
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from press.page import CODE_SPAN, Page
from press.problems import Problem

SECTION = "In the libraries"
MISSING = object()


@dataclass(frozen=True)
class Library:
    """One library.

    Attributes:
        word: how pages call it, a pattern.
        module: what is imported.
        package: what is installed.
        places: modules and classes in which a name may be meant.
        second: whether only the second environment has it.
    """

    word: str
    module: str
    package: str
    places: tuple[str, ...] = ()
    second: bool = False


def _library(
    word: str, module: str, places: str = "", package: str = "", **more: bool
) -> Library:
    inner = (f"{module}.{place}" for place in places.split())
    return Library(word, module, package or module, (module, *inner), **more)


LIBRARIES = {
    library.module: library
    for library in (
        _library("NumPy", "numpy", "linalg fft random lib.stride_tricks"),
        _library(
            "SciPy", "scipy",
            "linalg optimize special stats signal sparse sparse.linalg "
            "spatial.distance stats.qmc stats.sampling differentiate fft",
        ),
        _library(
            "scikit-learn", "sklearn",
            "linear_model svm naive_bayes calibration pipeline "
            "pipeline.Pipeline preprocessing metrics metrics.pairwise "
            "model_selection decomposition feature_extraction.text "
            "neural_network utils.extmath",
            "scikit-learn",
        ),
        _library(
            r"JAX\b(?!opt)", "jax",
            "nn numpy lax scipy.special scipy.stats random "
            "experimental.sparse.linalg",
        ),
        _library("[Oo]ptax", "optax"),
        _library("autograd", "autograd", "numpy numpy.linalg test_util"),
        _library("SymPy", "sympy"),
        _library("emcee", "emcee"),
        _library("statistics", "statistics"),
        _library(
            "PyTorch", "torch",
            "nn nn.functional linalg autograd func distributions optim "
            "optim.Optimizer nn.Module nn.utils nn.init Tensor "
            "autograd.function.FunctionCtx distributions.transforms",
            second=True,
        ),
        _library(
            "Keras", "keras",
            "layers losses optimizers initializers ops Model "
            "optimizers.Optimizer",
            second=True,
        ),
        _library(
            "TensorFlow(?! Prob)", "tensorflow",
            "nn linalg math image autodiff signal GradientTape",
            "tensorflow-cpu", second=True,
        ),
        _library(
            "CVXPY", "cvxpy", "constraints.constraint.Constraint", second=True
        ),
        _library("Flax", "flax", "linen", second=True),
        _library("JAXopt", "jaxopt", "implicit_diff prox", second=True),
        _library("numdifftools", "numdifftools", second=True),
        _library("pandas", "pandas", "DataFrame", second=True),
        _library(
            "statsmodels", "statsmodels", "discrete.discrete_model",
            second=True,
        ),
        _library(
            "TensorFlow Probability", "tensorflow_probability",
            package="tensorflow-probability", second=True,
        ),
        _library("PyMC", "pymc", second=True),
        _library("NumPyro", "numpyro", "infer", second=True),
        _library("BlackJAX", "blackjax", second=True),
        _library("ArviZ", "arviz", second=True),
    )
}  # fmt: skip
OURS = _library(
    "this book|here",
    "derivable",
    "foundations linalg calculus probability optimization learning",
)
EVERYONE = {**LIBRARIES, OURS.module: OURS}
POSITIONAL = {
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
}
USUAL = ("numpy", "scipy", "sklearn")
"""What a row is about that names no library."""

ALIASES = {
    "np": "numpy",
    "jnp": "jax.numpy",
    "tf": "tensorflow",
    "tfp": "tensorflow_probability",
    "tfd": "tensorflow_probability.distributions",
    "rng": "numpy.random.Generator",
    "tape": "tensorflow.GradientTape",
    "loss": "torch.Tensor",
    "model": "sklearn.linear_model.LinearRegression",
    "stats": "scipy.stats",
}


Meant = tuple[str, tuple[tuple[str, ...], ...]]
"""A span, and what it may be about."""


@dataclass(frozen=True)
class Mention:
    """A span of code about a library.

    Attributes:
        line: its line, from 1.
        text: the span.
        groups: what it may be about, by module, the likeliest first.
        row: the spans of the row of its table, itself among them.
        table: those of the table.
        places: modules that the row names in a cell of their own.
    """

    line: int
    text: str
    groups: tuple[tuple[str, ...], ...]
    row: tuple[Meant, ...] = ()
    table: tuple[Meant, ...] = ()
    places: tuple[str, ...] = ()


@dataclass
class Census:
    """What was looked up on one page.

    Attributes:
        names: what was found, by library.
        absent: libraries that a name is about and that are not installed.
        problems: what was not found.
    """

    names: dict[str, set[str]] = field(default_factory=dict)
    absent: dict[str, set[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def census(page: Page, place: Path) -> Census:
    """Look up every name of a library on a page."""
    found = Census()
    for mention in mentions(page):
        _look_up(mention, place, found)
    return found


def misspelt(page: Page, place: Path) -> Iterator[tuple[str, str, bool]]:
    """Each word of its tables with a letter more: where, what, if noticed.

    A name of a library that is not installed is left as it is.
    """
    for mention in mentions(page):
        modules = {*chain(*mention.groups)}
        if (
            not mention.row
            or mention.groups[0] == (OURS.module,)
            or _parsed(mention.text) is None
            or not all(map(find_spec, modules))
        ):
            continue
        for word in re.finditer(r"[A-Za-z_]\w+", mention.text):
            if word[0] not in {"True", "False", "None", *ALIASES}:
                end = word.end()
                text = f"{mention.text[:end]}q{mention.text[end:]}"
                found = Census()
                _look_up(replace(mention, text=text), place, found)
                where = f"{place.as_posix()}:{mention.line}"
                yield where, text, bool(found.problems)


def versions() -> dict[str, str]:
    """Of the libraries that are installed, by module."""
    known = {"statistics": platform.python_version()}
    for name, library in LIBRARIES.items():
        for package in (library.package, name):
            with contextlib.suppress(PackageNotFoundError):
                known[name] = version(package)
    return known


def mentions(page: Page) -> Iterator[Mention]:
    """The spans of a page that may be names of a library, by line."""
    lines = _prose(page)
    chosen = _section(page)
    at = 0
    while at < len(lines):
        if at + 1 in chosen and lines[at].startswith("|"):
            end = at
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            yield from _table(lines[at:end], at + 1)
            at = end
            continue
        for span in CODE_SPAN.finditer(lines[at]):
            text = span["code"]
            module = "torch" if text.startswith("nn.") else _module_of(text)
            if module and "." in text:
                yield Mention(at + 1, text, ((module,),))
        at += 1


def _prose(page: Page) -> list[str]:
    lines = page.text.splitlines()
    for fence in page.fences:
        last = fence.end or len(lines)
        lines[fence.line - 1 : last] = [""] * (last - fence.line + 1)
    return lines


def _section(page: Page) -> range:
    heads = [h for h in page.headings if h.level == 2]
    ends = [*(h.line for h in heads[1:]), len(page.text.splitlines()) + 1]
    for head, end in zip(heads, ends, strict=True) if heads else ():
        if head.text == SECTION:
            return range(head.line, end)
    return range(0)


def _cells(line: str) -> list[str]:
    """The cells of a row; a bar inside code or mathematics is no border."""
    kept = re.sub(
        r"`[^`]*`|\$[^$]*\$", lambda m: m[0].replace("|", "\0"), line
    )
    inner = kept.strip().removeprefix("|").removesuffix("|")
    return [cell.replace("\0", "|").strip() for cell in inner.split("|")]


def _table(lines: list[str], first: int) -> Iterator[Mention]:
    heads = [_named(cell) for cell in _cells(lines[0])]
    rows = []
    for number, line in enumerate(lines[2:], first + 2):
        cells = _cells(line)
        places = tuple(
            span["code"]
            for span in CODE_SPAN.finditer(cells[0])
            if inspect.ismodule(_walk(_absolute(span["code"])))
        )
        spans: list[Meant] = []
        for head, cell in zip(heads, cells, strict=False):
            around = (
                (*_named(cells[0]), *(head or chain(*heads))),
                _named(" ".join(cells)),
                USUAL,
            )
            spans += [
                (span["code"], _meant(cell, span, around))
                for span in CODE_SPAN.finditer(cell)
                if not cell[span.end() :].startswith("{ .")
            ]
        rows.append((number, spans, places))
    everything = tuple(span for _, spans, _ in rows for span in spans)
    for number, spans, places in rows:
        for text, groups in spans:
            yield Mention(
                number, text, groups, tuple(spans), everything, places
            )


def _named(text: str) -> tuple[str, ...]:
    """The libraries that a text names, in its order; ours is derivable."""
    found = [
        (match.start(), module)
        for module, library in EVERYONE.items()
        for match in [re.search(rf"(?<!\w)({library.word})", text)]
        if match
    ]
    found += [
        (span.start(), module)
        for span in CODE_SPAN.finditer(text)
        for module in [_module_of(span["code"])]
        if module
    ]
    return tuple(dict.fromkeys(module for _, module in sorted(found)))


def _module_of(span: str) -> str:
    """The library that a dotted name begins with, or ''."""
    head = re.match(r"[A-Za-z_]\w*", span)
    root = ALIASES.get(head[0], head[0]).split(".")[0] if head else ""
    dotted = head is not None and span[head.end() :].startswith((".", "…"))
    alone = head is not None and head[0] == root and span == root
    return root if (dotted or alone) and root in EVERYONE else ""


def _meant(
    cell: str, span: re.Match[str], around: Sequence[tuple[str, ...]]
) -> tuple[tuple[str, ...], ...]:
    """What a span is about: its own word, one near it, or one further off."""
    row, *_ = around
    if module := _module_of(span["code"]):
        inner = span["code"].startswith("numpy.") and "jax" in row
        return (("jax" if inner else module,),)
    before = re.split(r"[;.] ", cell[: span.start()])[-1]
    after = re.split(r"[;.] ", cell[span.end() :])[0]
    *_, last = CODE_SPAN.sub("\0", before).split("\0")
    near = _named(last) or _named(CODE_SPAN.sub("", before)) or _named(after)
    groups = (near, *(tuple(dict.fromkeys(group)) for group in around))
    return tuple(dict.fromkeys(group for group in groups if group))


def _look_up(mention: Mention, place: Path, found: Census) -> None:
    tree = _parsed(mention.text)
    if tree is None or mention.groups[0] == (OURS.module,):
        return
    for group in mention.groups:
        here = [m for m in group if find_spec(m) is not None]
        for spans in ((), mention.row, mention.table):
            for library in here:
                if _Look(mention, library).knows(tree, spans):
                    names = found.names.setdefault(library, set())
                    names.add(mention.text)
                    return
        if absent := {*group} - {*here}:
            for library in absent:
                found.absent.setdefault(library, set()).add(mention.text)
            return
    known = " or ".join(dict.fromkeys(chain(*mention.groups)))
    found.problems.append(
        Problem(
            place,
            mention.line,
            f"`{mention.text}` is no name of {known}, and of no name in its "
            "row an argument, an attribute or an option",
            "look it up in the version that is installed",
        )
    )


def _parsed(span: str) -> ast.expr | None:
    """The expression that a span is; None if it is none, or a number."""
    text = re.sub(r"^(\w+)…", r"\1.", span)
    text = text.replace("…", "...").replace("√", "").replace("−", "-")
    text = text.lstrip(".")
    if re.fullmatch(r"\w+=", text):
        text += "..."
    if re.match(r"\w+=[^=]", text):
        text = f"_({text})"
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        return None
    return None if _says_nothing(tree) else tree


def _says_nothing(tree: ast.expr) -> bool:
    """A number, a formula, or a letter: nothing to look up."""
    if isinstance(tree, ast.Constant):
        return not isinstance(tree.value, str)
    if isinstance(tree, ast.Name):
        return len(tree.id) == 1 or tree.id in {"True", "False", "None"}
    return not isinstance(tree, ast.Call | ast.Attribute)


class _Look:
    """A mention in one library."""

    def __init__(self, mention: Mention, library: str) -> None:
        self.mention = mention
        self.library = library

    def knows(self, tree: ast.expr, spans: tuple[Meant, ...]) -> bool:
        """Whether the library has what the span says.

        It is a name of the library, or belongs to what `spans` name there.
        """
        if not spans:
            return next(self.find(tree), None) is not None
        if isinstance(tree, ast.Call):
            if getattr(tree.func, "id", "") != "_":
                return False
            return any(
                all(_takes(owner, keyword) for keyword in tree.keywords)
                for owner in self.neighbours(spans)
            )
        if isinstance(tree, ast.Constant):
            words, has = [str(tree.value)], _documented
        else:
            words, has = ast.unparse(tree).split("."), _has
        return any(
            all(has(owner, word) for word in words)
            for owner in self.neighbours(spans)
        )

    def find(self, tree: ast.expr) -> Iterator[Any]:
        """What a name or a call may name; a call only with its arguments."""
        if isinstance(tree, ast.Call):
            inner = [a for a in tree.args if isinstance(a, ast.Call)]
            exact = bool(self.mention.row)
            for owner in self.find(tree.func):
                if _binds(owner, tree) and (
                    not exact
                    or (
                        _spoken_of(owner, tree)
                        and all([*self.find(call)] for call in inner)
                    )
                ):
                    yield owner
        elif isinstance(tree, ast.Attribute) and _calls(tree.value):
            for owner in self.find(tree.value):
                inner = _inner(owner, tree.attr)
                if inner is not MISSING:
                    yield inner
                elif not inspect.isclass(owner) or _documented(
                    owner, tree.attr
                ):
                    yield _anything
        elif isinstance(tree, ast.Name | ast.Attribute):
            yield from self.named(ast.unparse(tree))

    def named(self, name: str) -> Iterator[Any]:
        """A dotted name, as it is or in one of the places."""
        name = re.sub(r"^[A-Za-z]\.", "", name)  # x.detach, of any x
        places: Iterable[str] = (*self.mention.places, *_places(self.library))
        if _module_of(self.mention.text) == self.library:
            if "…" in self.mention.text:
                name = name.partition(".")[2]
            else:
                places = ()
                found = _walk(_absolute(name))
                if found is not MISSING:
                    yield found
        for place in places:
            found = _walk(f"{_absolute(place)}.{name}")
            if found is not MISSING:
                yield found

    def neighbours(self, spans: tuple[Meant, ...]) -> Iterator[Any]:
        """What other spans name in this library."""
        for text, groups in spans:
            tree = _parsed(text)
            if tree is not None and any(self.library in g for g in groups):
                mention = Mention(
                    self.mention.line, text, groups,
                    places=self.mention.places,
                )  # fmt: skip
                yield from _Look(mention, self.library).find(tree)


def _anything() -> None:
    """What a call returns: nothing is known of it."""


def _places(library: str) -> tuple[str, ...]:
    return EVERYONE[library].places


def _calls(tree: ast.expr) -> bool:
    return any(isinstance(node, ast.Call) for node in ast.walk(tree))


def _absolute(name: str) -> str:
    head, dot, rest = name.partition(".")
    return f"{ALIASES.get(head, head)}{dot}{rest}"


@lru_cache(maxsize=4096)
def _walk(name: str) -> Any:
    """The object of a dotted name, or MISSING."""
    steps = name.split(".")
    found: Any = MISSING
    for end in range(1, len(steps) + 1):
        step = steps[end - 1]
        inner = MISSING if found is MISSING else _inner(found, step)
        if inner is MISSING and (found is MISSING or inspect.ismodule(found)):
            inner = _module(".".join(steps[:end]))
        if inner is MISSING:
            return MISSING
        found = inner
    return found


def _inner(found: Any, step: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return getattr(found, step, MISSING)


def _module(name: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except (ImportError, ValueError):
        return MISSING


def _parameters(called: Any) -> dict[str, inspect.Parameter] | None:
    try:
        return dict(inspect.signature(called).parameters)
    except (TypeError, ValueError):
        return None


def _accepts(called: Any, name: str) -> bool:
    """Whether an argument has this name; where anything goes, in words."""
    if not callable(called):
        return False
    parameters = _parameters(called)
    if parameters is not None:
        open_ended = any(
            p.kind is inspect.Parameter.VAR_KEYWORD
            for p in parameters.values()
        )
        if name in parameters or not open_ended:
            return name in parameters
        if any(name in (_parameters(f) or ()) for f in _wrapped(called)):
            return True
    return _documented(called, name)


def _wrapped(called: Any) -> list[Any]:
    """The functions that a wrapper which hides them closes over, or holds."""
    cells = getattr(called, "__closure__", None) or ()
    inner = [cell.cell_contents for cell in cells]
    if not inspect.isclass(called):
        inner += getattr(called, "__dict__", {}).values()
    return [found for found in inner if inspect.isfunction(found)]


def _takes(called: Any, keyword: ast.keyword) -> bool:
    """Whether there is this argument, and this option for it."""
    if keyword.arg is None:
        return True
    option = getattr(keyword.value, "value", None)
    return _accepts(called, keyword.arg) and (
        not isinstance(option, str) or _documented(called, option)
    )


def _binds(called: Any, call: ast.Call) -> bool:
    """Whether something can be called as it is written there."""
    if called is MISSING or not all(_takes(called, k) for k in call.keywords):
        return False
    parameters = _parameters(called)
    if parameters is None:
        return True
    kinds = [p.kind for p in parameters.values()]
    most = sum(kind in POSITIONAL for kind in kinds)
    many = inspect.Parameter.VAR_POSITIONAL in kinds
    return all(
        many
        or number < most
        or (isinstance(argument, ast.Name) and argument.id in parameters)
        for number, argument in enumerate(call.args)
    )


def _spoken_of(called: Any, call: ast.Call) -> bool:
    """Whether words in the place of arguments are words of its own."""
    return all(
        len(argument.id) == 1 or _has(called, argument.id)
        for argument in call.args
        if isinstance(argument, ast.Name)
    )


def _has(owner: Any, word: str) -> bool:
    return (
        _accepts(owner, word)
        or _inner(owner, word) is not MISSING
        or _documented(owner, word)
    )


def _documented(owner: Any, word: str) -> bool:
    text = inspect.getdoc(owner) or ""
    pattern = rf"(?<![\w-]){re.escape(word)}(?![\w-])"
    return re.search(pattern, text) is not None
