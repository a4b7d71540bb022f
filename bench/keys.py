"""`python -m bench.keys [COUNT…]`: what it costs DuckDB to find the mentions that share a key, for synthetic keys.

A key stands for what was done, by or to whom, in which week. As many mentions come each day however many there are, so
that ten times as many span ten times as many days, as an archive does; who is told of is as uneven as in the news.
Counted are keys that several mentions share, and the pairs to be held against each other; a key of more than `--crowd`
mentions is held to its first so many.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from tempfile import TemporaryDirectory
from typing import Any

from bench.__main__ import machine
from bench.scale import exponent

COUNTS = (10**6, 10**7)
A_DAY = 100_000  # keys
ACTS, PARTIES = 400, 200_000


def grouped(count: int, *, crowd: int, memory: str) -> dict[str, Any]:
    """Seconds and sizes of writing `count` keys and grouping them."""
    import duckdb

    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{memory}'; SET temp_directory = '{folder}/spill'")
        connection.execute(
            f"""COPY (
                SELECT i AS mention,
                       hash((i // {7 * A_DAY}), hash(i, 1) % {ACTS},
                            CAST({PARTIES} * pow((hash(i, 2) % 1000003) / 1000003.0, 4) AS BIGINT)) AS key
                FROM range({count}) AS t(i)
            ) TO '{folder}/keys.parquet' (COMPRESSION zstd)"""
        )
        before, started = time.process_time(), time.monotonic()
        found = connection.execute(
            f"""SELECT count(*), sum(n), sum(CASE WHEN n <= {crowd} THEN n * (n - 1) / 2
                                             ELSE {crowd} * (n - ({crowd} + 1) / 2) END), max(n)
                FROM (SELECT key, count(*) AS n, min(mention) AS first
                      FROM '{folder}/keys.parquet' GROUP BY key HAVING n > 1)"""
        ).fetchone()
        assert found
        return {
            "keys": count,
            "shared_keys": found[0],
            "mentions_in_them": int(found[1]),
            "pairs": int(found[2]),
            "largest": found[3],
            "cpu_seconds": round(time.process_time() - before, 2),
            "wall_seconds": round(time.monotonic() - started, 2),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.keys", description="What it costs to group keys.")
    parser.add_argument("counts", nargs="*", type=int)
    parser.add_argument("--crowd", type=int, default=50)
    parser.add_argument("--memory", default="4GB")
    given = parser.parse_args()
    rows = []
    for count in given.counts or COUNTS:
        rows.append(grouped(count, crowd=given.crowd, memory=given.memory))
        print(json.dumps(rows[-1]), flush=True)
    if len(rows) > 1:
        found = {what: exponent([(row["keys"], row[what]) for row in rows]) for what in ("cpu_seconds", "pairs")}
        print(json.dumps({"machine": machine(), "exponents": found}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
