"""What somebody is accused of, given back to the accusing verb.

In "accused the army of having burned down six villages" the parser often hangs the deed on "army", as if it said which
one; then nobody is said to have burned anything. The governing verbs are those that take such a deed (`embedders.tsv`).
"""

from __future__ import annotations

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence
from dragoman.understand.draft import Draft

_ACCUSED = frozenset({"obj", "nsubj:pass"})
_WITHIN = frozenset({"nmod", "conj", "appos", "flat"})  # the ways down from the accused to the word the deed hangs on


def hang_charges(draft: Draft, knowledge: Knowledge) -> None:
    """Change the heads of such deeds in `draft.doc`."""
    changed = {s.i: _hung(s, found) for s in draft.doc.sentences if (found := charges(s, knowledge))}
    if changed:
        draft.doc = replace(draft.doc, sentences=tuple(changed.get(s.i, s) for s in draft.doc.sentences))


def charges(sentence: Sentence, knowledge: Knowledge) -> dict[int, int]:
    """By place of the deed the place of the verb that it belongs to."""
    found = {}
    for word in sentence.words:
        if word.rel != "acl" or word.upos not in ("VERB", "AUX"):
            continue
        marks = [sentence.plain[m] for m in sentence.dependents(word.i, "mark") if m < word.i]
        at = word.head
        while sentence.words[at].rel in _WITHIN and sentence.words[at].head >= 0:
            at = sentence.words[at].head
        above = sentence.words[at].head
        if not marks or sentence.words[at].rel not in _ACCUSED or above < 0 or marks[0] == "to":
            continue
        if knowledge.modality.embedder(sentence.lemmas[above], "VERB", marks[0]):
            found[word.i] = above
    return found


def _hung(sentence: Sentence, found: dict[int, int]) -> Sentence:
    words = [replace(w, head=found[w.i], rel="advcl") if w.i in found else w for w in sentence.words]
    return replace(sentence, words=tuple(words))
