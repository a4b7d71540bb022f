"""What is written to a part comes back from it, and its columns change only with their version."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from crises import CRISES, knowledge_of, reports

from dragoman.read import Reader
from dragoman.records import Reject, Span
from dragoman.scale.schema import VERSION, Row, rows_in, schema_of, write
from dragoman.understand import understand

pytest.importorskip("pyarrow")
COLUMNS = Path(__file__).parent / f"columns-{VERSION}.txt"


def leaves(field: object, above: str = "") -> Iterator[str]:
    """The columns that lie in a column, each with its type."""
    import pyarrow as pa

    name, kind = f"{above}{field.name}", field.type  # type: ignore[attr-defined]
    if pa.types.is_list(kind):
        yield from leaves(kind.value_field.with_name("[]"), name)
    elif pa.types.is_struct(kind):
        for inside in kind:
            yield from leaves(inside, f"{name}.")
    else:
        yield f"{name} {kind}"


def test_the_columns_change_only_with_their_version() -> None:
    printed = "".join(f"{line}\n" for field in schema_of(Row) for line in leaves(field))
    if not COLUMNS.exists():  # of a new version: written once, then looked at and committed
        COLUMNS.write_text(printed, encoding="utf-8")
    assert printed == COLUMNS.read_text(encoding="utf-8")


@pytest.mark.parametrize("crisis", CRISES)
def test_rows_come_back_as_they_were_and_the_same_rows_are_the_same_bytes(crisis: str) -> None:
    from pyarrow.parquet import read_table

    reader, knowledge = Reader(), knowledge_of(crisis)
    aside = (Reject(report="dawn.txt", span=Span(1, 2), stage="collect", reason="it is empty"),)
    rows = [Row(day=None, report=None, aside=aside)]
    for report in reports(crisis):
        reading = understand(reader.read(report), knowledge, version="1")
        row = Row.of(report, reading, aside=(), model="m", ontology="o")
        assert row.reading == reading
        rows.append(row)
    first, second = io.BytesIO(), io.BytesIO()
    write(rows, Row, first)
    write(rows, Row, second)
    assert first.getvalue() == second.getvalue()
    first.seek(0)
    assert list(rows_in(read_table(first))) == rows
