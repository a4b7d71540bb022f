"""Coreferring mentions, found without comparing all with all, and joined so that one bad pair cannot chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.kinship import Kinship
from dragoman.reconcile.likeness import DISPUTED, ENOUGH, ENOUGH_WITHIN, NOBODY, Likeness, likeness
from dragoman.reconcile.links import Links, parts, relink
from dragoman.reconcile.memory import Kind
from dragoman.reconcile.rows import ACTOR, COPY, EVENT, HOME, REPORT, TELLING
from dragoman.reconcile.telling import Telling, block_asks
from dragoman.reconcile.tellings import ALIGNED, gather, together, told_of

SLACK = 0.5  # how far the mean of all pairs of a chain may lie below what one pair needs
MEMBERS = 8  # of a long chain, how many members a newcomer is held against

ALIKE: Kind[Links[Likeness]] = Kind("alike", dict[str, Likeness])


class Chain:
    """Mentions held to tell one event, oldest first, with the reasons."""

    def __init__(self, mentions: Iterable[str]) -> None:
        self.mentions = list(mentions)
        self.why: list[str] = []


class _Joiner:
    """Joins chains pair by pair, best first, remembering every likeness it asked for."""

    def __init__(self, book: Casebook, found: dict[str, Telling], kin: Kinship) -> None:
        self.book, self.found, self.kin = book, found, kin
        self.chain_of = {i: Chain([i]) for i in sorted(found)}
        self.known: dict[tuple[str, str], Likeness] = {}

    def like(self, one: str, other: str) -> Likeness:
        pair = (one, other) if one < other else (other, one)
        known = self.known.get(pair)
        if known is None:
            known = likeness(self.found[pair[0]], self.found[pair[1]], self.kin)
            self.known[pair] = known
        return known

    def spare(self, one: str, other: str) -> float:
        return _spare(self.like(one, other), self.found[one], self.found[other])

    def join(self, one: str, other: str, *, reason: str) -> None:
        keep, gone = self.chain_of[one], self.chain_of[other]
        if keep is gone or self.parted(keep, gone):
            return
        keep.mentions = sorted([*keep.mentions, *gone.mentions], key=lambda i: self.book.order(self.found[i].mention))
        keep.why += [*gone.why, reason]
        for ident in gone.mentions:
            self.chain_of[ident] = keep

    def parted(self, one: Chain, other: Chain) -> bool:
        """Whether a person keeps a mention of one apart from a mention of the other."""
        bars = self.book.rulings.parted
        return bool(bars) and any(bars.get(i, frozenset()) & set(other.mentions) for i in one.mentions)

    def fits(self, one: str, other: str) -> bool:
        """Whether the two chains may become one: no pair barred, and the mean of all pairs high enough."""
        ones, others = (self._originals(self.chain_of[i]) for i in (one, other))
        spares = [self.spare(a, b) for a in ones for b in others]
        barred = any(self.like(a, b).barred not in ("", NOBODY) for a in ones for b in others)
        return not barred and sum(spares) / len(spares) >= -SLACK

    def _originals(self, chain: Chain) -> list[str]:
        own = [
            i
            for i in chain.mentions
            if self.book.original(self.found[i].mention.report) == self.found[i].mention.report
        ]
        return (own or chain.mentions)[:MEMBERS]


def find_chains(book: Casebook, changed: Mapping[str, Telling | None]) -> tuple[list[Chain], set[str]]:
    """The changed mentions, and all that they touch, in chains of one event each; and the ids of all these mentions.

    Most chains have one member.
    """
    memory, kin = book.memory, Kinship(book.actors)
    said = _said(book)

    def beside(todo: list[str]) -> Mapping[str, Iterable[str]]:
        linked = memory.many(ALIKE, todo)
        gather(memory, todo)
        return {i: {*linked.get(i, ()), *together(memory, i), *said.get(i, ())} for i in todo}

    def alike(one: Telling, other: Telling) -> Likeness | None:
        if (one.gap(other) or 0) > DISPUTED:
            return None
        found = likeness(one, other, kin)
        return found if not found.barred and _spare(found, one, other) >= 0 else None

    homes = {home.event for home in memory.many(HOME, changed).values()}
    before = {i for event in memory.many(EVENT, sorted(homes)).values() for i in event.mentions}

    def ready(found: Iterable[Telling]) -> None:
        memory.load(ACTOR, {i for t in found for i in told_of(t.mention)})

    touched = relink(memory, TELLING, ALIKE, changed, asks=block_asks, link=alike, ready=ready)
    touched |= before | {other for i in touched for other in said.get(i, ())}
    chains: list[Chain] = []
    seen: set[str] = set()
    whole = parts(touched, beside)
    told = memory.many(TELLING, [i for part in whole for i in part])
    reports = {t.mention.report for t in told.values()}
    for kind in (REPORT, COPY):
        memory.load(kind, reports)
    ready(told.values())
    for part in whole:
        seen.update(part)
        found = {i: told[i] for i in part if i in told}
        if found:
            chains += _chains(book, found, kin, said)
    return chains, seen


def _said(book: Casebook) -> dict[str, dict[str, str]]:
    """For each mention those that a person holds to be one event with it, with what he said."""
    found: dict[str, dict[str, str]] = {}
    for one, other, said in book.rulings.same_event():
        found.setdefault(one, {})[other] = said
        found.setdefault(other, {})[one] = said
    return found


def _spare(found: Likeness, one: Telling, other: Telling) -> float:
    """Points above what the pair needs: more within one report than across two."""
    return found.points - (ENOUGH_WITHIN if one.mention.report == other.mention.report else ENOUGH)


def _chains(
    book: Casebook, found: dict[str, Telling], kin: Kinship, said: Mapping[str, Mapping[str, str]]
) -> list[Chain]:
    """The chains of one part."""
    joiner = _Joiner(book, found, kin)
    if len(found) > 1:
        for ident, aligned in book.memory.many(ALIGNED, found).items():
            if aligned.original in found:
                joiner.join(aligned.original, ident, reason=f"{ident} repeats {aligned.original}: a copy")
        for one, other, why in book.rulings.same_event():
            if one in found and other in found:
                joiner.join(one, other, reason=why)
        good = {(min(i, o), max(i, o)): like for i, near in book.memory.many(ALIKE, found).items()
                for o, like in near.items()}  # fmt: skip
        ranked = sorted((-_spare(like, found[one], found[other]), one, other) for (one, other), like in good.items())
        for _, one, other in ranked:
            if joiner.chain_of[one] is not joiner.chain_of[other] and joiner.fits(one, other):
                like = good[one, other]
                joiner.join(one, other, reason=f"{one} = {other} ({like.points:.1f}): " + "; ".join(like.why))
    return list({id(c): c for c in joiner.chain_of.values()}.values())
