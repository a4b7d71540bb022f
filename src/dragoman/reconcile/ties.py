"""What of its own holds two accounts together: a thing done once, a person, a figure, days beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reconcile import signals
from dragoman.reconcile.acts import acts_of_mode, to_a_thing
from dragoman.reconcile.kinship import Kinship, Nearness, Persons
from dragoman.reconcile.telling import Telling
from dragoman.records import Mention

ONE_AFFAIR = 3  # days between two reports that may tell undated acts of nameless people in common
ONE_THING = 0.4  # cosine of sentences that tell of one thing done once
TAKEN_UP = 0.6  # cosine of sentences of which one takes up what was said before it
FAR_SENTENCES = 0.45  # cosine of sentences that tell nothing alike
MUCH = 0.4  # share of what it is about that is a tie
TIED = 2  # ties that hold two expressions together though no day does


def ties(one: Telling, other: Telling, kin: Kinship) -> int:
    """By how much of its own two accounts are held together: named parties, a high figure, names nearby, a thing."""
    a, b = one.mention, other.mention
    return (
        named_in_common(a.actor, b.actor, kin)
        + named_in_common(a.recipient, b.recipient, kin)
        + signals.one_figure(a, b) * TIED
        + bool(signals.names_told(one, other) or signals.one_scene(one, other))
        + bool(signals.same_objects(one, other))
        + bool(signals.beside(one, other, kin))
        + signals.one_story_day(one, other)
        + (one.triggers(other).deeds and one.shared(other) >= MUCH)
    )


def named_in_common(ones: Sequence[str], others: Sequence[str], kin: Kinship) -> bool:
    return any(kin.named(i) for i in set(ones) & set(others))


def takes_up(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether one only takes up what was said before: "he dismissed the very idea", "she turned it down"."""
    a, b = one.mention, other.mention
    if a.report == b.report or not (one.bare or other.bare) or not one.triggers(other).act:
        return False
    return named_in_common(a.actor, b.actor, kin) and one.one_affair(other) and (one.near(other) or 0.0) >= TAKEN_UP


def one_thing(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether what is done once was done to one thing: the curfew, the landing, told in one affair within days."""
    a, b = one.mention, other.mention
    if not one.one_affair(other) or not within_days(one, other) or not one.triggers(other).once:
        return False
    if a.lemma == b.lemma and " " in a.lemma:
        return True
    if (a.recipient and b.recipient) or (a.actor and b.actor and not one_mode(a, b)):
        return False
    if a.actor and b.actor and bool(a.recipient) != bool(b.recipient) and kin.between(a.actor, b.actor) < Nearness.KIN:
        return False
    return (one.near(other) or 0.0) >= ONE_THING


def crisis_once(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether it is what is done once in a crisis, and nobody and nothing contradicts: martial law, the airspace shut.

    Of the things that both tell one must be the same, unless the mode says what was done: "placed the island under
    martial law", "martial law was introduced". Who is named must not be others.
    """
    a, b = one.mention, other.mention
    acts = one.acts.keys() & other.acts.keys()
    if a.report == b.report or not to_a_thing(acts) or not one.one_affair(other) or not within_days(one, other):
        return False
    if one.gap(other) or not (one.known or other.known or one.start or other.start):
        return False
    by_mode = one_mode(a, b) and to_a_thing(acts_of_mode(a.type, a.mode))
    things = by_mode or not (one.things and other.things) or bool(one.things & other.things)
    near = (kin.between(a.actor, b.actor), kin.between(a.recipient, b.recipient))
    return things and Nearness.OTHER not in near and (one.near(other) or 0.0) >= ONE_THING


def once_to_one(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether what is done once was done to, or by, one person, told in one affair: "the president gave up"."""
    if not one.triggers(other).once or not one.one_affair(other):
        return False
    a, b = one.mention, other.mention
    whom = set(a.recipient) & set(b.recipient)
    if any(kin.person(i) and kin.named(i) for i in whom):
        return True
    alone = not (a.recipient or b.recipient) and a.report != b.report and len(a.actor) == len(b.actor) == 1
    return alone and all(map(kin.person, (*a.actor, *b.actor))) and kin.near(a.actor[0], b.actor[0]) >= Nearness.KIN


def one_deed_of_a_day(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether two reports of one affair put one act on one day, and do not tell of two who may have done it."""
    a, b, both = one.mention, other.mention, one.triggers(other)
    if not one.days == other.days == 1 or one.start != other.start or signals.denial(one, other):
        return False
    by_two = bool(a.actor and b.actor) and kin.between(a.actor, b.actor) < Nearness.KIN
    return both.act and not (both.spoken or both.mutual or by_two) and one.one_affair(other)


def one_target(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether two deeds of one kind were done on one day to one who is named and no state, told in one affair."""
    a, b = one.mention, other.mention
    if a.report == b.report or not one.triggers(other).deeds or not one.days == other.days == 1:
        return False
    whom = [i for i in set(a.recipient) & set(b.recipient) if kin.named(i) and not kin.state(i)]
    by = kin.between(a.actor, b.actor)
    return bool(whom) and by is not Nearness.OTHER and one.start == other.start and one.one_affair(other)


def one_mode(a: Mention, b: Mention) -> bool:
    return a.mode is not None and a.mode == b.mode


def one_place(one: Telling, other: Telling) -> bool:
    a, b = one.mention.place, other.mention.place
    return a is not None and b is not None and a.name is not None and a.name == b.name


def told_together(one: Telling, other: Telling) -> bool:
    """Whether two acts, one of them undated, are told within days of each other."""
    return one.gap(other) is None and within_days(one, other)


def within_days(one: Telling, other: Telling) -> bool:
    return not (one.published and other.published) or abs((one.published - other.published).days) <= ONE_AFFAIR


def one_of_many(a: Mention, b: Mention, kin: Kinship) -> bool:
    """Whether one account names a person to whom it was done, the other tells of a nameless group."""
    ones, others = kin.persons(a.recipient), kin.persons(b.recipient)
    return (ones is Persons.NAMED and others is Persons.NONE) or (ones is Persons.NONE and others is Persons.NAMED)
