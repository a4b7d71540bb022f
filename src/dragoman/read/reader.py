"""The Reader: a report's text through paragraphs, words, windows and the model to a Doc."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.read import session
from dragoman.read.paragraphs import paragraphs
from dragoman.read.splitting import spaces
from dragoman.read.tokens import words
from dragoman.read.windows import Window, batches, cut, pack
from dragoman.records import Doc, Report, Span, Stretch

if TYPE_CHECKING:
    from dragoman.read.decode import Decoder, Parsed
    from dragoman.read.pieces import Pieces
    from dragoman.read.roles import Roles
    from dragoman.read.typer import Typer


def model_version() -> str:
    """Name and digest of the shipped reading model."""
    return session.version()


class Reader:
    """Reads reports. The model is loaded when the first report is read; one thread unless told otherwise.

    What it makes of a report depends on that report alone: windows of different reports never share a batch, because
    8-bit products are scaled by batch.
    """

    def __init__(
        self,
        folder: Path = session.SHIPPED,
        *,
        threads: int = 1,
        device: str = "cpu",
        network: session.Model | None = None,
        typer: Typer | None = None,
        roles: Roles | None = None,
    ) -> None:
        self.folder = folder
        self._threads, self._device, self._given = threads, device, network
        self._typer, self._roles = typer, roles

    @cached_property
    def model(self) -> str:
        """Name and digest of the model, and what it runs on where that is no plain processor."""
        return session.version(self.folder) + (f" on {self._device}" if self._device != "cpu" else "")

    @cached_property
    def network(self) -> session.Model:
        return self._given or session.OnnxModel(self.folder, threads=self._threads, device=self._device)

    @cached_property
    def _pieces(self) -> Pieces:
        from dragoman.read.pieces import Pieces

        session.check(self.folder)
        return Pieces(self.folder / "tokenizer.json")

    @cached_property
    def _decoder(self) -> Decoder:
        import numpy as np

        from dragoman.read.decode import Decoder
        from dragoman.read.roles import Roles
        from dragoman.read.typer import Typer

        projection = np.load(self.folder / "vector.npy").astype(np.float32)
        return Decoder(self.network, projection, self._typer or Typer(self.folder), self._roles or Roles(self.folder))

    def read(self, report: Report) -> Doc:
        """Words, sentences, trees, names and vectors of a report; its boilerplate is not read."""
        spans: list[tuple[int, int]] = []
        windows: list[Window] = []
        for number, paragraph in enumerate(paragraphs(report.text, without=report.boilerplate)):
            first = len(spans)
            spans += words(report.text, paragraph.start, paragraph.end)
            mine = [report.text[a:b] for a, b in spans[first:]]
            sizes = [len(ids) for ids, _ in self._pieces.of(mine)]
            places = [*cut(mine, sizes, spaced=spaces(spans[first:])), len(mine)]
            windows += [Window(first + a, first + b, number) for a, b in pairwise(places) if b > a]
        return self._doc(report, spans, windows)

    def parse(self, report: Report, sentences: Sequence[Sequence[Span]]) -> Doc:
        """A Doc over words and sentences that are given; each sentence is read by itself and is a paragraph."""
        spans = [(word.start, word.end) for sentence in sentences for word in sentence]
        windows, first = [], 0
        for number, sentence in enumerate(sentences):
            windows.append(Window(first, first + len(sentence), number))
            first += len(sentence)
        return self._doc(report, spans, windows, split=False)

    def _doc(self, report: Report, spans: list[tuple[int, int]], windows: list[Window], *, split: bool = True) -> Doc:
        coded = self._pieces.of([report.text[a:b] for a, b in spans])
        read: list[tuple[list[Parsed], list[Stretch]]] = [([], [])] * len(windows)
        for batch in batches([sum(len(ids) for ids, _ in coded[w.first : w.last]) for w in windows]):
            outputs = self.network.run(pack([coded[windows[k].first : windows[k].last] for k in batch]))
            for row, k in enumerate(batch):
                mine = spans[windows[k].first : windows[k].last]
                out = {name: values[row] for name, values in outputs.items()}
                parsed = self._decoder.parse(
                    out, report.text, spans=mine, paragraph=windows[k].paragraph, starts=None if split else [0]
                )
                read[k] = (parsed, self._decoder.stretches(out["attribution"], mine))
        sentences = self._decoder.sentences([one for parsed, _ in read for one in parsed])
        return Doc(report, sentences, tuple(stretch for _, stretches in read for stretch in stretches), self.model)
