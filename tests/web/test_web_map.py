"""The map: every event with a place is counted once, nothing is drawn outside its frame, no place gains exactness."""

from __future__ import annotations

from html import unescape

import crises
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from starlette.testclient import TestClient

from dragoman.knowledge.outlines import middles, outlines
from dragoman.knowledge.tables import rows
from dragoman.knowledge.world import Country
from dragoman.records import Difference, Evidence, Place, Span, Value
from dragoman.tell.lines import lines
from dragoman.tell.places import Places, Spot, places, spots_of
from dragoman.tell.view import View
from dragoman.web.frames import WIDTH, Frame, fitting
from dragoman.web.mapping import _cut, draw_map

degrees = st.tuples(st.floats(-180, 180), st.floats(-58, 75))


def spot(key: str, lon: float, lat: float, events: int = 1) -> Spot:
    return Spot(key=key, name=key, country="", level="place", lat=lat, lon=lon, happened=events)


def test_every_country_that_reports_name_has_an_outline() -> None:
    known = middles()
    missing = {c.name for c in rows("countries.tsv", Country) if c.iso3 not in known}
    # too small for the scale, or drawn with another
    assert len(missing) <= 2, sorted(missing)
    assert {"FRA", "NOR", "XKX", "TWN", "PSE", "ESH", "RUS"} <= known.keys()


def test_the_middle_of_a_country_lies_in_its_frame_of_rings() -> None:
    for outline in outlines():
        lons, lats = zip(*(point for ring in outline.rings for point in ring))
        assert min(lons) <= outline.lon <= max(lons), outline.name
        assert min(lats) <= outline.lat <= max(lats), outline.name


@given(st.lists(degrees, min_size=1, max_size=12))
def test_a_frame_holds_its_places(points: list[tuple[float, float]]) -> None:
    spots = [spot(str(n), lon, lat) for n, (lon, lat) in enumerate(points)]
    frame = fitting(spots)
    assert all(frame.holds(s) for s in spots)  # of fewer than twenty events none is few enough to be left out
    assert 200 < frame.height < 800


def test_places_on_both_sides_of_the_date_line_stand_together() -> None:
    frame = fitting([spot("Suva", 178.4, -18.1), spot("Apia", -171.8, -13.8)])
    assert frame.east - frame.west < 30


def test_one_far_place_of_few_events_does_not_shrink_the_others() -> None:
    near = [spot(str(n), 30 + n / 10, 31.0, 20) for n in range(4)]
    drawing = draw_map(Places(spots=(*near, spot("Lima", -77.0, -12.0)), unplaced=0))
    assert [s.name for s in drawing.outside] == ["Lima"]
    assert draw_map(Places(spots=(*near, spot("Lima", -77.0, -12.0)), unplaced=0), zoom="world").outside == ()


@given(st.lists(degrees, min_size=3, max_size=9), degrees)
def test_what_is_cut_lies_in_the_frame(ring: list[tuple[float, float]], corner: tuple[float, float]) -> None:
    frame = Frame(corner[0], corner[1], corner[0] + 20, corner[1] + 10, 1.0)
    for part in _cut((*ring, ring[0]), frame):
        for lon, lat in part:
            assert frame.west - 1e-6 <= lon <= frame.east + 1e-6
            assert frame.south - 1e-6 <= lat <= frame.north + 1e-6


def test_a_rectangle_cut_by_a_frame_is_what_they_share() -> None:
    ring = ((0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (0.0, 30.0), (0.0, 0.0))
    (part,) = _cut(ring, Frame(20.0, 20.0, 60.0, 40.0, 1.0))
    assert {min(p[0] for p in part), max(p[0] for p in part)} == {20.0, 30.0}
    assert {min(p[1] for p in part), max(p[1] for p in part)} == {20.0, 30.0}


def test_labels_do_not_run_into_each_other_or_out_of_the_map() -> None:
    crowd = [spot(f"Town number {n}", 30 + n % 7 / 3, 31 + n // 7 / 3, 40 - n) for n in range(40)]
    drawing = draw_map(Places(spots=tuple(crowd), unplaced=0))
    named = [c for c in drawing.circles if c.label]
    assert named
    assert len(named) < len(crowd)
    assert all(0 <= c.label.x <= WIDTH and 0 < c.label.y <= drawing.height for c in named if c.label)


@pytest.fixture(scope="module")
def view() -> View:
    dossier = crises.dossier("suez-1956")
    first, second, third, *rest = dossier.events
    at = Evidence(first.reports[0], Span(0, 1))
    sides = tuple(
        Value(value=name, reports=first.reports, mentions=first.mentions, spans=(at,)) for name in ("Suez", "Cairo")
    )
    told = (
        replace(first, place=Place(text="Suez", name="Suez", country="EGY", lat=29.97, lon=32.55, geonames=359796),
                differences=(Difference(slot="place", values=sides),)),
        replace(second, place=Place(text="Egypt", name="Egypt", country="EGY"), auxiliary=("future",)),
        replace(third, place=Place(text="Gorna")),
        *(replace(event, place=None) for event in rest),
    )  # fmt: skip
    return View(replace(dossier, events=told))


def test_places_are_known_as_exactly_as_they_are_told(view: View) -> None:
    told = places(view, lines(view), spots_of(view))
    by_name = {s.name: s for s in told.spots}
    assert {name: s.level for name, s in by_name.items()} == {"Suez": "place", "Egypt": "country", "Gorna": "unknown"}
    assert (by_name["Suez"].happened, by_name["Suez"].disputed) == (1, 1)
    assert (by_name["Egypt"].happened, by_name["Egypt"].others) == (0, 1)
    assert by_name["Gorna"].lat is None
    assert told.unplaced == len(view.dossier.events) - 3
    drawing = draw_map(told)
    assert [s.name for s in drawing.unknown] == ["Gorna"]
    assert drawing.hatched == {"EGY"}
    assert next(c for c in drawing.circles if c.spot.name == "Egypt").inner == 0


def test_the_page_and_its_twin_count_each_event_once(suez: TestClient) -> None:
    board = suez.get("/board.json").json()
    told = suez.get("/map.json").json()
    assert told["shown"] == board["events"]
    counted = sum(s["happened"] + s["others"] for s in told["places"]["spots"])
    assert counted + told["places"]["unplaced"] == board["events"]
    cairo = next(s for s in told["places"]["spots"] if s["name"] == "Cairo")
    there = suez.get("/map.json", params={"at": cairo["key"]}).json()
    assert len(there["lines"]) == cairo["happened"] + cairo["others"]
    assert {line["place"] for line in there["lines"]} == {"Cairo"}
    page = unescape(suez.get("/map", params={"at": cairo["key"], "zoom": "near"}).text)
    assert 'class="spot place chosen"' in page
    assert there["lines"][0]["text"] in page


def test_the_filters_of_the_board_hold_on_the_map(suez: TestClient) -> None:
    kinds = {line["type"] for line in suez.get("/map.json?at=360630").json()["lines"]}
    kind = sorted(kinds)[0]
    there = suez.get("/map.json", params={"at": "360630", "type": kind}).json()
    assert {line["type"] for line in there["lines"]} == {kind}
    assert "No event that you asked for" in suez.get("/map?q=zebra").text
