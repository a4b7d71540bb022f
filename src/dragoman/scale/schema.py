"""What a Parquet part holds: one row a report, with all that it says, as the records of the package lay it out.

The columns are made from the records, so a part can be read back into them; a test holds them against the printed
schema of each `VERSION`, so that none changes unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from dragoman.records import Actor, Claim, Line, Mention, Planned, Reading, Reject, Report, Span

if TYPE_CHECKING:
    import pyarrow as pa

VERSION = 2  # of the columns; raised with every change of them


class Row(Struct, frozen=True, kw_only=True):
    """One report of a part: what was collected, and what it says; or what was set aside, with the reason."""

    day: date | None  # of publication
    report: Report | None  # null where there is none: what was found is in `rejects`
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    planned: tuple[Planned, ...] = ()
    lines: tuple[Line, ...] = ()
    rejects: tuple[Reject, ...] = ()  # what understanding set aside
    aside: tuple[Reject, ...] = ()  # what collecting or reading did
    version: str = ""  # of the code, model and knowledge that read it
    model: str = ""
    ontology: str = ""

    @classmethod
    def of(cls, report: Report, reading: Reading, *, aside: tuple[Reject, ...], model: str, ontology: str) -> Row:
        return cls(
            day=date.fromisoformat(report.published[:10]) if report.published else None,
            report=report,
            actors=reading.actors,
            mentions=reading.mentions,
            claims=reading.claims,
            planned=reading.planned,
            lines=reading.lines,
            rejects=reading.rejects,
            aside=aside,
            version=reading.version,
            model=model,
            ontology=ontology,
        )

    @property
    def reading(self) -> Reading | None:
        if self.report is None:
            return None
        return Reading(
            report=self.report.id,
            version=self.version,
            actors=self.actors,
            mentions=self.mentions,
            claims=self.claims,
            planned=self.planned,
            lines=self.lines,
            rejects=self.rejects,
        )


def arrow_type(kind: Any) -> pa.DataType:
    """The Arrow type that holds values of a record's field; spans are lists of two, as in the dossier's JSON.

    >>> str(arrow_type(tuple[str, ...])), str(arrow_type(Span))
    ('list<item: string>', 'list<item: int32>')
    """
    import pyarrow as pa

    plain: dict[Any, pa.DataType] = {
        str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), bytes: pa.binary(),
        date: pa.date32(), Span: pa.list_(pa.int32()),
    }  # fmt: skip
    if kind in plain:
        return plain[kind]
    if get_origin(kind) is Literal:
        return pa.string()
    if get_origin(kind) is tuple:
        return pa.list_(arrow_type(get_args(kind)[0]))
    if isinstance(kind, type) and issubclass(kind, Struct):
        return pa.struct(fields_of(kind))
    inside = [one for one in get_args(kind) if one is not type(None)]
    assert len(inside) == 1, kind
    return arrow_type(inside[0])


def fields_of(record: type[Struct]) -> list[pa.Field]:
    """The Arrow fields of a record."""
    import pyarrow as pa

    hints = get_type_hints(record)
    return [pa.field(name, arrow_type(hints[name])) for name in record.__struct_fields__]


def schema_of(record: type[Struct], **about: str) -> pa.Schema:
    """The columns of a table of such records, and what is said `about` it in the file."""
    import pyarrow as pa

    return pa.schema(fields_of(record), metadata={"dragoman.schema": str(VERSION), **about})


def write(rows: Sequence[Struct], record: type[Struct], to: BinaryIO) -> None:
    """Write records as a Parquet file: the same records give the same bytes."""
    import pyarrow as pa
    from pyarrow import parquet

    plain = [msgspec.to_builtins(row, builtin_types=(bytes, date)) for row in rows]
    parquet.write_table(pa.Table.from_pylist(plain, schema_of(record)), to, compression="zstd", row_group_size=1000)


def rows_in(table: pa.Table) -> Iterable[Row]:
    """The rows of a table read from parts, as records again."""
    for batch in table.to_batches(max_chunksize=100):
        for row in batch.to_pylist():
            yield msgspec.convert(row, Row)
