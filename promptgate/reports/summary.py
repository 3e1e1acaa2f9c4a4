"""What every report of a gate shows, taken once from what was stored: headline, remarks, cases.

The renderers (console, Markdown, JUnit, HTML) differ in mark-up only; what is worth
showing, and in which order, is decided here. A gate that has just been held is read
as its stored form is, so that a report made later says the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from promptgate.gate import NeedKind, Outcome, Verdict
from promptgate.reports.asking import read_all
from promptgate.reports.cases import CaseAccount, Mark, case_accounts
from promptgate.runs.asked import prompts_of
from promptgate.runs.store import as_stored, asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from promptgate.gate import DecisionJson
    from promptgate.gate.schema import SuiteJson
    from promptgate.runs.asked import Asked, Prompts
    from promptgate.runs.external.comparing import Compared
    from promptgate.runs.gate_run import GateRun
    from promptgate.runs.results import Trial
    from promptgate.runs.store import StoredJson
    from promptgate.runs.stored import StoredGate

_WORST_FIRST = (Verdict.FAIL, Verdict.ERROR, Verdict.INCONCLUSIVE, Verdict.PASS)


@dataclass(frozen=True)
class Account:
    """What a report shows of a decision, wherever its trials came from.

    Attributes:
        decision: What the gate decided, as stored.
        headline: What was compared, on one line.
        baseline: Name of what was compared with.
        candidate: Name of what was judged.
        name: Of the stored gate; '' where it was not stored.
        decided_at: ISO 8601; '' where unknown.
        remarks: Sentences on what was not looked at.
        cases: With their trials; () where there are none to show.
        prompts: By arm, the prompts that were compared; {} where they are not known.
    """

    decision: StoredJson
    headline: str
    baseline: str
    candidate: str
    name: str = ""
    decided_at: str = ""
    remarks: tuple[str, ...] = ()
    cases: tuple[CaseAccount, ...] = field(default=(), repr=False)
    prompts: Prompts = field(default_factory=dict, repr=False)

    def of_suite(self, name: str) -> Account:
        """Return the same account with one suite alone."""
        suites = [suite for suite in self.decision["suites"] if suite["suite"] == name]
        return replace(self, decision={**self.decision, "suites": suites})

    def examples(self, suite: SuiteJson, most: int = 3) -> Iterator[CaseAccount]:
        """Yield the cases of a suite that fell the most, as far as both answers are known.

        Of a suite that passes none: its falls are noise until there are enough of them. Of
        one without a baseline those that score the least.
        """
        if suite["verdict"] not in (Verdict.FAIL, Verdict.INCONCLUSIVE):
            return
        if suite["comparison"] is None:
            new = [c for c in self.cases if c.suite == suite["suite"] and Mark.FAILING in c.marks]
            yield from sorted(new, key=lambda case: case.after or 0.0)[:most]
            return
        fell = suite["regressed"][:most]
        own = {c.case: c for c in self.cases if c.suite == suite["suite"] and c.case in fell}
        for name in fell:
            if name in own and all(own[name].shown):
                yield own[name]


def account_of_gate(run: GateRun, name: str = "") -> Account:
    """Return what reports show of a gate that has just been held.

    Args:
        run: The gate.
        name: Of the folder that it was stored in.
    """
    return _account(as_stored(run), run.trials, asked(run), prompts_of(run.plan), name)


def account_of_stored(gate: StoredGate) -> Account:
    """Return what reports show of a stored gate, or of the JSON of a comparison."""
    return _account(gate.decision, gate.trials(), gate.requests(), gate.prompts(), gate.name)


def account_of_files(compared: Compared) -> Account:
    """Return what reports show of a comparison of two files."""
    return _account(compared.to_json())


def _account(
    decision: StoredJson,
    trials: Iterable[Trial] = (),
    requests: Iterable[Asked] = (),
    prompts: Prompts | None = None,
    name: str = "",
) -> Account:
    return Account(
        decision,
        headline(decision),
        shown_revision(decision.get("baseline", "")),
        shown_revision(decision.get("candidate", "")),
        name,
        decision.get("decided_at", ""),
        tuple(_remarks(decision)),
        case_accounts(decision, trials, read_all(requests)),
        prompts or {},
    )


def _remarks(decision: StoredJson) -> Iterator[str]:
    needs = needs_line(decision)
    if needs:
        yield needs
    yield from decision.get("notes") or ()
    if skipped := decision.get("skipped"):
        yield f"Not run, as no prompt of theirs changed: {', '.join(skipped)}"
    if unused := decision.get("unused_columns"):
        yield f"Columns that nothing reads: {', '.join(unused)}"


def heads(decision: DecisionJson) -> list[tuple[Outcome, str]]:
    """Return what was decided and why, the worst first.

    A blocked candidate that is worse, too, has both told: a harm is not to be learnt of
    only once the paperwork is done.
    """
    own = (Outcome(decision["decision"]), decision["reason"])
    worse = decision.get("worse")
    return [own] if worse is None else [(Outcome(worse["decision"]), worse["reason"]), own]


def headline(decision: StoredJson) -> str:
    """Return what was compared, on one line."""
    suites = decision["suites"]
    cases = sum(suite["cases"] for suite in suites)
    repeats = sorted({suite["repeats"] for suite in suites if suite["repeats"]})
    times = f"{repeats[0]}" if len(repeats) == 1 else f"{min(repeats or [0])}–{max(repeats or [0])}"
    each = f" × {times} repeat{'s' * (times != '1')} × 2 arms" if repeats else ", none asked"
    baseline = shown_revision(decision.get("baseline", ""))
    candidate = shown_revision(decision.get("candidate", ""))
    models = _models(decision.get("identities") or {})
    return (
        (f"{baseline} → {candidate} · " if baseline else "")
        + f"{len(suites)} suite{'s' * (len(suites) != 1)} · {cases:,} cases{each}"
        + (f" · {models}" if models else "")
    )


def shown_revision(revision: str) -> str:
    """Return a revision for people: a full hash is shortened."""
    full = len(revision) == 40 and all(c in "0123456789abcdef" for c in revision)
    return revision[:9] if full else revision


def _models(identities: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the models that the prompts ask, of both arms where they differ."""
    before, after = (
        ", ".join(sorted({own[1] for own in identities.get(arm, {}).values() if _is_prompt(own)}))
        for arm in ("baseline", "candidate")
    )
    return after if before in (after, "") else f"{before} → {after}"


def _is_prompt(identity: object) -> bool:
    return isinstance(identity, list | tuple) and len(identity) == 2


def power_line(decision: DecisionJson) -> str | None:
    """Say what this gate could have seen, and how often it lets a harmless edit through."""
    compared = [suite for suite in decision["suites"] if suite["mde80"] is not None]
    if not compared:
        return None
    blind = max(compared, key=lambda suite: suite["mde80"] or 0)
    sentence = (
        f"Of 10 real drops of {100 * (blind['mde80'] or 0):.1f} points in {blind['suite']} "
        "this gate would catch 8"
    )
    chance = decision["release_chance"]
    if chance is not None:
        sentence += f"; a harmless edit is released in {100 * chance:.0f} % of gates"
    return sentence + "."


def needs_line(decision: DecisionJson) -> str | None:
    """Say which further answers would take a HOLD on, or None where there are none."""
    fresh = [need for need in decision["needs"] if need["kind"] == NeedKind.FRESH]
    if not fresh:
        return None
    cases = sum(len(need["cases"]) for need in fresh)
    return (
        f"{fresh[0]['repeats']} fresh answers to each of {cases} violating "
        f"case{'s' * (cases != 1)} would confirm or not: run this gate with --mode record"
    )


def changes_line(suite: SuiteJson) -> str:
    """Say how many cases fell and rose, and which fell the most; '' where none did either."""
    fell, rose = len(suite["regressed"]), len(suite["improved"])
    if not fell and not rose:
        return ""
    worst = ", ".join(
        f"{c['case']} ({c['baseline']:.2f} → {c['candidate']:.2f})"
        for c in suite["changes"][:fell][:5]
    )
    most = f"; fell most: {worst}" if worst else ""
    return f"{fell} case{'s' * (fell != 1)} fell, {rose} rose{most}"


def change_text(case: CaseAccount) -> str:
    """Return a case's mean score in both arms, or in the one that there is."""
    after = score_text(case.after)
    return f"{score_text(case.before)} → {after}" if case.baseline else after


def score_text(score: float | None) -> str:
    """Return a mean score as it is shown."""
    return "–" if score is None else f"{score:.2f}"


def share_text(score: float | None) -> str:
    """Return a suite's mean score as it is shown."""
    return "–" if score is None else f"{100 * score:.1f} %"


def failing_reasons(case: CaseAccount) -> tuple[str, ...]:
    """Return why the scorers say that the shown answer of the candidate does not pass."""
    after = case.shown[1]
    return tuple(f"{p.scorer}: {p.reason}" for p in (after.parts if after else ()) if not p.passed)


def worst_first(suites: Iterable[SuiteJson]) -> list[SuiteJson]:
    """Return suites in the order in which a reader needs them, otherwise as they came."""
    return sorted(suites, key=lambda suite: _WORST_FIRST.index(Verdict(suite["verdict"])))
