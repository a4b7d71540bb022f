"""A user's own gold: the events a careful reader finds in some reports, as a table or as JSON lines.

Columns: `report` (id, file name or its stem) · where: `start` and `end` (code points), or `quote` (words of the
report), or `sentence` (its number, as in the mark `A7`) · `type` (PLOVER) · `actor`, `recipient` (names, several
separated by `;`, any of which will do) · `day` (a date, or `from/to`). An empty `actor`, `recipient` or `day` is not
judged. A row with nothing but `report` says that the report was read.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

import msgspec
from msgspec import Struct

from dragoman.records import TYPES, Dossier, Report, Span
from dragoman.tell.footnotes import Footnotes


class GoldError(ValueError):
    """A gold file that cannot be used; the message names the line and what to write instead."""


class Row(Struct, frozen=True):
    """A line of a gold file as it stands."""

    report: str
    start: int | None = None
    end: int | None = None
    quote: str = ""
    sentence: str = ""
    type: str = ""
    actor: str = ""
    recipient: str = ""
    day: str = ""


class Fact(Struct, frozen=True):
    """An event that should be found: in which words of which report, of which type, who, to whom, when."""

    report: str
    span: Span
    type: str
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    days: tuple[str, str] | None = None


class Gold(Struct, frozen=True):
    """The facts, and the ids of all reports that were read for them."""

    facts: tuple[Fact, ...]
    reports: frozenset[str]


def read_gold(text: str, dossier: Dossier) -> Gold:
    """The gold in `text` (JSON lines, or a table with commas, tabs or semicolons) held to the reports of `dossier`.

    Raises GoldError with the line.
    """
    letters = Footnotes(dossier).letters
    facts: list[Fact] = []
    reports: set[str] = set()
    for number, row in _rows(text):
        try:
            report = _report(row.report, dossier.reports)
            reports.add(report.id)
            if fact := _fact(row, report, letters[report.id]):
                facts.append(fact)
        except GoldError as err:
            raise GoldError(f"line {number}: {err}") from None
    if not reports:
        raise GoldError("no line of gold; write one for each event: report,quote,type,actor,recipient,day")
    return Gold(tuple(facts), frozenset(reports))


def _rows(text: str) -> Iterator[tuple[int, Row]]:
    """Numbered rows; the first character tells JSON lines from a table."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return
    if text.lstrip().startswith("{"):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield number, _row(number, _json(number, line))
        return
    header = next(iter(text.splitlines()), "")
    separator = max("\t,;", key=header.count)
    table = csv.reader(io.StringIO(text, newline=None), delimiter=separator)
    try:
        lines = [(table.line_num, cells) for cells in table]
    except csv.Error as err:
        raise GoldError(f"line {table.line_num}: {err}; mend it") from None
    columns = [name.strip() for name in lines[0][1]]
    _known(columns, line=1)
    for number, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns):
            raise GoldError(
                f"line {number}: {len(cells)} cells under {len(columns)} columns; put a cell that holds"
                f" {separator!r} between double quotation marks"
            )
        yield number, _row(number, {c: v.strip() for c, v in zip(columns, cells) if v.strip()})


def _json(number: int, line: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.DecodeError as err:
        raise GoldError(f"line {number}: no JSON object ({err}); write one object a line") from None
    _known(found, line=number)
    return {
        key: "; ".join(map(str, value)) if isinstance(value, list) else str(value) if key == "sentence" else value
        for key, value in found.items()
        if value not in (None, "", [])
    }


def _known(columns: Sequence[str] | dict[str, Any], *, line: int) -> None:
    known = ", ".join(Row.__struct_fields__)
    if unknown := [c for c in columns if c not in Row.__struct_fields__]:
        raise GoldError(f"line {line}: unknown column {unknown[0]!r}; known: {known}")
    if "report" not in columns:
        raise GoldError(f"line {line}: the column 'report' is missing; known: {known}")


def _row(number: int, values: dict[str, Any]) -> Row:
    try:
        return msgspec.convert(values, Row, strict=False)
    except msgspec.ValidationError as err:
        raise GoldError(f"line {number}: {err}") from None


def _report(name: str, reports: Sequence[Report]) -> Report:
    """The report of that id, or the one read from a file of that name."""
    found = [r for r in reports if r.id == name]
    found = found or [r for r in reports if PurePath(name).name in (PurePath(r.origin).name, PurePath(r.origin).stem)]
    if len(found) == 1:
        return found[0]
    some = ", ".join(r.id for r in found or reports[:5])
    if found:
        raise GoldError(f"{name!r} may be any of {some}; write one of these ids")
    raise GoldError(f"no report {name!r} in this dossier; it has {some}{'…' if len(reports) > 5 else ''}")


def _fact(row: Row, report: Report, letter: str) -> Fact | None:
    """The fact of a row; None where the row only says that the report was read."""
    if not any((row.type, row.quote, row.sentence, row.actor, row.recipient, row.day)) and row.start is None:
        return None
    if row.type not in TYPES:
        raise GoldError(f"{row.type!r} is no type of PLOVER; one of {', '.join(TYPES)}")
    return Fact(
        report.id, _span(row, report, letter), row.type, _names(row.actor), _names(row.recipient), _days(row.day)
    )


def _span(row: Row, report: Report, letter: str) -> Span:
    if row.start is not None and row.end is not None:
        if 0 <= row.start < row.end <= len(report.text):
            return Span(row.start, row.end)
        raise GoldError(
            f"[{row.start}, {row.end}) is no stretch of {report.id}, which has {len(report.text)} characters"
        )
    if row.quote:
        at = report.text.find(row.quote)
        if at < 0:
            raise GoldError(f"these words do not stand in {report.id}: {row.quote!r}; copy them from its text")
        if report.text.find(row.quote, at + 1) >= 0:
            raise GoldError(f"these words stand in {report.id} more than once: {row.quote!r}; quote more of them")
        return Span(at, at + len(row.quote))
    if row.sentence:
        number, count = row.sentence.removeprefix(letter), len(report.sentences)
        if number.isdigit() and 0 < int(number) <= count:
            return report.sentences[int(number) - 1]
        raise GoldError(
            f"{row.sentence!r} is no sentence of {report.id}; write its number, 1 to {count}, or its mark on the board,"
            f" {letter}1 to {letter}{count}"
        )
    raise GoldError("where is it? fill start and end, or quote, or sentence")


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split(";") if name.strip())


def _days(cell: str) -> tuple[str, str] | None:
    if not cell:
        return None
    first, _, last = cell.partition("/")
    try:
        found = tuple(dt.date.fromisoformat(day.strip()).isoformat() for day in (first, last or first))
    except ValueError:
        raise GoldError(f"{cell!r} is no day; write YYYY-MM-DD, or two of them with / between") from None
    return found[0], found[1]
