"""Who stands where: the stance of one actor toward another, from what they did and said, with the evidence.

A minister's stance is his state's too. A stance needs evidence that happened (or is planned), told in the report's own
voice or by the actor himself: what an adversary says of somebody shows the adversary's stance, not his.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import groupby
from typing import Literal

from msgspec import Struct

from dragoman.knowledge import tables
from dragoman.reconcile.acts import acts_of
from dragoman.reconcile.antecedents import joined_with, meant_by, owners, sides_of
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.kinship import Kinship, Nearness
from dragoman.reconcile.memory import Kind
from dragoman.reconcile.rows import ACTOR, TELLING
from dragoman.reconcile.words import tokens
from dragoman.records import EventType, Mention, Position, Span

REFUSING = frozenset({"oppose", "refuse", "deny"})  # acts of words that refuse by themselves
Side = Literal["supports", "opposes", "neutral"]


class Stance(Struct, frozen=True):
    """A row of `stances.tsv`."""

    type: EventType
    side: Literal["supports", "opposes", "none"]
    mode: str | None = None
    lemma: str | None = None
    words: str | None = None
    inner: EventType | None = None
    after: str | None = None

    @property
    def rank(self) -> int:
        """How particular the row is: the most particular that fits decides."""
        return sum(x is not None for x in (self.mode, self.lemma, self.words, self.inner, self.after))


class Sign(Struct, frozen=True):
    """One piece of evidence: on a day, by a mention, one actor toward another."""

    actor: str
    toward: str
    side: Side
    day: str
    mention: str
    report: str


@cache
def stances() -> dict[str, tuple[Stance, ...]]:
    """The rows by type, most particular first."""
    by: dict[str, list[Stance]] = defaultdict(list)
    for row in tables.rows("stances.tsv", Stance):
        by[row.type].append(row)
    return {kind: tuple(sorted(rows, key=lambda r: -r.rank)) for kind, rows in by.items()}


SIGNS: Kind[tuple[Sign, ...]] = Kind("signs", tuple[Sign, ...])


def find_positions(book: Casebook, reports: set[str]) -> None:
    """The evidence in some reports of who stands where."""
    kin = Kinship(book.actors)
    book.memory.put(SIGNS, {report: tuple(signs(book, report, kin)) or None for report in sorted(reports)})


def positions(book: Casebook) -> Iterator[Position]:
    """All positions, a change of side as a row of its own."""
    by_pair: dict[tuple[str, str], list[Sign]] = defaultdict(list)
    for found in book.memory.every(SIGNS).values():
        for sign in found:
            by_pair[sign.actor, sign.toward].append(sign)
    for pair in sorted(by_pair):
        yield from _rows(by_pair[pair])


def _state(book: Casebook, country: str | None) -> str | None:
    """The actor that is the state of this code."""
    return max(book.memory.having(ACTOR, (country,)), default=None) if country else None


def signs(book: Casebook, report: str, kin: Kinship) -> Iterator[Sign]:
    """The evidence of a report; every actor of a coordination and the states they act for get their own."""
    mentions = sorted((book.mentions[i] for i in book.memory.having(TELLING, (f"report {report}",))), key=book.order)
    nested = _nested(mentions)
    for n, mention in enumerate(mentions):
        if not _shows(mention, kin):
            continue
        inner = nested.get(mention.id, ())
        whom = sides_of(book, mention, mention.recipient, mention.recipient_text, kin)
        whom = whom or list(owners(book, mention, kin) or meant_by(book, mention, mentions[:n], kin))
        found = _stance(book, mention, inner, tuple(whom))
        if found is None:
            continue
        side, targets = found
        targets = tuple(dict.fromkeys(one for i in targets for one in _meant(book, i, kin)))
        collected = book.collected(report)
        day = (mention.time and mention.time.start) or (collected and collected.published) or ""
        for actor in filter(kin.has_a_side, sides_of(book, mention, mention.actor, mention.actor_text, kin)):
            state = _state(book, kin.speaks_for(actor))
            for toward in filter(kin.has_a_side, targets):
                for one in dict.fromkeys((actor, state)):
                    own_country = one == state != actor and kin.actors[toward].country == kin.actors[actor].country
                    if one and one != toward and not own_country and toward != state:
                        yield Sign(one, toward, side, day[:10], mention.id, report)


def _shows(mention: Mention, kin: Kinship) -> bool:
    """Whether a mention can show its actor's stance at all."""
    undone = {"hypothetical"} if _withheld(mention) else {"negation", "hypothetical"}
    if not mention.actor or undone & set(mention.auxiliary) or mention.certainty == "possible":
        return False
    speakers = [a.actor for a in mention.attribution if a.actor and kin.named(a.actor)]
    return all(kin.between((s,), mention.actor) >= Nearness.KIN or _of_one_state(s, mention, kin) for s in speakers)


def _withheld(mention: Mention) -> bool:
    """Whether it is told as a refusal by what is not done: "does not recognise"."""
    return mention.type == "REJECT" and not REFUSING & acts_of(mention.lemma).keys()


def _of_one_state(speaker: str, mention: Mention, kin: Kinship) -> bool:
    """Whether a speaker tells of his own side: "her country", "our army"."""
    country = kin.actors[speaker].country
    return country is not None and all(kin.actors[i].country == country for i in mention.actor if i in kin.actors)


def _meant(book: Casebook, toward: str, kin: Kinship) -> tuple[str, ...]:
    """Against whom a stance is: staff named once are their state; a group told of again is meant itself as well."""
    state = _state(book, kin.speaks_for(toward))
    if kin.named(toward) or state is None:
        return (toward,)
    return (toward, state) if len(kin.actors[toward].spans) > 1 else (state,)


def _stance(
    book: Casebook, mention: Mention, inner: Sequence[Mention], targets: tuple[str, ...]
) -> tuple[Side, tuple[str, ...]] | None:
    for row in stances().get(mention.type, ()):
        if (row.mode and row.mode != mention.mode) or (row.lemma and row.lemma != mention.lemma):
            continue
        if row.words and not _says(book, mention, row.words):
            continue
        if row.inner:
            targets = tuple(i for m in inner if m.type == row.inner for i in m.recipient if i not in mention.recipient)
            if not targets:
                continue
        if row.after and not (targets := joined_with(book, mention, row.after)):
            continue
        return None if row.side == "none" else (row.side, targets)
    return None


def _says(book: Casebook, mention: Mention, phrases: str) -> bool:
    """Whether one of the phrases (parted by `|`) stands in the clause from the trigger on."""
    rest = Span(mention.trigger.start, max(mention.span.end, mention.trigger.end))
    heard = f" {' '.join(tokens(book.words(mention.report, rest)))} "
    return any(f" {' '.join(tokens(phrase))} " in heard for phrase in phrases.split("|"))


def _nested(mentions: Sequence[Mention]) -> dict[str, tuple[Mention, ...]]:
    """For each mention those that its clause holds after its trigger: what is asked, promised, threatened."""
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    return {
        m.id: tuple(n for n in together if n.trigger.start >= m.trigger.end and n.trigger.end <= m.span.end)
        for together in by_sentence.values()
        for m in together
    }


def _rows(found: Sequence[Sign]) -> list[Position]:
    """Runs of one stance through the days; a day with as many signs for as against says nothing unless it is all."""
    days = [
        (day, list(on)) for day, on in groupby(sorted(found, key=lambda s: (s.day, s.mention)), key=lambda s: s.day)
    ]
    clear = [(day, side, on) for day, on in days if (side := _majority(on)) is not None]
    if not clear:
        return [_row("neutral", [s for _, on in days for s in on], until=None)]
    runs = [(side, [s for _, _, on in run for s in on if s.side == side]) for side, run in _runs(clear)]
    return [
        _row(side, run, until=run[-1].day or None if n < len(runs) - 1 else None) for n, (side, run) in enumerate(runs)
    ]


def _runs(clear: Sequence[tuple[str, Side, list[Sign]]]) -> Iterator[tuple[Side, list[tuple[str, Side, list[Sign]]]]]:
    for side, run in groupby(clear, key=lambda c: c[1]):
        yield side, list(run)


def _majority(on: Sequence[Sign]) -> Side | None:
    (first, n), *rest = Counter(s.side for s in on).most_common()
    return first if not rest or rest[0][1] < n else None


def _row(side: Side, run: Sequence[Sign], *, until: str | None) -> Position:
    first = run[0]
    evidence = tuple(sorted({s.mention for s in run}))
    name = "|".join((first.actor, first.toward, side, first.mention))
    return Position(
        id=f"p-{sha256(name.encode()).hexdigest()[:8]}",
        actor=first.actor,
        toward=first.toward,
        stance=side,
        since=first.day or None,
        until=until,
        evidence=evidence,
        reports=tuple(sorted({s.report for s in run})),
    )
