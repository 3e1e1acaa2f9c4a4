"""The HTML report in a real browser: what a reviewer does with it, and what must never happen."""

from __future__ import annotations

import re

import pytest

from tests.reports.conftest import HOSTILE, LONG, SCRIPT


class Watched:
    """A page with what it said to the console and what it asked of the network."""

    def __init__(self, browser, report, *, scheme="light", width=1280, anchor=""):
        self.context = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 800}
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.url = report.as_uri()
        self.page.goto(self.url + anchor)

    def counts(self, shown: str) -> None:
        """Wait until the list says how many cases it shows: it is drawn a moment after a key."""
        until(self.page, f"document.querySelector('#count').textContent === '{shown}'")

    def open(self, case: str) -> None:
        self.page.fill("#search", case)
        self.page.locator(f"#list .open-case bdi:text-is('{case}')").click()
        self.page.wait_for_selector("#opened[open]")

    def answer(self, arm: str = "Candidate") -> str:
        return self.page.get_by_role("group", name=f"{arm}: answer").inner_text()


def until(page, condition: str) -> None:
    """Wait until a condition holds, asked from outside, as its policy lets no page poll one."""
    for _ in range(1000):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {condition}")


@pytest.fixture
def watch(browser, report):
    """Open the report; afterwards nothing was said on the console, and nothing asked for."""
    opened = []

    def start(**how):
        opened.append(Watched(browser, report, **how))
        return opened[-1]

    yield start
    for watched in opened:
        watched.context.close()
        assert watched.said == []
        assert {url.partition("#")[0] for url in watched.asked} == {watched.url}


def test_report_shows_the_decision_before_anything_else(watch):
    page = watch().page
    assert page.locator("main > *").first.locator("h1").inner_text() == "ROLLBACK"
    assert page.title().startswith("ROLLBACK")
    assert page.locator("table.suites tbody tr").count() == 2


def test_report_filters_by_mark_suite_and_word(watch):
    watched = watch()
    page = watched.page
    watched.counts("129 cases")
    page.get_by_role("button", name="regressed").click()
    watched.counts("40 of 129 cases")
    page.get_by_role("button", name="regressed").click()
    page.get_by_role("button", name="errored").click()
    watched.counts("1 of 129 cases")
    assert page.locator("#list .open-case").inner_text() == "broken"
    page.get_by_role("button", name="errored").click()
    page.select_option("#suite", label="hostile")
    watched.counts("8 of 129 cases")
    assert page.get_by_role("button", name="flaky").is_disabled()


def test_report_finds_cases_by_their_answers(watch):
    """The word stands in one answer, and neither in a name nor in a question."""
    watched = watch()
    watched.page.wait_for_selector("html[data-searchable]")
    watched.page.fill("#search", "violet steady")
    watched.counts("1 of 129 cases")
    assert watched.page.locator("#list .open-case").inner_text() == "plain-077"
    watched.page.fill("#search", "nothing has this")
    watched.page.get_by_role("button", name="Show all").click()
    watched.counts("129 cases")


def test_report_puts_the_largest_fall_first_and_sorts_by_any_column(watch):
    page = watch().page
    first = page.locator("#list tbody .open-case").first
    assert first.inner_text() == "plain-000"
    page.locator("th.case button").click()
    assert first.inner_text() == "arabic"
    page.locator("th.case button").click()
    assert first.inner_text() == "script"
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("case")


def test_report_renders_only_the_rows_in_sight(watch):
    page = watch().page
    assert page.locator("#list tbody tr[data-place]").count() < 60
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    until(page, "document.querySelector('tr[data-place=\"128\"]') !== null")


def test_report_opens_a_case_side_by_side_with_changed_words(watch):
    watched = watch()
    watched.open("plain-050")
    page = watched.page
    marks = [
        page.locator(f".answer mark.{kind}").all_inner_texts() for kind in ("removed", "added")
    ]
    assert marks == [["steady"], ["bright"]]
    assert "contains 1.00 as made up" in page.locator(".parts").first.inner_text()
    told = page.locator(".measures").first.inner_text()
    assert all(part in told for part in ("12 tokens in", "5 out", "800 ms", "$0.0012"))
    assert page.locator(".prompt .line.removed bdi").inner_text() == "Always be kind to customers."
    assert page.locator(".prompt .line.added mark").inner_text() == "brief"


def test_report_is_used_with_the_keyboard_alone(watch):
    watched = watch()
    keys = watched.page.keyboard
    keys.press("/")
    keys.type("plain-05")
    until(watched.page, "document.querySelector('#count').textContent.startsWith('10')")
    keys.press("ArrowDown")
    keys.press("j")
    keys.press("Enter")
    watched.page.wait_for_selector("#opened[open]")
    title = watched.page.locator("#opened-title")
    assert title.inner_text() == "plain-051"
    keys.press("j")
    until(watched.page, "document.activeElement.textContent === 'plain-052'")
    keys.press("r")
    pressed = watched.page.locator(".repeats button[aria-pressed=true]").all_inner_texts()
    assert [text[-1] for text in pressed] == ["2", "2"]
    keys.press("Escape")
    until(watched.page, "document.activeElement.textContent === 'plain-052'")
    keys.press("Escape")
    watched.counts("129 cases")
    keys.press("?")
    assert watched.page.locator("#help").is_visible()


def test_report_opens_at_a_case_when_the_address_names_it(watch):
    page = watch(anchor="#case=facts%2Fplain-007").page
    page.wait_for_selector("#opened[open]")
    assert page.locator("#opened-title").inner_text() == "plain-007"


@pytest.mark.parametrize("case", HOSTILE)
def test_report_shows_hostile_text_as_text(case, watch):
    """Neither mark-up nor control characters nor marks of direction do anything."""
    watched = watch()
    watched.open(case)
    expected = {
        "coloured": "ESC[31mredESC[0m and U+0007",
        "reordered": "userU+202Eresu U+2066markU+2069 U+2028 end",
        "lone": "half of a pair U+D800 here",
    }.get(case, HOSTILE[case])
    assert watched.answer() == expected
    assert watched.page.locator(".question").inner_text() == f"Asked: {expected}"
    assert watched.page.title().startswith("ROLLBACK")
    assert watched.page.locator("img, iframe, main script").count() == 0


def test_report_keeps_the_direction_of_a_text_to_itself(watch):
    watched = watch()
    watched.open("arabic")
    styles = watched.page.get_by_role("group", name="Candidate: answer").evaluate(
        "node => [getComputedStyle(node).direction, getComputedStyle(node).unicodeBidi]"
    )
    assert styles == ["rtl", "isolate"]


def test_report_clips_a_long_answer_until_all_of_it_is_asked_for(watch):
    watched = watch()
    watched.open("long")
    assert len(watched.answer()) < 13_000
    watched.page.get_by_role("button", name="Show all 204,810 characters").click()
    assert watched.answer().strip() == LONG.strip()


def test_report_says_why_an_answer_is_missing(watch):
    watched = watch()
    watched.open("broken")
    assert watched.answer() == "errored: overloaded: try later"


def test_report_turns_dark_and_back(watch):
    page = watch(scheme="dark").page
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.get_by_role("button", name="Light").click()
    light = page.evaluate(paper)
    assert (dark, light) == ("rgb(21, 20, 18)", "rgb(253, 252, 250)")
    page.keyboard.press("t")
    assert page.evaluate(paper) == dark


def test_report_prints_the_cases_without_its_tools(watch):
    page = watch(scheme="dark").page
    page.emulate_media(media="print")
    until(page, "document.querySelectorAll('tr[data-place]').length === 129")
    assert not page.locator("#search").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4")[:4] == b"%PDF"


@pytest.mark.parametrize("how", [("light", 1280), ("dark", 1280), ("light", 390)], ids=str)
def test_report_has_no_serious_fault_of_accessibility(how, browser, report):
    """Axe runs on the list and on an open case; its own script needs the policy set aside."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the extra 'test'")
    scheme, width = how
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto(report.as_uri())
    found = []
    for opened in (False, True):
        if opened:
            page.locator("#list .open-case").first.click()
            page.wait_for_selector("#opened[open]")
        found += axe.Axe().run(page).response["violations"]
    context.close()
    serious = [
        f"{one['id']}: {one['nodes'][0]['html']}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_report_page_refuses_to_take_mark_up(watch):
    """The policy, not good manners, keeps text from becoming mark-up."""
    watched = watch()
    refused = watched.page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return ''; }"
        " catch (error) { return error.name; } }"
    )
    assert refused == "TypeError"
    assert any("TrustedHTML" in text for text in watched.said)
    watched.said.clear()


def test_policy_names_the_one_script_and_style_sheet(report):
    text = report.read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    assert text.count(SCRIPT) == 0
