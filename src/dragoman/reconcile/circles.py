"""Circles of tellings of actors held to be one, and how they grow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property

from msgspec import Struct

from dragoman.reconcile.namesakes import Tally
from dragoman.reconcile.spelling import is_named
from dragoman.reconcile.words import tokens


class Known(Struct, frozen=True):
    """What a circle tells of itself beyond what stands in one story."""

    names: frozenset[str]
    countries: frozenset[str]
    titles: frozenset[str]


class Circle:
    """Tellings of one actor, with the reasons; what they say of country and office decides who may still join.

    `key` is the first of its rows, the same however the circle came about.
    """

    def __init__(self, key: str, first: Tally) -> None:
        self.members = {key: first}
        self.key = key
        self.why: list[str] = []
        self.barred: set[str] = set()  # of its rows, those that a person keeps apart from others
        self.known: list[Known] = []

    @classmethod
    def of(cls, tallies: Mapping[str, Tally]) -> Circle:
        """A circle made again from its rows, at least one."""
        whole = cls(min(tallies), next(iter(tallies.values())))
        whole.members = dict(tallies)
        return whole

    def join(self, other: Circle, reason: str) -> None:
        self.members |= other.members
        self.barred |= other.barred
        self.known += other.known
        self.key = min(self.key, other.key)
        self.why += [*other.why, reason]
        for seen in ("countries", "titles", "names"):
            if seen in self.__dict__:
                self.__dict__[seen] |= getattr(other, seen)
        for seen in ("kind", "name"):
            self.__dict__.pop(seen, None)

    @property
    def tallies(self) -> Iterable[Tally]:
        return self.members.values()

    @cached_property
    def kind(self) -> str:
        return voted((t.who.kind, t.reports) for t in self.tallies) or ""

    @property
    def country(self) -> str | None:
        return voted((t.who.country, t.reports) for t in self.tallies)

    @property
    def sector(self) -> str | None:
        return voted((t.who.sector, t.reports) for t in self.tallies)

    @cached_property
    def countries(self) -> frozenset[str]:
        told = frozenset(t.who.country for t in self.tallies if t.who.country)
        return told.union(*(k.countries for k in self.known))

    @cached_property
    def titles(self) -> frozenset[str]:
        told = frozenset(title for t in self.tallies for title in t.who.titles)
        return told.union(*(k.titles for k in self.known))

    @property
    def reports(self) -> int:
        return sum(t.reports for t in self.tallies)

    @property
    def stories(self) -> set[str]:
        return {story for t in self.tallies for story in t.stories}

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset().union(*(t.who.names for t in self.tallies), *(k.names for k in self.known))

    @cached_property
    def name(self) -> str:
        """The fullest name in most use: full names before short ones, named before nameless."""
        weights: Counter[str] = Counter()
        for tally in self.tallies:
            weights[tally.who.name] += tally.reports + tally.spans
        return min(weights, key=lambda n: (not is_named(n), -min(len(tokens(n)), 2), -weights[n], n))

    def agrees(self, other: Circle) -> bool:
        """Whether country and office let the two be one."""
        if not self.countries or not other.countries or self.countries & other.countries:
            return True
        return bool(self.titles & other.titles)


def voted(votes: Iterable[tuple[str | None, int]]) -> str | None:
    """What most say, the first in order of the alphabet among equals."""
    counted: Counter[str] = Counter()
    for value, n in votes:
        if value:
            counted[value] += n
    return min(counted, key=lambda v: (-counted[v], v)) if counted else None


class Circles:
    """Circles joined pair by pair; looks up by any row."""

    def __init__(self, found: Mapping[str, Tally], *, parted: Mapping[str, Set[str]]) -> None:
        self.of = {key: Circle(key, tally) for key, tally in sorted(found.items())}
        self.parted = parted
        for key in self.parted.keys() & self.of.keys():
            self.of[key].barred.add(key)

    def __iter__(self) -> Iterator[Circle]:
        seen: set[int] = set()
        for circle in self.of.values():
            if id(circle) not in seen:
                seen.add(id(circle))
                yield circle

    def may_join(self, one: Circle, other: Circle) -> bool:
        """Whether no person keeps a row of one apart from a row of the other."""
        return not any(self.parted[key] & other.members.keys() for key in one.barred)

    def join(self, one: Circle, other: Circle, *, reason: str) -> None:
        if one is other or not self.may_join(one, other):
            return
        keep, gone = sorted((one, other), key=lambda c: c.key)
        rows = list(gone.members)
        keep.join(gone, reason)
        for row in rows:
            self.of[row] = keep

    def gather(self, found: Iterable[Circle], *, reason: str) -> None:
        """Join each with the first before it, those most told first, that country and office let it be one with."""
        apart: list[str] = []
        for circle in sorted(found, key=lambda c: (-c.reports, c.key)):
            own = self.of[circle.key]
            may = (c for key in apart if (c := self.of[key]) is not own and self.may_join(c, own))
            match = next((c for c in may if c.agrees(own)), None)
            if match is not None:
                self.join(match, own, reason=reason)
            else:
                apart.append(circle.key)
