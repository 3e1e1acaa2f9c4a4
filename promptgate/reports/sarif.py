"""Findings of lint as SARIF 2.1.0, which code hosts show on the lines of a pull request.

The format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from promptgate.prompts import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.prompts import Finding

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"


def lint_sarif(findings: Sequence[Finding], version: str, folder: str = "") -> str:
    """Return findings as SARIF.

    Args:
        findings: Of lint.
        version: Of promptgate.
        folder: The project's folder in its repository, '' for the top: code hosts count
            paths from there.
    """
    rules = sorted({finding.rule for finding in findings})
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "promptgate",
                        "version": version,
                        "rules": [_rule(rule) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": _results(findings, rules, folder),
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: str) -> dict[str, Any]:
    words = rule.replace("-", " ").replace("_", " ")
    told = {"text": f"promptgate lint: {words}"}
    return {
        "id": rule,
        "name": "".join(word.capitalize() for word in words.split()),
        "shortDescription": told,
        "fullDescription": told,
        "help": {"text": "The message of each finding says what to write instead."},
    }


def _results(
    findings: Sequence[Finding], rules: Sequence[str], folder: str
) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    results = []
    for finding in findings:
        same = f"{finding.rule} {finding.file} {finding.message}"
        seen[same] += 1
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": rules.index(finding.rule),
            "level": _LEVELS[finding.severity],
            "message": {"text": finding.message},
            "locations": [_location(folder, finding.file, finding.line)],
            # Not of the line: a finding that an edit above has moved is the same one.
            "partialFingerprints": {"finding/v1": _digest(f"{same} {seen[same]}")},
        }
        if finding.related:
            file, _, line = finding.related.rpartition(":")
            place = _location(folder, file, int(line))
            result["relatedLocations"] = [{**place, "message": {"text": "the other place"}}]
        results.append(result)
    return results


def _location(folder: str, file: str, line: int) -> dict[str, Any]:
    """Return a place; a finding on a whole file stands on its first line."""
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(posixpath.join(folder, file)), "uriBaseId": _ROOT},
            "region": {"startLine": max(line, 1)},
        }
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
