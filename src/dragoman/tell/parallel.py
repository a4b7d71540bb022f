"""Reports side by side: which passages correspond, which stand in one alone, which differ, which are copied."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Literal

from msgspec import Struct

from dragoman.records import Event, Span
from dragoman.tell.marked import Marked, Piece, of_actors, of_mention, pieces
from dragoman.tell.reported import ReportRow, report_row
from dragoman.tell.view import View

State = Literal["", "shared", "differs", "only", "same"]


class Cell(Struct, frozen=True, kw_only=True):
    """A sentence, or what stands between sentences (`mark` is empty), and what it has to do with the other columns."""

    mark: str
    pieces: tuple[Piece, ...]
    state: State = ""
    links: tuple[str, ...] = ()  # marks of the sentences in other columns that tell the same
    hint: str = ""


class Column(Struct, frozen=True):
    """One report among others."""

    row: ReportRow
    cells: tuple[Cell, ...]


class Parallel(Struct, frozen=True):
    """Reports in columns."""

    columns: tuple[Column, ...]


def kindred(view: View, *, most: int = 2) -> tuple[str, ...]:
    """The reports that tell most of the same events: what is worth laying side by side first."""
    shared: Counter[tuple[str, ...]] = Counter()
    for event in view.dossier.events:
        for pair in combinations(sorted(event.reports)[:20], 2):
            copied = any(view.notes.reports[r].copy_of for r in pair)
            shared[pair] += 0 if copied else 1
    best = min(shared, key=lambda pair: (-shared[pair], pair), default=())
    return tuple(r for r in view.notes.reports if r in best[:most]) or tuple(list(view.notes.reports)[:most])


def parallel(view: View, reports: Sequence[str]) -> Parallel:
    """Lay reports side by side; ids are the dossier's. Raises KeyError."""
    chosen = [view.notes.reports[ident].id for ident in dict.fromkeys(reports)]
    told = _told(view, chosen)
    repeated = _repeated(view, chosen)
    return Parallel(tuple(Column(report_row(view, r), _cells(view, r, told, repeated)) for r in chosen))


def _told(view: View, chosen: list[str]) -> dict[str, set[str]]:
    """For each event, and each utterance in several reports, the marks of its sentences in the chosen reports."""
    found: dict[str, set[str]] = defaultdict(set)
    for report in chosen:
        for mention in view.mentions_of(report):
            if event := view.event_of.get(mention.id):
                found[event.id].add(view.notes.mark(report, mention.trigger))
        for claim in view.claims_of(report):
            if claim.group:
                found[claim.group].add(view.notes.mark(report, claim.content))
    return found


def _repeated(view: View, chosen: list[str]) -> dict[str, str]:
    """For each sentence that an earlier column has word for word, that column's mark."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for report in chosen:
        words = {view.notes.mark(report, s): view.notes.words(report, s).casefold() for s in
                 view.notes.reports[report].sentences}  # fmt: skip
        found |= {mark: first[said] for mark, said in words.items() if said in first}
        for mark, said in words.items():
            if len(said.split()) > 3:
                first.setdefault(said, mark)
    return found


def _cells(view: View, ident: str, told: dict[str, set[str]], repeated: dict[str, str]) -> tuple[Cell, ...]:
    report = view.notes.reports[ident]
    marks = [Marked(span, "skipped") for span in report.boilerplate]
    keys: dict[str, set[str]] = defaultdict(set)
    events: dict[str, list[Event]] = defaultdict(list)
    for mention in view.mentions_of(ident):
        if event := view.event_of.get(mention.id):
            marks += of_mention(view, mention, event.id)
            keys[at := view.notes.mark(ident, mention.trigger)].add(event.id)
            events[at].append(event)
    for claim in view.claims_of(ident):
        if claim.group:
            keys[view.notes.mark(ident, claim.content)].add(claim.group)
    marks += of_actors(view, ident)
    cells, at_ = [], 0
    for sentence in report.sentences:
        if sentence.start > at_:
            cells.append(Cell(mark="", pieces=pieces(report.text, Span(at_, sentence.start), marks)))
        mark = view.notes.mark(ident, sentence)
        links = {other for key in keys[mark] for other in told[key]} - {mark}
        links = {other for other in links if not _same_column(other, mark)}
        links |= {repeated[mark]} if mark in repeated else set()
        state, hint = _state(view, mark, events[mark], bool(links), repeated)
        words = pieces(report.text, sentence, marks)
        cells.append(Cell(mark=mark, pieces=words, state=state, links=tuple(sorted(links)), hint=hint))
        at_ = max(at_, sentence.end)
    if at_ < len(report.text):
        cells.append(Cell(mark="", pieces=pieces(report.text, Span(at_, len(report.text)), marks)))
    return tuple(cells)


def _same_column(one: str, other: str) -> bool:
    return one.rstrip("0123456789") == other.rstrip("0123456789")


def _state(view: View, mark: str, events: list[Event], linked: bool, repeated: dict[str, str]) -> tuple[State, str]:
    if mark in repeated:
        return "same", f"word for word as {repeated[mark]}"
    if not linked:
        return ("only", "only here, among these reports") if events else ("", "")
    told = [c for event in events for c in view.contrasts(event) if any(mark in marks for _, _, marks in c.sides)]
    if not told:
        return "shared", "told in the other columns too"
    lines = (f"{c.asked}: " + "; ".join(f"{who} “{words}”" for who, words, _ in c.sides) for c in told)
    return "differs", ". ".join(dict.fromkeys(lines))
