"""The brief in Markdown."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier
from dragoman.tell.markdown import markdown


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """The brief, with every event when `everything`."""
    return markdown(dossier, everything=everything).encode()
