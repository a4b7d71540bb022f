"""Words of raw text, cut as the Universal Dependencies treebanks of English cut them.

do|n't, can|not, Marosh|'s; hyphenated compounds apart (well|-|known) but prefixes not (pro-government); U.S., Mr. and
other abbreviations whole; numbers, dates, addresses whole. Offsets are code points. Every character is in a word but
white space and stray format characters.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from dragoman.knowledge import tables

# What is no part of a word: ASCII and Latin-1 signs, general punctuation, currency, arrows to dingbats, CJK signs,
# full-width signs, pictographs. All else, letters and marks of any script, is.
_SIGNS = (
    r"!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2010-\u2027\u2030-\u205e\u20a0-\u20cf"
    r"\u2100-\u2bff\u3000-\u303f\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff"
)
# Control and format characters: they part nothing inside a word and are nothing outside one.
_STRAY = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    r"\U000e0000-\U000e007f"
)
_APOSTROPHE = "['’‘ʼ`]"


class Abbreviation(Struct, frozen=True):
    """A row of `abbreviations.tsv`."""

    form: str
    before: str = ""


class WordPart(Struct, frozen=True):
    """A row of `wordparts.tsv`."""

    form: str
    kind: str


@cache
def abbreviations() -> dict[str, Abbreviation]:
    """Abbreviations by form, and by their form in capitals."""
    rows = tables.rows("abbreviations.tsv", Abbreviation)
    loud = {row.form.upper(): row for row in rows if len(row.form) > 3 and row.before != "capital"}
    return loud | {row.form: row for row in rows}


def _any(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))


@cache
def pattern() -> re.Pattern[str]:
    """The one expression whose matches are the words."""
    parts: dict[str, list[str]] = {}
    for row in tables.rows("wordparts.tsv", WordPart):
        parts.setdefault(row.kind, []).append(row.form)
    letter = rf"[^\s{_SIGNS}{_STRAY}\d]"
    word = rf"[^\s{_SIGNS}{_STRAY}]"
    more = rf"(?:{word}|[{_STRAY}]+(?={word}))"
    edge = rf"(?!{word})"
    clitic = rf"{_APOSTROPHE}(?:s|m|d|re|ve|ll){edge}"
    before = {"digit": r"(?=\s*\d)", "capital": r"(?=\s+[A-Z])", "": ""}
    short = [
        rf"(?:{_any([form for form, row in abbreviations().items() if row.before == kind])}){ahead}"
        for kind, ahead in before.items()
    ]
    fused = "|".join(f"{a}(?={b}{edge})" for a, _, b in (form.partition("|") for form in parts["fused"]))
    unit, prefix, suffix = (_any(parts[kind]) for kind in ("unit", "prefix", "suffix"))
    address = r"[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]}'’]"
    number = r"\d+(?:[.,:/]\d+)*"
    addresses = [
        rf"(?i:https?://|ftp://|www\.){address}",
        rf"{word}[\w.+-]*@[\w-]+(?:\.[\w-]+)+",
        rf"[a-zA-Z0-9][\w-]*(?:\.[\w-]+)*\.(?:{_any(parts['domain'])})(?:/{address})?{edge}(?!\.\w)",
        rf"[#@]{letter}\w*",
    ]
    shortened = [
        rf"(?<!{word})(?:{'|'.join(short)})",
        rf"(?<!{word})(?:{letter}\.){{2,}}{edge}",
        r"(?<![\w.])(?:[A-HJ-Z]\.(?=\s*[A-Z])|I\.(?=\s*[A-Z]\.))",
        r"(?<!\w)[A-Z](?:\.[A-Z])+(?!\w)",
    ]
    numbers = [
        r"(?<![\w-])(?:(?:\+?\d{1,3}-)?\d{3}-)?\d{3}-\d{4}(?![\w-])",  # telephones
        r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])",
        r"(?m:^\d{1,3}\.(?=[ \t]+\S))",  # of a list
        rf"{number}(?=(?i:{unit}){edge})",
        rf"{number}(?:{_APOSTROPHE}s{edge}|{more}*)",
        r"(?<![\w.])\.\d+",
    ]
    contractions = [
        rf"(?<={word})(?i:n{_APOSTROPHE}t){edge}",
        rf"(?:(?<={word})|(?<=[a-zA-Z][.)”]))(?i:{clitic})",
        rf"{_APOSTROPHE}(?i:em|tis|twas|til|cause|\d\ds){edge}",
        rf"(?<!{word})(?i:{fused})",
        rf"{word}{more}*?(?=(?i:n{_APOSTROPHE}t){edge})",
    ]
    plain = [
        rf"(?<!{word})(?<!{word}-)(?i:{prefix})-(?:(?:{letter}\.){{2,}}{edge}|{word}{more}*)",
        rf"(?<!{word}){letter}{more}*-(?i:{suffix}){edge}",
        r"[A-Z]{1,4}&[A-Z]{1,4}(?!\w)",
        r"[A-Z]{1,3}\$",
        rf"{word}{more}*(?:(?!(?i:{clitic})){_APOSTROPHE}{letter}{more}+)*",
    ]
    signs = [
        r"\.{2,}|…+",
        r"[:;]-?[)(](?!\w)",
        r"[!?]{2,}|-{2,}|={2,}|\*{2,}|_{2,}|~{2,}|#{2,}|<{2,}|>{2,}|\+{2,}|''|``",
        rf"[^\s{_STRAY}][\u0300-\u036f\ufe00-\ufe0f]*",
    ]
    return re.compile("|".join(addresses + shortened + numbers + contractions + plain + signs))


def words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The words of `text[start:end]` as `[start, end)` offsets into `text`, in order.

    >>> text = "They can't go to U.S.-led talks."
    >>> [text[a:b] for a, b in words(text)]
    ['They', 'ca', "n't", 'go', 'to', 'U.S.', '-', 'led', 'talks', '.']
    """
    return [match.span() for match in pattern().finditer(text, start, len(text) if end is None else end)]
