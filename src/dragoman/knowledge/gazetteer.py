"""Populated places by name: GeoNames' cities of 5,000 people and more (CC BY 4.0), in `places.tsv.gz`.

A place's own name counts a hundred times what another's by-name does: York is York, but Mecca is not in California.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from msgspec import Struct

from dragoman.knowledge.tables import Source, rows
from dragoman.knowledge.world import atoms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HEAD = 3  # bytes of a name by which it is found in the table
BY_NAME = 0.01  # what a by-name counts against a place's own


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
    """Cities and regions by name, accents and hyphens aside; a user's own places come before both."""

    def __init__(self, own: Source | None = None) -> None:
        self._own = own
        self._found: dict[str, list[tuple[float, City]]] = {}

    @cached_property
    def table(self) -> bytes:
        """The whole table, in which each name stands between bars."""
        return gzip.decompress(files("dragoman.knowledge").joinpath("places.tsv.gz").read_bytes())

    @cached_property
    def _bars(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """What follows each bar of the table (three bytes as a number), in order, and where the bar is."""
        import numpy as np

        whole = np.frombuffer(self.table + bytes(HEAD), np.uint8)
        bars = np.flatnonzero(whole == ord("|"))
        heads = np.zeros(len(bars), np.int64)
        for n in range(1, HEAD + 1):
            heads = heads << 8 | whole[bars + n]
        order = np.argsort(heads)
        return heads[order], bars[order]

    @cached_property
    def regions(self) -> dict[tuple[str, ...], Region]:
        found: dict[tuple[str, ...], Region] = {}
        for row in rows("regions.tsv", Region, extra=(self._own,) if self._own else ()):
            for name in (row.name, *filter(None, row.aliases.split("|"))):
                found[atoms(name)] = row  # the user's own come last
        return found

    @cached_property
    def own(self) -> dict[tuple[str, ...], Region]:
        """The user's own places by name, as words."""
        shipped = set(rows("regions.tsv", Region)) if self._own else set()
        return {name: row for name, row in self.regions.items() if row not in shipped} if self._own else {}

    def region(self, name: str) -> Region | None:
        """The region, sea or continent of this name."""
        return self.regions.get(atoms(name.removeprefix("the "))) if name else None

    def known(self, name: str, country: str | None, *, least: int = 0) -> bool:
        """Whether a country has a city of this name with at least so many people."""
        return any(c.country == country and c.population >= least for c in self.find(name))

    def find(self, name: str) -> list[City]:
        """Cities of this name, accents and hyphens aside, the likeliest first."""
        key = " ".join(atoms(name))
        if key not in self._found:
            self._found[key] = sorted(self._search(f"|{key}|"), key=lambda c: (c[0], c[1].geonames)) if key else []
        return [city for _, city in self._found[key]]

    def _search(self, key: str) -> Iterator[tuple[float, City]]:
        """The rows that hold the name, each with its weight (the smaller the likelier)."""
        import numpy as np

        wanted, (heads, bars) = key.encode(), self._bars
        first, last = (int.from_bytes(wanted[1 : 1 + HEAD].ljust(HEAD, pad), "big") for pad in (b"\0", b"\xff"))
        for at in bars[np.searchsorted(heads, first) : np.searchsorted(heads, last, "right")].tolist():
            if self.table.startswith(wanted, at):
                start, end = self.table.rfind(b"\n", 0, at) + 1, self.table.find(b"\n", at)
                number, name, country, lat, lon, population, names = self.table[start:end].decode().split("\t")
                city = City(int(number), name, country, float(lat), float(lon), int(population))
                yield -city.population * (1 if names.startswith(key) else BY_NAME), city
