"""CoNLL-U as documents of Dragoman: gold words, trees and lemmas with offsets into the `# text` lines.

Sentences of a paragraph are joined by a space, paragraphs (`# newpar`) by a blank line: raw text gives no sentence
away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from dragoman.records import Doc, Phrase, Report, Sentence, Word

# EWT at hand is an older release than GUM: its relation names of that time, and what GUM calls them now.
RENAMED = {
    "obl:npmod": "obl:unmarked",
    "obl:tmod": "obl:unmarked",
    "nmod:npmod": "nmod:unmarked",
    "nmod:tmod": "nmod:unmarked",
    "flat:foreign": "flat",
}
_KINDS = {"PER": "person", "LOC": "place", "ORG": "organization", "OTHER": "other"}


class Block(Struct, frozen=True):
    """One sentence of the file: its document, whether it opens a paragraph, its text, and its words' ten columns."""

    doc: str
    opens: bool
    text: str
    rows: tuple[list[str], ...]


def blocks(path: Path) -> Iterator[Block]:
    """The sentences of a CoNLL-U file; ranges (`3-4`) and empty nodes (`3.1`) are left out."""
    doc, opens, text = path.stem, True, ""
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if not line:
            if rows:
                yield Block(doc, opens, text or " ".join(row[1] for row in rows), tuple(rows))
                opens, text, rows = False, "", []
        elif line.startswith("# newdoc"):
            doc, opens = line.partition("=")[2].strip() or doc, True
        elif line.startswith("# newpar"):
            opens = True
        elif line.startswith("# text ="):
            text = line.partition("=")[2].strip()
        elif line[0] != "#" and (row := line.split("\t"))[0].isdigit():
            rows.append(row)


def read_docs(path: Path | str) -> list[Doc]:
    """The documents of a CoNLL-U file with gold words, trees and lemmas; GUM's also with gold names and nominals."""
    path = Path(path)
    grouped: dict[str, list[Block]] = {}
    for block in blocks(path):
        grouped.setdefault(block.doc, []).append(block)
    return [_doc(name, found) for name, found in grouped.items()]


def _doc(name: str, found: list[Block]) -> Doc:
    text, paragraph = "", -1
    sentences: list[Sentence] = []
    for block in found:
        if block.opens or not text:
            paragraph += 1
        text += ("" if not text else "\n\n" if block.opens else " ") + block.text
        words = _words(block, at=len(text) - len(block.text))
        names, nominals = _phrases(block)
        sentences.append(Sentence(len(sentences), paragraph, words, names, nominals))
    digest = hashlib.sha256(text.encode()).hexdigest()
    report = Report(id=name, origin=name, text=text, sha256=digest)
    return Doc(report, tuple(sentences), model="gold")


def _words(block: Block, *, at: int) -> tuple[Word, ...]:
    """Words with offsets: each form is looked for from the end of the one before it."""
    found, end = [], 0
    for i, row in enumerate(block.rows):
        start = block.text.find(row[1], end)
        if start < 0:
            raise ValueError(f"{block.doc}: the word {row[1]!r} is not in its sentence's text after {end} characters")
        end = start + len(row[1])
        feats = "" if row[5] == "_" else row[5]
        head = int(row[6]) - 1 if row[6].isdigit() else -1
        rel = RENAMED.get(row[7], row[7])
        found.append(Word(i, row[1], at + start, at + end, row[2], row[3], feats, head, rel))
    return tuple(found)


def _phrases(block: Block) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """Names and nominals from GUM's entity annotation; none where the file has none or `learn` is not installed."""
    misc = [row[9] for row in block.rows]
    if not any("Entity=" in value for value in misc):
        return (), ()
    try:
        from learn.corpus import Sentence as Labelled  # the conversion of entities belongs to training
        from learn.entities import label_entities
    except ModuleNotFoundError:
        return (), ()
    labelled = Labelled(
        [row[1] for row in block.rows],
        block.text,
        block.opens,
        upos=[row[3] for row in block.rows],
        feats=[row[5] for row in block.rows],
        lemma=[row[2] for row in block.rows],
        heads=[int(row[6]) for row in block.rows],
        rels=[row[7] for row in block.rows],
    )
    label_entities(labelled, misc)
    return phrases(labelled.names or []), phrases(labelled.nominals or [])


def phrases(tags: list[str]) -> tuple[Phrase, ...]:
    """BIO tags (PER, LOC, ORG, OTHER) as phrases; an I that follows nothing of its kind begins one.

    >>> phrases(["B-PER", "I-PER", "O", "I-ORG"])
    (Phrase(first=0, last=2, kind='person'), Phrase(first=3, last=4, kind='organization'))
    """
    found: list[Phrase] = []
    for i, tag in enumerate(tags):
        kind = _KINDS.get(tag[2:])
        if kind is None:
            continue
        if tag[0] == "I" and found and found[-1].last == i and found[-1].kind == kind:
            found[-1] = Phrase(found[-1].first, i + 1, kind)
        else:
            found.append(Phrase(i, i + 1, kind))
    return tuple(found)
