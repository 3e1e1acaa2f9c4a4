"""The working of a stored decision: every number, so that a calculator can check it.

Reads the JSON that was written down, not the run: what is explained is what was
decided. Formulas are those of gate/statistics.py, written out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from promptgate.gate import Rule, Verdict
from promptgate.reports.console import (
    VERDICT_STYLE,
    render_example,
    render_heads,
    render_rules,
)
from promptgate.reports.escape import terminal
from promptgate.reports.styles import DOUBT, QUIET, STRONG
from promptgate.reports.summary import account_of_stored, shown_revision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from promptgate.gate import Policy
    from promptgate.gate.schema import ComparisonJson, ScoreJson, SuiteJson
    from promptgate.reports.summary import Account
    from promptgate.runs.stored import StoredGate

ASKS = {
    "evidence": "is the evidence invalid?",
    "review.reviewer": "has nobody but its authors looked at the change?",
    "review.case": "does a prompt change without a case for it?",
    "review.known_good": "is there no released version to go back to?",
    "blocked": "does a freeze or a policy stand in the way?",
    "unchanged": "is every request the same in both arms? (suites that changed)",
    "all_pass": "does every suite pass, with no violation open?",
    "none_fails": "does no suite fail? (suites that do)",
    "no_known_good": "is there nothing to go back to?",
    "critical_fails": "does a critical suite fail, or is a critical violation confirmed?",
    "fix_forward": "do all conditions of a fix forward hold?",
    "fix_forward.affected": "is the upper bound of the affected share small enough?",
    "fix_forward.lines": "does the fix change few enough lines?",
    "fix_forward.files": "does the fix change few enough files?",
    "fix_forward.minutes": "is the fix out soon enough?",
    "fix_forward.cause": "is one cause attributed?",
    "fix_forward.measured": "was the fix measured, and does it pass?",
    "otherwise": "none of the above",
}


def render_working(gate: StoredGate) -> RenderableType:
    """Return the explanation of a stored decision for a terminal, rule by rule."""
    decision = gate.decision
    parts: list[RenderableType] = [
        *render_heads(decision),
        Text(terminal(_origin(gate)), style=QUIET),
        Text(),
        Text("Rules, in order: the first that holds decides", style=STRONG),
        render_rules([Rule(**rule) for rule in decision["rules"]], ASKS),
    ]
    account = account_of_stored(gate)
    for suite in decision["suites"]:
        parts += _suite(suite, gate.policy, account)
    holm = holm_lines(decision["suites"])
    if holm:
        parts += [Text(), Text("Holm's correction over suites", style=STRONG)]
        parts += [Text(f"  {line}") for line in holm]
    parts += [Text(f"  • {terminal(line)}") for line in decision["advice"]]
    parts += [Text(f"  ! {terminal(line)}", style=DOUBT) for line in decision["warnings"]]
    return Group(*parts)


def _origin(gate: StoredGate) -> str:
    if not gate.baseline:
        return gate.name
    arms = f"{shown_revision(gate.baseline)} → {shown_revision(gate.candidate)}"
    decided = gate.decision.get("decided_at")
    return f"{gate.name} · {arms}" + (f" · decided {decided}" if decided else "")


def _suite(suite: SuiteJson, policy: Policy, account: Account) -> Iterator[RenderableType]:
    verdict = Verdict(suite["verdict"])
    yield Text()
    yield Text.assemble(
        (suite["suite"], STRONG),
        " (critical)" if suite["critical"] else "",
        (f"  {verdict}", VERDICT_STYLE[verdict]),
        f"  {terminal(suite['reason'])}",
    )
    improve = policy.for_suite(suite["suite"]).must_improve
    for line in working(suite, must_improve=improve):
        yield Text(f"  {line}")
    for note in suite["notes"]:
        yield Text(f"  {terminal(note)}", style=QUIET)
    if suite["settle"]:
        yield Text(f"  would be settled by {suite['settle']}", style=DOUBT)
    for example in account.examples(suite):
        yield Padding(render_example(example), (0, 0, 0, 4))


def working(suite: SuiteJson, *, must_improve: bool) -> list[str]:
    """Return the calculation behind a suite's verdict, a line a step.

    Args:
        suite: As stored.
        must_improve: Whether PASS needed a proven rise.
    """
    if suite["identical"]:
        return ["every request is the same in both arms: nothing is computed, PASS"]
    lines: list[str] = []
    if suite["comparison"] is not None:
        lines += _comparison(suite["comparison"], suite, must_improve=must_improve)
    if suite["anchor"] is not None:
        lines += ["against the anchor release:"]
        lines += [f"  {line}" for line in _bounds(suite["anchor"], must_improve=False)]
    if suite["score"] is not None:
        lines += _score(suite["score"])
    if suite["missing_trials"]:
        lines.append(
            f"missing: {suite['missing_trials']} trials have no score, "
            f"{suite['missing']:.2%} of the arm that lacks more"
        )
    if suite["violation_upper"] is not None:
        lines.append(
            f"violations: of all critical cases at most {suite['violation_upper']:.2%} would "
            "violate (none seen: 1 - alpha^(1/n) of n units; else Clopper-Pearson)"
        )
    for found in suite["violations"]:
        requests = found["request"] or "unknown"
        lines.append(
            f"violation: {found['case']} is {found['status']}, {found['violations']} of "
            f"{found['trials']} trials do not pass, request {requests}"
        )
        lines += [f"  answer {answer or 'unknown'}" for answer in found["responses"]]
        lines += [f"  {note}" for note in found["notes"]]
    return [terminal(line) for line in lines]


def _comparison(c: ComparisonJson, suite: SuiteJson, *, must_improve: bool) -> Iterator[str]:
    yield (
        f"n = {c['units']} units ({suite['cases']} cases, {suite['clusters']} clusters, "
        f"{suite['repeats']} repeats); a unit's d is its candidate mean - its baseline mean"
    )
    yield from _bounds(c, must_improve=must_improve)
    if suite["mde80"] is not None and c["sd"] is not None:
        yield (
            f"power: a drop of m = {_n(suite['mde80'])} is proven 8 times in 10: "
            "m = (h + sqrt(h^2 + 4(1 + h) h s^2)) / (2(1 + h)), h = (z(1-alpha) + z(.80))^2 / n"
        )
    if suite["release_chance"] is not None:
        yield f"a harmless edit passes this suite in {suite['release_chance']:.1%} of gates"


def _corrected_bounds(c: ComparisonJson, *, must_improve: bool) -> Iterator[str]:
    """Yield the numbers of a judge's comparison that people's labels corrected."""
    found = c["corrected"]
    assert found is not None
    goal = 0.0 if must_improve else -c["margin"]
    level = f"t({1 - c['alpha']:.6g}; {found['freedom']:.1f})"
    yield (
        f"by the judge alone d = {_n(found['judged'])}; people add {_n(found['error'])} on "
        f"{found['labelled']} of {found['units']} units: d = {_n(c['difference'])}, "
        f"se = {_n(found['se'])} (units asked the same in both arms need no label)"
    )
    yield f"PASS asks: is the lower bound above {'0' if must_improve else '-margin'}?"
    yield (
        "  after two more units of the judge and two more errors, +1 and -1 each: lower = "
        f"{_n(c['lower'])} > {_n(goal)}: {_yes(c['lower'] > goal)}"
    )
    if c["imputed_lower"] != c["lower"]:
        yield (
            f"  with the worst for what is missing (candidate 0, baseline 1): "
            f"{_n(c['imputed_lower'])} > {_n(goal)}: {_yes(c['imputed_lower'] > goal)}"
        )
    yield "FAIL asks: is the drop proven, p after Holm below alpha?"
    yield (
        f"  upper = d + {level} se = {_n(c['difference'])} + {_n(c['t_quantile'] or 0.0)} x "
        f"{_n(found['se'])} = {_n(c['upper'])} < 0: {_yes(c['upper'] < 0)}; "
        f"p = P(t is lower than d / se) = {c['p']:.6g}"
    )
    if c["p_adjusted"] is not None:
        proven = _yes(c["p_adjusted"] < c["alpha"])
        yield f"  p after Holm {c['p_adjusted']:.6g} < {c['alpha']:g}: {proven}"


def _bounds(c: ComparisonJson, *, must_improve: bool) -> Iterator[str]:
    """Yield the numbers of PASS and of FAIL."""
    if c.get("corrected") is not None:
        yield from _corrected_bounds(c, must_improve=must_improve)
        return
    n, alpha = c["units"], c["alpha"]
    goal = 0.0 if must_improve else -c["margin"]
    sd = "not defined for one unit" if c["sd"] is None else _n(c["sd"])
    yield (
        f"mean d = {_n(c['candidate'])} - {_n(c['baseline'])} = {_n(c['difference'])}, "
        f"sd s = {sd}, margin = {_n(c['margin'])}, alpha = {alpha:g}"
    )
    yield f"PASS asks: is the lower bound above {'0' if must_improve else '-margin'}?"
    yield (
        f"  one unit of +1 and one of -1 added: n' = {n + 2}, mean' = n d / n' = "
        f"{_n(c['plus_two_mean'])}"
    )
    yield (
        f"  s' = sqrt(((n - 1) s^2 + n d^2 + 2 - n' mean'^2) / (n' - 1)) = {_n(c['plus_two_sd'])}"
    )
    if c["plus_two_quantile"] is not None:
        yield (
            f"  lower = mean' - t({1 - alpha:.6g}; {n + 1}) s' / sqrt(n') = "
            f"{_n(c['plus_two_mean'])} - {_n(c['plus_two_quantile'])} x {_n(c['plus_two_sd'])} / "
            f"{_n(math.sqrt(n + 2))} = {_n(c['lower'])}"
        )
    yield f"  {_n(c['lower'])} > {_n(goal)}: {_yes(c['lower'] > goal)}"
    if c["imputed_lower"] != c["lower"]:
        yield (
            f"  with the worst for what is missing (candidate 0, baseline 1): "
            f"{_n(c['imputed_lower'])} > {_n(goal)}: {_yes(c['imputed_lower'] > goal)}"
        )
    if c["unchanged"]:
        yield (
            f"  no unit differs, so n >= ln(alpha) / ln(1 - margin) = {c['floor']} too: "
            f"{_yes(n >= c['floor'])}"
        )
    yield from _fail(c)
    if c["mcnemar_p"] is not None:
        yield f"exact McNemar, two-sided: p = {c['mcnemar_p']:.6g} (does not decide)"


def _fail(c: ComparisonJson) -> Iterator[str]:
    n, alpha, sd = c["units"], c["alpha"], c["sd"]
    yield "FAIL asks: is the drop proven, p after Holm below alpha?"
    if sd is None:
        yield "  one unit has no variance: nothing is proven, p = 1"
    elif sd == 0:
        alike = "p = 0.5^n (sign test)" if c["difference"] < 0 else "none falls, p = 1"
        yield f"  all units differ alike, t has no variance to work with: {alike} = {c['p']:.6g}"
    elif c["t"] is not None and c["t_quantile"] is not None and c["upper"] is not None:
        error = f"{_n(sd)} / {_n(math.sqrt(n))}"
        yield (
            f"  t = d / (s / sqrt(n)) = {_n(c['difference'])} / ({error}) = {_n(c['t'])}, "
            f"p = P(t with {n - 1} degrees of freedom is lower) = {c['p']:.6g}"
        )
        yield (
            f"  upper = d + t({1 - alpha:.6g}; {n - 1}) s / sqrt(n) = {_n(c['difference'])} + "
            f"{_n(c['t_quantile'])} x {error} = {_n(c['upper'])}; below 0 (before Holm): "
            f"{_yes(c['upper'] < 0)}"
        )
    adjusted = c["p_adjusted"]
    if adjusted is not None:
        yield f"  p after Holm {adjusted:.6g} < {alpha:g}: {_yes(adjusted < alpha)}"


def _score(score: ScoreJson) -> Iterator[str]:
    wanted = score["min_score"]
    yield (
        f"without a baseline: n = {score['units']} units, mean = {_n(score['mean'])}, lower bound "
        f"{_n(score['lower'])}, upper bound {_n(score['upper'])}"
    )
    exact = "Clopper-Pearson where each score of one repeat is 0 or 1, else t over the units"
    yield f"  bounds: {exact}"
    if wanted is None:
        yield "  there is no min_score to hold it to"
    else:
        yield f"  {_n(score['lower'])} >= min_score {wanted:g}: {_yes(score['lower'] >= wanted)}"


def holm_lines(suites: Sequence[SuiteJson]) -> list[str]:
    """Return how the p of each suite is adjusted: sorted, times the tests that are left.

    Empty where there is one test, or where the file does not have every p.
    """
    tests = [
        (name, c["p"], c["p_adjusted"])
        for suite in suites
        if not suite["identical"]
        for name, c in (
            (suite["suite"], suite["comparison"]),
            (f"{suite['suite']} against the anchor", suite["anchor"]),
        )
        if c is not None
    ]
    if len(tests) < 2 or any(s["comparison"] is None and not s["identical"] for s in suites):
        return []
    ordered = sorted(tests, key=lambda test: test[1])
    return [
        f"{name}: {p:.6g} x {len(tests) - rank}"
        + (", but not below the one before" if rank else "")
        + f" = {adjusted:.6g}"
        for rank, (name, p, adjusted) in enumerate(ordered)
        if adjusted is not None
    ]


def _n(value: float) -> str:
    return f"{value:.6f}"


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
