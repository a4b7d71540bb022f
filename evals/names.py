"""`names`: names of persons, places and organisations, as exact spans with their type.

Silver documents (`.jsonl`) are read from the text of the same `doc` in the attribution set; files of tokens (`.conll`,
`.iob2`, `.txt`, `.conllu`) are read sentence by sentence: tokens joined by a space, our own words inside
each token.
Neighbouring words with the same tag are one span where the file has no B. All other types are not scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dragoman.read.tokens import words
from dragoman.records import Doc, Span
from evals.conllu import read_docs
from evals.task import Metrics, Options, Record, Task, data_root, f1, json_lines, read_bytes, reader, report_of

_TYPES = {
    "PER": "PER", "PERSON": "PER", "LOC": "LOC", "LOCATION": "LOC", "PLACE": "LOC",
    "ORG": "ORG", "ORGANIZATION": "ORG", "ORGANISATION": "ORG",
}  # fmt: skip
Name = tuple[int, int, str]


def load(path: Path) -> list[Record]:
    """Records with `text`, `sentences` (spans of words; None where our own reading cuts) and gold `names`."""
    kinds = path.suffixes[:-1] if path.suffix == ".gz" else path.suffixes
    if ".jsonl" in kinds:
        texts = _texts(path)
        return [_silver(record, texts) for record in json_lines(path)]
    if ".conllu" in kinds:
        return [_tokens(rows) for rows in _treebank(path)]
    return [_tokens(rows) for rows in _blocks(path)]


def _texts(path: Path) -> dict[str, str]:
    """Texts by document, from the attribution set beside the file or in DRAGOMAN_DATA."""
    beside = path.resolve().parent.parent / "attribution"
    folder = beside if beside.is_dir() else data_root() / "attribution"
    return {record["doc"]: record["text"] for file in sorted(folder.glob("*.jsonl*")) for record in json_lines(file)}


def _silver(record: Record, texts: dict[str, str]) -> Record:
    text = texts.get(record["doc"]) or _rebuilt(record)
    found: Record = {"doc": record["doc"], "text": text, "sentences": None}
    if all("ner" in sentence for sentence in record["sentences"]):
        found["names"] = [
            name
            for sentence in record["sentences"]
            for name in spans([(a, b, tag) for (a, b), tag in zip(sentence["offsets"], sentence["ner"], strict=True)])
        ]
    return found


def _rebuilt(record: Record) -> str:
    """The text as its words and offsets tell it, where the attribution set is not there."""
    text = ""
    for sentence in record["sentences"]:
        for word, (start, _) in zip(sentence["words"], sentence["offsets"], strict=True):
            text = text.ljust(start) + word
    return text


def _blocks(path: Path) -> Iterator[list[tuple[str, str | None]]]:
    """Sentences of a file of tokens as (word, tag); the tag is None where the file has none."""
    indexed = path.suffix == ".iob2"
    for block in read_bytes(path).decode("utf-8").replace("\r", "").split("\n\n"):
        rows = [line.split("\t" if "\t" in line else " ") for line in block.split("\n") if line.strip()]
        rows = [row[1:] if indexed else row for row in rows if not (indexed and row[0].startswith("#"))]
        if rows:
            yield [(row[0], row[1] if len(row) > 1 else None) for row in rows]


def _treebank(path: Path) -> Iterator[list[tuple[str, str | None]]]:
    """Sentences of GUM with the names that its entity annotation gives."""
    kinds = {"person": "PER", "place": "LOC", "organization": "ORG"}
    for doc in read_docs(path):
        for sentence in doc.sentences:
            tags = ["O"] * len(sentence.words)
            for name in sentence.names:
                for i in range(name.first, name.last):
                    tags[i] = ("B-" if i == name.first else "I-") + kinds.get(name.kind, "OTHER")
            yield [(word.text, tag) for word, tag in zip(sentence.words, tags, strict=True)]


def _tokens(rows: Sequence[tuple[str, str | None]]) -> Record:
    text, placed = "", []
    for word, tag in rows:
        start = len(text) + 1 if text else 0
        text = f"{text} {word}" if text else word
        placed.append((start, len(text), tag))
    sentence = [Span(a, b) for start, end, _ in placed for a, b in words(text, start, end)]
    found: Record = {"text": text, "sentences": [sentence] if sentence else []}
    if all(tag is not None for *_, tag in placed):
        found["names"] = spans([(start, end, tag or "O") for start, end, tag in placed])
    return found


def spans(tagged: Sequence[tuple[int, int, str]]) -> list[Name]:
    """Tagged stretches of one sentence as names.

    >>> spans([(0, 3, "I-PER"), (4, 9, "PERSON"), (10, 12, "B-LOC"), (13, 15, "B-LOC"), (16, 17, "O")])
    [(0, 9, 'PER'), (10, 12, 'LOC'), (13, 15, 'LOC')]
    """
    found: list[Name] = []
    before = None
    for start, end, tag in tagged:
        head, _, rest = tag.partition("-")
        kind = _TYPES.get((rest or head).upper())
        if kind and kind == before and head != "B":
            found[-1] = (found[-1][0], end, kind)
        elif kind:
            found.append((start, end, kind))
        before = kind
    return found


def inputs(record: Record) -> Record:
    return {key: record[key] for key in ("text", "sentences")}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """For each record the names found: start, end, type."""
    found = []
    for record in records:
        report = report_of(record["text"])
        given = record["sentences"]
        found.append(names(reader().read(report) if given is None else reader().parse(report, given)))
    return found


def names(doc: Doc) -> list[Name]:
    return [
        (span.start, span.end, kind)
        for sentence in doc.sentences
        for name in sentence.names
        if (kind := _TYPES.get(name.kind.upper()))
        for span in [sentence.span_of(list(range(name.first, name.last)))]
    ]


def score(records: Sequence[Record], predictions: Sequence[Any]) -> Metrics:
    """`per_f1 loc_f1 org_f1`, exact spans."""
    count: Counter[str] = Counter()
    for record, prediction in zip(records, predictions, strict=True):
        mine, gold = set(map(tuple, prediction)), set(map(tuple, record["names"]))
        for label, group in (("found", mine), ("gold", gold), ("right", mine & gold)):
            count.update(f"{kind} {label}" for *_, kind in group)
    return {
        f"{kind.lower()}_f1": f1(count[f"{kind} right"], count[f"{kind} found"], count[f"{kind} gold"])
        for kind in ("PER", "LOC", "ORG")
    }


TASK = Task(
    files=("names/silver_dev.jsonl.gz",),
    field="names",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: "names" in record,
    score=score,
    load=load,
)
