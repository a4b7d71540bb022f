"""What the words of two accounts alone settle: told alike though nobody is in common, or of no one occasion."""

from __future__ import annotations

from dragoman.reconcile import signals
from dragoman.reconcile.apart import two_places
from dragoman.reconcile.kinship import Kinship, Nearness
from dragoman.reconcile.signals import mutual
from dragoman.reconcile.telling import Telling
from dragoman.reconcile.ties import (
    crisis_once,
    once_to_one,
    one_mode,
    one_of_many,
    one_place,
    one_thing,
    takes_up,
    told_together,
)
from dragoman.reconcile.triggers import MUTUAL, SPOKEN

SAME_WORDS = 1.0  # share of what it is about, plus the cosine of the sentences, for two acts with nobody in common
LEAST_ALIKE = 0.33  # cosine of sentences below which nothing is told alike
TOLD_ALIKE = 0.7  # the same for one verb in two reports of one affair that are dated alike, nobody contradicted
ONE_DAY_ALIKE = 0.4  # the same for one act of one day in two reports of one affair, nobody contradicted
EXPRESSION_ALIKE = 0.5  # words that an expression of more than one is worth
DENIED = 0.6  # the same of what one account denies, the other tells, where the verbs differ
ONE_EXPRESSION = 2.0  # points of two triggers that say the same in more than a word
SAME_SENTENCES = 0.8  # cosine of sentences that tell of one occasion whatever their words
OFTEN = MUTUAL | {"MOBILIZE", "PROTEST"}  # types of what is done again and again in the same words


def told_alike(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether two acts without anybody in common are told in nearly the same words: "the use of force".

    Fewer words will do for one deed of one affair, told of nobody who contradicts: "soldiers fired", "the army fired".
    """
    a, b = one.mention, other.mention
    one_day = one.days == other.days == 1 and one.start == other.start
    if "hypothetical" in {*a.auxiliary, *b.auxiliary} or one_of_many(a, b, kin) or two_places(one, other):
        return False
    if (one.gap(other) and one_thing(one, other, kin)) or crisis_once(one, other, kin):
        return True
    near = one.near(other)
    if near is not None and near < LEAST_ALIKE:
        return False
    words = one.shared(other) + (0.5 if near is None else near)
    if one_day and one.one_affair(other) and mutual(one, other) and "future" in {*a.auxiliary} & {*b.auxiliary}:
        return one.triggers(other).act
    unsaid = (
        not one.triggers(other).spoken
        and (one_day or "PROTEST" not in (a.type, b.type))
        and a.report != b.report
        and one.one_affair(other)
    )
    people = (kin.between(a.actor, b.actor), kin.between(a.recipient, b.recipient))
    deed = unsaid and Nearness.OTHER not in people and not mutual(one, other)
    if signals.denial(one, other) and deed and words >= SAME_WORDS:
        return True
    if not one.triggers(other).one_stem:
        one_way = one_mode(a, b) and one.triggers(other).once
        if deed and one_way and told_together(one, other):
            return words >= TOLD_ALIKE
        least = ONE_DAY_ALIKE if deed and one_way else SAME_WORDS
        if deed and signals.triggers(one, other)[0] >= ONE_EXPRESSION:
            words += EXPRESSION_ALIKE
        near_day = one_day or (deed and told_together(one, other))
        return near_day and one.triggers(other).act and words >= least
    if deed and (one_day or told_together(one, other)):
        return words >= TOLD_ALIKE
    return words >= SAME_WORDS


def of_any_day(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether what is done again and again (talks, tests, marches) is told without day, place, or words in common.

    Any other deed too, where the verbs differ and it is not told to whom it was done.
    """
    a, b = one.mention, other.mention
    if signals.denial(one, other) and (one.near(other) or 0.0) >= DENIED:
        return False
    often = {a.type, b.type} & (SPOKEN | OFTEN if one.triggers(other).spoken else OFTEN)
    if signals.one_scene(one, other) or once_to_one(one, other, kin) or crisis_once(one, other, kin):
        return False
    if signals.just_before(one, other) and takes_up(one, other, kin):
        return False
    if one.named & other.named or (not often & OFTEN and signals.triggers(one, other)[0] >= ONE_EXPRESSION):
        return False
    loose = not one.triggers(other).one_stem and kin.between(a.recipient, b.recipient) <= Nearness.OPEN
    if not (often or loose) or one_place(one, other) or one.gap(other) is not None or one.shared(other):
        return False
    if any(points > 0 for points, _ in signals.counts(one, other)):
        return False
    return (one.near(other) or 0.0) < SAME_SENTENCES
