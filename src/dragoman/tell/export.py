"""The dossier as JSON: the object that `docs/dossier.md` describes."""

from __future__ import annotations

import msgspec

from dragoman.records import Dossier

_encode = msgspec.json.Encoder(order="deterministic").encode


def to_json(dossier: Dossier) -> bytes:
    """The dossier as one JSON object, indented, with a line end; the same dossier gives the same bytes."""
    return msgspec.json.format(_encode(dossier), indent=1) + b"\n"
