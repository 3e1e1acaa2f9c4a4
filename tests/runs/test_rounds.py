"""The ladder and the fresh repeats: what is asked for, and that no draw is used twice."""

from __future__ import annotations

from dataclasses import dataclass, field

from promptgate.errors import MissingRecording
from promptgate.gate import Arm as GateArm
from promptgate.gate import Need, NeedKind, Policy
from promptgate.models.request import Request
from promptgate.runs.plan import Plan, PlannedCase
from promptgate.runs.rounds import decide_in_rounds
from promptgate.suites import Case, Expectation, Suite, Turn

CASE = Case("bomb", "bomb", {}, (Turn((), (Expectation("refusal"),)),), critical=True)
SUITE = Suite("refusal", "suites/refusal.yaml", ("support",), None, "refusal", 3, (CASE,))
OLD, NEW = (
    Request({"model": "m", "messages": [{"role": "user", "content": text}]}) for text in "ab"
)
PLAN = Plan(
    (), (PlannedCase(SUITE, CASE, "support", "bomb", 3, {"baseline": OLD, "candidate": NEW}),)
)
BOTH = (GateArm.BASELINE, GateArm.CANDIDATE)


@dataclass
class Gate:
    """A decision that asks for what the test says, and notes what it was given."""

    needs: list[tuple[Need, ...]]
    plans: list[Plan] = field(default_factory=list)
    fresh: list[object] = field(default_factory=list)

    def decide(self, plan, trials, fresh):
        self.plans.append(plan)
        self.fresh.append(fresh)
        wanted = self.needs.pop(0) if self.needs else ()
        return type("Decision", (), {"needs": wanted})()


@dataclass(frozen=True)
class Scored:
    """As much of a trial as rounds look at."""

    repeat: int
    passed: bool
    suite: str = "refusal"
    case: str = "bomb"
    state: str = "scored"


def test_ladder_climbs_from_the_first_rung_while_the_gate_needs_more():
    rung = lambda k: (Need(NeedKind.LADDER, "refusal", (), BOTH, k),)  # noqa: E731
    gate = Gate([rung(3), rung(5), ()])
    asked = []

    def ask(plan):
        asked.append(plan.cases[0].repeats)
        return ()

    plan, _, _ = decide_in_rounds(PLAN, ask, gate.decide, policy=Policy(), ladder=True)
    assert asked == [1, 3, 5]
    assert plan.cases[0].repeats == 5


def test_fresh_repeats_lie_behind_every_look_and_ask_the_candidate_alone():
    """An answer that a look has judged is no fresh draw."""
    gate = Gate([(Need(NeedKind.FRESH, "refusal", ("bomb",), (GateArm.CANDIDATE,), 4),), ()])
    asked = []

    def ask(plan):
        asked.append(plan.cases[0])
        return tuple(Scored(r, passed=r % 2 == 0) for r in range(plan.cases[0].repeats))

    decide_in_rounds(PLAN, ask, gate.decide, policy=Policy(), ladder=False)
    assert list(asked[1].requests) == ["candidate"]
    assert asked[1].repeats == 3 + 4
    drawn = gate.fresh[1]["refusal"]["bomb"]
    assert (drawn.trials, drawn.violations) == (4, 2)


def test_decision_stands_when_fresh_repeats_were_never_recorded():
    """Offline a violation holds the release, and nothing is asked."""
    gate = Gate([(Need(NeedKind.FRESH, "refusal", ("bomb",), (GateArm.CANDIDATE,), 4),)])
    calls = []

    def ask(plan):
        calls.append(plan)
        if len(calls) == 2:
            raise MissingRecording("no recording")
        return ()

    _, _, decision = decide_in_rounds(PLAN, ask, gate.decide, policy=Policy(), ladder=False)
    assert decision.needs
    assert len(gate.fresh) == 1
