"""Mends what English has not: a subject under a preposition, a noun after the "to" of infinitives.

The model chooses part of speech, head and relation of each word by itself; so "insist on compliance" may come to have
an object, "tens of thousands of people" two subjects, and "to amnesty the members" no verb.
"""

from __future__ import annotations

from collections.abc import Sequence

_SUBJECTS, _OBJECTS = ("nsubj", "nsubj:pass"), ("obj", "iobj")
_PARTS = ("NOUN", "NUM", "PROPN", "PRON")


def mend(forms: Sequence[str], upos: list[str], feats: Sequence[str], heads: list[int], rels: list[str]) -> None:
    """Change parts of speech, heads (-1 the root) and relations in place.

    >>> upos, heads, rels = ["VERB", "PART", "NOUN", "NOUN"], [-1, 2, 0, 2], ["root", "case", "obl", "appos"]
    >>> mend(["vowed", "to", "amnesty", "deserters"], upos, [""] * 4, heads, rels)
    >>> upos[2], rels[1:]
    ('VERB', ['mark', 'xcomp', 'obj'])
    """
    for i, head in enumerate(heads):
        if head < 0:
            continue  # the root, whatever its arc is called
        if rels[i] == "case" and i < head:
            if upos[i] == "ADP" and forms[i].lower() == "by":
                _done(upos, heads, rels, i)
            elif upos[i] == "ADP":
                _settle(forms, upos, heads, rels, i)
            elif upos[i] == "PART" and head == i + 1 and upos[head] == "NOUN" and forms[i].lower() == "to":
                _verbal(upos, heads, rels, head)
        elif rels[i] in ("conj", "nmod") and upos[head] == "NOUN":
            _between(forms, heads, rels, i)
        elif rels[i] == "compound:prt":
            _object(upos, heads, rels, i)
        elif rels[i] == "conj" and upos[i] == "VERB" and "Tense=Past" in feats[head] and _bare(feats[i]):
            _named(upos, heads, rels, i)
        elif rels[i] == "conj" and "Tense=Past" in feats[i] and "VerbForm=Inf" in feats[head]:
            _raise(feats, heads, rels, i)


def _settle(forms: Sequence[str], upos: Sequence[str], heads: list[int], rels: list[str], i: int) -> None:
    """What stands under the preposition `i` is no object, nor under "of" a second subject."""
    head = heads[i]
    if rels[head] in _OBJECTS:
        rels[head] = "obl"
    elif rels[head] in _SUBJECTS and forms[i].lower() == "of":
        before = [c for c in range(i) if heads[c] == heads[head] and rels[c] == rels[head]]
        if before and upos[before[-1]] in _PARTS:
            heads[head], rels[head] = before[-1], "nmod"


def _done(upos: Sequence[str], heads: list[int], rels: list[str], i: int) -> None:
    """ "The invasion of Cyprus by Turkey began": what is "of" somebody and "by" another hangs on the deed."""
    other, before = heads[i], i - 1
    if before < 0 or rels[before] != "nmod" or heads[before] < 0:
        return
    if upos[before] not in _PARTS or upos[heads[before]] != "NOUN":
        return
    early = rels[other].startswith("obl") and other < heads[other]  # the agent of a verb that comes only after it
    if (early and not _below(heads, before, other)) or (rels[other] == "nmod" and heads[other] == before):
        heads[other], rels[other] = heads[before], "nmod"


def _raise(feats: Sequence[str], heads: list[int], rels: Sequence[str], i: int) -> None:
    """ "Ordered them to stay and threatened others": what is past goes on with what is, not with an infinitive."""
    above = heads[heads[i]]
    if rels[heads[i]] == "xcomp" and above >= 0 and "Tense=Past" in feats[above]:
        heads[i] = above


def _between(forms: Sequence[str], heads: list[int], rels: list[str], i: int) -> None:
    """ "Talks between the king and the rebels": what "and" adds to the king alone stands between with him."""
    own = [rels[c] for c in range(heads[i] + 1, i) if heads[c] == i]
    if "cc" not in own or "case" in own:
        return
    below = [c for c in range(heads[i] + 1, i) if heads[c] == heads[i] and rels[c] == "nmod"]
    cases = [k for c in below[-1:] for k in range(heads[i], c) if heads[k] == c and rels[k] == "case"]
    if not cases or forms[cases[0]].lower() != "between":
        return
    first = below[-1]
    if not any(heads[c] == first and rels[c] == "conj" for c in range(first, i)):
        heads[i], rels[i] = first, "conj"


def _bare(feats: str) -> bool:
    """Whether a verb has the form that a noun would have."""
    return "VerbForm=Inf" in feats or ("Tense=Pres" in feats and "VerbForm=Fin" in feats and "Person=3" not in feats)


def _named(upos: list[str], heads: list[int], rels: list[str], i: int) -> None:
    """ "Drove them back with cannon and tear gas": no verb goes on without a subject in another tense; it is a name."""
    verb, noun = heads[i], i + 1
    own = [c for c, head in enumerate(heads) if head == i]
    and_before = i >= 2 and rels[i - 1] == "cc" and heads[i - 1] == i and upos[i - 2] in _PARTS
    phrase = and_before and noun in own and rels[noun] == "obj" and not _below(heads, i - 2, i)
    if not phrase or any(rels[c] in (*_SUBJECTS, "aux", "mark") for c in own):
        return
    for c in own:
        heads[c] = verb
    upos[i], heads[i], rels[i] = "NOUN", noun, "compound"
    heads[noun], rels[noun] = i - 2, "conj"
    heads[i - 1] = noun


def _below(heads: Sequence[int], i: int, top: int) -> bool:
    """Whether word `i` lies under word `top`: what is hung there would close a circle."""
    while i >= 0 and i != top:
        i = heads[i]
    return i == top


def _verbal(upos: list[str], heads: Sequence[int], rels: list[str], at: int) -> None:
    """The word after "to" is a verb, what was set beside it its object."""
    upos[at] = "VERB"
    rels[at - 1] = "mark"
    rels[at] = {"obl": "xcomp", "nmod": "acl"}.get(rels[at], rels[at])
    for c in range(at + 1, len(heads)):
        if heads[c] == at and rels[c] == "appos":
            rels[c] = "obj"
            break


def _object(upos: Sequence[str], heads: Sequence[int], rels: list[str], particle: int) -> None:
    """ "Called back its envoy": a noun that a verb with a particle would be is its object."""
    verb = heads[particle]
    own = [c for c, head in enumerate(heads) if head == verb]
    if any(rels[c] in _OBJECTS for c in own):
        return
    for c in own:
        if c > particle and rels[c] == "xcomp" and upos[c] in _PARTS:
            rels[c] = "obj"
            break
