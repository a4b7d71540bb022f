"""From a word up to the predicate that governs it: what belongs to which event."""

from __future__ import annotations

from dragoman.records import Mention, Sentence
from dragoman.understand.draft import Draft

_CLAUSAL = ("acl", "advcl", "ccomp", "csubj", "parataxis", "root", "xcomp")


def predicate_of(draft: Draft, mention: Mention) -> int:
    """The word of a mention's trigger that governs the others."""
    sentence = draft.doc.sentences[mention.sentence]
    inside = sentence.inside(mention.trigger)
    tops = [i for i in inside if sentence.words[i].head not in inside]
    return (tops or inside or [sentence.root])[0]


def way_up(sentence: Sentence, word: int, predicate: int) -> list[int] | None:
    """Words from `word` up to below `predicate`, or None when another clause lies between or it is not above."""
    way = [word]
    at = word
    while at != predicate:
        if at < 0:
            return None
        if at != word and sentence.words[at].rel.split(":")[0] in _CLAUSAL:
            return None
        way.append(at)
        at = sentence.words[at].head
    return list(dict.fromkeys(way))
