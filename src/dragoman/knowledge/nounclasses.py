"""Classes of nouns (`classes.tsv`): what a frame may ask of a filler."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dragoman.knowledge.tables import rows

_NONE: frozenset[str] = frozenset()


class Row(Struct, frozen=True):
    """A class with its words; `@NAME` among them takes in another class."""

    name: str
    words: str
    about: str = ""


class NounClasses:
    """Which classes a lemma belongs to.

    >>> "TALKS" in NounClasses({"summit": frozenset({"TALKS"})}).of("summit")
    True
    """

    def __init__(self, classes: dict[str, frozenset[str]]) -> None:
        self._classes = classes

    @property
    def names(self) -> frozenset[str]:
        """Every class there is."""
        return frozenset().union(*self._classes.values())

    def of(self, *lemmas: str) -> frozenset[str]:
        """The classes of any of these lemmas."""
        found = _NONE
        for lemma in lemmas:
            if (classes := self._classes.get(lemma)) is not None:
                found = found | classes if found else classes
        return found


def load() -> NounClasses:
    """The shipped classes, taken-in ones resolved."""
    table = {row.name: [w.strip() for w in row.words.split(",")] for row in rows("classes.tsv", Row)}

    def words(name: str) -> list[str]:
        return [w for part in table[name] for w in (words(part[1:]) if part.startswith("@") else [part])]

    found: dict[str, set[str]] = {}
    for name in table:
        for word in words(name):
            found.setdefault(word, set()).add(name)
    return NounClasses({word: frozenset(names) for word, names in found.items()})


class Sector(Struct, frozen=True):
    """A row of `sectors.tsv`."""

    sector: str
    kind: str | None = None
    public: Literal["yes", "no"] = "no"
    about: str = ""


def load_sectors() -> dict[str, Sector]:
    """Every sector by its code.

    >>> load_sectors()["JUD"].kind
    'COURT'
    """
    return {row.sector: row for row in rows("sectors.tsv", Sector)}
