"""The brief: a dossier as sections of footnoted lines, for whatever Markdown, a page or a word processor make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from dragoman.records import Dossier
from dragoman.tell.footnotes import Footnotes
from dragoman.tell.picture import TITLES, Picture, picture
from dragoman.tell.view import Contrast, Row
from dragoman.tell.words import days, plain


class Run(Struct, frozen=True):
    """Words of a line, and the marks that stand after them."""

    text: str
    marks: tuple[str, ...] = ()
    strong: bool = False


class Line(Struct, frozen=True, kw_only=True):
    """A line of one or more runs; `note` stands after its words, `parts` below it."""

    runs: tuple[Run, ...]
    day: str = ""
    label: str = ""
    kind: str = ""  # of a difference that is none: " (update)"
    note: str = ""
    parts: tuple[Line, ...] = ()


class Section(Struct, frozen=True):
    """A section, and how many of its lines it holds back."""

    title: str
    lines: tuple[Line, ...]
    held_back: int


class Brief(Struct, frozen=True, kw_only=True):
    """A brief: what it rests on, its sections, and each sentence it points to as (mark, outlet, words)."""

    lead: str
    reports: tuple[Row, ...]
    sections: tuple[Section, ...]
    notes: tuple[tuple[str, str, str], ...]
    foot: str


def brief(dossier: Dossier, *, everything: bool = False) -> Brief:
    """The brief of a dossier; all its texts are plain."""
    shown = picture(dossier, everything=everything)
    sections = [Section(title, tuple(_lines(shown, key)), shown.held_back[key]) for key, title in TITLES.items()]
    full = tuple(section for section in sections if section.lines)
    count = f"{len(shown.reports)} report" + ("s tell" if len(shown.reports) != 1 else " tells")
    latest = f", the latest of {days(dossier.read_at, dossier.read_at)}" if dossier.read_at else ""
    return Brief(
        lead=f"{count} of {shown.events} events in {shown.mentions} mentions{latest}.",
        reports=shown.reports,
        sections=full,
        notes=tuple(_notes({mark for section in full for line in section.lines for mark in _marks(line)}, dossier)),
        foot=f"Dragoman {dossier.dragoman}, {dossier.model}. A mark is a report's letter and the number of a sentence.",
    )


def _lines(shown: Picture, key: str) -> Iterator[Line]:
    if key == "differ":
        for row, contrasts in shown.differ:
            yield _row(row, tuple(map(_contrast, contrasts)))
    elif key == "sides":
        for side in shown.sides:
            names = _joined(", ", (Run(plain(name), found[:3]) for name, found in side.actors))
            verb = side.stance[:-1] + ("s" if len(side.actors) == 1 else "")
            yield Line(runs=(*names, Run(f" {verb} "), Run(plain(side.toward), strong=True), Run(".")))
    elif key == "quoted":
        for quoted in shown.quoted:
            said = _joined(" / ", (Run(f"“{plain(words)}”", (mark,)) for words, mark in quoted.versions))
            yield Line(runs=(Run(f"{plain(quoted.speaker)}: "), *said))
    else:
        rows: tuple[Row, ...] = getattr(shown, key)
        yield from map(_row, rows)


def _row(row: Row, parts: tuple[Line, ...] = ()) -> Line:
    return Line(runs=(Run(plain(row.text), row.marks),), day=row.day, note=plain(row.note), parts=parts)


def _contrast(contrast: Contrast) -> Line:
    kind = f" ({contrast.kind})" if contrast.kind != "differ" else ""
    sides = (Run(f"{plain(tellers)} “{plain(words)}”", marks) for tellers, words, marks in contrast.sides)
    return Line(label=contrast.asked, kind=kind, runs=_joined("; ", sides))


def _joined(between: str, runs: Iterable[Run]) -> tuple[Run, ...]:
    parted = [part for run in runs for part in (Run(between), run)]
    return tuple(parted[1:])


def _marks(line: Line) -> Iterator[str]:
    for run in line.runs:
        yield from run.marks
    for part in line.parts:
        yield from _marks(part)


def _notes(marks: set[str], dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    notes = Footnotes(dossier)
    order = {letter: number for number, letter in enumerate(notes.letters.values())}

    def place(mark: str) -> tuple[int, int]:
        head = mark.rstrip("0123456789")
        return order.get(head, 0), int(mark[len(head) :] or 0)

    for mark in sorted(marks, key=place):
        if found := notes.find(mark):
            yield mark, notes.teller(found[0]), notes.words(*found)
