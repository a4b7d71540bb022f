"""The dossier on disk: one SQLite file that holds the reports, what each says, and what was set aside.

Readings are the truth; the dossier is made from them whenever it is asked for, so that it can never disagree with them.

    DossierError            anything that keeps a dossier from being opened or written
    ├── NotADossier         the file is missing, broken, or something else
    ├── NewerDossier        a later Dragoman made it, or what it holds
    └── BusyDossier         another command is writing to it
"""

from __future__ import annotations

from dragoman.store.assemble import assemble, knowledge_in
from dragoman.store.errors import BusyDossier, DossierError, NewerDossier, NotADossier
from dragoman.store.ingest import Outcome, Reads, Taken, ingest, ontology_of, reread, version_of, wanted
from dragoman.store.rounds import Round, Takes, watch_round
from dragoman.store.store import Store, Undone
from dragoman.store.watched import Watched

__all__ = [
    "BusyDossier",
    "DossierError",
    "NewerDossier",
    "NotADossier",
    "Outcome",
    "Reads",
    "Round",
    "Store",
    "Taken",
    "Takes",
    "Undone",
    "Watched",
    "assemble",
    "ingest",
    "knowledge_in",
    "ontology_of",
    "reread",
    "version_of",
    "wanted",
    "watch_round",
]
