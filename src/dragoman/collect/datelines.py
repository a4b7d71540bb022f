"""The day that a report's own text gives: a dateline ("GENEVA, 3 March 2021 —") or a line "Published 3 March 2021"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from msgspec import Struct

from dragoman.knowledge import Knowledge

HEAD_LINES = 12  # the story's first line may come after a title, an author and a picture's caption
PLACE = re.compile(r"[ \t]*[A-Z][\w.'’-]*(?:[ ,/]+(?:[A-Z(]|de|la|el)[\w.'’()-]*){0,5}[,.]?[ \t]+(?:\(|[-–—][ \t]+)?")
AFTER_PLACE = re.compile(r"\)?[ \t,]*(?:\([^)\n]{1,40}\)|/[^/\n]{1,30}/|[A-Z][\w. ]{1,25})?[ \t]*(?:[-–—_:]|$)")
ALONE = re.compile(r"[ \t]*(?:T\d\d:\S*|(?:at[ \t]+|[-–—|,][ \t]*)?\d\d?[:.]\d\d.{0,20}|[-–—|].{0,60})?$")
BLANK = re.compile(r"[ \t]*")


class _Forms(Struct, frozen=True):
    label: re.Pattern[str]
    days: tuple[re.Pattern[str], ...]
    months: dict[str, int]


@cache
def _forms() -> _Forms:
    words = Knowledge().times
    month, weekday = words.fragments["month"], f"(?:{words.fragments['weekday']},?[ ])?"
    labels = "|".join(sorted(map(re.escape, words.tables["published"]["words"]), key=len, reverse=True))
    year = r"(?P<year>\d{4})"
    return _Forms(
        re.compile(
            rf"(?i)[ \t]*(?:{labels})(?:[ ]on|[ ]at)?[ \t]*:?[ \t]*(?:\d\d?[:.]\d\d[ap. m]*[^\d\n]{{0,10}})?[ ]?"
        ),
        (
            re.compile(rf"{weekday}{month}[ ](?P<day>\d\d?)(?:st|nd|rd|th)?\b(?:,?[ ]{year}\b)?"),
            re.compile(rf"{weekday}(?P<day>\d\d?)(?:st|nd|rd|th)?[ ](?:of[ ])?{month}(?:,?[ ]{year}\b)?"),
            re.compile(rf"{year}-(?P<number>\d\d)-(?P<day>\d\d)(?=\b|T)"),
        ),
        words.months,
    )


def dateline(text: str, *, reference: str | None = None) -> str | None:
    """The ISO date that a dateline or a publication line at the head of `text` gives, else None.

    A date without a year counts only where `reference`, an ISO date near it, can lend the year.

    >>> dateline("GENEVA, 3 March 2021 (Wire) — Envoys met.")
    '2021-03-03'
    >>> dateline("Envoys met in Geneva on 3 March 2021.")
    """
    lines = [line for line in text.splitlines() if line.strip()][:HEAD_LINES]
    for opening, closing in ((PLACE, AFTER_PLACE), (_forms().label, BLANK), (BLANK, ALONE)):
        for line in lines:
            for form in _forms().days:
                for found in form.finditer(line[:200]):
                    if opening.fullmatch(line, 0, found.start()) and closing.match(line, found.end()):
                        return _iso(found, reference)
    return None


def _iso(found: re.Match[str], reference: str | None) -> str | None:
    named = found.groupdict()
    year, day = named.get("year"), int(named["day"])
    month = int(named["number"]) if named.get("number") else _forms().months[named["month"].lower().rstrip(".")]
    near = date.fromisoformat(reference) if reference else None
    years = [int(year)] if year else [near.year + n for n in (-1, 0, 1)] if near else []
    days = []
    for number in years:
        try:
            days.append(date(number, month, day))
        except ValueError:
            continue
    if not days:
        return None
    return min(days, key=lambda d: abs((d - near).days) if near else 0).isoformat()
