"""When two spellings are one name: accents, transliterations, middle names, initials, acronyms."""

from __future__ import annotations

from functools import cache, lru_cache

from msgspec import Struct
from rapidfuzz.distance import JaroWinkler, Levenshtein

from dragoman.knowledge import tables
from dragoman.knowledge.actorwords import is_capital
from dragoman.reconcile.words import fold, plain_words, tokens

SOUNDED = 4  # letters that two names must have to be one by their sound
NEAR_PART = 0.8  # of the letters of one part of a name (Levenshtein, normalised)
NEAR_NAME = 0.88  # of the whole name


class Nickname(Struct, frozen=True):
    """A row of `nicknames.tsv`."""

    short: str
    full: str


@cache
def nicknames() -> dict[str, str]:
    """Short forms of first names, each with the full one.

    >>> nicknames()["mike"]
    'michael'
    """
    return {row.short: row.full for row in tables.rows("nicknames.tsv", Nickname)}


@lru_cache(maxsize=1 << 16)
def is_named(name: str) -> bool:
    """Whether a name is a proper one, not a description in small letters.

    >>> is_named("Lima Group"), is_named("Channel 4"), is_named("Omar al-Tovar"), is_named("protesters")
    (True, True, True, False)
    """
    heads = [w for w in name.replace(" - ", "-").split() if fold(w) not in plain_words()]
    if heads[1:] and heads[-1].isdigit():
        heads.pop()
    return bool(heads) and is_capital(heads[-1])


def in_full(first: str) -> str:
    """A first name, or the one that it is short for."""
    return nicknames().get(first, first)


def surname_of(name: str) -> tuple[str, ...]:
    """The parts of a full name that may stand for it alone: all but the first."""
    return tuple(tokens(name)[1:])


def one_name(one: str, other: str) -> bool:
    """Whether two full names of persons are spellings of one.

    First and last parts must each be near, or one an initial of the other; parts between them may be missing.

    >>> one_name("Nikita Khrushchev", "Nikita Khruschev"), one_name("Ali Hassan", "Omar Hassan")
    (True, False)
    >>> one_name("Rudy Giuliani", "Rudolph W. Giuliani"), one_name("Serzh Sargsyan", "Serzh Sarksian")
    (True, True)
    """
    left, right = _parts(one), _parts(other)
    if len(left) < 2 or len(right) < 2:
        return False
    if len(left) == len(right) and all(a == b or _one_sound(a, b) for a, b in zip(left, right)):
        return True
    if not _near(left[0], right[0]):
        return False
    if len(left) == len(right):
        return all(_near(a, b) for a, b in zip(left, right)) and Levenshtein.normalized_similarity(
            "".join(left), "".join(right)
        ) >= (NEAR_NAME if all(len(t) > 1 for t in left + right) else 0.0)
    short, long = sorted((left, right), key=len)
    rest = iter(long[1:])
    return left[0] == right[0] and all(any(part == other for other in rest) for part in short[1:])


@lru_cache(maxsize=1 << 16)
def _parts(name: str) -> tuple[str, ...]:
    first, *rest = [*tokens(name), ""]
    return tuple(filter(None, (in_full(first), *rest)))


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((len(one), len(other)))
    if short == 1:
        return one[0] == other[0]
    if short < 5 or short < NEAR_PART * long:  # the longer one's other letters alone are too many
        return False
    return Levenshtein.normalized_similarity(one, other) >= NEAR_PART and JaroWinkler.similarity(one, other) >= 0.85


def _one_sound(one: str, other: str) -> bool:
    """Whether two parts of a name are one name in two ways of writing it in our letters."""
    return min(len(one), len(other)) >= SOUNDED and one[0] == other[0] and sound(one) == sound(other)


class Letters(Struct, frozen=True):
    """A row of `transliterations.tsv`."""

    written: str
    sound: str


@cache
def _letters() -> tuple[tuple[str, str], ...]:
    return tuple((row.written, row.sound) for row in tables.rows("transliterations.tsv", Letters))


@lru_cache(maxsize=1 << 16)
def sound(name: str) -> str:
    """A folded name without what different ways of transliterating it make of its letters.

    >>> sound("yanukovych") == sound("ianoukovitch"), sound("hasan") == sound("husain")
    (True, False)
    """
    for written, heard in _letters():
        name = name.replace(written, heard)
    return "".join(c for c, before in zip(name, " " + name) if c != before)


def acronym(name: str) -> str:
    """The letters of a name that is an acronym; empty where it is none.

    >>> acronym("U.N."), acronym("Lima Group")
    ('un', '')
    """
    letters = name.replace(".", "")
    return fold(letters) if 2 <= len(letters) <= 8 and letters.isupper() and " " not in letters else ""


def initials(name: str) -> frozenset[str]:
    """The letters that an organisation may be called by: its own where it is an acronym, else its words' first ones.

    >>> initials("ECOWAS") & initials("Economic Community of West African States")
    frozenset({'ecowas'})
    """
    if own := acronym(name):
        return frozenset({own})
    words = tokens(name)
    if len(words) < 2:
        return frozenset()
    return frozenset({"".join(w[0] for w in words), "".join(w[0] for w in words if w not in plain_words())})


def is_acronym(one: str, other: str) -> bool:
    """Whether one name of an organisation is made of the other's initials.

    >>> is_acronym("ECOWAS", "Economic Community of West African States")
    True
    """
    short, long = sorted((one, other), key=len)
    letters = acronym(short)
    return bool(letters) and len(tokens(long)) > 1 and letters in initials(long)
