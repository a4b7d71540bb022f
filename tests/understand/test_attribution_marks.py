"""Quotation marks: the slips of newsrooms, paragraphs reopened, and laws that hold for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Span
from dragoman.understand.speech.marks import Quotation, quotations


def quoted(text: str) -> list[Quotation]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return quotations(text, spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They came “late. “.", ["late."]),
        ("He said ”never” twice.", ["never"]),
        ("The plan, ''a folly,'' she said.", ["a folly,"]),
        ("Er sagte „nein“ dazu.", ["nein"]),
        ('A 6\'2" guard said "go".', ["go"]),
        ("The “so-called ‘front’ army” left.", ["so-called ‘front’ army"]),
        ("He called it 'the ministers' war' again.", ["the ministers' war"]),
        ("It's the Smiths' house in the '90s.", []),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert [q.inner.of(text) for q in quoted(text)] == expected


def test_a_reopened_paragraph_goes_on_the_same_run() -> None:
    first, second, third = quoted("“One.\n“Two.”\n“Three.”")
    assert first.run == second.run != third.run
    assert (first.closed, second.closed) == (False, True)


@given(st.text(alphabet="ab .,'\"“”‘’\n", max_size=60))
def test_quotations_lie_in_order_inside_the_text(text: str) -> None:
    found = quoted(text)
    for q in found:
        assert 0 <= q.outer.start <= q.inner.start < q.inner.end <= q.outer.end <= len(text)
        assert q.inner.of(text) == q.inner.of(text).strip()
    assert all(a.outer.end <= b.outer.start for a, b in pairwise(found))
