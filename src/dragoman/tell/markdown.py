"""The brief as Markdown that reads well, every line footnoted to report and sentence."""

from __future__ import annotations

import re

from dragoman.records import Dossier
from dragoman.tell.brief import Line, Run, Section, brief
from dragoman.tell.words import plain


def markdown(dossier: Dossier, *, everything: bool = False) -> str:
    """The brief of a dossier, ending in one footnote for each sentence it rests on."""
    whole = brief(dossier, everything=everything)
    rows = "\n".join(f"| {r.marks[0]} | {_safe(r.text)} | {_safe(r.note)} | {r.day} |" for r in whole.reports)
    head = f"# Brief\n\n{whole.lead}\n\n| | report | outlet | published |\n|---|---|---|---|\n{rows}\n"
    body = "\n".join([head, *map(_section, whole.sections)])
    notes = [f"[^{mark}]: {_safe(outlet)}: “{_safe(words)}”" for mark, outlet, words in whole.notes]
    return body + "\n" + "\n".join(notes) + "\n"


def _section(section: Section) -> str:
    lines = [text for line in section.lines for text in (_line(line), *("  " + _line(part) for part in line.parts))]
    more = f"\n*{section.held_back} more in the whole dossier.*\n" if section.held_back else ""
    return f"## {section.title}\n\n" + "\n".join(lines) + "\n" + more


def _line(line: Line) -> str:
    day = f"**{_safe(line.day)}** " if line.day else ""
    label = f"*{_safe(line.label)}*{_safe(line.kind)}: " if line.label else ""
    note = f" *({_safe(line.note)})*" if line.note else ""
    *first, last = line.runs
    return f"- {day}{label}{''.join(map(_run, first))}{_run(last, note)}"


def _run(run: Run, note: str = "") -> str:
    text = f"**{_safe(run.text)}**" if run.strong else _safe(run.text)
    return text + note + "".join(f"[^{mark}]" for mark in run.marks)


def _safe(text: str) -> str:
    """Report text as Markdown text: nothing in it is markup."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", plain(text) if text.strip() == text else text)
