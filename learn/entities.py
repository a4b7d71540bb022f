"""GUM's entity mentions as names and nominals.

GUM marks the whole phrase ("the former president of Chile , Ricardo Lagos"); a name is trimmed to its own words.
"""

import re
from collections import defaultdict

from learn.corpus import Sentence, Span, bio

_KINDS = {"person": "PER", "place": "LOC", "organization": "ORG"}
_PIECE = re.compile(r"\((?P<open>[^()]+)(?P<one>\))?|(?P<close>[^()]+)\)")
_INSIDE = {"-", "&", "'s", "’s", ".", "/", "'"}


def mentions(misc: list[str]) -> list[Span]:
    """Return [start, end) mentions with GUM's entity type from the MISC column of one sentence."""
    opened: list[tuple[str, str, int]] = []
    found: list[Span] = []
    for at, value in enumerate(misc):
        entity = next((part[7:] for part in value.split("|") if part.startswith("Entity=")), "")
        for piece in _PIECE.finditer(entity):
            if piece["open"]:
                group, _, rest = piece["open"].partition("-")
                kind = rest.partition("-")[0]
                if piece["one"]:
                    found.append((at, at + 1, kind))
                else:
                    opened.append((group, kind, at))
                continue
            for index in range(len(opened) - 1, -1, -1):
                if opened[index][0] == piece["close"]:
                    _, kind, start = opened.pop(index)
                    found.append((start, at + 1, kind))
                    break
    return found


def label_entities(sentence: Sentence, misc: list[str]) -> None:
    """Fill the names and the nominals (mentions of people, places, groups by a common noun) of a GUM sentence."""
    names: list[Span] = []
    nominals: list[Span] = []
    for start, end, entity in mentions(misc):
        head = _head(sentence, start, end)
        kind = _KINDS.get(entity, "OTHER")
        if sentence.upos[head] == "PROPN" and entity != "time":
            names.append((*_core(sentence, (start, end), head, kind=kind), kind))
        elif sentence.upos[head] in ("NOUN", "ADJ", "NUM", "DET") and kind != "OTHER":
            while start < head and sentence.upos[start] == "PUNCT":
                start += 1
            nominals.append((start, head + 1, kind))
            if kind == "PER":
                names += _titled(sentence, (start, end), head)
    sentence.names = bio(len(sentence.forms), names)
    sentence.nominals = bio(len(sentence.forms), nominals)


def _head(sentence: Sentence, start: int, end: int) -> int:
    """The word whose head lies outside the span; a punctuation mark only if there is no other."""
    heads, upos = sentence.heads, sentence.upos
    outside = [at for at in range(start, end) if not start < heads[at] <= end]
    return next((at for at in outside if upos[at] != "PUNCT"), outside[0])


def _titled(sentence: Sentence, span: tuple[int, int], head: int) -> list[Span]:
    """The name that GUM hangs under a title ("spokesperson Julie Hahn")."""
    heads, upos, rels = sentence.heads, sentence.upos, sentence.rels
    found = []
    for at in range(*span):
        if heads[at] - 1 == head and upos[at] == "PROPN" and rels[at] in ("flat", "appos"):
            low, high = _core(sentence, span, at, kind="PER")
            if low > head:
                found.append((low, high, "PER"))
    return found


def _core(sentence: Sentence, span: tuple[int, int], head: int, *, kind: str) -> tuple[int, int]:
    """Trim a named mention to the name itself: the head, and what hangs under it the way parts of names do."""
    heads = sentence.heads
    children: dict[int, list[int]] = defaultdict(list)
    for at in range(*span):
        if heads[at] > 0:
            children[heads[at] - 1].append(at)
    kept = {head}
    todo = [head]
    while todo:
        for child in children[todo.pop()]:
            joined = _joins(sentence, child, children[child], kind=kind)
            kept.update(joined)
            if joined:
                todo.append(child)
    low = high = head
    while low > span[0] and (low - 1 in kept or sentence.forms[low - 1] in _INSIDE):
        low -= 1
    while high + 1 < span[1] and (high + 1 in kept or sentence.forms[high + 1] in _INSIDE):
        high += 1
    while low not in kept:
        low += 1
    while high not in kept:
        high -= 1
    return low, high + 1


def _joins(sentence: Sentence, at: int, below: list[int], *, kind: str) -> set[int]:
    """The words that a child brings into the name of its head; empty where it is no part of the name."""
    upos, rels, forms = sentence.upos, sentence.rels, sentence.forms
    rel = rels[at]
    if rel in ("flat", "goeswith", "fixed"):
        return {at}
    named = upos[at] in ("PROPN", "NUM") or forms[at][0].isupper() or forms[at][0].isdigit()
    if rel in ("compound", "amod", "nummod") and named:
        return {at}
    if rel in ("nmod:poss", "nmod:desc") and named and kind != "PER":
        return {at}
    cases = [word for word in below if rels[word] in ("case", "det")]
    of = any(forms[word].lower() in ("of", "for") for word in cases)
    if rel == "nmod" and kind != "PER" and upos[at] == "PROPN" and of:
        return {at, *cases}
    if rel == "conj" and kind == "ORG" and upos[at] == "PROPN" and any(forms[word] == "&" for word in below):
        return {at}
    return set()
