"""The files of a judgement, as texts: for people, for the forge, for scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, tostring

from promptgate.ci.annotating import code_quality
from promptgate.ci.comment import comment
from promptgate.gate import decision_json
from promptgate.prompts import Severity
from promptgate.reports.escape import terminal
from promptgate.reports.html import gate_html
from promptgate.reports.junit import gate_junit

if TYPE_CHECKING:
    from promptgate.ci.forges import Pipeline
    from promptgate.ci.judging import Judgement
    from promptgate.reports.summary import Account


def documents(
    judged: Judgement, account: Account | None, pipeline: Pipeline, prefix: str = ""
) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the files by name, and the result for scripts, which is one of them.

    Args:
        judged: The judgement.
        account: What reports show of its gate; None where it came to no decision.
        pipeline: That it was made for.
        prefix: The project's folder from the top of the repository.
    """
    result = result_json(judged, pipeline)
    files = {
        "comment.md": comment(judged, account, pipeline, prefix),
        "result.json": _json(result),
        "code-quality.json": _json(code_quality(judged.annotations(prefix))),
        "junit.xml": _junit_of_fault(judged)
        if account is None
        else gate_junit(account, judged.findings),
    }
    if account is not None:
        files["report.html"] = gate_html(account)
    return files, result


def _json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def result_json(judged: Judgement, pipeline: Pipeline) -> dict[str, Any]:
    """Return the judgement as plain data, with a schema_version that only grows."""
    base, lacking, examined = judged.base, judged.lacking, judged.examined
    severities = [finding.severity for finding in judged.findings]
    return {
        "schema_version": 1,
        "exit_code": int(judged.exit_code),
        "outcome": judged.outcome,
        "reason": judged.reason,
        "forge": str(pipeline.forge),
        "event": str(pipeline.event),
        "request": pipeline.request,
        "fork": pipeline.fork,
        "target": pipeline.target,
        "base": None
        if base is None
        else {"revision": base.revision, "commit": base.commit, "why": base.why},
        "lint": {
            "errors": severities.count(Severity.ERROR),
            "warnings": severities.count(Severity.WARNING),
        },
        "review": [
            {"rule": f.rule, "state": str(f.state), "value": f.value, "message": f.message}
            for f in (examined.review if examined is not None else ())
        ],
        "edits": [
            {"file": e.file, "first": e.first, "last": e.last, "prompts": list(e.prompts)}
            for e in judged.edits
        ],
        "lacking": None
        if lacking is None
        else {
            "suites": dict(lacking.suites),
            "answers": lacking.bill.calls,
            "models": list(lacking.bill.models),
            "most_usd": lacking.bill.most_usd,
        },
        "gate": None if judged.run is None else decision_json(judged.run.decision),
    }


def _junit_of_fault(judged: Judgement) -> str:
    """Return JUnit XML of a judgement without a gate: one test, which is in error."""
    root = Element("testsuites", name="promptgate", tests="1", errors="1", failures="0")
    suite = SubElement(root, "testsuite", name="promptgate", tests="1", errors="1", failures="0")
    test = SubElement(suite, "testcase", classname="promptgate", name="decision")
    message = terminal(judged.reason)
    SubElement(test, "error", type=judged.outcome, message=message).text = message
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
