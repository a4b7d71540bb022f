"""What reconciling remembers between two reports: rows of several kinds, and which rows have which keys.

In memory it is two dictionaries. Over a `Backing` rows and postings are loaded when they are asked for, and `changes`
says what has to be written back: nothing is loaded that is not looked at, nothing written that did not change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


def _no_keys(ident: str, row: Any) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A kind of rows: its name, the type of a row, and the keys under which a row is found."""

    name: str
    type: Any
    keys: Callable[[str, T], Iterable[str]] = _no_keys
    derived: bool = True  # not so: what was collected and read, which a backing keeps in tables of its own

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kind) and self.name == other.name


class Backing(Protocol):
    """Where rows lie that are not in memory."""

    def rows(self, kind: Kind[Any], idents: Iterable[str]) -> Iterable[tuple[str, Any]]: ...

    def every(self, kind: Kind[Any]) -> Iterable[tuple[str, Any]]: ...

    def postings(self, kind: Kind[Any], keys: Iterable[str]) -> Iterable[tuple[str, str]]:
        """Pairs of a key and the id of a row that has it."""
        ...


@dataclass(frozen=True)
class Change:
    """A row to be written (None: to be deleted), with the keys it gained and lost."""

    kind: Kind[Any]
    ident: str
    row: Any
    gained: frozenset[str]
    lost: frozenset[str]


class Spread(Protocol):
    """How one piece of work is done for many rows: `work` of some of them gives results, each for itself.

    `sizes` say how much work each row is. All results come back, in the order of the rows or in any other that the rows
    alone decide.
    """

    def __call__(
        self, work: Callable[[Sequence[str]], list[T]], idents: Sequence[str], sizes: Sequence[int]
    ) -> Iterable[T]: ...


def in_turn(work: Callable[[Sequence[str]], list[T]], idents: Sequence[str], sizes: Sequence[int]) -> list[T]:
    """One row after the other, in this process."""
    return work(idents)


class Memory:
    """Rows and postings, over a backing or alone.

    >>> words: Kind[str] = Kind("words", str, lambda ident, row: row.split())
    >>> memory = Memory()
    >>> memory.put(words, {"a": "the pact", "b": "the talks"})
    >>> sorted(memory.having(words, ["the"])), sorted(memory.having(words, ["pact"]))
    (['a', 'b'], ['a'])
    """

    def __init__(self, backing: Backing | None = None, *, blank: bool = False, spread: Spread = in_turn) -> None:
        self.spread = spread
        self._backing = backing
        self._blank = blank  # what the backing has derived is of no use
        self._whole: set[Kind[Any]] = set()  # of which all rows are here
        self._rows: dict[Kind[Any], dict[str, Any]] = {}
        self._having: dict[Kind[Any], dict[str, set[str]]] = {}
        self._was: dict[tuple[Kind[Any], str], Any] = {}  # rows as the backing has them, of those that changed

    def get(self, kind: Kind[T], ident: str) -> T | None:
        known = self._rows.setdefault(kind, {})
        if ident not in known:
            if self._backing is None:
                return None
            self.load(kind, (ident,))
        found: T | None = known[ident]
        return found

    def load(self, kind: Kind[Any], idents: Iterable[str]) -> None:
        """Have rows at hand that will be asked for, in one go."""
        if self._backing is not None:
            known = self._rows.setdefault(kind, {})
            missing = [i for i in idents if i not in known]
            if missing:
                known.update(dict.fromkeys(missing))
                if not self._nothing_more(kind):
                    known.update(self._backing.rows(kind, missing))

    def _nothing_more(self, kind: Kind[Any]) -> bool:
        return kind in self._whole or (self._blank and kind.derived)

    def many(self, kind: Kind[T], idents: Iterable[str]) -> dict[str, T]:
        """Those of the rows that there are, in the order asked for."""
        idents = list(idents)
        self.load(kind, idents)
        known = self._rows.setdefault(kind, {})
        return {i: row for i in idents if (row := known.get(i)) is not None}

    def every(self, kind: Kind[T]) -> dict[str, T]:
        """All rows of a kind, by id."""
        known = self._rows.setdefault(kind, {})
        if self._backing is not None and not self._nothing_more(kind):
            for ident, row in self._backing.every(kind):
                known.setdefault(ident, row)
            self._whole.add(kind)
        return {i: known[i] for i in sorted(known) if known[i] is not None}

    def find(self, kind: Kind[Any], keys: Iterable[str]) -> None:
        """Have at hand which rows have keys that will be asked for, in one go."""
        self._postings(kind, keys)

    def postings(self, kind: Kind[Any], keys: Iterable[str]) -> Iterator[set[str]]:
        """For each of the keys the ids of the rows that have it; look, do not change."""
        keys = list(keys)
        having = self._postings(kind, keys)
        return (having[key] for key in keys if key in having)

    def having(self, kind: Kind[Any], keys: Iterable[str]) -> set[str]:
        """The ids of all rows that have one of the keys."""
        return set().union(*self.postings(kind, keys))

    def put(self, kind: Kind[T], rows: Mapping[str, T | None]) -> None:
        """Set rows; None takes one away."""
        self.load(kind, rows)
        known = self._rows.setdefault(kind, {})
        lost: dict[str, set[str]] = {}
        gained: dict[str, set[str]] = {}
        for ident, row in rows.items():
            old = known.get(ident)
            if self._backing is not None and (kind, ident) not in self._was:
                self._was[kind, ident] = old
            if kind.keys is not _no_keys:
                before = set() if old is None else set(kind.keys(ident, old))
                after = set() if row is None else set(kind.keys(ident, row))
                lost[ident], gained[ident] = before - after, after - before
            if row is None and self._backing is None:
                known.pop(ident, None)
            else:
                known[ident] = row
        having = self._postings(kind, set().union(*lost.values(), *gained.values()))
        for ident, keys in lost.items():
            for key in keys:
                having[key].discard(ident)
        for ident, keys in gained.items():
            for key in keys:
                having.setdefault(key, set()).add(ident)

    def changes(self) -> Iterator[Change]:
        """What the backing has to write."""
        for (kind, ident), old in self._was.items():
            row = self._rows[kind][ident]
            if kind.derived and row != old:
                before = frozenset() if old is None else frozenset(kind.keys(ident, old))
                after = frozenset() if row is None else frozenset(kind.keys(ident, row))
                yield Change(kind, ident, row, after - before, before - after)

    def _postings(self, kind: Kind[Any], keys: Iterable[str]) -> dict[str, set[str]]:
        having = self._having.setdefault(kind, {})
        if self._backing is not None:
            missing = [key for key in keys if key not in having]
            if missing:
                for key in missing:
                    having[key] = set()
                for key, ident in () if self._blank and kind.derived else self._backing.postings(kind, missing):
                    having[key].add(ident)
        return having
