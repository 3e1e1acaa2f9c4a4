"""A browser for the HTML report, and a report with everything in it that could go wrong."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from promptgate.reports.html import gate_html
from tests.support.accounts import account_of, trial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

SCRIPT = "<script>document.title = 'taken over'</script>"
ENDS = "before</script><!-- <script>after"
COLOURED = "\x1b[31mred\x1b[0m and \x07"
REORDERED = "user\u202eresu \u2066mark\u2069 \u2028 end"
HOSTILE = {
    "script": SCRIPT,
    "ends": ENDS,
    "coloured": COLOURED,
    "reordered": REORDERED,
    "image": '<img src="https://example.org/x.png" onerror="document.title = 1">',
    "lone": "half of a pair \ud800 here",
    "arabic": "السلام عليكم، كيف يمكنني مساعدتك؟",
}
LONG = "A long answer. " * 13_654  # 200 kB


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium for a module's tests; skips where there is none.

    Not for the whole session: while Playwright is open its event loop counts as running,
    and no other test of the process could start one.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="comes with the extra 'test'")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


def made_up_trials():
    """Return 120 plain cases, some that fell, and one for each hostile text."""
    for number in range(120):
        case = f"plain-{number:03d}"
        fell = number < 40
        for repeat in range(2):
            word = "violet" if number == 77 else "blue"
            yield trial(case, "baseline", f"The light is {word} and steady.", repeat=repeat)
            yield trial(
                case,
                "candidate",
                "The light is off." if fell else f"The light is {word} and bright.",
                passed=not fell,
                repeat=repeat,
            )
    for case, text in HOSTILE.items():
        yield trial(case, "baseline", "Plain.", suite="hostile")
        yield trial(case, "candidate", text, suite="hostile")
    yield trial("long", "baseline", "Short.", suite="hostile", passed=False)
    yield trial("long", "candidate", LONG, suite="hostile")
    yield trial("broken", "baseline", "Fine.")
    yield trial("broken", "candidate", "", passed=None, note="overloaded: try later")


@pytest.fixture(scope="session")
def report(tmp_path_factory) -> Path:
    """The file of a report with plain and hostile cases."""
    questions = {case: f"Asked: {text}" for case, text in HOSTILE.items()}
    account = account_of(made_up_trials(), questions, name="20260101T000000Z-1a2b3c4d")
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(gate_html(account), encoding="utf-8")
    return file
