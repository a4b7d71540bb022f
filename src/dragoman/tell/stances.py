"""Who stands with whom, as a grid: a row for each who takes a stance, a column for each toward whom he takes it."""

from __future__ import annotations

from collections import Counter, defaultdict

from msgspec import Struct

from dragoman.records import Position
from dragoman.tell.view import View
from dragoman.tell.words import days


class Stance(Struct, frozen=True, kw_only=True):
    """A stance from a day on, with the sentence that shows it."""

    stance: str
    since: str | None
    until: str | None
    day: str
    quote: str
    marks: tuple[str, ...]


class Square(Struct, frozen=True, kw_only=True):
    """One actor's stance toward another: the latest first, then what it was before."""

    actor: str
    toward: str
    latest: Stance
    before: tuple[Stance, ...]
    changed: bool


class Grid(Struct, frozen=True, kw_only=True):
    """The grid; `rows` and `columns` are ids and names, those with most stances first."""

    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    squares: tuple[Square, ...]
    held_back: int


def grid(view: View, *, most: int = 24, actor: str = "") -> Grid:
    """The stances among the `most` actors that take or meet most of them; of one actor, when he is named by id."""
    by_pair: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for position in view.dossier.positions:
        if position.stance != "neutral" and (not actor or actor in (position.actor, position.toward)):
            by_pair[position.actor, position.toward].append(position)
    takes = Counter(who for who, _ in by_pair)
    meets = Counter(whom for _, whom in by_pair)
    rows = sorted(takes, key=lambda a: (-takes[a], view.name(a), a))[:most]
    columns = sorted(meets, key=lambda a: (-meets[a], view.name(a), a))[:most]
    squares = [_square(view, pair, held) for pair, held in by_pair.items() if pair[0] in rows and pair[1] in columns]
    return Grid(
        rows=tuple((a, view.name(a)) for a in rows if any(s.actor == a for s in squares)),
        columns=tuple((a, view.name(a)) for a in columns if any(s.toward == a for s in squares)),
        squares=tuple(sorted(squares, key=lambda s: (rows.index(s.actor), columns.index(s.toward)))),
        held_back=len(by_pair) - len(squares),
    )


def _square(view: View, pair: tuple[str, str], held: list[Position]) -> Square:
    told = [_stance(view, p) for p in sorted(held, key=lambda p: (p.since or "", p.until is None, p.id), reverse=True)]
    latest, *before = told
    changed = any(stance.stance != latest.stance for stance in before)
    return Square(actor=pair[0], toward=pair[1], latest=latest, before=tuple(before), changed=changed)


def _stance(view: View, position: Position) -> Stance:
    evidence = [view.mentions[m] for m in position.evidence if m in view.mentions]
    first = evidence[0] if evidence else None
    quote = view.notes.words(first.report, view.notes.sentence(first.report, first.trigger)) if first else ""
    return Stance(
        stance=position.stance, since=position.since, until=position.until, day=days(position.since, position.since),
        quote=quote, marks=view.marks(evidence),
    )  # fmt: skip
