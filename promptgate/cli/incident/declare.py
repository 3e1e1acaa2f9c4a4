"""`promptgate incident open`, `note`, `handover`, `assess`: what people declare and write down."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, cast

import click

from promptgate.cli.incident.common import (
    Acting,
    Desk,
    acting,
    clock,
    moment,
    open_incidents,
    who,
)
from promptgate.cli.options import PAIR, json_option
from promptgate.errors import ExitCode, InputError
from promptgate.reports.styles import BAD

if TYPE_CHECKING:
    from promptgate.incidents.choices import Answer, Role
    from promptgate.incidents.kinds import Data
    from promptgate.incidents.state import Incident

_SEVERITIES = click.Choice(["low", "medium", "high", "critical"])
_ANSWERS = click.Choice(["yes", "no", "unknown"])


@click.command(
    "open",
    epilog="""\b
Examples:
  promptgate incident open --product support --summary "invents refunds" \\
      --source customer --severity high --commander dana
  promptgate incident open --product support --summary "again" --source monitoring \\
      --severity critical --commander dana --began "09:20 UTC" --flag support_bot
  promptgate incident open --reopen 2026-11-23-support --summary "it is back" --by dana""",
)
@click.option("--product", metavar="NAME", help="What is broken.  [required]")
@click.option("--summary", metavar="TEXT", help="What happens, in a line.  [required]")
@click.option(
    "--source",
    type=click.Choice(["monitoring", "customer", "internal-test", "social"]),
    help="Who noticed.  [required]",
)
@click.option("--severity", type=_SEVERITIES, help="When unsure the higher one.  [required]")
@click.option("--commander", metavar="NAME", help="Who coordinates and does not fix.  [required]")
@click.option("--fixer", metavar="NAME", help="Who fixes.")
@click.option("--communications", metavar="NAME", help="Who posts beside the commander.")
@click.option("--prompt", metavar="NAME", help="The prompt in question.")
@click.option("--flag", metavar="NAME", help="The flag that switches the feature off.")
@click.option("--began", metavar="TIME", help="When the fault began, where that is known.")
@click.option("--force", is_flag=True, help="Though an incident of this product is open already.")
@click.option("--reopen", metavar="ID", help="Reopen an incident that was over.")
@click.option("--by", metavar="NAME", help="Who declares.  [default: the commander]")
@click.option("--at", metavar="TIME", help="When it was declared.  [default: now]")
@json_option
def open_incident(
    reopen: str | None,
    by: str | None,
    at: str | None,
    json_file: str | None,
    *,
    force: bool,
    **given: str | None,
) -> int:
    """Declare an incident, and print the message for the channel.

    Works offline. Exits 4 where an incident of the same product is open already.
    """
    from promptgate.incidents.comms.post import queue
    from promptgate.incidents.comms.render import render
    from promptgate.incidents.declare import check_names, declare, role_warning
    from promptgate.incidents.events import make_data
    from promptgate.incidents.kinds import Opened
    from promptgate.incidents.times import iso, parse_past

    if reopen is not None:
        return _reopen(Acting(reopen, by, at, json_file), given["summary"])
    needed = ("product", "summary", "source", "severity", "commander")
    for name in needed:
        if not (given[name] or "").strip():
            raise InputError(f"--{name} is missing; a declaration needs {', '.join(needed)}.")
    incidents, now = open_incidents(), clock()
    when = moment(at, now)
    if given["began"] is not None:
        given["began"] = iso(parse_past(given["began"], now, "--began"))
    fields = {name: value.strip() for name, value in given.items() if value is not None}
    opened = make_data("opened", fields)
    assert isinstance(opened, Opened)
    actor = who(incidents, by or opened.commander)
    check_names(incidents, opened)
    after = declare(incidents, opened, actor, when, now, force=force)
    message = render(incidents, after, "declaration", {}, now)
    desk = Desk(incidents, after.id, actor, now, when, json_file)
    after = desk.append(queue(message, None, now))
    for line in message.text.splitlines():
        desk.say(line)
    if (warning := role_warning(after)) is not None:
        desk.say(f"Warning: {warning}.")
    desk.screen.print()
    desk.tell(after, f"Declared {after.id}.", message=message.text)
    return ExitCode.OK


def _reopen(acting: Acting, reason: str | None) -> int:
    from promptgate.incidents.kinds import Reopened

    if not (reason or "").strip():
        raise InputError("--summary is missing; say why it is opened again.")
    desk = acting.desk()
    after = desk.append(Reopened(reason=reason or ""))
    desk.tell(after, f"Reopened {desk.id}.")
    return ExitCode.OK


@click.command(
    epilog="""\b
Examples:
  promptgate incident note "errors fell after the flag was off" --at "09:36 UTC"
  promptgate incident note --monitored 30 "no error, latency as before"
  promptgate incident note --impact-users 1200 --impact-requests 40000
  promptgate incident note --correct 4F2K9Q --retract "that was another flag"
  promptgate incident note --correct opened --set prompt=support "a typo\""""
)
@click.argument("text", required=False)
@click.option("--link", metavar="URL", help="To what supports it.")
@click.option("--monitored", type=float, metavar="MINUTES", help="The recovery was watched.")
@click.option("--bad", is_flag=True, help="With --monitored: it does not look right.")
@click.option("--impact-users", metavar="N", help="How many users; or 'unknown'.")
@click.option("--impact-requests", metavar="N", help="How many requests; or 'unknown'.")
@click.option("--impact-revenue", metavar="TEXT", help="With its currency; or 'unknown'.")
@click.option("--impact-reputation", metavar="TEXT", help="In words; or 'unknown'.")
@click.option(
    "--section",
    type=click.Choice(["root-cause", "well", "poorly"]),
    help="It belongs into this part of the post-mortem.",
)
@click.option("--correct", metavar="EVENT", help="An earlier event was wrong; the text says why.")
@click.option("--retract", is_flag=True, help="With --correct: it counts no more.")
@click.option("--time", "new_time", metavar="TIME", help="With --correct: when it happened.")
@click.option("--set", "changes", multiple=True, type=PAIR, metavar="NAME=VALUE",
              help="With --correct: a field as it should have been.")  # fmt: skip
@acting
@json_option
def note(
    acting: Acting,
    text: str | None,
    **given: object,
) -> int:
    """Write down what happened, now or earlier; nothing that was written is ever changed."""
    from promptgate.incidents.kinds import Monitored
    from promptgate.incidents.resolve import check_monitored

    over = any(given[name] for name in given if name.startswith(("impact", "section", "correct")))
    desk = acting.desk(over=over)
    event = _noted(desk, text, given)
    if isinstance(event, Monitored):
        check_monitored(desk.incident, event.minutes, desk.at)
    after = desk.append(event)
    desk.tell(after, "Noted.")
    return ExitCode.OK


def _noted(desk: Desk, text: str | None, given: dict[str, object]) -> Data:
    """Return the event that the options ask for.

    Raises:
        InputError: They ask for none, or for two.
    """
    from promptgate.incidents.declare import check_fields, find_event
    from promptgate.incidents.events import make_data
    from promptgate.incidents.resolve import check_minutes
    from promptgate.incidents.times import iso, parse_past

    impact = {k.removeprefix("impact_"): v for k, v in given.items() if k.startswith("impact")}
    kinds = {
        "--monitored": given["monitored"] is not None,
        "--impact-…": any(value is not None for value in impact.values()),
        "--section": given["section"] is not None,
        "--correct": given["correct"] is not None,
    }
    chosen = [name for name, asked in kinds.items() if asked]
    if len(chosen) > 1:
        raise InputError(f"{' and '.join(chosen)} are two notes; write them one by one.")
    wanted = chosen[0] if chosen else ""
    if given["bad"] and wanted != "--monitored":
        raise InputError("--bad belongs to --monitored.")
    if (given["retract"] or given["new_time"] or given["changes"]) and wanted != "--correct":
        raise InputError("--retract, --time and --set belong to --correct.")
    if wanted == "--impact-…":
        return make_data("impact", {k: _count(k, v) for k, v in impact.items() if v is not None})
    if not (text or "").strip():
        raise InputError("there is nothing to note; write what happened.")
    if wanted == "--monitored":
        check_minutes(given["monitored"])
        passed = not given["bad"]
        data = {"minutes": given["monitored"], "passed": passed, "detail": text}
        return make_data("monitored", data)
    if wanted == "--section":
        return make_data("learned", {"section": given["section"], "text": text})
    if wanted == "--correct":
        when = given["new_time"]
        changed = None if when is None else iso(parse_past(str(when), desk.now, "--time"))
        fields = dict(cast("tuple[tuple[str, str], ...]", given["changes"]))
        if not given["retract"] and changed is None and not fields:
            raise InputError("--correct needs --retract, --time or --set.")
        event = find_event(desk.incident, str(given["correct"]))
        check_fields(desk.incident, event, fields)
        data = {"event": event, "reason": text, "retract": given["retract"], "time": changed,
                "fields": fields}  # fmt: skip
        return make_data("corrected", data)
    return make_data("noted", {"text": text, "link": given["link"]})


def _count(name: str, value: object) -> object:
    """Return a number of users or requests; other fields are text."""
    text = str(value).strip()
    if name not in ("users", "requests") or text == "unknown":
        return text
    if not text.isdigit():
        raise InputError(f"--impact-{name} must be a whole number or 'unknown', but got {text!r}.")
    return int(text)


@click.command(
    epilog="""\b
Examples:
  promptgate incident handover --to kim
  promptgate incident handover --role communications --to lee --reason "press calls\""""
)
@click.option("--to", required=True, metavar="NAME", help="Who takes it.")
@click.option(
    "--role",
    type=click.Choice(["commander", "fixer", "communications"]),
    default="commander",
    show_default=True,
    help="What is handed over.",
)
@click.option("--reason", metavar="TEXT", help="Why.")
@acting
@json_option
def handover(
    acting: Acting,
    to: str,
    role: Role,
    reason: str | None,
) -> int:
    """Hand a role to somebody: one commander at a time, for 60 minutes.

    A new commander may approve and thaw at once: the freeze of the incident names them,
    where it stands. Exits 4 where that could not be pushed.
    """
    from promptgate.incidents.declare import role_warning
    from promptgate.incidents.kinds import HandedOver

    if not to.strip():
        raise InputError("--to is empty; say who takes it.")
    desk = acting.desk()
    after = desk.append(HandedOver(role=role, to=to.strip(), reason=reason))
    if (warning := role_warning(after)) is not None:
        desk.say(f"Warning: {warning}.")
    refused = _hand_freeze_over(desk, after) if role == "commander" else None
    desk.tell(after, f"{to.strip()} is {role} now.", roles=after.roles, freeze_refused=refused)
    return ExitCode.OK if refused is None else ExitCode.BLOCKED


def _hand_freeze_over(desk: Desk, after: Incident) -> str | None:
    """Let the new commander approve and thaw; return why the freeze names the old one still."""
    from promptgate.errors import PromptgateError
    from promptgate.release.freezing import hand_over

    try:
        placed = hand_over(desk.incidents.project, after.id, after.commander)
        refused = None if placed is None else placed.refused
    except PromptgateError as error:
        placed, refused = None, str(error).rstrip(".")
    if refused is not None:
        desk.say(f"The freeze still names the old commander, who alone thaws: {refused}. Then: "
                 f"{desk.command(f'incident handover --to {shlex.quote(after.commander)}')}",
                 style=BAD)  # fmt: skip
    elif placed is not None:
        desk.say(f"{after.commander} approves and thaws now: {placed.path} names them.")
    return refused


@click.command(
    epilog="""\b
Examples:
  promptgate incident assess --affected 12/40 --core yes --workaround no
  promptgate incident assess --affected "30%" --core unknown --workaround yes"""
)
@click.option("--affected", default="unknown", show_default=True, metavar="SHARE",
              help="'HIT/LOOKED AT', a percentage, 'all', 'none' or 'unknown'.")  # fmt: skip
@click.option("--core", type=_ANSWERS, default="unknown", show_default=True,
              help="Is a core function hit?")  # fmt: skip
@click.option("--workaround", type=_ANSWERS, default="unknown", show_default=True,
              help="Have users a way round it?")  # fmt: skip
@click.option("--severity", type=_SEVERITIES, help="Override what follows; needs --reason.")
@click.option("--reason", metavar="TEXT", help="Why it is overridden.")
@acting
@json_option
def assess(
    acting: Acting,
    affected: str,
    core: Answer,
    workaround: Answer,
    severity: str | None,
    reason: str | None,
) -> int:
    """Find the severity from who is affected; what is unknown goes one level up."""
    from promptgate.gate import Policy
    from promptgate.incidents.choices import Severity
    from promptgate.incidents.kinds import Assessed
    from promptgate.incidents.severity import assess as find
    from promptgate.incidents.severity import read_affected

    if severity is not None and not (reason or "").strip():
        raise InputError("--severity overrides the rules; say why with --reason.")
    desk = acting.desk()
    alpha = desk.incidents.project.section("gate", Policy).alpha
    hit = read_affected(affected, alpha)
    found = find(hit, core, workaround, desk.incidents.settings)
    reasons = found.reasons
    chosen = found.severity
    if severity is not None:
        chosen = Severity(severity)
        reasons = (*reasons, f"overridden from {found.severity} to {severity}: {reason}")
    event = Assessed(
        severity=chosen,
        affected=hit.told,
        share=hit.share,
        core=core,
        workaround=workaround,
        reasons=reasons,
    )
    after = desk.append(event)
    desk.tell(after, f"{chosen}: {'; '.join(reasons)}.", reasons=list(reasons))
    return ExitCode.OK
