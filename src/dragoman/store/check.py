"""Whether what a dossier holds fits together: digests, spans, and what refers to what."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from msgspec import Struct

from dragoman.records import Reading, Report, Span
from dragoman.store.store import Store


class Fault(Struct, frozen=True):
    """Something that does not fit: which row, what is wrong, and the next step."""

    row: str
    wrong: str
    next: str


AGAIN = "read the report again"
RESTORE = "restore the dossier from a copy"


def check(store: Store) -> Iterator[Fault]:
    """Every fault of a dossier, report by report; none when all is well. Raises DossierError for a broken one."""
    yield from (Fault("dossier", line, RESTORE) for line in store.damage())
    with store.snapshot():
        reports = {r.id: r for r in store.reports()}
        readings = {r.report: r for r in store.readings()}
        corrections = store.corrections()
    for ident, report in reports.items():
        yield from _report(report)
        if ident not in readings:
            yield Fault(ident, "the report has no reading", AGAIN)
        else:
            yield from _reading(readings[ident], report)
    for ident in readings.keys() - reports.keys():
        yield Fault(
            ident, "there is a reading of a report that is not here", "read the report again, or restore a copy"
        )
    digests = {r.sha256: r for r in reports.values()}
    for correction in corrections:
        for anchor in (*correction.at, *correction.apart):
            known = digests.get(anchor.sha256)
            if known is not None and not _inside(anchor.span, known):
                yield Fault(correction.id, f"it is fastened to {_words(anchor.span)}, beyond the end of {known.id}",
                            "undo the correction and make it again")  # fmt: skip


def _report(report: Report) -> Iterator[Fault]:
    if sha256(report.text.encode()).hexdigest() != report.sha256:
        yield Fault(report.id, "the text is not the one its digest was made of", RESTORE)
    for span in report.boilerplate:
        if not _inside(span, report):
            yield Fault(report.id, f"the passage {_words(span)} lies beyond the text", AGAIN)


def _reading(reading: Reading, report: Report) -> Iterator[Fault]:
    actors = {a.id for a in reading.actors}
    for mention in reading.mentions:
        spans = [mention.trigger, mention.span, *(n.span for n in mention.numbers)]
        spans += [x.span for x in (mention.time, mention.place, *mention.attribution) if x and x.span]
        yield from _spans(mention.id, spans, report)
        named = {*mention.actor, *mention.recipient, *(a.actor for a in mention.attribution if a.actor)}
        for unknown in sorted(named - actors):
            yield Fault(mention.id, f"it names the actor {unknown}, who is not in the reading", AGAIN)
        if mention.report != report.id:
            yield Fault(mention.id, f"it stands in the reading of {report.id}, but names {mention.report}", AGAIN)
    for claim in reading.claims:
        spans = [s for s in (claim.content, claim.source_span, claim.cue_span) if s]
        yield from _spans(claim.id, spans, report)
        if claim.actor and claim.actor not in actors:
            yield Fault(claim.id, f"it names the actor {claim.actor}, who is not in the reading", AGAIN)
    for actor in reading.actors:
        yield from _spans(f"{report.id} {actor.id}", [e.span for e in actor.spans], report)
    yield from _spans(report.id, [line.span for line in reading.lines], report)


def _spans(row: str, spans: list[Span], report: Report) -> Iterator[Fault]:
    for span in spans:
        if not _inside(span, report):
            yield Fault(row, f"its words {_words(span)} lie beyond the text of {report.id}", AGAIN)


def _inside(span: Span, report: Report) -> bool:
    return 0 <= span.start <= span.end <= len(report.text)


def _words(span: Span) -> str:
    return f"[{span.start}, {span.end})"
