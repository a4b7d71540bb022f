"""How like two mentions are as tellings of one event: a sum of signals, each with its reason, and what forbids it.

Precision first: a pair without a participant in common is held apart unless it is told alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from dragoman.reconcile import signals
from dragoman.reconcile.acts import once, type_kin
from dragoman.reconcile.kinship import Kinship, Nearness
from dragoman.reconcile.signals import MUTUAL, REPEATED, SPOKEN, VAGUE, Signal, crossed, derived, mutual, swapped
from dragoman.reconcile.telling import Telling
from dragoman.records import Mention

ENOUGH = 3.0  # points for one event in two reports
ENOUGH_WITHIN = 4.2  # in one report, where a second telling is rarer than a second event
DISPUTED = 2  # days that two accounts of one event may lie apart at most
SAME_WORDS = 1.0  # share of what it is about, plus the cosine of the sentences, for two acts with nobody in common
LEAST_ALIKE = 0.33  # cosine of sentences below which nothing is told alike
TOLD_ALIKE = 0.7  # the same for one verb in two reports of one affair that are dated alike, nobody contradicted
ONE_DAY_ALIKE = 0.4  # the same for one act of one day in two reports of one affair, nobody contradicted
EXPRESSION_ALIKE = 0.5  # words that an expression of more than one is worth
TELLING_ALIKE = 1.0  # points for that
ONE_AFFAIR = 3  # days between two reports that may tell undated acts of nameless people in common
TOPIC = 0.25  # share that two statements need where it is not told to whom both are made
FAR_SENTENCES, NEAR_SENTENCES = 0.45, 0.75  # cosines of sentences that tell nothing alike, and nearly the same
ONE_THING = 0.4  # cosine of sentences that tell of one thing done once
DENIED_POINTS = 0.7  # points for a denial: what nobody told nobody denies
DONE_ONCE = 0.7  # points for that, though the days differ
GUESSED = -1.0  # points for a mention that the typer told and no frame, where no day binds the two
MUCH = 0.4  # share of what it is about that is a tie
TIED = 2  # ties that hold two expressions together though no day does
UNBOUND = -0.4  # points for two expressions where no day binds the two


STORY = 3  # sentences below a headline in which the story itself is told
HEADLINE = 2.0  # points for a headline and its story

NOBODY = "nobody in common"  # bars a pair, not a chain whose other pairs hold it together
UNDENIED = "one did not happen"  # likewise: a third account may tell what the one denies in the other's words
OTHER_WORDS = "unrelated triggers"
SOFT = frozenset({"", NOBODY, UNDENIED})
UNSURE = ENOUGH - 1.5  # points of such a pair within a chain


TIMES = ("time", "times")
DENIED = 0.6  # the same of what one account denies, the other tells, where the verbs differ
ONE_EXPRESSION = 2.0  # points of two triggers that say the same in more than a word
SAME_SENTENCES = 0.8  # cosine of sentences that tell of one occasion whatever their words


class Likeness(Struct, frozen=True):
    """The points of a pair, why, and what forbids it (empty when nothing does)."""

    points: float
    why: tuple[str, ...]
    barred: str = ""


def forbidden(one: Telling, other: Telling, kin: Kinship) -> str:
    """What makes two mentions two events whatever else they share; empty when nothing does."""
    a, b = one.mention, other.mention
    if a.type != b.type and frozenset((a.type, b.type)) not in type_kin() and not _one_deed(one, other):
        return "types that never tell one event"
    if one.unreal != other.unreal:
        return "a plan and an act"
    if a.report == b.report and _two_of_one_report(one, other, kin):
        return "two acts of one report"
    if signals.triggers(one, other)[0] <= signals.UNRELATED:
        return OTHER_WORDS
    if (a.numbers or b.numbers) and _told_several(a) != _told_several(b):
        return "once and several times"
    if _told_before(one, other) or _told_before(other, one):
        return "told before the other happened"
    gap = one.gap(other)
    if gap and not (gap == 1 and max(one.days or 1, other.days or 1) > 1) and not _days_disputed(one, other, gap, kin):
        return "different days"
    if {a.type, b.type} <= signals.DEEDS and signals.turned(a, b):
        return "who did it suffers it"
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


def _one_deed(one: Telling, other: Telling) -> bool:
    """Whether one verb for a deed was given two types by what stands around it ("seized")."""
    return one.head == other.head and not {one.mention.type, other.mention.type} & SPOKEN


def _two_of_one_report(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether a report tells two acts, not one twice: other verbs, unless it is one deed to one and the same."""
    a, b = one.mention, other.mention
    if a.sentence == b.sentence:
        return True
    if one.head == other.head:
        return a.type in SPOKEN and one.shared(other) < REPEATED
    deed = bool(one.acts.keys() & other.acts.keys()) and not {a.type, b.type} & SPOKEN and not mutual(one, other)
    if _headline(one, other, kin):
        return not deed
    return not deed or kin.between(a.recipient, b.recipient) is not Nearness.SAME


def _headline(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether one is the headline of the story in which the other stands, and nobody contradicts."""
    a, b = one.mention, other.mention
    if a.report != b.report or one.headline == other.headline or max(a.sentence, b.sentence) > STORY:
        return False
    return Nearness.OTHER not in (kin.between(a.actor, b.actor), kin.between(a.recipient, b.recipient))


def _days_disputed(one: Telling, other: Telling, gap: int, kin: Kinship) -> bool:
    """Whether two accounts may give ONE event different days.

    A plan: the same people on both sides, at most two days apart. An act that is done once (a landing, an arrest of
    one person): likewise. Any other act: next days only, in reports of one day and nearly the same sentences; a report
    of the day after tells of another act more likely than of another day.
    """
    a, b = one.mention, other.mention
    actors, whom = kin.between(a.actor, b.actor), kin.between(a.recipient, b.recipient)
    if a.report == b.report or Nearness.OTHER in (actors, whom):
        return False
    if one.one_night(other) or (gap <= DISPUTED and signals.denial(one, other)):
        return one.one_affair(other)
    if "future" in a.auxiliary:
        return gap <= DISPUTED and (
            mutual(one, other) or (actors is Nearness.SAME and bool(a.recipient and b.recipient))
        )
    if once(one.acts) & once(other.acts) and gap <= DISPUTED:
        if _one_thing(one, other) or _named_in_common(a.recipient, b.recipient, kin):
            return True
        return _named_in_common(a.actor, b.actor, kin) and not (a.recipient and b.recipient)
    same_day = one.published is not None and one.published == other.published
    told = (actors is Nearness.SAME or whom is Nearness.SAME) and one.head == other.head
    return gap == 1 and same_day and told and (one.near(other) or 0.0) >= NEAR_SENTENCES


def _one_thing(one: Telling, other: Telling) -> bool:
    """Whether what is done once was done to one thing: the curfew, the landing, told in one affair within days."""
    a, b = one.mention, other.mention
    if not one.one_affair(other) or not _within_days(one, other) or not once(one.acts) & once(other.acts):
        return False
    if a.lemma == b.lemma and " " in a.lemma:
        return True
    if (a.recipient and b.recipient) or (a.actor and b.actor and not _one_mode(a, b)):
        return False
    return (one.near(other) or 0.0) >= ONE_THING


def _one_mode(a: Mention, b: Mention) -> bool:
    return a.mode is not None and a.mode == b.mode


def _once_to_one(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether what is done once was done to, or by, one person, told in one affair: "the president gave up"."""
    if not once(one.acts) & once(other.acts) or not one.one_affair(other):
        return False
    a, b = one.mention, other.mention
    whom = set(a.recipient) & set(b.recipient)
    if any(kin.person(i) and kin.named(i) for i in whom):
        return True
    alone = not (a.recipient or b.recipient) and a.report != b.report and len(a.actor) == len(b.actor) == 1
    return alone and all(map(kin.person, (*a.actor, *b.actor))) and kin.near(a.actor[0], b.actor[0]) >= Nearness.KIN


def _ties(one: Telling, other: Telling, kin: Kinship) -> int:
    """By how much of its own two accounts are held together: named parties, a high figure, names nearby, a thing."""
    a, b = one.mention, other.mention
    return (
        _named_in_common(a.actor, b.actor, kin)
        + _named_in_common(a.recipient, b.recipient, kin)
        + signals.one_figure(a, b) * TIED
        + bool(signals.names_told(one, other) or signals.one_scene(one, other))
        + bool(signals.same_objects(one, other))
        + bool(signals.beside(one, other, kin))
        + signals.one_story_day(one, other)
        + ({a.type, b.type} <= signals.DEEDS and one.shared(other) >= MUCH)
    )


def _named_in_common(ones: Sequence[str], others: Sequence[str], kin: Kinship) -> bool:
    return any(kin.named(i) for i in set(ones) & set(others))


def _other_people(one: Telling, other: Telling, kin: Kinship) -> str:
    a, b = one.mention, other.mention
    actors, whom = kin.between(a.actor, b.actor), kin.between(a.recipient, b.recipient)
    if signals.denial(one, other) and not _denied(one, other, actors, whom):
        return UNDENIED
    if mutual(one, other):
        return ""
    if _spoken(a, b):
        if swapped(one, other):
            return ""
        if actors is Nearness.OTHER:
            return "different speakers"
        if whom is Nearness.OTHER and not crossed(a, b):
            return "said to others"
        near = one.near(other)
        least = VAGUE if whom is Nearness.KIN else TOPIC
        if whom < Nearness.SAME and (one.shared(other) < least or (near is not None and near < FAR_SENTENCES)):
            return "nothing said in common"
    if whom is Nearness.OTHER and _persons(a, kin) and _persons(b, kin):
        return "done to different people"
    return ""


def _spoken(a: Mention, b: Mention) -> bool:
    """Whether one of the two at least is said, not done."""
    return a.type in SPOKEN or b.type in SPOKEN


def _denied(one: Telling, other: Telling, actors: Nearness, whom: Nearness) -> bool:
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
    one_deed = derived(one.head, other.head) or bool(one.acts.keys() & other.acts.keys())
    if {a.type, b.type} & (SPOKEN | MUTUAL):
        own = actors is Nearness.SAME and whom >= Nearness.OPEN and _within_days(one, other)
        return own and one_deed and (shared >= VAGUE or whom is Nearness.SAME) and near >= ONE_THING
    denied = a if "negation" in a.auxiliary else b
    by = actors >= Nearness.KIN if a.actor and b.actor else not denied.actor
    agreed = actors >= Nearness.KIN or not (a.actor or b.actor)
    open_to = agreed or bool(signals.same_objects(one, other) or signals.denied_of(one, other))
    to = whom is Nearness.SAME or (not (a.recipient and b.recipient) and open_to)
    if not (by and to and one_deed):
        return False
    sure = whom is Nearness.SAME or actors is Nearness.SAME or bool(one.named & other.named) or not agreed
    return shared >= VAGUE or near >= (ONE_THING if sure else FAR_SENTENCES)


def _persons(mention: Mention, kin: Kinship) -> bool:
    return all(kin.person(i) and kin.named(i) for i in mention.recipient if i in kin.actors)


def _told_alike(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether two acts without anybody in common are told in nearly the same words: "the use of force".

    Fewer words will do for one deed of one affair, told of nobody who contradicts: "soldiers fired", "the army fired".
    """
    a, b = one.mention, other.mention
    one_day = one.days == other.days == 1 and one.start == other.start
    if "hypothetical" in {*a.auxiliary, *b.auxiliary} or _one_of_many(a, b, kin):
        return False
    if one.gap(other) and _one_thing(one, other):
        return True
    near = one.near(other)
    if near is not None and near < LEAST_ALIKE:
        return False
    words = one.shared(other) + (0.5 if near is None else near)
    if one_day and one.one_affair(other) and mutual(one, other) and "future" in {*a.auxiliary} & {*b.auxiliary}:
        return bool(one.acts.keys() & other.acts.keys())
    unsaid = (
        not {a.type, b.type} & (SPOKEN if one_day else {*SPOKEN, "PROTEST"})
        and a.report != b.report
        and one.one_affair(other)
    )
    people = (kin.between(a.actor, b.actor), kin.between(a.recipient, b.recipient))
    deed = unsaid and Nearness.OTHER not in people and not mutual(one, other)
    if signals.denial(one, other) and deed and words >= SAME_WORDS:
        return True
    if not derived(one.head, other.head):
        one_way = _one_mode(a, b) and bool(once(one.acts) & once(other.acts))
        if deed and one_way and _told_together(one, other):
            return words >= TOLD_ALIKE
        least = ONE_DAY_ALIKE if deed and one_way else SAME_WORDS
        if deed and signals.triggers(one, other)[0] >= ONE_EXPRESSION:
            words += EXPRESSION_ALIKE
        near_day = one_day or (deed and _told_together(one, other))
        return near_day and bool(one.acts.keys() & other.acts.keys()) and words >= least
    if deed and (one_day or _told_together(one, other)):
        return words >= TOLD_ALIKE
    return words >= SAME_WORDS


def _one_of_many(a: Mention, b: Mention, kin: Kinship) -> bool:
    """Whether one account names a person to whom it was done, the other tells of a nameless group."""
    named = [any(kin.person(i) and kin.named(i) for i in m.recipient) for m in (a, b)]
    group = [bool(m.recipient) and not any(kin.person(i) for i in m.recipient) for m in (a, b)]
    return (named[0] and group[1]) or (named[1] and group[0])


def _told_together(one: Telling, other: Telling) -> bool:
    """Whether two acts, one of them undated, are told within days of each other."""
    return one.gap(other) is None and _within_days(one, other)


def _within_days(one: Telling, other: Telling) -> bool:
    return not (one.published and other.published) or abs((one.published - other.published).days) <= ONE_AFFAIR


def _of_any_day(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether what is done again and again (talks, tests, marches) is told without day, place, or words in common.

    Any other deed too, where the verbs differ and it is not told to whom it was done.
    """
    a, b = one.mention, other.mention
    if signals.denial(one, other) and (one.near(other) or 0.0) >= DENIED:
        return False
    often = {a.type, b.type} & (SPOKEN | MUTUAL | {"MOBILIZE", "PROTEST"})
    if signals.one_scene(one, other) or _once_to_one(one, other, kin):
        return False
    if one.named & other.named or signals.triggers(one, other)[0] >= ONE_EXPRESSION:
        return False
    loose = not derived(one.head, other.head) and kin.between(a.recipient, b.recipient) <= Nearness.OPEN
    if not (often or loose) or _one_place(one, other) or one.gap(other) is not None or one.shared(other):
        return False
    if any(points > 0 for points, _ in signals.counts(one, other)):
        return False
    return (one.near(other) or 0.0) < SAME_SENTENCES


def _supposed(telling: Telling) -> bool:
    """Whether it is only thought of; what may have happened is not."""
    return "hypothetical" in telling.mention.auxiliary and not telling.surmised


def _told_several(mention: Mention) -> bool:
    """Whether a mention tells of several acts at once: "met six times"."""
    return any(n.unit in TIMES and n.value > 1 and mention.span.covers(n.span) for n in mention.numbers)


def _one_place(one: Telling, other: Telling) -> bool:
    a, b = one.mention.place, other.mention.place
    return a is not None and b is not None and a.name is not None and a.name == b.name


def likeness(one: Telling, other: Telling, kin: Kinship) -> Likeness:
    """Points for one event, with reasons; `barred` where two mentions cannot be one event."""
    if barred := forbidden(one, other, kin):
        return Likeness(UNSURE if barred in SOFT else -9.0, (), barred)
    participants = [
        *signals.participants(one, other, kin),
        *signals.names_told(one, other),
        *(() if _one_of_many(one.mention, other.mention, kin) else signals.one_scene(one, other)),
        *signals.denied_of(one, other),
    ]
    said = signals.said_by(one, other)
    aside = signals.beside(one, other, kin)
    wording = signals.wording(one, other)
    if not any(points > 0 for points, _ in participants) and not said:
        if not _told_alike(one, other, kin):
            return Likeness(UNSURE, (), NOBODY)
        if one.one_affair(other) and (mutual(one, other) or {one.mention.type, other.mention.type}.isdisjoint(SPOKEN)):
            participants = [(TELLING_ALIKE, "told alike in one affair")]
    found: list[Signal] = [
        signals.triggers(one, other),
        *participants,
        *aside,
        *signals.times(one, other),
        *signals.places(one, other),
        *signals.counts(one, other),
        *signals.deadlines(one, other),
        *said,
        *wording,
    ]
    if signals.denial(one, other) and once(one.acts) & once(other.acts):
        found.append((DENIED_POINTS, "one denies what the other tells"))
    if one.gap(other) and _one_thing(one, other):
        found.append((DONE_ONCE, "one thing, done once"))
    elif not one.gap(other) and _once_to_one(one, other, kin):
        found.append((DONE_ONCE, "done once to one person"))
    if {one.mention.type, other.mention.type} & SPOKEN and not mutual(one, other):
        found.append((-0.4, "words, not deeds"))
    if _headline(one, other, kin):
        found.append((HEADLINE, "a headline and its story"))
    elif _of_any_day(one, other, kin):
        found.append((-1.6, "nothing of one occasion"))
    tied = one.mention.report != other.mention.report and _ties(one, other, kin) >= TIED
    if "model" in (one.mention.by, other.mention.by) and one.gap(other) is None and not tied:
        found.append((GUESSED, "guessed, and without a day in common"))
    if one.gap(other) is None and one.mention.lemma != other.mention.lemma and not tied:
        found.append((UNBOUND, "other words, and no day in common"))
    if "historical" in {*one.mention.auxiliary} ^ {*other.mention.auxiliary}:
        found.append((-1.0, "one is history"))
    if "hypothetical" in one.mention.auxiliary and "hypothetical" in other.mention.auxiliary:
        found.append((-1.6 if one.gap(other) is None else -1.0, "only thought of"))
    elif _supposed(one) != _supposed(other) and not _one_place(one, other):
        found.append((-0.9, "planned and only thought of"))
    if one.mention.type != other.mention.type:
        found.append((-0.4, f"{one.mention.type} and {other.mention.type}"))
    return Likeness(sum(p for p, _ in found), tuple(f"{reason} {points:+.1f}" for points, reason in found))
