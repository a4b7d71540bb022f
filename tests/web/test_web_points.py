"""What the board can be filtered by, and what the other pages show of who, when and where: one test a promise."""

from __future__ import annotations

from typing import Any

import crises
import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from dragoman.records import CERTAINTIES, Time
from dragoman.tell.stances import grid
from dragoman.tell.timeline import timeline
from dragoman.tell.view import View
from dragoman.web.drawing import draw_timeline
from dragoman.web.templating import environment

FACETS = (
    ("since=2031-03-12", lambda line: (line["end"] or line["news"]) >= "2031-03-12"),
    ("until=2031-03-10", lambda line: (line["start"] or line["news"]) <= "2031-03-10"),
    ("since=2031-03-11&until=2031-03-11", lambda line: line["start"] is None or line["start"] <= "2031-03-11"),
    ("actor=lena-marosh", lambda line: "lena-marosh" in line["actors"]),
    ("actor=marosh", lambda line: "lena-marosh" in line["actors"]),
    ("type=PROTEST", lambda line: line["type"] == "PROTEST"),
    ("place=gorna", lambda line: "Gorna" in line["place"]),
    ("report=B", lambda line: any(mark.startswith("B") for mark in line["marks"])),
    ("report=north+wire", lambda line: any(mark.startswith("D") for mark in line["marks"])),
    ("certainty=certain", lambda line: line["certainty"] == "certain"),
    ("certainty=probable", lambda line: line["certainty"] in CERTAINTIES[:2]),
    ("accounts=2", lambda line: line["accounts"] >= 2),
    ("q=police", lambda line: "police" in line["text"].lower()),
)


def lines(client: TestClient, asked: str) -> list[dict[str, Any]]:
    """All lines of the board, page after page."""
    pages = client.get(f"/board.json?{asked}").json()["pages"]
    told = [client.get(f"/board.json?{asked}&page={n}").json()["columns"] for n in range(1, pages + 1)]
    return [line for columns in told for column in columns for line in column["lines"]]


@pytest.mark.parametrize(("asked", "fits"), FACETS, ids=[asked for asked, _ in FACETS])
def test_the_board_keeps_what_was_asked_for_and_all_of_it(client: TestClient, asked: str, fits: Any) -> None:
    every, found = lines(client, ""), lines(client, asked)
    assert 0 < len(found) < len(every)
    assert all(map(fits, found))
    if "=" in asked and not asked.startswith(("since", "until")):  # lines without a day may stay
        assert {line["id"] for line in every if fits(line)} == {line["id"] for line in found}
    page = client.get(f"/?{asked}").text
    assert f"<b>{len(found)}</b> match" in page
    for name, _, value in (part.partition("=") for part in asked.split("&")):
        value = value.replace("+", " ")
        assert f'name="{name}" value="{value}"' in page or f'<option value="{value}" selected>' in page


def test_a_stranger_is_told_what_a_line_a_kind_and_a_difference_are(client: TestClient) -> None:
    page = client.get("/").text
    assert "A line is one event and its kind" in page
    assert 'href="#kinds"' in page
    assert 'id="kinds"' in page
    assert "What the kinds of events mean" in page
    assert ">type<" not in page
    assert any(words in page for words in ("kind of act", "toward whom", "how many", "how surely"))


def test_what_a_thousand_sentences_show_is_named_by_the_first(client: TestClient) -> None:
    dossier = crises.dossier("oravia")
    one = next(p for p in dossier.positions if p.stance != "neutral")
    spread = replace(one, evidence=tuple(m.id for m in dossier.mentions))
    (square,) = grid(View(replace(dossier, positions=(spread,)))).squares
    assert len(square.latest.marks) > 20
    macro = environment.get_template("_parts.html").module.some_marks  # type: ignore[attr-defined]
    told = macro(square.latest.marks, View(dossier).notes.letters | dict.fromkeys("ABCD", "r"), 6)
    assert told.count("<a ") == 6
    assert f"and {len(square.latest.marks) - 6} more" in told


def test_facets_hold_together(client: TestClient) -> None:
    of_report = {line["id"] for line in lines(client, "report=B")}
    of_type = {
        type: {line["id"] for line in lines(client, f"type={type}")} for type in ("PROTEST", "ASSAULT", "COERCE")
    }
    both = {type: {line["id"] for line in lines(client, f"type={type}&report=B")} for type in of_type}
    assert both == {type: of_report & found for type, found in of_type.items()}
    assert any(both.values())


def test_copies_can_be_hidden(suez: TestClient) -> None:
    copies = {report.id for report in crises.dossier("suez-1956").reports if report.copy_of}
    assert any(copies & set(line["reports"]) for line in lines(suez, ""))
    assert not any(copies & set(line["reports"]) for line in lines(suez, "copies=hide"))
    assert 'name="copies" value="hide" checked' in suez.get("/?copies=hide").text


def test_lines_stand_newest_first_in_each_column(client: TestClient) -> None:
    for column in client.get("/board.json").json()["columns"]:
        news = [line["news"] or "" for line in column["lines"]]
        assert news == sorted(news, reverse=True)


@pytest.mark.parametrize("by", ["type", "actor", "report"])
def test_the_timeline_has_lanes_and_zooms(client: TestClient, by: str) -> None:
    whole = client.get(f"/timeline.json?by={by}&span=whole").json()
    assert len(whole["lanes"]) > 2
    assert {item["lane"] for item in whole["items"]} <= set(whole["lanes"])
    day = whole["today"]
    near = client.get(f"/timeline.json?by={by}&since={day}&until={day}").json()
    assert 0 < len(near["items"]) < len(whole["items"])
    page = client.get(f"/timeline?by={by}").text
    for lane in client.get(f"/timeline.json?by={by}").json()["lanes"]:
        assert lane.split()[0].lower() in page.lower()


def test_plans_and_deadlines_stand_ahead_of_today(suez: TestClient) -> None:
    told = suez.get("/timeline.json").json()
    page = suez.get("/timeline").text
    assert {"told", "planned", "deadline"} <= {item["kind"] for item in told["items"]}
    assert 'class="today"' in page
    assert "t-planned" in page
    assert any(item["end"] > told["today"] for item in told["items"] if item["kind"] in ("planned", "deadline"))


def test_a_month_is_drawn_as_one_and_hatched() -> None:
    dossier = crises.dossier("oravia")
    event = next(e for e in dossier.events if isinstance(e.time, Time))
    month = replace(event, time=Time(text="March", start="2031-03-01", end="2031-03-31", precision="month"))
    told = timeline(View(replace(dossier, events=tuple(month if e is event else e for e in dossier.events))))
    (item,) = [i for i in told.items if i.event == event.id and i.kind != "deadline"]
    assert (item.start, item.end, item.precise) == ("2031-03-01", "2031-03-31", False)
    (bar,) = [bar for bar in draw_timeline(told).bars if bar.item == item]
    assert bar.width > 20 * min(other.width for other in draw_timeline(told).bars if other.item.precise)


def test_who_stands_with_whom_is_a_grid_and_a_network_and_tells_what_changed(client: TestClient) -> None:
    told = client.get("/sides.json").json()
    page = client.get("/sides").text
    assert "<table" in page
    assert 'class="network"' in page
    assert len(told["squares"]) > 2
    for square in told["squares"]:
        assert square["latest"]["quote"]
        assert f"#{square['latest']['marks'][0]}" in page
        days = [stance["since"] or "" for stance in (square["latest"], *square["before"])]
        assert days == sorted(days, reverse=True)


def test_a_stance_that_changed_shows_what_it_was_before() -> None:
    dossier = crises.dossier("oravia")
    one = next(p for p in dossier.positions if p.stance != "neutral")
    other = "opposes" if one.stance == "supports" else "supports"
    later = replace(one, id=f"{one.id}-later", stance=other, since="2031-03-20")  # type: ignore[arg-type]
    told = grid(View(replace(dossier, positions=(*dossier.positions, later))))
    (square,) = [s for s in told.squares if (s.actor, s.toward) == (one.actor, one.toward)]
    assert square.changed
    assert (square.latest.stance, square.before[-1].stance) == (other, one.stance)


def test_an_actor_has_roles_aliases_and_evidence(client: TestClient) -> None:
    told = client.get("/actors/lena-marosh.json").json()
    assert told["sheet"]["roles"]
    assert told["sheet"]["marks"]
    page = client.get("/actors/lena-marosh").text
    assert told["sheet"]["roles"][0]["title"] in page
    assert any(row["aliases"] for row in client.get("/actors.json").json()["rows"])


def test_claims_are_searched_by_word_and_speaker_and_show_their_hedges(client: TestClient) -> None:
    every = client.get("/claims.json").json()
    speaker = next(row for row in every["rows"] if row["actor"])["speaker"]
    assert {row["speaker"] for row in client.get("/claims.json", params={"speaker": speaker}).json()["rows"]} == {
        speaker
    }
    found = client.get("/claims.json?q=minister").json()
    assert 0 < found["total"] < every["total"]
    hedged = client.get("/claims.json?kind=hedged").json()["rows"]
    assert hedged
    hedge = next(version["hedge"] for row in hedged for version in row["versions"] if version["hedge"])
    assert f'<span class="hedge">{hedge}</span>' in client.get("/claims?kind=hedged").text


def test_expectations_tell_what_became_of_them(client: TestClient) -> None:
    known = crises.dossier("oravia").expectations
    rows = client.get("/due.json").json()["rows"]
    assert {row["event"] for row in rows} == {one.event for one in known}
    for status in {one.status for one in known}:
        told = client.get(f"/due.json?status={status}").json()["rows"]
        assert {row["event"] for row in told} == {one.event for one in known if one.status == status}
        assert {row["status"] for row in told} == {status}
        assert all(bool(row["met"]) == (status == "met") for row in told)


def test_chains_of_sources_are_a_picture_with_its_words(client: TestClient) -> None:
    page = client.get("/sources").text
    assert "<svg" in page
    outlets = {report.outlet for report in View(crises.dossier("oravia")).dossier.reports}
    assert all(outlet in page for outlet in outlets if outlet)


def test_reports_stand_side_by_side_with_what_they_share_and_what_differs(suez: TestClient) -> None:
    dossier = crises.dossier("suez-1956")
    copy = next(report for report in dossier.reports if report.copy_of)
    third = next(report for report in dossier.reports if report.id not in (copy.id, copy.copy_of))
    asked = f"/compare?report={copy.id}&report={copy.copy_of}&report={third.id}"
    told = suez.get(asked.replace("/compare", "/compare.json")).json()["side_by_side"]
    assert [column["row"]["id"] for column in told["columns"]] == [copy.id, copy.copy_of, third.id]
    states = {cell["state"] for column in told["columns"] for cell in column["cells"]}
    assert {"same", "only"} <= states  # word for word the same, and only here
    page = suez.get(asked).text
    assert page.count('class="side-text copy"') == 1  # greyed
    linked = [cell for column in told["columns"] for cell in column["cells"] if cell["links"]]
    assert linked
    for cell in linked:
        assert f'id="{cell["mark"]}"' in page
        assert all(f'href="#{link}"' in page for link in cell["links"])


def test_what_is_no_part_of_a_report_is_dimmed(client: TestClient) -> None:
    dossier = crises.dossier("oravia")
    report = next(one for one in dossier.reports if one.boilerplate)
    other = next(one for one in dossier.reports if one is not report)
    for path in (f"/reports/{report.id}", f"/compare?report={report.id}&report={other.id}"):
        assert "k-skipped" in client.get(path).text, path
