"""`promptgate incident isolate` and `evidence`: stop the harm, keep what shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from promptgate.cli.incident.common import Acting, acting
from promptgate.cli.options import PAIR, json_option
from promptgate.errors import ExitCode, InputError
from promptgate.reports.styles import BAD

if TYPE_CHECKING:
    from promptgate.cli.incident.common import Desk
    from promptgate.incidents.kinds import Acted, Data


@click.command(
    epilog="""\b
Examples:
  promptgate incident isolate --kill support_bot
  promptgate incident isolate --freeze --push
  promptgate incident isolate --did "throttled at the gateway" --probe
  promptgate incident isolate --saw "the widget shows the fallback\""""
)
@click.option("--kill", metavar="FLAG", help="Switch this flag off, and look whether it is.")
@click.option("--freeze", "freezing", is_flag=True, help="Freeze prompts, models and parameters.")
@click.option("--push", is_flag=True, help="With --freeze: push it to the default branch.")
@click.option("--did", metavar="TEXT", help="Something else that was done by hand.")
@click.option("--probe", "hook", is_flag=True, help="Run the probe of promptgate.toml.")
@click.option("--saw", metavar="TEXT", help="Somebody looked, and the isolation works.")
@click.option("--failed", metavar="TEXT", help="Somebody looked, and it does not work.")
@click.option("--flags", metavar="FILE", help="The file of flags.")
@acting
@json_option
def isolate(
    acting: Acting,
    kill: str | None,
    did: str | None,
    saw: str | None,
    failed: str | None,
    flags: str | None,
    *,
    freezing: bool,
    push: bool,
    hook: bool,
) -> int:
    """Isolate the fault, and verify that it works.

    ISOLATED needs a probe that passed: a killed flag is read again as the product
    reads it, --probe runs the team's own command, --saw is a person's word. Exits 1
    where a probe failed, 4 where --push did not get the freeze onto the branch.
    """
    from promptgate.incidents.isolate import freeze_prompts, kill_flag, run_probe
    from promptgate.incidents.kinds import Acted, Probed

    if not any((kill, freezing, did, hook, saw, failed)):
        raise InputError("nothing to do: name --kill FLAG, --freeze, --did, --probe or --saw.")
    desk = acting.desk()
    found = desk.incident
    events: list[Data] = []
    if kill is not None:
        events += kill_flag(Path(flags) if flags else None, kill, found, desk.now)
    if freezing:
        events.append(freeze_prompts(desk.incidents, found, desk.actor, desk.now, push=push))
    if did is not None:
        events.append(Acted(action="other", target=did))
    if hook:
        events.append(run_probe(desk.incidents))
    events += [Probed(passed=True, detail=saw)] if saw else []
    events += [Probed(passed=False, detail=failed)] if failed else []
    after = desk.append(*events)
    for event in events:
        if isinstance(event, Probed):
            desk.say(f"Probe {'passed' if event.passed else 'FAILED'}: {event.detail}")
        elif isinstance(event, Acted):
            _say_action(desk, event)
    if kill is not None:
        desk.say("A product that reads another copy of that file sees it once it has this one: "
                 "look there, and say so with --saw.")  # fmt: skip
    alone = [event.only_here for event in events if isinstance(event, Acted) and event.only_here]
    refused = alone[0] if alone and push else None
    desk.tell(after, refused=refused)
    if refused is not None:
        return ExitCode.BLOCKED
    bad = any(isinstance(event, Probed) and not event.passed for event in events)
    return ExitCode.WORSE if bad else ExitCode.OK


def _say_action(desk: Desk, acted: Acted) -> None:
    """Say what was done, or that it stops nobody else yet and why."""
    from promptgate.incidents.sentences import action

    if acted.only_here is None:
        desk.say(f"Done: {action(acted)}.")
        return
    desk.say(f"NOT frozen for anybody else: {acted.only_here}. {acted.detail}.", style=BAD)
    desk.say("  then: promptgate incident isolate --freeze --push")


@click.command(
    epilog="""\b
Examples:
  promptgate incident evidence --case refusal:neighbour-wifi
  promptgate incident evidence --input failing.json --prompt support --expect refusal
  promptgate incident evidence"""
)
@click.option("--input", "file", metavar="FILE", help="The failing input: JSON, YAML or text.")
@click.option("--case", metavar="SUITE:CASE", help="The failing input is this case.")
@click.option("--prompt", metavar="NAME", help="Whose input it is.")
@click.option(
    "--var", "variables", multiple=True, type=PAIR, metavar="NAME=VALUE", help="A variable of it."
)
@click.option("--expect", multiple=True, metavar="SCORER", help="What the answer has to pass.")
@acting
@json_option
def evidence(
    acting: Acting,
    file: str | None,
    case: str | None,
    prompt: str | None,
    variables: tuple[tuple[str, str], ...],
    expect: tuple[str, ...],
) -> int:
    """Secure the failing input, and gather logs, changes, provider status and metrics.

    Each item is got, or missing and why. The input stays in the private folder, which
    git ignores; everything else is redacted.
    """
    from promptgate.incidents import evidence as gathering
    from promptgate.incidents.capture import capture_case, capture_file
    from promptgate.incidents.kinds import Gathered

    if file is not None and case is not None:
        raise InputError("--input and --case are two inputs; secure one.")
    desk = acting.desk()
    named = prompt or desk.incident.declaration.prompt
    if file is not None:
        captured = capture_file(
            desk.incidents,
            desk.id,
            Path(file),
            prompt=named,
            variables=dict(variables),
            expect=expect,
        )
        desk.append(captured)
        desk.say(f"Secured the input: {captured.shown}")
    elif case is not None:
        captured = capture_case(desk.incidents.project, case, prompt)
        desk.append(captured)
        desk.say(f"Secured the input {case}: {captured.shown}")
    items = gathering.gather(desk.incidents, desk.incident, desk.now, gathering.fetch_status)
    after = desk.append(Gathered(items=items))
    for item in items:
        where = f" ({item.path})" if item.path else ""
        desk.say(f"{'got    ' if item.got else 'MISSING'}  {item.name}: {item.told}{where}")
    desk.tell(
        after,
        f"{sum(item.got for item in items)} of {len(items)} items.",
        items=[item.model_dump() for item in items],
    )
    return ExitCode.OK
