"""Spans of time as people write them: 90s, 30m, 2h, 1d."""

from __future__ import annotations

import re
from datetime import timedelta

import click

SPAN = re.compile(r"(\d{1,6})([smhd])\Z")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def span_of(value: str) -> timedelta:
    """The span of time written so. Raises BadParameter.

    >>> span_of("36h")
    datetime.timedelta(days=1, seconds=43200)
    """
    found = SPAN.match(value)
    if found is None or int(found[1]) == 0:
        raise click.BadParameter(f"{value!r} is no span of time; write for example 30m, 2h or 1d")
    return timedelta(**{UNITS[found[2]]: int(found[1])})
