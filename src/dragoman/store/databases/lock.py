"""One writer at a time: SQLite up to 3.51.2 can damage a WAL that two writers reset at once."""

from __future__ import annotations

import os
from pathlib import Path

from dragoman.store.errors import BusyDossier

try:
    import fcntl
except ImportError:  # not on this system: SQLite's own locks must do
    fcntl = None  # type: ignore[assignment]


class WriteLock:
    """Holds a dossier for writing until it is released or the process ends.

    The file must be closed after SQLite's last connection: closing any descriptor of a file drops the process's
    POSIX locks on it, which are SQLite's.
    """

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR)
        try:
            if fcntl is not None:
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._fd)
            raise BusyDossier(
                f"another command is writing to {path}; wait until it is done, or read into another file"
            ) from None

    def release(self) -> None:
        os.close(self._fd)
