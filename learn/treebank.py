"""Reads CoNLL-U treebanks (GUM, EWT) and the UNER names of EWT into documents."""

from collections import defaultdict
from pathlib import Path

from dragoman.read import lemma
from learn.corpus import NO_NAME, UNKNOWN, Document, Sentence
from learn.entities import label_entities

# The EWT at hand is an older release than GUM: its relation names of that time, and what GUM calls them now.
_RENAMED = {
    "obl:npmod": "obl:unmarked",
    "obl:tmod": "obl:unmarked",
    "nmod:npmod": "nmod:unmarked",
    "nmod:tmod": "nmod:unmarked",
    "flat:foreign": "flat",
}


def read_treebank(path: Path, origin: str) -> list[Document]:
    """Read a CoNLL-U file; GUM's sentences also get names and nominals, EWT's feats are left out (another release)."""
    documents: list[Document] = []
    for block in path.read_text(encoding="utf8").split("\n\n"):
        comments = [line for line in block.split("\n") if line.startswith("#")]
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        rows = [row for row in rows if row[0].isdigit()]
        opens = False
        for line in comments:
            if line.startswith("# newdoc"):
                documents.append(Document(line.split("=", 1)[1].strip(), origin, []))
                opens = True
            opens = opens or line.startswith("# newpar")
        if rows:
            documents[-1].sentences.append(_sentence(rows, comments, opens))
            if origin == "gum":
                label_entities(documents[-1].sentences[-1], [row[9] for row in rows])
            else:
                documents[-1].sentences[-1].feats = []
    return documents


def _sentence(rows: list[list[str]], comments: list[str], opens: bool) -> Sentence:
    forms = [row[1] for row in rows]
    text = next((line.split("=", 1)[1].strip() for line in comments if line.startswith("# text =")), " ".join(forms))
    return Sentence(
        forms,
        text,
        opens,
        upos=[row[3] for row in rows],
        feats=[row[5] for row in rows],
        lemma=[lemma.script(row[1], row[2]) for row in rows],
        heads=[int(row[6]) for row in rows],
        rels=[_RENAMED.get(row[7], row[7]) for row in rows],
    )


def add_uner(documents: list[Document], path: Path) -> int:
    """Give EWT sentences the names of UniversalNER, found by their forms; return how many sentences have none.

    UNER marks persons, places and organisations only, so a proper noun outside them may be another name.
    """
    tagged: dict[tuple[str, ...], list[str]] = {}
    repeats: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for block in path.read_text(encoding="utf8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if rows:
            key = tuple(row[1] for row in rows)
            tagged[key] = [row[2] for row in rows]
            repeats[key].append(tagged[key])
    missing = 0
    for document in documents:
        for sentence in document.sentences:
            key = tuple(sentence.forms)
            tags = tagged.get(key)
            # the same words tagged twice in different ways are no evidence
            if tags is None or any(other != tags for other in repeats[key]):
                sentence.names, missing = [UNKNOWN] * len(key), missing + 1
                continue
            sentence.names = [
                NO_NAME if tag == "O" and upos == "PROPN" else tag
                for tag, upos in zip(tags, sentence.upos, strict=True)
            ]
    return missing
