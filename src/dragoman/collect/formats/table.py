"""Tables of reports, a row for each under a header, with commas, semicolons or tabs between the cells."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from dragoman.collect.formats.columns import fitted, row_of
from dragoman.collect.found import Found, Unusable

if TYPE_CHECKING:
    from dragoman.collect.formats import Asked


QUOTES = (
    'the quotation marks of the row that begins in line {} are not closed, or it is larger than --limit; write "" for a'
    " mark inside others"
)
EXTRA = (
    "the row that begins in line {} has {} cells where the header has {}; put a text with the separator in it between"
    ' quotation marks: "…"'
)


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found | Unusable]:
    """The rows of a table in UTF-8; one whose quotes do not end is set aside. Raises BadInput where a column lacks."""
    csv.field_size_limit(min(asked.limit, sys.maxsize))
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    try:
        lines = _Lines(line.replace("\0", "") for line in text)
        first = next(lines, "")
        lines.again([first])
        rows = _rows(lines, "\t" if asked.name.lower().endswith(".tsv") else max(",;\t", key=first.count))
        names = next(rows, (0, []))[1] or []
        fields = fitted(asked.columns, names)
        for number, (at, cells) in enumerate(rows, asked.first):
            if cells is None:
                yield Unusable(f"{asked.name}#{number}", QUOTES.format(at))
            elif any(cells[len(names) :]):  # most likely words after a comma of the text
                yield Unusable(f"{asked.name}#{number}", EXTRA.format(at, len(cells), len(names)))
            else:
                yield row_of(dict(zip(names, cells)), fields, table=asked.name, number=number, spoilt=asked.spoilt)
    finally:
        text.detach()  # the file is its opener's to close


class _Lines:
    """The lines of a file; some can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: list[str] = []
        self.at = 0  # of the line that was taken last, from 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._lines)
        self.at += 1
        return line

    def again(self, lines: list[str]) -> None:
        self._back += lines[::-1]
        self.at -= len(lines)


def _rows(lines: _Lines, separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each row with the line where it begins; None for one that has swallowed others, which come after it.

    A lone quotation mark inside a line is taken as it stands. One that runs on over the end of its line and does not
    end where a cell does belongs to no row: its line is left out, and what it ran over is read again.
    """
    while True:
        taken: list[str] = []

        def noted(taken: list[str] = taken) -> Iterator[str]:
            for line in lines:
                taken.append(line)
                yield line

        try:
            row = next(csv.reader(noted(), delimiter=separator, strict=True), None)
        except csv.Error:
            row = _loose(taken[0], separator) if taken else None
            lines.again(taken[1:])
            yield lines.at, row
            continue
        if row is None:
            return
        if row:
            yield lines.at - len(taken) + 1, row


def _loose(line: str, separator: str) -> list[str] | None:
    """The cells of a line with marks that stand alone; None when one of them would run on."""
    reader = csv.reader([line, "\n"], delimiter=separator)
    try:
        row = next(reader)
    except csv.Error:
        return None
    return row if reader.line_num == 1 else None
