"""`promptgate incident comms`: whether to tell, what to say, and that it arrived."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Literal

import click

from promptgate.cli.common import write_json, write_output
from promptgate.cli.incident.common import Acting, acting
from promptgate.cli.options import PAIR, json_option
from promptgate.errors import ExitCode, InputError
from promptgate.reports.styles import BAD

if TYPE_CHECKING:
    from promptgate.cli.incident.common import Desk
    from promptgate.incidents.choices import Answer
    from promptgate.incidents.kinds import Queued

_TEMPLATES = click.Choice(
    ["declaration", "update", "cause", "review", "status", "email", "resolution", "social"]
)
_field = click.option(
    "--field",
    "fields",
    multiple=True,
    type=PAIR,
    metavar="NAME=TEXT",
    help="What the events do not say.",
)


@click.group(
    epilog="""\b
Examples:
  promptgate incident comms decide
  promptgate incident comms draft update --field doing="rolling back" \\
      --field impact="some answers are wrong" --field eta="10:00 UTC"
  promptgate incident comms post status --channel statuspage --field impact="…" \\
      --field workaround="…" --field eta="10:00 UTC"
  promptgate incident comms retry"""
)
def comms() -> None:
    """Write messages from the events, post them, and keep a log of what arrived.

    A team's own templates stand in the folder that [incidents] templates names. Only
    the commander and the communications person post to the public (exit 4).
    """


@comms.command(
    "decide",
    epilog="""\b
Examples:
  promptgate incident comms decide --visible yes
  promptgate incident comms decide --answer tell --reason "the press asks\"""",
)
@click.option(
    "--visible",
    type=click.Choice(["yes", "no", "unknown"]),
    default="unknown",
    show_default=True,
    help="Can customers see it?",
)
@click.option("--answer", type=click.Choice(["tell", "do not tell"]), help="The commander decides.")
@click.option("--reason", metavar="TEXT", help="Why the commander decides so.")
@acting
@json_option
def comms_decide(
    acting: Acting,
    visible: Answer,
    answer: Literal["tell", "do not tell"] | None,
    reason: str | None,
) -> int:
    """Decide whether customers are told, by the rules; both or none leave it to the commander."""
    from promptgate.errors import BlockedError
    from promptgate.incidents.comms.telling import whether_to_tell
    from promptgate.incidents.kinds import TellDecided
    from promptgate.release.freeze import same_person

    desk = acting.desk()
    found = desk.incident
    settings = desk.incidents.settings
    telling = whether_to_tell(found, settings, desk.now, visible=visible)
    event = TellDecided(answer=telling.answer, rules=telling.rules)
    if answer is not None:
        if not (reason or "").strip():
            raise InputError("--answer goes before the rules; say why with --reason.")
        if not same_person(desk.actor, found.commander):
            raise BlockedError(
                f"{found.commander} commands this incident, and not {desk.actor!r}. If that is "
                f"you, add --by {shlex.quote(found.commander)}."
            )
        told = (*telling.rules, f"the commander: {reason}")
        event = TellDecided(answer=answer, rules=told)
    after = desk.append(event)
    for rule in event.rules:
        desk.say(f"  {rule}")
    desk.tell(after, f"Customers: {event.answer}.", answer=event.answer,
         rules=list(event.rules))  # fmt: skip
    return ExitCode.OK


@comms.command(
    "draft",
    epilog="""\b
Examples:
  promptgate incident comms draft update --field known="…" --field doing="…" \\
      --field impact="…" --field eta="2026-11-23 10:00 UTC"
  promptgate incident comms draft status --field impact="…" \\
      --field workaround="…" --field eta="10:00 UTC" --out status.md""",
)
@click.argument("template", type=_TEMPLATES, metavar="TEMPLATE")
@_field
@click.option("--out", metavar="FILE", help="Where to write it.  [default: the screen]")
@acting
@json_option
def comms_draft(
    acting: Acting,
    template: str,
    fields: tuple[tuple[str, str], ...],
    out: str | None,
) -> int:
    """Write a message for pasting by hand, and note that it was given out.

    What the events do not say is asked for: a missing field or a placeholder that
    is left is exit 2.
    """
    desk = acting.desk(over=True)
    queued = _message(desk, template, fields, None)
    desk.append(queued)
    if out is not None:
        write_output(out, queued.text)
    elif acting.json_file != "-":
        click.echo(_shown(queued.text), nl=False)
    write_json(acting.json_file, {"schema_version": 1, "incident": desk.id, **queued.model_dump()})
    return ExitCode.OK


@comms.command(
    "post",
    epilog="""\b
Examples:
  promptgate incident comms post update --channel team --field known="…" \\
      --field doing="…" --field impact="…" --field eta="10:00 UTC\"""",
)
@click.argument("template", type=_TEMPLATES, metavar="TEMPLATE")
@click.option("--channel", required=True, metavar="NAME", help="Of [incidents.channels].")
@_field
@acting
@json_option
def comms_post(
    acting: Acting,
    template: str,
    channel: str,
    fields: tuple[tuple[str, str], ...],
) -> int:
    """Post a message to a channel; exit 5 where it was not taken, and 'retry' sends it again."""
    from promptgate.incidents.comms.post import address_of, channel_named

    desk = acting.desk(over=True)
    address_of(channel, channel_named(desk.incidents.settings, channel))
    queued = _message(desk, template, fields, channel)
    desk.append(queued)
    return _send(desk, [queued])


@comms.command(
    "retry",
    epilog="""\b
Examples:
  promptgate incident comms retry""",
)
@acting
@json_option
def comms_retry(acting: Acting) -> int:
    """Send again what no channel has taken yet, oldest first."""
    from promptgate.incidents.comms.post import undelivered

    desk = acting.desk(over=True)
    waiting = undelivered(desk.incident)
    if not waiting:
        desk.say("Everything was delivered.")
    return _send(desk, waiting)


def _message(
    desk: Desk, template: str, given: tuple[tuple[str, str], ...], channel: str | None
) -> Queued:
    """Return a message as an event, once its author may post it.

    Raises:
        BlockedError: They may not.
        InputError: A field is missing or wrong.
    """
    from promptgate.incidents.comms.post import channel_named, queue
    from promptgate.incidents.comms.render import check_poster, render

    found = desk.incident
    check_poster(found, template, desk.actor)
    public = channel is not None and (
        channel_named(desk.incidents.settings, channel).audience == "public"
    )
    if public:
        check_poster(found, "status", desk.actor)
    message = render(desk.incidents, found, template, dict(given), desk.now)
    return queue(message, channel, desk.now, public=public)


def _send(desk: Desk, messages: list[Queued]) -> int:
    """Send messages; each attempt leaves an event."""
    from promptgate.incidents.comms import post
    from promptgate.incidents.kinds import Delivered, Undelivered

    settings = desk.incidents.settings
    failed = []
    for message in messages:
        assert message.channel is not None
        channel = post.channel_named(settings, message.channel)
        slack = channel.kind == "slack"
        body = post.slack_body(message.text) if slack else post.json_body(desk.incident, message)
        address = post.address_of(message.channel, channel)
        done = post.deliver(address, body, settings.post_attempts, settings.post_seconds)
        if done.why is None:
            desk.append(Delivered(
                message=message.message, channel=message.channel, attempts=done.attempts
            ))  # fmt: skip
            desk.say(f"{message.channel} took {message.template}.")
            continue
        failed.append(message.message)
        desk.append(Undelivered(
            message=message.message, channel=message.channel, attempts=done.attempts, why=done.why
        ))  # fmt: skip
        desk.say(f"{message.channel} did not take {message.template} after {done.attempts} "
                    f"attempts ({done.why}); it is kept: 'promptgate incident comms retry'.",
            style=BAD)  # fmt: skip
    write_json(
        desk.json_file,
        {"schema_version": 1, "incident": desk.id, "sent": len(messages), "failed": failed},
    )
    return ExitCode.INVALID_EVIDENCE if failed else ExitCode.OK


def _shown(text: str) -> str:
    from promptgate.reports.escape import terminal

    return terminal(text)
