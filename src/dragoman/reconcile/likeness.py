"""How like two mentions are as tellings of one event: a sum of signals, each with its reason, and what forbids it.

Precision first: a pair without a participant in common is held apart unless it is told alike.
"""

from __future__ import annotations

from msgspec import Struct

from dragoman.reconcile import signals
from dragoman.reconcile.apart import two_places
from dragoman.reconcile.bars import NOBODY, SOFT, forbidden, headline_and_story
from dragoman.reconcile.kinship import Kinship
from dragoman.reconcile.signals import mutual
from dragoman.reconcile.telling import Telling
from dragoman.reconcile.ties import (
    TIED,
    crisis_once,
    once_to_one,
    one_deed_of_a_day,
    one_of_many,
    one_place,
    one_target,
    one_thing,
    ties,
)
from dragoman.reconcile.triggers import Signal
from dragoman.reconcile.wordings import of_any_day, told_alike

ENOUGH = 3.0  # points for one event in two reports
ENOUGH_WITHIN = 4.2  # in one report, where a second telling is rarer than a second event
TELLING_ALIKE = 1.0  # points for a telling alike in one affair
DENIED_POINTS = 0.7  # points for a denial: what nobody told nobody denies
DONE_ONCE = 0.7  # points for one thing done once, though the days differ
ONE_TARGET = 0.6  # points for two deeds of one day to one body or person
ONE_DAY = 0.4  # points for one act, done and not said, that two reports of one affair put on one day
GUESSED = -1.0  # points for a mention that the typer told and no frame, where no day binds the two
ELSEWHERE = -1.5  # points for talks in two places where no day binds the two
SUPPOSED = -0.9  # points for what is planned and only thought of
UNBOUND = -0.4  # points for two expressions where no day binds the two
BYGONE = -1.5  # points for what is history in one account and may be done again
HEADLINE = 2.0  # points for a headline and its story
UNSURE = ENOUGH - 1.5  # points within a chain of a pair that is barred softly


class Likeness(Struct, frozen=True):
    """The points of a pair, why, and what forbids it (empty when nothing does)."""

    points: float
    signals: tuple[Signal, ...]
    barred: str = ""

    @property
    def why(self) -> tuple[str, ...]:
        return tuple(f"{reason} {points:+.1f}" for points, reason in self.signals)


def likeness(one: Telling, other: Telling, kin: Kinship) -> Likeness:
    """Points for one event, with reasons; `barred` where two mentions cannot be one event."""
    if barred := forbidden(one, other, kin):
        return Likeness(UNSURE if barred in SOFT else -9.0, (), barred)
    participants = [
        *signals.participants(one, other, kin),
        *signals.names_told(one, other),
        *(() if one_of_many(one.mention, other.mention, kin) else signals.one_scene(one, other)),
        *signals.denied_of(one, other),
    ]
    said = signals.said_by(one, other)
    if not any(points > 0 for points, _ in participants) and not said:
        headline = headline_and_story(one, other, kin) and one.triggers(other).act and one.things & other.things
        if not headline and not told_alike(one, other, kin):
            return Likeness(UNSURE, (), NOBODY)
        if one.one_affair(other) and (mutual(one, other) or not one.triggers(other).spoken):
            participants = [(TELLING_ALIKE, "told alike in one affair")]
    found: list[Signal] = [
        signals.triggers(one, other),
        *participants,
        *signals.beside(one, other, kin),
        *signals.times(one, other),
        *signals.places(one, other),
        *signals.counts(one, other),
        *signals.deadlines(one, other),
        *said,
        *signals.wording(one, other),
    ]
    if signals.denial(one, other) and one.triggers(other).once:
        found.append((DENIED_POINTS, "one denies what the other tells"))
    if one.gap(other) and (one_thing(one, other, kin) or signals.taken_away(one, other)):
        found.append((DONE_ONCE, "one thing, done once"))
    elif not one.gap(other) and once_to_one(one, other, kin):
        found.append((DONE_ONCE, "done once to one person"))
    elif crisis_once(one, other, kin):
        found.append((DONE_ONCE, "done once in a crisis"))
    if one_deed_of_a_day(one, other, kin):
        found.append((ONE_DAY, "one deed of one day"))
    if one_target(one, other, kin):
        found.append((ONE_TARGET, "done to one on one day"))
    if one.triggers(other).spoken and not mutual(one, other):
        found.append((-0.4, "words, not deeds"))
    if headline_and_story(one, other, kin):
        found.append((HEADLINE, "a headline and its story"))
    elif of_any_day(one, other, kin):
        found.append((-1.6, "nothing of one occasion"))
    if one.gap(other) is None:
        if mutual(one, other) and two_places(one, other):
            found.append((ELSEWHERE, "two places, and no day in common"))
        found += _unbound(one, other, kin)
    if ("historical" in one.mention.auxiliary) != ("historical" in other.mention.auxiliary):
        found.append((-1.0 if one.triggers(other).once else BYGONE, "one is history"))
    if "hypothetical" in one.mention.auxiliary and "hypothetical" in other.mention.auxiliary:
        found.append((-1.6 if one.gap(other) is None else -1.0, "only thought of"))
    elif _supposed(one) != _supposed(other) and not one_place(one, other):
        found.append((SUPPOSED + (UNBOUND if one.gap(other) is None else 0.0), "planned and only thought of"))
    if one.mention.type != other.mention.type:
        found.append((-0.4, f"{one.mention.type} and {other.mention.type}"))
    return Likeness(sum(p for p, _ in found), tuple(found))


def _unbound(one: Telling, other: Telling, kin: Kinship) -> list[Signal]:
    """What speaks against two that no day binds, unless much of their own ties them."""
    guessed, words = "model" in (one.mention.by, other.mention.by), one.mention.lemma != other.mention.lemma
    if not (guessed or words) or (one.mention.report != other.mention.report and ties(one, other, kin) >= TIED):
        return []
    found = [(GUESSED, "guessed, and without a day in common")] if guessed else []
    bound = not words or signals.just_before(one, other)
    return found if bound else [*found, (UNBOUND, "other words, and no day in common")]


def _supposed(telling: Telling) -> bool:
    """Whether it is only thought of; what may have happened is not."""
    return "hypothetical" in telling.mention.auxiliary and not telling.surmised
