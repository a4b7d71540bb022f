"""How far a run is, told by its folder alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from dragoman.scale.loop import parts_in
from dragoman.scale.order import PARTS, order_in, plan_in
from dragoman.scale.places import Folder, ScaleError

WORST = 8  # reasons that are told


class Status(Struct, frozen=True, kw_only=True):
    """Parts that are there and missing, and what is in those that are there."""

    model: str
    shards: int
    missing: int
    reports: int
    mentions: int
    claims: int
    first: str
    last: str  # day of publication
    reasons: dict[str, int]  # why how many were set aside

    def lines(self) -> Iterator[str]:
        """What a person is told."""
        share = f" ({1 - self.missing / self.shards:.0%})" if self.shards else ""
        yield f"{self.shards - self.missing} of {self.shards} parts are there{share}, read by {self.model}"
        days = f", published {self.first} to {self.last}" if self.first else ""
        yield f"{self.reports:,} reports{days}; {self.mentions:,} events told, {self.claims:,} claims"
        if self.reasons:
            yield f"{sum(self.reasons.values()):,} set aside:"
        for reason, count in sorted(self.reasons.items(), key=lambda item: (-item[1], item[0]))[:WORST]:
            yield f"  {count:,}  {reason}"
        if self.missing:
            yield "the same `dragoman run` goes on from here"


def status_of(folder: Folder) -> Status:
    """How far the run in a folder is. Raises ScaleError where none was begun."""
    from pyarrow import compute
    from pyarrow.parquet import ParquetFile

    order = order_in(folder)
    if order is None:
        raise ScaleError(f"no run was begun in {folder.url}; begin one with: dragoman run INPUT --out {folder.url}")
    planned = {shard.name for shard in plan_in(folder)}
    there = sorted(parts_in(folder) & planned)
    reasons: Counter[str] = Counter()
    total: Counter[str] = Counter()
    days: set[str] = set()
    for name in there:
        with folder.fs.open(folder.path(PARTS, f"{name}.parquet"), "rb") as stream:
            table = ParquetFile(stream).read(columns=["day", "report.id", "mentions.list.element.type",
                                                      "claims.list.element.kind", "aside"])  # fmt: skip
        total["reports"] += len(table) - compute.struct_field(table["report"], "id").null_count
        for what in ("mentions", "claims"):
            total[what] += compute.sum(compute.list_value_length(table[what])).as_py() or 0
        seen = compute.min_max(table["day"]).as_py()
        days |= {day.isoformat() for day in seen.values() if day}
        for row in table["aside"].to_pylist():
            reasons.update(reject["reason"] for reject in row)
    return Status(
        model=order.model,
        shards=len(planned),
        missing=len(planned) - len(there),
        reports=total["reports"],
        mentions=total["mentions"],
        claims=total["claims"],
        first=min(days, default=""),
        last=max(days, default=""),
        reasons=dict(reasons),
    )
