"""Where events took place: each place with how much is told of it, and how exactly it is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from dragoman.knowledge.outlines import middles
from dragoman.knowledge.tables import rows
from dragoman.knowledge.world import Country
from dragoman.records import Place
from dragoman.tell.lines import Line
from dragoman.tell.view import View
from dragoman.tell.words import plain

Level = Literal["place", "region", "country", "unknown"]  # how exactly it is known
NOT_SAID = frozenset({"future", "hypothetical", "negation"})  # to have happened


class Spot(Struct, frozen=True, kw_only=True):
    """A place. Of a country `lat` and `lon` are its middle; a place that no table knows has none."""

    key: str
    name: str
    country: str
    level: Level
    lat: float | None
    lon: float | None
    happened: int = 0  # events
    others: int = 0  # that are planned, feared or denied
    disputed: int = 0  # of either, where accounts differ about the place

    @property
    def events(self) -> int:
        return self.happened + self.others


class Places(Struct, frozen=True, kw_only=True):
    """The places of some events, those with most first; `unplaced` events are said to be nowhere."""

    spots: tuple[Spot, ...]
    unplaced: int


def places(view: View, lines: Iterable[Line], known: dict[str, Spot]) -> Places:
    """The places of these lines; `known` holds the place of each event, as `spots_of` gives it."""
    counted: dict[str, list[int]] = {}
    spots: dict[str, Spot] = {}
    unplaced = 0
    for line in lines:
        spot = known.get(line.id)
        if spot is None:
            unplaced += 1
            continue
        event = view.events[line.id]
        count = counted.setdefault(spot.key, [0, 0, 0])
        count[not NOT_SAID.isdisjoint(event.auxiliary)] += 1
        count[2] += any(d.slot == "place" for d in event.differences)
        spots[spot.key] = spot
    found = [_counted(spots[key], *count) for key, count in counted.items()]
    return Places(spots=tuple(sorted(found, key=lambda s: (-s.events, s.name, s.key))), unplaced=unplaced)


def spots_of(view: View) -> dict[str, Spot]:
    """The place of each event that has one, by the event's id."""
    names = {country.iso3: country.name for country in rows("countries.tsv", Country)}
    return {e.id: _spot(e.place, names) for e in view.dossier.events if e.place}


def _counted(spot: Spot, happened: int, others: int, disputed: int) -> Spot:
    return Spot(key=spot.key, name=spot.name, country=spot.country, level=spot.level, lat=spot.lat, lon=spot.lon,
                happened=happened, others=others, disputed=disputed)  # fmt: skip


def _spot(place: Place, names: dict[str, str]) -> Spot:
    name, code = plain(place.name or place.text), place.country or ""
    country = names.get(code, "")
    level: Level = "unknown"
    lat, lon = place.lat, place.lon
    if lat is not None and lon is not None:
        level = "place" if place.geonames else "region"
    elif code in middles():
        level, (lon, lat) = "country", middles()[code]
        name = country or name
    key = f"{place.geonames}" if place.geonames else code if level == "country" else f"{code}-{name.casefold()}"
    return Spot(key=key, name=name, country="" if level == "country" else country, level=level, lat=lat, lon=lon)
