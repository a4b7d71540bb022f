"""How like two mentions are as tellings of one event: a sum of signals, each with its reason, and what forbids it.

Points are hand-set and read like a scale: about 1.5 for what nearly settles a slot, below 0 for what speaks against.
Precision first: a pair without a participant in common is held apart unless its words are nearly the same.
"""

from __future__ import annotations

from msgspec import Struct

from dragoman.reconcile.acts import type_kin
from dragoman.reconcile.kinship import Kinship, Nearness
from dragoman.reconcile.tellings import Telling
from dragoman.records import Mention, Number

ENOUGH = 3.0  # points for one event in two reports
ENOUGH_WITHIN = 4.2  # in one report, where a second telling is rarer than a second event
SPOKEN = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
MUTUAL = frozenset({"CONSULT", "COOPERATE"})  # whoever takes part does what the other does
MEETING = "meet"  # the act of related.tsv that a plan of a meeting tells
UNREAL = frozenset({"future", "hypothetical"})
LONG_AGO = 10  # days between two reports after which an undated event is hardly the same
REPEATED = 0.5  # share of what it is about that one report must say again for a statement to be the same
SAME_WORDS = 1.0  # share of what it is about, plus the cosine of the sentences, for two acts with nobody in common
TOPIC = 0.25  # share that two statements need where it is not told to whom both are made
FAR_SENTENCES, NEAR_SENTENCES = 0.45, 0.75  # cosines of sentences that tell nothing alike, and nearly the same
LOOSE = 0.25  # how far an open bound ("at least", "up to") reaches beyond its figure, as a share of it
VAGUE = 0.15  # share of what it is about below which two statements are about different things


class Likeness(Struct, frozen=True):
    """The points of a pair, why, and what forbids it (empty when nothing does)."""

    points: float
    why: tuple[str, ...]
    barred: str = ""


Signal = tuple[float, str]


def forbidden(one: Telling, other: Telling, kin: Kinship) -> str:
    """What makes two mentions two events whatever else they share; empty when nothing does."""
    a, b = one.mention, other.mention
    if a.type != b.type and frozenset((a.type, b.type)) not in type_kin():
        return "types that never tell one event"
    if set(a.auxiliary) & UNREAL != set(b.auxiliary) & UNREAL:
        return "a plan and an act"
    if a.report == b.report:
        spoken = a.type in SPOKEN and one.shared(other) < REPEATED
        if a.sentence == b.sentence or one.head != other.head or spoken:
            return "two acts of one report"
    if _lemmas(one, other)[0] <= UNRELATED:
        return "unrelated triggers"
    gap = one.gap(other)
    if gap and not (gap == 1 and max(one.days or 1, other.days or 1) > 1) and not _days_disputed(one, other, gap, kin):
        return "different days"
    return _other_people(one, other, kin)


def _days_disputed(one: Telling, other: Telling, gap: int, kin: Kinship) -> bool:
    """Whether two accounts may give ONE event different days.

    A plan: the same people on both sides, at most two days apart. An act: next days only, in reports of one day and
    nearly the same sentences; a report of the day after tells of another act more likely than of another day.
    """
    a, b = one.mention, other.mention
    actors, whom = kin.between(a.actor, b.actor), kin.between(a.recipient, b.recipient)
    if a.report == b.report or Nearness.OTHER in (actors, whom):
        return False
    if "future" in a.auxiliary:
        return gap <= 2 and (mutual(one, other) or (actors is Nearness.SAME and bool(a.recipient and b.recipient)))
    same_day = one.published is not None and one.published == other.published
    told = (actors is Nearness.SAME or whom is Nearness.SAME) and one.head == other.head
    return gap == 1 and same_day and told and (one.near(other) or 0.0) >= NEAR_SENTENCES


def _other_people(one: Telling, other: Telling, kin: Kinship) -> str:
    a, b = one.mention, other.mention
    actors, whom = kin.between(a.actor, b.actor), kin.between(a.recipient, b.recipient)
    if "negation" in {*a.auxiliary} ^ {*b.auxiliary} and not (
        one.head == other.head and min(actors, whom) >= Nearness.KIN and one.shared(other) >= VAGUE
    ):
        return "one did not happen"
    if mutual(one, other):
        return ""
    if {a.type, b.type} & SPOKEN:
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


def mutual(one: Telling, other: Telling) -> bool:
    """Whether it does not matter who is called host and who guest: meetings, and plans of meetings."""
    return all(t.mention.type in MUTUAL or (t.mention.type == "AGREE" and MEETING in t.acts) for t in (one, other))


def crossed(a: Mention, b: Mention) -> bool:
    """Whether who is asked in one account asks in the other, where one account names nobody who does."""
    if a.actor and b.actor:
        return False
    return bool(set(a.recipient) & set(b.actor) or set(b.recipient) & set(a.actor))


def _persons(mention: Mention, kin: Kinship) -> bool:
    return all(kin.actors[i].kind == "person" and kin.named(i) for i in mention.recipient if i in kin.actors)


UNRELATED = -2.0


def _lemmas(one: Telling, other: Telling) -> Signal:
    a, b = one.mention, other.mention
    if a.lemma == b.lemma and " " in a.lemma:
        return 2.0, f"same trigger: {a.lemma}"
    if a.lemma == b.lemma or (one.head == other.head and one.acts):
        return 1.5, f"same trigger: {one.head}"
    near, act = max(((min(one.acts[x], other.acts[x]), x) for x in one.acts if x in other.acts), default=(0.0, ""))
    in_common = bool(set(a.lemma.split()) & set(b.lemma.split()))
    if near:
        return 1.2 * near + 0.3 * in_common, f"{a.lemma} and {b.lemma} both tell: {act}"
    if in_common:
        return 0.6, f"{a.lemma} and {b.lemma}"
    if a.mode and a.mode == b.mode and a.type == b.type:
        return -0.5, f"same mode: {a.mode}"
    return UNRELATED, "unrelated triggers"


def _participants(one: Telling, other: Telling, kin: Kinship) -> list[Signal]:
    a, b = one.mention, other.mention
    if mutual(one, other):
        return _company(a, b, kin)
    if crossed(a, b):
        others = (one.names & other.names) - {*a.actor, *a.recipient, *b.actor, *b.recipient}
        return [(1.0 if others else -1.0, "roles crossed")]
    signals: list[Signal] = []
    for slot, ones, theirs, points in (
        ("actor", a.actor, b.actor, (-2.5, -0.8, 0.9, 1.5)),
        ("recipient", a.recipient, b.recipient, (-2.0, -0.4, 0.7, 1.2)),
    ):
        near = kin.between(ones, theirs)
        if ones and theirs:
            signals.append((points[near], f"{slot} {('contradicts', 'may be another', 'related', 'the same')[near]}"))
    return signals


def _company(a: Mention, b: Mention, kin: Kinship) -> list[Signal]:
    """Who takes part, whoever is called host or guest: two in common settle it, one is met by many."""
    ones, others = (list(dict.fromkeys((*m.actor, *m.recipient))) for m in (a, b))
    matched = [i for i in ones if kin.between((i,), others) is Nearness.SAME]
    if len(matched) >= 2:
        return [(2.4, f"same company: {', '.join(matched[:3])}")]
    rest = kin.between([i for i in ones if i not in matched], [i for i in others if i not in matched])
    if rest is Nearness.OTHER:
        return [(-2.5, "met others")]
    if matched:
        return [(1.8 if rest is Nearness.KIN else 0.3, f"both with {matched[0]}")]
    return [(-0.8, "other company")] if ones and others else []


def _times(one: Telling, other: Telling) -> list[Signal]:
    gap = one.gap(other)
    if gap is None:
        if one.published and other.published:
            apart = abs((one.published - other.published).days)
            if apart > LONG_AGO:
                return [(-2.5, f"undated, told {apart} days apart")]
            if apart > 3:
                return [(-1.0, f"undated, told {apart} days apart")]
        return []
    longest = max(one.days or 1, other.days or 1)
    if gap:
        return [(-0.5 if longest > 1 else -1.2, "other days")]
    if longest <= 1:
        return [(1.0, "same day")]
    return [(0.5, "times overlap")] if longest <= 8 else [(0.0, "times overlap loosely")]


def _places(one: Telling, other: Telling) -> list[Signal]:
    a, b = one.mention.place, other.mention.place
    if a is None or b is None:
        return []
    if a.country and b.country and a.country != b.country:
        return [(-2.0, "different countries")]
    if a.name and a.name == b.name:
        return [(0.6, f"same place: {a.name}")]
    if a.geonames and b.geonames and a.name != b.name and one.mention.type not in SPOKEN:
        return [(-0.7, f"{a.name} and {b.name}")]
    return []


def _counts(one: Telling, other: Telling) -> list[Signal]:
    pairs = [(x, y) for x in one.mention.numbers for y in other.mention.numbers if x.unit == y.unit]
    if not pairs:
        return []
    if any(agree(x, y) for x, y in pairs):
        return [(0.7, "same figure")]
    return [(-0.4, "different figures")]


def agree(x: Number, y: Number) -> bool:
    """Whether two quantities can be meant for one: their intervals overlap; "at least 9" reaches a little above 9."""
    low = max(n.value * (1 - LOOSE) if n.low is None else n.low for n in (x, y))
    high = min(n.value * (1 + LOOSE) if n.high is None else n.high for n in (x, y))
    return low <= high


def _deadlines(one: Telling, other: Telling) -> list[Signal]:
    a, b = one.mention.due, other.mention.due
    if a is None or b is None or one.gap(other):
        return []
    return [(0.8, "same deadline")] if a == b else [(-1.0, "different deadlines")]


def _said_by(one: Telling, other: Telling) -> list[Signal]:
    mine = {a.actor for a in one.mention.attribution if a.actor}
    shared = mine & {a.actor for a in other.mention.attribution if a.actor}
    return [(0.7, "same source")] if shared else []


def _wording(one: Telling, other: Telling) -> list[Signal]:
    shared = one.shared(other)
    signals = [(2.0 * shared, f"{shared:.0%} of what it is about")]
    spoken = {one.mention.type, other.mention.type} & SPOKEN
    if spoken and shared < VAGUE and one.about.stems and other.about.stems:
        signals = [(-2.0, "about different things")]
    near = one.near(other)
    if near is not None:
        signals.append((min(max((near - 0.35) * 2.5, -0.8), 1.5), f"sentences near ({near:.2f})"))
    nearby = (one.names & other.names) - {*one.mention.actor, *one.mention.recipient}
    if nearby:
        signals.append((min(0.3 * len(nearby), 0.6), f"also named: {', '.join(sorted(nearby)[:3])}"))
    return signals


def _same_words(one: Telling, other: Telling) -> bool:
    """Whether two acts without anybody in common are told in nearly the same words: "the use of force"."""
    one_day = one.days == other.days == 1 and one.start == other.start and bool(one.acts.keys() & other.acts.keys())
    if (one.head != other.head and not one_day) or "hypothetical" in one.mention.auxiliary:
        return False
    near = one.near(other)
    return one.shared(other) + (0.5 if near is None else near) >= SAME_WORDS


def likeness(one: Telling, other: Telling, kin: Kinship) -> Likeness:
    """Points for one event, with reasons; `barred` where two mentions cannot be one event."""
    if barred := forbidden(one, other, kin):
        return Likeness(-9.0, (), barred)
    participants = _participants(one, other, kin)
    said = _said_by(one, other)
    wording = _wording(one, other)
    grounded = any(points > 0 for points, _ in participants) or said
    if not grounded and not _same_words(one, other):
        return Likeness(-9.0, (), "nobody in common")
    signals = [
        _lemmas(one, other),
        *participants,
        *_times(one, other),
        *_places(one, other),
        *_counts(one, other),
        *_deadlines(one, other),
        *said,
        *wording,
    ]
    if {one.mention.type, other.mention.type} & SPOKEN and not mutual(one, other):
        signals.append((-0.4, "words, not deeds"))
    if "historical" in {*one.mention.auxiliary} ^ {*other.mention.auxiliary}:
        signals.append((-1.0, "one is history"))
    if "hypothetical" in one.mention.auxiliary:
        signals.append((-1.0, "only thought of"))
    if one.mention.type != other.mention.type:
        signals.append((-0.4, f"{one.mention.type} and {other.mention.type}"))
    return Likeness(sum(p for p, _ in signals), tuple(f"{reason} {points:+.1f}" for points, reason in signals))
