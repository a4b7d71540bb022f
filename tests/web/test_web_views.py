"""What the pages show of the example crises: passages that correspond, time, stances, claims, actors, sources."""

from __future__ import annotations

from pathlib import Path

import crises
import pytest

from dragoman.store import Store
from dragoman.tell.cast import actor_rows, actor_sheet, named
from dragoman.tell.parallel import kindred, parallel
from dragoman.tell.sayings import sayings, spoken
from dragoman.tell.sources import sources
from dragoman.tell.stances import grid
from dragoman.tell.timeline import timeline
from dragoman.tell.view import View
from dragoman.tell.words import visible
from dragoman.web.drawing import draw_sources, draw_stances, draw_timeline


@pytest.fixture(scope="module", params=crises.CRISES)
def view(request: pytest.FixtureRequest) -> View:
    return View(crises.dossier(request.param))


def test_columns_hold_the_whole_text_and_links_go_both_ways(view: View) -> None:
    reports = list(view.notes.reports)
    laid = parallel(view, reports)
    cells = {cell.mark: cell for column in laid.columns for cell in column.cells if cell.mark}
    for column in laid.columns:
        words = "".join(piece.text for cell in column.cells for piece in cell.pieces)
        assert words == visible(view.notes.reports[column.row.id].text)
    for mark, cell in cells.items():
        assert all(link in cells and link.rstrip("0123456789") != mark.rstrip("0123456789") for link in cell.links)
        if cell.state in ("shared", "differs"):
            assert all(mark in cells[link].links for link in cell.links if cells[link].state != "same")
        assert bool(cell.links) == (cell.state in ("shared", "differs", "same"))


def test_what_differs_says_what() -> None:
    view = View(crises.dossier("oravia"))
    cells = [c for column in parallel(view, list(view.notes.reports)).columns for c in column.cells]
    assert any("“Oravian police”" in c.hint and "“security forces”" in c.hint for c in cells if c.state == "differs")


def test_the_reports_laid_side_by_side_first_are_no_copies(view: View) -> None:
    pair = kindred(view)
    assert len(pair) == 2
    assert not any(view.notes.reports[ident].copy_of for ident in pair)


def test_time_holds_every_dated_event_once_and_every_deadline(view: View) -> None:
    told = timeline(view, background=True)
    events = [item.event for item in told.items if item.kind != "deadline"]
    assert len(events) == len(set(events))
    assert len(events) + told.undated == len(view.dossier.events)
    drawn = {(i.event, i.end) for i in told.items if i.kind in ("deadline", "planned")}
    assert {(x.event, x.due.end[:10]) for x in view.dossier.expectations} <= drawn
    due = [(i.event, i.start, i.end) for i in told.items if i.kind == "deadline"]
    assert len(due) == len(set(due))
    assert timeline(view, since="2999-01-01").items == ()
    one = told.items[0]
    assert all(i.start <= one.start <= i.end for i in timeline(view, since=one.start, until=one.start).items)


def test_no_label_of_the_timeline_runs_into_a_bar_of_its_row(view: View) -> None:
    drawn = draw_timeline(timeline(view))
    rows: dict[float, list[float]] = {}
    for bar in drawn.bars:
        rows.setdefault(bar.y, []).append(bar.x)
        assert drawn.left <= bar.x <= drawn.width
        assert 0 < bar.y < drawn.height
    assert drawn.ticks


def test_a_square_of_the_grid_is_the_latest_stance_and_has_its_words(view: View) -> None:
    told = grid(view)
    assert told.squares
    for square in told.squares:
        assert square.latest.quote
        assert all((square.latest.since or "") >= (b.since or "") for b in square.before)
    drawn = draw_stances(told)
    assert {p.key for p in drawn.points} == {key for key, _ in (*told.rows, *told.columns)}
    assert len(drawn.lines) == len(told.squares)


def test_every_claim_is_in_one_saying(view: View) -> None:
    idents = [v.id for said in sayings(view) for v in said.versions]
    assert sorted(idents) == sorted(claim.id for claim in view.dossier.claims)


def test_a_saying_is_found_by_its_words(oravia: Path) -> None:
    told = sayings(View(crises.dossier("oravia")))
    word = max(told[0].versions[0].words.split(), key=len).strip(".,”“\"'")
    with Store.open(oravia) as store:
        assert told[0] in spoken(told, store.claims_with, words=word.upper())
        assert all(any(v.direct for v in said.versions) for said in spoken(told, store.claims_with, kind="direct"))


def test_actors_are_found_by_name_and_the_busiest_come_first(view: View) -> None:
    rows = actor_rows(view)
    assert [r.events for r in rows] == sorted((r.events for r in rows), reverse=True)
    assert rows[0] in named(rows, words=rows[0].name.upper())
    sheet = actor_sheet(view, rows[0].id)
    assert len(sheet.marks) <= sheet.row.named


def test_sources_are_drawn_with_every_link_between_drawn_nodes(view: View) -> None:
    told = sources(view)
    keys = {node.key for node in told.nodes}
    assert all({link.above, link.below} <= keys for link in told.links)
    drawn = draw_sources(told)
    assert len(drawn.points) == len(told.nodes)
    attributed = sum(bool(m.attribution) for m in view.dossier.mentions)
    assert attributed + sum(n for _, n in told.own_voice) == len(view.dossier.mentions)
