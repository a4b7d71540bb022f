"""A real Chromium on a server of its own. Run by `make test-web`; passed over, with the reason, where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import crises
import pytest
from served import FLAGS, Served


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--browser", default=False):
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="a browser is wanted only by: make test-web"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium: where DRAGOMAN_CHROMIUM says, on the PATH, or playwright's own."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing: pip install -e '.[web-test]'")
    path = os.environ.get("DRAGOMAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_api.sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        except sync_api.Error as err:
            pytest.skip(f"no Chromium could be started ({str(err).splitlines()[0]}); name one in DRAGOMAN_CHROMIUM")
        yield found
        found.close()


@pytest.fixture
def serve() -> type[Served]:
    return Served


@pytest.fixture(scope="session")
def oravia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages over the example crisis."""
    served = Served(crises.write("oravia", tmp_path_factory.mktemp("browser") / "oravia.db"))
    yield served.address
    served.stop()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page; whatever its console complains of, or it asks of another server, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    found = context.new_page()
    found.set_default_timeout(10_000)
    faults: list[str] = []
    found.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    found.on("pageerror", lambda error: faults.append(str(error)))
    found.on("request", lambda r: None if r.url.startswith("http://127.0.0.1:") else faults.append(r.url))
    yield found
    context.close()
    assert faults == []
