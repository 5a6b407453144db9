"""Drawing in the page: panels of SVG that take their colours from it.

A panel maps numbers to pixels and keeps what is drawn as nodes, so that
two states of one drawing can be compared node by node. Coordinates are
rounded to a tenth of a pixel.

Notation:
    c0 to c7: the colours of the figures; CSS knows them in both palettes.
"""

import html
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

WIDTH = 340
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 26, 40
EDGE = 8  # px that a mark may stand out of its panel
FAR = 9999.0  # px beyond which nothing is seen
TICKS = 6  # at most
HEAD = 8  # px, of an arrow
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass
class Node:
    """An element of SVG; `number` is set on one that moves."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    number: int | None = None

    def markup(self) -> str:
        """As it stands in the page."""
        given = dict(self.attributes)
        if self.number is not None:
            given["data-n"] = str(self.number)
        inside = "".join(f' {k}="{html.escape(v)}"' for k, v in given.items())
        if self.text:
            text = html.escape(self.text, quote=False)
            return f"<{self.tag}{inside}>{text}</{self.tag}>"
        return f"<{self.tag}{inside}/>"


@dataclass
class Panel:
    """One coordinate system.

    Attributes:
        x: its least and largest x.
        y: its least and largest y.
        xlog: whether x is spaced by its logarithm.
        ylog: the same for y.
        height: in px, where the width is 340; of `equal` panels it follows.
        equal: whether a unit is as long in both directions.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    xlabel: str = ""
    ylabel: str = ""
    xlog: bool = False
    ylog: bool = False
    height: float = 270
    equal: bool = False
    nodes: list[Node] = field(default_factory=list)
    words: list[Node] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.equal:
            unit = (WIDTH - LEFT - RIGHT) / (self.x[1] - self.x[0])
            self.height = TOP + BOTTOM + unit * (self.y[1] - self.y[0])

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is, in px; at most `FAR` away."""
        across, down = self._exactly(x, y)
        return _near(across), _near(down)

    def _exactly(self, x: float, y: float) -> tuple[float, float]:
        across = _share(x, self.x, log=self.xlog)
        up = _share(y, self.y, log=self.ylog)
        wide, high = WIDTH - LEFT - RIGHT, self.height - TOP - BOTTOM
        return LEFT + wide * across, TOP + high * (1 - up)

    def line(self, x: Iterable[float], y: Iterable[float], look: str) -> None:
        """A line through points; `look` is a colour, thin, dashed, bold."""
        self._shape("line", self._path(x, y), look)

    def area(self, x: Iterable[float], y: Iterable[float], look: str) -> None:
        """A polygon, filled lightly."""
        self._shape("area", f"{self._path(x, y)}Z", look)

    def arrow(
        self, start: tuple[float, float], end: tuple[float, float], look: str
    ) -> None:
        """An arrow from point to point."""
        (a, b), (c, d) = self.at(*start), self.at(*end)
        length = math.hypot(c - a, d - b)
        head = min(HEAD, length / 2)
        turn = math.atan2(d - b, c - a)
        barbs = "".join(
            f"M{_px(c - head * math.cos(turn + s))},"
            f"{_px(d - head * math.sin(turn + s))}L{_px(c)},{_px(d)}"
            for s in (-0.45, 0.45)
        )
        path = f"M{_px(a)},{_px(b)}L{_px(c)},{_px(d)}{barbs}"
        self._shape("line", path, look)

    def dot(self, x: float, y: float, look: str, drags: str = "") -> None:
        """A dot; one that drags a parameter can be taken hold of."""
        cx, cy = self.at(x, y)
        given = {
            "class": f"dot {look}{' handle' if drags else ''}",
            "cx": _px(cx),
            "cy": _px(cy),
            "r": "7" if drags else "4.5",
        }
        if drags:
            given["data-drags"] = drags
        self.nodes.append(Node("circle", given))

    def text(
        self, x: float, y: float, words: str, look: str, anchor: str = "start"
    ) -> None:
        """Words at a point; `anchor` is start, middle or end."""
        across, down = self.at(x, y)
        self.words.append(_words(across, down, words, f"label {look}", anchor))

    def markup(self, name: str) -> str:
        """The panel as it stands in the page; `name` is its own there."""
        box = (
            f'x="{LEFT - EDGE}" y="{TOP - EDGE}" '
            f'width="{WIDTH - LEFT - RIGHT + 2 * EDGE}" '
            f'height="{_px(self.height - TOP - BOTTOM + 2 * EDGE)}"'
        )
        axes = "".join(n.markup() for n in self._axes())
        shapes = "".join(n.markup() for n in self.nodes)
        words = "".join(n.markup() for n in self.words)
        return (
            f'<svg viewBox="0 0 {WIDTH} {_px(self.height)}" '
            f'width="{WIDTH}" height="{_px(self.height)}" '
            f'fill="currentColor" aria-hidden="true">'
            f'<clipPath id="{name}"><rect {box}/></clipPath>{axes}'
            f'<g clip-path="url(#{name})">{shapes}</g>{words}</svg>'
        )

    def _shape(self, kind: str, path: str, look: str) -> None:
        given = {"class": f"{kind} {look}", "d": path}
        given["stroke"] = "currentColor"
        given["fill" if kind == "line" else "fill-opacity"] = (
            "none" if kind == "line" else "0.18"
        )
        self.nodes.append(Node("path", given))

    def _path(self, x: Iterable[float], y: Iterable[float]) -> str:
        points = [self._exactly(a, b) for a, b in zip(x, y, strict=True)]
        if len(points) == 2:
            points = [_inside(*points), _inside(*points[::-1])]
        points = [(_near(a), _near(b)) for a, b in points]
        return "M" + "L".join(f"{_px(a)},{_px(b)}" for a, b in points)

    def _axes(self) -> list[Node]:
        left, right = LEFT, WIDTH - RIGHT
        low, high = self.height - BOTTOM, TOP
        grid, marks = "", []
        for value, shown in _ticks(self.x, log=self.xlog):
            across, _ = self.at(value, self.y[0])
            grid += f"M{_px(across)},{_px(low)}V{_px(high)}"
            marks.append(_words(across, low + 16, shown, "tick x", "middle"))
        for value, shown in _ticks(self.y, log=self.ylog):
            _, down = self.at(self.x[0], value)
            grid += f"M{_px(left)},{_px(down)}H{_px(right)}"
            marks.append(_words(left - 6, down + 4, shown, "tick y", "end"))
        middle = (left + right) / 2
        for_x = _words(middle, low + 34, self.xlabel, "name", "middle")
        for_y = _words(4, 14, self.ylabel, "name", "start")
        stroke = {"fill": "none", "stroke": "currentColor"}
        frame = f"M{left},{_px(high)}V{_px(low)}H{right}"
        return [
            Node("path", {"class": "grid", "d": grid, **stroke}),
            Node("path", {"class": "frame", "d": frame, **stroke}),
            *marks,
            for_x,
            for_y,
        ]


class Drawing:
    """Panels side by side; below each other where a page is narrow."""

    def __init__(self) -> None:
        self.panels: list[Panel] = []

    def panel(self, **given: Any) -> Panel:
        """A further panel; see `Panel` for what it takes."""
        self.panels.append(Panel(**given))
        return self.panels[-1]

    @property
    def nodes(self) -> list[Node]:
        """All nodes, in an order that is the same in every state."""
        return [n for p in self.panels for n in (*p.nodes, *p.words)]

    @property
    def frames(self) -> list[tuple[Any, ...]]:
        """What must be the same in every state."""
        return [
            (p.x, p.y, p.xlabel, p.ylabel, p.xlog, p.ylog, p.height)
            for p in self.panels
        ]

    def markup(self, name: str) -> str:
        """All panels as they stand in the page."""
        numbered = zip(count(1), self.panels)
        return "".join(p.markup(f"clip-{name}-{n}") for n, p in numbered)


def _words(x: float, y: float, words: str, look: str, anchor: str) -> Node:
    given = {"class": look, "x": _px(x), "y": _px(y), "text-anchor": anchor}
    return Node("text", given, words)


def _share(value: float, ends: tuple[float, float], *, log: bool) -> float:
    scale: Callable[[float], float] = math.log10 if log else float
    low, high = map(scale, ends)
    if log and value <= 0:
        return -math.inf
    return (scale(value) - low) / (high - low)


def _near(pixels: float) -> float:
    return max(-FAR, min(FAR, pixels))


def _inside(
    end: tuple[float, float], other: tuple[float, float]
) -> tuple[float, float]:
    """The end of a line, moved along it until it is not far."""
    for i in (0, 1):
        if abs(end[i]) > FAR and math.isfinite(end[i]):
            near = math.copysign(FAR, end[i])
            if end[i] == other[i] or (near - other[i]) * (end[i] - near) < 0:
                continue  # all of the line is far
            t = (near - other[i]) / (end[i] - other[i])
            a, b = (o + t * (e - o) for e, o in zip(end, other, strict=True))
            end = (a, b)
    return end


def _px(value: float) -> str:
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def _ticks(ends: tuple[float, float], *, log: bool) -> list[tuple[float, str]]:
    low, high = ends
    if log:
        first, last = math.ceil(math.log10(low)), math.floor(math.log10(high))
        step = math.ceil((last - first + 1) / TICKS)
        return [(10.0**k, _power(k)) for k in range(last, first - 1, -step)][
            ::-1
        ]
    step = _step((high - low) / TICKS)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [
        (k * step, f"{k * step:g}".replace("-", "−"))
        for k in range(first, last + 1)
    ]


def _step(least: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is not below."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= least)


def _power(k: int) -> str:
    return f"{10**k}" if 0 <= k < 4 else f"10{str(k).translate(RAISED)}"
