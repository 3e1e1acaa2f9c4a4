"""Draw the pictures of docs/reports.md from the example's own gate.

    promptgate gate --candidate 'HEAD^{/drop the safety lines}' --html report.html
    python docs/screenshots.py report.html

Needs Chromium and the extra 'test'.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent / "images"
SIZE = {"width": 1200, "height": 780}


def main(report: Path) -> None:
    """Write report-light.png, the top of the report, and report-dark.png, an open case."""
    FOLDER.mkdir(exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(report.resolve().as_uri())
        page.screenshot(path=FOLDER / "report-light.png")
        page = browser.new_page(viewport=SIZE, color_scheme="dark")
        page.goto(report.resolve().as_uri() + "#case=contradiction%2Fdns")
        page.wait_for_selector("#opened[open]")
        page.screenshot(path=FOLDER / "report-dark.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
