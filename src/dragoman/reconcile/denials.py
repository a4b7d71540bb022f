"""Whether one account denies what another tells."""

from __future__ import annotations

from dragoman.reconcile import signals
from dragoman.reconcile.kinship import Nearness
from dragoman.reconcile.signals import VAGUE
from dragoman.reconcile.telling import Telling
from dragoman.reconcile.ties import FAR_SENTENCES, ONE_THING, within_days
from dragoman.reconcile.triggers import MUTUAL, SPOKEN

COMPANY = 2  # of those who meet, how many must be told for a denial to be of that meeting


def denied(one: Telling, other: Telling, actors: Nearness, whom: Nearness) -> bool:
    """Whether one account denies what the other tells: the same said by the same, or one deed to the same.

    What nobody did, he did not do either; but who left something undone denies no deed that is told of nobody.
    """
    a, b = one.mention, other.mention
    shared, near = one.shared(other), one.near(other) or 0.0
    if one.head == other.head and min(actors, whom) >= Nearness.KIN and shared >= VAGUE:
        return True
    if a.lemma == b.lemma and whom is Nearness.SAME and actors >= Nearness.OPEN and near >= ONE_THING:
        return a.report != b.report and one.one_affair(other)
    if a.report == b.report or not one.one_affair(other):
        return False
    one_deed = one.triggers(other).one_stem or one.triggers(other).act
    if {a.type, b.type} <= MUTUAL and len({*a.actor, *a.recipient} & {*b.actor, *b.recipient}) < COMPANY:
        return False
    if {a.type, b.type} & (SPOKEN | MUTUAL):
        own = actors is Nearness.SAME and whom >= Nearness.OPEN and within_days(one, other)
        return own and one_deed and (shared >= VAGUE or whom is Nearness.SAME) and near >= ONE_THING
    denier = a if "negation" in a.auxiliary else b
    by = actors >= Nearness.KIN if a.actor and b.actor else not denier.actor
    agreed = actors >= Nearness.KIN or not (a.actor or b.actor)
    open_to = agreed or bool(signals.same_objects(one, other) or signals.denied_of(one, other))
    to = whom is Nearness.SAME or (not (a.recipient and b.recipient) and open_to)
    if not (by and to and one_deed):
        return False
    sure = whom is Nearness.SAME or actors is Nearness.SAME or bool(one.named & other.named) or not agreed
    return shared >= VAGUE or near >= (ONE_THING if sure else FAR_SENTENCES)
