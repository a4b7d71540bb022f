"""With which characters the matches of a regular expression may begin, so that it need not be tried anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

SIZE = 3  # characters looked at
THE = "the"  # every eighth word begins so: behind it and a blank as many characters are looked at again
_ANY, FOREIGN = "\x02", "\0"  # at the end of a beginning: anything may follow; a character follows that is not ASCII
_BREAKS = ("\t", "\n")
_MANY = 130  # characters of a class, at most, that are told one by one
_PLAIN = str.maketrans(
    {**{chr(c): chr(c + 32) for c in range(ord("A"), ord("Z") + 1)}, **dict.fromkeys("123456789", "0")}
)
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def plain(text: str) -> str:
    """Text as beginnings are told: ASCII letters small, ASCII digits 0, of the same length.

    >>> plain("May 14")
    'may 00'
    """
    return text.translate(_PLAIN)


def head(text: str, at: int) -> str:
    """What is looked at of a plain text from `at` on.

    >>> head("in the last week", 0), head("in the last week", 3), head("these", 0)
    ('in ', 'the las', 'the')
    """
    found = text[at : at + SIZE]
    if found == THE:
        after = text[at + SIZE : at + SIZE + 1]
        found = text[at : at + 2 * SIZE + 1] if after == " " else found + after * (after in _BREAKS or after > "~")
    return found


Known = Mapping[str, frozenset[str]]


def openings(pattern: str, known: Known | None = None) -> frozenset[str]:
    """The beginnings of a part of a pattern, all of them and with their ends marked, as `known` of the whole."""
    return frozenset(_row(parser.parse(pattern), known or {}))


def beginnings(pattern: str, known: Known | None = None) -> frozenset[str]:
    r"""What a match in ASCII may begin with, plain; shorter than `SIZE` where it may end after that.

    Look-around is not looked at, so there may be more than can be; of what may go on with anything it is what comes
    before. Where it may begin with a character that is not ASCII, `FOREIGN` is among them. A character of `known`
    stands for a part with those openings.

    >>> sorted(beginnings(r"(?:in )?(?:19|20)\d\d|May"))
    ['000', 'in ', 'may']
    """
    found = openings(pattern, known)
    every = {one.removesuffix(_ANY) for one in found if one == FOREIGN or not one.endswith(FOREIGN)}
    return frozenset(one for one in every if not any(one[:n] in every for n in range(len(one))))


def _row(tokens: Iterable[Any], known: Known) -> set[str]:
    """Beginnings of what stands in a row."""
    found = {""}
    for token in tokens:
        if all(map(_done, found)):
            break
        found = _joined(found, _one(token, known))
    return found


def _joined(found: set[str], after: set[str]) -> set[str]:
    return {one if _done(one) else _cut(one + more) for one in found for more in after}


def _cut(beginning: str) -> str:
    """As much as is looked at; what "these" and "the" at the end of a line begin with, anything may follow."""
    found = beginning[: SIZE + 1]
    if not found.startswith(THE) or found == THE:
        return beginning[:SIZE]
    if found[SIZE] in (" ", FOREIGN):
        return beginning[: 2 * SIZE + 1]
    return (found if found[SIZE] in _BREAKS else THE) + _ANY


def _done(beginning: str) -> bool:
    looked_at = 2 * SIZE + 1 if beginning.startswith(THE) else SIZE
    return len(beginning) >= looked_at or beginning.endswith((_ANY, FOREIGN))


def _one(token: Any, known: Known) -> set[str]:
    code, value = token
    if code is codes.LITERAL:
        return set(known[chr(value)]) if chr(value) in known else {_told(chr(value))}
    if code is codes.IN:
        return set().union(*(_of_class(item, known) for item in value))
    if code is codes.BRANCH:
        return set().union(*(_row(part, known) for part in value[1]))
    if code is codes.SUBPATTERN:
        return _row(value[-1], known)
    if code in _REPEATS:
        least, most, part = value
        once = _row(part, known)
        found, so_far = set() if least else {""}, {""}
        for count in range(1, min(int(most), int(least) + SIZE) + 1):
            so_far = _joined(so_far, once)
            if count >= least:
                found |= so_far
        return found
    if code in (codes.ASSERT, codes.ASSERT_NOT, codes.AT):
        return {""}
    return {_ANY}


def _of_class(item: Any, known: Known) -> set[str]:
    code, value = item
    if code is codes.LITERAL:  # single characters that are alternatives make a class, too
        return _one(item, known)
    if code is codes.RANGE and value[1] - value[0] < _MANY:
        return {_told(chr(c)) for c in range(value[0], value[1] + 1)}
    if code is codes.CATEGORY and value is codes.CATEGORY_DIGIT:
        return {"0"}
    return {_ANY}


def _told(char: str) -> str:
    return plain(char) if char.isascii() else FOREIGN
