"""What tells two accounts in like words apart: other guests, one of several, places, what happens again and again."""

from __future__ import annotations

from dragoman.reconcile import signals
from dragoman.reconcile.kinship import Kinship, Nearness
from dragoman.reconcile.telling import Telling
from dragoman.reconcile.words import content
from dragoman.records import Mention


def other_guests(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether one person meets others in both accounts, who may be others: students, community leaders."""
    ones, others = (set(m.actor) | set(m.recipient) for m in (one.mention, other.mention))
    both = {i for i in ones if kin.between((i,), sorted(others)) is Nearness.SAME}
    left, right = sorted(ones - both), sorted(others - both)
    if len(both) != 1 or not (left or _unknown_guest(one, other)) or not (right or _unknown_guest(other, one)):
        return False
    return bool(left or right) and kin.between(left, right) is Nearness.OPEN


def _unknown_guest(one: Telling, other: Telling) -> bool:
    """Whether somebody takes part who is told by a name that is no known actor's, nor in the other account."""
    mention = one.mention
    more = len({*mention.actor_text, *mention.recipient_text}) > len({*mention.actor, *mention.recipient})
    return more and bool(one.named) and one.named.isdisjoint(other.named | other.scene)


def each_for_himself(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether one tells of several who did it one by one, the other of one: "four clerks and Vell confessed"."""
    if one.gap(other) is not None or one.mention.type != "CONCEDE":
        return False
    a, b = one.mention, other.mention
    return _one_of_several(a, b, kin) or _one_of_several(b, a, kin)


def _one_of_several(several: Mention, alone: Mention, kin: Kinship) -> bool:
    if len(alone.actor) != 1 or not kin.named(alone.actor[0]) or not kin.person(alone.actor[0]):
        return False
    return bool(several.numbers) and any(not kin.named(i) for i in several.actor)


def of_nobody(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether both tell what a state suffers again and again, not by whom, when, or where: "sanctions on Lund"."""
    a, b = one.mention, other.mention
    if not (a.recipient and b.recipient and all(map(kin.state, (*a.recipient, *b.recipient)))):
        return False
    if any(m.actor or m.actor_text or m.place or m.numbers or m.time for m in (a, b)) or signals.said_by(one, other):
        return False
    return a.report != b.report and not (
        one.named & other.named or one.scene & other.scene or one.things & other.things
    )


def two_places(one: Telling, other: Telling) -> bool:
    """Whether two accounts put it in two places that they both name."""
    a, b = one.mention.place, other.mention.place
    if a is None or b is None or not (a.text[:1].isupper() and b.text[:1].isupper()):
        return False
    ones, others = (set(content(f"{p.text} {p.name or ''}")) for p in (a, b))
    whole = any(p.country and p.geonames is None for p in (a, b))  # a country, in which the other place may lie
    return ones.isdisjoint(others) and not whole
