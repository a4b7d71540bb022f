"""Rows that bear on each other: found by the keys they share, held against each other, and taken part by part.

A link stands between two rows whatever else there is; what is made of a part (all that links lead to) depends on that
part alone. So a new report changes the parts that it touches, and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    candidates: Callable[[str, T], Iterable[str]],
    link: Callable[[T, T], L | None],
) -> set[str]:
    """Set rows (None takes one away) and link each anew; the ids of all rows whose links may have changed.

    `candidates` are the ids a row is held against, `link` says what links the first of two (by id) to the second.
    """
    old = memory.many(links, changed)
    touched = set(changed).union(*old.values())
    now: dict[str, Links[L]] = {i: dict(found) for i, found in memory.many(links, touched).items()}
    for ident in changed:
        for other in now.pop(ident, {}):
            if other in now:
                now[other].pop(ident, None)
    memory.put(rows, changed)
    for ident, row in sorted(changed.items()):
        if row is None:
            continue
        held = [i for i in candidates(ident, row) if i != ident and not (i in changed and i < ident)]
        for other, known in memory.many(rows, sorted(held)).items():
            found = link(row, known) if ident < other else link(known, row)
            if found is not None:
                for one, two in ((ident, other), (other, ident)):
                    if one not in now:
                        now[one] = dict(memory.many(links, (one,)).get(one, {})) if one not in changed else {}
                    now[one][two] = found
    touched.update(now)
    memory.put(links, {i: now.get(i) or None for i in sorted(touched)})
    return touched


def parts(idents: Iterable[str], beside: Callable[[list[str]], Mapping[str, Iterable[str]]]) -> list[list[str]]:
    """The parts in which these rows lie, each in order of the ids; `beside` gives the rows next to some rows."""
    found: list[list[str]] = []
    seen: set[str] = set()
    for first in sorted(idents):
        if first in seen:
            continue
        part, todo = {first}, [first]
        while todo:
            near = beside(todo)
            todo = sorted({other for one in todo for other in near.get(one, ())} - part)
            part.update(todo)
        seen |= part
        found.append(sorted(part))
    return found
