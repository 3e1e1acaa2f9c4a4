"""`promptgate incident resolve`, `escalate`, `check`, `list`: the ends, and what was forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from promptgate.cli.common import screen_for, write_json
from promptgate.cli.incident.common import (
    Acting,
    acting,
    clock,
    incident_option,
    open_incidents,
    say,
)
from promptgate.cli.options import json_option
from promptgate.errors import ExitCode, InputError

if TYPE_CHECKING:
    from promptgate.incidents.log import Incidents
    from promptgate.incidents.state import Incident


@click.command(
    epilog="""\b
Examples:
  promptgate incident resolve --summary "rolled back to the released prompt"
  promptgate incident resolve --feature-off --summary "no version passes; the bot stays off"
  promptgate incident resolve --false-alarm --summary "the monitor's own fault\""""
)
@click.option("--summary", required=True, metavar="TEXT", help="How it ended.")
@click.option("--false-alarm", is_flag=True, help="There was nothing.")
@click.option("--feature-off", is_flag=True, help="Nothing recovered: the feature stays off.")
@click.option("--unwatched", metavar="REASON", help="Close it though it was not watched for long.")
@acting
@json_option
def resolve(
    acting: Acting,
    summary: str,
    unwatched: str | None,
    *,
    false_alarm: bool,
    feature_off: bool,
) -> int:
    """Close an incident that has recovered and was watched, or call it a false alarm.

    Where nothing makes the failing input pass, --feature-off closes it with the feature
    switched off, which somebody must have seen. What is still open is named.
    """
    from promptgate.incidents.check import left_open, never_done
    from promptgate.incidents.kinds import FalseAlarm, Noted, Resolved
    from promptgate.incidents.resolve import check_watched

    if sum((false_alarm, feature_off, unwatched is not None)) > 1:
        raise InputError("--false-alarm, --feature-off and --unwatched are three ends; choose one.")
    if not summary.strip():
        raise InputError("--summary is empty; say how it ended.")
    desk = acting.desk()
    if false_alarm:
        after = desk.append(FalseAlarm(reason=summary))
    elif feature_off:
        after = desk.append(Resolved(summary=summary, feature_off=True))
    elif unwatched is not None:
        if not unwatched.strip():
            raise InputError("--unwatched is empty; say why.")
        note = Noted(text=f"closed without the full watch: {unwatched}")
        after = desk.append(note, Resolved(summary=summary))
    else:
        settings = desk.incidents.settings

        def watched(found: Incident) -> None:
            check_watched(found, settings)

        after = desk.append(Resolved(summary=summary), check=watched)
    still = left_open(desk.incidents, after)
    still += () if false_alarm else never_done(after, desk.now)
    for one in still:
        desk.say(f"  still open: {one}")
    desk.tell(after, still_open=list(still))
    return ExitCode.OK


@click.group(
    epilog="""\b
Examples:
  promptgate incident escalate check
  promptgate incident escalate answer --within-reach --reason "the rollback is gated"
  promptgate incident escalate now --reason "45 minutes\""""
)
def escalate() -> None:
    """Ask at 30 minutes, grant 15 more, and escalate beyond 45."""


@escalate.command(
    "check",
    epilog="""\b
Examples:
  promptgate incident escalate check""",
)
@incident_option
@json_option
def escalate_check(incident_id: str | None, json_file: str | None) -> int:
    """Say whether somebody is to be called now; exit 1 where so."""
    from promptgate.cli.incident.common import which
    from promptgate.incidents.escalation import RUNBOOK, judge

    incidents = open_incidents()
    name = which(incidents, incident_id)
    found = judge(incidents.read(name).fold(), incidents.settings, clock())
    screen = screen_for(json_file)
    say(screen, f"{'ESCALATE' if found.escalate else 'Go on'}: {found.told}.")
    for level in found.levels:
        say(screen, f"  call {level.name}: {level.contact}")
    if found.escalate and not incidents.settings.escalation:
        say(screen, f"  promptgate.toml has no [[incidents.escalation]]; call {RUNBOOK}.")
    plain = [level.model_dump() for level in found.levels]
    write_json(
        json_file,
        {"schema_version": 1, "incident": name, "escalate": found.escalate, "why": found.told,
         "levels": plain},
    )  # fmt: skip
    return ExitCode.WORSE if found.escalate else ExitCode.OK


@escalate.command(
    "answer",
    epilog="""\b
Examples:
  promptgate incident escalate answer --within-reach --reason "the branch is gated"
  promptgate incident escalate answer --out-of-reach --reason "the cause is unknown\"""",
)
@click.option("--within-reach/--out-of-reach", "within", default=None, help="Within 15 minutes?")
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@acting
@json_option
def escalate_answer(
    acting: Acting,
    within: bool | None,
    reason: str,
) -> int:
    """Answer the 30-minute question."""
    from promptgate.incidents.escalation import check_asked
    from promptgate.incidents.kinds import Extended

    if within is None:
        raise InputError("say --within-reach or --out-of-reach.")
    desk = acting.desk()
    check_asked(desk.incident, desk.incidents.settings, desk.at)
    after = desk.append(Extended(within_reach=within, reason=reason))
    desk.tell(after, "Answered.")
    return ExitCode.OK


@escalate.command(
    "now",
    epilog="""\b
Examples:
  promptgate incident escalate now --reason "45 minutes"
  promptgate incident escalate now --level CEO --reason "press\"""",
)
@click.option("--level", metavar="NAME", help="Which.  [default: the next of the chain]")
@click.option("--contact", metavar="WHO", help="Who, where the chain does not say.")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
@acting
@json_option
def escalate_now(
    acting: Acting,
    level: str | None,
    contact: str | None,
    reason: str,
) -> int:
    """Write down that a level of the chain was called, and say who that is."""
    from promptgate.documents import unknown_name
    from promptgate.incidents.escalation import RUNBOOK, next_level
    from promptgate.incidents.kinds import Escalated

    desk = acting.desk()
    chain = {one.name: one for one in desk.incidents.settings.escalation}
    if level is None:
        following = next_level(desk.incident, desk.incidents.settings)
        if following is None and contact is None:
            why = "every level was called" if chain else "promptgate.toml has no chain"
            raise InputError(f"{why}; name --level and --contact: {RUNBOOK}.")
        level = following.name if following is not None else "outside the chain"
    if level not in chain and contact is None:
        raise InputError(unknown_name("level", level, list(chain)) + " Or name its --contact.")
    who = contact or chain[level].contact
    after = desk.append(Escalated(level=level, contact=who, reason=reason))
    desk.tell(after, f"Call {level}: {who}.")
    return ExitCode.OK


@click.command(
    epilog="""\b
Examples:
  promptgate incident check
  promptgate incident check --all --json -"""
)
@incident_option
@click.option("--all", "everything", is_flag=True, help="Every incident, also those that are over.")
@json_option
def check(incident_id: str | None, json_file: str | None, *, everything: bool) -> int:
    """Find what was forgotten, in every open incident; exit 1 where anything was.

    Damaged or altered logs, overdue updates and post-mortems, a rollback that was pushed
    and that the default branch does not contain, a freeze that stands and a flag that is off
    still, customers who were to be told, messages nobody took, actions without owner.
    """
    from promptgate.cli.incident.common import which
    from promptgate.incidents.check import never_done, problems
    from promptgate.incidents.state import State

    incidents, now = open_incidents(), clock()
    running = [one.id for one in incidents.running()] if incident_id is None else []
    names = running if len(running) > 1 else [which(incidents, incident_id, over=True)]
    names = incidents.ids() if everything else names
    found = {name: problems(incidents, name, now) for name in names}
    screen = screen_for(json_file)
    for name, told in found.items():
        found_here = "1 problem" if len(told) == 1 else f"{len(told)} problems"
        say(screen, f"{name}: {found_here if told else 'nothing was forgotten'}")
        for one in told:
            say(screen, f"  ✗ {one}")
        folded = incidents.read(name).fold()
        missed = never_done(folded, now) if folded.state is State.CLOSED else ()
        if missed:
            say(screen, f"  · never ticked: {', '.join(missed)}")
    write_json(
        json_file,
        {"schema_version": 1, "problems": {name: list(told) for name, told in found.items()}},
    )
    return ExitCode.WORSE if any(found.values()) else ExitCode.OK


@click.command(
    "list",
    epilog="""\b
Examples:
  promptgate incident list
  promptgate incident list --grep refund
  promptgate incident list --actions""",
)
@click.option("--grep", metavar="TEXT", help="Only those that mention it, in any event.")
@click.option("--open", "only_open", is_flag=True, help="Only those that are not over.")
@click.option("--actions", is_flag=True, help="The open actions of all post-mortems.")
@json_option
def list_incidents(
    grep: str | None, json_file: str | None, *, only_open: bool, actions: bool
) -> int:
    """List incidents, or find them by any word of their events and documents."""
    from rich.text import Text

    from promptgate.incidents.times import lasted, stamp
    from promptgate.reports.escape import one_line
    from promptgate.reports.tables import plain_table

    incidents, now = open_incidents(), clock()
    rows = []
    for name in incidents.ids():
        found = incidents.read(name).fold()
        if found.opened is None or (only_open and found.over):
            continue
        if grep is None or _mentions(incidents, name, grep):
            rows.append(found)
    screen = screen_for(json_file)
    if actions:
        return _open_actions(rows, json_file)
    table = plain_table("incident", "state", "severity", "declared", "lasted", "summary")
    for found in rows:
        assert found.opened is not None
        end = found.recovered or (found.steps[-1][0] if found.over else now)
        cells = (found.id, str(found.state), str(found.severity), stamp(found.opened),
                 lasted(end - found.opened), found.declaration.summary)  # fmt: skip
        table.add_row(*(Text(one_line(cell, 60)) for cell in cells))
    if rows:
        screen.print(table)
    else:
        say(screen, "No incident." if grep is None else f"No incident mentions {grep!r}.")
    write_json(
        json_file,
        {
            "schema_version": 1,
            "incidents": [
                {"incident": f.id, "state": f.state, "severity": f.severity,
                 "summary": f.declaration.summary}
                for f in rows
            ],
        },
    )  # fmt: skip
    return ExitCode.OK


def _mentions(incidents: Incidents, name: str, text: str) -> bool:
    """Tell whether an incident's events or post-mortem have a text, upper or lower case."""
    wanted = text.casefold()
    for file in (incidents.folder(name) / "events.jsonl", incidents.folder(name) / "postmortem.md"):
        if file.exists() and wanted in file.read_text("utf-8", "replace").casefold():
            return True
    return False


def _open_actions(rows: list[Incident], json_file: str | None) -> int:
    from promptgate.incidents.kinds import ActionAdded, ActionDone

    screen, plain = screen_for(json_file), []
    for found in rows:
        done = {data.action for _, data in found.all(ActionDone)}
        for event, action in found.all(ActionAdded):
            if event.id not in done:
                plain.append({"incident": found.id, "event": event.id, **action.model_dump()})
                say(screen, f"{found.id}  {event.id[-6:]}  {action.title}: {action.owner or '?'}, "
                            f"{action.due or 'no deadline'}, {action.priority or '?'}")  # fmt: skip
    if not plain:
        say(screen, "No action is open.")
    write_json(json_file, {"schema_version": 1, "actions": plain})
    return ExitCode.OK
