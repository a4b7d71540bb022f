"""What a report says that somebody is, and whom it then means by that: "Zoomo, a ride-hailing firm … the firm said"."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence
from dragoman.understand.draft import Clause
from dragoman.understand.naming.cast import Cast, Figure, Naming
from dragoman.understand.naming.phrases import base

_NAMED = ("name", "title", "short name")
_BESIDE = ("appos", "flat", "nmod:desc")
_FARTHEST = 6  # sentences back to a body that speaks or acts


def tell(sentence: Sentence, clauses: list[Clause], cast: Cast, knowledge: Knowledge) -> None:
    """Note the nouns that a sentence gives those whom it names: before the name, in apposition, by a copula."""
    for naming in cast.within(sentence.i):
        person = naming.figure.key[0] == "person"
        if naming.how not in _NAMED or not (person or naming.figure.kind == "organization"):
            continue
        for noun in _nouns(sentence, naming, clauses):
            lemma = sentence.words[noun].lemma.lower()
            if lemma not in knowledge.actor_words.back_to_body and person and _is_somebody(lemma, knowledge):
                cast.told.setdefault(lemma, {})[naming.figure] = None
                if sentence.words[noun].rel == "appos" or sentence.words[naming.head].rel == "appos":
                    _join(sentence, naming, noun, cast)
            elif lemma in knowledge.actor_words.back_to_body and not person:
                cast.told.setdefault(lemma, {})[naming.figure] = None
                _join(sentence, naming, noun, cast)


def _is_somebody(lemma: str, knowledge: Knowledge) -> bool:
    """Whether a noun tells what a person is, not what office he holds."""
    agent = knowledge.world.agents.get((lemma,))
    return lemma in knowledge.actor_words.epithets or (agent is not None and agent.number == "count")


def _nouns(sentence: Sentence, naming: Naming, clauses: list[Clause]) -> list[int]:
    words = sentence.words
    found = [c for c in sentence.dependents(naming.head, "appos") if words[c].upos == "NOUN" and c >= naming.last]
    above = words[naming.head].head
    if base(words[naming.head].rel) in _BESIDE or words[naming.head].rel in _BESIDE:
        found.append(above)
    if naming.first and words[naming.first - 1].head in (naming.head, above):
        found.append(naming.first - 1)
    found += [i for i in range(naming.first, naming.last) if words[i].text.islower()]
    for clause in clauses:
        is_he = any(naming.head in a.words for a in clause.filled("subject"))
        if clause.kind == "copular" and is_he and not clause.negation and not clause.modals:
            found.append(clause.predicate)
    return [i for i in dict.fromkeys(found) if words[i].upos == "NOUN" and words[i].feat("Number") != "Plur"]


def _join(sentence: Sentence, naming: Naming, noun: int, cast: Cast) -> None:
    """A description of somebody named is no other than he: "ferry firm Zoomo", "Brandt, a student in Velin"."""
    old = cast.taken.get((sentence.i, noun))
    if old is not None and old.figure.key[0] == "group" and not old.figure.plural:
        cast.claim(naming.figure, sentence.i, (old.first, old.last), head=noun)


def told_of(lemma: str, before: list[Naming], cast: Cast) -> list[Figure]:
    """Those named before who are told to be this, none where the same noun has also stood for somebody unnamed."""
    figures = [f for f in cast.told.get(lemma, {}) if any(n.figure is f for n in before)]
    return [] if _described(lemma, before, cast) else figures


def _described(lemma: str, before: list[Naming], cast: Cast) -> list[Naming]:
    """Where somebody unnamed goes by this noun and something more: "a Hong Kong company"."""
    unnamed = [
        n for n in before if n.how in ("nominal", "title") and n.figure.key[0] == "group" and not n.figure.plural
    ]
    words = {n: cast.draft.doc.sentences[n.sentence].words[n.head].lemma.lower() for n in unnamed}
    return [n for n in unnamed if words[n] == lemma and n.figure.name.casefold() != lemma]


def body(lemma: str, sentence: Sentence, before: list[Naming], cast: Cast, knowledge: Knowledge) -> Figure | None:
    """The body that "the company" means: one told to be that or with that in its name; the last that acted."""
    words = knowledge.actor_words
    named = [n for n in before if n.figure.kind == "organization" and n.how == "name" and not n.figure.plural]
    alike = words.body_names.get(lemma, ())
    told = {n.figure for n in named if n.figure in cast.told.get(lemma, {}) or _holds(n.figure, (lemma, *alike))}
    kinds = {n.figure for n in named if lemma not in words.commercial or n.figure.sector in (None, "BUS", "UNK")}
    last = max((n.sentence for n in _described(lemma, before, cast)), default=-1)
    for fits in (told, kinds if lemma in words.generic else set()):
        if len(fits) == 1:
            return fits.pop()
        near = [n for n in named if n.figure in fits and n.sentence >= max(sentence.i - _FARTHEST, last)]
        acting = [n for n in near if _acts(n, cast, aside=fits is told or lemma not in words.commercial)]
        if acting:
            return acting[-1].figure
    return None


def _holds(figure: Figure, words: tuple[str, ...]) -> bool:
    parts = " ".join([figure.name, *figure.aliases]).casefold().split()
    return any(word in parts for word in words)


def _acts(naming: Naming, cast: Cast, *, aside: bool) -> bool:
    """Whether the body is the subject of a verb there, or (`aside`) something is told "according to" it."""
    sentence = cast.draft.doc.sentences[naming.sentence]
    told = aside and any(sentence.words[c].lemma == "accord" for c in sentence.children[naming.head])
    return told or base(sentence.words[naming.head].rel) == "nsubj"
