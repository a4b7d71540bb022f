"""A stretch of a report cut into pieces, each with what its words are: event, actor, time, place, source …"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from dragoman.records import Mention, Span
from dragoman.tell.view import View
from dragoman.tell.words import visible, when


class Marked(Struct, frozen=True, order=True):
    """A span and what it is: `kind` is event, actor, time, place, number, source, cue, content or skipped."""

    span: Span
    kind: str
    about: str = ""  # id of the row it belongs to
    hint: str = ""  # one line for a reader


class Piece(Struct, frozen=True):
    """Words that belong together: all their marks are the same."""

    text: str
    kinds: tuple[str, ...] = ()
    about: str = ""  # the event, else the actor, that they belong to
    hint: str = ""


def pieces(text: str, window: Span, marks: Iterable[Marked]) -> tuple[Piece, ...]:
    """Cut `text` within `window` wherever a mark starts or ends; the pieces together are the window's words.

    >>> [(p.text, p.kinds) for p in pieces("Kol left", Span(0, 8), [Marked(Span(0, 3), "actor")])]
    [('Kol', ('actor',)), (' left', ())]
    """
    inside = [m for m in sorted(marks) if m.span.overlaps(window) and m.span.start < m.span.end]
    cuts = {window.start, window.end}
    for mark in inside:
        cuts |= {max(mark.span.start, window.start), min(mark.span.end, window.end)}
    places = sorted(cuts)
    found, open_, at = [], list[Marked](), 0
    for start, end in pairwise(places):
        open_ = [m for m in open_ if m.span.end > start]
        while at < len(inside) and inside[at].span.start <= start:
            open_ += [inside[at]] if inside[at].span.end > start else []
            at += 1
        found.append(_piece(text[start:end], open_))
    return tuple(found)


def _piece(text: str, marks: list[Marked]) -> Piece:
    leading = next((m for kind in ("event", "actor") for m in marks if m.kind == kind), None)
    kinds = tuple(sorted({m.kind for m in marks}))
    hints = dict.fromkeys(m.hint for m in marks if m.hint)
    return Piece(visible(text), kinds, leading.about if leading else "", "; ".join(hints))


def of_mention(view: View, mention: Mention, event: str) -> Iterator[Marked]:
    """The marks of one mention: its trigger, time, place, numbers and sources."""
    names = [" and ".join(view.name(a) for a in ids) for ids in (mention.actor, mention.recipient)]
    sides = " → ".join(name for name in names if name)
    yield Marked(mention.trigger, "event", event, f"{mention.type}{f': {sides}' if sides else ''}")
    if mention.time and mention.time.span:
        yield Marked(mention.time.span, "time", "", when(mention.time))
    if mention.place and mention.place.span:
        yield Marked(mention.place.span, "place")
    for number in mention.numbers:
        yield Marked(number.span, "number")
    for link in mention.attribution:
        if link.span:
            yield Marked(link.span, "source")


def of_actors(view: View, report: str, among: Collection[str] | None = None) -> Iterator[Marked]:
    """Where a report names actors: all of them, or those given."""
    for span, ident in view.named_in(report):
        if among is None or ident in among:
            yield Marked(span, "actor", ident, view.name(ident))


def of_claims(view: View, report: str) -> Iterator[Marked]:
    """What a report has others say: content, cue and source of each claim."""
    for claim in view.claims_of(report):
        yield Marked(claim.content, "content", claim.id, f"says {view.speaker(claim)}")
        if claim.cue_span:
            yield Marked(claim.cue_span, "cue", claim.id)
        if claim.source_span:
            yield Marked(claim.source_span, "source", claim.id)
