"""The dossier as JSON."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier
from dragoman.tell.export import to_json


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """The whole dossier as one JSON object."""
    return to_json(dossier)
