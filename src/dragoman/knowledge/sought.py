"""Words as they are searched for: base forms without accents, the same in every database.

A database's own stemming differs from the next one's; here both are given forms that are settled already, and only
find them. A form is a letter and ASCII letters and digits, so that no parser of theirs cuts it up.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from dragoman.knowledge.lemmas import lemmas

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PART = re.compile(r'"([^"]*)"?|(\S+)')
_LONGEST = 60  # signs of a form that are kept
_MOST = 12  # terms of a question that are taken


class Term(Struct, frozen=True):
    """Forms that must stand beside each other; unless `whole`, the last may be the beginning of a longer one."""

    forms: tuple[str, ...]
    whole: bool = False


def forms(text: str) -> list[str]:
    """The words of a text as they are searched for, in order.

    >>> forms("The envoys' cafés, Niger's too")
    ['wthe', 'wenvoy', 'wcafe', 'wniger', 'wtoo']
    """
    plain = unicodedata.normalize("NFKD", text)
    return [_form(match[0]) for match in _WORD.finditer("".join(ch for ch in plain if not unicodedata.combining(ch)))]


def terms(question: str) -> tuple[Term, ...]:
    """What a question asks for: every word, and what stands between quotation marks as it stands there.

    >>> [(" ".join(term.forms), term.whole) for term in terms('arrested "use of force"')]
    [('warrest', False), ('wuse wof wforce', True)]
    """
    found = []
    for quoted, word in _PART.findall(question.replace("“", '"').replace("”", '"')):
        if these := tuple(forms(quoted or word)):
            found.append(Term(these, whole=bool(quoted)))
    return tuple(dict.fromkeys(found))[:_MOST]


@lru_cache(maxsize=100_000)
def _form(word: str) -> str:
    word = word.casefold().replace("’", "'").removesuffix("'s").replace("'", "")
    if not word.isascii():
        return f"u{word.encode().hex()}"[:_LONGEST]
    return f"w{lemmas().base(word)}"[:_LONGEST]
