"""Where the accounts of one event part: a slot, its values, who has which, and a line that a person can read.

Silence is no difference, nor is a coarser word for the same: "Thursday" and "last week", a minister and the state.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations, pairwise
from typing import Literal

from msgspec import Struct

from dragoman.knowledge.typewords import type_word
from dragoman.reconcile.acts import head_of, sure
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.kinship import Kinship
from dragoman.reconcile.rows import TELLING
from dragoman.reconcile.signals import agree, befallen
from dragoman.reconcile.spelling import is_named
from dragoman.reconcile.telling import UNREAL
from dragoman.reconcile.triggers import MUTUAL, SPOKEN
from dragoman.reconcile.weights import is_common
from dragoman.reconcile.words import content, fold, plain_words, stem, tokens
from dragoman.records import ASKED, Difference, Evidence, Mention, Number, Slot, Span, Value


class Told(Struct, frozen=True):
    """One account's value of a slot, with where it stands."""

    mention: Mention
    value: str
    span: Span


WHO: tuple[Literal["actor", "recipient"], ...] = ("actor", "recipient")
SAYS = {  # of one account, of several
    "auxiliary": ("says that it", "say that it"),
    "certainty": ("tells it as", "tell it as"),
    "type": ("tells of", "tell of"),
}
REACH = 0.05  # how far "at least" and "up to" reach beyond their figure before another account's is another
Same = Callable[[Told, Told], bool]


def differences(book: Casebook, mentions: Sequence[Mention], kin: Kinship) -> tuple[Difference, ...]:
    """All slots on which these mentions of one event differ, reports against reports; copies are not asked."""
    own = [m for m in mentions if book.original(m.report) == m.report] or list(mentions)
    by_rule = {m.report for m in own if m.by == "rule"}
    own = [m for m in own if m.by == "rule" or m.report not in by_rule]  # a guess says nothing beside a frame
    if len({m.report for m in own}) < 2:
        return ()
    found = [
        *(_differ(book, slot, _actors(own, kin, slot), same=_kin_of(kin, slot), by=_ids(slot)) for slot in WHO),
        _differ(book, "time", _times(own), same=_times_agree, by=_interval),
        _differ(book, "place", _places(own), same=_places_agree, by=_spot),
        *_numbers(book, own),
        _differ(book, "certainty", _sureness(book, own), same=_equal, by=_value),
        _differ(book, "attribution", _sources(own), same=_sources_agree, by=_source),
        _denials(book, own),
        _differ(book, "auxiliary", _plans(own), same=_equal, by=_value),
        _kinds(book, own),
    ]
    return tuple(d for d in found if d is not None)


def _value(told: Told) -> str:
    return told.value


def _equal(one: Told, other: Told) -> bool:
    return one.value == other.value


def _differ(
    book: Casebook, slot: Slot, told: Sequence[Told], *, same: Same, by: Callable[[Told], Hashable]
) -> Difference | None:
    """Group what is told into values; a difference stands when two reports have no value in common.

    `by` is what `same` looks at: of many who tell it alike one is asked.
    """
    first: dict[Hashable, Told] = {}
    for item in told:
        first.setdefault(by(item), item)
    groups: list[list[Hashable]] = []
    for key, item in first.items():
        home = next((g for g in groups if all(same(item, first[other]) for other in g)), None)
        if home is None:
            groups.append([key])
        else:
            home.append(key)
    if len(groups) < 2 or not _apart(told, first, same, by):
        return None
    place = {key: n for n, keys in enumerate(groups) for key in keys}
    values: list[list[Told]] = [[] for _ in groups]
    for item in told:
        values[place[by(item)]].append(item)
    return difference(book, slot, values)


def _apart(told: Sequence[Told], first: Mapping[Hashable, Told], same: Same, by: Callable[[Told], Hashable]) -> bool:
    """Whether some two reports agree in none of what they tell."""
    of: dict[str, set[Hashable]] = {}
    for item in told:
        of.setdefault(item.mention.report, set()).add(by(item))
    return any(
        not any(same(first[x], first[y]) for x in one for y in other)
        for one, other in combinations(dict.fromkeys(map(frozenset, of.values())), 2)
    )


def difference(book: Casebook, slot: Slot, groups: Iterable[Sequence[Told]], *, kind: str = "differ") -> Difference:
    values = tuple(
        Value(
            value=group[0].value,
            reports=tuple(sorted({t.mention.report for t in group})),
            mentions=tuple(sorted({t.mention.id for t in group})),
            spans=tuple(sorted({Evidence(t.mention.report, t.span) for t in group})),
        )
        for group in groups
    )
    return Difference(slot=slot, values=values, kind=kind, line=_line(book, slot, values))  # type: ignore[arg-type]


def _line(book: Casebook, slot: str, values: Sequence[Value]) -> str:
    one, more = SAYS.get(slot, ("has", "have"))
    told = (f"{_outlets(book, v.reports)} {more if len(v.reports) > 1 else one} {v.value}" for v in values)
    return f"{ASKED[slot]}: {'; '.join(told)}"


def _outlets(book: Casebook, reports: Sequence[str]) -> str:
    *more, last = (_outlet(book, r) for r in reports)
    return f"{', '.join(more)} and {last}" if more else last


def _outlet(book: Casebook, report: str) -> str:
    found = book.reports[report]
    return found.outlet or found.origin


# --- who -----------------------------------------------------------------------------------------------------------


def _ids(slot: str) -> Callable[[Told], Hashable]:
    return lambda told: getattr(told.mention, slot)


def _actors(mentions: Sequence[Mention], kin: Kinship, slot: str) -> list[Told]:
    """Who is named in a slot; not where a pronoun stands for him, nor where host and guest are one another's.

    Where roles are turned it need be nobody with a side: "the envoy promised the minister", "the minister the envoy".
    """
    found = []
    doing, suffering = _by_id(mentions, "actor"), _by_id(mentions, "recipient")
    for mention in mentions:
        ids = [i for i in getattr(mention, slot) if i in kin.actors]
        texts: tuple[str, ...] = getattr(mention, f"{slot}_text")
        if not ids or mention.type in MUTUAL or (texts and all(fold(text) in plain_words() for text in texts)):
            continue
        others = chain(*(suffering.get(i, ()) for i in mention.actor), *(doing.get(i, ()) for i in mention.recipient))
        if any(map(kin.has_a_side, ids)) or any(_turned(mention, other) for other in others):
            found.append(Told(mention, ", ".join(kin.actors[i].name for i in ids), mention.span))
    return found


def _by_id(mentions: Sequence[Mention], slot: str) -> dict[str, list[Mention]]:
    """The mentions that name each actor in a slot."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        for ident in getattr(mention, slot):
            found.setdefault(ident, []).append(mention)
    return found


def _kin_of(kin: Kinship, slot: str) -> Same:
    def same(one: Told, other: Told) -> bool:
        ones: tuple[str, ...] = getattr(one.mention, slot)
        others: tuple[str, ...] = getattr(other.mention, slot)
        two = all(kin.rivals(a, b) or kin.two_groups(a, b) for a in ones for b in others)
        return not (two or _turned(one.mention, other.mention))

    return same


def _turned(one: Mention, other: Mention) -> bool:
    """Whether who did it in one account has it done to him in the other."""
    if one.report == other.report or set(one.actor) & set(other.actor):
        return False
    return bool(set(one.actor) & set(other.recipient) or set(one.recipient) & set(other.actor))


# --- when and where ------------------------------------------------------------------------------------------------


def _times(mentions: Sequence[Mention]) -> list[Told]:
    return [
        Told(
            m,
            m.time.start if m.time.start == m.time.end else f"{m.time.start} to {m.time.end}",
            m.time.span or m.trigger,
        )
        for m in mentions
        if m.time and m.time.start and m.time.end
    ]


def _interval(told: Told) -> Hashable:
    time = told.mention.time
    return time and (time.start, time.end)


def _times_agree(one: Told, other: Told) -> bool:
    a, b = one.mention.time, other.mention.time
    if a is None or b is None or not (a.start and a.end and b.start and b.end):
        return True
    return a.start[:10] <= b.end[:10] and b.start[:10] <= a.end[:10]


def _places(mentions: Sequence[Mention]) -> list[Told]:
    return [Told(m, m.place.name, m.place.span or m.trigger) for m in mentions if m.place and m.place.name]


def _spot(told: Told) -> Hashable:
    place = told.mention.place
    return place and (place.name, place.country, place.lat, place.lon)


def _places_agree(one: Told, other: Told) -> bool:
    a, b = one.mention.place, other.mention.place
    if a is None or b is None or a.name == b.name:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    return a.lat is None or b.lat is None or abs(a.lat - b.lat) + abs((a.lon or 0) - (b.lon or 0)) < 1.0


# --- how many ------------------------------------------------------------------------------------------------------


def _numbers(book: Casebook, mentions: Sequence[Mention]) -> list[Difference]:
    """Figures for one unit that cannot both be right; where the later report has another, an update.

    Of a mention the figure for all that it befell: "84 people, including ten children" says 84.
    """
    found = []
    units = sorted({n.unit for m in mentions for n in m.numbers if n.unit})
    for unit in units:
        figures = [(m, most) for m in mentions if (most := _most(m, unit)) is not None]
        values = [Told(m, n.text, n.span) for m, n in figures]
        exact = {(m.id, n.span): n for m, n in figures}

        def same(one: Told, other: Told, exact: dict[tuple[str, Span], Number] = exact) -> bool:
            return agree(exact[one.mention.id, one.span], exact[other.mention.id, other.span], reach=REACH)

        def by(told: Told, exact: dict[tuple[str, Span], Number] = exact) -> Hashable:
            figure = exact[told.mention.id, told.span]
            return (figure.value, figure.low, figure.high)

        plain = _differ(book, "number", values, same=same, by=by)
        if plain is not None:
            days = [{book.reports[r].published for r in v.reports} for v in plain.values]
            later = all(None not in d for d in days) and all(not (x & y) for x, y in pairwise(days))
            found.append(
                Difference(slot="number", values=plain.values, kind="update" if later else "differ", line=plain.line)
            )
    return found


def _most(mention: Mention, unit: str) -> Number | None:
    """The greatest figure of a unit for those it befell, else of all that the mention tells."""
    told = [n for n in befallen(mention) if n.unit == unit] or [n for n in mention.numbers if n.unit == unit]
    return max(told, key=lambda n: n.value, default=None)


# --- who says so ---------------------------------------------------------------------------------------------------


def _sources(mentions: Sequence[Mention]) -> list[Told]:
    last = [(m, m.attribution[-1]) for m in mentions if m.attribution]
    return [Told(m, source.source.rstrip(" ,;:"), source.span or m.trigger) for m, source in last]


def _source(told: Told) -> Hashable:
    last = told.mention.attribution[-1]
    return (last.source, last.actor)


def _sources_agree(one: Told, other: Told) -> bool:
    """Only two NAMED sources differ: "witnesses" may be anybody's, and "Vorn, a senator" is "Senator Edda Vorn"."""
    a, b = one.mention.attribution[-1], other.mention.attribution[-1]
    if not (a.actor and b.actor and is_named(a.source) and is_named(b.source)) or a.actor == b.actor:
        return True
    ones, others = _content(a.source), _content(b.source)
    return ones <= others or others <= ones or bool(_names(a.source) & _names(b.source))


@lru_cache(maxsize=1 << 14)
def _content(source: str) -> frozenset[str]:
    return frozenset(content(source))


@lru_cache(maxsize=1 << 14)
def _names(source: str) -> frozenset[str]:
    """The words with a capital that are no common ones: "Shehu, the President's spokesman" → shehu."""
    return frozenset(
        t for t in tokens(" ".join(w for w in source.split() if w[:1].isupper())) if not is_common(stem(t))
    )


def _sureness(book: Casebook, mentions: Sequence[Mention]) -> list[Told]:
    """How surely each tells it: what is told to have happened perhaps ("whether she ever left") is possible."""
    found = []
    for mention in mentions:
        told = book.memory.get(TELLING, mention.id)
        perhaps = told is not None and told.surmised and mention.certainty == "certain"
        found.append(Told(mention, "possible" if perhaps else mention.certainty, mention.trigger))
    return found


# --- whether -------------------------------------------------------------------------------------------------------


def _denials(book: Casebook, mentions: Sequence[Mention]) -> Difference | None:
    did = [Told(m, "happened", m.trigger) for m in mentions if "negation" not in m.auxiliary]
    did_not = [Told(m, "did not happen", m.trigger) for m in mentions if "negation" in m.auxiliary]
    if not did or not did_not or {t.mention.report for t in did} & {t.mention.report for t in did_not}:
        return None
    if any(set(t.mention.auxiliary) & UNREAL for t in did + did_not):
        return None
    return difference(book, "auxiliary", (did, did_not), kind="denial")


def _plans(mentions: Sequence[Mention]) -> list[Told]:
    """What is to happen: planned in one account, feared or put under a condition in the other."""
    found = [(m, set(m.auxiliary) & UNREAL) for m in mentions]
    return [
        Told(m, "happens only if or perhaps" if "hypothetical" in how else "is planned", m.trigger)
        for m, how in found
        if how and "negation" not in m.auxiliary
    ]


# --- what it was ---------------------------------------------------------------------------------------------------


def _kinds(book: Casebook, mentions: Sequence[Mention]) -> Difference | None:
    """Acts of different types, where what is told differs and not the code alone."""
    told = [Told(m, f"{type_word(m.type)}: {book.words(m.report, m.trigger)}", m.trigger) for m in mentions]
    found = _differ(book, "type", told, same=_types_agree(book), by=_verb)
    types = {m.id: m.type for m in mentions}
    return found if found and len({types[v.mentions[0]] for v in found.values}) > 1 else None


def _verb(told: Told) -> Hashable:
    return (told.mention.type, told.mention.lemma)


def _types_agree(book: Casebook) -> Same:
    """One verb is one kind of act, and so are deeds of one act, whatever type their surroundings gave them.

    Talks that are planned are talks; a step back that is announced is one.
    """

    def agree(one: Told, other: Told) -> bool:
        a, b = one.mention, other.mention
        types = {a.type, b.type}
        if (
            a.type == b.type
            or head_of(a.lemma) == head_of(b.lemma)
            or types <= {"AGREE", *MUTUAL}
            or types == {"CONCEDE", "RETREAT"}
        ):
            return True
        if types & SPOKEN:
            return False
        ones, others = (book.memory.get(TELLING, m.id) for m in (a, b))
        return bool(ones and others and sure(ones.acts) & sure(others.acts))

    return agree
