"""Which reports tell of one development: each goes on from the earlier report that it is nearest to, or begins anew.

A story is a report that goes on from none, with all that goes on from it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.copies import own_text
from dragoman.reconcile.links import Links, relink
from dragoman.reconcile.memory import Kind
from dragoman.reconcile.rows import COPY, PLACED, REPORT, STORY, Placed
from dragoman.reconcile.weights import weight
from dragoman.reconcile.words import content
from dragoman.records import Report, Story

NEAR = 0.3  # cosine of two reports of one story
FADE = 10  # days between two reports that lessen it to 1/e
APART = 14  # days beyond which no two reports are that near: FADE * ln(1 / NEAR) are 12
WEIGHTIEST = 24  # words of a report of which another one of its story has one
TOPIC = 60  # words by which it is known whether another report tells of one crisis
TITLE_WEIGHT = 3  # how often the words of a title count


class Account(Struct, frozen=True):
    """A report as a bag of weighted stems (unit length), with its day."""

    words: Mapping[str, float]
    day: date | None

    def near(self, other: Account) -> float:
        """Cosine of two reports, less for each day between them."""
        both = sorted(self.words.keys() & other.words.keys())
        dot = sum(self.words[word] * other.words[word] for word in both)
        return dot * math.exp(-abs((self.day - other.day).days) / FADE) if self.day and other.day else dot

    @property
    def weightiest(self) -> list[str]:
        return self._ranked()[:WEIGHTIEST]

    @property
    def topic(self) -> dict[str, float]:
        return {word: self.words[word] for word in self._ranked()[:TOPIC]}

    def _ranked(self) -> list[str]:
        return sorted(self.words, key=lambda w: (-self.words[w], w))


def account(title: str, text: str, day: date | None) -> Account:
    """A report's words, weighed."""
    counts = Counter(content(text)) + Counter(dict.fromkeys(content(title), TITLE_WEIGHT))
    weights = {w: (1 + math.log(n)) * weight(w) for w, n in counts.items()}
    norm = math.sqrt(sum(v * v for _, v in sorted(weights.items()))) or 1.0
    return Account({w: v / norm for w, v in sorted(weights.items()) if v}, day)


def story_keys(account: Account) -> list[str]:
    """Under what a report is found by others of its story: a weighty word, and the fortnight or that it has no day."""
    when = account.day.toordinal() // APART if account.day else "undated"
    return [key for word in account.weightiest for key in (f"{word} {when}", word)]


def story_asks(account: Account) -> list[str]:
    """What a report looks under: the fortnights next to its own, and reports without a day; without one all days."""
    if account.day is None:
        return account.weightiest
    week = account.day.toordinal() // APART
    return [f"{word} {when}" for word in account.weightiest for when in (week - 1, week, week + 1, "undated")]


ACCOUNTS: Kind[Account] = Kind("account", Account, lambda ident, account: story_keys(account))
NEARBY: Kind[Links[float]] = Kind("nearby", dict[str, float])


def nearness(one: Account, other: Account) -> float | None:
    if one.day and other.day and abs((one.day - other.day).days) >= APART:
        return None
    near = one.near(other)
    return near if near >= NEAR else None


def headline_of(report: Report) -> str:
    """A report's title, or its first line."""
    lines = (line.strip() for line in own_text(report).splitlines())
    return report.title or next((line for line in lines if line), report.id)


def find_stories(book: Casebook, changed: Iterable[str], recopied: set[str]) -> set[str]:
    """Put the changed reports and those they touch into stories; the reports whose story is another now."""
    memory = book.memory
    rows = {
        i: account(report.title or "", own_text(report), book.published(i)) if (report := book.collected(i)) else None
        for i in changed
    }
    touched = recopied | relink(memory, ACCOUNTS, NEARBY, rows, asks=story_asks, link=nearness)
    touched |= {other for near in memory.many(NEARBY, sorted(recopied)).values() for other in near}
    memory.load(REPORT, touched)
    memory.load(COPY, touched)
    orders = {i: order for i in sorted(touched) if (order := _order(book, i))}
    placed: dict[str, Placed | None] = dict.fromkeys(touched)
    for ident, order in orders.items():
        parent = _parent(book, ident, order)
        known = memory.get(PLACED, ident)
        placed[ident] = Placed(order, parent, known.first if known else ident)
    old = {placed.first for placed in memory.many(PLACED, sorted(touched)).values()}
    memory.put(PLACED, placed)
    moved = _settle(book, set(orders))
    gone = touched - orders.keys()
    firsts = old | {memory.many(PLACED, (i,))[i].first for i in orders}
    memory.put(STORY, {first: _story(book, first) for first in sorted(firsts)})
    return moved | gone


def _order(book: Casebook, ident: str) -> tuple[str, bool, str] | None:
    report = book.collected(ident)
    return (report.published or "9999", book.memory.get(COPY, ident) is not None, ident) if report else None


def _parent(book: Casebook, ident: str, order: tuple[str, bool, str]) -> str | None:
    """The report that one goes on from: its original, else the nearest of those before it."""
    copy = book.memory.get(COPY, ident)
    if copy is not None and (first := _order(book, copy.original)) and first < order:
        return copy.original
    near = book.memory.get(NEARBY, ident) or {}
    book.memory.load(REPORT, near)
    book.memory.load(COPY, near)
    before = [(-value, o, i) for i, value in near.items() if (o := _order(book, i)) and o < order]
    return min(before)[2] if before else None


def _settle(book: Casebook, touched: set[str]) -> set[str]:
    """Carry the first report of each story down to all that go on from the touched; those whose first changed."""
    memory = book.memory
    moved: set[str] = set()
    todo = sorted(touched)
    while todo:
        changed: dict[str, Placed | None] = {}
        for ident in todo:
            placed = memory.many(PLACED, (ident,))[ident]
            first = ident
            while (above := memory.many(PLACED, (first,))[first].parent) is not None:
                first = above
            if first != placed.first:
                changed[ident] = Placed(placed.order, placed.parent, first)
        memory.put(PLACED, changed)
        moved |= changed.keys()
        todo = sorted(memory.having(PLACED, [f"from {i}" for i in changed]))
    return moved


def _story(book: Casebook, first: str) -> Story | None:
    members = sorted(book.memory.having(PLACED, (f"in {first}",)))
    report = book.collected(first)
    book.memory.load(REPORT, members)
    if not members or report is None:
        return None
    days = sorted(d[:10] for m in members if (r := book.collected(m)) and (d := r.published))
    return Story(
        id=f"s-{report.sha256[:8]}",
        title=headline_of(report),
        reports=tuple(members),
        start=days[0] if days else None,
        end=days[-1] if days else None,
    )
