"""What is planned for a day in words that are no event's, as the reader takes them: `lemma | due days`, or nothing."""

from pathlib import Path

import pytest

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Report
from dragoman.understand import draft

FIXTURE = Path(__file__).parent.parent / "fixtures" / "understand" / "planned.txt"
CASES = [case.strip().partition("\n---") for case in FIXTURE.read_text(encoding="utf-8").split("===\n")]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(("text", "expected"), [(t, e) for t, _, e in CASES], ids=[t[:40] for t, _, _ in CASES])
def test_plans(reader: Reader, text: str, expected: str) -> None:
    report = Report(id="r", origin="r", text=text, sha256="", published="1931-03-03", published_from="option")
    found = draft(reader.read(report), Knowledge()).planned
    assert [f"{p.lemma} | {p.due.start}..{p.due.end}" for p in found] == expected.strip().splitlines()
    for planned in found:
        assert planned.text == text.rstrip(".")
        assert planned.trigger.of(text).split()[0].lower() in text.lower()
