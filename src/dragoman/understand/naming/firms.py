"""Bodies here and there taken for persons or left out: by what stands beside a name, and by what the report calls it.

"Tony Lama Co." is a firm, and so is "Tony Lama" wherever the report says that; "the news site Al-Jarida" is a site. In
"Zoomo shares fell" the reading model may see a person named Zoomo where every other line has the firm. Such a name is a
body's all over the report, unless somebody there bears it as a part of a longer name.
"""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.records import Doc, Phrase, Sentence
from dragoman.understand.draft import Draft

_SURE = 2  # lone uses for an organization
_MARKS = (",",)


def find_firms(draft: Draft, knowledge: Knowledge) -> None:
    """Change the kind of such names in `draft.doc`."""
    doc = draft.doc
    sentences = tuple(_with_form(s, knowledge) for s in doc.sentences)
    if sentences != doc.sentences:
        doc = replace(doc, sentences=sentences)
    if firms := mostly_bodies(doc) | called_bodies(doc, knowledge):
        doc = replace(doc, sentences=tuple(_retyped(s, firms) for s in doc.sentences))
    draft.doc = doc


Words = tuple[str, ...]


def _with_form(sentence: Sentence, knowledge: Knowledge) -> Sentence:
    """The names of a sentence, those of firms with the form of the firm: "Walt Disney | Co.", "Savin Corp."."""
    names = tuple(_firm(sentence, n, knowledge) for n in sentence.names)
    if names == sentence.names:
        return sentence
    return replace(sentence, names=tuple(n for n in names if n.last - n.first > 1 or not _within(n, names)))


def _within(name: Phrase, names: tuple[Phrase, ...]) -> bool:
    return any(n is not name and n.first <= name.first and name.last <= n.last for n in names)


def _firm(sentence: Sentence, name: Phrase, knowledge: Knowledge) -> Phrase:
    words, last = sentence.words, name.last
    if last < len(words) and words[last].text in _MARKS:
        last += 1
    if last < len(words) and is_form(words[last].text, knowledge) and words[name.first].text[0].isupper():
        return replace(name, kind="organization", last=last + 1)
    longer = name.last - name.first > 1
    if name.kind == "person" and longer and is_form(words[name.last - 1].text, knowledge):
        return replace(name, kind="organization")
    return name


def is_form(word: str, knowledge: Knowledge) -> bool:
    """Whether a word tells what kind of firm the name before it is: Inc., Co., PLC."""
    return word[0].isupper() and word.casefold() in knowledge.actor_words.forms


def mostly_bodies(doc: Doc) -> set[Words]:
    """Lone names taken for a person in some places and for an organization in more."""
    votes = Counter((_words(s, n), n.kind) for s in doc.sentences for n in s.names if n.last == n.first + 1)
    longer = _parts(doc)
    return {
        words
        for words, kind in votes
        if kind == "person"
        and words[0] not in longer
        and votes[words, "organization"] >= max(_SURE, votes[words, kind] + 1)
    }


def called_bodies(doc: Doc, knowledge: Knowledge) -> set[Words]:
    """What firms are called without their form, and names of which a line says that they are a body's."""
    found: set[Words] = set()
    longer, polite = _parts(doc), _addressed(doc, knowledge)
    given = knowledge.actor_words.masculine_names | knowledge.actor_words.feminine_names
    for sentence in doc.sentences:
        for name in sentence.names:
            words = _words(sentence, name)
            if name.kind == "organization" and is_form(words[-1], knowledge):
                found |= {words[:end] for end in range(1, len(words)) if words[end - 1] not in _MARKS}
            elif name.kind in ("person", "other") and (_told(sentence, name, knowledge) or _the(sentence, name)):
                found.add(words)
    return {
        words
        for words in found
        if words[-1] not in polite and (len(words) > 1 or not (words[0] in longer or words[0].casefold() in given))
    }


def _told(sentence: Sentence, name: Phrase, knowledge: Knowledge) -> bool:
    """Whether a noun for a body stands right before a name and means it: "the news site Al-Jarida"."""
    if name.first == 0 or not sentence.words[name.first].text[0].isupper():
        return False
    before, head = sentence.words[name.first - 1], sentence.words[name.first]
    if before.upos != "NOUN" or before.lemma.lower() not in knowledge.actor_words.named_after:
        return False
    verb = sentence.words[head.head] if head.head >= 0 else None
    led = verb is not None and head.rel == "nsubj" and verb.rel.startswith("acl")  # "the group Brandt leads"
    near = head.head == before.i or before.head == head.i or head.head == before.head
    return near and not led


def _the(sentence: Sentence, name: Phrase) -> bool:
    """Whether a "The" with a capital inside a sentence begins a name that is nobody's: "according to The Playlist"."""
    last = sentence.words[name.last - 1]
    large = name.first > 1 and sentence.words[name.first - 1].text == "The"
    return large and sentence.words[name.first - 2].upos != "PUNCT" and last.feat("Number") != "Plur"


def _parts(doc: Doc) -> set[str]:
    """The words of persons' longer names."""
    return {
        s.words[i].text
        for s in doc.sentences
        for n in s.names
        if n.kind == "person" and n.last > n.first + 1
        for i in range(n.first, n.last)
    }


def _addressed(doc: Doc, knowledge: Knowledge) -> set[str]:
    """Names after "Mr." and the like."""
    return {
        after.text
        for s in doc.sentences
        for word, after in zip(s.words, s.words[1:])
        if (office := knowledge.world.offices.get((word.text.lower(),))) is not None and office.scope == "none"
    }


def _words(sentence: Sentence, name: Phrase) -> Words:
    return tuple(sentence.words[i].text for i in range(name.first, name.last))


def _retyped(sentence: Sentence, firms: set[Words]) -> Sentence:
    wrong = [n for n in sentence.names if n.kind in ("person", "other") and _words(sentence, n) in firms]
    names = tuple(replace(n, kind="organization") if n in wrong else n for n in sentence.names)
    return replace(sentence, names=names) if wrong else sentence
