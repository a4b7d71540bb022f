"""Whose words they are, on sentences of our own: a text, then `words -> actor`, `words = kind` or `not …` a line."""

from pathlib import Path

import pytest

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Report
from dragoman.understand import draft

FIXTURE = Path(__file__).parent.parent / "fixtures" / "understand" / "speakers.txt"
CASES = [case.partition("\n---\n") for case in FIXTURE.read_text(encoding="utf-8").strip().split("\n===\n")]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(("text", "expected"), [(t, e) for t, _, e in CASES], ids=[t[:40] for t, _, _ in CASES])
def test_speakers(reader: Reader, text: str, expected: str) -> None:
    report = Report(id="r", origin="r", text=text, sha256="", published="2031-03-05", published_from="option")
    work = draft(reader.read(report), Knowledge())
    found = {f"{c.source} -> {work.actors[c.actor].name if c.actor else '-'}" for c in work.claims}
    found |= {f"{c.source} = {c.kind}" for c in work.claims}
    for line in expected.strip().splitlines():
        assert (line.removeprefix("not ") in found) is not line.startswith("not "), found
