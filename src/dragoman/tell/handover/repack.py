"""Office documents are ZIP files that carry the time of writing: without it, the same dossier gives the same bytes."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def repacked(document: bytes) -> bytes:
    """The same parts in the same order, all of one time.

    >>> out = io.BytesIO()
    >>> with ZipFile(out, "w") as archive:
    ...     archive.writestr("a", "b")
    >>> ZipFile(io.BytesIO(repacked(out.getvalue()))).infolist()[0].date_time
    (1980, 1, 1, 0, 0, 0)
    """
    out = io.BytesIO()
    with ZipFile(io.BytesIO(document)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), old.read(name), ZIP_DEFLATED)
    return out.getvalue()
