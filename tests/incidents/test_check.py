"""What nobody did is named by the check, and by the clocks: who was to be called, who was told."""

import pytest

from promptgate.errors import InputError
from promptgate.incidents import kinds
from promptgate.incidents.check import left_open, problems
from promptgate.incidents.escalation import check_asked, judge
from promptgate.incidents.log import Draft, Incidents
from promptgate.incidents.next_step import next_step
from promptgate.incidents.settings import IncidentSettings
from promptgate.incidents.state import fold
from promptgate.project import find_project
from tests.support.incident import ID, OPENED, at, event, history, opened

SETTINGS = IncidentSettings()
CHAIN = '[[incidents.escalation]]\nname = "on call"\ncontact = "Kim"\nafter_minutes = 15\n'
SENT = {"message": "1", "template": "status", "audience": "public", "text": "x"}


@pytest.fixture
def incidents(project):
    project.write("promptgate.toml", CHAIN)
    return Incidents(find_project(project.root))


def test_check_names_who_was_to_be_called_who_fixes_and_what_did_not_arrive(incidents):
    data = [
        kinds.Opened(**OPENED, fixer="dana"),
        kinds.Queued(**SENT, channel="page"),
        kinds.Undelivered(message="1", channel="page", attempts=3, why="404"),
    ]
    incidents.append(ID, [Draft(one, at(0)) for one in data], "Dana", at(0), create=True)
    told = "\n".join(problems(incidents, ID, at(20)))
    assert "the level 'on call' (Kim) was to be called and was not" in told
    assert "Dana commands and fixes" in told
    assert "the message status to page was not delivered" in told


def test_check_says_that_nothing_was_declared_when_there_are_notes_alone(incidents):
    incidents.append(ID, [Draft(kinds.Noted(text="x"))], "Dana", at(0), create=True)
    assert problems(incidents, ID, at(1)) == ("nothing was declared",)


def test_check_takes_every_open_incident_when_none_is_named(incidents, promptgate):
    for name in (ID, "2026-11-23-other"):
        incidents.append(name, [Draft(kinds.Opened(**OPENED))], "Dana", at(0), create=True)
    ended = promptgate("incident", "check")
    assert ended.code == 1
    assert f"{ID}: " in ended.out
    assert "2026-11-23-other: " in ended.out


def test_customers_who_were_told_of_it_are_told_that_it_is_over(incidents):
    restored = event("acted", 56, action="restore", target="support_bot")
    log = [*history(), event("tell-decided", 9, answer="tell"), event("queued", 10, **SENT)]
    log.append(restored)
    (told,) = left_open(incidents, fold(ID, log))
    assert "not that it is resolved" in told
    log.append(event("queued", 55, **{**SENT, "template": "resolution"}))
    assert left_open(incidents, fold(ID, log)) == ()


def test_question_is_answered_when_it_is_asked():
    """An answer at minute 10 would leave nobody to ask at 30."""
    found = fold(ID, [opened()])
    with pytest.raises(InputError, match="asked at 30 min, and it is minute 10"):
        check_asked(found, SETTINGS, at(10))
    check_asked(found, SETTINGS, at(30))


def test_escalation_goes_on_while_it_is_within_reach_and_ends_with_the_recovery():
    said = event("extended", 29, within_reach=True, reason="gated")
    assert "go on until 10:16 UTC" in judge(fold(ID, [opened(), said]), SETTINGS, at(35)).told
    late = judge(fold(ID, [opened(), said]), SETTINGS, at(44.5))
    assert (late.escalate, late.told) == (True, "the 15 min more are over: escalate")
    assert judge(fold(ID, history()), SETTINGS, at(60)).told == "it has recovered"


def test_post_mortem_that_was_begun_before_the_end_or_lacks_actions_is_the_next_step():
    begun = event("postmortem", 20, status="draft", path="p")
    kept = event("kept", 56, suite="s", case="c", file="f")
    given_back = event("acted", 55, action="restore", target="support_bot")
    closed = [*history(), begun, given_back, kept]
    assert next_step(fold(ID, closed), SETTINGS, at(60)).told == "write the post-mortem"
    written = event("postmortem", 57, status="draft", path="p")
    step = next_step(fold(ID, [*closed, written]), SETTINGS, at(60))
    assert step.told == "the post-mortem has 0 actions, not 3 to 5"
    assert "--action" in step.command
