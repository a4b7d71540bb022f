"""What was announced, demanded or promised for a day, and what became of it: one row a deadline of an event."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct

from dragoman.records import Expectation
from dragoman.tell.view import View
from dragoman.tell.words import plain, when


class DueRow(Struct, frozen=True, kw_only=True):
    """A deadline; `last` is the ISO day by which it must have happened, `met` are the marks of what met it."""

    event: str
    day: str
    last: str
    text: str
    status: str
    met: tuple[str, ...]
    marks: tuple[str, ...]


def due_rows(view: View) -> tuple[DueRow, ...]:
    """All deadlines: those ahead of the last report, the next one first, then those behind it, the latest first."""
    told: dict[tuple[str, ...], list[Expectation]] = defaultdict(list)
    for expected in view.dossier.expectations:
        if expected.mention in view.mentions or not expected.mention:
            of = expected.event or expected.text
            told[of, expected.due.start, expected.due.end, expected.status].append(expected)
    today = view.dossier.read_at or ""
    rows = sorted((_row(view, found) for found in told.values()), key=lambda row: (row.last, row.event))
    ahead = [row for row in rows if row.last > today]
    return (*ahead, *(row for row in reversed(rows) if row.last <= today))


def _row(view: View, found: list[Expectation]) -> DueRow:
    first = found[0]
    event, mention = view.events.get(first.event), view.mentions.get(first.mention)
    own = view.notes.words(mention.report, mention.span) if mention else first.text
    text = event.headline if event and event.headline else own
    met = dict.fromkeys(m for expected in found for m in expected.met_by if m in view.mentions)
    return DueRow(
        event=first.event, day=when(first.due), last=first.due.end[:10], text=plain(text), status=first.status,
        met=view.marks([view.mentions[m] for m in met]), marks=view.marks_of(found),
    )  # fmt: skip
