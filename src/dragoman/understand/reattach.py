"""Days that the tree hangs on the wrong verb, given to the one that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from dragoman.understand.arguments import case_of
from dragoman.understand.attachment import OPEN, Attached
from dragoman.understand.times import granted

if TYPE_CHECKING:
    from dragoman.understand.clausetime import ClauseTimes

EVE = 4  # words from "eve" to what it is the eve of
BOUNDS = ("since", "until", "before")  # by these a happening bounds a verb and its day is not the verb's


def uncrossed(times: ClauseTimes, attached: Attached) -> Attached:
    """A day whose way to its verb crosses another verb belongs to that one, for no reader looks so far.

    "The raiders, whom he called bandits, broke in on Sunday", with Sunday hung on "called".
    """
    at, first = attached.governor, min(attached.moment.words)
    if at is None or abs(at - first) == 1:
        return attached
    here = times.clauses.get(attached.moment.sentence, {})
    below = set(times.sentences[attached.moment.sentence].subtree(at))
    between = range(at + 1, first) if at < first else range(max(attached.moment.words) + 1, at)
    crossed = [i for i in between if i in here and i not in below and here[i].kind != "nominal"]
    if not crossed:
        return attached
    return replace(attached, governor=crossed[-1 if at < first else 0], nouns=(), cases=attached.cases[:1], rel="obl")


def given(times: ClauseTimes, attached: Attached) -> Attached:
    """A day behind what somebody is given time for is that of the giving: "gave her an hour to leave on Monday"."""
    i = attached.moment.sentence
    at, end = attached.governor, attached.moment.time.end
    if at is None or attached.nouns or not times.published or not end or end > times.published:
        return attached
    above = granted(times.sentences[i], at, times.words)
    return attached if above is None or above not in times.clauses.get(i, {}) else replace(attached, governor=above)


def of_the_noun(times: ClauseTimes, attached: Attached) -> Attached:
    """A day right behind a happening that bounds the verb is that of the happening: "since the shooting on Friday".

    So is one behind what has an eve: "on the eve of the vote on Sunday".
    """
    sentence, first = times.sentences[attached.moment.sentence], min(attached.moment.words)
    at = first - (2 if attached.cases[0] else 1)
    noun = sentence.words[at] if at > 0 else None
    if attached.nouns or noun is None or noun.upos != "NOUN":
        return attached
    near = sentence.words[max(at - EVE, 0) : at]
    eve = next((w for w in near if w.lemma.lower() in times.words.lists["day_before"]), None)
    if eve is not None and eve.head == attached.governor:
        cases = (attached.cases[0], case_of(sentence, at), case_of(sentence, eve.i))
        return replace(attached, nouns=(at, eve.i), cases=cases, rel=eve.rel)
    if noun.head != attached.governor:
        return attached
    case = case_of(sentence, at)
    happens = times.knowledge.noun_classes.of(noun.lemma.lower()) & times.words.lists["happening"]
    if case not in BOUNDS or not happens:
        return attached
    return replace(attached, nouns=(at,), cases=(attached.cases[0], case), rel=noun.rel)


def nearer(times: ClauseTimes, attached: Attached) -> Attached:
    """A day long past that hangs on a present or a perfect belongs to the past verb it stands behind.

    "has freed 21 of the girls kidnapped two years ago", "police examine the lorry that killed him last night".
    """
    moment, today = attached.moment, times.published
    here = times.clauses.get(moment.sentence, {})
    over = here.get(attached.governor) if attached.governor is not None else None
    if over is None or attached.nouns or not today or moment.kind == "SET" or not moment.time.end:
        return attached
    if over.tense != "present" or over.modals or moment.time.end >= today or times.relation(attached) in OPEN:
        return attached
    inside, first = set(times.sentences[moment.sentence].subtree(over.predicate)), min(moment.words)
    told = (c for c in here.values() if c.tense == "past" or (c.tense == "participle" and c.passive and not c.marker))
    behind = [c.predicate for c in told if c.predicate in inside - {over.predicate} and c.predicate < first]
    near = max(behind, default=None)
    if near is None or near < over.predicate < first:
        return attached
    return replace(attached, governor=near, rel="obl")


def cut_off(times: ClauseTimes, i: int) -> None:
    """Give a time that the reading cut off as a sentence of its own to the main clause that follows it."""
    words, after = times.sentences[i].words, times.sentences.get(i + 1)
    main = times.main(after) if after else None
    told = {w for a in times.attached[i] for w in a.moment.words}
    rest = [w for w in words if w.i not in told and w.upos not in ("ADP", "DET")]
    if after is None or main is None or rest or after.paragraph != times.sentences[i].paragraph:
        return
    given = [replace(a, governor=main.predicate, nouns=(), rel="obl") for a in times.attached[i]]
    times.attached[i + 1] = [*given, *times.attached.get(i + 1, ())]
