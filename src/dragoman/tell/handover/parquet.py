"""Parquet: a row a mention, typed, with its sentence."""

from __future__ import annotations

import datetime as dt
import io

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier
from dragoman.tell.handover.flat import mentions

COLUMNS = {
    **dict.fromkeys(("mention", "event"), "string"),
    "independent": "int32",
    **dict.fromkeys(("report", "outlet"), "string"),
    "published": "date32",
    **dict.fromkeys(("type", "mode", "cameo"), "string"),
    **dict.fromkeys(("actor", "recipient", "actor_text", "recipient_text"), "list"),
    **dict.fromkeys(("start", "end"), "date32"),
    **dict.fromkeys(("place", "country"), "string"),
    **dict.fromkeys(("lat", "lon"), "double"),
    "auxiliary": "list",
    **dict.fromkeys(("certainty", "said_by"), "string"),
    "confidence": "double",
    **dict.fromkeys(("mark", "sentence"), "string"),
}


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """All mentions; a day is a date, several actors are a list, codes are strings."""
    import pyarrow
    from pyarrow.parquet import write_table

    rows = [
        {name: dt.date.fromisoformat(str(value)) if value and COLUMNS[name] == "date32" else value
         for name, value in row.items()}
        for row in mentions(dossier)
    ]  # fmt: skip
    kinds = {"list": pyarrow.list_(pyarrow.string())}
    schema = pyarrow.schema([(n, kinds.get(kind) or pyarrow.type_for_alias(kind)) for n, kind in COLUMNS.items()])
    out = io.BytesIO()
    write_table(pyarrow.Table.from_pylist(rows, schema=schema), out)
    return out.getvalue()
