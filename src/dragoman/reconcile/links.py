"""Rows that bear on each other: found by the keys they share, held against each other, and taken part by part.

A link stands between two rows whatever else there is; what is made of a part (all that links lead to) depends on that
part alone. So a new report changes the parts that it touches, and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from dragoman.reconcile.memory import Kind, Memory

T = TypeVar("T")
L = TypeVar("L")
Links = dict[str, L]  # of one row: the rows it is linked to, with what links them
AT_ONCE = 500  # rows whose candidates are at hand together


def relink(
    memory: Memory,
    rows: Kind[T],
    links: Kind[Links[L]],
    changed: Mapping[str, T | None],
    *,
    link: Callable[[T, T], L | None],
    asks: Callable[[T], Iterable[str]] = lambda row: (),
    beside: Callable[[T], set[str]] | None = None,
    ready: Callable[[Collection[T]], None] | None = None,
) -> set[str]:
    """Set rows (None takes one away) and link each anew; the ids of all rows whose links may have changed.

    A row is held against those that have one of the keys it `asks` for, or those that `beside` finds; `link` says what
    links the first of two (by id) to the second. `ready` is told beforehand which rows will be looked at.
    """
    touched = set(changed).union(*memory.many(links, changed).values())
    now: dict[str, Links[L]] = {i: dict(found) for i, found in memory.many(links, touched).items()}
    for ident in changed:
        for other in now.pop(ident, {}):
            if other in now:
                now[other].pop(ident, None)
    memory.put(rows, changed)
    new = {i: row for i, row in sorted(changed.items()) if row is not None}

    def hold(idents: Sequence[str]) -> list[tuple[str, str, L]]:
        """What links some of the rows to those they are held against."""
        found = []
        for at in range(0, len(idents), AT_ONCE):
            held = _candidates({i: new[i] for i in idents[at : at + AT_ONCE]})
            others = memory.many(rows, sorted(set().union(*held.values())))
            if ready is not None:
                ready([*others.values(), *(new[ident] for ident in held)])
            for ident, candidates in held.items():
                for other in sorted(candidates):
                    one, two = (ident, other) if ident < other else (other, ident)
                    link_of = link(*((new[ident], others[other]) if one == ident else (others[other], new[ident])))
                    if link_of is not None:
                        found.append((one, two, link_of))
        return found

    def _candidates(some: Mapping[str, T]) -> dict[str, set[str]]:
        """Those that each of some rows is held against; of two that both changed the first by id holds the other."""
        asked = {ident: list(asks(row)) for ident, row in some.items()}
        memory.find(rows, {key for keys in asked.values() for key in keys})
        found = {}
        for ident, row in some.items():
            near = memory.having(rows, asked[ident]) if beside is None else beside(row)
            found[ident] = {other for other in near if other > ident or (other != ident and other not in changed)}
        return found

    def size(ident: str) -> int:
        """About how much work a row is."""
        return sum(map(len, memory.postings(rows, asks(new[ident]))))

    linked = list(memory.spread(hold, list(new), size))
    memory.load(links, {ident for one, two, _ in linked for ident in (one, two)})
    for one, two, found in linked:
        for here, there in ((one, two), (two, one)):
            if here not in now:
                now[here] = {} if here in changed else dict(memory.many(links, (here,)).get(here, {}))
            now[here][there] = found
    touched.update(now)
    memory.put(links, {i: now.get(i) or None for i in sorted(touched)})
    return touched


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
