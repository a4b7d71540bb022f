"""Offices that clauses give: in apposition, by a copula, after "as", by a verb of heading."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence
from dragoman.understand.draft import Clause, Sight
from dragoman.understand.naming.cast import Cast, Figure, Naming
from dragoman.understand.naming.epithets import describe
from dragoman.understand.naming.nouns import is_plural
from dragoman.understand.naming.people import give_role, tell_sex
from dragoman.understand.naming.phrases import base, extent
from dragoman.understand.naming.titles import office_ending, title_at

_OPENING = (",", "(", "—", "–")
_CLOSING = (",", ".", ";", ")", "—", "–", ":")
_LOOSE = ("appos", "nmod", "parataxis", "dep", "list", "acl")  # how parsers hang an apposition
_INNER = ("nmod", "flat", "compound")  # how the body hangs on its office: "vice-president of the Senate, Ada Lind,"
REACH = 14  # words of an apposition after its comma


def find_roles(
    sentence: Sentence, clauses: list[Clause], sights: list[Sight], cast: Cast, knowledge: Knowledge
) -> None:
    """Note the roles that this sentence's grammar gives the persons it names."""
    for naming in [n for n in cast.within(sentence.i) if n.figure.key[0] == "person"]:
        if naming.how in ("name", "title", "short name"):
            _after(sentence, naming, sights, cast, knowledge)
            _before(sentence, naming, sights, cast, knowledge)
            _as(sentence, naming, sights, cast, knowledge)
            describe(sentence, naming, cast)
    for clause in clauses:
        if clause.kind == "copular":
            _copula(sentence, clause, sights, cast, knowledge)
        elif clause.lemma in knowledge.actor_words.heading:
            _heading(sentence, clause, cast)
        if clause.lemma in knowledge.actor_words.serving | knowledge.actor_words.installing:
            _in_office(sentence, clause, sights, cast, knowledge)


def tell_sexes(sentence: Sentence, cast: Cast, knowledge: Knowledge) -> None:
    """Note what appositions tell of the sex of those whom a sentence names: "Marosh, her son"."""
    for naming in [n for n in cast.within(sentence.i) if n.figure.key[0] == "person"]:
        for c in sentence.dependents(naming.head, "appos"):
            tell_sex(naming.figure, {sentence.words[c].text.lower()}, knowledge)


def _give(
    figure: Figure, sentence: Sentence, words: tuple[int, int], sights: list[Sight], cast: Cast, knowledge: Knowledge
) -> bool:
    title = title_at(sentence, *words, sights, knowledge)
    if title is None or title.office.scope == "none":
        return False
    of = ""
    for c in range(words[0], title.core):
        owner = cast.taken.get((sentence.i, c))
        if owner is not None and owner.figure is not figure and owner.figure.kind == "person":
            of = owner.figure.name
    give_role(figure, title, sentence, cast, knowledge, of=of)
    return True


def _after(sentence: Sentence, naming: Naming, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> None:
    """ "Ilse Brandt, head of the ferry board of Tessal, resigned": the words after the comma up to the next."""
    first = naming.last + 1
    if first >= len(sentence.words) or sentence.words[naming.last].text not in _OPENING:
        return
    stop = _end_of_apposition(sentence, first, cast)
    words = sentence.words[first:stop]
    heads = [w.i for w in words if w.head < naming.last and base(w.rel) in _LOOSE]
    if not words or (not heads and any(w.rel == "conj" for w in words)):
        return  # "Marosh, Brandt and the president": a list
    if _give(naming.figure, sentence, (first, stop), sights, cast, knowledge) and heads:
        phrase = extent(sentence, heads[0], inner=knowledge.actor_words.inner)
        cast.claim(naming.figure, sentence.i, phrase, head=heads[0])
        for other in _as_well(sentence, heads[0], stop):
            cast.claim(naming.figure, sentence.i, extent(sentence, other), head=other)


def _as_well(sentence: Sentence, head: int, stop: int) -> list[int]:
    """What else a description says somebody is: "her son | and former adviser", but not "the mayor and the army"."""
    found = []
    for c in sentence.dependents(head, "conj"):
        first, _ = extent(sentence, c)
        bare = not sentence.dependents(c, "det", "nmod:poss", "appos", "flat") and sentence.words[c].upos == "NOUN"
        if head < c < stop and bare and not is_plural(sentence, c) and sentence.words[first - 1].upos == "CCONJ":
            found.append(c)
    return found


def _end_of_apposition(sentence: Sentence, first: int, cast: Cast) -> int:
    """Where a description that begins at `first` ends: at a mark, a verb or another name; `first` when it is none."""
    people = {
        n.first
        for n in cast.within(sentence.i)
        if n.figure.key[0] == "person" and n.how != "pronoun" and sentence.words[n.head].rel != "nmod:poss"
    }
    for i in range(first, min(first + REACH, len(sentence.words))):
        word = sentence.words[i]
        verbal = word.upos in ("VERB", "AUX", "SCONJ") and base(word.rel) not in ("amod", "compound")
        if verbal or (word.upos == "PRON" and word.rel != "nmod:poss"):
            return first if word.rel in ("root", "conj") else i
        if word.text in _CLOSING or i in people:
            return i
    return min(first + REACH, len(sentence.words))


def _before(sentence: Sentence, naming: Naming, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> None:
    """ "The chief of a rival union, the Dockers, Arvo Stenn": a noun that the name is in apposition to."""
    noun = _apposed(sentence, naming, cast, knowledge)
    if noun < 0 and naming.first >= 2 and sentence.words[naming.first - 1].text == ",":
        before = sentence.words[naming.first - 2]
        after = sentence.words[naming.last].text if naming.last < len(sentence.words) else "."
        if before.upos in ("NOUN", "PROPN") and after in (",", "."):
            noun = before.i
            while sentence.words[noun].rel in _INNER and not office_ending(sentence, noun + 1, knowledge):
                noun = sentence.words[noun].head  # "the deputy chief of the armed forces, General Ilse Brandt,"
            noun = noun if sentence.words[noun].upos == "NOUN" else -1
    if noun < 0 or naming.first <= noun < naming.last or noun > naming.head or is_plural(sentence, noun):
        return
    first, last = extent(sentence, noun)
    first = next((s.first for s in sights if s.last == first), first)  # a state's name that hangs elsewhere
    if _give(naming.figure, sentence, (first, min(last, naming.first)), sights, cast, knowledge):
        cast.claim(naming.figure, sentence.i, (first, last), head=noun)


def _apposed(sentence: Sentence, naming: Naming, cast: Cast, knowledge: Knowledge) -> int:
    """The noun of an office that the name hangs on, directly or through another apposition; -1 for none."""
    at, others = naming.head, [n for n in cast.within(sentence.i) if n.figure is not naming.figure]
    others = [n for n in others if n.figure.key[0] == "person" and n.how in ("name", "title")]
    while base(sentence.words[at].rel) in ("appos", "flat") or (at != naming.head and sentence.words[at].rel == "nmod"):
        at = sentence.words[at].head
        if any(n.first <= at < n.last for n in others):
            return -1  # "Minister Ada Lind and the head of the army, General Brandt": hung on Ada Lind
        held = office_ending(sentence, at + 1, knowledge)
        if held and not naming.first <= at < naming.last:
            while sentence.words[at].rel == "nmod" and held[0] <= sentence.words[at].head < at:
                at = sentence.words[at].head  # "the chief of staff, General Brandt": hung on the staff
            return at
    return -1


def _as(sentence: Sentence, naming: Naming, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> None:
    """ "installed Lena Marosh as the acting mayor of Velin"."""
    at = naming.last
    if at < len(sentence.words) and sentence.words[at].text.lower() == "as":
        end = at + 1
        while end < len(sentence.words) and sentence.words[end].upos not in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"):
            end += 1
        _give(naming.figure, sentence, (at + 1, end), sights, cast, knowledge)


def _copula(sentence: Sentence, clause: Clause, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> None:
    if clause.negation or clause.modals:
        return
    for argument in clause.filled("subject"):
        for w in argument.words:
            naming = cast.taken.get((sentence.i, w))
            if naming and naming.figure.kind == "person" and naming.how != "nominal":
                _give(naming.figure, sentence, extent(sentence, clause.predicate), sights, cast, knowledge)


def _in_office(sentence: Sentence, clause: Clause, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> None:
    """ "Lena Marosh resigned as mayor", "was sworn in as mayor", "they elected Lena Marosh mayor"."""
    installing = clause.lemma in knowledge.actor_words.installing
    if installing and (clause.negation or clause.modals or clause.tense == "future"):
        return
    holds = "object" if installing and not clause.passive else "subject"
    offices = [w for a in clause.arguments if a.case == "as" and len(a.words) == 1 for w in a.words]
    if installing:
        offices += [w for w in sentence.dependents(clause.predicate, "xcomp") if sentence.words[w].upos == "NOUN"]
    for noun in offices:
        first, last = extent(sentence, noun)
        beside = [n for n in cast.within(sentence.i) if n.last == first and n.how in ("name", "title")]
        told = [cast.taken.get((sentence.i, w)) for a in clause.filled(holds) if len(a.words) == 1 for w in a.words]
        for naming in beside or told:
            if naming and naming.figure.kind == "person" and naming.how != "nominal":
                _give(naming.figure, sentence, (first, last), sights, cast, knowledge)


def _heading(sentence: Sentence, clause: Clause, cast: Cast) -> None:
    """ "who heads Venezuela's congress" makes him head of it, and tells his country."""
    if clause.passive or clause.negation or clause.modals:
        return
    objects = [w for a in clause.filled("object") for w in a.words]
    body = next((cast.taken[sentence.i, w] for w in objects if (sentence.i, w) in cast.taken), None)
    if body is None or body.figure.kind not in ("organization", "state", "group"):
        return
    for argument in clause.filled("subject"):
        for w in argument.words:
            naming = cast.taken.get((sentence.i, w))
            if naming and naming.figure.kind == "person" and naming.how in ("name", "short name", "title"):
                span = sentence.span_of((clause.predicate, body.last - 1))
                cast.role(naming.figure, title="head", of=body.figure.name, span=span)
                naming.figure.settle(
                    country=body.figure.country, sector=body.figure.sector, why=f"heads {body.figure.name}"
                )
