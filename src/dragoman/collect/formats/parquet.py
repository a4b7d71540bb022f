"""Parquet tables, a row for each report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from dragoman.collect.formats.columns import fitted, row_of
from dragoman.collect.found import Found, Unusable

if TYPE_CHECKING:
    from dragoman.collect.formats import Asked

ROWS = 256  # held at once


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found | Unusable]:
    """The rows of a table. Raises BadInput when a column is missing."""
    from pyarrow.parquet import ParquetFile

    table = ParquetFile(stream)
    fields = fitted(asked.columns, table.schema_arrow.names)
    number = asked.first - 1
    for batch in table.iter_batches(batch_size=ROWS, columns=sorted(set(fields.values()))):
        for row in batch.to_pylist():
            number += 1
            yield row_of(row, fields, table=asked.name, number=number, spoilt=asked.spoilt)
