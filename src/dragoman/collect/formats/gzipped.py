"""Packed files: what is inside is opened as if it lay there unpacked."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from msgspec.structs import replace

from dragoman.collect.errors import BadInput
from dragoman.collect.found import Found, Unusable

if TYPE_CHECKING:
    from dragoman.collect.formats import Asked

IN_MEMORY = 20_000_000  # bytes; the rest of a large table waits on disk
LARGEST = 20_000_000_000  # bytes unpacked
BLOCK = 1 << 20


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found | Unusable]:
    """The reports of a packed file. Raises BadInput when it unpacks to no end."""
    from dragoman.collect.formats import reports_in as reports_inside

    with gzip.open(stream) as packed:
        if packed.peek(5).startswith(b"WARC/"):
            from dragoman.collect.formats.warc import records

            stream.seek(0)
            yield from records(stream, asked)
            return
        with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
            size = 0
            while block := packed.read(BLOCK):
                size += file.write(block)
                if size > LARGEST:
                    raise BadInput(f"the packed file unpacks to more than {LARGEST / 1e9:g} GB; split it")
            file.seek(0)
            name = asked.name.removesuffix(".gz")
            yield from reports_inside(cast("BinaryIO", file), replace(asked, name=name))
