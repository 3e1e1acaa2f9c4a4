"""How quickly an HTML report of many cases opens and filters, measured inside the page.

    python benchmarks/report.py --cases 10000

Makes a report of cases with three answers in each arm, opens it in headless Chromium
from disk, and reads performance.now() in the page: from the start of the navigation
until the table stands, then around each filter, search and opened case until the next
frame is drawn. The limit is a second for each. Needs Chromium and the extra 'test'.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import sync_playwright

from promptgate.reports.html import gate_html
from tests.support.accounts import account_of, trial

LIMIT = 1000
ACTIONS = {
    "filter: regressed": "document.querySelector('.mark-regressed').click()",
    "filter: off": "document.querySelector('.mark-regressed').click()",
    "sort by case": "document.querySelector('[data-sort=case]').click()",
    "search in the answers": (
        "(s => { s.value = 'word7 word9'; s.dispatchEvent(new Event('input')); })"
        "(document.getElementById('search'))"
    ),
    "search for a name": (
        "(s => { s.value = 'q4321'; s.dispatchEvent(new Event('input')); })"
        "(document.getElementById('search'))"
    ),
    "open a case": "document.querySelector('#list .open-case').click()",
}
AFTER = """async () => {{
  const start = performance.now();
  {action};
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  while ({opens} && !document.querySelector('#opened[open]'))
    await new Promise(done => requestAnimationFrame(done));
  return performance.now() - start;
}}"""


def made_up(cases: int, words: int):
    """Yield three answers an arm and case, of so many words."""
    draw = random.Random(1)
    vocabulary = [f"word{n}" for n in range(4000)]
    for number in range(cases):
        for arm in ("baseline", "candidate"):
            for repeat in range(3):
                passed = arm == "baseline" or draw.random() > 0.3
                answer = " ".join(draw.choices(vocabulary, k=words))
                yield trial(f"q{number}", arm, answer, passed=passed, repeat=repeat)


def main() -> None:
    """Make the report, open it, print what each step took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=50)
    options = parser.parse_args()
    account = account_of(made_up(options.cases, options.words))
    start = time.process_time()
    text = gate_html(account)
    print(f"written in {time.process_time() - start:.1f} s of CPU time, {len(text) / 1e6:.1f} MB")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "report.html"
        file.write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.add_init_script(
            "new MutationObserver(() => { if (!window.stands && "
            "document.querySelector('tr[data-place]')) window.stands = performance.now(); })"
            ".observe(document, {childList: true, subtree: true})"
        )
        page.goto(file.as_uri())
        took = {"open the report": page.evaluate("window.stands")}
        page.wait_for_selector("html[data-searchable]", timeout=60_000)
        took["(answers searchable, while nobody waits)"] = page.evaluate("performance.now()")
        for name, action in ACTIONS.items():
            opens = "true" if name == "open a case" else "false"
            took[name] = page.evaluate(AFTER.format(action=action, opens=opens))
        browser.close()
    for name, milliseconds in took.items():
        over = " over the limit" if milliseconds > LIMIT and not name.startswith("(") else ""
        print(f"{name:42} {milliseconds:7.0f} ms{over}")


if __name__ == "__main__":
    main()
