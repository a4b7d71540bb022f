"""TimelineJS: a slide for each event whose day is known."""

from __future__ import annotations

from html import escape
from typing import Any

import msgspec

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier, Event
from dragoman.tell.footnotes import Footnotes
from dragoman.tell.tables import NOT_DONE
from dragoman.tell.words import days, manner, plain


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """The JSON that TimelineJS reads; its texts are HTML, so what the reports say is escaped.

    What did not happen or is only feared is left out unless `everything`.
    """
    notes = Footnotes(dossier)
    mentions = {m.id: m for m in dossier.mentions}

    def slide(event: Event) -> dict[str, Any]:
        told = [mentions[ident] for ident in event.mentions]
        quotes = "".join(
            f"<p>{escape(plain(notes.reports[m.report].outlet or m.report))}: “"
            f"{escape(notes.words(m.report, notes.sentence(m.report, m.trigger)))}”</p>"
            for m in told
        )
        how = next(filter(None, map(manner, told)), "")
        head = escape(plain(event.headline)) + (f" <i>({escape(how)})</i>" if how else "")
        return {
            "start_date": _date(event.time.start if event.time else ""),
            "end_date": _date(event.time.end if event.time else ""),
            "display_date": days(event.time.start, event.time.end) if event.time else "",
            "text": {"headline": head, "text": quotes},
            "group": event.type,
            "unique_id": event.id,
        }

    shown = [
        event
        for event in sorted(dossier.events, key=lambda e: ((e.time and e.time.start) or "", e.id))
        if event.time and event.time.start and event.time.end and (everything or not NOT_DONE & set(event.auxiliary))
    ]
    return msgspec.json.format(msgspec.json.encode({"events": [slide(event) for event in shown]}), indent=1) + b"\n"


def _date(day: str | None) -> dict[str, int]:
    year, month, number = map(int, (day or "").split("-"))
    return {"year": year, "month": month, "day": number}
