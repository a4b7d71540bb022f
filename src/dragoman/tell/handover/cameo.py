"""The events as a CAMEO table, laid out as GDELT 2.0's."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier
from dragoman.tell.tables import table


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """A row an event; also what did not happen, is feared or lies ahead when `everything`."""
    return table(dossier, knowledge, form="cameo", everything=everything).encode()
