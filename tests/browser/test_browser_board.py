"""The board as a reader uses it."""

from __future__ import annotations

from typing import Any

CLEAR = "rgba(0, 0, 0, 0)"


def test_a_line_opens_its_sentences_over_the_page_and_gives_the_focus_back(page: Any, oravia: str) -> None:
    page.goto(oravia)
    line = page.locator(".column.differ a.opens").first
    line.click()
    box = page.locator("dialog[open]")
    box.wait_for()
    assert box.locator("h1").inner_text() == line.inner_text()
    assert box.locator(".account").count() == 2
    first, second = (box.locator(".account").nth(n).bounding_box() for n in (0, 1))
    assert first["y"] == second["y"]  # side by side
    page.keyboard.press("Escape")
    assert not box.is_visible()
    assert line.evaluate("at => at === document.activeElement")


def test_j_and_k_go_from_line_to_line(page: Any, oravia: str) -> None:
    page.goto(oravia)
    lines = page.locator("main a.opens")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert lines.nth(1).evaluate("at => at === document.activeElement")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.locator("dialog[open] h1").wait_for()
    assert page.locator("dialog h1").inner_text() == lines.nth(0).inner_text()


def test_filters_narrow_the_board_and_can_be_taken_off(page: Any, oravia: str) -> None:
    page.goto(oravia)
    page.keyboard.press("/")
    page.keyboard.type("ambassador")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=ambassador**")
    assert "ambassador" in page.locator("main a.opens").first.inner_text()
    few = page.locator("main a.opens").count()
    page.get_by_role("link", name="Show all").click()
    page.wait_for_url(f"{oravia}/")
    assert page.locator("main a.opens").count() > few


def test_a_mark_leads_to_its_sentence(page: Any, oravia: str) -> None:
    page.goto(oravia)
    mark = page.locator(".column.differ .facts a.mark").first
    name = mark.inner_text()
    mark.click()
    page.wait_for_url(f"**/reports/*#{name}")
    page.locator(f"#{name}:target").wait_for()


def test_layers_of_a_report_can_be_put_out(page: Any, oravia: str) -> None:
    page.goto(f"{oravia}/reports")
    page.locator("table a").first.click()
    page.wait_for_url("**/reports/*")  # until it is loaded, with its colours
    word = page.locator(".text .k-time").first
    before = word.evaluate("at => getComputedStyle(at).backgroundColor")
    assert before != CLEAR
    page.locator("#show-time").uncheck()
    assert word.evaluate("at => getComputedStyle(at).backgroundColor") == CLEAR


def test_nothing_is_wider_than_a_phone(page: Any, oravia: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{oravia}/reports")
    report = page.locator("table a").first.get_attribute("href")
    for path in ("/", "/reports", report, "/api"):
        page.goto(f"{oravia}{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_pages_work_without_javascript(browser: Any, oravia: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    found = context.new_page()
    found.goto(oravia)
    found.locator("main a.opens").first.click()
    found.wait_for_url("**/events/*")
    assert found.locator(".account").count() >= 1
    context.close()
