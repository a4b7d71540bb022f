"""What is to happen and by when, and what became of it in later reports."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from hashlib import sha256
from typing import Literal

from dragoman.reconcile.acts import type_kin
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.kinship import Kinship, Nearness
from dragoman.reconcile.likeness import UNREAL
from dragoman.reconcile.signals import mutual
from dragoman.reconcile.telling import Telling
from dragoman.reconcile.words import content
from dragoman.records import Due, Expectation, Mention

Status = Literal["open", "met", "missed", "unknown"]
ALIKE = 0.3  # share of the clause's content that the fulfilment must have
TOLD_WITHIN = 30  # days after the deadline in which an undated report of it still counts


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
    published = book.reports[mention.report].published
    if published and time.end[:10] < published[:10]:
        return None
    return Due(time.start[:10], time.end[:10])


def find_expectations(book: Casebook) -> None:
    """One expectation for each mention that names a day to come; what met it, and whether it is overdue."""
    event_of = {m: event.id for event in book.events for m in event.mentions}
    kin = Kinship(book.actors)
    facts = _facts(book)
    for ident in sorted(book.mentions):
        mention = book.mentions[ident]
        due = due_of(book, mention)
        if due is None:
            continue
        telling = book.tellings[ident]
        months = _months(*_window(due, mention, book))
        near = {t.id: t for key in _keys(mention) for month in months for t in facts.get((key, month), ())}
        then = [t for _, t in sorted(near.items()) if _in_time(t, due, mention, book)]
        met = [t for t in then if fulfils(t, telling, kin)]
        happened = tuple(t.id for t in met if "negation" not in t.mention.auxiliary)
        refused = len(met) > len(happened) or any(refuses(t, telling, kin) for t in then)
        book.expectations.append(
            Expectation(
                id=f"x-{sha256(ident.encode()).hexdigest()[:8]}",
                mention=ident,
                event=event_of[ident],
                due=due,
                status=_status(book, due, met=bool(happened), refused=refused),
                met_by=happened,
            )
        )
    book.expectations.sort(key=lambda e: e.id)


def _keys(mention: Mention) -> set[str]:
    return {*mention.actor, *mention.recipient}


def _facts(book: Casebook) -> dict[tuple[str, int], list[Telling]]:
    """Mentions of what happened or did not, by who takes part and in which month."""
    found: dict[tuple[str, int], list[Telling]] = defaultdict(list)
    for ident in sorted(book.tellings):
        telling = book.tellings[ident]
        if not set(telling.mention.auxiliary) & UNREAL:
            first = telling.start if telling.start and telling.end else telling.published
            last = telling.end if telling.start and telling.end else telling.published
            if first and last:
                for key in _keys(telling.mention):
                    for month in _months(first, last):
                        found[key, month].append(telling)
    return found


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
    return asked and a.type in ("RETREAT", "SANCTION", "CONCEDE") and bool(_stems(a.lemma) & plan.about.stems)


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
