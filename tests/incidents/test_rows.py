"""One test a row of the runbook, named after it; docs/incident-rules.md names them all."""

import json
import re
from pathlib import Path

import pytest

from promptgate.errors import BlockedError, InputError
from promptgate.incidents.checklist import ROLLBACK, WINDOWS, checklist, rollback_checklist
from promptgate.incidents.comms.render import check_poster
from promptgate.incidents.comms.telling import whether_to_tell
from promptgate.incidents.declare import role_warning
from promptgate.incidents.escalation import judge
from promptgate.incidents.kinds import Diagnosed, Gathered, Opened, RolledBack
from promptgate.incidents.postmortem import action_faults, write_postmortem
from promptgate.incidents.rollback.good import Base
from promptgate.incidents.rollback.prepare import check_model
from promptgate.incidents.settings import IncidentSettings
from promptgate.incidents.severity import assess, read_affected
from promptgate.incidents.state import State, fold
from promptgate.incidents.timers import timers
from promptgate.investigate.settings import InvestigateSettings
from tests.support.incident import ID, at, event, history, opened

PAGE = Path(__file__).parents[2] / "docs" / "incident-rules.md"
SETTINGS = IncidentSettings()
LEVELS = (
    {"name": "on call", "contact": "Kim", "after_minutes": 30},
    {"name": "CTO", "contact": "Lee", "after_minutes": 45},
)


def due(incident, now):
    """Name of each timer to (minutes from the declaration, overdue)."""
    return {
        timer.name: ((timer.due - at(0)).total_seconds() / 60, timer.overdue)
        for timer in timers(incident, SETTINGS, at(now))
    }


def test_page_names_every_row_and_tests_that_exist():
    """Rows 1 to 34, without 8 and 27."""
    rows = re.findall(r"^\| ([\d–]+) \|.*\| `(\w+)` \|$", PAGE.read_text(encoding="utf-8"), re.M)
    covered: set[int] = set()
    for row, test in rows:
        first, _, last = row.partition("–")
        covered |= set(range(int(first), int(last or first) + 1))
        assert test in globals(), test
        assert test.startswith(f"test_row_{int(first):02}_")
    assert covered == set(range(1, 35)) - {8, 27}


def test_row_01_source_is_one_of_four():
    for source in ("monitoring", "customer", "internal-test", "social"):
        assert opened(source=source).data.source == source
    with pytest.raises(InputError, match="source"):
        opened(source="press")


def test_row_02_declaration_prints_its_message_and_refuses_a_second(product):
    product.open()
    second = ["open", "--product", "support", "--summary", "x", "--source", "social",
              "--severity", "low", "--commander", "Kim"]  # fmt: skip
    product.incident(*second, code=4)
    assert product.found.last(Opened).commander == "Dana"


def test_row_03_commander_stays_60_minutes_and_does_not_fix():
    found = fold(ID, [opened()])
    assert due(found, 61)["commander"] == (60, True)
    handed = fold(ID, [opened(), event("handed-over", 30, role="commander", to="Kim")])
    assert handed.commander == "Kim"
    assert due(handed, 61)["commander"] == (90, False)
    assert role_warning(fold(ID, [opened(fixer="dana")])) is not None
    assert role_warning(fold(ID, [opened(fixer="Kim")])) is None


def test_row_04_update_is_due_every_10_minutes():
    log = [opened()]
    assert due(fold(ID, log), 11)["update"] == (10, True)
    posted = {"message": "1", "template": "update", "audience": "internal", "text": "x"}
    log.append(event("queued", 9, **posted))
    assert due(fold(ID, log), 11)["update"] == (19, False)


def test_row_05_flag_is_killed_at_once(product):
    product.open()
    product.incident("isolate", "--kill", "bot")
    from promptgate.guard import enabled

    assert not enabled("bot", default=True)
    assert product.incident("isolate", "--kill", "nobody", code=2).err


def test_row_06_freeze_has_four_lines_on_the_base_branch(product):
    product.open()
    product.incident("isolate", "--freeze", "--push")
    product.git("fetch", "-q")
    lines = product.git("show", "origin/main:PROMPT_FROZEN.txt").splitlines()
    assert lines[0].startswith("Frozen at: 2026-11-23 09:32")
    assert lines[1] == "Reason: says red"
    assert lines[2] == "Frozen by: Dana"
    assert lines[3] == "Do not modify until incident commander approves"


def test_row_07_model_is_checked_before_it_is_put_back():
    base = Base("main", "c0ffee", None, "prompts/support.md", "prompts")
    with pytest.raises(BlockedError, match="it is gone"):
        check_model(base, "claude-3-5-sonnet-20241022", at(0))
    with pytest.raises(BlockedError, match="retired since 2026-06-30"):
        check_model(base, "claude-mythos-preview", at(0))
    check_model(base, "claude-sonnet-5", at(0))


def test_row_09_evidence_is_got_or_missing_with_the_reason(product):
    product.open()
    product.incident("evidence")
    items = product.found.last(Gathered).items
    assert [item.name for item in items] == [
        "logs of 30 min", "changes of 24 h", "reproduction", "provider status", "metrics",
    ]  # fmt: skip
    assert all(item.told for item in items)


def test_row_10_rollback_passes_the_freeze_by_its_approval(product):
    product.open()
    product.incident("evidence", "--case", "facts:q0")
    product.incident("isolate", "--freeze", "--push")
    product.git("fetch", "-q")
    product.incident("rollback", "--push")
    rolled = product.found.last(RolledBack)
    assert rolled.approved
    assert rolled.pushed


def test_row_11_isolated_needs_a_probe_that_passed():
    killed = event("acted", 2, action="kill", target="bot")
    failed = event("probed", 3, passed=False, detail="still on")
    assert fold(ID, [opened(), killed, failed]).state is State.INVESTIGATING
    passed = event("probed", 4, passed=True, detail="off")
    assert fold(ID, [opened(), killed, failed, passed]).state is State.ISOLATED


def test_row_12_cause_counts_from_95_percent_on():
    assert InvestigateSettings().confidence == 0.95
    found = fold(ID, [opened(), event("diagnosed", 5, verdict="not reproduced")])
    assert found.state is State.INVESTIGATING
    found = fold(ID, [opened(), event("diagnosed", 5, verdict="model", cause="model")])
    assert found.state is State.IDENTIFIED
    assert found.last(Diagnosed).cause == "model"


@pytest.mark.parametrize(
    ("affected", "core", "workaround", "severity"),
    [
        ("all", "yes", "no", "critical"),
        ("all", "no", "yes", "high"),
        ("95%", "unknown", "no", "critical"),
        ("50%", "no", "yes", "high"),
        ("49%", "no", "yes", "medium"),
        ("30%", "yes", "yes", "medium"),
        ("30%", "yes", "no", "high"),
        ("4%", "no", "yes", "low"),
        ("4%", "no", "unknown", "medium"),
        ("unknown", "no", "yes", "high"),
        ("unknown", "unknown", "unknown", "high"),
        ("unknown", "yes", "no", "critical"),
        ("40/40", "yes", "no", "critical"),
        ("0/20", "no", "yes", "medium"),
    ],
)
def test_row_16_severity_follows_and_unknown_goes_one_level_up(
    affected, core, workaround, severity
):
    """None of 20 may still be 14 % of all: a count enters by its upper bound."""
    assert assess(read_affected(affected, 0.05), core, workaround, SETTINGS).severity == severity


def test_row_17_cause_is_posted_with_an_eta(product):
    product.open()
    product.incident("diagnose", "--found", "prompt", "--posterior", "0.97")
    product.incident("decide", code=1)
    assert '--field eta="…"' in product.incident("comms", "draft", "cause", code=2).err
    ended = product.incident("comms", "draft", "cause", "--field", "eta=10:00 UTC")
    for told in ("Cause: prompt", "Severity: high", "Solution: the prompt goes back", "ETA: 10:00"):
        assert told in ended.out


def test_row_18_tie_or_unknown_rolls_back(product):
    product.open()
    ended = product.incident("decide", "--json", "-", code=1)
    decision = json.loads(ended.out)["decision"]
    assert decision["outcome"] == "ROLLBACK"
    assert {"incident.cause_unknown"} <= {r["rule"] for r in decision["rules"] if r["fired"]}


def test_row_19_update_is_due_every_5_minutes_while_executing():
    decided = event("decided", 10, outcome="ROLLBACK", move="roll-back-prompt", reason="x")
    posted = {"message": "1", "template": "update", "audience": "internal", "text": "x"}
    found = fold(ID, [opened(), decided, event("queued", 10, number=1, **posted)])
    assert due(found, 16)["update"] == (15, True)


def test_row_20_customers_are_told_after_10_minutes():
    found = fold(ID, [opened(source="monitoring")])
    assert whether_to_tell(found, SETTINGS, at(10.5), visible="no").answer == "tell"
    early = whether_to_tell(found, SETTINGS, at(9), visible="no")
    assert early.answer == "the commander decides"


def test_row_21_public_text_is_for_two_people():
    found = fold(ID, [opened(communications="Lee")])
    check_poster(found, "status", "dana")
    check_poster(found, "email", "Lee")
    check_poster(found, "update", "Kim")
    with pytest.raises(BlockedError, match="only Dana and Lee"):
        check_poster(found, "status", "Kim")
    with pytest.raises(BlockedError, match="social media"):
        check_poster(found, "social", "Dana")


@pytest.mark.parametrize(
    ("minutes", "answer", "escalate", "called"),
    [
        (29, None, False, []),
        (31, None, True, ["on call"]),
        (31, True, True, ["on call"]),
        (31, False, True, ["on call"]),
        (46, True, True, ["on call", "CTO"]),
    ],
)
def test_row_22_escalation_is_asked_at_30_and_due_at_45(minutes, answer, escalate, called):
    settings = IncidentSettings.model_validate({"escalation": LEVELS})
    log = [opened()]
    if answer is not None:
        log.append(event("extended", 30, within_reach=answer, reason="gated"))
    found = judge(fold(ID, log), settings, at(minutes))
    assert found.escalate is escalate
    assert [level.name for level in found.levels] == called
    without = judge(fold(ID, log), SETTINGS, at(minutes))
    assert without.escalate is (escalate and not (answer and minutes < 45))


def test_row_23_branch_reverts_or_restores_the_scope_alone(product):
    product.open()
    product.incident("evidence", "--case", "facts:q0")
    product.incident("rollback")
    rolled = product.found.last(RolledBack)
    assert rolled.branch.startswith("incident/rollback-")
    assert rolled.method == "revert"
    assert rolled.files == ("prompts/shared/safety.md",)


def test_row_24_red_gate_blocks_the_push(product):
    product.open()
    product.incident("evidence", "--case", "facts:q0")
    product.incident("rollback", "--model", "never-recorded", "--push", code=1)
    assert not product.found.last(RolledBack).pushed
    assert product.git("ls-remote", "origin", "incident/*") == ""


def test_row_25_exact_input_is_asked_as_often_as_the_rule_says(product):
    product.open()
    product.incident("evidence", "--case", "facts:q0")
    product.incident("decide", code=1)
    before = product.log
    ended = product.incident("verify", "--repeats", "11", "--target", "released", code=3)
    assert "0 of 10 answers fail; 11 are wanted" in ended.out
    assert product.log == before, "too few answers say nothing"
    product.incident("verify", "--target", "HEAD", code=1)
    assert product.found.state is State.RECOVERING
    product.incident("verify", "--target", "released", code=3)
    assert product.found.state is State.RECOVERING, "it runs nowhere: a test"
    product.incident("rollback", "--push")
    ended = product.incident("verify", "--repeats", "3", code=3)
    assert "3 answers, and the rule wants 10" in ended.out
    assert product.found.state is State.RECOVERING
    ended = product.incident("verify")
    assert "It is not merged" in ended.out
    assert product.found.state is State.MONITORING
    assert product.found.recovered == at(0)


def test_row_26_fix_is_counted_and_gated(product):
    product.open()
    product.incident("evidence", "--case", "facts:q0")
    product.git("checkout", "-q", "-b", "mend")
    product.write("prompts/shared/safety.md", "Say blue.\nAnd more.\n")
    product.git("commit", "-q", "-m", "mend", "--", "prompts")
    product.git("checkout", "-q", "main")
    ended = product.incident("decide", "--fix", "mend", "--json", "-", code=1)
    assert json.loads(ended.out)["decision"]["outcome"] == "ROLLBACK", "it was never measured"


def test_row_28_postmortem_is_due_within_24_hours():
    found = fold(ID, history())
    assert due(found, 60)["postmortem"] == (23 + 24 * 60, False)
    text = write_postmortem(found, SETTINGS, at(60), "draft")
    headings = (
        "Timeline (10 min)",
        "Root cause (15 min)",
        "Impact (5 min)",
        "What went well (5 min)",
        "What went poorly (10 min)",
        "Actions (15 min)",
    )
    for heading in headings:
        assert f"## {heading}" in text
    assert "- to recover: 23 min" in text
    assert "| 2026-11-23 09:55 |" in text


def test_row_29_unknown_impact_is_written_unknown():
    text = write_postmortem(fold(ID, history()), SETTINGS, at(60), "draft")
    for name in ("users", "requests", "revenue", "reputation"):
        assert f"| {name} | unknown |" in text
    told = [*history(), event("impact", 55, users=1200)]
    text = write_postmortem(fold(ID, told), SETTINGS, at(60), "draft")
    assert "| users | 1200 |" in text
    assert "| requests | unknown |" in text


def test_row_30_actions_are_three_to_five_and_owned(product):
    def actions(count, **fields):
        whole = {"title": "x", "owner": "Kim", "due": "2026-12-07", "priority": "high"} | fields
        made = [event("action", 55, number=n, **whole) for n in range(1, count + 1)]
        return action_faults(fold(ID, [*history(), *made]), SETTINGS)

    assert "has 2 actions" in actions(2)[0]
    assert actions(3) == []
    assert actions(5) == []
    assert "has 6 actions" in actions(6)[0]
    for lacking, told in (("owner", "owner"), ("due", "deadline"), ("priority", "priority")):
        assert f"has no {told}" in actions(3, **{lacking: None})[0]
    product.open()
    product.incident("postmortem", "--action", "test every edit", code=1)
    assert "has no owner and no deadline and no priority" in product.incident("check", code=1).out


def test_row_31_input_becomes_a_regression_case_or_a_warning_stands(product):
    product.open()
    product.incident("evidence", "--case", "facts:q0")
    product.incident("resolve", "--false-alarm", "--summary", "x")
    assert "no regression case" in product.incident("check", code=1).out
    assert "facts:q0 is a case of suites/facts.yaml already" in (
        product.incident("verify", "--keep").out
    )
    assert "no regression case" not in product.incident("check", code=None).out
    assert ID in product.incident("list", "--grep", "QUESTION 0").out


def test_row_32_checklist_has_seven_windows_and_a_timer():
    assert [window.title for window in WINDOWS] == [
        "0 to 2 min", "2 to 5 min", "5 to 10 min", "10 to 30 min", "30 to 45 min", "45 to 60 min",
        "24 h",
    ]  # fmt: skip
    found = fold(ID, [opened()])
    assert due(found, 61)["timer"] == (60, True)
    late = {tick.text for tick in checklist(found, at(6)) if tick.late}
    assert "freeze prompts and models" in late
    assert "find the cause" not in late


def test_row_33_resolution_mail_waits_for_the_recovery(product):
    product.open()
    words = ["--field", "impact=x", "--field", "customer_action=none", "--field", "solution=y"]
    ended = product.incident("comms", "draft", "resolution", *words, code=2)
    assert "recovered" in ended.err


def test_row_34_rollback_has_eleven_steps_ticked_by_events():
    assert len(ROLLBACK) == 11
    ticks = {tick.text: tick.done for tick in rollback_checklist(fold(ID, history()))}
    assert ticks["the suites pass on it"] == at(15)
    assert ticks["the exact failing input passes"] == at(23)
    assert ticks["it is deployed"] is None
