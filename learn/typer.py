"""The typer's stage: which words tell an event, and of which type, learned from sentences labelled by eye.

PYTHONPATH=src:. python -m learn.typer          # 5 minutes: reads the texts, trains, writes typer.npz beside the reader

Rerun it whenever the reader changes: it learns on the reader's states. It is taught by labelled.tsv (which words of
public sentences tell an event; made by `learn.sheets`) and own.txt (sentences of our own, their events marked). What it
prints last are the weights of `knowledge/typer.toml`: how the lexicon's opinion and the typer's are put together.
"""

import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dragoman.knowledge import Knowledge
from dragoman.knowledge.typerbounds import TyperBounds
from dragoman.read import Reader
from dragoman.read.rolemarks import Marks
from dragoman.read.roles import Opinions, Roles
from dragoman.read.session import SHIPPED
from dragoman.read.typer import FILE, SPEECH, Typer, features
from dragoman.records import TYPES, Word
from dragoman.understand.coding import Coding
from dragoman.understand.draft import Draft
from dragoman.understand.matching import Matcher
from dragoman.understand.surmise import Surmise
from dragoman.understand.weighing import Opinion, weighed
from evals.coded import coded
from evals.task import Options, find, report_of
from learn.net import Array, Net
from learn.reports import reports

HERE = Path(__file__).parent
CLASSES = ("NONE", *TYPES)
NEWS_EVERY, STORIES, STORY_WORDS = 2, 84, 220  # every second report; stories a type, and words of each
KEEP_NOUNS = 0.3  # of the nouns and adjectives that tell no event; they weigh more for it
WEIGHTS = ("trust", "sense", "frame", "score", "barred", "unfit", "silent")  # of typer.toml, fitted here
NEWS, ECB, STORY, PAIRS = ("attribution/train.jsonl", "coreference/train.jsonl", "events/ngec_synthetic.csv",
                           "events/plv_train.jsonl")  # fmt: skip
Text: TypeAlias = tuple[str, str, str, str]  # file, document, text, label of the whole


class Row(NamedTuple):
    """One word that may tell an event."""

    document: str
    features: Array
    kind: int  # of CLASSES
    verb: bool
    opinion: Opinion  # the lexicon's


class Recorder(Typer):
    """Takes the typer's place and keeps the features of every word it is asked about by where it begins."""

    def __init__(self) -> None:
        self.rows: dict[int, Array] = {}

    def types(self, states: Sequence[NDArray[np.float32]], sentences: Sequence[Sequence[Word]]) -> list[bytes]:
        for own, words in zip(states, sentences):
            asked = [word.i for word in words if word.upos in SPEECH]
            for i, row in zip(asked, features(own, words, asked) if asked else ()):
                self.rows[words[i].start] = row.astype(np.float16)
        return [b""] * len(sentences)


class Silent(Roles):
    """Takes the scorer's place, which would ask the typer, and says nothing."""

    def __init__(self) -> None:
        pass

    def opinions(self, states: Sequence[Array], sentences: Sequence[Marks], types: Sequence[bytes]) -> list[Opinions]:
        return [{} for _ in sentences]


def texts() -> Iterator[Text]:
    """Everything that may train, with the label of the whole text where there is one."""
    for name in (NEWS, ECB, PAIRS):
        for number, line in enumerate(find(name).read_text(encoding="utf-8").splitlines()):
            record = json.loads(line)
            if name == NEWS and number % NEWS_EVERY == 0:
                yield name, record["doc"], record["text"], ""
            elif name == ECB:
                yield name, record["doc"], " ".join(s["text"] for s in record["sentences"]), ""
            elif name == PAIRS and Options(half="even").holds(record):
                yield name, record["id"], record["text"], record["events"][0]["code"]
    seen: Counter[str] = Counter()
    with find(STORY).open(encoding="utf-8") as lines:
        for number, record in enumerate(csv.DictReader(lines)):
            words = record["text"].split()
            seen[record["label"]] += len(words) > 40
            if len(words) > 40 and seen[record["label"]] <= STORIES:
                yield STORY, str(number), " ".join(words[:STORY_WORDS]), record["label"]


def unseen(document: str) -> bool:
    """Whether the reader was not trained on the labels of this document: one in ten."""
    return hashlib.md5(document.encode()).digest()[2] % 10 == 0


def labels() -> dict[tuple[str, str], dict[int, dict[int, str]]]:
    """By file and document, by where a labelled sentence begins: the type told by the word that begins there."""
    found: dict[tuple[str, str], dict[int, dict[int, str]]] = {}
    for line in (HERE / "labelled.tsv").read_text(encoding="utf-8").splitlines()[2:]:
        file, document, sentence, events = line.split("\t")
        told = {int(e.split(":")[0].rstrip("~")): e.split(":")[1] for e in events.split(";") if e}
        found.setdefault((file, document), {})[int(sentence)] = told
    return found


def labelled_rows(reader: Reader, recorder: Recorder, knowledge: Knowledge) -> Iterator[Row]:
    """The words of the labelled sentences."""
    known = labels()
    for file, document, text, _ in texts():
        sentences = known.get((file, document))
        if sentences is not None:
            recorder.rows.clear()
            work, codings = coded(reader.read(report_of(text, id=document)), knowledge)
            told = {s.i: sentences.get(s.words[0].start) for s in work.doc.sentences}
            yield from _rows(document, work, codings, recorder, knowledge, told)


def own_sentences() -> Iterator[tuple[str, dict[int, str]]]:
    """Each of our own sentences without its marks, and the type told by the word that begins at each place.

    A `~` before the type says that it is not told as real.
    """
    for line in (HERE / "own.txt").read_text(encoding="utf-8").splitlines():
        plain, told = "", {}
        for n, part in enumerate(re.split(r"\{([^{}|]+\|~?[A-Z]+)\}", line)):
            word, _, type = part.partition("|") if n % 2 else (part, "", "")
            if type:
                told[len(plain)] = type
            plain += word
        if not line.startswith("#"):
            yield plain, told


def own_rows(reader: Reader, recorder: Recorder, knowledge: Knowledge) -> Iterator[Row]:
    """The words of our own sentences, each read as a report."""
    for text, marked in own_sentences():
        told = {at: type.lstrip("~") for at, type in marked.items()}
        recorder.rows.clear()
        work, codings = coded(reader.read(report_of(text)), knowledge)
        yield from _rows(text, work, codings, recorder, knowledge, dict.fromkeys(range(len(work.doc.sentences)), told))


def report_rows(reader: Reader, recorder: Recorder, knowledge: Knowledge) -> Iterator[Row]:
    """The words of our own reports."""
    for n, report in enumerate(reports()):
        recorder.rows.clear()
        work, codings = coded(reader.read(report_of(report.text, published=report.day)), knowledge)
        told = {at: event.type for at, event in report.told.items()}
        yield from _rows(
            f"own {n}", work, codings, recorder, knowledge, dict.fromkeys(range(len(work.doc.sentences)), told)
        )


def _rows(
    document: str,
    work: Draft,
    codings: Sequence[Coding],
    recorder: Recorder,
    knowledge: Knowledge,
    told: Mapping[int, dict[int, str] | None],
) -> Iterator[Row]:
    """The words of the sentences of which it is known what they tell."""
    surmise, by_clause = Surmise(Matcher(work, knowledge), knowledge), {c.clause.i: c for c in codings}
    opinions = {(c.sentence, c.predicate): surmise.opinion(c, by_clause.get(c.i)) for c in work.clauses}
    for sentence in work.doc.sentences:
        known = told[sentence.i]
        if known is None:
            continue
        for word in sentence.words:
            if word.start in recorder.rows:
                kind = CLASSES.index(known.get(word.start, "NONE"))
                opinion = opinions.get((sentence.i, word.i), Opinion())
                yield Row(document, recorder.rows[word.start], kind, word.upos == "VERB", opinion)


def trained(rows: Sequence[Row]) -> Net:
    """A net on these rows, most nouns that tell nothing left out and the rest of them weighing more."""
    chance = np.random.default_rng(1).random(len(rows))
    kept = [row for row, draw in zip(rows, chance) if row.kind or row.verb or draw < KEEP_NOUNS]
    weights = [1.0 if row.kind or row.verb else 1 / KEEP_NOUNS for row in kept]
    stacked = np.stack([row.features for row in kept])
    return Net(stacked, np.array([row.kind for row in kept]), np.array(weights, np.float32), len(CLASSES))


def kept(net: Net, rows: Sequence[Row]) -> list[bytes]:
    """The net's shares of each row, as the reader keeps them."""
    return [np.rint(own * 255).astype(np.uint8).tobytes() for own in net.shares(np.stack([r.features for r in rows]))]


def fitted(rows: Sequence[Row], shares: Sequence[bytes], bounds: TyperBounds) -> TyperBounds:
    """The weights under which the labels are likeliest, found by steps up and down each of them in turn."""
    best, step = loss(rows, shares, bounds), 0.4
    while step > 0.02:
        moved = False
        for name in WEIGHTS:
            for change in (step, -step):
                other = bounds.changed(name, change)
                if (value := loss(rows, shares, other)) < best - 1e-6:
                    bounds, best, moved = other, value, True
        step = step if moved else step / 2
    return bounds


def loss(rows: Sequence[Row], shares: Sequence[bytes], bounds: TyperBounds) -> float:
    """Mean surprise at the labels."""
    right = [weighed(own, row.opinion, bounds)[row.kind] for own, row in zip(shares, rows)]
    return -float(np.log(right).mean())


def table(
    chances: Array, classes: Array, lowest: Sequence[float] = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
) -> dict[str, Any]:
    """For each least confidence: how many words, the share that tells an event, that is of the type, and the recall."""
    best, sure = chances[:, 1:].argmax(1) + 1, chances[:, 1:].max(1)
    found = {}
    for low in lowest:
        taken = sure >= low
        hits, events = (best == classes) & taken, (classes > 0) & taken
        of = (taken.sum(), taken.sum(), (classes > 0).sum())
        shares = (round(float(n.sum()) / max(1, m), 3) for n, m in zip((events, hits, hits), of))
        found[str(low)] = [int(taken.sum()), *shares]
    return found


def report(rows: Sequence[Row], shares: Sequence[bytes], bounds: TyperBounds) -> dict[str, Any]:
    classes = np.array([row.kind for row in rows])
    alone = np.zeros((len(rows), len(CLASSES)))
    alone[range(len(rows)), [0 if row.opinion.barred else row.opinion.type for row in rows]] = 1
    both = np.array([weighed(own, row.opinion, bounds) for own, row in zip(shares, rows)])
    return {
        "words": len(rows),
        "events": int((classes > 0).sum()),
        "lexicon": table(alone, classes, (0.5,)),
        "typer": table(np.frombuffer(b"".join(shares), np.uint8).reshape(-1, len(CLASSES)) / 255, classes),
        "both": table(both, classes),
    }


def main() -> None:
    recorder, knowledge = Recorder(), Knowledge()
    reader = Reader(typer=recorder, roles=Silent())
    public = list(labelled_rows(reader, recorder, knowledge))
    own = [*own_rows(reader, recorder, knowledge), *report_rows(reader, recorder, knowledge)]
    rows = [*public, *own]
    net = trained([row for row in rows if not unseen(row.document)])
    tests = {name: [r for r in of if unseen(r.document)] for name, of in (("public texts", public), ("our own", own))}
    shares = {name: kept(net, of) for name, of in tests.items()}
    bounds = fitted(
        [r for of in tests.values() for r in of], [s for of in shares.values() for s in of], knowledge.typer
    )
    print(json.dumps({
        "columns": ["words", "events", "of the type", "recall"],
        **{name: report(of, shares[name], bounds) for name, of in tests.items()},
        "weights": {name: round(getattr(bounds, name), 3) for name in WEIGHTS},
    }, indent=1))  # fmt: skip
    trained(rows).save(SHIPPED / FILE)


if __name__ == "__main__":
    main()
