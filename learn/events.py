"""Which words tell an event, of which type, and who takes part: the labels of the typer and the scorer, to train the
reader's own states on.

What is learned here is thrown away but for the states: `learn.typer` and `learn.roles` then learn from these. One
document in ten is kept from the reader (`unseen`), so that they can be weighed on states that know nothing of it.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dragoman.read import Reader
from dragoman.read.rolemarks import Marks
from dragoman.read.typer import SPEECH, groups
from dragoman.records import Doc
from dragoman.records import Sentence as Read
from evals.task import report_of
from learn.corpus import BUILD, Asked, Document, Sentence
from learn.model import H
from learn.roles import Labels, labelled
from learn.typer import CLASSES, unseen

HIDDEN, SIDES = 128, 96


class Events(nn.Module):
    """The heads: the typer's net over the same four means of states, and a net over pairs of words."""

    def __init__(self) -> None:
        super().__init__()
        self.types = nn.Sequential(
            nn.Dropout(0.2), nn.Linear(4 * H, HIDDEN), nn.ReLU(), nn.Dropout(0.2), nn.Linear(HIDDEN, len(CLASSES))
        )
        self.of_word, self.of_other = nn.Linear(H, SIDES), nn.Linear(H, SIDES)
        self.side = nn.Sequential(nn.ReLU(), nn.Dropout(0.2), nn.Linear(SIDES, 3))

    def losses(self, words: Tensor, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Mean losses of the words asked about and of the pairs; `words` [B, W, H]."""
        asked, pooled, pairs = batch["asked"], batch["pooled"], batch["pairs"]
        found: dict[str, Tensor] = {}
        if len(asked):
            words = words.float()
            place = pooled[:, 0] * 4 + pooled[:, 1]
            total = torch.zeros(4 * len(asked), H).index_add(0, place, words[pooled[:, 2], pooled[:, 3]])
            count = torch.zeros(4 * len(asked)).index_add(0, place, torch.ones(len(place))).clamp(min=1)
            found["events"] = F.cross_entropy(self.types((total / count[:, None]).view(len(asked), -1)), asked[:, 2])
        if len(pairs):
            both = self.of_word(words[pairs[:, 0], pairs[:, 1]]) + self.of_other(words[pairs[:, 0], pairs[:, 2]])
            found["sides"] = F.cross_entropy(self.side(both), pairs[:, 3])
        return found


def taught() -> list[Document]:
    """Every labelled text that the reader may see, its paragraphs without a label left out; kept in learn/build."""
    path = BUILD / "events.pkl"
    if not path.exists():
        found = [document for document in _read() if document.sentences]
        path.write_bytes(pickle.dumps(found))
    kept: list[Document] = pickle.loads(path.read_bytes())
    return kept


def _read() -> Iterator[Document]:
    reader = Reader()

    def read(text: str, ident: str, day: str | None) -> Doc:
        return reader.read(report_of(text, id=ident, published=day))

    for doc, told in labelled(read, lambda document: not unseen(document)):
        yield _document(doc, told)


def _document(doc: Doc, told: Mapping[int, Mapping[int, Labels]]) -> Document:
    found = Document(doc.report.id, "events", [])
    labelled = {s.paragraph for s in doc.sentences if s.words[0].start in told}
    before = None
    for sentence in doc.sentences:
        if sentence.paragraph in labelled:
            forms = [word.text for word in sentence.words]
            opens = sentence.paragraph != before
            asked = list(_asked(sentence, told.get(sentence.words[0].start)))
            found.sentences.append(Sentence(forms, " ".join(forms), opens_paragraph=opens, asked=asked))
            before = sentence.paragraph
    return found


def _asked(sentence: Read, known: Mapping[int, Labels] | None) -> Iterator[Asked]:
    if known is None:
        return
    words = sentence.words
    asked = [word.i for word in words if word.upos in SPEECH or word.start in known]
    places = {word.start: word.i for word in words}
    marks = Marks(words, (), ())
    for i, own in zip(asked, groups(words, asked)):
        label = known.get(words[i].start)
        if label is None:
            yield Asked(i, 0, own)
            continue
        among = marks.candidates(i) if label.sides else []
        acts, acted = ({places[at] for at in side if at in places} for side in (label.actors, label.recipients))
        sides = [1 if c in acts else 2 if c in acted else 0 for c in among]
        yield Asked(i, CLASSES.index(label.type), own, among, sides)
