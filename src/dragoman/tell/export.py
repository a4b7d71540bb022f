"""The dossier as JSON: the object that `docs/dossier.md` describes."""

from __future__ import annotations

import msgspec

from dragoman.records import Dossier

_encode = msgspec.json.Encoder(order="deterministic").encode


def to_json(dossier: Dossier) -> bytes:
    """The dossier as one JSON object, indented, with a line end; the same dossier gives the same bytes."""
    return encoded(dossier)


def encoded(record: msgspec.Struct) -> bytes:
    """Any record as indented JSON with a line end."""
    return msgspec.json.format(_encode(record), indent=1) + b"\n"
