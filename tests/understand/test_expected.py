"""Days and deadlines of whole sentences as the reader takes them: `word TYPE | days or - | due days or -`."""

from pathlib import Path

import pytest

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Due, Report, Time
from dragoman.understand import draft
from dragoman.understand.gist import Gist, gist

FIXTURE = Path(__file__).parent.parent / "fixtures" / "understand" / "expected.txt"
CASES = [case.partition("\n---\n") for case in FIXTURE.read_text(encoding="utf-8").strip().split("\n===\n")]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def days(time: Time | Due | None) -> str:
    return f"{time.start}..{time.end}" if time else "-"


@pytest.mark.parametrize(("text", "expected"), [(t, e) for t, _, e in CASES], ids=[t[:40] for t, _, _ in CASES])
def test_days_and_deadlines(reader: Reader, text: str, expected: str) -> None:
    published, *lines = expected.strip().splitlines()
    report = Report(id="r", origin="r", text=text, sha256="", published=published, published_from="option")
    mentions = draft(reader.read(report), Knowledge()).mentions
    found = [f"{m.trigger.of(text).split()[0]} {m.type} | {days(m.time)} | {days(m.due)}" for m in mentions]
    for line in lines:
        assert line in found


@pytest.mark.parametrize(
    ("headline", "lead", "who", "when"),
    [
        ("Rebels seize port", "The rebels of the north seized the port at dawn on Sunday.", "Rebels", "1931-03-01"),
        ("The mayor was shot dead by a gunman", "He died on Monday.", "a gunman", "1931-03-02"),
        ("Talks fail", "Nothing came of the talks.", "Talks", "1931-03-02"),
    ],
)
def test_what_a_report_is_about(reader: Reader, headline: str, lead: str, who: str, when: str) -> None:
    told, title = (
        draft(reader.read(Report(id="r", origin="r", text=text, sha256="", published="1931-03-02")), Knowledge())
        for text in (lead, headline)
    )
    assert gist(told, title, Knowledge()) == Gist(who, when)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Police clashed with strikers in front of the Royal Courts in London.", "London"),
        ("Rebels attacked the barracks in the north of Mali.", "Mali"),
        ("The council adopted new sanctions last week in response to Pyongyang's missile test.", ""),
        ("The army fired missiles toward Guam.", ""),
        ("The group attacks Western countries.", ""),
    ],
)
def test_where_an_event_is(reader: Reader, text: str, place: str) -> None:
    told = draft(reader.read(Report(id="r", origin="r", text=text, sha256="")), Knowledge())
    assert told.mentions
    assert {m.place.name if m.place else "" for m in told.mentions} == {place}
