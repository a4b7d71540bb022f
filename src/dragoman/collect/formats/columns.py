"""Which column of a table holds what: as the user names them, else by the names that tables usually have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from dragoman.collect.dates import Published, iso_day, mail_day
from dragoman.collect.errors import BadInput
from dragoman.collect.formats.markup import text_of
from dragoman.collect.found import Found, Unusable
from dragoman.knowledge.tables import rows


class Columns(Struct, frozen=True, kw_only=True):
    """The names of a table's columns; None is looked for among the usual names (`columns.tsv`)."""

    text: str | None = None
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    id: str | None = None


class _Row(Struct, frozen=True):
    field: str
    names: str


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    return {row.field: tuple(row.names.split()) for row in rows("columns.tsv", _Row)}


def fitted(columns: Columns, header: Iterable[str]) -> dict[str, str]:
    """Field → column of a table with this header.

    Raises BadInput when a named column is not there, or none that can be the text.

    >>> fitted(Columns(), ["id", "date", "event_text"])
    {'text': 'event_text', 'published': 'date', 'id': 'id'}
    """
    there = [str(name) for name in header]
    plain = {name.strip().lower(): name for name in reversed(there)}
    found: dict[str, str] = {}
    for field in Columns.__struct_fields__:
        named = getattr(columns, field)
        if named is not None and named not in there:
            raise BadInput(f"there is no column {named!r}; there are: {', '.join(there[:20])}")
        usual = next(
            (plain[name] for name in _usual()[field] if name in plain and plain[name] not in found.values()), None
        )
        if column := named or usual:
            found[field] = column
    if "text" not in found:
        raise BadInput(
            f"none of its columns is known to hold the text: {', '.join(there[:20])}; name it with --text-column"
        )
    return found


def row_of(
    row: Mapping[str, Any], fields: Mapping[str, str], *, table: str, number: int, spoilt: Mapping[int, str]
) -> Found | Unusable:
    """A row of a table as a report; `number` counts from 1 and stands for rows without an id."""
    value = {
        field: str(row.get(column) if row.get(column) is not None else "").strip() for field, column in fields.items()
    }
    origin = f"{table}#{value.get('id') or number}"
    if number - 1 in spoilt:
        return Unusable(origin, spoilt[number - 1])
    if not value["text"]:
        return Unusable(origin, f"there is nothing in column {fields['text']!r}")
    given = value.get("published", "")
    day = day_of(given)
    return Found(
        origin=origin,
        text=text_of(value["text"]) if "</" in value["text"] else value["text"],
        title=value.get("title") or None,
        outlet=value.get("outlet") or None,
        author=value.get("author") or None,
        url=value.get("url") or None,
        published=Published(day, "column") if day else None,
        modified=day_of(value.get("modified", "")),
        remark="" if day or not given else f"the date {given!r} is not YYYY-MM-DD and was not used",
    )


def day_of(given: str) -> str | None:
    """The ISO day of a date as tables have it: ISO, 20190125, or as in mail."""
    plain = given.removesuffix(".0")
    if len(plain) == 8 and plain.isdigit():
        return iso_day(f"{plain[:4]}-{plain[4:6]}-{plain[6:]}")
    return iso_day(given) or mail_day(given)
