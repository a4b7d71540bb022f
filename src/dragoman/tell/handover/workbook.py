"""XLSX: events, mentions, claims and differences on sheets of their own, with a codebook."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier
from dragoman.tell.handover.flat import Row, claims, differences, mentions
from dragoman.tell.tables import codebook, table
from dragoman.tell.words import plain

MOST = 32_000  # characters in a cell; Excel takes 32,767
WIDTHS = {"sentence": 80, "content": 80, "headline": 60, "value": 40, "said_by": 40, "meaning": 90}
MADE = datetime(2000, 1, 1)  # the same dossier gives the same bytes, on whatever day it is written


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """The workbook; nothing that a report says becomes a formula or a link."""
    import xlsxwriter

    out = io.BytesIO()
    plainly = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, plainly) as book:
        book.set_properties({"title": "Dossier", "created": MADE, "comments": f"Dragoman {dossier.dragoman}"})
        head = book.add_format({"bold": True, "bottom": 1})
        for name, rows in (
            ("Events", _read(table(dossier, knowledge, form="plover", everything=everything))),
            ("Differences", differences(dossier)),
            ("Mentions", mentions(dossier)),
            ("Claims", claims(dossier)),
            ("Codebook", _read(codebook(knowledge, form="plover"))),
        ):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(rows[0] if rows else ()):
                sheet.write_string(0, column, title, head)
                sheet.set_column(column, column, WIDTHS.get(title, 16))
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row.values()):
                    _write(sheet, number, column, value)
            if rows:
                sheet.autofilter(0, 0, len(rows), len(rows[0]) - 1)
    return out.getvalue()


def _read(text: str) -> list[Row]:
    return [dict(row) for row in csv.DictReader(io.StringIO(text), delimiter="\t")]


def _write(sheet: object, row: int, column: int, value: object) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)  # type: ignore[attr-defined]
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value)  # type: ignore[attr-defined]
    elif value:
        text = "; ".join(value) if isinstance(value, list) else str(value)
        sheet.write_string(row, column, plain(text)[:MOST])  # type: ignore[attr-defined]
