"""Outlines of countries and territories, from Natural Earth (public domain): `outlines.tsv.gz`."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files
from itertools import accumulate

from msgspec import Struct

Ring = tuple[tuple[float, float], ...]  # longitude, latitude; closed


class Outline(Struct, frozen=True, kw_only=True):
    """A country: ISO 3166-1 alpha-3 (empty where there is none), a name, its middle, and its coasts and borders.

    Longitudes go on beyond the date line, so that no ring leaps across the map.
    """

    country: str
    name: str
    lon: float
    lat: float
    rings: tuple[Ring, ...]


@cache
def outlines() -> tuple[Outline, ...]:
    """All of them.

    >>> next(o.name for o in outlines() if o.country == "EGY")
    'Egypt'
    """
    text = gzip.decompress(files("dragoman.knowledge").joinpath("outlines.tsv.gz").read_bytes()).decode()
    return tuple(_outline(line) for line in text.splitlines() if not line.startswith("#"))


@cache
def middles() -> dict[str, tuple[float, float]]:
    """Longitude and latitude of the middle of each country, by its code."""
    return {o.country: (o.lon, o.lat) for o in outlines() if o.country}


def _outline(line: str) -> Outline:
    country, name, lon, lat, rings = line.split("\t")
    return Outline(country=country, name=name, lon=float(lon), lat=float(lat),
                   rings=tuple(_ring(ring) for ring in rings.split("|")))  # fmt: skip


def _ring(steps: str) -> Ring:
    numbers = list(map(int, steps.split()))
    return tuple(zip((x / 100 for x in accumulate(numbers[::2])), (y / 100 for y in accumulate(numbers[1::2]))))
