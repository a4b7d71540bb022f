"""One report with everything that was found in it, and the list of all reports."""

from __future__ import annotations

from msgspec import Struct

from dragoman.records import Report, Span
from dragoman.tell.marked import Marked, Piece, of_actors, of_claims, of_mention, pieces
from dragoman.tell.view import Section, View, section_of
from dragoman.tell.words import days, manner, plain


class Found(Struct, frozen=True, kw_only=True):
    """An event that a sentence tells."""

    event: str
    mark: str
    text: str
    note: str
    section: Section
    elsewhere: tuple[str, ...]  # marks in other reports


class Block(Struct, frozen=True, kw_only=True):
    """A sentence with its mark, or what stands between sentences (`mark` is empty)."""

    mark: str
    pieces: tuple[Piece, ...]


class ReportRow(Struct, frozen=True, kw_only=True):
    """One report in the list of reports."""

    id: str
    letter: str
    title: str
    outlet: str
    published: str | None
    day: str
    copy_of: str  # letter of the report that it repeats
    mentions: int
    alone: int  # events that it alone tells


class ReportSheet(Struct, frozen=True, kw_only=True):
    """One report, block by block, with the events it tells in the order of its text."""

    row: ReportRow
    origin: str
    link: str  # its address, where it came from the web
    language: str
    published_from: str
    blocks: tuple[Block, ...]
    found: tuple[Found, ...]


def report_rows(view: View) -> tuple[ReportRow, ...]:
    """All reports in the order of their letters."""
    return tuple(report_row(view, ident) for ident in view.notes.reports)


def report_row(view: View, ident: str) -> ReportRow:
    report = view.notes.reports[ident]
    mentions = view.mentions_of(ident)
    events = {view.event_of[m.id].id: view.event_of[m.id] for m in mentions if m.id in view.event_of}
    return ReportRow(
        id=ident, letter=view.notes.letters[ident], title=plain(report.title or report.outlet or report.origin),
        outlet=plain(report.outlet or report.origin), published=report.published,
        day=days(report.published, report.published), copy_of=view.notes.letters.get(report.copy_of or "", ""),
        mentions=len(mentions), alone=sum(section_of(e) == "alone" for e in events.values()),
    )  # fmt: skip


def report_sheet(view: View, ident: str) -> ReportSheet:
    """The report with this id. Raises KeyError."""
    report = view.notes.reports[ident]
    marks = [Marked(span, "skipped", "", "passed over: not part of the report") for span in report.boilerplate]
    for mention in view.mentions_of(ident):
        event = view.event_of.get(mention.id)
        marks += of_mention(view, mention, event.id if event else "")
    marks += [*of_actors(view, ident), *of_claims(view, ident)]
    return ReportSheet(
        row=report_row(view, ident), origin=plain(report.origin), language=report.language,
        link=report.origin if report.origin.startswith(("http://", "https://")) else "",
        published_from=report.published_from or "", blocks=_blocks(view, report, marks), found=_found(view, ident),
    )  # fmt: skip


def _blocks(view: View, report: Report, marks: list[Marked]) -> tuple[Block, ...]:
    blocks, at = [], 0
    for sentence in report.sentences:
        if sentence.start > at:
            blocks.append(Block(mark="", pieces=pieces(report.text, Span(at, sentence.start), marks)))
        mark = view.notes.mark(report.id, sentence)
        blocks.append(Block(mark=mark, pieces=pieces(report.text, sentence, marks)))
        at = max(at, sentence.end)
    if at < len(report.text):
        blocks.append(Block(mark="", pieces=pieces(report.text, Span(at, len(report.text)), marks)))
    return tuple(blocks)


def _found(view: View, ident: str) -> tuple[Found, ...]:
    found = []
    for mention in sorted(view.mentions_of(ident), key=lambda m: m.trigger):
        event = view.event_of.get(mention.id)
        if event is not None:
            others = [m for m in view.told(event) if m.report != ident]
            text = plain(mention.line) or view.notes.words(ident, mention.span)
            found.append(
                Found(
                    event=event.id, mark=view.notes.mark(ident, mention.trigger), text=text,
                    note=manner(mention), section=section_of(event), elsewhere=view.marks(others),
                )
            )  # fmt: skip
    return tuple(found)
