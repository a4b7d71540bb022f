"""Any page as of a former day: only what could be known then, and every link leads on within that day."""

from __future__ import annotations

import re

import crises
import pytest
from starlette.testclient import TestClient

from dragoman.web.days import NOW, on_that_day
from dragoman.web.templating import NAV

DAY = "2031-03-11"
UNDATED = ("/add", "/corrections")


def test_only_the_reports_of_that_day_and_before_are_known(client: TestClient) -> None:
    then, now = (client.get("/board.json", params=asked).json() for asked in ({"as_of": DAY}, {}))
    published = [r.published or "" for r in crises.reports("oravia")]
    assert then["reports"] == sum(day <= DAY for day in published) < now["reports"]
    assert then["read_at"] == DAY
    assert then["events"] < now["events"]


@pytest.mark.parametrize("path", [path for path, _ in NAV if path not in UNDATED])
def test_every_link_and_form_of_a_page_keeps_the_day(client: TestClient, path: str) -> None:
    page = client.get(path, params={"as_of": DAY})
    assert page.status_code == 200
    assert "What could be known on 11 Mar 2031" in page.text
    links = {link for link in re.findall(r'href="(/[^"]*)"', page.text) if not link.startswith(NOW)}
    assert links
    assert {link for link in links if "as_of=" + DAY not in link} == set()
    for form in re.findall(r"<form.*?</form>", page.text, re.S):
        assert form.count('name="as_of"') == 1
    assert client.get(page.text.partition('<p class="former"')[2].partition('href="')[2].partition('"')[0]).text


def test_an_event_opens_as_it_was_told_then_and_cannot_be_corrected(client: TestClient) -> None:
    columns = client.get("/board.json", params={"as_of": DAY}).json()["columns"]
    ident = next(line["id"] for column in columns for line in column["lines"])
    then = client.get(f"/events/{ident}", params={"as_of": DAY}).text
    assert "corrects" not in then
    assert "corrects" in client.get(f"/events/{ident}").text


def test_a_day_before_the_first_report_is_empty_and_no_day_is_refused(client: TestClient) -> None:
    assert client.get("/board.json?as_of=2030-01-01").json()["reports"] == 0
    assert client.get("/?as_of=2030-01-01").status_code == 200
    assert client.get("/board.json?as_of=yesterday").status_code == 422


def test_what_is_handed_over_is_of_that_day(client: TestClient) -> None:
    saved = client.get("/handover/json", params={"as_of": DAY})
    assert saved.json()["read_at"] == DAY
    assert DAY in saved.headers["content-disposition"]


def test_words_of_a_report_are_no_links() -> None:
    text = "<p>he wrote href=&#34;/reports/x&#34; on the wall</p>"
    assert on_that_day(text, DAY) == text
