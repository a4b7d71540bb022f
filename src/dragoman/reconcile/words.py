"""Words as accounts are compared by: folded, stemmed, without those that carry no content."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import msgspec

from dragoman.knowledge import tables

SHORT = 60  # characters up to which folded texts are remembered: names and phrases, not reports
WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ə": "a", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_DOUBLED = "bdgkmnprt"  # letters written twice before an ending: "stepping"
_ENDING = re.compile(r"(?:ations?|ings?|ers?|ions?|ies|ments?|ly|ed|es|s|e|y)$")


class PlainWord(msgspec.Struct, frozen=True):
    """A row of `plain_words.tsv`."""

    word: str


@cache
def plain_words() -> frozenset[str]:
    """Words that are left out when two accounts are compared."""
    return frozenset(row.word for row in tables.rows("plain_words.tsv", PlainWord))


def fold(text: str) -> str:
    """A text without case and accents.

    >>> fold("Édouard"), fold("Łódź")
    ('edouard', 'lodz')
    """
    return _short_folded(text) if len(text) <= SHORT else _folded(text)


@lru_cache(maxsize=1 << 16)
def _short_folded(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokens(text: str) -> list[str]:
    """The folded words and figures of a text, in order."""
    return WORD.findall(fold(text.replace("’", "'").replace("'s", "")))


@cache
def stem(word: str) -> str:
    """A folded word without its ending; British and American spellings meet.

    >>> stem("recognised") == stem("recognize"), stem("leaving") == stem("leaves"), stem("stepping") == stem("steps")
    (True, True, True)
    """
    bare = _ENDING.sub("", word) if len(word) > 4 else word
    bare = bare if len(bare) >= 3 else word
    if len(bare) > 3 and bare[-1] == bare[-2] in _DOUBLED and word[len(bare) :] in ("ing", "ings", "ed", "er", "ers"):
        bare = bare[:-1]
    return bare[:-1] + "z" if len(bare) > 4 and bare.endswith("is") else bare


class Irregular(msgspec.Struct, frozen=True):
    """A row of `verbforms.tsv`."""

    form: str
    verb: str


@cache
def _irregular() -> dict[str, str]:
    return {fold(row.form): fold(row.verb) for row in tables.rows("verbforms.tsv", Irregular)}


def verb_stem(word: str) -> str:
    """The stem of a folded word, that of its verb where the form does not show it.

    >>> verb_stem("seen") == verb_stem("see")
    True
    """
    return stem(_irregular().get(word, word))


def content(text: str) -> list[str]:
    """The stems of the words that carry content, in order.

    >>> content("They have recognised the envoys")
    ['recogniz', 'envoy']
    """
    plain = plain_words()
    return [stem(t) for t in tokens(text) if t not in plain and (len(t) > 1 or t.isdigit())]


def slug(text: str) -> str:
    """A name as an id: `slug("Édouard Benès")` → `edouard-benes`."""
    return "-".join(tokens(text))


ARTICLES = frozenset({"the", "a", "an"})


def plain_name(name: str) -> str:
    """The name of an outlet as names are compared.

    >>> plain_name("The Tessal Herald") == plain_name("Tessal Herald")
    True
    """
    return " ".join(t for t in tokens(name) if t not in ARTICLES)


def place(report: str, local: str) -> str:
    """The name of the row of one local actor.

    >>> place("dawn-0a1b2c3d", "president")
    '@dawn-0a1b2c3d president'
    """
    return f"@{report} {local}"
