"""Modes and certainty of single words, on sentences of our own (the fixture's first line says how to read it)."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Report
from dragoman.understand.clauses import clauses_of
from dragoman.understand.factuality import Verdict, factuality, settle

FIXTURE = Path(__file__).parent.parent / "fixtures" / "understand" / "certainty.txt"
LINES = [line.split(" | ") for line in FIXTURE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(("marked", "modes", "certainty"), LINES, ids=[line[0][:50] for line in LINES])
def test_verdict(reader: Reader, marked: str, modes: str, certainty: str) -> None:
    before, word, _ = marked.split("*")
    text = marked.replace("*", "")
    sentence = reader.read(Report(id="r", origin="r", text=text, sha256="")).sentences[0]
    i = next(w.i for w in sentence.words if w.start == len(before))
    assert sentence.words[i].text == word
    knowledge = Knowledge()
    clauses = {c.predicate: c for c in clauses_of(sentence, knowledge.grammar)}
    verdict = factuality(sentence, i, clauses, knowledge=knowledge)
    assert ("+".join(sorted(verdict.modes)) or "-", verdict.certainty) == (modes, certainty), verdict.why


def test_doubt_only_grows() -> None:
    verdict = Verdict().add(doubt="possible").add(doubt="probable")
    assert verdict.certainty == "possible"


def test_a_hypothetical_is_not_also_future() -> None:
    assert settle(Verdict().add("future").add("hypothetical")).modes == {"hypothetical"}
