"""`event-type`: which type of event links two marked phrases of a text (PLOVER; YIELD is CONCEDE or RETREAT).

Of the clauses that fit a frame, the one whose actor and recipient overlap the phrases, one that is no mention after
those that are; failing that, whose clause holds them; failing that, the best fit of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.records import TYPES, Span
from dragoman.understand.coding import Coding
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.party import Party
from evals.coded import coded
from evals.task import Metrics, Options, Record, Task, f1, read

_OF_ROOT = {
    "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "YIELD",
    "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST",
    "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
_EXCEPT = {"163": "COERCE", "175": "ASSAULT", "1712": "ASSAULT"}
_KIND = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"})
_LEAST = 0.1  # a frame of the verb, or a tenth of the typer's share
_HOSTILE = frozenset({"PROTEST", "SANCTION", "COERCE", "ASSAULT"})


def inputs(record: Record) -> Record:
    event = record["events"][0]
    return {"text": record["text"], "source": event["source_text"], "target": event["target_text"]}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """For each record a PLOVER label, or None where no predicate of the text is known."""
    knowledge = Knowledge(ontology=options.ontology)
    return [event_type(record, knowledge) for record in records]


def event_type(record: Record, knowledge: Knowledge) -> str | None:
    work, found = coded(read(record["text"]), knowledge)
    source, target = (_find(record["text"], record[key]) for key in ("source", "target"))
    options = [(_fits(work, c, source, target), c.fit.score, -c.clause.i, label(c)) for c in found]
    fitted = {c.clause.i for c in found}
    for clause in work.clauses:
        if clause.i not in fitted and (guess := _loose(work, clause, knowledge)):
            options.append((_links(work, clause, source, target) - 0.5, 0.0, -clause.i, guess))
    return max(options)[-1] if options else None


def _loose(work: Draft, clause: Clause, knowledge: Knowledge) -> str | None:
    """The label most frames of a verb have, its company disregarded; the typer's share for a type counts with them."""
    sentence = work.doc.sentences[clause.sentence]
    word = sentence.words[clause.predicate]
    if clause.kind != "verbal" or clause.filled("clause"):
        return None
    frames = knowledge.frames.of("verb", word.lemma.lower())
    roots: dict[str, float] = {}
    for type in TYPES:
        root = _OF_ROOT[knowledge.types[type].root]
        roots[root] = roots.get(root, 0.0) + sentence.chance(word.i, type)
    for frame in frames:
        if not frame.rest:
            root = _root(frame.cameo, frame.type)
            roots[root] = roots.get(root, 0.0) + 0.1
    best = max(roots, key=lambda root: roots[root])
    return best if roots[best] >= _LEAST else None


def _links(work: Draft, clause: Clause, source: Span | None, target: Span | None) -> float:
    """How well a clause that fits no frame links the two phrases; a fitted one is worth more."""
    sentence = work.doc.sentences[clause.sentence]
    score = -2.0
    for phrase, doer in ((source, True), (target, False)):
        if phrase is None:
            continue
        side = [a for a in clause.arguments if (a.role == ("agent" if clause.passive else "subject")) == doer]
        score += 2.0 * any(sentence.span_of(sentence.subtree(a.words[0])).overlaps(phrase) for a in side)
    return score


def _root(cameo: str | None, kind: str) -> str:
    """The label of a CAMEO code; of none, the type's own."""
    return _EXCEPT.get(cameo or "") or _OF_ROOT.get((cameo or "")[:2], kind)


def label(coding: Coding) -> str:
    """The label as this set has them: the 2021 table of CAMEO roots, a refusal and an intent as CAMEO codes them.

    What somebody will do to cooperate or to step back is AGREE, what he does not or will not do REJECT, harm to come
    THREATEN; attacks on computers are ASSAULT.
    """
    found = "ASSAULT" if coding.mode == "cyber" else _root(coding.cameo, coding.type)
    clause = coding.clause
    if clause.negation and found in _KIND:
        return "REJECT"
    if clause.tense == "future" or (clause.link == "ccomp" and clause.modals):
        if found == "YIELD":
            return "AGREE"
        if found in _HOSTILE:
            return "THREATEN"
    return found


def _find(text: str, words: str) -> Span | None:
    at = text.find(words.strip())
    return Span(at, at + len(words.strip())) if at >= 0 else None


def _fits(work: Draft, coding: Coding, source: Span | None, target: Span | None) -> float:
    """How well a coding links the two phrases."""
    sentence = work.doc.sentences[coding.clause.sentence]
    below = sentence.span_of(sentence.subtree(coding.clause.predicate))
    score = coding.share - 1.5 * bool(coding.barred)
    for phrase, side, other in ((source, coding.actor, coding.recipient), (target, coding.recipient, coding.actor)):
        if phrase is None:
            continue
        if _touches(work, side, phrase):
            score += 2.0
        elif _touches(work, other, phrase):
            score += 1.0
        elif below.overlaps(phrase):
            score += 0.5
    depth = 0
    at = coding.clause.predicate
    while sentence.words[at].head >= 0:
        at, depth = sentence.words[at].head, depth + 1
    return score - 0.1 * depth - (0.3 if coding.clause.kind == "nominal" else 0.0)


def _touches(work: Draft, party: Party, phrase: Span) -> bool:
    """Whether a party's words, or those of a pronoun that stands for it, overlap the phrase."""
    named = {ref.actor for ref in work.references if ref.span.overlaps(phrase)}
    return any(span.overlaps(phrase) for span in party.spans) or bool(named & set(party.actors))


def score(records: Sequence[Record], predictions: Sequence[Any]) -> Metrics:
    """`accuracy`, and `macro_f1` over the labels of the gold."""
    gold = [record["events"][0]["code"] for record in records]
    right = Counter(g for g, p in zip(gold, predictions, strict=True) if g == p)
    labels = sorted(set(gold))
    each = [f1(right[label], list(predictions).count(label), gold.count(label)) for label in labels]
    return {"accuracy": right.total() / len(gold), "macro_f1": sum(each) / len(each)}


TASK = Task(
    files=("events/plv_train.jsonl",),
    field="code",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: "code" in record["events"][0],
    score=score,
)
