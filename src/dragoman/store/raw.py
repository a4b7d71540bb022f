"""Raw inputs, kept as they came beside the dossier: `crisis.db.raw/4f/4f1a…`, named by their SHA-256.

`index.log` there has a line of JSON for each (with that ending it is never read as reports): its digest, the name that
reports and rejects know it by, where it was found, what its server said it is, and when it was kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

import msgspec
from msgspec import Struct

from dragoman.collect.inputs import File, Input, Page

BLOCK = 1 << 20


class Entry(Struct, frozen=True, kw_only=True):
    """A line of the index."""

    sha256: str
    name: str
    found: str  # path or address
    kind: str = ""
    charset: str | None = None
    kept: str = ""  # ISO time, UTC


class Raw:
    """The folder of raw inputs of the dossier at `path`."""

    def __init__(self, path: Path) -> None:
        self.folder = path.with_name(f"{path.name}.raw")
        self._known = {(entry.sha256, entry.found) for entry in self.entries()}

    def keep(self, given: Input) -> None:
        """Keep what is to be opened, once for each content; what cannot be opened is kept by nobody."""
        try:
            if isinstance(given, Page):
                if given.fetched is None or given.fetched.body is None:
                    return
                digest = self._put(BytesIO(given.fetched.body))
                entry = Entry(sha256=digest, name=given.name, found=given.fetched.url, kind=given.fetched.kind,
                              charset=given.fetched.charset)  # fmt: skip
            else:
                with BytesIO(given.data) if given.data is not None else given.where.open("rb") as stream:
                    digest = self._put(stream)
                entry = Entry(sha256=digest, name=given.name, found=_where(given))
        except FileNotFoundError:
            return
        if (entry.sha256, entry.found) not in self._known:
            self._known.add((entry.sha256, entry.found))
            entry = msgspec.structs.replace(entry, kept=datetime.now(UTC).isoformat(timespec="seconds"))
            with (self.folder / "index.log").open("ab") as index:
                index.write(msgspec.json.encode(entry) + b"\n")

    def entries(self) -> Iterator[Entry]:
        """The lines of the index; one that a kill cut off is left out."""
        index = self.folder / "index.log"
        for line in index.read_bytes().splitlines() if index.exists() else ():
            try:
                yield msgspec.json.decode(line, type=Entry)
            except msgspec.DecodeError:
                continue

    def damaged(self) -> Iterator[Path]:
        """The files that are not what their names say."""
        for path in sorted(self.folder.glob("??/*")):
            with path.open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != path.name:
                    yield path

    def _put(self, stream: BinaryIO) -> str:
        """Write a content under its digest: first under another name, so that a kill leaves no half of it."""
        self.folder.mkdir(exist_ok=True)
        whole = hashlib.sha256()
        with NamedTemporaryFile(dir=self.folder, prefix="part-", delete=False) as part:
            while block := stream.read(BLOCK):
                whole.update(block)
                part.write(block)
            part.flush()
            os.fsync(part.fileno())
        place = self.folder / whole.hexdigest()[:2] / whole.hexdigest()
        place.parent.mkdir(exist_ok=True)
        Path(part.name).replace(place)
        return whole.hexdigest()


def _where(file: File) -> str:
    return "-" if file.path == b"-" else os.path.abspath(file.path).decode("utf-8", "replace")
