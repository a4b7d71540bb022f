"""Every page for those who hear it, or use no mouse: axe finds nothing serious, in light and dark, wide and narrow.

axe-core is no part of this repository: `npm pack axe-core`, unpack, and name its axe.min.js in DRAGOMAN_AXE.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from dragoman.web.templating import NAV


@pytest.fixture(scope="session")
def axe() -> str:
    named = os.environ.get("DRAGOMAN_AXE", "")
    if not named:
        pytest.skip("axe-core is not here: npm pack axe-core, unpack it, and name its axe.min.js in DRAGOMAN_AXE")
    return Path(named).read_text(encoding="utf-8")


def paths(page: Any, address: str) -> list[str]:
    found = [path for path, _ in NAV]
    for listing in ("/reports", "/actors"):
        page.goto(f"{address}{listing}")
        found.append(page.locator("table a").first.get_attribute("href"))
    page.goto(address)
    return [*found, page.locator(".column.differ a.opens").first.get_attribute("href"), "/api", "/nowhere"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(browser: Any, oravia: str, axe: str, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    faults = []
    for path in paths(page, oravia):
        page.goto(f"{oravia}{path}")
        for details in page.locator("details").all():
            details.evaluate("at => { at.open = true; }")
        page.evaluate(axe)
        found = page.evaluate("axe.run().then(done => done.violations)")
        faults += [
            (path, f["id"], f["nodes"][0]["html"][:160], f["nodes"][0]["failureSummary"][:200])
            for f in found
            if f["impact"] in ("serious", "critical")
        ]
    context.close()
    assert faults == []


def test_the_first_tab_leads_past_the_menu(page: Any, oravia: str) -> None:
    page.goto(oravia)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_nothing_moves_when_a_page_has_loaded(browser: Any, oravia: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(
        "window.moved = 0;"
        "new PerformanceObserver(list => { for (const e of list.getEntries()) window.moved += e.value; })"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    for path, _ in NAV:
        page.goto(f"{oravia}{path}", wait_until="networkidle")
        assert page.evaluate("window.moved") < 0.02, path
    context.close()
