"""A gate as one HTML file that needs no server and no network, and runs nothing but itself.

The decision, the suites and what was edited are in the file as they are read; the
cases are data that its script shows. A content security policy allows this one
script and this one style sheet by their digests, and no request at all. Whatever a
model or a customer wrote reaches the page as text: here through autoescape, in the
script through text nodes, for which the policy (trusted types) leaves no other way.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from promptgate.gate import Outcome, Verdict
from promptgate.reports import embed
from promptgate.reports.cases import MEANINGS, Mark
from promptgate.reports.edits import edits_section
from promptgate.reports.escape import terminal
from promptgate.reports.forest import p_text, scale_of
from promptgate.reports.sections import Chart, kind
from promptgate.reports.summary import changes_line, heads, power_line, worst_first
from promptgate.reports.working import ASKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from promptgate.reports.forest import Scale
    from promptgate.reports.sections import Curve, Section
    from promptgate.reports.summary import Account

_TEMPLATES = "templates"
_PAGE = ("elements.js",)
_CASES = (*_PAGE, "difference.js", "table.js", "case.js", "keys.js")
"""The parts of a page's script, in the order in which they need one another."""
_PLOT = 300
"""Width of the forest plot, in units of its drawing."""

MEANING = {
    Outcome.RELEASE: "good",
    Outcome.HOLD: "open",
    Outcome.FIX_FORWARD: "bad",
    Outcome.ROLLBACK: "bad",
}
_VERDICT_MEANING = {
    Verdict.PASS: "good",
    Verdict.FAIL: "bad",
    Verdict.INCONCLUSIVE: "open",
    Verdict.ERROR: "bad",
}


def gate_html(account: Account, sections: Sequence[Section] = ()) -> str:
    """Return the report of a gate.

    Args:
        account: What to show.
        sections: Of other parts of the product, shown behind the cases.
    """
    decision = account.decision
    first, *others = heads(decision)
    counts = {mark: sum(mark in case.marks for case in account.cases) for mark in Mark}
    edits = edits_section(account.prompts)
    return _page(
        f"{first[0]} · {account.headline}",
        account=account,
        decision=decision,
        suites=worst_first(decision["suites"]),
        head=first,
        other_heads=others,
        meaning=MEANING[first[0]],
        meanings={str(verdict): name for verdict, name in _VERDICT_MEANING.items()},
        counts=[(str(mark), MEANINGS[mark], counts[mark]) for mark in Mark],
        scale=scale_of(decision["suites"], width=_PLOT),
        changes_line=changes_line,
        power=power_line(decision),
        asks=ASKS,
        before_cases=(edits,) if edits else (),
        sections=tuple(sections),
        index=embed.script_json(embed.index(account.cases)) if account.cases else None,
        pieces=embed.pieces(account.cases),
    )


def page_html(title: str, lead: str, sections: Sequence[Section]) -> str:
    """Return a page of sections alone, in the same style.

    Args:
        title: Its heading.
        lead: A sentence beneath it.
        sections: What it shows.
    """
    return _page(title, lead=lead, sections=tuple(sections), account=None, index=None)


def _page(title: str, **content: Any) -> str:
    style, script = _source("report.css"), _script(_CASES if content["index"] else _PAGE)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(script)}'",
            f"style-src '{_digest(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    return _template().render(title=title, style=style, script=script, policy=policy, **content)


def _source(name: str) -> str:
    return (files(__package__) / _TEMPLATES / name).read_text(encoding="utf-8")


def _script(parts: Sequence[str]) -> str:
    """Return the parts as one script; what they name stays within it."""
    return '"use strict";\n(() => {\n' + "".join(map(_source, parts)) + "})();\n"


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _template() -> Template:
    from jinja2 import DictLoader, Environment, StrictUndefined

    environment = Environment(
        loader=DictLoader({name: _source(name) for name in ("page.html.j2", "blocks.html.j2")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )
    environment.filters |= {"percent": _percent, "points": _points, "p": p_text, "kind": kind}
    environment.globals |= {"axis": _axis, "curve": _curve, "ratio": _ratio}
    return environment.get_template("page.html.j2")


def _visible(value: Any) -> Any:
    """Show control and bidirectional characters of a text that goes into the page."""
    return terminal(value) if type(value) is str else value


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


def _points(difference: float) -> str:
    return f"{100 * difference:+.1f}".replace("-", "−")


def _ratio(numbers: dict[str, Any]) -> str:
    """Return a ratio of cost or latency as a change with its interval."""
    change, low, high = (100 * (numbers[key] - 1) for key in ("ratio", "lower", "upper"))
    return f"{change:+.0f} % ({low:+.0f} to {high:+.0f})".replace("-", "−")


def _axis(scale: Scale) -> list[tuple[float, str]]:
    """Return the marks of the axis: place and text, at round numbers of points, five at most."""
    for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5):
        first, last = -(-scale.low // step), scale.high // step
        if last - first < 5:
            break
    ticks = [number * step for number in range(int(first), int(last) + 1)]
    return [
        (scale.place(tick), f"{100 * tick:+.0f}".replace("-", "−") if tick else "0")
        for tick in ticks
    ]


def _curve(chart: Chart, curve: Curve, width: int = 260, height: int = 90) -> dict[str, Any]:
    """Return where the points of a chart's curve stand, and the lines between known ones."""
    known = [v for one in chart.curves for v in one.values if v is not None]
    top = chart.top or max(known, default=1) or 1
    count = len(curve.values)
    points = [
        None
        if value is None
        else (
            round(6 + (width - 12) * (n / (count - 1) if count > 1 else 0.5), 1),
            round(height - 6 - (height - 12) * min(1.0, value / top), 1),
            f"{chart.labels[n]}: {value:.{chart.digits}f}{chart.unit}",
        )
        for n, value in enumerate(curve.values)
    ]
    lines = [(a, b) for a, b in pairwise(points) if a and b]
    last = next((v for v in reversed(curve.values) if v is not None), None)
    told = "unknown" if last is None else f"{last:.{chart.digits}f}{chart.unit}"
    return {
        "points": [point for point in points if point],
        "lines": lines,
        "last": told,
        "width": width,
        "height": height,
    }
