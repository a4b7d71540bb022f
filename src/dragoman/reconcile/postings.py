"""Which rows have which keys, in memory: most keys are of one row alone, which stands there without a set around it."""

from __future__ import annotations

from collections.abc import Collection, Iterable


class Postings:
    """The ids of the rows that have a key, for each key that was looked at.

    >>> postings = Postings()
    >>> for key, ident in (("pact", "a"), ("talks", "a"), ("talks", "b")):
    ...     postings.add(key, ident)
    >>> postings.of("pact"), sorted(postings.of("talks")), "end" in postings
    (('a',), ['a', 'b'], False)
    """

    def __init__(self) -> None:
        self._of: dict[str, str | set[str] | None] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._of

    def look(self, keys: Iterable[str]) -> None:
        """Note that keys are looked at, which no row may have."""
        self._of.update(dict.fromkeys(keys))

    def add(self, key: str, ident: str) -> None:
        known = self._of.get(key)
        if known is None:
            self._of[key] = ident
        elif isinstance(known, set):
            known.add(ident)
        elif known != ident:
            self._of[key] = {known, ident}

    def discard(self, key: str, ident: str) -> None:
        known = self._of.get(key)
        if isinstance(known, set):
            known.discard(ident)
        elif known == ident:
            self._of[key] = None

    def of(self, key: str) -> Collection[str]:
        """The rows that have a key; look, do not change."""
        known = self._of.get(key)
        return (known,) if isinstance(known, str) else known or ()

    def of_any(self, keys: Iterable[str]) -> set[str]:
        """All rows that have one of the keys."""
        found: set[str] = set()
        for key in keys:
            known = self._of.get(key)
            if isinstance(known, str):
                found.add(known)
            elif known:
                found |= known
        return found
