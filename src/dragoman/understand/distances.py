"""Days told by their distance: "a day after it burned", "three days after the coup of 20 February"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dragoman.records import Time
from dragoman.understand.attachment import Attached
from dragoman.understand.bounds import length
from dragoman.understand.draft import Clause, Moment
from dragoman.understand.timex.calendar import interval, move, precision
from dragoman.understand.timex.periods import unit_value

if TYPE_CHECKING:
    from dragoman.understand.clausetime import ClauseTimes

_ROUND = ("M", "Y", "10Y")  # units in which nobody counts to the day
HALF_A_DAY = {"TH": 12, "TM": 720}  # a length in hours or minutes within which it is still that day


def apart(times: ClauseTimes, clause: Clause, *, depth: int) -> Time | None:
    """The time of what is told so long before or after a dated event: "shut on Tuesday, a day after it burned"."""
    sentence = times.sentences[clause.sentence]
    marks = sentence.dependents(clause.predicate, "mark", "advmod")
    for attached in times.attached.get(clause.sentence, ()):
        told = _opened(attached.moment, marks)
        side = _side(times, clause.sentence, told)
        main = times.clause(clause.sentence, attached.governor) if attached.governor is not None else None
        if main and main.i == clause.i:
            main = times.parent(clause)
        if side is None or main is None or main.sentence != clause.sentence:
            continue
        if time := _moved(times, attached.moment, times.of_clause(main, depth=depth + 1), side):
            return time
    return None


def after_what(times: ClauseTimes, clause: Clause, *, depth: int) -> Time | None:
    """The time of what was so long after or before a dated clause: "arrested two days after he spoke on Saturday"."""
    sentence = times.sentences[clause.sentence]
    for below in times.clauses.get(clause.sentence, {}).values():
        if below.parent != clause.i or below.link != "advcl":
            continue
        marks = sentence.dependents(below.predicate, "mark", "advmod")
        for attached in times.attached.get(clause.sentence, ()):
            told = _opened(attached.moment, marks) if attached.governor == clause.predicate else None
            side = _side(times, clause.sentence, told)
            if side and (time := _moved(times, attached.moment, times.of_clause(below, depth=depth + 1), -side)):
                return time
    return None


def on_the_eve(times: ClauseTimes, attached: Attached) -> Time | None:
    """The day before a happening: "on the eve of the vote on Sunday"."""
    words, time = times.sentences[attached.moment.sentence].words, attached.moment.time
    eve = any(words[n].lemma.lower() in times.words.lists["day_before"] for n in attached.nouns)
    if not eve or not time.start or time.start != time.end:
        return None
    day = (date.fromisoformat(time.start) - timedelta(days=1)).isoformat()
    return replace(time, start=day, end=day, precision="day", value=day, why=f"the day before {time.text}")


def after_noun(times: ClauseTimes, attached: Attached) -> Time | None:
    """The day that is told by its distance from this one: "three days after the coup of 20 February"."""
    first = min(attached.moment.words)
    here = times.attached.get(attached.moment.sentence, ())
    before = [a.moment for a in here if max(a.moment.words) < first]
    if not before or times.words.relations.get(attached.cases[-1], "") not in times.words.table("sides"):
        return None
    last = max(before[-1].words)
    told = next((i for i in (last, last + 1) if _side(times, attached.moment.sentence, i)), None)
    side = _side(times, attached.moment.sentence, told)
    return _moved(times, before[-1], attached.moment.time, -side) if side else None


def _opened(moment: Moment, marks: Sequence[int]) -> int | None:
    """The conjunction that a length of time ends with or stands before."""
    last = moment.words[-1]
    return next((m for m in marks if m in (last, last + 1)), None)


def _side(times: ClauseTimes, sentence: int, word: int | None) -> int | None:
    words = times.sentences[sentence].words
    if word is None or word >= len(words):
        return None
    relation = times.words.relations.get(words[word].text.lower(), "")
    side: int | None = times.words.table("sides").get(relation)
    return side


def _moved(times: ClauseTimes, told: Moment, time: Time | None, side: int) -> Time | None:
    """A day so long on this side of another; the same day within hours."""
    step = length(told.time.text, times.words)
    if time is None or step is None or not time.start or time.start != time.end:
        return None
    amount, unit = step
    if unit in HALF_A_DAY:
        if amount > HALF_A_DAY[unit]:
            return None
        amount = 0.0
    day = move(date.fromisoformat(time.start), side * amount, unit)
    value = unit_value(day, unit) if unit in _ROUND else day.isoformat()
    days = interval(value) or (day, day)
    return replace(
        told.time,
        start=days[0].isoformat(),
        end=days[1].isoformat(),
        precision=precision(value),
        value=value,
        why=f"{told.time.text} counted from {time.text}",
    )
