"""How near two actors are: one and the same, a state and those who speak for it, a nameless group, or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, IntEnum
from functools import cached_property

from dragoman.reconcile.nouns import ANYBODY, group_sort, owner_of
from dragoman.reconcile.offices import office_of
from dragoman.reconcile.spelling import is_named
from dragoman.reconcile.words import content, tokens
from dragoman.records import Actor


class Nearness(IntEnum):
    """From what contradicts to what is the same."""

    OTHER = 0  # two known actors that are not one
    OPEN = 1  # one of them is not told, or too vague to say
    KIN = 2  # one stands for the other: a minister for the state, "diplomats" for "personnel", "the president" for one
    SAME = 3


class Persons(Enum):
    """Whether persons are among some actors."""

    NAMED = 1
    NAMELESS = 2
    NONE = 3
    UNTOLD = 4  # there are no actors


PLAIN = frozenset({None, "CVL", "EDU", "UNK"})  # of those who are nobody in particular
ARMED = frozenset({"MIL", "COP", "SPY"})  # PLOVER sectors of those who bear arms for a state
OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})  # PLOVER sectors that act for their state

BROAD = frozenset({None, "CVL", "UNK", "ELI"})  # sectors that say too little to make two groups one side
SIDES = OFFICIAL | {"OPP", "REB", "PTY", "PRM", "UAF", "PRE"}  # sectors of those who can take a side

ASKED = 4096  # actors of whom is remembered how near they are to others
FORCES = frozenset({"crowd", "militia", "rebel", "soldier", "police"})  # sorts of groups that are not one another
CALLINGS = frozenset({"LAB", "EDU", "AGR", "REL"})  # of those who rise together: workers, students, farmers, clergy


class _Known:
    """What is asked of an actor again and again."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.kind, self.country, self.sector = actor.kind, actor.country, actor.sector
        self.named, self.person = is_named(actor.name), actor.kind == "person"

    @property
    def speaks_for(self) -> str | None:
        """The state an actor acts for: a state itself, its bodies and officials; not its opposition or its crowds."""
        return self.country if self.kind == "state" or self.sector in OFFICIAL else None

    @cached_property
    def words(self) -> list[str]:
        return sorted(content(self.actor.name))

    @cached_property
    def sort(self) -> str:
        """The sort of nameless group that it is told as."""
        return "" if self.named else group_sort(self.actor.name)

    @cached_property
    def owner(self) -> str:
        return owner_of(self.actor.name)

    @cached_property
    def office(self) -> str:
        """The office by which it is told."""
        return office_of(self.actor.name)

    @cached_property
    def bodies(self) -> list[set[str]]:
        """The words of each body that it speaks or acts for: "chairman of the Harbour Council"."""
        return [set(tokens(role.of)) for role in self.actor.roles if role.of]

    @cached_property
    def offices(self) -> frozenset[str]:
        """Those that it has held."""
        return frozenset(office_of(role.title) for role in self.actor.roles)


class Kinship:
    """Answers how near actors of a dossier are to each other.

    >>> usa = Actor(id="us", name="United States", kind="state", country="USA")
    >>> envoy = Actor(id="e", name="Ann Lee", kind="person", country="USA", sector="GOV")
    >>> Kinship({"us": usa, "e": envoy}).near("us", "e").name
    'KIN'
    """

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        self.actors = actors
        self._known: dict[str, _Known | None] = {}
        self._near: dict[str, dict[str, Nearness]] = {}  # what was asked before: the same few pairs again and again
        self._persons: dict[tuple[str, ...], Persons] = {}

    def _of(self, ident: str) -> _Known | None:
        if ident not in self._known:
            actor = self.actors.get(ident)
            self._known[ident] = _Known(actor) if actor is not None else None
        return self._known[ident]

    def named(self, ident: str) -> bool:
        known = self._of(ident)
        return known is not None and known.named

    def person(self, ident: str) -> bool:
        known = self._of(ident)
        return known is not None and known.person

    def persons(self, idents: tuple[str, ...]) -> Persons:
        """Whether persons are among some actors, and one of them is named."""
        known = self._persons.get(idents)
        if known is None:
            some = [i for i in idents if self.person(i)]
            named = Persons.NAMED if any(map(self.named, some)) else Persons.NAMELESS
            known = self._persons[idents] = named if some else Persons.NONE if idents else Persons.UNTOLD
        return known

    def state(self, ident: str) -> bool:
        actor = self.actors.get(ident)
        return actor is not None and actor.kind == "state"

    def has_a_side(self, ident: str) -> bool:
        """Whether an actor can stand somewhere: a named one, or a group of a known side ("the army", "protesters")."""
        actor = self.actors[ident]
        known = self._of(ident)
        forces = known is not None and known.sort in FORCES
        return self.named(ident) or (actor.kind != "person" and (forces or actor.sector in SIDES | CALLINGS))

    def rivals(self, one: str, other: str) -> bool:
        """Whether two are known to be different: two named ones, or groups of different sides ("army", "police")."""
        if self.near(one, other) is not Nearness.OPEN:
            return self.near(one, other) is Nearness.OTHER
        sides = {self.actors[i].sector for i in (one, other) if i in self.actors}
        return not (self.named(one) or self.named(other)) and len(sides) == 2 and sides <= SIDES

    def two_groups(self, one: str, other: str) -> bool:
        """Whether two groups are told as different ones: "the militia", "soldiers"; "a mob", the Harbour League."""
        a, b = self._of(one), self._of(other)
        if a is None or b is None:
            return False
        if a.named or b.named:
            named, group = (a, b) if a.named else (b, a)
            return self.near(one, other) is Nearness.OPEN and named.kind == "organization" and group.sort in FORCES
        return a.sort != b.sort and {a.sort, b.sort} <= FORCES

    def vague(self, ones: Sequence[str], others: Sequence[str]) -> bool:
        """Whether the nameless stand on both sides, or one man's men beside him, and nobody contradicts.

        Accounts find words of their own for the nameless: "the plotters" may be "armed men".
        """
        return all(self._vague(one, other) for one in ones for other in others)

    def _vague(self, one: str, other: str) -> bool:
        a, b = self._of(one), self._of(other)
        if a is None or b is None or self.near(one, other) is Nearness.OTHER:
            return False
        if ANYBODY in (a.sort, b.sort):
            return True
        if self.rivals(one, other):
            return False
        named, sides = [i for i in (one, other) if self.named(i)], {self.actors[i].sector for i in (one, other)}
        if len(named) == 1 and self.person(one) and self.person(other):
            return sides & PLAIN == sides  # "Jan Veit", "a teenager"
        return not named or (len(named) == 1 and len(sides) == 1 and sides <= ARMED)

    def speaks_for(self, ident: str) -> str | None:
        known = self._of(ident)
        return known.speaks_for if known is not None else None

    def near(self, one: str, other: str) -> Nearness:
        if one == other:
            return Nearness.SAME
        asked = self._near.get(one)
        if asked is None:
            if len(self._near) >= ASKED:
                self._near.clear()
            asked = self._near[one] = {}
        known = asked.get(other)
        if known is None:
            known = asked[other] = self._judged(one, other) if one < other else self._judged(other, one)
        return known

    def _judged(self, one: str, other: str) -> Nearness:
        a, b = self._of(one), self._of(other)
        if a is None or b is None:
            return Nearness.OPEN
        if a.country and b.country and a.country != b.country:
            return Nearness.OTHER
        if a.named and b.named:
            return _of_two_named(a, b)
        if a.named or b.named:
            return _of_one_named(a, b) if a.named else _of_one_named(b, a)
        if len(a.words) > 1 and a.words == b.words:
            return Nearness.SAME
        if a.owner and b.owner and a.owner != b.owner:
            return Nearness.OPEN
        one_side = a.sector == b.sector and a.sector not in BROAD
        one_sort = a.sort == b.sort != ANYBODY and bool(a.sort) and a.person == b.person
        return Nearness.KIN if one_side or one_sort or not set(a.words).isdisjoint(b.words) else Nearness.OPEN

    def between(self, ones: Sequence[str], others: Sequence[str]) -> Nearness:
        """The nearest that any two of them are; OPEN when one side is not told."""
        if not ones or not others:
            return Nearness.OPEN
        if len(ones) == len(others) == 1:
            one, other = ones[0], others[0]
            return Nearness.SAME if one == other else self.near(one, other)
        best = Nearness.OTHER
        for one in ones:
            for other in others:
                near = self.near(one, other)
                if near is Nearness.SAME:
                    return near
                best = max(best, near)
        return best


def _of_two_named(a: _Known, b: _Known) -> Nearness:
    both_persons = a.person and b.person
    if _in_body(a, b) or _in_body(b, a):
        return Nearness.KIN
    one_state = a.speaks_for is not None and a.speaks_for == b.speaks_for and not both_persons
    place = "place" in (a.kind, b.kind) and a.country is not None and a.country == b.country
    if one_state or place:
        return Nearness.KIN
    return Nearness.OPEN if not both_persons and a.sector == b.sector and a.sector in ARMED else Nearness.OTHER


def _of_one_named(named: _Known, group: _Known) -> Nearness:
    same_state = group.country is not None and group.country == named.country
    if same_state and named.kind in ("state", "organization"):
        return Nearness.KIN
    if _in_body(named, group) or _in_body(group, named):
        return Nearness.KIN
    one_arm = named.sector == group.sector and named.sector in ARMED and not named.person
    return Nearness.KIN if one_arm or _in_office(named, group) else Nearness.OPEN


def _in_body(person: _Known, body: _Known) -> bool:
    """Whether a person is told as one who acts for a body: "the council", "its chairman, General Vorn"."""
    if not person.person or body.kind != "organization":
        return False
    return any(words.issuperset(tokens(body.actor.name)) for words in person.bodies)


def _in_office(named: _Known, described: _Known) -> bool:
    """Whether a person is told by an office that one named person has held: "the president", "the ex-governor"."""
    if not (named.person and described.person):
        return False
    return bool(described.office) and described.office in named.offices
