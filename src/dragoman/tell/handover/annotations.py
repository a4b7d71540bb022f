"""W3C Web Annotation Data Model: every mention and claim, fastened to its words by place and by quotation."""

from __future__ import annotations

from typing import Any

import msgspec

from dragoman.knowledge import Knowledge
from dragoman.records import Claim, Dossier, Mention, Report, Span
from dragoman.tell.words import days

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # characters before and after a quotation, by which it is found in a page that has changed


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """An annotation page in JSON-LD; positions count Unicode code points of the report's text, as the standard does."""
    reports = {report.id: report for report in dossier.reports}
    events = {mention: event.id for event in dossier.events for mention in event.mentions}
    items = [_of_mention(m, reports[m.report], events.get(m.id, "")) for m in dossier.mentions]
    items += [_of_claim(claim, reports[claim.report]) for claim in dossier.claims]
    page = {"@context": CONTEXT, "id": "urn:dragoman:dossier", "type": "AnnotationPage", "items": items}
    return msgspec.json.format(msgspec.json.encode(page), indent=1) + b"\n"


def _of_mention(mention: Mention, report: Report, event: str) -> dict[str, Any]:
    parts = [mention.type, "; ".join(mention.actor_text), "; ".join(mention.recipient_text)]
    if mention.time is not None and mention.time.start:
        parts.append(days(mention.time.start, mention.time.end))
    tags = [mention.type, *([mention.mode] if mention.mode else []), *mention.auxiliary, mention.certainty]
    bodies = [_body(" | ".join(parts), "describing"), *(_body(tag, "tagging") for tag in tags)]
    if event:
        bodies.append(_body(event, "identifying"))
    return _annotation(mention.id, bodies, report, mention.trigger)


def _of_claim(claim: Claim, report: Report) -> dict[str, Any]:
    said = f"{claim.source} {claim.cue or ''}".strip()
    return _annotation(claim.id, [_body(said, "describing"), _body(claim.kind, "tagging")], report, claim.content)


def _body(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "purpose": purpose, "format": "text/plain"}


def _annotation(ident: str, bodies: list[dict[str, str]], report: Report, span: Span) -> dict[str, Any]:
    return {
        "id": f"urn:dragoman:{ident}",
        "type": "Annotation",
        "body": bodies,
        "target": {
            "source": report.url or f"urn:dragoman:{report.id}",
            "selector": [
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": span.of(report.text),
                    "prefix": report.text[max(0, span.start - AROUND) : span.start],
                    "suffix": report.text[span.end : span.end + AROUND],
                },
            ],
        },
    }
