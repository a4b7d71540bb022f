"""What a PostgreSQL server refuses or breaks off, in words that name the next step and hold no password."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import ExceptionContext

from dragoman.store.errors import BusyDossier, ClosedDossier, DossierError, FullDossier, NotADossier, UnreachableDossier
from dragoman.store.places import Server

NEXT = (  # words of a server that lets nobody in, and the next step
    ("password", "put the right one into ~/.pgpass or the variable PGPASSWORD"),
    ("database", "make it with: createdb {where} {dbname}, or name another"),
    ("role", "name a user of the server: postgresql://USER@…; one is made with: createuser {where} USER"),
    ("pg_hba.conf", "ask who keeps the server to let you in"),
    ("SSL", "see which sslmode the server wants: ?sslmode=require, or disable"),
)
AWAY = (  # words of one that may later
    ("too many", "wait until others are done"),
    ("", "is the server up, and are host and port right? ask with: pg_isready {where}"),
)


def understood(server: Server) -> dict[str, Any]:
    """The parts of a server's address, as psycopg takes them. Raises ClosedDossier."""
    try:
        from psycopg import Error
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as err:
        raise ClosedDossier(
            f"a dossier on a server needs a package that is not here ({err.name or 'libpq'}):"
            " pip install 'dragoman[postgres]'"
        ) from None
    try:
        return conninfo_to_dict(server.conninfo)
    except Error:  # its words may repeat what is in the address
        raise ClosedDossier(
            f"the address {server} has a parameter that PostgreSQL does not know, or a sign that is not written as %XX;"
            " see PostgreSQL's documents for: connection URIs"
        ) from None


def unreachable(server: Server, error: Exception) -> UnreachableDossier:
    """Why no connection could be made."""
    words = _words(error)
    given = understood(server)
    where = " ".join(f"-{flag} {given[key]}" for flag, key in (("h", "host"), ("p", "port")) if given.get(key))
    kind, step = next(
        (kind, step) for kind, steps in ((ClosedDossier, NEXT), (UnreachableDossier, AWAY)) for mark, step in steps
        if mark in words
    )  # fmt: skip
    step = step.format(where=where, dbname=given.get("dbname", "NAME")).replace("  ", " ")
    return kind(f"{server} cannot be reached: {words}; {step}")


def refusal(server: Server, context: ExceptionContext) -> DossierError | None:
    """What went wrong with a statement; None for what is wrong with the program."""
    error = context.original_exception
    code, words = getattr(error, "sqlstate", None) or "", _words(error)
    if context.is_disconnect or code.startswith(("08", "57P")):
        return UnreachableDossier(
            f"{server} went away in the middle of it: {words}; what was kept before is there, and when the server"
            " answers again the same command goes on from there"
        )
    if code == "42501":
        return DossierError(
            f"{server} does not let this user do that: {words}; ask its owner to GRANT it, see docs/commands.md"
        )
    if code == "25006":
        return DossierError(f"{server} may only be read: {words}; name the server that this one follows")
    if code.startswith("XX"):
        return NotADossier(f"{server} is damaged: {words}; restore the database from a copy")
    if code in ("40001", "40P01", "55P03"):
        return BusyDossier(f"another program is changing {server}: {words}; give the same command again")
    if code == "53100":
        return FullDossier(
            f"the disk of {server} is full: {words}; make room there and give the same command again, it goes on from"
            " what was kept"
        )
    if code.startswith(("53", "57", "58")):
        return DossierError(f"{server} cannot be used: {words}; see that the server has room, and try again")
    return None


def _words(error: BaseException) -> str:
    """What a server said, in one line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    said = next((line for line in lines if "FATAL:" in line), lines[0])
    return " ".join(said.rpartition("FATAL:")[2].removeprefix("connection failed:").split())
