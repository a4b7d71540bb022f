"""Deadlines: by when what is asked, promised or planned must have happened, and the day on which a limit runs out."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.records import Due, Mention, Time
from dragoman.understand.attachment import Attached
from dragoman.understand.bounds import days
from dragoman.understand.clausetime import ClauseTimes
from dragoman.understand.draft import Clause
from dragoman.understand.sharing import goes
from dragoman.understand.timex.calendar import interval, move

ASKS = ("REQUEST", "THREATEN", "AGREE", "COERCE", "SANCTION", "REJECT", "CONCEDE")
LONGEST = 31  # days; what may be "next year" has no day on which it is awaited
LINKS = ("xcomp", "ccomp", "acl", "advcl")


def due_of(mention: Mention, clause: Clause | None, time: Time | None, *, times: ClauseTimes) -> Due | None:
    """The deadline in the mention's clause or in what it asks for; for an event to come, its own days."""
    if clause is not None and clause.kind == "nominal" and mention.type in ASKS and (ends := expires(clause, times)):
        return ends
    supposed = "hypothetical" in mention.auxiliary
    planned = "future" in mention.auxiliary or (
        supposed
        and clause is not None
        and (clause.tense == "future" or _may_be(clause, time, times) or _on_a_journey(clause, times))
    )
    if clause is None or not (mention.type in ASKS or planned or supposed):
        return None
    for predicate in scope(clause, times):
        for attached in times.attached.get(clause.sentence, ()):
            if attached.governor != predicate or (attached.nouns and attached.rel.split(":")[0] not in ("obl", "obj")):
                continue
            relation = "within" if granted(attached, times) or limited(attached, times) else times.relation(attached)
            ahead = planned or predicate != clause.predicate
            if relation in times.words.lists["sets_a_limit"] or (
                relation == "in" and attached.moment.kind == "DURATION" and ahead
            ):
                if _done(attached, clause, times):
                    continue
                first = counted_from(attached, times) or begins(clause, time, times)
                if due := runs_out(attached, relation=relation, begins=first):
                    return due
    if pledged := promised_day(clause, times):
        return pledged
    if (
        planned
        and "negation" not in mention.auxiliary
        and time
        and time.start
        and time.end
        and times.published
        and time.end >= times.published
    ):
        return Due(time.start, time.end)
    return None


def expires(noun: Clause, times: ClauseTimes) -> Due | None:
    """The day on which a limit told by a noun ends: "the ultimatum expires at midnight on Tuesday"."""
    above = times.parent(noun)
    if above is None or above.lemma not in times.words.lists["runs_out"] or above.tense == "past":
        return None
    time = times.of_clause(above)
    if not time or not time.end or time.precision == "vague" or not times.published or time.end < times.published:
        return None
    return Due(time.end, time.end)


def _may_be(clause: Clause, time: Time | None, times: ClauseTimes) -> bool:
    """Whether a clause tells what may be on a day to come: "they may ask for a delay when they meet on Wednesday"."""
    ahead = bool(time and time.start and times.published and time.start > times.published and days(time) <= LONGEST)
    return ahead and bool(clause.modals) and clause.tense == "present" and not clause.perfect


def _on_a_journey(clause: Clause, times: ClauseTimes) -> bool:
    """Whether a clause is what somebody goes for: "was to fly on Monday to seek his help" is due on Monday."""
    above = times.parent(clause)
    return above is not None and clause.link == "advcl" and clause.tense == "infinitive" and goes(above, times)


def scope(clause: Clause, times: ClauseTimes) -> list[int]:
    """The clause's predicate and those of what it asks, promises, orders, or threatens what else will happen."""
    below = asked_for(clause, times)
    here = times.clauses.get(clause.sentence, {}).values()
    within = {clause.i, *(c.i for c in below)}
    unless = [c for c in here if c.parent in within and c.marker in times.words.lists["ultimate"]]
    above = times.parent(clause)
    asked = above and clause.tense == "infinitive" and clause.link in ("xcomp", "ccomp")
    return [
        clause.predicate,
        *(c.predicate for c in (*below, *unless)),
        *([above.predicate] if above and asked else []),
    ]


def asked_for(clause: Clause, times: ClauseTimes) -> list[Clause]:
    """What a clause asks, promises or orders: infinitives and futures below it, or below its object."""
    here = times.clauses.get(clause.sentence, {}).values()
    objects = {c.i for c in here if c.kind == "nominal" and c.parent == clause.i}
    ahead = times.words.lists["ahead_helpers"]
    words = times.sentences[clause.sentence].words
    return [
        c
        for c in here
        if (
            c.tense in ("infinitive", "future")
            or (c.kind == "copular" and c.marker == "to")
            or (c.link == "ccomp" and any(words[m].text.lower() in ahead for m in c.modals))
        )
        and ((c.parent == clause.i and c.link in LINKS) or (c.parent in objects and c.link == "acl"))
    ]


def promised_day(clause: Clause, times: ClauseTimes) -> Due | None:
    """The day for which something is promised, asked or agreed: "pledged to be back at work on Friday"."""
    for below in asked_for(clause, times):
        time = times.of_clause(below)
        told = time is not None and time.span is not None and time.span.start > times.word(below).start
        if not time or not told or not time.start or not time.end or time.precision == "vague":
            continue
        if times.published and time.end >= times.published:
            return Due(max(time.start, times.published), time.end)
    return None


def granted(attached: Attached, times: ClauseTimes) -> bool:
    """Whether a length of time is what someone is given: "gave him 48 hours to leave", "has ten days"."""
    if (
        attached.moment.kind != "DURATION"
        or attached.governor is None
        or attached.rel.split(":")[0] not in ("obj", "iobj")
    ):
        return False
    governor = times.sentences[attached.moment.sentence].words[attached.governor]
    return governor.lemma.lower() in times.words.lists["grants"]


def limited(attached: Attached, times: ClauseTimes) -> bool:
    """Whether a length of time is that of a limit: "a deadline of ten days"."""
    words = times.sentences[attached.moment.sentence].words
    limits = times.words.lists["limits"]
    return attached.moment.kind == "DURATION" and any(words[i].lemma.lower() in limits for i in attached.nouns)


def counted_from(attached: Attached, times: ClauseTimes) -> date | None:
    """The day that a length of time is said to count from: "ten days from Saturday"."""
    words = times.sentences[attached.moment.sentence].words
    at = attached.moment.words[-1] + 1
    if at >= len(words) or words[at].text.lower() not in times.words.lists["counts_from"]:
        return None
    days = (a.moment for a in times.attached.get(attached.moment.sentence, ()) if a.moment.words[0] in (at + 1, at + 2))
    start = next((m.time.start for m in days if m.time.start == m.time.end), None)
    return date.fromisoformat(start) if start else None


def _done(attached: Attached, clause: Clause, times: ClauseTimes) -> bool:
    """Whether a date with by or before lies behind a past verb: "had left by Monday" sets no deadline."""
    end = attached.moment.time.end
    past = clause.tense == "past" and attached.governor == clause.predicate
    return bool(past and end and times.published and end <= times.published)


def runs_out(attached: Attached, *, relation: str, begins: date | None) -> Due | None:
    """The day on which the limit in a moment runs out; `begins` is the day a length of time counts from.

    "within 72 hours" of a Wednesday is Saturday; "by June" its last day; "before 1 June" the day before, "before
    Thursday evening" that day.
    """
    time = attached.moment.time
    if attached.moment.kind == "DURATION":
        if begins is None or not time.value or relation not in ("within", "in"):
            return None
        last = after(begins, time.value)
        return Due(last.isoformat(), last.isoformat()) if last else None
    if not time.start or not time.end or time.precision == "vague":
        return None
    whole = interval(time.value or "")
    ends_it = whole is not None and whole[0].isoformat() < time.start  # "before the end of the month"
    in_day = time.precision in ("part of day", "minute")
    if relation == "before" and not ends_it and not in_day:
        last = date.fromisoformat(time.start) - timedelta(days=1)
        return Due(last.isoformat(), last.isoformat())
    return Due(time.end, time.end)


def after(begins: date, value: str) -> date | None:
    """The day that lies a TIMEX3 duration after another.

    >>> after(date(2019, 1, 23), "PT72H")
    datetime.date(2019, 1, 26)
    """
    parts = re.findall(r"(\d+(?:\.\d+)?)([YQMWDHS])", value)
    day = begins
    for number, letter in parts:
        clock = "T" in value and letter in "HMS"
        day = move(day, float(number), f"T{letter}" if clock else letter)
    return day if parts else None


def begins(clause: Clause, time: Time | None, times: ClauseTimes) -> date | None:
    """The day a limit counts from: the event's own, else that of the clause that governs it."""
    found, at = time, times.parent(clause)
    while (found is None or not found.start) and at is not None:
        found, at = times.of_clause(at), times.parent(at)
    if found and found.end and found.start == found.end and (not times.published or found.end <= times.published):
        return date.fromisoformat(found.end)
    return None if found else own_day(clause, times)


def own_day(clause: Clause, times: ClauseTimes) -> date | None:
    """The report's day for an undated main clause in the past, where the report's lead is of that day too."""
    top = times.top(clause)
    lead = next((t for c in times.leads() if (t := times.of_clause(c))), None)
    if top is None or top.tense != "past" or top.perfect or not times.published or not lead:
        return None
    words = {w.lemma.lower() for w in times.sentences[clause.sentence].words}
    published = date.fromisoformat(times.published)
    eve = (published - timedelta(days=1)).isoformat()
    fresh = lead.start is not None and lead.end is not None and eve <= lead.start <= lead.end <= times.published
    return published if fresh and not words & times.words.lists["consequence"] else None
