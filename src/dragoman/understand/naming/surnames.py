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

    One that the model takes for something else here counts where it takes the same word for a person more often.
    """
    voted = mostly_persons(sentences, people)
    known = {p.parts[-1] for p in people if len(p.parts) > 1 and len(p.parts[-1]) >= _SHORT} | voted
    found: list[Person] = []
    for sentence, seen in zip(sentences, sights, strict=True) if known else ():
        others = {n.first for n in sentence.names if n.kind != "person" and n.last == n.first + 1}
        named = {i for n in sentence.names for i in range(n.first, n.last)} - others
        named |= {i for s in seen for i in range(s.first, s.last)}
        for i in (w.i for w in sentence.words if w.upos == "PROPN" and w.text[0].isupper() and w.i not in named):
            surname = fold(sentence.words[i].text).casefold()
            if surname in (voted if i in others else known) and not _in_a_longer_name(sentence, i):
                found.append(Person(sentence.i, i, i + 1, (surname,), title_before(sentence, i, seen, knowledge)))
    return found


def mostly_persons(sentences: Sequence[Sentence], people: Sequence[Person]) -> set[str]:
    """Lone names, folded, that the model takes for a person more often than for a place, a body or another thing."""
    votes: Counter[tuple[str, bool]] = Counter()
    for sentence in sentences:
        for name in sentence.names:
            if name.last == name.first + 1:
                votes[fold(sentence.words[name.first].text).casefold(), name.kind == "person"] += 1
    votes.update((p.parts[0], True) for p in people if p.title and len(p.parts) == 1)
    return {word for word, person in votes if person and votes[word, True] >= max(_SURE, votes[word, False] + 1)}


def _in_a_longer_name(sentence: Sentence, i: int) -> bool:
    """Whether the tree ties a proper noun to a neighbour that is one too: "the Brandt Tower"."""
    around = [sentence.words[k] for k in (i - 1, i + 1) if 0 <= k < len(sentence.words)]
    return any(w.upos == "PROPN" and (w.head == i or sentence.words[i].head == w.i) for w in around)
