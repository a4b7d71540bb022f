"""States, organisations, groups, offices, common nouns for actors: the tables, and one lexicon of names over them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from dragoman.knowledge.tables import Source, parse, rows, text_of


class Country(Struct, frozen=True, kw_only=True):
    """A row of `countries.tsv`; lists are separated by |."""

    iso3: str
    iso2: str = ""
    fips: str = ""
    cow: str = ""
    name: str
    aliases: str = ""
    demonyms: str = ""
    capital: str = ""
    seats: str = ""

    @property
    def demonym(self) -> str:
        return self.demonyms.split("|")[0] or self.name


class Body(Struct, frozen=True, kw_only=True):
    """A row of `organizations.tsv` or `groups.tsv`."""

    name: str
    aliases: str = ""
    sector: str = ""
    country: str = ""


class Own(Struct, frozen=True, kw_only=True):
    """A row of a user's own table of actors; a state without a country code is known by its name."""

    name: str
    aliases: str = ""
    kind: Literal["state", "organization", "group"] = "organization"
    country: str = ""
    demonyms: str = ""
    capital: str = ""
    sector: str = ""
    code: str = ""  # the user's own, for coding tasks; not read here


class Office(Struct, frozen=True, kw_only=True):
    """A row of `offices.tsv`."""

    title: str
    sector: str = ""
    scope: Literal["state", "body", "any", "person", "none"] = "any"
    country: str = ""
    means: str = ""


class Agent(Struct, frozen=True, kw_only=True):
    """A row of `agents.tsv`."""

    noun: str
    sector: str
    number: Literal["count", "collective"]
    kind: Literal["organization", "group", "state"]


class Entry(Struct, frozen=True):
    """What a name in the lexicon stands for; `use` says how: name, metonym (a seat), capital, demonym, people."""

    kind: Literal["state", "organization", "group"]
    name: str
    sector: str | None
    country: str | None
    use: Literal["name", "metonym", "capital", "demonym", "people"]


_ATOM = re.compile(r"\w+|[^\w\s]")
_DROPPED = frozenset("-–—‐‑")
_ALIKE = str.maketrans("’‘`´", "''''")


def fold(text: str) -> str:
    """Text without accents, typographic apostrophes made plain; case stays.

    >>> fold("Élysée’s")
    "Elysee's"
    """
    if text.isascii():
        return text.replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", text.translate(_ALIKE))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=100_000)
def atoms(text: str) -> tuple[str, ...]:
    """The pieces by which names are compared: folded words and marks, hyphens dropped."""
    return tuple(a for a in _ATOM.findall(fold(text)) if a not in _DROPPED)


class World:
    """All tables of actors, and `match`: the longest name that begins at a word."""

    def __init__(self, extra: Iterable[Source] = ()) -> None:
        self.countries = {c.iso3: c for c in rows("countries.tsv", Country)}
        self.organizations = rows("organizations.tsv", Body)
        self.groups = rows("groups.tsv", Body)
        for path in extra:
            self._extend(path)
        self.offices = {tuple(o.title.split()): o for o in rows("offices.tsv", Office)}
        self.full = {title[0]: o.means for title, o in self.offices.items() if o.means and len(title) == 1}
        self.office_ends = frozenset(title[-1].rpartition("-")[2] for title in self.offices)
        self.agents = {tuple(a.noun.lower().split()): a for a in rows("agents.tsv", Agent)}
        self.agent_ends = frozenset(noun[-1].rpartition("-")[2] for noun in self.agents)
        self.names: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for name, entry in self._named():
            key = atoms(name)
            if key:
                self.names.setdefault(key[0], []).append((key, entry))
        for found in self.names.values():  # longest first; a stable sort keeps the order of precedence
            found.sort(key=lambda pair: -len(pair[0]))

    def _extend(self, path: Source) -> None:
        """Put a user's actors before the shipped ones, or in place of the bodies when he says `# replace`."""
        text = text_of(path)
        own = parse(text, Own, where=str(path))
        if text.startswith("# replace"):
            self.organizations, self.groups = [], []
        bodies = {"organization": self.organizations, "group": self.groups}
        for row in reversed(own):
            if row.kind == "state":
                state = Country(
                    iso3=row.country or row.name,
                    name=row.name,
                    aliases=row.aliases,
                    demonyms=row.demonyms,
                    capital=row.capital,
                )
                self.countries = {state.iso3: state, **{k: c for k, c in self.countries.items() if k != state.iso3}}
            else:
                body = Body(name=row.name, aliases=row.aliases, sector=row.sector, country=row.country)
                bodies[row.kind].insert(0, body)

    def _named(self) -> Iterator[tuple[str, Entry]]:
        for kind, bodies in (("organization", self.organizations), ("group", self.groups)):
            for body in bodies:
                entry = Entry(kind, body.name, body.sector or None, body.country or None, "name")  # type: ignore[arg-type]
                for name in (body.name, *_listed(body.aliases)):
                    yield name, entry
                    if name.isupper() and name.isalpha() and len(name) > 3:
                        yield name.capitalize(), entry  # "Opec", "Nato"
        for c in self.countries.values():
            for use, names in (
                ("name", (c.name, *_listed(c.aliases))),
                ("metonym", _listed(c.seats)),
                ("capital", _listed(c.capital)),
                ("demonym", _listed(c.demonyms)),
                (
                    "people",
                    tuple(d + "s" for d in _listed(c.demonyms) if not d.endswith(("s", "ch", "ese", ".", "sh"))),
                ),
            ):
                entry = Entry("state", c.name, "GOV", c.iso3, use)  # type: ignore[arg-type]
                yield from ((name, entry) for name in names)

    def match(self, pieces: list[str], at: int) -> tuple[int, Entry] | None:
        """The longest name that begins with piece `at`: how many pieces it takes, and what it stands for."""
        for key, entry in self.names.get(pieces[at], ()):
            if tuple(pieces[at : at + len(key)]) == key:
                return len(key), entry
        return None


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
