"""The title of a report: its first line, when that looks like one."""

from __future__ import annotations

import re

LONGEST = 30  # words
ENDS = re.compile(r"[.!?…:;,][\"'”’)]*\Z")


def title_of(kept: list[str], whole: list[str]) -> str | None:
    """The title of a text, or None; `kept` are its lines without what is passed over, `whole` all of them.

    A title is a short first line that more lines follow; one that ends like a sentence must stand twice.

    >>> title_of(["King flees capital", "The king fled the capital on Friday."], [])
    'King flees capital'
    """
    if len(kept) < 2 or len(kept[0].split()) > LONGEST:
        return None
    first, second = kept[:2]
    if second[0].islower():  # lines are broken within paragraphs
        return None
    if first.endswith(("?", "!")) or not ENDS.search(first) or whole.count(first) > 1:
        return first
    return None
