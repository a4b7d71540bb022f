"""What is to happen and by when, and what became of it in later reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct

from dragoman.reconcile.acts import type_kin
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.cast import local_ids
from dragoman.reconcile.kinship import Kinship, Nearness
from dragoman.reconcile.memory import Kind
from dragoman.reconcile.rows import HOME, REPORT, TELLING
from dragoman.reconcile.signals import mutual
from dragoman.reconcile.telling import UNREAL, Telling
from dragoman.reconcile.words import content
from dragoman.records import Due, Expectation, Mention, Planned

Status = Literal["open", "met", "missed", "unknown"]
ALIKE = 0.3  # share of the clause's content that the fulfilment must have
TOLD_WITHIN = 30  # days after the deadline in which an undated report of it still counts
DONE_OR_REFUSED = frozenset({"RETREAT", "SANCTION", "CONCEDE", "REJECT"})  # types that answer what was asked by a day


def due_of(book: Casebook, mention: Mention) -> Due | None:
    """When a mention says that something must have happened: its deadline, else its time where that lies ahead.

    What is only supposed is expected where it has a day of its own: "if the truce holds, they will meet on Thursday".
    """
    dated = mention.due is not None and mention.time is not None and mention.time.start == mention.due.start
    if "negation" in mention.auxiliary or ("hypothetical" in mention.auxiliary and not dated):
        return None
    if mention.due is not None:
        return mention.due
    time = mention.time
    if "future" not in mention.auxiliary or time is None or not (time.start and time.end):
        return None
    report = book.collected(mention.report)
    published = report.published if report else None
    if published and time.end[:10] < published[:10]:
        return None
    return Due(time.start[:10], time.end[:10])


class Plan(Struct, frozen=True):
    """A mention that names a day to come."""

    due: Due
    keys: tuple[str, ...]  # who takes part, what is to be done, and the months in which it may be fulfilled


Verdict = Literal["met", "not met", "refused"]
PLAN: Kind[Plan] = Kind("plan", Plan, lambda ident, plan: plan.keys)
FACT: Kind[tuple[str, ...]] = Kind("fact", tuple[str, ...], lambda ident, keys: keys)
OUTCOME: Kind[dict[str, Verdict]] = Kind("outcome", dict[str, Verdict], lambda ident, outcome: outcome)


def find_expectations(book: Casebook, changed: Mapping[str, Telling | None]) -> None:
    """What the changed mentions expect, and what they fulfil or refuse."""
    memory, kin = book.memory, Kinship(book.actors)
    plans = {i: _plan(book, t) if t is not None else None for i, t in changed.items()}
    facts = {i: _fact_keys(t) or None if t is not None else None for i, t in changed.items()}
    touched = plans.keys() | memory.having(OUTCOME, changed)
    outcomes = {i: {f: v for f, v in found.items() if f not in changed} if i not in changed else {}
                for i, found in memory.many(OUTCOME, sorted(touched)).items()}  # fmt: skip
    memory.put(PLAN, plans)
    memory.put(FACT, facts)
    memory.find(FACT, {key for plan in plans.values() if plan is not None for key in plan.keys})
    memory.find(PLAN, {key for keys in facts.values() if keys is not None for key in keys})
    pairs = {(i, f) for i, plan in plans.items() if plan is not None for f in memory.having(FACT, plan.keys)}
    pairs |= {(i, f) for f, keys in facts.items() if keys is not None for i in memory.having(PLAN, keys)}
    memory.load(PLAN, sorted({i for i, _ in pairs}))
    told = memory.many(TELLING, sorted({i for pair in pairs for i in pair}))
    memory.load(REPORT, {t.mention.report for t in told.values()})
    for ident, other in sorted(pairs):
        plan, telling, fact = (memory.get(PLAN, ident), memory.get(TELLING, ident), memory.get(TELLING, other))
        if plan and telling and fact and _in_time(fact, plan.due, telling.mention, book):
            verdict = _verdict(fact, telling, kin)
            if verdict is not None:
                outcomes.setdefault(ident, dict(memory.many(OUTCOME, (ident,)).get(ident, {})))[other] = verdict
    memory.put(OUTCOME, {i: dict(sorted(found.items())) or None for i, found in sorted(outcomes.items())})


def expectations(book: Casebook) -> Iterator[Expectation]:
    """One expectation for each mention or plan that names a day to come; what met it, and whether it is overdue."""
    memory = book.memory
    for ident, plan in memory.every(PLAN).items():
        outcome, home = memory.get(OUTCOME, ident) or {}, memory.get(HOME, ident)
        met = tuple(sorted(fact for fact, verdict in outcome.items() if verdict == "met"))
        refused = len(met) < len(outcome)
        yield Expectation(
            id=f"x-{sha256(ident.encode()).hexdigest()[:8]}",
            mention=ident,
            event=home.event if home else "",
            **_told(memory.get(TELLING, ident)),
            due=plan.due,
            status=_status(book, plan.due, met=bool(met), refused=refused),
            met_by=met,
        )
    for report, reading in book.readings.items():
        if reading.planned and book.reports[report].copy_of is None:
            yield from (_of_no_event(book, planned) for planned in reading.planned)


def _told(telling: Telling | None) -> dict[str, Any]:
    """Where an expectation stands, of whom it tells, and its words."""
    if telling is None:
        return {}
    mention = telling.mention
    return {"report": mention.report, "trigger": mention.trigger, "who": mention.actor, "text": mention.line}


def _of_no_event(book: Casebook, planned: Planned) -> Expectation:
    """What is planned in words that are no event's, and the events of other reports that fulfil it."""
    ids = local_ids(book, planned.report)
    who = tuple(sorted({ids[i] for i in planned.who if i in ids}))
    start, end = date.fromisoformat(planned.due.start), date.fromisoformat(planned.due.end)
    months = _months(start, end + timedelta(days=TOLD_WITHIN))
    keys = {f"{one} do {planned.lemma} {month}" for one in who for month in months}
    done, refused = [], False
    for ident in sorted(book.memory.having(FACT, keys)):
        fact = book.memory.get(TELLING, ident)
        if fact is None or not _happened(fact, planned):
            continue
        if "negation" in fact.mention.auxiliary:
            refused = True
        else:
            done.append(ident)
    return Expectation(
        id=f"x-{sha256(planned.id.encode()).hexdigest()[:8]}",
        mention="",
        event="",
        report=planned.report,
        trigger=planned.trigger,
        who=who,
        text=planned.text,
        due=planned.due,
        status=_status(book, planned.due, met=bool(done), refused=refused),
        met_by=tuple(done),
    )


def _happened(fact: Telling, planned: Planned) -> bool:
    """Whether a later report's fact lies in the days that were meant."""
    start, end = date.fromisoformat(planned.due.start), date.fromisoformat(planned.due.end)
    if fact.mention.report == planned.report or fact.mention.certainty == "possible":
        return False
    if fact.start and fact.end:
        return start <= fact.end and fact.start <= end
    return fact.published is not None and start <= fact.published <= end + timedelta(days=TOLD_WITHIN)


def _plan(book: Casebook, telling: Telling) -> Plan | None:
    mention = telling.mention
    due = due_of(book, mention)
    if due is None:
        return None
    what = _acts(telling) if "future" in mention.auxiliary else set[str]()
    what |= {"asked"} if mention.due is not None else set()
    return Plan(due, _keys(mention, what, _months(*_window(due, mention, book))))


def _keys(mention: Mention, what: set[str], months: range) -> tuple[str, ...]:
    who = sorted({*mention.actor, *mention.recipient})
    return tuple(f"{one} {act} {month}" for one in who for act in sorted(what) for month in months)


def _acts(telling: Telling) -> set[str]:
    return {f"do {telling.mention.lemma}", *(f"act {act}" for act in telling.acts)}


def _fact_keys(telling: Telling) -> tuple[str, ...]:
    """Who takes part in what happened or did not, with each month in which it may have been."""
    mention = telling.mention
    if set(mention.auxiliary) & UNREAL:
        return ()
    dated = telling.start is not None and mention.time is not None and mention.time.end is not None
    first, last = (telling.start, telling.end) if dated else (telling.published, telling.published)
    if first is None or last is None:
        return ()
    what = _acts(telling) | ({"asked"} if mention.type in DONE_OR_REFUSED else set())
    return _keys(mention, what, _months(first, last))


def _verdict(fact: Telling, plan: Telling, kin: Kinship) -> Verdict | None:
    """What a fact makes of a plan."""
    if fulfils(fact, plan, kin):
        return "not met" if "negation" in fact.mention.auxiliary else "met"
    return "refused" if refuses(fact, plan, kin) else None


def _months(first: date, last: date) -> range:
    """The months from one day to another, counted through the years."""
    return range(12 * first.year + first.month, 12 * last.year + last.month + 1)


def _window(due: Due, mention: Mention, book: Casebook) -> tuple[date, date]:
    """From the first day on which a fact may meet an expectation to the last on which it may be told."""
    start, end = date.fromisoformat(due.start), date.fromisoformat(due.end)
    ordered = book.published(mention.report)
    if mention.due is not None and ordered:
        start = min(start, ordered)
    return start, end + timedelta(days=TOLD_WITHIN)


def _in_time(telling: Telling, due: Due, mention: Mention, book: Casebook) -> bool:
    """Whether a fact lies in the days meant: by its own date, else told between the first day and a while after."""
    if telling.mention.report == mention.report:
        return False
    start, last = _window(due, mention, book)
    if telling.start and telling.end:
        return start <= telling.end and telling.start <= date.fromisoformat(due.end)
    return telling.published is not None and start <= telling.published <= last


def fulfils(fact: Telling, plan: Telling, kin: Kinship) -> bool:
    """Whether a fact is what was planned (same act, same people), or what was asked of its recipient."""
    a, b = fact.mention, plan.mention
    if a.certainty == "possible":
        return False
    same_type = a.type == b.type or frozenset((a.type, b.type)) in type_kin()
    same_act = same_type and (a.lemma == b.lemma or bool(set(fact.acts) & set(plan.acts)))
    if "future" in b.auxiliary and same_act and mutual(fact, plan):
        return len({*a.actor, *a.recipient} & {*b.actor, *b.recipient}) > 1
    whom = kin.between(a.recipient, b.recipient)
    same_actor = kin.between(a.actor, b.actor) >= Nearness.KIN
    if "future" in b.auxiliary and same_act and same_actor and whom is not Nearness.OTHER:
        return whom >= Nearness.KIN or fact.shared(plan) >= ALIKE
    asked = b.due is not None and kin.between(a.actor, b.recipient) >= Nearness.KIN
    return asked and a.type in DONE_OR_REFUSED - {"REJECT"} and bool(_stems(a.lemma) & plan.about.stems)


def refuses(fact: Telling, plan: Telling, kin: Kinship) -> bool:
    """Whether a fact is the refusal of what was asked."""
    a, b = fact.mention, plan.mention
    asked = b.due is not None and kin.between(a.actor, b.recipient) >= Nearness.KIN
    return asked and a.type == "REJECT" and bool(fact.about.common(plan.about))


def _stems(lemma: str) -> frozenset[str]:
    return frozenset(content(lemma))


def _status(book: Casebook, due: Due, *, met: bool, refused: bool) -> Status:
    if met:
        return "met"
    if book.latest is None:
        return "unknown"
    if book.latest <= due.end:
        return "open"
    return "missed" if refused else "unknown"
