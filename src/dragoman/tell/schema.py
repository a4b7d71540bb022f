"""The shape of the dossier as JSON Schema, made from the records themselves."""

from __future__ import annotations

import msgspec

from dragoman.records import Dossier


def json_schema() -> bytes:
    """JSON Schema (draft 2020-12) of the object that `to_json` writes.

    >>> b'"$ref": "#/$defs/Dossier"' in json_schema()
    True
    """
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Dossier)}
    return msgspec.json.format(msgspec.json.encode(whole, order="deterministic"), indent=2) + b"\n"
