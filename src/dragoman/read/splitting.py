"""Sentences of a window, from the model's belief that a word starts one, with rails where it would go badly wrong."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

THRESHOLD = 0.0  # logit
IN_BRACKETS = 3.0  # logit that a start inside brackets needs
AFTER_COMMA = 4.0  # the same after a comma, also one inside a closing quotation: “We go,” Brown said
AFTER_STOP = -3.0  # the same after a full stop of its own and before a capital
AFTER_WORD = 1.0  # the same where no sign stands before
LONGEST = 120  # words; a longer sentence is cut where the model comes nearest to a start
_WEAK = frozenset(".!?;:—…")
_QUOTES = frozenset("\"”’'") | {"''"}
_STRAIGHT = ('"', "''")
_STOPS = frozenset(".?!")
_OPENING = frozenset("“‘«([")
_BRACKETS = {"(": ")", "[": "]"}


def starts(
    logits: Sequence[float], words: Sequence[str], *, spaced: Sequence[bool] = (), longest: int = LONGEST
) -> list[int]:
    """Places in `words` where sentences start, 0 first; `logits` are of the same length.

    `spaced` says of each word whether a space stands before it; without it all do.

    >>> starts([9.0, -5.0, 6.0, -7.0, 8.0, -9.0], ["It", "rained", ".", "”", "They", "left"])
    [0, 4]
    """
    inside = _bracketed(words)
    found = [i for i in range(len(words)) if not i or logits[i] > (IN_BRACKETS if inside[i] else _needed(words, i))]
    opens = opening(words, spaced)
    found = _joined(sorted({i - (i > 0 and opens[i - 1]) for i in found}), words, opens)
    return _bounded(found, logits, words, longest=longest)


def _needed(words: Sequence[str], i: int) -> float:
    """The logit that makes word `i` start a sentence, by what stands before it."""
    before = i - 1 if words[i - 1] not in _QUOTES or i < 2 else i - 2
    if words[before] == ",":
        return AFTER_COMMA
    # “Why?” Brown asked: only a full stop before the quotation mark is sure
    if words[i][0].isupper() and (words[before] == "." or words[i - 1] in _STOPS):
        return AFTER_STOP
    return AFTER_WORD if words[i - 1][-1].isalnum() else THRESHOLD


def _joined(found: list[int], words: Sequence[str], opens: Sequence[bool]) -> list[int]:
    """The starts without sentences of signs only: what closes stays with the sentence before, what opens goes on."""
    kept = [0]
    opening = False
    for start, end in zip(found, [*found[1:], len(words)]):
        if any(any(map(str.isalnum, word)) for word in words[start:end]):
            if start and not opening:
                kept.append(start)
            opening = False
        elif end == start + 1 and opens[start]:
            if start:
                kept.append(start)
            opening = True
    return kept


def _bracketed(words: Sequence[str]) -> list[bool]:
    """Which words stand inside brackets that are closed later on."""
    inside = [False] * len(words)
    opened: list[int] = []
    for i, word in enumerate(words):
        if word in _BRACKETS:
            opened.append(i)
        elif opened and word == _BRACKETS[words[opened[-1]]]:
            first = opened.pop()
            inside[first + 1 : i + 1] = [True] * (i - first)
    return inside


def _bounded(found: list[int], logits: Sequence[float], words: Sequence[str], *, longest: int) -> list[int]:
    """The starts, with more of them where a sentence has over `longest` words."""
    out: list[int] = []
    for start, end in zip(found, [*found[1:], len(words)]):
        out.append(start)
        while end - start > longest:
            room = range(start + 1, start + longest + 1)
            after_sign = [i for i in room if words[i - 1][-1] in _WEAK and i > start + longest // 4]
            start = max(after_sign or room[-1:], key=lambda i: (logits[i], i))
            out.append(start)
    return out


def spaces(spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Whether something stands between a word and the one before it; true of the first."""
    return [True, *(before[1] < after[0] for before, after in pairwise(spans))][: len(spans)]


def opening(words: Sequence[str], spaced: Sequence[bool] = ()) -> list[bool]:
    """Which words are signs that open what follows: a straight quotation mark by the spaces about it, else by turns."""
    found = [word in _OPENING for word in words]
    for sign in _STRAIGHT:
        places = [i for i, word in enumerate(words) if word == sign]
        for turn, i in enumerate(places):
            telling = spaced and i + 1 < len(words) and spaced[i] != spaced[i + 1]
            found[i] = spaced[i] if telling else turn % 2 == 0
    return found
