"""Coreferring mentions, found without comparing all with all, and joined so that one bad pair cannot chain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from dragoman.reconcile.bars import DISPUTED, SOFT
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.kinship import Kinship
from dragoman.reconcile.likeness import ENOUGH, ENOUGH_WITHIN, Likeness, likeness
from dragoman.reconcile.links import Links, relink
from dragoman.reconcile.memory import Kind, Memory
from dragoman.reconcile.rows import ACTOR, AFFAIR, COPY, HOME, REPORT, TELLING
from dragoman.reconcile.telling import Telling, block_asks
from dragoman.reconcile.tellings import ALIGNED, gather, together, told_of

SLACK = 0.5  # how far the mean of all pairs of a chain may lie below what one pair needs
MEMBERS = 24  # of a long chain, how many members a newcomer is held against: each tells it of others, or of another day

ALIKE: Kind[Links[float]] = Kind("alike", dict[str, float])  # points to spare: see `_spare`

Edge = tuple[float, str, str]  # two mentions that are alike; the least first, which has the most points to spare
GROWN: Kind[tuple[Edge, ...]] = Kind("grown", tuple[Edge, ...])  # of an event: by what its chain grew


class Chain:
    """Mentions held to tell one event, with the reasons, and the pairs by which they were joined.

    `foremost` are those that a newcomer is held against, oldest first: no copies, where not all are.
    """

    def __init__(self, mention: str, *, own: bool) -> None:
        self.mentions, self.foremost, self.own = [mention], [mention], own
        self.why: list[str] = []
        self.grown: list[Edge] = []


class _Joiner:
    """Joins chains pair by pair, best first; what links a pair is `known`, or asked for once."""

    def __init__(
        self,
        book: Casebook,
        found: dict[str, Telling],
        kin: Kinship,
        links: Mapping[str, Links[float]],
        known: dict[tuple[str, str], Likeness],
    ) -> None:
        self.book, self.found, self.kin, self.links = book, found, kin, links
        self.chain_of = {i: Chain(i, own=self.own(found[i].mention.report)) for i in sorted(found)}
        self.order = {i: book.order(told.mention) for i, told in found.items()}
        self.known = known
        self.failed: set[tuple[int, int, int, int]] = set()  # chains, and how long they were, that did not fit

    def like(self, one: str, other: str) -> Likeness:
        pair = (one, other) if one < other else (other, one)
        known = self.known.get(pair)
        if known is None:
            known = likeness(self.found[pair[0]], self.found[pair[1]], self.kin)
            self.known[pair] = known
        return known

    def above(self, one: str, other: str) -> float | None:
        """What a pair has to spare within a chain, None where it is barred from one.

        Two of one report that a third joins need no more than others.
        """
        linked = self.links.get(one, {}).get(other, self.links.get(other, {}).get(one))
        if linked is not None and self.found[one].mention.report != self.found[other].mention.report:
            return linked
        like = self.like(one, other)
        return like.points - ENOUGH if like.barred in SOFT else None

    def join(self, one: str, other: str, *, reason: str, edge: Edge | None = None) -> None:
        keep, gone = self.chain_of[one], self.chain_of[other]
        if keep is gone or self.parted(keep, gone):
            return
        keep.why += [*gone.why, reason]
        keep.grown += [*gone.grown, edge] if edge else gone.grown
        keep.foremost = self.foremost(keep, gone)
        keep.own = keep.own or gone.own
        keep.mentions += gone.mentions
        for ident in gone.mentions:
            self.chain_of[ident] = keep

    def own(self, report: str) -> bool:
        """Whether a report repeats no other."""
        return self.book.original(report) == report

    def parted(self, one: Chain, other: Chain) -> bool:
        """Whether a person keeps a mention of one apart from a mention of the other."""
        bars = self.book.rulings.parted
        return bool(bars) and any(bars.get(i, frozenset()) & set(other.mentions) for i in one.mentions)

    def fits(self, one: str, other: str) -> bool:
        """Whether the two chains may become one: no pair barred, and the mean of all pairs high enough."""
        both = sorted((self.chain_of[i] for i in (one, other)), key=id)
        state = (id(both[0]), len(both[0].mentions), id(both[1]), len(both[1].mentions))
        if state in self.failed:
            return False
        ones, others = (self.chain_of[i].foremost for i in (one, other))
        found = True
        points: list[float] = []
        for above in (self.above(a, b) for a in ones for b in others):
            if above is None:
                found = False
                break
            points.append(above)
        found = found and sum(points) / len(points) >= -SLACK
        if not found:
            self.failed.add(state)
        return found

    def foremost(self, one: Chain, other: Chain) -> list[str]:
        """The members of two chains that a newcomer is held against, of those who tell it alike the oldest."""
        if one.own != other.own:
            return one.foremost if one.own else other.foremost
        firsts: dict[object, str] = {}
        for ident in sorted((*one.foremost, *other.foremost), key=self.order.__getitem__):
            told = self.found[ident]
            firsts.setdefault((told.mention.actor, told.mention.recipient, told.start, told.end, told.head), ident)
        return list(firsts.values())[:MEMBERS]

    def chains(self) -> list[Chain]:
        """The chains, the mentions of each oldest first."""
        found = list({id(c): c for c in self.chain_of.values()}.values())
        for chain in found:
            chain.mentions.sort(key=self.order.__getitem__)
        return found


def find_chains(book: Casebook, changed: Mapping[str, Telling | None]) -> tuple[list[Chain], set[str]]:
    """The chains that are others than before or have a changed mention; and the mentions of these, before and now.

    Most chains have one member. A chain that nothing changed in is what it was unless one that changed joins it, and
    who fails to join it leaves no trace in it: so only the chains next to the changed ones are looked at, as they grew
    before, and, where one of these broke, those next to it.
    """
    memory, kin = book.memory, Kinship(book.actors)
    said = _said(book)

    def alike(one: Telling, other: Telling) -> float | None:
        if (one.gap(other) or 0) > DISPUTED:
            return None
        found = likeness(one, other, kin)
        spare = _spare(found, one, other)
        return None if found.barred or spare < 0 else spare

    def ready(found: Collection[Telling]) -> None:
        affairs = memory.many(AFFAIR, {t.mention.report for t in found})
        for told in found:
            told.belongs(affairs[told.mention.report])
        memory.load(ACTOR, {i for t in found for i in told_of(t.mention)})

    relink(memory, TELLING, ALIKE, changed, asks=block_asks, link=alike, ready=ready)
    before = Before(memory)
    inner = before.whole({*changed, *(other for i in changed for other in said.get(i, ()))})
    known: dict[tuple[str, str], Likeness] = {}
    while True:
        near = memory.many(ALIKE, sorted(inner))
        gather(memory, inner)
        links = {i: {*near.get(i, ()), *together(memory, i), *said.get(i, ())} for i in sorted(inner)}
        beside = before.whole({other for found in links.values() for other in found} - inner) - inner
        told = memory.many(TELLING, sorted(inner | beside))
        reports = {t.mention.report for t in told.values()}
        for kind in (REPORT, COPY):
            memory.load(kind, reports)
        ready(told.values())
        chains = _chains(book, told, kin, before, inner, known)
        broken = {i for c in chains if not before.same(c) for i in c.mentions} - inner
        if not broken:
            anew = [c for c in chains if not before.same(c) or not changed.keys().isdisjoint(c.mentions)]
            return anew, before.whole({*changed, *(i for c in anew for i in c.mentions)})
        inner |= broken


class Before:
    """The chains that mentions were in before, as their events have them."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.members: dict[str, set[str]] = {}  # for each mention all of its chain
        self.event: dict[str, str] = {}

    def whole(self, mentions: set[str]) -> set[str]:
        """Some mentions with all that were in a chain with one of them."""
        new = sorted(mentions - self.members.keys())
        homes = self.memory.many(HOME, new)
        self.memory.find(HOME, {home.event for home in homes.values()})
        for ident in new:
            home = homes.get(ident)
            members = self.memory.having(HOME, (home.event,)) if home else {ident}
            self.event.update(dict.fromkeys(members, home.event if home else ""))
            self.members.update(dict.fromkeys(members, members))
        return set().union(*(self.members[i] for i in mentions))

    def one(self, one: str, other: str) -> bool:
        """Whether two mentions were in one chain."""
        return other in self.members[one]

    def grown(self, mentions: Iterable[str]) -> Iterator[Edge]:
        """The pairs by which the chains of some mentions grew."""
        events = sorted({self.event[i] for i in mentions} - {""})
        yield from (edge for edges in self.memory.many(GROWN, events).values() for edge in edges)

    def same(self, chain: Chain) -> bool:
        """Whether a chain is what it was."""
        return self.members[chain.mentions[0]] == set(chain.mentions)


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
    book: Casebook,
    found: dict[str, Telling],
    kin: Kinship,
    before: Before,
    inner: set[str],
    known: dict[tuple[str, str], Likeness],
) -> list[Chain]:
    """The chains of some mentions; of two that were in other chains, one must be among the `inner` ones."""

    def may(one: str, other: str) -> bool:
        return one in found and other in found and (one in inner or other in inner or before.one(one, other))

    links = book.memory.many(ALIKE, sorted(inner))
    joiner = _Joiner(book, found, kin, links, known)
    for ident, aligned in book.memory.many(ALIGNED, found).items():
        if may(ident, aligned.original):
            joiner.join(aligned.original, ident, reason=f"{ident} repeats {aligned.original}: a copy")
    for one, other, why in book.rulings.same_event():
        if may(one, other):
            joiner.join(one, other, reason=why)
    edges = [
        (-spare, min(i, o), max(i, o))
        for i, near in links.items() if i in found
        for o, spare in near.items() if (i < o or o not in links) and o in found
    ]  # fmt: skip
    edges += before.grown(found.keys() - inner)
    for edge in sorted(edges):
        _, one, other = edge
        if joiner.chain_of[one] is joiner.chain_of[other]:
            continue
        if inner.isdisjoint((one, other)):  # as before
            joiner.join(one, other, reason="", edge=edge)
        elif joiner.fits(one, other):
            like = joiner.like(one, other)
            joiner.join(one, other, reason=f"{one} = {other} ({like.points:.1f}): " + "; ".join(like.why), edge=edge)
    return joiner.chains()
