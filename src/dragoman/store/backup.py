"""A copy of a dossier while others read and write it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from dragoman.store.errors import DossierError
from dragoman.store.store import Store


def backup(path: Path, target: Path) -> None:
    """Copy the dossier at `path` as it stands at one moment; the copy is there whole or not at all.

    Raises DossierError when there is none, or when the copy cannot be made.
    """
    if target.exists():
        raise DossierError(f"{target} is there already; name another file, or move it away")
    Store.open(path).close()  # no dossier is said to be none
    part = target.with_name(f"{target.name}.part")
    try:
        with closing(sqlite3.connect(path, timeout=10)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy, pages=1000, sleep=0.01)
        part.rename(target)
    except (OSError, sqlite3.Error) as err:
        part.unlink(missing_ok=True)
        raise DossierError(f"{target} cannot be written ({err}); is there room, and may you write there?") from None
