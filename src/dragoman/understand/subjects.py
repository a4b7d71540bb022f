"""Subjects that the tree hangs elsewhere: on another verb, on a day, beside the clause."""

from __future__ import annotations

from dragoman.records import Sentence
from dragoman.understand.arguments import case_of, finite, of_next, parted


def stray_subject(sentence: Sentence, i: int) -> int | None:
    """The subject of a finite verb that the tree hangs elsewhere; None when there is none to be seen.

    "The doors opened and Lund burst in", Lund behind the first verb; "the deputies trapped inside swore in a premier",
    the deputies below the participle; "a general assured viewers", the general beside the viewers.
    """
    word = sentence.words[i]
    if word.upos != "VERB" or not finite(sentence, i):
        return None
    if word.rel == "conj":
        behind = [c for c in sentence.dependents(word.head, "nsubj") if of_next(sentence, word.head, c) == i]
        return behind[0] if behind else None
    if not sentence.dependents(i, "nsubj", "nsubj:pass", "csubj", "expl"):
        for c in sentence.dependents(i, "obl"):  # "about forty of the thugs smashed it"
            counted = c < i and sentence.words[c].upos == "NUM" and not case_of(sentence, c)
            if counted and any(case_of(sentence, k) == "of" for k in sentence.children[c]):
                return c
    for c in sentence.dependents(i, "advcl"):
        bare = c < i and not sentence.dependents(c, "mark", "aux", "aux:pass", "advmod", "obj")
        subjects = [k for k in sentence.dependents(c, "nsubj", "nsubj:pass") if k < c]
        if bare and subjects and not parted(sentence, c, i) and sentence.words[c].feat("Tense") == "Past":
            return subjects[0]
    for c in range(i - 1, -1, -1):
        near = sentence.words[c]
        if near.upos in ("VERB", "AUX") and c not in sentence.dependents(i, "aux"):
            return None
        if near.upos in ("NOUN", "PROPN") and near.head >= i:
            compared = near.rel == "obl" and case_of(sentence, c) == "than"  # "no sooner had he left than"
            beside = near.rel == "appos" and not case_of(sentence, c)
            return c if compared or (beside and not parted(sentence, c, i)) else None
    return None


def absolute(sentence: Sentence, i: int) -> int | None:
    """ "With the minister arrested, the king was alone": what the tree hangs beside the participle is its own."""
    word = sentence.words[i]
    opened = [m for m in sentence.dependents(i, "mark") if sentence.words[m].text.lower() == "with"]
    if not opened or word.rel != "advcl" or word.feat("VerbForm") not in ("Part", "Ger"):
        return None
    inside = (c for c in range(opened[0] + 1, i) if sentence.words[c].upos in ("NOUN", "PROPN"))
    return next((c for c in inside if sentence.words[c].head == word.head), None)


def named_before(sentence: Sentence, i: int) -> int | None:
    """The name right before a finite verb without a subject, whatever the tree hangs it on; None where none stands.

    "On Monday night Marosh met him", the name below the night; "Marosh, appointed that day, will meet him", the name a
    circumstance. A preposition before the name, or a subject of any sort, and it is none.
    """
    word = sentence.words[i]
    if word.upos != "VERB" or word.rel not in ("root", "ccomp", "parataxis") or not finite(sentence, i):
        return None
    if sentence.dependents(i, "nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl"):
        return None
    end = _group_begins(sentence, i)
    for name in sentence.names:
        if name.kind not in _ACTING or name.last != end or not sentence.words[name.first].text[0].isupper():
            continue
        inside = range(name.first, name.last)
        heads = [k for k in inside if sentence.words[k].head not in inside]
        first = name.first
        while first and sentence.words[first - 1].upos in ("DET", "ADJ", "PRON"):
            first -= 1
        before = sentence.words[first - 1] if first else None
        led = before is not None and (before.upos in ("ADP", "CCONJ", "SCONJ") or before.text in _MARKS)
        if len(heads) == 1 and not led and sentence.words[heads[0]].rel not in _ARGUMENTS:
            return heads[0]
    return None


def still_relative(sentence: Sentence, i: int) -> int | None:
    """Whom a verb tells of that a relative clause before it goes on to, though the tree hangs it on the main verb.

    "Sent Lund, who led the board and was held on Monday, to prison": no comma closes the clause before "and was".
    """
    word = sentence.words[i]
    opened = [c for c in sentence.dependents(i, "cc") if c < i]
    if word.rel != "conj" or not opened or not finite(sentence, i):
        return None
    if sentence.dependents(i, "nsubj", "nsubj:pass", "csubj", "expl"):
        return None
    for c in range(opened[0] - 1, 0, -1):
        here = sentence.words[c]
        if here.text in _CLOSING:
            return None
        relative = here.rel == "nsubj" or here.rel == "nsubj:pass"
        if relative and sentence.plain[c] in ("who", "which") and sentence.words[c - 1].text == ",":
            clause = sentence.words[here.head]
            return clause.head if clause.rel == "acl:relcl" and clause.i < opened[0] and clause.i != word.head else None
    return None


def _group_begins(sentence: Sentence, i: int) -> int:
    """Where a verb with its helpers and adverbs begins, past what stands between commas before it."""
    at = i
    while at and sentence.words[at - 1].head == i and sentence.words[at - 1].upos in ("AUX", "ADV", "PART"):
        at -= 1
    if at > 2 and sentence.words[at - 1].text == ",":
        opened = [k for k in range(at - 2, max(at - _LONGEST, 0), -1) if sentence.words[k].text == ","]
        verbs = [w for w in sentence.words[opened[0] : at] if w.feat("VerbForm") == "Fin"] if opened else []
        return opened[0] if opened and not verbs else at
    return at


_ACTING = ("person", "organization")
_MARKS = (",", ";", "'s", "’s", "&", "-")
_CLOSING = (",", ";", ":", "—", "–", "-", ")")
_LONGEST = 14  # words between two commas
_ARGUMENTS = ("nsubj", "nsubj:pass", "obl:agent", "iobj", "conj")
