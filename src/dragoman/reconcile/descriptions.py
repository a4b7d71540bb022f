"""Nameless persons who can be only one named person: by a surname in the description, or by an office held alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct

from dragoman.knowledge import tables
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.circles import Circle, Circles
from dragoman.reconcile.spelling import surname_of
from dragoman.reconcile.words import fold, tokens

NAMED = re.compile(r"(?:\b([A-Z])\. )?\b([A-Z][\w-]+)$")
OTHERS = re.compile(r"\b(?:to|of|for|in|with|by|from|at|on|and|or|mr|ms|mrs|dr)\b|['’]s\b")  # "an aide to Mr Vell"
HOMELAND = re.compile(r"(.+)['’]s (?:country|nation|homeland)")
INDEFINITE = ("a ", "an ", "another ", "one ", "some ", "any ", "no ")


class Office(Struct, frozen=True):
    """A row of `sole_offices.tsv`."""

    title: str


@cache
def _offices() -> frozenset[str]:
    return frozenset(row.title for row in tables.rows("sole_offices.tsv", Office))


def join_described(circles: Circles, book: Casebook) -> None:
    """Join descriptions of persons with the one named person of their report or affair whom they fit."""
    named = [c for c in circles if c.kind == "person" and c.names]
    by_surname: dict[str, list[Circle]] = defaultdict(list)
    for circle in named:
        for part in sorted({p for n in circle.names for p in surname_of(n)}):
            by_surname[part].append(circle)
    holders: dict[str, list[Circle]] = defaultdict(list)
    for circle in named:
        for title in sorted(circle.titles & _offices()):
            holders[title].append(circle)
    for nameless in [c for c in circles if c.kind == "person" and not c.names]:
        texts = [book.words(s.report, s.span) for m in nameless.members for s in m.actor.spans]
        chosen = _bearer(nameless, texts, by_surname, book) or _holder(nameless, texts, holders)
        if chosen is not None:
            one, other = circles.of[chosen.key], circles.of[nameless.key]
            circles.join(one, other, reason=f"only {chosen.name} can be {min(texts)}")


def join_homelands(circles: Circles) -> None:
    """A person's country is the state that he is of: "Brandt's country"."""
    states = {c.country: c for c in circles if c.kind == "state" and c.country}
    for nameless in [c for c in circles if c.kind != "state" and not c.names]:
        found = HOMELAND.fullmatch(nameless.name)
        if found is None:
            continue
        owner = " ".join(tokens(found.group(1)))
        owners = [c for c in circles if c.kind == "person" and owner in c.names and c.reports & nameless.reports]
        state = states.get(owners[0].country or "") if len(owners) == 1 else None
        if state is not None:
            circles.join(circles.of[state.key], circles.of[nameless.key], reason=f"{nameless.name} is {state.name}")


def _bearer(
    nameless: Circle, texts: Iterable[str], by_surname: Mapping[str, list[Circle]], book: Casebook
) -> Circle | None:
    """Whose surname ends the description: "the crane operator A. Vell"."""
    affairs = {book.affair_of[r] for r in nameless.reports}
    for text in texts:
        found = NAMED.search(text)
        if found and not OTHERS.search(text.lower()) and not text.lower().startswith(INDEFINITE):
            initial, surname = (fold(part or "") for part in found.groups())
            may = [
                c
                for c in by_surname.get(surname, ())
                if c.agrees(nameless)
                and affairs & {book.affair_of[r] for r in c.reports}
                and any(n.startswith(initial) for n in c.names)
            ]
            if len(may) == 1:
                return may[0]
    return None


def _holder(nameless: Circle, texts: Iterable[str], holders: Mapping[str, list[Circle]]) -> Circle | None:
    """Who alone of those named in the report holds the office: told there of one country, or learned elsewhere.

    Where the report itself gives its only holder the office, and still was not read so, somebody else is meant.
    """
    if any(text.lower().startswith(INDEFINITE) for text in texts):
        return None
    for title in nameless.titles & _offices() if len(nameless.titles) == 1 else ():
        here = [c for c in holders[title] if c.reports & nameless.reports and _of_one_country(c, nameless)]
        told = {r.report for c in here for m in c.members for r in m.actor.roles if fold(r.title) == title}
        if len(here) == 1 and (nameless.country or not told & nameless.reports):
            return here[0]
    return None


def _of_one_country(one: Circle, other: Circle) -> bool:
    """Two presidents have one title; where both countries are told they must be one."""
    return not one.countries or not other.countries or bool(one.countries & other.countries)
