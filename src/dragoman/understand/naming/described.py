"""What a report says that somebody is, and whom it then means by that: "Zoomo, a ride-hailing firm … the firm said"."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence
from dragoman.understand.arguments import finite
from dragoman.understand.draft import Clause, Sight
from dragoman.understand.naming.cast import Cast, Figure, Naming
from dragoman.understand.naming.nouns import nationality
from dragoman.understand.naming.phrases import base, case_of, extent, from_the

_NAMED = ("name", "title", "short name")
_BESIDE = ("appos", "flat", "nmod:desc")
DOER = ("er", "or")  # how nouns end that may be a body or a person: "broadcaster", "publisher"
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
            elif _is_he(sentence, naming, noun, cast):
                _join(sentence, naming, noun, cast)
        if person and (one := _one_of(sentence, naming)) is not None:
            cast.name(naming.figure, sentence.i, (one, naming.first - 1), head=one, how="title")
        for other in list(cast.within(sentence.i)) if person else ():
            if _is_this_one(sentence, naming, other):
                _join(sentence, naming, other.head, cast)


def _is_somebody(lemma: str, knowledge: Knowledge) -> bool:
    """Whether a noun tells what a person is, not what office he holds."""
    agent = knowledge.world.agents.get((lemma,))
    return lemma in knowledge.actor_words.epithets or (agent is not None and agent.number == "count")


def _is_he(sentence: Sentence, naming: Naming, noun: int, cast: Cast) -> bool:
    """Whether a body's noun set beside a name by commas is whom it names: "the state television station, Channel 4".

    Beside a person it is one: "Mr Brandt, the broadcaster who quit".
    """
    old = cast.taken.get((sentence.i, noun))
    if old is None or old.how != "nominal" or old.figure.kind != "organization":
        return False
    hung = sentence.words[noun].rel == "appos" or sentence.words[naming.head].rel == "appos"
    between = [w.text for w in sentence.words[min(naming.last, old.last) : max(naming.first, old.first)]]
    doer = naming.figure.kind != "person" or sentence.words[noun].lemma.lower().endswith(DOER)
    return hung and doer and between in ([","], [])


def _one_of(sentence: Sentence, naming: Naming) -> int | None:
    """ "One of its members, Ada Lund, was held": who the one is stands between commas behind those he is one of."""
    words, last = sentence.words, naming.last
    if naming.first < 4 or words[naming.first - 1].text != "," or last >= len(words) or words[last].text not in ",.":
        return None
    at = naming.first - 2
    while at > 0 and words[at].rel in ("nmod", "compound", "flat", "amod", "nmod:poss", "case") and words[at].head < at:
        if words[at].upos == "NOUN" and sentence.plain[words[at].head] == "one" and sentence.cases[at] == "of":
            return words[at].head
        at = words[at].head
    return None


def _is_this_one(sentence: Sentence, naming: Naming, other: Naming) -> bool:
    """Whether a person's noun set behind a name by a comma is whom it names: "Lund, a university rector who".

    It has an article and does nothing itself: in "having met Lund, a rector said" it is another.
    """
    if other.figure.kind != "person" or other.figure.plural or other.how == "pronoun":
        return False
    at, noun = naming.last, sentence.words[other.head]
    if other.head <= at + 1 or sentence.words[at].text != "," or sentence.plain[at + 1] not in ("a", "an", "the"):
        return False
    acts = noun.rel == "conj" or (noun.rel.startswith("nsubj") and finite(sentence, noun.head))
    return other.first in (at + 1, at + 2) and not acts


def _nouns(sentence: Sentence, naming: Naming, clauses: list[Clause]) -> list[int]:
    words = sentence.words
    own = {naming.head, *range(naming.first, naming.last)}
    found = [
        c for i in sorted(own) for c in sentence.dependents(i, "appos") if words[c].upos == "NOUN" and c >= naming.last
    ]
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
    kinds = {n.figure for n in named if lemma not in words.commercial or n.figure.sector in _FIRM}
    last = max((n.sentence for n in _described(lemma, before, cast)), default=-1)
    for fits in (told, kinds if lemma in words.generic else set()):
        if len(fits) == 1:
            return fits.pop()
        near = [n for n in named if n.figure in fits and n.sentence >= max(sentence.i - _FARTHEST, last)]
        acting = [n for n in near if _acts(n, cast, aside=fits is told or lemma not in words.commercial)]
        if acting:
            return acting[-1].figure
    return None


def concern(sentence: Sentence, i: int, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> Figure | None:
    """The body that "the insurance concern", "the Oravian rebel group" means where it speaks or acts.

    It is the one that the sentence before is about, if its noun may mean any body and no other has gone by it.
    """
    word, words = sentence.words[i], knowledge.actor_words
    lemma = word.lemma.lower()
    if lemma not in words.generic | words.commercial or word.feat("Number") == "Plur" or cast.quoted(sentence, i):
        return None
    first, top = phrase_of(sentence, i), _top(sentence, i)
    opened = sentence.words[first].text.lower() == "the" or (first and sentence.words[first - 1].text.lower() == "the")
    if not opened or not _speaks_or_acts(sentence, top) or not _unnamed(sentence, first, i, cast):
        return None
    found = _body_before(sentence, first, cast)
    if found is None or _described(lemma, cast.namings, cast):
        return None
    country = nationality(sentence, first, i, sights)
    if country and found.country not in (None, country):
        return None
    return found if lemma not in words.commercial or found.sector in _FIRM else None


def phrase_of(sentence: Sentence, i: int) -> int:
    """Where the phrase of a noun begins, be its modifiers two: "the energy and defence | concern"."""
    top = _top(sentence, i)
    return from_the(sentence, min(extent(sentence, i)[0], extent(sentence, top)[0], *sentence.dependents(top, "det")))


def _top(sentence: Sentence, i: int) -> int:
    """The word that stands for the phrase in the tree: of "the energy and defence concern" it may be "energy"."""
    word = sentence.words[i]
    bare = word.rel == "conj" and not sentence.dependents(i, "det", "nmod:poss", "case")
    return word.head if bare and word.head < i and not sentence.dependents(word.head, "case") else i


def _speaks_or_acts(sentence: Sentence, i: int) -> bool:
    """Whether a word is the subject of the main verb, or stands after "according to"."""
    word = sentence.words[i]
    main = word.head >= 0 and (sentence.words[word.head].rel in ("root", "parataxis"))
    return (word.rel == "nsubj" and main) or case_of(sentence, i).startswith("according")


def _unnamed(sentence: Sentence, first: int, i: int, cast: Cast) -> bool:
    """Whether nothing beside a noun tells who it is: no possessor, apposition or clause, no name but a place's."""
    told = ("nmod:poss", "appos", "acl", "acl:relcl", "conj", "flat")
    if any(sentence.words[c].rel in told and c != i for top in (i, _top(sentence, i)) for c in sentence.children[top]):
        return False
    spots = {spot.head for spot in cast.draft.spots if spot.sentence == sentence.i}
    names = [n for n in sentence.names if n.kind in ("person", "organization") and n.first <= i and n.last > first]
    return all(spots & set(range(n.first, n.last)) for n in names)


def _body_before(sentence: Sentence, first: int, cast: Cast) -> Figure | None:
    """The one body that is the subject of the last sentence with any named, if none but it is named since then."""
    here = {n.figure for n in cast.within(sentence.i) if n.first < first and _is_body(n)}
    for before in reversed(cast.draft.doc.sentences[max(sentence.i - _NEAR, 0) : sentence.i]):
        bodies = [n for n in cast.within(before.i) if _is_body(n) and not cast.quoted(before, n.head)]
        subjects = {n.figure for n in bodies if base(before.words[n.head].rel) == "nsubj" and _main(before, n.head)}
        if len(subjects) != 1:
            subjects = {n.figure for n in bodies}
        if len(subjects) == 1 and here <= subjects:
            return subjects.pop()
        if bodies:
            return None
    return here.pop() if len(here) == 1 else None


def _is_body(naming: Naming) -> bool:
    named = naming.how in _NAMED or naming.how in ("pronoun", "nominal")
    return named and naming.figure.kind == "organization" and naming.figure.key[0] in ("organization", "listed")


def _main(sentence: Sentence, i: int) -> bool:
    head = sentence.words[i].head
    return head >= 0 and sentence.words[head].rel in ("root", "parataxis", "ccomp")


_NEAR = 3  # sentences back
_FIRM = (None, "BUS", "MNC", "UNK")  # sectors of firms, or still open


def _holds(figure: Figure, words: tuple[str, ...]) -> bool:
    parts = " ".join([figure.name, *figure.aliases]).casefold().split()
    return any(word in parts for word in words)


def _acts(naming: Naming, cast: Cast, *, aside: bool) -> bool:
    """Whether the body is the subject of a verb there, or (`aside`) something is told "according to" it."""
    sentence = cast.draft.doc.sentences[naming.sentence]
    told = aside and any(sentence.words[c].lemma == "accord" for c in sentence.children[naming.head])
    return told or base(sentence.words[naming.head].rel) == "nsubj"
