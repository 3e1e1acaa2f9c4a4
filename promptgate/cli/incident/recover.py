"""`promptgate incident decide`, `rollback`, `verify`: from the cause to the recovery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import live_source
from promptgate.cli.incident.common import Acting, acting, say
from promptgate.cli.options import COUNT, MINUTES, json_option, mode_option
from promptgate.errors import ExitCode, InputError
from promptgate.reports.styles import BAD, DOUBT, GOOD, QUIET

if TYPE_CHECKING:
    from rich.console import Console

    from promptgate.cli.incident.common import Desk
    from promptgate.gate import Fix
    from promptgate.incidents.choices import Move
    from promptgate.incidents.decide import Decided
    from promptgate.incidents.kinds import RolledBack, Verified
    from promptgate.incidents.verify import Verification
    from promptgate.runs.answers import Mode

_MOVES = click.Choice(["roll-back-prompt", "roll-back-model", "fix-forward", "kill-feature"])


@click.command(
    epilog="""\b
Examples:
  promptgate incident decide
  promptgate incident decide --fix mend --fix-minutes 10
  promptgate incident decide --override fix-forward --reason "customers need the new facts\""""
)
@click.option("--good", metavar="REV", help="What a rollback would go back to.  [default: found]")
@click.option("--no-good", is_flag=True, help="There is no version that is known to be good.")
@click.option("--fix", metavar="REV", help="A fix that stands ready.")
@click.option("--fix-minutes", type=MINUTES, metavar="N", help="Until it is out.")
@click.option("--harm", metavar="TEXT", help="Why rolling back would do harm.")
@click.option("--override", type=_MOVES, help="Do this instead; needs --reason.")
@click.option("--reason", metavar="TEXT", help="Why it is overridden.")
@click.option("--dry-run", is_flag=True, help="Only say; write nothing down.")
@acting
@mode_option
@json_option
def decide(
    acting: Acting,
    override: Move | None,
    reason: str | None,
    mode: Mode,
    max_calls: int | None,
    max_cost: float | None,
    *,
    dry_run: bool,
    **given: Any,
) -> int:
    """Roll back, fix forward or kill the feature, with the rules that decided so.

    The gate's own decision on the failing input; what it cannot prove, and a tie,
    rolls back. Exits 1, as a gate that ends in ROLLBACK or FIX_FORWARD does.
    """
    from promptgate.gate import Policy, decision_json
    from promptgate.incidents.decide import decide_incident, overridden
    from promptgate.incidents.kinds import Asked
    from promptgate.incidents.kinds import Decided as Event
    from promptgate.incidents.knowledge import look_up, measure_fix

    desk = acting.desk()
    project, found = desk.incidents.project, desk.incident
    fix: Fix | None = None
    if given["fix"] is not None:
        with live_source(project, max_calls, max_cost) as source:
            fix = measure_fix(project, found, given["fix"], given["fix_minutes"], source, mode)
    elif given["fix_minutes"] is not None:
        raise InputError("--fix-minutes is the time until a fix is out; name it with --fix.")
    known = look_up(project, found, desk.now, good=given["good"], none=given["no_good"],
                    fix=fix, harm=given["harm"])  # fmt: skip
    policy = project.section("gate", Policy)
    decided = decide_incident(found, policy, desk.incidents.settings, known)
    if override is not None:
        decided = overridden(decided, override, reason)
    _show_decision(desk.screen, decided)
    event = Event(
        outcome=decided.outcome.value,
        move=decided.move,
        reason=decided.reason,
        rules=tuple(Asked(**vars(rule)) for rule in decided.rules),
        override=decided.override,
        good=given["good"] if decided.move == "roll-back-prompt" else None,
    )
    after = found if dry_run else desk.append(event)
    done = "Nothing was written down." if dry_run else f"Decided: {decided.move}."
    desk.tell(after, done, decision=event.model_dump(), gate=decision_json(decided.gate))
    return decided.exit_code


def _show_decision(screen: Console, decided: Decided) -> None:
    from rich.text import Text

    from promptgate.reports.console import OUTCOME_STYLE, render_rules
    from promptgate.reports.escape import one_line

    title = (f" {decided.outcome} ", OUTCOME_STYLE[decided.outcome])
    screen.print(Text.assemble(title, "  ", one_line(decided.reason, 600)))
    own = decided.decisive
    screen.print(render_rules(own))
    say(screen, f"{len(decided.rules) - len(own)} more were asked; with their numbers: "
                "promptgate incident decide --dry-run --json -", style=QUIET)  # fmt: skip


@click.command(
    epilog="""\b
Examples:
  promptgate incident rollback --push
  promptgate incident rollback --to HEAD~3 --push --deploy
  promptgate incident rollback --model claude-sonnet-5 --mode record --push"""
)
@click.option("--prompt", metavar="NAME", help="Which.  [default: that of the failing input]")
@click.option("--to", metavar="REV", help="What to go back to.  [default: the last good release]")
@click.option("--model", metavar="ID", help="Put this model pin back instead.")
@click.option("--push", is_flag=True, help="Push the branch, and the commander's approval.")
@click.option("--deploy", is_flag=True, help="Then run the deploy command of promptgate.toml.")
@acting
@mode_option
@json_option
def rollback(
    acting: Acting,
    prompt: str | None,
    to: str | None,
    model: str | None,
    mode: Mode,
    max_calls: int | None,
    max_cost: float | None,
    *,
    push: bool,
    deploy: bool,
) -> int:
    """Make the branch incident/rollback-…, gate it, and push it when it is green.

    In a work tree of its own: yours is not touched. By git revert where that is
    clean, else by restoring the prompt's files alone. Exits 1 where the gate is red,
    4 where a freeze, a retired model or the remote stood in the way.
    """
    from promptgate.incidents.rollback.prepare import Wish, roll_back

    if to is not None and model is not None:
        raise InputError("--to and --model are two rollbacks; do one, look, then the other.")
    desk = acting.desk()
    project, found = desk.incidents.project, desk.incident
    name = prompt or _prompt_of(desk)
    to, model = _as_decided(desk, to, model)
    wish = Wish(name, to, model, push, mode)
    with live_source(project, max_calls, max_cost) as source:
        rolled = roll_back(project, found, wish, source, desk.actor, desk.now)
    after = desk.append(rolled)
    _show_rollback(desk, rolled)
    code = ExitCode.OK
    if not rolled.green:
        code = ExitCode.WORSE
    elif push and not rolled.pushed:
        code = ExitCode.BLOCKED
    if deploy and code is ExitCode.OK:
        code = _deploy(desk)
        after = desk.incident
    desk.tell(after, f"The branch is {rolled.branch}.", rollback=rolled.model_dump())
    return code


def _as_decided(desk: Desk, to: str | None, model: str | None) -> tuple[str | None, str | None]:
    """Return what to go back to: as written, else as the decision named it."""
    from promptgate.incidents.kinds import Decided, Diagnosed

    decided, diagnosed = desk.incident.last(Decided), desk.incident.last(Diagnosed)
    if to is not None or model is not None or decided is None:
        return to, model
    if decided.move == "roll-back-prompt" and decided.good is not None:
        desk.say(f"As decided, back to {decided.good}.")
        return decided.good, None
    if decided.move == "roll-back-model" and diagnosed is not None and diagnosed.good_model:
        desk.say(f"As decided, back to the model {diagnosed.good_model}.")
        return None, diagnosed.good_model
    return None, None


def _prompt_of(desk: Desk) -> str:
    from promptgate.incidents.kinds import Captured

    captured = desk.incident.last(Captured)
    name = captured.prompt if captured is not None else desk.incident.declaration.prompt
    if name is None:
        raise InputError("which prompt? Name it with --prompt.")
    return name


def _show_rollback(desk: Desk, rolled: RolledBack) -> None:
    screen = desk.screen
    say(screen, f"{rolled.branch} ({rolled.commit[:12]}) on {rolled.base}, back to {rolled.good} "
                f"by {rolled.method}: {', '.join(rolled.files)}")  # fmt: skip
    say(screen, f"Gate: {rolled.gate}", style=GOOD if rolled.green else BAD)
    if rolled.pushed:
        _say_merge(desk, rolled, "Pushed. Merge it: until the default branch has it, the next "
                                 "deployment brings the fault back.")  # fmt: skip
    else:
        say(screen, f"Not pushed: {rolled.refused}", style=DOUBT)


def _deploy(desk: Desk) -> ExitCode:
    from promptgate.incidents.hooks import run_hook
    from promptgate.incidents.kinds import Deployed

    settings = desk.incidents.settings
    if settings.deploy is None:
        raise InputError(
            'there is no deploy command; write one in promptgate.toml: [incidents] deploy = "…".'
        )
    root = desk.incidents.project.root
    ran = run_hook(settings.deploy, "[incidents] deploy", root, settings.hook_seconds)
    desk.append(Deployed(passed=ran.passed, seconds=round(ran.seconds, 3), detail=ran.told))
    how = "took" if ran.passed else "FAILED after"
    desk.say(f"The deployment {how} {ran.seconds:.1f} s: {ran.told}")
    return ExitCode.OK if ran.passed else ExitCode.WORSE


@click.command(
    epilog="""\b
Examples:
  promptgate incident verify
  promptgate incident verify --env production --mode record
  promptgate incident verify --target released --repeats 20 --mode record
  promptgate incident verify --keep"""
)
@click.option("--target", metavar="REV",
              help="What is asked.  [default: the rollback; with --keep what failed]")  # fmt: skip
@click.option("--env", "environment", metavar="NAME", help="Ask what this environment runs.")
@click.option("--repeats", type=COUNT, metavar="N", help="Answers wanted.")
@click.option("--keep", is_flag=True, help="Keep the input as a regression case of the suites.")
@acting
@mode_option
@json_option
def verify(
    acting: Acting,
    target: str | None,
    environment: str | None,
    repeats: int | None,
    mode: Mode,
    max_calls: int | None,
    max_cost: float | None,
    *,
    keep: bool,
) -> int:
    """Ask the exact failing input again, on what is deployed or on the rollback.

    What runs nowhere and is not the rollback, and fewer answers than the rule wants, are
    a test: written down, and nothing is verified (3). Exits 1 where it fails once, 3 where
    there are too few answers to say. --keep asks the redacted input where it failed, and
    writes it into the suites once that is shown to fail still.
    """
    from promptgate.incidents.capture import captured_input
    from promptgate.incidents.verify import choose_target
    from promptgate.incidents.verify import verify as ask

    desk = acting.desk(over=keep)
    found, project = desk.incident, desk.incidents.project
    if keep:
        return _keep(desk, target, mode, (max_calls, max_cost))
    given = captured_input(desk.incidents, found)
    chosen = choose_target(project, found, given.prompt, target, environment)
    rule = desk.incidents.settings.verify_repeats
    wanted = repeats or rule
    with live_source(project, max_calls, max_cost) as source:
        done = ask(project, given, chosen, source, mode, wanted, desk.now)
    _show_verification(desk.screen, done, chosen.why)
    return _write_verification(desk, done, done.event(given.digest, rule, runs=chosen.runs))


def _keep(
    desk: Desk, target: str | None, mode: Mode, limits: tuple[int | None, float | None]
) -> int:
    """Keep the failing input as a regression case, and say how it was shown to fail."""
    from promptgate.incidents.verify import keep_case
    from promptgate.investigate.opening import open_asker

    project = desk.incidents.project
    asker = open_asker(project, "replay" if mode == "replay" else "record", *limits)
    kept, saved = keep_case(desk.incidents, desk.incident, asker, target)
    after = desk.append(kept)
    if saved is not None:
        desk.say(str(saved))
        desk.say(saved.left)
    else:
        desk.say(f"{kept.suite}:{kept.case} is a case of {kept.file} already.")
    desk.tell(after, kept=kept.model_dump(), shown=None if saved is None else saved.to_json())
    return ExitCode.OK


def _write_verification(desk: Desk, done: Verification, event: Verified) -> int:
    """Write down what asking again gave, and say what follows."""
    from promptgate.incidents.kinds import RolledBack
    from promptgate.incidents.rollback.prepare import on_branch
    from promptgate.incidents.verify import after_failure

    found = desk.incident
    if done.exit_code is ExitCode.HOLD:
        desk.say("Record more with --mode record, or ask for fewer with --repeats.")
        desk.tell(found, "Nothing was written down.", verified=event.model_dump())
        return ExitCode.HOLD
    after = desk.append(event)
    if event.uncounted:
        desk.tell(after, f"A test, written down as one: {event.uncounted}. It verifies nothing.",
                  verified=event.model_dump())  # fmt: skip
        return ExitCode.HOLD if event.passed else done.exit_code
    for told in () if event.passed else after_failure(found, done):
        desk.say(told)
    rolled = found.last(RolledBack)
    if (
        rolled is not None
        and done.target == rolled.commit
        and (not on_branch(desk.incidents.project, rolled))
    ):
        _say_merge(desk, rolled, "It is not merged. Merge it: where it is not deployed either, "
                   "users get the fault still.")  # fmt: skip
    told = "Verified." if event.passed else "It still fails."
    desk.tell(after, told, verified=event.model_dump())
    return done.exit_code


def _say_merge(desk: Desk, rolled: RolledBack, why: str) -> None:
    from promptgate.incidents.rollback.merging import ways_to_merge

    desk.say(why)
    for way in ways_to_merge(desk.incidents.project, rolled):
        desk.say(f"  {way}")


def _show_verification(screen: Console, done: Verification, why: str) -> None:
    from promptgate.incidents.sentences import short

    say(screen, f"{short(done.target)} ({why}): {done.failures} of {done.trials} answers fail; "
                f"{done.wanted} are wanted.")  # fmt: skip
    if done.upper is not None and not done.failures:
        say(screen, f"  with 95 % confidence at most {done.upper:.0%} of all answers fail")
    for example in done.examples:
        say(screen, f"  {example}")
