"""Days that the tree hangs on the wrong verb, given to the one that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from dragoman.understand.attachment import OPEN, Attached

if TYPE_CHECKING:
    from dragoman.understand.clausetime import ClauseTimes


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
