"""The brief: a dossier as Markdown that reads well, every line footnoted to report and sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.records import Dossier
from dragoman.tell.footnotes import Footnotes
from dragoman.tell.picture import Contrast, Picture, Row, picture
from dragoman.tell.words import plain

_TITLES = {
    "agree": "What the accounts agree on",
    "differ": "Where they differ",
    "alone": "What only one tells",
    "sides": "Who stands where",
    "due": "What is due",
    "quoted": "In their words",
    "timeline": "Day by day",
}


def markdown(dossier: Dossier, *, everything: bool = False) -> str:
    """The brief of a dossier, ending in one footnote for each sentence it rests on."""
    shown = picture(dossier, everything=everything)
    parts = [_head(shown)]
    for key, title in _TITLES.items():
        lines = _lines(shown, key)
        if lines:
            held = shown.held_back[key]
            more = f"\n*{held} more in the whole dossier.*\n" if held else ""
            parts.append(f"## {title}\n\n" + "\n".join(lines) + "\n" + more)
    body = "\n".join(parts)
    return body + "\n" + _notes(body, Footnotes(dossier))


def _head(shown: Picture) -> str:
    rows = "\n".join(f"| {r.marks[0]} | {_safe(r.text)} | {_safe(r.note)} | {r.day} |" for r in shown.reports)
    count = f"{len(shown.reports)} report" + ("s" if len(shown.reports) != 1 else "")
    return (
        f"# Brief\n\n{count} tell of {shown.events} events in {shown.mentions} mentions.\n\n"
        f"| | report | outlet | published |\n|---|---|---|---|\n{rows}\n"
    )


def _lines(shown: Picture, key: str) -> list[str]:
    if key == "differ":
        return [line for row, contrasts in shown.differ for line in (_row(row), *map(_contrast, contrasts))]
    if key == "sides":
        return [
            "- " + ", ".join(f"{_safe(n)}{_refs(m[:3])}" for n, m in s.actors) + f" {s.stance[:-1]}"
            + ("s" if len(s.actors) == 1 else "") + f" **{_safe(s.toward)}**."
            for s in shown.sides
        ]  # fmt: skip
    if key == "quoted":
        return [
            f"- {_safe(q.speaker)}: " + " / ".join(f"“{_safe(words)}”{_refs([mark])}" for words, mark in q.versions)
            for q in shown.quoted
        ]
    rows: tuple[Row, ...] = getattr(shown, key)
    return [_row(row) for row in rows]


def _row(row: Row) -> str:
    day = f"**{_safe(row.day)}** " if row.day else ""
    note = f" *({_safe(row.note)})*" if row.note else ""
    return f"- {day}{_safe(row.text)}{note}{_refs(row.marks)}"


def _contrast(contrast: Contrast) -> str:
    sides = "; ".join(f"{_safe(tellers)} “{_safe(words)}”{_refs(marks)}" for tellers, words, marks in contrast.sides)
    kind = f" ({contrast.kind})" if contrast.kind != "differ" else ""
    return f"  - *{contrast.slot}*{kind}: {sides}"


def _refs(marks: Iterable[str]) -> str:
    return "".join(f"[^{mark}]" for mark in marks)


def _safe(text: str) -> str:
    """Report text as Markdown text: nothing in it is markup."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", plain(text))


def _notes(body: str, notes: Footnotes) -> str:
    used = sorted(set(re.findall(r"\[\^([A-Z]+)(\d+)\]", body)), key=lambda m: (len(m[0]), m[0], int(m[1])))
    by_letter = {letter: ident for ident, letter in notes.letters.items()}
    lines = []
    for letter, number in used:
        report = notes.reports[by_letter[letter]]
        sentence = report.sentences[int(number) - 1]
        lines.append(
            f"[^{letter}{number}]: {_safe(report.outlet or report.origin)}: “{_safe(sentence.of(report.text))}”"
        )
    return "\n".join(lines) + "\n"
