"""Events in time, for a drawing: bars as long as their dates are uncertain; plans and deadlines apart from acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from dragoman.records import Event, Report
from dragoman.tell.view import Section, View, section_of
from dragoman.tell.words import when

BEFORE, AFTER = timedelta(days=14), timedelta(days=45)  # the days of the reports, that are shown at first
Lanes = Literal["type", "actor", "report"]
Kind = Literal["told", "background", "planned", "feared", "denied", "deadline"]


class Item(Struct, frozen=True, kw_only=True):
    """One event or deadline; `start` and `end` are ISO days, both included."""

    event: str
    lane: str
    start: str
    end: str
    precise: bool  # one day or less; else somewhere within
    day: str
    text: str
    kind: Kind
    section: Section
    status: str = ""  # of a deadline
    marks: tuple[str, ...] = ()


class Timeline(Struct, frozen=True, kw_only=True):
    """What lies between two days, lane by lane.

    `undated` events have no day, `outside` lie before or after where no days were named, `held_back` did not fit.
    """

    today: str | None
    since: str | None
    until: str | None
    lanes: tuple[str, ...]
    items: tuple[Item, ...]
    undated: int
    outside: int
    held_back: int


def timeline(
    view: View,
    *,
    by: Lanes = "type",
    since: str = "",
    until: str = "",
    background: bool = False,
    whole: bool = False,
    most: int = 150,
) -> Timeline:
    """The events of a dossier in time; the most telling `most` of them where there are more.

    Where no days are named they are those around the reports, or one thing told of long ago would leave no room for all
    else; `whole` gives all time.
    """
    named = bool(since or until)
    if not named and not whole:
        since, until = _around(view.dossier.reports)
    last = until or "9999"
    known = [e for e in view.dated if background or "historical" not in e.auxiliary]
    found = [e for e in known if e.time and (e.time.end or "") >= since and (e.time.start or "")[:10] <= last]
    due = _due(view, by, since, last, most // 3)
    items = [_item(view, event, by) for event in found[: most - len(due)]]
    planned = {(i.event, i.end) for i in items if i.kind == "planned"}  # its bar says that it is due
    due = [i for i in due if (i.event, i.end) not in planned]
    shown = sorted([*due, *items], key=lambda i: (i.start, i.end, i.event))
    counted = Counter(item.lane for item in shown)
    return Timeline(
        today=view.dossier.read_at,
        since=since if named else max(since, min((i.start for i in shown), default=since)) or None,
        until=until if named and until else min(last, max((i.end for i in shown), default=last)) if shown else None,
        lanes=tuple(sorted(counted, key=lambda lane: (-counted[lane], lane))), items=tuple(shown),
        undated=len(view.dossier.events) - len(view.dated),
        outside=0 if named else len(known) - len(found), held_back=len(found) - len(items),
    )  # fmt: skip


def _around(reports: Iterable[Report]) -> tuple[str, str]:
    """The days around the reports' own; none when no report has a day."""
    days = sorted(date.fromisoformat(r.published[:10]) for r in reports if r.published)
    return (str(days[0] - BEFORE), str(days[-1] + AFTER)) if days else ("", "")


def _item(view: View, event: Event, by: Lanes) -> Item:
    time = event.time
    assert time
    assert time.start
    assert time.end
    start, end = time.start[:10], time.end[:10]
    row = view.row(event)
    return Item(
        event=event.id, lane=_lane(view, event, by), start=start, end=end, precise=start == end, day=row.day,
        text=row.text, kind=_kind(event), section=section_of(event), marks=row.marks,
    )  # fmt: skip


def _due(view: View, by: Lanes, since: str, last: str, most: int) -> list[Item]:
    """Deadlines between two days, those nearest to the last report when there are more than `most`."""
    told = {
        (e.event, e.due): e
        for e in reversed(view.dossier.expectations)
        if e.event in view.events and e.due.end[:10] >= since and e.due.start[:10] <= last
    }
    near = sorted(told.values(), key=lambda e: (_away(e.due.end, view.dossier.read_at), e.due.end, e.event))
    found = []
    for expected in near[:most]:
        event = view.events[expected.event]
        row = view.row(event)
        found.append(
            Item(
                event=event.id, lane=_lane(view, event, by), start=expected.due.start[:10],
                end=expected.due.end[:10], precise=expected.due.start == expected.due.end,
                day=when(expected.due), text=row.text, kind="deadline", section=section_of(event),
                status=expected.status, marks=row.marks,
            )
        )  # fmt: skip
    return found


def _away(day: str, today: str | None) -> int:
    """Days between two ISO days."""
    try:
        return abs((date.fromisoformat(day[:10]) - date.fromisoformat((today or day)[:10])).days)
    except ValueError:
        return 0


def _kind(event: Event) -> Kind:
    told: dict[str, Kind] = {"historical": "background", "negation": "denied", "hypothetical": "feared",
                             "future": "planned"}  # fmt: skip
    return next((kind for auxiliary, kind in told.items() if auxiliary in event.auxiliary), "told")


def _lane(view: View, event: Event, by: Lanes) -> str:
    if by == "type":
        return event.type.lower()
    if by == "actor":
        return view.name(event.actor[0]) if event.actor else "nobody named"
    return view.notes.teller(event.reports[0])
