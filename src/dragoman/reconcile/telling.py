"""A mention as it is held against others: its acts, words, names nearby, days and vector."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache, wraps
from math import fsum
from typing import TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dragoman.reconcile.acts import Sense, once
from dragoman.reconcile.triggers import Trigger, Triggers, in_common, trigger
from dragoman.reconcile.weights import mass, weight
from dragoman.reconcile.words import tokens
from dragoman.records import Mention, Span

UNREAL = frozenset({"future", "hypothetical"})
WEEK, HALF = 7, 4  # days of a stretch in which others are sought
WEEKS = 6  # of a long time interval, how many weeks are looked in; of a span in which it is told again, how many it has
NIGHT = frozenset({"night", "midnight", "overnight"})
MANY = 20  # from which on one figure in two accounts is no chance
SLACK = 2  # days by which the day of the story may miss
FEW = 3  # words that a clause must share to share all
ONE_AFFAIR = 0.12  # cosine of the weightiest words of two reports of one crisis
ONE_CAST, SHARED_CAST = 0.25, 3  # cosine of those whom two reports of one crisis name, and how many both name
NEAR_AFFAIR = 0.06  # cosine of the words where both name one fewer


PASSING = ("named ", "thing ", "figure ", "body ")  # begin what stands beside those who take part
COMMON = ("of ", "side ", "word ")  # and what very many mentions have

T = TypeVar("T")


def _of_pair(ask: Callable[[Telling, Telling], T]) -> Callable[[Telling, Telling], T]:
    """Remember the last answer: what makes two one event asks the same of them again and again."""
    name = f"last {ask.__name__}"

    @wraps(ask)
    def asked(one: Telling, other: Telling) -> T:
        known: tuple[Telling, T] | None = one.__dict__.get(name)
        if known is None or known[0] is not other:
            known = one.__dict__[name] = (other, ask(one, other))
        return known[1]

    return asked


class Affair(Struct, frozen=True, eq=False):
    """By what it is known whether another report tells of one crisis."""

    words: Mapping[str, float]  # the weightiest of a report, its length as a whole one
    cast: Mapping[str, float]  # who is named in it, by how often, at unit length

    def tells(self, other: Affair | None) -> bool:
        """Whether the other tells the very same."""
        return other is not None and self.words == other.words and self.cast == other.cast


@lru_cache(maxsize=1 << 16)
def _one_crisis(one: Affair, other: Affair) -> bool:
    """Whether two reports tell of one crisis: in words of weight, or of the same people and bodies."""
    words = fsum(one.words[w] * other.words[w] for w in one.words.keys() & other.words.keys())
    if words >= ONE_AFFAIR:
        return True
    both = [one.cast[i] * other.cast[i] for i in one.cast.keys() & other.cast.keys()]
    return len(both) >= SHARED_CAST - (words >= NEAR_AFFAIR) and fsum(both) >= ONE_CAST


class Telling(Struct, frozen=True, dict=True):
    """What is compared of a mention."""

    mention: Mention
    head: str  # the verb of its trigger
    acts: Mapping[str, float]
    about: Sense  # its clause without trigger and participants
    object: Sense  # its trigger without the verb
    names: frozenset[str]  # actors named in its sentence
    sentence: Span  # in which it stands
    told: str | None  # the day of its report
    line: bytes  # the vector of its sentence
    who: tuple[str, ...]  # under what it is sought, in order: who takes part, their states and sides, where, when, …
    headline: bool = False  # told in its report's title
    named: frozenset[str] = frozenset()  # proper names in its clause, of those who take part apart: "Onda"
    around: frozenset[str] = frozenset()  # actors named in the sentences around it
    day: str | None = None  # of what its report told just before, where it has no day itself
    scene: frozenset[str] = frozenset()  # proper names that stand near it and seldom elsewhere in its report
    things: frozenset[str] = frozenset()  # what is no actor but is acted on: "live broadcasts", "the Greek ship"
    beside: frozenset[str] = frozenset()  # those of them that stand in its trigger
    surmised: bool = False  # perhaps, and if so already: "may have drowned"
    known: bool = False  # told as known: "the raid", "his arrest"
    repeats: bool = False  # what another report tells in the same words: it goes where that one goes

    @property
    def id(self) -> str:
        return self.mention.id

    @cached_property
    def trigger(self) -> Trigger:
        acts = tuple(sorted(self.acts.items()))
        return trigger(self.mention.lemma, self.head, self.mention.type, self.mention.mode, acts)

    def triggers(self, other: Telling) -> Triggers:
        """What the two triggers have in common."""
        return in_common(self.trigger, other.trigger)

    @cached_property
    def start(self) -> date | None:
        time = self.mention.time
        return date.fromisoformat(time.start[:10]) if time and time.start else None

    @cached_property
    def end(self) -> date | None:
        time = self.mention.time
        return date.fromisoformat(time.end[:10]) if time and time.start and time.end else self.start

    @cached_property
    def published(self) -> date | None:
        return date.fromisoformat(self.told[:10]) if self.told else None

    @cached_property
    def unreal(self) -> bool:
        """Whether it is planned or only thought of."""
        return not UNREAL.isdisjoint(self.mention.auxiliary) and not self.surmised

    @property
    def vector(self) -> NDArray[np.float32] | None:
        return vector_of(self.line)

    @cached_property
    def mass(self) -> float:
        """The weight of what it is about."""
        return mass(self.about.stems)

    @cached_property
    def bare(self) -> bool:
        """Whether it says nothing of what it is about: "he turned it down"."""
        return not (self.about.stems - self.object.stems) and len(self.object.stems) <= 1

    @property
    def come_back_to(self) -> bool:
        """Whether it may tell without a day what was told weeks before: done once, denied, known, a high figure."""
        again = self.known or "negation" in self.mention.auxiliary or bool(once(self.acts))
        return self.start is None and (again or any(n.value >= MANY for n in self.mention.numbers))

    @cached_property
    def carried(self) -> bool:
        """Whether its day is that of the story before it: it may be some other of those days."""
        return self.mention.time is not None and self.mention.time.carried

    @property
    def nightly(self) -> bool:
        """Whether its day runs on into the next: "on Sunday night"."""
        return self.mention.time is not None and not NIGHT.isdisjoint(tokens(self.mention.time.text))

    @cached_property
    def story_day(self) -> str | None:
        """The one day it is of, or its story where it has none itself."""
        return str(self.start) if self.start and self.days == 1 else self.day

    @cached_property
    def days(self) -> int | None:
        """How many days its time spans, None when it has none."""
        return (self.end - self.start).days + 1 if self.start and self.end else None

    @_of_pair
    def near(self, other: Telling) -> float | None:
        """Cosine of the two sentences, None without vectors."""
        own, others = self.vector, other.vector
        return None if own is None or others is None else float(own @ others)

    @_of_pair
    def shared(self, other: Telling) -> float:
        """Weighted share of what the shorter clause is about that the other is about too; a word or two is little."""
        own, others = self.object.common(other.about), other.object.common(self.about)
        common = {*self.about.common(other.about), *own, *others}
        if not common:
            return 0.0
        least = FEW * (self.mass + other.mass) / (len(self.about.stems) + len(other.about.stems))
        whole = min(self.mass + mass(own - self.about.stems), other.mass + mass(others - other.about.stems))
        return min(1.0, sum(weight(s) for s in sorted(common)) / max(whole, least, 1e-9))

    def belongs(self, affair: Affair) -> None:
        """Say of what its report tells, before it is held against others."""
        self.__dict__["affair"] = affair  # of all mentions of a report one, which no row of theirs repeats

    def one_affair(self, other: Telling) -> bool:
        """Whether the two reports tell of one crisis."""
        if self.mention.report == other.mention.report:
            return True
        return _one_crisis(self.__dict__["affair"], other.__dict__["affair"])

    @cached_property
    def _bounds(self) -> tuple[int, int] | None:
        """Its first and last day, counted."""
        return (self.start.toordinal(), self.end.toordinal()) if self.start and self.end else None

    def gap(self, other: Telling) -> int | None:
        """Days between the two times: 0 when they overlap, None when one has none, or has it of the story nearby."""
        own, others = self._bounds, other._bounds
        if own is None or others is None:
            return None
        apart = max(others[0] - own[1], own[0] - others[1], 0)
        return None if 0 < apart <= SLACK and (self.carried or other.carried) else apart

    def one_night(self, other: Telling) -> bool:
        """Whether one is of the night before the other's day, where a day ends late: "on Sunday night", "on Monday"."""
        if self.gap(other) != 1 or self.start is None or other.start is None:
            return False
        return (self if self.start < other.start else other).nightly


def block_keys(telling: Telling) -> list[str]:
    """Under what a mention is found: an act (or a word of the trigger, or a mode), somebody or something, some days.

    A plan and an act have none in common. What repeats another report's words has none: it goes where that one goes.
    """
    if telling.repeats:
        return []
    return [*_blocks(telling, beside=0), *_lasting(telling, "back ", _come_back_to(telling))]


def block_asks(telling: Telling) -> list[str]:
    """What a mention looks under: the days next to its own too, and all weeks of which it may tell again."""
    if telling.repeats:
        return []
    weeks = [span * WEEKS + n for span in _come_back_to(telling) for n in range(WEEKS)]
    back = _lasting(telling, "back ", _spans(telling))
    return [*_blocks(telling, beside=1), *back, *_lasting(telling, "", weeks)]


def _lasting(telling: Telling, how: str, stretches: Iterable[int]) -> list[str]:
    """The act and who takes part, or where: under what is told or denied weeks later."""
    who = [w for w in telling.who if " " not in w or w.startswith(("in ", "named ", "thing ", "figure "))]
    real = _real(telling)
    return [f"{how}act {act}|{w}|{at}{real}" for act in sorted(telling.acts) for w in who for at in stretches]


def _spans(telling: Telling) -> list[int]:
    """Numbers of the spans of weeks that a mention may fall in."""
    return sorted({week // WEEKS for week in _stretches(telling, WEEK)})


def _come_back_to(telling: Telling) -> list[int]:
    """In which spans may have been told what it tells again."""
    return sorted({s - d for s in _spans(telling) for d in (0, 1)}) if telling.come_back_to else []


def _real(telling: Telling) -> str:
    return "?" if telling.unreal else "!"


def _blocks(telling: Telling, *, beside: int) -> list[str]:
    """Act, who and when, and so many stretches of days beside; how long these are goes by how much the rest tells."""
    acts, words = [f"act {act}" for act in sorted(telling.acts)], set(telling.mention.lemma.split())
    words |= {f"{telling.mention.type} {telling.mention.mode}"} if telling.mention.mode else set()
    real, when = _real(telling), {}
    for days in (WEEK, HALF):
        own = _stretches(telling, days)
        when[days] = sorted({at + d for at in own for d in range(-beside, beside + 1)})
    return [
        f"{what}|{who}|{at}{real}"
        for who in telling.who
        for what in _told_as(who, acts, sorted(words))
        for at in when[HALF if who.startswith(COMMON) else WEEK]
    ]


def _told_as(who: str, acts: list[str], words: list[str]) -> list[str]:
    """With what of its trigger a mention is sought under somebody or something.

    What it names in passing leads to other words for the act; what half of the reports of a crisis have, a state or a
    side, only to the same words of the same days: all that is done to a state in a month would be too much.
    """
    if who.startswith(PASSING):
        return acts
    if who.startswith("word "):
        return [""]
    return words if who.startswith(COMMON) else [*acts, *words]


def _stretches(telling: Telling, days: int) -> list[int]:
    """Numbers of the stretches of so many days that a mention may fall in."""
    start, end = telling.start, telling.end
    if start is None or end is None or (end - start).days > WEEK * WEEKS:
        start = end = telling.published
    return [0] if start is None or end is None else list(range(start.toordinal() // days, end.toordinal() // days + 1))


@lru_cache(maxsize=1 << 14)
def vector_of(raw: bytes) -> NDArray[np.float32] | None:
    """A sentence's vector at unit length."""
    if not raw:
        return None
    vector = np.frombuffer(raw, dtype=np.int8).astype(np.float32)
    norm = float(np.linalg.norm(vector))
    return vector / norm if norm else None
