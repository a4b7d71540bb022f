"""Time expressions: rules by their own examples, sentences of our own in a fixture, and laws that hold for any text."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.understand.timex import Timex, tag
from dragoman.understand.timex.calendar import easter, interval, move, narrow, week_value
from dragoman.understand.timex.quantity import duration, quantity

FIXTURE = Path(__file__).parent.parent / "fixtures" / "understand" / "times.txt"
CASES = [case.partition("\n---\n") for case in FIXTURE.read_text(encoding="utf-8").strip().split("\n===\n")]
WORDS = Knowledge().times
FRIDAY = date(2019, 1, 25)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))
NEEDS_MORE = {
    *("the quarter", "the latest quarter", "the third", "the year", "'89", "the spring", "the week", "days", "minutes"),
    *("the 13th", "the thirtieth", "three in the morning", "at dawn"),
}  # what they mean stands in the words around them


def row(timex: Timex, text: str) -> str:
    return f"{timex.span.of(text)} | {timex.type} | {timex.value} | {timex.start or '-'} | {timex.end or '-'}"


@pytest.mark.parametrize(("text", "expected"), [(t, e) for t, _, e in CASES], ids=[t[:40] for t, _, _ in CASES])
def test_sentences(text: str, expected: str) -> None:
    published, *lines = expected.strip().splitlines()
    reference = None if published == "-" else date.fromisoformat(published)
    assert [row(t, text) for t in tag(text, reference, words=WORDS)] == lines


@pytest.mark.parametrize("example", [r.example for r in WORDS.rules if r.example not in NEEDS_MORE])
def test_every_rule_reads_its_example(example: str) -> None:
    text = f"It is {example}."
    found = [t.span.of(text) for t in tag(text, FRIDAY, words=WORDS)]
    assert found == [example.removeprefix("the ")] or found == [example]


@given(st.text(max_size=200))
def test_any_text_is_read_without_overlap(text: str) -> None:
    found = tag(text, FRIDAY, words=WORDS)
    for first, second in pairwise(found):
        assert first.span.end <= second.span.start
    for timex in found:
        assert timex.span.of(text).strip() == timex.span.of(text) != ""


@given(DAYS, st.sampled_from(sorted(WORDS.tables["weekdays"])))
def test_a_weekday_of_the_past_lies_in_the_last_week(reference: date, weekday: str) -> None:
    (timex,) = tag(f"Police said on {weekday} that", reference, words=WORDS)
    assert timex.start is not None
    day = date.fromisoformat(timex.start)
    assert reference - timedelta(days=7) < day <= reference
    assert day.isoweekday() == WORDS.tables["weekdays"][weekday]


@given(
    DAYS, st.sampled_from(["last week", "next month", "two years ago", "this quarter", "the last ten days", "in May"])
)
def test_an_interval_never_ends_before_it_starts(reference: date, words: str) -> None:
    for timex in tag(f"It happened {words}.", reference, words=WORDS):
        assert timex.start is not None
        assert timex.end is not None
        assert timex.start <= timex.end


@given(DAYS, st.integers(-500, 500), st.sampled_from(["D", "W", "2W"]))
def test_moving_there_and_back(day: date, amount: int, unit: str) -> None:
    assert move(move(day, amount, unit), -amount, unit) == day


@given(DAYS)
def test_a_week_holds_its_day(day: date) -> None:
    week = interval(week_value(day))
    assert week is not None
    assert week[0] <= day <= week[1]


@given(DAYS, st.integers(3, 4000))
def test_thirds_cover_an_interval(day: date, length: int) -> None:
    whole = (day, day + timedelta(days=length))
    early, middle, late = (narrow(whole, mod) for mod in ("START", "MID", "END"))
    assert early[0] == whole[0]
    assert early[1] + timedelta(days=1) == middle[0]
    assert middle[1] + timedelta(days=1) == late[0]
    assert late[1] == whole[1]


@pytest.mark.parametrize(("year", "month", "day"), [(1956, 4, 1), (2000, 4, 23), (2019, 4, 21), (2038, 4, 25)])
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("twenty-four", 24), ("a hundred", 100), ("two and a half", 2.5), ("a dozen", 12), ("1,200", 1200),
     ("half an", 0.5), ("three hundred and five", 305), ("a few", None), ("two or three", 2)],
)  # fmt: skip
def test_quantities(text: str, amount: float | None) -> None:
    assert quantity(text, WORDS) == amount


def test_durations() -> None:
    assert duration(2.5, "Y") == "P2Y6M"
    assert duration(None, "TH") == "PTXH"
    assert duration(3, "10Y") == "P30Y"
