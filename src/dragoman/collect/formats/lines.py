"""JSON lines, an object for each report; a JSON file with one array of them is taken too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from dragoman.collect.errors import BadInput
from dragoman.collect.formats import whole
from dragoman.collect.formats.columns import fitted, row_of
from dragoman.collect.found import Found, Unusable

if TYPE_CHECKING:
    from dragoman.collect.formats import Asked


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found | Unusable]:
    """The objects of a file. Raises BadInput when the file is no JSON at all or lacks a column for the text."""
    fields: dict[str, str] | None = None
    for number, row in enumerate(_objects(stream, asked), asked.first):
        if isinstance(row, Unusable):
            yield row
        else:
            fields = fields or fitted(asked.columns, row)
            yield row_of(row, fields, table=asked.name, number=number, spoilt=asked.spoilt)
    if fields is None:
        raise BadInput('there is no JSON object in it; a line must look like {"text": "…", "date": "2019-01-25"}')


def _objects(stream: BinaryIO, asked: Asked) -> Iterator[dict[str, Any] | Unusable]:
    start = stream.read(64).lstrip()
    stream.seek(0)
    if start.startswith(b"["):
        yield from _array(whole(stream, asked.limit))
        return
    number = asked.first - 1
    while line := stream.readline(asked.limit + 1):
        number += bool(line.strip())
        if len(line) > asked.limit:
            yield Unusable(f"{asked.name}#{number}", f"the line is longer than {asked.limit / 1e6:g} MB")
            while line and not line.endswith(b"\n"):
                line = stream.readline(asked.limit + 1)
        elif line.strip():
            yield _object(line, f"{asked.name}#{number}")


def _array(data: bytes) -> list[dict[str, Any]]:
    try:
        return msgspec.json.decode(data, type=list[dict[str, Any]])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as err:
        raise BadInput(f"it is no array of JSON objects ({err}); write one object a line instead") from None


def _object(line: bytes, origin: str) -> dict[str, Any] | Unusable:
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as err:
        return Unusable(origin, f"the line is no JSON object ({err})")
