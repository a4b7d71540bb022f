"""Words: language rules from fixtures, laws on any Unicode."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.paragraphs import paragraphs
from dragoman.read.tokens import words
from dragoman.records import Span

FIXTURES = Path(__file__).parent.parent / "fixtures" / "read"


def cases(name: str) -> list[tuple[str, str]]:
    """The cases of a fixture: text, `---`, expected; a line of `===` parts cases."""
    whole = (FIXTURES / name).read_text(encoding="utf-8")
    return [tuple(case.strip("\n").split("\n---\n", 1)) for case in whole.split("\n===\n")]  # type: ignore[misc]


@pytest.mark.parametrize(("text", "expected"), cases("words.txt"))
def test_words_are_cut_as_the_treebanks_cut_them(text: str, expected: str) -> None:
    assert " | ".join(text[a:b] for a, b in words(text)) == expected


@pytest.mark.parametrize(("text", "expected"), cases("paragraphs.txt"))
def test_paragraphs(text: str, expected: str) -> None:
    assert [p.of(text) for p in paragraphs(text)] == expected.split("\n---\n")


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="aB1.’'-\u200b\u0301 \n(“5s,&$@/t\u00ad")))
def test_words_cover_the_text_in_order(text: str) -> None:
    end = 0
    covered = [False] * len(text)
    for a, b in words(text):
        assert end <= a < b
        assert not text[a].isspace()
        assert not text[b - 1].isspace()
        covered[a:b] = [True] * (b - a)
        end = b
    for char, is_covered in zip(text, covered):
        if not char.isspace() and unicodedata.category(char) not in {"Cf", "Cc", "Cn"}:
            assert is_covered, (text, char)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aB. \n\t\r\u2028-1"))
def test_paragraphs_cover_the_text_and_can_leave_spans_out(text: str) -> None:
    found = paragraphs(text)
    assert "".join(p.of(text) for p in found).split() == text.split() or all(p.of(text).strip() for p in found)
    assert [p for p in found if p.start >= p.end] == []
    assert all(a.end <= b.start for a, b in pairwise(found))
    outside = set(range(len(text))) - {i for p in found for i in range(p.start, p.end)}
    assert all(text[i].isspace() for i in outside)
    gone = Span(len(text) // 3, len(text) // 2)
    assert not any(p.overlaps(gone) for p in paragraphs(text, without=[gone]) if gone.start < gone.end)
