"""Lines that can be filtered, and pieces that together are their words."""

from __future__ import annotations

from itertools import pairwise

import crises
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Span
from dragoman.tell.lines import Line, Wanted, lines, select
from dragoman.tell.marked import Marked, pieces
from dragoman.tell.view import View
from dragoman.tell.words import visible


@pytest.fixture(scope="module")
def view() -> View:
    return View(crises.dossier("oravia"))


def test_every_event_has_its_line_newest_first(view: View) -> None:
    rows = lines(view)
    assert {line.id for line in rows} == {event.id for event in view.dossier.events}
    assert [line.news for line in rows] == sorted((line.news for line in rows), key=str, reverse=True)


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(type="ASSAULT"), lambda line: line.type == "ASSAULT"),
        (Wanted(accounts=2), lambda line: line.accounts >= 2),
        (Wanted(certainty="certain"), lambda line: line.certainty == "certain"),
        (Wanted(since="2031-03-12", until="2031-03-12"), lambda line: line.start in (None, "2031-03-12")),
        (Wanted(words="MAROSH urged"), lambda line: "Marosh" in line.text),
        (Wanted(actor="marosh"), lambda line: "lena-marosh" in line.actors),
        (Wanted(place="gorna"), lambda line: "Gorna" in line.place),
        (Wanted(report="D"), lambda line: any(mark.startswith("D") for mark in line.marks)),
        (Wanted(report="north wire"), lambda line: any(mark.startswith("D") for mark in line.marks)),
    ],
)
def test_a_filter_keeps_what_fits_and_only_that(view: View, wanted: Wanted, fits: object) -> None:
    rows = lines(view)
    found = select(rows, wanted, view)
    assert 0 < len(found) < len(rows)
    assert all(fits(line) for line in found)  # type: ignore[operator]


def test_without_a_wish_all_is_kept_and_nobody_keeps_nothing(view: View) -> None:
    rows = lines(view)
    assert select(rows, Wanted(), view) == rows
    assert select(rows, Wanted(actor="nobody at all"), view) == ()


def test_what_only_a_copy_tells_can_be_hidden() -> None:
    view = View(crises.dossier("suez-1956"))
    copies = {report.id for report in view.dossier.reports if report.copy_of}
    assert copies
    own: tuple[Line, ...] = lines(view, copies=False)
    assert all(copies.isdisjoint(line.reports) for line in own)
    assert len(own) <= len(lines(view))


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda t: Span(min(t), max(t)))
marked = st.builds(Marked, spans, st.sampled_from(["event", "actor", "time"]), st.sampled_from(["", "x"]))


@given(st.text(alphabet="ab \n\u202eé", min_size=30, max_size=30), spans, st.lists(marked, max_size=6))
def test_pieces_are_the_words_and_each_has_its_marks(text: str, window: Span, marks: list[Marked]) -> None:
    found = pieces(text, window, marks)
    assert "".join(piece.text for piece in found) == visible(window.of(text))
    at = window.start
    for piece, (start, end) in zip(found, _cuts(window, marks)):
        assert set(piece.kinds) == {m.kind for m in marks if m.span.start <= start and end <= m.span.end}
        at = end
    assert at == window.end or not found


def _cuts(window: Span, marks: list[Marked]) -> list[tuple[int, int]]:
    inside = [m.span for m in marks if m.span.overlaps(window) and m.span.start < m.span.end]
    places = {window.start, window.end}
    for span in inside:
        places |= {max(span.start, window.start), min(span.end, window.end)}
    ordered = sorted(places)
    return list(pairwise(ordered))
