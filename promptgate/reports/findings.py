"""What lint found, for the terminal and for machines; for code hosts see sarif.py."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.text import Text

from promptgate.prompts import Severity
from promptgate.reports.escape import one_line
from promptgate.reports.styles import BAD, DOUBT, QUIET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from promptgate.prompts import Finding

_NAMED = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}
_STYLE = {Severity.ERROR: BAD, Severity.WARNING: DOUBT, Severity.INFO: QUIET}


def render_findings(findings: Sequence[Finding]) -> RenderableType:
    """Return a line a finding (place, severity, sentence, rule), and how many there are."""
    if not findings:
        return Text("No findings.")
    counts = Counter(found.severity for found in findings)
    told = [f"{n} {_NAMED[one]}{'s' * (n != 1)}" for one in Severity if (n := counts[one])]
    return Group(*(_line(found) for found in findings), Text(f"{', '.join(told)}."))


def _line(found: Finding) -> Text:
    place = f"{found.file}:{found.line}" if found.line else found.file
    told = one_line(f"{found.message} [{found.rule}]", 400)
    severity = (str(found.severity), _STYLE[found.severity])
    return Text.assemble(one_line(place), " ", severity, f" {told}")


def findings_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return findings as plain data, with a schema_version that only grows."""
    return {
        "schema_version": 1,
        "findings": [
            {
                "file": found.file,
                "line": found.line,
                "rule": found.rule,
                "severity": str(found.severity),
                "message": found.message,
                "related": found.related or None,
            }
            for found in findings
        ],
    }
