"""What code made something: a digest of rooms of this package, so that a change of a rule is seen."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def code_digest(*rooms: str) -> str:
    """Eight hex digits over the modules of these rooms.

    >>> code_digest("read") == code_digest("read"), code_digest("read") == code_digest("tell")
    (True, False)
    """
    whole = hashlib.sha256()
    for room in rooms:
        for item in sorted(_modules(files("dragoman") / room), key=str):
            whole.update(item.read_bytes())
    return whole.hexdigest()[:8]


def _modules(room: Traversable) -> list[Traversable]:
    if room.is_file():
        return [room]
    found = []
    for item in room.iterdir():
        if item.is_dir():
            found += _modules(item)
        elif item.name.endswith(".py"):
            found.append(item)
    return found
