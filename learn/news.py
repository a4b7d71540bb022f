"""News with machine-made name tags (CoreNLP) and hand-made attributions (PolNeAR), joined by document and offset."""

import gzip
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from learn.corpus import GROUPS, NO_NAME, UNKNOWN, Document, Sentence, Span, bio

_KINDS = {"PERSON": "PER", "LOCATION": "LOC", "ORGANIZATION": "ORG"}
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
Token = tuple[int, int, str]


def read_news(names: Path, attributions: Path, *, split_hyphens: bool) -> list[Document]:
    """Read the documents that both files hold; words take their form from the text, not CoreNLP's escapes.

    With `split_hyphens` words are parted at hyphens as the treebanks part them.
    """
    with attributions.open(encoding="utf8") as lines:
        originals = {record["doc"]: record for record in map(json.loads, lines)}
    documents = []
    with gzip.open(names, "rt", encoding="utf8") as lines:
        for record in map(json.loads, lines):
            if record["doc"] in originals:
                documents.append(_document(record, originals[record["doc"]], split_hyphens=split_hyphens))
    return documents


def _document(record: dict[str, Any], original: dict[str, Any], *, split_hyphens: bool) -> Document:
    text = original["text"]
    parts: dict[str, list[tuple[int, int]]] = {
        group: sorted({(start, end) for one in original["attributions"] for start, end in one[group]})
        for group in GROUPS
    }
    document, last = Document(record["doc"], "news", []), 0
    for raw in record["sentences"]:
        tokens: list[Token] = []
        for (start, end), tag in zip(raw["offsets"], raw["ner"], strict=True):
            tokens += _parts(text, (start, end, tag)) if split_hyphens else [(start, end, tag)]
        first, end = tokens[0][0], tokens[-1][1]
        forms = [text[token[0] : token[1]] for token in tokens]
        if any(re.search(r"\s", form) for form in forms):  # ". . ." taken as one word
            forms = [re.sub(r"\s+", "", form) for form in forms]
        document.sentences.append(
            Sentence(
                forms,
                text[first:end],
                "\n" in text[last:first] or not document.sentences,
                names=_names([token[2] for token in tokens], forms),
                attribution=[_attribution(tokens, parts[group], group) for group in GROUPS],
            )
        )
        last = end
    return document


def _parts(text: str, token: Token) -> list[Token]:
    """Part a token at its hyphens; a capital inside an untagged compound ("U.S.-led") may be a name or not."""
    start, end, tag = token
    cuts = [match.start() + start for match in _HYPHEN.finditer(text[start:end])]
    if not cuts or not any(char.isalpha() for char in text[start:end]):
        return [token]
    if tag not in _KINDS and any(char.isupper() for char in text[start:end]):
        tag = UNKNOWN
    edges = [start, *(edge for cut in cuts for edge in (cut, cut + 1)), end]
    return [(low, high, tag) for low, high in pairwise(edges) if high > low]


def _names(tags: list[str], forms: list[str]) -> list[str]:
    """CoreNLP's tags as BIO; MISC and untagged capitals are `NO_NAME`: CoreNLP's other names are not ours."""
    out: list[str] = []
    for at, (tag, form) in enumerate(zip(tags, forms, strict=True)):
        if tag in _KINDS:
            out.append(("I-" if at and tags[at - 1] == tag else "B-") + _KINDS[tag])
        elif tag == UNKNOWN:
            out.append(UNKNOWN)
        else:
            out.append(NO_NAME if tag == "MISC" or (tag == "O" and form[:1].isupper()) else "O")
    return out


def _attribution(tokens: list[Token], parts: list[tuple[int, int]], group: str) -> list[str]:
    """BIO of one group; a word belongs to a part that covers its middle."""
    found: list[Span] = []
    for start, end in parts:
        inside = [at for at, token in enumerate(tokens) if start <= (token[0] + token[1] - 1) / 2 < end]
        if inside:
            found.append((inside[0], inside[-1] + 1, group))
    return [tag.partition("-")[0] for tag in bio(len(tokens), found)]
