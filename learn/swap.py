"""Exchanges names in the news for other names of their kind, so that their surroundings are what is learned.

News is full of a few names; a distinct name is drawn as often as any other, so the rare ones are seen too.
"""

import random
from collections import Counter, defaultdict
from dataclasses import replace

from learn.corpus import Corpus, Sentence, Span, spans

_SHARE = 0.7
Pool = dict[tuple[str, bool], list[Sentence]]


def make_pool(corpus: Corpus) -> Pool:
    """Distinct names as little sentences (forms, pieces, shapes) by kind and whether they are one word.

    A name of the news counts if it stands there twice or more, and if most of its occurrences are of one kind.
    """
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    found: dict[str, Sentence] = {}
    for part in ("gum_train", "ewt_train", "news_train", "wiki_train"):
        for document in corpus[part]:
            for sentence in document.sentences:
                for start, end, kind in spans(sentence.names):
                    name = " ".join(sentence.forms[start:end])
                    kinds[name][kind] += 1 if part == "news_train" else 2
                    found[name] = Sentence(sentence.forms[start:end], name, pieces=sentence.pieces[start:end],
                                           shapes=sentence.shapes[start:end])  # fmt: skip
    pool: Pool = defaultdict(list)
    for name, counts in sorted(kinds.items()):
        kind, most = max(counts.items(), key=lambda item: (item[1], item[0]))
        if kind != "OTHER" and most >= 2 and most >= _SHARE * sum(counts.values()) and name[:1].isupper():
            pool[kind, len(found[name].forms) == 1].append(found[name])
    return pool


def swap_names(sentence: Sentence, pool: Pool, rng: random.Random, *, share: float) -> Sentence:
    """A sentence with a share of its persons, places and organisations exchanged; the sentence itself where none is.

    Where the machine's tags were cleaned nothing is exchanged: an untagged surname beside an exchanged one would tell
    that surnames are rarely names.
    """
    if sentence.machine and sentence.machine != sentence.names:
        return sentence
    chosen = [span for span in spans(sentence.names) if span[2] != "OTHER" and rng.random() < share]
    for span in reversed(chosen):
        names = pool.get((span[2], span[1] - span[0] == 1))
        if names and _even(sentence, span):
            sentence = _put(sentence, span, rng.choice(names))
    return sentence


def _even(sentence: Sentence, span: Span) -> bool:
    """Whether no attribution begins or ends within the span."""
    start, end, _ = span
    return all(
        set(column[start + 1 : end]) <= {"O" if column[start] == "O" else "I"} for column in sentence.attribution
    )


def _put(sentence: Sentence, span: Span, name: Sentence) -> Sentence:
    start, end, kind = span
    more = len(name.forms) - 1

    def with_tags(column: list[str], first: str, rest: str) -> list[str]:
        return [*column[:start], first, *[rest] * more, *column[end:]]

    return replace(
        sentence,
        forms=[*sentence.forms[:start], *name.forms, *sentence.forms[end:]],
        pieces=[*sentence.pieces[:start], *name.pieces, *sentence.pieces[end:]],
        shapes=[*sentence.shapes[:start], *name.shapes, *sentence.shapes[end:]],
        names=with_tags(sentence.names, "B-" + kind, "I-" + kind),
        machine=[],
        attribution=[
            with_tags(column, column[start], "O" if column[start] == "O" else "I") for column in sentence.attribution
        ],
        number=-1,  # its original vector is not the new sentence's
    )
