"""The tables of a dossier.

`reports` and `readings` have one row a report; the records stand in `data` as msgspec writes them (JSON for reports,
so that any SQLite browser shows the text; MessagePack for readings). `rejects` is what collecting set aside;
`corrections` what persons decided, those that were undone too; `knowledge` the tables of the user's own that were read
with; `assembled` the dossier as it was assembled last, gone with the next change of anything else; `derived` what
reconciling found, row by row, `postings` under what it is found, `stale` the reports that it has not seen yet; `feeds`
and `pages` how far a watch has come; `refused` what can be tried again; `claims` has the words of every claim as they
are searched for, with an index of them (in a file `claim_words`).
"""

from __future__ import annotations

from sqlalchemy import DDL, BigInteger, Column, ForeignKey, Integer, LargeBinary, MetaData, Table, event
from sqlalchemy import String as Plain
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

APPLICATION = 0x44524147  # "DRAG", in the header of a file
SCHEMA = 4  # raised when an older Dragoman could not read the file any more


class String(TypeDecorator[str]):
    """Text, sorted by code point whatever language a server sorts by, and without NUL, which no server keeps."""

    impl = Plain
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:  # a variant would import what PostgreSQL needs
        return dialect.type_descriptor(Plain(collation="C") if dialect.name == "postgresql" else Plain())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value if value is None else value.replace("\0", "\ufffd")


metadata = MetaData()

reports = Table(
    "reports",
    metadata,
    Column("id", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("published", String),
    Column("data", LargeBinary, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("report", String, ForeignKey("reports.id"), primary_key=True),
    Column("version", String, nullable=False),
    Column("model", String, nullable=False),
    Column("ontology", String, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

rejects = Table(
    "rejects",
    metadata,
    Column("report", String, primary_key=True),
    Column("stage", String, primary_key=True),
    Column("reason", String, primary_key=True),
    Column("start", String, primary_key=True, default=""),
    Column("data", LargeBinary, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", String, primary_key=True),
    Column("made", String, nullable=False),
    Column("undone", String),  # ISO time; null while it is in force
    Column("undone_by", String),
    Column("data", LargeBinary, nullable=False),
)

knowledge = Table(
    "knowledge",
    metadata,
    Column("name", String, primary_key=True),  # ontology, actors, places
    Column("origin", String, nullable=False),
    Column("text", String, nullable=False),
)

assembled = Table(
    "assembled",
    metadata,
    Column("key", String, primary_key=True),  # the code and knowledge that assembled it
    Column("data", LargeBinary, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", String, primary_key=True),
    Column("etag", String),
    Column("modified", String),
    Column("due", String, nullable=False),  # ISO time, UTC: not asked before
    Column("failures", Integer, nullable=False, default=0),  # in a row
)

pages = Table(
    "pages",
    metadata,
    Column("url", String, primary_key=True),
    Column("due", String),  # ISO time, UTC; null when it is done with
    Column("tries", Integer, nullable=False, default=0),
    Column("data", LargeBinary, nullable=False),  # what the feed said of it, as MessagePack
)

refused = Table(
    "refused",
    metadata,
    Column("input", String, primary_key=True),  # path or address of what something was refused of
    Column("data", LargeBinary, nullable=False),  # how it was to be opened, as MessagePack
)

derived = Table(
    "derived",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("data", LargeBinary, nullable=False),  # as MessagePack; SQLite keeps rows so long best by rowid
)

postings = Table(
    "postings",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),  # of a kind of rows and a key of theirs
    Column("id", String, primary_key=True),
    sqlite_with_rowid=False,
)

stale = Table("stale", metadata, Column("report", String, primary_key=True))

claims = Table(
    "claims",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("report", String, nullable=False, index=True),
    Column("claim", String, nullable=False),
    Column("words", String, nullable=False),
)
# an Index of its own kind would import what PostgreSQL needs
_by_words = DDL(  # type: ignore[no-untyped-call]
    "CREATE INDEX claims_by_words ON %(fullname)s USING gin (to_tsvector('simple'::regconfig, words))"
)
event.listen(claims, "after_create", _by_words.execute_if(dialect="postgresql"))
