"""The dossier as it is kept: the reports, what each says, and what was set aside.

One store over two databases: an SQLite file, or for a team a schema on a PostgreSQL server.

Readings are the truth; the dossier is made from them whenever it is asked for, so that it can never disagree with them.

    DossierError            anything that keeps a dossier from being opened, read or written
    ├── NotADossier         what is there is broken, or something else
    │   └── MissingDossier  nothing is there
    ├── NewerDossier        a later Dragoman made it, or what it holds
    ├── BusyDossier         another command is writing to it
    ├── FullDossier         there is no room left where it is kept
    └── UnreachableDossier  its server does not answer, or went away
        └── ClosedDossier   its server will not let us in
"""

from __future__ import annotations

from dragoman.store.assemble import assemble, knowledge_in
from dragoman.store.backup import backup
from dragoman.store.contents import Undone
from dragoman.store.databases import state_of
from dragoman.store.errors import (
    BusyDossier,
    ClosedDossier,
    DossierError,
    FullDossier,
    MissingDossier,
    NewerDossier,
    NotADossier,
    UnreachableDossier,
)
from dragoman.store.ingest import Outcome, Reads, Taken, ingest, ontology_of, reread, version_of, wanted
from dragoman.store.places import Place, Server, place_of
from dragoman.store.raw import Raw
from dragoman.store.refused import Refused
from dragoman.store.rounds import Round, Takes, watch_round
from dragoman.store.store import Store
from dragoman.store.watched import Watched

__all__ = [
    "BusyDossier",
    "ClosedDossier",
    "DossierError",
    "FullDossier",
    "MissingDossier",
    "NewerDossier",
    "NotADossier",
    "Outcome",
    "Place",
    "Raw",
    "Reads",
    "Refused",
    "Round",
    "Server",
    "Store",
    "Taken",
    "Takes",
    "Undone",
    "UnreachableDossier",
    "Watched",
    "assemble",
    "backup",
    "ingest",
    "knowledge_in",
    "ontology_of",
    "place_of",
    "reread",
    "state_of",
    "version_of",
    "wanted",
    "watch_round",
]
