"""FollowTheMoney statements: every value of every entity on a row of its own, with where it comes from."""

from __future__ import annotations

import csv
import hashlib
import io

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier
from dragoman.tell.handover.followthemoney import entities

COLUMNS = ("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "lang", "original_value", "dataset",
           "origin", "external", "first_seen", "last_seen", "id")  # fmt: skip
KINDS = {
    **dict.fromkeys(("name", "alias"), "name"),
    **dict.fromkeys(("date", "startDate", "endDate", "publishedAt"), "date"),
    **dict.fromkeys(("involved", "organizer", "proof"), "entity"),
    "country": "country",
    "sourceUrl": "url",
    "language": "language",
    "contentHash": "checksum",
    "summary": "text",
    "location": "address",
}


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """The statements as CSV; `id` is theirs: a digest of dataset, entity, property and value."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for entity in sorted(entities(dossier, knowledge, everything=everything), key=lambda e: e.id):
        given = {"id": [entity.id]} | entity.properties
        for prop, values in given.items():
            for value in values:
                whole = f"dragoman.{entity.id}.{prop}.{value}"
                writer.writerow(
                    {
                        "canonical_id": entity.id,
                        "entity_id": entity.id,
                        "prop": prop,
                        "prop_type": "id" if prop == "id" else KINDS.get(prop, "string"),
                        "schema": entity.schema,
                        "value": value,
                        "dataset": "dragoman",
                        "external": "f",
                        "id": hashlib.sha1(whole.encode()).hexdigest(),
                    }
                )
    return out.getvalue().encode()
