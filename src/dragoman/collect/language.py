"""Is it English? By the share of each language's function words."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from dragoman.knowledge.tables import rows

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
ENOUGH = 0.12  # of the words of English news .25 to .45 are among its function words; of a list of names .05
SHORT, ENOUGH_SHORT = 40, 0.05  # words; a headline may have a single one
SAMPLE = 4000  # words


class _Row(Struct, frozen=True):
    language: str
    name: str
    words: str


@cache
def _tables() -> tuple[tuple[str, str, frozenset[str]], ...]:
    return tuple((r.language, r.name, frozenset(r.words.split())) for r in rows("languages.tsv", _Row))


def language_of(text: str) -> tuple[str | None, str]:
    """ISO 639-1 code and name of a text's language; the code is None when it is in none of the known ones.

    >>> language_of("The king of the north has fled to the south, and with him the court.")
    ('en', 'English')
    """
    words = [w.lower().replace("’", "'") for w in WORD.findall(text)[:SAMPLE]]
    if not words:
        return None, "no words"
    shares = [(sum(w in known for w in words) / len(words), code, name) for code, name, known in _tables()]
    share, code, name = max(shares, key=lambda s: s[0])
    if share >= (ENOUGH if len(words) > SHORT else ENOUGH_SHORT):
        return code, name
    if sum(map(len, LATIN.findall(text[:20_000]))) < 0.5 * sum(map(len, words)):
        return None, "a language in another script"
    return None, "no language that could be recognised"
