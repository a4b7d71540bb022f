"""The tables of a dossier file.

`reports` and `readings` have one row a report; the records stand in `data` as msgspec writes them (JSON for reports,
so that any SQLite browser shows the text; MessagePack for readings). `rejects` is what collecting set aside.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, MetaData, String, Table

APPLICATION = 0x44524147  # "DRAG", in the header of the file
SCHEMA = 1  # raised when an older Dragoman could not read the file any more

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
