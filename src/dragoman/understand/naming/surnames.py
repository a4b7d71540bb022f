"""A surname met again where the reading model saw no person: "Brandt" of a report that names Willy Brandt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dragoman.knowledge import Knowledge
from dragoman.knowledge.world import fold
from dragoman.records import Sentence
from dragoman.understand.draft import Sight
from dragoman.understand.naming.people import Person
from dragoman.understand.naming.titles import title_before

_SHORT = 3  # letters; shorter ones are too often an initial or a particle
_SURE = 2  # lone uses for a person, a title counting as one more


def met_again(
    sentences: Sequence[Sentence], people: Sequence[Person], sights: Sequence[list[Sight]], knowledge: Knowledge
) -> list[Person]:
    """Lone proper nouns, no part of a longer name, that are the surname of a person of this report.

    One that the model takes for something else here counts where it takes the same word for a person more often, or
    where it speaks. After "Mr." whatever is written with a capital is a surname.
    """
    voted = mostly_persons(sentences, people)
    speaking = _speakers(sentences, knowledge)
    known = {p.parts[-1] for p in people if len(p.parts) > 1 and len(p.parts[-1]) >= _SHORT} | voted
    often = known | {s for s, n in Counter(_key(sentences[s], i) for s, i in speaking).items() if n >= _SURE}
    found: list[Person] = []
    for sentence, seen in zip(sentences, sights, strict=True):
        others = {n.first for n in sentence.names if n.kind != "person" and n.last == n.first + 1}
        named = {i for n in sentence.names for i in range(n.first, n.last)} - others
        listed = {i for s in seen for i in range(s.first, s.last)}
        for i in (w.i for w in sentence.words if w.upos == "PROPN" and w.text[0].isupper() and w.i not in named):
            surname, polite = _key(sentence, i), _after_courtesy(sentence, i, knowledge)
            fits = often if (sentence.i, i) in speaking else voted if i in others else known
            met = surname in fits and i not in listed and not _in_a_longer_name(sentence, i)
            if met or polite:
                found.append(Person(sentence.i, i, i + 1, (surname,), title_before(sentence, i, seen, knowledge)))
    return found


def _key(sentence: Sentence, i: int) -> str:
    return fold(sentence.words[i].text).casefold()


def _speakers(sentences: Sequence[Sentence], knowledge: Knowledge) -> set[tuple[int, int]]:
    """Where a lone name that the model takes for a mere thing is the subject of a verb of saying."""
    lone = [(s, n.first) for s in sentences for n in s.names if n.kind == "other" and n.last == n.first + 1]
    return {
        (s.i, i)
        for s, i in lone
        if s.words[i].rel == "nsubj"
        and s.words[s.words[i].head].lemma.lower() in knowledge.speech.verbs
        and not s.dependents(i, "det")
        and _key(s, i) not in knowledge.actor_words.not_actors
    }


def _after_courtesy(sentence: Sentence, i: int, knowledge: Knowledge) -> bool:
    """Whether "Mr." or the like stands right before a word that no other proper noun follows."""
    office = knowledge.world.offices.get((sentence.words[i - 1].text.lower(),)) if i else None
    after = sentence.words[i + 1].upos if i + 1 < len(sentence.words) else ""
    return office is not None and office.scope == "none" and after != "PROPN"


def mostly_persons(sentences: Sequence[Sentence], people: Sequence[Person]) -> set[str]:
    """Lone names, folded, that the model takes for a person more often than for a place, a body or another thing.

    And those by which alone somebody is called who was named in full.
    """
    votes: Counter[tuple[str, bool]] = Counter()
    for sentence in sentences:
        for name in sentence.names:
            if name.last == name.first + 1:
                votes[fold(sentence.words[name.first].text).casefold(), name.kind == "person"] += 1
    votes.update((p.parts[0], True) for p in people if p.title and len(p.parts) == 1)
    found = {word for word, person in votes if person and votes[word, True] >= max(_SURE, votes[word, False] + 1)}
    return found | _foremost(people, {word for word, _ in votes})


def _foremost(people: Sequence[Person], alone: set[str]) -> set[str]:
    """First parts of titled names by which alone somebody is seen, where the last part never stands `alone`.

    Who has no family name, or has it first, is called so: "Sok" of "Marshal Sok Vann Rithy".
    """
    titled = {p.parts for p in people if p.title and len(p.parts) > 1 and len(p.parts[0]) >= _SHORT}
    seen = {p.parts[0] for p in people if len(p.parts) == 1}
    return {parts[0] for parts in titled if parts[0] in seen and alone.isdisjoint(parts[1:])}


def _in_a_longer_name(sentence: Sentence, i: int) -> bool:
    """Whether the tree ties a proper noun to a neighbour that is one too: "the Brandt Tower"."""
    around = [sentence.words[k] for k in (i - 1, i + 1) if 0 <= k < len(sentence.words)]
    return any(w.upos == "PROPN" and (w.head == i or sentence.words[i].head == w.i) for w in around)
