"""Deadlines: by when what is asked, promised or planned must have happened, and the day that a limit runs out."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.records import Due, Mention, Time
from dragoman.understand.attachment import Attached
from dragoman.understand.timex.calendar import move

ASKS = ("REQUEST", "THREATEN", "AGREE", "COERCE", "SANCTION", "REJECT", "CONCEDE")


def runs_out(attached: Attached, *, relation: str, begins: date | None, ahead: bool) -> Due | None:
    """The day on which the limit in a moment runs out; `begins` is the day a length of time counts from.

    "within 72 hours" of a Wednesday is Saturday; "by June" its last day; "before 1 June" the day before.
    """
    time = attached.moment.time
    if attached.moment.kind == "DURATION":
        if begins is None or not time.value or relation not in ("within", "in") or (relation == "in" and not ahead):
            return None
        if time.start and time.end and relation == "in":
            return None  # "in the past two weeks"
        last = after(begins, time.value)
        return Due(last.isoformat(), last.isoformat()) if last else None
    if not time.start or not time.end:
        return None
    if relation in ("by", "until", "within"):
        return Due(time.end, time.end)
    if relation == "before":
        last = date.fromisoformat(time.start) - timedelta(days=1)
        return Due(last.isoformat(), last.isoformat())
    return Due(time.start, time.end) if ahead else None


def after(begins: date, value: str) -> date | None:
    """The day a TIMEX3 duration after another: `after(date(2019, 1, 23), "PT72H")` → 26 January 2019."""
    parts = re.findall(r"(\d+(?:\.\d+)?)([YQMWDHS])", value)
    if not parts:
        return None
    day = begins
    for number, letter in parts:
        clock = "T" in value and letter in "HMS"
        day = move(day, float(number), f"T{letter}" if clock else letter)
    return day


def still_to_come(time: Time | None, published: str | None) -> bool:
    """Whether a dated time lies wholly after the report's day, or begins on it or later."""
    return bool(time and time.start and published and time.start >= published)


def asks(mention: Mention) -> bool:
    """Whether the mention is of a kind that sets others, or its own actor, something to do."""
    return mention.type in ASKS or bool({"future", "hypothetical"} & set(mention.auxiliary))
