"""The signals by which two mentions are held against each other: points with a reason, slot by slot.

Points are hand-set and read like a scale: about 1.5 for what nearly settles a slot, below 0 for what speaks against.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reconcile.kinship import Kinship, Nearness
from dragoman.reconcile.telling import MANY, Telling
from dragoman.reconcile.triggers import SPOKEN, Signal
from dragoman.reconcile.words import content
from dragoman.records import Mention, Number

LONG_AGO = 10  # days between two reports after which an undated event is hardly the same
ROW = 3  # days between two reports that tell of the same without a day
FRESH = 2  # days before a report in which what it tells without a date mostly happened
LOOSE = 0.25  # how far an open bound ("at least", "up to") reaches beyond its figure, as a share of it
VAGUE = 0.15  # share of what it is about below which two statements are about different things
REPEATED = 0.5  # share of what it is about that must be said again for a statement to be the same
FAR = 5  # times by which a figure for those it befell may differ from the other account's before it is a part of them
FEW_ALIKE = 3  # from which on as many in one scene are hardly others
VAGUELY = -0.2  # points of two nameless who may be one


def _meet(ones: Sequence[str], others: Sequence[str]) -> bool:
    return bool(ones and others) and not set(ones).isdisjoint(others)


def denial(one: Telling, other: Telling) -> bool:
    """Whether one tells that what the other tells did not happen; whether it is the same is another question."""
    return ("negation" in one.mention.auxiliary) != ("negation" in other.mention.auxiliary)


def swapped(one: Telling, other: Telling) -> bool:
    """Whether two accounts of one statement disagree on who made it to whom."""
    a, b = one.mention, other.mention
    if not (_meet(a.actor, b.recipient) or _meet(a.recipient, b.actor)):
        return False
    if _meet(a.actor, b.actor) or a.report == b.report or one.triggers(other).deeds:
        return False
    return one.triggers(other).one_stem and one.shared(other) >= REPEATED


def mutual(one: Telling, other: Telling) -> bool:
    """Whether it does not matter who is called host and who guest: meetings, and plans of meetings."""
    return one.triggers(other).mutual


def taken_away(one: Telling, other: Telling) -> tuple[Telling, Telling] | None:
    """Who takes somebody away, and the account in which that one goes: "flew him to Lund", "he fled to Lund".

    Likewise out of office: "parliament dismissed her", "she stepped down".
    """
    if not any(one.triggers(other).taken):
        return None
    takes, leaves = (one, other) if one.triggers(other).taken[0] else (other, one)
    a, b = takes.mention, leaves.mention
    return (takes, leaves) if a.recipient and b.actor and not b.recipient else None


def crossed(a: Mention, b: Mention) -> bool:
    """Whether who is asked in one account asks in the other, where one account names nobody who does."""
    if a.actor and b.actor:
        return False
    return _meet(a.recipient, b.actor) or _meet(b.recipient, a.actor)


def _of_one_body(a: Mention, b: Mention, slot: str, kin: Kinship) -> bool:
    """Whether two nameless groups are told to be of one body: "the leaders of the Lund League", "League heads"."""
    ones, theirs = getattr(a, slot), getattr(b, slot)
    if not ones or not theirs or any(map(kin.named, (*ones, *theirs))):
        return False
    words = [
        {s for text in (*getattr(m, f"{slot}_text"), *(kin.actors[i].name for i in ids if i in kin.actors))
         for s in _capitals(text)}
        for m, ids in ((a, ones), (b, theirs))
    ]  # fmt: skip
    return len(words[0] & words[1]) > 1


def _capitals(text: str) -> list[str]:
    return content(" ".join(word for word in text.split() if word[:1].isupper()))


def turned(a: Mention, b: Mention) -> bool:
    """Whether who did it in one account has it done to him in the other, though both tell who did it."""
    return (
        not _meet(a.actor, b.actor)
        and bool(a.actor and b.actor)
        and (_meet(a.actor, b.recipient) or _meet(a.recipient, b.actor))
    )


def triggers(one: Telling, other: Telling) -> Signal:
    both = one.triggers(other)
    if not both.related and taken_away(one, other):
        return 0.8, f"{one.mention.lemma} and {other.mention.lemma}: who is taken away leaves"
    return both.signal


def names_told(one: Telling, other: Telling) -> list[Signal]:
    """Proper names that the clauses of two deeds of one kind have in common, beside who takes part: "at Onda"."""
    if one.named.isdisjoint(other.named) or one.triggers(other).spoken or mutual(one, other):
        return []
    if not (one.triggers(other).one_stem or one.triggers(other).act) or not one.one_affair(other):
        return []
    if not (one.gap(other) == 0 or one.one_night(other) or _told_in_a_row(one, other)):
        return []
    return [(0.9, f"both name {', '.join(sorted(one.named & other.named)[:3])}")]


def denied_of(one: Telling, other: Telling) -> list[Signal]:
    """Who suffers a deed in one account stands beside its denial in the other: "Lena Morat … no one was arrested"."""
    if not denial(one, other):
        return []
    denies, tells = (one, other) if "negation" in one.mention.auxiliary else (other, one)
    if denies.mention.recipient or not set(tells.mention.recipient) & denies.names:
        return []
    return [(0.9, "denied beside whom it was done to")]


def _told_in_a_row(one: Telling, other: Telling) -> bool:
    """Whether two reports tell it within days of each other; of what is told as known, within a week or so."""
    if one.gap(other) is not None or one.published is None or other.published is None:
        return False
    return abs((one.published - other.published).days) <= (LONG_AGO if one.known or other.known else ROW)


def participants(one: Telling, other: Telling, kin: Kinship) -> list[Signal]:
    a, b = one.mention, other.mention
    if mutual(one, other):
        return _company(one, other, kin)
    if gone := taken_away(one, other):
        near = kin.between(gone[0].mention.recipient, gone[1].mention.actor)
        worth = {Nearness.SAME: 1.2, Nearness.KIN: 0.9, Nearness.OPEN: VAGUELY}.get(near, -2.0)
        return [(worth, "who is taken away leaves")]
    if swapped(one, other):
        return [(1.0, "roles turned")]
    if crossed(a, b):
        if not one.triggers(other).spoken:
            return [(-2.0, "who did it suffers it")]
        others = (one.names & other.names) - {*a.actor, *a.recipient, *b.actor, *b.recipient}
        return [(1.0 if others else -1.0, "roles crossed")]
    signals: list[Signal] = same_objects(one, other)
    for slot, ones, theirs, points in (
        ("actor", a.actor, b.actor, (-2.5, -0.8, 0.9, 1.5)),
        ("recipient", a.recipient, b.recipient, (-2.0, -0.4, 0.7, 1.2)),
    ):
        near = kin.between(ones, theirs)
        if near is Nearness.OPEN and _of_one_body(a, b, slot, kin):
            near = Nearness.KIN
        if ones and theirs and near is Nearness.OPEN and one.triggers(other).deeds and kin.vague(ones, theirs):
            counted = slot == "recipient" and one_figure(a, b)
            signals.append((0.0 if counted else VAGUELY, f"{slot} told vaguely"))
        elif ones and theirs:
            signals.append((points[near], f"{slot} {('contradicts', 'may be another', 'related', 'the same')[near]}"))
    return signals


def same_objects(one: Telling, other: Telling) -> list[Signal]:
    """What is no actor but suffers the same: "live broadcasts", "the live coverage"."""
    ones, others = one.things, other.things
    if ones.isdisjoint(others):
        return []
    both = (ones & others) - (one.beside & other.beside)  # what both triggers say is counted there
    if not both or 2 * len(both) < min(len(ones), len(others)):
        return []
    return [(0.9, f"same object: {', '.join(sorted(both))}")]


def beside(one: Telling, other: Telling, kin: Kinship) -> list[Signal]:
    """Who did it in one account stands beside it in the other, which says of nobody that he did it."""
    a, b = one.mention, other.mention
    if bool(a.actor) == bool(b.actor) or not one.triggers(other).deeds or a.report == b.report:
        return []
    told, silent = (one, other) if a.actor else (other, one)
    near = silent.around - set(silent.mention.recipient) - {*told.mention.recipient}
    if silent.mention.actor_text or kin.between(told.mention.actor, sorted(near)) < Nearness.KIN:
        return []
    if not (one.triggers(other).one_stem or one.triggers(other).act) or not one.one_affair(other):
        return []
    return [(0.5, "who did it stands beside it")]


def one_scene(one: Telling, other: Telling) -> list[Signal]:
    """Names that stand near two deeds of one kind, and seldom elsewhere in their reports: "in Musaga", "Radio Onda"."""
    if one.scene.isdisjoint(other.scene) or one.mention.report == other.mention.report or names_told(one, other):
        return []
    if one.triggers(other).spoken or mutual(one, other) or not one.one_affair(other):
        return []
    if not (one.triggers(other).one_stem or one.triggers(other).act):
        return []
    return [(0.7, f"near both: {', '.join(sorted(one.scene & other.scene)[:3])}")]


def _company(one: Telling, other: Telling, kin: Kinship) -> list[Signal]:
    """Who takes part, whoever is called host or guest: two in common settle it, one is met by many.

    States meet all the time; that a minister of one goes where the other calls is a sign only at one place.
    """
    a, b = one.mention, other.mention
    ones, others = (list(dict.fromkeys((*m.actor, *m.recipient))) for m in (a, b))
    matched = [i for i in ones if kin.between((i,), others) is Nearness.SAME]
    if len(matched) >= 2:
        return [(2.4, f"same company: {', '.join(matched[:3])}")]
    rest = kin.between([i for i in ones if i not in matched], [i for i in others if i not in matched])
    if rest is Nearness.OTHER:
        return [(-2.5, "met others")]
    if rest is Nearness.KIN and not matched and a.place and b.place and a.place.name == b.place.name:
        return [(0.9, "related company")]
    if matched:
        return [(1.8 if rest is Nearness.KIN else 0.3, f"both with {matched[0]}")]
    return [(-0.8, "other company")] if ones and others else []


def times(one: Telling, other: Telling) -> list[Signal]:
    gap = one.gap(other)
    if gap is None:
        if one_story_day(one, other):
            return [(0.6, "of one day in the story")]
        if _done_once(one, other) or denial(one, other) or one_figure(one.mention, other.mention):
            return []
        apart = _told_apart(one, other)
        if apart is not None:
            if apart > LONG_AGO:
                return [(-2.5, f"undated, told {apart} days apart")]
            if apart > 3 and not (one.known or other.known):
                return [(-1.0, f"undated, told {apart} days apart")]
        return [(0.4, "of the days when the other was told")] if just_before(one, other) else []
    longest = max(one.days or 1, other.days or 1)
    if one.one_night(other):
        return [(0.5, "a night and the day after")]
    if gap:
        if one.triggers(other).once or taken_away(one, other):
            return [(0.0, "a day in dispute")]
        return [(-0.5 if longest > 1 else -1.2, "other days")]
    if longest <= 1:
        return [(1.0, "same day")]
    return [(0.5, "times overlap")] if longest <= 8 else [(0.0, "times overlap loosely")]


def _told_apart(one: Telling, other: Telling) -> int | None:
    """Days between the reports, or from the day that one tells to the report that tells no day, as news is of late."""
    if one.published is None or other.published is None:
        return None
    apart = abs((one.published - other.published).days)
    dated, undated = (one, other) if one.start else (other, one)
    if undated.start is None and undated.published and dated.end and dated.end <= undated.published:
        return min(apart, (undated.published - dated.end).days)
    return apart


def one_story_day(one: Telling, other: Telling) -> bool:
    """Whether two accounts, one of them undated, come to it in their stories of one and the same day."""
    if one.story_day is None or one.story_day != other.story_day or one.mention.report == other.mention.report:
        return False
    return one.gap(other) is None and one.one_affair(other) and not one.triggers(other).spoken


def _done_once(one: Telling, other: Telling) -> bool:
    """Whether what is done once was done to, or by, one and the same: told weeks later it is still that."""
    if not one.triggers(other).once or not one.one_affair(other):
        return False
    a, b = one.mention, other.mention
    return bool(
        set(a.recipient) & set(b.recipient) or (set(a.actor) & set(b.actor) and not (a.recipient or b.recipient))
    )


def just_before(one: Telling, other: Telling) -> bool:
    """Whether one is of the days just before the report that tells the other without a date."""
    dated, undated = (one, other) if one.start else (other, one)
    if dated.end is None or (dated.days or 0) > FRESH or undated.start or undated.published is None:
        return False
    return 0 <= (undated.published - dated.end).days < FRESH and one.one_affair(other)


def places(one: Telling, other: Telling) -> list[Signal]:
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


def counts(one: Telling, other: Telling) -> list[Signal]:
    """Figures of one unit that agree, or one high figure of two units; a figure that differs is a difference."""
    if not (one.mention.numbers and other.mention.numbers):
        return []
    pairs = [(x, y) for x in one.mention.numbers for y in other.mention.numbers]
    if any(x.unit and x.unit == y.unit and x.value == y.value >= MANY for x, y in pairs):
        return [(1.2, "same high figure")]
    if any(x.unit == y.unit and agree(x, y) for x, y in pairs):
        return [(0.7, "same figure")]
    if one_figure(one.mention, other.mention):
        return [(1.0, "same figure of others")]
    if _few_alike(one, other):
        return [(0.5, "same figure, in other words")]
    befell = [(x, y) for x in befallen(one.mention) for y in befallen(other.mention) if x.unit == y.unit]
    if befell and all(max(x.value, y.value) > FAR * min(x.value, y.value) for x, y in befell):
        return [(-1.5, "a part of those it befell")]
    return [(-0.2, "different figures")] if any(x.unit == y.unit for x, y in pairs) else []


def one_figure(a: Mention, b: Mention) -> bool:
    """Whether both have one figure that is too high for chance."""
    return any(x.value == y.value >= MANY and x.unit and y.unit for x in a.numbers for y in b.numbers)


def _few_alike(one: Telling, other: Telling) -> bool:
    """Whether as many are told to have suffered one act in one scene: "four of our lads", "four paratroopers"."""
    if not (one.scene & other.scene or one.named & other.named) or not one.triggers(other).act:
        return False
    ones, others = befallen(one.mention), befallen(other.mention)
    return any(x.value == y.value >= FEW_ALIKE and x.low == x.high and y.low == y.high for x in ones for y in others)


def befallen(mention: Mention) -> list[Number]:
    """The figures for those to whom it was done: "35 women and children perished"."""
    return [n for n in mention.numbers if any(n.text in text or text in n.text for text in mention.recipient_text)]


def agree(x: Number, y: Number, *, reach: float = LOOSE) -> bool:
    """Whether two quantities can be meant for one: their intervals overlap; "at least 9" reaches a little above 9."""
    low = max(n.value * (1 - reach) if n.low is None else n.low for n in (x, y))
    high = min(n.value * (1 + reach) if n.high is None else n.high for n in (x, y))
    return low <= high


def deadlines(one: Telling, other: Telling) -> list[Signal]:
    a, b = one.mention.due, other.mention.due
    if a is None or b is None or one.gap(other):
        return []
    return [(0.8, "same deadline")] if a == b else [(-1.0, "different deadlines")]


def said_by(one: Telling, other: Telling) -> list[Signal]:
    if not (one.mention.attribution and other.mention.attribution):
        return []
    mine = {a.actor for a in one.mention.attribution if a.actor}
    shared = mine & {a.actor for a in other.mention.attribution if a.actor}
    return [(0.7, "same source")] if shared else []


def wording(one: Telling, other: Telling) -> list[Signal]:
    shared = one.shared(other)
    signals = [(2.0 * shared, f"{shared:.0%} of what it is about")]
    if one.triggers(other).spoken and shared < VAGUE and one.about.stems and other.about.stems:
        signals = [(-2.0, "about different things")]
    near = one.near(other)
    if near is not None:
        signals.append((min(max((near - 0.35) * 2.5, -0.8), 1.5), f"sentences near ({near:.2f})"))
    nearby = (one.names & other.names) - {*one.mention.actor, *one.mention.recipient}
    if nearby:
        signals.append((min(0.3 * len(nearby), 0.6), f"also named: {', '.join(sorted(nearby)[:3])}"))
    return signals
