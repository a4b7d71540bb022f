"""A reader without a model: every line a sentence, every sentence a flat tree. For tests of what stands around it."""

from __future__ import annotations

import re

from dragoman.records import Doc, Report, Sentence, Span, Word

WORD = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
VECTOR = bytes([127]) + bytes(383)


class StandIn:
    """Takes the place of `dragoman.read.Reader`; counts the reports it was given, fails on those that say so."""

    model = "stand-in 0"

    def __init__(self) -> None:
        self.read_ids: list[str] = []

    def read(self, report: Report) -> Doc:
        self.read_ids.append(report.id)
        if "unreadable on purpose" in report.text:
            raise ValueError("on purpose")
        sentences: list[Sentence] = []
        for line in re.finditer(r"[^\n]*\w[^\n]*", report.text):
            span = Span(line.start(), line.end())
            if not any(span.overlaps(skipped) for skipped in report.boilerplate):
                sentences.append(_sentence(len(sentences), line[0], line.start()))
        return Doc(report, tuple(sentences), model=self.model)


def _sentence(i: int, text: str, at: int) -> Sentence:
    words = tuple(
        Word(n, m[0], at + m.start(), at + m.end(), m[0].lower(), "X", "_", -1 if n == 0 else 0, "dep" if n else "root")
        for n, m in enumerate(WORD.finditer(text))
    )
    return Sentence(i, i, words, vector=VECTOR)
