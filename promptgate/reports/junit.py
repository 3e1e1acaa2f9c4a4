"""A gate as JUnit XML: one suite a suite, in which the gate and every case are tests.

The gate decides and a case reports: a case fails here only where its suite failed and
it fell, or where it violates what is critical. So a file with a failure in it always
belongs to a gate that lets nothing through, and noise in single cases turns no build red.
What lint found beside it is a suite of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from promptgate.gate import Verdict
from promptgate.prompts import Severity
from promptgate.reports.cases import Mark
from promptgate.reports.escape import terminal
from promptgate.reports.summary import changes_line, failing_reasons, heads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.gate.schema import SuiteJson
    from promptgate.prompts import Finding
    from promptgate.reports.cases import CaseAccount
    from promptgate.reports.summary import Account

# What XML 1.0 cannot hold, beyond what terminal() shows as escapes.
_NOT_XML = re.compile("[\ufffe\uffff]")
_MOST = 2000
"""Characters of a question or an answer."""


def gate_junit(account: Account, findings: Sequence[Finding] = ()) -> str:
    """Return a decision as JUnit XML.

    Args:
        account: What to show of the gate.
        findings: Of lint; an error lets nothing through, whatever the gate says.
    """
    root = Element("testsuites", name="promptgate")
    decision = account.decision
    own = SubElement(root, "testsuite", name="promptgate", timestamp=account.decided_at[:19])
    if not account.decided_at:
        del own.attrib["timestamp"]
    overall = _test(own, "promptgate", "decision")
    if decision["exit_code"]:
        (outcome, reason), *others = heads(decision)
        reasons = [reason, *(f"{beside}, too: {why}" for beside, why in others)]
        _fault(overall, "failure", outcome, " ".join(reasons))
    told = (account.headline, *decision["advice"], *decision["warnings"], *account.remarks)
    SubElement(overall, "system-out").text = _text("\n".join(told))
    cases: dict[str, list[CaseAccount]] = {}
    for case in account.cases:
        cases.setdefault(case.suite, []).append(case)
    for suite in decision["suites"]:
        _suite(root, suite, cases.get(suite["suite"], []), blocks=bool(decision["exit_code"]))
    errors = [found for found in findings if found.severity is Severity.ERROR]
    if errors:
        element = SubElement(root, "testsuite", name="lint")
        for found in errors:
            test = _test(element, "lint", f"{found.rule} {found.file}:{found.line}")
            _fault(test, "failure", found.rule, found.message)
    for element in (*root, root):
        _count(element)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, suite: SuiteJson, cases: list[CaseAccount], *, blocks: bool) -> None:
    element = SubElement(root, "testsuite", name=_text(suite["suite"]))
    gate = _test(element, suite["suite"], "gate")
    verdict = suite["verdict"]
    if blocks and verdict != Verdict.PASS:
        kind = "error" if verdict == Verdict.ERROR else "failure"
        _fault(gate, kind, verdict, suite["reason"])
    lines = [f"{verdict}: {suite['reason']}", *suite["notes"], changes_line(suite)]
    SubElement(gate, "system-out").text = _text("\n".join(line for line in lines if line))
    for case in cases:
        _case(element, case, failed=blocks and verdict == Verdict.FAIL, blocks=blocks)


def _case(parent: Element, case: CaseAccount, *, failed: bool, blocks: bool) -> None:
    element = _test(parent, case.suite, case.case)
    seconds = [trial.latency_ms / 1000 for trial in case.candidate if trial.latency_ms is not None]
    element.set("time", f"{sum(seconds):.3f}")
    account = _account_of(case)
    if blocks and Mark.VIOLATION in case.marks:
        _fault(element, "failure", "violation", "an answer violates a critical case", account)
    elif failed and Mark.REGRESSED in case.marks:
        scores = f"the mean score fell from {case.before or 0:.2f} to {case.after or 0:.2f}"
        _fault(element, "failure", "regressed", scores, account)
    elif Mark.ERRORED in case.marks and not any(t.state == "scored" for t in case.candidate):
        SubElement(element, "skipped", message="no answer could be scored")
    if case.marks:
        SubElement(element, "system-out").text = _text(account)


def _account_of(case: CaseAccount) -> str:
    before, after = case.shown
    lines = [
        ", ".join(mark for mark in Mark if mark in case.marks),
        f"asked: {case.question[:_MOST]}" if case.question else "",
        f"baseline: {before.answer[:_MOST]}" if before else "",
        f"candidate: {after.answer[:_MOST]}" if after else "",
        *(f"because {reason}" for reason in failing_reasons(case)),
    ]
    return "\n".join(line for line in lines if line)


def _test(parent: Element, suite: str, name: str) -> Element:
    return SubElement(parent, "testcase", classname=_text(suite), name=_text(name), time="0")


def _fault(parent: Element, tag: str, kind: str, message: str, text: str = "") -> None:
    SubElement(parent, tag, type=kind, message=_text(message)).text = _text(text or message)


def _count(element: Element) -> None:
    """Set the totals of a suite, or of all."""
    element.set("tests", str(len(element.findall(".//testcase"))))
    for tag, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        element.set(name, str(len(element.findall(f".//{tag}"))))
    seconds = (float(test.get("time", "0")) for test in element.iter("testcase"))
    element.set("time", f"{sum(seconds):.3f}")


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", terminal(text))
