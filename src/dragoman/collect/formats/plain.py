"""Plain text: the file is the report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from dragoman.collect.decode import decode
from dragoman.collect.formats import whole
from dragoman.collect.found import Found

if TYPE_CHECKING:
    from dragoman.collect.formats import Asked


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found]:
    """The one report of a text file. Raises BadInput when it is no text."""
    decoded = decode(whole(stream, asked.limit))
    yield Found(origin=asked.name, text=decoded.text, loss=decoded.loss)
