"""What reconciling remembers between two reports: rows of several kinds, and which rows have which keys.

In memory it is two dictionaries. Over a `Backing` rows and postings are loaded when they are asked for, and `changes`
says what has to be written back: nothing is loaded that is not looked at, nothing written that did not change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from dragoman.reconcile.postings import Postings

T = TypeVar("T")
FREQUENT = 16  # rows above which a key is passed over where the others tell


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

    def counts(self, kind: Kind[Any], keys: Iterable[str]) -> Iterable[tuple[str, int]]:
        """How many rows have each of the keys, of those that any row has."""
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

    `size` says about how much work a row is. All results come back, in the order of the rows or in any other that the
    rows alone decide.
    """

    def __call__(
        self, work: Callable[[Sequence[str]], list[T]], idents: Sequence[str], size: Callable[[str], int]
    ) -> Iterable[T]: ...


def in_turn(work: Callable[[Sequence[str]], list[T]], idents: Sequence[str], size: Callable[[str], int]) -> list[T]:
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
        self._having: dict[Kind[Any], Postings] = {}
        self._since: dict[Kind[Any], dict[str, dict[str, bool]]] = {}  # of keys not looked at: whose they are since now
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

    def postings(self, kind: Kind[Any], keys: Iterable[str]) -> Iterator[Collection[str]]:
        """For each of the keys the ids of the rows that have it; look, do not change."""
        keys = list(keys)
        return map(self._postings(kind, keys).of, keys)

    def having(self, kind: Kind[Any], keys: Iterable[str]) -> set[str]:
        """The ids of all rows that have one of the keys."""
        keys = list(keys)
        return self._postings(kind, keys).of_any(keys)

    def sharing(self, kind: Kind[Any], keys: Iterable[str], least: int) -> set[str]:
        """The ids of all rows that have `least` of the keys, and of some that have fewer.

        Who has so many of them has one that is not of the most frequent: under as many as one may lack, and that most
        rows have, nobody is looked for, so that what all news says costs nothing.

        >>> words: Kind[str] = Kind("words", str, lambda ident, row: row.split())
        >>> memory = Memory()
        >>> memory.put(words, {"a": "the pact holds", "b": "the talks", "c": "the end"})
        >>> memory.sharing(words, ["the", "pact"], 2)
        {'a'}
        """
        often = self._counts(kind, set(keys))
        rare_first = sorted(often, key=lambda key: (often[key], key))
        passed = 0
        while passed < least - 1 and rare_first and often[rare_first[-1]] > FREQUENT:
            rare_first.pop()
            passed += 1
        shared: Counter[str] = Counter()
        for having in self.postings(kind, rare_first):
            shared.update(having)
        return {ident for ident, count in shared.items() if count >= least - passed}

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
        for ident in rows:
            self._note(kind, ident, lost.get(ident, ()), has=False)
            self._note(kind, ident, gained.get(ident, ()), has=True)

    def changes(self) -> Iterator[Change]:
        """What the backing has to write."""
        for (kind, ident), old in self._was.items():
            row = self._rows[kind][ident]
            if kind.derived and row != old:
                before = frozenset() if old is None else frozenset(kind.keys(ident, old))
                after = frozenset() if row is None else frozenset(kind.keys(ident, row))
                yield Change(kind, ident, row, after - before, before - after)

    def _note(self, kind: Kind[Any], ident: str, keys: Iterable[str], *, has: bool) -> None:
        """Keep that a row has some keys, or no longer; of a key that nobody asks for nothing more is loaded."""
        having, unseen = self._looked_at(kind), self._unseen(kind)
        for key in keys:
            if unseen and key not in having:
                self._since.setdefault(kind, {}).setdefault(key, {})[ident] = has
            elif has:
                having.add(key, ident)
            else:
                having.discard(key, ident)

    def _unseen(self, kind: Kind[Any]) -> bool:
        """Whether the backing may have rows with keys that were not looked at."""
        return self._backing is not None and not (self._blank and kind.derived)

    def _counts(self, kind: Kind[Any], keys: set[str]) -> dict[str, int]:
        """How many rows have each key; about, where what changed since is not looked at."""
        having = self._looked_at(kind)
        found = {key: len(having.of(key)) for key in keys if key in having}
        if self._backing is not None and self._unseen(kind):
            since = self._since.get(kind, {})
            found.update((key, len(since[key])) for key in keys if key not in having and key in since)
            for key, count in self._backing.counts(kind, sorted(key for key in keys if key not in having)):
                found[key] = found.get(key, 0) + count
        return found

    def _looked_at(self, kind: Kind[Any]) -> Postings:
        found = self._having.get(kind)
        if found is None:
            found = self._having[kind] = Postings()
        return found

    def _postings(self, kind: Kind[Any], keys: Iterable[str]) -> Postings:
        having = self._looked_at(kind)
        if self._backing is not None and self._unseen(kind):
            missing = [key for key in keys if key not in having]
            having.look(missing)
            for key, ident in self._backing.postings(kind, missing) if missing else ():
                having.add(key, ident)
            since = self._since.get(kind, {})
            for key in missing:
                for ident, has in since.pop(key, {}).items():
                    (having.add if has else having.discard)(key, ident)
        return having
