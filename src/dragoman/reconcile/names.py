"""Tellings of one actor by name: equal names first, then spellings of one name and acronyms, then surnames alone.

Names decide, descriptions only confirm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from dragoman.reconcile.circles import Circle, Circles
from dragoman.reconcile.namesakes import Tally, equal_keys
from dragoman.reconcile.offices import offices, serves
from dragoman.reconcile.spelling import is_acronym, one_name, surname_of
from dragoman.reconcile.words import tokens

FAR_MORE = 3  # times as many reports that make one namesake the one meant


def near_name(one: Tally, other: Tally) -> bool | None:
    """Whether two tellings without an equal name may be of one actor, by spelling or acronym; what links them."""
    a, b = one.who, other.who
    if a.sort != b.sort or not set(equal_keys(a)).isdisjoint(equal_keys(b)):
        return None
    if a.kind == "person":
        return any(one_name(x, y) for x in a.names for y in b.names) or None
    return (a.kind == b.kind == "organization" and is_acronym(a.name, b.name)) or None


def join_states(circles: Circles) -> None:
    """States are one by their code."""
    first: dict[str, Circle] = {}
    for circle in list(circles):
        if circle.kind == "state" and circle.country:
            circles.join(first.setdefault(circle.country, circle), circle, reason=f"same state {circle.country}")


def join_names(circles: Circles) -> None:
    """Named actors of one sort with an equal name or alias, where country or office does not speak against it.

    One word alone is no name of a person here: surnames are judged last.
    """
    having: dict[tuple[str, str], list[Circle]] = defaultdict(list)
    for circle in list(circles):
        sort = next(iter(circle.tallies)).who.sort
        if sort not in ("state", "apart"):
            for name in sorted(circle.names):
                if circle.kind != "person" or len(name.split()) > 1:
                    having[sort, name].append(circle)
    for (_, name), found in sorted(having.items(), key=lambda item: item[0]):
        circles.gather(found, reason=f"same name: {name}")


def join_spellings(circles: Circles) -> None:
    """Other spellings of one name, and acronyms of an organisation's."""
    for sort, same in (("person", one_name), ("organization", is_acronym)):
        found = [c for c in list(circles) if c.kind == sort and (sort != "person" or len(c.name.split()) > 1)]
        for one, other in combinations(sorted(found, key=lambda c: c.key), 2):
            one, other = circles.of[one.key], circles.of[other.key]
            if one is not other and same(one.name, other.name) and one.agrees(other):
                circles.join(one, other, reason=f"{one.name} = {other.name}: one name in two forms")


def surnames_of(names: Iterable[str]) -> set[str]:
    """The parts of these names that may stand for somebody alone."""
    return {part for name in names for part in surname_of(name)}


def first_names_of(names: Iterable[str]) -> set[str]:
    """The first parts of these names, by which many are known who have them before their family's: "Xan" of Xan Morat.

    >>> first_names_of(["xan morat", "morat"])
    {'xan'}
    """
    return {parts[0] for name in names if len(parts := tokens(name)) > 1}


def alone(tally: Tally) -> str:
    """The surname that a telling gives without more."""
    return " ".join(tokens(tally.who.name))


def join_surnames(circles: Circles, full: Sequence[Circle], first: Sequence[Circle] = ()) -> dict[str, str]:
    """Of tellings of one surname alone, whom each means: a row of the one person who can have it, with the reason.

    In its story first, else in the whole dossier. Whose `first` name it is may be meant where he alone has the title
    ("Marshal Xan" is the marshal Xan Morat, not his son Ler Xan), or in one story where nobody has it for a surname.
    Where nobody of a full name can be meant, those of one title are one,
    and those of one story; where several can, none is.
    """
    meant: dict[str, str] = {}
    nobody: list[Circle] = []
    for short in list(circles):
        may = [c for c in full if _may_mean(circles, short, c)]
        known = [c for c in first if _may_mean(circles, short, c)]
        titled = [c for c in known if c.titles & short.titles]
        if titled and not any(c.titles & short.titles for c in may):
            may = titled
        elif not may:
            may = [c for c in known if c.stories & short.stories]
        nobody += [] if may else [short]
        near = [c for c in may if c.stories & short.stories]
        chosen = _foremost(_likelier(near if near else may, short))
        if chosen is not None:
            meant[short.key] = chosen.key
    by: dict[tuple[str, str], list[Circle]] = defaultdict(list)
    for short in nobody:
        for title in short.titles:
            by["title", title].append(short)
        for story in short.stories:
            by["story", story].append(short)
    for (sort, name), same in sorted(by.items(), key=lambda item: (item[0][0] == "story", item[0])):
        also = f" with one title, {name}" if sort == "title" else " in one story"
        own = {circles.of[c.key].key: circles.of[c.key] for c in same}
        circles.gather(own.values(), reason=f"same surname{also}: {alone(next(iter(same[0].tallies)))}")
    return meant


def _may_mean(circles: Circles, short: Circle, full: Circle) -> bool:
    return full.agrees(short) and not _serves(full, short) and not _barred(circles, short, full)


def _serves(full: Circle, short: Circle) -> bool:
    """Whether all that is told of somebody is that he serves one who holds an office, and the surname holds one."""
    return bool(short.titles & offices() and full.titles) and all(map(serves, full.titles))


def _barred(circles: Circles, short: Circle, other: Circle) -> bool:
    return any(circles.parted[key] & other.members.keys() for key in short.barred)


def _likelier(found: Sequence[Circle], short: Circle) -> Sequence[Circle]:
    """Those who hold the office told with the surname, else those whom a report with their full name calls by it."""
    held = [c for c in found if short.titles & c.titles & offices()]
    return held or [c for c in found if short.names & c.names] or found


def _foremost(found: Sequence[Circle]) -> Circle | None:
    """The only one, or the one who is named in far more reports than the next: a president before his family."""
    ranked = sorted(found, key=lambda c: (-c.reports, c.name, c.key))
    if len(ranked) > 1 and ranked[0].reports < FAR_MORE * ranked[1].reports:
        return None
    return ranked[0] if ranked else None


def circles_of(tallies: Mapping[str, Tally], parted: Mapping[str, set[str]]) -> Circles:
    """The circles of some tellings that names link."""
    circles = Circles(tallies, parted=parted)
    for join in (join_states, join_names, join_spellings):
        join(circles)
    return circles
