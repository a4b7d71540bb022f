"""The day that an event gets from the story around it: a text of ours, then `trigger | day, days or -` a line."""

from pathlib import Path

import pytest

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Report
from dragoman.understand import draft

FIXTURE = Path(__file__).parent.parent / "fixtures" / "understand" / "story_days.txt"
CASES = [case.partition("\n---\n") for case in FIXTURE.read_text(encoding="utf-8").strip().split("\n===\n")]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(("text", "expected"), [(t, e) for t, _, e in CASES], ids=[t[:40] for t, _, _ in CASES])
def test_days(reader: Reader, text: str, expected: str) -> None:
    report = Report(id="r", origin="r", text=text, sha256="", published="2031-03-05", published_from="option")
    found = {m.trigger.of(text).split()[0]: m.time for m in draft(reader.read(report), Knowledge()).mentions}
    for line in expected.strip().splitlines():
        trigger, days = line.split(" | ")
        time = found.get(trigger)
        told = "-" if time is None or not time.start else "..".join(sorted({time.start, time.end or ""}))
        assert (trigger, told) == (trigger, days)
