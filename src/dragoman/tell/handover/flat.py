"""Mentions, claims and differences as flat rows of named values, for workbooks and data frames."""

from __future__ import annotations

from dragoman.records import Dossier
from dragoman.tell.footnotes import Footnotes
from dragoman.tell.words import chain

Row = dict[str, str | float | int | bool | list[str] | None]


def mentions(dossier: Dossier) -> list[Row]:
    """A row a mention, with its sentence and the event it belongs to."""
    notes = Footnotes(dossier)
    events = {ident: event for event in dossier.events for ident in event.mentions}
    found: list[Row] = []
    for m in dossier.mentions:
        report, event = notes.reports[m.report], events.get(m.id)
        found.append(
            {
                "mention": m.id,
                "event": event.id if event else None,
                "independent": event.independent if event else None,
                "report": m.report,
                "outlet": report.outlet,
                "published": report.published,
                "type": m.type,
                "mode": m.mode,
                "cameo": m.cameo,
                "actor": list(m.actor),
                "recipient": list(m.recipient),
                "actor_text": list(m.actor_text),
                "recipient_text": list(m.recipient_text),
                "start": m.time.start if m.time else None,
                "end": m.time.end if m.time else None,
                "place": (m.place.name or m.place.text) if m.place else None,
                "country": m.place.country if m.place else None,
                "lat": m.place.lat if m.place else None,
                "lon": m.place.lon if m.place else None,
                "auxiliary": list(m.auxiliary),
                "certainty": m.certainty,
                "said_by": chain(m.attribution),
                "confidence": m.confidence,
                "mark": notes.mark(m.report, m.trigger),
                "sentence": notes.words(m.report, notes.sentence(m.report, m.trigger)),
            }
        )
    return found


def claims(dossier: Dossier) -> list[Row]:
    """A row a claim: who said what, how, where."""
    notes = Footnotes(dossier)
    return [
        {
            "claim": claim.id,
            "report": claim.report,
            "outlet": notes.reports[claim.report].outlet,
            "published": notes.reports[claim.report].published,
            "source": claim.source,
            "actor": claim.actor,
            "kind": claim.kind,
            "cue": claim.cue,
            "direct": claim.direct,
            "hedge": claim.hedge,
            "group": claim.group,
            "content": notes.words(claim.report, claim.content),
            "mark": notes.mark(claim.report, claim.content),
        }
        for claim in dossier.claims
    ]


def differences(dossier: Dossier) -> list[Row]:
    """A row for each value on a slot on which accounts differ."""
    outlets = {report.id: report.outlet or report.origin for report in dossier.reports}
    return [
        {
            "event": event.id,
            "headline": event.headline,
            "slot": difference.slot,
            "kind": difference.kind,
            "value": value.value,
            "told_by": "; ".join(dict.fromkeys(outlets[report] for report in value.reports)),
        }
        for event in dossier.events
        for difference in event.differences
        for value in difference.values
    ]
