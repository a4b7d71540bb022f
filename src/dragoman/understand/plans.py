"""What is to happen on or by a day, told by words that are no event's: "elections are due on 12 May".

A plan, a promise or a term that is an event of its own has its deadline in `deadlines`; this is for the rest.
"""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.knowledge import Knowledge
from dragoman.records import Due, Planned
from dragoman.understand.attachment import Attached
from dragoman.understand.clausetime import ClauseTimes
from dragoman.understand.deadlines import begins, runs_out
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.factuality import factuality
from dragoman.understand.lines import line

MOST = 150  # characters of its words
LONGEST = timedelta(days=31)  # a plan for "next year" has no day on which it is met or missed


def find_plans(draft: Draft, knowledge: Knowledge) -> None:
    """Fill `draft.planned`: somebody's clause that lies ahead with a day, where no event has that day already."""
    times = ClauseTimes(draft, knowledge)
    taken = {(m.sentence, m.due) for m in draft.mentions if m.due}
    for clause in draft.clauses if times.published else ():
        if clause.kind == "nominal" or clause.negation or not (who := somebody(clause, draft, times)):
            continue
        due = ahead(clause, times)
        if due is None or (clause.sentence, due) in taken:
            continue
        taken.add((clause.sentence, due))
        sentence = times.sentences[clause.sentence]
        span = sentence.span_of((clause.predicate, *clause.particles))
        draft.planned.append(
            Planned(
                id=f"{draft.doc.report.id}:{span.start}:plan",
                report=draft.doc.report.id,
                trigger=span,
                span=sentence.span_of(tuple(sentence.subtree(clause.predicate))),
                lemma=clause.lemma,
                who=tuple(i for i in who if i),
                text=told(clause, draft, times),
                due=due,
            )
        )


def told(clause: Clause, draft: Draft, times: ClauseTimes) -> str:
    """The words from whom it tells of to the clause's end, where they stand in that order and are not too many."""
    sentence = times.sentences[clause.sentence]
    subjects = [i for a in clause.filled("subject") for i in a.words]
    first = min(i for subject in subjects for i in sentence.subtree(subject))
    last = max(i for i in sentence.subtree(clause.predicate) if sentence.words[i].upos != "PUNCT")
    words = " ".join(sentence.span_of((first, last)).of(draft.text).split()) if first < clause.predicate else ""
    return words if 0 < len(words) <= MOST else line(draft, clause, times.knowledge.grammar)


def somebody(clause: Clause, draft: Draft, times: ClauseTimes) -> tuple[str, ...]:
    """The actors of whom a clause tells; "" for a pronoun and for talks, votes or terms, nothing for other things."""
    words, lists = times.sentences[clause.sentence].words, times.words.lists
    found = []
    for i in (i for a in clause.filled("subject") for i in a.words):
        reference = draft.reference_at(clause.sentence, i)
        lemma = words[i].lemma.lower()
        classes = times.knowledge.noun_classes.of(lemma)
        if reference is not None:
            found.append(reference.actor)
        elif lemma in lists["somebody"] or lemma in lists["limits"] or classes & lists["awaited"]:
            found.append("")
    return tuple(dict.fromkeys(found))


def ahead(clause: Clause, times: ClauseTimes) -> Due | None:
    """The days on which what a clause tells is to happen; for a term the day it runs out."""
    ends = [a for a in times.attached.get(clause.sentence, ()) if a.governor == clause.predicate]
    time = _to_come(clause, times)
    if not ends and time is None:
        return None
    here = times.clauses.get(clause.sentence, {})
    verdict = factuality(times.sentences[clause.sentence], clause.predicate, here, knowledge=times.knowledge)
    supposed = "hypothetical" in verdict.modes or verdict.certainty == "possible" or "negation" in verdict.modes
    words = times.sentences[clause.sentence].words
    bound = any(words[m].lemma.lower() in times.words.lists["binding"] for m in clause.modals)
    owed = bound or (clause.lemma in times.words.lists["grants"] and clause.tense == "present")
    planned = "future" in verdict.modes and not supposed
    for attached in ends if planned or owed else ():
        if due := term(attached, clause, times):
            return due
    plain = clause.tense == "present" and not clause.perfect and not clause.modals and not supposed
    today = times.published or ""
    if time is None or not (planned or plain) or (not planned and time.start <= today):
        return None
    return Due(max(time.start, today), time.end)


def _to_come(clause: Clause, times: ClauseTimes) -> Due | None:
    """The days of a clause where they lie ahead and are not too many; of today only what it says will be."""
    time, today = times.of_clause(clause), times.published or ""
    if time is None or not time.start or not time.end or time.precision == "vague" or time.end < today:
        return None
    same_day = clause.tense == "future" and time.text.lower() in times.words.lists["days_of_speaking"]
    if (time.end == today and not same_day) or _length(time.start, time.end) > LONGEST:
        return None
    return Due(time.start, time.end)


def term(attached: Attached, clause: Clause, times: ClauseTimes) -> Due | None:
    """The day on which a term ends: "must decide by Sunday", "has until Friday to leave"."""
    relation = times.relation(attached)
    if relation not in times.words.lists["sets_a_limit"]:
        return None
    due = runs_out(attached, relation=relation, begins=begins(clause, None, times))
    return due if due and due.end >= (times.published or "") else None


def _length(start: str, end: str) -> timedelta:
    return date.fromisoformat(end) - date.fromisoformat(start)
