"""Where things stand in a drawing: pure geometry, in the units of an SVG's view box; the templates draw it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence

from msgspec import Struct

from dragoman.tell.sources import Link, Node, Sources
from dragoman.tell.stances import Grid
from dragoman.tell.timeline import Item, Timeline
from dragoman.tell.words import shorten

LETTER = 6.4  # width of a letter of a label, on average
ROW, LEFT, WIDTH = 26, 130, 1200


class Bar(Struct, frozen=True, kw_only=True):
    """An item as a bar, or a deadline as a diamond, with its label."""

    item: Item
    x: float
    y: float
    width: float
    label: str
    label_x: float
    anchor: str


class Lane(Struct, frozen=True):
    """A lane of the timeline."""

    name: str
    y: float
    height: float


class Tick(Struct, frozen=True):
    """A day on the axis; of a week, month or year its first and last day."""

    x: float
    label: str
    since: str = ""
    until: str = ""


class TimeDrawing(Struct, frozen=True, kw_only=True):
    """The timeline, drawn."""

    width: float
    height: float
    left: float
    bars: tuple[Bar, ...]
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    today: float | None


def draw_timeline(told: Timeline) -> TimeDrawing:
    """Bars packed into rows so that no label runs into the next bar."""
    first, last = _day(told.since), _day(told.until)
    span = max(1, (last - first).days + 1)
    span += max(1, span // 10)  # room for the labels of the last days

    def across(day: dt.date) -> float:
        return LEFT + (WIDTH - LEFT - 20) * min(max((day - first).days, 0), span) / span

    bars, lanes, y = [], [], 34.0
    for name in told.lanes:
        ends: list[float] = []  # right end of each row
        for item in (i for i in told.items if i.lane == name):
            start, end = across(_day(item.start)), across(_day(item.end) + dt.timedelta(days=1))
            label = shorten(item.text, 58)
            room = len(label) * LETTER + 14
            right, left = end + room < WIDTH, start - room > LEFT
            x0, x1 = (start, end + room) if right else (start - room if left else start, end)
            row = next((n for n, taken in enumerate(ends) if taken < x0), len(ends))
            ends[row : row + 1] = [x1]
            at = y + 6 + row * ROW
            bars.append(
                Bar(item=item, x=start, y=at, width=max(7.0, end - start), label=label,
                    anchor="end" if left and not right else "start",
                    label_x=max(end, start + 7) + 6 if right else start - 6 if left else start + 6)
            )  # fmt: skip
        height = max(1, len(ends)) * ROW + 10
        lanes.append(Lane(name, y, height))
        y += height
    today = _day(told.today) if told.today else None
    return TimeDrawing(
        width=WIDTH, height=y + 8, left=LEFT, bars=tuple(bars), lanes=tuple(lanes), ticks=_ticks(first, span, across),
        today=across(today + dt.timedelta(days=1)) if today and first <= today <= last + dt.timedelta(days=1) else None,
    )  # fmt: skip


def _day(iso: str | None) -> dt.date:
    """A day given whole, as a month or as a year; the first of what is not given."""
    parts = [int(part) for part in (iso or "2000-01-01")[:10].split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    try:
        return dt.date(max(1, min(year, 9998)), month, day)
    except ValueError:
        return dt.date(max(1, min(year, 9998)), 12, 31)


def _ticks(first: dt.date, span: int, across: Callable[[dt.date], float]) -> tuple[Tick, ...]:
    """Days, weeks, months or years, as many as there is room for."""
    if span <= 16:
        days = [first + dt.timedelta(days=n) for n in range(span)]
        return tuple(Tick(across(day), f"{day.day} {day:%b}") for day in days)
    if span <= 70:
        found = [first + dt.timedelta(days=n) for n in range(0, span, 7)]
        name = "{0.day} {0:%b}"
    elif span > 366 * 6:
        step = math.ceil(span / 365 / 12)
        found = [dt.date(year, 1, 1) for year in range(first.year, first.year + span // 365 + 1, step)]
        name = "{0.year}"
    else:
        step = math.ceil(span / 30.4 / 12)
        found = [dt.date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
                 for n in range(0, span // 28 + 1, step)]  # fmt: skip
        name = "{0:%b %Y}"
    found = [day for day in found if day >= first]
    ends = [*(day - dt.timedelta(days=1) for day in found[1:]), first + dt.timedelta(days=span)]
    return tuple(Tick(across(day), name.format(day), str(day), str(end)) for day, end in zip(found, ends))


class Point(Struct, frozen=True, kw_only=True):
    """A node of a network."""

    key: str
    name: str
    x: float
    y: float
    kind: str = ""
    count: int = 0
    actor: str | None = None


class Line(Struct, frozen=True, kw_only=True):
    """An edge of a network."""

    path: str
    kind: str
    width: float
    hint: str


class Network(Struct, frozen=True, kw_only=True):
    """A network, drawn."""

    width: float
    height: float
    points: tuple[Point, ...]
    lines: tuple[Line, ...]


def draw_stances(told: Grid) -> Network:
    """Actors on an ellipse, neighbours in stance near each other; an arrow for each latest stance."""
    names = dict([*told.rows, *told.columns])
    ordered = _near(list(names), [(s.actor, s.toward) for s in told.squares])
    width, height = 1000.0, max(360.0, 26.0 * len(ordered))
    places = {}
    for n, key in enumerate(ordered):
        angle = 2 * math.pi * n / max(1, len(ordered)) - math.pi / 2
        places[key] = (width / 2 + 300 * math.cos(angle), height / 2 + (height / 2 - 34) * math.sin(angle))
    lines = []
    for square in told.squares:
        (x0, y0), (x1, y1) = places[square.actor], places[square.toward]
        bend = 0.18
        mx, my = (x0 + x1) / 2 + (y1 - y0) * bend * 0.4, (y0 + y1) / 2 - (x1 - x0) * bend * 0.4
        mx, my = mx + (width / 2 - mx) * bend, my + (height / 2 - my) * bend
        hint = f"{names[square.actor]} {square.latest.stance} {names[square.toward]}"
        path = f"M{x0:.1f} {y0:.1f}Q{mx:.1f} {my:.1f} {x1:.1f} {y1:.1f}"
        lines.append(Line(path=path, kind=square.latest.stance, width=1.6, hint=hint))
    points = tuple(Point(key=k, name=shorten(names[k], 28), x=x, y=y) for k, (x, y) in places.items())
    return Network(width=width, height=height, points=points, lines=tuple(lines))


def _near(keys: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[str]:
    """An order in which those who have to do with each other follow one another: a walk over the edges."""
    beside: dict[str, list[str]] = {key: [] for key in keys}
    for one, other in pairs:
        beside[one].append(other)
        beside[other].append(one)
    found: list[str] = []
    for start in sorted(keys, key=lambda k: (-len(beside[k]), k)):
        todo = [start]
        while todo:
            at = todo.pop()
            if at not in found:
                found.append(at)
                todo += sorted(beside[at], key=lambda k: (len(beside[k]), k))
    return found


def draw_sources(told: Sources) -> Network:
    """Outlets on the left, and each source to the right of those that name it; lines as wide as often told."""
    depths = max((node.depth for node in told.nodes), default=0)
    step = 1000 / (depths + 1)
    by_depth: dict[int, list[Node]] = {}
    for node in told.nodes:
        by_depth.setdefault(node.depth, []).append(node)
    tallest = max((len(nodes) for nodes in by_depth.values()), default=1)
    height = max(160.0, tallest * 34.0 + 20)
    points = {}
    for depth, nodes in by_depth.items():
        gap = height / (len(nodes) + 1)
        for n, node in enumerate(nodes, 1):
            points[node.key] = Point(key=node.key, name=shorten(node.name, 34), x=14 + depth * step, y=n * gap,
                                     kind=node.kind, count=node.count, actor=node.actor)  # fmt: skip
    lines = [_flow(points, link) for link in told.links]
    return Network(width=1000 + 120, height=height, points=tuple(points.values()), lines=tuple(lines))


def _flow(points: dict[str, Point], link: Link) -> Line:
    a, b = points[link.above], points[link.below]
    end = a.x + 30 + len(a.name) * LETTER * 1.08  # of its label, with the count
    start = end if end < b.x - 40 else a.x + 8
    middle = (start + b.x) / 2
    path = f"M{start:.1f} {a.y:.1f}C{middle:.1f} {a.y:.1f} {middle:.1f} {b.y:.1f} {b.x - 9:.1f} {b.y:.1f}"
    hint = f"{a.name} has it from {b.name}: {', '.join(link.marks)}"
    return Line(path=path, kind=b.kind, width=min(9.0, 1.2 + link.count * 0.9), hint=hint)
