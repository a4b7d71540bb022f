"""Sentences of a window, from the model's belief that a word starts one, with rails where it would go badly wrong."""

from __future__ import annotations

from collections.abc import Sequence

THRESHOLD = 0.0  # logit
IN_BRACKETS = 3.0  # logit that a start inside brackets needs
LONGEST = 120  # words; a longer sentence is cut where the model comes nearest to a start
_WEAK = frozenset(".!?;:—…")
_OPENING = frozenset("“‘«([")
_BRACKETS = {"(": ")", "[": "]"}


def starts(logits: Sequence[float], words: Sequence[str], *, longest: int = LONGEST) -> list[int]:
    """Places in `words` where sentences start, 0 first; `logits` are of the same length.

    >>> starts([9.0, -5.0, 6.0, -7.0, 8.0, -9.0], ["It", "rained", ".", "”", "They", "left"])
    [0, 4]
    """
    inside = _bracketed(words)
    found = [0]
    for i in range(1, len(words)):
        if logits[i] > (IN_BRACKETS if inside[i] else THRESHOLD):
            found.append(i)
    found = _joined(found, words)
    return _bounded(found, logits, words, longest=longest)


def _joined(found: list[int], words: Sequence[str]) -> list[int]:
    """The starts without sentences of signs only: what closes stays with the sentence before, what opens goes on."""
    kept = [0]
    opening = False
    for start, end in zip(found, [*found[1:], len(words)]):
        if any(any(map(str.isalnum, word)) for word in words[start:end]):
            if start and not opening:
                kept.append(start)
            opening = False
        elif end == start + 1 and _opens(words, start):
            if start:
                kept.append(start)
            opening = True
    return kept


def _opens(words: Sequence[str], place: int) -> bool:
    """Whether a sign opens what follows; a straight quotation mark does when none is open."""
    return words[place] in _OPENING or (words[place] == '"' and words[:place].count('"') % 2 == 0)


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
