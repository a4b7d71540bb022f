"""What forbids that two mentions tell one event, whatever else they share."""

from __future__ import annotations

from dragoman.reconcile import signals
from dragoman.reconcile.apart import each_for_himself, of_nobody, other_guests, other_site, promised
from dragoman.reconcile.denials import denied
from dragoman.reconcile.kinship import Kinship, Nearness
from dragoman.reconcile.nouns import two_things
from dragoman.reconcile.signals import REPEATED, VAGUE, crossed, mutual, swapped
from dragoman.reconcile.telling import Telling
from dragoman.reconcile.ties import FAR_SENTENCES, named_in_common, one_place, one_thing, takes_up
from dragoman.reconcile.triggers import UNRELATED
from dragoman.records import Mention

DISPUTED = 2  # days that two accounts of one event may lie apart at most
TOPIC = 0.25  # share that two statements need where it is not told to whom both are made
NEAR_SENTENCES = 0.75  # cosine of sentences that tell nearly the same
ONE_PLACE = 0.7  # cosine of sentences that tell of one deed at one place, whatever the day
STORY = 3  # sentences below a headline in which the story itself is told
TIMES = ("time", "times")
NOBODY = "nobody in common"  # bars a pair, not a chain whose other pairs hold it together
UNDENIED = "one did not happen"  # likewise: a third account may tell what the one denies in the other's words
OTHER_WORDS = "unrelated triggers"
SOFT = frozenset({"", NOBODY, UNDENIED})


def forbidden(one: Telling, other: Telling, kin: Kinship) -> str:
    """What makes two mentions two events whatever else they share; empty when nothing does."""
    a, b = one.mention, other.mention
    if not one.triggers(other).one_kind:
        return "types that never tell one event"
    if one.unreal != other.unreal or promised(one, other):
        return "a plan and an act"
    if a.report == b.report and _two_of_one_report(one, other, kin):
        return "two acts of one report"
    if signals.triggers(one, other)[0] <= UNRELATED:
        return OTHER_WORDS
    if each_for_himself(one, other, kin):
        return "each of several did it for himself"
    if (a.numbers or b.numbers) and _told_several(a) != _told_several(b):
        return "once and several times"
    if (one.start is None) != (other.start is None) and (_told_before(one, other) or _told_before(other, one)):
        return "told before the other happened"
    gap = one.gap(other)
    if gap and not (gap == 1 and max(one.days or 1, other.days or 1) > 1) and not _days_disputed(one, other, gap, kin):
        return "different days"
    if one.triggers(other).deeds and signals.turned(a, b) and not signals.taken_away(one, other):
        return "who did it suffers it"
    if one.triggers(other).deeds and two_things(one.things, other.things) and not set(a.recipient) & set(b.recipient):
        return "done to other things"
    return _other_people(one, other, kin)


def _told_before(one: Telling, other: Telling) -> bool:
    """Whether a report tells of an act, without a day, that the other puts on a later day than the report.

    A denial has the day on which it is made.
    """
    if one.start is not None or other.start is None or one.published is None or one.unreal:
        return False
    if "negation" in other.mention.auxiliary:
        return False
    return other.start > one.published


def _two_of_one_report(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether a report tells two acts, not one twice: other verbs, unless it is one deed to one and the same."""
    a, b = one.mention, other.mention
    if a.sentence == b.sentence:
        return True
    if one.head == other.head:
        return one.triggers(other).spoken and one.shared(other) < REPEATED
    deed = one.triggers(other).act and not one.triggers(other).spoken and not mutual(one, other)
    if headline_and_story(one, other, kin):
        return not deed
    return not deed or kin.between(a.recipient, b.recipient) is not Nearness.SAME


def headline_and_story(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether one is the headline of the story in which the other stands, and nobody contradicts.

    Further down it is the same where one act is told of one who takes part in both.
    """
    a, b = one.mention, other.mention
    if a.report != b.report or one.headline == other.headline:
        return False
    near = (kin.between(a.actor, b.actor), kin.between(a.recipient, b.recipient))
    below = max(a.sentence, b.sentence) > STORY
    return Nearness.OTHER not in near and (not below or (Nearness.SAME in near and one.triggers(other).act))


def _days_disputed(one: Telling, other: Telling, gap: int, kin: Kinship) -> bool:
    """Whether two accounts may give ONE event different days.

    A plan: the same people on both sides, at most two days apart. An act that is done once (a landing, an arrest of
    one person): likewise. Any other act: next days only, in reports of one day and nearly the same sentences; a report
    of the day after tells of another act more likely than of another day.
    """
    a, b = one.mention, other.mention
    if a.report != b.report and gap <= DISPUTED and (gone := signals.taken_away(one, other)) and one.one_affair(other):
        return named_in_common(gone[0].mention.recipient, gone[1].mention.actor, kin)
    actors, whom = kin.between(a.actor, b.actor), kin.between(a.recipient, b.recipient)
    if a.report == b.report or Nearness.OTHER in (actors, whom):
        return False
    if one.one_night(other) or (gap <= DISPUTED and signals.denial(one, other)):
        return one.one_affair(other)
    if "future" in a.auxiliary:
        return gap <= DISPUTED and (
            mutual(one, other) or (actors is Nearness.SAME and bool(a.recipient and b.recipient))
        )
    if one.triggers(other).once and gap <= DISPUTED:
        if one_place(one, other) and one.scene & other.scene and (one.near(other) or 0.0) >= ONE_PLACE:
            return True
        if one_thing(one, other, kin) or named_in_common(a.recipient, b.recipient, kin):
            return True
        return named_in_common(a.actor, b.actor, kin) and not (a.recipient and b.recipient)
    same_day = one.published is not None and one.published == other.published
    told = (actors is Nearness.SAME or whom is Nearness.SAME) and one.head == other.head
    return gap == 1 and same_day and told and (one.near(other) or 0.0) >= NEAR_SENTENCES


def _told_several(mention: Mention) -> bool:
    """Whether a mention tells of several acts at once: "met six times"."""
    return any(n.unit in TIMES and n.value > 1 and mention.span.covers(n.span) for n in mention.numbers)


def _other_people(one: Telling, other: Telling, kin: Kinship) -> str:
    a, b = one.mention, other.mention
    actors, whom = kin.between(a.actor, b.actor), kin.between(a.recipient, b.recipient)
    if signals.denial(one, other) and not denied(one, other, actors, whom):
        return UNDENIED
    if mutual(one, other):
        return NOBODY if other_guests(one, other, kin) else ""
    if one.triggers(other).spoken:
        if swapped(one, other):
            return ""
        if actors is Nearness.OTHER:
            return "different speakers"
        if whom is Nearness.OTHER and not crossed(a, b):
            return "said to others"
        near = one.near(other)
        least = VAGUE if whom is Nearness.KIN else TOPIC
        if takes_up(one, other, kin):
            return ""
        if whom < Nearness.SAME and (one.shared(other) < least or (near is not None and near < FAR_SENTENCES)):
            return "nothing said in common"
    if whom is Nearness.OTHER and _persons(a, kin) and _persons(b, kin):
        return "done to different people"
    return NOBODY if of_nobody(one, other, kin) or other_site(one, other, kin) else ""


def _persons(mention: Mention, kin: Kinship) -> bool:
    return all(kin.person(i) and kin.named(i) for i in mention.recipient if i in kin.actors)
