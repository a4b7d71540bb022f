"""The brief as a DOCX for a word processor."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier
from dragoman.tell.brief import Line, brief
from dragoman.tell.handover.repack import repacked

MADE = datetime(2000, 1, 1)  # the same dossier gives the same bytes, on whatever day it is written


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """The document on A4: headings and lists are Word's own, marks are raised and explained at its end."""
    from docx import Document
    from docx.shared import Mm

    whole = brief(dossier, everything=everything)
    document = Document()
    about = document.core_properties
    about.title, about.author, about.created, about.modified = "Brief", "Dragoman", MADE, MADE
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    document.add_heading("Brief", 0)
    document.add_paragraph(whole.lead)
    table = document.add_table(rows=1, cols=4, style="Light List")
    for cell, title in zip(table.rows[0].cells, ("", "report", "outlet", "published"), strict=True):
        cell.text = title
    for row in whole.reports:
        for cell, text in zip(table.add_row().cells, (row.marks[0], row.text, row.note, row.day), strict=True):
            cell.text = text
    for section in whole.sections:
        document.add_heading(section.title, 1)
        for line in section.lines:
            _add(document, line, style="List Bullet")
        if section.held_back:
            document.add_paragraph(f"{section.held_back} more in the whole dossier.").runs[0].italic = True
    document.add_heading("The sentences", 1)
    for mark, outlet, words in whole.notes:
        paragraph = document.add_paragraph()
        paragraph.add_run(mark).bold = True
        paragraph.add_run(f"  {outlet}: “{words}”")
    document.add_paragraph(whole.foot)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _add(document: Any, line: Line, *, style: str) -> None:
    paragraph = document.add_paragraph(style=style)
    if line.day:
        paragraph.add_run(f"{line.day} ").bold = True
    if line.label:
        paragraph.add_run(line.label).italic = True
        paragraph.add_run(f"{line.kind}: ")
    for number, run in enumerate(line.runs, 1):
        paragraph.add_run(run.text).bold = run.strong
        if line.note and number == len(line.runs):
            paragraph.add_run(f" ({line.note})").italic = True
        if run.marks:
            paragraph.add_run(" ".join(run.marks)).font.superscript = True
    for part in line.parts:
        _add(document, part, style="List Bullet 2")
