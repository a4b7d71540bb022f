"""The typer's stage: what kind of event a verb tells, learned from the lexicon's own codings and sentences of ours.

PYTHONPATH=src:. python -m learn.typer          # 6 minutes: reads the texts, trains, writes typer.npz beside the reader

Rerun it whenever the reader changes: it learns on the reader's states. It is taught by verbs that fit a frame (their
type), by verbs that fit none (no event), by typer.tsv (our own sentences), and by judged.tsv (verdicts by eye on verbs
that fit none).
"""

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.read.session import SHIPPED
from dragoman.read.typer import FILE, Typer, features
from dragoman.records import TYPES, Word
from dragoman.understand.draft import Draft
from evals.coded import coded
from evals.task import Options, find, report_of

HERE = Path(__file__).parent
CLASSES = ("NONE", *TYPES)
NEWS_EVERY, STORIES, STORY_WORDS = 2, 40, 220  # every second report; stories a type, and words of each
HIDDEN, EPOCHS, BATCH, RATE, DECAY, DROP, DROP_HIDDEN = 96, 4, 256, 1e-3, 1e-2, 0.3, 0.3
KEEP_NONE = 0.35  # of the verbs that fit no frame
# Barred mentions whose verb still means its type; of the others (sport, nobody of politics) nothing is known.
SAME_SENSE = ("nobody is", "the speaker", "asked", "bidden", "says what")
NEWS, ECB, STORY, PAIRS = ("attribution/train.jsonl", "coreference/train.jsonl", "events/ngec_synthetic.csv",
                           "events/plv_train.jsonl")  # fmt: skip
NO_FRAME = {NEWS: (1.0, 0.3), ECB: (0.8, 0.2), STORY: (0.4, 0.1), PAIRS: (0.4, 0.1)}  # weight; where both sides act
OWN, OWN_NONE, JUDGED = 6.0, 2.0, 6.0
Array: TypeAlias = NDArray[Any]
Text: TypeAlias = tuple[str, str, str, str]  # file, document, text, label of the whole


class Recorder(Typer):
    """Takes the typer's place and keeps the features of every verb by where it begins."""

    def __init__(self) -> None:
        self.rows: dict[int, Array] = {}

    def types(self, states: Sequence[NDArray[np.float32]], sentences: Sequence[Sequence[Word]]) -> list[bytes]:
        for own, words in zip(states, sentences):
            verbs = [word.i for word in words if word.upos == "VERB"]
            for i, row in zip(verbs, features(own, words, verbs) if verbs else ()):
                self.rows[words[i].start] = row.astype(np.float16)
        return [b""] * len(sentences)


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
    seen: dict[str, int] = {}
    with find(STORY).open(encoding="utf-8") as lines:
        for number, record in enumerate(csv.DictReader(lines)):
            words = record["text"].split()
            seen[record["label"]] = seen.get(record["label"], 0) + (len(words) > 40)
            if len(words) > 40 and seen[record["label"]] <= STORIES:
                yield STORY, str(number), " ".join(words[:STORY_WORDS]), record["label"]


def taught(work: Draft, found: dict[int, Any], file: str, label: str) -> Iterator[tuple[int, int, float]]:
    """Where each verb begins, its class, and how much it counts."""
    for clause in work.clauses:
        if clause.kind != "verbal":
            continue
        start = work.doc.sentences[clause.sentence].words[clause.predicate].start
        coding = found.get(clause.i)
        if coding is None:
            yield start, 0, NO_FRAME[file][_both_act(work, clause)]
            continue
        type = coding.fit.frame.type
        agrees = label == type or (label == "YIELD" and type in ("CONCEDE", "RETREAT"))
        weight = {STORY: 1.5 if agrees else 0.7, PAIRS: 3.0 * agrees}.get(file, 1.0 if coding.fit.score >= 2 else 0.6)
        if coding.barred and not coding.barred.startswith(SAME_SENSE):
            weight = 0.0
        yield start, CLASSES.index(type), weight


def _both_act(work: Draft, clause: Any) -> bool:
    sides = (("subject", "agent", "possessive"), ("object", "iobject", "oblique"))
    return all(
        any(work.reference_at(clause.sentence, w) for a in clause.filled(*roles) for w in a.words) for roles in sides
    )


def own_sentences() -> Iterator[tuple[str, str, set[int]]]:
    """Type, sentence, and where its marked verbs begin."""
    for line in (HERE / "typer.tsv").read_text(encoding="utf-8").splitlines()[2:]:
        type, text = line.split("\t")
        plain, marks = "", set()
        for n, part in enumerate(text.split("*")):
            if n % 2:
                marks.add(len(plain))
            plain += part
        yield type, plain, marks


def verdicts() -> dict[tuple[str, str, int], int]:
    lines = (HERE / "judged.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return {(file, doc, int(start)): CLASSES.index(type) for file, doc, start, type in rows}


def collect(reader: Reader, recorder: Recorder) -> tuple[Array, Array, Array, list[str], Array]:
    """Features [n, F], classes, weights, documents, and which rows were judged by eye."""
    knowledge, judged = Knowledge(), verdicts()
    rows, classes, weights, documents, by_eye = [], [], [], [], []
    for file, doc, text, label in texts():
        recorder.rows.clear()
        work, codings = coded(reader.read(report_of(text, id=doc)), knowledge)
        found = {coding.clause.i: coding for coding in codings}
        for start, kind, weight in taught(work, found, file, label):
            verdict = judged.get((file, doc, start))
            if start in recorder.rows and (weight or verdict is not None):
                rows.append(recorder.rows[start])
                classes.append(kind if verdict is None else verdict)
                weights.append(weight if verdict is None else JUDGED)
                documents.append(doc)
                by_eye.append(verdict is not None)
    for type, text, marks in own_sentences():
        recorder.rows.clear()
        reader.read(report_of(text))
        for start, row in recorder.rows.items():
            if type == "NONE" or start in marks:
                rows.append(row)
                classes.append(CLASSES.index(type))
                weights.append(OWN_NONE if type == "NONE" else OWN)
                documents.append(text)
                by_eye.append(False)
    return np.stack(rows), np.array(classes), np.array(weights, np.float32), documents, np.array(by_eye)


class Net:
    """One hidden layer, trained by Adam with dropout; `scale` standardises what comes in."""

    def __init__(self, rows: Array, classes: Array, weights: Array, *, seed: int = 0) -> None:
        draw = np.random.default_rng(seed)
        some = rows[:: max(1, len(rows) // 4000)].astype(np.float32)
        self.middle, self.spread = some.mean(0), some.std(0) + 1e-3
        size, count = rows.shape[1], len(CLASSES)
        self.parts = []
        for rows_of, columns in ((size, HIDDEN), (HIDDEN, count)):
            self.parts += [draw.normal(0, rows_of**-0.5, (rows_of, columns)), np.zeros(columns)]
        self.parts = [part.astype(np.float32) for part in self.parts]
        first, second = ([np.zeros_like(p) for p in self.parts] for _ in "12")
        step, steps = 0, EPOCHS * (len(rows) // BATCH)
        for _ in range(EPOCHS):
            order = draw.permutation(len(rows))
            for low in range(0, len(rows) - BATCH + 1, BATCH):
                at, step = order[low : low + BATCH], step + 1
                gradients = self._gradients(rows[at], classes[at], weights[at], draw)
                rate = RATE * (1 - step / (steps + 1))
                for n, (part, gradient) in enumerate(zip(self.parts, gradients)):
                    first[n] += 0.1 * (gradient - first[n])
                    second[n] += 0.001 * (gradient**2 - second[n])
                    move = (first[n] / (1 - 0.9**step)) / (np.sqrt(second[n] / (1 - 0.999**step)) + 1e-8)
                    part -= rate * (move + DECAY * part * (part.ndim > 1))

    def _gradients(self, rows: Array, classes: Array, weights: Array, draw: np.random.Generator) -> list[Array]:
        x = (rows.astype(np.float32) - self.middle) / self.spread
        x *= (draw.random(x.shape, np.float32) > DROP) / np.float32(1 - DROP)
        hidden = np.maximum(x @ self.parts[0] + self.parts[1], 0)
        kept = (draw.random(hidden.shape, np.float32) > DROP_HIDDEN) / np.float32(1 - DROP_HIDDEN)
        wrong = softmax((hidden * kept) @ self.parts[2] + self.parts[3])
        wrong[np.arange(len(rows)), classes] -= 1
        wrong *= weights[:, None] / len(rows)
        back = (wrong @ self.parts[2].T) * kept * (hidden > 0)
        return [x.T @ back, back.sum(0), (hidden * kept).T @ wrong, wrong.sum(0)]

    def logits(self, rows: Array) -> Array:
        x = (rows.astype(np.float32) - self.middle) / self.spread
        return np.maximum(x @ self.parts[0] + self.parts[1], 0) @ self.parts[2] + self.parts[3]

    def save(self, path: Path, temperature: float) -> None:
        """Standardisation and temperature go into the weights."""
        w1 = self.parts[0] / self.spread[:, None]
        np.savez(path, w1=w1.astype(np.float16), b1=self.parts[1] - self.middle @ w1,
                 w2=self.parts[2] / temperature, b2=self.parts[3] / temperature)  # fmt: skip


def softmax(logits: Array) -> Array:
    odds = np.exp(logits - logits.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)


def held_out(rows: Array, classes: Array, weights: Array, documents: list[str]) -> Array:
    """Logits of each row by a net that has seen nothing of its document."""
    fold = np.array([hashlib.md5(doc.encode()).digest()[0] % 4 for doc in documents])
    found = np.zeros((len(rows), len(CLASSES)), np.float32)
    for n in range(4):
        found[fold == n] = Net(rows[fold != n], classes[fold != n], weights[fold != n]).logits(rows[fold == n])
    return found


def reliability(chances: Array, classes: Array) -> dict[str, list[float]]:
    """For each tenth of confidence in the best type: how many rows, the mean confidence, the share that is right."""
    best = chances[:, 1:].argmax(1) + 1
    sure = chances[:, 1:].max(1)
    table = {}
    for low in np.arange(0.3, 1, 0.1):
        inside = (sure >= low) & (sure < low + 0.1)
        if inside.any():
            right = (best == classes)[inside].mean()
            table[f"{low:.1f}"] = [int(inside.sum()), round(float(sure[inside].mean()), 3), round(float(right), 3)]
    return table


def main() -> None:
    recorder = Recorder()
    rows, classes, weights, documents, by_eye = collect(Reader(typer=recorder), recorder)
    chosen = np.random.default_rng(0).random(len(rows))
    keep = (classes > 0) | by_eye | (weights == OWN_NONE) | (chosen < KEEP_NONE)
    rows, classes, weights, by_eye = rows[keep], classes[keep], weights[keep], by_eye[keep]
    documents = [doc for doc, k in zip(documents, keep) if k]
    logits = held_out(rows, classes, weights, documents)
    judged = np.flatnonzero(by_eye)

    def loss(temperature: float) -> float:
        chances = softmax(logits[judged] / temperature)
        return -float(np.log(chances[np.arange(len(judged)), classes[judged]] + 1e-9).mean())

    temperature = min(np.arange(0.5, 6.01, 0.1), key=loss)
    print(json.dumps({
        "verbs": len(rows), "of them events": int((classes > 0).sum()), "judged": len(judged),
        "temperature": round(float(temperature), 1),
        "judged by eye, unseen documents": reliability(softmax(logits[judged] / temperature), classes[judged]),
        "taught by frames, unseen documents": reliability(softmax(logits[~by_eye] / temperature), classes[~by_eye]),
    }, indent=1))  # fmt: skip
    Net(rows, classes, weights).save(SHIPPED / FILE, float(temperature))


if __name__ == "__main__":
    main()
