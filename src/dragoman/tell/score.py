"""A dossier held against a user's own gold: precision and recall for each type, with intervals.

A mention and a fact may be a pair when the mention's trigger overlaps the fact's words. Pairs are made one to one, the
best first: the same type before another, then the most of actor, recipient and day right. Mentions in the reports that
the gold names, and in no others, count against precision.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from dragoman.knowledge.world import fold
from dragoman.records import Actor, Dossier, Mention
from dragoman.tell.gold import Fact, Gold

_SLOTS = ("actor", "recipient", "day")


class Share(Struct, frozen=True):
    """How many are right, of how many; `share` with Wilson's interval at 95 %, null where there is nothing."""

    right: int
    of: int
    share: float | None
    low: float | None
    high: float | None


class Line(Struct, frozen=True):
    """One line of the score: a type of event, or what all of them have in common."""

    name: str
    precision: Share
    recall: Share


class Score(Struct, frozen=True):
    """`types` has a line for each type; `whole` has `event` (any type), `type`, `actor`, `recipient`, `day`, `all`.

    `actor`, `recipient` and `day` are judged where the type is right and the gold fills them; `all`: nothing is wrong.
    """

    types: tuple[Line, ...]
    whole: tuple[Line, ...]


def interval(right: int, n: int) -> tuple[float, float]:
    """Wilson's interval at 95 %.

    >>> [round(bound, 3) for bound in interval(9, 10)]
    [0.596, 0.982]
    """
    if not n:
        return 0.0, 1.0
    z, share = 1.96, right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def score(dossier: Dossier, gold: Gold) -> Score:
    """Precision and recall of the dossier's mentions in the reports of the gold."""
    found = [m for m in dossier.mentions if m.report in gold.reports]
    actors = {a.id: a for a in dossier.actors}
    pairs = _paired(found, gold.facts, actors)
    same = [(m, f) for m, f in pairs if m.type == f.type]
    types = []
    for name in sorted({m.type for m in found} | {f.type for f in gold.facts}):
        both = sum(m.type == name for m, _ in same)
        types.append(_line(name, both, sum(m.type == name for m in found), sum(f.type == name for f in gold.facts)))
    whole = [_line("event", len(pairs), len(found), len(gold.facts))]
    whole.append(_line("type", len(same), len(found), len(gold.facts)))
    for slot in _SLOTS:
        judged = [right for m, f in same if (right := _slot(slot, m, f, actors)) is not None]
        asked = [f for f in gold.facts if _asks(slot, f)]
        whole.append(_line(slot, sum(judged), len(judged), len(asked)))
    clean = sum(all(_slot(slot, m, f, actors) is not False for slot in _SLOTS) for m, f in same)
    whole.append(_line("all", clean, len(found), len(gold.facts)))
    return Score(tuple(types), tuple(whole))


def _line(name: str, right: int, found: int, gold: int) -> Line:
    return Line(name, _share(right, found), _share(right, gold))


def _share(right: int, of: int) -> Share:
    if not of:
        return Share(right, of, None, None, None)
    low, high = interval(right, of)
    return Share(right, of, round(right / of, 4), round(low, 4), round(high, 4))


def _paired(mentions: Sequence[Mention], facts: Sequence[Fact], actors: dict[str, Actor]) -> list[tuple[Mention, Fact]]:
    """Mentions and facts one to one, the best pairs first."""
    order = []
    for i, mention in enumerate(mentions):
        for k, fact in enumerate(facts):
            if mention.report == fact.report and mention.trigger.overlaps(fact.span):
                right = sum(_slot(slot, mention, fact, actors) is True for slot in _SLOTS)
                order.append(
                    (mention.type != fact.type, -right, fact.span.end - fact.span.start, mention.trigger, i, k)
                )
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for *_, i, k in sorted(order):
        if i not in taken[0] and k not in taken[1]:
            taken[0].add(i)
            taken[1].add(k)
            pairs.append((mentions[i], facts[k]))
    return pairs


def _asks(slot: str, fact: Fact) -> bool:
    return bool({"actor": fact.actor, "recipient": fact.recipient, "day": fact.days}[slot])


def _slot(slot: str, mention: Mention, fact: Fact, actors: dict[str, Actor]) -> bool | None:
    """Whether a slot is right; None where the gold leaves it open."""
    if not _asks(slot, fact):
        return None
    if slot == "day":
        low, high = fact.days or ("", "")
        time = mention.time
        return bool(time and time.start and time.end and low <= time.start[:10] and time.end[:10] <= high)
    if slot == "actor":
        return _is_named(fact.actor, mention.actor, mention.actor_text, actors)
    return _is_named(fact.recipient, mention.recipient, mention.recipient_text, actors)


def _is_named(wanted: Sequence[str], ids: Iterable[str], texts: Iterable[str], actors: dict[str, Actor]) -> bool:
    """Whether one of the wanted names stands among what the actors are known by, or in the report's own words."""
    known = [actors[i] for i in ids if i in actors]
    names = [n for a in known for n in (a.id, a.name, *a.aliases, *(role.title for role in a.roles))]
    countries = {a.country for a in known}
    spoken = " | ".join(fold(name).casefold() for name in (*names, *texts))
    return any(name in countries or fold(name).casefold() in spoken for name in wanted)
