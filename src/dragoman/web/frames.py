"""Which part of the world a map shows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from dragoman.tell.places import Spot

WIDTH = 1000.0
LEAST = 9.0  # degrees across
RIM = 0.05  # share of events that may be left out in each direction
GAIN = 0.5  # what the frame must shrink to for it


class Frame(Struct, frozen=True):
    """What of the world is shown, in degrees; `flat` is how much shorter a degree of longitude is drawn."""

    west: float
    south: float
    east: float
    north: float
    flat: float

    @property
    def scale(self) -> float:
        return WIDTH / ((self.east - self.west) * self.flat)

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.scale

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point stands in the drawing, its longitude turned until it lies in the frame."""
        lon = self.west + (lon - self.west) % 360
        return (lon - self.west) * self.flat * self.scale, (self.north - lat) * self.scale

    def holds(self, spot: Spot) -> bool:
        if spot.lon is None or spot.lat is None:
            return False
        x, y = self.at(spot.lon, spot.lat)
        return 0 <= x <= WIDTH and 0 <= y <= self.height


WORLD = Frame(-169.0, -60.0, 191.0, 79.0, 0.87)


def fitting(spots: Sequence[Spot]) -> Frame:
    """A frame around the places, but for far ones of few events."""
    lons, lats = _longitudes(spots), {s.key: s.lat or 0.0 for s in spots}
    far = {s.key for where in (lons, lats) for s in _rim(spots, where)}
    whole = around(spots)
    near = around([s for s in spots if s.key not in far] or spots)
    return near if _across(near) <= GAIN * _across(whole) else whole


def _rim(spots: Sequence[Spot], where: Mapping[str, float]) -> Iterator[Spot]:
    """The places at either end of longitudes or latitudes that have few of the events."""
    ordered = sorted(spots, key=lambda s: where[s.key])
    for way in (ordered, ordered[::-1]):
        left = RIM * sum(s.events for s in spots)
        for spot in way:
            left -= spot.events
            if left < 0:
                break
            yield spot


def _across(frame: Frame) -> float:
    return (frame.east - frame.west) * frame.flat


def _longitudes(spots: Sequence[Spot]) -> dict[str, float]:
    """Longitudes from the widest gap on, so that places on both sides of the date line stand together."""
    ordered = sorted(spots, key=lambda s: s.lon or 0.0)
    turns = [s.lon or 0.0 for s in ordered]
    gaps = [(b - a, n) for n, (a, b) in enumerate(pairwise(turns), 1)]
    _, first = max([*gaps, (turns[0] + 360 - turns[-1], 0)], key=lambda g: (g[0], -g[1]))
    return {s.key: turn + (360 if n < first else 0) for n, (s, turn) in enumerate(zip(ordered, turns))}


def around(spots: Sequence[Spot], least: float = LEAST) -> Frame:
    """A frame with some room around these places, neither too flat nor too tall."""
    lons, lats = list(_longitudes(spots).values()), [s.lat or 0.0 for s in spots]
    mid_lon, mid_lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    flat = math.cos(math.radians(max(-65.0, min(65.0, mid_lat))))
    wide, tall = (max(lons) - min(lons)) * flat * 1.3, (max(lats) - min(lats)) * 1.35
    wide = max(wide, tall / 0.72, least)
    tall = max(tall, wide * 0.5)
    if wide / flat >= 300:
        return WORLD
    half = wide / flat / 2
    return Frame(mid_lon - half, max(-88.0, mid_lat - tall / 2), mid_lon + half, min(88.0, mid_lat + tall / 2), flat)
