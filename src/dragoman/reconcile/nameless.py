"""Who is nameless in a story: groups told in the same words, and descriptions that only one named actor fits."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from dragoman.reconcile.circles import Circle, Circles, Known
from dragoman.reconcile.names import surnames_of
from dragoman.reconcile.namesakes import Entry, Tally
from dragoman.reconcile.offices import offices
from dragoman.reconcile.words import fold, tokens

NAMED = re.compile(r"(?:\b([A-Z])\. )?\b([A-Z][\w-]+)$")
OTHERS = re.compile(r"\b(?:to|of|for|in|with|by|from|at|on|and|or|mr|ms|mrs|dr)\b|['’]s\b")  # "an aide to Mr Vell"
HOMELAND = re.compile(r"(.+)['’]s (?:country|nation|homeland)")
INDEFINITE = ("a ", "an ", "another ", "one ", "some ", "any ", "no ")


class Present(Struct, frozen=True):
    """A named actor as he is present in a story: a row that stands for him, what is known of him, where he is told."""

    node: str
    name: str
    country: str | None
    known: Known
    entries: tuple[tuple[str, Entry], ...]  # with their reports

    @property
    def reports(self) -> set[str]:
        return {report for report, _ in self.entries}

    @property
    def state(self) -> bool:
        return any(e.who.kind == "state" for _, e in self.entries)

    @property
    def person(self) -> bool:
        return any(e.who.kind == "person" for _, e in self.entries)


class Found(Struct, frozen=True):
    """What became of the nameless of a story: their circles, and whom some of them are, with the reason."""

    circles: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # rows and reasons
    meant: dict[str, tuple[str, str]]


def settle(story: str, told: Sequence[tuple[str, Entry]], present: Sequence[Present],
           parted: Mapping[str, set[str]]) -> Found:  # fmt: skip
    """Settle the nameless entries of a story's reports."""
    entries = {e.node: (report, e) for report, e in told}
    circles = Circles({n: Tally(e.who, 1, e.spans, e.first, {story: 1}) for n, (_, e) in entries.items()},
                      parted=parted)  # fmt: skip
    _join_groups(circles, story)
    meant: dict[str, tuple[str, str]] = {}
    persons = [p for p in present if p.person and p.known.names]
    for circle in circles:
        own = [entries[n] for n in sorted(circle.members)]
        texts = sorted({text for _, e in own for text in e.texts})
        here = {report for report, _ in own}
        chosen, why = None, ""
        if circle.kind == "person":
            chosen = _bearer(circle, texts, persons) or _holder(circle, texts, here, persons)
            why = f"only {chosen.name} can be {texts[0] if texts else circle.name}" if chosen else ""
        if chosen is None and (state := _homeland(circle, here, persons, present)):
            chosen, why = state, f"{circle.name} is {state.name}"
        if chosen is not None and not any(parted[n] & {chosen.node} for n in circle.barred):
            meant[circle.key] = (chosen.node, why)
    return Found(tuple((tuple(sorted(c.members)), tuple(c.why)) for c in circles), meant)


def _join_groups(circles: Circles, story: str) -> None:
    """The same words of one country (or of none that is told)."""
    found: dict[tuple[str, str], list[Circle]] = defaultdict(list)
    for circle in list(circles):
        if circle.kind != "state":
            sort = circle.kind if circle.kind in ("person", "place") else "body"
            found[sort, _plain_words_of(circle)].append(circle)
    for (_, words), here in sorted(found.items(), key=lambda item: item[0]):
        told = {c.country for c in here if c.country}
        by_country: dict[str, list[Circle]] = defaultdict(list)
        for circle in here:
            by_country[(circle.country or "") if len(told) > 1 else ""].append(circle)
        for _, alike in sorted(by_country.items()):
            circles.gather(alike, reason=f"same words in one story ({story}): {words}")


def _plain_words_of(circle: Circle) -> str:
    """The words of a nameless group without its nationality: "Venezuelan security forces" → "security forces"."""
    words = circle.name.split()
    capital = [w for w in words if w[:1].isupper()]
    if circle.country and len(capital) == 1 and len(words) > 1:
        words.remove(capital[0])
    return " ".join(tokens(" ".join(words)))


def _homeland(circle: Circle, here: set[str], persons: Sequence[Present], present: Sequence[Present]) -> Present | None:
    """A person's country is the state that he is of: "Brandt's country"."""
    found = HOMELAND.fullmatch(circle.name)
    if found is None:
        return None
    owner = " ".join(tokens(found.group(1)))
    owners = [p for p in persons if owner in p.known.names and p.reports & here]
    if len(owners) != 1 or owners[0].country is None:
        return None
    return next((p for p in present if p.state and p.country == owners[0].country), None)


def _agree(circle: Circle, person: Present) -> bool:
    if not circle.countries or not person.known.countries or circle.countries & person.known.countries:
        return True
    return bool(circle.titles & person.known.titles)


def _bearer(circle: Circle, texts: Iterable[str], persons: Sequence[Present]) -> Present | None:
    """Whose surname ends the description: "the crane operator A. Vell"."""
    for text in texts:
        found = NAMED.search(text)
        if found and not OTHERS.search(text.lower()) and not text.lower().startswith(INDEFINITE):
            initial, surname = (fold(part or "") for part in found.groups())
            may = [
                p
                for p in persons
                if surname in surnames_of(p.known.names)
                and _agree(circle, p)
                and any(n.startswith(initial) for n in p.known.names)
            ]
            if len(may) == 1:
                return may[0]
    return None


def _holder(circle: Circle, texts: Iterable[str], here: set[str], persons: Sequence[Present]) -> Present | None:
    """Who alone of those named in the report holds the office: told there of one country, or learned elsewhere.

    Where the report itself gives its only holder the office, and still was not read so, somebody else is meant.
    """
    if len(circle.titles) != 1 or any(text.lower().startswith(INDEFINITE) for text in texts):
        return None
    (title,) = circle.titles
    if title not in offices():
        return None
    holders = [p for p in persons if title in p.known.titles and p.reports & here and _of_one_country(p, circle)]
    told = {report for p in holders for report, e in p.entries if title in e.who.titles}
    return holders[0] if len(holders) == 1 and (circle.country or not told & here) else None


def _of_one_country(person: Present, circle: Circle) -> bool:
    """Two presidents have one title; where both countries are told they must be one."""
    return not person.known.countries or not circle.countries or bool(person.known.countries & circle.countries)
