"""Given event mentions of many documents, made ready to be held against each other, and how likely two are one event.

The mentions of ECB+ are words of any kind, without the participants that our own events are joined by; what is compared
is the trigger, what hangs on it, its sentence and its document. Weights: `coreference.toml`, learnt by `learn.pairing`.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dragoman.reconcile.acts import acts_of
from dragoman.reconcile.telling import vector_of
from dragoman.reconcile.words import content, plain_words, stem, tokens
from dragoman.records import Sentence, Span
from evals.stories import stories_of
from evals.task import Record, reader, report_of

FEATURES = (
    "same_stem", "near_triggers", "one_act", "word_in_common",
    "arguments_same", "arguments_other", "sentence_same", "sentence_other", "sense_same", "sense_other",
    "one_report_same", "one_report_other", "no_argument_shared", "one_denied", "reports_same", "reports_other",
    "objects_other", "subjects_part", "one_modal", "one_sentence", "figures_part",
)  # fmt: skip
BACKGROUND, SPREAD = 100, 2  # reports that none has seen, and those of them that hold any one word
OWN_REPORT = 0.4  # how near a report counts as to itself: as near as two good accounts of one event
PARTS = frozenset({"nsubj", "obj", "obl", "nmod", "compound", "amod", "iobj", "xcomp", "nummod"})
SUBJECTS, OBJECTS = {"nsubj", "obl:agent", "nmod:poss"}, {"obj", "nmod", "obl", "nsubj:pass"}
MODALS = frozenset({"will", "would", "could", "may", "might", "should", "can"})


class Trigger(Struct, frozen=True):
    """A mention: its document and sentence, its head word, and what is compared of it."""

    doc: str
    sentence: int
    lemma: str
    stem: str
    words: frozenset[str]  # stems of the trigger
    nearby: frozenset[str]  # stems of the rest of its sentence
    arguments: frozenset[str]
    subjects: frozenset[str]
    objects: frozenset[str]
    denied: bool
    modal: bool
    sense: NDArray[np.float32]  # the sentence's vector
    own: NDArray[np.float32]  # the trigger's lemma's vector


class Corpus(Struct, frozen=True):
    """All mentions of a file, with what is known over all its documents."""

    mentions: Sequence[Trigger]
    stories: Mapping[str, str]
    weights: Mapping[str, float]  # of stems
    reports: Mapping[str, Mapping[str, float]]  # words of each report, weighed, at unit length

    def pairs(self) -> list[tuple[int, int]]:
        """Mentions of one story, each with each."""
        by: dict[str, list[int]] = defaultdict(list)
        for n, mention in enumerate(self.mentions):
            by[self.stories[mention.doc]].append(n)
        return [pair for together in by.values() for pair in combinations(together, 2)]


def corpus(records: Sequence[Record], asked: Mapping[str, Sequence[Record]]) -> Corpus:
    """Read the sentences that hold mentions; find the stories of the documents."""
    texts = {r["doc"]: " ".join(s["text"] for s in r["sentences"]) for r in records}
    stories = dict(zip(texts, stories_of([("", text, None) for text in texts.values()]), strict=True))
    found = [
        (r["doc"], m, parsed[m["sent"]])
        for r in records
        for parsed in [_parsed(r, sorted({m["sent"] for m in asked[r["doc"]]}))]
        for m in asked[r["doc"]]
    ]
    heads = [sentence.words[head_of(sentence, m["tokens"])].lemma.lower() for _, m, sentence in found]
    own = _vectors(sorted(set(heads)))
    mentions = [_trigger(doc, m, sentence, own) for doc, m, sentence in found]
    spread = Counter(s for nearby in {(t.doc, t.sentence): t.nearby for t in mentions}.values() for s in nearby)
    total = len({(t.doc, t.sentence) for t in mentions})
    weights = {s: math.log((1 + total) / (1 + n)) for s, n in spread.items()}
    return Corpus(mentions, stories, weights, weighed(texts))


def weighed(texts: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Each text as a bag of stems at unit length, weighed by TF-IDF over them all and a background of others."""
    counts = {doc: Counter(content(text)) for doc, text in texts.items()}
    spread = Counter(word for bag in counts.values() for word in bag)
    total = len(texts) + BACKGROUND
    found = {}
    for doc, bag in counts.items():
        weights = {w: (1 + math.log(n)) * math.log((1 + total) / (1 + spread[w] + SPREAD)) for w, n in bag.items()}
        norm = math.sqrt(sum(v * v for v in weights.values())) or 1.0
        found[doc] = {w: v / norm for w, v in sorted(weights.items())}
    return found


def head_of(sentence: Sentence, places: Sequence[int]) -> int:
    """The head of a mention: the word whose own head lies outside."""
    return next((i for i in places if sentence.words[i].head not in places), places[-1])


def _parsed(record: Record, numbers: Sequence[int]) -> dict[int, Sentence]:
    """The sentences that hold mentions, read over exactly the given tokens."""
    rows = {s["id"]: s["tokens"] for s in record["sentences"]}
    return dict(zip(numbers, _over([rows[n] for n in numbers]), strict=True))


def _vectors(lemmas: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    return dict(zip(lemmas, (_sense(s) for s in _over([[lemma] for lemma in lemmas])), strict=True))


def _over(rows: Sequence[Sequence[str]]) -> Sequence[Sentence]:
    text, spans = "", []
    for row in rows:
        spans.append([])
        for token in row:
            spans[-1].append(Span(len(text), len(text) + len(token)))
            text += token + " "
        text += "\n"
    return reader().parse(report_of(text), spans).sentences if rows else ()


def _sense(sentence: Sentence) -> NDArray[np.float32]:
    vector = vector_of(sentence.vector)
    return np.zeros(1, np.float32) if vector is None else vector


def _trigger(doc: str, mention: Record, sentence: Sentence, own: Mapping[str, NDArray[np.float32]]) -> Trigger:
    inside = set(mention["tokens"])
    head = head_of(sentence, mention["tokens"])
    words = sentence.words
    below = [c for i in mention["tokens"] for c in sentence.children[i] if c not in inside]
    spoken = [j for c in below if words[c].rel.split(":")[0] in PARTS for j in sentence.subtree(c) if j not in inside]
    above = words[head].head
    if above >= 0 and words[head].rel.split(":")[0] in ("acl", "amod"):
        spoken.append(above)
    elif above >= 0 and words[head].upos == "NOUN" and words[above].upos == "VERB":
        beside = [c for c in sentence.children[above] if words[c].rel.split(":")[0] in PARTS]
        spoken += [j for c in beside for j in sentence.subtree(c) if j not in inside]
    lemma = words[head].lemma.lower()
    kids = sentence.children[head]
    return Trigger(
        doc=doc,
        sentence=mention["sent"],
        lemma=lemma,
        stem=stem(lemma),
        words=_stems(words[i].lemma for i in mention["tokens"]),
        nearby=_stems(w.text for w in words if w.i not in inside),
        arguments=_stems(words[j].text for j in spoken),
        subjects=_stems(words[c].text for c in kids if words[c].rel in SUBJECTS),
        objects=_stems(words[c].text for c in kids if words[c].rel in OBJECTS),
        denied=any(words[c].lemma in ("not", "no", "never") for c in below),
        modal=any(words[c].lemma.lower() in MODALS for c in kids),
        sense=_sense(sentence),
        own=own[lemma],
    )


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(t) for t in tokens(" ".join(words)) if t not in plain_words() and len(t) > 1)


def features(known: Corpus, one: Trigger, other: Trigger) -> list[float]:
    """The values of FEATURES for a pair; `_same` counts where the stems of the triggers are one, `_other` elsewhere."""
    same = float(one.stem == other.stem)
    apart = 1 - same
    arguments = _cosine(one.arguments, other.arguments, known.weights)
    sentences = _cosine(one.nearby, other.nearby, known.weights)
    sense = float(one.sense @ other.sense)
    one_report = float(one.doc == other.doc)
    reports = OWN_REPORT if one_report else _dot(known.reports[one.doc], known.reports[other.doc])
    figures, theirs = (frozenset(s for s in t.nearby if s.isdigit()) for t in (one, other))
    return [
        same,
        apart * float(one.own @ other.own),
        apart * bool(acts_of(one.lemma).keys() & acts_of(other.lemma).keys()),
        apart * bool(one.words & other.words),
        same * arguments,
        apart * arguments,
        same * sentences,
        apart * sentences,
        same * sense,
        apart * sense,
        same * one_report,
        apart * one_report,
        same * bool(one.arguments and other.arguments and not arguments),
        float(one.denied != other.denied),
        same * reports,
        apart * reports,
        apart * _share(one.objects, other.objects),
        same * _part(one.subjects, other.subjects),
        float(one.modal != other.modal),
        one_report * (one.sentence == other.sentence),
        _part(figures, theirs),
    ]


def _cosine(ones: frozenset[str], others: frozenset[str], weights: Mapping[str, float]) -> float:
    common = sum(weights.get(s, 0.0) for s in sorted(ones & others))
    masses = [sum(weights.get(s, 0.0) for s in sorted(stems)) for stems in (ones, others)]
    return common / math.sqrt(masses[0] * masses[1]) if common else 0.0


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(value * other[word] for word, value in one.items() if word in other)


def _share(ones: frozenset[str], others: frozenset[str]) -> float:
    return len(ones & others) / min(len(ones), len(others)) if ones and others else 0.0


def _part(ones: frozenset[str], others: frozenset[str]) -> float:
    """1 where both have some and none in common."""
    return float(bool(ones and others and not ones & others))


class Weights(Struct, frozen=True):
    """What `coreference.toml` holds: a weight for each feature, the bias, and from what mean on two chains are one."""

    bias: float
    enough: float
    weights: Mapping[str, float]


@cache
def learnt() -> Weights:
    found = tomllib.loads(Path(__file__).with_name("coreference.toml").read_text(encoding="utf-8"))
    return Weights(found["bias"], found["enough"], found["weights"])


def odds(values: Sequence[Sequence[float]], by: Weights) -> NDArray[np.float64]:
    """Log odds that the pairs of these features are one event."""
    weights = np.array([by.weights[name] for name in FEATURES])
    result: NDArray[np.float64] = np.asarray(values, dtype=float).reshape(-1, len(FEATURES)) @ weights + by.bias
    return result


def chains(count: int, pairs: Sequence[tuple[int, int]], near: Sequence[float], *, enough: float) -> list[int]:
    """A chain's number for each of `count` mentions: joined best first while the mean over all pairs is enough.

    >>> chains(4, [(0, 1), (0, 2), (1, 2)], [2.0, 1.0, -3.0], enough=0.0)
    [0, 0, 2, 3]
    """
    means: dict[tuple[int, int], float] = dict(zip(pairs, map(float, near), strict=True))
    beside: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    label = list(range(count))
    for together in _parts(beside):
        _join(together, means, label, enough)
    return label


def _parts(beside: Mapping[int, set[int]]) -> list[list[int]]:
    """Mentions of one story: those that pairs lead to."""
    seen: set[int] = set()
    found = []
    for first in sorted(beside):
        if first not in seen:
            found.append(sorted({first, *beside[first]}))
            seen.update(found[-1])
    return found


def _join(together: Sequence[int], means: Mapping[tuple[int, int], float], label: list[int], enough: float) -> None:
    near = np.array([[means.get((min(a, b), max(a, b)), -np.inf) for b in together] for a in together])
    members = [[n] for n in together]
    while len(together) > 1:
        a, b = sorted(divmod(int(near.argmax()), len(together)))
        if near[a, b] < enough:
            break
        merged = (near[a] * len(members[a]) + near[b] * len(members[b])) / (len(members[a]) + len(members[b]))
        near[a], near[:, a], near[a, a] = merged, merged, -np.inf
        near[b], near[:, b] = -np.inf, -np.inf
        members[a] += members[b]
        members[b] = []
    for chain in members:
        for n in chain:
            label[n] = min(chain)
