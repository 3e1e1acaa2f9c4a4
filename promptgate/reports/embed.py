"""The data inside an HTML report: an index of all cases, and their details in packed pieces.

The index is small and read at once: it makes the table. What a case was asked and
answered is only needed when it is opened or searched; pieces of fifty cases are
compressed, so that a report stays a small file whatever the answers repeat, and opens
quickly whatever its size.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import TYPE_CHECKING, Any

from promptgate.reports.cases import MEANINGS, Mark, mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from promptgate.reports.asking import Asking, Said
    from promptgate.reports.cases import CaseAccount
    from promptgate.runs.results import Trial

PIECE = 50
"""Cases of one packed piece."""

MOST_SHOWN = 300
"""Characters of a question in the table."""

MOST_OF_AN_ANSWER = 1_000_000
"""Characters of one answer that a report carries."""

MOST_OF_ALL = 80_000_000
"""Characters of all answers that a report carries; beyond it each is cut shorter."""

_LONE = re.compile("[\ud800-\udfff]")
_IN_SCRIPT = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def script_json(data: Any) -> str:
    """Return data as JSON that may stand inside a script element: nothing in it ends one."""
    text = _json(data)
    for character, escaped in _IN_SCRIPT.items():
        text = text.replace(character, escaped)
    return text


def _json(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _LONE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def index(cases: Sequence[CaseAccount]) -> dict[str, Any]:
    """Return the index: columns with an entry for each case, and the marks with their meanings."""
    suites = list(dict.fromkeys(case.suite for case in cases))
    numbers = {suite: number for number, suite in enumerate(suites)}
    bits = {mark: 1 << place for place, mark in enumerate(Mark)}
    return {
        "marks": [[str(mark), MEANINGS[mark]] for mark in Mark],
        "suites": suites,
        "piece": PIECE,
        "suite": [numbers[case.suite] for case in cases],
        "case": [case.case for case in cases],
        "question": [_cut(case.question, MOST_SHOWN) for case in cases],
        "before": [_rounded(case.before) for case in cases],
        "after": [_rounded(case.after) for case in cases],
        "marked": [sum(bits[mark] for mark in case.marks) for case in cases],
        "latency": [_rounded(mean(case.candidate, lambda t: t.latency_ms), 0) for case in cases],
        "cost": [_rounded(mean(case.candidate, lambda t: t.cost_usd), 8) for case in cases],
    }


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + "…"


def _rounded(value: float | None, digits: int = 4) -> float | int | None:
    if value is None:
        return None
    return round(value) if digits == 0 else round(value, digits)


def pieces(cases: Sequence[CaseAccount]) -> list[str]:
    """Return the details of all cases, PIECE of them in each, as base64 of gzip of JSON."""
    most = answer_limit(cases)
    return [_packed(cases[start : start + PIECE], most) for start in range(0, len(cases), PIECE)]


def answer_limit(cases: Iterable[CaseAccount]) -> int:
    """Return how many characters of each answer a report can carry."""
    sizes = [len(t.answer) for case in cases for t in (*case.baseline, *case.candidate)]
    most = MOST_OF_AN_ANSWER
    while most > MOST_SHOWN and sum(min(size, most) for size in sizes) > MOST_OF_ALL:
        most //= 2
    return most


def _packed(cases: Sequence[CaseAccount], most: int) -> str:
    texts: dict[Said, int] = {}
    rows = [
        {
            "asked": [_asked(asking, texts) for asking in case.asked],
            "trials": [[_trial(t, most) for t in case.baseline]]
            if case.identical
            else [[_trial(t, most) for t in arm] for arm in (case.baseline, case.candidate)],
        }
        for case in cases
    ]
    data = _json({"texts": list(texts), "cases": rows}).encode()
    return base64.b64encode(gzip.compress(data, compresslevel=6, mtime=0)).decode()


def _asked(asking: Asking | None, texts: dict[Said, int]) -> list[int] | None:
    if asking is None:
        return None
    return [texts.setdefault(part, len(texts)) for part in asking.parts]


def _trial(trial: Trial, most: int) -> dict[str, Any]:
    """Return a trial as the page reads it; what is empty is left out."""
    row = {
        "state": None if trial.state == "scored" else trial.state,
        "score": _rounded(trial.score),
        "passed": trial.passed,
        "answer": trial.answer[:most],
        "cut": len(trial.answer) - most if len(trial.answer) > most else None,
        "parts": [
            [part.scorer, _rounded(part.score), part.passed, part.reason] for part in trial.parts
        ],
        "stop": trial.stop_reason,
        "model": trial.served_model or trial.model,
        "recorded": trial.recorded_at,
        "input": trial.input_tokens,
        "output": trial.output_tokens,
        "ms": trial.latency_ms,
        "usd": trial.cost_usd,
        "note": trial.note or None,
        "digest": (trial.response_digest or "").removeprefix("sha256:")[:12] or None,
    }
    return {key: value for key, value in row.items() if value is not None}
