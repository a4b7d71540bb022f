"""`event-spans`: who acts (S) and who is acted on (T) in the main event of a sentence (R: both), and its class.

Classes: 0 statements and appeals, 1 verbal cooperation, 2 material cooperation, 3 verbal conflict and reduced ties,
4 material conflict. The head of a span is its last token before an "of" or a comma, else its last token.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.knowledge.grammar import Grammar
from dragoman.read.tokens import words
from dragoman.records import Doc, Span
from dragoman.understand.arguments import case_of
from dragoman.understand.coding import Coding
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.party import phrase
from evals.coded import coded
from evals.task import Metrics, Options, Record, Task, f1, read, reader, report_of

_CLASS = {"01": 0, "02": 0, "03": 1, "04": 1, "05": 1, "06": 2, "07": 2, "08": 2, "09": 3, "10": 3, "11": 3, "12": 3,
          "13": 3, "16": 3}  # fmt: skip
_SAYING = ("ccomp", "parataxis")
Marked = tuple[int, int, str]  # first token, last token, S T or R


def inputs(record: Record) -> Record:
    return {key: record[key] for key in ("text", "tokens") if key in record}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """For each record `tags` (as the gold has them, empty without tokens) and `code`."""
    knowledge = Knowledge(ontology=options.ontology)
    return [_predict(record, knowledge) for record in records]


def _predict(record: Record, knowledge: Knowledge) -> dict[str, Any]:
    tokens = record.get("tokens")
    if not tokens:
        work, found = coded(read(record["text"]), knowledge)
        main = main_event(work, found)
        return {"tags": [], "code": class_of(main)}
    doc, places = _read(tokens)
    work, found = coded(doc, knowledge)
    main = main_event(work, found)
    return {"tags": _tags(spans_of(work, main, knowledge.grammar), places), "code": class_of(main)}


def _read(tokens: Sequence[str]) -> tuple[Doc, list[Span]]:
    """The tokens, joined by spaces, read as one sentence; where each token stands."""
    text, places = "", []
    for token in tokens:
        start = len(text) + 1 if text else 0
        text = f"{text} {token}" if text else token
        places.append(Span(start, len(text)))
    cut = [Span(a, b) for place in places for a, b in words(text, place.start, place.end)]
    return reader().parse(report_of(text), [cut]), places


def main_event(work: Draft, found: Sequence[Coding]) -> Coding | None:
    """The event nearest to the root of its sentence; a mention before what only restates one."""

    def order(coding: Coding) -> tuple[bool, float, int]:
        sentence = work.doc.sentences[coding.clause.sentence]
        at, depth = coding.clause.predicate, 0.0
        while sentence.words[at].head >= 0:
            depth += 0.3 if sentence.words[at].rel in _SAYING else 1.0
            at = sentence.words[at].head
        parties = 1.5 * bool(coding.actor.texts) + bool(coding.recipient.texts)
        return bool(coding.barred), depth + (coding.clause.kind == "nominal") - parties, coding.clause.i

    return min(found, key=order, default=None)


def class_of(main: Coding | None) -> int:
    """The class of its CAMEO root; without an event, a statement."""
    return _CLASS.get((main.cameo or "01")[:2], 4) if main else 0


def spans_of(work: Draft, main: Coding | None, grammar: Grammar) -> list[tuple[Span, str]]:
    """Spans of the report with their role."""
    if main is None:
        return _speaker(work, grammar)
    actors = _sayers(work, main, grammar) or main.actor.spans
    others = main.recipient.spans
    several = len(actors) > 1 or any(" and " in span.of(work.text) for span in actors)
    both = _mutual(main) or (several and not others)  # two who agree, with nobody else
    found = dict.fromkeys([a for a in actors if both or a not in others], "R" if both else "S")
    for span in others:
        found.setdefault(span, "R" if both else "T")
    joined: list[tuple[Span, str]] = []
    for span, role in sorted((_with_short(work, span), role) for span, role in found.items()):
        together = joined and joined[-1][1] == role == "S"
        if together and _between(work, joined[-1][0], span) in (",", "and", ", and"):
            joined[-1] = (Span(joined[-1][0].start, span.end), role)
        else:
            joined.append((span, role))
    return joined


def _mutual(main: Coding) -> bool:
    """Whether all meet each other; one who calls another acts alone."""
    return main.cameo != "041" and (len(main.fit.frame.actor) > 1 or main.cameo in ("040", "046"))


def _with_short(work: Draft, span: Span) -> Span:
    """The span with the short name in brackets behind it."""
    short = re.match(r" \( [\w -]{1,12} \)", work.text[span.end :])
    return Span(span.start, span.end + short.end()) if short else span


def _named_behind(work: Draft, clause: Clause, taken: Sequence[Span], grammar: Grammar) -> list[Span]:
    """Whom a statement names first behind its verb, else what it is about."""
    sentence = work.doc.sentences[clause.sentence]
    below = set(sentence.subtree(clause.predicate))
    behind = [w for w in sentence.words[clause.predicate + 1 :] if w.i in below and w.upos in ("NOUN", "PROPN")]
    free = [w.i for w in behind if not any(span.overlaps(w.span) for span in taken)]
    loose = [i for i in free if sentence.words[i].rel.split(":")[0] in ("obj", "iobj", "obl", "nmod")]
    named = [i for i in loose if work.reference_at(sentence.i, i) or any(n.first <= i < n.last for n in sentence.names)]
    about = [i for i in free if case_of(sentence, i) in ("about", "over", "regarding", "at")]
    for i in [*named[:1], *about[:1]]:
        span = phrase(sentence, i, grammar)
        return [span] if span else []
    return []


def _between(work: Draft, one: Span, other: Span) -> str:
    return work.text[one.end : other.start].strip()


def _sayers(work: Draft, main: Coding, grammar: Grammar) -> tuple[Span, ...]:
    """For "X says it will act": X, where the actor is only a pronoun."""
    clause = main.clause
    sentence = work.doc.sentences[clause.sentence]
    own = [word for argument in clause.filled("subject") for word in argument.words]
    if clause.parent is None or not own or any(sentence.words[word].upos != "PRON" for word in own):
        return ()
    above = [word for argument in work.clauses[clause.parent].filled("subject") for word in argument.words]
    return tuple(span for word in above if (span := phrase(sentence, word, grammar)))


def _speaker(work: Draft, grammar: Grammar) -> list[tuple[Span, str]]:
    """Who says it, where the sentence only says something."""
    for clause in work.clauses:
        sentence = work.doc.sentences[clause.sentence]
        if clause.predicate == sentence.root:
            heads = [word for argument in clause.filled("subject") for word in argument.words]
            said = [span for head in heads if (span := phrase(sentence, head, grammar))]
            others = _named_behind(work, clause, said, grammar)
            return [(_with_short(work, s), "S") for s in said] + [(_with_short(work, s), "T") for s in others]
    return []


def _tags(spans: Sequence[tuple[Span, str]], places: Sequence[Span]) -> list[str]:
    tags = ["O"] * len(places)
    for span, role in spans:
        inside = [i for i, place in enumerate(places) if place.overlaps(span) and tags[i] == "O"]
        for n, i in enumerate(inside):
            tags[i] = f"{'I' if n else 'B'}-{role}"
    return tags


def marked(tags: Sequence[str]) -> list[Marked]:
    """Tagged spans.

    >>> marked(["B-S", "I-S", "O", "B-T", "B-T"])
    [(0, 1, 'S'), (3, 3, 'T'), (4, 4, 'T')]
    """
    found: list[Marked] = []
    for i, tag in enumerate(tags):
        place, _, role = tag.partition("-")
        if place == "I" and found and found[-1][1] == i - 1 and found[-1][2] == role:
            found[-1] = (found[-1][0], i, role)
        elif role:
            found.append((i, i, role))
    return found


def head(span: Marked, tokens: Sequence[str]) -> tuple[int, str]:
    """The head of a span: its last token before an "of" or a comma, else its last."""
    first, last, role = span
    for i in range(first + 1, last + 1):
        if tokens[i].lower() in ("of", ","):
            return i - 1, role
    return last, role


def score(records: Sequence[Record], predictions: Sequence[Any]) -> Metrics:
    """`head_f1 exact_f1` over records with tags, `class_accuracy` over all."""
    counts = {"head": [0, 0, 0], "exact": [0, 0, 0]}
    right = 0
    for record, prediction in zip(records, predictions, strict=True):
        right += str(prediction["code"]) == str(record["events"][0]["code"])
        if not record.get("tags"):
            continue
        gold, mine = marked(record["tags"]), marked(prediction["tags"])
        for kind, one, other in (
            ("exact", set(mine), set(gold)),
            ("head", {head(s, record["tokens"]) for s in mine}, {head(s, record["tokens"]) for s in gold}),
        ):
            counts[kind][0] += len(one & other)
            counts[kind][1] += len(one)
            counts[kind][2] += len(other)
    return {
        "head_f1": f1(*counts["head"]),
        "exact_f1": f1(*counts["exact"]),
        "class_accuracy": right / len(records),
    }


TASK = Task(
    files=("events/conflibert_cameo_train.jsonl",),
    field="prediction",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: "code" in (record.get("events") or [{}])[0],
    score=score,
)
