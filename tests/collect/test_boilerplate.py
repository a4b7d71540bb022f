from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.collect.boilerplate import passed_over, rest_of
from dragoman.records import Span

FIXTURES = sorted((Path(__file__).parent.parent / "fixtures" / "collect").glob("boilerplate-*.txt"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda p: p.stem)
def test_fixture(path: Path) -> None:
    """Input, `---`, then what is passed over, one span a paragraph with its line ends written as ` ¶ `."""
    text, expected = path.read_text(encoding="utf-8").rsplit("---\n", 1)
    found = [" ¶ ".join(span.of(text).splitlines()) for span in passed_over(text)]
    assert found == expected.splitlines()


def test_there_are_fixtures() -> None:
    assert len(FIXTURES) >= 5


def test_a_comment_form_in_the_first_half_does_not_swallow_the_report() -> None:
    text = "Leave a Reply\n\n" + "The court released the four officers on Monday.\n" + "Nobody said why.\n" * 9
    assert "released the four officers" in rest_of(text, passed_over(text))


@settings(deadline=None)  # the first call makes the patterns
@given(
    st.lists(st.sampled_from(["Advertisement", "The king fled.", "", "Leave a Reply", "(file photo) He left.", "-"]))
)
def test_spans_are_in_order_apart_and_inside(lines: list[str]) -> None:
    text = "\n".join(lines)
    spans = passed_over(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end < b.start for a, b in pairwise(spans))


def test_front_matter_is_a_span() -> None:
    text = "---\noutlet: Dawn\n---\nThe king fled at dawn to the south.\n"
    assert passed_over(text, Span(0, 21)) == (Span(0, 21),)


HOSTILE = ("By " + "A " * 60_000, "x " * 50_000 + "gett", "share " * 40_000 + "!", "Abc, " * 40_000, "(photo " * 30_000,
           "REUTERS/" * 30_000, "home > a" * 30_000, "updated mon 1 2 3 " * 8_000 + "x", "Karsh/Oster " * 20_000 + "- ",
           "tel: " + "(1) " * 40_000, "word " * 40_000 + "sign up for our ", " " * 200_000, "[" * 100_000)  # fmt: skip


@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: line[:12])
def test_no_pattern_takes_long_over_a_hostile_line(line: str) -> None:
    """Half a second of the processor's time for 200,000 characters; an endless pattern would take minutes."""
    begun = process_time()
    passed_over(f"The envoys left Karsh.\n{line}\nThey came back.\n")
    assert process_time() - begun < 0.5


def test_what_stands_behind_the_last_sentence_goes_with_the_debris_around_it() -> None:
    text = (
        "The envoys left Karsh on Sunday, the palace said, and talks would go on in June.\n"
        "Nobody was hurt in the town, and the road to Oster is open again.\n\n"
        "Share on Facebook\n\n"
        "Why the river towns of Oravia flood every spring\n\n"
        "The paper of the mountains\n"
    )
    assert rest_of(text, passed_over(text)).split() == " ".join(text.splitlines()[:2]).split()
    inside = text.replace("The paper of the mountains", "They are to come back to Karsh for the feast of the saint.")
    assert "river towns" in rest_of(inside, passed_over(inside))  # a heading: the report goes on after it
    plain = text.replace("Share on Facebook\n\n", "")
    assert "river towns" in rest_of(plain, passed_over(plain))  # without debris it may be the report's
