"""Pronouns: tied to the most salient actor they can stand for, or left alone."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence
from dragoman.understand.naming.cast import Cast, Figure, Naming
from dragoman.understand.naming.phrases import base, first_conjunct

REACH = 3  # sentences back
LEAST = {"masculine": 2.0, "feminine": 2.0, "thing": 3.25, "many": 3.25}  # below, a candidate is no antecedent
MARGIN = 0.25  # by which the best must lead


def name_pronoun(sentence: Sentence, i: int, cast: Cast, knowledge: Knowledge) -> None:
    """Tie the pronoun at word `i` to its antecedent when one stands out."""
    word = sentence.words[i]
    plain = word.text.lower()
    if (sentence.i, i) in cast.taken or word.upos not in ("PRON", "DET", "ADV"):
        return
    if plain in knowledge.grammar.relatives and word.upos == "PRON":
        figure = _antecedent(sentence, i, cast)
    else:
        stands_for = knowledge.actor_words.pronouns.get(plain)
        if stands_for is None or word.rel == "expl" or (stands_for == "thing" and _dummy(sentence, i)):
            return
        figure = _emphasised(sentence, i, cast) or _ahead(sentence, i, stands_for, cast)
        figure = figure or _best(sentence, i, stands_for, cast)
        if figure is not None and stands_for in ("masculine", "feminine"):
            figure.gender = figure.gender or stands_for
    if figure is not None:
        cast.name(figure, sentence.i, (i, i + 1), head=i, how="pronoun")


def _antecedent(sentence: Sentence, i: int, cast: Cast) -> Figure | None:
    """The noun before the relative clause that the pronoun opens."""
    at = i
    while at >= 0 and sentence.words[at].rel != "acl:relcl":
        at = sentence.words[at].head
    if at < 0:
        return None
    noun = sentence.words[at].head
    naming = cast.taken.get((sentence.i, noun))
    if naming is None:
        naming = next((n for n in cast.within(sentence.i) if n.first <= noun < n.last), None)
    return naming.figure if naming else None


def _emphasised(sentence: Sentence, i: int, cast: Cast) -> Figure | None:
    """"Maduro himself": the name right before a reflexive."""
    if not sentence.words[i].text.lower().endswith(("self", "selves")):
        return None
    return next((n.figure for n in cast.within(sentence.i) if n.last == i), None)


def _ahead(sentence: Sentence, i: int, stands_for: str, cast: Cast) -> Figure | None:
    """"After his oath, Guaido said": a pronoun in what stands before the subject of its own predicate."""
    for governor in _predicates_above(sentence, i):
        for c in sentence.dependents(governor, "nsubj", "nsubj:pass"):
            naming = cast.taken.get((sentence.i, c))
            if naming and naming.first > i and _fits(naming, stands_for) and naming.how in ("name", "title", "short name"):
                return naming.figure
    return None


def _dummy(sentence: Sentence, i: int) -> bool:
    """An `it` that may stand for a clause or for nothing: "it is clear that …", "it was the end"."""
    governor = sentence.words[i].head
    if governor < 0 or base(sentence.words[i].rel) != "nsubj":
        return False
    if sentence.dependents(governor, "csubj", "csubj:pass", "csubj:outer"):
        return True
    return bool(sentence.dependents(governor, "cop"))


def _best(sentence: Sentence, i: int, stands_for: str, cast: Cast) -> Figure | None:
    scores: dict[Figure, float] = {}
    near: dict[Figure, int] = {}
    governors = _predicates_above(sentence, i)
    for back in range(REACH + 1):
        for naming in cast.within(sentence.i - back):
            if back == 0 and (naming.head >= i or _bound(sentence, i, naming)):
                continue
            if not _fits(naming, stands_for):
                continue
            there = cast.draft.doc.sentences[naming.sentence]
            score = _salience(there, naming, back, governors if back == 0 else [])
            if score > scores.get(naming.figure, 0.0):
                scores[naming.figure], near[naming.figure] = score, back
    for figure in scores:
        scores[figure] += min(len(figure.spans), 4) * 0.25
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0].key))
    if not ranked:
        return None
    best, score = ranked[0]
    unsure = len(ranked) > 1 and score - ranked[1][1] < MARGIN
    if score < LEAST[stands_for] or unsure or (near[best] and _rivalled(sentence, i, stands_for, cast)):
        return None
    return best


def _predicates_above(sentence: Sentence, i: int) -> list[int]:
    """The predicates that govern a word, the nearest first: their subjects are its likeliest antecedents."""
    found = []
    at = sentence.words[i].head
    while at >= 0:
        found.append(at)
        at = sentence.words[at].head
    return found


def _fits(naming: Naming, stands_for: str) -> bool:
    figure = naming.figure
    if naming.how == "demonym":
        return False
    if stands_for in ("masculine", "feminine"):
        return figure.kind == "person" and not figure.plural and figure.gender in (None, stands_for)
    if stands_for == "thing":
        return figure.kind in ("state", "organization") or (figure.kind == "group" and not figure.plural)
    return figure.plural or figure.kind in ("organization", "group")


def _salience(there: Sentence, naming: Naming, back: int, governors: list[int]) -> float:
    top = first_conjunct(there, naming.head)
    rel = base(there.words[top].rel)
    score = (3.0, 2.5, 1.25, 0.5)[back]
    if rel == "nsubj":
        score += 1.5
        if there.words[top].head in governors:
            score += 1.5 - 0.5 * min(governors.index(there.words[top].head), 2)
    elif rel in ("obj", "iobj"):
        score += 0.5
    elif there.words[naming.head].rel == "nmod:poss":
        score += 0.25
    governor = there.words[top].head
    if governor >= 0 and there.words[governor].head < 0:
        score += 0.5  # on the main predicate
    if naming.how == "nominal" and naming.figure.kind == "person":
        score -= 0.5
    return score


def _rivalled(sentence: Sentence, i: int, stands_for: str, cast: Cast) -> bool:
    """Whether a thing may be meant by "it" or "they": one named earlier in the same sentence, or any by "them"."""
    if stands_for not in ("thing", "many"):
        return False
    if base(sentence.words[i].rel) not in ("nsubj", "nmod"):
        return True
    number = "Plur" if stands_for == "many" else "Sing"
    return any(
        w.upos == "NOUN"
        and (w.feat("Number") or "Sing") == number
        and base(w.rel) in ("nsubj", "obj")
        and (sentence.i, w.i) not in cast.taken
        for w in sentence.words[:i]
    )


def _bound(sentence: Sentence, i: int, naming: Naming) -> bool:
    """Whether grammar forbids one referent: arguments of one predicate, or the pronoun inside the phrase."""
    word = sentence.words[i]
    if naming.first <= i < naming.last:
        return True
    if word.rel == "nmod:poss" or word.feat("Reflex") == "Yes":
        noun = word.head
        return noun == naming.head or (sentence.words[noun].head == naming.head and sentence.words[noun].rel != "conj")
    here = word.head
    there = sentence.words[first_conjunct(sentence, naming.head)].head
    return here == there and here >= 0 and base(word.rel) in ("nsubj", "obj", "iobj", "obl")
