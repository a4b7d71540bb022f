"""Pronouns: tied to the most salient actor they can stand for, or left alone."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence
from dragoman.understand.naming.cast import Cast, Figure, Naming
from dragoman.understand.naming.phrases import base, first_conjunct

REACH = 3  # sentences back
LEAST = 2.0  # a candidate below is no antecedent


def name_pronoun(sentence: Sentence, i: int, cast: Cast, knowledge: Knowledge) -> None:
    """Tie the pronoun at word `i` to its antecedent when one stands out."""
    word = sentence.words[i]
    plain = word.text.lower()
    if (sentence.i, i) in cast.taken or word.upos not in ("PRON", "DET", "ADV"):
        return
    if plain in knowledge.grammar.relatives and word.upos == "PRON":
        if figure := _antecedent(sentence, i, cast):
            cast.name(figure, sentence.i, (i, i + 1), head=i, how="pronoun")
        return
    stands_for = knowledge.actor_words.pronouns.get(plain)
    if stands_for is None or word.rel == "expl" or (stands_for == "thing" and _dummy(sentence, i)):
        return
    figure = _best(sentence, i, stands_for, cast)
    if figure is None:
        return
    if stands_for in ("masculine", "feminine"):
        figure.gender = figure.gender or stands_for
    cast.name(figure, sentence.i, (i, i + 1), head=i, how="pronoun")


def _antecedent(sentence: Sentence, i: int, cast: Cast) -> Figure | None:
    """The noun before the relative clause that the pronoun opens."""
    at = i
    while at >= 0 and sentence.words[at].rel != "acl:relcl":
        at = sentence.words[at].head
    if at < 0:
        return None
    noun = sentence.words[at].head
    naming = cast.taken.get((sentence.i, noun)) or _covering(cast, sentence.i, noun)
    return naming.figure if naming else None


def _covering(cast: Cast, sentence: int, i: int) -> Naming | None:
    return next((n for n in cast.namings if n.sentence == sentence and n.first <= i < n.last), None)


def _dummy(sentence: Sentence, i: int) -> bool:
    """"It is clear that …", "it seems": an `it` that stands for a clause or for nothing."""
    governor = sentence.words[i].head
    if governor < 0 or base(sentence.words[i].rel) != "nsubj":
        return False
    if sentence.dependents(governor, "csubj", "csubj:pass", "csubj:outer"):
        return True
    if not sentence.dependents(governor, "cop"):
        return False
    return sentence.words[governor].upos == "ADJ" or bool(sentence.dependents(governor, "ccomp", "xcomp", "advcl:relcl", "acl:relcl"))


def _best(sentence: Sentence, i: int, stands_for: str, cast: Cast) -> Figure | None:
    scores: dict[Figure, float] = {}
    for naming in cast.namings:
        back = sentence.i - naming.sentence
        if back < 0 or back > REACH or (back == 0 and naming.head >= i):
            continue
        if not _fits(naming, stands_for) or (back == 0 and _bound(sentence, i, naming)):
            continue
        scores[naming.figure] = max(scores.get(naming.figure, 0.0), _salience(cast, naming, sentence, i, back))
    if not scores:
        return None
    for figure in scores:
        scores[figure] += min(len(figure.spans), 4) * 0.25
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0].key))
    best, score = ranked[0]
    if score < LEAST or (len(ranked) > 1 and score - ranked[1][1] < 0.25):
        return None
    return best


def _fits(naming: Naming, stands_for: str) -> bool:
    figure = naming.figure
    if naming.how == "demonym":
        return False
    if stands_for in ("masculine", "feminine"):
        return figure.kind == "person" and not figure.plural and figure.gender in (None, stands_for)
    if stands_for == "thing":
        return figure.kind in ("state", "organization") or (figure.kind == "group" and not figure.plural)
    return figure.plural or (figure.kind in ("organization", "group") and figure.kind != "person")


def _salience(cast: Cast, naming: Naming, sentence: Sentence, i: int, back: int) -> float:
    there = cast.draft.doc.sentences[naming.sentence]
    rel = base(there.words[first_conjunct(there, naming.head)].rel)
    score = {0: 3.0, 1: 2.5, 2: 1.25, 3: 0.5}[back]
    if rel == "nsubj":
        score += 1.5
        if back == 0 and there.words[naming.head].head == sentence.words[sentence.words[i].head].head:
            score += 0.5
    elif rel in ("obj", "iobj"):
        score += 0.5
    elif there.words[naming.head].rel == "nmod:poss":
        score += 0.25
    if _main(there, naming.head):
        score += 0.5
    if naming.how in ("nominal",) and naming.figure.kind == "person":
        score -= 0.5
    return score


def _main(sentence: Sentence, i: int) -> bool:
    """Whether a word hangs on the main predicate."""
    governor = sentence.words[first_conjunct(sentence, i)].head
    return governor >= 0 and sentence.words[governor].head < 0


def _bound(sentence: Sentence, i: int, naming: Naming) -> bool:
    """Whether grammar forbids that pronoun and phrase are the same: arguments of one predicate, or one inside the other."""
    word = sentence.words[i]
    if naming.first <= i < naming.last:
        return True
    if word.rel == "nmod:poss" or word.feat("Reflex") == "Yes":
        noun = word.head
        return noun == naming.head or sentence.words[noun].head == naming.head
    here = sentence.words[i].head
    there = sentence.words[first_conjunct(sentence, naming.head)].head
    return here == there and here >= 0 and base(word.rel) in ("nsubj", "obj", "iobj", "obl")
