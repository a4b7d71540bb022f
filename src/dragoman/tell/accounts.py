"""One event as its accounts tell it, side by side: their sentences, what differs, what one alone adds."""

from __future__ import annotations

from msgspec import Struct

from dragoman.records import Event, Mention, Span
from dragoman.tell.marked import Piece, of_actors, of_mention, pieces
from dragoman.tell.view import Contrast, Row, Section, View, section_of
from dragoman.tell.words import chain, days, manner, plain


class Passage(Struct, frozen=True, kw_only=True):
    """A sentence of a report, with the sentences around it for those who want them."""

    mark: str
    before: str
    words: tuple[Piece, ...]
    after: str
    note: str  # how surely and by whom it is told


class Account(Struct, frozen=True, kw_only=True):
    """What one report tells of an event."""

    report: str
    letter: str
    outlet: str
    title: str
    day: str
    copy_of: str  # letter of the report that it repeats
    passages: tuple[Passage, ...]


class Extra(Struct, frozen=True):
    """What only one report tells of an event."""

    letter: str
    slot: str
    value: str
    mark: str


class EventSheet(Struct, frozen=True, kw_only=True):
    """Everything about one event."""

    id: str
    was: tuple[str, ...]
    section: Section
    headline: str
    type: str
    mode: str | None
    day: str
    who: tuple[tuple[str, str], ...]  # id and name
    whom: tuple[tuple[str, str], ...]
    place: str
    certainty: str
    independent: int
    accounts: tuple[Account, ...]
    contrasts: tuple[Contrast, ...]
    added: tuple[Extra, ...]
    due: tuple[Row, ...]
    why: tuple[str, ...]
    by: str  # rule, or person where one has decided about it
    mentions: tuple[str, ...]


def event_sheet(view: View, ident: str) -> EventSheet:
    """The event with this id, or that once had it. Raises KeyError."""
    event = view.events.get(ident) or view.formerly.get(ident)
    if event is None:
        raise KeyError(ident)
    told = view.told(event)
    row = view.row(event)
    return EventSheet(
        id=event.id, was=event.was, section=section_of(event), headline=row.text, type=event.type, mode=event.mode,
        day=row.day, who=tuple((a, view.name(a)) for a in event.actor),
        whom=tuple((a, view.name(a)) for a in event.recipient),
        place=plain(event.place.name or event.place.text) if event.place else "",
        certainty=manner(told[0]) if told else "", independent=event.independent,
        accounts=_accounts(view, event, told), contrasts=view.contrasts(event),
        added=tuple(Extra(view.notes.letters[a.report], a.slot, when_words(a.slot, a.value),
                          view.notes.mark(a.report, a.span)) for a in event.added),
        due=tuple(view.due(of=event.id)),
        why=tuple(_readable(view, line, told) for line in event.why), mentions=event.mentions, by=event.by,
    )  # fmt: skip


def when_words(slot: str, value: str) -> str:
    """A slot's value for a reader: days as a person writes them."""
    if slot != "time":
        return plain(value)
    start, _, end = value.partition(" to ")
    return days(start, end or start) or plain(value)


def _accounts(view: View, event: Event, told: list[Mention]) -> tuple[Account, ...]:
    by_report: dict[str, list[Mention]] = {}
    for mention in sorted(told, key=lambda m: (view.notes.letters[m.report], m.trigger)):
        by_report.setdefault(mention.report, []).append(mention)
    found = []
    for ident, mentions in by_report.items():
        report = view.notes.reports[ident]
        passages: dict[str, Passage] = {}
        for mention in mentions:
            passage = _passage(view, event, mention)
            passages.setdefault(passage.mark, passage)
        found.append(
            Account(
                report=ident, letter=view.notes.letters[ident],
                outlet=plain(report.outlet or report.title or report.origin),
                title=plain(report.title or ""), day=days(report.published, report.published),
                copy_of=view.notes.letters.get(report.copy_of or "", ""), passages=tuple(passages.values()),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda a: (len(a.letter), a.letter)))


def _passage(view: View, event: Event, mention: Mention) -> Passage:
    report = view.notes.reports[mention.report]
    sentence = view.notes.sentence(mention.report, mention.trigger)
    among = (*mention.actor, *mention.recipient)
    mine = [m for other in view.told(event) if other.report == mention.report for m in of_mention(view, other, "")]
    marks = [*mine, *of_actors(view, mention.report, among)]
    at = report.sentences.index(sentence) if sentence in report.sentences else -1
    around = [report.sentences[n] if at >= 0 and 0 <= n < len(report.sentences) else None for n in (at - 1, at + 1)]
    says = chain(mention.attribution, view.name)
    note = ", ".join(part for part in (manner(mention), f"according to {says}" if says else "") if part)
    return Passage(
        mark=view.notes.mark(mention.report, mention.trigger), before=_words(view, mention.report, around[0]),
        words=pieces(report.text, sentence, marks), after=_words(view, mention.report, around[1]), note=note,
    )  # fmt: skip


def _words(view: View, report: str, span: Span | None) -> str:
    return view.notes.words(report, span) if span else ""


def _readable(view: View, line: str, told: list[Mention]) -> str:
    """A reason with footnotes in place of the ids of mentions."""
    for mention in told:
        line = line.replace(mention.id, view.notes.mark(mention.report, mention.trigger))
    return plain(line)
