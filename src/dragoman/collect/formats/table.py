"""Tables of reports as CSV or TSV, a row for each, with a header."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from dragoman.collect.errors import BadInput
from dragoman.collect.formats.columns import fitted, row_of
from dragoman.collect.found import Found, Unusable

if TYPE_CHECKING:
    from dragoman.collect.formats import Asked


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found | Unusable]:
    """The rows of a table in UTF-8. Raises BadInput when a column is missing or the table is broken."""
    csv.field_size_limit(min(asked.limit, sys.maxsize))
    tabs = asked.name.lower().endswith(".tsv")
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    reader = csv.DictReader((line.replace("\0", "") for line in text), dialect="excel-tab" if tabs else "excel")
    try:
        fields = fitted(asked.columns, reader.fieldnames or ())
        for number, row in enumerate(reader, asked.first):
            yield row_of(row, fields, table=asked.name, number=number, spoilt=asked.spoilt)
    except csv.Error as err:
        raise BadInput(
            f"line {reader.line_num} is broken ({err}); mend it, or raise the limit with --limit MB"
        ) from None
    finally:
        text.detach()  # the file is its opener's to close
