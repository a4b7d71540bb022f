"""Numbers: quantities as intervals, what they count, and which event each belongs to."""

from __future__ import annotations

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.records import Mention, Number, Sentence
from dragoman.understand.counting.amounts import Amount, bare_amount, bounded, joined
from dragoman.understand.counting.units import counted_by, is_label, unit_of
from dragoman.understand.draft import Count, Draft
from dragoman.understand.paths import predicate_of, way_up


def count(draft: Draft, knowledge: Knowledge) -> None:
    """Fill `draft.counts`; dates, times of day, names and labels with numbers are no counts."""
    for sentence in draft.doc.sentences:
        timed = {w for m in draft.moments if m.sentence == sentence.i and m.kind != "DURATION" for w in m.words}
        for amount in _amounts(sentence, timed, knowledge):
            found = _counted(draft, sentence, amount, knowledge)
            if found is not None:
                draft.counts.append(found)


def _amounts(sentence: Sentence, timed: set[int], knowledge: Knowledge) -> list[Amount]:
    words = knowledge.numbers
    named = {i for p in sentence.names if p.last - p.first > 1 for i in range(p.first, p.last)}
    found: list[Amount] = []
    i = 0
    while i < len(sentence.words):
        amount = None if i in timed or i in named else bare_amount(sentence, i, words)
        if amount is None or is_label(sentence, amount, words):
            i += 1
            continue
        i = amount.last
        amount = bounded(sentence, amount, words)
        whole = joined(sentence, found[-1], amount) if found else None
        if whole is not None:
            found[-1] = whole
        else:
            found.append(amount)
    return found


def _counted(draft: Draft, sentence: Sentence, amount: Amount, knowledge: Knowledge) -> Count | None:
    head = counted_by(sentence, amount)
    unit, (first, last) = unit_of(sentence, amount, head, knowledge)
    if unit is None and amount.value == amount.low == amount.high and amount.value <= 1:
        return None  # "one of them", "one day": a determiner, not a quantity
    if unit is None and head is None:
        return None
    span = sentence.span_of((first, last - 1))
    number = Number(
        value=amount.value, low=amount.low, high=amount.high, unit=unit, text=span.of(draft.text), span=span
    )
    return Count(sentence.i, tuple(range(first, last)), head, number)


def number_mentions(draft: Draft, knowledge: Knowledge) -> None:
    """Give each mention the numbers of its arguments and of its own phrase."""
    for i, mention in enumerate(draft.mentions):
        found = _numbers_of(draft, mention)
        if found:
            known = {n.span for n in mention.numbers}
            draft.mentions[i] = replace(mention, numbers=(*mention.numbers, *(n for n in found if n.span not in known)))


def _numbers_of(draft: Draft, mention: Mention) -> list[Number]:
    sentence = draft.doc.sentences[mention.sentence]
    predicate = predicate_of(draft, mention)
    clause = draft.clause_at(mention.sentence, predicate)
    filled = {w for a in clause.arguments if a.role not in ("adverb", "clause") for w in a.words} if clause else set()
    found = []
    for item in draft.counts:
        if item.sentence != mention.sentence:
            continue
        head = item.counted if item.counted is not None else item.words[-1]
        way = way_up(sentence, head, predicate)
        near = way is not None and len(way) <= 2 and not _told_beside(draft, mention.sentence, way)
        if head in filled or head == predicate or near or _of(sentence, head, filled):
            found.append(item.number)
    return found


def _told_beside(draft: Draft, sentence: int, way: list[int]) -> bool:
    """Whether a count belongs to another clause beside the event's: "one died and three others are still held"."""
    clauses = (draft.clause_at(sentence, i) for i in way)
    return any(c is not None and c.kind == "verbal" and c.link in ("conj", "parataxis") for c in clauses)


def _of(sentence: Sentence, head: int, filled: set[int]) -> bool:
    """Whether a counted noun hangs by "of" or "including" on an argument: "the deaths of 14 people"."""
    governor = sentence.words[head].head
    return (
        governor in filled
        and sentence.words[head].rel == "nmod"
        and any(sentence.words[c].text.lower() == "of" for c in sentence.dependents(head, "case"))
    )
