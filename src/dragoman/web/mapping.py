"""The map, drawn: outlines cut to a frame, a circle for each place, labels where there is room; pure geometry."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from dragoman.knowledge.outlines import Ring, outlines
from dragoman.tell.places import Places, Spot
from dragoman.web.frames import WIDTH, WORLD, Frame, around, fitting

Zoom = Literal["", "near", "world"]
LETTER, NARROW_LETTER = 6.6, 15.0  # width of a letter of a label; on a phone, where the whole map is small
NARROW_MOST = 7  # labels that a phone shows
NEAR = 7.0  # degrees across, around one place
FEW = 12  # events that make the largest circle where no place has more
SIZES = (7.0, 9.0, 12.0, 16.0, 21.0, 27.0)  # radii; the style sheet has the larger ones of phones
NARROW_SIZES = (16.0, 18.0, 21.0, 26.0, 34.0, 43.0)


class Land(Struct, frozen=True, kw_only=True):
    """A country's outline as a path; the name stands where there is room for it."""

    path: str
    country: str
    name: str
    x: float
    y: float
    labelled: bool


class Label(Struct, frozen=True):
    """A name beside a circle."""

    text: str
    x: float
    y: float
    anchor: str


class Circle(Struct, frozen=True, kw_only=True):
    """A place: a circle for all its events; `size` picks its radius, `share` of its area is what happened."""

    spot: Spot
    x: float
    y: float
    size: int
    radius: float
    inner: float
    label: Label | None
    narrow: Label | None  # on a phone


class MapDrawing(Struct, frozen=True, kw_only=True):
    """The map, drawn; `outside` are places beyond its frame, `hatched` countries of which no more is told than that."""

    width: float
    height: float
    lands: tuple[Land, ...]
    circles: tuple[Circle, ...]
    outside: tuple[Spot, ...]
    unknown: tuple[Spot, ...]
    hatched: frozenset[str]


def draw_map(told: Places, *, zoom: Zoom = "", chosen: str = "") -> MapDrawing:
    """The places of some events on the outlines of countries."""
    known = [s for s in told.spots if s.lat is not None]
    centre = next((s for s in known if s.key == chosen), None)
    frame = (
        WORLD
        if zoom == "world" or not known
        else around([centre], NEAR)
        if zoom == "near" and centre
        else fitting(known)
    )
    shown = [s for s in known if frame.holds(s)]
    circles = _circles(shown, frame)
    taken = [box for c in circles for box in _boxes(c)]
    return MapDrawing(
        width=WIDTH, height=round(frame.height, 1), lands=tuple(_named(_lands(frame), taken)), circles=tuple(circles),
        outside=tuple(s for s in known if not frame.holds(s)), unknown=tuple(s for s in told.spots if s.lat is None),
        hatched=frozenset(s.key for s in shown if s.level == "country"),
    )  # fmt: skip


# --- outlines ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _lands(frame: Frame) -> tuple[Land, ...]:
    """The countries in a frame, cut at its edges."""
    found = []
    for outline in outlines():
        parts = [part for ring in outline.rings for part in _cut(ring, frame)]
        path = "".join(_path(part, frame) for part in parts)
        if path:
            x, y = frame.at(outline.lon, outline.lat)
            widest = max((max(p[0] for p in part) - min(p[0] for p in part) for part in parts), default=0.0)
            room = widest * frame.flat * frame.scale > len(outline.name) * LETTER * 1.3
            found.append(Land(path=path, country=outline.country, name=outline.name, x=round(x, 1), y=round(y, 1),
                              labelled=room and 0 < x < WIDTH and 14 < y < frame.height - 6))  # fmt: skip
    return tuple(found)


def _cut(ring: Ring, frame: Frame) -> Iterator[list[tuple[float, float]]]:
    """A ring within a frame, wherever a turn around the world brings it there (Sutherland and Hodgman 1974)."""
    lons, lats = [p[0] for p in ring], [p[1] for p in ring]
    if max(lats) < frame.south or min(lats) > frame.north:
        return
    for turn in (-360.0, 0.0, 360.0):
        if max(lons) + turn < frame.west or min(lons) + turn > frame.east:
            continue
        part = [(lon + turn, lat) for lon, lat in ring]
        for axis, edge, sign in ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1)):
            part = list(_side(part, axis, edge, sign))
        if len(part) > 2:
            yield part


def _side(ring: list[tuple[float, float]], axis: int, edge: float, sign: int) -> Iterator[tuple[float, float]]:
    """What of a ring lies on one side of an edge."""
    for a, b in zip(ring[-1:] + ring[:-1], ring):
        before, now = (a[axis] - edge) * sign >= 0, (b[axis] - edge) * sign >= 0
        if before != now:
            share = (edge - a[axis]) / (b[axis] - a[axis])
            yield a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        if now:
            yield b


def _path(part: list[tuple[float, float]], frame: Frame) -> str:
    """A ring as a path, in tenths of a unit, without points that nobody could tell apart."""
    scale = frame.scale
    kept: list[tuple[float, float]] = []
    for lon, lat in part:
        x, y = (lon - frame.west) * frame.flat * scale, (frame.north - lat) * scale
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) > 1.4:
            kept.append((x, y))
    return "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in kept) + "z" if len(kept) > 2 else ""


def _named(lands: Iterable[Land], taken: list[Box]) -> Iterator[Land]:
    """The lands, named where no circle or other name stands already."""
    boxes = list(taken)
    for land in sorted(lands, key=lambda one: -len(one.path)):
        half = len(land.name) * LETTER * 0.62
        box = (land.x - half, land.y - 12, land.x + half, land.y + 4)
        free = land.labelled and box[0] > 0 and box[2] < WIDTH and not any(_meet(box, other) for other in boxes)
        boxes += [box] if free else []
        yield land if free == land.labelled else Land(path=land.path, country=land.country, name=land.name, x=land.x,
                                                      y=land.y, labelled=free)  # fmt: skip


# --- circles and labels --------------------------------------------------------------------------------------------

Box = tuple[float, float, float, float]


def _circles(spots: Sequence[Spot], frame: Frame) -> list[Circle]:
    most = max((FEW, *(s.events for s in spots)))
    rough: list[tuple[Spot, float, float, int]] = []
    for spot in spots:
        share = math.sqrt(spot.events / most)
        size = min(len(SIZES) - 1, int(share * len(SIZES)))
        x, y = frame.at(spot.lon or 0.0, spot.lat or 0.0)
        rough.append((spot, x, y, size))
    wide = _labels([(s, x, y, SIZES[n]) for s, x, y, n in rough], frame, LETTER, 15.0)
    narrow = _labels([(s, x, y, NARROW_SIZES[n]) for s, x, y, n in rough[:NARROW_MOST]], frame, NARROW_LETTER, 34.0)
    return [
        Circle(spot=s, x=round(x, 1), y=round(y, 1), size=n, radius=SIZES[n], label=wide.get(s.key),
               inner=round(SIZES[n] * math.sqrt(s.happened / s.events), 1), narrow=narrow.get(s.key))
        for s, x, y, n in rough
    ]  # fmt: skip


def _labels(
    circles: Sequence[tuple[Spot, float, float, float]], frame: Frame, letter: float, line: float
) -> dict[str, Label]:
    """Names beside the circles, the busiest first: right, left, below or above, or none where all are taken."""
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for _, x, y, r in circles]
    found = {}
    for spot, x, y, r in circles:
        text = f"{spot.name} {spot.events}"
        wide, drop = len(text) * letter, line * 0.3
        tries = (("start", x + r + 4, y + drop), ("end", x - r - 4, y + drop),
                 ("middle", x, y + r + line * 0.85), ("middle", x, y - r - 4))  # fmt: skip
        for anchor, at, base in tries:
            left = at - {"start": 0.0, "end": wide, "middle": wide / 2}[anchor]
            box = (left, base - line * 0.8, left + wide, base + line * 0.2)
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= frame.height
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                found[spot.key] = Label(spot.name, round(at, 1), round(base, 1), anchor)
                break
    return found


def _boxes(circle: Circle) -> Iterator[Box]:
    r = circle.radius
    yield circle.x - r, circle.y - r, circle.x + r, circle.y + r
    if label := circle.label:
        wide = (len(label.text) + 4) * LETTER
        left = label.x - {"start": 0.0, "end": wide, "middle": wide / 2}[label.anchor]
        yield left, label.y - 12, left + wide, label.y + 3


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
