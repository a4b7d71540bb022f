"""The title of a report: its first line, when that looks like one."""

from __future__ import annotations

import re

LONGEST, LONGEST_SENTENCE = 30, 20  # words
CUT = re.compile(r"[,;:–—-]\Z")
STOP = re.compile(r"[.…][\"'”’)]*\Z")


def title_of(body: str) -> str | None:
    """The title of a text without what is passed over, or None.

    A title is a short first line that more follows; one with a full stop stands apart from a longer line below it.

    >>> title_of("King flees capital\\nThe king fled the capital on Friday.")
    'King flees capital'
    """
    lines = [line.strip() for line in body.splitlines()]
    full = [n for n, line in enumerate(lines) if line]
    if len(full) < 2:
        return None
    first, second = (lines[n] for n in full[:2])
    words = len(first.split())
    if words > LONGEST or CUT.search(first) or second[0].islower():  # lines broken within paragraphs
        return None
    if STOP.search(first) and (full[1] == full[0] + 1 or words > LONGEST_SENTENCE or len(second) <= len(first)):
        return None
    return first
