"""All reports of a run reconciled, as tables for analysts: a folder a table, in it a folder a day of publication.

`tables/events/day=2019-01-25/data.parquet` has the events first told that day; `tables/views.sql` makes each table a
view of DuckDB.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from dragoman.reconcile import reconcile
from dragoman.records import (
    Actor,
    Claim,
    Dossier,
    Event,
    Expectation,
    Mention,
    Position,
    Reading,
    Reject,
    Report,
    Story,
)
from dragoman.scale.forks import side_by_side
from dragoman.scale.loop import parts_in
from dragoman.scale.order import PARTS, Order, plan_in
from dragoman.scale.places import ScaleError
from dragoman.scale.schema import rows_in, write

TABLES, VIEWS = "tables", "views.sql"
UNDATED = "__HIVE_DEFAULT_PARTITION__"  # what readers of such folders take for no value
RECORDS: dict[str, type[Struct]] = {
    "reports": Report,
    "actors": Actor,
    "mentions": Mention,
    "events": Event,
    "claims": Claim,
    "positions": Position,
    "expectations": Expectation,
    "stories": Story,
    "rejects": Reject,
}


def gathered(order: Order, *, workers: int = 1) -> Dossier:
    """What all parts of a run say together: the dossier that `dragoman read` makes of the same reports.

    Pairs of rows are held against each other by so many `workers` side by side: the dossier is the same. Raises
    ScaleError while parts are missing.
    """
    from pyarrow.parquet import read_table

    names = sorted(shard.name for shard in plan_in(order.folder))
    if missing := set(names) - parts_in(order.folder):
        raise ScaleError(
            f"{len(missing)} of {len(names)} parts are missing; run without --reconcile until they are there"
        )
    reports: list[Report] = []
    readings: list[Reading] = []
    aside: list[Reject] = []
    for name in names:
        with order.folder.fs.open(order.folder.path(PARTS, f"{name}.parquet"), "rb") as stream:
            for row in rows_in(read_table(stream)):
                aside += row.aside
                if row.report is not None and (reading := row.reading) is not None:
                    reports.append(row.report)
                    readings.append(reading)
    found = reconcile(reports, readings, order.knowledge(), model=order.model, ontology=order.coded_by,
                      spread=side_by_side(workers))  # fmt: skip
    rejects = {*found.rejects, *aside}
    return msgspec.structs.replace(found, rejects=tuple(sorted(rejects, key=_place_of)))


def _place_of(reject: Reject) -> tuple[str, int, str, str]:
    return (reject.report, reject.span.start if reject.span else -1, reject.stage, reject.reason)


def lay_out(order: Order, dossier: Dossier) -> None:
    """Write the tables of a dossier; those of an earlier call go."""
    if order.folder.names(TABLES):
        order.folder.fs.rm(order.folder.path(TABLES), recursive=True)
    days = {report.id: (report.published or "")[:10] for report in dossier.reports}
    for name, record in RECORDS.items():
        by_day: dict[str, list[Struct]] = defaultdict(list)
        for row in getattr(dossier, name):
            by_day[min((days.get(r) or UNDATED for r in _reports_of(row)), default=UNDATED)].append(row)
        for day, rows in sorted(by_day.items()) or [(UNDATED, [])]:  # a table without rows has its columns
            with order.folder.written(TABLES, name, f"day={day}", "data.parquet") as file:
                write(rows, record, file)
    with order.folder.written(TABLES, VIEWS) as file:
        file.write("".join(map(view, sorted(RECORDS))).encode())


def view(name: str) -> str:
    """SQL that makes a table of the files of one.

    >>> print(view("events"), end="")
    CREATE VIEW events AS FROM read_parquet('tables/events/*/*.parquet', hive_partitioning = true);
    """
    return f"CREATE VIEW {name} AS FROM read_parquet('{TABLES}/{name}/*/*.parquet', hive_partitioning = true);\n"


def _reports_of(row: Struct) -> Iterable[str]:
    """The reports that a row is of."""
    if isinstance(row, Report):
        return (row.id,)
    if isinstance(row, Event | Position | Story):
        return row.reports
    if isinstance(row, Actor):
        return {evidence.report for evidence in row.spans}
    return (row.report,)  # type: ignore[attr-defined]
