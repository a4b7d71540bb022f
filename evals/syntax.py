"""`syntax`: tags and trees on gold words, and words, sentences and trees from raw text, against a CoNLL-U treebank.

A record is one document. With gold words each sentence is read by itself; the raw text has the `# text` lines of a
paragraph joined by a space, and a blank line at `# newpar`. Relations count with their subtypes, punctuation counts.
Raw scores are those of the CoNLL shared task: F1 of word spans, of sentence spans, and of words whose span, head (its
span) and relation are right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman.records import Doc, Sentence, Span
from evals.conllu import read_docs
from evals.task import Metrics, Options, Record, Task, f1, reader, report_of

# A word of a prediction: start, end, upos, head (place in the sentence, -1 the root), relation.
Row = tuple[int, int, str, int, str]


def load(path: Path) -> list[Record]:
    """The documents of a treebank: `doc`, `text`, `words` (spans by sentence), and the gold Doc as `gold`."""
    return [
        {
            "doc": doc.report.id,
            "text": doc.report.text,
            "words": [[word.span for word in sentence.words] for sentence in doc.sentences],
            "gold": doc,
        }
        for doc in read_docs(path)
    ]


def inputs(record: Record) -> Record:
    return {key: record[key] for key in ("text", "words")}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """For each document `tagged` (on gold words) and `raw`: sentences, each a list of rows."""
    found = []
    for record in records:
        report = report_of(record["text"])
        sentences: list[list[Span]] = record["words"]
        found.append({"tagged": rows(reader().parse(report, sentences)), "raw": rows(reader().read(report))})
    return found


def rows(doc: Doc) -> list[list[Row]]:
    return [[(w.start, w.end, w.upos, w.head, w.rel) for w in sentence.words] for sentence in doc.sentences]


def has_gold(record: Record) -> bool:
    return any(word.rel != "_" for sentence in record["gold"].sentences for word in sentence.words)


def score(records: Sequence[Record], predictions: Sequence[Any]) -> Metrics:
    """`upos uas las` on gold words, `raw_words_f1 raw_sentences_f1 raw_las` (F1) from raw text."""
    count: Counter[str] = Counter()
    for record, prediction in zip(records, predictions, strict=True):
        gold: Sequence[Sentence] = record["gold"].sentences
        for sentence, tagged in zip(gold, prediction["tagged"], strict=True):
            for word, (_, _, upos, head, rel) in zip(sentence.words, tagged, strict=True):
                count["words"] += 1
                count["upos"] += upos == word.upos
                count["uas"] += head == word.head
                count["las"] += head == word.head and rel == word.rel
        count += _raw(rows(record["gold"]), prediction["raw"])
    total = count["words"]
    metrics = {name: count[name] / total for name in ("upos", "uas", "las")}
    for name, kind in (("raw_words_f1", "word"), ("raw_sentences_f1", "sentence"), ("raw_las", "arc")):
        sizes = "sentence" if kind == "sentence" else "word"
        metrics[name] = f1(count[f"{kind} right"], count[f"{sizes} found"], count[f"{sizes} gold"])
    return metrics


def _raw(gold: Sequence[Sequence[Row]], found: Sequence[Sequence[Row]]) -> Counter[str]:
    count: Counter[str] = Counter()
    for kind, of in (("word", _words), ("sentence", _sentences), ("arc", _arcs)):
        mine, theirs = of(found), of(gold)
        count[f"{kind} found"] += len(mine)
        count[f"{kind} gold"] += len(theirs)
        count[f"{kind} right"] += len(mine & theirs)
    return count


def _words(sentences: Sequence[Sequence[Row]]) -> set[tuple[int, int]]:
    return {row[:2] for sentence in sentences for row in sentence}


def _sentences(sentences: Sequence[Sequence[Row]]) -> set[tuple[int, int]]:
    return {(sentence[0][0], sentence[-1][1]) for sentence in sentences}


def _arcs(sentences: Sequence[Sequence[Row]]) -> set[tuple[tuple[int, int], tuple[int, int] | None, str]]:
    return {
        (row[:2], sentence[row[3]][:2] if row[3] >= 0 else None, row[4]) for sentence in sentences for row in sentence
    }


TASK = Task(
    files=("syntax/gum_dev.conllu",),
    field="sentences",
    inputs=inputs,
    predict=predict,
    has_gold=has_gold,
    score=score,
    load=load,
)
