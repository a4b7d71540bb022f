"""What the lexicon sees in a sentence: names of states, peoples, organisations and groups, the longest first."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.knowledge.world import Entry, atoms
from dragoman.records import Sentence
from dragoman.understand.draft import Sight
from dragoman.understand.naming.phrases import base

_NAMES = ("PROPN", "NOUN", "ADJ", "X", "SYM")
_ACRONYMS = (*_NAMES, "DET")  # "UN" and "EU" are often mistaken for articles


def sights_of(sentence: Sentence, knowledge: Knowledge) -> list[Sight]:
    """Every lexicon name of the sentence, none inside another, none inside a longer name of a person."""
    pieces: list[str] = []
    owner: list[int] = []
    starts: dict[int, int] = {}
    for word in sentence.words:
        starts[word.i] = len(pieces)
        shouted = word.text.isupper() and len(word.text) > 4 and word.text.isalpha()
        for piece in atoms(word.text.capitalize() if shouted else word.text):
            pieces.append(piece)
            owner.append(word.i)
    found: list[Sight] = []
    names, free = knowledge.world.names, 0
    for at, piece in enumerate(pieces):
        i = owner[at]
        if piece in names and i >= free and starts[i] == at:
            sight = _at(sentence, i, at, pieces, owner, knowledge)
            if sight is not None:
                found.append(sight)
                free = sight.last
    return found


def at_home(sights: list[list[Sight]], knowledge: Knowledge) -> list[list[Sight]]:
    """The sights without "Congress" or "Senate" of a state that the report, though it names others, does not name."""
    told = {s.entry.country for seen in sights for s in seen if s.entry.kind == "state"}

    def stays(sight: Sight) -> bool:
        generic = (sight.name.lower(),) in knowledge.world.agents and sight.last == sight.first + 1
        return not (generic and told and sight.entry.kind != "state" and sight.entry.country not in (None, *told))

    return [[s for s in seen if stays(s)] for seen in sights]


def _at(sentence: Sentence, i: int, at: int, pieces: list[str], owner: list[int], knowledge: Knowledge) -> Sight | None:
    if not pieces[at][0].isalnum():
        return None
    for key, entry in knowledge.world.names.get(pieces[at], ()):
        end = at + len(key)
        if tuple(pieces[at:end]) != key or (end < len(pieces) and owner[end] == owner[end - 1]):
            continue
        last = owner[end - 1] + 1
        if _allowed(sentence, i, last, entry, knowledge):
            return Sight(i, last, entry, sentence.words[i].text)
    return None


def _allowed(sentence: Sentence, first: int, last: int, entry: Entry, knowledge: Knowledge) -> bool:
    words = sentence.words[first:last]
    if not any(w.text[0].isupper() for w in words) and entry.use not in ("name",):
        return False
    if len(words) == 1 and words[0].upos not in (_ACRONYMS if words[0].text.isupper() else _NAMES):
        return False
    if not words[0].text.isupper() and any(
        p.kind == "person" and p.first <= first and last <= p.last and p.last - p.first > last - first
        for p in sentence.names
    ):
        return False  # "Jordan" in "Michael Jordan"
    inner = any(p.kind in ("organization", "place") and p.first < first and last <= p.last for p in sentence.names)
    if inner and entry.kind == "state" and sentence.words[first - 1].upos in ("PROPN", "ADP"):
        return False  # "America" in "Bank of America"
    if entry.use == "demonym" and first and words[0].text != words[0].text.upper():
        before = sentence.words[first - 1].text.lower()
        before = sentence.words[first - 2].text.lower() if before == "-" and first > 1 else before
        if before in knowledge.actor_words.no_demonym_after:
            return False
    if words[0].text.isupper() and len(words[0].text) < 6:
        return True
    after = sentence.words[last] if last < len(sentence.words) else None
    if len(words) == 1 and after is not None and base(after.rel) == "flat" and after.head == first:
        return False
    return not (len(words) == 1 and base(words[0].rel) == "flat" and words[0].head < first and entry.use != "demonym")
