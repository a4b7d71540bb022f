"""Whether days fit a tense, and how long an interval or a length in words is."""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.knowledge.timewords import TimeWords
from dragoman.records import Time
from dragoman.understand.draft import Clause
from dragoman.understand.timex.quantity import quantity

LATELY = 7  # days back that a present perfect may name: news says "has resigned on Monday"
SOON = 3  # days for which a present tense still tells of what was: headlines and "says on Monday"


def fits(clause: Clause, start: str, end: str, today: str) -> bool:
    """Whether the tense of a clause allows these days: a mere present is not long past, a past not to come."""
    if clause.tense == "past" or clause.perfect:
        return start <= today
    if clause.tense == "future":
        return end >= today
    if clause.tense == "present" and not clause.modals:
        return end >= (date.fromisoformat(today) - timedelta(days=SOON)).isoformat()
    return True


def over_and_gone(clause: Clause, end: str, today: str) -> bool:
    """Whether a present perfect stands beside days long past, which are another verb's: "has met men held in 2014"."""
    return clause.perfect and clause.tense == "present" and not clause.modals and long_before(end, today)


def long_before(end: str, today: str) -> bool:
    """Whether a day is more than a week before another."""
    return end < (date.fromisoformat(today) - timedelta(days=LATELY)).isoformat()


def length(text: str, words: TimeWords) -> tuple[float, str] | None:
    """Amount and unit of "a day after", "two weeks": `(1.0, "D")`, `(2.0, "W")`; "hours" are less than a day."""
    parts = text.lower().split()
    at = next((n for n, word in enumerate(parts) if word in words.units), None)
    if at is None:
        return None
    number = " ".join(parts[:at])
    unit = words.units[parts[at]]
    many = parts[at] not in words.tables["units"]
    amount = None if many and not number else 1.0 if number in ("", "the") else quantity(number, words)
    if amount is None and unit.startswith("T"):
        return 0.0, unit
    return (amount, unit) if amount else None


def days(time: Time) -> int:
    """How many days lie between the ends; very many where they are open."""
    if not time.start or not time.end:
        return 10**6
    return (date.fromisoformat(time.end) - date.fromisoformat(time.start)).days
