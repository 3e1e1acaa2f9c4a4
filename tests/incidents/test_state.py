"""The fold over events: the same in every order, nothing lost, illegal steps refused and told."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.incidents import choices
from promptgate.incidents.checklist import checklist, rollback_checklist
from promptgate.incidents.metrics import measure
from promptgate.incidents.settings import IncidentSettings
from promptgate.incidents.state import State, fault_of, fold
from promptgate.incidents.timers import timers
from tests.support.incident import ID, at, event, history, opened

MINUTES = st.integers(0, 60)
SIMPLE = st.one_of(
    st.builds(lambda m, n: event("noted", m, number=n, text="x"), MINUTES, st.integers(1, 999)),
    st.builds(
        lambda m, n, p: event("probed", m, number=n, passed=p, detail="x"),
        MINUTES, st.integers(1, 999), st.booleans(),
    ),
    st.builds(
        lambda m, n, p: event(
            "verified", m, number=n, target="x", digest="d", trials=9, failures=0, passed=p
        ),
        MINUTES, st.integers(1, 999), st.booleans(),
    ),
    st.builds(
        lambda m, n: event("decided", m, number=n, outcome="ROLLBACK", move="kill-feature",
                           reason="x"),
        MINUTES, st.integers(1, 999),
    ),
    st.builds(lambda m, n: event("resolved", m, number=n, summary="x"), MINUTES,
              st.integers(1, 999)),
)  # fmt: skip


@given(
    events=st.lists(SIMPLE, max_size=12, unique_by=lambda made: made.id), seed=st.integers(0, 99)
)
def test_fold_is_the_same_in_whatever_order_branches_were_merged(events, seed):
    """And with lines twice, as a merge may leave them."""
    log = [opened(), *events]
    merged = [*log, *log[:3]]
    random.Random(seed).shuffle(merged)
    assert fold(ID, merged) == fold(ID, log)


@given(events=st.lists(SIMPLE, max_size=12, unique_by=lambda made: made.id))
def test_fold_loses_no_event_and_keeps_their_order(events):
    found = fold(ID, [opened(), *events])
    times = [entry.event.time for entry in found.timeline]
    assert len(found.timeline) == len(events) + 1
    assert times == sorted(times)
    assert len(found.remarks) == sum(bool(entry.remark) for entry in found.timeline)


def test_incident_goes_through_its_states_when_the_runbook_is_followed():
    found = fold(ID, history())
    assert [state for _, state in found.steps] == [
        State.INVESTIGATING,
        State.ISOLATED,
        State.IDENTIFIED,
        State.RECOVERING,
        State.MONITORING,
        State.CLOSED,
    ]
    assert found.recovered == at(23)
    assert not found.remarks


@pytest.mark.parametrize(
    ("steps", "new", "told"),
    [
        (1, event("resolved", 60, summary="x"), "only an incident that is MONITORING"),
        (1, event("monitored", 60, minutes=30, passed=True), "verify the exact failing input"),
        (
            1,
            event("verified", 60, target="x", digest="d", trials=9, failures=0, passed=True),
            "decide first",
        ),
        (1, event("reopened", 60, reason="x"), "only a closed incident"),
        (10, event("decided", 60, outcome="ROLLBACK", move="fix-forward", reason="x"), "reopen"),
        (10, event("false-alarm", 60, reason="x"), "it is over"),
        (10, opened(60), "a second time"),
        (0, event("probed", 0, passed=True, detail="x"), "before the incident was declared"),
        (3, event("acted", -5, action="kill", target="x"), "before the incident was declared"),
        (3, event("corrected", 60, event="nothing", reason="x"), "is of no event here"),
    ],
)
def test_step_is_refused_when_it_is_illegal(steps, new, told):
    assert told in (fault_of(ID, history()[:steps], [new]) or "")


def test_step_is_allowed_when_it_is_recorded_late():
    """The probe at 09:35 is written down at 09:50, after the cause was found."""
    late = event("probed", 2, passed=True, detail="x")
    log = [opened(), event("diagnosed", 8, verdict="prompt", cause="prompt")]
    assert fault_of(ID, log, [late]) is None
    states = [state for _, state in fold(ID, [*log, late]).steps]
    assert states == [State.INVESTIGATING, State.ISOLATED, State.IDENTIFIED]


def test_incident_recovers_no_more_when_the_input_fails_again():
    again = event("verified", 30, target="x", digest="d", trials=9, failures=2, passed=False)
    found = fold(ID, [*history()[:8], again])
    assert found.state is State.RECOVERING
    assert found.recovered is None


def test_incident_begins_again_when_it_is_reopened():
    found = fold(ID, [*history(), event("reopened", 90, reason="it is back")])
    assert found.state is State.REOPENED
    assert fault_of(ID, [*history(), event("reopened", 90, reason="x")], history()[5:6]) is None
    probe = event("probed", 95, passed=True, detail="x")
    again = fold(ID, [*history(), event("reopened", 90, reason="it is back"), probe])
    assert again.state is State.ISOLATED


def test_false_alarm_ends_an_incident():
    found = fold(ID, [opened(), event("false-alarm", 5, reason="a test")])
    assert found.state is State.FALSE_ALARM
    assert found.over


def test_correction_changes_what_counts_and_keeps_the_event():
    log = history()
    probe = log[2]
    moved = event("corrected", 60, event=probe.id, reason="it was 09:36", time="2026-11-23T09:36Z")
    found = fold(ID, [*log, moved])
    assert found.entered(State.ISOLATED) == at(4)
    gone = event("corrected", 61, event=probe.id, reason="wrong flag", retract=True)
    found = fold(ID, [*log, gone])
    assert State.ISOLATED not in [state for _, state in found.steps]
    assert probe.id in [entry.event.id for entry in found.timeline]
    worse = event("corrected", 62, event=log[0].id, reason="typo", fields={"severity": "critical"})
    assert fold(ID, [*log, worse]).severity is choices.Severity.CRITICAL


def test_metrics_are_those_of_the_runbook():
    found = measure(fold(ID, history()), at(60))
    minutes = [
        length.total_seconds() / 60
        for length in (found.isolate, found.identify, found.recover, found.impact, found.close)
        if length is not None
    ]
    assert minutes == [3.5, 8, 23, 23, 54]
    assert found.detect is None, "nobody said when it began"
    assert sum(found.in_state.values(), start=at(0)) - at(0) == at(54) - at(0)


def test_detection_and_impact_count_from_the_beginning_when_it_is_known():
    log = [opened(began="2026-11-23T09:20:00Z"), *history()[1:]]
    found = measure(fold(ID, log), at(60))
    assert found.detect == at(12) - at(0)
    assert found.impact == at(35) - at(0)


def test_timers_and_checklist_are_empty_of_alarm_when_all_was_done():
    found = fold(ID, history())
    settings = IncidentSettings()
    assert [timer.name for timer in timers(found, settings, at(60))] == ["postmortem"]
    assert timers(found, settings, at(23 + 24 * 60 + 1))[0].overdue
    done = {tick.text for tick in checklist(found, at(60)) if tick.done}
    assert {"declare the incident", "find the cause", "close the incident"} <= done
    assert len(rollback_checklist(found)) == 11
