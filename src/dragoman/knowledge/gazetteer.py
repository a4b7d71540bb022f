"""Populated places by name: GeoNames' cities of 5,000 people and more (CC BY 4.0), in `places.tsv.gz`.

A place's own name counts a hundred times what another's by-name does: York is York, but Mecca is not in California.
"""

from __future__ import annotations

import gzip
from functools import cached_property
from importlib.resources import files

from msgspec import Struct

from dragoman.knowledge.tables import rows
from dragoman.knowledge.world import atoms


class City(Struct, frozen=True):
    """A populated place; `country` is ISO 3166-1 alpha-3."""

    geonames: int
    name: str
    country: str
    lat: float
    lon: float
    population: int


class Region(Struct, frozen=True, kw_only=True):
    """A row of `regions.tsv`."""

    name: str
    aliases: str = ""
    country: str = ""
    lat: float
    lon: float


class Gazetteer:
    """Cities by folded name; every name has its cities in order of population, the likeliest first."""

    @cached_property
    def names(self) -> dict[tuple[str, ...], list[City]]:
        found: dict[tuple[str, ...], list[tuple[float, City]]] = {}
        packed = files("dragoman.knowledge").joinpath("places.tsv.gz").read_bytes()
        for line in gzip.decompress(packed).decode().splitlines():
            if line.startswith("#"):
                continue
            number, name, country, lat, lon, population, others = line.split("\t")
            city = City(int(number), name, country, float(lat), float(lon), int(population))
            own = _key(name)
            for key in {_key(n): None for n in (name, *others.split("|")) if n}:
                found.setdefault(key, []).append((-city.population * (1 if key == own else 0.01), city))
        return {key: [city for _, city in sorted(cities, key=_order)] for key, cities in found.items()}

    @cached_property
    def regions(self) -> dict[tuple[str, ...], Region]:
        found: dict[tuple[str, ...], Region] = {}
        for row in rows("regions.tsv", Region):
            for name in (row.name, *row.aliases.split("|")):
                found.setdefault(atoms(name), row)
        return found

    def region(self, name: str) -> Region | None:
        """The region, sea or continent of this name."""
        return self.regions.get(atoms(name.removeprefix("the "))) if name else None

    def known(self, name: str, country: str | None, *, least: int = 0) -> bool:
        """Whether a country has a city of this name with at least so many people."""
        return any(c.country == country and c.population >= least for c in self.find(name))

    def find(self, name: str) -> list[City]:
        """Cities of this name, accents and hyphens aside, the likeliest first."""
        return self.names.get(atoms(name), [])


def _key(name: str) -> tuple[str, ...]:
    """`atoms`, quicker for the plain names that most are."""
    return tuple(name.split()) if name.isascii() and name.replace(" ", "").isalpha() else atoms(name)


def _order(weighed: tuple[float, City]) -> tuple[float, int]:
    return weighed[0], weighed[1].geonames
