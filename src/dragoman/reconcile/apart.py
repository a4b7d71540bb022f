"""What tells two accounts in like words apart: other guests, one of several, places, plans, what happens often."""

from __future__ import annotations

from functools import cache

from dragoman.knowledge import tables
from dragoman.knowledge.world import Country
from dragoman.reconcile import signals
from dragoman.reconcile.kinship import Kinship, Nearness
from dragoman.reconcile.telling import Telling
from dragoman.reconcile.triggers import MUTUAL
from dragoman.reconcile.words import content
from dragoman.records import Mention, Place


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


def promised(one: Telling, other: Telling) -> bool:
    """Whether one tells that talks are agreed on, the other talks that are held, with no day in common."""
    if one.gap(other) is not None or one.unreal or not one.triggers(other).mutual:
        return False
    return (one.mention.type in MUTUAL) != (other.mention.type in MUTUAL)


def other_site(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether crowds that may be two came, in other words, each to a place that the other account does not name."""
    a, b = one.mention, other.mention
    if not a.type == b.type == "PROTEST" or a.report == b.report or one.triggers(other).one_stem:
        return False
    if not (a.actor and b.actor) or kin.between(a.actor, b.actor) is not Nearness.OPEN:
        return False
    return bool(one.named - other.named and other.named - one.named)


def two_places(one: Telling, other: Telling) -> bool:
    """Whether two accounts put it in two places that they both name."""
    a, b = one.mention.place, other.mention.place
    if a is None or b is None or not (a.text[:1].isupper() and b.text[:1].isupper()):
        return False
    ones, others = (set(content(f"{p.text} {p.name or ''}")) for p in (a, b))
    return ones.isdisjoint(others) and not (_around(a, b) or _around(b, a))


def _around(place: Place, other: Place) -> bool:
    """Whether the other may lie in a place that is a country, or in or around one of its seats of government."""
    if not place.country or place.geonames is not None:
        return False
    capital = _capitals().get(place.name or place.text)
    return capital is None or capital in (other.name, _capitals().get(other.name or other.text))


@cache
def _capitals() -> dict[str, str]:
    """The capital of each seat of government: "Oval Office" → Washington."""
    return {
        seat: c.capital.split("|")[0]
        for c in tables.rows("countries.tsv", Country)
        for seat in c.seats.split("|")
        if seat
    }
