"""Bodies here and there taken for persons: a lone name that the reading model mostly takes for an organization.

In "Zoomo shares fell" it may see a person named Zoomo where every other line has the firm. Such a name is a body's all
over the report, unless somebody there bears it as a part of a longer name.
"""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.records import Doc, Phrase, Sentence
from dragoman.understand.draft import Draft

_SURE = 2  # lone uses for an organization


def find_firms(draft: Draft, knowledge: Knowledge) -> None:
    """Change the kind of such names in `draft.doc`."""
    if firms := mostly_bodies(draft.doc):
        draft.doc = replace(draft.doc, sentences=tuple(_retyped(s, firms) for s in draft.doc.sentences))


def mostly_bodies(doc: Doc) -> set[str]:
    """Lone names taken for a person in some places and for an organization in more."""
    votes = Counter((_word(s, n), n.kind) for s in doc.sentences for n in s.names if n.last == n.first + 1)
    longer = {
        s.words[i].text
        for s in doc.sentences
        for n in s.names
        if n.kind == "person" and n.last > n.first + 1
        for i in range(n.first, n.last)
    }
    return {
        word
        for word, kind in votes
        if kind == "person" and word not in longer and votes[word, "organization"] >= max(_SURE, votes[word, kind] + 1)
    }


def _word(sentence: Sentence, name: Phrase) -> str:
    return sentence.words[name.first].text


def _retyped(sentence: Sentence, firms: set[str]) -> Sentence:
    lone = [n for n in sentence.names if n.kind == "person" and n.last == n.first + 1 and _word(sentence, n) in firms]
    names = tuple(replace(n, kind="organization") if n in lone else n for n in sentence.names)
    return replace(sentence, names=names) if lone else sentence
