"""Words for a reader: text made safe to print, days, and who says so."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from dragoman.knowledge.actorwords import ActorWords, load_actor_words
from dragoman.records import Attribution, Due, Mention, Time

SECTIONS = {  # heading, what stands under it, and what is said where nothing does
    "agree": ("They agree", "told by several independent accounts, none against another",
              "No event is told alike by several accounts."),
    "differ": ("They differ", "told by several independent accounts, not all alike", "No two accounts differ."),
    "alone": ("Only one tells", "found in one account; copies of it do not count",
              "Nothing is told by one account alone."),
}  # fmt: skip
SURELY = {"certain": "told as a fact", "probable": "told as likely", "possible": "told as no more than possible"}
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # bidi controls


def plain(text: str) -> str:
    """One line of a report, safe for a terminal: no control or direction-changing characters, white space folded.

    >>> plain("two\\nlines\\x1b[31m")
    'two lines[31m'
    """
    kept = (c if not unicodedata.category(c).startswith("C") else " " if c in "\n\t\r" else "" for c in text)
    return " ".join("".join(kept).split())


def visible(text: str) -> str:
    """A stretch of a report as it stands, lines kept, without what would change how the text around it is shown.

    >>> visible("two\\nlines\\u202e, turned")
    'two\\nlines, turned'
    """
    return "".join(c for c in text if c in "\n\t" or (unicodedata.category(c) != "Cc" and c not in _TURNING))


def shorten(text: str, width: int) -> str:
    """The first words of a text, at most `width` characters, with an ellipsis where something is left out.

    >>> shorten("The minister left the capital", 14)
    'The minister…'
    """
    text = plain(text)
    if len(text) <= width:
        return text
    cut = text[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-")
    return (cut or text[: width - 1]) + "…"


def days(start: str | None, end: str | None) -> str:
    """An interval of days as a person writes it; empty when there is none.

    >>> days("2019-01-22", "2019-01-25")
    '22–25 Jan 2019'
    >>> days("2018-05-01", "2018-05-31")
    'May 2018'
    """
    if not start or not end:
        return ""
    try:
        a, b = dt.date.fromisoformat(start[:10]), dt.date.fromisoformat(end[:10])
    except ValueError:
        return f"{start} – {end}" if start != end else start
    if a == b:
        return f"{a.day} {a:%b %Y}"
    whole_months = a.day == 1 and (b + dt.timedelta(days=1)).day == 1
    if whole_months:
        if (a.month, b.month, a.year) == (1, 12, b.year):
            return str(a.year)
        if (a.year, a.month) == (b.year, b.month):
            return f"{a:%b %Y}"
        return f"{a:%b}–{b:%b %Y}" if a.year == b.year else f"{a:%b %Y} – {b:%b %Y}"
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day}–{b.day} {b:%b %Y}"
    if a.year == b.year:
        return f"{a.day} {a:%b} – {b.day} {b:%b %Y}"
    return f"{a.day} {a:%b %Y} – {b.day} {b:%b %Y}"


def when(time: Time | Due | None) -> str:
    """The day or days of a time; its own words in quotation marks where they could not become days."""
    if time is None:
        return ""
    if isinstance(time, Time) and not time.start:
        return f"“{plain(time.text)}”"
    return days(time.start, time.end)


def chain(links: Iterable[Attribution], name: Callable[[str], str] | None = None) -> str:
    """Who says so, outermost first: `North Wire ← Ilse Brandt`.

    With `name`, which gives that of an actor's id, it fits into a line: pronouns become names, "The" becomes "the".
    """
    said = (_within(link, name) if name else link.source for link in links if link.source)
    return " ← ".join(shorten(words, 60).rstrip(" ,;:") for words in said)


def _within(link: Attribution, name: Callable[[str], str]) -> str:
    first, gap, rest = link.source.partition(" ")
    if link.source.lower() in _small_words().pronouns:
        return name(link.actor) if link.actor else "somebody unnamed"
    small = _small_words().definite | _small_words().quantifiers | _small_words().pronouns.keys()
    return f"{first.lower() if first.lower() in small else first}{gap}{rest}"


@cache
def _small_words() -> ActorWords:
    return load_actor_words()


def manner(mention: Mention) -> str:
    """How the words tell it: planned, hypothetical, denied, in the past, probable, possible; empty for a plain fact."""
    told = {"future": "planned", "hypothetical": "not said to have happened", "negation": "did not happen",
            "historical": "background"}  # fmt: skip
    modes = set(mention.auxiliary)
    if {"future", "negation"} <= modes:
        return "is not to happen"
    parts = [told[a] for a in mention.auxiliary]
    if mention.certainty != "certain":
        parts.append(f"{mention.certainty}: “{plain(mention.hedge)}”" if mention.hedge else mention.certainty)
    return ", ".join(parts)
