"""The command line: names, groups, and the one place where errors become exit codes.

Commands live one group a module and are imported only when called, so that
`promptgate --help` costs a fraction of a second.
"""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from promptgate.cli.lazy import LazyGroup, Table
from promptgate.cli.outlet import outlive_readers
from promptgate.errors import ExitCode, PromptgateError

# group → {command: (module:attribute, one line for the overview)}
COMMANDS: Table = {
    "writing": {
        "init": ("promptgate.cli.init:init", "Start a project around your prompt."),
        "lint": ("promptgate.cli.lint:lint", "Check prompts without calling a model."),
        "diff": ("promptgate.cli.diff:diff", "Show what an edit changes, answers included."),
        "run": ("promptgate.cli.run:run", "Run suites on one target and score the answers."),
        "record": ("promptgate.cli.run:record", "Record the answers that replay will need."),
        "score": ("promptgate.cli.score:score", "Score answers that exist, in CSV or JSONL."),
        "judge": ("promptgate.cli.judge:judge", "List judges; hold one against people's labels."),
        "scorers": ("promptgate.cli.scorers:scorers", "List the scorers, or explain one."),
    },
    "deciding": {
        "gate": ("promptgate.cli.gate:gate", "Compare two versions and decide on a release."),
        "ci": ("promptgate.cli.ci:ci", "Judge the change that a pipeline runs for."),
        "report": ("promptgate.cli.report:report", "Show a stored gate, trials, or the trend."),
        "compare": ("promptgate.cli.compare:compare", "Decide on results from other tools."),
    },
    "investigating": {
        "investigate": (
            "promptgate.cli.investigate:investigate",
            "Find cause, commit and lines of a failure.",
        ),
        "rerun": ("promptgate.cli.rerun:rerun", "Ask one input of several versions and models."),
        "diagnose": ("promptgate.cli.diagnose:diagnose", "Find out why an input fails."),
        "bisect": ("promptgate.cli.bisect:bisect", "Find the commit since which it fails."),
        "attribute": ("promptgate.cli.attribute:attribute", "Find the lines that make it fail."),
        "shrink": ("promptgate.cli.shrink:shrink", "Find the smallest input that still fails."),
    },
    "governing": {
        "release": ("promptgate.cli.release:release", "Gate the work tree and write the lock."),
        "deployed": ("promptgate.cli.deployed:deployed", "Record or say what runs where."),
        "status": ("promptgate.cli.status:status", "Show what is released, changed and frozen."),
        "freeze": ("promptgate.cli.freeze:freeze", "Let no change of prompts through."),
        "thaw": ("promptgate.cli.freeze:thaw", "End a freeze."),
    },
    "responding": {
        "incident": ("promptgate.cli.incident:incident", "From the alarm to the post-mortem."),
        "flag": ("promptgate.cli.flag:flag", "Switch a feature off and back on."),
    },
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  promptgate init
  promptgate gate --help""",
)
@click.version_option(package_name="promptgate", prog_name="promptgate")
def cli() -> None:
    """Regression tests and release gates for prompts.

    Compares the released prompt with your edit on recorded answers and decides:
    RELEASE, HOLD, FIX_FORWARD or ROLLBACK.
    """


def main() -> NoReturn:
    """Run the command line and exit; every way out has its exit code."""
    outlive_readers()
    try:
        with cli.make_context("promptgate", sys.argv[1:]) as context:
            code = cli.invoke(context)
        sys.exit(code if isinstance(code, int) else ExitCode.OK)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except PromptgateError as error:
        _fail(str(error), error.exit_code)
    except (click.exceptions.Abort, KeyboardInterrupt):
        _fail("Interrupted; no file was left half-written.", ExitCode.INTERRUPTED)
    except click.exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.format_message())
        sys.exit(ExitCode.OK)
    except click.ClickException as error:
        _fail(_told(error), ExitCode.BAD_INPUT)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a bug, kept for a report
        from promptgate.cli.crash import save_traceback

        _fail(
            f"This is a bug in promptgate ({type(error).__name__}); "
            f"the traceback is in {save_traceback(error)}.",
            ExitCode.INTERNAL,
        )


def _told(error: click.ClickException) -> str:
    """Return what click says of bad usage, as one line in the words of all messages."""
    told = " ".join(error.format_message().split())
    failed_in: click.Context | None = getattr(error, "ctx", None)
    if failed_in is None:
        return told
    unknown = getattr(error, "command_name", None)
    if unknown is not None and isinstance(failed_in.command, click.Group):
        from promptgate.documents import unknown_name

        told = unknown_name("command", unknown, failed_in.command.list_commands(failed_in))
    told += "" if told.endswith((".", "?")) else "."
    return f"{told} See '{failed_in.command_path} --help'."


def _fail(message: str, code: ExitCode) -> NoReturn:
    from promptgate.reports.escape import terminal

    click.echo(f"promptgate: {terminal(message)}", err=True)
    sys.exit(code)
