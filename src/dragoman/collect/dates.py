"""When a report was published, and which of several answers counts."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path

from msgspec import Struct

from dragoman.collect.decode import decode
from dragoman.collect.errors import BadInput

ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][\d:.,]+ ?(?:Z|[+-][\d:]+)?)?\Z")


class Published(Struct, frozen=True):
    """A publication date as an ISO day, where it was found, and the outlet if the same place names it."""

    day: str
    where: str
    outlet: str | None = None


def iso_day(text: str) -> str | None:
    """The ISO day of an ISO date or timestamp, or None.

    >>> iso_day("2019-01-25T08:30:00Z"), iso_day("25/01/2019")
    ('2019-01-25', None)
    """
    found = ISO.match(text.strip())
    try:
        return date.fromisoformat(found[1]).isoformat() if found else None
    except ValueError:
        return None


def mail_day(text: str) -> str | None:
    """The ISO day of a date as in mail and web headers (RFC 5322), or None.

    >>> mail_day("Fri, 25 Jan 2019 08:30:00 +0000")
    '2019-01-25'
    """
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def option_day(text: str) -> str:
    """The day of `--published`. Raises BadInput."""
    day = iso_day(text)
    if day is None:
        raise BadInput(f"{text!r} is no date; write the day as YYYY-MM-DD, for example --published 2019-01-25")
    return day


def dates_table(path: Path) -> dict[str, Published]:
    """The table of publication days: a header `file<TAB>published[<TAB>outlet]`, file names without folder.

    Raises BadInput with the line.
    """
    text = decode(path.read_bytes()).text
    lines = [(n, line.split("\t")) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    header = [cell.strip() for cell in lines[0][1]] if lines else []
    if header not in (["file", "published"], ["file", "published", "outlet"]):
        raise BadInput(f"{path}: the first line must be file<TAB>published[<TAB>outlet], with tabs between the names")
    found: dict[str, Published] = {}
    for number, cells in lines[1:]:
        name, day, outlet, *more = [*(cell.strip() for cell in cells), "", "", ""][: max(3, len(cells))]
        if more or not name or iso_day(day) is None:
            raise BadInput(f"{path}, line {number}: {day!r} is no date YYYY-MM-DD after a file name and a tab")
        if name in found and found[name].day != iso_day(day):
            raise BadInput(f"{path}, line {number}: {name} has two dates; keep one line for each file")
        found[Path(name).name] = Published(iso_day(day) or "", "table", outlet or None)
    return found
