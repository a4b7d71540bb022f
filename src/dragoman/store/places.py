"""Where a dossier is kept: in a file, or in a schema of a database on a PostgreSQL server."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from msgspec import Struct

from dragoman.store.errors import NotADossier

SCHEMES = ("postgresql", "postgres")
SCHEMA = "dragoman"  # where the tables are kept unless the address names another schema
HOSTS = re.compile(r"(?:[\w.-]*|\[[0-9a-fA-F:.]+\])(?::\d*)?(?:,(?:[\w.-]*|\[[0-9a-fA-F:.]+\])(?::\d*)?)*\Z")
NAME = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,49}\Z")
SECRET = re.compile(r"password|secret|passphrase")


class Server(Struct, frozen=True, repr_omit_defaults=True):
    """A dossier on a PostgreSQL server; what is printed of it holds no password.

    >>> Server.at("postgresql://ada:secret@db.example/crises?schema=oravia")
    postgresql://ada:***@db.example/crises?schema=oravia
    """

    address: str  # as it was given, password and all
    conninfo: str  # the same for libpq, which knows no schema
    shown: str
    schema: str
    name: str  # in the titles of pages

    @classmethod
    def at(cls, address: str) -> Server:
        """The server at an address. Raises NotADossier, whose message never repeats what may be a password."""
        try:
            parts = urlsplit(address)
            query = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        except ValueError:
            raise _misread() from None
        user, _, hosts = parts.netloc.rpartition("@")
        database = parts.path.removeprefix("/")
        if "@" in f"{user}{database}{parts.query}" or "/" in database or parts.fragment or not HOSTS.match(hosts):
            raise _misread()
        schema = dict(query).get("schema", SCHEMA)
        if not NAME.match(schema):
            raise NotADossier(
                f"{schema!r} cannot name a schema; take small letters, digits and _ (not pg_ in front),"
                " for example ?schema=oravia"
            )
        name, colon, _ = user.partition(":")
        shown = [(key, "***" if SECRET.search(key) else value) for key, value in query]
        rest = [(key, value) for key, value in query if key != "schema"]
        return cls(
            address=address,
            conninfo=_url(parts.netloc, parts.path, rest),
            shown=_url(f"{name}{colon and ':***'}@{hosts}" if user else hosts, parts.path, shown),
            schema=schema,
            name=schema if schema != SCHEMA else unquote(database) or "dossier",
        )

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return self.shown


Place = Path | Server


def place_of(text: str) -> Place:
    """The place that a person names: an address of a server, else a file. Raises NotADossier.

    >>> place_of("kept/crisis.db").name, place_of("postgresql:///crises").name
    ('crisis.db', 'crises')
    """
    scheme, mark, _ = text.partition("://")
    if not mark:
        return Path(text)
    if scheme not in SCHEMES:
        raise NotADossier(f"no dossier can be kept at {scheme}://…; name a file, or postgresql://user@host/database")
    return Server.at(text)


def _url(netloc: str, path: str, query: list[tuple[str, str]]) -> str:
    return f"postgresql://{netloc}{path}" + (f"?{urlencode(query, safe='*/')}" if query else "")


def _misread() -> NotADossier:
    return NotADossier(
        "the address of the server cannot be understood; write postgresql://user@host:port/database, and in a password"
        " %40 for @, %2F for /, %23 for #, %3A for : (better: leave it out and keep it in ~/.pgpass)"
    )
