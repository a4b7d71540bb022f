"""Who said what, found by words: FTS5 in a file, `tsvector` on a server, over the same forms of the same words."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import delete, insert, select, text
from sqlalchemy.engine import Connection

from dragoman.knowledge.sought import Term, forms
from dragoman.records import Reading, Report
from dragoman.store import rows, tables
from dragoman.store.errors import NewerDossier

IN_FILE = text("SELECT claim FROM claims WHERE n IN (SELECT rowid FROM claim_words WHERE claim_words MATCH :asked)")
ON_SERVER = text(
    "SELECT claim FROM claims WHERE to_tsvector('simple'::regconfig, words) @@ to_tsquery('simple'::regconfig, :asked)"
)


def note(connection: Connection, report: Report, reading: Reading) -> None:
    """Let the claims of a report be found by their words and those for their source, and no longer by former ones."""
    connection.execute(delete(tables.claims).where(tables.claims.c.report == report.id))
    found = [
        {"report": report.id, "claim": c.id, "words": " ".join(forms(f"{c.source} {c.content.of(report.text)}"))}
        for c in reading.claims
    ]
    if found:
        connection.execute(insert(tables.claims), found)


def note_all(connection: Connection) -> None:
    """The same for every report of an older dossier; a reading that cannot be used any more is left to be made anew."""
    r = tables.readings.c
    for ident in connection.execute(select(r.report).order_by(r.report)).scalars().all():
        data = connection.execute(select(r.data).where(r.report == ident)).scalar_one()
        report = rows.report_at(connection, ident)
        with suppress(NewerDossier):
            if report is not None:
                note(connection, report, rows.decode_reading(data))


def found(connection: Connection, term: Term) -> frozenset[str]:
    """The ids of the claims in which a term stands."""
    if connection.dialect.name == "postgresql":
        statement, asked = ON_SERVER, " <-> ".join(term.forms) + ("" if term.whole else ":*")
    else:
        statement, asked = IN_FILE, '"' + " ".join(term.forms) + ('"' if term.whole else '" *')
    return frozenset(connection.execute(statement, {"asked": asked}).scalars())
