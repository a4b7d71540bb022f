"""The other pages, as a reader uses them, and what changes a dossier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import crises
import pytest

from dragoman.web.templating import NAV

NEW = """Tessal and Oravia open talks

GORNA, March 14 - Tessal's Prime Minister Ilse Brandt met President Osman Radek in Gorna on Friday.
"""


@pytest.fixture
def own(serve: Any, tmp_path: Path) -> Iterator[str]:
    """The address of a dossier that may be changed."""
    served = serve(crises.write("oravia", tmp_path / "oravia.db"))
    yield served.address
    served.stop()


def test_corresponding_sentences_light_up_together(page: Any, oravia: str) -> None:
    page.goto(f"{oravia}/compare")
    sentence = page.locator(".c-differs[data-links]").first
    partner = page.locator(f"#{sentence.get_attribute('data-links').split()[0]}")
    assert "lit" not in (partner.get_attribute("class") or "")
    sentence.hover()
    assert "lit" in partner.get_attribute("class")
    page.mouse.move(0, 0)
    assert "lit" not in partner.get_attribute("class")
    sentence.focus()
    assert "lit" in partner.get_attribute("class")


def test_reports_are_chosen_for_the_columns(page: Any, oravia: str) -> None:
    page.goto(f"{oravia}/compare")
    page.locator(".filters summary").click()
    for box in page.locator("input[name=report]").all():
        box.check()
    page.get_by_role("button", name="Lay side by side").click()
    page.wait_for_url("**report=**")
    assert page.locator(".side-text").count() == 4


def test_bars_of_the_timeline_open_their_event(page: Any, oravia: str) -> None:
    page.goto(f"{oravia}/timeline")
    bar = page.locator("svg a.bar").first
    title = bar.locator("title").text_content()
    bar.click()
    page.locator("dialog[open] h1").wait_for()
    assert page.locator("dialog h1").inner_text() in title
    page.keyboard.press("Escape")
    page.get_by_label("Lanes by").select_option("actor")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**by=actor**")
    assert "Tessal" in page.locator("svg").text_content()


def test_a_cell_of_the_grid_opens_its_words(page: Any, oravia: str) -> None:
    page.goto(f"{oravia}/sides")
    cell = page.locator("td.opposes details").first
    cell.locator("summary").click()
    assert cell.locator("q").is_visible()
    assert cell.locator("a.mark").count() > 0


def test_claims_are_searched(page: Any, oravia: str) -> None:
    page.goto(f"{oravia}/claims")
    page.get_by_label("Words").fill("stole")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=stole**")
    assert page.locator(".says > li").count() == 1
    assert page.locator(".version").count() == 2


def test_a_pasted_report_is_read_while_one_waits(page: Any, own: str) -> None:
    page.goto(f"{own}/add")
    page.get_by_label("Or paste a report here").fill(NEW)
    page.get_by_label("Outlet").fill("Border Post")
    page.get_by_label("Published").fill("2031-03-14")
    page.get_by_role("button", name="Read").click()
    page.get_by_role("heading", name="What this changed").wait_for(timeout=60_000)
    assert "1 read" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="To the board").click()
    page.wait_for_url(f"{own}/")
    assert "5 reports" in page.locator(".lead").inner_text()


def test_a_dropped_file_lands_in_the_field(page: Any, own: str) -> None:
    page.goto(f"{own}/add")
    page.evaluate(
        """text => {
          const carried = new DataTransfer();
          carried.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
          document.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, cancelable: true }));
        }""",
        NEW,
    )
    assert page.evaluate("document.querySelector('input[type=file]').files[0].name") == "dropped.txt"


def test_a_headline_is_corrected_and_the_correction_taken_back(page: Any, own: str) -> None:
    page.goto(own)
    page.locator(".column.agree a.opens").first.click()
    box = page.locator("dialog[open]")
    before = box.locator("h1").inner_text()
    box.locator(".corrects summary").click()
    form = box.locator("form.correct").first
    form.get_by_label("Headline").fill("A better headline")
    form.get_by_label("Why").fill("it reads badly")
    form.get_by_label("Who decides").fill("Ada")
    form.get_by_role("button").click()
    page.wait_for_url("**/events/**")
    assert page.locator("h1").inner_text() == "A better headline"
    page.get_by_role("link", name="see the log").click()
    page.wait_for_url("**/corrections**")
    assert "it reads badly" in page.locator(".log").inner_text()
    page.get_by_role("button", name="Take it back").click()
    page.locator("h2", has_text="Taken back").wait_for()
    page.goto(own)
    assert before in page.locator(".column.agree").inner_text()


def test_every_page_fits_a_phone(page: Any, oravia: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for path, _ in NAV:
        page.goto(f"{oravia}{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_every_page_fits_a_wall(page: Any, oravia: str) -> None:
    page.set_viewport_size({"width": 3840, "height": 2160})
    for path, _ in NAV:
        page.goto(f"{oravia}{path}")
        assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 20, path
