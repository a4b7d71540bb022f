"""Rows that bear on each other: found by the keys they share, held against each other, and taken part by part.

A link stands between two rows whatever else there is; what is made of a part (all that links lead to) depends on that
part alone. So a new report changes the parts that it touches, and no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from dragoman.reconcile.memory import Kind, Memory

T = TypeVar("T")
L = TypeVar("L")
Links = dict[str, L]  # of one row: the rows it is linked to, with what links them


def relink(
    memory: Memory,
    rows: Kind[T],
    links: Kind[Links[L]],
    changed: Mapping[str, T | None],
    *,
    asks: Callable[[T], Iterable[str]],
    link: Callable[[T, T], L | None],
    least: int = 1,
    ready: Callable[[Iterable[T]], None] | None = None,
) -> set[str]:
    """Set rows (None takes one away) and link each anew; the ids of all rows whose links may have changed.

    A row is held against those that have `least` of the keys it `asks` for; `link` says what links the first of two (by
    id) to the second. `ready` is told beforehand which rows will be looked at.
    """
    touched = set(changed).union(*memory.many(links, changed).values())
    now: dict[str, Links[L]] = {i: dict(found) for i, found in memory.many(links, touched).items()}
    for ident in changed:
        for other in now.pop(ident, {}):
            if other in now:
                now[other].pop(ident, None)
    memory.put(rows, changed)
    held = _candidates(memory, rows, changed, asks, least)
    others = memory.many(rows, sorted(set().union(*held.values())))
    memory.load(links, others)
    if ready is not None:
        ready([*others.values(), *(row for row in changed.values() if row is not None)])

    def hold(idents: Sequence[str]) -> list[tuple[str, str, L]]:
        """What links some of the rows to those they are held against."""
        found = []
        for ident in idents:
            row = changed[ident]
            for other in sorted(held[ident]) if row is not None else ():
                one, two = (ident, other) if ident < other else (other, ident)
                link_of = link(*((row, others[other]) if one == ident else (others[other], row)))
                if link_of is not None:
                    found.append((one, two, link_of))
        return found

    for one, two, found in memory.spread(hold, sorted(held), [len(held[i]) for i in sorted(held)]):
        for here, there in ((one, two), (two, one)):
            if here not in now:
                now[here] = {} if here in changed else dict(memory.many(links, (here,)).get(here, {}))
            now[here][there] = found
    touched.update(now)
    memory.put(links, {i: now.get(i) or None for i in sorted(touched)})
    return touched


def _candidates(
    memory: Memory, rows: Kind[T], changed: Mapping[str, T | None], asks: Callable[[T], Iterable[str]], least: int
) -> dict[str, set[str]]:
    """For each changed row those it is held against; of two that both changed the first by id holds the other."""
    wanted = {i: list(asks(row)) for i, row in changed.items() if row is not None}
    memory.find(rows, {key for keys in wanted.values() for key in keys})
    found: dict[str, set[str]] = {}
    for ident, keys in wanted.items():
        if least == 1:
            here = memory.having(rows, keys)
        else:
            counts: Counter[str] = Counter()
            for having in memory.postings(rows, keys):
                counts.update(having)
            here = {other for other, n in counts.items() if n >= least}
        found[ident] = {other for other in here if other != ident and not (other in changed and other < ident)}
    return found


def parts(idents: Iterable[str], beside: Callable[[list[str]], Mapping[str, Iterable[str]]]) -> list[list[str]]:
    """The parts in which these rows lie, each in order of the ids; `beside` gives the rows next to some rows."""
    near: dict[str, Iterable[str]] = {}
    todo = sorted(set(idents))
    while todo:
        found = beside(todo)
        near.update((i, found.get(i, ())) for i in todo)
        todo = sorted({other for i in todo for other in near[i] if other not in near})
    whole: list[list[str]] = []
    seen: set[str] = set()
    for first in sorted(near):
        if first not in seen:
            part, left = {first}, [first]
            while left:
                new = set(near[left.pop()]) - part
                part |= new
                left += new
            seen |= part
            whole.append(sorted(part))
    return whole
