"""The pictures of the documents, taken anew from the example crisis.

PYTHONPATH=src:tests python tests/browser/pictures.py
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import crises
from served import FLAGS, Served

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
TAKEN = {"board": ("/", 1080, 700), "side-by-side": ("/compare", 1080, 660), "timeline": ("/timeline", 1080, 620)}


def main() -> None:
    from playwright.sync_api import sync_playwright

    served = Served(crises.write("oravia", Path(tempfile.mkdtemp()) / "oravia.db"))
    path = os.environ.get("DRAGOMAN_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name, (address, width, height) in TAKEN.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{served.address}{address}")
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()
    served.stop()


if __name__ == "__main__":
    main()
