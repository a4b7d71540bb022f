"""The columns of the exports and the codes in them: POLECAT's, GDELT's, CAMEO's."""

from __future__ import annotations

from msgspec import Struct

from dragoman.knowledge.tables import rows


class Column(Struct, frozen=True):
    """A column of an export."""

    column: str
    meaning: str


class Cameo(Struct, frozen=True):
    """A CAMEO code."""

    code: str
    root: str
    goldstein: float | None = None
    plover: str = ""
    mode: str = ""
    context: str = ""


class Sector(Struct, frozen=True):
    """A sector in both code books."""

    plover: str
    cameo: str


class Codebooks:
    """The columns of each export in their order, and the codes.

    >>> len(Codebooks().columns["plover"]), len(Codebooks().columns["cameo"])
    (40, 61)
    """

    def __init__(self) -> None:
        self.columns = {"plover": rows("columns-plover.tsv", Column), "cameo": rows("columns-gdelt.tsv", Column)}
        self.cameo = {row.code: row for row in rows("cameo.tsv", Cameo)}
        self.sectors = {row.plover: row.cameo for row in rows("codes.tsv", Sector)}
