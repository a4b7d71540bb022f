"""`python -m bench.scale [COUNT…]`: what `dragoman run` costs as the input grows, and the exponent of that growth.

The reports are the examples told again about other people on other days (`bench.many`), in JSON lines. For each count:
the processor's seconds of the map (all workers together, and without their start, which one report costs alone), of
reading the parts back and reconciling them, and the bytes of the parts. Cost is fitted as a * count ** exponent by
least squares on logarithms. `--map-only` and `--no-map` leave the other half out; the latter writes the parts from
readings made beforehand, so that no model runs. `--picture FILE` draws both as SVG.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.__main__ import machine
from bench.many import many
from dragoman.knowledge import Knowledge
from dragoman.read import model_version
from dragoman.scale.gathering import gathered, lay_out
from dragoman.scale.local import Local, cores
from dragoman.scale.loop import run
from dragoman.scale.order import PARTS, Order, begin
from dragoman.scale.schema import Row, write
from dragoman.scale.shards import Shard, plan
from dragoman.scale.slices import Asking
from dragoman.store import version_of

COUNTS = (100, 300, 1000)
A_PART = 500  # reports


def order(out: Path) -> Order:
    knowledge, model = Knowledge(), model_version()
    return Order(out=str(out), asking=Asking(limit=5_000_000), model=model, version=version_of(model, knowledge),
                 coded_by=f"plover {knowledge.digest}")  # fmt: skip


def told(count: int, folder: Path) -> Path:
    """`count` reports as JSON lines."""
    path = folder / f"{count}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for report, _ in many(count):
            row = {"text": report.text, "title": report.title, "date": report.published, "source": report.outlet}
            file.write(json.dumps(row) + "\n")
    return path


def mapped(count: int, folder: Path, workers: int) -> dict[str, float]:
    """Seconds of the map."""
    given = order(folder / f"map-{count}")
    shards = plan([str(told(count, folder))])
    begin(given, shards)
    before, started = spent(), time.monotonic()
    result = run(given, shards, Local(workers), told=lambda done, shard: None)
    assert not result.lost, result.lost
    assert sum(done.reports for done in result.done) == count
    size = sum(path.stat().st_size for path in (folder / f"map-{count}" / PARTS).iterdir())
    return {
        "map_cpu_seconds": round(spent() - before, 2),
        "map_wall_seconds": round(time.monotonic() - started, 1),
        "in_shards": round(sum(done.seconds for done in result.done), 1),
        "part_bytes_per_report": round(size / count),
        "mb_of_the_largest_worker": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    }


def spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def together(count: int, folder: Path) -> dict[str, float]:
    """Seconds of reading parts and reconciling them, and of writing the tables; in a process of its own."""
    given = order(folder / f"reconcile-{count}")
    shards, reports = [], many(count)
    while rows := list(islice(reports, A_PART)):
        name = f"part-{len(shards):05}"
        shards.append(Shard(name=name, cut="files", files=()))
        with given.folder.written(PARTS, f"{name}.parquet") as file:
            write([Row.of(a, b, aside=(), model="", ontology="") for a, b in rows], Row, file)
    begin(given, shards)
    read, write_end = os.pipe()
    if os.fork() == 0:
        begun = time.process_time()
        dossier = gathered(given)
        done = time.process_time()
        lay_out(given, dossier)
        figures = {
            "mentions": len(dossier.mentions),
            "events": len(dossier.events),
            "reconcile_cpu_seconds": round(done - begun, 2),
            "tables_cpu_seconds": round(time.process_time() - done, 2),
            "reconcile_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
        os.write(write_end, json.dumps(figures).encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read) as answer:
        found: dict[str, float] = json.loads(answer.read())
    os.wait()
    return found


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The exponent of a growth, by least squares on logarithms.

    >>> exponent([(10, 3), (100, 30), (1000, 300)])
    1.0
    """
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mx, my = (sum(v) / len(logs) for v in zip(*logs))
    return round(sum((x - mx) * (y - my) for x, y in logs) / sum((x - mx) ** 2 for x, _ in logs), 3)


def drawn(rows: Sequence[dict[str, Any]], lines: dict[str, float]) -> str:
    """Both growths on logarithmic axes, as SVG."""
    points = {key: [(row["reports"], row[key]) for row in rows if row.get(key)] for key in lines}
    xs = [x for some in points.values() for x, _ in some]
    ys = [y for some in points.values() for _, y in some]
    low, high = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
    left, right = math.log10(min(xs)), math.log10(max(xs))

    def at(x: float, y: float) -> tuple[float, float]:
        return (60 + 400 * (math.log10(x) - left) / (right - left or 1),
                250 - 220 * (math.log10(y) - low) / (high - low or 1))  # fmt: skip

    parts = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 300" font-family="sans-serif" font-size="12">',
             '<rect width="620" height="300" fill="#fff"/>']  # fmt: skip
    for power in range(low, high + 1):
        y = at(min(xs), 10**power)[1]
        parts.append(f'<path d="M60 {y:.0f}H460" stroke="#ddd"/><text x="54" y="{y + 4:.0f}" text-anchor="end">'
                     f"{10**power:g} s</text>")  # fmt: skip
    for x in sorted(set(xs)):
        parts.append(f'<text x="{at(x, 10**low)[0]:.0f}" y="270" text-anchor="middle">{x:,.0f}</text>')
    parts.append('<text x="260" y="292" text-anchor="middle">reports</text>')
    for (key, some), colour in zip(points.items(), ("#1b6ca8", "#b5541c")):
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y in (at(*point) for point in some))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{at(*p)[0]:.0f}" cy="{at(*p)[1]:.0f}" r="3.5" fill="{colour}"/>' for p in some]
        x, y = at(*some[-1])
        name = "map" if key.startswith("map") else "reconcile"
        parts.append(f'<text x="{x + 8:.0f}" y="{y + 4:.0f}" fill="{colour}">{name}: n^{lines[key]:g}</text>')
    return "\n".join([*parts, "</svg>\n"])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description="What a run costs as its input grows.")
    parser.add_argument("counts", nargs="*", type=int, default=COUNTS)
    parser.add_argument("--workers", type=int, default=cores())
    parser.add_argument("--map-only", action="store_true")
    parser.add_argument("--no-map", action="store_true")
    parser.add_argument("--picture", type=Path)
    given = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        for count in given.counts or COUNTS:
            row: dict[str, Any] = {"reports": count}
            if not given.no_map:
                start = rows[0]["start_cpu_seconds"] if rows else mapped(1, folder, given.workers)["map_cpu_seconds"]
                row |= {"start_cpu_seconds": start, **mapped(count, folder, given.workers)}
                row["map_seconds"] = round(row["map_cpu_seconds"] - start, 2)
            if not given.map_only:
                row |= together(count, folder)
            rows.append(row)
            print(json.dumps(row), flush=True)
    found = {
        key: exponent([(row["reports"], row[key]) for row in rows])
        for key in ("map_seconds", "reconcile_cpu_seconds") if key in rows[0] and len(rows) > 1
    }  # fmt: skip
    print(json.dumps({"machine": machine(), "workers": given.workers, "exponents": found}))
    if given.picture:
        given.picture.write_text(drawn(rows, found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
