"""The extent of noun phrases, and their heads."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.records import Sentence

_OUTSIDE = {
    "acl", "advcl", "appos", "aux", "case", "cc", "ccomp", "conj", "cop", "csubj", "dep", "discourse", "expl", "list",
    "mark", "nsubj", "obl", "parataxis", "vocative", "xcomp", "advmod", "obj", "iobj", "dislocated",
}  # fmt: skip
_FAR = {"acl", "appos", "parataxis", "advcl", "ccomp"}


def base(rel: str) -> str:
    return rel.split(":")[0]


def extent(sentence: Sentence, head: int, *, inner: frozenset[str] = frozenset()) -> tuple[int, int]:
    """The words `[first, last)` of the noun phrase of `head`: its modifiers, no clause, apposition or conjunct.

    Of the phrases after the noun only those stay whose preposition is in `inner` (all, when none is given).
    """
    inside = {head}
    todo = [c for c in sentence.children[head] if _belongs(sentence, head, c, inner)]
    while todo:
        at = todo.pop()
        inside.add(at)
        todo.extend(c for c in sentence.children[at] if base(sentence.words[c].rel) not in _FAR)
    first, last = _around(sentence, head, inside)
    while first < head and (
        sentence.words[first].upos in ("PUNCT", "CCONJ", "ADP", "SCONJ", "ADV") or sentence.words[first].rel == "advmod"
    ):
        first += 1
    return first, last


def _around(sentence: Sentence, head: int, inside: set[int]) -> tuple[int, int]:
    """The unbroken run of words of `inside` around the head."""
    first, last = head, head + 1
    while first > 0 and first - 1 in inside and not _breaks(sentence, first - 1):
        first -= 1
    while last < len(sentence.words) and last in inside and not _breaks(sentence, last):
        last += 1
    while last > head + 1 and sentence.words[last - 1].upos == "PUNCT":
        last -= 1
    return first, last


def _belongs(sentence: Sentence, head: int, c: int, inner: frozenset[str]) -> bool:
    if base(sentence.words[c].rel) in _OUTSIDE:
        return _quantifies(sentence, c)
    return not inner or c < head or (case_of(sentence, c) or "of") in inner


def _quantifies(sentence: Sentence, i: int) -> bool:
    return sentence.words[i].rel == "advmod" and sentence.words[i].upos in ("NUM", "ADJ")


def _breaks(sentence: Sentence, i: int) -> bool:
    return sentence.words[i].text in (",", ";", ":", "(", ")", "“", "”", '"', "—", "–")


def head_of(sentence: Sentence, first: int, last: int) -> int:
    """The word of `[first, last)` that the others hang on: the one whose head lies outside, nearest to the root."""
    tops = [i for i in range(first, last) if not first <= sentence.words[i].head < last]
    nouns = [i for i in tops if sentence.words[i].upos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM")]
    return min(nouns or tops, key=lambda i: (depth(sentence, i), i))


def depth(sentence: Sentence, i: int) -> int:
    found = 0
    while sentence.words[i].head >= 0:
        i, found = sentence.words[i].head, found + 1
    return found


def case_of(sentence: Sentence, i: int) -> str:
    """The preposition before a phrase, fixed expressions included; empty when it has none."""
    parts: list[int] = []
    for c in sentence.dependents(i, "case") if sentence.cases[i] else ():
        if sentence.words[c].upos != "PART":
            parts += [c, *sentence.dependents(c, "fixed")]
    return " ".join([sentence.plain[p] for p in sorted(parts)])


def first_conjunct(sentence: Sentence, i: int) -> int:
    while sentence.words[i].rel == "conj":
        i = sentence.words[i].head
    return i


def text_of(sentence: Sentence, places: Iterable[int], text: str) -> str:
    """The words as the report has them, from the first to the last, on one line."""
    at = list(places)
    return " ".join(sentence.span_of(at).of(text).split()) if at else ""


def from_the(sentence: Sentence, first: int) -> int:
    """Where a phrase begins that has its town inside: "The | Menlo Park, Calif., company"; else `first` itself."""
    back = first
    while back > 0 and (sentence.words[back - 1].upos == "PROPN" or sentence.words[back - 1].text == ","):
        back -= 1
    marks = [w.text for w in sentence.words[back:first]]
    town = marks[-1:] == [","] and marks.count(",") > 1 and marks[0] != ","
    return back - 1 if town and back > 0 and sentence.words[back - 1].text.lower() == "the" else first
