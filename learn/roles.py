"""The scorer's stage: who acts and who is acted on in what a word tells, and whether it is real.

PYTHONPATH=src:. python -m learn.roles          # 8 minutes: reads the texts, trains, writes roles.npz beside the reader

Rerun it whenever the reader or the typer changes: it learns on their states and shares. It is taught by labelled.tsv,
reports.txt and, of what is real, own.txt too. What it prints last are the weights of `knowledge/roles.toml`: how the
rules' choice and the scorer's are put together.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from dragoman.knowledge import Knowledge
from dragoman.knowledge.rolebounds import RoleBounds
from dragoman.read import Reader
from dragoman.read.rolemarks import Marks
from dragoman.read.roles import FILE, Opinions, Roles, real_features
from dragoman.read.session import SHIPPED
from dragoman.records import Doc, Sentence
from dragoman.understand.casting import Casting, evidence, heard
from dragoman.understand.coding import Coding
from dragoman.understand.matching import Matcher
from dragoman.understand.participants import Participants
from evals.coded import coded
from evals.task import report_of
from learn.net import Array, Net
from learn.reports import place, reports
from learn.typer import HERE, own_sentences, texts, unseen

MARKS, OWN_MARKS = 50, 15  # how often a mark is seen that the nets are told of
HIDDEN, REAL_HIDDEN = 64, 32
EPOCHS, BATCH = 6, 256
KEEP = 0.5  # of the words that take no part; they weigh more for it
NOBODY = np.zeros(0, np.float16)


class Labels(NamedTuple):
    """What a word tells: its type, whether it is real, where those who take part stand in the text or the sentence."""

    type: str
    real: bool
    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()
    sides: bool = True  # whether it is known who takes part


class Row(NamedTuple):
    """A word that tells an event."""

    document: str
    label: Labels
    types: bytes  # the typer's shares
    among: list[int]  # who may take part
    states: Array  # [1 + len(among), 384]
    marks: list[list[str]]
    own: list[str]
    real: Array  # [5 · 384]
    coding: Coding | None
    who: list[str | None]  # of `among`: the actor of the report that it stands for


class Recorder(Roles):
    """Takes the scorer's place and keeps the states of every sentence by where it begins."""

    def __init__(self) -> None:
        self.states: dict[int, Array] = {}

    def opinions(self, states: Sequence[Array], sentences: Sequence[Marks], types: Sequence[bytes]) -> list[Opinions]:
        self.states |= {of.words[0].start: own.astype(np.float16) for own, of in zip(states, sentences)}
        return [{} for _ in sentences]


def labels() -> dict[tuple[str, str], dict[int, dict[int, Labels]]]:
    """By file and document, by where a labelled sentence begins and by where a word of it does: what that tells."""
    found: dict[tuple[str, str], dict[int, dict[int, Labels]]] = {}
    for line in (HERE / "labelled.tsv").read_text(encoding="utf-8").splitlines()[2:]:
        file, document, sentence, events = line.split("\t")
        mine = found.setdefault((file, document), {}).setdefault(int(sentence), {})
        for event in filter(None, events.split(";")):
            start, type, *sides = event.split(":")
            actors, recipients = (tuple(int(at) for at in side.split(",") if at) for side in sides)
            mine[int(start.rstrip("~"))] = Labels(type, "~" not in start, actors, recipients)
    return found


def rows(knowledge: Knowledge) -> Iterator[Row]:
    """The events of all that teaches."""
    recorder = Recorder()
    reader = Reader(roles=recorder)

    def read(text: str, ident: str, day: str | None) -> Doc:
        recorder.states.clear()
        return reader.read(report_of(text, id=ident, published=day))

    for doc, told in labelled(read):
        yield from rows_of(doc, recorder.states, told, knowledge)


def labelled(
    read: Callable[[str, str, str | None], Doc], wanted: Callable[[str], bool] = lambda _: True
) -> Iterator[tuple[Doc, Mapping[int, Mapping[int, Labels]]]]:
    """Every text that teaches, read by its text, name and day, with its labels; `wanted` is asked by the name."""
    known = labels()
    for file, document, text, _ in texts():
        if (told := known.get((file, document))) is not None and wanted(document):
            yield read(text, document, None), told
    for n, report in enumerate(reports()):
        if wanted(f"own {n}"):
            doc = read(report.text, f"own {n}", report.day)
            yield doc, placed(doc, report.told)
    for text, events in own_sentences():
        if wanted(text):
            doc = read(text, text, None)
            yield doc, unsided(doc, events)


def placed(doc: Doc, told: Mapping[int, Any]) -> dict[int, dict[int, Labels]]:
    """The marks of a report of ours as labels of its sentences."""
    found: dict[int, dict[int, Labels]] = {}
    for sentence in doc.sentences:
        mine = found.setdefault(sentence.words[0].start, {})
        for word in sentence.words:
            if (event := told.get(word.start)) is not None:
                sides = [
                    tuple(
                        sentence.words[at].start for head in side if (at := place(sentence, word.i, head)) is not None
                    )
                    for side in (event.actors, event.recipients)
                ]
                mine[word.start] = Labels(event.type, event.real, *sides)
    return found


def unsided(doc: Doc, told: Mapping[int, str]) -> dict[int, dict[int, Labels]]:
    """The marks of a sentence of ours, which do not say who takes part."""
    mine = {start: Labels(type.lstrip("~"), "~" not in type, sides=False) for start, type in told.items()}
    return {s.words[0].start: {w.start: mine[w.start] for w in s.words if w.start in mine} for s in doc.sentences}


def rows_of(
    doc: Doc, states: Mapping[int, Array], told: Mapping[int, Mapping[int, Labels]], knowledge: Knowledge
) -> Iterator[Row]:
    """The labelled words of one text."""
    work, codings = coded(doc, knowledge)
    matcher = Matcher(work, knowledge)
    casting = Casting(matcher, Participants(matcher), knowledge)
    by_place = {(c.clause.sentence, c.clause.predicate): c for c in codings}
    for sentence in doc.sentences:
        start = sentence.words[0].start
        for word in sentence.words if start in told and start in states else ():
            if (label := told[start].get(word.start)) is not None:
                coding = by_place.get((sentence.i, word.i))
                yield _row(doc, sentence, word.i, label, states[start], coding, casting)


def _row(
    doc: Doc, sentence: Sentence, i: int, label: Labels, states: Array, coding: Coding | None, casting: Casting
) -> Row:
    places = {word.start: word.i for word in sentence.words}
    sides = [tuple(places[at] for at in side if at in places) for side in label[2:4]]
    told = Marks(sentence.words, sentence.names, sentence.nominals)
    among = told.candidates(i) if label.sides else []
    return Row(
        document=doc.report.id,
        label=Labels(label.type, label.real, sides[0], sides[1], label.sides),
        types=sentence.shares(i),
        among=among,
        states=states[[i, *among]],
        marks=list(told.of(i, among)),
        own=told.own(i),
        real=real_features(states.astype(np.float32), sentence.words, [i])[0].astype(np.float16),
        coding=coding,
        who=[casting.who(sentence, c) for c in among],
    )


def numbered(lists: Iterable[Iterable[str]], least: int) -> dict[str, int]:
    """The marks that are frequent, numbered."""
    counts = Counter(mark for of in lists for mark in of)
    return {mark: n for n, mark in enumerate(sorted(mark for mark, n in counts.items() if n >= least))}


def told_of(own: Iterable[str], known: Mapping[str, int]) -> Array:
    found = np.zeros(len(known), np.float16)
    found[[known[mark] for mark in own if mark in known]] = 1
    return found


class Pairs(NamedTuple):
    """Every word that may take part in an event: what the net sees of it, and the side it is on."""

    features: Array
    sides: Array  # 0 none, 1 acts, 2 is acted on
    rows: Array  # number of its row


def pairs(rows: Sequence[Row], known: Mapping[str, int]) -> Pairs:
    features, sides, numbers = [], [], []
    for n, row in enumerate(rows):
        types = (np.frombuffer(row.types, np.uint8) / 255).astype(np.float16)
        for c, state, own in zip(row.among, row.states[1:], row.marks):
            features.append(np.concatenate([row.states[0], state, told_of(own, known), types]))
            sides.append(1 if c in row.label.actors else 2 if c in row.label.recipients else 0)
            numbers.append(n)
    return Pairs(np.stack(features), np.array(sides), np.array(numbers))


def role_net(of: Pairs, chosen: Array) -> Net:
    """A net on these pairs, many of those who take no part left out and the rest of them weighing more."""
    chance = np.random.default_rng(1).random(len(chosen))
    kept = chosen[(of.sides[chosen] > 0) | (chance < KEEP)]
    weights = np.where(of.sides[kept] > 0, 1.0, 1 / KEEP).astype(np.float32)
    return Net(of.features[kept], of.sides[kept], weights, 3, hidden=HIDDEN, epochs=EPOCHS, batch=BATCH)


def real_net(features: Array, real: Array) -> Net:
    return Net(features, real, np.ones(len(real), np.float32), 2, hidden=REAL_HIDDEN, epochs=EPOCHS)


def opinions(rows: Sequence[Row], of: Pairs, shares: Array) -> list[list[bytes]]:
    """For each row and side what the scorer would say of each of `among`, in 255ths."""
    found: list[list[bytes]] = [[b"", b""] for _ in rows]
    for side in (0, 1):
        mine = np.maximum(np.rint(shares[:, 1 + side] * 255), 1).astype(np.uint8)
        for n, share in zip(of.rows.tolist(), mine):
            found[n][side] += share.tobytes()
    return found


def evidences(rows: Sequence[Row], told: Sequence[Sequence[bytes]], side: int) -> tuple[Array, Array, Array]:
    """Of every pair whose event the rules coded with its type: what speaks for it, whether it is so, its row."""
    found, right, numbers = [], [], []
    for n, row in enumerate(rows):
        coding = row.coding
        if coding is None or coding.barred or coding.type != row.label.type or (side and coding.mutual):
            continue
        mine, other = (coding.actor, coding.recipient)[:: 1 - 2 * side]
        gold = {*row.label[2 + side], *(row.label.recipients if coding.mutual else ())}
        actors = {who for c, who in zip(row.among, row.who) if c in gold} - {None}
        for at, odds in heard(told[n][side]):
            c, same = row.among[at], row.who[at] in actors
            if same and c not in gold and c not in mine.heads:
                continue  # the same one, named elsewhere in the sentence
            known = bool(row.who[at])
            found.append(evidence(c, odds, mine, other, guessed=coding.guessed, known=known))
            right.append(c in gold or same)
            numbers.append(n)
    return np.array(found, float), np.array(right, float), np.array(numbers)


def fitted(found: Array, right: Array) -> Array:
    """The weights under which the labels are likeliest, by Newton's steps."""
    weights = np.zeros(found.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-found @ weights))
        slope = found.T @ (right - chance) - weights
        weights += np.linalg.solve((found * (chance * (1 - chance))[:, None]).T @ found + np.eye(len(weights)), slope)
    return weights


def save(roles: Net, real: Net, role_marks: Mapping[str, int], own: Mapping[str, int]) -> None:
    parts = {f"role_{name}": part for name, part in roles.folded().items()}
    parts |= {f"real_{name}": part for name, part in real.folded().items()}
    for name, known in (("marks", role_marks), ("own", own)):
        parts[name] = np.frombuffer("\n".join(known).encode(), np.uint8)
    np.savez(SHIPPED / FILE, **parts)


def main() -> None:
    knowledge = Knowledge()
    whole = list(rows(knowledge))
    sided = [row for row in whole if row.label.sides]
    role_marks = numbered((own for row in sided for own in row.marks), MARKS)
    of = pairs(sided, role_marks)
    own = numbered((row.own for row in whole), OWN_MARKS)
    features = np.stack([np.concatenate([row.real, told_of(row.own, own)]) for row in whole])
    real = np.array([int(row.label.real) for row in whole])
    save(role_net(of, np.arange(len(of.sides))), real_net(features, real), role_marks, own)
    apart = np.array([unseen(row.document) for row in sided])[of.rows]
    shares = np.zeros((len(of.sides), 3), np.float32)
    shares[apart] = role_net(of, np.flatnonzero(~apart)).shares(of.features[apart])
    told = opinions(sided, of, shares)
    for n, side in enumerate(("actor", "recipient")):
        found, right, numbers = evidences(sided, told, n)
        mine = [unseen(sided[row].document) for row in numbers]
        weights = fitted(found[mine], right[mine]).round(2).tolist()
        print(side, json.dumps(dict(zip(RoleBounds.__struct_fields__, weights))))


if __name__ == "__main__":
    main()
