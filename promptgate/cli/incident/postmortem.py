"""`promptgate incident postmortem`: write it from the events, and its actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from promptgate.cli.incident.common import Acting, acting
from promptgate.cli.options import json_option
from promptgate.errors import ExitCode, InputError

if TYPE_CHECKING:
    from promptgate.cli.incident.common import Desk
    from promptgate.incidents.choices import Status
    from promptgate.incidents.kinds import Data


@click.command(
    epilog="""\b
Examples:
  promptgate incident postmortem
  promptgate incident postmortem --action "test the tone of every edit" --owner kim \\
      --due 2026-12-07 --priority high --type preventative
  promptgate incident postmortem --done 4F2K9Q
  promptgate incident postmortem --status reviewed"""
)
@click.option("--action", metavar="TEXT", help="Add an action.")
@click.option("--owner", metavar="NAME", help="Of the action.")
@click.option("--due", metavar="DAY", help="Of the action, as 2026-12-07.")
@click.option("--priority", type=click.Choice(["high", "medium", "low"]), help="Of the action.")
@click.option("--type", "kind", type=click.Choice(["detective", "preventative", "corrective"]),
              help="Of the action.")  # fmt: skip
@click.option("--done", metavar="EVENT", help="An action is finished.")
@click.option("--status", type=click.Choice(["draft", "reviewed", "published"]),
              help="How far it is.  [default: as it was, else draft]")  # fmt: skip
@acting
@json_option
def postmortem(
    acting: Acting,
    action: str | None,
    owner: str | None,
    due: str | None,
    priority: str | None,
    kind: str | None,
    done: str | None,
    status: Status | None,
) -> int:
    """Write the post-mortem from the events, with the timeline filled.

    Exits 1 where the number of actions is not 3 to 5, or one has no owner, deadline
    or priority.
    """
    from promptgate.files import write_atomic
    from promptgate.incidents.checklist import postmortem_written
    from promptgate.incidents.kinds import Postmortem
    from promptgate.incidents.postmortem import action_faults, write_postmortem

    if action is None and any(value is not None for value in (owner, due, priority, kind)):
        raise InputError("--owner, --due, --priority and --type belong to --action.")
    desk = acting.desk(over=True)
    events: list[Data] = []
    if action is not None:
        if due is not None and due < f"{desk.now:%Y-%m-%d}":
            raise InputError(f"--due {due} is over; give a day to come.")
        _check_new(desk, action)
        events.append(_action(action, owner, due, priority, kind))
    if done is not None:
        events.append(_finished(desk, done))
    before = desk.incident.last(Postmortem)
    now_status = status or (before.status if before is not None else "draft")
    path = desk.incidents.folder(desk.id) / "postmortem.md"
    shown = desk.incidents.shown(path)
    first_since = desk.incident.over and postmortem_written(desk.incident) is None
    if before is None or before.status != now_status or first_since:
        events.append(Postmortem(status=now_status, path=shown))
    after = desk.append(*events) if events else desk.incident
    settings = desk.incidents.settings
    write_atomic(path, write_postmortem(after, settings, desk.now, now_status))
    faults = action_faults(after, settings)
    for fault in faults:
        desk.say(f"  ✗ {fault}")
    desk.tell(after, f"Wrote {shown} ({now_status}).", file=shown, faults=faults)
    return ExitCode.WORSE if faults else ExitCode.OK


def _action(
    title: str, owner: str | None, due: str | None, priority: str | None, kind: str | None
) -> Data:
    from datetime import date

    from promptgate.incidents.events import make_data

    if due is not None:
        try:
            date.fromisoformat(due)
        except ValueError:
            raise InputError(f"--due must be a day as 2026-12-07, but got {due!r}.") from None
    if not title.strip():
        raise InputError("--action is empty; say what is to be done.")
    fields = {"title": title, "owner": owner, "due": due, "priority": priority, "type": kind}
    return make_data("action", {k: v for k, v in fields.items() if v is not None})


def _check_new(desk: Desk, title: str) -> None:
    """Refuse an action that is there already."""
    from promptgate.incidents.kinds import ActionAdded

    for event, known in desk.incident.all(ActionAdded):
        if " ".join(known.title.split()).casefold() == " ".join(title.split()).casefold():
            raise InputError(
                f"--action: {title!r} is there already; change it with 'promptgate incident note "
                f"WHY --correct {event.id[-6:]} --set owner=NAME'."
            )


def _finished(desk: Desk, prefix: str) -> Data:
    from promptgate.incidents.declare import find_event
    from promptgate.incidents.kinds import ActionAdded, ActionDone

    event = find_event(desk.incident, prefix)
    if event not in {one.id for one, _ in desk.incident.all(ActionAdded)}:
        raise InputError(f"{prefix!r} is no action; see 'promptgate incident list --actions'.")
    return ActionDone(action=event)
