"""How likely a word tells an event of each type, by the lexicon and the learned typer together.

The typer's shares count with `trust` as their exponent; a frame that fits multiplies the odds of its type, a better
fit by more (`frame`, `score`); the types that the lexicon knows for the word, whether their frames fit or not, are
likelier (`sense`); no event is likelier where no frame fits (`unfit`) and where the lexicon does not know the word
(`silent`). A logistic pool of opinions, whose weights `learn.typer` fits on sentences labelled by eye.
"""

from __future__ import annotations

import math

from msgspec import Struct

from dragoman.knowledge.typerbounds import TyperBounds

_BEST = 8.0  # a fit above this is no likelier
_LOG = [math.log(share / 255 + 1e-4) for share in range(256)]


class Opinion(Struct, frozen=True):
    """What the lexicon makes of a word: a type and its fit, or nothing; and all the types it knows of it."""

    type: int = 0  # of none and the sixteen types
    score: float = 0.0
    barred: bool = False
    senses: tuple[tuple[int, float], ...] = ()  # types, and the share of the word's frames that are of each


def weighed(shares: bytes, opinion: Opinion, bounds: TyperBounds) -> list[float]:
    """Seventeen shares of both together, none of the types first; from the typer's own in 255ths.

    >>> from dragoman.knowledge.typerbounds import load
    >>> from dragoman.records import TYPES
    >>> assault = TYPES.index("ASSAULT") + 1
    >>> both = weighed(bytes([15] * 17), Opinion(assault, 4.0), load())
    >>> both.index(max(both)) == assault
    True
    """
    odds = [bounds.trust * _LOG[share] for share in shares]
    for type, share in opinion.senses:
        odds[type] += bounds.sense * share
    if opinion.type == 0:
        odds[0] += bounds.unfit if opinion.senses else bounds.silent
    elif opinion.barred:
        odds[opinion.type] += bounds.barred
    else:
        odds[opinion.type] += bounds.frame + bounds.score * min(opinion.score, _BEST)
    powers = [math.exp(odd) for odd in odds]
    whole = sum(powers)
    return [power / whole for power in powers]
