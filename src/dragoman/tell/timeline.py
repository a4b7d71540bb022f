"""Events in time, for a drawing: bars as long as their dates are uncertain; plans and deadlines apart from acts."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from msgspec import Struct

from dragoman.records import Event
from dragoman.tell.view import Section, View, section_of
from dragoman.tell.words import plain, when

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
    """What lies between two days, lane by lane; `undated` events have no day, `held_back` did not fit."""

    today: str | None
    since: str | None
    until: str | None
    lanes: tuple[str, ...]
    items: tuple[Item, ...]
    undated: int
    held_back: int


def timeline(
    view: View, *, by: Lanes = "type", since: str = "", until: str = "", background: bool = False, most: int = 150
) -> Timeline:
    """The events of a dossier in time; the most telling `most` of them where there are more."""
    last = until or "9999"
    found = [
        event
        for event in view.dated
        if (background or "historical" not in event.auxiliary)
        and event.time
        and (event.time.end or "") >= since
        and (event.time.start or "")[:10] <= last
    ]
    due = [i for i in _due(view, by) if i.end >= since and i.start <= last][:most]
    items = [_item(view, event, by) for event in found[: max(0, most - len(due))]]
    planned = {(i.event, i.end) for i in items if i.kind == "planned"}  # its bar says that it is due
    due = [i for i in due if (i.event, i.end) not in planned]
    shown = sorted([*due, *items], key=lambda i: (i.start, i.end, i.event))
    counted = Counter(item.lane for item in shown)
    return Timeline(
        today=view.dossier.read_at, since=since or min((i.start for i in shown), default=None),
        until=until or max((i.end for i in shown), default=None),
        lanes=tuple(sorted(counted, key=lambda lane: (-counted[lane], lane))), items=tuple(shown),
        undated=len(view.dossier.events) - len(view.dated),
        held_back=len(found) - len(items),
    )  # fmt: skip


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


def _due(view: View, by: Lanes) -> list[Item]:
    found, seen = [], set()
    for expected in view.dossier.expectations:
        event = view.events.get(expected.event)
        if event is not None and (event.id, expected.due) not in seen:
            seen.add((event.id, expected.due))
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


def _kind(event: Event) -> Kind:
    told: dict[str, Kind] = {"historical": "background", "negation": "denied", "hypothetical": "feared",
                             "future": "planned"}  # fmt: skip
    return next((kind for auxiliary, kind in told.items() if auxiliary in event.auxiliary), "told")


def _lane(view: View, event: Event, by: Lanes) -> str:
    if by == "type":
        return event.type.lower()
    if by == "actor":
        return view.name(event.actor[0]) if event.actor else "nobody named"
    report = view.notes.reports[event.reports[0]]
    return plain(report.outlet or report.origin)
