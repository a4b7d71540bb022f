"""Circles of local actors held to be one, and how they grow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property

from msgspec import Struct

from dragoman.reconcile.spelling import is_named
from dragoman.reconcile.words import fold, tokens
from dragoman.records import Actor

Place = tuple[str, str]  # (report, local id): where a local actor lives


class Local(Struct, frozen=True):
    """An actor as one report knows it."""

    report: str
    story: str
    actor: Actor

    @property
    def place(self) -> Place:
        return (self.report, self.actor.id)

    @property
    def names(self) -> frozenset[str]:
        """Folded proper names, its own and its aliases, as words: a hyphen more or less is the same name."""
        return frozenset(" ".join(tokens(n)) for n in (self.actor.name, *self.actor.aliases) if is_named(n))


class Circle:
    """Local actors held to be one, with the reasons; what they say of country and kind decides what may still join."""

    def __init__(self, first: Local) -> None:
        self.members = [first]
        self.key = first.place  # of its first member: the same however the circle came about
        self.why: list[str] = []
        self.barred: set[Place] = set()  # of its members, those whom a person keeps apart from others

    def join(self, other: Circle, reason: str) -> None:
        self.members += other.members
        self.barred |= other.barred
        self.key = min(self.key, other.key)
        self.why += [*other.why, reason]
        for known in ("kind", "countries", "names", "name"):
            self.__dict__.pop(known, None)

    @cached_property
    def kind(self) -> str:
        return Counter(sorted(m.actor.kind for m in self.members)).most_common(1)[0][0]

    @cached_property
    def countries(self) -> set[str]:
        return {m.actor.country for m in self.members if m.actor.country}

    @property
    def country(self) -> str | None:
        votes = Counter(sorted(m.actor.country for m in self.members if m.actor.country))
        return votes.most_common(1)[0][0] if votes else None

    @property
    def titles(self) -> set[str]:
        return {fold(role.title) for m in self.members for role in m.actor.roles}

    @property
    def reports(self) -> set[str]:
        return {m.report for m in self.members}

    @property
    def stories(self) -> set[str]:
        return {m.story for m in self.members}

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset().union(*(m.names for m in self.members))

    @cached_property
    def name(self) -> str:
        """The fullest name in most use: full names before short ones, named before nameless."""
        weights: Counter[str] = Counter()
        for member in self.members:
            weights[member.actor.name] += 1 + len(member.actor.spans)
        return min(weights, key=lambda n: (not is_named(n), -min(len(tokens(n)), 2), -weights[n], n))

    def agrees(self, other: Circle) -> bool:
        """Whether country and office let the two be one."""
        if not self.countries or not other.countries or self.countries & other.countries:
            return True
        return bool(self.titles & other.titles)


class Circles:
    """All circles, joined pair by pair; looks up by any member."""

    def __init__(self, found: Iterable[Local], *, parted: Mapping[Place, Set[Place]] | None = None) -> None:
        self.of: dict[Place, Circle] = {local.place: Circle(local) for local in found}
        self.parted = parted or {}
        for place in self.parted.keys() & self.of.keys():
            self.of[place].barred.add(place)

    def __iter__(self) -> Iterator[Circle]:
        seen: set[int] = set()
        for circle in self.of.values():
            if id(circle) not in seen:
                seen.add(id(circle))
                yield circle

    def may_join(self, one: Circle, other: Circle) -> bool:
        """Whether no person keeps a member of one apart from a member of the other."""
        return not any(self.parted[place] & other.barred for place in one.barred)

    def join(self, one: Circle, other: Circle, *, reason: str) -> None:
        if one is other or not self.may_join(one, other):
            return
        keep, gone = sorted((one, other), key=lambda c: c.key)
        keep.join(gone, reason)
        for member in gone.members:
            self.of[member.place] = keep

    def gather(self, found: Iterable[Circle], *, reason: str) -> None:
        """Join each with the first before it that country and office let it be one with."""
        apart: list[Place] = []
        for circle in found:
            own = self.of[circle.key]
            may = (c for key in apart if (c := self.of[key]) is not own and self.may_join(c, own))
            match = next((c for c in may if c.agrees(own)), None)
            if match is not None:
                self.join(match, own, reason=reason)
            else:
                apart.append(circle.key)
